//! Changes of standing: suspended, resumed, ended, kept, at once or as planned.

use super::harness::{Desk, Run, differences};
use super::{EVENTS, PARTNERSHIPS, SOURCES, changed, desk, operations};

#[test]
fn all_german_twinnings_are_suspended_and_taken_up_again_without_a_trace() {
    let desk = Desk::new();
    desk.done(&["init", "data"]);
    let before = desk.files("data");
    let suspend =
        ["suspend", "--country", "DE", "--kind", "twin", "--on", "2022-03-01", "--by", "a", "--reason", "a test"];
    let dry = desk.done(&[&suspend[..], &["--dry-run"]].concat());
    assert!(dry.stdout.starts_with("WOULD CHANGE 6"), "{}", dry.stdout);
    let count: usize = dry.stdout.lines().next().and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap();
    assert!(
        dry.stdout.contains("\n  Padasjoki         Reinbek              kind is contact, not twin\n"),
        "{}",
        dry.stdout
    );
    assert!(!desk.path("data/.twin").exists());
    let run = desk.done(&[&suspend[..], &["--yes"]].concat());
    assert!(run.stderr.starts_with(&format!("{count} changed. To take it back: twin undo ")), "{}", run.stderr);
    let json = |args: &[&str]| desk.done(&[args, &["--format", "json"]].concat()).json();
    let list = json(&["list", "--country", "DE", "--status", "suspended"]);
    assert_eq!(list.as_array().unwrap().len(), count);
    assert!(list.as_array().unwrap().iter().all(|row| row["status_since"] == "2022-03-01" && row["kind"] == "twin"));
    let stats = json(&["stats", "--by", "status", "--country", "DE", "--all"]);
    let suspended = stats.as_array().unwrap().iter().find(|row| row["status"] == "suspended").unwrap();
    assert_eq!(suspended["total"], count);
    let show = desk.done(&["show", "Kuopio", "Gera"]).stdout;
    assert!(show.contains("  2022-03-01  suspended  Kuopio  a test\n"), "{show}");
    let log = desk.done(&["log"]).stdout;
    assert!(
        log.lines()
            .nth(1)
            .is_some_and(|line| line.contains(&format!("{count} changes: active → suspended 2022-03-01"))),
        "{log}"
    );
    let again = desk.done(&[&suspend[..], &["--yes"]].concat());
    assert!(again.stderr.ends_with("Nothing to do.\n"), "{}", again.stderr);
    assert_eq!(operations(&desk).len(), 1);
    let undo = desk.done(&["undo", "--yes"]);
    assert!(undo.stdout.starts_with(&format!("CHANGES {count}\n")));
    let mut after = desk.files_of_registry("data");
    assert_eq!(after.remove("journal.jsonl").unwrap().lines().count(), 2);
    assert_eq!(differences(&before, &after), [""; 0]);
}

#[test]
fn a_dry_run_tells_what_changes_and_what_is_left_and_why() {
    let run = desk().done(&[
        "suspend",
        "--country",
        "Venäjä",
        "--kind",
        "twin",
        "--on",
        "1.3.2022",
        "--reason",
        "attack on Ukraine",
        "--dry-run",
    ]);
    assert_eq!(
        run.stdout,
        "WOULD CHANGE 2
  Kouvola  Vologda  active → suspended  2022-03-01
  Lahti    Vologda  active → suspended  2022-03-01
LEFT AS THEY ARE 3
  Helsinki     Moskva   kind is partner, not twin
  Kuusankoski  Vologda  historic since 2008-12-31
  Lahti        Kaluga   suspended since 2022-02-28
"
    );
    assert_eq!(
        run.stderr,
        "`1.3.2022` read as 2022-03-01.\n`Venäjä` read as Russia (RU).\nDry run: nothing was written.\n"
    );
    let swedish = desk().done(&["suspend", "--country", "RU", "--on", "2022-03", "--dry-run", "--lang", "sv"]);
    assert!(
        swedish.stdout.starts_with("SKULLE ÄNDRAS 3\n  Helsinki  Moskva   i kraft → avbruten  2022-03\n"),
        "{}",
        swedish.stdout
    );
    let finnish = desk().done(&[
        "end",
        "--place",
        "Lahti",
        "--status",
        "suspended",
        "--on",
        "2022-03",
        "--dry-run",
        "--lang",
        "fi",
    ]);
    assert!(finnish.stdout.contains("JÄÄ ENNALLEEN 2\n  Lahti  Pécs     voimassa alkaen 1956\n"), "{}", finnish.stdout);
}

