//! Plans in files, and the lines of the journal.

use sha2::{Digest, Sha256};

use super::desk;

#[test]
fn a_plan_that_cannot_be_read_names_its_lines() {
    let desk = desk();
    let line = |cells: &str| format!(r#"{{"changes":[{{"table":"partnerships","new":{{{cells}}}}}]}}"#);
    let pair = r#""a":"fi-x","b":"fi-y","status":"active""#;
    let plan = [
        r#"{"plan":2}"#.to_owned(),
        line(&format!(r#"{pair},"kind":"marriage""#)),
        line(&format!(r#"{pair},"kind":"twin","colour":"red""#)),
        line(&format!(r#"{pair},"kind":"twin","themes":"a; b""#)),
        r#"{"changes":[{"table":"towns"}]}"#.to_owned(),
        r#"{"changes":[{"table":"partnerships"}]}"#.to_owned(),
        r#"{"changes":[{"table":"partnerships","old":{"a":"x","b":"y"},"new":{"a":"x","b":"z"}}]}"#.to_owned(),
        "not JSON".to_owned(),
    ];
    let desk = desk.with("plan.jsonl", plan.join("\n"));
    let run = desk.twin(&["apply", "plan.jsonl"]);
    assert_eq!(run.exit, 3);
    let expected = [
        "the plan has form 2; this program reads up to 1",
        "kind is `marriage`; it must be one of twin, friendship, partner, contact",
        "`partnerships` has no column `colour`",
        "themes is `a; b`; no cell is written so",
        "`towns` is no table",
        "a change needs `old`, `new` or both",
        "`x,y` becomes `x,z`; a key does not change",
        "expected ident",
    ];
    let expected: Vec<String> =
        (1..).zip(expected).map(|(line, text)| format!("plan.jsonl:{line}:1: error[json]: {text}")).collect();
    assert_eq!(run.stderr.lines().collect::<Vec<_>>(), expected);
    assert_eq!(desk.twin(&["apply", "none.jsonl"]).exit, 3);
}

#[test]
fn an_id_is_made_of_its_line_and_of_the_id_before() {
    let desk = desk();
    for note in ["one", "two", "three"] {
        desk.done(&["set", "Lahti", "Pécs", &format!("note={note}")]);
    }
    let journal = desk.read("data/journal.jsonl");
    let mut before = String::new();
    for line in journal.lines() {
        let (id, rest) = line.strip_prefix("{\"id\":\"").and_then(|line| line.split_once("\",")).unwrap();
        let hash = Sha256::new().chain_update(format!("{{{rest}")).chain_update(&before).finalize();
        let expected: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(id, expected, "{line}");
        before = id.to_owned();
    }
    assert_eq!(journal.lines().count(), 3);
}

#[test]
fn blank_lines_in_the_journal_do_no_harm() {
    let desk = desk();
    desk.done(&["set", "Lahti", "Pécs", "note=one"]);
    let journal = desk.read("data/journal.jsonl");
    let desk = desk.with("data/journal.jsonl", format!("{journal}\n\n"));
    desk.done(&["set", "Lahti", "Pécs", "note=two"]);
    desk.done(&["convert", "data", "data.json"]);
    for registry in ["data", "data.json"] {
        assert_eq!(desk.done(&["--registry", registry, "log", "--format", "csv"]).rows().len(), 2);
    }
}
