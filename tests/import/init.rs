//! A registry made of a list.

use super::harness::Desk;

const LIST: &str = "Kunta;Ystävyyskunta;Maa;Tila
Kuopio;Bodø;Norja;voimassa
Kuopio;Pskov;Venäjä;keskeytetty
Mariehamn;Visby;Ruotsi;voimassa
Kuopio;Springfield;Yhdysvallat;
";

#[test]
fn a_flat_list_is_enough_to_begin_with() {
    let desk = Desk::new().with("list.csv", LIST);
    let run = desk.done(&["init", "reg", "--from", "list.csv", "--home", "FI", "--dry-run"]);
    assert!(run.stderr.ends_with("Dry run: nothing was written.\n"), "{}", run.stderr);
    assert!(!desk.path("reg").exists() && !desk.path("list.rejects.csv").exists());
    desk.done(&["init", "reg", "--from", "list.csv", "--home", "FI"]);
    let partnerships = desk.read("reg/partnerships.csv");
    assert_eq!(
        partnerships.lines().skip(1).collect::<Vec<_>>(),
        [
            "fi-kuopio,no-bodo,twin,active,,,,,,,",
            "fi-kuopio,ru-pskov,twin,suspended,,,,,,,",
            "fi-mariehamn,se-visby,twin,active,,,,,,,"
        ]
    );
    assert!(desk.read("list.rejects.csv").contains("Springfield"));
    assert_eq!(desk.twin(&["--registry", "reg", "check", "--rule", "dangling-reference,not-canonical"]).exit, 0);
    let again = desk.twin(&["--registry", "reg", "import", "list.csv", "--dry-run", "--default-country", "FI"]);
    assert!(
        again.stderr.contains("0 new, 0 filled in, 3 same, 0 conflict, 0 doubtful, 1 rejected."),
        "{}",
        again.stderr
    );
}

#[test]
fn where_the_left_side_is_must_be_known() {
    let desk = Desk::new().with("list.csv", LIST);
    let run = desk.done(&["init", "reg", "--from", "list.csv"]);
    assert!(run.stderr.contains("0 new, 0 filled in, 0 same, 0 conflict, 0 doubtful, 4 rejected."), "{}", run.stderr);
    assert!(desk.read("list.rejects.csv").contains("its country is not said"));
}

#[test]
fn what_does_not_go_together_is_refused() {
    let desk = Desk::new().with("list.csv", LIST).with("full/file", "");
    for (args, exit) in [
        (&["init", "reg", "--map", "partner=x"][..], 2),
        (&["init", "reg", "--home", "FI"], 2),
        (&["init", "reg", "--from", "list.csv", "--empty"], 2),
        (&["init", "full", "--from", "list.csv", "--home", "FI"], 6),
        (&["init", "reg", "--from", "missing.csv"], 3),
    ] {
        let run = desk.twin(args);
        assert_eq!(run.exit, exit, "{args:?}: {}", run.stderr);
        assert!(!desk.path("reg").exists(), "{args:?}");
    }
}
