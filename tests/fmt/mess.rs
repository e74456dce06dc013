//! A mess that has one right answer, at random.

use std::collections::BTreeMap;

use super::harness::{Desk, differences, shipped};

/// The columns in which no blank can stand.
const STRICT: [&str; 24] = [
    "kind",
    "status",
    "start",
    "end",
    "term",
    "verified_on",
    "lat",
    "lon",
    "dissolved",
    "date",
    "event",
    "by",
    "type",
    "review_on",
    "seen_on",
    "stated_on",
    "continent",
    "since",
    "until",
    "rank",
    "published",
    "retrieved",
    "checked_on",
    "url",
];
const LISTS: [&str; 3] = ["aliases", "sources", "themes"];

/// Gives numbers that look random, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Makes a mess of a table that has one right answer.
fn messed(table: &str, dice: &mut Dice) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let header = rows.remove(0);
    let by = header.iter().position(|name| name == "by");
    for row in &mut rows {
        if header[..2] == ["a", "b"] && dice.roll(3) == 0 {
            row.swap(0, 1);
            if let Some(by) = by {
                row[by] = match row[by].as_str() {
                    "a" => "b".into(),
                    "b" => "a".into(),
                    other => other.into(),
                };
            }
        }
        for (cell, name) in row.iter_mut().zip(&header).filter(|(cell, _)| !cell.is_empty()) {
            let blank = ["  ", "\t", "\u{A0}", " \u{2009}", "\u{3000}"][dice.roll(5)];
            let is_list = LISTS.contains(&name.as_str());
            match dice.roll(12) {
                _ if STRICT.contains(&name.as_str()) => {}
                0 if !is_list => *cell = format!("{blank}{cell}"),
                1 if !is_list => *cell = format!("{cell}{blank}"),
                2 => *cell = cell.replace(' ', blank),
                3 if is_list => *cell = format!("{cell};{}", cell.split(';').next().unwrap()),
                _ => {}
            }
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Returns a file's lines in an order of their own: a mess is written in another order than it stood in.
fn sorted(files: BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let lines = |text: String| -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows: Vec<String> =
            reader.records().map(|row| format!("{:?}", row.unwrap().iter().collect::<Vec<_>>())).collect();
        rows.sort();
        rows
    };
    files.into_iter().filter(|(name, _)| name.ends_with(".csv")).map(|(name, text)| (name, lines(text))).collect()
}

#[test]
fn a_mess_with_one_right_answer_is_the_clean_registry_again_and_comes_back() {
    let clean = shipped();
    for (seed, form) in [(1, "data"), (2, "data.json")] {
        let mut dice = Dice(seed);
        let desk = clean.iter().fold(Desk::new(), |desk, (name, text)| {
            let text = if name.ends_with(".csv") { messed(text, &mut dice) } else { text.clone() };
            desk.with(&format!("mess/{name}"), text)
        });
        desk.done(&["convert", "mess", form]);
        let run = desk.done(&["--registry", form, "fmt", "--yes"]);
        assert!(run.stdout.lines().count() > 500, "{}", run.stdout);
        assert!(!run.stderr.contains("Left"), "{}", run.stderr);
        assert_eq!(desk.done(&["--registry", form, "fmt"]).stderr, "Nothing to do.\n");
        desk.done(&["convert", form, "clean"]);
        let mut files = desk.files("clean");
        files.remove("journal.jsonl");
        assert_eq!(differences(&clean, &files), [""; 0], "seed {seed}");
        desk.done(&["--registry", form, "undo", "--yes"]);
        desk.done(&["convert", form, "back"]);
        let (mess, back) = (sorted(desk.files("mess")), sorted(desk.files("back")));
        for (name, lines) in &mess {
            assert!(back[name] == *lines, "seed {seed}: {name} does not come back");
        }
    }
}
