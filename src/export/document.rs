//! The formats of a report.

use std::io::{self, Write};

use super::{Style, html, markdown, terminal, xlsx};
use crate::i18n::Lang;
use crate::report::document::Document;

/// How a report is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFormat {
    /// For people, on a terminal.
    Text,
    /// Markdown.
    Markdown,
    /// A web page in one file.
    Html,
    /// A workbook with a sheet for each table.
    Xlsx,
}

impl DocumentFormat {
    /// Every format by its name.
    pub const ALL: [(&'static str, DocumentFormat); 4] = [
        ("table", DocumentFormat::Text),
        ("markdown", DocumentFormat::Markdown),
        ("html", DocumentFormat::Html),
        ("xlsx", DocumentFormat::Xlsx),
    ];

    /// Returns the format of files whose names end so.
    pub fn of_file(extension: &str) -> Option<DocumentFormat> {
        match extension {
            "txt" => Some(DocumentFormat::Text),
            "md" => Some(DocumentFormat::Markdown),
            "html" => Some(DocumentFormat::Html),
            "xlsx" => Some(DocumentFormat::Xlsx),
            _ => None,
        }
    }
}

/// Draws a report whose words are of a language.
///
/// # Errors
/// What the writer says; a table is larger than a sheet.
pub fn document(
    document: &Document<'_>,
    format: DocumentFormat,
    lang: Lang,
    style: Style,
    to: &mut dyn Write,
) -> io::Result<()> {
    match format {
        DocumentFormat::Text => terminal::document(document, style, to),
        DocumentFormat::Markdown => markdown::document(document, to),
        DocumentFormat::Html => html::document(document, lang, to),
        DocumentFormat::Xlsx => xlsx::document(document, to),
    }
}
