//! Places that are added, renamed, merged and dissolved, and what becomes of their partnerships.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod adding;
mod deciding;
#[path = "../harness/mod.rs"]
mod harness;
mod merging;

use std::collections::BTreeMap;
use std::fs;

use harness::{Desk, Run};

const COUNTRIES: &str = "code,name,continent
FI,Finland,Europe
HU,Hungary,Europe
NO,Norway,Europe
RU,Russia,Europe
US,United States,North America
";

const MUNICIPALITIES: &str = "id,name,country,type,region,code,name_fi,name_sv,aliases,wikidata,dissolved
fi-aa,Aa,FI,municipality,North,001,Aa,Å,,Q1,
fi-bee,Bee,FI,municipality,,,,,,,
fi-cee,Cee,FI,municipality,,,,,,,
fi-dee,Dee,FI,municipality,,,,,,,
fi-eel,Eel,FI,municipality,,,,,,,
fi-old,Old,FI,municipality,,,,,,,2001
hu-gyor,Győr,HU,municipality,,,,,Raab,,
no-bo,Bø,NO,municipality,Telemark,,,,,,
no-bo-nordland,Bø,NO,municipality,Nordland,,,,,,
ru-volga,Volga,RU,municipality,,,,,,,
us-troy-ny,Troy,US,municipality,New York,,,,,,
";

const PARTNERSHIPS: &str = "a,b,kind,status,start,end,term,themes,sources,verified_on,note
fi-aa,hu-gyor,twin,active,1990-05,,1990/..,youth;art,s1,2020,Made at a fair.
fi-aa,no-bo,friendship,suspended,1972,,,,,,
fi-aa,ru-volga,twin,historic,1960,1991,,,,,
fi-bee,hu-gyor,partner,active,1985,,,art;sport,s1;s2,,
fi-cee,no-bo,twin,active,1999,,,,,,
fi-dee,hu-gyor,twin,historic,1970,1980,,,,,
fi-dee,fi-eel,twin,active,,,,,,,
";

const EVENTS: &str = "a,b,date,event,by,body,reference,review_on,reason,sources
fi-aa,no-bo,2010-03,suspended,b,Kommunestyre,§ 7,2030,No money,s2
";

const SOURCES: &str = "id,title,rank,url
s1,One,official,https://one.example/
s2,Two,press,
";

/// A small registry in canonical form, in the folder `r`.
fn made_up() -> Desk {
    let desk = Desk::new()
        .with("made/datapackage.json", r#"{"twinning":{"format":1,"home":["FI"]}}"#)
        .with("made/countries.csv", COUNTRIES)
        .with("made/municipalities.csv", MUNICIPALITIES)
        .with("made/partnerships.csv", PARTNERSHIPS)
        .with("made/events.csv", EVENTS)
        .with("made/sources.csv", SOURCES)
        .with("made/mergers.csv", "date,event,from,to\n2001,merge,fi-old,fi-aa\n")
        .with("made/networks.csv", "id,name,type\nchain,The Chain,chain\nclub,The Club,network\n")
        .with("made/members.csv", "network,municipality,until\nchain,fi-aa,\nclub,fi-aa,2020\n")
        .with("made/contacts.csv", "subject,role,name,until\nfi-aa,Mayor,Ann Other,\nfi-aa,Clerk,Bo Bygone,2020\n");
    desk.done(&["convert", "made", "r"]);
    desk
}

/// A copy of the shipped registry, in the folder `r`.
fn shipped() -> Desk {
    let desk = Desk::new();
    desk.done(&["init", "r"]);
    desk
}

/// Runs the program on `r`, on a day and by a user of its own.
fn twin(desk: &Desk, args: &[&str]) -> Run {
    let mut command = desk.command(&[args, &["--registry", "r"]].concat());
    let output = command.env("TWIN_NOW", "2026-03-01").env("TWIN_USER", "clerk").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { stdout: text(output.stdout), stderr: text(output.stderr), exit: output.status.code().unwrap() }
}

fn done(desk: &Desk, args: &[&str]) -> Run {
    let run = twin(desk, args);
    assert_eq!(run.exit, 0, "twin {}\n{}", args.join(" "), run.stderr);
    run
}

/// Splits a command at its blanks; `_` stands for a blank within a word.
fn words(command: &str) -> Vec<String> {
    command.split_whitespace().map(|word| word.replace('_', " ")).collect()
}

fn run(desk: &Desk, command: &str) -> Run {
    let words = words(command);
    twin(desk, &words.iter().map(String::as_str).collect::<Vec<_>>())
}

fn tables(desk: &Desk) -> BTreeMap<String, String> {
    let paths = fs::read_dir(desk.path("r")).unwrap().map(|entry| entry.unwrap().path());
    let named = paths.filter(|path| path.is_file()).map(|path| path.file_name().unwrap().to_str().unwrap().to_owned());
    named.filter(|name| name != "journal.jsonl").map(|name| (name.clone(), desk.read(&format!("r/{name}")))).collect()
}

/// Returns the rows that differ, each after its table and `-` or `+`, without the blank cells at their ends.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let mut rows = Vec::new();
    for (name, text) in after.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let old = before.get(name).map_or("", String::as_str);
        let only = |one: &str, other: &str, sign: char| -> Vec<String> {
            let known: Vec<&str> = other.lines().collect();
            let rows = one.lines().filter(|line| !known.contains(line)).map(|line| line.trim_end_matches(','));
            rows.map(|line| format!("{} {sign}{line}", name.trim_end_matches(".csv"))).collect()
        };
        rows.extend(only(old, text, '-'));
        rows.extend(only(text, old, '+'));
    }
    rows
}

