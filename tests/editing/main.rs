//! What the commands that edit do to the tables, what they say, and how it is taken back.
#![allow(clippy::disallowed_methods, reason = "the test makes the files that the program is to edit")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "../harness/mod.rs"]
mod harness;
mod plans;
mod records;
mod standing;
mod undo;

use harness::Desk;

const COUNTRIES: &str = "code,name,name_fi,name_sv,continent,part_of
FI,Finland,Suomi,Finland,Europe,
HU,Hungary,Unkari,Ungern,Europe,
RU,Russia,Venäjä,Ryssland,Europe,
";
const MUNICIPALITIES: &str = "id,name,country,type,region,name_fi,dissolved
fi-helsinki,Helsinki,FI,municipality,Uusimaa,,
fi-kouvola,Kouvola,FI,municipality,Kymenlaakso,,
fi-kuusankoski,Kuusankoski,FI,municipality,Kymenlaakso,,2009-01-01
fi-lahti,Lahti,FI,municipality,Päijät-Häme,,
hu-pecs,Pécs,HU,municipality,,,
ru-kaluga,Kaluga,RU,municipality,,,
ru-moscow,Moskva,RU,municipality,,Moskova,
ru-vologda,Vologda,RU,municipality,,,
";
const PARTNERSHIPS: &str = "a,b,kind,status,start,end,term,themes,sources,verified_on,note
fi-helsinki,ru-moscow,partner,active,,,,,,,
fi-kouvola,ru-vologda,twin,active,1985,,,,list,,
fi-kuusankoski,ru-vologda,twin,historic,,2008-12-31,,,,,
fi-lahti,hu-pecs,twin,active,1956,,,,,,
fi-lahti,ru-kaluga,twin,suspended,,,,,,,
fi-lahti,ru-vologda,twin,active,,,,,,,
";
const EVENTS: &str = "a,b,date,event,by,body,reference,review_on,reason,sources
fi-lahti,ru-kaluga,2022-02-28,suspended,a,,,,,
";
const SOURCES: &str = "id,title,publisher,rank,url,published,retrieved,licence
list,A list,,other,https://example.org/list,,,
";
const NETWORKS: &str = "id,name,type\nchain,A chain,chain\nclub,The Club,network\n";
const MEMBERS: &str = "network,municipality,until
chain,fi-helsinki,
chain,hu-pecs,
club,fi-helsinki,
club,fi-lahti,2020
club,hu-pecs,
";
const PACKAGE: &str = r#"{"twinning":{"format":1,"home":["FI"]}}"#;

/// A desk with a small registry.
fn desk() -> Desk {
    let tables = [
        ("countries.csv", COUNTRIES),
        ("municipalities.csv", MUNICIPALITIES),
        ("partnerships.csv", PARTNERSHIPS),
        ("events.csv", EVENTS),
        ("sources.csv", SOURCES),
        ("networks.csv", NETWORKS),
        ("members.csv", MEMBERS),
        ("datapackage.json", PACKAGE),
    ];
    let desk = tables.iter().fold(Desk::new(), |desk, (name, text)| desk.with(&format!("messy/{name}"), text));
    desk.done(&["convert", "messy", "data"]);
    desk
}

/// Returns the lines of a table that are not those of its former text, and those that are gone.
fn changed(desk: &Desk, table: &str, before: &str) -> (Vec<String>, Vec<String>) {
    let after = desk.read(&format!("data/{table}.csv"));
    let only = |one: &str, other: &str| {
        one.lines().filter(|line| !other.lines().any(|known| known == *line)).map(str::to_owned).collect()
    };
    (only(&after, before), only(before, &after))
}

fn operations(desk: &Desk) -> Vec<Vec<String>> {
    desk.done(&["log", "--format", "csv", "--fields", "id"]).rows()
}
