//! The report of what has to be looked at again: on both sides of each border, and against the rules of `twin check`.

use super::harness::{Desk, Record, Run, records};
use super::{beginning, part, report, shipped, small, tables};

/// Makes a registry of partnerships of Kuopio with the places `se-p00`, `se-p01` … in `r`: of each its status, when it was
/// verified, and its events below the pair.
fn kept(own: &[(&str, &str, &[&str])]) -> Desk {
    let mut municipalities = "id,name,country,type\nfi-kuopio,Kuopio,FI,municipality\n".to_owned();
    let mut partnerships = "a,b,kind,status,start,end,term,themes,sources,verified_on,note\n".to_owned();
    let mut events = "a,b,date,event,by,body,reference,review_on,reason,sources\n".to_owned();
    for (nth, (status, verified, own)) in own.iter().enumerate() {
        municipalities += &format!("se-p{nth:02},P{nth:02},SE,municipality\n");
        partnerships += &format!("fi-kuopio,se-p{nth:02},twin,{status},,,,,s,{verified},\n");
        own.iter().for_each(|event| events += &format!("fi-kuopio,se-p{nth:02},{event}\n"));
    }
    let desk = small().with("r/municipalities.csv", municipalities).with("r/partnerships.csv", partnerships);
    desk.with("r/events.csv", events)
}

/// Returns a report of what is to be looked at again on a day, in Markdown.
fn review_on(desk: &Desk, today: &str, args: &[&str]) -> String {
    let args = [&["--registry", "r", "report", "review", "--format", "markdown"], args].concat();
    let run = Run::of(desk.command(&args).env("TWIN_NOW", today));
    assert_eq!(run.exit, 0, "{args:?}: {}", run.stderr);
    run.stdout
}

/// Returns the partners in the part whose heading begins so, in their order.
fn partners(markdown: &str, title: &str) -> Vec<String> {
    beginning(&tables(markdown), title).1.iter().map(|row| row[1].clone()).collect()
}

