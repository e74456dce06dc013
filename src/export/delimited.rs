//! CSV, TSV, and CSV as Excel opens it.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use crate::model::pattern::runs_in_spreadsheet;
use crate::report::Table;

/// Draws CSV; for `excel` with byte order mark, semicolons, CRLF and no cell that runs as a formula.
pub fn csv(table: &Table<'_>, excel: bool, to: &mut dyn Write) -> io::Result<()> {
    if excel {
        to.write_all(MARK.as_bytes())?;
        write(&for_excel(), table, true, to)
    } else {
        write(WriterBuilder::new().terminator(Terminator::Any(b'\n')), table, false, to)
    }
}

/// Draws rows of texts as Excel opens them.
pub fn excel_rows<'t>(rows: impl Iterator<Item = Vec<&'t str>>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(MARK.as_bytes())?;
    let mut csv = for_excel().from_writer(to);
    for row in rows {
        row.into_iter().try_for_each(|text| csv.write_field(&*inert(text.into())))?;
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// The byte order mark, by which Excel knows UTF-8.
const MARK: &str = "\u{FEFF}";

fn for_excel() -> WriterBuilder {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b';').terminator(Terminator::CRLF);
    builder
}

/// Draws TSV.
pub fn tsv(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    write(WriterBuilder::new().delimiter(b'\t').terminator(Terminator::Any(b'\n')), table, false, to)
}

fn write(builder: &WriterBuilder, table: &Table<'_>, excel: bool, to: &mut dyn Write) -> io::Result<()> {
    let mut csv = builder.from_writer(to);
    csv.write_record(table.columns.iter().map(|column| column.key))?;
    for row in table.rows() {
        for cell in &row {
            csv.write_field(&*if excel { inert(cell.raw()) } else { cell.raw() })?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Returns the text of a cell, made harmless by an apostrophe where a spreadsheet would run it.
fn inert(raw: Cow<'_, str>) -> Cow<'_, str> {
    if runs_in_spreadsheet(&raw) { Cow::Owned(format!("'{raw}")) } else { raw }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-1+cmd", "'-1+cmd"),
            ("-", "'-"),
            ("-1-2", "'-1-2"),
            ("+358-17-185111", "'+358-17-185111"),
            ("＝1+1", "'＝1+1"),
            ("\t=1+1", "'\t=1+1"),
            ("\r=1+1", "'\r=1+1"),
            ("+358 17 185 111", "+358 17 185 111"),
            ("-62.5", "-62.5"),
            ("Kuopio", "Kuopio"),
        ] {
            assert_eq!(inert(text.into()), written);
        }
    }
}
