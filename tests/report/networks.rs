//! The report of networks, against the tables of networks, memberships and partnerships.

use super::harness::{Desk, Record, records};
use super::{beginning, number, part, report, shipped, small, tables};

/// Returns the shipped memberships of a network that have not ended, or those that have.
fn members_of(network: &str, have_left: bool) -> Vec<Record> {
    let of_it = records("members").into_iter().filter(|row| row["network"] == network);
    of_it.filter(|row| row["until"].is_empty() != have_left).collect()
}

#[test]
fn every_network_is_told_with_its_members_of_today_and_those_who_have_left() {
    let tables = tables(&report(&["networks", "--format", "markdown"]));
    let overview = &tables[0].1;
    let networks = records("networks");
    // English names, compared without accents and case; all here sort so by their letters.
    let mut wanted: Vec<(String, String)> =
        networks.iter().map(|row| (row["type"].clone(), row["name"].clone())).collect();
    wanted.sort_by_key(|(sort, name)| (sort.clone(), name.to_lowercase().replace('ä', "a").replace('ø', "o")));
    let told: Vec<(String, String)> = overview.iter().map(|row| (row[1].clone(), row[0].clone())).collect();
    assert_eq!(told, wanted, "by type, then by name");
    let mut left = 0;
    for (line, row) in overview
        .iter()
        .zip(&wanted)
        .map(|(line, (_, name))| (line, networks.iter().find(|row| row["name"] == *name).unwrap()))
    {
        let (name, members) = (&row["name"], members_of(&row["id"], false));
        assert_eq!([&line[3], &line[5]], [&row["since"], &row["website"]], "{name}");
        assert_eq!(number(&line[4]), members.len(), "{name}");
        let count = if members.len() == 1 { "1 member".to_owned() } else { format!("{} members", members.len()) };
        let (title, rows) = beginning(&tables, &format!("{name}: {count}"));
        assert_eq!(rows.len(), members.len(), "{title}");
        let of = |column: &str| {
            let mut cells: Vec<String> = members.iter().map(|row| row[column].clone()).collect();
            cells.sort();
            cells
        };
        let told = |place: usize| {
            let mut cells: Vec<String> = rows.iter().map(|row| row[place].clone()).collect();
            cells.sort();
            cells
        };
        assert_eq!([told(2), told(3)], [of("role"), of("since")], "{name}");
        let former = members_of(&row["id"], true);
        let (_, rows) = beginning(&tables, &format!("{name}: former members: "));
        assert_eq!(rows.len(), former.len(), "{name}");
        rows.iter().zip(&former).for_each(|(row, own)| assert_eq!(row[4].replace('\\', ""), own["until"], "{name}"));
        left += former.len();
    }
    let all = records("members").len();
    assert!(left > 0 && report(&["networks"]).contains(&format!("\n17 networks, {} memberships.\n", all - left)));
    assert!(networks.iter().all(|row| row["until"].is_empty()), "none is closed");
}

#[test]
fn of_a_chain_it_is_told_which_pairs_of_members_are_twinned_here_and_of_no_other() {
    let tables = tables(&report(&["networks", "--format", "markdown"]));
    let recorded = shipped();
    let in_force = |one: &str, other: &str| {
        recorded.iter().any(|[a, b, status]| status != "historic" && (a == one && b == other || a == other && b == one))
    };
    let names: Vec<Record> = records("municipalities");
    let name = |id: &str| {
        let row = names.iter().find(|row| row["id"] == id).unwrap();
        if row["name_en"].is_empty() { row["name"].clone() } else { row["name_en"].clone() }
    };
    let mut chains = 0;
    for row in records("networks") {
        let lacking = beginning(&tables, &format!("{}: pairs", row["name"])).1;
        if row["type"] != "chain" {
            assert!(lacking.is_empty(), "{}", row["name"]);
            continue;
        }
        chains += 1;
        let ids: Vec<String> = members_of(&row["id"], false).iter().map(|row| row["municipality"].clone()).collect();
        let pairs: Vec<[&str; 2]> = ids
            .iter()
            .enumerate()
            .flat_map(|(nth, one)| ids[..nth].iter().map(move |other| [&**one, &**other]))
            .collect();
        let mut wanted: Vec<[String; 2]> = Vec::new();
        for [one, other] in pairs.iter().filter(|[one, other]| !in_force(one, other)) {
            let mut two = [name(one), name(other)];
            two.sort();
            wanted.push(two);
        }
        let told = format!("a partnership in {} of {} pairs", pairs.len() - wanted.len(), pairs.len());
        let (title, _) = beginning(&tables, &format!("{}: {} members", row["name"], ids.len()));
        assert!(title.ends_with(&told), "{title} should say {told}");
        let mut found: Vec<[String; 2]> = lacking.iter().map(|row| [row[0].clone(), row[1].clone()]).collect();
        found.iter_mut().for_each(|two| two.sort());
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{title}");
    }
    assert!(chains >= 9);
}