#[test]
fn reviews_are_overdue_from_their_day_on_and_come_up_until_the_last_day_asked_for() {
    // Today is the 25th of November 2026; without an option it is a year ahead.
    let cases: &[(&str, &[&str], &str)] = &[
        ("active", &["2022,kept,,,,2026-11-24,,"], "overdue"),
        ("active", &["2022,kept,,,,2026-11-25,,"], "overdue"),
        ("active", &["2022,kept,,,,2026-11-26,,"], "coming"),
        ("suspended", &["2022,suspended,b,Council,§ 7,2027-11-25,,"], "coming"),
        ("active", &["2022,kept,,,,2027-11-26,,"], ""),
        // A month or a year has passed when its last day has, and may come up on its first.
        ("active", &["2022,kept,,,,2026-10,,"], "overdue"),
        ("active", &["2022,kept,,,,2026-11,,"], "coming"),
        ("active", &["2022,kept,,,,2025,,"], "overdue"),
        ("active", &["2022,kept,,,,2025~,,"], "coming"),
        ("active", &["2022,kept,,,,2026,,"], "coming"),
        ("active", &["2022,kept,,,,2027-11,,"], "coming"),
        ("active", &["2022,kept,,,,2027-12,,"], ""),
        ("active", &["2022,kept,,,,2028,,"], ""),
        ("active", &["2022,kept,,,,[..2030],,"], "coming"),
        // Something has happened since, or it was put off.
        ("active", &["2022,kept,,,,2025,,", "2023,renewed,,,,,,"], ""),
        ("active", &["2022,kept,,,,2027-02,,", "2023,renewed,,,,,,"], ""),
        ("active", &["2022,kept,,,,2024,,", "2024-05,kept,,,,2027-01,,"], "coming"),
        ("active", &["2022,kept,,,,2024,,", "2024-05,kept,,,,2025-05,,"], "overdue"),
        ("active", &["2022,kept,,,,2025,,", "2022-03,decided,,,,,,"], "overdue"),
        // What has ended is not looked at again.
        ("historic", &["2022,kept,,,,2025,,"], ""),
    ];
    let desk = kept(&cases.iter().map(|(status, events, _)| (*status, "2026", *events)).collect::<Vec<_>>());
    let text = review_on(&desk, "2026-11-25", &[]);
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let wanted = |is: &str| -> Vec<String> {
        let of_it = cases.iter().enumerate().filter(|(_, (.., wanted))| *wanted == is);
        of_it.map(|(nth, _)| format!("P{nth:02}")).collect()
    };
    for (is, title) in [("overdue", "Overdue reviews: 6"), ("coming", "Reviews up to 2027-11-25: 8")] {
        assert_eq!(sorted(partners(&text, title)), wanted(is), "{text}");
    }
    assert!(text.contains("\nMade for 2026-11-25.\n"), "{text}");
    let tables = tables(&text);
    let coming = beginning(&tables, "Reviews up to").1;
    let of = |name: &str| coming.iter().find(|row| row[1] == name).unwrap();
    let sweden = ["Kuopio", "P03", "Sweden", "twin", "suspended", "2022", "2027-11-25", "Council, § 7"];
    assert_eq!(of("P03")[..], sweden);
    assert_eq!(of("P16")[6..], ["2027-01", "no decision recorded"], "the event that set it is the later one");
    let dates: Vec<&str> = beginning(&tables, "Overdue").1.iter().map(|row| &*row[6]).collect();
    assert_eq!(dates, ["2025", "2025", "2025-05", "2026-10", "2026-11-24", "2026-11-25"], "the oldest first");

    // The rule of check finds the same.
    let check = desk.twin(&["--registry", "r", "check", "--rule", "review-overdue"]);
    assert_eq!(check.stdout.matches("warning[review-overdue]").count(), wanted("overdue").len(), "{}", check.stdout);

    // Another day, other times.
    assert!(partners(&review_on(&desk, "2027-11-25", &[]), "Overdue").contains(&"P03".to_owned()));
    assert!(!partners(&review_on(&desk, "2027-11-24", &[]), "Overdue").contains(&"P03".to_owned()));
    let of_one = |on: &str, args: &[&str]| {
        let event = format!("2022,kept,,,,{on},,");
        review_on(&kept(&[("active", "2026", &[&event])]), "2026-11-25", args)
    };
    for (within, day, after) in [
        ("90d", "2027-02-23", "2027-02-24"),
        ("18mo", "2028-05-25", "2028-05-26"),
        ("18m", "2028-05-25", "2028-05-26"),
        ("1y6m", "2028-05-25", "2028-05-26"),
        ("1 year, 6 months", "2028-05-25", "2028-05-26"),
        ("6w", "2027-01-06", "2027-01-07"),
        ("2", "2028-11-25", "2028-11-26"),
        ("P2Y", "2028-11-25", "2028-11-26"),
    ] {
        let title = format!("Reviews up to {day}: ");
        assert_eq!(partners(&of_one(day, &["--within", within]), &title), ["P00"], "{within}");
        let none = of_one(after, &["--within", within]);
        assert!(none.contains(&format!("{title}0.")) && !none.contains("## Reviews"), "{within}: {none}");
    }
}

