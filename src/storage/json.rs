//! The one-file JSON form, read into the same tables as the folder's.
//!
//! Rows are written as CSV text while they are read, one table after another, and the tables are then loaded as any
//! other: there is one model and one loader.

mod once;
mod row;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::package;
use super::problem::{Found, Problem, place};
use super::source::{self, missing};
use super::tokens::{Tokens, tokenize};
use crate::model::{Grid, Registry, Table};
use row::{RowSeed, Slots};

use super::dress::normal;

/// The member of `twinning` that keeps the members of the JSON form that nobody here knows, while it is a folder.
pub const OTHER_MEMBERS: &str = "members";

/// Loads the JSON form.
pub fn load<'a>(file: &str, text: &str, problems: &mut Vec<Problem>) -> Registry<'a> {
    let mut read = match read(text) {
        Ok(read) => read,
        Err(error) => {
            problems.push(package::json_problem(file, text, &error));
            return empty();
        }
    };
    let rows = RowPlaces::new(text);
    let mut found: Vec<Found> = Vec::new();
    for (table, row, member, message) in std::mem::take(&mut read.flaws) {
        found.push(Found::new(rows.offset(table, row, &member), "json", message));
    }
    let unread: HashSet<usize> = found.iter().map(|found| found.offset).collect();
    let grids = Table::ALL.map(|table| {
        let Some(csv) = read.tables.remove(&table) else { return missing(table, file, problems) };
        let Ok(Tokens { cells, flaws }) = tokenize(Cow::Owned(csv), table.schema()) else {
            found.push(Found::new(0, "size", "the table is too large: four gigabytes are the most"));
            return Grid::missing(table);
        };
        let grid = Grid::new(table, cells);
        let header: Vec<&str> = grid.header().collect();
        let more = source::found(&grid, flaws, |row, place| rows.offset(table, row, header[place]));
        // What could not be read as a cell is empty now, and need not be said to be.
        found.extend(more.into_iter().filter(|found| !unread.contains(&found.offset)));
        grid
    });
    problems.extend(place(file, text, found));
    let home = package::home_of(file, &read.twinning).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    let mut registry = Registry::new(grids, home);
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
    registry.journal = Cow::Owned(read.journal.iter().map(|line| format!("{line}\n")).collect());
    registry
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
    journal: Vec<Value>,
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
        let mut read = File { unknown: &mut unknown }.deserialize(&mut deserializer)?;
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
        let mut seen = Vec::new();
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
                    let csv = map.next_value_seed(Rows { table, unknown, flaws: &mut read.flaws })?;
                    read.tables.insert(table, csv);
                }
                None => match name.as_str() {
                    "journal" => {
                        let lines: Vec<&RawValue> = map.next_value()?;
                        read.journal = lines.into_iter().map(once::value).collect::<Result<_, A::Error>>()?;
                    }
                    other => {
                        let value = once::value::<A::Error>(map.next_value()?)?;
                        match (other, value) {
                            ("twinning", value) => read.twinning = value,
                            ("datapackage", Value::Object(package)) => read.package = package,
                            ("datapackage", _) => return Err(A::Error::custom("`datapackage` must be an object")),
                            (_, value) => _ = read.others.insert(name.clone(), value),
                        }
                    }
                },
            }
            seen.push(name);
        }
        Ok(read)
    }
}

/// The rows of one table, written as CSV while they are read.
struct Rows<'u> {
    table: Table,
    unknown: &'u mut Unknown,
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
        for number in 1.. {
            let row = RowSeed { table: self.table, cells: &mut cells, unknown: &mut *self.unknown, flaws: Vec::new() };
            let Some(flaws) = seq.next_element_seed(row)? else { break };
            self.flaws.extend(flaws.into_iter().map(|(member, message)| (self.table, number, member, message)));
            csv.write_record(cells.iter()).map_err(write)?;
        }
        let bytes = csv.into_inner().map_err(|error| write(error.into_error().into()))?;
        String::from_utf8(bytes).map_err(A::Error::custom)
    }
}

type Object<'t> = HashMap<String, &'t RawValue>;

/// Where the rows of a file stand, found when first asked for.
struct RowPlaces<'t> {
    text: &'t str,
    tables: OnceCell<HashMap<String, Vec<&'t RawValue>>>,
}

impl<'t> RowPlaces<'t> {
    fn new(text: &'t str) -> RowPlaces<'t> {
        RowPlaces { text, tables: OnceCell::new() }
    }

    /// Finds the byte at which a member of a row (from 1) stands, else the row, else the beginning of the file.
    fn offset(&self, table: Table, row: usize, member: &str) -> usize {
        let tables = self.tables.get_or_init(|| {
            let file: Object<'t> = serde_json::from_str(self.text).unwrap_or_default();
            file.into_iter().map(|(name, rows)| (name, serde_json::from_str(rows.get()).unwrap_or_default())).collect()
        });
        let row = tables.get(table.name()).and_then(|rows| rows.get(row.checked_sub(1)?));
        let Some(row) = row else { return 0 };
        let members: Object<'_> = serde_json::from_str(row.get()).unwrap_or_default();
        let raw = members.get(member).unwrap_or(row);
        raw.get().as_ptr().addr() - self.text.as_ptr().addr()
    }
}
