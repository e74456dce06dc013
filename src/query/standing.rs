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

/// The turns of a partnership in the order of time, its start and end among them.
struct Turns {
    all: Vec<Turn>,
    /// When it came over from a party that a merger dissolved, if it did.
    came: Option<PartialDate>,
}

fn turns(registry: &Registry<'_>, partnership: Partnership<'_>) -> Turns {
    let events = registry.events(partnership.a(), partnership.b()).filter_map(|event| {
        let kind = event.event()?;
        let status = kind.sets();
        if status.is_none() && kind != EventKind::CarriedOver {
            return None;
        }
        Some((event.date()?, status))
    });
    let start = partnership.start().map(|date| (date, Some(Status::Active)));
    let end = partnership.end().map(|date| (date, Some(Status::Historic)));
    let mut told: Vec<(PartialDate, Option<Status>)> = start.into_iter().chain(events).chain(end).collect();
    let today = partnership.status();
    // Of turns of the same date the one that tells today's status was the last.
    told.sort_by_key(|(date, status)| (date.order(), *status == today, *status));
    let is_historic = today == Some(Status::Historic);
    let last = told.last().filter(|_| is_historic).map(|(date, _)| date.order());
    let mut came = None;
    let turn = |(nth, (date, status)): (usize, (PartialDate, Option<Status>))| match status {
        Some(status) => Some((date, status)),
        // What has gone over to a successor has ended; what came goes on as it stood.
        None if last == Some(date.order()) => Some((date, Status::Historic)),
        None => {
            came = came.or(Some(date));
            (nth == 0).then_some((date, Status::Active))
        }
    };
    let all = told.into_iter().enumerate().filter_map(turn).collect();
    Turns { all, came }
}

/// Tells whether a start is that of a pair from which the partnership came over on a date: then it is older than the
/// pair.
fn is_inherited(registry: &Registry<'_>, partnership: Partnership<'_>, start: PartialDate, came: PartialDate) -> bool {
    let [a, b] = [partnership.a(), partnership.b()];
    let had_it = |before: &str, other: &str| {
        registry.partnership(before, other).is_some_and(|old| {
            let mut events = registry.events(old.a(), old.b());
            old.start() == Some(start)
                && events.any(|event| event.event() == Some(EventKind::CarriedOver) && event.date() == Some(came))
        })
    };
    registry.mergers().any(|merger| {
        [(a, b), (b, a)].iter().any(|(own, other)| merger.after() == *own && had_it(merger.before(), other))
    })
}

/// Returns since when a partnership has the status: the date of the last event that set it, else its start if it is
/// active, its end if it is historic.
pub fn status_since(
    registry: &Registry<'_>,
    partnership: Partnership<'_>,
    status: Option<Status>,
) -> Option<PartialDate> {
    since(&turns(registry, partnership).all, status?)
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
    let Turns { all: turns, came } = turns(registry, partnership);
    let today = partnership.status().unwrap_or(Status::Active);
    let start = match (partnership.start(), came) {
        (Some(start), Some(came)) if is_inherited(registry, partnership, start, came) => Some(came),
        (start, came) => start.or(came),
    };
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
