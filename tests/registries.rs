//! Which registry is asked, and how one is made: `init` and `convert`.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use harness::{Desk, Run, differences, shipped};
use serde_json::{Value, json};

/// A small registry with as many partnerships as years.
fn small(desk: Desk, folder: &str, years: &[u16]) -> Desk {
    let rows: String = years.iter().map(|year| format!("fi-ii,no-bo{year},twin,active,{year}\n")).collect();
    desk.with(&format!("{folder}/countries.csv"), "code,name,continent\nFI,Finland,Europe\n")
        .with(&format!("{folder}/municipalities.csv"), "id,name,country,type\nfi-ii,Ii,FI,municipality\n")
        .with(&format!("{folder}/partnerships.csv"), format!("a,b,kind,status,start\n{rows}"))
}

/// Runs `list` in a folder; returns the last line of the footer, which counts.
fn count(desk: &Desk, folder: &str, variable: Option<&str>, args: &[&str]) -> String {
    let mut command = desk.command(&[&["list"], args].concat());
    command.current_dir(desk.path(folder)).envs(variable.map(|value| ("TWIN_REGISTRY", value)));
    let stderr = String::from_utf8(command.output().unwrap().stderr).unwrap();
    stderr.lines().find(|line| line.contains("in force")).unwrap_or(&stderr).to_owned()
}

#[test]
fn the_nearest_registry_is_asked_unless_another_is_named() {
    let desk = small(Desk::new(), "one", &[1949]);
    let desk = small(desk, "two/data", &[1949, 1950]).with("two/src/deep/file", "");
    let desk = small(desk, "two/src/three", &[1949, 1950, 1951]).with("half/municipalities.csv", "");
    desk.done(&["convert", "one", "one.json"]);
    let path = |name: &str| desk.path(name).display().to_string();
    let (one, form) = (path("one"), path("one.json"));
    for (folder, variable, args, expected) in [
        ("one", None, &[][..], "1 in force."),
        ("two", None, &[], "2 in force."),
        ("two/data", None, &[], "2 in force."),
        ("two/src/deep", None, &[], "2 in force."),
        ("two/src/three", None, &[], "3 in force."),
        ("two", Some(&*one), &[], "1 in force."),
        ("two", Some(&*form), &[], "1 in force."),
        ("two", Some(&*form), &["--registry", "src/three"], "3 in force."),
        ("two", Some(""), &[], "2 in force."),
        ("half", None, &[], "735 in force, 63 of them suspended."),
        (".", None, &[], "735 in force, 63 of them suspended."),
    ] {
        assert_eq!(count(&desk, folder, variable, args), expected, "{folder} {variable:?} {args:?}");
    }
}

#[test]
fn the_built_in_registry_says_what_it_is() {
    let desk = small(Desk::new(), "one", &[1949]);
    let note = |args: &[&str]| {
        desk.done(args).stderr.lines().any(|line| line.starts_with("note: ") && line.contains("twin init"))
    };
    assert!(note(&["list"]) && note(&["show", "Kuopio"]) && !note(&["list", "--registry", "one"]));
    assert!(!note(&["list", "--format", "json"]));
}

#[test]
fn a_registry_of_ones_own_is_a_copy_or_empty() {
    let desk = Desk::new();
    assert_eq!(desk.done(&["init", "own"]).stdout, "");
    assert_eq!(differences(&shipped(), &desk.files("own")), Vec::<String>::new());
    desk.done(&["init", "own.json"]);
    desk.done(&["convert", "own", "same.json"]);
    assert!(desk.read("own.json") == desk.read("same.json"));

    desk.done(&["init", "empty", "--empty", "--home", "Suomi", "--home", "AX"]);
    let package: Value = serde_json::from_str(&desk.read("empty/datapackage.json")).unwrap();
    assert_eq!(package["twinning"], json!({"format": 1, "home": ["FI", "AX"]}));
    let files = desk.files("empty");
    assert_eq!(files.keys().collect::<Vec<_>>(), shipped().keys().collect::<Vec<_>>());
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv") && *name != "countries.csv") {
        assert_eq!(Some(text.trim_end()), shipped()[name].lines().next(), "{name}");
    }
    assert_eq!(files["countries.csv"], shipped()["countries.csv"]);
    assert_eq!(desk.done(&["list", "--registry", "empty"]).stdout, "");
    desk.done(&["convert", "empty", "again"]);
    assert_eq!(differences(&files, &desk.files("again")), Vec::<String>::new());
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let desk =
        small(Desk::new(), "one", &[1949]).with("full/readme", "mine").with("file", "mine").with("file.json", "{}");
    for args in [
        &["init", "full"][..],
        &["init", "file"],
        &["init", "file.json"],
        &["init", "full", "--empty"],
        &["convert", "one", "full"],
        &["convert", "one", "one"],
        &["convert", "one", "file.json"],
    ] {
        let Run { stdout, stderr, exit } = desk.twin(args);
        assert_eq!((exit, stdout.as_str()), (6, ""), "{args:?}: {stderr}");
        assert!(
            stderr.starts_with(&format!(
                "error: `{}` ",
                args.last().filter(|arg| **arg != "--empty").unwrap_or(&args[1])
            ))
        );
    }
    assert_eq!([desk.read("full/readme"), desk.read("file"), desk.read("file.json")], ["mine", "mine", "{}"]);
    assert_eq!(desk.files("full").len(), 1);
    desk.done(&["init", "new/deep/down"]);
}

#[test]
fn what_cannot_be_read_or_written_leaves_nothing_behind() {
    let desk = small(Desk::new(), "one", &[1949]).with("file", "mine");
    let desk = small(desk, "broken", &[1949]).with("broken/events.csv", "a,b\n");
    let desk = small(desk, "torn", &[1949]).with("torn/journal.jsonl", "{\"id\":\"0a\"}\n{\"id\":\n");
    for (args, exit, told) in [
        (["convert", "nowhere", "to"], 3, "error: `nowhere` is no registry"),
        (["convert", "broken", "to"], 3, "events.csv:1:1: error[missing-column]: "),
        (["convert", "broken", "to.json"], 3, "events.csv:1:1: error[missing-column]: "),
        (["convert", "torn", "to.json"], 3, "journal.jsonl:2:"),
        (["convert", "one", "missing/to.json"], 7, "error: missing/to.json could not be written: "),
        (["convert", "one", "file/to"], 7, "error: file/to could not be written: "),
    ] {
        let run = desk.twin(&args);
        assert!(run.exit == exit && run.stdout.is_empty() && run.stderr.starts_with(told), "{args:?}: {run:#?}");
        assert!(!desk.path(args[2]).exists(), "{args:?}");
    }
    assert_eq!(desk.read("file"), "mine");
    assert_eq!(desk.twin(&["init", "to", "--empty", "--home", "Atlantis"]).exit, 4);
    assert_eq!(desk.twin(&["init", "to", "--home", "FI"]).exit, 2);
    assert!(!desk.path("to").exists());
}
