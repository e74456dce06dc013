//! What a plan says to people: a line a step, names instead of ids, personal data of contacts never.

use std::borrow::Cow;

use foldhash::HashMap;

use super::field::Context;
use super::table::{Cell, Column, Table};
use super::tidied::{form, is_of_form, is_turned_along, moves};
use crate::edit::status::{Left, Why};
use crate::edit::{Change, Plan, Record, Step};
use crate::i18n::collate::Order;
use crate::i18n::labels::Label;
use crate::i18n::{Lang, words};
use crate::model::{EventKind, Kind, MergerKind, NetworkType, Status, Table as TableOf};

/// Lines under a heading.
pub struct List<'r> {
    /// The heading.
    pub title: String,
    /// The lines: a table whose columns want no heading.
    pub table: Table<'r>,
}

/// What one step does, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line<'r> {
    /// What it is about: two sides, or one thing and nothing.
    pub about: [Cow<'r, str>; 2],
    /// What becomes of it.
    pub told: Told,
}

/// What becomes of something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub what: String,
    /// The date of the event that tells of it.
    pub when: String,
}

impl Line<'_> {
    /// Returns the whole of it in one sentence.
    pub fn sentence(&self) -> String {
        let Told { what, when } = &self.told;
        let blank = if when.is_empty() { "" } else { " " };
        format!("{}: {what}{blank}{when}", self.subject())
    }

    /// Returns what it is about.
    pub fn subject(&self) -> String {
        joined(&self.about)
    }
}

/// Returns the names of what something is about as one.
fn joined([one, other]: &[Cow<'_, str>; 2]) -> String {
    if other.is_empty() { one.to_string() } else { format!("{one} – {other}") }
}

/// Makes the list of what a plan changes, by name.
pub fn changes<'r>(context: Context<'r>, plan: &'r Plan, title: String) -> List<'r> {
    let teller = Teller::of(context, plan);
    let about: Vec<[Cow<'r, str>; 2]> = plan.steps.iter().map(|step| teller.subject(step)).collect();
    let order = by_name(context, &about);
    let row = move |nth: usize| {
        let nth = order[nth];
        let Told { what, when } = teller.told(&plan.steps[nth]);
        let [one, other] = &about[nth];
        vec![Cell::text(one.clone()), Cell::text(other.clone()), Cell::text(what), Cell::text(when)]
    };
    List { title, table: Table::new(untitled(4), plan.steps.len(), row) }
}

/// Makes the list of what is left as it is, each with its reason, by name.
pub fn left<'r>(context: Context<'r>, left: &'r [Left], kinds: &'r [Kind]) -> List<'r> {
    let names = move |Left { selected, .. }: &Left| selected.ids(context.registry).map(|id| context.name_of(id));
    let order = by_name(context, &left.iter().map(names).collect::<Vec<_>>());
    let row = move |nth: usize| {
        let left = &left[order[nth]];
        let [place, partner] = names(left).map(Cell::text);
        vec![place, partner, Cell::text(reason(context.lang(), &left.why, kinds))]
    };
    List { title: words::left_as_they_are(context.lang(), left.len()), table: Table::new(untitled(3), left.len(), row) }
}

/// Returns in which order pairs of names stand in the reader's language.
fn by_name(context: Context<'_>, pairs: &[[impl AsRef<str>; 2]]) -> Vec<usize> {
    let order = Order::of(context.language);
    let ranks = |side: usize| order.ranks(&pairs.iter().map(|pair| pair[side].as_ref()).collect::<Vec<_>>());
    let (ones, others) = (ranks(0), ranks(1));
    let mut by_name: Vec<usize> = (0..pairs.len()).collect();
    by_name.sort_by_key(|nth| (ones[*nth], others[*nth]));
    by_name
}

