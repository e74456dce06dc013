//! Holds for whatever stands in the cells: the program reads a table as the `csv` crate does, in every dress the same,
//! and brings a canonical registry back from its other form unchanged.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use harness::{Desk, differences};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use twinning::edit::rebase::{Rebase, rebase};
use twinning::edit::tidy::tidy;
use twinning::edit::{Change, Plan, Record, Step};
use twinning::model::{Column, Registry, Table, Type};
use twinning::storage::apply::{Work, apply, with};
use twinning::storage::lines::{Entry, SavedPlan, read_plan, write_plan};
use twinning::storage::{LoadError, Place, Source, canonical, commit};

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

fn in_order(rows: &Rows) -> String {
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
            let there = table(of).prop_map(move |rows| Some((of, in_order(&rows))));
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

/// Puts the tables of a registry into a folder.
fn filed(desk: Desk, folder: &str, tables: &[(Table, String)]) -> Desk {
    tables.iter().fold(desk, |desk, (of, text)| desk.with(&format!("{folder}/{}.csv", of.name()), text))
}

/// Returns the plan that makes some of the rows of one registry those of another: added, changed and removed ones.
fn between(one: &Registry<'_>, other: &Registry<'_>, picked: &[bool]) -> Plan {
    let mut steps = Vec::new();
    let mut picked = picked.iter().copied().cycle();
    for of in Table::ALL.into_iter().filter(|of| one.grid(*of).exists()) {
        let header: BTreeSet<&str> = one.grid(of).header().collect();
        let records = |registry: &Registry<'_>| -> BTreeMap<Vec<String>, Record> {
            let known = |record: Record| {
                let cells = record.cells().filter(|(name, _)| header.contains(name));
                cells.fold(Record::new(of), |record, (name, cell)| record.with(name, cell))
            };
            let keyed = |record: Record| (record.key().into_iter().map(str::to_owned).collect(), record);
            registry.grid(of).rows().map(|row| keyed(known(Record::of(row)))).collect()
        };
        let (old, new) = (records(one), records(other));
        for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let change = Change { old: old.get(key).cloned(), new: new.get(key).cloned() };
            if change.old != change.new && picked.next() == Some(true) {
                steps.push(Step(vec![change]));
            }
        }
    }
    Plan { steps }
}

