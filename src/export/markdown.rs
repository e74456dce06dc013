//! Markdown tables (GitHub Flavored Markdown, “Tables”).

use std::io::{self, Write};

use super::harmless::harmless;
use crate::report::document::Document;
use crate::report::{Sheet, Table};

/// Draws a table.
pub fn table(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    for column in &table.columns {
        write!(to, "| {} ", escaped(column.label))?;
    }
    writeln!(to, "|")?;
    for is_number in table.numeric() {
        write!(to, "| {} ", if is_number { "--:" } else { "---" })?;
    }
    writeln!(to, "|")?;
    for row in table.rows() {
        for cell in &row {
            write!(to, "| {} ", escaped(&cell.display()))?;
        }
        writeln!(to, "|")?;
    }
    Ok(())
}

/// Draws a sheet: a heading, its facts as a list, its tables under headings.
pub fn sheet(sheet: &Sheet<'_>, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "# {}\n", escaped(&sheet.title))?;
    for fact in sheet.facts.iter().filter(|fact| fact.is_told()) {
        writeln!(to, "- {}: {}", fact.label, escaped(&fact.cell.display()))?;
    }
    for section in sheet.sections.iter().filter(|section| !section.table.is_empty()) {
        writeln!(to, "\n## {}\n", section.title)?;
        table(&section.table, to)?;
    }
    Ok(())
}

/// Draws a document: a heading, what was counted, its tables under headings, and where the data come from as a list.
pub fn document(document: &Document<'_>, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "# {}\n", escaped(&document.title))?;
    document.lead.iter().try_for_each(|text| writeln!(to, "{}\n", escaped(text)))?;
    for part in &document.parts {
        writeln!(to, "## {}\n", escaped(&part.title))?;
        table(&part.table, to)?;
        writeln!(to)?;
    }
    document.origin.iter().try_for_each(|(what, text)| writeln!(to, "- {what}: {}", escaped(text)))
}

/// Returns the text so that no sign of it is read as Markdown or HTML, or steers a terminal.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in harmless(text).chars() {
        match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => {
                escaped.push('\\');
                escaped.push(sign);
            }
            '&' => escaped.push_str("&amp;"),
            sign => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_value_stays_a_value() {
        assert_eq!(escaped("<b>a|b</b>\n*x* & co"), "\\<b\\>a\\|b\\</b\\> \\*x\\* &amp; co");
        assert_eq!(escaped("a\u{202e}b\u{1b}[2J"), "ab\\[2J");
        assert_eq!(escaped("Castrop-Rauxel, Győr"), "Castrop-Rauxel, Győr");
    }
}
