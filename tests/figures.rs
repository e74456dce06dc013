//! Maps and charts of reports, held against the tables they show.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::{BTreeMap, BTreeSet};

use harness::Desk;

fn shipped(table: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("{}/data/{table}.csv", env!("CARGO_MANIFEST_DIR"));
    csv::Reader::from_path(path).unwrap().into_deserialize().map(|row| row.unwrap()).collect()
}

/// Returns the drawings of a class on a page.
fn drawings<'p>(page: &'p str, class: &str) -> Vec<&'p str> {
    let begin = format!("<svg class=\"{class}\"");
    page.split(&begin).skip(1).map(|rest| rest.split("</svg>").next().unwrap()).collect()
}

/// Returns what stands between each two texts.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> Vec<&'t str> {
    text.split(begin).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

/// Returns how many of the partnerships each point of a map stands for.
fn points(map: &str) -> Vec<usize> {
    between(map, "<title>", "</title>")
        .iter()
        .map(|title| title.rsplit_once(": ").unwrap().1.parse().unwrap())
        .collect()
}

fn lines(map: &str, status: &str) -> usize {
    map.matches(&format!("<path class=\"line {status}\"")).count()
}

#[test]
fn a_map_has_every_place_with_coordinates_and_every_line_between_two_and_the_rest_is_listed() {
    let located: BTreeSet<String> = shipped("municipalities")
        .into_iter()
        .filter(|place| !place["lat"].is_empty() && !place["lon"].is_empty())
        .map(|place| place["id"].clone())
        .collect();
    let partnerships = shipped("partnerships");
    let page = Desk::new().done(&["report", "map", "--all", "--format", "html"]).stdout;
    let maps = drawings(&page, "map");
    let [europe, world] = maps[..] else { panic!("{} maps", maps.len()) };
    let sides = partnerships.iter().flat_map(|row| [&row["a"], &row["b"]]);
    let of_located = sides.clone().filter(|id| located.contains(*id)).count();
    assert_eq!(points(world).iter().sum::<usize>(), of_located);
    assert!(points(europe).iter().sum::<usize>() < of_located, "China is not in Europe");
    for status in ["active", "suspended", "historic"] {
        let has_line = |row: &&BTreeMap<String, String>| {
            row["status"] == status && located.contains(&row["a"]) && located.contains(&row["b"])
        };
        let expected = partnerships.iter().filter(has_line).count();
        assert!(
            expected > 0 && lines(world, status) == expected,
            "{status}: {} lines, not {expected}",
            lines(world, status)
        );
    }
    let parties: BTreeSet<&String> = sides.collect();
    let there = parties.iter().filter(|id| located.contains(**id)).count();
    let tables: Vec<usize> =
        between(&page, "<tbody>", "</tbody>").iter().map(|body| body.matches("<tr>").count()).collect();
    assert_eq!(tables[..2], [there, parties.len() - there]);
    assert!(page.contains(&format!("On no map, for want of coordinates: {}<", parties.len() - there)));
}

#[test]
fn a_line_across_the_antimeridian_has_two_parts_and_europe_is_not_drawn_for_the_pacific() {
    let desk = Desk::new()
        .with("r/countries.csv", "code,name,continent\nFJ,Fiji,Oceania\nWS,Samoa,Oceania\n")
        .with(
            "r/municipalities.csv",
            "id,name,country,type,lat,lon\nfj-suva,<b>Suva,FJ,municipality,-18.1,178.4\nws-apia,Apia,WS,municipality,-13.8,-171.8\n",
        )
        .with("r/partnerships.csv", "a,b,kind,status\nfj-suva,ws-apia,twin,suspended\n");
    let page = desk.done(&["--registry", "r", "report", "map", "--format", "html"]).stdout;
    let maps = drawings(&page, "map");
    assert_eq!((maps.len(), lines(maps[0], "suspended")), (1, 1));
    let line = between(maps[0], "<path class=\"line suspended\" d=\"", "\"")[0];
    assert_eq!(line.matches('M').count(), 2, "{line}");
    // Its name stands beside it, and is no markup.
    assert!(maps[0].contains(">&lt;b&gt;Suva</text>") && maps[0].contains(">Apia</text>"), "{}", maps[0]);
}

