//! Holds the shipped data against the program: they load, are canonical byte for byte, and are what their description
//! and data/README.md say. With TWIN_SESSIONS=write the resources of datapackage.json and the column reference of
//! data/README.md are written anew.
#![allow(clippy::disallowed_methods, reason = "the test reads its switch and rewrites what it is asked to")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;
use twinning::model::{Kind, Registry, Status, Table};
use twinning::query::declared::recorded;
use twinning::storage::describe::column_reference;
use twinning::storage::{Place, Source, canonical, commit, package};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn read(name: &str) -> String {
    fs::read_to_string(data().join(name)).unwrap_or_else(|error| panic!("data/{name}: {error}"))
}

fn is_to_write() -> bool {
    env::var_os("TWIN_SESSIONS").is_some_and(|value| value == "write")
}

/// Loads the shipped data and hands them on.
fn with_data<T>(work: impl FnOnce(&mut Registry<'_>) -> T) -> T {
    let source = Source::open(&Place::Folder(data())).unwrap_or_else(|error| panic!("data/: {error}"));
    let mut registry = source.load().unwrap_or_else(|error| panic!("data/: {error}"));
    work(&mut registry)
}

/// Returns the rows of the table of data/README.md that has this header, as trimmed cells.
fn table_of_readme(header: &str) -> Vec<Vec<String>> {
    let readme = read("README.md");
    let lines = readme.lines().skip_while(|line| *line != header).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = lines.map(cells).collect();
    assert!(!rows.is_empty(), "data/README.md has no table `{header}`");
    rows
}

#[test]
fn the_data_are_canonical_byte_for_byte() {
    let to = tempfile::tempdir().unwrap();
    with_data(|registry| commit::create(registry, &Place::Folder(to.path().to_owned()))).unwrap();
    let files = |folder: &Path| -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let kept = entries.filter(|path| path.extension().is_some_and(|is| is == "csv" || is == "json"));
        kept.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
    };
    let (shipped, written) = (files(&data()), files(to.path()));
    let names: Vec<&String> = shipped.keys().collect();
    assert_eq!(names, written.keys().collect::<Vec<_>>());
    assert_eq!(names.len(), Table::ALL.len() + 1);
    for (name, bytes) in &shipped {
        let (one, other) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&written[name]));
        let differing = one.lines().zip(other.lines()).zip(1..).find(|((one, other), _)| one != other);
        assert!(*bytes == written[name], "data/{name} is not canonical: {differing:?}");
    }
}

#[test]
fn the_built_in_registry_is_the_shipped_one() {
    let to = tempfile::tempdir().unwrap();
    let source = Source::open(&Place::Builtin).unwrap();
    commit::create(&source.load().unwrap(), &Place::Folder(to.path().to_owned())).unwrap();
    for table in Table::ALL {
        let name = format!("{}.csv", table.name());
        assert!(fs::read_to_string(to.path().join(&name)).unwrap() == read(&name), "{name} differs");
    }
}

#[test]
fn the_description_of_the_tables_follows_from_the_schema() {
    let mut shipped: Value = serde_json::from_str(&read(package::FILE)).unwrap();
    let resources = shipped.as_object_mut().and_then(|package| package.shift_remove("resources")).unwrap();
    with_data(|registry| {
        registry.package = shipped.to_string().into();
        let complete = package::complete(registry, &[]).unwrap();
        // As texts, so that the order of members counts.
        let [shipped, made] = [&resources, &complete["resources"]].map(|value| format!("{value:#}"));
        let differing = shipped.lines().zip(made.lines()).zip(1..).find(|((one, other), _)| one != other);
        if is_to_write() {
            let mut text = Vec::new();
            canonical::write_package(&complete, &mut text).unwrap();
            fs::write(data().join(package::FILE), text).unwrap();
        } else {
            let hint = "TWIN_SESSIONS=write cargo test --test data writes the resources anew";
            assert!(shipped == made, "resources of datapackage.json: {differing:?}; {hint}");
        }
    });
}

#[test]
fn the_column_reference_follows_from_the_schema() {
    let readme = read("README.md");
    let [open, close] = ["<!-- columns -->\n", "\n<!-- /columns -->"];
    let (before, rest) = readme.split_once(open).unwrap();
    let (shown, after) = rest.split_once(close).unwrap();
    if is_to_write() {
        let text = [before, open, &column_reference(), close, after].concat();
        fs::write(data().join("README.md"), text).unwrap();
    } else {
        let hint = "TWIN_SESSIONS=write cargo test --test data writes the column reference anew";
        assert!(shown == column_reference(), "{hint}");
    }
}

#[test]
fn the_readme_counts_the_rows_of_every_table() {
    with_data(|registry| {
        let rows = table_of_readme("| table | rows | one row is |");
        let shown: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].trim_matches('`'), row[1].as_str())).collect();
        let counted = Table::ALL.map(|table| (format!("{}.csv", table.name()), registry.grid(table).len().to_string()));
        let counted: Vec<(&str, &str)> = counted.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
        assert_eq!(shown, counted);
    });
}

#[test]
fn the_readme_counts_kinds_and_statuses() {
    with_data(|registry| {
        let count = |kind: Option<Kind>, status: Option<Status>| {
            let is_meant = |(of_kind, of_status)| {
                kind.is_none_or(|kind| of_kind == Some(kind)) && status.is_none_or(|status| of_status == Some(status))
            };
            registry.partnerships().map(|one| (one.kind(), one.status())).filter(|one| is_meant(*one)).count()
        };
        let mut seen = 0;
        for row in table_of_readme("| kind | active | suspended | historic | all |") {
            let kind = Kind::parse(&row[0]);
            assert!(kind.is_some() || row[0] == "all", "{row:?}");
            let statuses = [Some(Status::Active), Some(Status::Suspended), Some(Status::Historic), None];
            assert_eq!(row[1..], statuses.map(|status| count(kind, status).to_string()), "{row:?}");
            seen += if kind.is_some() { count(kind, None) } else { 0 };
        }
        assert_eq!(seen, registry.partnerships().len(), "a kind is missing");
    });
}

#[test]
fn the_readme_holds_what_is_stated_against_what_is_recorded() {
    with_data(|registry| {
        let name = |id: &str| registry.municipality(id).map_or(id.to_owned(), |place| place.name().to_owned());
        let expected = registry.declarations().map(|declaration| {
            let kind = declaration.kind().unwrap();
            let found = recorded(registry, [declaration.subject()])[declaration.subject()].count(kind).to_string();
            [name(declaration.subject()), kind.word().to_owned(), declaration.count().replace('%', " %"), found]
        });
        // A share may stand behind what is recorded.
        let shown = table_of_readme("| subject | kind | stated | recorded (active) |").into_iter().map(|row| {
            let found = row[3].split(' ').next().unwrap_or_default().to_owned();
            [row[0].clone(), row[1].clone(), row[2].clone(), found]
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    });
}
