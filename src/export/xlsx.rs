//! Tables as workbooks: for people, with real dates where a day is known, links, a header that stays, and filters.
//!
//! A text is written as text: none runs as a formula. The same table gives the same bytes.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::model::PartialDate;
use crate::model::pattern::is_web_address;
use crate::report::document::Document;
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
    let book = || {
        let mut book = workbook()?;
        fill(book.add_worksheet().set_name("twin")?, table)?;
        book.save_to_buffer()
    };
    to.write_all(&book().map_err(io::Error::other)?)
}

/// Draws a document as a workbook: a sheet that says what was counted and where the data come from, and one for each table.
///
/// # Errors
/// As for a table.
pub fn document(document: &Document<'_>, to: &mut dyn Write) -> io::Result<()> {
    let book = || {
        let mut book = workbook()?;
        let mut names = Vec::new();
        let about = book.add_worksheet().set_name(sheet_name(&document.title, &mut names))?;
        about.set_column_width(0, WIDTHS[1] as f64)?.set_column_width(1, WIDTHS[1] as f64)?;
        about.write_string_with_format(0, 0, &document.title, &Format::new().set_bold().set_font_size(14))?;
        let wrapped = Format::new().set_text_wrap();
        let origin = document.origin.iter().map(|(what, text)| format!("{what}: {text}"));
        for (row, text) in document.lead.iter().cloned().chain(origin).enumerate() {
            about.merge_range(row as u32 + 1, 0, row as u32 + 1, 1, &text, &wrapped)?;
        }
        for part in &document.parts {
            fill(book.add_worksheet().set_name(sheet_name(&part.title, &mut names))?, &part.table)?;
        }
        book.save_to_buffer()
    };
    to.write_all(&book().map_err(io::Error::other)?)
}

/// Makes a sheet's name of a heading: without signs that a name may not hold, at most 31 characters (Excel's limits of a
/// worksheet's name), and not one that another sheet has in any case.
fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let plain = title.chars().filter(|sign| !"[]:*?/\\'".contains(*sign) && !sign.is_control());
    // Room for a number.
    let plain: String = plain.take(LONGEST_NAME - 5).collect();
    let numbered = (1..).map(|nth| if nth == 1 { plain.clone() } else { format!("{plain} {nth}") });
    let free = |name: &String| !name.trim().is_empty() && !taken.contains(&name.to_lowercase());
    let name = numbered.take(10_000).find(free).unwrap_or_default();
    taken.push(name.to_lowercase());
    name
}

/// How many characters the name of a sheet may have.
const LONGEST_NAME: usize = 31;

/// Writes a table into a sheet.
fn fill(sheet: &mut Worksheet, table: &Table<'_>) -> Result<(), XlsxError> {
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
    Ok(())
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
