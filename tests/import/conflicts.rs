//! Values that disagree: whose stands, and what becomes of the other.

use super::{added, counts, desk, twin};

const LIST: &str = "place,partner,country,kind,status,start,since,end
Kouvola,Vologda,Russia,friendship,suspended,1998,2022-03-01,
Turku,Halle,Germany,,active,1950,,
";

fn import(whose: &[&str]) -> (super::harness::Desk, super::harness::Run) {
    let desk = desk("list.csv", LIST.replace("Turku,Halle,Germany", "Turku,Győr,Hungary"));
    let run = twin(&desk, &[&["import", "list.csv", "--yes", "--cite", "town"], whose].concat());
    (desk, run)
}

#[test]
fn without_a_word_the_row_is_left() {
    let (desk, run) = import(&[]);
    assert_eq!(counts(&run), "1 new, 0 filled in, 0 same, 1 conflict, 0 doubtful, 0 rejected.");
    assert_eq!(run.exit, 5);
    assert!(run.stdout.contains(
        "conflict     row 2    Kouvola–Vologda: kind twin here (wiki), friendship in the file; status active here (wiki), suspended in the file; start 1997 here (wiki), 1998 in the file; the file ranks higher\n"
    ), "{}", run.stdout);
    assert_eq!(added(&desk, "partnerships"), ["fi-turku,hu-gyor,twin,active,1950,,,,town,,"]);
    assert!(desk.read("list.rejects.csv").contains("Kouvola;Vologda;Russia;friendship;suspended;1998;2022-03-01;;"));
}

#[test]
fn ours_stand() {
    let (desk, run) = import(&["--on-conflict", "ours"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    assert!(run.stdout.contains("; the file ranks higher; left as it is\n"), "{}", run.stdout);
    assert_eq!(added(&desk, "partnerships"), ["fi-turku,hu-gyor,twin,active,1950,,,,town,,"]);
    assert_eq!(added(&desk, "claims"), Vec::<String>::new());
    assert!(!desk.path("list.rejects.csv").exists());
}

#[test]
fn theirs_are_taken_with_the_event_and_ours_stay_as_claims() {
    let (desk, run) = import(&["--on-conflict", "theirs"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    assert_eq!(
        added(&desk, "partnerships"),
        [
            "fi-kouvola,ru-vologda,friendship,suspended,1998,,,,wiki;town,,",
            "fi-turku,hu-gyor,twin,active,1950,,,,town,,"
        ]
    );
    assert_eq!(
        added(&desk, "claims"),
        ["fi-kouvola,ru-vologda,kind,twin,wiki,,", "fi-kouvola,ru-vologda,start,1997,wiki,,"]
    );
    let events = desk.read("reg/events.csv");
    assert_eq!(events.lines().nth(1), Some("fi-kouvola,ru-vologda,2022-03-01,suspended,,,,,,town"));
    // Twice is no more than once.
    let before = desk.files_of_registry("reg");
    let run = twin(&desk, &["import", "list.csv", "--yes", "--cite", "town", "--on-conflict", "theirs"]);
    assert_eq!(counts(&run), "0 new, 0 filled in, 2 same, 0 conflict, 0 doubtful, 0 rejected.");
    assert_eq!(desk.files_of_registry("reg"), before);
}

#[test]
fn a_status_without_its_day_is_not_taken() {
    let desk = desk("list.csv", "place,partner_id,status\nKouvola,ru-vologda,suspended\nTurku,de-halle-saale,active\n");
    let run = twin(&desk, &["import", "list.csv", "--yes", "--on-conflict", "theirs"]);
    assert_eq!(run.exit, 5, "{}", run.stderr);
    let rejects = desk.read("list.rejects.csv");
    for reason in [
        "the day of the new status is not said; twin suspend, resume or end wants it",
        "what has ended is not taken up again by an import",
    ] {
        assert_eq!(run.stdout.matches(reason).count(), 1, "{}", run.stdout);
        assert_eq!(rejects.matches(reason).count(), 1);
    }
    assert_eq!(added(&desk, "partnerships"), Vec::<String>::new());
}

#[test]
fn theirs_are_kept_as_claims_of_their_source() {
    let (desk, run) = import(&["--on-conflict", "claim"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    assert_eq!(added(&desk, "partnerships"), ["fi-turku,hu-gyor,twin,active,1950,,,,town,,"]);
    assert_eq!(
        added(&desk, "claims"),
        [
            "fi-kouvola,ru-vologda,kind,friendship,town,2026-11-25,",
            "fi-kouvola,ru-vologda,start,1998,town,2026-11-25,",
            "fi-kouvola,ru-vologda,status,suspended,town,2026-11-25,",
        ]
    );
    let before = desk.files_of_registry("reg");
    let run = twin(&desk, &["import", "list.csv", "--yes", "--cite", "town", "--on-conflict", "claim"]);
    assert_eq!(counts(&run), "0 new, 0 filled in, 1 same, 1 conflict, 0 doubtful, 0 rejected.");
    assert_eq!(desk.files_of_registry("reg"), before);
}

#[test]
fn a_claim_wants_its_source() {
    let desk = desk("list.csv", LIST);
    desk.fails(
        &["--registry", "reg", "import", "list.csv", "--on-conflict", "claim"],
        2,
        "error: a claim is somebody's; `--on-conflict claim` wants the source\nhint: --cite ID or --cite URL\n",
    );
}

#[test]
fn an_address_that_no_source_has_becomes_one() {
    let desk = desk("list.csv", "place,partner,country\nTurku,Bodø,Norway\n");
    let run = twin(&desk, &["import", "list.csv", "--cite", "https://example.net/list", "--yes"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    assert_eq!(
        added(&desk, "sources"),
        ["example-net-2026,https://example.net/list,,other,https://example.net/list,,2026-11-25,"]
    );
    assert_eq!(added(&desk, "partnerships"), ["fi-turku,no-bodo,twin,active,,,,,example-net-2026,,"]);
}
