//! The canonical form on disk, of a table and of the JSON form: one changed fact is one changed line.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::ops::Range;

use anyhow::{Context, Result};
use memchr::{memchr, memchr2, memchr3};
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::package;
use crate::edit::record::{is_listed, listed};
use crate::edit::{Change, Record};
use crate::model::cells::closing_quote;
use crate::model::{Grid, Registry, Row, Table, Type};

/// Returns the items of a list cell.
fn items(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// Writes a table as CSV: columns and rows in canonical order.
///
/// # Errors
/// What the writer says.
pub fn write_table(grid: &Grid<'_>, to: impl Write) -> Result<()> {
    write_edited(grid, &[], to)
}

/// Writes a table as [`write_table`] does, with some of its rows changed, removed or added; `edits` are in the order of
/// their keys.
///
/// Rows that stand in canonical form already are copied as they are.
///
/// # Errors
/// What the writer says.
pub fn write_edited(grid: &Grid<'_>, edits: &[&Change], mut to: impl Write) -> Result<()> {
    let columns: Vec<_> = grid.columns().collect();
    let mut line = String::new();
    write_row(&mut to, &mut line, columns.iter().map(|(name, ..)| *name))?;
    let mut from = 0;
    for change in edits {
        let (at, next) = grid.locate_from(from, &change.key()).map_or_else(|at| (at, at), |at| (at, at + 1));
        write_rows(grid, from..at, &columns, &mut to)?;
        from = next;
        if let Some(record) = &change.new {
            write_record(&mut to, &mut line, record, &columns)?;
        }
    }
    write_rows(grid, from..grid.len(), &columns, &mut to)?;
    to.flush()?;
    Ok(())
}

/// Writes a table as [`write_table`] does, with those of its rows that are chosen by their numbers in the file.
///
/// # Errors
/// What the writer says.
pub fn write_chosen(grid: &Grid<'_>, is_chosen: impl Fn(usize) -> bool, mut to: impl Write) -> Result<()> {
    let columns: Vec<_> = grid.columns().collect();
    write_row(&mut to, &mut String::new(), columns.iter().map(|(name, ..)| *name))?;
    let chosen: Vec<bool> = grid.by_key().map(|row| is_chosen(row.number())).collect();
    let mut from = 0;
    for run in chosen.chunk_by(|one, other| one == other) {
        let rows = from..from + run.len();
        from = rows.end;
        if run[0] {
            write_rows(grid, rows, &columns, &mut to)?;
        }
    }
    to.flush()?;
    Ok(())
}

/// Writes some of the rows of a table in the order of their keys.
fn write_rows(
    grid: &Grid<'_>,
    mut rows: Range<usize>,
    columns: &[(&str, Option<usize>, Type)],
    to: &mut impl Write,
) -> Result<()> {
    let mut written = String::new();
    let is_canonical = columns.iter().map(|(name, ..)| *name).eq(grid.header());
    while !rows.is_empty() {
        // As far as rows stand in canonical form they are copied.
        let copied = grid
            .lines(rows.clone())
            .filter(|_| is_canonical)
            .map_or(0, |lines| doubt(lines).map_or(rows.len(), |at| grid.rows_before(rows.start, at)));
        let lines = grid.lines(rows.start..rows.start + copied).unwrap_or_default();
        to.write_all(lines.as_bytes())?;
        rows.start += copied;
        for row in grid.some_by_key(rows.start..rows.end.min(rows.start + 1)) {
            rows.start += 1;
            let line = grid.lines(rows.start - 1..rows.start).filter(|line| is_canonical && !line.contains('"'));
            let all = row.all();
            let cell = |place: &Option<usize>| place.map_or("", |place| all[place]);
            let mut lists = columns.iter().filter(|(.., kind)| matches!(kind, Type::List));
            if let Some(line) = line.filter(|_| lists.all(|(_, place, _)| is_listed(cell(place)))) {
                to.write_all(line.as_bytes())?;
                continue;
            }
            let cells = columns.iter().map(|(_, place, kind)| {
                let cell = cell(place);
                if matches!(kind, Type::List) { Cow::Owned(listed(cell)) } else { Cow::Borrowed(cell) }
            });
            let cells: Vec<Cow<'_, str>> = cells.collect();
            write_row(to, &mut written, cells.iter().map(|cell| &**cell))?;
        }
    }
    Ok(())
}

/// Returns where rows first may not stand in canonical form, without looking closely: at a cell that is quoted and need
/// not be, or a `;` that is not between two items.
fn doubt(lines: &str) -> Option<usize> {
    let bytes = lines.as_bytes();
    let is_item = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_graphic() && !matches!(byte, b',' | b';'))
    };
    let mut from = 0;
    while let Some(next) = memchr2(b'"', b';', &bytes[from..]) {
        let at = from + next;
        from = at + 1;
        if bytes[at] == b'"' {
            let close = closing_quote(bytes, at)?;
            let quoted = &bytes[at + 1..close];
            if memchr3(b',', b'"', b'\n', quoted).is_none() || memchr(b';', quoted).is_some() {
                return Some(at);
            }
            from = close + 1;
        } else if !is_item(at.checked_sub(1)) || !is_item(Some(at + 1)) {
            return Some(at);
        }
    }
    None
}

/// Writes a record as a row of these columns, those of the schema first.
fn write_record(
    to: &mut impl Write,
    line: &mut String,
    record: &Record,
    columns: &[(&str, Option<usize>, Type)],
) -> Result<()> {
    let known = record.all_known();
    let unknown = columns[record.table().schema().columns.len()..].iter().map(|(name, ..)| record.get(name));
    write_row(to, line, known.chain(unknown))
}

