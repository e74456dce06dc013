//! The one-file JSON form, read into the same tables as the folder's.
//!
//! Rows are written as CSV text while they are read, one table after another, and the tables are then loaded as any
//! other: there is one model and one loader.

pub mod once;
mod row;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::examined::{Examined, Origins};
use super::package;
use super::problem::{Found, Problem, most_told, place};
use super::source::{self, missing};
use super::tokens::{Tokens, tokenize};
use crate::model::fault::{At, Fault, Wrong};
use crate::model::{Grid, Registry, Table};
use row::{RowSeed, Slots};

use super::dress::normal;

/// The member of `twinning` that keeps the members of the JSON form that nobody here knows, while it is a folder.
pub const OTHER_MEMBERS: &str = "members";

/// Loads the JSON form.
pub fn load<'a>(file: &'a str, text: Cow<'a, str>, problems: &mut Vec<Problem>) -> Examined<'a> {
    let (registry, faults) = match read(&text) {
        Ok(read) => tables(file, &text, read, problems),
        Err(error) => {
            problems.push(package::json_problem(file, &text, &error));
            (empty(), Vec::new())
        }
    };
    Examined { registry, faults, bad_lines: Vec::new(), origins: Origins::Json(file, text) }
}

/// Makes the model of what stands in the file.
fn tables<'a>(file: &str, text: &str, mut read: Read, problems: &mut Vec<Problem>) -> (Registry<'a>, Vec<Fault>) {
    let rows = RowPlaces::new(text);
    let mut found: Vec<Found> = Vec::new();
    let mut faults: Vec<Fault> = Vec::new();
    let grids = Table::ALL.map(|table| {
        let Some(csv) = read.tables.remove(&table) else { return missing(table, file, problems) };
        let Ok(Tokens { cells, flaws }) = tokenize(Cow::Owned(csv), table.schema()) else {
            found.push(Found::new(0, "size", "the table is too large: four gigabytes are the most"));
            return Grid::missing(table);
        };
        let grid = Grid::new(table, cells);
        let header: Vec<&str> = grid.header().collect();
        found.extend(source::missing_columns(&grid, |row, place| rows.offset(table, row, header[place])));
        faults.extend(source::faults(&grid, flaws));
        grid
    });
    problems.extend(place(file, text, found));
    let home = package::home_of(file, &read.twinning).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    let mut registry = Registry::new(grids, home);
    let members = read.flaws.into_iter().map(|(table, row, member, message)| {
        let place = registry.grid(table).header().position(|name| name == member).unwrap_or(0);
        Fault { table, row, place, what: Wrong::Member(message) }
    });
    let members: Vec<Fault> = members.collect();
    // What could not be read as a cell is empty now, and need not be said to be.
    let unread: HashSet<At> = members.iter().map(Fault::cell).collect();
    faults.retain(|fault| !unread.contains(&fault.cell()));
    faults.extend(members);
    let mut package = read.package;
    let mut twinning = match read.twinning {
        Value::Object(twinning) => twinning,
        _ => Map::new(),
    };
    if !read.others.is_empty() {
        twinning.insert(OTHER_MEMBERS.into(), read.others.into());
    }
    package.insert("twinning".into(), twinning.into());
    for (table, name) in &read.any {
        package::set_any(&mut package, registry.grid(*table), name);
    }
    registry.package = Cow::Owned(normal(Value::Object(package).to_string()).into_owned());
    registry.journal = Cow::Owned(read.journal);
    (registry, faults)
}

fn empty<'a>() -> Registry<'a> {
    Registry::new(Table::ALL.map(Grid::missing), Vec::new())
}

/// What stands in the file.
#[derive(Default)]
struct Read {
    twinning: Value,
    package: Map<String, Value>,
    /// The tables as CSV.
    tables: HashMap<Table, String>,
    /// The journal as lines.
    journal: String,
    others: Map<String, Value>,
    /// What is wrong: the table, the row (from 1), the member, and what.
    flaws: Vec<(Table, usize, String, String)>,
    /// The unknown columns in which something else than texts stands.
    any: Vec<(Table, String)>,
}

/// Reads the file; a second time where a table has members that the schema does not know, now that they are known.
fn read(text: &str) -> serde_json::Result<Read> {
    let mut unknown: HashMap<Table, Unknown> = HashMap::new();
    loop {
        let known: usize = unknown.values().map(|table| table.names.len()).sum();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let mut read = File { unknown: &mut unknown, len: text.len() }.deserialize(&mut deserializer)?;
        deserializer.end()?;
        if unknown.values().map(|table| table.names.len()).sum::<usize>() == known {
            for (table, Unknown { names, any, .. }) in unknown {
                read.any.extend(names.into_iter().zip(any).filter(|(_, any)| *any).map(|(name, _)| (table, name)));
            }
            read.any.sort();
            return Ok(read);
        }
    }
}

/// How many members of rows a table may have that the schema does not know.
const MOST_UNKNOWN: usize = 256;

/// How many times longer than the file, or than a short one, a table may be as CSV. Few rows with many members make those
/// with few long, for each cell that is left out takes a comma there.
const MOST_GROWTH: usize = 6;
const LEAST: usize = 1 << 18;

/// The members of a table's rows that the schema does not know, in the order they were found.
#[derive(Default)]
struct Unknown {
    names: Vec<String>,
    /// For each whether something else than a text stands in it anywhere.
    any: Vec<bool>,
    numbers: HashMap<String, usize>,
}

