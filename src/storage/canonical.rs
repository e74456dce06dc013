//! The canonical form on disk, of a table and of the JSON form: one changed fact is one changed line.

use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::ops::Range;

use anyhow::{Context, Result};
use memchr::{memchr, memchr2, memchr3};
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
    let mut twinning = match package.shift_remove("twinning") {
        Some(Value::Object(twinning)) => twinning,
        _ => package::empty(&registry.home).get("twinning").and_then(Value::as_object).cloned().unwrap_or_default(),
    };
    let others = match twinning.shift_remove(super::json::OTHER_MEMBERS) {
        Some(Value::Object(others)) => others,
        _ => Map::new(),
    };
    // Many small pieces: a buffer of a known kind takes them at once.
    let mut to = BufWriter::with_capacity(1 << 16, to);
    let mut before = "{\n  ";
    let mut begin = |name: &str, to: &mut BufWriter<_>| -> Result<()> {
        write!(to, "{before}{}: ", serde_json::to_string(name)?)?;
        before = ",\n  ";
        Ok(())
    };
    begin("twinning", &mut to)?;
    to.write_all(indented(&twinning, 1)?.as_bytes())?;
    if !package.is_empty() {
        begin("datapackage", &mut to)?;
        to.write_all(indented(&package, 1)?.as_bytes())?;
    }
    for table in Table::ALL {
        let grid = registry.grid(table);
        if grid.exists() {
            begin(table.name(), &mut to)?;
            write_json_table(grid, &package::unknown_columns(&package, table), &mut to)?;
        }
    }
    let mut journal = registry.journal.lines().filter(|line| !line.trim().is_empty()).peekable();
    if journal.peek().is_some() {
        begin("journal", &mut to)?;
        let mut before = "[\n    ";
        for line in journal {
            write!(to, "{before}{}", indented(&serde_json::from_str::<Value>(line)?, 2)?)?;
            before = ",\n    ";
        }
        to.write_all(b"\n  ]")?;
    }
    for (name, value) in &others {
        begin(name, &mut to)?;
        to.write_all(indented(value, 1)?.as_bytes())?;
    }
    to.write_all(b"\n}\n")?;
    to.flush()?;
    Ok(())
}

/// Returns a value as it stands so deep in a JSON file; texts hold no line ends.
fn indented(value: &impl Serialize, depth: usize) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)?.replace('\n', &format!("\n{}", "  ".repeat(depth))))
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

/// Writes a table as an array of objects, each of them made in memory: the names of its members, which are nearly
/// half of the file, are the same in all. `unknown` are the columns that the schema does not know, with whether they hold JSON.
fn write_json_table(grid: &Grid<'_>, unknown: &[(String, bool)], to: &mut impl Write) -> Result<()> {
    let mut columns = Vec::new();
    for (name, place, kind) in grid.columns() {
        let shape = match kind {
            Type::List => Shape::List,
            Type::Number(..) => Shape::Number,
            _ if unknown.iter().any(|(unknown, any)| *any && unknown == name) => Shape::Any,
            _ => Shape::Text,
        };
        if let Some(place) = place {
            columns.push((format!("\n      {}: ", serde_json::to_string(name)?), place, shape));
        }
    }
    let mut object = Vec::new();
    let mut before = "[\n    ";
    for row in grid.by_key() {
        object.clear();
        object.extend_from_slice(before.as_bytes());
        add_json_row(row, &columns, &mut object)?;
        to.write_all(&object)?;
        before = ",\n    ";
    }
    to.write_all(if grid.is_empty() { b"[]" } else { b"\n  ]" })?;
    Ok(())
}

/// Adds a row as an object of those of its cells that are known.
fn add_json_row(row: Row<'_>, columns: &[(String, usize, Shape)], to: &mut Vec<u8>) -> Result<()> {
    let cells = row.all();
    let mut before = b'{';
    for (name, place, shape) in columns {
        let cell = cells[*place];
        if cell.is_empty() {
            continue;
        }
        to.push(before);
        before = b',';
        to.extend_from_slice(name.as_bytes());
        match shape {
            Shape::Text => serde_json::to_writer(&mut *to, cell)?,
            Shape::List => add_list(&items(cell), to)?,
            Shape::Any if cell.starts_with(['{', '[']) => {
                to.extend_from_slice(indented(&serde_json::from_str::<Value>(cell)?, 3)?.as_bytes());
            }
            Shape::Any | Shape::Number => {
                to.extend_from_slice(serde_json::from_str::<&RawValue>(cell)?.get().as_bytes());
            }
        }
    }
    to.extend_from_slice(if before == b'{' { b"{}" } else { b"\n    }" });
    Ok(())
}

/// Adds a list cell as an array.
fn add_list(items: &[&str], to: &mut Vec<u8>) -> Result<()> {
    for (nth, item) in items.iter().enumerate() {
        to.extend_from_slice(if nth == 0 { b"[\n        " } else { b",\n        " });
        serde_json::to_writer(&mut *to, item)?;
    }
    to.extend_from_slice(if items.is_empty() { b"[]" } else { b"\n      ]" });
    Ok(())
}
