//! Where a rule begins and ends: what it finds besides its fixture, and what is none of its business.

use super::reading::clean;
use crate::harness::Desk;

/// Returns the clean registry with rows added to a table, made with this header if it is not there.
fn with(table: &str, header: &str, rows: &str) -> Desk {
    let desk = clean();
    let path = format!("r/{table}.csv");
    let text = if desk.path(&path).exists() { desk.read(&path) } else { format!("{header}\n") };
    desk.with(&path, text + rows)
}

/// Returns the findings of a rule, each with its way out.
fn found(desk: &Desk, rule: &str) -> Vec<String> {
    let run = desk.twin(&["check", "--registry", "r", "--rule", rule]);
    assert!([0, 1].contains(&run.exit), "{}", run.stderr);
    run.stdout.split("\n  hint: ").flat_map(|part| part.split_terminator('\n')).map(str::to_owned).collect()
}

fn place(id: &str, rest: &str) -> String {
    format!("no-{id},Berg,NO,{rest},,,,,,,s,\n")
}

#[test]
fn places_of_one_name_are_held_against_each_other_past_others_between_them() {
    for (rows, count) in [
        (
            [
                ("a", "municipality,,,,,,,,60.2,25"),
                ("b", "municipality,,,,,,,,60.21,28"),
                ("c", "municipality,,,,,,,,60.22,25.01"),
            ],
            1,
        ),
        (
            [
                ("a", "municipality,,,,,,,,60.2,25"),
                ("b", "district,,,,,,,,60.201,25"),
                ("c", "municipality,,,,,,,,60.202,25.01"),
            ],
            1,
        ),
        ([("a", "municipality,,,,,,,,60.2,25"), ("b", "district,,,,,,,,,"), ("c", "municipality,,,,,,,,,")], 1),
        (
            [
                ("a", "municipality,,,,,,,,60.2,25"),
                ("b", "municipality,,,,,,,,61,25"),
                ("c", "district,,,,,,,,60.2,25"),
            ],
            0,
        ),
    ] {
        let desk = with("municipalities", "", &rows.map(|(id, rest)| place(id, rest)).concat());
        assert_eq!(found(&desk, "same-place").len(), 2 * count, "{rows:?}");
    }
}

#[test]
fn people_are_found_in_notes_and_days_and_numbers_of_other_things_are_not() {
    for (note, is_personal) in [
        ("mailto:matti@kuopio.fi", true),
        ("E-mail:matti@kuopio.fi", true),
        ("Matti<matti@kuopio.fi>", true),
        ("a@b.fi/c@d.fi", true),
        ("puh.0447182111", true),
        ("Tel.+358447182111", true),
        ("p. 044 7182111", true),
        ("044.718.2111", true),
        ("044/7182111", true),
        ("Since 01-06-2001", false),
        ("Since 01.06.2001.", false),
        ("Reg. no. 0123456-7", false),
        ("ISBN 0-306-40615-2", false),
        ("1.01.2001 @ Ii", false),
    ] {
        let desk = with("municipalities", "", &format!("no-a,A,NO,municipality,,,,,,,,60.2,9,,,,,,,s,{note}\n"));
        assert_eq!(found(&desk, "personal-data").len(), 2 * usize::from(is_personal), "{note}");
    }
}

#[test]
fn each_rule_finds_so_many() {
    let declared = "subject,kind,count,stated_on,source,note";
    let event = "a,b,date,event,by,body,reference,review_on,reason,sources";
    let merger = "date,event,from,to,sources,note";
    for (rule, table, header, rows, count) in [
        // None are stated, in whichever way, and one is recorded.
        ("declared-total", "declarations", declared, "fi-ii,any,0,,s,\n", 1),
        ("declared-total", "declarations", declared, "FI,twin,0,,s,\n", 1),
        ("declared-total", "declarations", declared, "fi-ii,twin,00,,s,\n", 1),
        ("declared-total", "declarations", declared, "fi-ii,friendship,0,,s,\n", 0),
        ("policy", "declarations", declared, "fi-ii,twin,0,,s,\n", 1),
        ("declared-total", "declarations", declared, "fi-ii,twin,0,,s,\n", 0),
        // One coordinate without the other.
        ("coordinates", "municipalities", "", "no-a,A,NO,municipality,,,,,,,,91,,,,,,,,s,\n", 1),
        ("coordinates", "municipalities", "", "no-a,A,NO,municipality,,,,,,,,,,,,,,,,s,\n", 0),
        ("required", "municipalities", "", "no-a,A,NO,,,,,,,,,,,,,,,,,s,\n", 1),
        ("no-source", "partnerships", "", "fi-ii,no-a,twin,active,,,,,;,2026,\n", 1),
        // What was merged may be split off again; what was merged both ways may not.
        ("merger-chain", "mergers", merger, "1950,split,fi-ii,no-bo,s,\n2021,merge,no-bo,fi-ii,s,\n", 0),
        ("merger-chain", "mergers", merger, "1950,merge,fi-ii,no-bo,s,\n2021,merge,no-bo,fi-ii,s,\n", 1),
        // The review of what goes on, not of what has ended.
        ("review-overdue", "events", event, "fi-ii,no-bo,2020,kept,a,,,2024,,s\n", 1),
        // Of a country that nobody knows the place in the order is not known.
        ("pair-order", "municipalities", "", "a-a,A,XX,municipality,,,,,,,,60.2,9,,,,,,,s,\n", 0),
    ] {
        let desk = with(table, header, rows);
        assert_eq!(found(&desk, rule).len(), 2 * count, "{rule}: {rows}");
    }
}

#[test]
fn what_stands_in_a_table_becomes_no_command_of_its_own() {
    let contact = "subject,role,name,email,phone,since,until,checked_on,sources,note";
    let rows = "fi-ii,\"$(touch it)\",M,,,,2020,,s,\nfi-ii,the mayor's,M,,,,[..2021],,s,\n";
    let found = found(&with("contacts", contact, rows), "expired-contact");
    let hints: Vec<&str> = found.iter().map(String::as_str).filter(|line| line.starts_with("twin ")).collect();
    assert_eq!(
        hints,
        [
            "twin contact retire fi-ii '$(touch it)' --on 2020",
            r"twin contact retire fi-ii 'the mayor'\''s' --on '[..2021]'",
        ]
    );
}

#[test]
fn what_is_undecided_or_undated_is_put_right_by_the_command_that_is_told() {
    for (row, rule, command) in [
        ("fi-a,no-bo,twin,historic,,,,,s,2026,", "undecided", "twin end fi-a no-bo --on 2009-01-01"),
        ("fi-ii,no-a,twin,suspended,,,,,s,2026,", "undated", "twin suspend fi-ii no-a --on 2022"),
    ] {
        let desk = with("partnerships", "", &format!("{row}\n"));
        let municipalities = desk.read("r/municipalities.csv")
            + "fi-a,A,FI,municipality,,,,,,,,65,25,,,,,,2009-01-01,s,\nno-a,A,NO,municipality,,,,,,,,60,9,,,,,,,s,\n";
        let desk = desk
            .with("r/municipalities.csv", municipalities)
            .with("r/datapackage.json", r#"{"twinning":{"format":1,"home":["FI"]}}"#);
        let told = found(&desk, rule).join("\n");
        assert!(told.contains(&command.replace("2022", "DATE")), "{told}");
        let args: Vec<&str> = command.split(' ').skip(1).chain(["--registry", "r"]).collect();
        desk.done(&args);
        assert_eq!(found(&desk, rule), [""; 0], "{}", desk.read("r/events.csv"));
    }
}
