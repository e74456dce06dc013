//! Places that look like one: of one name in one country, and near each other as far as is known.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt, HashSet};

use super::finding::{Spot, What};
use super::{Case, Findings};
use crate::model::{Municipality, Partnership, Status};
use crate::query::fold::fold;

/// How far two places may lie apart to be near: some ten kilometres, in degrees of latitude.
const NEAR: f64 = 0.1;

/// Against how many others of its name a place is held at most: a table may be full of one name.
const MOST_HELD: usize = 16;

/// Two places that look alike, by the numbers of their rows; the second stands further down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The first.
    pub one: u32,
    /// The other.
    pub other: u32,
    /// Whether one may come of the other: they are of another type, or a merger leads from one to the other.
    pub may_differ: bool,
}

/// Finds the places that look alike. Each is held against the next ones of its name, and makes two pairs at most.
pub fn alike(case: &Case<'_>) -> Vec<Alike> {
    let registry = case.registry;
    let position = |number: u32| position(case, number);
    let mut named: BTreeMap<(&str, String), Vec<u32>> = BTreeMap::new();
    for number in suspects(case) {
        let place = registry.municipality_at(number);
        named.entry((place.country(), fold(place.name()))).or_default().push(number);
    }
    let merged: HashSet<[&str; 2]> =
        registry.mergers().flat_map(|edge| [[edge.before(), edge.after()], [edge.after(), edge.before()]]).collect();
    let mut found = Vec::new();
    for mut places in named.into_values().filter(|places| places.len() > 1) {
        // Those of which the position is known lie beside their neighbours.
        let latitude = |number: &u32| position(*number).map_or(f64::INFINITY, |[lat, _]| lat);
        places.sort_by(|one, other| latitude(one).total_cmp(&latitude(other)));
        for (nth, one) in places.iter().enumerate() {
            // The next one of its type, and the next one of another.
            let mut known = [false; 2];
            for other in places[nth + 1..].iter().take(MOST_HELD) {
                let [one, other] = [*one.min(other), *one.max(other)];
                let [near, far] = [one, other].map(position);
                if near.zip(far).is_some_and(|(one, other)| !is_near(one, other)) {
                    continue;
                }
                let [first, second] = [one, other].map(|number| registry.municipality_at(number));
                let may_differ =
                    first.place_type() != second.place_type() || merged.contains(&[first.id(), second.id()]);
                if !std::mem::replace(&mut known[usize::from(may_differ)], true) {
                    found.push(Alike { one, other, may_differ });
                }
            }
        }
    }
    found.sort_by_key(|alike| (alike.one, alike.other));
    found
}

/// Returns where a place lies, if it says so: degrees north and east.
fn position(case: &Case<'_>, number: u32) -> Option<[f64; 2]> {
    let position = case.parties().positions[number as usize].map(f64::from);
    position.iter().all(|degrees| !degrees.is_nan()).then_some(position)
}

fn is_near([lat, lon]: [f64; 2], [other_lat, other_lon]: [f64; 2]) -> bool {
    let east = (lon - other_lon).abs();
    let east = east.min(360.0 - east) * lat.to_radians().cos();
    (lat - other_lat).abs() <= NEAR && east.abs() <= NEAR
}

