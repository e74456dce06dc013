//! What a merger does to municipalities and their partnerships.

use super::*;

#[test]
fn each_partnership_of_a_merged_municipality_goes_where_it_was_decided_to() {
    let desk = made_up();
    let decision = "--body Council --reference §_1 --reason Merger --cite s2";
    let (rows, run) = effect(&desk, &format!("place merge Aa --into Eel --on 2020-01-01 --carry all {decision}"));
    assert_eq!(
        rows,
        [
            "events +fi-aa,hu-gyor,2020-01-01,carried-over,,Council,§ 1,,Merger,s2",
            "events +fi-aa,no-bo,2020-01-01,carried-over,,Council,§ 1,,Merger,s2",
            "events +fi-eel,hu-gyor,2020-01-01,carried-over,,Council,§ 1,,Merger,s2",
            "events +fi-eel,no-bo,2020-01-01,carried-over,,Council,§ 1,,Merger,s2",
            "events +fi-eel,no-bo,2020-01-01,suspended,b,Kommunestyre,§ 7,2030,\"No money; suspended since 2010-03, before it was carried over\",s2",
            "mergers +2020-01-01,merge,fi-aa,fi-eel,s2",
            "municipalities -fi-aa,Aa,FI,municipality,North,,001,Aa,Å,,,,,Q1",
            "municipalities +fi-aa,Aa,FI,municipality,North,,001,Aa,Å,,,,,Q1,,,,,2020-01-01,s2",
            "partnerships -fi-aa,hu-gyor,twin,active,1990-05,,1990/..,youth;art,s1,2020,Made at a fair.",
            "partnerships -fi-aa,no-bo,friendship,suspended,1972",
            "partnerships +fi-aa,hu-gyor,twin,historic,1990-05,2020-01-01,1990/..,youth;art,s1,2020,Made at a fair.",
            "partnerships +fi-aa,no-bo,friendship,historic,1972,2020-01-01",
            "partnerships +fi-eel,hu-gyor,twin,active,1990-05,,1990/..,youth;art,s1",
            "partnerships +fi-eel,no-bo,friendship,suspended,1972",
        ]
    );
    let mut lines: Vec<String> =
        run.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            "Aa Bø suspended → historic; end → 2020-01-01; carried over to Eel; Eel – Bø: new: friendship, suspended, 1972 2020-01-01",
            "Aa Győr active → historic; end → 2020-01-01; carried over to Eel; Eel – Győr: new: twin, active, 1990-05 2020-01-01",
            "Aa dissolved → 2020-01-01; sources → s2; merged into Eel 2020-01-01",
            "CHANGES 3",
        ]
    );
    assert!(run.stderr.contains("Aa is left a member of The Chain.\n"), "{}", run.stderr);
    assert!(run.stderr.contains("Contacts of Aa are left as they are: Mayor.\n"), "{}", run.stderr);
    assert!(!run.stderr.contains("Ann Other"), "{}", run.stderr);
}

