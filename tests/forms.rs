//! The folder of tables and the one JSON file hold the same: nothing is lost on the way there and back.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::BTreeMap;

use harness::{Desk, differences, shipped};
use serde_json::{Value, json};

const COUNTRIES: &str = "code,name,name_fi,name_sv,continent,part_of\nFI,Finland,,,Europe,\nNO,Norway,,,Europe,\n";
const PARTNERSHIPS: &str = "a,b,kind,status,start,end,term,themes,sources,verified_on,note\n\
    fi-ii,no-bo,twin,active,1949,,,,,,\n";
const MUNICIPALITIES: &str = "id,name,country,type,region,part_of,code,name_fi,name_sv,name_en,aliases,lat,lon,\
    wikidata,website,email,phone,policy,dissolved,sources,note";
const PACKAGE: &str = r#"{"twinning": {"format": 1, "home": ["FI"]}}"#;

/// A registry of Ii and Bø, whose rows end in the cells of further columns.
fn registry(columns: &str, ii: &str, bo: &str) -> Desk {
    let ii = format!("fi-ii,Ii,FI,municipality,,,139,,,,,65.32,25.37,,,,,,,,{ii}");
    let bo = format!("no-bo,Bø,NO,municipality,,,,,,,,59.4,9.06,,,,,,,,{bo}");
    Desk::new()
        .with("r/datapackage.json", PACKAGE)
        .with("r/countries.csv", COUNTRIES)
        .with("r/partnerships.csv", PARTNERSHIPS)
        .with("r/municipalities.csv", format!("{MUNICIPALITIES}{columns}\n{ii}\n{bo}\n"))
}

fn form(desk: &Desk, name: &str) -> Value {
    serde_json::from_str(&desk.read(name)).unwrap()
}

fn shipped_form() -> (Desk, Value) {
    let desk = shipped().into_iter().fold(Desk::new(), |desk, (name, text)| desk.with(&format!("data/{name}"), text));
    desk.done(&["convert", "data", "form.json"]);
    let value = form(&desk, "form.json");
    (desk, value)
}