/// Returns the change of a step that tells the most.
fn main(step: &Step) -> Option<&Change> {
    let of = |table| step.0.iter().filter(move |change| change.table() == Some(table));
    // A partnership that was there and stays tells more than one that comes or goes with it.
    let main = of(TableOf::Partnerships).find(|change| change.old.is_some() && change.new.is_some());
    let main = main.or_else(|| of(TableOf::Partnerships).next()).or_else(|| of(TableOf::Networks).next());
    main.or_else(|| step.0.first())
}

/// Returns so many columns without headings.
pub fn untitled(columns: usize) -> Vec<Column> {
    let column = |key| Column::new(key, "");
    ["about", "partner", "what", "when"].map(column)[..columns].to_vec()
}

fn reason(lang: Lang, why: &Why, kinds: &[Kind]) -> String {
    match why {
        Why::Kind(kind) => {
            let asked: Vec<&str> = kinds.iter().map(|kind| kind.label(lang)).collect();
            words::kind_is(lang, kind.label(lang), &asked.join(", "))
        }
        Why::Status(status, Some(since)) => words::status_since(lang, status.label(lang), &since.to_string()),
        Why::Status(status, None) => status.label(lang).to_owned(),
        Why::Recorded(event, on) => words::recorded_already(lang, event.label(lang), &on.to_string()),
    }
}

/// Says what the steps of a plan do.
pub struct Teller<'r, 'p> {
    context: Context<'r>,
    /// The names of the parties that the plan adds, by their ids.
    added: HashMap<&'p str, &'p str>,
}

impl<'r, 'p> Teller<'r, 'p> {
    /// Makes one for a plan.
    pub fn of(context: Context<'r>, plan: &'p Plan) -> Teller<'r, 'p> {
        let new = plan.changes().filter(|change| change.old.is_none()).filter_map(|change| change.new.as_ref());
        let places = new.filter(|record| record.table() == TableOf::Municipalities);
        let added = places.map(|record| (record.get("id"), record.get("name"))).collect();
        Teller { context, added }
    }

