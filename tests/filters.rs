//! Every filter, alone and with others, selects what the tables say, and counts are the counts of what it selects.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::{BTreeMap, BTreeSet};

use harness::{Desk, Record, done, records, twin};
use serde_json::Value;

/// A partnership with its parties.
struct Joined {
    own: Record,
    a: Record,
    b: Record,
}

const HOME: [&str; 2] = ["FI", "AX"];

impl Joined {
    fn is(&self, column: &str, values: &[&str]) -> bool {
        values.contains(&self.own[column].as_str())
    }

    /// Tells whether a list holds an item.
    fn has(&self, column: &str, item: &str) -> bool {
        self.own[column].split(';').any(|known| known == item)
    }

    fn is_in_force(&self) -> bool {
        !self.is("status", &["historic"])
    }

    /// Tells whether the partner is in a country; between two at home either side is a partner.
    fn is_with(&self, code: &str) -> bool {
        self.b["country"] == code || (HOME.contains(&self.b["country"].as_str()) && self.a["country"] == code)
    }

    fn is_in_region(&self, region: &str) -> bool {
        [&self.a, &self.b].iter().any(|side| HOME.contains(&side["country"].as_str()) && side["region"] == region)
    }

    fn year(&self, column: &str) -> Option<u16> {
        self.own[column].get(..4)?.parse().ok()
    }

    fn is_of(&self, network: &str) -> bool {
        let members = records("members").into_iter().filter(|row| row["network"] == network && row["until"].is_empty());
        let members: BTreeSet<String> = members.map(|row| row["municipality"].clone()).collect();
        members.contains(&self.own["a"]) && members.contains(&self.own["b"])
    }
}

fn joined() -> Vec<Joined> {
    let places: BTreeMap<String, Record> =
        records("municipalities").into_iter().map(|row| (row["id"].clone(), row)).collect();
    let join = |own: Record| Joined { a: places[&own["a"]].clone(), b: places[&own["b"]].clone(), own };
    records("partnerships").into_iter().map(join).collect()
}

type Meant = fn(&Joined) -> bool;

/// What is asked for, in words of the command line, and what is meant.
const FILTERS: &[(&str, Meant)] = &[
    ("", Joined::is_in_force),
    ("--all", |_| true),
    ("--status historic", |row| row.is("status", &["historic"])),
    ("--status active", |row| row.is("status", &["active"])),
    ("--status historic --status suspended", |row| row.is("status", &["historic", "suspended"])),
    ("--kind partner", |row| row.is("kind", &["partner"]) && row.is_in_force()),
    ("--kind contact --kind partner --all", |row| row.is("kind", &["contact", "partner"])),
    ("--kind friendship", |_| false),
    ("--country SE", |row| row.is_with("SE") && row.is_in_force()),
    ("--country Ruotsi --country Norge --all", |row| row.is_with("SE") || row.is_with("NO")),
    ("--country FI", |row| row.is_with("FI") && row.is_in_force()),
    ("--country Åland", |row| row.is_with("AX") && row.is_in_force()),
    ("--country FI+ --all", |row| row.is_with("AX")),
    ("--country JP", |row| row.is_with("JP") && row.is_in_force()),
    ("--place Kuopio", |row| row.is("a", &["fi-kuopio"])),
    ("--place Kuopio --place Lahti --all", |row| row.is("a", &["fi-kuopio", "fi-lahti"])),
    ("--place Rauma --in Suomi", |row| row.is("a", &["fi-rauma"]) && row.is_in_force()),
    ("--region Uusimaa", |row| row.is_in_region("Uusimaa") && row.is_in_force()),
    ("--region pohjois-savo --region Kainuu --all", |row| {
        row.is_in_region("Pohjois-Savo") || row.is_in_region("Kainuu")
    }),
    ("--type region", |row| row.b["type"] == "region" && row.is_in_force()),
    ("--type district --type other --all", |row| ["district", "other"].contains(&row.b["type"].as_str())),
    ("--theme culture", |row| row.has("themes", "culture")),
    ("--theme Éducation", |row| row.has("themes", "education")),
    ("--network bodo-jonkoping-kuopio-svendborg", |row| row.is_of("bodo-jonkoping-kuopio-svendborg")),
    ("--network Douzelage --all", |row| row.is_of("douzelage")),
    ("--source hel-fi-2020", |row| row.has("sources", "hel-fi-2020") && row.is_in_force()),
    ("--source dfg-nrw --source muelheim-de-2010 --all", |row| {
        row.has("sources", "dfg-nrw") || row.has("sources", "muelheim-de-2010")
    }),
    ("--unverified", |row| row.is("verified_on", &[""]) && row.is_in_force()),
    ("--started-before 1950", |row| row.year("start").is_some_and(|year| year < 1950) && row.is_in_force()),
    ("--started-after 2019 --all", |row| row.year("start").is_some_and(|year| year > 2019)),
    ("--started-after 1959 --started-before 1970-01 --country DE", |row| {
        row.year("start").is_some_and(|year| (1960..1970).contains(&year)) && row.is_with("DE") && row.is_in_force()
    }),
    ("--ended-before 2009 --all", |row| row.is("end", &["2008-12-31"])),
    ("--ended-after 2009 --status historic", |row| row.is("end", &["2013-01-01", "2017", "[2010..2022]"])),
    ("--country RU --kind twin --status suspended --region Lappi", |row| {
        row.is_with("RU") && row.is("kind", &["twin"]) && row.is("status", &["suspended"]) && row.is_in_region("Lappi")
    }),
    ("--unverified --country Estonia --type municipality --all", |row| {
        row.is("verified_on", &[""]) && row.is_with("EE") && row.b["type"] == "municipality"
    }),
    ("--network douzelage --place Kuopio", |_| false),
];

