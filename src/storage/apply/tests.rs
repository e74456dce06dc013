//! Commits in which each single operation on the disk fails in turn, and all after it as if the process had died.
#![allow(clippy::disallowed_methods, reason = "the tests make the files that are to be edited")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::edit::{Record, Step};
use crate::storage::commit::disk::fault;

const TABLES: [(&str, &str); 4] = [
    ("countries.csv", "code,name,continent\nFI,Finland,Europe\nNO,Norway,Europe\n"),
    (
        "municipalities.csv",
        "id,name,country,type\nfi-x,X,FI,municipality\nno-y,Y,NO,municipality\nno-z,Z,NO,municipality\n",
    ),
    ("partnerships.csv", "a,b,kind,status\nfi-x,no-y,twin,active\nfi-x,no-z,twin,active\n"),
    ("datapackage.json", r#"{"twinning":{"format":1,"home":["FI"]},"resources":[]}"#),
];

/// A registry in a folder of its own, as a folder or as one file.
struct Desk {
    folder: TempDir,
    place: Place,
}

impl Desk {
    fn new(is_json: bool) -> Desk {
        let folder = TempDir::new().unwrap();
        for (name, text) in TABLES {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let tables = Place::Folder(folder.path().to_owned());
        if !is_json {
            return Desk { folder, place: tables };
        }
        let json = TempDir::new().unwrap();
        let place = Place::Json(json.path().join("registry.json"));
        let source = Source::open(&tables).unwrap();
        super::super::commit::create(&source.load().unwrap(), &place).unwrap();
        Desk { folder: json, place }
    }

    fn suspend(&self) -> Result<Done, ApplyError> {
        let change = |old: &str, new: &str| Change { old: Some(partnership(old)), new: Some(partnership(new)) };
        let event = Record::new(Table::Events).with("a", "fi-x").with("b", "no-y");
        let event = event.with("date", "2022").with("event", "suspended");
        let step = Step(vec![change("active", "suspended"), Change { old: None, new: Some(event) }]);
        self.apply(&Plan { steps: vec![step] })
    }

    /// Edits another partnership, as somebody does who comes after a crash.
    fn note(&self) -> Result<Done, ApplyError> {
        let old = Record::new(Table::Partnerships).with("a", "fi-x").with("b", "no-z").with("kind", "twin");
        let old = old.with("status", "active");
        let new = old.clone().with("note", "later");
        self.apply(&Plan { steps: vec![Step(vec![Change { old: Some(old), new: Some(new) }])] })
    }

    fn apply(&self, plan: &Plan) -> Result<Done, ApplyError> {
        self.carry_out(&Source::open(&self.place)?, Work { plan, how: Rebase::Merge, forms: false })
    }

    /// Rewrites the files that are not in canonical form, as they stand by now; they were read before.
    fn rewrite(&self, source: &Source) -> Result<Done, ApplyError> {
        self.carry_out(source, Work { plan: &Plan::default(), how: Rebase::Merge, forms: true })
    }

    fn carry_out(&self, source: &Source, work: Work<'_>) -> Result<Done, ApplyError> {
        let registry = source.load()?;
        let entry = Entry {
            at: "2026-11-25T00:00:00Z".parse().unwrap(),
            by: "clerk".to_owned(),
            command: "twin suspend".to_owned(),
            reason: String::new(),
            undoes: None,
        };
        apply(&self.place, source, &registry, work, &entry)
    }

    /// Returns what a reader sees: how the pair stands, its events, and the operations.
    fn seen(&self) -> (String, usize, usize) {
        let source = Source::open(&self.place).unwrap();
        let registry = source.load().unwrap();
        let status = registry.partnership("fi-x", "no-y").unwrap().status().unwrap().word().to_owned();
        (status, registry.events("fi-x", "no-y").len(), registry.journal.lines().count())
    }

    /// Returns how many files a reader sees that are not in canonical form.
    fn odd_files(&self) -> usize {
        let source = Source::open(&self.place).unwrap();
        source.odd_files(&source.load().unwrap()).len()
    }

    /// Returns all files but the lock, by name.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.file_name().unwrap().to_str().unwrap() {
                    _ if path.is_dir() => folders.push(path),
                    "lock" | ".gitignore" => {}
                    name => _ = files.insert(name.to_owned(), fs::read_to_string(&path).unwrap()),
                }
            }
        }
        files
    }
}

fn partnership(status: &str) -> Record {
    Record::new(Table::Partnerships).with("a", "fi-x").with("b", "no-y").with("kind", "twin").with("status", status)
}