#[test]
fn a_carried_over_partnership_stands_with_the_successor_from_that_day_on() {
    let desk = made_up();
    done(&desk, &["place", "merge", "Aa", "--into", "Eel", "--on", "2020-01-01", "--carry", "all", "--yes"]);
    let stood = |partner: &str, day: &str| {
        let list = ["list", partner, "--all", "--fields", "place,partner,status,status_since", "--format", "csv"];
        let listed = done(&desk, &[&list[..], &["--as-of", day]].concat());
        let mut rows: Vec<String> = listed.rows().into_iter().map(|row| row[1..].join(" ")).collect();
        rows.retain(|row| row.starts_with("Aa") || row.starts_with("Eel"));
        rows
    };
    for (partner, day, standing) in [
        ("Győr", "1989", &[][..]),
        ("Győr", "2019-12-31", &["Aa active 1990-05"]),
        ("Győr", "2020-01-01", &["Aa historic 2020-01-01", "Eel active 1990-05"]),
        ("no-bo", "2009", &["Aa active 1972"]),
        ("no-bo", "2019-12-31", &["Aa suspended 2010-03"]),
        ("no-bo", "2020-01-01", &["Aa historic 2020-01-01", "Eel suspended 2020-01-01"]),
        ("no-bo", "2026", &["Aa historic 2020-01-01", "Eel suspended 2020-01-01"]),
    ] {
        assert_eq!(stood(partner, day), standing, "{partner} {day}");
    }
    let sheet = done(&desk, &["show", "Eel", "no-bo"]).stdout;
    for line in ["status   suspended", "since    2020-01-01", "start    1972", "No money; suspended since 2010-03"] {
        assert!(sheet.contains(line), "{line}: {sheet}");
    }
    // It is resumed and ended as any other.
    done(&desk, &["resume", "Eel", "no-bo", "--on", "2022"]);
    done(&desk, &["end", "Eel", "no-bo", "--on", "2024"]);
    assert_eq!(stood("no-bo", "2021"), ["Aa historic 2020-01-01", "Eel suspended 2020-01-01"]);
    assert_eq!(stood("no-bo", "2023"), ["Aa historic 2020-01-01", "Eel active 2022"]);
    assert_eq!(stood("no-bo", "2025"), ["Aa historic 2020-01-01", "Eel historic 2024"]);
    // And goes on to the next successor.
    done(
        &desk,
        &["place", "merge", "Eel", "--into", "Cee", "--on", "2025", "--carry", "Győr", "--end", "all", "--yes"],
    );
    assert_eq!(stood("Győr", "2010"), ["Aa active 1990-05"]);
    assert_eq!(stood("Győr", "2024"), ["Aa historic 2020-01-01", "Eel active 1990-05"]);
    assert_eq!(stood("Győr", "2025"), ["Aa historic 2020-01-01", "Eel historic 2025"]);
}

#[test]
fn a_partnership_that_the_successor_has_goes_on_as_it_is() {
    let desk = made_up();
    let (rows, _) = effect(&desk, "place merge Cee --into Aa --on 2020 --carry bo");
    assert_eq!(
        rows,
        [
            "events +fi-aa,no-bo,2020,carried-over",
            "events +fi-cee,no-bo,2020,carried-over",
            "mergers +2020,merge,fi-cee,fi-aa",
            "municipalities -fi-cee,Cee,FI,municipality",
            "municipalities +fi-cee,Cee,FI,municipality,,,,,,,,,,,,,,,2020",
            "partnerships -fi-cee,no-bo,twin,active,1999",
            "partnerships +fi-cee,no-bo,twin,historic,1999,2020",
        ]
    );
    // It was suspended before and is so after.
    let listed =
        done(&desk, &["list", "Aa", "no-bo", "--as-of", "2021", "--fields", "status,status_since", "--format", "csv"]);
    assert_eq!(listed.rows(), [["suspended", "2010-03"]]);
}

#[test]
fn two_partnerships_with_one_partner_become_one() {
    let desk = made_up();
    let (rows, run) =
        effect(&desk, "place merge Aa Bee Cee --into Eel --on 2020 --carry Győr --end Aa~bø --carry Cee~bø");
    let rows: Vec<&str> =
        rows.iter().map(String::as_str).filter(|row| !row.contains(" -") && !row.starts_with("mu")).collect();
    assert_eq!(
        rows,
        [
            "events +fi-aa,hu-gyor,2020,carried-over",
            "events +fi-aa,no-bo,2020,ended",
            "events +fi-bee,hu-gyor,2020,carried-over",
            "events +fi-cee,no-bo,2020,carried-over",
            "events +fi-eel,hu-gyor,2020,carried-over",
            "events +fi-eel,no-bo,2020,carried-over",
            "mergers +2020,merge,fi-aa,fi-eel",
            "mergers +2020,merge,fi-bee,fi-eel",
            "mergers +2020,merge,fi-cee,fi-eel",
            "partnerships +fi-aa,hu-gyor,twin,historic,1990-05,2020,1990/..,youth;art,s1,2020,Made at a fair.",
            "partnerships +fi-aa,no-bo,friendship,historic,1972,2020",
            "partnerships +fi-bee,hu-gyor,partner,historic,1985,2020,,art;sport,s1;s2",
            "partnerships +fi-cee,no-bo,twin,historic,1999,2020",
            "partnerships +fi-eel,hu-gyor,twin,active,1990-05,,1990/..,youth;art;sport,s1;s2",
            "partnerships +fi-eel,no-bo,twin,active,1999",
        ]
    );
    assert_eq!(run.stdout.lines().next(), Some("CHANGES 6"), "three places, Győr once, Bø twice");
}

