//! The report of standings: what is suspended and what has ended, by country and year, and by whose decision.

use std::collections::BTreeMap;

use super::{Bars, Document, Figure, Made, Part, events, listed};
use crate::i18n::collate::Order;
use crate::i18n::labels::Label;
use crate::i18n::{documents as words, words as common};
use crate::model::{Event, Municipality, PartialDate, Status};
use crate::query::Selected;
use crate::report::declared::sources_cell;
use crate::report::field::Context;
use crate::report::listing::{partnership, since, sort};
use crate::report::pair::actor;
use crate::report::table::{Cell, Column, Table};

/// The standings that it is about.
pub const STANDINGS: [Status; 2] = [Status::Suspended, Status::Historic];

/// What of the listing is told of each.
const LISTED: [&str; 5] = ["place", "partner", "country_name", "kind", "status_since"];

/// Makes it of a selection of what is suspended or historic.
pub fn status<'r>(made: Made<'_, 'r>) -> Document<'r> {
    let context = made.context;
    let lang = context.lang();
    let mut rows = made.selection.rows.clone();
    sort(context, &mut rows, false);
    let drawn = |title, table| Part {
        figures: vec![Figure::Bars(Bars { keys: &["suspended", "historic"], are_parts: true })],
        ..Part::new(title, table)
    };
    let mut parts = vec![
        drawn(words::by_country(lang), by_country(context, &rows)),
        drawn(words::by_year(lang), by_year(context, &rows)),
    ];
    for (standing, title) in STANDINGS.into_iter().zip([words::suspended_heading(lang), words::ended_heading(lang)]) {
        let own: Vec<Selected> = rows.iter().copied().filter(|row| row.status == Some(standing)).collect();
        let without = own.iter().filter(|row| !has_decision(context, **row)).count();
        let title = format!("{title}: {}; {}", own.len(), words::without_decision(lang, without));
        parts.push(Part::new(title, told(context, own)));
    }
    made.document(words::status_title(lang), vec![words::counted_standing(lang).to_owned()], parts)
}

/// Makes the table of what is suspended or has ended: since when, by whose decision, and why.
pub fn told<'r>(context: Context<'r>, rows: Vec<Selected>) -> Table<'r> {
    let lang = context.lang();
    let columns = vec![
        Column::new("by", common::acted(lang)),
        Column::new("decision", words::decision(lang)),
        Column::new("reason", common::reason(lang)),
        Column::new("sources", common::sources(lang)),
    ];
    listed(context, &LISTED, rows, columns, move |_, row| {
        let event = event(context, row);
        let sources = match event {
            Some(event) => sources_cell(context, event.sources()),
            None => sources_cell(context, partnership(context, row).sources()),
        };
        let by = event.map_or(Cell::Unknown, |event| actor(context, event));
        vec![by, decided(context, event), Cell::text(event.map_or("", Event::reason)), sources]
    })
}

fn country(context: Context<'_>, selected: Selected) -> &str {
    context.country(selected.sides(context.registry)[1].map_or("", Municipality::country))
}

/// Returns the event that gave a partnership its status: the last that did.
fn event(context: Context<'_>, selected: Selected) -> Option<Event<'_>> {
    let sets =
        events(context, selected).filter(|event| event.event().and_then(|event| event.sets()) == selected.status);
    sets.max_by_key(|event| event.date().map(PartialDate::order))
}

/// Tells whether it is recorded who decided that a partnership stands as it does, or under which reference.
pub fn has_decision(context: Context<'_>, selected: Selected) -> bool {
    event(context, selected).is_some_and(|event| !event.body().is_empty() || !event.reference().is_empty())
}

/// Tells the body that decided on an event and what names the decision, or that none is recorded.
pub fn decided<'r>(context: Context<'r>, event: Option<Event<'r>>) -> Cell<'r> {
    match event.map(|event| [event.body(), event.reference()]) {
        Some(["", ""]) | None => Cell::text(words::no_decision(context.lang())),
        Some(parts) => Cell::text(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")),
    }
}

/// Makes a table of counts of each standing.
fn counts<'r>(
    context: Context<'r>,
    first: (&'static str, &'static str),
    lines: Vec<(Cell<'r>, [usize; 2])>,
) -> Table<'r> {
    let lang = context.lang();
    let mut columns = vec![Column::new(first.0, first.1)];
    columns.extend(STANDINGS.map(|standing| Column::new(standing.word(), standing.label(lang))));
    let row = |(cell, counts): (Cell<'r>, [usize; 2])| [cell].into_iter().chain(counts.map(Cell::Count)).collect();
    Table::of_rows(columns, lines.into_iter().map(row).collect())
}

/// Counts under what each partnership belongs to.
fn tally<K: Ord>(rows: &[Selected], key: impl Fn(Selected) -> K) -> BTreeMap<K, [usize; 2]> {
    let mut counts: BTreeMap<K, [usize; 2]> = BTreeMap::new();
    for row in rows {
        if let Some(nth) = STANDINGS.iter().position(|standing| row.status == Some(*standing)) {
            counts.entry(key(*row)).or_default()[nth] += 1;
        }
    }
    counts
}

fn by_country<'r>(context: Context<'r>, rows: &[Selected]) -> Table<'r> {
    let order = Order::of(context.language);
    let mut lines: Vec<(&str, [usize; 2])> = tally(rows, |row| country(context, row)).into_iter().collect();
    lines.sort_by_cached_key(|(name, _)| order.key(name));
    let lines = lines.into_iter().map(|(name, counts)| (Cell::text(name), counts)).collect();
    counts(context, ("country_name", common::country(context.lang())), lines)
}

/// Counts by the year in which each turned; where it may be one of two, it is unknown.
fn by_year<'r>(context: Context<'r>, rows: &[Selected]) -> Table<'r> {
    let lang = context.lang();
    let year = |row| since(context, row).and_then(PartialDate::year).map_or((1, 0), |year| (0, year));
    let named = |(unknown, year)| match unknown {
        0 => Cell::text(format!("{year}")),
        _ => Cell::text(common::unknown(lang)),
    };
    let lines = tally(rows, year).into_iter().map(|(year, counts)| (named(year), counts)).collect();
    counts(context, ("year", words::year(lang)), lines)
}
