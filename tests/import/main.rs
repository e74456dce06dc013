//! Foreign lists: what each row is to the registry, what is taken over, what is left, in every form a list may have.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(clippy::disallowed_methods, reason = "the tests make the files that the program is to read")]

mod again;
mod columns;
mod compare;
mod conflicts;
mod forms;
#[path = "../harness/mod.rs"]
mod harness;
mod init;
mod outcomes;
mod places;
mod survey;
mod wikidata;
mod workbooks;

use harness::{Desk, Run};

/// The tables of a small registry at home in Finland.
const TABLES: [(&str, &str); 4] = [
    (
        "municipalities",
        "id,name,country,type,region,code,name_sv,aliases,lat,lon,wikidata
de-halle-saale,Halle,DE,municipality,Sachsen-Anhalt,,,,51.48,11.97,Q2814
de-halle-westfalen,Halle,DE,municipality,Nordrhein-Westfalen,,,,52.06,8.36,
fi-kouvola,Kouvola,FI,municipality,Kymenlaakso,286,,,60.87,26.7,
fi-kuopio,Kuopio,FI,municipality,Pohjois-Savo,297,,,62.89,27.68,Q1757
fi-turku,Turku,FI,municipality,Varsinais-Suomi,853,Åbo,,60.45,22.27,Q38511
hu-gyor,Győr,HU,municipality,,,,Raab;Jaurinum,47.68,17.63,Q43274
no-bodo,Bodø,NO,municipality,,,,,67.28,14.4,Q8114
ru-vologda,Vologda,RU,municipality,,,,,59.22,39.89,Q1957
us-salem-ma,Salem (MA),US,municipality,,,,,,,
us-springfield-il,Springfield,US,municipality,Illinois,,,,39.8,-89.65,
",
    ),
    (
        "partnerships",
        "a,b,kind,status,start,end,term,themes,sources,verified_on,note
fi-kouvola,ru-vologda,twin,active,1997,,,,wiki,,
fi-kuopio,hu-gyor,twin,active,1977-05-17,,,,town,2024,
fi-kuopio,no-bodo,twin,active,,,,,wiki,,
fi-turku,de-halle-saale,twin,historic,1950,1990,,,wiki,,
",
    ),
    (
        "sources",
        "id,title,publisher,rank,url
page,A page,,other,https://example.org/page
town,The town,,official,https://example.org/town
wiki,A list,,encyclopedia,https://example.org/wiki
",
    ),
    ("claims", "a,b,field,value,source\n"),
];

/// Makes a desk with that registry and a list.
fn desk(name: &str, list: impl AsRef<[u8]>) -> Desk {
    let countries = include_str!("../../data/countries.csv");
    let package = r#"{"twinning": {"format": 1, "home": ["FI"]}}"#;
    let desk = Desk::new().with("reg/countries.csv", countries).with("reg/datapackage.json", package).with(name, list);
    TABLES.iter().fold(desk, |desk, (table, rows)| desk.with(&format!("reg/{table}.csv"), rows))
}

/// Runs the program on the registry.
fn twin(desk: &Desk, args: &[&str]) -> Run {
    desk.twin(&[&["--registry", "reg"], args].concat())
}

/// Holds a list against the registry and returns what is told of its rows, below how it was read.
fn told(list: &str, args: &[&str]) -> Vec<String> {
    told_of(&desk("list.csv", list), &[&["import", "list.csv", "--dry-run", "--all"], args].concat())
}

fn told_of(desk: &Desk, args: &[&str]) -> Vec<String> {
    let run = twin(desk, args);
    assert!([0, 5].contains(&run.exit), "{}", run.stderr);
    run.stdout.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Returns the line of the counts.
fn counts(run: &Run) -> &str {
    run.stderr.lines().find(|line| line.contains(" new, ")).unwrap_or_else(|| panic!("{}{}", run.stdout, run.stderr))
}

/// Returns the rows of a table of the registry that were not there before, or in which a cell that is has changed.
fn added(desk: &Desk, table: &str) -> Vec<String> {
    let before = TABLES.iter().find(|(name, _)| *name == table).map_or("", |(_, rows)| rows);
    let is_of_before = |row: &str| {
        let key = row.split(',').next().unwrap_or_default();
        // The other tables of the small registry lack columns that are written along.
        before.lines().any(|old| old == row || table != "partnerships" && old.starts_with(&format!("{key},")))
    };
    let after = desk.read(&format!("reg/{table}.csv"));
    after.lines().skip(1).filter(|row| !is_of_before(row)).map(str::to_owned).collect()
}