#[test]
fn a_map_of_more_lines_than_can_be_told_apart_shows_the_places_alone_and_says_so() {
    let id = |nth: usize| format!("fi-{nth:03}");
    let place = |nth: usize| format!("{},{nth},FI,municipality,{},{}\n", id(nth), 60 + nth % 9, 22 + nth / 9);
    let places: String = (0..102).map(place).collect();
    let pair = |one: usize, other: usize| format!("{},{},twin,active\n", id(one), id(other));
    let pairs: Vec<String> = (0..102)
        .flat_map(|one| (one + 1..102).map(move |other| (one, other)))
        .map(|(one, other)| pair(one, other))
        .collect();
    for (count, is_drawn) in [(5_000, true), (5_001, false)] {
        let desk = Desk::new()
            .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\n")
            .with("r/municipalities.csv", format!("id,name,country,type,lat,lon\n{places}"))
            .with("r/partnerships.csv", format!("a,b,kind,status\n{}", pairs[..count].concat()));
        let page = desk.done(&["--registry", "r", "report", "map", "--format", "html"]).stdout;
        let europe = drawings(&page, "map")[0];
        assert_eq!(lines(europe, "active"), if is_drawn { count } else { 0 });
        assert_eq!(page.contains("They are too many for lines."), !is_drawn);
        assert_eq!(points(europe).iter().sum::<usize>(), 2 * count);
    }
}

#[test]
fn a_chart_has_a_bar_for_each_number_of_its_table_as_long_as_it_is_large() {
    let page = Desk::new().done(&["report", "countries", "--format", "html"]).stdout;
    let chart = drawings(&page, "chart")[0];
    let table = between(&page, "<tbody>", "</tbody>")[0];
    let rows: Vec<Vec<usize>> = between(table, "<tr>", "</tr>")
        .iter()
        .map(|row| between(row, "<td class=\"number\">", "<").iter().map(|cell| cell.parse().unwrap()).collect())
        .collect();
    for (column, status) in ["active", "suspended"].into_iter().enumerate() {
        let bars = between(chart, &format!("<rect class=\"bar {status}\""), "/>");
        let widths: Vec<f64> = bars.iter().map(|bar| between(bar, " width=\"", "\"")[0].parse().unwrap()).collect();
        let counts: Vec<usize> = rows.iter().map(|row| row[column]).filter(|count| *count > 0).collect();
        assert_eq!(widths.len(), counts.len(), "{status}");
        let longest = widths.iter().copied().fold(0.0, f64::max);
        assert!(longest > 100.0, "{status}: the longest bar is {longest}");
        let most = longest / *counts.iter().max().unwrap() as f64;
        for (width, count) in widths.iter().zip(&counts) {
            // A border takes two units of each.
            assert!((width - most * *count as f64).abs() < 2.5, "{status}: {count} has a bar of {width}");
        }
    }
    let told: Vec<usize> = between(chart, "\">", "</text>").iter().filter_map(|text| text.parse().ok()).collect();
    assert_eq!(told, rows.iter().map(|row| row[2]).collect::<Vec<_>>(), "the total stands behind each bar");
}

#[test]
fn a_partnership_whose_other_side_is_nowhere_counts_on_the_map_and_has_no_line() {
    let desk = Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\nSE,Sweden,Europe\n")
        .with(
            "r/municipalities.csv",
            "id,name,country,type,lat,lon\nfi-ii,Ii,FI,municipality,65.3,25.4\nse-one,One,SE,municipality,60,15\nse-two,Two,SE,municipality,,\n",
        )
        .with("r/partnerships.csv", "a,b,kind,status\nfi-ii,se-one,twin,active\nfi-ii,se-two,twin,active\n");
    let page = desk.done(&["--registry", "r", "report", "map", "--format", "html"]).stdout;
    let europe = drawings(&page, "map")[0];
    assert_eq!((points(europe), lines(europe, "active")), (vec![2, 1], 1));
    assert!(page.contains("Points: 2. Partnerships with a side here: 2. Land"), "{page}");
}
