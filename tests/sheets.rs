//! The sheets of places and partnerships, and the other tables, readable.

mod harness;

use harness::{Desk, done, records, twin};
use serde_json::{Value, json};

/// Shows a sheet as a program reads it.
fn sheet(args: &[&str]) -> Value {
    let sheets = done(&[args, &["--format", "json"]].concat()).json();
    assert_eq!(sheets.as_array().map(Vec::len), Some(1), "{args:?}");
    sheets[0].clone()
}

/// Returns some members of each row of a table of a sheet.
fn rows(sheet: &Value, table: &str, members: &[&str]) -> Vec<Value> {
    let rows = sheet[table].as_array().unwrap_or_else(|| panic!("{sheet} has no {table}")).iter();
    rows.map(|row| members.iter().map(|member| row[*member].clone()).collect()).collect()
}

/// Returns the lines that people read, words parted by single blanks.
fn lines(args: &[&str]) -> Vec<String> {
    let text = done(args).stdout;
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn kuopio_is_shown_whole() {
    let sheet = sheet(&["show", "Kuopio"]);
    let facts = ["id", "country", "country_name", "type", "region", "code", "wikidata"].map(|fact| sheet[fact].clone());
    assert_eq!(json!(facts), json!(["fi-kuopio", "FI", "Finland", "municipality", "Pohjois-Savo", "297", "Q162279"]));
    let partners = rows(&sheet, "partners", &["country_name", "partner"]);
    assert_eq!(
        (partners.len(), &partners[0], &partners[12]),
        (13, &json!(["Canada", "Winnipeg"]), &json!(["United States", "Minneapolis"]))
    );
    let chain = "Bodø–Jönköping–Kuopio–Svendborg";
    let members = ["Bodø", "Jönköping", "Kuopio", "Svendborg"];
    let networks = rows(&sheet, "networks", &["network", "type", "term", "member_names"]);
    assert_eq!(networks, [json!([chain, "chain", "2022/2029", members])]);
    let stated = [json!(["twin", "15", 13]), json!(["twin/region", "1", 0])];
    assert_eq!(rows(&sheet, "declarations", &["kind", "count", "recorded"]), stated);
    let merged = ["Nilsiä", "Maaninka", "Juankoski"].map(|name| json!([name, "merge", "Kuopio"]));
    assert_eq!(rows(&sheet, "mergers", &["from", "event", "to"]), merged);
    // Of contacts only the roles: no name, no address.
    let contacts = sheet["contacts"].as_array().unwrap();
    let roles: Vec<&Value> = contacts.iter().map(|contact| &contact["role"]).collect();
    assert_eq!(roles, ["Business coordinator", "Internationality and PR assistant"]);
    assert!(contacts.iter().all(|contact| contact.as_object().unwrap().len() == 2), "{contacts:?}");
}

#[test]
fn helsinki_is_shown_with_its_offices_and_its_statement() {
    let sheet = sheet(&["show", "Helsinki"]);
    let names = json!(["Helsinki (fi)", "Helsingfors (sv)"]);
    assert_eq!((&sheet["names"], &sheet["policy"]), (&names, &json!("No official sister cities.")));
    let networks = rows(&sheet, "networks", &["network", "type", "seat"]);
    for office in [
        json!(["Helsinki EU Office", "office", "Brussels"]),
        json!(["Helsinki Centre in St. Petersburg", "office", "Saint Petersburg"]),
    ] {
        assert!(networks.contains(&office), "{office}");
    }
    let stated = json!(["twin", "0", 0, "2020-10-21", "City of Helsinki"]);
    assert_eq!(rows(&sheet, "declarations", &["kind", "count", "recorded", "stated_on", "source"]), [stated]);
    let lines = lines(&["show", "Helsinki", "--lang", "sv"]);
    for line in ["Helsingfors (Finland)", "Ryssland Moskva partnerskap avbruten 2022-03-01", "vänorter 0 0 2020-10-21"]
    {
        assert!(lines.iter().any(|known| known.starts_with(line)), "{line}: {lines:#?}");
    }
}

#[test]
fn partners_are_grouped_by_country_where_people_read() {
    let lines = lines(&["show", "Kuopio"]);
    let at = lines.iter().position(|line| line == "Germany Castrop-Rauxel twin active 1965").unwrap();
    assert_eq!(lines[at + 1], "Gera twin active 1972");
    assert!(done(&["show", "Kuopio"]).stderr.contains("twin claims Kuopio"));
}

#[test]
fn former_places_show_what_became_of_them() {
    let merged = |place: &str, members: &[&str]| rows(&sheet(&["show", place]), "mergers", members);
    assert_eq!(merged("Kuusankoski", &["date", "from", "to"]), [json!(["2009-01-01", "Kuusankoski", "Kouvola"])]);
    let parts = merged("Kouvola", &["from"]);
    assert_eq!(parts, [json!(["Kuusankoski"]), json!(["Valkeala"])]);
    assert_eq!(sheet(&["show", "Kuusankoski"])["dissolved"], "2009-01-01");
    assert_eq!(sheet(&["show", "Nõmme"])["part_of"], "Tallinn");
}

#[test]
fn a_partnership_is_shown_with_history_decisions_sources_and_claims() {
    let sheet = |places: [&str; 2]| sheet(&["show", places[0], places[1]]);
    let decided = sheet(["Loviisa", "Varash"]);
    let events = rows(&decided, "history", &["date", "event", "by", "body", "reference"]);
    let decision = json!(["2022-12-14", "decided", "Loviisa", "Kaupunginvaltuusto", "14.12.2022 § 103"]);
    assert_eq!(events, [decision, json!(["2023-03-07", "signed", "both", null, null])]);
    assert_eq!((&decided["id"], &decided["status_since"]), (&json!("fi-loviisa~ua-varash"), &json!("2023-03-07")));

    let suspended = sheet(["Moscow", "Helsinki"]);
    assert_eq!(
        (&suspended["place"], &suspended["partner"], &suspended["country"]),
        (&json!("Moscow"), &json!("Helsinki"), &json!("FI"))
    );
    assert_eq!(rows(&suspended, "history", &["event", "by"]), [json!(["suspended", "Helsinki"])]);
    let claim = json!(["kind", "twin", "partner", "list-old"]);
    assert_eq!(rows(&suspended, "claims", &["field", "value", "recorded", "source"]), [claim]);
    // The better source comes first.
    let ranks = ["official", "press", "other"].map(|rank| json!([rank]));
    assert_eq!(rows(&suspended, "sources", &["rank"]), ranks);

    assert_eq!(rows(&sheet(["Kokkola", "Ambla"]), "history", &["event"]), [json!(["carried-over"])]);
    assert_eq!(rows(&sheet(["Kuopio", "Pskov"]), "claims", &["field", "value"]), [json!(["exists", "yes"])]);
    let none = twin(&["show", "Kuopio", "Tallinn", "--format", "json"]);
    assert_eq!((none.exit, none.stdout.as_str(), none.stderr.as_str()), (0, "[]\n", ""));
}

#[test]
fn the_other_tables_are_listed_whole() {
    for (command, table) in [("networks", "networks"), ("claims", "claims"), ("sources", "sources")] {
        let rows = done(&[command, "--format", "csv"]).rows();
        assert_eq!(rows.len(), records(table).len(), "{command}");
    }
    let networks = done(&["networks", "--format", "json"]).json();
    for row in networks.as_array().unwrap() {
        let members =
            records("members").into_iter().filter(|member| member["network"] == *row["id"].as_str().unwrap()).count();
        let names = row["member_names"].as_array().map(Vec::len);
        assert_eq!((row["members"].as_u64(), names), (Some(members as u64), Some(members)), "{}", row["id"]);
    }
}

#[test]
fn a_network_and_the_networks_of_a_place_are_shown() {
    let douzelage = records("members").into_iter().filter(|member| member["network"] == "douzelage").count();
    for name in ["douzelage", "Douzelage", "DOUZELAGE"] {
        let sheet = sheet(&["networks", name]);
        assert_eq!(
            (&sheet["title"], sheet["members"].as_array().map(Vec::len)),
            (&json!("Douzelage"), Some(douzelage))
        );
    }
    let own = done(&["networks", "Kuopio", "--format", "csv", "--fields", "network_id,role,term"]).rows();
    assert_eq!(own, [["bodo-jonkoping-kuopio-svendborg", "member", "2022/2029"]]);
    let of_turku = records("members").into_iter().filter(|member| member["municipality"] == "fi-turku").count();
    assert_eq!(done(&["networks", "Åbo", "--format", "csv"]).rows().len(), of_turku);
}

#[test]
fn whom_to_ask_is_told_by_contacts_alone() {
    let rows = done(&["contacts", "Kuopio", "--format", "csv", "--fields", "place_id,role,topic"]).rows();
    let own = records("contacts").into_iter().map(|row| ["subject", "role", "topic"].map(|column| row[column].clone()));
    assert_eq!(rows, own.collect::<Vec<_>>());
    let none = done(&["contacts", "Helsinki"]);
    assert_eq!((none.stdout.as_str(), none.stderr.lines().last()), ("", Some("None recorded.")));
    let personal = Desk::new();
    personal.done(&["init", "own"]);
    let contacts = "subject,role,name,topic,email,phone,since,until,checked_on\n\
        fi-kuopio,Mayor,Aino Example,,aino@kuopio.example,017 555,,,2026\n";
    let personal = personal.with("own/contacts.csv", contacts);
    let asked = personal.done(&["contacts", "Kuopio", "--registry", "own"]);
    assert!(["Aino Example", "aino@kuopio.example", "017 555"].iter().all(|text| asked.stdout.contains(text)));
    for args in [["show", "Kuopio"], ["list", "Kuopio"], ["networks", "Kuopio"]] {
        for format in ["table", "json", "markdown"] {
            let run = personal.done(&[&args[..], &["--registry", "own", "--format", format]].concat());
            let told = run.stdout + &run.stderr;
            assert!(!["Aino", "aino@", "555"].iter().any(|text| told.contains(text)), "{args:?} {format}:\n{told}");
        }
    }
}

#[test]
fn a_source_is_shown_with_what_rests_on_it() {
    let sheet = sheet(&["sources", "hel-fi-2020"]);
    let resting =
        records("partnerships").iter().filter(|row| row["sources"].split(';').any(|id| id == "hel-fi-2020")).count();
    assert_eq!((&sheet["rank"], &sheet["partnerships"]), (&json!("official"), &json!(resting)));
    assert!(sheet["url"].as_str().unwrap().starts_with("https://hel.fi/"));
}
