//! Municipalities that merge, split or are dissolved, and what becomes of their partnerships.
//!
//! A merger moves nothing silently: each partnership in force of a dissolved municipality is decided. It is carried
//! over, so that the successor's goes on where it ended, it is ended, or it is expressly left undecided.

use super::draft::Draft;
use super::pair::order;
use super::record::Record;
use super::status::{Decision, Verb, carry_out, event};
use crate::model::{Acted, Event, EventKind, MergerKind, Municipality, PartialDate, Partnership, Registry};
use crate::model::{Status, Table};

/// Who becomes what.
pub struct Merging<'r> {
    /// Those before.
    pub merged: Vec<Municipality<'r>>,
    /// Those after; none where they are dissolved without a successor.
    pub into: Vec<Municipality<'r>>,
}

/// A partnership in force of a municipality that is dissolved.
#[derive(Clone, Copy)]
pub struct Open<'r> {
    /// The partnership.
    pub partnership: Partnership<'r>,
    /// The id of the municipality that is dissolved.
    pub own: &'r str,
    /// The id of the other side.
    pub partner: &'r str,
}

/// What becomes of a partnership.
#[derive(Clone, Copy)]
pub enum Fate<'r> {
    /// It goes on with a successor.
    Carried(Municipality<'r>),
    /// It ends.
    Ended,
    /// Nobody has decided.
    Undecided,
}

/// Why a partnership cannot be carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Both sides become one place.
    OnePlace,
    /// The other side is dissolved as well.
    BothDissolved,
    /// The successor has had a partnership with the other side, and it has ended.
    Ended,
}

impl<'r> Merging<'r> {
    /// Returns those that are no more.
    pub fn dissolved(&self) -> impl Iterator<Item = Municipality<'r>> {
        self.merged.iter().copied().filter(|place| !self.goes_on(*place))
    }

    fn goes_on(&self, place: Municipality<'_>) -> bool {
        self.into.iter().any(|after| after.id() == place.id())
    }

    fn is_dissolved(&self, id: &str) -> bool {
        self.dissolved().any(|place| place.id() == id)
    }

    /// Tells whether anything would be changed by it.
    pub fn is_real(&self) -> bool {
        self.dissolved().next().is_some() || self.merged.iter().any(|place| self.after(*place).next().is_some())
    }

    /// Returns what a municipality becomes beside itself.
    fn after(&self, place: Municipality<'r>) -> impl Iterator<Item = Municipality<'r>> {
        self.into.iter().copied().filter(move |after| after.id() != place.id())
    }

    /// Returns the partnerships that are to be decided.
    pub fn open(&self, registry: &'r Registry<'_>) -> Vec<Open<'r>> {
        let open = |partnership: Partnership<'r>| {
            let [a, b] = [partnership.a(), partnership.b()];
            match (self.is_dissolved(a), self.is_dissolved(b)) {
                (true, _) => Some(Open { partnership, own: a, partner: b }),
                (false, true) => Some(Open { partnership, own: b, partner: a }),
                (false, false) => None,
            }
        };
        let in_force = registry.partnerships().filter(|one| one.status() != Some(Status::Historic));
        in_force.filter_map(open).collect()
    }

    /// Tells why a partnership cannot be carried over to a successor, if it cannot.
    pub fn obstacle(&self, registry: &Registry<'_>, open: Open<'_>, to: Municipality<'_>) -> Option<Obstacle> {
        if open.partner == to.id() || self.is_dissolved(open.partner) && self.into.len() == 1 {
            return Some(Obstacle::OnePlace);
        }
        if self.is_dissolved(open.partner) {
            return Some(Obstacle::BothDissolved);
        }
        let known = registry.partnership(to.id(), open.partner);
        known.is_some_and(|known| known.status() == Some(Status::Historic)).then_some(Obstacle::Ended)
    }

    /// Adds to the draft what it does to the municipalities, and what was decided about each of their partnerships.
    pub fn carry_out(&self, draft: &mut Draft<'r>, decision: &Decision, decided: &[(Open<'r>, Fate<'r>)]) {
        self.municipalities(draft, decision);
        let goes_on_as = |nth: usize| match decided[nth] {
            (open, Fate::Carried(to)) => Some([to.id(), open.partner]),
            _ => None,
        };
        for (nth, (open, fate)) in decided.iter().enumerate() {
            let old = Record::of(open.partnership.row());
            match fate {
                Fate::Undecided => {
                    draft.step();
                    draft.put(old.with("status", Status::Historic.word()));
                }
                Fate::Ended => {
                    draft.step();
                    carry_out(draft, Verb::End, decision, &old);
                }
                // All that go on as one belong together, where the first of them stands.
                Fate::Carried(_) if (0..nth).any(|earlier| goes_on_as(earlier) == goes_on_as(nth)) => {}
                Fate::Carried(to) => {
                    let together = (nth..decided.len()).filter(|later| goes_on_as(*later) == goes_on_as(nth));
                    let together: Vec<Open<'_>> = together.map(|nth| decided[nth].0).collect();
                    carry_over(draft, decision, &together, *to);
                }
            }
        }
    }

    fn municipalities(&self, draft: &mut Draft<'r>, decision: &Decision) {
        let on = decision.on.map(|date| date.to_string()).unwrap_or_default();
        let kind = if self.into.len() > 1 { MergerKind::Split } else { MergerKind::Merge };
        for place in self.merged.iter().copied() {
            draft.step();
            if !self.goes_on(place) {
                let mut dissolved = Record::of(place.row()).with("dissolved", on.as_str());
                dissolved.add_to("sources", &decision.source);
                draft.put(dissolved);
            }
            for after in self.after(place) {
                let edge = Record::new(Table::Mergers)
                    .with("date", on.as_str())
                    .with("event", kind.word())
                    .with("from", place.id())
                    .with("to", after.id())
                    .with("sources", decision.source.as_str());
                put_once(draft, edge);
            }
        }
    }
}

