//! The canonical form on disk, of a table and of the JSON form: one changed fact is one changed line.

use std::collections::HashMap;
use std::io::{BufWriter, Write};

use anyhow::{Context, Result};
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::package;
use crate::model::{Grid, Registry, Row, Table, Type};

/// Returns the columns of a table in canonical order: those of the schema, then the unknown ones as they were found.
fn columns<'g>(grid: &'g Grid<'_>) -> Vec<(&'g str, Option<usize>, Type)> {
    let known =
        grid.schema().columns.iter().enumerate().map(|(number, column)| (column.name, grid.place(number), column.kind));
    known.chain(grid.unknown().map(|(place, name)| (name, Some(place), Type::Text))).collect()
}

/// Returns the items of a list cell.
fn items(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// Writes a table as CSV: columns and rows in canonical order.
///
/// # Errors
/// What the writer says.
pub fn write_table(grid: &Grid<'_>, to: impl Write) -> Result<()> {
    let columns = columns(grid);
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(to);
    csv.write_record(columns.iter().map(|(name, ..)| name))?;
    for row in grid.by_key() {
        for (_, place, kind) in &columns {
            let cell = place.map_or("", |place| row.at(place));
            match kind {
                Type::List => csv.write_field(items(cell).join(";"))?,
                _ => csv.write_field(cell)?,
            }
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()?;
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
    let journal = registry.journal.lines().map(serde_json::from_str).collect::<serde_json::Result<Vec<Value>>>();
    let journal = journal.with_context(|| format!("{} has a line that is no JSON", package::JOURNAL))?;
    let file = JsonFile { registry, package, twinning, others, journal, any: any.into() };
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
    journal: Vec<Value>,
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
        if !self.journal.is_empty() {
            map.serialize_entry("journal", &self.journal)?;
        }
        for (name, value) in &self.others {
            map.serialize_entry(name, value)?;
        }
        map.end()
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
        let columns: Vec<_> = columns(self.grid)
            .into_iter()
            .filter_map(|(name, place, kind)| Some((name, place?, shape(name, kind))))
            .collect();
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
        for (name, place, shape) in self.columns {
            let cell = self.row.at(*place);
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
