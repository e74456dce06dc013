//! Changes of standing: suspended, resumed, ended, kept. Each is an event with its decision, and mostly a new status.

use super::draft::Draft;
use super::plan::{Change, Plan, Step};
use super::record::Record;
use crate::model::{Acted, Event, EventKind, Kind, PartialDate, Partnership, Registry, Status, Table};
use crate::query::{Selected, status_since};

/// What is decided about a partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It is put on hold.
    Suspend,
    /// It is taken up again.
    Resume,
    /// It is ended.
    End,
    /// It was looked at and stays as it is.
    Keep,
}

/// The decision, as the event will tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// From when on.
    pub on: Option<PartialDate>,
    /// Which side acted.
    pub by: Option<Acted>,
    /// The body that decided.
    pub body: String,
    /// What names the decision.
    pub reference: String,
    /// When it comes up again.
    pub review_on: Option<PartialDate>,
    /// Why.
    pub reason: String,
    /// The id of the source.
    pub source: String,
    /// Whether it lies in the future: the event is written, the status is not.
    pub planned: bool,
}

/// Why a partnership is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is of another kind than those asked for.
    Kind(Kind),
    /// It has another status than those asked for, or one that the verb does nothing to; since when.
    Status(Status, Option<PartialDate>),
    /// The event stands there already.
    Recorded(EventKind, PartialDate),
}

/// A partnership that is left as it is.
#[derive(Clone, Debug)]
pub struct Left {
    /// The partnership.
    pub selected: Selected,
    /// Why.
    pub why: Why,
}

impl Verb {
    /// Returns the verb that brings a partnership from one status to another; `None` where none does.
    pub fn between(from: Status, to: Status) -> Option<Verb> {
        let verbs = [Verb::Suspend, Verb::Resume, Verb::End];
        verbs.into_iter().find(|verb| verb.after() == Some(to) && verb.applies_to(from))
    }

    /// Returns the event it leaves.
    pub fn event(self) -> EventKind {
        match self {
            Verb::Suspend => EventKind::Suspended,
            Verb::Resume => EventKind::Resumed,
            Verb::End => EventKind::Ended,
            Verb::Keep => EventKind::Kept,
        }
    }

    /// Returns the status a partnership has after it; `None` where it stays as it is.
    fn after(self) -> Option<Status> {
        match self {
            Verb::Suspend => Some(Status::Suspended),
            Verb::Resume => Some(Status::Active),
            Verb::End => Some(Status::Historic),
            Verb::Keep => None,
        }
    }

    /// Tells whether it can be done to a partnership, whose status is this one: also where that is what it leads to already,
    /// and no event tells of it, for a decision may become known later.
    fn is_open_to(self, registry: &Registry<'_>, partnership: Partnership<'_>, status: Status) -> bool {
        let leads_there =
            |event: Event<'_>| event.event().is_some_and(|event| event.sets_today(status) == Some(status));
        let is_told = || registry.events(partnership.a(), partnership.b()).any(leads_there);
        self.applies_to(status) || status != Status::Active && self.after() == Some(status) && !is_told()
    }

    /// Tells whether it changes a partnership of this status.
    fn applies_to(self, status: Status) -> bool {
        match self {
            Verb::Suspend => status == Status::Active,
            Verb::Resume => status == Status::Suspended,
            Verb::End | Verb::Keep => status != Status::Historic,
        }
    }
}

/// Makes the plan of a decision about partnerships, and names those it leaves as they are.
///
/// `selected` are those that all conditions but kind and status select; an empty list of kinds or statuses asks for
/// all.
pub fn decide(
    registry: &Registry<'_>,
    verb: Verb,
    decision: &Decision,
    selected: &[Selected],
    kinds: &[Kind],
    statuses: &[Status],
) -> (Plan, Vec<Left>) {
    let on = decision.on.map(|date| date.to_string()).unwrap_or_default();
    let mut plan = Plan::default();
    let mut left = Vec::new();
    for selected in selected {
        let partnership = registry.partnership_at(selected.row);
        match obstacle(registry, verb, decision, partnership, kinds, statuses) {
            Some(why) => left.push(Left { selected: *selected, why }),
            None => {
                let planned = recorded(registry, verb, decision, partnership).map(|event| Record::of(event.row()));
                plan.steps.push(step(verb, decision, &on, Record::of(partnership.row()), planned));
            }
        }
    }
    (plan, left)
}