/// Returns the places whose name is to be looked at: to fold all names costs more than everything else here, and few
/// places have another one of their country near them.
fn suspects(case: &Case<'_>) -> Vec<u32> {
    let registry = case.registry;
    let len = registry.municipalities().len();
    let all = 0..len as u32;
    // Where a position is not known, every place of the country may be near.
    let unknown: HashSet<&str> = all
        .clone()
        .filter(|number| position(case, *number).is_none())
        .map(|number| registry.municipality_at(number).country())
        .collect();
    // Squares twice as wide as what is near: that lies in the same one, or in those beside the nearer corner.
    let country = |number: u32| registry.country_of(number).unwrap_or(u32::MAX);
    let widths: Vec<f64> = (0..=ROWS).map(width).collect();
    let width = |row: i32| widths[row.unsigned_abs().min(ROWS) as usize];
    // Whether a place is alone in its square, by a part of the square's hash: where two share one, a place is looked at that need
    // not be.
    let hasher = RandomState::default();
    let key = |number: u32, (row, column): (i32, i32)| hasher.hash_one((country(number), row, column)) as u32;
    let mut squares: HashMap<u32, bool> = HashMap::with_capacity(len);
    for number in all.clone() {
        if let Some([lat, lon]) = position(case, number) {
            let (row, _) = square(lat, 2.0 * NEAR);
            let own = key(number, (row, square(lon, width(row)).0));
            squares.entry(own).and_modify(|is_alone| *is_alone = false).or_insert(true);
        }
    }
    let has_neighbour = |number: u32| {
        let Some([lat, lon]) = position(case, number) else { return true };
        let (row, row_beside) = square(lat, 2.0 * NEAR);
        let [(column, column_beside), (far_column, far_beside)] = [row, row_beside].map(|row| square(lon, width(row)));
        let around = [(row, column_beside), (row_beside, far_column), (row_beside, far_beside)];
        squares.get(&key(number, (row, column))) == Some(&false)
            || around.into_iter().any(|square| squares.contains_key(&key(number, square)))
    };
    all.filter(|number| has_neighbour(*number) || unknown.contains(registry.municipality_at(*number).country()))
        .collect()
}

/// Returns the number of the square that a degree lies in, and of the one beside its nearer edge.
fn square(degree: f64, width: f64) -> (i32, i32) {
    let at = degree / width;
    let number = at.floor();
    let beside = if at - number < 0.5 { number - 1.0 } else { number + 1.0 };
    (number as i32, beside as i32)
}

/// How many rows of squares lie between the equator and a pole.
const ROWS: u32 = (90.0 / (2.0 * NEAR)) as u32;

/// Returns how many degrees of longitude the squares of a row are wide: at its edge nearer to the pole.
fn width(row: u32) -> f64 {
    let edge = f64::from(row + 1) * 2.0 * NEAR;
    2.0 * NEAR / edge.min(89.0).to_radians().cos()
}

/// Finds places that are likely entered twice.
pub fn same_place<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let place = |number: u32| case.registry.municipality_at(number);
    for Alike { one, other, .. } in case.alike().iter().filter(|alike| !alike.may_differ) {
        let (one, other): (Municipality<'r>, Municipality<'r>) = (place(*one), place(*other));
        findings.add(Spot::of(other.row(), "name"), What::SamePlace { id: other.id(), other: one.id() });
    }
}

/// Finds partnerships in force that are likely entered twice: of one place with two that look alike, whatever their type.
pub fn same_partnership<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let alike = case.alike();
    if alike.is_empty() {
        return;
    }
    let registry = case.registry;
    // For each party the first of those that look like it, or itself.
    let mut first: Vec<u32> = (0..registry.municipalities().len() as u32).collect();
    let mut has_alike = vec![false; first.len()];
    for Alike { one, other, .. } in alike {
        first[*other as usize] = first[*one as usize];
        [one, other].into_iter().for_each(|party| has_alike[*party as usize] = true);
    }
    let mut seen: HashMap<[u32; 2], Partnership<'r>> = HashMap::new();
    for number in 0..registry.partnerships().len() as u32 {
        let [Some(one), Some(other)] = registry.party_numbers(number) else { continue };
        if !has_alike[one as usize] && !has_alike[other as usize] {
            continue;
        }
        let pair = registry.partnership_at(number);
        if !matches!(pair.status(), Some(Status::Active | Status::Suspended)) {
            continue;
        }
        let [one, other] = [one, other].map(|party| first[party as usize]);
        let known = *seen.entry([one.min(other), one.max(other)]).or_insert(pair);
        let ids = |pair: Partnership<'r>| [pair.a(), pair.b()];
        let ([a, b], [c, d]) = (ids(known), ids(pair));
        // The same pair the other way round is told as that.
        if known.row().number() != pair.row().number() && [a, b] != [c, d] && [a, b] != [d, c] {
            findings.add(Spot::of(pair.row(), "a"), What::SamePartnership { pair: [c, d], other: known });
        }
    }
}
