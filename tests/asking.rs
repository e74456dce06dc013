//! What the program answers about the shipped data, held against the tables read without it.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::{BTreeMap, BTreeSet};

use harness::{Record, done, records, twin};
use serde_json::{Value, json};

/// Partnerships as pairs of ids, the place first.
type Pairs = BTreeSet<(String, String)>;

/// Lists pairs with the program.
fn listed(args: &[&str]) -> Pairs {
    let run = done(&[&["list", "--format", "csv", "--fields", "place_id,partner_id"], args].concat());
    let rows = run.rows();
    let pairs: Pairs = rows.iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    assert_eq!(pairs.len(), rows.len(), "{args:?} lists a pair twice");
    pairs
}

/// Finds pairs in the tables, given as the tables have them: the side at home first.
fn recorded(is_meant: impl Fn(&Record, &Record) -> bool) -> Pairs {
    let places: BTreeMap<String, Record> =
        records("municipalities").into_iter().map(|row| (row["id"].clone(), row)).collect();
    let meant = records("partnerships").into_iter().filter(|row| is_meant(row, &places[&row["b"]]));
    meant.map(|row| (row["a"].clone(), row["b"].clone())).collect()
}

fn is_in_force(partnership: &Record) -> bool {
    partnership["status"] != "historic"
}

fn pairs(place: &str, partners: &[&str]) -> Pairs {
    partners.iter().map(|partner| (place.to_owned(), (*partner).to_owned())).collect()
}

#[track_caller]
fn tells(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is not said:\n{text}");
    }
}

