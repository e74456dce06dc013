//! Exports of tables with places and filters: exactly the rows that the test finds itself in the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use serde_json::{Value, json};

use super::TABLES;
use super::harness::{Desk, Record, Run, done, records, shipped};

type Tables = BTreeMap<&'static str, Vec<Record>>;

fn tables() -> Tables {
    TABLES.into_iter().map(|table| (table, records(table))).collect()
}

/// Reads the tables that a folder has.
fn tables_of(desk: &Desk, folder: &str) -> Tables {
    let files = desk.files_of_registry(folder);
    let read = |table: &'static str| {
        let text = files.get(&format!("{table}.csv"))?;
        Some((table, csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()))
    };
    TABLES.into_iter().filter_map(read).collect()
}

fn pair(row: &Record) -> [&str; 2] {
    [&row["a"], &row["b"]]
}

/// Finds what belongs to the partnerships that are meant and to the places that are asked for, by going through all tables
/// until nothing more comes.
fn expected(all: &Tables, is_meant: impl Fn(&Record) -> bool, asked: &[&str]) -> Tables {
    let keep = |table: &'static str, keep: &dyn Fn(&Record) -> bool| -> Vec<Record> {
        all[table].iter().filter(|row| keep(row)).cloned().collect()
    };
    let known: BTreeSet<[&str; 2]> = all["partnerships"].iter().map(pair).collect();
    let meant: BTreeSet<[&str; 2]> = all["partnerships"].iter().filter(|row| is_meant(row)).map(pair).collect();
    let parties: BTreeSet<&str> = meant.iter().flatten().copied().chain(asked.iter().copied()).collect();
    let mut found = Tables::new();
    found.insert("countries", all["countries"].clone());
    found.insert("partnerships", keep("partnerships", &is_meant));
    found.insert("events", keep("events", &|row| meant.contains(&pair(row))));
    found.insert(
        "claims",
        keep("claims", &|row| {
            let is_about = pair(row).iter().any(|id| asked.contains(id));
            meant.contains(&pair(row)) || !known.contains(&pair(row)) && is_about
        }),
    );
    found.insert("declarations", keep("declarations", &|row| parties.contains(&*row["subject"])));
    found.insert("members", keep("members", &|row| parties.contains(&*row["municipality"])));
    let networks: BTreeSet<String> = found["members"].iter().map(|row| row["network"].clone()).collect();
    found.insert("networks", keep("networks", &|row| networks.contains(&row["id"])));

    let mut places: BTreeSet<String> = parties.iter().map(|id| (*id).to_owned()).collect();
    places.extend(found["claims"].iter().flat_map(pair).map(str::to_owned));
    places.extend(found["networks"].iter().map(|row| row["seat"].clone()));
    let touches =
        |places: &BTreeSet<String>, row: &Record| places.contains(&row["from"]) || places.contains(&row["to"]);
    loop {
        let before = places.len();
        let wholes = all["municipalities"].iter().filter(|row| places.contains(&row["id"]));
        let wholes: Vec<String> = wholes.map(|row| row["part_of"].clone()).collect();
        let touching = all["mergers"].iter().filter(|row| touches(&places, row));
        let ends: Vec<String> = touching.flat_map(|row| [row["from"].clone(), row["to"].clone()]).collect();
        places.extend(wholes.into_iter().chain(ends));
        if places.len() == before {
            break;
        }
    }
    found.insert("municipalities", keep("municipalities", &|row| places.contains(&row["id"])));
    found.insert("mergers", keep("mergers", &|row| touches(&places, row)));
    let cited: BTreeSet<String> = found
        .values()
        .flatten()
        .flat_map(|row| ["source", "sources"].into_iter().filter_map(|name| row.get(name)))
        .flat_map(|cell| cell.split(';').map(|id| id.trim().to_owned()))
        .collect();
    found.insert("sources", keep("sources", &|row| cited.contains(&row["id"])));
    found
}

