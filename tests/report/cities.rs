//! The report of single places: their partners, and what single sources claim of them.

use super::harness::{Desk, Record, records};
use super::{PARTNERSHIPS, part, report, shipped, small, tables};

/// Tells of a partnership with a partner of that id whether a filter means it.
type IsMeant<'a> = &'a dyn Fn(&Record, &str) -> bool;

#[test]
fn a_city_has_its_partners_networks_and_statements_and_nobody_to_ask() {
    let desk = Desk::new();
    desk.twin(&["init", "."]);
    let add = ["contact", "add", "Kuopio", "--role", "Clerk of twinning", "--email", "clerk@example.org"];
    assert_eq!(desk.twin(&add).exit, 0);
    let text = desk.twin(&["report", "municipality", "Kuopio", "--format", "markdown"]).stdout;
    assert!(!text.contains("Clerk of twinning") && !text.contains("clerk@example.org"), "contacts are in no report");
    let tables = tables(&text);
    let part = |title: &str| &tables.iter().find(|(own, _)| own == title).unwrap_or_else(|| panic!("no {title}")).1;
    let own = shipped().into_iter().filter(|pair| pair[..2].contains(&"fi-kuopio".to_owned())).count();
    assert_eq!(part("Kuopio: Partners").len(), own);
    assert!(part("Kuopio (Finland)").contains(&vec!["national code".into(), "297".into()]));
    assert!(part("Kuopio: Networks and offices").iter().any(|row| row[1] == "chain"));
    assert!(part("Kuopio: Stated by itself").iter().any(|row| row[1] == "15" && row[2] == own.to_string()));

    let both = desk.twin(&["report", "municipality", "Kuopio", "Helsinki", "--format", "markdown"]).stdout;
    assert!(both.contains("## Kuopio: Partners") && both.contains("## Helsinki: Partners"));
    for args in [&["report", "municipality"][..], &["report", "countries", "Kuopio"]] {
        assert_eq!(desk.twin(args).exit, 2, "{args:?}");
    }
}

#[test]
fn the_partners_of_a_city_are_those_that_the_filters_select() {
    let pairs = records("partnerships");
    let of = |id: &str, is_meant: IsMeant<'_>| {
        let partner = |row: &Record| match [&*row["a"], &*row["b"]] {
            [a, b] if a == id => Some(b.to_owned()),
            [a, b] if b == id => Some(a.to_owned()),
            _ => None,
        };
        pairs.iter().filter(|row| partner(row).is_some_and(|other| is_meant(row, &other))).count()
    };
    let places = [("Turku", "fi-turku"), ("Oulu", "fi-oulu")];
    let is_norway = |_: &Record, other: &str| other.starts_with("no-");
    let is_twin = |row: &Record, _: &str| row["kind"] == "twin";
    let is_suspended = |row: &Record, _: &str| row["status"] == "suspended";
    let checks: [(&[&str], IsMeant<'_>); 4] = [
        (&[], &|_, _| true),
        (&["--country", "NO"], &is_norway),
        (&["--kind", "twin"], &is_twin),
        (&["--status", "suspended"], &is_suspended),
    ];
    for (filter, is_meant) in checks {
        let args = [&["municipality", "Turku", "Oulu", "--format", "markdown"], filter].concat();
        let tables = tables(&report(&args));
        for (name, id) in places {
            assert_eq!(part(&tables, &format!("{name}: Partners")).len(), of(id, is_meant), "{name} {filter:?}");
        }
    }
    for (_, is_meant) in &checks[1..] {
        assert!((1..of("fi-turku", &|_, _| true)).contains(&of("fi-turku", is_meant)), "each filter narrows");
    }
    // What `show` tells is what the report tells without a filter.
    let shown = Desk::new().done(&["show", "Turku", "--format", "markdown"]).stdout;
    let told = report(&["municipality", "Turku", "--format", "markdown"]);
    let partners = |text: &str, heading: &str| part(&tables(text), heading).to_vec();
    assert_eq!(partners(&shown, "Partners"), partners(&told, "Turku: Partners"));
}

