//! The six things that a row can be.

use super::harness::Desk;
use super::{added, counts, desk, told, twin};

const SURVEY: &str = "Kunta;Ystävyyskunta;Maa;Alkaen;Tila
Kuopio;Bodø;Norja;1949;voimassa
Kuopio;Gyor;Unkari;17.5.1977;voimassa
Kouvola;Vologda;Venäjä;1998;voimassa
Kouvola;Balatonfüred;Unkari;2001;voimassa
Kouvola;Springfield;Yhdysvallat;;
Kuopio;Gödöllő;Unkarri;;
";

fn survey() -> Desk {
    desk("survey.csv", format!("\u{FEFF}{SURVEY}").replace('\n', "\r\n"))
}

#[test]
fn each_row_is_one_of_six_and_all_are_counted() {
    let desk = survey();
    let before = desk.files("reg");
    let run = twin(&desk, &["import", "survey.csv", "--dry-run"]);
    assert_eq!(
        run.stdout,
        "survey.csv: 6 rows, semicolons; Kunta = place, Ystävyyskunta = partner, Maa = country, Alkaen = start, Tila = status
new          row 5    Kouvola–Balatonfüred (Hungary): adds hu-balatonfured
filled in    row 2    Kuopio–Bodø: start → 1949
same         row 3    Kuopio–Győr (“Gyor”, spelt otherwise)
same         row 6    Kouvola–Springfield
conflict     row 4    Kouvola–Vologda: start 1997 here (wiki), 1998 in the file; the source here ranks higher
rejected     row 7    Kuopio–Gödöllő: unknown country “Unkarri”; did you mean Hungary (HU)?
"
        .replace("same         row 6    Kouvola–Springfield\n", "")
        .replace("adds hu-balatonfured\n", "adds hu-balatonfured\nnew          row 6    Kouvola–Springfield\n")
    );
    assert_eq!(counts(&run), "2 new, 1 filled in, 1 same, 1 conflict, 0 doubtful, 1 rejected.");
    assert_eq!(run.exit, 5);
    assert_eq!(desk.files("reg"), before);
    assert!(!desk.path("survey.rejects.csv").exists());
}

#[test]
fn what_is_taken_over_is_written_and_what_is_not_is_kept_with_the_reason() {
    let desk = survey();
    let run = twin(&desk, &["import", "survey.csv", "--yes", "--cite", "page"]);
    assert_eq!(run.exit, 5, "{}", run.stderr);
    assert_eq!(added(&desk, "municipalities").len(), 1, "{:?}", added(&desk, "municipalities"));
    assert_eq!(
        added(&desk, "partnerships"),
        [
            "fi-kouvola,hu-balatonfured,twin,active,2001,,,,page,,",
            "fi-kouvola,us-springfield-il,twin,active,,,,,page,,",
            "fi-kuopio,no-bodo,twin,active,1949,,,,wiki;page,,",
        ]
    );
    let rejects = desk.read("survey.rejects.csv");
    assert_eq!(
        rejects,
        "\u{FEFF}Kunta;Ystävyyskunta;Maa;Alkaen;Tila;reason\r
Kouvola;Vologda;Venäjä;1998;voimassa;start 1997 here (wiki), 1998 in the file; the source here ranks higher\r
Kuopio;Gödöllő;Unkarri;;;unknown country “Unkarri”; did you mean Hungary (HU)?\r
"
        .replace(
            "1998;voimassa;start 1997 here (wiki), 1998 in the file; the source here ranks higher",
            "1998;voimassa;\"start 1997 here (wiki), 1998 in the file; the source here ranks higher\""
        )
        .replace(
            "Unkarri;;;unknown country “Unkarri”; did you mean Hungary (HU)?",
            "Unkarri;;;\"unknown country “Unkarri”; did you mean Hungary (HU)?\""
        )
    );
    // Corrected, it is imported again; twice is no more than once.
    let corrected = rejects.replace("Unkarri", "Unkari").replace(";1998;", ";1997;");
    std::fs::write(desk.path("survey.rejects.csv"), corrected).unwrap();
    let run = twin(&desk, &["import", "survey.rejects.csv", "--yes"]);
    assert_eq!(counts(&run), "1 new, 0 filled in, 1 same, 0 conflict, 0 doubtful, 0 rejected.");
    assert_eq!(run.exit, 0, "{}", run.stderr);
    let before = desk.files_of_registry("reg");
    let run = twin(&desk, &["import", "survey.rejects.csv", "--yes"]);
    assert_eq!(counts(&run), "0 new, 0 filled in, 2 same, 0 conflict, 0 doubtful, 0 rejected.");
    assert!(run.stderr.ends_with("Nothing to do.\n"), "{}", run.stderr);
    assert_eq!(desk.files_of_registry("reg"), before);
    assert!(!desk.path("survey.rejects.rejects.csv").exists());
}