/// Writes an extract into a folder, and holds it to have these rows and no reference that leads nowhere.
fn holds(desk: &Desk, words: &[&str], wanted: &Tables) -> Run {
    let folder = format!("of {}", words.join(" "));
    let run = desk.done(&[&["export", "--format", "datapackage", "-o", &folder], words].concat());
    let found = tables_of(desk, &folder);
    for table in TABLES {
        assert_eq!(found.get(table), wanted.get(table), "{words:?}: {table}");
    }
    let check = desk.done(&["--registry", &folder, "check", "--rule", "dangling-reference", "--format", "json"]);
    assert_eq!(check.json(), json!([]), "{words:?}");
    run
}

#[test]
fn an_extract_holds_what_belongs_to_the_selection_and_nothing_else() {
    let (desk, all) = (Desk::new(), tables());
    let place = |id: &str| all["municipalities"].iter().find(|row| row["id"] == id).unwrap();
    let has = |row: &Record, id: &str| pair(row).contains(&id);
    let is_in = |row: &Record, country: &str| pair(row).iter().any(|id| place(id)["country"] == country);

    let with_russia = expected(&all, |row| is_in(row, "RU"), &[]);
    assert!(with_russia["partnerships"].iter().any(|row| row["status"] == "historic"), "no status is left out");
    assert!(!with_russia["events"].is_empty() && !with_russia["mergers"].is_empty());
    let run = holds(&desk, &["--country", "RU"], &with_russia);
    holds(&desk, &["--country", "RU", "--all"], &with_russia);
    let listed = done(&["list", "--country", "RU", "--all"]);
    assert_eq!(run.stderr, listed.stderr, "what a listing says below its rows an export says too");

    let suspended = |row: &Record| is_in(row, "RU") && row["status"] == "suspended";
    holds(&desk, &["--country", "RU", "--status", "suspended"], &expected(&all, suspended, &[]));
    let of_kuopio = expected(&all, |row| has(row, "fi-kuopio"), &["fi-kuopio"]);
    assert!(["claims", "declarations", "networks", "mergers"].iter().all(|table| !of_kuopio[table].is_empty()));
    holds(&desk, &["--place", "Kuopio"], &of_kuopio);
    holds(&desk, &["kuopio"], &of_kuopio);
    let of_helsinki = expected(&all, |row| has(row, "fi-helsinki"), &["fi-helsinki"]);
    assert!(of_helsinki["municipalities"].iter().any(|row| row["id"] == "be-bruxelles"), "the seat of an office");
    holds(&desk, &["Helsinki"], &of_helsinki);
    let pair_of = |row: &Record| has(row, "fi-kuopio") && has(row, "no-bodo");
    holds(&desk, &["Kuopio", "Bodø"], &expected(&all, pair_of, &["fi-kuopio", "no-bodo"]));
    // Asked for and without any partnership that is meant, a place is in all the same.
    let none = expected(&all, |_| false, &["fi-helsinki"]);
    assert_eq!((none["partnerships"].len(), none["declarations"].len()), (0, 1));
    holds(&desk, &["Helsinki", "--kind", "twin"], &none);
}

#[test]
fn contacts_come_only_when_asked_for_and_then_those_of_the_extract() {
    let contact = |subject: &str| format!("{subject},mayor,Person of {subject},,,,,,\n");
    let contacts = ["fi-kuopio", "fi-nilsia", "fi-oulu", "bodo-jonkoping-kuopio-svendborg", "douzelage"].map(contact);
    let header = "subject,role,name,topic,email,phone,since,until,checked_on\n";
    let mut desk = Desk::new().with("r/contacts.csv", header.to_owned() + &contacts.concat());
    for (name, text) in shipped().into_iter().filter(|(name, _)| name != "contacts.csv") {
        desk = desk.with(&format!("r/{name}"), text);
    }
    let export = |words: &[&str]| desk.done(&[&["--registry", "r", "export", "Kuopio"], words].concat());
    export(&["--format", "datapackage", "-o", "without"]);
    let files = desk.files_of_registry("without");
    assert!(!files.contains_key("contacts.csv") && !files["datapackage.json"].contains("contacts"));
    assert!(!export(&["--format", "sql"]).stdout.contains("Person of"));

    export(&["--format", "datapackage", "-o", "with", "--with-contacts"]);
    let subjects: Vec<String> = tables_of(&desk, "with")["contacts"].iter().map(|row| row["subject"].clone()).collect();
    // Nilsiä is in as what has become a part of Kuopio, the network as one of which Kuopio is a member.
    assert_eq!(subjects, ["bodo-jonkoping-kuopio-svendborg", "fi-kuopio", "fi-nilsia"]);
    assert_eq!(export(&["--format", "sql", "--with-contacts"]).stdout.matches("Person of").count(), 3);
}

