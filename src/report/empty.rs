//! Empty answers: which part of the question did not match, and what there is instead.

use super::declared::source_name;
use super::field::Context;
use super::listing::{historic, in_force, left_out};
use crate::i18n::labels::Label;
use crate::i18n::typed::quoted;
use crate::i18n::{Lang, words};
use crate::model::vocabulary::Declared;
use crate::model::{Kind, Status};
use crate::query::{Filter, Selection};

/// Explains why a selection is empty.
pub fn explain(context: Context<'_>, filter: &Filter, selection: &Selection) -> Vec<String> {
    let lang = context.lang();
    let mut notes = Vec::new();
    if let Some(day) = filter.as_of {
        notes.push(words::as_of(lang, &day.to_string()));
    }
    notes.extend(reason(context, filter));
    notes.extend(left_out(context, filter, selection));
    notes
}

fn reason(context: Context<'_>, filter: &Filter) -> Vec<String> {
    let (registry, lang) = (context.registry, context.lang());
    let name = |id: &str| registry.municipality(id).map_or(id.to_owned(), |place| context.name(place).to_owned());
    let base = Filter {
        places: filter.places.clone(),
        pair: filter.pair,
        as_of: filter.as_of,
        all: true,
        ..Filter::default()
    };
    let of_places = base.select(registry);
    if of_places.rows.is_empty() {
        return match &filter.places[..] {
            [] => vec![words::empty_table(lang).to_owned()],
            [one, other] if filter.pair => vec![words::no_pair(lang, &name(one), &name(other))],
            places => places.iter().map(|place| words::none_at_all(lang, &name(place))).collect(),
        };
    }
    if !filter.countries.is_empty() {
        let countries: Vec<String> = filter.countries.iter().map(|choice| context.country_name(&choice.code)).collect();
        let countries = countries.join(", ");
        let with = Filter { countries: filter.countries.clone(), ..base.clone() }.select(registry);
        return vec![match &filter.places[..] {
            [place] if with.rows.is_empty() => {
                let count = partnerships(lang, of_places.rows.len());
                words::none_with(lang, &name(place), &count, &countries)
            }
            _ if with.rows.is_empty() => words::none_with_at_all(lang, &countries),
            places => {
                let of = words::with_country(lang, &countries);
                let of = match places {
                    [place] => format!("{} {of}", words::of_place(lang, &name(place))),
                    _ => of,
                };
                words::nothing_matches(lang, &inventory(context, filter, &with, &of))
            }
        }];
    }
    let mut notes = Vec::new();
    if let ([place], [kind]) = (&filter.places[..], &filter.kinds[..]) {
        notes.extend(statement(context, place, *kind));
    }
    if notes.is_empty() {
        let of = match &filter.places[..] {
            [place] => words::of_place(lang, &name(place)),
            _ => String::new(),
        };
        notes.push(words::nothing_matches(lang, &inventory(context, filter, &of_places, &of)));
    } else if let [place] = &filter.places[..] {
        let command = format!("twin list {}", quoted(&name(place)));
        notes.push(words::others(lang, of_places.rows.len(), &command));
    }
    notes
}

/// Counts partnerships.
fn partnerships(lang: Lang, n: usize) -> String {
    if n == 1 { words::one_partnership(lang).to_owned() } else { words::partnerships(lang, n) }
}

/// Says what a selection holds: how many, and of which kind if kinds were asked for, else of which status.
fn inventory(context: Context<'_>, filter: &Filter, selection: &Selection, of: &str) -> String {
    let lang = context.lang();
    let count = |status| selection.rows.iter().filter(|row| row.status == Some(status)).count();
    let (past, suspended) = (count(Status::Historic), count(Status::Suspended));
    let standing = if !filter.kinds.is_empty() {
        let of_kind = |kind: &Kind| {
            selection.rows.iter().filter(|row| context.registry.partnership_at(row.row).kind() == Some(*kind)).count()
        };
        let counted = Kind::ALL.iter().map(|kind| (of_kind(kind), kind.label(lang))).filter(|(n, _)| *n > 0);
        counted.map(|(n, label)| format!("{n} {label}")).collect::<Vec<_>>().join(", ")
    } else if past == 0 && suspended == 0 {
        let asked = filter.statuses.contains(&Status::Suspended);
        if asked { words::all_active(lang) } else { words::all_in_force(lang) }.to_owned()
    } else {
        let mut parts = vec![in_force(lang, selection.rows.len() - past, suspended)];
        if past > 0 {
            parts.push(historic(lang, past));
        }
        parts.join(", ")
    };
    let of = if of.is_empty() { String::new() } else { format!(" {of}") };
    format!("{}{of}, {standing}", partnerships(lang, selection.rows.len()))
}

/// Says that a party has none of a kind, and says so itself.
fn statement(context: Context<'_>, place: &str, kind: Kind) -> Option<String> {
    let (registry, lang) = (context.registry, context.lang());
    let declared = Declared::parse(kind.word())?;
    let own = registry.municipality(place)?;
    let zero = registry
        .declared_by(place)
        .find(|declaration| declaration.kind() == Some(declared) && declaration.count() == "0")?;
    let stated_on = zero.stated_on().map(|date| format!(", {date}")).unwrap_or_default();
    let source = format!("{}{stated_on}", source_name(context, zero.source()));
    Some(words::none_by_statement(lang, context.name(own), declared.label(lang), zero.note(), &source))
}