    /// Says what a step of the plan does.
    pub fn line(&self, step: &Step) -> Line<'r> {
        Line { about: self.subject(step), told: self.told(step) }
    }

    /// Names what a step is about.
    fn subject(&self, step: &Step) -> [Cow<'r, str>; 2] {
        main(&moves(step)).map_or_else(Default::default, |main| self.about(main))
    }

    /// Says what becomes of what a step is about.
    fn told(&self, step: &Step) -> Told {
        let context = self.context;
        let step = &*moves(step);
        let Some(main) = main(step) else { return Told::default() };
        let main_key = main.key();
        let mut when = String::new();
        let mut phrases: Vec<String> = Vec::new();
        let is_main = |change: &&Change| std::ptr::eq(*change, main);
        // The members of a network that is closed leave with it; they are counted, not listed.
        let is_counted =
            |change: &&Change| main.table() == Some(TableOf::Networks) && change.table() == Some(TableOf::Members);
        // So are events and claims that are turned with their pair.
        let is_along = |change: &&Change| is_turned_along(change);
        let others = step.0.iter().filter(|change| !is_main(change) && !is_counted(change));
        for change in step.0.iter().filter(is_main).chain(others).filter(|change| !is_along(change)) {
            let what = match change.table() {
                Some(TableOf::Events) if is_of_form(change) => event_in_form(context.lang(), change),
                Some(TableOf::Events) => match successor(change, main) {
                    // The pair it goes on as is told by its own change.
                    Some(id) => {
                        phrases.push(words::carried_over_to(context.lang(), &self.name(id)));
                        continue;
                    }
                    None => event(context.lang(), change, main, step, &mut when),
                },
                Some(TableOf::Mergers) => self.merger(change, &mut when),
                _ => what(context, change),
            };
            // What is about something else in the step says so.
            let is_of_main = match change.record() {
                Some(merger) if merger.table() == TableOf::Mergers => main_key.first() == Some(&merger.get("from")),
                _ => change.key().iter().take(2).eq(main_key.iter().take(2)),
            };
            if what.is_empty() || is_of_main {
                phrases.extend((!what.is_empty()).then_some(what));
            } else {
                phrases.push(format!("{}: {what}", joined(&self.about(change))));
            }
        }
        let mut counted = step.0.iter().filter(is_counted).peekable();
        if let Some(first) = counted.peek() {
            let what = what(context, first);
            phrases.push(format!("{}: {what}", words::memberships(context.lang(), counted.count())));
        }
        match step.0.iter().filter(is_along).count() {
            0 => {}
            along => phrases.push(words::turned_along(context.lang(), along)),
        }
        Told { what: phrases.join("; "), when }
    }

    /// Says what a municipal change does to the party before it, and sets when; a new name tells that itself.
    fn merger(&self, change: &Change, when: &mut String) -> String {
        let context = self.context;
        let Some(record) = change.record() else { return String::new() };
        record.get("date").clone_into(when);
        if record.get("from") == record.get("to") {
            return String::new();
        }
        let label = MergerKind::parse(record.get("event")).map_or("", |kind| kind.label(context.lang()));
        let told = format!("{label} {}", self.name(record.get("to")));
        if change.new.is_none() { format!("{told}: {}", words::removed(context.lang())) } else { told }
    }

    /// Names what a change is about.
    fn about(&self, change: &Change) -> [Cow<'r, str>; 2] {
        let context = self.context;
        let Some(record) = change.record() else { return Default::default() };
        let name = |id: &str| self.name(id);
        let none = || Cow::Borrowed("");
        let cell = |column: &str| Cow::Owned(record.get(column).to_owned());
        let network = |id: &str| match context.registry.network(id) {
            Some(network) => Cow::Borrowed(network.name()),
            None => Cow::Owned(id.to_owned()),
        };
        match record.table() {
            TableOf::Partnerships | TableOf::Events | TableOf::Claims => ["a", "b"].map(|side| name(record.get(side))),
            TableOf::Municipalities => [name(record.get("id")), none()],
            TableOf::Countries => [context.country_name(record.get("code")).into(), none()],
            TableOf::Networks => [cell("name"), none()],
            TableOf::Members => [network(record.get("network")), name(record.get("municipality"))],
            TableOf::Mergers => [name(record.get("from")), none()],
            TableOf::Contacts => [name(record.get("subject")), cell("role")],
            TableOf::Declarations => [name(record.get("subject")), cell("kind")],
            TableOf::Sources => [cell("id"), none()],
        }
    }

    /// Returns the name of a party, be it one that the plan adds.
    fn name(&self, id: &str) -> Cow<'r, str> {
        match self.context.registry.municipality(id) {
            Some(place) => Cow::Borrowed(self.context.name(place)),
            None => Cow::Owned(self.added.get(id).map_or(id, |name| name).to_owned()),
        }
    }
}

/// Returns the id of the place that a partnership is carried over to, if that is what a new event beside its change
/// tells.
fn successor<'c>(change: &'c Change, main: &Change) -> Option<&'c str> {
    let record = change.new.as_ref().filter(|record| record.get("event") == EventKind::CarriedOver.word())?;
    let ended = main.new.as_ref().filter(|_| main.table() == Some(TableOf::Partnerships))?;
    let pair = [ended.get("a"), ended.get("b")];
    let [a, b] = [record.get("a"), record.get("b")];
    match [pair.contains(&a), pair.contains(&b)] {
        [true, false] => Some(b),
        [false, true] => Some(a),
        _ => None,
    }
}

/// Says what an event does beside the change of the partnership that it tells of, and sets when.
fn event(lang: Lang, change: &Change, main: &Change, step: &Step, when: &mut String) -> String {
    let Some(record) = change.record() else { return String::new() };
    let kind = EventKind::parse(record.get("event"));
    let label = kind.map_or("", |kind| kind.label(lang));
    let mut partnerships = step.0.iter().filter(|change| change.table() == Some(TableOf::Partnerships));
    let of = partnerships.find(|change| change.key() == record.key()[..2]);
    if change.new.is_none() {
        // What goes with another partnership of the step is told by that.
        let goes_along = of.is_some_and(|of| of.new.is_none() && !of.is_about_what(main));
        return if goes_along { String::new() } else { words::event_removed(lang, label, record.get("date")) };
    }
    record.get("date").clone_into(when);
    if of.is_some_and(|of| status(of.old.as_ref()) != status(of.new.as_ref())) {
        return String::new();
    }
    let is_turn = matches!(kind, Some(EventKind::Suspended | EventKind::Resumed | EventKind::Ended));
    if is_turn && of.is_none() { words::planned(lang, label) } else { label.to_owned() }
}