/// Runs a command that is to succeed, first as a dry run and then for real, takes it back, and does it again; returns
/// the rows it changed and its last run.
#[track_caller]
fn effect(desk: &Desk, command: &str) -> (Vec<String>, Run) {
    let before = tables(desk);
    let dry = run(desk, &format!("{command} --dry-run"));
    assert_eq!((dry.exit, tables(desk) == before), (0, true), "{command}: {}", dry.stderr);
    assert_eq!(run(desk, &format!("{command} --yes")).exit, 0, "{command}");
    let after = tables(desk);
    done(desk, &["undo", "--yes"]);
    assert_eq!(tables(desk), before, "{command} is not taken back");
    let again = run(desk, &format!("{command} --yes"));
    assert_eq!(tables(desk), after, "{command} does something else the second time");
    (changed(&before, &after), again)
}

/// Runs commands that are to be refused with an exit code and these words, and to write nothing.
#[track_caller]
fn refused(desk: &Desk, commands: &[(&str, i32, &str, &str)]) {
    let all = || (tables(desk), fs::read_to_string(desk.path("r/journal.jsonl")).ok());
    let before = all();
    let mut amiss = Vec::new();
    for (command, exit, message, hint) in commands {
        let run = run(desk, &format!("{command} --yes"));
        let line = |kind: &str| {
            let line = run.stderr.lines().find_map(|line| line.strip_prefix(kind));
            line.unwrap_or_default().replace(" --registry r", "").replace(" --yes", "")
        };
        if (run.exit, &*line("error: "), &*line("hint: ")) != (*exit, *message, *hint) || !run.stdout.is_empty() {
            amiss.push(format!("{command}\n→ {}, not {exit}\n{}{}", run.exit, run.stderr, run.stdout));
        }
    }
    assert_eq!(all(), before, "something was written");
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

#[test]
fn the_shipped_registry_is_merged_and_taken_back() {
    let desk = shipped();
    let in_force = |place: &str| {
        let listed = done(&desk, &["list", place, "--fields", "partner_id,kind,start", "--format", "csv"]);
        let mut rows: Vec<String> = listed.rows().into_iter().map(|row| row.join(",")).collect();
        rows.sort();
        rows
    };
    let (kouvola, kotka) = (in_force("Kouvola"), in_force("Kotka"));
    assert!(kouvola.len() > 2 && kotka.len() > 2);
    assert_eq!(run(&desk, "place merge Kuusankoski --into Kouvola --on 2009-01-01 --carry all").exit, 5);
    let (_, merged) =
        effect(&desk, "place merge Kouvola --into Hamina --on 2025-01-01 --carry all --cite stat-fi-2015");
    assert!(merged.stdout.contains("  dissolved → 2025-01-01; sources "), "{}", merged.stdout);
    assert!(merged.stderr.contains(" changed. To take it back: twin undo "), "{}", merged.stderr);
    assert_eq!(in_force("Kouvola"), Vec::<String>::new());
    let hamina = in_force("Hamina");
    assert!(kouvola.iter().all(|row| hamina.contains(row)), "{kouvola:?} {hamina:?}");
    done(&desk, &["undo", "--yes"]);
    assert_eq!(in_force("Kouvola"), kouvola);
    for command in [
        "place rename Kokkola Karleby --on 2020-05-01",
        "place add Utica --country US --region New_York",
        "place dissolve Kotka --on 2025 --undecided all",
    ] {
        let before = tables(&desk);
        effect(&desk, command);
        done(&desk, &["undo", "--yes"]);
        assert_eq!(tables(&desk), before, "{command}");
    }
    // Haukipudas was merged into Oulu in 2013, and Oulu's partnership has the start of its.
    let listed =
        done(&desk, &["list", "Szigetszentmiklós", "--as-of", "2000", "--fields", "partner_id", "--format", "csv"]);
    assert!(
        listed.rows().contains(&vec!["fi-haukipudas".to_owned()])
            && !listed.rows().contains(&vec!["fi-oulu".to_owned()])
    );
}

#[test]
fn the_json_form_is_edited_alike() {
    let desk = made_up();
    desk.done(&["convert", "r", "r.json"]);
    let merge = ["place", "merge", "Aa", "Bee", "--into", "Eel", "--on", "2020", "--carry", "all", "--yes"];
    let before = desk.read("r.json");
    desk.done(&[&merge[..], &["--registry", "r.json"]].concat());
    done(&desk, &merge);
    desk.done(&["convert", "r.json", "again"]);
    let csv = |name: &str| desk.read(&format!("{name}/partnerships.csv")) + &desk.read(&format!("{name}/events.csv"));
    assert_eq!(csv("again"), csv("r"));
    desk.done(&["undo", "--yes", "--registry", "r.json"]);
    let without_journal =
        |text: &str| text.split("\"journal\"").next().unwrap().trim_end_matches(['\n', ' ', ',', '}']).to_owned();
    assert_eq!(without_journal(&desk.read("r.json")), without_journal(&before));
}

#[test]
fn people_are_told_in_their_language() {
    let desk = made_up();
    for (lang, told) in [
        ("fi", ["MUUTTUISI 3", "siirtynyt seuraajalle Eel", "liittyi kuntaan Eel", "Aa jää jäseneksi: The Chain."]),
        ("sv", ["SKULLE ÄNDRAS 3", "överfört till Eel", "gick upp i Eel", "Å kvarstår som medlem: The Chain."]),
    ] {
        let run = run(&desk, &format!("place merge Aa --into Eel --on 2020 --carry all --dry-run --lang {lang}"));
        for word in told {
            assert!(run.stdout.contains(word) || run.stderr.contains(word), "{word}: {}{}", run.stdout, run.stderr);
        }
    }
}