fn old() -> (String, usize, usize) {
    ("active".to_owned(), 0, 0)
}

fn new() -> (String, usize, usize) {
    ("suspended".to_owned(), 1, 1)
}

/// Runs the commit with each operation failing in turn; returns how many there are, and how often readers saw the new
/// registry after a failure.
fn sweep_over(is_json: bool, dead: bool) -> (usize, usize) {
    let mut seen_new = 0;
    for operation in 0.. {
        let desk = Desk::new(is_json);
        let before = desk.files();
        fault::after(operation, dead);
        let result = desk.suspend();
        if !fault::end() {
            assert!(result.unwrap().unfinished.is_none());
            assert_eq!(desk.seen(), new());
            return (operation, seen_new);
        }
        let seen = desk.seen();
        match &result {
            Ok(done) => assert!(seen == new() && done.id.is_some(), "operation {operation}: {seen:?}"),
            Err(_) => assert_eq!(seen, old(), "operation {operation}: told as failed"),
        }
        if result.is_err() && !dead {
            assert_eq!(desk.files(), before, "operation {operation} left something behind");
        }
        seen_new += usize::from(seen == new());
        desk.note().unwrap();
        let (status, events, operations) = desk.seen();
        assert_eq!((status, events), (seen.0, seen.1), "operation {operation}: the next edit changed it");
        assert_eq!(operations, seen.2 + 1);
        assert!(
            !desk
                .files()
                .keys()
                .any(|name| name.contains("commit.json") || name.ends_with(|c: char| c.is_ascii_digit()))
        );
    }
    unreachable!("the operations of a commit come to an end")
}

#[test]
fn a_commit_of_tables_is_whole_or_not_at_all_whichever_operation_fails() {
    for dead in [false, true] {
        let (operations, seen_new) = sweep_over(false, dead);
        assert!(operations > 20, "{operations} operations");
        assert!(seen_new > 3 && seen_new < operations / 2, "{seen_new} of {operations}");
    }
}

#[test]
fn a_commit_of_one_file_is_whole_or_not_at_all_whichever_operation_fails() {
    for dead in [false, true] {
        let (operations, _) = sweep_over(true, dead);
        assert!(operations > 8, "{operations} operations");
    }
}

#[test]
fn the_tables_that_are_written_are_described_in_the_package() {
    let desk = Desk::new(false);
    desk.suspend().unwrap();
    let package: serde_json::Value = serde_json::from_str(&desk.files()["datapackage.json"]).unwrap();
    let described = |at: usize| package["resources"][at]["name"].as_str().unwrap_or_default();
    assert_eq!([0, 1, 2].map(described), ["partnerships", "events", ""]);
}

#[test]
fn files_are_rewritten_as_a_whole_or_not_at_all_whichever_operation_fails() {
    for (operation, dead) in (0..).flat_map(|operation| [(operation, false), (operation, true)]) {
        let desk = Desk::new(false);
        assert_eq!(desk.odd_files(), TABLES.len());
        let source = Source::open(&desk.place).unwrap();
        fault::after(operation, dead);
        let result = desk.rewrite(&source);
        let has_failed = fault::end();
        match &result {
            Ok(done) => assert_eq!((desk.odd_files(), done.files, &done.id), (0, TABLES.len(), &None)),
            Err(_) => assert_eq!(desk.odd_files(), TABLES.len(), "operation {operation}: told as failed"),
        }
        assert!(!desk.files().contains_key("journal.jsonl"));
        desk.suspend().unwrap();
        assert_eq!(desk.seen(), new());
        if !has_failed {
            assert!(operation > 20, "{operation} operations");
            return;
        }
    }
}

#[test]
fn files_are_rewritten_as_they_stand_when_somebody_has_edited_meanwhile() {
    for is_json in [false, true] {
        let desk = Desk::new(is_json);
        if let Place::Json(path) = &desk.place {
            fs::write(path, fs::read_to_string(path).unwrap().replace("  ", "\t")).unwrap();
        }
        let before = Source::open(&desk.place).unwrap();
        desk.suspend().unwrap();
        let done = desk.rewrite(&before).unwrap();
        // Of a folder the tables of partnerships and events have been written anew already.
        assert_eq!((done.id, done.files, desk.odd_files()), (None, if is_json { 0 } else { 3 }, 0));
        assert_eq!(desk.seen(), new());
        assert!(desk.rewrite(&Source::open(&desk.place).unwrap()).unwrap().unfinished.is_none());
    }
}
