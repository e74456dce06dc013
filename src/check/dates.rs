//! Dates that cannot be: ends before beginnings, days to come, parties that were not there.

use super::finding::{Spot, What};
use super::{Case, Findings, Pair, Place};
use crate::model::{EventKind, PartialDate, Table, Truth};

/// Finds partnerships that end before they begin.
pub fn end_before_start<'r>(_: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let (start, end) = (pair.start, pair.end);
    if is_before(end, start) {
        findings.add(pair.at("end"), What::EndBeforeStart { start, end });
    }
}

/// Finds networks, memberships and contacts that end before they begin.
pub fn until_before_since<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for grid in Table::ALL.map(|table| case.registry.grid(table)) {
        let schema = grid.schema();
        let (Some(since), Some(until)) = (schema.column("since"), schema.column("until")) else { continue };
        for row in grid.rows() {
            let (start, end) = (row.get(since), row.get(until));
            if is_before(end, start) {
                findings.add(Spot::of(row, "until"), What::EndBeforeStart { start, end });
            }
        }
    }
}

fn is_before(end: &str, start: &str) -> bool {
    if end.is_empty() || start.is_empty() {
        return false;
    }
    if PartialDate::is_plain(end.as_bytes()) && PartialDate::is_plain(start.as_bytes()) {
        // Both are as exact as the shorter one, and compare as texts.
        let len = end.len().min(start.len());
        return end[..len] < start[..len];
    }
    let date = |text: &str| PartialDate::parse(text).ok();
    date(end).zip(date(start)).is_some_and(|(end, start)| end.before(start) == Truth::Yes)
}

/// The columns whose dates tell of what has been. Events, mergers and ends of time may be planned.
const PAST: [(Table, &str); 8] = [
    (Table::Claims, "seen_on"),
    (Table::Declarations, "stated_on"),
    (Table::Networks, "since"),
    (Table::Members, "since"),
    (Table::Contacts, "since"),
    (Table::Contacts, "checked_on"),
    (Table::Sources, "published"),
    (Table::Sources, "retrieved"),
];

/// Finds dates of the past that lie in the future.
pub fn future<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for (table, column) in PAST {
        let grid = case.registry.grid(table);
        let Some(number) = grid.schema().column(column) else { continue };
        for row in grid.rows() {
            let date = row.get(number);
            if case.is_future(date) {
                findings.add(Spot::of(row, column), What::Future { column, date });
            }
        }
    }
}

/// Finds partnerships whose dates lie in the future.
pub fn future_pair<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    for (column, date) in [("start", pair.start), ("end", pair.end), ("verified_on", pair.verified_on)] {
        if case.is_future(date) {
            findings.add(pair.at(column), What::Future { column, date });
        }
    }
}

/// Finds places that are dissolved in the future, and not by a merger that is planned.
pub fn future_place<'r>(case: &Case<'r>, place: &Place<'r>, findings: &mut Findings<'r>) {
    let (column, date) = ("dissolved", place.dissolved);
    let id = place.municipality().id();
    if case.is_future(date) && !case.changes().gone.contains(id) {
        findings.add(place.at(column), What::Future { column, date });
    }
}

/// Finds partnerships that began when a party was not there yet, or no more. That a place was born of a split or a new
/// name is certain; a merger may have left the older of its places standing. What was carried over is older than the
/// party.
pub fn party_lifetime<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    if pair.start.is_empty() || case.is_unchanged() {
        return;
    }
    let Ok(start) = PartialDate::parse(pair.start) else { return };
    for (id, number) in pair.ids.into_iter().zip(pair.parties) {
        if let Some(dissolved) = case.dissolved(number).filter(|date| start.after(*date) == Truth::Yes) {
            findings.add(pair.at("start"), What::AfterParty { id, start, dissolved });
        }
        let born = case.changes().born.get(id).filter(|born| start.before(**born) == Truth::Yes);
        let Some(born) = born.copied() else { continue };
        if pair.events.iter().all(|(_, event, _)| *event != EventKind::CarriedOver) {
            findings.add(pair.at("start"), What::BeforeParty { id, start, born });
        }
    }
}
