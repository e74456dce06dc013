//! Operations taken back, and what stands in the way.

use super::harness::Run;
use super::{MUNICIPALITIES, PARTNERSHIPS, desk, operations};

#[test]
fn any_operation_is_taken_back_unless_a_later_one_stands_on_it() {
    for form in ["data", "data.json"] {
        let desk = desk();
        if form == "data.json" {
            desk.done(&["convert", "data", form]);
        }
        let twin = |args: &[&str]| desk.twin(&[&["--registry", form], args].concat());
        let ids = || twin(&["log", "--format", "csv", "--fields", "id"]).rows().concat();
        twin(&["suspend", "--country", "RU", "--kind", "twin", "--on", "2022-03-01", "--yes"]);
        let mut by_other = desk.command(&["--registry", form, "end", "Lahti", "Vologda", "--on", "2023-05"]);
        Run::of(by_other.env("TWIN_USER", "clerk2"));
        twin(&["set", "Lahti", "Pécs", "note=beside"]);
        let [_, ended, suspended] = &ids()[..] else { panic!("{:?}", ids()) };
        let blocked = twin(&["undo", suspended, "--yes"]);
        let error = format!(
            "error: operation {ended} stands in the way: Lahti – Vologda: suspended → historic; end → 2023-05 2023-05 (2026-11-25, by `clerk2`); nothing was undone\n"
        );
        let hint =
            format!("hint: twin undo {ended}, or twin undo {suspended} --skip-changed to take back the other 1\n");
        assert_eq!((blocked.exit, blocked.stderr), (5, error + &hint));
        let skipped = twin(&["undo", suspended, "--skip-changed"]);
        assert_eq!(
            skipped.stdout,
            "CHANGES 1\n  Kouvola  Vologda  suspended → active; event removed: suspended 2022-03-01\n"
        );
        let by = ids()[0].clone();
        let again = twin(&["undo", suspended]);
        assert!(again.stderr.ends_with(&format!("nothing was undone\nhint: twin undo {ended}\n")), "{}", again.stderr);
        // Without a name it is the last one that stands: the note, then the end, then what was skipped.
        assert!(twin(&["undo"]).stdout.contains("note beside →"));
        assert!(twin(&["undo"]).stdout.contains("historic → suspended"));
        assert!(twin(&["undo"]).stdout.contains("Lahti  Vologda  suspended → active"));
        assert_eq!(twin(&["undo"]).exit, 4);
        let all = twin(&["undo", suspended]);
        let last = ids()[0].clone();
        assert_eq!(
            all.stderr,
            format!(
                "error: operation {suspended} has been taken back already, by {last}\nhint: twin undo {last} brings it back\n"
            )
        );
        // What was taken back is brought back by taking back the taking back.
        assert!(twin(&["undo", &by]).stdout.contains("Kouvola  Vologda  active → suspended"));
        assert_eq!(
            twin(&["undo", "zz"]).stderr,
            "error: no operation is called `zz`\nhint: twin log lists the operations\n"
        );
        assert_eq!(twin(&["undo", ""]).exit, 4);
        assert_eq!(twin(&["log"]).stdout.lines().count(), 9);
    }
}

#[test]
fn what_was_edited_by_other_means_is_not_taken_back() {
    let desk = desk();
    desk.done(&["set", "Lahti", "Pécs", "note=mine"]);
    let table = desk.read("data/partnerships.csv").replace(",mine\n", ",theirs\n");
    let desk = desk.with("data/partnerships.csv", table);
    desk.fails(
        &["undo"],
        5,
        "error: Lahti – Pécs has been changed by other means than twin since; nothing was undone\nhint: twin log lists the operations; twin undo takes any of them\n",
    );
    let nothing = desk.done(&["undo", "--skip-changed"]);
    assert_eq!(nothing.stderr, "Left as it is, for it has changed since: Lahti – Pécs.\nNothing to do.\n");
}

#[test]
fn what_others_refer_to_is_not_taken_back() {
    let desk = desk();
    for args in [
        &["place", "add", "Uusi", "--country", "FI"][..],
        &["add", "Uusi", "Pécs", "--kind", "twin"],
        &["source", "add", "page", "--title", "Page", "--rank", "other"],
        &["set", "Lahti", "Pécs", "sources=page"],
    ] {
        desk.done(args);
    }
    let ids: Vec<String> = operations(&desk).concat();
    let [set, source, add, place] = &ids[..] else { panic!("{ids:?}") };
    for (taken, stands, what) in
        [(place, add, "Uusi – Pécs: new: twin, active"), (source, set, "Lahti – Pécs: sources → page")]
    {
        let error = format!(
            "error: operation {stands} stands in the way: {what} (2026-11-25, by `clerk`); nothing was undone\nhint: twin undo {stands}\n"
        );
        desk.fails(&["undo", taken], 5, &error);
    }
    for taken in [set, source, add, place] {
        desk.done(&["undo", taken]);
    }
    assert_eq!(desk.read("data/municipalities.csv").lines().count(), MUNICIPALITIES.lines().count());
}

#[test]
fn what_was_skipped_is_taken_back_later() {
    let desk = desk();
    desk.done(&["suspend", "--country", "RU", "--kind", "twin", "--on", "2022", "--yes"]);
    desk.done(&["set", "Lahti", "Vologda", "note=x"]);
    let suspended = operations(&desk)[1][0].clone();
    let skipped = desk.done(&["undo", &suspended, "--skip-changed"]);
    assert!(
        skipped.stderr.starts_with("Left as it is, for it has changed since: Lahti – Vologda.\n"),
        "{}",
        skipped.stderr
    );
    // First the note, then what was left.
    desk.done(&["undo"]);
    desk.done(&["undo"]);
    assert_eq!(desk.read("data/partnerships.csv"), PARTNERSHIPS);
    assert_eq!(desk.twin(&["undo"]).exit, 4);
}
