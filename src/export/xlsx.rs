//! Tables as workbooks: for people, with real dates where a day is known, links, a header that stays, and filters.
//!
//! A text is written as text: none runs as a formula. The same table gives the same bytes.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::model::PartialDate;
use crate::model::pattern::is_web_address;
use crate::report::{Cell, Table};

/// The first year whose days all spreadsheets count alike: they take 1900 for a leap year, or begin in 1904.
const FIRST_YEAR: i16 = 1905;
/// How wide a column is at least and at most, in digits.
const WIDTHS: [usize; 2] = [8, 60];
/// How many links and how long ones a sheet takes.
const MOST_LINKS: usize = 65_000;
const LONGEST_LINK: usize = 2_000;

/// Draws a table as a workbook of one sheet.
///
/// # Errors
/// A cell or the table is larger than a sheet takes, or what the writer says.
pub fn table(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(&book(table).map_err(io::Error::other)?)
}

fn book(table: &Table<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet().set_name("twin")?;
    let bold = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let mut widths: Vec<usize> = Vec::new();
    for (column, named) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, named.label, &bold)?;
        widths.push(named.label.width());
    }
    let mut links = 0;
    for (row, cells) in table.rows().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            write(sheet, (row as u32 + 1, column as u16), cell, &day, &mut links)?;
            widths[column] = widths[column].max(cell.display().width());
        }
    }
    let [narrowest, widest] = WIDTHS;
    for (column, width) in widths.into_iter().enumerate() {
        sheet.set_column_width(column as u16, width.clamp(narrowest, widest) as f64 + 1.0)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if !table.columns.is_empty() {
        sheet.autofilter(0, 0, table.len() as u32, table.columns.len() as u16 - 1)?;
    }
    book.save_to_buffer()
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
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    day: &Format,
    links: &mut usize,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Unknown => {}
        Cell::Count(count) => _ = sheet.write_number(row, column, *count as f64)?,
        Cell::Date(date) => write_date(sheet, (row, column), *date, day)?,
        other => {
            let text = other.display();
            if is_web_address(&text) && text.len() <= LONGEST_LINK && *links < MOST_LINKS {
                *links += 1;
                sheet.write_url(row, column, &*text)?;
            } else {
                sheet.write_string(row, column, &*text)?;
            }
        }
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