#[test]
fn each_verb_writes_its_event_and_the_status_that_follows() {
    let desk = desk();
    desk.done(&[
        "suspend",
        "Vologda",
        "Kouvola",
        "--on",
        "2022-03-01",
        "--by",
        "a",
        "--body",
        "Kaupunginvaltuusto",
        "--reference",
        "14.12.2022 § 103",
        "--review-on",
        "1.1.2027",
        "--reason",
        "war",
        "--cite",
        "list",
    ]);
    let event = "fi-kouvola,ru-vologda,2022-03-01,suspended,a,Kaupunginvaltuusto,14.12.2022 § 103,2027-01-01,war,list";
    assert_eq!(changed(&desk, "events", EVENTS), (vec![event.to_owned()], vec![]));
    let (new, old) = changed(&desk, "partnerships", PARTNERSHIPS);
    assert_eq!(new, ["fi-kouvola,ru-vologda,twin,suspended,1985,,,,list,,"]);
    assert_eq!(old, ["fi-kouvola,ru-vologda,twin,active,1985,,,,list,,"]);
    let expect = |args: &[&str], partnership: &str, event: &str| {
        desk.done(args);
        assert!(desk.read("data/partnerships.csv").contains(&format!("\n{partnership}\n")), "{args:?}");
        assert!(desk.read("data/events.csv").contains(&format!("\n{event}\n")), "{args:?}");
    };
    let active = "fi-kouvola,ru-vologda,twin,active,1985,,,,list,,";
    expect(&["resume", "Kouvola", "Vologda", "--on", "2024"], active, "fi-kouvola,ru-vologda,2024,resumed,,,,,,");
    expect(&["keep", "Kouvola", "Vologda", "--on", "2025-05"], active, "fi-kouvola,ru-vologda,2025-05,kept,,,,,,");
    let ended = "fi-kouvola,ru-vologda,twin,historic,1985,2026-01-31,,,list,,";
    expect(
        &["end", "Kouvola", "Vologda", "--on", "31.1.2026", "--by", "both"],
        ended,
        "fi-kouvola,ru-vologda,2026-01-31,ended,both,,,,,",
    );
    // A source that is named by its address is found by it, or added.
    expect(
        &["end", "Lahti", "Pécs", "--on", "2026", "--cite", "https://example.org/list"],
        "fi-lahti,hu-pecs,twin,historic,1956,2026,,,,,",
        "fi-lahti,hu-pecs,2026,ended,,,,,,list",
    );
    desk.done(&["keep", "Lahti", "Vologda", "--on", "2026", "--cite", "https://www.lahti.fi/x?y=1"]);
    let source = "lahti-fi-2026,https://www.lahti.fi/x?y=1,,other,https://www.lahti.fi/x?y=1,,2026-11-25,";
    assert_eq!(changed(&desk, "sources", SOURCES), (vec![source.to_owned()], vec![]));
    assert!(desk.read("data/events.csv").contains("fi-lahti,ru-vologda,2026,kept,,,,,,lahti-fi-2026\n"));
}

#[test]
fn the_future_is_planned_or_refused() {
    let desk = desk();
    let end = ["end", "Lahti", "Pécs", "--on", "2027-01-01"];
    let hint = "hint: --planned writes the event and leaves the status as it is until then\n";
    desk.fails(&end, 6, &format!("error: `2027-01-01` lies in the future; nothing was written\n{hint}"));
    let planned = [&end[..], &["--planned"]].concat();
    assert_eq!(desk.done(&planned).stdout, "CHANGES 1\n  Lahti  Pécs  ended (planned)  2027-01-01\n");
    assert_eq!(changed(&desk, "events", EVENTS).0, ["fi-lahti,hu-pecs,2027-01-01,ended,,,,,,"]);
    assert_eq!(desk.read("data/partnerships.csv"), PARTNERSHIPS);
    let again = desk.done(&planned);
    assert_eq!(again.stdout, "LEFT AS THEY ARE 1\n  Lahti  Pécs  ended 2027-01-01 is recorded already\n");
    assert_eq!(again.stderr, "Nothing to do.\n");
    let past = "error: `2020` does not lie in the future, so it is not to be planned; nothing was written\n";
    desk.fails(&["end", "Lahti", "Pécs", "--on", "2020", "--planned"], 6, past);
    // The year we are in may lie in the past.
    desk.done(&["keep", "Lahti", "Pécs", "--on", "2026"]);
}