/// Returns the tables as they are written.
fn written(registry: &Registry<'_>) -> Vec<String> {
    let text = |of: Table| {
        let mut text = Vec::new();
        canonical::write_table(registry.grid(of), &mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    Table::ALL.into_iter().filter(|of| registry.grid(*of).exists()).map(text).collect()
}

fn entry() -> Entry {
    let at = "2026-11-25T10:00:00Z".parse().unwrap();
    Entry { at, by: "clerk".to_owned(), command: "twin".to_owned(), reason: String::new(), undoes: None }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn plans_are_taken_back_kept_and_put_in_any_order(
        (one, other) in (registry(), registry()),
        picked in prop::collection::vec(any::<bool>(), 7),
    ) {
        let desk = filed(filed(Desk::new(), "one", &one), "other", &other);
        let [place, other] = ["one", "other"].map(|folder| Place::of(&desk.path(folder)));
        let [source, other] = [&place, &other].map(|place| Source::open(place).unwrap());
        let (registry, other) = (source.load().unwrap(), other.load().unwrap());
        let before = written(&registry);
        let all = between(&registry, &other, &[true]);
        let plan = between(&registry, &other, &picked);
        let rest = between(&registry, &other, &picked.iter().map(|picked| !picked).collect::<Vec<_>>());

        // A plan that is kept in a file is the same plan.
        let what: Vec<String> = iter::repeat_n("in words".to_owned(), all.steps.len()).collect();
        let saved = SavedPlan { command: "twin".to_owned(), reason: "why".to_owned(), plan: all.clone() };
        let text = write_plan(&saved, &what).unwrap();
        prop_assert_eq!(read_plan("plan.jsonl", &text, &registry).map_err(|error| error.to_string()), Ok(saved));

        // Two plans on different records come to the same in either order.
        let edited = with(&registry, &plan).unwrap();
        let rested = with(&registry, &rest).unwrap();
        let both = written(&with(&edited, &rebase(&rest, &edited, Rebase::Exact).unwrap()).unwrap());
        prop_assert_eq!(&both, &written(&with(&rested, &rebase(&plan, &rested, Rebase::Exact).unwrap()).unwrap()));
        prop_assert_eq!(&both, &written(&with(&registry, &all).unwrap()));

        // A plan and its inverse leave every byte as it was, in memory and on the disk, in either form.
        prop_assert_eq!(&written(&with(&edited, &plan.inverse()).unwrap()), &before);
        let json = Place::of(&desk.path("one.json"));
        commit::create(&registry, &json).unwrap();
        for place in [place, json] {
            for plan in [plan.clone(), plan.inverse()] {
                let source = Source::open(&place).unwrap();
                let registry = source.load().unwrap();
                let work = Work { plan: &plan, how: Rebase::Exact, forms: false };
                let done = apply(&place, &source, &registry, work, &entry()).unwrap();
                prop_assert_eq!(done.id.is_none(), plan.is_empty());
            }
            let source = Source::open(&place).unwrap();
            prop_assert_eq!(&written(&source.load().unwrap()), &before);
        }
        let mut files = desk.files_of_registry("one");
        files.remove("journal.jsonl");
        prop_assert_eq!(differences(&files, &one.iter().map(|(of, text)| (format!("{}.csv", of.name()), text.clone())).collect()), Vec::<String>::new());
    }
}

/// Tables about few parties, at home, abroad and unknown, whose ids are entered with and without stray blanks.
fn few_parties() -> impl Strategy<Value = Vec<(Table, String)>> {
    let id = || words(&["a", "a ", "b", " b", "b\u{A0}", "c", "none"]);
    let parties = prop::collection::vec((id(), words(&["FI", " FI", "NO"])), 0..6);
    let pairs = || prop::collection::vec((id(), id(), words(&["1949", "1950"]), words(&["a", "b", "both"])), 0..8);
    (parties, pairs(), pairs(), pairs()).prop_map(|(parties, pairs, events, claims)| {
        let table = |of, header: &str, mut rows: Rows, key: usize| {
            rows.sort();
            rows.dedup_by(|one, other| one[..key] == other[..key]);
            rows.insert(0, header.split(',').map(str::to_owned).collect());
            (of, in_order(&rows))
        };
        let party = |(id, country): (String, String)| vec![id, "X".to_owned(), country, "municipality".to_owned()];
        let pair = |(a, b, ..): (String, String, String, String)| vec![a, b, "twin".to_owned(), "active".to_owned()];
        let event = |(a, b, date, by)| vec![a, b, date, "signed".to_owned(), by];
        let claim = |(a, b, value, source)| vec![a, b, "start".to_owned(), source, value];
        vec![
            table(Table::Countries, "code,name,continent", Vec::new(), 1),
            table(Table::Municipalities, "id,name,country,type", parties.into_iter().map(party).collect(), 1),
            table(Table::Partnerships, "a,b,kind,status", pairs.into_iter().map(pair).collect(), 2),
            table(Table::Events, "a,b,date,event,by", events.into_iter().map(event).collect(), 4),
            table(Table::Claims, "a,b,field,source,value", claims.into_iter().map(claim).collect(), 4),
        ]
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn what_is_put_right_once_is_right_and_comes_back(tables in prop_oneof![1 => registry(), 4 => few_parties()]) {
        let package = r#"{"twinning":{"format":1,"home":["FI"]}}"#;
        let desk = filed(Desk::new(), "r", &tables).with("r/datapackage.json", package);
        let source = Source::open(&Place::of(&desk.path("r"))).unwrap();
        let registry = source.load().map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        let found = tidy(&registry);
        let right = with(&registry, &found.plan).unwrap();
        let again = tidy(&right);
        prop_assert_eq!((&again.plan, again.left.len()), (&Plan::default(), found.left.len()), "{:?}", found.plan);
        // No record is lost, none stands twice, and none is changed twice.
        for of in Table::ALL {
            prop_assert_eq!((right.grid(of).len(), right.grid(of).twice().count()), (registry.grid(of).len(), 0));
        }
        let keys: Vec<_> = found.plan.changes().map(|change| (change.table(), change.key())).collect();
        prop_assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        prop_assert_eq!(written(&with(&right, &found.plan.inverse()).unwrap()), written(&registry));
    }
}
