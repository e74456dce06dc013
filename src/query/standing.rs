//! How a partnership stands and stood: since when it has today's status, and what it was on a day.

use jiff::civil::Date;

use crate::model::{EventKind, PartialDate, Partnership, Registry, Status, Truth};

/// How a partnership stood on a day, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is known to have begun later.
    NotBegun,
    /// It is historic today, and nobody knows since when.
    Unknown,
    /// It had this status.
    Was {
        /// The status.
        status: Status,
        /// Whether an event whose date is not exact may already have changed it.
        uncertain: bool,
        /// Whether the day it began is unknown; it is counted as begun.
        start_unknown: bool,
    },
}

/// A date and the status that a partnership has from then on.
type Turn = (PartialDate, Status);

/// Returns the turns of a partnership in the order of time, its start and end among them.
fn turns(registry: &Registry<'_>, partnership: Partnership<'_>) -> Vec<Turn> {
    let is_historic = partnership.status() == Some(Status::Historic);
    let events = registry.events(partnership.a(), partnership.b()).filter_map(|event| {
        let status = match event.event()? {
            // Kept is a confirmed lack of change.
            EventKind::Decided | EventKind::Kept => return None,
            EventKind::Signed | EventKind::Renewed | EventKind::Resumed => Status::Active,
            EventKind::Suspended => Status::Suspended,
            EventKind::Ended | EventKind::Lapsed => Status::Historic,
            // It stands on both pairs: the one it ended, and the one that goes on.
            EventKind::CarriedOver if is_historic => Status::Historic,
            EventKind::CarriedOver => Status::Active,
        };
        Some((event.date()?, status))
    });
    let start = partnership.start().map(|date| (date, Status::Active));
    let end = partnership.end().map(|date| (date, Status::Historic));
    let mut turns: Vec<Turn> = start.into_iter().chain(events).chain(end).collect();
    turns.sort_by_key(|(date, status)| (date.order(), *status));
    turns
}

/// Returns since when a partnership has the status: the date of the last event that set it, else its start if it is
/// active, its end if it is historic.
pub fn status_since(
    registry: &Registry<'_>,
    partnership: Partnership<'_>,
    status: Option<Status>,
) -> Option<PartialDate> {
    since(&turns(registry, partnership), status?)
}

fn since(turns: &[Turn], status: Status) -> Option<PartialDate> {
    let before = |nth: usize| nth.checked_sub(1).map(|nth| turns[nth].1);
    (0..turns.len()).rev().find(|nth| turns[*nth].1 == status && before(*nth) != Some(status)).map(|nth| turns[nth].0)
}

/// Tells how a partnership stood on a day.
///
/// What is not known to have begun later, nor to have ended, suspended or resumed otherwise by that day, counts.
pub fn standing_on(
    registry: &Registry<'_>,
    partnership: Partnership<'_>,
    day: Date,
) -> (Standing, Option<PartialDate>) {
    let turns = turns(registry, partnership);
    let today = partnership.status().unwrap_or(Status::Active);
    let carried_over = || {
        let mut events = registry.events(partnership.a(), partnership.b());
        events.find(|event| event.event() == Some(EventKind::CarriedOver) && today != Status::Historic)?.date()
    };
    let start = partnership.start().or_else(carried_over);
    if start.is_some_and(|start| start.by(day) == Truth::No) {
        return (Standing::NotBegun, None);
    }
    let mut uncertain = turns.iter().any(|(date, _)| date.by(day) == Truth::Maybe);
    let until_then: Vec<Turn> = turns.iter().copied().filter(|(date, _)| date.by(day) == Truth::Yes).collect();
    let known = |status| turns.iter().any(|(_, turn)| *turn == status);
    let status = match today {
        Status::Historic if !known(Status::Historic) => {
            let parties = [partnership.a(), partnership.b()];
            let dissolved =
                parties.iter().filter_map(|id| registry.municipality(id)?.dissolved()).min_by_key(|date| date.order());
            match dissolved.map(|date| date.by(day)) {
                None => return (Standing::Unknown, None),
                Some(Truth::Yes) => Status::Historic,
                Some(Truth::Maybe) => {
                    uncertain = true;
                    Status::Active
                }
                Some(Truth::No) => until_then.last().map_or(Status::Active, |(_, status)| *status),
            }
        }
        Status::Suspended if !known(Status::Suspended) => {
            uncertain = true;
            Status::Suspended
        }
        _ => until_then.last().map_or(Status::Active, |(_, status)| *status),
    };
    (Standing::Was { status, uncertain, start_unknown: start.is_none() }, since(&until_then, status))
}