#[test]
fn what_is_meant_must_be_said_and_many_must_be_confirmed() {
    let desk = desk();
    let before = desk.files("data");
    for (args, exit, error) in [
        (
            &["suspend", "--on", "2022"][..],
            6,
            "error: no filter says which partnerships are meant; nothing was written\nhint: --country, --place, --region … choose some, --everything means all\n",
        ),
        (
            &["suspend", "Lahti", "--on", "2022"],
            2,
            "error: one place is no partnership; a bare name would be taken for one side of a pair\nhint: --place \"Lahti\" means all of its partnerships\n",
        ),
        (
            &["suspend", "--place", "Lahti", "--on", "2022"],
            6,
            "error: 2 would be changed, and nobody is there to confirm it; nothing was written\nhint: add --yes to confirm, or --dry-run to see the plan alone\n",
        ),
        (
            &["suspend", "Kouvola", "Pécs", "--on", "2022"],
            4,
            "error: Kouvola and Pécs have no partnership\nhint: twin add Kouvola Pécs --kind twin\n",
        ),
        (
            &["suspend", "Lahti", "Vologda", "--on", "31.2.2022"],
            2,
            "error: invalid value '31.2.2022' for '--on <DATE>': `31.2.2022` is no day of the calendar\n\nFor more information, try '--help'.\n",
        ),
        (
            &["suspend", "Lahti", "Vologda", "--on", "2022", "--cite", "lisd"],
            4,
            "error: no source is called `lisd`\nhint: did you mean list? twin suspend Lahti Vologda --on 2022 --cite list\n",
        ),
    ] {
        desk.fails(args, exit, error);
        assert_eq!(desk.files_of_registry("data"), before, "{args:?}");
    }
    let none = desk.done(&["suspend", "--country", "HU", "--region", "Uusimaa", "--on", "2022"]);
    assert!(none.stderr.ends_with("Nothing to do.\n"), "{}", none.stderr);
    assert!(!desk.path("data/journal.jsonl").exists());
    let one = desk.done(&["suspend", "--country", "HU", "--on", "2022"]);
    assert!(one.stdout.starts_with("CHANGES 1\n"));
    desk.done(&["suspend", "--everything", "--on", "2022", "--yes"]);
    assert_eq!(operations(&desk).len(), 2);
}

#[test]
fn what_was_planned_is_carried_out_when_its_day_has_come() {
    let desk = desk();
    desk.done(&["end", "Lahti", "Pécs", "--on", "2027-01-01", "--planned", "--body", "Kaupunginvaltuusto"]);
    let mut command = desk.command(&["end", "Lahti", "Pécs", "--on", "2027-01-01", "--reference", "§ 1"]);
    let run = Run::of(command.env("TWIN_NOW", "2027-01-02"));
    assert_eq!(
        run.stdout, "CHANGES 1\n  Lahti  Pécs  active → historic; end → 2027-01-01  2027-01-01\n",
        "{}",
        run.stderr
    );
    let event = "fi-lahti,hu-pecs,2027-01-01,ended,,Kaupunginvaltuusto,§ 1,,,";
    assert_eq!(changed(&desk, "events", EVENTS), (vec![event.to_owned()], vec![]));
    assert!(desk.read("data/partnerships.csv").contains("\nfi-lahti,hu-pecs,twin,historic,1956,2027-01-01,"));
}

#[test]
fn a_named_pair_is_two_places_and_nothing_else() {
    let desk = desk();
    let before = desk.files("data");
    for (args, exit, error) in [
        (&["end", "Lahti", "fi-lahti", "--on", "2022"][..], 2, "error: both places are Lahti\n"),
        (
            &["end", "Lahti", "Pécs", "--place", "Kouvola", "--on", "2022"],
            2,
            "error: a pair is named already; `--place` does not go with it\n",
        ),
        (
            &["end", "Lahti", "Pécs", "--on", "2022", "--body", "a\nb"],
            2,
            "error: body holds the control character \\u{a}; no cell holds one\n",
        ),
        (&["set", "Lahti", "Pécs", "start=2040"], 6, "error: `2040` lies in the future; nothing was written\n"),
    ] {
        desk.fails(args, exit, error);
        assert_eq!(desk.files_of_registry("data"), before, "{args:?}");
    }
    let other = desk.done(&["end", "Lahti", "Pécs", "--country", "RU", "--on", "2022"]);
    assert!(other.stderr.ends_with("Nothing to do.\n"), "{}", other.stderr);
    desk.done(&["suspend", "Lahti", "Pécs", "--on", "2022", "--body", " Hallitus\r"]);
    assert_eq!(changed(&desk, "events", EVENTS).0, ["fi-lahti,hu-pecs,2022,suspended,,Hallitus,,,,"]);
}

#[test]
fn of_events_of_one_date_the_last_is_the_one_that_tells_todays_status() {
    let desk = desk();
    desk.done(&["suspend", "Lahti", "Pécs", "--on", "2022"]);
    desk.done(&["resume", "Lahti", "Pécs", "--on", "2022"]);
    for day in [&[][..], &["--as-of", "2023"]] {
        let args = [&["list", "Lahti", "Pécs", "--format", "csv", "--fields", "status"], day].concat();
        assert_eq!(desk.done(&args).stdout, "status\nactive\n", "{day:?}");
    }
}
