//! CSV, TSV, and CSV as Excel opens it.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use crate::model::pattern::runs_in_spreadsheet;
use crate::report::{Cell, Table};

/// Draws CSV; for `excel` with byte order mark, semicolons, CRLF and no cell that runs as a formula.
pub fn csv(table: &Table<'_>, excel: bool, to: &mut dyn Write) -> io::Result<()> {
    if excel {
        to.write_all("\u{FEFF}".as_bytes())?;
        write(WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF), table, true, to)
    } else {
        write(WriterBuilder::new().terminator(Terminator::Any(b'\n')), table, false, to)
    }
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
            csv.write_field(&*if excel { inert(cell) } else { cell.raw() })?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Returns a cell's text, made harmless by an apostrophe where a spreadsheet would run it.
fn inert<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    let raw = cell.raw();
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
            assert_eq!(inert(&Cell::text(text)), written);
        }
    }
}
