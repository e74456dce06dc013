//! Tables as workbooks: for people, with real dates where a day is known, links, a header that stays, and filters.
//!
//! A text is written as text: none runs as a formula. The same table gives the same bytes.

use std::borrow::Cow;
use std::io::{self, Write};

use foldhash::{HashMap, HashSet};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::model::pattern::is_web_address;
use crate::model::{Grid, PartialDate, Type};
use crate::report::document::Document;
use crate::report::{Cell, Table};

/// The first year whose days all spreadsheets count alike: they take 1900 for a leap year, or begin in 1904.
const FIRST_YEAR: i16 = 1905;
/// How wide a column is at least and at most, in digits.
const WIDTHS: [usize; 2] = [8, 60];
/// How many links and how long ones a sheet takes.
const MOST_LINKS: usize = 65_000;
const LONGEST_LINK: usize = 2_000;
/// How many rows a sheet has below its header, and how many characters a cell (Excel's limits).
const MOST_ROWS: usize = 1_048_575;
const LONGEST_TEXT: usize = 32_767;
/// How many rows a sheet has at most that is held in memory.
const MANY_ROWS: usize = 500;

/// Draws a table as a workbook of one sheet.
///
/// # Errors
/// A cell or the table is larger than a sheet takes, or what the writer says.
pub fn table(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut book = workbook().map_err(io::Error::other)?;
    fill_with(add_sheet(&mut book, "twin", table.len())?, table)?;
    to.write_all(&book.save_to_buffer().map_err(io::Error::other)?)
}

/// Draws a document as a workbook: a sheet that says what was counted and where the data come from, and one for each table.
///
/// # Errors
/// As for a table.
pub fn document(document: &Document<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut book = workbook().map_err(io::Error::other)?;
    let mut names = SheetNames::default();
    about(book.add_worksheet(), document, &mut names).map_err(io::Error::other)?;
    for part in &document.parts {
        let name = names.of(&part.title);
        fill_with(add_sheet(&mut book, &name, part.table.len())?, &part.table)?;
    }
    to.write_all(&book.save_to_buffer().map_err(io::Error::other)?)
}

/// Adds a sheet for so many rows. Many are kept in a temporary file, for a sheet takes twenty times what it shows.
fn add_sheet<'b>(book: &'b mut Workbook, name: &str, rows: usize) -> io::Result<&'b mut Worksheet> {
    let sheet = if rows > MANY_ROWS {
        // Told as a text: else only the reason would be, of a file that is not the user's.
        let told = |error: XlsxError| {
            let error = error.to_string();
            io::Error::other(format!("a large sheet wants a temporary file: {}", error.trim_end_matches('.')))
        };
        book.add_worksheet_with_constant_memory().map_err(told)?
    } else {
        book.add_worksheet()
    };
    sheet.set_name(name).map_err(io::Error::other)
}

/// Writes what a document says before its tables.
fn about(sheet: &mut Worksheet, document: &Document<'_>, names: &mut SheetNames) -> Result<(), XlsxError> {
    sheet.set_name(names.of(&document.title))?;
    sheet.set_column_width(0, WIDTHS[1] as f64)?.set_column_width(1, WIDTHS[1] as f64)?;
    write_text(sheet, (0, 0), &document.title, Some(&Format::new().set_bold().set_font_size(14)))?;
    let wrapped = Format::new().set_text_wrap();
    let origin = document.origin.iter().map(|(what, text)| format!("{what}: {text}"));
    for (row, text) in document.lead.iter().cloned().chain(origin).enumerate() {
        merged_text(sheet, row as u32 + 1, 1, &text, &wrapped)?;
    }
    Ok(())
}