#[test]
fn an_import_is_a_plan_like_any_other() {
    let desk = survey();
    let before = desk.files_of_registry("reg");
    let run = twin(&desk, &["import", "survey.csv", "--save-plan", "plan.jsonl"]);
    assert_eq!(run.exit, 5, "{}", run.stderr);
    assert_eq!(desk.files_of_registry("reg"), before);
    let plan = desk.read("plan.jsonl");
    let thinned: Vec<&str> = plan.lines().filter(|line| !line.contains("springfield")).collect();
    assert_eq!(thinned.len() + 1, plan.lines().count());
    std::fs::write(desk.path("plan.jsonl"), thinned.join("\n") + "\n").unwrap();
    assert_eq!(twin(&desk, &["apply", "plan.jsonl", "--yes"]).exit, 0);
    assert_eq!(added(&desk, "partnerships").len(), 2);
    let log = twin(&desk, &["log", "--format", "json"]).json();
    assert_eq!(log[0]["command"], "twin import survey.csv", "{log}");
    assert_eq!(twin(&desk, &["undo", "--yes"]).exit, 0);
    assert_eq!(added(&desk, "partnerships"), Vec::<String>::new());
    // More than one thing is asked for.
    let run = twin(&desk, &["import", "survey.csv"]);
    assert_eq!(run.exit, 6, "{}", run.stderr);
    assert_eq!(added(&desk, "partnerships"), Vec::<String>::new());
}

#[test]
fn a_row_that_cannot_be_used_says_why() {
    for (row, reason) in [
        ("Kuopio;;Norja;;", "Kuopio–: it names no partner"),
        (";Bodø;Norja;;", "–Bodø: it names no place"),
        ("Kuopio;Bodø;Norja;31.2.1949;", "Kuopio–Bodø: start: `31.2.1949` is no day of the calendar"),
        ("Kuopio;Bodø;Norja;2031;", "Kuopio–Bodø: start 2031 lies in the future"),
        ("Kuopio;Bodø;Norja;;kesken", "Kuopio–Bodø: status is “kesken”; it must be one of active, suspended, historic"),
        ("Kuopio;Kuopio;Suomi;;", "Kuopio–Kuopio: both places are Kuopio"),
        ("Kuopio;Bodø;Japa;;", "Kuopio–Bodø: unknown country “Japa”; did you mean Japan (JP)?"),
        ("Kuopio;Bodø;Rauma, Norway;;", "Kuopio–Bodø: unknown country “Rauma, Norway”; did you mean Norway (NO)?"),
        (
            "Kuopio;Bodø;Neuvostoliitto;;",
            "Kuopio–Bodø: “Neuvostoliitto” is no country today; its places are in Russia (RU) or Ukraine (UA) or Belarus (BY) or Estonia (EE) or Latvia (LV) or Lithuania (LT) or Moldova (MD) or Georgia (GE) or Armenia (AM) or Azerbaijan (AZ) or Kazakhstan (KZ) or Kyrgyzstan (KG) or Tajikistan (TJ) or Turkmenistan (TM) or Uzbekistan (UZ)",
        ),
        ("Kuopio;Oslo;;;", "Kuopio–Oslo: no place here is called “Oslo”, and its country is not said"),
        ("Rauma;Bodø;Norja;;", "Rauma–Bodø: no place here is called “Rauma”, and its country is not said"),
        ("Kuopio;Q42;Norja;;", "Kuopio–Q42: “Q42” is not here, and has no name in the file"),
        ("Kuopio;Bodø;Győr;;", "Kuopio–Bodø: unknown country “Győr”"),
        (
            "Kuopio;Utica;Yhdysvallat;;",
            "Kuopio–Utica: a place in the United States has its state in its id; its region is wanted",
        ),
        ("Kuopio;Bodø;Tromsø;;", "Kuopio–Bodø: unknown country “Tromsø”"),
        (
            "Kuopio;\"Bodø; Győr\";;;",
            "Kuopio–Bodø; Győr: several partners stand in one cell; --split '[;|]' takes them apart",
        ),
    ] {
        let list = format!("Kunta;Ystävyyskunta;Maa;Alkaen;Tila\n{row}\n");
        assert_eq!(told(&list, &[]), [format!("rejected row 2 {reason}")], "{row}");
    }
}

