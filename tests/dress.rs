//! What Excel and people make of the tables loads to the same registry: after `convert` no byte differs.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::BTreeMap;

use encoding_rs::WINDOWS_1252;
use harness::{Desk, differences, shipped};
use icu_normalizer::DecomposingNormalizerBorrowed;

type Rows = Vec<Vec<String>>;

/// How a table is dressed.
#[derive(Clone, Copy)]
struct Dress {
    /// What is made of its rows, the header among them.
    rows: &'static [fn(&mut Rows)],
    /// Excel's first line.
    sep: bool,
    delimiter: u8,
    quotes: csv::QuoteStyle,
    line_end: &'static str,
    mark: bool,
    encode: fn(&str) -> Vec<u8>,
}

const CLEAN: Dress = Dress {
    rows: &[],
    sep: false,
    delimiter: b',',
    quotes: csv::QuoteStyle::Necessary,
    line_end: "\n",
    mark: false,
    encode: utf8,
};

const DRESSES: &[(&str, Dress)] = &[
    ("none", CLEAN),
    ("a byte order mark", Dress { mark: true, ..CLEAN }),
    ("CRLF", Dress { line_end: "\r\n", ..CLEAN }),
    ("CR", Dress { line_end: "\r", ..CLEAN }),
    ("semicolons", Dress { delimiter: b';', ..CLEAN }),
    ("tabs", Dress { delimiter: b'\t', ..CLEAN }),
    ("a sep= line", Dress { delimiter: b';', sep: true, ..CLEAN }),
    ("every cell quoted", Dress { quotes: csv::QuoteStyle::Always, ..CLEAN }),
    ("Windows-1252", Dress { encode: windows_1252, ..CLEAN }),
    ("UTF-16LE", Dress { mark: true, encode: utf16le, ..CLEAN }),
    ("UTF-16BE", Dress { mark: true, encode: utf16be, ..CLEAN }),
    ("columns shuffled", Dress { rows: &[shuffle_columns], ..CLEAN }),
    ("rows shuffled", Dress { rows: &[shuffle_rows], ..CLEAN }),
    ("columns without content left out", Dress { rows: &[drop_empty_columns], ..CLEAN }),
    ("decomposed letters", Dress { rows: &[decompose], ..CLEAN }),
    ("decimal commas", Dress { rows: &[decimal_commas], delimiter: b';', ..CLEAN }),
    ("decimal commas between tabs", Dress { rows: &[decimal_commas], delimiter: b'\t', ..CLEAN }),
    ("blank lines", Dress { rows: &[blank_lines], ..CLEAN }),
    ("blank lines, CRLF", Dress { rows: &[blank_lines], line_end: "\r\n", ..CLEAN }),
    ("blank rows", Dress { rows: &[blank_rows], ..CLEAN }),
    ("blank rows of semicolons", Dress { rows: &[blank_rows], delimiter: b';', ..CLEAN }),
    ("an unnamed column", Dress { rows: &[unnamed_column], ..CLEAN }),
    ("unnamed columns", Dress { rows: &[unnamed_column, unnamed_column], ..CLEAN }),
    ("unnamed columns, semicolons", Dress { rows: &[unnamed_column, unnamed_column], delimiter: b';', ..CLEAN }),
    ("everything, UTF-8", EVERYTHING),
    ("everything, tabs and UTF-16", Dress { delimiter: b'\t', encode: utf16le, ..EVERYTHING }),
    ("everything, Windows-1252", Dress { rows: COMPOSED, mark: false, encode: windows_1252, ..EVERYTHING }),
];

const COMPOSED: &[fn(&mut Rows)] =
    &[decimal_commas, unnamed_column, shuffle_columns, unnamed_column, shuffle_rows, blank_rows, blank_lines];

const EVERYTHING: Dress = Dress {
    rows: &[
        decompose,
        decimal_commas,
        unnamed_column,
        shuffle_columns,
        unnamed_column,
        shuffle_rows,
        blank_rows,
        blank_lines,
    ],
    sep: true,
    delimiter: b';',
    quotes: csv::QuoteStyle::Always,
    line_end: "\r\n",
    mark: true,
    encode: utf8,
};

