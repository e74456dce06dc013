//! Single records: added, set, edited as text, removed, and what an edit does to the rest of its table.

use super::harness::{Run, differences};
use super::{EVENTS, PARTNERSHIPS, changed, desk};

#[test]
fn a_partnership_is_added_once_in_canonical_order() {
    let desk = desk();
    let run = desk.done(&[
        "add",
        "Pécs",
        "Helsinki",
        "--kind",
        "friendship",
        "--start",
        "17.6.1982",
        "--theme",
        "art",
        "--theme",
        "youth",
        "--term",
        "2022/2029",
        "--cite",
        "list",
    ]);
    assert_eq!(run.stdout, "CHANGES 1\n  Helsinki  Pécs  new: friendship, active, 1982-06-17\n");
    let note = "Note: Pécs and Helsinki are both members of The Club; a membership is no twinning.\n";
    assert!(run.stderr.contains(note) && run.stderr.starts_with("`17.6.1982` read as 1982-06-17.\n"), "{}", run.stderr);
    let row = "fi-helsinki,hu-pecs,friendship,active,1982-06-17,,2022/2029,art;youth,list,,";
    assert_eq!(changed(&desk, "partnerships", PARTNERSHIPS), (vec![row.to_owned()], vec![]));
    let before = desk.files_of_registry("data");
    let exists = "error: Helsinki and Pécs have a partnership already\nhint: twin show Helsinki Pécs\n";
    desk.fails(&["add", "Helsinki", "Pécs", "--kind", "twin"], 5, exists);
    let unknown = "error: no municipality is called `Nowhere`\nhint: twin stats --by municipality --all\n";
    desk.fails(&["add", "Lahti", "Nowhere", "--kind", "twin", "--cite", "https://example.org/new"], 4, unknown);
    desk.fails(&["add", "Lahti", "fi-lahti", "--kind", "twin"], 2, "error: both places are Lahti\n");
    let future = "error: `2030` lies in the future; nothing was written\n";
    desk.fails(&["add", "Kouvola", "Pécs", "--kind", "twin", "--start", "2030"], 6, future);
    assert_eq!(desk.twin(&["add", "Kouvola", "Pécs", "--kind", "marriage"]).exit, 2);
    assert_eq!(desk.files_of_registry("data"), before);
    // Neither of two at home: the smaller id comes first. A fellow member that has left is none.
    assert!(!desk.done(&["add", "Lahti", "Kouvola", "--kind", "twin"]).stderr.contains("Club"));
    assert!(desk.read("data/partnerships.csv").contains("\nfi-kouvola,fi-lahti,twin,active,"));
    desk.done(&["add", "Vologda", "Pécs", "--kind", "contact", "--end", "2000"]);
    assert!(desk.read("data/partnerships.csv").contains("\nhu-pecs,ru-vologda,contact,historic,,2000,"));
}

#[test]
fn fields_are_set_as_their_columns_want_them() {
    let desk = desk();
    let run = desk.done(&["set", "Lahti", "Pécs", "start=17.6.1956", "themes= art ; youth;", "note=", "sources=list"]);
    assert_eq!(run.stdout, "CHANGES 1\n  Lahti  Pécs  start 1956 → 1956-06-17; themes → art;youth; sources → list\n");
    desk.done(&["set", "Pécs", "lat=46,07", "name_fi=Pécs"]);
    assert!(desk.read("data/municipalities.csv").contains("\nhu-pecs,Pécs,HU,municipality,,,,Pécs,,,,46.07,"));
    let before = desk.files_of_registry("data");
    let fields = "the fields are kind, status, start, end, term, themes, sources, verified_on, note\n";
    for (args, exit, error) in [
        (&["set", "Lahti", "Pécs", "status=active"][..], 2, "error: `status` is not set by hand: the decision would be missing\nhint: twin suspend, resume or end changes it and writes the event\n".to_owned()),
        (&["set", "Lahti", "Pécs", "end=2020"], 2, "error: `end` is not set by hand: the decision would be missing\nhint: twin end changes it and writes the event\n".to_owned()),
        (&["set", "Lahti", "Pécs", "a=fi-x"], 2, "error: `a` is part of the key, which does not change\n".to_owned()),
        (&["set", "Lahti", "Pécs", "colour=red"], 2, format!("error: `partnerships` has no field `colour`; {fields}")),
        (&["set", "Lahti", "Pécs", "start=31.2.1956"], 2, "error: start: `31.2.1956` is no day of the calendar\n".to_owned()),
        (&["set", "Lahti", "Pécs", "kind=marriage"], 2, "error: kind is `marriage`; it must be one of twin, friendship, partner, contact\n".to_owned()),
        (&["set", "Lahti", "Pécs", "sources=nothing"], 4, "error: no source is called `nothing`\nhint: twin sources\n".to_owned()),
        (&["set", "Lahti", "Pécs"], 2, "error: one or two places are wanted, then fields with their values\nhint: twin set Kuopio Bodø start=1949\n".to_owned()),
        (&["set", "Lahti", "Helsinki", "note=x"], 4, "error: Lahti and Helsinki have no partnership\nhint: twin add Lahti Helsinki --kind twin\n".to_owned()),
    ] {
        desk.fails(args, exit, &error);
        assert_eq!(desk.files_of_registry("data"), before, "{args:?}");
    }
    assert_eq!(desk.done(&["set", "Lahti", "Pécs", "start=1956-06-17"]).stderr, "Nothing to do.\n");
}

