//! What `twin export` writes: every format on the shipped data, and on a registry with hostile names.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod extracts;
#[path = "../harness/mod.rs"]
mod harness;
mod workbooks;

use std::collections::BTreeSet;

use harness::{Desk, Run, done, records, twin};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

/// The tables in the order of the data model.
const TABLES: [&str; 11] = [
    "countries",
    "municipalities",
    "partnerships",
    "events",
    "claims",
    "declarations",
    "networks",
    "members",
    "mergers",
    "contacts",
    "sources",
];

const FORMATS: [&str; 9] = ["csv", "tsv", "json", "jsonl", "geojson", "graphml", "dot", "jsonld", "sql"];

/// Returns the tables that are published: all but the contacts.
fn published() -> impl Iterator<Item = &'static str> {
    TABLES.into_iter().filter(|table| *table != "contacts")
}

/// A registry whose names attack, with a pair across the antimeridian and an id that leads nowhere.
fn hostile() -> Desk {
    Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\nFJ,Fiji,Oceania\n")
        .with(
            "r/municipalities.csv",
            "id,name,country,type,lat,lon,note,\"the \"\"pet\"\"\"\n\
             fi-ii,\"<script>\"\"'--\\\",FI,municipality,65.3,25.37,\"]]>\nline\n\\.\",cat\n\
             fj-suva,\"]]>\u{1}\n&amp;\",FJ,municipality,-18.14,180,');--,\n\
             us-x,plain,FI,other,10.50,-170,,\n",
        )
        .with(
            "r/partnerships.csv",
            "a,b,kind,status,start,note\nfi-ii,fj-suva,twin,active,1949,\n\
             fi-ii,\"zz \"\"gone\\\",twin,suspended,,\\N\nfj-suva,us-x,partner,historic,,\nfi-ii,us-x,twin,active,,\n",
        )
        .with("r/contacts.csv", "subject,role,name\nfi-ii,mayor,Secret Person\n")
}

fn export(desk: &Desk, format: &str) -> Run {
    let filters: &[&str] = if format == "sql" { &[] } else { &["--all"] };
    desk.done(&[&["--registry", "r", "export", "--format", format], filters].concat())
}

/// Reads XML: how often each element begins, and all text and values of attributes in one.
fn elements(xml: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(xml);
    let (mut names, mut texts) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (names, texts),
            Event::Start(tag) | Event::Empty(tag) => {
                names.push(tag.name().as_ref().to_owned());
                tag.attributes().for_each(|attribute| _ = attribute.unwrap());
            }
            Event::Text(text) => texts += &text,
            Event::GeneralRef(name) => texts += &format!("&{};", &*name),
            _ => {}
        }
    }
}

fn count(names: &[String], name: &str) -> usize {
    names.iter().filter(|known| *known == name).count()
}

#[test]
fn the_flat_formats_are_those_of_the_listing() {
    for words in
        [&["--format", "csv"][..], &["--format", "tsv"], &["--format", "json"], &["--format", "jsonl"], &["--excel"]]
    {
        for filters in
            [&[][..], &["--country", "RU", "--all"], &["--place", "Kuopio"], &["--as-of", "2021", "--lang", "fi"]]
        {
            let run = |command| done(&[&[command], words, filters].concat());
            let (exported, listed) = (run("export"), run("list"));
            assert_eq!((exported.stdout, exported.stderr), (listed.stdout, listed.stderr), "{words:?} {filters:?}");
        }
    }
    assert!(done(&["export", "--format", "csv"]).stdout.starts_with("id,place,place_id,"));
}

#[test]
fn every_format_is_the_same_bytes_each_time_and_the_file_says_which() {
    let desk = hostile();
    for format in FORMATS {
        let first = export(&desk, format).stdout;
        assert_eq!(first, export(&desk, format).stdout, "{format}");
        assert!(!first.contains("Secret"), "{format}");
        let file = format!("x.{format}");
        let filters: &[&str] = if format == "sql" { &[] } else { &["--all"] };
        assert_eq!(desk.done(&[&["--registry", "r", "export", "-o", &file], filters].concat()).stdout, "");
        assert_eq!(desk.read(&file), first, "{format}");
    }
    desk.done(&["--registry", "r", "export", "-o", "x.gv", "--all"]);
    assert_eq!(desk.read("x.gv"), desk.read("x.dot"));
}