/// A registry whose references go on and on, lead nowhere, and stand the wrong way round.
fn entangled() -> Desk {
    let places = [
        "fi-a,FI,,",
        "fi-b,FI,,s3 ; s-gone;",
        "fi-c,FI,,",
        "fi-old,FI,,",
        "fi-older,FI,,",
        "fi-part,FI,fi-whole,",
        "fi-seat,FI,fi-around,",
        "fi-around,FI,,",
        "fi-whole,FI,fi-wholer,",
        "fi-wholer,FI,,s4",
        "fi-x,FI,,s5",
        "no-a,NO,zz-gone,",
    ];
    let rows = |rows: &[&str]| rows.iter().map(|row| format!("{row}\n")).collect::<String>();
    let places = places.map(|row| {
        let [id, country, part_of, sources] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        format!("{id},{id},{country},municipality,{part_of},{sources},\"of {id}, own\"\n")
    });
    Desk::new()
        .with("r/datapackage.json", r#"{"twinning":{"format":1,"home":["FI"]},"title":"Own"}"#)
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\nNO,Norway,Europe\n")
        .with("r/municipalities.csv", format!("id,name,country,type,part_of,sources,own\n{}", places.concat()))
        .with(
            "r/partnerships.csv",
            "a,b,kind,status,sources\n".to_owned()
                + &rows(&[
                    "fi-a,no-a,twin,active,s1;s2",
                    "fi-b,no-a,twin,historic,",
                    "fi-b,zz-gone,twin,active,",
                    "fi-c,no-a,friendship,active,",
                    "fi-part,no-a,twin,suspended,",
                    "no-a,fi-a,partner,active,",
                ]),
        )
        .with(
            "r/events.csv",
            "a,b,date,event,sources\n".to_owned()
                + &rows(&[
                    "fi-a,no-a,2000,signed,s6",
                    "fi-c,no-a,2001,signed,",
                    "no-a,fi-a,2002,signed,s7",
                    "no-a,fi-b,2003,ended,",
                ]),
        )
        .with(
            "r/mergers.csv",
            "date,event,from,to,sources\n1970-01-01,merge,fi-older,fi-old,s8\n1990-01-01,merge,fi-old,fi-a,\n\
             1990-01-01,merge,fi-x,fi-gone,\n",
        )
        .with("r/networks.csv", "id,name,type,seat\nn1,N,network,fi-seat\nn2,N,network,fi-x\n")
        .with("r/members.csv", "network,municipality\nn1,fi-a\nn1,fi-old\nn2,fi-old\n")
        .with(
            "r/sources.csv",
            "id,title,rank\n".to_owned() + &(1..=9).map(|nth| format!("s{nth},T,other\n")).collect::<String>(),
        )
}

#[test]
fn references_are_followed_to_their_ends_and_what_dangles_dangles_on() {
    let desk = entangled();
    let ids = |words: &[&str], table: &str, columns: &[&str]| {
        let folder = format!("out-{}", words.join("-"));
        if !desk.path(&folder).exists() {
            let export = ["--registry", "r", "export", "--format", "datapackage", "-o", &folder];
            desk.done(&[&export, words].concat());
        }
        let found = tables_of(&desk, &folder);
        let row = |row: &Record| columns.iter().map(|column| &*row[*column]).collect::<Vec<_>>().join(" ");
        found[table].iter().map(row).collect::<Vec<_>>()
    };
    // What the place was made of, of what that was made, the seat of its network and what that lies in; not the other
    // member of the network, nor the network of which only a place is a member that is gone.
    let a = ["fi-a", "--kind", "twin"];
    assert_eq!(ids(&a, "partnerships", &["a", "b"]), ["fi-a no-a"]);
    assert_eq!(ids(&a, "municipalities", &["id"]), ["fi-a", "fi-around", "fi-old", "fi-older", "fi-seat", "no-a"]);
    assert_eq!(ids(&a, "members", &["network", "municipality"]), ["n1 fi-a"]);
    assert_eq!(ids(&a, "networks", &["id"]), ["n1"]);
    // Of a pair that is entered in both orders, each order has its own events.
    assert_eq!(ids(&a, "events", &["a", "b"]), ["fi-a no-a"]);
    assert_eq!(ids(&a, "sources", &["id"]), ["s1", "s2", "s6", "s8"]);
    assert_eq!(ids(&a, "municipalities", &["own"])[0], "of fi-a, own");
    assert_eq!(ids(&["fi-a", "--kind", "partner"], "events", &["a", "b"]), ["no-a fi-a"]);

    assert_eq!(ids(&["fi-part"], "municipalities", &["id"]), ["fi-part", "fi-whole", "fi-wholer", "no-a"]);
    assert_eq!(ids(&["fi-part"], "sources", &["id"]), ["s4"]);
    // The other way round an event is one of the partnership all the same.
    assert_eq!(ids(&["fi-b"], "partnerships", &["a", "b"]), ["fi-b no-a", "fi-b zz-gone"]);
    assert_eq!(ids(&["fi-b"], "events", &["a", "b"]), ["no-a fi-b"]);
    assert_eq!(ids(&["fi-b"], "sources", &["id"]), ["s3"]);
    // What dangles in the registry dangles in the extract, and no more.
    let dangling = |folder: &str| {
        let found =
            desk.twin(&["--registry", folder, "check", "--rule", "dangling-reference", "--format", "json"]).json();
        let told = found.as_array().unwrap().iter().map(|finding| finding["message"].as_str().unwrap().to_owned());
        told.collect::<BTreeSet<String>>()
    };
    let (whole, b) = (dangling("r"), dangling("out-fi-b"));
    assert_eq!((whole.len(), b.len(), b.is_subset(&whole)), (4, 3, true), "{whole:?} {b:?}");
    // A table that is not there is not there in an extract.
    let names = |folder: &str| desk.files_of_registry(folder).into_keys().collect::<Vec<_>>();
    assert_eq!(names("out-fi-b"), names("r"));
}

#[test]
fn without_a_condition_the_tables_are_the_whole_registry() {
    let (desk, shipped) = (Desk::new(), shipped());
    let sql = done(&["export", "--format", "sql"]).stdout;
    for words in [&["--all"][..], &["--in", "FI"], &["--maybe"]] {
        assert!(done(&[&["export", "--format", "sql"], words].concat()).stdout == sql, "{words:?}");
    }
    for words in [&[][..], &["--all"]] {
        let folder = format!("whole{}", words.concat());
        let run = desk.done(&[&["export", "--format", "datapackage", "-o", &folder], words].concat());
        assert_eq!(run.stderr.lines().count(), 1, "nothing but which registry it is: {}", run.stderr);
        let files = desk.files_of_registry(&folder);
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
            assert!(*text == shipped[name], "{name}");
        }
        assert_eq!(files.len(), shipped.len() - 1, "all but the contacts");
    }
    // A selection of all partnerships is no whole registry: some places have none.
    desk.done(&["export", "--format", "datapackage", "-o", "some", "--status", "active"]);
    assert!(desk.read("some/municipalities.csv").len() < shipped["municipalities.csv"].len());
}