/// Says what becomes of an event that tells the same as before.
fn event_in_form(lang: Lang, change: &Change) -> String {
    let (Some(old), Some(new)) = (&change.old, &change.new) else { return String::new() };
    let label = EventKind::parse(new.get("event")).map_or("", |kind| kind.label(lang));
    format!("{label} {}: {}", new.get("date"), fields(lang, old, new))
}

fn status(record: Option<&Record>) -> Option<&str> {
    record.map(|record| record.get("status"))
}

/// Says what becomes of a record.
fn what(context: Context<'_>, change: &Change) -> String {
    let lang = context.lang();
    let claim = |record: &Record, say: fn(Lang, &str, &str, &str) -> String| {
        say(lang, record.get("field"), record.get("value"), record.get("source"))
    };
    match (&change.old, &change.new) {
        (Some(old), None) if old.table() == TableOf::Claims => claim(old, words::claim_gone),
        (None, Some(new)) if new.table() == TableOf::Claims => claim(new, words::claimed),
        (_, None) => words::removed(lang).to_owned(),
        (None, Some(new)) => match details(context, new) {
            details if details.is_empty() => words::added(lang).to_owned(),
            details => format!("{}: {details}", words::added(lang)),
        },
        (Some(old), Some(new)) => fields(lang, old, new),
    }
}

/// Tells the most telling cells of a new record.
fn details(context: Context<'_>, record: &Record) -> String {
    let lang = context.lang();
    let country;
    let cells: Vec<&str> = match record.table() {
        TableOf::Partnerships => ["kind", "status", "start"].iter().map(|field| shown(lang, field, record)).collect(),
        TableOf::Municipalities => {
            country = context.country_name(record.get("country"));
            vec![&country, record.get("id")]
        }
        TableOf::Sources => vec![record.get("title")],
        TableOf::Networks => vec![shown(lang, "type", record), record.get("id")],
        TableOf::Members => ["role", "since"].iter().map(|field| shown(lang, field, record)).collect(),
        _ => Vec::new(),
    };
    cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Tells which fields change from what to what.
fn fields(lang: Lang, old: &Record, new: &Record) -> String {
    let phrase = |name: &str| {
        if is_personal(old, name) {
            return format!("{name} …");
        }
        let [was, is] = [old, new].map(|record| shown(lang, name, record));
        let arrow = match (was.is_empty(), is.is_empty()) {
            (true, _) => format!("→ {is}"),
            (_, true) => format!("{was} →"),
            _ => format!("{was} → {is}"),
        };
        if name == "status" { arrow } else { format!("{name} {arrow}") }
    };
    let mut differing = old.differing(new);
    let mut phrases = form(lang, old, new, &mut differing);
    phrases.extend(differing.into_iter().map(phrase));
    phrases.join("; ")
}

/// Tells whether a cell says who somebody is.
fn is_personal(record: &Record, column: &str) -> bool {
    record.table() == TableOf::Contacts && !["since", "until", "topic", "checked_on"].contains(&column)
}

/// Returns a cell as people read it.
fn shown<'c>(lang: Lang, column: &str, record: &'c Record) -> &'c str {
    let cell = record.get(column);
    let label = match column {
        "status" => Status::parse(cell).map(|status| status.label(lang)),
        "kind" => Kind::parse(cell).map(|kind| kind.label(lang)),
        "type" if record.table() == TableOf::Networks => NetworkType::parse(cell).map(|kind| kind.label(lang)),
        _ => None,
    };
    label.unwrap_or(cell)
}