#[test]
fn geojson_has_a_point_for_each_place_and_a_line_for_each_partnership() {
    let listed = done(&["list", "--format", "json", "--country", "JP", "--country", "SE"]).json();
    let run = done(&["export", "--format", "geojson", "--country", "JP", "--country", "SE", "--lang", "sv"]);
    let known: BTreeSet<String> = records("municipalities")
        .into_iter()
        .filter(|row| !row["lat"].is_empty() && !row["lon"].is_empty())
        .map(|row| row["id"].clone())
        .collect();
    let sides = |row: &Value| ["place_id", "partner_id"].map(|key| row[key].as_str().unwrap().to_owned());
    let listed: Vec<[String; 2]> = listed.as_array().unwrap().iter().map(sides).collect();
    let places: BTreeSet<&String> = listed.iter().flatten().filter(|id| known.contains(*id)).collect();
    let lines = listed.iter().filter(|pair| pair.iter().all(|id| known.contains(id))).count();
    let map = run.json();
    let features = map["features"].as_array().unwrap();
    let points = features.iter().take_while(|feature| feature["geometry"]["type"] == "Point").count();
    assert_eq!((points, features.len() - points), (places.len(), lines));
    let turku = features.iter().find(|feature| feature["properties"]["id"] == "fi-turku").unwrap();
    assert_eq!((&turku["properties"]["name"], &turku["properties"]["country"]), (&json!("Åbo"), &json!("FI")));
}

#[test]
fn lines_are_cut_at_the_antimeridian_and_what_has_no_coordinates_is_counted() {
    let desk = hostile();
    let run = export(&desk, "geojson");
    let map = run.json();
    let features = map["features"].as_array().unwrap();
    let kinds: Vec<&str> = features.iter().map(|feature| feature["geometry"]["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Point", "Point", "Point", "LineString", "LineString", "MultiLineString"]);
    assert_eq!(features[0]["properties"]["partnerships"], 3);
    let properties: Vec<&String> = features[3]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(properties, ["id", "place", "partner", "country", "kind", "status", "status_since", "start", "end"]);
    // From the very antimeridian the way goes on at its other side.
    let line = features[4]["geometry"]["coordinates"].as_array().unwrap();
    assert_eq!((&line[0][0], &line[line.len() - 1]), (&json!(-180.0), &json!([-170.0, 10.5])));
    assert!(run.stderr.ends_with("Left out for want of coordinates: places 1, partnerships 1.\n"), "{}", run.stderr);

    let across = hostile().with(
        "r/municipalities.csv",
        "id,name,country,type,lat,lon\nfi-ii,A,FI,municipality,-20,170.123456\nfj-suva,B,FJ,municipality,-20,-160\n",
    );
    let line = export(&across, "geojson").json()["features"][2]["geometry"].clone();
    assert_eq!(line["type"], "MultiLineString");
    let parts = line["coordinates"].as_array().unwrap();
    assert_eq!((parts.len(), &parts[0][0]), (2, &json!([170.1235, -20.0])));
    let (end, start) = (&parts[0].as_array().unwrap().last().unwrap(), &parts[1][0]);
    assert_eq!((&end[0], &start[0], &end[1]), (&json!(180.0), &json!(-180.0), &start[1]));
}

#[test]
fn graphml_has_every_node_and_edge_and_no_character_that_xml_forbids() {
    let listed = done(&["list", "--format", "json"]).json();
    let rows = listed.as_array().unwrap();
    let ids = rows.iter().flat_map(|row| [&row["place_id"], &row["partner_id"]]);
    let places: BTreeSet<&str> = ids.map(|id| id.as_str().unwrap()).collect();
    let (names, _) = elements(&done(&["export", "--format", "graphml"]).stdout);
    assert_eq!((count(&names, "node"), count(&names, "edge"), count(&names, "key")), (places.len(), rows.len(), 12));

    let xml = export(&hostile(), "graphml").stdout;
    let (names, texts) = elements(&xml);
    assert_eq!((count(&names, "node"), count(&names, "edge"), count(&names, "script")), (4, 4, 0));
    assert!(!xml.contains('\u{1}') && !xml.contains("]]>") && texts.contains("&lt;script&gt;"), "{texts}");
    assert!(xml.contains("<node id=\"zz &quot;gone\\\"><data key=\"name\">zz &quot;gone\\</data></node>"), "{xml}");
}

