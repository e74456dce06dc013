//! Ids that lead nowhere, and pairs that are none, are double, or stand the wrong way round.

use std::collections::BTreeSet;

use foldhash::HashSet;

use super::finding::{Spot, What};
use super::{Case, Findings, Pair};
use crate::edit::pair::order;
use crate::model::{Column, Registry, Row, Table};

/// Finds references that no row answers.
pub fn dangling<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let registry = case.registry;
    for grid in Table::ALL.map(|table| registry.grid(table)) {
        let columns = grid.schema().columns.iter().enumerate();
        let mut referring: Vec<_> = columns
            .filter_map(|(number, column)| {
                // What there is most of has been looked up already.
                let is_right: Option<fn(&Registry<'_>, u32) -> bool> = match (grid.table(), column.name) {
                    (Table::Partnerships, "a") => Some(|registry, row| registry.party_numbers(row)[0].is_some()),
                    (Table::Partnerships, "b") => Some(|registry, row| registry.party_numbers(row)[1].is_some()),
                    (Table::Municipalities, "country") => Some(|registry, row| registry.country_of(row).is_some()),
                    _ => None,
                };
                // Many rows say the same, and most what the one before says.
                let right: HashSet<&str> = HashSet::default();
                Some((number, (column, column.refers_to()?), is_right, (right, "")))
            })
            .collect();
        for row in grid.rows() {
            for (number, refers, is_right, (right, last)) in &mut referring {
                if is_right.is_some_and(|is_right| is_right(registry, row.number() as u32)) {
                    continue;
                }
                let cell = row.get(*number);
                if cell.is_empty() || cell == *last {
                    continue;
                }
                if right.contains(cell) || dangle(case, row, *refers, cell, findings) && right.insert(cell) {
                    *last = cell;
                }
            }
        }
    }
    for declaration in registry.declarations() {
        let id = declaration.subject();
        if !id.is_empty() && registry.country(id).is_none() && registry.municipality(id).is_none() {
            findings.add(Spot::of(declaration.row(), "subject"), What::DanglingSubject { id });
        }
    }
    for event in case.strays().iter().filter(|row| row.table() == Table::Events) {
        let pair = [event.get(0), event.get(1)];
        if !pair.contains(&"") && registry.partnership(pair[0], pair[1]).is_none() {
            findings.add(Spot::of(*event, "a"), What::DanglingPair { pair });
        }
    }
}

/// Notes the ids of a cell that no row of a table has, and tells whether there are none.
fn dangle<'r>(
    case: &Case<'r>,
    row: Row<'r>,
    (column, target): (&'static Column, Table),
    cell: &'r str,
    findings: &mut Findings<'r>,
) -> bool {
    let is_dangling = |id: &&str| case.registry.grid(target).find(&[id]).is_none();
    let dangling: Vec<&str> = column.ids(cell).filter(is_dangling).collect();
    for id in &dangling {
        findings.add(Spot::of(row, column.name), What::Dangling { column: column.name, id, table: target });
    }
    dangling.is_empty()
}

/// Finds parties that are twinned with themselves.
pub fn self_pair<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let registry = case.registry;
    for number in 0..registry.partnerships().len() as u32 {
        let [one, other] = registry.party_numbers(number);
        let pair = (one == other).then(|| registry.partnership_at(number));
        if let Some(pair) = pair.filter(|pair| pair.a() == pair.b() && !pair.a().is_empty()) {
            findings.add(Spot::of(pair.row(), "b"), What::SelfPair { id: pair.a() });
        }
    }
}

/// Finds pairs that stand in several rows, in either order; a finding for each pair.
pub fn duplicate_pair<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let registry = case.registry;
    let grid = registry.grid(Table::Partnerships);
    let ids = |row: Row<'r>| [row.get(0), row.get(1)];
    let again = grid.twice().map(|(row, _)| ids(row)).filter(|[a, b]| a != b).map(|[a, b]| [a.min(b), a.max(b)]);
    // Where parties stand in the order of their ids, their numbers tell the order of a pair.
    let are_sorted = registry.grid(Table::Municipalities).is_sorted();
    let may_be_turned = |row: &Row<'r>| match registry.party_numbers(row.number() as u32) {
        [Some(one), Some(other)] if are_sorted => one > other,
        _ => true,
    };
    let turned = grid.rows().filter(may_be_turned).map(ids).filter(|[a, b]| a > b);
    let turned = turned.filter(|[a, b]| grid.find(&[b, a]).is_some()).map(|[a, b]| [b, a]);
    for [a, b] in again.chain(turned).collect::<BTreeSet<_>>() {
        let mut rows: Vec<Row<'r>> = grid.range(&[a, b]).chain(grid.range(&[b, a])).collect();
        rows.sort_by_key(|row| row.number());
        if let [first, second, ..] = rows[..] {
            let what = What::DuplicatePair { pair: ids(second), first: first.number() + 1 };
            findings.add(Spot::of(second, "a"), what);
        }
    }
}

/// Finds partnerships that are entered in another order than the canonical one; not where the other is there too.
pub fn pair_order<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let (registry, [a, b]) = (case.registry, pair.ids);
    let ([Some(one), Some(other)], true) = (pair.parties, a != b) else { return };
    let countries = [one, other].map(|party| registry.country_of(party));
    if countries.contains(&None) {
        return;
    }
    let [one, other] = countries.map(|country| case.is_home(country));
    // Where the smaller id is first already, only a side at home can come before it.
    let is_right = if a < b { one || !other } else { one && !other };
    if !is_right && registry.grid(Table::Partnerships).find(&[b, a]).is_none() {
        findings.add(pair.at("a"), What::PairOrder { pair: [b, a] });
    }
}

/// Finds events and claims whose pair stands the other way round than the partnership; where there is none, than the
/// canonical order.
pub fn pair_turned<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let registry = case.registry;
    let partnerships = registry.grid(Table::Partnerships);
    for row in case.strays() {
        let [a, b] = [row.get(0), row.get(1)];
        if a == b {
            continue;
        }
        let country = |id| {
            let country = registry.municipality(id)?.country();
            registry.country(country).map(|_| [id, country])
        };
        let is_turned = partnerships.find(&[b, a]).is_some()
            || country(a)
                .zip(country(b))
                .is_some_and(|(one, other)| row.table() == Table::Claims && order(registry, one, other) != [a, b]);
        if is_turned {
            findings.add(Spot::of(*row, "a"), What::PairTurned { pair: [b, a] });
        }
    }
}
