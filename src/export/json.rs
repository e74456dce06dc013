//! JSON: flat objects whose keys are the fields' names, unknown as `null`, lists as arrays. Signs that steer a terminal
//! are escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::harmless::escaped;
use crate::report::{Cell, Column, Sheet, Table};

/// Draws an array, an object a line.
pub fn array(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    if table.is_empty() {
        return to.write_all(b"[]\n");
    }
    for (nth, row) in table.rows().enumerate() {
        to.write_all(if nth == 0 { b"[\n  " } else { b",\n  " })?;
        write(&Object { columns: &table.columns, cells: &row }, to)?;
    }
    to.write_all(b"\n]\n")
}

/// Draws an object a line, and nothing else.
pub fn lines(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    for row in table.rows() {
        write(&Object { columns: &table.columns, cells: &row }, to)?;
        to.write_all(b"\n")?;
    }
    Ok(())
}

/// Draws a sheet as an array of one object, its tables as arrays in it.
pub fn sheet(sheet: &Sheet<'_>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(escaped(serde_json::to_string_pretty(&[Whole(sheet)])? + "\n").as_bytes())
}

/// Draws a sheet as one object on one line.
pub fn sheet_line(sheet: &Sheet<'_>, to: &mut dyn Write) -> io::Result<()> {
    write(&Whole(sheet), to)?;
    to.write_all(b"\n")
}

/// Writes a value on one line.
pub(super) fn write(value: &impl Serialize, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(escaped(serde_json::to_string(value)?).as_bytes())
}

/// A row as a flat object.
pub(super) struct Object<'o, 'r> {
    pub(super) columns: &'o [Column],
    pub(super) cells: &'o [Cell<'r>],
}

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().map(|column| column.key).zip(self.cells))
    }
}

struct Whole<'o, 'r>(&'o Sheet<'r>);

impl Serialize for Whole<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &self.0.title)?;
        for fact in &self.0.facts {
            map.serialize_entry(fact.key, &fact.cell)?;
        }
        for section in &self.0.sections {
            map.serialize_entry(section.key, &Rows(&section.table))?;
        }
        map.end()
    }
}

struct Rows<'o, 'r>(&'o Table<'r>);

impl Serialize for Rows<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Row<'o, 'r>(&'o [Column], Vec<Cell<'r>>);
        impl Serialize for Row<'_, '_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Object { columns: self.0, cells: &self.1 }.serialize(serializer)
            }
        }
        serializer.collect_seq(self.0.rows().map(|row| Row(&self.0.columns, row)))
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Unknown => serializer.serialize_unit(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Word(word, _) => serializer.serialize_str(word),
            Cell::Date(date) => serializer.collect_str(date),
            Cell::List(items) => serializer.collect_seq(items),
            Cell::Count(count) => serializer.serialize_u64(*count as u64),
        }
    }
}
