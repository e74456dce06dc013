//! The sheet of one partnership: how it stands, its whole history, decisions, sources, disagreeing claims.

use super::field::{Context, choose, table};
use super::table::{Cell, Column, Table};
use super::{Answer, Fact, Section, Sheet, claims, listing, records};
use crate::i18n::words;
use crate::model::{Acted, Event, Municipality, Table as TableOf};
use crate::query::{Filter, Selected};

/// Makes the sheet of the partnership of two parties, or says that there is none.
pub fn sheet<'r>(context: Context<'r>, one: Municipality<'r>, other: Municipality<'r>) -> Answer<Option<Sheet<'r>>> {
    let lang = context.lang();
    let (name, partner) = (context.name(one), context.name(other));
    let places = vec![one.id().to_owned(), other.id().to_owned()];
    let filter = Filter { places, pair: true, all: true, as_of: context.as_of, ..Filter::default() };
    let mut notes: Vec<String> = context.as_of.map(|day| words::as_of(lang, &day.to_string())).into_iter().collect();
    let found = filter.select(context.registry).rows.first().copied();
    let claimed = claims::about_pair(context, one.id(), other.id());
    if found.is_none() {
        notes.push(words::no_pair(lang, name, partner));
        if claimed.is_empty() {
            return Answer { shown: None, notes };
        }
    }
    let columns = ["field", "value", "recorded", "source", "publisher", "rank", "seen_on", "note"];
    let columns = choose(claims::FIELDS, &columns).unwrap_or_default();
    let mut sections = Vec::new();
    let mut facts = Vec::new();
    if let Some(selected) = found {
        // The place is the one that was named first.
        let flipped = context.registry.partnership_at(selected.row).a() != one.id();
        let selected = Selected { flipped, ..selected };
        facts = facts_of(context, selected);
        sections.push(Section { key: "history", title: words::history(lang), table: history(context, selected) });
        sections.push(Section {
            key: "sources",
            title: words::sources_heading(lang),
            table: sources(context, selected),
        });
    }
    sections.push(Section { key: "claims", title: words::claims(lang), table: table(context, columns, claimed, &[]) });
    Answer { shown: Some(Sheet { title: format!("{name} – {partner}"), facts, sections }), notes }
}

fn facts_of<'r>(context: Context<'r>, selected: Selected) -> Vec<Fact<'r>> {
    let shown = listing::FIELDS.iter().filter(|field| field.key != "sources");
    shown
        .map(|field| Fact {
            key: field.key,
            label: (field.label)(context.lang()),
            cell: (field.cell)(context, selected),
            // The title names both sides.
            for_people: !field.key.starts_with("place") && !field.key.starts_with("partner") && field.key != "country",
        })
        .collect()
}

fn history<'r>(context: Context<'r>, selected: Selected) -> Table<'r> {
    let lang = context.lang();
    let columns = vec![
        Column::new("date", words::date(lang)),
        Column::new("event", words::event(lang)),
        Column::new("by", words::acted(lang)),
        Column::new("body", words::body(lang)),
        Column::new("reference", words::reference(lang)),
        Column::new("review_on", words::review_on(lang)),
        Column::new("reason", words::reason(lang)),
        Column::new("sources", words::sources(lang)),
    ];
    let partnership = context.registry.partnership_at(selected.row);
    let mut events: Vec<Event<'r>> = context.registry.events(partnership.a(), partnership.b()).collect();
    events.sort_by_key(|event| event.date().map(|date| date.order()));
    let len = events.len();
    let row = move |nth: usize| {
        let event = events[nth];
        vec![
            Cell::date(event.date()),
            Cell::word(event.event(), lang),
            actor(context, event),
            Cell::text(event.body()),
            Cell::text(event.reference()),
            Cell::date(event.review_on()),
            Cell::text(event.reason()),
            Cell::list(event.sources()),
        ]
    };
    Table::new(columns, len, row)
}

/// Names the side that acted, or tells that both or neither did.
pub fn actor<'r>(context: Context<'r>, event: Event<'r>) -> Cell<'r> {
    match event.by() {
        Some(Acted::A) => Cell::text(context.name_of(event.a())),
        Some(Acted::B) => Cell::text(context.name_of(event.b())),
        other => Cell::word(other, context.lang()),
    }
}

/// Returns the sources of the partnership and of its events, best rank first.
fn sources<'r>(context: Context<'r>, selected: Selected) -> Table<'r> {
    let partnership = context.registry.partnership_at(selected.row);
    let events =
        context.registry.events(partnership.a(), partnership.b()).flat_map(|event| event.sources().collect::<Vec<_>>());
    let mut ids: Vec<&str> = partnership.sources().chain(events).collect();
    let rank = |id: &str| context.registry.source(id).and_then(|source| source.rank());
    ids.sort_by_key(|id| (rank(id), *id));
    ids.dedup();
    let rows = ids.iter().filter_map(|id| context.registry.grid(TableOf::Sources).find(&[*id]));
    let rows = rows.map(|row| row.number() as u32).collect();
    let columns = choose(records::SOURCES, &["id", "rank", "publisher", "published", "title"]).unwrap_or_default();
    table(context, columns, rows, &[])
}
