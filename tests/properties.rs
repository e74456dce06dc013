//! Holds for whatever stands in the cells: the program reads a table as the `csv` crate does, in every dress the same,
//! and brings a canonical registry back from its other form unchanged.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::BTreeSet;

use harness::{Desk, differences};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use twinning::model::{Column, Table, Type};
use twinning::storage::{LoadError, Place, Source, commit};

type Rows = Vec<Vec<String>>;

/// The same cases every time.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(1949), failure_persistence: None, ..ProptestConfig::default() }
}

const REQUIRED: [(&str, &str); 3] = [
    ("r/countries.csv", "code,name,continent\n"),
    ("r/municipalities.csv", "id,name,country,type\n"),
    ("r/partnerships.csv", "a,b,kind,status\n"),
];

fn desk() -> Desk {
    REQUIRED.iter().fold(Desk::new(), |desk, (name, text)| desk.with(name, text))
}

/// Writes rows as CSV.
fn csv(rows: &Rows, delimiter: u8, line_end: csv::Terminator, quotes: csv::QuoteStyle) -> String {
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.delimiter(delimiter).terminator(line_end).quote_style(quotes).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn canonical(rows: &Rows) -> String {
    csv(rows, b',', csv::Terminator::Any(b'\n'), csv::QuoteStyle::Necessary)
}

/// Loads a registry and returns a table as it is read, the header first.
fn load(desk: &Desk, table: Table) -> Result<Rows, String> {
    let source = Source::open(&Place::Folder(desk.path("r"))).map_err(|error| error.to_string())?;
    let registry = source.load().map_err(|error| match error {
        LoadError::Problems(problems) => problems.iter().map(|problem| format!("{problem}\n")).collect(),
        error => error.to_string(),
    })?;
    let grid = registry.grid(table);
    let header: Vec<String> = grid.header().map(str::to_owned).collect();
    let rows = grid.rows().map(|row| (0..header.len()).map(|place| row.at(place).to_owned()).collect());
    Ok([header.clone()].into_iter().chain(rows).collect())
}

/// Any text in NFC without a carriage return, which no cell keeps.
fn text() -> impl Strategy<Value = String> {
    let plain = select("abcXYZ019äőЖ東🎈".chars().collect::<Vec<_>>());
    let odd = select("\",;\n '\t={\\|\u{A0}\u{2028}".chars().collect::<Vec<_>>());
    let sign = prop_oneof![2 => plain, 1 => odd];
    prop::collection::vec(sign, 1..12).prop_map(String::from_iter)
}

fn words(words: &[&str]) -> BoxedStrategy<String> {
    select(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).boxed()
}

/// A cell that can stand in a column, not empty.
fn cell(column: &Column) -> BoxedStrategy<String> {
    let item =
        text().prop_map(|text| text.replace(';', "").trim().to_owned()).prop_filter("item", |text| !text.is_empty());
    match column.kind {
        Type::Vocabulary(vocabulary) => words(vocabulary),
        Type::Date => {
            words(&["1949", "2022-03", "1982-06-11", "196X", "2011~", "2024-06-11?", "[..2016]", "[2010..2022]"])
        }
        Type::Interval => words(&["2022/2029", "2022/..", "../2029-12"]),
        Type::Number(..) => words(&["65", "-65", "0", "-0.5", "65.30", "9.000000000000000001"]),
        Type::List => prop::collection::vec(item, 1..4).prop_map(|items| items.join(";")).boxed(),
        _ => text().boxed(),
    }
}

fn maybe(column: &Column) -> BoxedStrategy<String> {
    let filled = cell(column);
    if column.required { filled } else { prop_oneof![Just(String::new()), filled].boxed() }
}

/// A table in canonical order, the header first, with columns that the schema does not know.
fn table(table: Table) -> impl Strategy<Value = Rows> {
    let schema = table.schema();
    let unknown = prop::collection::btree_set("x[A-Z \",é]{0,3}[a-z]", 0..3);
    let cells: Vec<_> = schema.columns.iter().map(maybe).collect();
    let extra = prop::collection::vec(prop_oneof![Just(String::new()), text()], 3);
    let rows = prop::collection::vec((cells, extra), 0..6);
    (unknown, rows).prop_map(move |(unknown, rows)| {
        let key = |row: &Vec<String>| -> Vec<String> {
            schema.key.iter().map(|name| row[schema.column(name).unwrap()].clone()).collect()
        };
        let mut rows: Rows = rows
            .into_iter()
            .map(|(cells, extra)| cells.into_iter().chain(extra.into_iter().take(unknown.len())).collect())
            .collect();
        rows.sort_by_key(key);
        rows.dedup_by_key(|row| key(row));
        let known = schema.columns.iter().map(|column| column.name.to_owned());
        [known.chain(unknown).collect()].into_iter().chain(rows).collect()
    })
}

/// The tables of a registry, each with its text.
fn registry() -> impl Strategy<Value = Vec<(Table, String)>> {
    let tables: Vec<_> = Table::ALL
        .into_iter()
        .map(|of| {
            let there = table(of).prop_map(move |rows| Some((of, canonical(&rows))));
            if of.is_required() { there.boxed() } else { prop_oneof![2 => Just(None), 1 => there].boxed() }
        })
        .collect();
    tables.prop_map(|tables| tables.into_iter().flatten().collect())
}

/// Cells as people and programs write them, and at last two that are wrong.
const RAW: [&str; 17] = [
    "",
    "a",
    "ab cd",
    "Győr",
    " a",
    "a ",
    "a\"b",
    "a;b",
    "!#$ %",
    "0123456789",
    "\"\"",
    "\"a\"",
    "\"a,b\"",
    "\"a\nb\"",
    "\"ä, \"\"ö\"\"\"",
    "\"a",
    "\"a\"b",
];
const WRONG: [&str; 2] = [RAW[15], RAW[16]];

/// A line of a table, and whether its quotes are right.
fn line() -> impl Strategy<Value = (String, bool)> {
    let raw = prop_oneof![20 => select(&RAW[..15]), 1 => select(&WRONG[..])].prop_map(str::to_owned);
    let cells = prop::collection::vec(raw, 4);
    // Longer than the distance that is kept of a cell's end.
    let long = prop_oneof![30 => Just(None), 1 => Just(Some(format!("\"x,{}\"", "y".repeat(70_000))))];
    let width = prop_oneof![40 => Just(6_usize), 1 => Just(5), 1 => Just(7)];
    let end = select(vec!["\n", "\n", "\n", "\n", "\r\n", "\n\n"]);
    ("[a-d]{1,2}", "[a-z]{1,9}", long, cells, width, end).prop_map(|(subject, role, long, cells, width, end)| {
        let mut line: Vec<String> = [subject, role].into_iter().chain(long).chain(cells).collect();
        line.resize(width, "z".to_owned());
        let is_right = !line.iter().any(|cell| WRONG.contains(&cell.as_str()));
        (line.join(",") + end, is_right)
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_table_is_read_as_the_csv_crate_reads_it_or_not_at_all(lines in prop::collection::vec(line(), 0..8)) {
        let body: String = lines.iter().map(|(line, _)| line.as_str()).collect();
        let text = format!("subject,role,name,topic,email,phone\n{body}");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let rows: Rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let keys: BTreeSet<&[String]> = rows.iter().map(|row| row.get(..2).unwrap_or(row)).collect();
        let is_even = rows.iter().all(|row| row.len() == 6);
        let is_right = lines.iter().all(|(_, is_right)| *is_right) && is_even && keys.len() == rows.len();
        let read = load(&desk().with("r/contacts.csv", &text), Table::Contacts);
        prop_assert_eq!(read.clone().ok(), is_right.then_some(rows), "{}{:?}", text, read);
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_table_reads_the_same_in_every_dress(
        rows in select(Table::ALL.to_vec()).prop_flat_map(|of| table(of).prop_map(move |rows| (of, rows))),
        delimiter in select(vec![b',', b';', b'\t']),
        line_end in select(vec![csv::Terminator::Any(b'\n'), csv::Terminator::CRLF]),
        quotes in select(vec![csv::QuoteStyle::Necessary, csv::QuoteStyle::Always]),
        first in any::<Index>(),
    ) {
        let (of, mut rows) = rows;
        let by = first.index(rows[0].len());
        rows.iter_mut().for_each(|row| row.rotate_left(by));
        let name = format!("r/{}.csv", of.name());
        let desk = desk().with(&name, csv(&rows, delimiter, line_end, quotes));
        prop_assert_eq!(load(&desk, of), Ok(rows));
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_canonical_registry_comes_back_unchanged(tables in registry()) {
        let desk = tables.iter().fold(Desk::new(), |desk, (of, text)| desk.with(&format!("r/{}.csv", of.name()), text));
        for [from, to] in [["r", "same"], ["r", "form.json"], ["form.json", "back"], ["form.json", "same.json"]] {
            let [from, to] = [from, to].map(|name| Place::of(&desk.path(name)));
            let source = Source::open(&from).unwrap();
            let registry = source.load().map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
            commit::create(&registry, &to).unwrap();
        }
        prop_assert_eq!(desk.read("form.json"), desk.read("same.json"));
        for folder in ["same", "back"] {
            let mut files = desk.files(folder);
            files.remove("datapackage.json");
            prop_assert_eq!(differences(&desk.files("r"), &files), Vec::<String>::new());
        }
    }
}