#[test]
fn kuopio_has_thirteen_partners_and_says_so_of_more() {
    let own = recorded(|row, _| row["a"] == "fi-kuopio");
    assert_eq!((own.len(), listed(&["Kuopio"])), (13, own));
    let run = done(&["list", "Kuopio"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let words: Vec<Vec<&str>> = lines.iter().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(words[0], ["PARTNER", "COUNTRY", "KIND", "STATUS", "SINCE"]);
    assert_eq!(words[3], ["Bodø", "Norway", "twin", "active"]);
    assert_eq!(words[13], ["Winnipeg", "Canada", "twin", "active", "1982-06-11"]);
    assert_eq!(lines.len(), 14);
    tells(&run.stderr, &["13 in force", "15 sister cities", "1 sister region", "4 more", "twin claims Kuopio"]);
    tells(&run.stderr, &["Pskov", "Pitkyaranta", "Rakvere", "Trabzon"]);
}

#[test]
fn helsinki_has_no_sister_cities_but_partners() {
    let run = done(&["list", "Helsinki", "--kind", "twin"]);
    assert_eq!(run.stdout, "");
    tells(
        &run.stderr,
        &["Helsinki has no sister cities, and says so itself: “Helsinki has no official sister cities”"],
    );
    tells(&run.stderr, &["2020-10-21", "8 other partnerships: twin list Helsinki"]);

    let own = recorded(|row, _| row["a"] == "fi-helsinki" && is_in_force(row));
    assert_eq!(listed(&["Helsinki"]), own);
    let rows = done(&["list", "Helsinki", "--format", "csv", "--fields", "partner,kind,status,status_since"]).rows();
    for name in ["Moscow", "Saint Petersburg"] {
        let row = rows.iter().find(|row| row[0] == name).map(|row| row[1..].join(" "));
        assert_eq!(row.as_deref(), Some("partner suspended 2022-03-01"), "{name}");
    }
}

#[test]
fn what_is_suspended_is_listed_in_swedish() {
    let own = recorded(|row, partner| row["status"] == "suspended" && partner["country"] == "RU");
    assert_eq!((own.len(), listed(&["--country", "RU", "--status", "suspended"])), (63, own));
    let run = done(&["list", "--country", "RU", "--status", "suspended", "--lang", "sv"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let header: Vec<&str> = lines[0].split_whitespace().collect();
    assert_eq!(header, ["KOMMUN", "PARTNER", "LAND", "SLAG", "STATUS", "SEDAN"]);
    assert_eq!(lines.iter().filter(|line| line.contains("avbruten") && line.contains("Ryssland")).count(), 63);
    tells(&run.stdout, &["Helsingfors", "Sankt Petersburg", "vänort"]);
    tells(&run.stderr, &["63 avbrutna"]);
    // Swedish has å, ä and ö last.
    assert!(
        lines.iter().position(|line| line.starts_with("Åbo"))
            > lines.iter().position(|line| line.starts_with("Varkaus"))
    );
}

#[test]
fn a_country_counts_its_territories_when_asked() {
    let with =
        |codes: &[&str]| recorded(|row, partner| is_in_force(row) && codes.contains(&partner["country"].as_str()));
    let alone = with(&["DK"]);
    for name in ["DK", "dk", "Danmark", "Tanska", "denmark"] {
        assert_eq!(listed(&["--country", name]), alone, "{name}");
    }
    for name in ["DK+", "Danmark+"] {
        assert_eq!(listed(&["--country", name]), with(&["DK", "FO", "GL"]), "{name}");
    }
    let run = done(&["list", "--country", "Danmark"]);
    tells(
        &run.stderr,
        &["56 in force", "Faroe Islands 3", "Greenland 1", "--country DK+", "`Danmark` read as Denmark"],
    );
    assert!(!done(&["list", "--country", "DK+"]).stderr.contains("Faroe"));
}

#[test]
fn a_place_is_found_by_whatever_it_is_called() {
    for (typed, id) in [
        ("Kuopio", "fi-kuopio"),
        ("KUOPIO", "fi-kuopio"),
        ("fi-kuopio", "fi-kuopio"),
        ("297", "fi-kuopio"),
        ("091", "fi-helsinki"),
        ("Q1757", "fi-helsinki"),
        ("q1757", "fi-helsinki"),
        ("Helsingfors", "fi-helsinki"),
        ("Åbo", "fi-turku"),
        ("abo", "fi-turku"),
        ("Tammerfors", "fi-tampere"),
        ("bodo", "no-bodo"),
        ("gyor", "hu-gyor"),
        ("aluksne", "lv-aluksne"),
        ("lodz", "pl-lodz"),
        ("naestved", "dk-naestved"),
        ("hillerod", "dk-hillerod"),
        ("castrop rauxel", "de-castrop-rauxel"),
        ("Pietari", "ru-sankt-peterburg"),
        ("Leningrad", "ru-sankt-peterburg"),
        ("Kiova", "ua-kyiv"),
        ("Rauma, FI", "fi-rauma"),
        ("Rauma, Norja", "no-rauma"),
        ("rauma, norge", "no-rauma"),
    ] {
        let sheet = done(&["show", typed, "--format", "json"]).json();
        assert_eq!(sheet[0]["id"], id, "{typed}");
    }
    assert_eq!(done(&["show", "Rauma", "--in", "Norway", "--format", "json"]).json()[0]["id"], "no-rauma");
    for (typed, read) in [("bodo", "`bodo` read as Bodø (Norway)"), ("297", "`297` read as Kuopio (Finland)")] {
        tells(&done(&["list", typed]).stderr, &[read]);
    }
    assert!(!done(&["list", "Kuopio"]).stderr.contains("read as"));
}

#[test]
fn a_name_is_never_guessed() {
    // What is typed, what is said of it, and the candidates.
    for (args, message, hint, candidates) in [
        (
            ["list", "Kuopo"],
            "no municipality is called `Kuopo`",
            "did you mean Kuopio (Finland)? twin list Kuopio",
            "fi-kuopio",
        ),
        (["list", "Kirovsk"], "`Kirovsk` may be ", "twin list ru-kirovsk", "ru-kirovsk ru-kirovsk-murmansk"),
        (["show", "Rauma"], "`Rauma` may be ", "twin show fi-rauma", "fi-rauma no-rauma"),
        (["list", "--country=Russai"], "no country is called `Russai`", "did you mean Russia?", "RU"),
        (["sources", "hel-fi-2021"], "no source is called `hel-fi-2021`", "did you mean hel-fi-2020?", "hel-fi-2020"),
        (["list", ""], "no municipality is called ``", "", ""),
        (["list", ", DE"], "no municipality is called `, DE`", "", ""),
        (["claims", "Nowhere"], "no municipality is called `Nowhere`", "", ""),
    ] {
        let run = twin(&args);
        assert_eq!((run.exit, run.stdout.as_str()), (4, ""), "{args:?}");
        tells(&run.stderr, &[&format!("error: {message}"), &format!("hint: {hint}")]);
        let run = twin(&[&args[..], &["--format", "json"]].concat());
        let error = &serde_json::from_str::<Value>(&run.stderr).unwrap()["error"];
        assert_eq!((run.exit, error["exit"].as_i64(), run.stdout.as_str()), (4, Some(4), ""));
        let ids = error["candidates"].as_array().unwrap().iter().map(|candidate| candidate["id"].as_str().unwrap());
        let ids: Vec<&str> = ids.collect();
        assert!(ids.join(" ").starts_with(candidates), "{args:?}: {ids:?}");
    }
}

#[test]
fn two_places_are_a_pair_and_more_are_the_pairs_among_them() {
    assert_eq!(listed(&["Kuopio", "Bodø"]), pairs("fi-kuopio", &["no-bodo"]));
    assert_eq!(listed(&["Bodø", "Kuopio"]), pairs("fi-kuopio", &["no-bodo"]));
    assert_eq!(listed(&["Kuopio", "Bodø", "Gera", "Moscow"]), pairs("fi-kuopio", &["no-bodo", "de-gera"]));
    assert_eq!(listed(&["Bodø"]), pairs("no-bodo", &["fi-kuopio"]));
    let run = done(&["list", "Kuopio", "Tallinn"]);
    assert_eq!(
        (run.stdout.as_str(), run.stderr.lines().last()),
        ("", Some("Kuopio and Tallinn have no partnership recorded."))
    );
    tells(&done(&["list", "Kuopio", "--country", "RU"]).stderr, &["Kuopio has 13 partnerships, none with Russia."]);
    tells(&done(&["list", "Kuusankoski"]).stderr, &["Nothing matches", "7"]);
    tells(&twin(&["list", "Castrop", "Rauxel"]).stderr, &["error: no municipality is called `Castrop`"]);
    tells(
        &twin(&["list", "Stary", "Oskol"]).stderr,
        &["hint: a name of several words wants quotes: twin list \"Stary Oskol\""],
    );
}

#[test]
fn a_day_is_asked_about() {
    let standing = |day: &str| {
        let run =
            done(&["list", "Helsinki", "Moscow", "--as-of", day, "--format", "csv", "--fields", "status,status_since"]);
        run.rows().concat().join(" ")
    };
    assert_eq!(["2021", "2022-02-28", "2022-03-01", "2022-03", "2023"].map(standing), {
        let suspended = "suspended 2022-03-01".to_owned();
        ["active ".to_owned(), "active ".to_owned(), suspended.clone(), suspended.clone(), suspended]
    });
    let on = |day: &str, args: &[&str]| listed(&[args, &["--as-of", day]].concat());
    for (args, day, place, partners) in [
        (["Kokkola", "--country=EE"], "2016", "fi-kokkola", &["ee-ambla", "ee-jarva-jaani"][..]),
        (["Kokkola", "--country=EE"], "2018", "fi-kokkola", &["ee-jarva"]),
        (["Kuusankoski", "--country=DE"], "2008-12-30", "fi-kuusankoski", &["de-mulheim-an-der-ruhr"]),
        (["Kuusankoski", "--country=DE"], "2009", "fi-kuusankoski", &[]),
        // Dissolved in 2009, and nobody knows what became of it.
        (["Vammala", "--country=SE"], "2008-12-31", "fi-vammala", &["se-skovde"]),
        (["Vammala", "--country=SE"], "2009-01-01", "fi-vammala", &[]),
        // Begun in 2023.
        (["Loviisa", "--country=UA"], "2023-03-06", "fi-loviisa", &[]),
        (["Loviisa", "--country=UA"], "2023-03-07", "fi-loviisa", &["ua-varash"]),
    ] {
        assert_eq!(on(day, &args), pairs(place, partners), "{args:?} {day}");
    }
    let [then, today] = [&["--as-of", "2021-12-31"][..], &[]].map(|day| {
        done(&[&["list", "--country", "RU", "--format", "csv", "--fields", "id,status"], day].concat()).rows()
    });
    assert!(then.iter().all(|row| row[1] == "active") && today.iter().all(|row| row[1] == "suspended"));
    assert_eq!((then.len(), today.len()), (63, 63));
}

#[test]
fn what_nobody_knows_of_a_day_is_counted_in_the_footer() {
    // Historic, without an end, an event or a dissolved party.
    let dissolved: BTreeSet<String> = records("municipalities")
        .into_iter()
        .filter(|row| !row["dissolved"].is_empty())
        .map(|row| row["id"].clone())
        .collect();
    let unknown = records("partnerships").into_iter().filter(|row| {
        row["status"] == "historic"
            && row["end"].is_empty()
            && !dissolved.contains(&row["a"])
            && !dissolved.contains(&row["b"])
    });
    let unknown: Vec<Record> = unknown.collect();
    assert!(!unknown.is_empty());
    let run = done(&["list", "--as-of", "2000"]);
    tells(
        &run.stderr,
        &["As of 2000-12-31", &format!("Left out, for they have ended and nobody knows when: {}", unknown.len())],
    );
    let row = &unknown[0];
    let run = done(&["list", &row["a"], &row["b"], "--all", "--as-of", "2000", "--format", "csv"]);
    assert!(run.rows().is_empty());
    tells(&run.stderr, &["nobody knows when: 1"]);
    // Six partnerships of Loviisa lapsed at some time from 2010 to 2022, one goes on; none has a known start.
    let run = done(&["list", "Loviisa", "--as-of", "2015"]);
    tells(&run.stderr, &["7 in force", "7 have no known start", "6 may have changed by then"]);
}

#[test]
fn claims_are_held_against_what_is_recorded() {
    let rows = done(&["claims", "--format", "json"]).json();
    let found: Vec<Value> = rows.as_array().unwrap().clone();
    assert_eq!(found.len(), records("claims").len());
    let claim = found.iter().find(|row| row["partner_id"] == "ru-moskva" && row["place_id"] == "fi-helsinki").unwrap();
    let members = ["field", "value", "recorded", "source", "rank", "seen_on"].map(|member| claim[member].clone());
    assert_eq!(json!(members), json!(["kind", "twin", "partner", "list-old", "other", null]));
    let own = done(&["claims", "Kuopio", "--format", "csv", "--fields", "partner_id,field,value,recorded"]).rows();
    let unconfirmed = ["ee-rakvere", "ru-pitkyaranta", "ru-pskov", "tr-trabzon"].map(|id| [id, "exists", "yes", "no"]);
    assert_eq!(own, unconfirmed);
}

#[test]
fn countries_are_found_by_their_names_in_any_language() {
    for (typed, code) in
        [("Frankreich", "FR"), ("Allemagne", "DE"), ("UK", "GB"), ("Великобритания", "GB"), ("Viro", "EE")]
    {
        let run = done(&["list", "--country", typed, "--format", "json", "--fields", "country"]);
        let rows = run.json();
        let rows = rows.as_array().unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|row| row["country"] == code), "{typed}: {rows:?}");
    }
    for (typed, told) in [
        ("DDR", "error: `DDR` is no country today; its places are in Germany (DE)\nhint: twin list --country DE\n"),
        (
            "Soviet Union",
            "error: `Soviet Union` is no country today; its places are in Russia (RU) or Ukraine (UA) or Belarus (BY) or \
             Estonia (EE) or Latvia (LV) or Lithuania (LT) or Moldova (MD) or Georgia (GE) or 7 others\n\
             hint: twin list --country RU\n",
        ),
        (
            "Kongo",
            "error: `Kongo` may be Congo - Kinshasa (CD) or Congo - Brazzaville (CG)\nhint: twin list --country CD\n",
        ),
    ] {
        let run = twin(&["list", "--country", typed]);
        assert!(run.exit == 4 && run.stderr.ends_with(told), "{}", run.stderr);
    }
}
