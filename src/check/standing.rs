//! What partnerships say of their standing: against their events, their parties and the calendar.

use super::finding::{Spot, What};
use super::{Case, Findings, Pair};
use crate::model::{Event, EventKind, Kind, PartialDate, Status, Truth};
use crate::query::review::{Review, reviews};

/// Tells whether a partnership is suspended or historic, by its status.
fn is_stopped(pair: &Pair<'_>) -> Option<Status> {
    pair.status.filter(|status| *status != Status::Active)
}

/// Tells whether there is an event by which a partnership has come to its status.
fn is_told(pair: &Pair<'_>, status: Status) -> bool {
    pair.events.iter().any(|(_, event, _)| event.sets_today(status) == Some(status))
}

/// Finds partnerships whose status is not the one that their last event or their end tells; also planned events whose
/// day has come.
pub fn status_differs<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let Some(status) = pair.status else { return };
    // Where nothing tells otherwise, no date needs to be looked at.
    let agrees = |(_, event, _): &(Event<'r>, EventKind, PartialDate)| {
        event.sets_today(status).is_none_or(|told| told == status)
    };
    if (pair.end.is_empty() || status == Status::Historic) && pair.events.iter().all(agrees) {
        return;
    }
    let end = PartialDate::parse(pair.end).ok().map(|date| (date, Status::Historic));
    let told = pair.events.iter().filter_map(|(_, event, date)| Some((*date, event.sets_today(status)?)));
    let mut told: Vec<_> = told.chain(end).filter(|(date, _)| date.by(case.today) != Truth::No).collect();
    told.sort_by_key(|(date, told)| (date.order(), *told == status));
    let Some((date, last)) = told.last().copied() else { return };
    let may_agree = told.iter().any(|(other, told)| *told == status && other.after(date) != Truth::No);
    if last != status && !may_agree && date.by(case.today) == Truth::Yes {
        findings.add(pair.at("status"), What::StatusDiffers { pair: pair.ids, status, told: last, date });
    }
}

/// Returns when a party of a partnership was dissolved, if one was, with its id.
fn dissolved<'r>(case: &Case<'r>, pair: &Pair<'r>) -> Option<(bool, PartialDate)> {
    let sides = [true, false].into_iter().zip(pair.parties);
    sides.filter_map(|(is_first, party)| Some((is_first, case.dissolved(party)?))).min_by_key(|(_, date)| date.order())
}

/// Finds suspensions and endings of which nothing tells the date.
pub fn undated<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let Some(status) = is_stopped(pair) else { return };
    if pair.end.is_empty() && !is_told(pair, status) && dissolved(case, pair).is_none() {
        findings.add(pair.at("status"), What::Undated { pair: pair.ids, status });
    }
}

/// Finds historic partnerships without an end, of which an event tells when they ended.
pub fn no_end<'r>(_: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    if pair.status != Some(Status::Historic) || !pair.end.is_empty() {
        return;
    }
    let ended = pair.events.iter().filter(|(_, event, _)| event.sets_today(Status::Historic) == Some(Status::Historic));
    if let Some(date) = ended.map(|(.., date)| *date).max_by_key(|date| date.order()) {
        findings.add(pair.at("end"), What::NoEnd { pair: pair.ids, date });
    }
}

/// Finds suspensions and endings of which a date is known, but no decision: neither a body nor a reference.
pub fn no_decision<'r>(_: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let Some(status) = is_stopped(pair) else { return };
    let mut told = pair.events.iter().filter(|(_, event, _)| event.sets_today(status) == Some(status)).peekable();
    let is_dated = told.peek().is_some() || !pair.end.is_empty();
    if is_dated && told.all(|(event, ..)| event.body().is_empty() && event.reference().is_empty()) {
        findings.add(pair.at("status"), What::NoDecision { pair: pair.ids, status });
    }
}

/// Finds partnerships for which nothing vouches: neither a source of their own nor one of an event.
pub fn no_source<'r>(_: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let names_none = pair.sources.bytes().all(|byte| matches!(byte, b';' | b' '));
    if names_none && pair.events.iter().all(|(event, ..)| event.sources().next().is_none()) {
        findings.add(pair.at("sources"), What::NoSource { pair: pair.ids });
    }
}

/// Finds partnerships of a dissolved party on which nobody has decided: in force still, or historic without an event that
/// ends it or carries it over.
pub fn undecided<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let Some((is_first, date)) = dissolved(case, pair) else { return };
    if pair.is_in_force() || !is_told(pair, Status::Historic) {
        let kind = Kind::parse(pair.kind).unwrap_or(Kind::Twin);
        findings.add(pair.at("status"), What::Undecided { pair: pair.ids, date, is_first, kind });
    }
}

/// Finds partnerships in force that were not verified for long.
pub fn stale<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    if pair.is_in_force() && !case.is_recent(pair.verified_on) {
        findings.add(pair.at("verified_on"), What::Stale { pair: pair.ids, verified: pair.verified_on });
    }
}

/// Finds reviews whose day has passed, and after which nothing has happened.
pub fn review_overdue<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for Review { event, on } in reviews(case.registry).into_iter().filter(|review| review.is_overdue(case.today)) {
        let pair = [event.a(), event.b()];
        findings.add(Spot::of(event.row(), "review_on"), What::ReviewOverdue { pair, date: on });
    }
}