/// Makes a workbook of tables of the registry: a sheet for each, with all its columns, its rows in the order of their keys,
/// and what stands in its cells.
///
/// # Errors
/// A cell or a table is larger than a sheet takes.
pub fn tables(grids: &[&Grid<'_>]) -> io::Result<Vec<u8>> {
    let mut book = workbook().map_err(io::Error::other)?;
    for grid in grids {
        let name = grid.table().name();
        if grid.len() > MOST_ROWS {
            let told = format!("table `{name}` has {} rows, and a sheet holds {MOST_ROWS}", grid.len());
            return Err(io::Error::other(told));
        }
        let columns: Vec<(&str, Option<usize>, Type)> = grid.columns().collect();
        let labels: Vec<&str> = columns.iter().map(|(name, ..)| *name).collect();
        let rows = grid.by_key().map(|row| {
            let cells = row.all();
            let value = |(_, place, kind): &(&str, Option<usize>, Type)| {
                Value::of(place.map_or("", |place| cells[place]), *kind)
            };
            columns.iter().map(value).collect()
        });
        let sheet = add_sheet(&mut book, name, grid.len())?;
        fill(sheet, &labels, rows).map_err(|error| io::Error::other(format!("table `{name}`, {error}")))?;
    }
    book.save_to_buffer().map_err(io::Error::other)
}

/// What stands in a cell of a sheet.
enum Value<'c> {
    Nothing,
    Number(f64),
    Date(PartialDate),
    Text(Cow<'c, str>),
}

impl<'c> Value<'c> {
    /// Reads a cell of a column where this may stand.
    fn of(cell: &'c str, kind: Type) -> Value<'c> {
        let text = || Value::Text(cell.into());
        match kind {
            _ if cell.is_empty() => Value::Nothing,
            Type::Date => PartialDate::parse(cell).map_or_else(|_| text(), Value::Date),
            Type::Number(..) => match cell.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(number),
                _ => text(),
            },
            _ => text(),
        }
    }

    /// Returns how wide it is, in digits, or what its column is already.
    fn width(&self, column: usize) -> usize {
        let own = match self {
            Value::Nothing => 0,
            // No sign is wider than its bytes are many.
            Value::Text(text) if text.len() <= column => 0,
            Value::Number(number) => number.to_string().len(),
            Value::Date(date) => date.to_string().len(),
            Value::Text(text) => text.width(),
        };
        own.max(column)
    }
}

impl<'r> From<Cell<'r>> for Value<'r> {
    fn from(cell: Cell<'r>) -> Value<'r> {
        match cell {
            Cell::Unknown => Value::Nothing,
            Cell::Count(count) => Value::Number(count as f64),
            Cell::Date(date) => Value::Date(date),
            other => Value::Text(other.into_display()),
        }
    }
}

/// The names of the sheets of a workbook.
#[derive(Default)]
struct SheetNames {
    /// Those that are taken, in lower case.
    taken: HashSet<String>,
    /// How often a name was wanted.
    wanted: HashMap<String, usize>,
}

impl SheetNames {
    /// Makes a sheet's name of a heading: without signs that a name may not hold, at most 31 characters (Excel's limits of a
    /// worksheet's name), and not one that another sheet has in any case.
    fn of(&mut self, title: &str) -> String {
        let plain = title.chars().filter(|sign| !"[]:*?/\\'".contains(*sign) && !sign.is_control());
        let plain: String = plain.take(LONGEST_NAME - ROOM).collect();
        let wanted = self.wanted.entry(plain.to_lowercase()).or_default();
        loop {
            *wanted += 1;
            let is_first = *wanted == 1 && !plain.trim().is_empty();
            let name = if is_first { plain.clone() } else { format!("{plain} {wanted}") };
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }
}

/// How many characters the name of a sheet may have.
const LONGEST_NAME: usize = 31;
/// How many of them are kept for a number.
const ROOM: usize = 7;

/// Writes the table of an answer into a sheet.
fn fill_with(sheet: &mut Worksheet, table: &Table<'_>) -> io::Result<()> {
    let labels: Vec<&str> = table.columns.iter().map(|column| column.label).collect();
    fill(sheet, &labels, table.rows().map(|cells| cells.into_iter().map(Value::from).collect()))
}

/// Writes rows into a sheet, below a header that stays.
fn fill<'c>(sheet: &mut Worksheet, labels: &[&str], rows: impl Iterator<Item = Vec<Value<'c>>>) -> io::Result<()> {
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let mut widths: Vec<usize> = Vec::new();
    for (column, label) in (0..).zip(labels) {
        write_text(sheet, (0, column), label, Some(&bold)).map_err(|error| unfit(error, 1, "the name of a column"))?;
        widths.push(label.width());
    }
    let (mut links, mut last) = (0, 0);
    for (row, values) in (1..).zip(rows) {
        for (column, value) in values.iter().enumerate() {
            write(sheet, (row, column as u16), value, &day, &mut links)
                .map_err(|error| unfit(error, row + 1, &format!("`{}`", labels[column])))?;
            widths[column] = value.width(widths[column]);
        }
        last = row;
    }
    dress(sheet, &widths, last).map_err(io::Error::other)
}

/// Makes the columns of a sheet as wide as what stands in them, its header stay, and its rows be filtered down to the last.
fn dress(sheet: &mut Worksheet, widths: &[usize], last: u32) -> Result<(), XlsxError> {
    let [narrowest, widest] = WIDTHS;
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width.clamp(&narrowest, &widest) as f64 + 1.0)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(column) = widths.len().checked_sub(1) {
        sheet.autofilter(0, 0, last, column as u16)?;
    }
    Ok(())
}

