//! How findings are drawn, and what `check` takes.

use serde_json::{Value, json};

use super::{check, fixtures};
use crate::harness::{Desk, done, twin};
use crate::reading::clean;

#[test]
fn json_has_the_promised_members_and_json_lines_are_the_same_a_line_each() {
    let (_, folder) = fixtures().into_iter().find(|(name, _)| name == "dangling-reference").unwrap();
    let found = check(&folder, &["--format", "json"]).json();
    assert_eq!(
        found[0],
        json!({
            "rule": "dangling-reference",
            "severity": "error",
            "file": "declarations.csv",
            "line": 2,
            "column": 1,
            "table": "declarations",
            "key": "fi-oulu,partner,kuopio-fi",
            "message": "`fi-oulu` is neither a party nor a country",
            "hint": "write the id of a party (fi-kuopio) or the code of a country (FI)",
        })
    );
    let lines = check(&folder, &["--format", "jsonl"]).stdout;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines), found);
    // What is about a file has no record.
    let (_, folder) = fixtures().into_iter().find(|(name, _)| name == "not-nfc").unwrap();
    let found = check(&folder, &["--format", "json"]).json();
    assert_eq!((&found[0]["table"], &found[0]["key"]), (&Value::Null, &Value::Null));
}

#[test]
fn annotations_of_github_are_one_line_each_with_a_path_and_everything_escaped() {
    let desk = clean();
    let table = desk.read("r/partnerships.csv").replace("no-bo", "\"no,bo:\n100%\"");
    let desk = desk.with("a b/data/partnerships.csv", table);
    let desk = ["countries", "municipalities", "sources"].iter().fold(desk, |desk, name| {
        let text = desk.read(&format!("r/{name}.csv"));
        desk.with(&format!("a b/data/{name}.csv"), text)
    });
    let run = desk.twin(&["check", "--registry", "a b/data", "--format", "github", "--rule", "dangling-reference"]);
    assert_eq!(
        run.stdout,
        "::error file=a b/data/partnerships.csv,line=2,col=7,title=dangling-reference::b is `no,bo: 100%25`, which no row \
         of municipalities has (correct the id, or add the row to municipalities)\n"
    );
    assert_eq!((run.stderr.as_str(), run.exit), ("", 1));
}

#[test]
fn a_sarif_log_names_rules_levels_paths_and_what_stays_the_same() {
    let (_, folder) = fixtures().into_iter().find(|(name, _)| name == "stale").unwrap();
    let log = check(&folder, &["--format", "sarif"]).json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), twinning::check::RULES.len());
    let result = &run["results"][0];
    assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], "stale");
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("stale"), &json!("note")));
    let place = &result["locations"][0]["physicalLocation"];
    assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("tests/check/stale/partnerships.csv"));
    assert_eq!(place["region"], json!({"startLine": 2, "startColumn": 49}));
    assert_eq!(result["partialFingerprints"], json!({"record/v1": "stale/partnerships/fi-kuopio,no-bodo"}));
}

#[test]
fn findings_go_into_a_file_whole() {
    let desk = clean();
    let table = desk.read("r/partnerships.csv").replace("no-bo", "no-ås");
    let desk = desk.with("r/partnerships.csv", table);
    let run = desk.twin(&["check", "--registry", "r", "-o", "found.txt"]);
    assert_eq!((run.stdout.as_str(), run.exit), ("", 1));
    assert!(desk.read("found.txt").starts_with("partnerships.csv:2:7: error[dangling-reference]: "));
    assert_eq!(desk.twin(&["check", "--registry", "r", "-o", "nowhere/found.txt"]).exit, 7);
}

#[test]
fn a_verification_lasts_as_long_as_is_asked_for() {
    let desk = clean();
    let table = desk.read("r/partnerships.csv").replace("2026", "2021-11-24");
    let desk = desk.with("r/partnerships.csv", table);
    let found = |args: &[&str]| desk.done(&[&["check", "--registry", "r"], args].concat()).stdout.lines().count();
    assert_eq!((found(&[]), found(&["--stale", "6"]), found(&["--stale", "4"])), (2, 0, 2));
    let table = desk.read("r/partnerships.csv").replace("2021-11-24", "2021-11-25");
    let desk = desk.with("r/partnerships.csv", table);
    assert_eq!(desk.done(&["check", "--registry", "r"]).stdout, "");
}

#[test]
fn rules_are_explained_and_unknown_ones_refused() {
    let all = done(&["check", "--explain", "all"]).stdout;
    assert_eq!(all.lines().count(), twinning::check::RULES.len());
    for rule in twinning::check::RULES {
        let told = done(&["check", "--explain", rule.id]).stdout;
        assert!(told.starts_with(&format!("{}: {}\n", rule.id, rule.severity.word())), "{told}");
        assert!(told.contains(rule.meaning) && told.contains(rule.origin), "{told}");
    }
    assert!(done(&["check", "--explain", "encoding"]).stdout.starts_with("encoding: the file cannot be read\n"));
    Desk::new().fails(
        &["check", "--explain", "tidy"],
        2,
        "error: no rule is called `tidy`\nhint: twin check --explain all\n",
    );
    assert_eq!(twin(&["check", "--rule", "tidy"]).exit, 2);
    assert_eq!(twin(&["check", "--skip", "self-pair,tidy"]).exit, 2);
}

#[test]
fn the_page_of_rules_is_made_of_their_table() {
    use std::{env, fs, path::Path};
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = fs::read_to_string(&path).unwrap_or_default();
    let marks = ["<!-- rules -->\n", "<!-- end of rules -->\n"];
    let (before, rest) = page.split_once(marks[0]).unwrap();
    let (found, after) = rest.split_once(marks[1]).unwrap();
    let section = |rule: &twinning::check::Rule| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check").join(rule.id);
        let told = fs::read_to_string(folder.join("expected.txt")).unwrap();
        let example: Vec<&str> = told.lines().skip(1).take(2).collect();
        format!(
            "\n### {}\n\n{}. {}\nOrigin: {}.\n\n```\n{}\n```\n",
            rule.id,
            rule.severity.word(),
            rule.meaning,
            rule.origin,
            example.join("\n")
        )
    };
    let mut expected: String = twinning::check::RULES.iter().map(section).collect();
    expected += "\n### What keeps a file from being read\n\nThese end every command with exit code 3.\n\n";
    for (id, meaning) in twinning::check::UNREADABLE {
        expected += &format!("- `{id}`: {meaning}\n");
    }
    expected += "\n";
    if env::var("TWIN_SESSIONS").is_ok_and(|value| value == "write") {
        fs::write(&path, [before, marks[0], &expected, marks[1], after].concat()).unwrap();
        return;
    }
    assert!(
        found == expected,
        "docs/rules.md is not what the rules say; TWIN_SESSIONS=write cargo test --test check writes it"
    );
}