fn utf8(text: &str) -> Vec<u8> {
    text.into()
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn utf16be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// Encodes what the code page can hold; other text stays UTF-8.
fn windows_1252(text: &str) -> Vec<u8> {
    match WINDOWS_1252.encode(text) {
        (bytes, _, false) => bytes.into_owned(),
        _ => text.into(),
    }
}

/// Brings items into another order, the same one every time.
fn shuffle<T>(items: &mut [T]) {
    for nth in 1..items.len() {
        items.swap(nth, nth * 7919 % (nth + 1));
        items.swap(nth, nth / 3);
    }
}

fn shuffle_columns(rows: &mut Rows) {
    rows.iter_mut().for_each(|row| shuffle(row));
}

fn shuffle_rows(rows: &mut Rows) {
    shuffle(&mut rows[1..]);
}

fn drop_empty_columns(rows: &mut Rows) {
    // The first columns of every table are its key, which nothing can be without.
    for place in (4..rows[0].len()).rev() {
        if rows[1..].iter().all(|row| row[place].is_empty()) {
            rows.iter_mut().for_each(|row| _ = row.remove(place));
        }
    }
}

fn decompose(rows: &mut Rows) {
    let nfd = DecomposingNormalizerBorrowed::new_nfd();
    rows.iter_mut().flatten().for_each(|cell| *cell = nfd.normalize(cell).into_owned());
}

fn decimal_commas(rows: &mut Rows) {
    for place in 0..rows[0].len() {
        if ["lat", "lon"].contains(&rows[0][place].as_str()) {
            rows.iter_mut().for_each(|row| row[place] = row[place].replace('.', ","));
        }
    }
}

fn unnamed_column(rows: &mut Rows) {
    rows.iter_mut().for_each(|row| row.push(String::new()));
}

/// Adds rows whose cells are all empty.
fn blank_rows(rows: &mut Rows) {
    let blank = vec![String::new(); rows[0].len()];
    rows.insert(rows.len() / 2 + 1, blank.clone());
    rows.extend([blank.clone(), blank]);
}

/// Adds rows without cells.
fn blank_lines(rows: &mut Rows) {
    rows.insert(rows.len() / 2 + 1, Vec::new());
    rows.extend([Vec::new(), Vec::new()]);
}

impl Dress {
    fn put_on(self, table: &str) -> Vec<u8> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        let mut rows: Rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        self.rows.iter().for_each(|change| change(&mut rows));
        let mut text = String::new();
        text += if self.mark { "\u{FEFF}" } else { "" };
        if self.sep {
            text += &format!("sep={}{}", char::from(self.delimiter), self.line_end);
        }
        for row in rows {
            text += &self.line(&row);
            text += self.line_end;
        }
        (self.encode)(&text)
    }

    fn line(self, row: &[String]) -> String {
        if row.iter().all(String::is_empty) {
            return char::from(self.delimiter).to_string().repeat(row.len().saturating_sub(1));
        }
        let mut builder = csv::WriterBuilder::new();
        let mut writer = builder.delimiter(self.delimiter).quote_style(self.quotes).from_writer(Vec::new());
        writer.write_record(row).unwrap();
        String::from_utf8(writer.into_inner().unwrap()).unwrap().trim_end_matches('\n').to_owned()
    }
}

/// Puts files in a folder.
fn folder(desk: Desk, name: &str, files: &BTreeMap<String, Vec<u8>>) -> Desk {
    files.iter().fold(desk, |desk, (file, bytes)| desk.with(&format!("{name}/{file}"), bytes))
}

/// Returns the shipped registry with its tables in a dress.
fn dressed(dress: Dress) -> BTreeMap<String, Vec<u8>> {
    let dressed = shipped().into_iter().map(|(name, text)| {
        let bytes = if name.ends_with(".csv") { dress.put_on(&text) } else { text.into_bytes() };
        (name, bytes)
    });
    dressed.collect()
}

#[test]
fn fmt_takes_every_dress_off_and_leaves_nothing_to_do() {
    let clean = shipped();
    for (what, dress) in DRESSES {
        let desk = folder(Desk::new(), "data", &dressed(*dress));
        let run = desk.done(&["fmt", "--yes"]);
        assert_eq!(run.stdout.starts_with("REWRITES "), *what != "none", "{what}: {}", run.stdout);
        assert_eq!(differences(&clean, &desk.files_of_registry("data")), [""; 0], "{what}");
        assert_eq!(desk.done(&["fmt"]).stderr, "Nothing to do.\n", "{what}");
    }
}

#[test]
fn every_dress_of_the_shipped_tables_loads_to_the_same_registry() {
    let clean = shipped();
    let mut amiss = Vec::new();
    for (what, dress) in DRESSES {
        let dressed = dressed(*dress);
        let bare = clean.iter().filter(|(name, text)| dressed[*name] == text.as_bytes()).count();
        assert!(bare < clean.len() - 1 || *what == "none", "{what} changes nothing");
        let desk = folder(Desk::new(), "messy", &dressed);
        let run = desk.twin(&["convert", "messy", "clean"]);
        if run.exit != 0 {
            amiss.push(format!(
                "{what}: exit {}\n{}",
                run.exit,
                run.stderr.lines().take(3).collect::<Vec<_>>().join("\n")
            ));
            continue;
        }
        amiss.extend(differences(&clean, &desk.files("clean")).into_iter().map(|found| format!("{what}: {found}")));
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}