impl Unknown {
    /// Returns the number of a member; a new one gets the next.
    fn number<E: Error>(&mut self, name: &str) -> Result<usize, E> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        if self.names.len() == MOST_UNKNOWN {
            return Err(E::custom(format!("`{name}` is one unknown member too many; a table may have {MOST_UNKNOWN}")));
        }
        self.numbers.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        self.any.push(false);
        Ok(self.names.len() - 1)
    }
}

struct File<'u> {
    unknown: &'u mut HashMap<Table, Unknown>,
    /// How long the file is.
    len: usize,
}

impl<'de> DeserializeSeed<'de> for File<'_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for File<'_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a registry: an object with `twinning` and the tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let mut read = Read::default();
        let mut seen = HashSet::new();
        let mut described = 0;
        let mut description = |name: &str, raw: &RawValue| {
            described += name.len() + raw.get().len();
            package::is_short(described).map_err(A::Error::custom)
        };
        while let Some(name) = map.next_key::<String>()? {
            if seen.contains(&name) {
                return Err(A::Error::custom(format!("the member `{name}` stands here a second time")));
            }
            match Table::ALL.into_iter().find(|table| table.name() == name) {
                Some(table) => {
                    let unknown = self.unknown.entry(table).or_default();
                    // Those the package describes come first, in its order, be they empty.
                    for (name, _) in package::unknown_columns(&read.package, table) {
                        unknown.number(&normal(name))?;
                    }
                    let most = MOST_GROWTH * self.len.max(LEAST);
                    let csv = map.next_value_seed(Rows { table, unknown, most, flaws: &mut read.flaws })?;
                    read.tables.insert(table, csv);
                }
                None => match name.as_str() {
                    "journal" => {
                        let lines: Vec<&RawValue> = map.next_value()?;
                        for line in lines {
                            read.journal += &once::value::<A::Error>(line)?.to_string();
                            read.journal.push('\n');
                        }
                    }
                    other => {
                        let raw = map.next_value()?;
                        description(other, raw)?;
                        let value = once::value::<A::Error>(raw)?;
                        match (other, value) {
                            ("twinning", value) => read.twinning = value,
                            ("datapackage", Value::Object(package)) => read.package = package,
                            ("datapackage", _) => return Err(A::Error::custom("`datapackage` must be an object")),
                            (_, value) => _ = read.others.insert(name.clone(), value),
                        }
                    }
                },
            }
            seen.insert(name);
        }
        Ok(read)
    }
}

/// The rows of one table, written as CSV while they are read.
struct Rows<'u> {
    table: Table,
    unknown: &'u mut Unknown,
    /// How long the table may become as CSV.
    most: usize,
    flaws: &'u mut Vec<(Table, usize, String, String)>,
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rows of `{}`: an array of objects", self.table.name())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<String, A::Error> {
        let schema = self.table.schema();
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        let write = |error: csv::Error| A::Error::custom(error);
        let names = schema.columns.iter().map(|column| column.name);
        csv.write_record(names.chain(self.unknown.names.iter().map(String::as_str))).map_err(write)?;
        let mut cells = Slots::new(schema.columns.len() + self.unknown.names.len());
        let mut written = 0;
        for number in 1.. {
            let row = RowSeed { table: self.table, cells: &mut cells, unknown: &mut *self.unknown, flaws: Vec::new() };
            let Some(flaws) = seq.next_element_seed(row)? else { break };
            // Of many flaws the first are told.
            let flaws = flaws.into_iter().filter(|_| self.flaws.len() <= most_told(self.most));
            let flaws: Vec<_> = flaws.map(|(member, message)| (self.table, number, member, message)).collect();
            self.flaws.extend(flaws);
            csv.write_record(cells.iter()).map_err(write)?;
            written += cells.len();
            if written > self.most {
                return Err(A::Error::custom(format!("the rows of `{}` leave out too much", self.table.name())));
            }
        }
        let bytes = csv.into_inner().map_err(|error| write(error.into_error().into()))?;
        String::from_utf8(bytes).map_err(A::Error::custom)
    }
}

type Object<'t> = HashMap<String, &'t RawValue>;

/// Where the rows of a file stand, found when first asked for.
pub struct RowPlaces<'t> {
    text: &'t str,
    tables: OnceCell<HashMap<String, Vec<&'t RawValue>>>,
}

impl<'t> RowPlaces<'t> {
    /// Looks at nothing yet.
    pub fn new(text: &'t str) -> RowPlaces<'t> {
        RowPlaces { text, tables: OnceCell::new() }
    }

    /// Finds the byte at which a row (from 1) stands, else the beginning of the file.
    pub fn row(&self, table: Table, row: usize) -> usize {
        self.find(table, row).map_or(0, |row| self.offset_of(row))
    }

    /// Finds the byte at which a member of a row (from 1) stands, else the row, else the beginning of the file.
    pub fn offset(&self, table: Table, row: usize, member: &str) -> usize {
        let Some(row) = self.find(table, row) else { return 0 };
        let members: Object<'_> = serde_json::from_str(row.get()).unwrap_or_default();
        self.offset_of(members.get(member).unwrap_or(&row))
    }

    fn find(&self, table: Table, row: usize) -> Option<&'t RawValue> {
        let tables = self.tables.get_or_init(|| {
            let file: Object<'t> = serde_json::from_str(self.text).unwrap_or_default();
            file.into_iter().map(|(name, rows)| (name, serde_json::from_str(rows.get()).unwrap_or_default())).collect()
        });
        tables.get(table.name())?.get(row.checked_sub(1)?).copied()
    }

    fn offset_of(&self, raw: &RawValue) -> usize {
        raw.get().as_ptr().addr() - self.text.as_ptr().addr()
    }
}
