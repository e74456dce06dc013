//! The commands that keep networks, contacts, sources and claims: what becomes of the tables, what is refused, what is
//! taken back, and that who was a contact is forgotten.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod changes;
mod contacts;
#[path = "../harness/mod.rs"]
mod harness;
mod refusals;
mod shipped;

use std::collections::BTreeMap;
use std::fs;

use harness::{Desk, Run};

/// The rows of a small registry at home in Sweden.
const ROWS: &[(&str, &[&str])] = &[
    (
        "municipalities",
        &[
            "fi-ii,Ii,FI,municipality",
            "fi-pori,Pori,FI,municipality",
            "no-bo,Bø,NO,municipality",
            "se-umea,Umeå,SE,municipality",
        ],
    ),
    (
        "partnerships",
        &[
            "fi-ii,no-bo,twin,active,1949,,,,town;wiki",
            "se-umea,fi-pori,twin,active,1950,,,,",
            "se-umea,no-bo,twin,suspended,,,,,town",
        ],
    ),
    (
        "claims",
        &[
            "fi-ii,fi-pori,exists,yes,press",
            "fi-ii,fi-pori,exists,yes,wiki",
            "fi-ii,fi-pori,kind,friendship,wiki",
            "fi-ii,fi-pori,start,1999,wiki",
            "fi-ii,fi-pori,status,historic,wiki",
            "fi-ii,no-bo,end,2001,press",
            "fi-ii,no-bo,exists,no,press",
            "fi-ii,no-bo,exists,yes,press-2",
            "fi-ii,no-bo,start,1948,press,2020,said so",
            "fi-ii,no-bo,term,2022/..,wiki",
            "fi-pori,no-bo,exists,no,press",
            "fi-pori,no-bo,kind,twin,press",
            "no-bo,fi-ii,kind,partner,town",
            "se-umea,fi-pori,start,1951,press",
            "se-umea,no-bo,start,soon,press",
        ],
    ),
    ("networks", &["chain,The Chain,chain,,,1990", "old,Old,network,,,,2001", "pole,Pole,office,no-bo"]),
    ("members", &["chain,fi-ii,member,1990", "chain,fi-pori,member,1991,2000,wiki,kept", "chain,se-umea,member,1992"]),
    ("contacts", &["fi-ii,Mayor,,Twins"]),
    (
        "sources",
        &[
            "press,News,,press,https://news.example/a,2021",
            "press-2,News,,press,,2022",
            "town,Town,,official,https://town.example/,2020",
            "wiki,Wiki,,encyclopedia",
        ],
    ),
];

/// Makes the small registry in `r`.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.done(&["init", "r", "--empty", "--home", "SE"]);
    for (table, rows) in ROWS {
        let file = format!("r/{table}.csv");
        let header = desk.read(&file);
        let commas = |line: &str| line.matches(',').count();
        let padded = rows.iter().map(|row| format!("{row}{}\n", ",".repeat(commas(&header) - commas(row))));
        let text = header.clone() + &padded.collect::<String>();
        desk = desk.with(&file, text);
    }
    desk
}

/// Runs a command line, in which a word of several words stands in quotes.
fn twin(desk: &Desk, line: &str) -> Run {
    let parts = line.split('"').enumerate();
    let words: Vec<&str> = parts
        .flat_map(|(nth, part)| if nth % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
        .collect();
    let mut command = desk.command(&words);
    let output = command
        .env("TWIN_REGISTRY", "r")
        .env("TWIN_NOW", "2026-11-25T09:30:00Z")
        .env("TWIN_USER", "clerk")
        .output()
        .unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Run { stdout, stderr, exit: output.status.code().unwrap() }
}

#[track_caller]
fn done(desk: &Desk, line: &str) -> Run {
    let run = twin(desk, line);
    assert_eq!(run.exit, 0, "{line}: {}", run.stderr);
    run
}

/// Returns the files of the registry but its journal, by name.
fn tables(desk: &Desk) -> BTreeMap<String, String> {
    let entries = fs::read_dir(desk.path("r")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = entries.filter(|name| name.ends_with(".csv") || name == "datapackage.json");
    names.map(|name| (name.clone(), desk.read(&format!("r/{name}")))).collect()
}