/// Tells of a membership whether a filter means it.
type IsMeant<'a> = &'a dyn Fn(&Record) -> bool;

#[test]
fn networks_are_chosen_by_name_and_by_where_their_members_are() {
    let of = |args: &[&str]| -> Vec<String> {
        let text = report(&[&["networks", "--format", "markdown"], args].concat());
        tables(&text)[0].1.iter().map(|row| row[0].clone()).collect()
    };
    let names = |is_meant: IsMeant<'_>| {
        let mut names: Vec<String> = Vec::new();
        for row in records("networks") {
            names.extend(members_of(&row["id"], false).iter().any(is_meant).then(|| row["name"].clone()));
        }
        names.sort();
        names
    };
    let region =
        |id: &str| records("municipalities").into_iter().find(|row| row["id"] == id).unwrap()["region"].clone();
    let regions: Vec<String> = ["fi-lohja", "fi-vaasa"].iter().map(|id| region(id)).collect();
    let in_region = |row: &Record| regions.contains(&region(&row["municipality"]));
    let checks: [(&[&str], IsMeant<'_>); 6] = [
        (&["--network", "douzelage"], &|row| row["network"] == "douzelage"),
        (&["--network", "douzelage", "--network", "Espoo ring"], &|row| {
            ["douzelage", "espoo-ring"].contains(&&*row["network"])
        }),
        (&["--place", "Helsinki"], &|row| row["municipality"] == "fi-helsinki"),
        (&["--country", "IS"], &|row| row["municipality"].starts_with("is-")),
        (&["--country", "IS", "--country", "EE"], &|row| ["is-", "ee-"].contains(&&row["municipality"][..3])),
        (&["--region", &regions[0], "--region", &regions[1]], &in_region),
    ];
    for (args, is_meant) in checks {
        let mut found = of(args);
        found.sort();
        assert_eq!(found, names(is_meant), "{args:?}");
    }
    assert_eq!(of(&["--country", "NO", "--place", "Kuopio"]), ["Bodø–Jönköping–Kuopio–Svendborg"], "both must hold");
    // Who has left is no member: Karkkila left, Asikkala is in it.
    assert_eq!(of(&["--place", "Asikkala"]), ["Douzelage"]);
    let run = Desk::new().done(&["report", "networks", "--place", "Karkkila", "--format", "markdown"]);
    assert!(run.stdout.contains("\n0 networks, 0 memberships.\n") && !run.stdout.contains("## "), "{}", run.stdout);
    assert!(run.stderr.contains("None recorded."), "{}", run.stderr);

    // Its sources are those that it and its members name.
    let shown = tables(&report(&["networks", "--network", "douzelage", "--format", "markdown"]));
    let cited: Vec<String> = {
        let own = records("networks").into_iter().filter(|row| row["id"] == "douzelage");
        let rows = own.chain(records("members").into_iter().filter(|row| row["network"] == "douzelage"));
        rows.flat_map(|row| row["sources"].split(';').map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let mut titles: Vec<String> =
        records("sources").iter().filter(|row| cited.contains(&row["id"])).map(|row| row["title"].clone()).collect();
    let mut told: Vec<String> = part(&shown, "Sources").iter().map(|row| row[0].clone()).collect();
    titles.sort();
    told.sort();
    assert_eq!(told, titles);
}

#[test]
fn networks_as_of_a_day_have_the_members_of_that_day_and_say_what_is_not_known() {
    let networks = "id,name,type,seat,term,since,until,website,sources,note
closed,Closed,association,,,2000,2010,,,\nlater,Later,network,,,2013,,,,\nring,Ring,chain,no-bodo,,,,https://ring.example,s,\n";
    let members = "network,municipality,role,since,until,sources,note
closed,fi-kuopio,member,2001,,,\nclosed,fi-lahti,member,2001,2005,,\nlater,fi-kuopio,member,,,,
ring,fi-kuopio,member,2012-06-30,,,\nring,fi-lahti,member,2012-07-01,,,\nring,no-bodo,member,,[..2016],,
ring,se-jonkoping,member,2000,2012-06-30,,\n";
    let partnerships = "a,b,kind,status,start,end,term,themes,sources,verified_on,note
fi-kuopio,fi-lahti,twin,active,,,,,s,,\nfi-kuopio,no-bodo,twin,historic,2012-07-01,2015,,,s,,
fi-kuopio,se-jonkoping,twin,active,2012-07-01,,,,s,,\n";
    let desk = small()
        .with("r/networks.csv", networks)
        .with("r/members.csv", members)
        .with("r/partnerships.csv", partnerships);
    let on = |day: Option<&str>| {
        let args = ["--registry", "r", "report", "networks", "--format", "markdown"];
        let day: Vec<&str> = day.iter().flat_map(|day| ["--as-of", day]).collect();
        desk.done(&[&args, &day[..]].concat()).stdout
    };
    let names = |text: &str, title: &str| -> Vec<String> {
        beginning(&tables(text), title).1.iter().map(|row| row[0].clone()).collect()
    };
    // Today: the closed one has none but former members, and a pair whose partnership has ended is told as that.
    let today = on(None);
    assert_eq!(
        tables(&today)[0].1,
        [
            ["Closed", "association", "", "2000", "2010", "0", ""],
            ["Ring", "chain", "Bodø", "", "", "2", "https://ring.example"],
            ["Later", "network", "", "2013", "", "1", ""],
        ]
    );
    assert_eq!(names(&today, "Closed (closed 2010): former members: 2"), ["Kuopio", "Lahti"]);
    assert_eq!(names(&today, "Ring: 2 members; a partnership in 1 of 1 pairs"), ["Kuopio", "Lahti"]);
    assert_eq!(names(&today, "Ring: former members: 2"), ["Bodø", "Jönköping"]);
    assert_eq!(names(&today, "Sources"), ["A list"], "a network's own");
    assert!(today.contains("\n3 networks, 3 memberships.\n") && !today.contains("Without a known start"), "{today}");

    // On the last day of June 2012 Kuopio has come and Lahti has not; Jönköping has gone, and Bodø may have.
    let then = on(Some("2012-06-30"));
    assert!(then.contains("\nAs of 2012-06-30.\n\n2 networks, 2 memberships.\n"), "{then}");
    assert_eq!(names(&then, "Ring: 2 members; a partnership in 0 of 1 pairs"), ["Bodø", "Kuopio"]);
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    assert_eq!(beginning(&tables(&then), "Ring: pairs").1, [row(["Bodø", "Kuopio", "no"])], "it began a day later");
    // A day later it has begun, and Lahti has come.
    let next = on(Some("2012-07-01"));
    assert_eq!(names(&next, "Ring: 3 members; a partnership in 2 of 3 pairs"), ["Bodø", "Kuopio", "Lahti"]);
    assert_eq!(beginning(&tables(&next), "Ring: pairs").1, [row(["Bodø", "Lahti", "no"])]);
    assert_eq!(names(&then, "Ring: former members: 1"), ["Jönköping"]);
    assert!(then.contains("Without a known start, and counted as begun: networks 1, memberships 1."), "{then}");
    assert!(then.contains("for a date is not exact: networks 0, memberships 1."), "{then}");
    assert!(!then.contains("Later"), "it began later");
    // The day before, Jönköping is in it still, and Kuopio not yet.
    let before = on(Some("2012-06-29"));
    assert_eq!(names(&before, "Ring: 2 members; a partnership in 0 of 1 pairs"), ["Bodø", "Jönköping"]);
    assert_eq!(names(&before, "Ring: pairs without a partnership: 1"), ["Bodø"]);
    // By the end of 2010 it is closed for certain, the day before perhaps.
    assert!(on(Some("2010-12-31")).contains("## Closed (closed 2010): former members: 2"));
    let perhaps = on(Some("2010-12-30"));
    assert_eq!(names(&perhaps, "Closed: 1 member"), ["Kuopio"]);
    assert!(perhaps.contains("for a date is not exact: networks 1, memberships 1."), "{perhaps}");
    // A pair whose partnership has ended by then is told as that.
    let after = on(Some("2015-12-31"));
    assert!(beginning(&tables(&after), "Ring: pairs").1.contains(&row(["Bodø", "Kuopio", "historic"])), "{after}");
}

#[test]
fn of_more_pairs_than_chains_have_none_are_told() {
    for (count, is_told) in [(141, true), (142, false)] {
        let id = |nth: usize| format!("fi-{nth:03}");
        let places: String = (0..count).map(|nth| format!("{},{nth},FI,municipality\n", id(nth))).collect();
        let members: String = (0..count).map(|nth| format!("c,{}\n", id(nth))).collect();
        let desk = Desk::new()
            .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\n")
            .with("r/municipalities.csv", format!("id,name,country,type\n{places}"))
            .with("r/partnerships.csv", "a,b,kind,status\nfi-000,fi-001,twin,active\n")
            .with("r/networks.csv", "id,name,type\nc,Long Chain,chain\n")
            .with("r/members.csv", format!("network,municipality\n{members}"));
        let told = desk.done(&["--registry", "r", "report", "networks", "--format", "markdown"]).stdout;
        assert!(told.contains(&format!("Long Chain: {count} members")), "{told}");
        assert_eq!(told.contains("a partnership in 1 of 9870 pairs"), is_told);
        assert_eq!(told.contains("Chains with too many members for their pairs to be told: 1."), !is_told);
    }
}