fn obstacle(
    registry: &Registry<'_>,
    verb: Verb,
    decision: &Decision,
    partnership: Partnership<'_>,
    kinds: &[Kind],
    statuses: &[Status],
) -> Option<Why> {
    let (kind, status) = (partnership.kind()?, partnership.status()?);
    if !kinds.is_empty() && !kinds.contains(&kind) {
        return Some(Why::Kind(kind));
    }
    if !verb.is_open_to(registry, partnership, status) || !statuses.is_empty() && !statuses.contains(&status) {
        return Some(Why::Status(status, status_since(registry, partnership, Some(status))));
    }
    // What was planned is carried out when its day has come.
    let is_due = verb.after().is_some() && !decision.planned;
    let (on, event) = (decision.on?, verb.event());
    (!is_due && recorded(registry, verb, decision, partnership).is_some()).then_some(Why::Recorded(event, on))
}

/// Returns the event that stands there already where a decision would write its own.
fn recorded<'r>(
    registry: &'r Registry<'_>,
    verb: Verb,
    decision: &Decision,
    partnership: Partnership<'r>,
) -> Option<Event<'r>> {
    let mut events = registry.events(partnership.a(), partnership.b());
    events.find(|known| known.date() == decision.on && known.event() == Some(verb.event()))
}

/// Returns what a decision does to one partnership; `planned` is its event, where that stands there already.
fn step(verb: Verb, decision: &Decision, on: &str, partnership: Record, planned: Option<Record>) -> Step {
    let mut event = event(&partnership, verb.event(), on, decision);
    // What was said when it was planned stays, unless something else is said now.
    for (name, cell) in planned.iter().flat_map(Record::cells) {
        if event.get(name).is_empty() {
            event.set(name, cell);
        }
    }
    let mut step = Step(Vec::with_capacity(2));
    if let Some(status) = verb.after().filter(|_| !decision.planned) {
        let mut changed = partnership.setting("status", status.word());
        // An end that is known already stays, where it was only not told how it came.
        let is_known = partnership.get("status") == status.word() && !partnership.get("end").is_empty();
        if status == Status::Historic && !is_known {
            changed.set("end", on);
        }
        step.0.push(Change { old: Some(partnership), new: Some(changed) });
    }
    if planned.as_ref() != Some(&event) {
        step.0.push(Change { old: planned, new: Some(event) });
    }
    step
}

/// Adds to a draft what a decision does to one partnership.
pub fn carry_out(draft: &mut Draft<'_>, verb: Verb, decision: &Decision, partnership: &Record) {
    let on = decision.on.map(|date| date.to_string()).unwrap_or_default();
    let step = step(verb, decision, &on, partnership.clone(), None);
    step.0.into_iter().filter_map(|change| change.new).for_each(|record| draft.put(record));
}

/// Makes the event that tells of a decision about a partnership.
pub fn event(partnership: &Record, event: EventKind, on: &str, decision: &Decision) -> Record {
    let review_on = decision.review_on.map(|date| date.to_string()).unwrap_or_default();
    let cells = [
        ("a", partnership.get("a")),
        ("b", partnership.get("b")),
        ("date", on),
        ("event", event.word()),
        ("by", decision.by.map_or("", Acted::word)),
        ("body", &decision.body),
        ("reference", &decision.reference),
        ("review_on", &review_on),
        ("reason", &decision.reason),
        ("sources", &decision.source),
    ];
    Record::from_cells(Table::Events, &cells)
}
