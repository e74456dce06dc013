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
    /// Every format, its name, and how the names of such files end.
    pub const ALL: [(&'static str, &'static str, DocumentFormat); 4] = [
        ("table", "txt", DocumentFormat::Text),
        ("markdown", "md", DocumentFormat::Markdown),
        ("html", "html", DocumentFormat::Html),
        ("xlsx", "xlsx", DocumentFormat::Xlsx),
    ];
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
