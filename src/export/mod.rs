//! Drawing answers: one file for each format, all of the same tables and sheets.
//!
//! Writes to what it is given and opens no file.

mod delimited;
mod document;
pub mod dot;
mod findings;
pub mod geojson;
pub mod graphml;
pub mod harmless;
mod html;
mod json;
pub mod jsonld;
mod markdown;
mod quickstatements;
pub mod sql;
mod survey;
mod terminal;
pub mod xlsx;

use std::io::{self, Write};

pub use delimited::excel_rows;
pub use document::{DocumentFormat, document};
pub use findings::{FindingFormat, findings};
pub use quickstatements::quickstatements;
pub use survey::survey;

use crate::report::plan::List;
use crate::report::{Sheet, Table};

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, on a terminal.
    Table,
    /// Comma-separated values, RFC 4180 with LF.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A Markdown table.
    Markdown,
    /// A web page in one file.
    Html,
    /// An Excel workbook, for people: labels and words in their language.
    Xlsx,
}

impl Format {
    /// Every format and its name.
    pub const ALL: [(&'static str, Format); 8] = [
        ("table", Format::Table),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
        ("xlsx", Format::Xlsx),
    ];

    /// Tells whether it shows all fields, where none are asked for.
    pub fn shows_all(self) -> bool {
        !matches!(self, Format::Table | Format::Markdown | Format::Html)
    }

    /// Tells whether it is JSON of either form.
    pub fn is_json(self) -> bool {
        matches!(self, Format::Json | Format::Jsonl)
    }
}

/// How it is drawn; of itself as for a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The columns of the terminal; `None` does not cut.
    pub width: Option<usize>,
    /// Whether there is colour.
    pub colour: bool,
    /// Whether CSV is dressed for Excel: byte order mark, semicolons, CRLF, no cell that runs as a formula.
    pub excel: bool,
}

/// What can be drawn.
pub enum Shown<'r> {
    /// A table, with what it is called on a page.
    Table(&'static str, Table<'r>),
    /// A sheet.
    Sheet(Sheet<'r>),
    /// What a plan does.
    Lists(Vec<List<'r>>),
}

/// Draws an answer.
///
/// # Errors
/// What the writer says; a sheet has no form as CSV or TSV, a page is drawn as a document, and what a plan does is only for
/// people.
pub fn draw(shown: &Shown<'_>, format: Format, style: Style, to: &mut dyn Write) -> io::Result<()> {
    match (shown, format) {
        (Shown::Table(_, table), Format::Table) => terminal::table(table, style, to),
        (Shown::Sheet(sheet), Format::Table) => terminal::sheet(sheet, style, to),
        (Shown::Table(_, table), Format::Csv) => delimited::csv(table, style.excel, to),
        (Shown::Table(_, table), Format::Tsv) => delimited::tsv(table, to),
        (Shown::Table(_, table), Format::Json) => json::array(table, to),
        (Shown::Table(_, table), Format::Jsonl) => json::lines(table, to),
        (Shown::Sheet(sheet), Format::Json) => json::sheet(sheet, to),
        (Shown::Sheet(sheet), Format::Jsonl) => json::sheet_line(sheet, to),
        (Shown::Table(_, table), Format::Markdown) => markdown::table(table, to),
        (Shown::Sheet(sheet), Format::Markdown) => markdown::sheet(sheet, to),
        (Shown::Lists(lists), Format::Table) => terminal::lists(lists, style, to),
        (Shown::Table(_, table), Format::Xlsx) => xlsx::table(table, to),
        (Shown::Sheet(_), Format::Csv | Format::Tsv | Format::Xlsx) | (Shown::Lists(_), _) | (_, Format::Html) => {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}