#[track_caller]
fn same(files: &BTreeMap<String, String>, others: &BTreeMap<String, String>) {
    let differences = differences(files, others);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Holds a form against what comes of it as a form and as a folder, byte for byte.
#[track_caller]
fn stays(desk: &Desk, name: &str) {
    for [from, to] in [[name, "stays.json"], [name, "stays"], ["stays", "stays-too.json"]] {
        desk.done(&["convert", from, to]);
    }
    let files = |name| BTreeMap::from([("form".to_owned(), desk.read(name))]);
    same(&files(name), &files("stays.json"));
    same(&files(name), &files("stays-too.json"));
}

#[test]
fn the_shipped_registry_is_canonical_and_comes_back_from_the_other_form() {
    let (desk, _) = shipped_form();
    for [from, to] in [["data", "folder"], ["form.json", "back"]] {
        desk.done(&["convert", from, to]);
    }
    same(&shipped(), &desk.files("folder"));
    same(&shipped(), &desk.files("back"));
    stays(&desk, "form.json");
}

#[test]
fn the_form_is_as_the_data_model_has_it() {
    let (desk, value) = shipped_form();
    let members: Vec<&String> = value.as_object().unwrap().keys().collect();
    let tables =
        "countries municipalities partnerships events claims declarations networks members mergers contacts sources";
    assert_eq!(members, [&["twinning", "datapackage"][..], &tables.split(' ').collect::<Vec<_>>()].concat());
    assert_eq!(value["twinning"], json!({"format": 1, "home": ["FI", "AX"]}));
    assert!(value["datapackage"]["resources"].is_array() && value["datapackage"]["twinning"].is_null());
    for table in tables.split(' ') {
        let rows = csv::Reader::from_reader(shipped()[&format!("{table}.csv")].as_bytes()).records().count();
        assert_eq!(value[table].as_array().map(Vec::len), Some(rows), "{table}");
        let cells = value[table].as_array().unwrap().iter().flat_map(|row| row.as_object().unwrap().values());
        assert!(cells.clone().all(|cell| !cell.is_null() && *cell != "" && *cell != json!([])), "{table}");
    }
    let place = |id: &str| {
        let municipalities = value["municipalities"].as_array().unwrap();
        municipalities.iter().find(|row| row["id"] == id).cloned().unwrap()
    };
    assert_eq!(place("fi-kuopio")["lat"].to_string(), "62.89345");
    assert_eq!(place("fi-helsinki")["code"], "091");
    assert_eq!(
        place("ru-sankt-peterburg")["aliases"].as_array().map(|aliases| aliases.contains(&json!("Leningrad"))),
        Some(true)
    );
    assert!(desk.read("form.json").contains("\n    {\n      \"id\": \"fi-kuopio\",\n      \"name\": \"Kuopio\",\n"));
}

#[test]
fn columns_that_nobody_knows_stay_in_their_place() {
    let mut amiss = Vec::new();
    for (columns, ii, bo) in [
        (",mayor,founded", ",Aino,1867", ",Bø,"),
        // Found in another order than that of the header.
        (",mayor,founded", ",,1867", ",Aino,1814"),
        (",empty,mayor", ",,", ",,Aino"),
        (",empty", ",", ","),
        (",looks", ",12", ",true"),
        (",looks", ",null", ",\"[1,2]\""),
        (",looks", ",\"{\"\"a\"\":1}\"", ",\"\"\"quoted\"\"\""),
        (",\"a \"\"name\"\", odd\",näme", ",1,\"two\nlines\"", ",,2"),
    ] {
        let desk = registry(columns, ii, bo);
        for [from, to] in [["r", "folder"], ["folder", "form.json"], ["form.json", "back"]] {
            desk.done(&["convert", from, to]);
        }
        assert_eq!(desk.read("folder/municipalities.csv"), desk.read("r/municipalities.csv"));
        amiss.extend(differences(&desk.files("folder"), &desk.files("back")));
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

#[test]
fn what_nobody_knows_is_kept_from_any_dress() {
    let rows = "founded;a;b;na\u{308}me;kind;status\r\n1949;fi-ii;no-bo;A\u{30A};twin;active\r\n";
    let desk = registry("", "", "").with("r/partnerships.csv", rows);
    desk.done(&["convert", "r", "folder"]);
    let clean = PARTNERSHIPS.replace("note\n", "note,founded,näme\n").replace("1949,,,,,,", ",,,,,,,1949,Å");
    assert_eq!(desk.read("folder/partnerships.csv"), clean);

    desk.done(&["convert", "folder", "form.json"]);
    let text = desk.read("form.json");
    let dressed = text.replace('ä', "a\u{308}").replace('Å', "A\\u030A").replace('\n', "\r\n");
    assert_eq!(text.matches("Å").count(), 1);
    let desk = desk.with("messy.json", format!("\u{FEFF}{dressed}"));
    desk.done(&["convert", "messy.json", "clean.json"]);
    assert_eq!(desk.read("clean.json"), text);
}

#[test]
fn members_that_nobody_knows_survive_as_a_folder() {
    let long = "a;b, \"c\"\nd";
    for (first, last) in [
        (json!("text"), json!("more")),
        (json!(12), json!(0.50)),
        (json!("text"), json!(12)),
        (json!({"nested": {"deep": [1, null, true]}}), json!("text")),
        (json!(["a", "b;c"]), json!(false)),
        (json!(true), json!("true")),
        (json!(long), json!({"ä": long})),
    ] {
        let (desk, mut value) = shipped_form();
        value["sources"][0]["archive"] = first.clone();
        value["sources"].as_array_mut().unwrap().last_mut().unwrap()["archive"] = last.clone();
        // Late in a table that has none before.
        value["partnerships"].as_array_mut().unwrap().last_mut().unwrap()["flags"] = last;
        value["twinning"]["colours"] = first.clone();
        let package = value["datapackage"].as_object_mut().unwrap();
        let resources = package.shift_remove("resources").unwrap();
        package.extend([("contact".to_owned(), first.clone()), ("resources".to_owned(), resources)]);
        value["weather"] = json!({"today": first});
        let desk = desk.with("asked.json", serde_json::to_string_pretty(&value).unwrap());
        for [from, to] in [["asked.json", "folder"], ["folder", "answered.json"]] {
            desk.done(&["convert", from, to]);
        }
        let mut answered = form(&desk, "answered.json");
        // The description of the tables has learnt the new columns.
        let learnt = answered["datapackage"]["resources"].take();
        assert_ne!(learnt, value["datapackage"]["resources"].take());
        assert_eq!(answered.to_string(), value.to_string());
        stays(&desk, "answered.json");
    }
}

#[test]
fn numbers_are_kept_to_the_digit() {
    for digits in ["65", "-65", "0", "-0.5", "65.30", "65.320000000000000001"] {
        let desk = registry("", "", "");
        let table = desk.read("r/municipalities.csv").replace("65.32", digits);
        let desk = desk.with("r/municipalities.csv", table.clone());
        for [from, to] in [["r", "form.json"], ["form.json", "back"]] {
            desk.done(&["convert", from, to]);
        }
        assert!(desk.read("form.json").contains(&format!("\"lat\": {digits},\n")), "{digits}");
        assert_eq!(desk.read("back/municipalities.csv"), table);
    }
}

#[test]
fn a_journal_survives_as_a_form() {
    let set = "{\"id\":\"0a\",\"command\":\"set Ii Bø\",\"changes\":[{\"old\":null,\"new\":{\"lat\":65.30}}]}";
    let journal = format!("{set}\n{{\"id\":\"0b\"}}\n");
    let desk = registry("", "", "").with("r/journal.jsonl", &journal);
    for [from, to] in [["r", "form.json"], ["form.json", "back"]] {
        desk.done(&["convert", from, to]);
    }
    assert_eq!(form(&desk, "form.json")["journal"].as_array().map(Vec::len), Some(2));
    assert_eq!(desk.read("back/journal.jsonl"), journal);
}

#[test]
fn a_registry_without_a_description_has_no_home() {
    let desk = registry("", "", "");
    let files = desk.files("r").into_iter().filter(|(name, _)| name.ends_with(".csv"));
    let desk = files.fold(desk, |desk, (name, text)| desk.with(&format!("homeless/{name}"), text));
    for [from, to] in [["homeless", "form.json"], ["form.json", "back"]] {
        desk.done(&["convert", from, to]);
    }
    assert_eq!(form(&desk, "form.json")["twinning"]["home"], json!([]));
    for registry in ["homeless", "form.json", "back"] {
        let coverage = desk.done(&["stats", "--registry", registry]).stderr;
        assert!(!coverage.contains("Coverage"), "{registry}: {coverage}");
    }
    let mut bare = form(&desk, "form.json");
    bare.as_object_mut().unwrap().shift_remove("twinning");
    let desk = desk.with("bare.json", bare.to_string());
    assert_eq!(desk.done(&["list", "--registry", "bare.json"]).stderr, "1 in force.\n");
}