#[test]
fn every_filter_selects_what_the_tables_say_and_stats_count_it() {
    let all = joined();
    let mut amiss = Vec::new();
    for (words, is_meant) in FILTERS {
        let meant = all.iter().filter(|row| is_meant(row)).map(|row| format!("{}~{}", row.own["a"], row.own["b"]));
        let meant: BTreeSet<String> = meant.collect();
        let words: Vec<&str> = words.split_whitespace().collect();
        let rows = done(&[&["list", "--format", "csv", "--fields", "id"], &words[..]].concat()).rows();
        let listed: BTreeSet<String> = rows.iter().flatten().cloned().collect();
        let stats = done(&[&["stats", "--by", "status", "--format", "json"], &words[..]].concat()).json();
        let counted: u64 = stats.as_array().unwrap().iter().map(|row| row["total"].as_u64().unwrap()).sum();
        if listed != meant || rows.len() != meant.len() || counted != meant.len() as u64 {
            let [more, fewer] =
                [listed.difference(&meant), meant.difference(&listed)].map(|ids| ids.collect::<Vec<_>>());
            amiss.push(format!(
                "{words:?}: {} listed, {counted} counted; too many {more:?}, missing {fewer:?}",
                rows.len()
            ));
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

#[test]
fn what_may_match_is_counted_and_shown_when_asked_for() {
    let all = joined();
    for (words, is_meant, is_maybe) in [
        (
            "--started-before 1950",
            (|row| row.year("start").is_some_and(|year| year < 1950) && row.is_in_force()) as Meant,
            (|row| row.is("start", &[""]) && row.is_in_force()) as Meant,
        ),
        // About 2011 may be 2010, but not 2009.
        (
            "--started-before 2011 --started-after 2009 --all",
            |row| row.year("start") == Some(2010),
            |row| row.is("start", &["", "2011~"]),
        ),
        (
            "--ended-before 2009 --all",
            |row| row.is("end", &["2008-12-31"]),
            |row| row.is("status", &["historic"]) && row.is("end", &["", "200X"]),
        ),
        (
            "--ended-after 2015 --all",
            |row| row.is("end", &["2017"]),
            |row| row.is("status", &["historic"]) && row.is("end", &["", "[2010..2022]"]),
        ),
    ] {
        let [meant, maybe] = [is_meant, is_maybe].map(|is| all.iter().filter(|row| is(row)).count());
        assert!(maybe > 0, "{words}");
        let list = |more: &[&str]| done(&[&["list"], &words.split(' ').collect::<Vec<_>>()[..], more].concat());
        assert!(list(&[]).stderr.contains(&format!("\n{maybe} more may match")), "{words}: {}", list(&[]).stderr);
        assert_eq!(list(&["--format", "csv"]).rows().len(), meant, "{words}");
        assert_eq!(list(&["--maybe", "--format", "csv"]).rows().len(), meant + maybe, "{words}");
        assert!(list(&["--maybe"]).stderr.contains(&format!("\n{maybe} of them only may match")), "{words}");
    }
}

#[test]
fn what_is_left_out_is_counted() {
    let historic = joined().iter().filter(|row| !row.is_in_force()).count();
    let footer = done(&["list"]).stderr;
    assert!(
        footer.contains(&format!("735 in force, 63 of them suspended.\n{historic} historic"))
            && footer.contains("--all")
    );
    assert!(!done(&["list", "--all"]).stderr.contains("not shown"));
    assert!(!done(&["list", "--status", "active"]).stderr.contains("not shown"));
    assert!(
        done(&["list", "--country", "FO", "--status", "historic"])
            .stderr
            .ends_with("Nothing matches: 3 partnerships with Faroe Islands, all in force.\n")
    );
}

/// Counts by one thing, with the program: by the first member of its rows.
fn counted(by: &str, more: &[&str]) -> BTreeMap<String, [u64; 4]> {
    let rows = done(&[&["stats", "--by", by, "--format", "json"], more].concat()).json();
    let count = |row: &Value| ["active", "suspended", "historic", "total"].map(|member| row[member].as_u64().unwrap());
    let group = |row: &Value| row.as_object().unwrap().values().next().unwrap().to_string().replace('"', "");
    rows.as_array().unwrap().iter().map(|row| (group(row), count(row))).collect()
}

/// Counts by what a partnership has, from the tables.
fn tallied(groups: impl Fn(&Joined) -> Vec<String>) -> BTreeMap<String, [u64; 4]> {
    let mut tally: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for row in joined() {
        let status =
            ["active", "suspended", "historic"].iter().position(|status| row.own["status"] == **status).unwrap();
        for group in groups(&row).into_iter().collect::<BTreeSet<_>>() {
            let counts = tally.entry(group).or_default();
            counts[status] += 1;
            counts[3] += 1;
        }
    }
    tally
}

#[test]
fn counts_are_those_of_the_tables() {
    let or_null = |text: &str| if text.is_empty() { "null".to_owned() } else { text.to_owned() };
    let is_home = |side: &Record| HOME.contains(&side["country"].as_str());
    let at_home = |row: &Joined, column: &str| -> Vec<String> {
        [&row.a, &row.b].into_iter().filter(|side| is_home(side)).map(|side| or_null(&side[column])).collect()
    };
    assert_eq!(counted("kind", &["--all"]), tallied(|row| vec![row.own["kind"].clone()]));
    assert_eq!(counted("region", &["--all"]), tallied(|row| at_home(row, "region")));
    assert_eq!(counted("municipality", &["--all"]), tallied(|row| at_home(row, "id")));
    let countries = tallied(|row| match is_home(&row.b) {
        true => vec![row.a["country"].clone(), row.b["country"].clone()],
        false => vec![row.b["country"].clone()],
    });
    assert_eq!(counted("country", &["--all"]), countries);
    let decades = tallied(|row| match row.own["start"].as_str() {
        // About 2011 may be 2010 or 2012, all of them of one decade.
        start if !start.is_empty() => vec![format!("{}0", &start[..3])],
        _ => vec!["null".to_owned()],
    });
    assert_eq!(counted("decade", &["--all"]), decades);
    let in_force =
        countries.into_iter().map(|(code, [active, suspended, ..])| (code, [active, suspended, 0, active + suspended]));
    assert_eq!(counted("country", &[]), in_force.filter(|(_, counts)| counts[3] > 0).collect());
}

#[test]
fn the_footer_of_counts_says_what_is_counted() {
    let run = done(&["stats", "--by", "country"]);
    for words in
        ["735 in force, 63 of them suspended", "Counted: partnerships in force (active and suspended), each once"]
    {
        assert!(run.stderr.contains(words), "{words}");
    }
    let active: BTreeSet<String> = joined()
        .iter()
        .filter(|row| row.is("status", &["active"]))
        .flat_map(|row| [row.own["a"].clone(), row.own["b"].clone()])
        .collect();
    let own = records("municipalities").into_iter().filter(|row| {
        HOME.contains(&row["country"].as_str()) && row["type"] == "municipality" && row["dissolved"].is_empty()
    });
    let own: BTreeSet<String> = own.map(|row| row["id"].clone()).collect();
    let (with, all) = (own.intersection(&active).count(), own.len());
    assert_eq!((with, all), (172, 308));
    assert!(run.stderr.contains(&format!("Coverage: {with} of {all} municipalities at home (56 %)")), "{}", run.stderr);
    let abroad = counted("country", &[]).into_iter().filter(|(code, counts)| !HOME.contains(&&**code) && counts[0] > 0);
    assert_eq!(abroad.count(), 31);
}

#[test]
fn counts_of_a_day_are_those_of_the_list_of_that_day() {
    for day in ["1970", "2008-12-31", "2016", "2022-03-01"] {
        let listed = done(&["list", "--as-of", day, "--format", "csv", "--fields", "status"]).rows();
        let counted: u64 = counted("kind", &["--as-of", day]).values().map(|counts| counts[3]).sum();
        assert_eq!(listed.len() as u64, counted, "{day}");
        assert!(done(&["stats", "--as-of", day]).stderr.contains("\nAs of "));
    }
}

#[test]
fn what_is_no_filter_is_wrong_usage() {
    for words in [
        "--kind twins",
        "--status ended",
        "--type town",
        "--as-of 1.1.2020",
        "--started-before yesterday",
        "--ended-after 2022-13",
        "--by colour",
        "--filter x",
        "--country",
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let run = twin(&[&["stats"], &words[..]].concat());
        assert_eq!((run.exit, run.stdout.as_str()), (2, ""), "{words:?}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(words[0]), "{}", run.stderr);
    }
}

#[test]
fn the_country_is_that_of_the_party_however_its_id_begins() {
    let folder = [
        ("countries", "code,name,continent\nEE,Estonia,Europe\nFI,Finland,Europe\nRU,Russia,Europe\n"),
        (
            "municipalities",
            "id,name,country,type\nee-jaani,Jaani,RU,municipality\nee-narva,Narva,EE,municipality\n\
             fi-ii,Ii,FI,municipality\nru-omsk,Omsk,RU,municipality\nru-petseri,Petseri,EE,municipality\n",
        ),
        (
            "partnerships",
            "a,b,kind,status\nfi-ii,ee-jaani,twin,active\nfi-ii,ee-narva,twin,active\nfi-ii,ru-gone,twin,active\n\
             fi-ii,ru-omsk,twin,active\nfi-ii,ru-petseri,twin,active\n",
        ),
    ];
    let desk = Desk::new().with("r/datapackage.json", r#"{"twinning": {"format": 1, "home": ["FI"]}}"#);
    let desk = folder.iter().fold(desk, |desk, (table, text)| desk.with(&format!("r/{table}.csv"), text));
    for (country, partners) in [("RU", ["ee-jaani", "ru-omsk"]), ("EE", ["ee-narva", "ru-petseri"])] {
        let run = desk.done(&["--registry", "r", "list", "--country", country, "--format", "json"]);
        let found: Vec<Value> = run.json().as_array().unwrap().iter().map(|row| row["partner_id"].clone()).collect();
        assert_eq!(found, partners);
    }
}

#[test]
fn on_a_day_a_network_has_not_the_members_who_joined_later() {
    let of = |since: &str, day: &str| {
        let desk = Desk::new()
            .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\nNO,Norway,Europe\n")
            .with("r/municipalities.csv", "id,name,country,type\nfi-a,A,FI,municipality\nno-b,B,NO,municipality\n")
            .with("r/partnerships.csv", "a,b,kind,status\nfi-a,no-b,twin,active\n")
            .with("r/networks.csv", "id,name,type\nring,Ring,chain\n")
            .with("r/members.csv", format!("network,municipality,since\nring,fi-a,\nring,no-b,{since}\n"));
        desk.done(&["--registry", "r", "list", "--network", "ring", "--as-of", day, "--format", "csv"]).rows().len()
    };
    // Who may have joined is in it, and of whom nobody knows since when.
    for (since, day, wanted) in
        [("1980", "1979", 0), ("1980", "1980-06-30", 1), ("1980", "1980", 1), ("", "1979", 1), ("198X", "1979", 0)]
    {
        assert_eq!(of(since, day), wanted, "{since} on {day}");
    }
}