#[test]
fn places_are_those_of_the_listing_in_every_format() {
    for format in ["csv", "tsv", "json", "jsonl"] {
        for places in
            [&["Kuopio"][..], &["Kuopio", "Bodø", "Jönköping"], &["bodo", "--all"], &["Helsinki", "--country", "EE"]]
        {
            let run = |command| done(&[&[command, "--format", format], places].concat());
            let (exported, listed) = (run("export"), run("list"));
            assert_eq!((exported.stdout, exported.stderr), (listed.stdout, listed.stderr), "{format} {places:?}");
        }
    }
    let places = ["Kuopio", "Bodø", "Jönköping"];
    let listed = done(&[&["list", "--format", "json"], &places[..]].concat()).json();
    let pairs = listed.as_array().unwrap().len();
    assert!(pairs > 1);
    let export = |format: &str| done(&[&["export", "--format", format], &places[..]].concat());
    assert_eq!(export("dot").stdout.matches(" -- ").count(), pairs);
    assert_eq!(export("graphml").stdout.matches("<edge ").count(), pairs);
    let nodes = export("jsonld").json()["@graph"].as_array().unwrap().clone();
    assert_eq!(nodes.iter().filter(|node| node["@type"] == "Partnership").count(), pairs);
    let map = export("geojson").json();
    let is_line = |feature: &&Value| feature["geometry"]["type"] != "Point";
    assert_eq!(map["features"].as_array().unwrap().iter().filter(is_line).count(), pairs);
    let copied = export("sql").stdout;
    let copied = copied.split_once("\nCOPY \"partnerships\" ").unwrap().1.split_once("\n\\.\n").unwrap().0;
    assert_eq!(copied.lines().count() - 1, pairs);
}

