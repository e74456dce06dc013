//! The round of a survey: forms that are made, answers that are read, and who has not answered.

use super::harness::{Desk, Run, workbook};
use super::{added, desk, twin};

const HEADER: [&str; 11] = [
    "avain (älä muuta)",
    "kumppani",
    "maa",
    "laji",
    "tila",
    "alkoi",
    "tiedot oikein?",
    "uusi tila alkaen",
    "toimielin",
    "päätös (pvm, §)",
    "huomautuksia",
];
const BODO: [&str; 11] = ["fi-kuopio~no-bodo", "Bodø", "Norja", "ystävyyskunta", "voimassa", "", "", "", "", "", ""];
const GYOR: [&str; 11] =
    ["fi-kuopio~hu-gyor", "Győr", "Unkari", "ystävyyskunta", "voimassa", "17.5.1977", "", "", "", "", ""];

/// Returns a row with some of its cells answered.
fn with<'c>(row: [&'c str; 11], cells: &[(usize, &'c str)]) -> Vec<&'c str> {
    let mut row = row.to_vec();
    cells.iter().for_each(|(column, cell)| row[*column] = cell);
    row
}

/// Makes a desk with Kuopio's answer.
fn answered(rows: &[Vec<&str>]) -> Desk {
    let mut all: Vec<&[&str]> = vec![&["Kuopio"], &["vastattu", "2026-10"], &HEADER];
    all.extend(rows.iter().map(Vec::as_slice));
    desk("list.csv", "").with("answers/fi-kuopio.xlsx", workbook(&all))
}

fn read(desk: &Desk, args: &[&str]) -> Run {
    twin(desk, &[&["survey", "read", "answers", "--yes"], args].concat())
}

fn told(run: &Run) -> Vec<String> {
    run.stdout.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_form_is_made_for_each_municipality_at_home_and_never_over_another() {
    let desk = desk("list.csv", "");
    let run = twin(&desk, &["survey", "make", "--out", "a/forms"]);
    assert_eq!((run.exit, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(run.stderr.ends_with("3 forms are in a/forms.\n"), "{}", run.stderr);
    let names = || -> Vec<String> {
        let entries = std::fs::read_dir(desk.path("a/forms")).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["fi-kouvola.xlsx", "fi-kuopio.xlsx", "fi-turku.xlsx"]);
    let before = std::fs::read(desk.path("a/forms/fi-kuopio.xlsx")).unwrap();
    let run = twin(&desk, &["survey", "make", "--out", "a/forms", "--place", "Kuopio"]);
    assert_eq!(
        (run.exit, run.stderr.as_str()),
        (
            6,
            "error: a/forms/fi-kuopio.xlsx is there already, and may hold an answer; nothing was written\nhint: --out names another folder\n"
        )
    );
    twin(&desk, &["survey", "make", "--out", "b", "--region", "Pohjois-Savo"]);
    assert_eq!(std::fs::read(desk.path("b/fi-kuopio.xlsx")).unwrap(), before, "the same form is the same bytes");
    assert!(!desk.path("b/fi-turku.xlsx").exists());
    let run = twin(&desk, &["survey", "make", "--out", "c", "--place", "Bodø"]);
    assert_eq!(run.exit, 4, "{}", run.stderr);
}

#[test]
fn a_form_that_nobody_has_filled_in_is_no_answer() {
    let desk = desk("list.csv", "");
    for (lang, unanswered) in [
        ("fi", "3/3 ei ole vastannut: Kouvola, Kuopio, Turku"),
        ("sv", "3 av 3 har inte svarat: Kouvola, Kuopio, Åbo"),
        ("en", "3 of 3 have not answered: Kouvola, Kuopio, Turku"),
    ] {
        twin(&desk, &["survey", "make", "--out", lang, "--lang", lang]);
        let before = desk.files_of_registry("reg");
        let run = twin(&desk, &["survey", "read", lang, "--lang", lang]);
        assert_eq!(run.exit, 0, "{}", run.stderr);
        assert!(run.stderr.lines().any(|line| line == unanswered), "{}", run.stderr);
        assert_eq!(desk.files_of_registry("reg"), before);
    }
}

#[test]
fn an_answer_is_what_the_municipality_says_itself() {
    let desk = answered(&[
        with(GYOR, &[(6, "kyllä")]),
        with(BODO, &[(5, "1949"), (6, "Ei")]),
        vec![
            "",
            "Pskov",
            "Venäjä",
            "ystävyyskunta",
            "keskeytetty",
            "1967",
            "",
            "1.3.2022",
            "Kaupunginhallitus",
            "§ 5",
            "",
        ],
    ]);
    let run = read(&desk, &[]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("fi-kuopio.xlsx: Kuopio, answered 2026-10\n"), "{}", run.stdout);
    assert_eq!(
        told(&run),
        [
            "new row 6 Kuopio–Pskov (Russia): adds ru-pskov",
            "filled in row 4 Kuopio–Győr: verified_on 2024 → 2026-10",
            "filled in row 5 Kuopio–Bodø: start → 1949; verified_on → 2026-10",
        ]
    );
    assert_eq!(
        added(&desk, "partnerships"),
        [
            "fi-kuopio,hu-gyor,twin,active,1977-05-17,,,,town;survey-2026-fi-kuopio,2026-10,",
            "fi-kuopio,no-bodo,twin,active,1949,,,,wiki;survey-2026-fi-kuopio,2026-10,",
            "fi-kuopio,ru-pskov,twin,suspended,1967,,,,survey-2026-fi-kuopio,2026-10,",
        ]
    );
    assert_eq!(
        added(&desk, "sources"),
        ["survey-2026-fi-kuopio,Kuopio: answer to the survey 2026,Kuopio,official,,2026-10,,"]
    );
    let events = desk.read("reg/events.csv");
    assert_eq!(
        events.lines().nth(1),
        Some("fi-kuopio,ru-pskov,2022-03-01,suspended,,Kaupunginhallitus,§ 5,,,survey-2026-fi-kuopio")
    );
    assert!(run.stderr.lines().any(|line| line == "2 of 3 have not answered: Kouvola, Turku"), "{}", run.stderr);
    // Read again, nothing is new.
    let before = desk.files_of_registry("reg");
    let run = read(&desk, &[]);
    assert!(run.stderr.ends_with("Nothing to do.\n"), "{}", run.stderr);
    assert_eq!(desk.files_of_registry("reg"), before);
}

#[test]
fn a_row_that_is_missing_is_asked_about_and_ends_nothing() {
    let desk = answered(&[with(GYOR, &[(6, "kyllä"), (10, "Juhlavuosi 2027")])]);
    let run = read(&desk, &[]);
    assert_eq!(
        told(&run),
        [
            "filled in row 4 Kuopio–Győr: verified_on 2024 → 2026-10",
            "remarks row 4 Kuopio–Győr: “Juhlavuosi 2027”",
            "asks Kuopio–Bodø has no row in the answer any more; that is no ending: ask, and then twin end or twin keep",
        ]
    );
    assert!(desk.read("reg/partnerships.csv").contains("fi-kuopio,no-bodo,twin,active,"));
}

#[test]
fn a_new_status_is_taken_with_its_decision_if_that_is_wanted() {
    let rows =
        [GYOR.to_vec(), with(BODO, &[(4, "päättynyt"), (7, "2026-05-12"), (8, "Valtuusto"), (9, "12.5.2026 § 40")])];
    let desk = answered(&rows);
    let run = read(&desk, &[]);
    assert_eq!(run.exit, 5, "{}", run.stderr);
    assert_eq!(
        told(&run),
        ["conflict row 5 Kuopio–Bodø: status active here (wiki), historic in the file; the file ranks higher"]
    );
    assert_eq!(added(&desk, "partnerships"), Vec::<String>::new());
    let run = read(&desk, &["--on-conflict", "theirs"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    let events = desk.read("reg/events.csv");
    assert_eq!(
        events.lines().nth(1),
        Some("fi-kuopio,no-bodo,2026-05-12,ended,,Valtuusto,12.5.2026 § 40,,,survey-2026-fi-kuopio")
    );
    assert!(desk.read("reg/partnerships.csv").contains("fi-kuopio,no-bodo,twin,historic,,2026-05-12,"));
    let run = read(&desk, &["--on-conflict", "theirs"]);
    assert!(run.stderr.ends_with("Nothing to do.\n"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn what_is_said_not_to_be_right_is_told() {
    let desk = answered(&[with(GYOR, &[(6, "ei")]), with(BODO, &[(6, "kyllä")])]);
    let run = read(&desk, &[]);
    assert!(
        told(&run).contains(&"doubtful row 4 Kuopio–Győr is said not to be right, and not what is right".to_owned()),
        "{}",
        run.stdout
    );
    assert!(desk.read("reg/partnerships.csv").contains("fi-kuopio,hu-gyor,twin,active,1977-05-17,,,,town,2024,"));
}

#[test]
fn what_is_no_answer_is_refused() {
    for (name, bytes, exit, error) in [
        (
            "answers/x.xlsx",
            workbook(&[&["Kunta"]]),
            3,
            "error: answers/x.xlsx: no sheet of it is a form of `twin survey make`\n",
        ),
        ("answers/x.xlsx", b"PK\x03\x04".to_vec(), 3, ""),
        (
            "answers/x.txt",
            Vec::new(),
            3,
            "error: answers holds no answers: no XLSX, ODS or XLS file\nhint: twin survey make --out DIR makes the forms\n",
        ),
        (
            "answers/x.xlsx",
            workbook(&[&HEADER]),
            4,
            "error: answers/x.xlsx: no municipality is called `x`\nhint: twin stats --by municipality --all\n",
        ),
        (
            "answers/fi-kuopio.xlsx",
            workbook(&[&["Kuopio"], &["vastattu", "soon"], &HEADER]),
            3,
            "error: answers/fi-kuopio.xlsx: row 2: `soon` is no date; write 1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016] or [2010..2022]\n",
        ),
        (
            "answers/fi-kuopio.xlsx",
            workbook(&[&["vastattu", "2926"], &HEADER, &with(BODO, &[(6, "kyllä")])]),
            6,
            "error: answers/fi-kuopio.xlsx: `2926` lies in the future; nothing was written\n",
        ),
    ] {
        let desk = desk("list.csv", "").with(name, bytes);
        let run = twin(&desk, &["survey", "read", "answers"]);
        assert_eq!(run.exit, exit, "{}", run.stderr);
        assert!(error.is_empty() || run.stderr == error, "{}", run.stderr);
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    }
}
