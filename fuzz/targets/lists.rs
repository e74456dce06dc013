//! Any bytes as a foreign list: it is refused, or each row is told in every language; what it adds can be written and read,
//! and the same list then adds nothing more.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use twinning::edit::Plan;
use twinning::i18n::Language;
use twinning::import::outcome::OnConflict;
use twinning::import::reconcile::{List, Options, Reconciled, reconcile};
use twinning::import::statement::Reader;
use twinning::import::{Foreign, Hints, Mapping, Reading};
use twinning::model::{Kind, Rank, Registry};
use twinning::report::{Context, importing};
use twinning::storage::apply::with;
use twinning_fuzz::{folder, json};

const COUNTRIES: &[u8] =
    b"code,name,continent\nDE,Germany,Europe\nFI,Finland,Europe\nNO,Norway,Europe\nUS,United States,North America\n";
const MUNICIPALITIES: &[u8] = "id,name,country,type,code,aliases,lat,lon,wikidata
fi-kuopio,Kuopio,FI,municipality,297,,62.89,27.68,Q1757
fi-turku,Turku,FI,municipality,853,Åbo,60.45,22.27,
no-bodo,Bodø,NO,municipality,,,67.28,14.4,Q8114
"
.as_bytes();
const PARTNERSHIPS: &[u8] = b"a,b,kind,status,start,sources\nfi-kuopio,no-bodo,twin,active,1949,page\n";
const SOURCES: &[u8] = b"id,title,rank\nlist,List,official\npage,Page,other\n";
const PACKAGE: &[u8] = br#"{"twinning":{"format":1,"home":["FI"]}}"#;

fn import(registry: &Registry<'_>, foreign: &Foreign, mapping: &Mapping, on_conflict: OnConflict) -> Plan {
    let options = Options {
        on_conflict: Some(on_conflict),
        kind: Kind::Twin,
        default_country: [None; 2],
        today: date(2026, 11, 25),
    };
    let reader = Reader { mapping, home: None, split: None };
    let list = List { foreign, reader, source: "list", rank: Rank::Official };
    let Reconciled { lines, plan } = reconcile(registry, &options, &[list], |_| {});
    let lines = lines.concat();
    for lang in ["en", "fi", "sv"] {
        let language = Language::of(lang);
        let context = Context::new(registry, &language, None);
        let (told, hidden) = importing::lines(context, &lines, false);
        assert_eq!(told.len() + hidden, lines.len());
        importing::reading(context.lang(), "list", foreign, mapping);
    }
    plan
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(foreign) = Foreign::read("list", bytes, &Reading::default()) else { return };
    let Ok(mapping) = Mapping::of(&foreign, &Hints::default()) else { return };
    let files = [
        ("countries.csv", COUNTRIES),
        ("municipalities.csv", MUNICIPALITIES),
        ("partnerships.csv", PARTNERSHIPS),
        ("sources.csv", SOURCES),
        ("datapackage.json", PACKAGE),
    ];
    let source = folder(&files);
    let registry = source.load().expect("the small registry is sound");
    for on_conflict in [OnConflict::Ours, OnConflict::Theirs, OnConflict::Claim] {
        let plan = import(&registry, &foreign, &mapping, on_conflict);
        let filled = with(&registry, &plan).expect("what was planned can be written");
        json(&filled);
        let again = import(&filled, &foreign, &mapping, on_conflict);
        // Where a list contradicts itself and its word is taken, each of its rows has it in turn.
        assert!(again.is_empty() || on_conflict == OnConflict::Theirs, "{again:?}");
    }
});
