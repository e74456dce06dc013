//! Who was a contact is forgotten: in the tables, the journal and all that the program leaves beside them.

use std::fs;
use std::path::Path;

use super::harness::Desk;
use super::{desk, done, twin};

/// Finds the files below a folder, hidden ones too, in which one of these texts stands.
fn holding(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, texts));
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        found.extend(texts.iter().filter(|value| text.contains(**value)).map(|value| format!("{value}: {path:?}")));
    }
    found
}

const MAIJA: [&str; 3] = ["Maija Meri", "maija.meri@ii.example", "+358 40 5550199"];
const ADD: &str = r#"contact add Ii --role Clerk --name "Maija Meri" --email=maija.meri@ii.example --phone "+358 40 5550199" --reason "Maija Meri begins""#;
const RETIRE: &str =
    r#"contact retire Ii Clerk --on 1.11.2026 --reason "Maija Meri (maija.meri@ii.example) asks for it""#;

#[test]
fn who_was_a_contact_is_forgotten() {
    for form in ["folder", "json"] {
        for saved in [false, true] {
            let mut desk = desk();
            let (folder, registry) = if form == "json" { ("j", "--registry j/r.json ") } else { ("r", "") };
            if form == "json" {
                desk = desk.with("j/note", "");
                desk.done(&["convert", "r", "j/r.json"]);
            }
            let run = |desk: &Desk, line: &str| {
                let run = done(desk, &format!("{registry}{line}"));
                let shown = format!("{}{}", run.stdout, run.stderr);
                assert!(MAIJA.iter().all(|value| !shown.contains(value)), "{line}: {shown}");
                run
            };
            run(&desk, &format!("{ADD} --dry-run"));
            run(&desk, ADD);
            assert_eq!(holding(&desk.path(folder), &MAIJA[1..]).len(), if form == "json" { 2 } else { 4 });
            run(&desk, &format!("{RETIRE} --dry-run"));
            assert_eq!(run(&desk, "log --fields what --format csv").rows(), [["Ii – Clerk: new"]]);
            let wiped = if saved {
                run(&desk, &format!("{RETIRE} --save-plan plan.jsonl"));
                let plan = desk.read("plan.jsonl");
                assert!(!plan.lines().nth(1).unwrap().split("changes").next().unwrap().contains("Maija"), "{plan}");
                run(&desk, "apply plan.jsonl")
            } else {
                run(&desk, RETIRE)
            };
            assert!(wiped.stderr.contains("Git history, plans kept in files and other copies are not rewritten."));
            assert_eq!(holding(&desk.path(folder), &MAIJA), [""; 0], "{form}, saved: {saved}");
            assert_eq!(holding(&desk.path(folder), &["Maija", "5550199"]), [""; 0], "{form}, saved: {saved}");
            // Nor does an undo bring anything back, whichever.
            for line in ["undo", "undo", "undo"] {
                twin(&desk, &format!("{registry}{line}"));
                assert_eq!(holding(&desk.path(folder), &MAIJA), [""; 0], "{form}, saved: {saved}, {line}");
            }
        }
    }
}

#[test]
fn what_is_too_short_to_be_looked_for_everywhere_is_forgotten_too() {
    let desk = desk();
    done(&desk, r#"network add "Bo 123" --type chain --reason "Bo 123, 1234, Boden""#);
    done(&desk, r#"contact add Bø --role Clerk --name Bo --phone 123 --reason "Bo, not Boden; call 123, not 1234""#);
    done(&desk, r#"contact retire Bø Clerk --on 2026 --reason "Bo (123)""#);
    let journal = desk.read("r/journal.jsonl");
    let reasons: Vec<String> = journal
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["reason"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(reasons, ["Bo 123, 1234, Boden", "…, not Boden; call …, not 1234", "… (…)"]);
    let of_contact: Vec<&str> = journal.lines().skip(1).collect();
    assert!(of_contact.iter().all(|line| !line.contains("\"Bo\"") && !line.contains("\"123\"")), "{of_contact:?}");
    assert!(of_contact[0].contains(r#"--name \"…\" --phone \"…\""#), "{}", of_contact[0]);
}

#[test]
fn a_wiped_contact_stays_wiped() {
    let desk = desk();
    let contact =
        |desk: &Desk| desk.read("r/contacts.csv").lines().find(|row| row.contains("Clerk")).map(str::to_owned);
    let operations = |desk: &Desk| -> Vec<String> {
        desk.read("r/journal.jsonl").lines().map(|line| line[7..11].to_owned()).collect()
    };
    done(&desk, ADD);
    done(&desk, RETIRE);
    assert_eq!(contact(&desk).as_deref(), Some("fi-ii,Clerk,,,,,,2026-11-01,"));
    let again = done(&desk, "contact retire Ii Clerk --on 2026-11-02");
    assert!(again.stderr.contains("Clerk (Ii) was retired in 2026-11-01 already.\nNothing to do."), "{}", again.stderr);

    let rows = |line: &str| done(&desk, &format!("{line} --registry r --format csv")).rows();
    assert_eq!(rows("contacts Ii --fields role,name,until")[0], ["Clerk", "", "2026-11-01"]);
    let sheet = done(&desk, "show Ii").stdout;
    assert!(sheet.contains("Mayor") && !sheet.contains("Clerk"), "{sheet}");

    // What made it is not taken back while it is retired.
    let [added, retired] = [0, 1].map(|nth| operations(&desk)[nth].clone());
    let run = twin(&desk, &format!("undo {added}"));
    let said = format!(
        "error: operation {retired} stands in the way: Ii – Clerk: until → 2026-11-01 (2026-11-25, by `clerk`); nothing was undone\nhint: twin undo {retired}\n"
    );
    assert_eq!((run.exit, run.stderr), (5, said));
    let run = done(&desk, "undo");
    assert!(run.stderr.contains("stay wiped; they are not brought back"), "{}", run.stderr);
    assert_eq!(contact(&desk).as_deref(), Some("fi-ii,Clerk,,,,,,,"));
    done(&desk, &format!("undo {added}"));
    assert_eq!(contact(&desk), None);

    // Somebody else may have the role then, and to take that back wipes as well.
    let desk = super::desk();
    done(&desk, ADD);
    done(&desk, RETIRE);
    done(&desk, "contact add Ii --role clerk --name Nobody-Else --since 2026-11-02");
    assert_eq!(contact(&desk).as_deref(), Some("fi-ii,Clerk,Nobody-Else,,,,2026-11-02,,"));
    done(&desk, "undo");
    assert_eq!(contact(&desk).as_deref(), Some("fi-ii,Clerk,,,,,,2026-11-01,"));
    assert_eq!(holding(&desk.path("r"), &["Nobody-Else"]), [""; 0]);
}