#[test]
fn each_of_two_partners_has_the_other_in_its_table() {
    let registry =
        small().with("r/partnerships.csv", PARTNERSHIPS.to_owned() + "fi-kuopio,fi-lahti,twin,active,,,,,s,,\n");
    let run = registry.done(&["--registry", "r", "report", "municipality", "Kuopio", "Lahti", "--format", "markdown"]);
    let tables = tables(&run.stdout);
    for (own, other) in [("Kuopio", "Lahti"), ("Lahti", "Kuopio")] {
        let partners: Vec<&str> = part(&tables, &format!("{own}: Partners")).iter().map(|row| &*row[1]).collect();
        assert!(partners.contains(&other) && !partners.contains(&own), "{own}: {partners:?}");
    }
}

#[test]
fn what_single_sources_claim_of_a_city_is_told_with_who_says_so_and_who_denies_it() {
    let recorded: Vec<[String; 2]> =
        records("partnerships").iter().map(|row| [&row["a"], &row["b"]].map(Clone::clone)).collect();
    let sources = records("sources");
    let ranks = |id: &str| sources.iter().find(|row| row["id"] == id).map_or("", |row| &*row["rank"]);
    let claims = records("claims");
    for (name, id) in [("Helsinki", "fi-helsinki"), ("Turku", "fi-turku"), ("Huittinen", "fi-huittinen")] {
        let text = report(&["municipality", name, "--format", "markdown"]);
        let tables = tables(&text);
        let rows = part(&tables, &format!("{name}: Unconfirmed"));
        let pair = |row: &Record| [&row["a"], &row["b"]].map(Clone::clone);
        let own = |value: &'static str| {
            let about = claims.iter().filter(move |row| row["field"] == "exists" && row["value"] == value);
            about.filter(|row| pair(row).contains(&id.to_owned()) && !recorded.contains(&pair(row)))
        };
        let denied: Vec<_> = own("no").filter(|row| ranks(&row["source"]) == "official").map(pair).collect();
        let wanted = own("yes").filter(|row| denied.contains(&pair(row))).count();
        assert!(!rows.is_empty() && rows.len() == own("yes").count(), "{name}: {rows:?}");
        assert_eq!(rows.iter().filter(|row| row[4] == "yes").count(), wanted, "{name}: {rows:?}");
        let mut seen: Vec<&str> = own("yes").map(|row| &*row["seen_on"]).collect();
        let mut told: Vec<&str> = rows.iter().map(|row| &*row[3]).collect();
        seen.sort_unstable();
        told.sort_unstable();
        assert_eq!(seen, told, "{name}");
        assert!(!text.contains("twin claims"), "a published report names no command");
        let titles: Vec<String> = part(&tables, "Sources").iter().map(|row| row[0].replace('\\', "")).collect();
        let official = own("no").filter(|row| ranks(&row["source"]) == "official");
        for claim in own("yes").chain(official) {
            let source = sources.iter().find(|row| row["id"] == claim["source"]).unwrap();
            assert!(titles.contains(&source["title"]), "{name}: {} is among the sources", source["title"]);
        }
    }
    let helsinki = tables(&report(&["municipality", "Helsinki", "--lang", "fi", "--format", "markdown"]));
    let rows = part(&helsinki, "Helsinki: Vahvistamattomat");
    assert!(rows.iter().any(|row| row[4] == "kyllä"), "{rows:?}");
    let without = small().done(&["--registry", "r", "report", "municipality", "Kuopio"]).stdout;
    assert!(!without.contains("nconfirmed"), "only where there are any: {without}");
    let narrowed = report(&["municipality", "Helsinki", "--kind", "partner"]);
    assert!(!narrowed.contains("nconfirmed"), "a claim has no kind");
}