#[test]
#[cfg(unix)]
fn a_record_is_edited_as_text() {
    let desk = desk();
    let edit = |args: &[&str], script: &str| {
        let mut command = desk.command(&[&["edit"], args].concat());
        Run::of(command.env("EDITOR", script).env("TMPDIR", desk.path("")))
    };
    let shown = edit(&["Lahti", "Pécs"], "cat").stdout;
    assert!(shown.starts_with("# Lahti – Pécs\n"), "{shown}");
    assert!(shown.contains("\n# status: active   (twin suspend, resume or end)\n"), "{shown}");
    assert!(shown.contains("\n# Kind: twin, friendship, partner, contact\nkind: twin\n"), "{shown}");
    let run =
        edit(&["Lahti", "Pécs"], "sed -i 's/^start:.*/start: 1.2.1957/; /^note:/d; s/^kind:.*/kind: friendship/'");
    assert_eq!(run.stdout, "CHANGES 1\n  Lahti  Pécs  kind twin → friendship; start 1956 → 1957-02-01\n");
    let run = edit(&["Lahti"], "sed -i 's/^website:.*/website: https:\\/\\/lahti.fi/'");
    assert_eq!(run.stdout, "CHANGES 1\n  Lahti    website → https://lahti.fi\n");
    let bad = edit(&["Lahti", "Pécs"], "sed -i 's/^start:.*/start: soon/; s/^note:.*/note: typed/'");
    assert!(
        bad.stderr.starts_with("error: line ") && bad.stderr.contains("start: `soon` is no date"),
        "{}",
        bad.stderr
    );
    let kept = bad.stderr.split_once("hint: what you typed is kept: twin edit Lahti Pécs --text ").unwrap().1;
    assert_eq!(std::fs::read_to_string(kept.trim()).unwrap(), "start: soon\nnote: typed\n");
    let failing = edit(&["Lahti", "Pécs"], "false");
    assert_eq!(
        (failing.exit, failing.stderr.as_str()),
        (7, "error: the editor `false` ended with exit status: 1; nothing was written\n")
    );
    let mut none = desk.command(&["edit", "Lahti", "Pécs"]);
    let none = Run::of(none.env_remove("EDITOR").env_remove("VISUAL"));
    assert_eq!((none.exit, none.stderr.lines().next()), (2, Some("error: no editor is set")));
}

#[test]
fn a_mistake_is_removed_with_its_events_and_comes_back_whole() {
    let desk = desk();
    let before = desk.files("data");
    let run = desk.done(&["remove", "Kaluga", "Lahti", "--reason", "never was"]);
    assert_eq!(run.stdout, "CHANGES 1\n  Lahti  Kaluga  removed; event removed: suspended 2022-02-28\n");
    assert_eq!(changed(&desk, "events", EVENTS), (vec![], vec![EVENTS.lines().nth(1).unwrap().to_owned()]));
    let log = desk.done(&["log", "Kaluga", "--format", "json"]).json();
    assert_eq!(log[0]["reason"], "never was");
    assert_eq!(log[0]["command"], "twin remove Kaluga Lahti --reason \"never was\"");
    assert_eq!((log[0]["by"].as_str(), log[0]["at"].as_str()), (Some("clerk"), Some("2026-11-25T10:00:00Z")));
    desk.done(&["undo"]);
    let mut after = desk.files_of_registry("data");
    after.remove("journal.jsonl");
    assert_eq!(differences(&before, &after), [""; 0]);
}

#[test]
fn other_means_of_writing_a_table_are_brought_into_canonical_form_by_the_next_edit() {
    let desk = desk();
    let shuffled = "b;a;colour;status;kind;sources\r\nru-vologda;fi-kouvola;red;active;twin;\"list ; other\"\r\nhu-pecs;fi-lahti;;active;twin;\r\n";
    let desk = desk.with("data/partnerships.csv", shuffled);
    desk.done(&["set", "Lahti", "Pécs", "colour=blue"]);
    let canonical = "a,b,kind,status,start,end,term,themes,sources,verified_on,note,colour
fi-kouvola,ru-vologda,twin,active,,,,,list;other,,,red
fi-lahti,hu-pecs,twin,active,,,,,,,,blue
";
    assert_eq!(desk.read("data/partnerships.csv"), canonical);
}

#[test]
fn an_edit_brings_lists_and_quotes_of_other_rows_into_order_and_leaves_texts_alone() {
    let desk = desk();
    let table = desk.read("data/partnerships.csv");
    let messy = table
        .replace(
            "fi-helsinki,ru-moscow,partner,active,,,,,,,",
            "fi-helsinki,ru-moscow,partner,active,,,,art; youth,;list,,a; b",
        )
        .replace("fi-lahti,ru-kaluga,twin,", "fi-lahti,\"ru-kaluga\",twin,");
    assert_ne!(messy, table);
    let desk = desk.with("data/partnerships.csv", messy);
    desk.done(&["set", "Lahti", "Pécs", "note=\"x\", y"]);
    let (new, old) = changed(&desk, "partnerships", PARTNERSHIPS);
    assert_eq!(
        new,
        [
            "fi-helsinki,ru-moscow,partner,active,,,,art;youth,list,,a; b",
            "fi-lahti,hu-pecs,twin,active,1956,,,,,,\"\"\"x\"\", y\""
        ]
    );
    assert_eq!(old.len(), 2);
}
