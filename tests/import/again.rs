//! Whatever stands in a list: imported once more it says nothing new.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{RngSeed, TestRunner};
use twinning::edit::Plan;
use twinning::import::outcome::OnConflict;
use twinning::import::reconcile::{List, Options, reconcile};
use twinning::import::statement::Reader;
use twinning::import::{Foreign, Hints, Mapping, Reading};
use twinning::model::{Kind, Rank, Registry};
use twinning::storage::apply::with;
use twinning::storage::{Place, Source};

use super::desk;

/// What columns are called, and what may stand in them: names that are near each other, parts that contradict each other.
const COLUMNS: [(&str, &[&str]); 14] = [
    ("place", &["Kuopio", "Turku", "Åbo", "Kuopio, Finland", "Bodø", "Ny", "Ny, Norway", "Halle", "Oslo, Viken"]),
    ("place_country", &["", "FI", "AX", "Norway"]),
    (
        "partner",
        &[
            "Bodø",
            "Bodo",
            "Bodøen",
            "Bodøya",
            "Bod",
            "Bkod",
            "Bodø kommune",
            "Bodø Municipality",
            "Bodø (Norway)",
            "City of Bodøya",
            "Ø",
            "Ø!",
            "Oslo, Viken",
            "Oslo (Viken)",
            "Oslo",
            "Columbus",
            "Columbus, Ohio",
            "Halle",
            "Turku",
            "Eide",
            "Eide, NO",
            "Ny, NO",
            "Q8114",
            "!",
            "",
        ],
    ),
    ("country", &["", "NO", "Norway", "FI", "AX", "US", "DE", "DK", "FO", "Viken, Norway", "Ohio, US", "Nowhere"]),
    ("partner_id", &["", "no-bodo", "no-a", "fi-a", "us-a", "no-bodoen", "x"]),
    ("partner_wikidata", &["", "Q1", "Q2", "Q8114"]),
    ("partner_code", &["", "853", "1", "2"]),
    ("partner_region", &["", "Viken", "Ohio", "Sachsen-Anhalt"]),
    ("partner_lat", &["", "67.28", "67.3", "60", "-60"]),
    ("partner_lon", &["", "14.4", "14.41", "10"]),
    ("status_since", &["", "2022-03", "2022-03-01", "2999"]),
    ("start", &["", "1949", "1950-05-01"]),
    ("place_id", &["", "no-a", "fi-a", "no-ny"]),
    ("place_wikidata", &["", "Q1", "Q2"]),
];

/// Makes a list of some of the columns.
fn list() -> impl Strategy<Value = String> {
    let columns: Vec<usize> = (0..COLUMNS.len()).filter(|column| ![0, 2].contains(column)).collect();
    let count = columns.len();
    subsequence(columns, 0..=count).prop_flat_map(|columns| {
        let columns: Vec<usize> = [0, 2].into_iter().chain(columns).collect();
        let header: Vec<&str> = columns.iter().map(|column| COLUMNS[*column].0).collect();
        let row: Vec<_> = columns.iter().map(|column| select(COLUMNS[*column].1)).collect();
        let rows = prop::collection::vec(row.prop_map(|cells| cells.join(";") + "\n"), 1..7);
        let header = header.join(";") + "\n";
        rows.prop_map(move |rows| header.clone() + &rows.concat())
    })
}

fn import(registry: &Registry<'_>, lists: &[String], (on_conflict, country): (OnConflict, Option<&str>)) -> Plan {
    let options = Options {
        on_conflict: Some(on_conflict),
        kind: Kind::Twin,
        default_country: [country.and_then(|code| registry.country(code)).map(|country| country.code()); 2],
        today: jiff::civil::date(2026, 11, 25),
    };
    let read = |list: &String| {
        let foreign = Foreign::read("list", list.as_bytes(), &Reading::default()).unwrap();
        let mapping = Mapping::of(&foreign, &Hints::default()).unwrap();
        (foreign, mapping)
    };
    let read: Vec<(Foreign, Mapping)> = lists.iter().map(read).collect();
    let lists: Vec<List<'_>> = read
        .iter()
        .map(|(foreign, mapping)| {
            let reader = Reader { mapping, home: None, split: None };
            List { foreign, reader, source: "town", rank: Rank::Official }
        })
        .collect();
    reconcile(registry, &options, &lists, |_| {}).plan
}

#[test]
fn lists_that_are_imported_again_say_nothing_new() {
    let codes = ["code", "AX", "DE", "DK", "FI", "FO", "HU", "NO", "RU", "US"];
    let is_needed = |line: &&str| line.split(',').next().is_some_and(|code| codes.contains(&code));
    let countries: Vec<&str> = include_str!("../../data/countries.csv").lines().filter(is_needed).collect();
    let desk = desk("list.csv", "").with("reg/countries.csv", countries.join("\n") + "\n");
    let source = Source::open(&Place::Folder(desk.path("reg"))).unwrap();
    let registry = source.load().unwrap();
    // The same lists every time.
    let config = ProptestConfig {
        cases: 400,
        rng_seed: RngSeed::Fixed(1949),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let how = (select(&[OnConflict::Ours, OnConflict::Claim][..]), select(&[None, Some("FI"), Some("NO")][..]));
    let imported = TestRunner::new(config).run(&(prop::collection::vec(list(), 1..3), how), |(lists, how)| {
        let filled = with(&registry, &import(&registry, &lists, how)).unwrap();
        let again = import(&filled, &lists, how);
        prop_assert!(again.is_empty(), "{again:?}");
        Ok(())
    });
    imported.unwrap_or_else(|failure| panic!("{failure}"));
}
