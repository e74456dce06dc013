//! Which files are opened: those of the registry, and none that it names.

use std::fs;
use std::path::Path;

use twinning::model::Table;

use super::harness::Desk;

/// Files that must not be opened: whoever opens the second waits for ever.
#[cfg(unix)]
fn with_traps(desk: Desk) -> Desk {
    let desk = desk
        .with("secret.csv", "code,name,continent\nSE,TRAP,Europe\n")
        .with("r/beside.csv", "id,name,country,type\nfi-trap,TRAP,FI,municipality\n");
    for pipe in ["pipe", "r/pipe"] {
        let made = std::process::Command::new("mkfifo").arg(desk.path(pipe)).status().unwrap();
        assert!(made.success());
    }
    desk
}

#[test]
#[cfg(unix)]
fn no_path_in_a_file_is_opened() {
    let paths = [
        "../secret.csv",
        "beside.csv",
        "pipe",
        "../pipe",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://x.example/x.csv",
    ];
    let resources: Vec<_> = Table::ALL
        .into_iter()
        .zip(paths.iter().cycle())
        .map(|(table, path)| serde_json::json!({"name": table.name(), "path": path, "schema": path, "dialect": path}))
        .collect();
    let package = serde_json::json!({"$schema": "../pipe", "profile": "pipe", "resources": resources,
        "twinning": {"format": 1, "home": ["FI"], "path": "../pipe", "include": ["../pipe"]}});
    let operation = serde_json::json!({"id": "0123456789ab", "at": "2026-01-01T00:00:00Z", "by": "../pipe",
        "command": "twin apply ../pipe", "changes": [], "undoes": "../pipe", "file": "../pipe"});
    let municipalities = "id,name,country,type,website,note\n../pipe,pipe,FI,municipality,../pipe,../secret.csv\n\
        fi-ii,Ii,FI,municipality,file:///etc/passwd,@../pipe\n";
    let desk = Desk::new()
        .with("r/datapackage.json", package.to_string())
        .with("r/countries.csv", "code,name,continent,path\nFI,Finland,Europe,../pipe\n")
        .with("r/municipalities.csv", municipalities)
        .with("r/partnerships.csv", "a,b,kind,status,sources\nfi-ii,../pipe,twin,active,../secret.csv\n")
        .with("r/sources.csv", "id,title,rank,url\n../secret.csv,../pipe,other,../pipe\n")
        .with("r/journal.jsonl", format!("{operation}\n"));
    let desk = with_traps(desk);
    for args in [
        &["list"][..],
        &["show", "Ii"],
        &["show", "../pipe"],
        &["stats"],
        &["sources", "../secret.csv"],
        &["log"],
        &["convert", "r", "r.json"],
        &["convert", "r.json", "back"],
        &["set", "Ii", "note=../pipe"],
        &["undo"],
        &["network", "add", "Chain", "--type", "chain"],
    ] {
        let run = desk.done(&[&["--registry", "r"], args].concat());
        let all = run.stdout + &run.stderr;
        assert!(!all.contains("TRAP") && !all.contains("root:"), "{args:?}: {all}");
    }
    for file in ["r.json", "back/municipalities.csv", "back/datapackage.json"] {
        assert!(!desk.read(file).contains("TRAP"), "{file}");
    }
}

#[test]
#[cfg(unix)]
fn no_path_in_a_commit_that_came_with_a_folder_is_opened_or_moved() {
    let registry = |commit: &str| {
        let desk = Desk::new()
            .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\n")
            .with(
                "r/municipalities.csv",
                "id,name,country,type\nfi-ii,Ii,FI,municipality\nfi-oulu,Oulu,FI,municipality\n",
            )
            .with("r/partnerships.csv", "a,b,kind,status\nfi-ii,fi-oulu,twin,active\n")
            .with("r/.twin/commit.json", commit);
        with_traps(desk)
    };
    let staged = |name: &str, from: &str, to: &str| {
        serde_json::json!({"files": [{"name": name, "from": from, "to": to}]}).to_string()
    };
    for commit in [
        staged("countries.csv", "../secret.csv", "countries.csv"),
        staged("countries.csv", "../pipe", "countries.csv"),
        staged("countries.csv", ".twin/../../secret.csv", "countries.csv"),
        staged("countries.csv", "/etc/passwd", "countries.csv"),
        staged("countries.csv", "beside.csv", "../moved"),
        staged("countries.csv", ".twin/countries.csv.0a", "../secret.csv"),
        staged("../secret.csv", ".twin/../secret.csv.0a", "../secret.csv"),
        staged("other", ".twin/other.0a", "other"),
    ] {
        let desk = registry(&commit);
        for args in [&["list"][..], &["set", "Ii", "Oulu", "note=x"], &["convert", "r", "made"]] {
            let run = desk.twin(&[&["--registry", "r"], args].concat());
            let path = "r/.twin/commit.json";
            let told = format!("error: {path}: it names files that no edit of this registry writes\n");
            assert_eq!((run.exit, run.stdout.as_str(), run.stderr), (3, "", told), "{commit}");
        }
        assert!(desk.path("secret.csv").exists() && desk.path("r/beside.csv").exists() && !desk.path("moved").exists());
    }
    // What an edit has decided is carried out.
    let desk = registry(&staged("countries.csv", ".twin/countries.csv.0a", "countries.csv"))
        .with("r/.twin/countries.csv.0a", "code,name,continent\nFI,Suomi,Europe\n");
    assert!(desk.done(&["--registry", "r", "show", "Ii"]).stdout.contains("Suomi"));
    desk.done(&["--registry", "r", "set", "Ii", "Oulu", "note=x"]);
    assert!(desk.read("r/countries.csv").contains("Suomi"));
}

#[test]
fn files_are_opened_in_one_place_for_reading_and_one_for_writing() {
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                found.push((path.display().to_string().replace('\\', "/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let opens = |line: &&str| {
        ["File::open", "OpenOptions", "fs::read(", "fs::read_to_string("].iter().any(|call| line.contains(call))
    };
    let places: Vec<&str> = found
        .iter()
        .filter(|(path, text)| {
            !path.ends_with("tests.rs") && text.split("#[cfg(test)]").next().unwrap().lines().any(|line| opens(&line))
        })
        .map(|(path, _)| path.split_once("/src/").unwrap().1)
        .filter(|path| !path.starts_with("storage/commit/"))
        .collect();
    assert_eq!(places, ["storage/snapshot.rs"]);
}
