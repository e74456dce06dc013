//! Text with separators, in any dress.

use super::foreign::{Foreign, ForeignError, Form, Row};
use super::wikidata;
use crate::storage::{LoadError, foreign_rows, separator_line};

/// The separators a table may have.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows are looked at to find out which one it is.
const SAMPLE: usize = 100;

/// Splits a text into rows.
///
/// # Errors
/// Quotes that do not close.
pub fn read(name: &str, text: &str) -> Result<Foreign, ForeignError> {
    if text.starts_with('?') {
        return Ok(wikidata::results_in_tabs(text));
    }
    let separator = separator_line(text).map_or_else(|| separator(text), |(_, named)| named);
    let rows = foreign_rows(name, text, separator).map_err(LoadError::Problems)?;
    let rows: Vec<Row> = rows.into_iter().map(|(number, cells)| Row { number, cells }).collect();
    Ok(Foreign { form: Form::Delimited(separator), rows })
}

/// Finds the separator that makes the most of the first rows equally wide; of several the one that makes most columns.
fn separator(text: &str) -> u8 {
    let sample: usize = text.split_inclusive('\n').take(SAMPLE).map(str::len).sum();
    let score = |separator: &u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(*separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.as_bytes()[..sample]);
        let widths: Vec<usize> = reader.byte_records().filter_map(Result::ok).map(|row| row.len()).collect();
        let most = widths.iter().copied().max().unwrap_or(0);
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        let common = widths.iter().copied().max_by_key(|width| (alike(*width), *width)).unwrap_or(0);
        (common > 1, most > 1, alike(common) * 100 / widths.len().max(1), common)
    };
    SEPARATORS.into_iter().rev().max_by_key(score).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Foreign {
        super::read("t.csv", text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_separator_is_the_one_that_makes_rows_of_one_width() {
        for (text, separator, cells) in [
            ("a,b\n1,2\n", b',', 2),
            ("a;b;c\n1;2,5;3\n1;2,5;3\n", b';', 3),
            ("a\tb\nx, y\tz\n", b'\t', 2),
            ("a|b\n1|2\n", b'|', 2),
            ("sep=;\na;b,c\n", b';', 2),
            ("\"a;b\",c\n\"d;e;f\",g\n", b',', 2),
            ("a;b\none, two, three;d\nfour, five, six;f\n", b';', 2),
            ("alone\nx\n", b',', 1),
        ] {
            let foreign = read(text);
            assert_eq!((foreign.form, foreign.rows[0].cells.len()), (Form::Delimited(separator), cells), "{text:?}");
        }
    }

    #[test]
    fn rows_have_the_numbers_that_a_spreadsheet_shows() {
        for text in
            ["a,b\n\n\"1\n1\",2\n,\n3,4\n", "a,b\r\n\r\n\"1\r\n1\",2\r\n,\r\n3,4\r\n", "a,b\n\n\"1\n1\",2\n,\n3,4"]
        {
            let numbers: Vec<usize> = read(text).rows.iter().map(|row| row.number).collect();
            assert_eq!(numbers, [1, 3, 5], "{text:?}");
        }
        assert_eq!(read("sep=;\na;b\n1;2\n").rows[1].number, 3);
    }

    #[test]
    fn an_open_quote_is_told_with_its_place() {
        let error = super::read("t.csv", "a,b\n\"1,2\n3,4\n").err().map(|error| match error {
            ForeignError::Load(LoadError::Problems(problems)) => problems[0].to_string(),
            other => other.to_string(),
        });
        let error = error.unwrap_or_default();
        assert!(error.starts_with("t.csv:2:1: "), "{error}");
    }
}
