//! Every rule has a folder with a registry that breaks it and nothing else, and what is told of it in three languages.
//!
//! `TWIN_SESSIONS=write cargo test --test check` writes what is told anew; read the difference before it is committed.

#![allow(
    clippy::disallowed_methods,
    reason = "the tests make the files that the program is to read, and write anew what it tells"
)]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "../harness/mod.rs"]
mod harness;

mod edges;
mod formats;
mod reading;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use harness::{Desk, Run};
use twinning::check::{RULES, Severity, rule};

/// Returns the folders of the fixtures by the names of their rules.
fn fixtures() -> Vec<(String, PathBuf)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check");
    let entries = fs::read_dir(here).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path)).collect()
}

/// Runs `check` on a fixture.
fn check(folder: &Path, args: &[&str]) -> Run {
    let form = folder.join("registry.json");
    let registry = if form.is_file() { form } else { folder.to_owned() };
    let registry = registry.to_string_lossy();
    Desk::new().twin(&[&["check", "--registry", &*registry], args].concat())
}

#[test]
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    let fixtures: BTreeSet<String> = fixtures().into_iter().map(|(name, _)| name).collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(fixtures, rules);
}

#[test]
fn every_fixture_breaks_its_rule_and_no_other() {
    for (name, folder) in fixtures() {
        let run = check(&folder, &["--format", "json"]);
        let found: BTreeSet<String> =
            run.json().as_array().unwrap().iter().map(|found| found["rule"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found, BTreeSet::from([name.clone()]), "{run:#?}");
        let is_error = rule(&name).unwrap().severity == Severity::Error;
        assert_eq!(run.exit, i32::from(is_error), "{name}");
        let is_warning = rule(&name).unwrap().severity <= Severity::Warning;
        assert_eq!(check(&folder, &["--strict"]).exit, i32::from(is_warning), "{name}");
        let skipped = check(&folder, &["--skip", &name, "--strict"]);
        assert_eq!((skipped.stdout.as_str(), skipped.stderr.as_str(), skipped.exit), ("", "", 0), "{name}");
        let alone = check(&folder, &["--rule", &name, "--format", "json"]);
        assert_eq!(alone.stdout, run.stdout, "{name}");
    }
}

#[test]
fn every_finding_is_told_in_three_languages_with_a_way_out() {
    let is_writing = env::var("TWIN_SESSIONS").is_ok_and(|value| value == "write");
    let mut amiss = Vec::new();
    for (name, folder) in fixtures() {
        let told = ["en", "fi", "sv"].map(|lang| format!("# {lang}\n{}", check(&folder, &["--lang", lang]).stdout));
        let (told, path) = (told.concat(), folder.join("expected.txt"));
        if is_writing {
            fs::write(&path, &told).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if told != expected {
            amiss.push(format!("{name}:\n{told}\nexpected\n{expected}"));
        }
        for (line, hint) in told.lines().filter(|line| !line.starts_with('#')).zip(told.lines().skip(2)).step_by(2) {
            assert!(!line.is_empty() && !hint.is_empty());
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}
