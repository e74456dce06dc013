//! `check` reads what other commands refuse, and tells where in the file it stands.

use crate::harness::{Desk, Run, shipped};

/// A small registry that is clean.
pub fn clean() -> Desk {
    let municipality = "id,name,country,type,region,part_of,code,name_fi,name_sv,name_en,aliases,lat,lon,wikidata,website,email,phone,policy,dissolved,sources,note";
    let partnership = "a,b,kind,status,start,end,term,themes,sources,verified_on,note";
    Desk::new()
        .with("r/countries.csv", "code,name,name_fi,name_sv,continent,part_of\nFI,Finland,,,Europe,\nNO,Norway,,,Europe,\n")
        .with(
            "r/municipalities.csv",
            format!("{municipality}\nfi-ii,Ii,FI,municipality,,,,,,,,65.32,25.37,,,,,,,s,\nno-bo,Bø,NO,municipality,,,,,,,,59.4,9.07,,,,,,,s,\n"),
        )
        .with("r/partnerships.csv", format!("{partnership}\nfi-ii,no-bo,twin,active,1949,,,,s,2026,\n"))
        .with("r/sources.csv", "id,title,publisher,rank,url,published,retrieved,licence\ns,Page,,official,,,,\n")
}

/// Returns where findings stand, and which rules they are of.
fn places(run: &Run) -> Vec<String> {
    let place =
        |line: &str| Some(line.split(": ").take(2).collect::<Vec<_>>().join(" ")).filter(|_| !line.starts_with(' '));
    run.stdout.lines().filter_map(place).collect()
}

#[test]
fn a_clean_registry_is_silent_in_either_form() {
    let desk = clean();
    for registry in ["r", "r.json"] {
        let run = desk.twin(&["check", "--strict", "--registry", registry]);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str(), run.exit), ("", "", 0));
        if registry == "r" {
            desk.done(&["convert", "r", "r.json"]);
        }
    }
    let run = desk.twin(&["check", "--format", "json", "--registry", "r"]);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str(), run.exit), ("[]\n", "", 0));
}

#[test]
fn what_other_commands_refuse_is_found_all_at_once_in_the_order_of_files_and_lines() {
    let desk = clean();
    let table = desk.read("r/partnerships.csv");
    let rows = "fi-ii,no-bo,twin,active,1949,,,,s,2026,\nfi-ii,no-os,Twin,active,1.1.1949,,,,s,2026,\nfi-ii\nfi-ii,no-bo,friendship,active,,,,,s,2026,\n";
    let header = table.lines().next().unwrap();
    let desk = desk
        .with("r/partnerships.csv", format!("{header}\n{rows}"))
        .with("r/members.csv", "network,municipality\nx,\n");
    assert_eq!(desk.twin(&["list", "--registry", "r"]).exit, 3);
    let run = desk.twin(&["check", "--registry", "r", "--skip", "not-canonical"]);
    assert_eq!(
        places(&run),
        [
            "members.csv:2:1 error[dangling-reference]",
            "members.csv:2:3 error[required]",
            "partnerships.csv:3:7 error[dangling-reference]",
            "partnerships.csv:3:13 error[vocabulary]",
            "partnerships.csv:3:25 error[date]",
            "partnerships.csv:4:1 error[ragged]",
            "partnerships.csv:5:1 error[duplicate-pair]",
        ]
    );
    assert_eq!((run.stderr.as_str(), run.exit), ("7 errors.\n", 1));
}

#[test]
fn a_finding_names_its_place_in_the_file_as_it_is_dressed() {
    let desk = clean();
    let excel = |text: String| format!("\u{FEFF}{}", text.replace(',', ";").replace('\n', "\r\n"));
    let table = desk.read("r/partnerships.csv").replace("fi-ii,no-bo", "\n\nfi-ii,no-ås");
    let desk = desk.with("r/partnerships.csv", excel(table));
    let run = desk.twin(&["check", "--registry", "r", "--skip", "not-canonical"]);
    assert_eq!(places(&run), ["partnerships.csv:4:7 error[dangling-reference]"]);
    // In the JSON form it is the member.
    let desk = clean();
    desk.done(&["convert", "r", "r.json"]);
    let form = desk.read("r.json").replace("\"b\": \"no-bo\"", "\"b\": \"no-ås\"");
    let desk = desk.with("r.json", &form);
    let line = form.lines().position(|line| line.contains("no-ås")).unwrap() + 1;
    let run = desk.twin(&["check", "--registry", "r.json"]);
    assert_eq!(places(&run), [format!("r.json:{line}:12 error[dangling-reference]")]);
}

