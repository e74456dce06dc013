//! The report of countries: country by country, who is twinned with whom.

use foldhash::HashMap;

use super::{Bars, Document, Figure, Made, Part};
use crate::i18n::collate::Order;
use crate::i18n::{documents as words, words as common};
use crate::model::Municipality;
use crate::query::Selected;
use crate::report::field::{self, Context, choose};
use crate::report::listing::{self, count, sort};
use crate::report::statistics::{By, statistics};

/// The columns of a country's table.
const COLUMNS: [&str; 5] = ["place", "partner", "kind", "status", "status_since"];

/// Makes it. The country is the partner's; where both or neither side is at home, each side's country has the pair.
pub fn countries<'r>(made: Made<'_, 'r>) -> Document<'r> {
    let context = made.context;
    let lang = context.lang();
    let overview = statistics(context, made.filter, made.selection, By::Country, false).shown;
    let bars = Figure::Bars(Bars { keys: &["active", "suspended", "historic"], are_parts: true });
    let mut parts = vec![Part { figures: vec![bars], ..Part::new(words::overview(lang), overview) }];
    for (name, rows) in groups(context, &made.selection.rows) {
        let title = format!("{name}: {}", count(context, &rows).trim_end_matches('.'));
        let columns = choose(listing::FIELDS, &COLUMNS).unwrap_or_default();
        parts.push(Part::new(title, field::table(context, columns, rows, &[])));
    }
    let in_force = made.filter.statuses.is_empty() && !made.filter.all;
    let counted = if in_force { common::counted_in_force(lang) } else { common::counted_selected(lang) };
    let definitions = [counted, common::counted_by_country(lang)].map(str::to_owned);
    made.document(words::countries_title(lang), definitions.into(), parts)
}

/// Returns the partnerships of each country, sorted by names; where both or neither side is at home, seen from either.
fn groups<'r>(context: Context<'r>, selected: &[Selected]) -> Vec<(&'r str, Vec<Selected>)> {
    let registry = context.registry;
    let country = |row: Selected| row.sides(registry)[1].map_or("", Municipality::country);
    let mut seen = Vec::with_capacity(selected.len());
    for row in selected {
        let other = Selected { flipped: !row.flipped, ..*row };
        let [partners, places] = [country(*row), country(other)];
        seen.push(*row);
        if partners != places && registry.is_home(partners) == registry.is_home(places) {
            seen.push(other);
        }
    }
    sort(context, &mut seen, false);
    let order = Order::of(context.language);
    let mut codes: Vec<(&str, &str)> =
        registry.countries().map(|own| (own.code(), context.name_of_country(own))).collect();
    codes.push(("", common::unknown(context.lang())));
    codes.sort_by_cached_key(|(code, name)| (code.is_empty(), order.key(name)));
    let mut groups: Vec<(&str, Vec<Selected>)> = codes.iter().map(|(_, name)| (*name, Vec::new())).collect();
    let places: HashMap<&str, usize> = codes.iter().map(|(code, _)| *code).zip(0..).collect();
    for row in seen {
        groups[places.get(country(row)).copied().unwrap_or(codes.len() - 1)].1.push(row);
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    groups
}