#[test]
fn tables_are_of_today_and_names_are_to_be_found() {
    let desk = Desk::new();
    for words in
        [&["--format", "sql"][..], &["-o", "x.xlsx"], &["-o", "x.zip"], &["--format", "datapackage", "-o", "x"]]
    {
        let run = desk.twin(&[&["export", "Kuopio", "--as-of", "2020"], words].concat());
        let told =
            "error: this format holds tables, and they tell what is known today; `--as-of` does not go with it\n";
        assert_eq!((run.exit, &*run.stdout, run.stderr.contains(told)), (2, "", true), "{words:?}: {}", run.stderr);
        assert_eq!(desk.twin(&[&["export", "Nowhere"], words].concat()).exit, 4, "{words:?}");
    }
    assert_eq!(desk.files("").len(), 0, "nothing was written");
}

/// Reads an archive: its files in their order.
fn unzipped(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a folder is made where a file is to be written")]
fn an_archive_holds_the_files_of_the_folder_byte_for_byte() {
    let desk = super::hostile();
    let export = |words: &[&str]| desk.twin(&[&["--registry", "r", "export"], words].concat());
    let bytes = |name: &str| std::fs::read(desk.path(name)).unwrap();
    for (nth, words) in [&[][..], &["fi-ii"], &["--with-contacts"]].into_iter().enumerate() {
        let [folder, first, again] = [format!("folder{nth}"), format!("first{nth}.zip"), format!("again{nth}.ZIP")];
        assert_eq!(export(&[&["--format", "datapackage", "-o", &folder], words].concat()).exit, 0);
        let run = export(&[&["-o", &first], words].concat());
        assert_eq!((run.exit, run.stdout.is_empty()), (0, true), "{}", run.stderr);
        export(&[&["--format", "datapackage", "-o", &again], words].concat());
        let packed = unzipped(bytes(&first));
        assert_eq!(packed.iter().cloned().collect::<BTreeMap<_, _>>(), desk.files_of_registry(&folder), "{words:?}");
        assert_eq!(packed[0].0, "datapackage.json");
        assert!(bytes(&first) == bytes(&again), "{words:?}");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes(&first))).unwrap();
        let times = (0..archive.len()).map(|at| archive.by_index(at).unwrap().last_modified().unwrap().year());
        assert_eq!(times.collect::<BTreeSet<_>>(), [1980].into());
    }
    // As any file that is written, one that is there is replaced, and what cannot be is left.
    let written = bytes("first1.zip");
    assert_eq!(export(&["-o", "first0.zip", "fi-ii"]).exit, 0);
    assert!(bytes("first0.zip") == written);
    std::fs::create_dir(desk.path("there.zip")).unwrap();
    assert_eq!((export(&["-o", "there.zip"]).exit, export(&["-o", "no/such.zip"]).exit), (7, 7));
    assert_eq!(desk.files("there.zip").len(), 0);
    assert_eq!(export(&["--format", "datapackage"]).exit, 2);
}