#[test]
fn several_become_several() {
    let desk = made_up();
    let command = "place merge Aa Cee --into Bee --into Dee --into Eel --on 2020 --carry Győr=Bee --carry all=eel";
    let (rows, _) = effect(&desk, command);
    let rows: Vec<&str> =
        rows.iter().map(String::as_str).filter(|row| row.contains(" +") && !row.contains("historic")).collect();
    assert_eq!(
        rows,
        [
            "events +fi-aa,hu-gyor,2020,carried-over",
            "events +fi-aa,no-bo,2020,carried-over",
            "events +fi-bee,hu-gyor,2020,carried-over",
            "events +fi-cee,no-bo,2020,carried-over",
            "events +fi-eel,no-bo,2020,carried-over",
            "mergers +2020,split,fi-aa,fi-bee",
            "mergers +2020,split,fi-aa,fi-dee",
            "mergers +2020,split,fi-aa,fi-eel",
            "mergers +2020,split,fi-cee,fi-bee",
            "mergers +2020,split,fi-cee,fi-dee",
            "mergers +2020,split,fi-cee,fi-eel",
            "municipalities +fi-aa,Aa,FI,municipality,North,,001,Aa,Å,,,,,Q1,,,,,2020",
            "municipalities +fi-cee,Cee,FI,municipality,,,,,,,,,,,,,,,2020",
            // The twinning goes on, not the friendship that was on hold.
            "partnerships +fi-eel,no-bo,twin,active,1999",
        ]
    );
}

#[test]
fn a_municipality_that_goes_on_keeps_its_partnerships() {
    let desk = made_up();
    let (rows, _) = effect(&desk, "place merge Aa --into Aa --into Bee --on 2020");
    assert_eq!(rows, ["mergers +2020,split,fi-aa,fi-bee"]);
    let (rows, _) = effect(&desk, "place merge Dee Eel --into Dee --on 2021 --end Dee");
    assert_eq!(
        rows,
        [
            "events +fi-dee,fi-eel,2021,ended",
            "mergers +2021,merge,fi-eel,fi-dee",
            "municipalities -fi-eel,Eel,FI,municipality",
            "municipalities +fi-eel,Eel,FI,municipality,,,,,,,,,,,,,,,2021",
            "partnerships -fi-dee,fi-eel,twin,active",
            "partnerships +fi-dee,fi-eel,twin,historic,,2021",
        ]
    );
}

#[test]
fn a_municipality_is_dissolved_without_a_successor() {
    let desk = made_up();
    let (rows, run) =
        effect(&desk, "place dissolve Aa --on 31.12.2020 --end Győr --undecided all --reason Empty --cite s1");
    assert_eq!(
        rows,
        [
            "events +fi-aa,hu-gyor,2020-12-31,ended,,,,,Empty,s1",
            "municipalities -fi-aa,Aa,FI,municipality,North,,001,Aa,Å,,,,,Q1",
            "municipalities +fi-aa,Aa,FI,municipality,North,,001,Aa,Å,,,,,Q1,,,,,2020-12-31,s1",
            "partnerships -fi-aa,hu-gyor,twin,active,1990-05,,1990/..,youth;art,s1,2020,Made at a fair.",
            "partnerships -fi-aa,no-bo,friendship,suspended,1972",
            "partnerships +fi-aa,hu-gyor,twin,historic,1990-05,2020-12-31,1990/..,youth;art,s1,2020,Made at a fair.",
            "partnerships +fi-aa,no-bo,friendship,historic,1972",
        ]
    );
    assert!(run.stderr.contains("`31.12.2020` read as 2020-12-31."), "{}", run.stderr);
}
