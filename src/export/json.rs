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
    objects(table, "[\n  ", ",\n  ", to)?;
    to.write_all(b"\n]\n")
}

/// Draws an object a line, and nothing else.
pub fn lines(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    objects(table, "", "\n", to)?;
    to.write_all(if table.is_empty() { b"" } else { b"\n" })
}

/// Draws rows as objects, with what stands before the first and between two.
fn objects(table: &Table<'_>, before: &str, between: &str, to: &mut dyn Write) -> io::Result<()> {
    let keys = Keys::of(&table.columns)?;
    let mut line = Vec::new();
    for (nth, row) in table.rows().enumerate() {
        to.write_all(if nth == 0 { before } else { between }.as_bytes())?;
        line.clear();
        keys.object(&row, &mut line)?;
        put(&line, to)?;
    }
    Ok(())
}

/// The keys of flat objects that are rows of one table, as they stand in JSON: of a large table they are nearly half of
/// what is written.
pub(super) struct Keys(Vec<String>);

impl Keys {
    pub(super) fn of(columns: &[Column]) -> io::Result<Keys> {
        let key = |(nth, column): (usize, &Column)| {
            Ok(format!("{}{}:", if nth == 0 { "{" } else { "," }, serde_json::to_string(column.key)?))
        };
        columns.iter().enumerate().map(key).collect::<io::Result<_>>().map(Keys)
    }

    /// Writes a row of at least one cell as an object.
    pub(super) fn object(&self, cells: &[Cell<'_>], to: &mut Vec<u8>) -> io::Result<()> {
        for (key, cell) in self.0.iter().zip(cells) {
            to.extend_from_slice(key.as_bytes());
            serde_json::to_writer(&mut *to, cell)?;
        }
        to.push(b'}');
        Ok(())
    }
}

/// Draws a sheet as an array of one object, its tables as arrays in it.
pub fn sheet(sheet: &Sheet<'_>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(escaped(&serde_json::to_string_pretty(&[Whole(sheet)])?).as_bytes())?;
    to.write_all(b"\n")
}

/// Draws a sheet as one object on one line.
pub fn sheet_line(sheet: &Sheet<'_>, to: &mut dyn Write) -> io::Result<()> {
    write(&Whole(sheet), to)?;
    to.write_all(b"\n")
}

/// Writes a value on one line.
pub(super) fn write(value: &impl Serialize, to: &mut dyn Write) -> io::Result<()> {
    // Few values are longer.
    let mut line = Vec::with_capacity(1024);
    serde_json::to_writer(&mut line, value)?;
    put(&line, to)
}

/// Writes what is JSON.
pub(super) fn put(json: &[u8], to: &mut dyn Write) -> io::Result<()> {
    to.write_all(escaped(str::from_utf8(json).map_err(io::Error::other)?).as_bytes())
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
                serializer.collect_map(self.0.iter().map(|column| column.key).zip(&self.1))
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