/// Says what does not go into a sheet, and in which of its rows it would stand.
fn unfit(error: XlsxError, row: u32, what: &str) -> io::Error {
    io::Error::other(match error {
        XlsxError::MaxStringLengthExceeded => {
            format!("row {row}: {what} has more than the {LONGEST_TEXT} characters that a cell holds")
        }
        other => format!("row {row}: {what}: {other}"),
    })
}

/// Makes a workbook that says nothing of when it was made, so that it is the same each time.
///
/// # Errors
/// None that can be caused.
pub fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    Ok(book)
}

fn write(
    sheet: &mut Worksheet,
    at: (u32, u16),
    value: &Value<'_>,
    day: &Format,
    links: &mut usize,
) -> Result<(), XlsxError> {
    match value {
        Value::Nothing => Ok(()),
        Value::Number(number) => sheet.write_number(at.0, at.1, *number).map(|_| ()),
        Value::Date(date) => write_date(sheet, at, *date, day),
        Value::Text(text) if is_link(text) && *links < MOST_LINKS => {
            *links += 1;
            sheet.write_url(at.0, at.1, &**text).map(|_| ())
        }
        Value::Text(text) => write_text(sheet, at, text, None),
    }
}

/// Tells whether a text is an address that a sheet can lead to. A control character in one would break the file.
fn is_link(text: &str) -> bool {
    is_web_address(text) && text.len() <= LONGEST_LINK && !text.contains(char::is_control)
}

/// Writes a text as text into the cells of a row up to a column, made one.
pub(super) fn merged_text(
    sheet: &mut Worksheet,
    row: u32,
    last: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.merge_range(row, 0, row, last, "", format)?;
    write_text(sheet, (row, 0), text, Some(format))
}

/// Writes a text as text.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    // A format costs half of what writing a cell costs, so there is none where none is wanted.
    if text.starts_with("<r>") && text.ends_with("</r>") {
        // The package takes this for markup that it has written itself, unless it has.
        let plain = Format::default();
        sheet.write_rich_string_with_format(row, column, &[(&plain, text)], format.unwrap_or(&plain))?;
    } else if let Some(format) = format {
        sheet.write_string_with_format(row, column, text, format)?;
    } else {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}

/// Writes a date: a day as one, a year as its number, all else as it stands in the tables.
fn write_date(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    date: PartialDate,
    day: &Format,
) -> Result<(), XlsxError> {
    let text = date.to_string();
    match date.day().filter(|day| day.year() >= FIRST_YEAR) {
        Some(known) => {
            let cell = ExcelDateTime::from_ymd(known.year() as u16, known.month() as u8, known.day() as u8)?;
            sheet.write_datetime_with_format(row, column, &cell, day)?;
        }
        None => match text.parse::<u16>() {
            Ok(year) => _ = sheet.write_number(row, column, year)?,
            Err(_) => _ = sheet.write_string(row, column, text)?,
        },
    }
    Ok(())
}
