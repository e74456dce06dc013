//! What places say of themselves: codes, items, coordinates, and what has become of them.

use std::hash::BuildHasher;

use foldhash::quality::RandomState;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use hashbrown::HashTable;

use super::finding::{Spot, What};
use super::{Case, Findings, Place};
use crate::model::MergerKind;
use crate::model::pattern::Pattern;
use crate::query::iso3166;

/// How many degrees a place may lie outside of its country's outline: islands and bridges are not drawn on every map.
const SLACK: f64 = 0.5;

/// Finds codes that are no country's today.
pub fn country_code<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for country in case.registry.countries() {
        let (code, standing) = (country.code(), iso3166::standing(country.code()));
        if !code.is_empty() && standing != iso3166::Standing::Assigned {
            findings.add(Spot::of(country.row(), "code"), What::CountryCode { code, standing });
        }
    }
}

/// Finds coordinates outside of the world, or far outside of the country.
pub fn coordinates<'r>(case: &Case<'r>, place: &Place<'r>, findings: &mut Findings<'r>) {
    let (lat, lon) = (place.lat, place.lon);
    let Some([north, east]) = place.position else {
        if lat.is_empty() != lon.is_empty() {
            let column = if lat.is_empty() { "lat" } else { "lon" };
            findings.add(place.at(column), What::HalfPosition { column });
        }
        return;
    };
    let is_outside = [("lat", north.abs() > 90.0), ("lon", east.abs() > 180.0)];
    if let Some((column, _)) = is_outside.iter().find(|(_, is_outside)| *is_outside) {
        findings.add(place.at(column), What::OutsideWorld { lat, lon });
    } else if case.extent(place.row).is_some_and(|extent| !extent.is_near(north, east, SLACK)) {
        findings.add(place.at("lat"), What::OutsideCountry { place: place.municipality(), lat, lon });
    }
}

/// Reads degrees; what is no decimal number is told elsewhere.
pub fn degrees(text: &str) -> Option<f64> {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    if is_decimal { text.parse().ok() } else { None }
}

/// Finds Wikidata items that cannot be any, or that two places have.
pub fn wikidata_id<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let items = &case.parties().items;
    let hasher = RandomState::default();
    let hash = |number: &u32| hasher.hash_one(items[*number as usize]);
    let mut known: HashTable<u32> = HashTable::with_capacity(items.len());
    for (item, number) in items.iter().copied().zip(0..).filter(|(item, _)| !item.is_empty()) {
        let is_same = |known: &u32| items[*known as usize] == item;
        let first = *known.entry(hash(&number), is_same, hash).or_insert(number).get();
        let at = || Spot::of(case.registry.municipality_at(number).row(), "wikidata");
        if !Pattern::Wikidata.matches(item) {
            findings.add(at(), What::WikidataForm { item });
        } else if first != number {
            findings.add(at(), What::WikidataTwice { item, other: case.registry.municipality_at(first).id() });
        }
    }
}

/// Finds national codes of another form than the country's, or that two places of it have. Of Finland and Åland the form
/// is known: the three digits of the kuntanumero (Statistics Finland).
pub fn national_code<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let mut known: HashMap<(&str, &str), &str> = HashMap::new();
    for (number, code) in &case.parties().codes {
        let place = case.registry.municipality_at(*number);
        let country = place.country();
        let is_finnish = matches!(country, "FI" | "AX");
        // Åland's municipalities are numbered with Finland's.
        let other = *known.entry((if is_finnish { "FI" } else { country }, code)).or_insert(place.id());
        if is_finnish && !(code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())) {
            findings.add(Spot::of(place.row(), "code"), What::CodeForm { code });
        } else if other != place.id() {
            findings.add(Spot::of(place.row(), "code"), What::CodeTwice { code, other });
        }
    }
}

/// Finds municipal changes that lead in a circle, or into a place that was dissolved and went nowhere.
pub fn merger_chain<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let registry = case.registry;
    let mut edges: Vec<[&str; 2]> = registry.mergers().map(|edge| [edge.before(), edge.after()]).collect();
    edges.sort_unstable();
    // What was merged may be split off again, and areas go back and forth.
    let merges = registry.mergers().filter(|edge| edge.event() == Some(MergerKind::Merge));
    let mut merged: Vec<[&str; 2]> = merges.map(|edge| [edge.before(), edge.after()]).collect();
    merged.sort_unstable();
    // Of a circle one place is told: the first by which it is entered.
    let mut done: HashSet<&str> = HashSet::new();
    for edge in registry.mergers() {
        if let Some(id) = circle(&merged, edge.before(), &mut done) {
            findings.add(Spot::of(edge.row(), "from"), What::MergerCycle { id });
        }
        let (from, to) = (edge.before(), edge.after());
        let dissolved = registry.municipality(to).and_then(|place| case.dissolved(Some(place.row().number() as u32)));
        if let Some(date) = dissolved.filter(|_| from_place(&edges, to).is_empty()) {
            findings.add(Spot::of(edge.row(), "to"), What::MergerNowhere { from, to, date });
        }
    }
}

/// Returns those of the sorted edges that lead away from a place.
fn from_place<'e, 'r>(edges: &'e [[&'r str; 2]], place: &str) -> &'e [[&'r str; 2]] {
    let first = edges.partition_point(|[from, _]| *from < place);
    let len = edges[first..].partition_point(|[from, _]| *from == place);
    &edges[first..first + len]
}

/// Returns a place of a circle that is reached from another one, if there is one that was not walked yet.
fn circle<'r>(edges: &[[&'r str; 2]], from: &'r str, done: &mut HashSet<&'r str>) -> Option<&'r str> {
    // The way to where the walk stands, each place with how many of its successors were seen.
    let mut way: Vec<(&str, usize)> = Vec::new();
    let mut on_way: HashSet<&str> = HashSet::new();
    if done.insert(from) {
        way.push((from, 0));
        on_way.insert(from);
    }
    while let Some((place, seen)) = way.last_mut() {
        let Some([_, successor]) = from_place(edges, place).get(*seen) else {
            on_way.remove(place);
            way.pop();
            continue;
        };
        *seen += 1;
        if on_way.contains(successor) {
            return Some(successor);
        }
        if done.insert(successor) {
            on_way.insert(successor);
            way.push((successor, 0));
        }
    }
    None
}