#[test]
fn less_exact_dates_that_agree_are_the_same_and_more_exact_ones_fill_in() {
    for (start, outcome) in [
        ("1977", "same row 2 Kuopio–Győr"),
        ("5/1977", "same row 2 Kuopio–Győr"),
        ("17.5.1977", "same row 2 Kuopio–Győr"),
        ("197X", "same row 2 Kuopio–Győr"),
        (
            "1978",
            "conflict row 2 Kuopio–Győr: start 1977-05-17 here (town), 1978 in the file; the source here ranks higher",
        ),
        (
            "18.5.1977",
            "conflict row 2 Kuopio–Győr: start 1977-05-17 here (town), 1977-05-18 in the file; the source here ranks higher",
        ),
    ] {
        assert_eq!(
            told(&format!("Kunta;Ystävyyskunta;Maa;Alkaen\nKuopio;Győr;HU;{start}\n"), &[]),
            [outcome],
            "{start}"
        );
    }
    let list = "Kunta;Ystävyyskunta;Maa;Alkaen\nKouvola;Vologda;RU;3.4.1997\n";
    assert_eq!(told(list, &[]), ["filled in row 2 Kouvola–Vologda: start 1997 → 1997-04-03"]);
    let list = "Kunta;Ystävyyskunta;Maa;verified_on\nKuopio;Győr;HU;2023\nKuopio;Győr;HU;2025-01\n";
    assert_eq!(told(list, &[]), ["filled in row 3 Kuopio–Győr: verified_on 2024 → 2025-01", "same row 2 Kuopio–Győr"]);
}

#[test]
fn the_same_pair_again_is_held_against_the_row_before() {
    let list = "city,country,twin,twin country,kind
Kuopio,Finland,Pécs,Hungary,friendship
Pécs,Hungary,Kuopio,Finland,friendship
Kuopio,Finland,Pecs,Hungary,twin
";
    assert_eq!(
        told(list, &[]),
        [
            "new row 2 Kuopio–Pécs (Hungary): adds hu-pecs",
            "same row 3 Pécs (Hungary)–Kuopio",
            "conflict row 4 Kuopio–Pécs (Hungary) (“Pecs”, spelt otherwise): kind friendship here, twin in the file; of equal rank",
        ]
    );
}

#[test]
fn words_and_reasons_are_told_in_three_languages() {
    let desk = survey();
    for (lang, line, counted) in [
        (
            "fi",
            "ristiriita   rivi 4   Kouvola–Vologda: start täällä 1997 (wiki), tiedostossa 1998; täällä on parempi lähde",
            "2 uutta, 1 täydentää, 1 samaa, 1 ristiriitaa, 0 epäselvää, 1 hylättyä.",
        ),
        (
            "sv",
            "konflikt     rad 4    Kouvola–Vologda: start 1997 här (wiki), 1998 i filen; källan här är bättre",
            "2 nya, 1 kompletterar, 1 samma, 1 konflikter, 0 osäkra, 1 avvisade.",
        ),
    ] {
        let run = twin(&desk, &["import", "survey.csv", "--dry-run", "--lang", lang]);
        assert!(run.stdout.lines().any(|told| told == line), "{}", run.stdout);
        assert!(run.stderr.lines().any(|told| told == counted), "{}", run.stderr);
    }
}