#[test]
fn dot_is_quoted_and_shows_the_status() {
    let dot = export(&hostile(), "dot").stdout;
    let lines = [
        "graph twinnings {",
        r#"  "fi-ii" [label="<script>\"'--\\"];"#,
        r#"  "fj-suva" [label="]]>\n&amp;amp;"];"#,
        r#"  "us-x" [label="plain"];"#,
        r#"  "zz \"gone\\" [label="zz \"gone\\"];"#,
        r#"  "fi-ii" -- "fj-suva";"#,
        r#"  "fi-ii" -- "zz \"gone\\" [style=dashed];"#,
        r#"  "fj-suva" -- "us-x" [style=dotted];"#,
        r#"  "fi-ii" -- "us-x";"#,
        "}",
    ];
    assert_eq!(dot.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn jsonld_is_one_object_with_its_context_and_iris_on_a_base() {
    let rows = done(&["list", "--format", "json", "--country", "EE"]).json().as_array().unwrap().len();
    let base = "https://example.org/t/";
    let graph = done(&["export", "--format", "jsonld", "--country", "EE", "--base", base]).json();
    assert!(graph["@context"].is_object());
    let nodes = graph["@graph"].as_array().unwrap();
    let of = |class: &str| nodes.iter().filter(|node| node["@type"] == class).count();
    assert_eq!((of("Partnership"), of("ConceptScheme"), of("Concept")), (rows, 2, 7));
    assert!(nodes.iter().all(|node| node["@id"].as_str().unwrap().starts_with(base)));
    let suspended = nodes.iter().find(|node| node["@id"] == "https://example.org/t/status/suspended").unwrap();
    assert_eq!(suspended["prefLabel"], json!({"en": "suspended", "fi": "keskeytetty", "sv": "avbruten"}));
    let tallinn = nodes.iter().find(|node| node["@id"] == "https://example.org/t/place/ee-tallinn").unwrap();
    assert_eq!((&tallinn["@type"], &tallinn["address"]["addressCountry"]), (&json!("City"), &json!("EE")));

    let graph = export(&hostile(), "jsonld").json();
    let nodes = graph["@graph"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["@id"] == "urn:twinning:place/zz%20%22gone%5C" && node["@type"] == "Place"));
    for base in ["", "example", "https://a b/", "1:x", "a:\"b"] {
        assert_eq!(twin(&["export", "--format", "jsonld", "--base", base]).exit, 2, "{base}");
    }
}

#[test]
fn sql_has_every_table_but_contacts_and_quotes_all_that_stands_in_them() {
    let sql = done(&["export", "--format", "sql"]).stdout;
    for name in published() {
        let copied = sql.split_once(&format!("\nCOPY \"{name}\" ")).unwrap().1.split_once("\n\\.\n").unwrap().0;
        assert_eq!(copied.lines().count() - 1, records(name).len(), "{name}");
    }
    assert!(!sql.contains("contacts\" ("));
    assert!(done(&["export", "--format", "sql", "--with-contacts"]).stdout.contains("CREATE TABLE \"contacts\" ("));

    let desk = hostile();
    let run = export(&desk, "sql");
    let suva = "fj-suva\t]]>\u{1}\\n&amp;\tFJ\tmunicipality\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t-18.14\t180\t";
    assert!(run.stdout.contains(suva) && run.stdout.contains("]]>\\nline\\n\\\\.\tcat\n"), "{}", run.stdout);
    assert!(run.stdout.contains("  \"the \"\"pet\"\"\" text,\n") && run.stdout.contains("\t\\\\N\n"), "{}", run.stdout);
    assert!(
        run.stderr.ends_with("partnerships.b → municipalities, for it leads nowhere in some rows: 1.\n"),
        "{}",
        run.stderr
    );
    let key = |column: &str| {
        format!("\"partnerships\" ADD FOREIGN KEY (\"{column}\") REFERENCES \"municipalities\" (\"id\");")
    };
    assert_eq!(["a", "b"].map(|column| run.stdout.contains(&key(column))), [true, false]);
    let lite = desk.done(&["--registry", "r", "export", "--format", "sql", "--dialect", "sqlite"]).stdout;
    assert!(lite.contains("'<script>\"''--\\'") && !lite.contains("COPY"), "{lite}");
}

#[test]
fn what_does_not_go_together_is_refused() {
    let desk = Desk::new();
    let formats = FORMATS.join(", ");
    for words in [&[][..], &["-o", "x"], &["-o", "x.parquet"]] {
        let told = format!("error: nothing says which format to write; the formats are {formats}, xlsx, datapackage\n");
        let run = desk.twin(&[&["export"], words].concat());
        assert_eq!((run.exit, run.stderr.starts_with(&told)), (2, true), "{}", run.stderr);
    }
    for words in [
        &["--format", "csv", "--dialect", "sqlite"][..],
        &["--format", "geojson", "--with-contacts"],
        &["--format", "json", "--excel"],
        &["--format", "dot", "--base", "urn:x:"],
        &["--format", "xml"],
    ] {
        let run = desk.twin(&[&["export"], words].concat());
        assert_eq!((run.exit, run.stdout.as_str()), (2, ""), "{words:?}");
    }
    assert_eq!(desk.twin(&["export", "--format", "dot", "--place", "Nowhere"]).exit, 4);
    assert_eq!(desk.twin(&["export", "-o", "no/such/x.dot"]).exit, 7);
    // What a listing says below its rows an export says too.
    let words = ["--place", "kuopio", "--as-of", "2010"];
    let told = |command: &[&str]| desk.done(&[command, &words].concat()).stderr;
    assert_eq!(told(&["export", "--format", "dot"]), told(&["list"]));
    let empty = desk.done(&["export", "--format", "geojson", "--kind", "contact", "--country", "JP"]);
    assert_eq!(empty.json()["features"], json!([]));
}

#[test]
fn a_data_package_is_the_registry_without_its_contacts_and_its_journal() {
    let desk = Desk::new();
    desk.done(&["init", "own"]);
    desk.done(&["--registry", "own", "suspend", "Kuopio", "Bodø", "--on", "2022"]);
    let own = desk.files_of_registry("own");
    assert!(own.contains_key("journal.jsonl") && own.contains_key("contacts.csv"));
    let export =
        |words: &[&str]| desk.twin(&[&["--registry", "own", "export", "--format", "datapackage"], words].concat());
    assert_eq!(export(&["-o", "published"]).exit, 0);
    let published = desk.files_of_registry("published");
    let names: Vec<&String> =
        own.keys().filter(|name| !["journal.jsonl", "contacts.csv"].contains(&name.as_str())).collect();
    assert_eq!(published.keys().collect::<Vec<_>>(), names);
    for (name, text) in published.iter().filter(|(name, _)| name.ends_with(".csv")) {
        assert_eq!(*text, own[name], "{name}");
    }
    let resources = |folder: &str| {
        let package: Value = serde_json::from_str(&desk.read(&format!("{folder}/datapackage.json"))).unwrap();
        let names = package["resources"].as_array().unwrap().iter().map(|own| own["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<String>>()
    };
    assert_eq!(resources("published").len() + 1, resources("own").len());
    assert!(!resources("published").contains(&"contacts".to_owned()));
    assert_eq!(desk.twin(&["--registry", "published", "list", "Kuopio"]).exit, 0);

    assert_eq!(export(&["--with-contacts", "-o", "with"]).exit, 0);
    assert_eq!(desk.read("with/contacts.csv"), own["contacts.csv"]);
    assert!(resources("with").contains(&"contacts".to_owned()));
    for (words, exit) in [(&["-o", "published"][..], 6), (&[], 2), (&["-o", "some", "--as-of", "2020"], 2)] {
        let run = export(words);
        assert_eq!((run.exit, run.stdout.is_empty()), (exit, true), "{words:?}: {}", run.stderr);
    }
    assert!(!desk.path("some").exists());
}