#[test]
fn a_table_that_is_none_ends_the_check() {
    for (name, text, told) in [
        (
            "r/partnerships.csv",
            "a,b\nx,y\n",
            "partnerships.csv:1:1: error[missing-column]: the table has no column `kind`",
        ),
        ("r/partnerships.csv", "", "partnerships.csv:1:1: error[missing-column]: the file is empty"),
        (
            "r/sources.csv",
            "id,title,rank\ns,\"Page,official\n",
            "sources.csv:2:3: error[quote]: this quoted cell is not closed",
        ),
        ("r/events.csv", "a,b,date,event\nx,\0,,\n", "events.csv:2:3: error[nul]: a NUL byte stands here"),
        ("r/datapackage.json", "{", "datapackage.json:1:"),
    ] {
        let run = clean().with(name, text).twin(&["check", "--registry", "r"]);
        assert_eq!((run.stdout.as_str(), run.exit), ("", 3), "{name}");
        assert!(run.stderr.lines().any(|line| line.starts_with(told)), "{}", run.stderr);
    }
    let desk = clean();
    std::fs::remove_file(desk.path("r/countries.csv")).unwrap();
    let run = desk.twin(&["check", "--registry", "r"]);
    assert_eq!(run.exit, 3);
    assert!(run.stderr.contains("error[missing-table]"), "{}", run.stderr);
}

#[test]
fn a_pair_that_stands_there_often_is_told_once_and_one_that_is_turned_not_as_that_too() {
    let desk = clean();
    let table = desk.read("r/partnerships.csv");
    let row = table.lines().nth(1).unwrap();
    let turned = row.replace("fi-ii,no-bo", "no-bo,fi-ii");
    let own = row.replace("no-bo", "fi-ii");
    let table = format!("{table}{row}\n{row}\n{turned}\n{own}\n{own}\n");
    let desk = desk.with("r/partnerships.csv", table);
    let run = desk.twin(&["check", "--registry", "r", "--skip", "not-canonical"]);
    assert_eq!(
        places(&run),
        [
            "partnerships.csv:3:1 error[duplicate-pair]",
            "partnerships.csv:6:7 error[self-pair]",
            "partnerships.csv:7:7 error[self-pair]",
        ]
    );
}

#[test]
fn the_shipped_registry_has_no_errors() {
    let desk = shipped().into_iter().fold(Desk::new(), |desk, (name, text)| desk.with(&format!("r/{name}"), text));
    let run = desk.twin(&["check", "--registry", "r", "--format", "jsonl"]);
    let count = |rule: &str| run.stdout.lines().filter(|line| line.contains(&format!("\"rule\":\"{rule}\""))).count();
    let found: Vec<(&str, usize)> =
        twinning::check::RULES.iter().map(|rule| (rule.id, count(rule.id))).filter(|(_, count)| *count > 0).collect();
    // Each is explained in docs/rules.md.
    assert_eq!(
        found,
        [
            ("undated", 1),
            ("undecided", 23),
            ("no-decision", 80),
            ("stale", 121),
            ("same-place", 1),
            ("outranked-claim", 7),
            ("fellow-members", 1),
            ("declared-total", 6),
        ]
    );
    assert_eq!(run.exit, 0);
}

#[test]
fn a_table_of_broken_rows_is_none() {
    let table = clean().read("r/partnerships.csv");
    for (rows, exit) in [(1000, 1), (1001, 3)] {
        let desk = clean().with("r/partnerships.csv", table.clone() + &"fi-ii\n".repeat(rows));
        let run = desk.twin(&["check", "--registry", "r", "--rule", "ragged", "--format", "jsonl"]);
        assert_eq!((run.exit, run.stdout.lines().count()), (exit, if exit == 1 { rows } else { 0 }));
    }
}
