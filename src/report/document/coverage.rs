//! The report of coverage: which share of the municipalities at home has a partner, region by region.

use std::collections::BTreeMap;

use super::{Bars, Document, Figure, Made, Part};
use crate::i18n::collate::Order;
use crate::i18n::{documents as words, words as common};
use crate::report::statistics::{covered, percent};
use crate::report::table::{Cell, Column, Table};

/// Makes it.
pub fn coverage<'r>(made: Made<'_, 'r>) -> Document<'r> {
    let Made { context, filter, selection, .. } = made;
    let lang = context.lang();
    let municipalities = covered(context, filter, selection);
    let mut regions: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut without: Vec<[&str; 2]> = Vec::new();
    for (number, has) in municipalities {
        let place = context.registry.municipality_at(number);
        let [with, all] = regions.entry(place.region()).or_default();
        *with += usize::from(has);
        *all += 1;
        if !has {
            without.push([context.name(place), place.region()]);
        }
    }
    let order = Order::of(context.language);
    let mut lines: Vec<(&str, [usize; 2])> = regions.into_iter().collect();
    lines.sort_by_cached_key(|(region, _)| (region.is_empty(), order.key(region)));
    without.sort_by_cached_key(|[name, _]| order.key(name));
    let [with, all] = lines.iter().fold([0; 2], |[with, all], (_, counts)| [with + counts[0], all + counts[1]]);
    let columns = vec![
        Column::new("region", common::region(lang)),
        Column::new("municipalities", words::municipalities(lang)),
        Column::new("with_partner", words::with_partner(lang)),
        Column::new("percent", words::percent(lang)),
    ];
    let row = |(region, [with, all]): (&'r str, [usize; 2])| {
        let region = if region.is_empty() { common::unknown(lang) } else { region };
        vec![Cell::text(region), Cell::Count(all), Cell::Count(with), Cell::Count(percent(with, all))]
    };
    let by_region = Table::of_rows(columns, lines.into_iter().map(row).collect());
    let columns = vec![Column::new("place", common::municipality(lang)), Column::new("region", common::region(lang))];
    let lacking = Table::of_rows(columns, without.into_iter().map(|row| row.map(Cell::text).to_vec()).collect());
    let bars = Figure::Bars(Bars { keys: &["percent"], are_parts: false });
    let parts = vec![
        Part { figures: vec![bars], ..Part::new(words::by_region(lang), by_region) },
        Part::new(words::without_partner(lang), lacking),
    ];
    let definition = (all > 0).then(|| common::coverage(lang, with, all, percent(with, all)));
    made.document(words::coverage_title(lang), definition.into_iter().collect(), parts)
}