/// Writes one row of CSV, quoted only where it must be; `line` is room for it.
fn write_row<'c>(to: &mut impl Write, line: &mut String, cells: impl Iterator<Item = &'c str> + Clone) -> Result<()> {
    line.clear();
    let mut is_plain = true;
    for cell in cells.clone() {
        is_plain &= !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
        *line += cell;
        line.push(',');
    }
    if is_plain {
        line.pop();
        line.push('\n');
        to.write_all(line.as_bytes())?;
        return Ok(());
    }
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    csv.write_record(cells)?;
    to.write_all(&csv.into_inner().map_err(csv::IntoInnerError::into_error)?)?;
    Ok(())
}

/// Writes `datapackage.json`, the twinning member before the resources.
///
/// # Errors
/// What the writer says.
pub fn write_package(package: &Map<String, Value>, mut to: impl Write) -> Result<()> {
    let last = ["twinning", "resources"];
    let members = package.iter().filter(|(name, _)| !last.contains(&name.as_str()));
    let ordered: Vec<_> = members.chain(last.iter().filter_map(|name| package.get_key_value(*name))).collect();
    serde_json::to_writer_pretty(&mut to, &AsMap(ordered))?;
    to.write_all(b"\n")?;
    Ok(())
}

struct AsMap<'v>(Vec<(&'v String, &'v Value)>);

impl Serialize for AsMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// Writes the one-file JSON form.
///
/// # Errors
/// What the writer says; a package, a journal or a cell that is to hold JSON and does not.
pub fn write_json(registry: &Registry<'_>, to: impl Write) -> Result<()> {
    let mut package =
        package::parse(&registry.package).with_context(|| format!("{} is no JSON object", package::FILE))?;
    package::describe_all_unknown(&mut package, registry);
    let any = Table::ALL.map(|table| {
        let columns = package::unknown_columns(&package, table).into_iter();
        (table, columns.filter(|(_, any)| *any).map(|(name, _)| name).collect())
    });
    let mut twinning = match package.shift_remove("twinning") {
        Some(Value::Object(twinning)) => twinning,
        _ => package::empty(&registry.home).get("twinning").and_then(Value::as_object).cloned().unwrap_or_default(),
    };
    let others = match twinning.shift_remove(super::json::OTHER_MEMBERS) {
        Some(Value::Object(others)) => others,
        _ => Map::new(),
    };
    let file = JsonFile { registry, package, twinning, others, any: any.into() };
    // Many small pieces: a buffer of a known kind takes them at once.
    let mut to = BufWriter::with_capacity(1 << 16, to);
    serde_json::to_writer_pretty(&mut to, &file)?;
    to.write_all(b"\n")?;
    to.flush()?;
    Ok(())
}

struct JsonFile<'r> {
    registry: &'r Registry<'r>,
    package: Map<String, Value>,
    twinning: Map<String, Value>,
    others: Map<String, Value>,
    any: HashMap<Table, Vec<String>>,
}

impl Serialize for JsonFile<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("twinning", &self.twinning)?;
        if !self.package.is_empty() {
            map.serialize_entry("datapackage", &self.package)?;
        }
        for table in Table::ALL {
            let grid = self.registry.grid(table);
            if grid.exists() {
                map.serialize_entry(table.name(), &JsonTable { grid, any: &self.any[&table] })?;
            }
        }
        let journal = Journal(&self.registry.journal);
        if journal.lines().next().is_some() {
            map.serialize_entry("journal", &journal)?;
        }
        for (name, value) in &self.others {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The journal, of which one line at a time is read.
struct Journal<'r>(&'r str);

impl<'r> Journal<'r> {
    fn lines(&self) -> impl Iterator<Item = &'r str> {
        self.0.lines().filter(|line| !line.trim().is_empty())
    }
}

impl Serialize for Journal<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut lines = serializer.serialize_seq(None)?;
        for line in self.lines() {
            lines.serialize_element(&serde_json::from_str::<Value>(line).map_err(S::Error::custom)?)?;
        }
        lines.end()
    }
}

struct JsonTable<'r> {
    grid: &'r Grid<'r>,
    any: &'r [String],
}

/// How a cell of the JSON form is written.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    List,
    /// The cell's text is a JSON number already.
    Number,
    /// The cell's text is JSON: an unknown column of type `any`.
    Any,
}

impl Serialize for JsonTable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let shape = |name: &str, kind| match kind {
            Type::List => Shape::List,
            Type::Number(..) => Shape::Number,
            _ if self.any.iter().any(|any| any == name) => Shape::Any,
            _ => Shape::Text,
        };
        let columns: Vec<_> =
            self.grid.columns().filter_map(|(name, place, kind)| Some((name, place?, shape(name, kind)))).collect();
        let mut rows = serializer.serialize_seq(Some(self.grid.len()))?;
        for row in self.grid.by_key() {
            rows.serialize_element(&JsonRow { row, columns: &columns })?;
        }
        rows.end()
    }
}

struct JsonRow<'r> {
    row: Row<'r>,
    columns: &'r [(&'r str, usize, Shape)],
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let cells = self.row.all();
        for (name, place, shape) in self.columns {
            let cell = cells[*place];
            match shape {
                _ if cell.is_empty() => {}
                Shape::Text => map.serialize_entry(name, cell)?,
                Shape::List => {
                    map.serialize_entry(name, &items(cell))?;
                }
                Shape::Any if cell.starts_with(['{', '[']) => {
                    let json: Value = serde_json::from_str(cell).map_err(S::Error::custom)?;
                    map.serialize_entry(name, &json)?;
                }
                Shape::Any | Shape::Number => {
                    let json: &RawValue = serde_json::from_str(cell).map_err(S::Error::custom)?;
                    map.serialize_entry(name, json)?;
                }
            }
        }
        map.end()
    }
}