/// Ends the partnerships with one partner, and lets the successor's go on.
fn carry_over(draft: &mut Draft<'_>, decision: &Decision, together: &[Open<'_>], to: Municipality<'_>) {
    let registry = draft.registry;
    let on = decision.on.map(|date| date.to_string()).unwrap_or_default();
    draft.step();
    for open in together {
        let old = Record::of(open.partnership.row());
        put_once(draft, event(&old, EventKind::CarriedOver, &on, decision));
        draft.put(old.with("status", Status::Historic.word()).with("end", on.as_str()));
    }
    // Of several that become one, the closest kind in the best standing is what goes on; the words are in that order.
    let rank = |open: &&Open<'_>| {
        let Open { partnership, .. } = open;
        let start = partnership.start();
        (partnership.kind(), partnership.status(), start.is_none(), start.map(PartialDate::order))
    };
    let Some(foremost) = together.iter().min_by_key(rank) else { return };
    if let Some(known) = registry.partnership(to.id(), foremost.partner) {
        put_once(draft, event(&Record::of(known.row()), EventKind::CarriedOver, &on, decision));
        return;
    }
    let new = successor(registry, *foremost, together, to);
    put_once(draft, event(&new, EventKind::CarriedOver, &on, decision));
    if foremost.partnership.status() == Some(Status::Suspended) {
        // What it rests on goes along: nothing else would tell that the new pair is suspended, and why.
        put_once(draft, suspension(registry, *foremost, &new, &on));
    }
    draft.put(new);
}

/// Makes the successor's partnership: as the foremost of those that go on as one, with the themes and sources of all.
fn successor(registry: &Registry<'_>, foremost: Open<'_>, together: &[Open<'_>], to: Municipality<'_>) -> Record {
    let country = registry.municipality(foremost.partner).map_or("", |partner| partner.country());
    let [a, b] = order(registry, [to.id(), to.country()], [foremost.partner, country]);
    let mut new = Record::new(Table::Partnerships).with("a", a).with("b", b);
    let old = Record::of(foremost.partnership.row());
    for column in ["kind", "status", "start", "term", "themes", "sources"] {
        new.set(column, old.get(column));
    }
    for other in together.iter().map(|open| Record::of(open.partnership.row())) {
        for column in ["themes", "sources"] {
            other.get(column).split(';').for_each(|item| new.add_to(column, item));
        }
    }
    new
}

/// Makes the event that says of a successor's partnership that it was suspended when it came: that of the old pair,
/// with the day it came, for before that day the pair was not there.
fn suspension(registry: &Registry<'_>, open: Open<'_>, new: &Record, on: &str) -> Record {
    let events = registry.events(open.partnership.a(), open.partnership.b());
    let last = events
        .filter(|event| event.event() == Some(EventKind::Suspended))
        .max_by_key(|event| event.date().map(PartialDate::order));
    let (mut record, by, since) = match last {
        None => (Record::new(Table::Events), None, String::new()),
        Some(event) => {
            let since = event.date().map(|date| format!(" since {date}")).unwrap_or_default();
            (Record::of(event.row()), acted(open, event, new), since)
        }
    };
    let before = record.get("reason").to_owned();
    let before = if before.is_empty() { "Suspended".to_owned() } else { format!("{before}; suspended") };
    record.set("reason", format!("{before}{since}, before it was carried over"));
    for column in ["a", "b"] {
        record.set(column, new.get(column));
    }
    record.with("date", on).with("event", EventKind::Suspended.word()).with("by", by.map_or("", Acted::word))
}

/// Returns which side of a successor's partnership stands where the one that acted stood.
fn acted(open: Open<'_>, event: Event<'_>, new: &Record) -> Option<Acted> {
    let by = event.by()?;
    let side = match by {
        Acted::A => open.partnership.a(),
        Acted::B => open.partnership.b(),
        Acted::Both | Acted::Third => return Some(by),
    };
    Some(if (side == open.partner) == (new.get("a") == open.partner) { Acted::A } else { Acted::B })
}

/// Puts a record where none of its key is.
fn put_once(draft: &mut Draft<'_>, record: Record) {
    if draft.get(record.table(), &record.key()).is_none() {
        draft.put(record);
    }
}