#[test]
fn what_was_not_verified_for_long_is_counted_once_and_told_with_the_last_day() {
    // Five years before the 25th of November 2026.
    let cases = [
        ("active", "2021-11-25", true),
        ("active", "2021-11-24", false),
        ("suspended", "2021-10", false),
        ("active", "2021-11", true),
        ("active", "2021", true),
        ("active", "2020", false),
        ("active", "2020~", true),
        ("active", "", false),
        ("suspended", "", false),
        ("historic", "", true),
        ("historic", "2015", true),
    ];
    let desk = kept(&cases.map(|(status, verified, _)| (status, verified, &[][..])));
    let text = review_on(&desk, "2026-11-25", &["--lang", "sv"]);
    let title = "Inte bekräftade sedan 2021-11-25: 5, därav aldrig: 2";
    let wanted: Vec<[String; 2]> = cases
        .iter()
        .enumerate()
        .filter(|(_, (.., is_fine))| !is_fine)
        .map(|(nth, (_, verified, _))| [format!("P{nth:02}"), (*verified).to_owned()])
        .collect();
    let tables = tables(&text);
    let told: Vec<[String; 2]> = part(&tables, title)
        .iter()
        .map(|row| [row[1].clone(), if row[6] == "aldrig" { String::new() } else { row[6].clone() }])
        .collect();
    assert_eq!(told, wanted, "{text}");
    let check = desk.twin(&["--registry", "r", "check", "--rule", "stale"]);
    assert_eq!(check.stdout.matches("info[stale]").count(), wanted.len(), "{}", check.stdout);

    // A year, in each way of writing it.
    let desk = kept(&[("active", "2025-11-24", &[]), ("active", "2025-11-25", &[])]);
    for stale in ["1y", "1", "12mo", "12m", "P1Y", "1 year"] {
        let text = review_on(&desk, "2026-11-25", &["--stale", stale]);
        assert_eq!(partners(&text, "Not verified since 2025-11-25: 1, of them never: 0"), ["P00"], "{stale}: {text}");
    }
}

#[test]
fn suspensions_without_a_decision_are_those_of_the_report_of_standings() {
    let desk = kept(&[
        ("suspended", "2026", &[]),
        ("suspended", "2026", &["2022,suspended,a,,,,,"]),
        ("suspended", "2026", &["2022,suspended,a,Council,,,,"]),
        ("suspended", "2026", &["2022,suspended,a,,§ 3,,,"]),
        ("suspended", "2026", &["2014,suspended,a,Council,,,,", "2015,resumed,,,,,,", "2022,suspended,a,,,,,"]),
        ("active", "2026", &["2014,suspended,a,,,,,", "2015,resumed,,,,,,"]),
        ("historic", "2026", &["2022,ended,a,,,,,"]),
    ]);
    let text = review_on(&desk, "2026-11-25", &[]);
    assert_eq!(partners(&text, "Suspended without a recorded decision: 3"), ["P00", "P01", "P04"], "{text}");
    assert!(
        text.contains("\nOverdue reviews: 0. Reviews up to 2027-11-25: 0. Not verified since 2021-11-25: 0"),
        "{text}"
    );

    let text = report(&["review", "--country", "RU", "--format", "markdown"]);
    let standing = tables(&report(&["status", "--country", "RU", "--status", "suspended", "--format", "markdown"]));
    let without = beginning(&standing, "Suspended: ").1.iter().filter(|row| row[6] == "no decision recorded").count();
    assert!(without > 0);
    assert_eq!(beginning(&tables(&text), "Suspended without").1.len(), without);
    let of_russia = shipped().into_iter().filter(|pair| pair[..2].iter().any(|id| id.starts_with("ru-")));
    let in_force: Vec<String> = of_russia.map(|[.., status]| status).filter(|status| status != "historic").collect();
    assert!(in_force.iter().all(|status| status == "suspended"));
    assert!(text.contains(&format!("\n{} suspended.\n", in_force.len())), "the filters hold: {text}");
}

#[test]
fn the_shipped_registry_is_reviewed_as_its_tables_say() {
    let text = report(&["review", "--format", "markdown"]);
    let in_force: Vec<Record> = records("partnerships").into_iter().filter(|row| row["status"] != "historic").collect();
    let never = in_force.iter().filter(|row| row["verified_on"].is_empty()).count();
    // All dates are years, months and days, and none is of 2021.
    let old = in_force.iter().filter(|row| !row["verified_on"].is_empty() && &*row["verified_on"] < "2021").count();
    assert!(in_force.iter().all(|row| !row["verified_on"].starts_with("2021")));
    let title = format!("Not verified since 2021-11-25: {}, of them never: {never}", old + never);
    let tables = tables(&text);
    let rows = part(&tables, &title);
    assert_eq!(rows.len(), old + never, "{text}");
    assert_eq!(rows.iter().filter(|row| row[6] == "never").count(), never);
    assert!(records("events").iter().all(|row| row["review_on"].is_empty()), "none is to be reviewed");
    assert!(!text.contains("## Overdue") && !text.contains("## Reviews"), "{text}");
}
