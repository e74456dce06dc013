//! Workbooks as spreadsheets keep them: XLSX and XLSM, ODS, XLS, by `calamine`.
//!
//! What a file unpacks to is measured before it is taken apart: a few bytes can stand for gigabytes of blanks, and a cell
//! in the last corner of a sheet for all those before it.

mod bounds;

use std::io::Cursor;
use std::panic;

use calamine::{Data, DataRef, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::foreign::Row;

/// A sheet of a workbook, with its rows that hold something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it is shown.
    pub is_visible: bool,
    /// Its rows that hold something.
    pub rows: Vec<Row>,
}

/// Why a file is no workbook that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// It is packed as one, and is none.
    #[error("it is no spreadsheet: XLSX, XLSM, ODS and XLS are read, and text and JSON")]
    Unknown,
    /// A password is needed.
    #[error("it is protected by a password; save it without one")]
    Encrypted,
    /// It is broken.
    #[error("the spreadsheet is damaged: {0}")]
    Damaged(String),
    /// It unpacks to more than is read.
    #[error("the spreadsheet is too large: {0}; save what is wanted as CSV")]
    TooLarge(&'static str),
}

/// How many columns a sheet may have.
const MOST_COLUMNS: u32 = 1024;
/// How many cells of a workbook may hold something, or lie between others that do.
const MOST_CELLS: usize = 4_000_000;
const MANY: &str = "it has more than four million cells";
/// How many bytes of text its cells may hold: one text may stand in many of them.
const MOST_TEXT: usize = 64_000_000;
const LONG: &str = "its cells hold more than 64 megabytes of text";

/// Tells whether a file is packed as workbooks are: as a ZIP archive, or as a compound file.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&bounds::COMPOUND)
}

/// Reads the sheets of a workbook; cells are texts, days as `1982-06-11`.
///
/// # Errors
/// It is none, or cannot be read.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    // `calamine` panics on some damaged XLS files: that is told as damage, and not on the way.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let read = panic::catch_unwind(|| read(bytes));
    panic::set_hook(hook);
    read.unwrap_or_else(|_| Err(WorkbookError::Damaged("it cannot be made out".to_owned())))
}

fn read(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    if bytes.starts_with(&bounds::COMPOUND) {
        bounds::check_compound(bytes)?;
        let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        return ranges(&mut book);
    }
    match bounds::check_archive(bytes)? {
        bounds::Kind::Xlsx => xlsx(bytes),
        bounds::Kind::Ods => {
            let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
            ranges(&mut book)
        }
    }
}

fn damaged(error: &impl ToString) -> WorkbookError {
    WorkbookError::Damaged(error.to_string())
}

/// Reads an XLSX workbook cell by cell, so that only those that hold something take memory.
fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut sheets = Vec::new();
    let mut left = Left::default();
    for sheet in book.sheets_metadata().to_vec().into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|error| damaged(&error))?;
        let mut rows = Rows::default();
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::SharedString(text) => (*text).to_owned(),
                other => text(&Data::from(other.clone())),
            };
            let (row, column) = cell.get_position();
            rows.set(row, column, text, &mut left)?;
        }
        sheets.push(Sheet { is_visible: sheet.visible == SheetVisible::Visible, name: sheet.name, rows: rows.0 });
    }
    Ok(sheets)
}

/// Reads the sheets of a workbook that gives them as ranges.
fn ranges<'b, R: Reader<Cursor<&'b [u8]>>>(book: &mut R) -> Result<Vec<Sheet>, WorkbookError>
where
    R::Error: ToString,
{
    let mut sheets = Vec::new();
    let mut left = Left::default();
    for sheet in book.sheets_metadata().to_vec().into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let range = book.worksheet_range(&sheet.name).map_err(|error| damaged(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (row, column, cell) in range.used_cells() {
            rows.set(first_row + row as u32, first_column + column as u32, text(cell), &mut left)?;
        }
        sheets.push(Sheet { is_visible: sheet.visible == SheetVisible::Visible, name: sheet.name, rows: rows.0 });
    }
    Ok(sheets)
}

/// What a workbook may still hold.
struct Left {
    cells: usize,
    bytes: usize,
}

impl Default for Left {
    fn default() -> Left {
        Left { cells: MOST_CELLS, bytes: MOST_TEXT }
    }
}

/// The rows of a sheet that hold something.
#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    /// Sets a cell, which comes behind those before it.
    fn set(&mut self, row: u32, column: u32, text: String, left: &mut Left) -> Result<(), WorkbookError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(WorkbookError::TooLarge("a cell stands in a column beyond the 1024th"));
        }
        let number = row as usize + 1;
        if self.0.last().is_none_or(|last| last.number != number) {
            self.0.push(Row { number, cells: Vec::new() });
        }
        let Some(last) = self.0.last_mut() else { return Ok(()) };
        let wanted = column as usize + 1;
        let more = wanted.saturating_sub(last.cells.len());
        left.cells = left.cells.checked_sub(more).ok_or(WorkbookError::TooLarge(MANY))?;
        left.bytes = left.bytes.checked_sub(text.len()).ok_or(WorkbookError::TooLarge(LONG))?;
        last.cells.resize(last.cells.len().max(wanted), String::new());
        last.cells[column as usize] = text;
        Ok(())
    }
}

/// The days of 1905 that a spreadsheet shows for a year that was typed into a cell for days. No twinning is so old: the first
/// known one is of 1920 (Keighley and Poix-du-Nord).
const YEARS: std::ops::RangeInclusive<f64> = 1900.0..=2100.0;

/// Returns what a cell shows: a day without its hour, a whole number without a fraction.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(is) => is.to_string(),
        Data::DateTime(moment) if moment.is_datetime() && YEARS.contains(&moment.as_f64()) => {
            moment.as_f64().to_string()
        }
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(moment) => moment.as_f64().to_string(),
        Data::DateTimeIso(moment) => moment.split('T').next().unwrap_or_default().to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}
