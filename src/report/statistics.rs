//! Counts of partnerships, each with the definition of what was counted.

use std::borrow::Cow;

use foldhash::HashMap;

use super::field::Context;
use super::listing::{count, left_out};
use super::table::{Cell, Column, Table};
use super::{Answer, declared};
use crate::i18n::collate::Order;
use crate::i18n::labels::Label;
use crate::i18n::{Lang, words};
use crate::model::{Kind, PartialDate, PlaceType, Status, Truth};
use crate::query::{Filter, Selected, Selection};

/// What partnerships are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The partner's country.
    Country,
    /// Today's status, or that of the day asked for.
    Status,
    /// The kind.
    Kind,
    /// The region of the side at home.
    Region,
    /// The decade of the start.
    Decade,
    /// The municipality at home.
    Municipality,
}

impl By {
    fn label(self, lang: Lang) -> &'static str {
        match self {
            By::Country => words::country(lang),
            By::Status => words::status(lang),
            By::Kind => words::kind(lang),
            By::Region => words::region(lang),
            By::Decade => words::decade(lang),
            By::Municipality => words::municipality(lang),
        }
    }
}

/// What a partnership is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Group<'r> {
    Status(Status),
    Kind(Kind),
    Decade(i16),
    Region(&'r str),
    /// The number of the country's row.
    Country(u32),
    /// The number of the party's row.
    Municipality(u32),
    Unknown,
}

/// How many partnerships are counted under each group, by status.
#[derive(Default)]
struct Counts<'r> {
    /// Those of countries and of parties, of which there may be a count for every partnership, by the numbers of rows.
    countries: Vec<[usize; 3]>,
    municipalities: Vec<[usize; 3]>,
    others: HashMap<Group<'r>, [usize; 3]>,
}

impl<'r> Counts<'r> {
    #[inline]
    fn of(&mut self, group: Group<'r>) -> &mut [usize; 3] {
        let (counts, number) = match group {
            Group::Country(number) => (&mut self.countries, number as usize),
            Group::Municipality(number) => (&mut self.municipalities, number as usize),
            other => return self.others.entry(other).or_default(),
        };
        if counts.len() <= number {
            counts.resize(number + 1, [0; 3]);
        }
        &mut counts[number]
    }

    /// Returns the groups under which something is counted, in no order.
    fn groups(self) -> impl Iterator<Item = (Group<'r>, [usize; 3])> {
        let countries = self.countries.into_iter().zip(0..).map(|(counts, number)| (Group::Country(number), counts));
        let municipalities = self.municipalities.into_iter().zip(0..);
        let municipalities = municipalities.map(|(counts, number)| (Group::Municipality(number), counts));
        countries.chain(municipalities).chain(self.others).filter(|(_, counts)| *counts != [0; 3])
    }
}

/// Counts a selection, a line for each group; `whole` adds the codes and ids that programs want.
pub fn statistics<'r>(
    context: Context<'r>,
    filter: &Filter,
    selection: &Selection,
    by: By,
    whole: bool,
) -> Answer<Table<'r>> {
    let mut counts = Counts::default();
    let home: Vec<bool> =
        context.registry.countries().map(|country| context.registry.is_home(country.code())).collect();
    for selected in &selection.rows {
        let Some(status) = selected.status else { continue };
        let [first, second] = groups(context, *selected, by, &home);
        for group in first.into_iter().chain(second.filter(|group| Some(*group) != first)) {
            counts.of(group)[status as usize] += 1;
        }
    }
    let mut lines: Vec<(Group<'r>, Cow<'r, str>, [usize; 3])> =
        counts.groups().map(|(group, counts)| (group, name(context, group), counts)).collect();
    lines.sort_by_key(|(group, ..)| *group);
    if matches!(by, By::Country | By::Region | By::Municipality) {
        let order = Order::of(context.language);
        lines.sort_by_cached_key(|(_, name, _)| order.key(name));
        lines.sort_by_key(|(group, ..)| *group == Group::Unknown);
    }
    Answer { shown: table(context, &lines, by, whole), notes: notes(context, filter, selection, by) }
}

/// Returns what a partnership is counted under: one group, or one for each side; `home` tells of each country's row
/// whether it is one of the registry's own.
fn groups<'r>(context: Context<'r>, selected: Selected, by: By, home: &[bool]) -> [Option<Group<'r>>; 2] {
    let registry = context.registry;
    let partnership = registry.partnership_at(selected.row);
    let one = |group| [Some(group), None];
    let countries = registry.countries_of(selected.row);
    let at_home = countries.map(|number| number.is_some_and(|number| home[number as usize]));
    match by {
        By::Status => one(selected.status.map_or(Group::Unknown, Group::Status)),
        By::Kind => one(partnership.kind().map_or(Group::Unknown, Group::Kind)),
        By::Decade => one(partnership.start().and_then(PartialDate::decade).map_or(Group::Unknown, Group::Decade)),
        By::Country => {
            let groups = countries.map(|number| Some(number.map_or(Group::Unknown, Group::Country)));
            if at_home[0] == at_home[1] { groups } else { [groups[usize::from(!selected.flipped)], None] }
        }
        By::Region | By::Municipality => {
            let parties = registry.party_numbers(selected.row);
            [0, 1].map(|side| {
                if !at_home[side] && at_home[1 - side] {
                    return None;
                }
                let Some(number) = parties[side] else { return Some(Group::Unknown) };
                if by == By::Municipality {
                    return Some(Group::Municipality(number));
                }
                let region = registry.municipality_at(number).region();
                Some(if region.is_empty() { Group::Unknown } else { Group::Region(region) })
            })
        }
    }
}

fn name<'r>(context: Context<'r>, group: Group<'r>) -> Cow<'r, str> {
    match group {
        Group::Unknown => words::unknown(context.lang()).into(),
        Group::Country(number) => context.name_of_country(context.registry.country_at(number)).into(),
        Group::Municipality(number) => context.name(context.registry.municipality_at(number)).into(),
        Group::Region(region) => region.into(),
        Group::Decade(year) => format!("{year}–{}", year + 9).into(),
        Group::Status(status) => status.label(context.lang()).into(),
        Group::Kind(kind) => kind.label(context.lang()).into(),
    }
}

fn table<'r>(context: Context<'r>, lines: &[(Group<'r>, Cow<'r, str>, [usize; 3])], by: By, whole: bool) -> Table<'r> {
    let lang = context.lang();
    let key = match by {
        By::Country => "country_name",
        By::Status => "status",
        By::Kind => "kind",
        By::Region => "region",
        By::Decade => "decade",
        By::Municipality => "place",
    };
    let code = match by {
        By::Country => Some(Column::new("country", words::country_code(lang))),
        By::Municipality => Some(Column::new("place_id", words::id(lang))),
        _ => None,
    };
    let code = code.filter(|_| whole);
    // What nothing is counted of needs no column, unless a program relies on it.
    let statuses: Vec<Status> = Status::ALL
        .iter()
        .copied()
        .filter(|status| by != By::Status && (whole || lines.iter().any(|(_, _, counts)| counts[*status as usize] > 0)))
        .collect();
    let mut columns: Vec<Column> = code.clone().into_iter().chain([Column::new(key, by.label(lang))]).collect();
    columns.extend(statuses.iter().map(|status| Column::new(status.word(), status.label(lang))));
    columns.push(Column::new("total", words::total(lang)));
    let rows = lines.iter().map(|(group, name, counts)| {
        let mut row = Vec::new();
        if code.is_some() {
            row.push(match group {
                Group::Country(number) => Cell::text(context.registry.country_at(*number).code()),
                Group::Municipality(number) => Cell::text(context.registry.municipality_at(*number).id()),
                _ => Cell::Unknown,
            });
        }
        row.push(match group {
            Group::Status(status) => Cell::word(Some(*status), lang),
            Group::Kind(kind) => Cell::word(Some(*kind), lang),
            Group::Unknown if whole => Cell::Unknown,
            Group::Decade(year) if whole => Cell::Count(*year as usize),
            _ => Cell::text(name.clone()),
        });
        row.extend(statuses.iter().map(|status| Cell::Count(counts[*status as usize])));
        row.push(Cell::Count(counts.iter().sum()));
        row
    });
    Table::of_rows(columns, rows.collect())
}

fn notes(context: Context<'_>, filter: &Filter, selection: &Selection, by: By) -> Vec<String> {
    let lang = context.lang();
    let mut notes = Vec::new();
    notes.extend(selection.as_of.map(|day| words::as_of(lang, &day.to_string())));
    notes.push(count(context, &selection.rows));
    let in_force = filter.statuses.is_empty() && !filter.all;
    let mut definition =
        if in_force { words::counted_in_force(lang) } else { words::counted_selected(lang) }.to_owned();
    let more = match by {
        By::Country => words::counted_by_country(lang),
        By::Region => words::counted_by_region(lang),
        By::Decade => words::counted_by_decade(lang),
        By::Municipality => words::counted_by_municipality(lang),
        By::Status | By::Kind => "",
    };
    if !more.is_empty() {
        definition += " ";
        definition += more;
    }
    notes.push(definition);
    let regions_alone =
        Filter { regions: filter.regions.clone(), as_of: filter.as_of, all: filter.all, ..Filter::default() };
    if *filter == regions_alone {
        notes.extend(coverage(context, filter, selection));
    }
    notes.extend(left_out(context, filter, selection));
    if *filter == Filter::default() {
        for country in &context.registry.home {
            notes.extend(declared::totals(context, country));
        }
    }
    notes
}

/// Says which share of the municipalities at home, or in the regions asked for, has an active partnership.
fn coverage(context: Context<'_>, filter: &Filter, selection: &Selection) -> Option<String> {
    let counted = covered(context, filter, selection);
    let (all, with) = (counted.len(), counted.iter().filter(|(_, has)| *has).count());
    (all > 0).then(|| words::coverage(context.lang(), with, all, percent(with, all)))
}

/// Returns the municipalities at home, or in the regions asked for, by the numbers of their rows, and whether each has an
/// active partnership; dissolved ones, districts and regions are left out.
pub fn covered(context: Context<'_>, filter: &Filter, selection: &Selection) -> Vec<(u32, bool)> {
    let registry = context.registry;
    let home: Vec<bool> = registry.countries().map(|country| registry.is_home(country.code())).collect();
    let counts = |number: &u32| {
        if !registry.country_of(*number).is_some_and(|country| home[country as usize]) {
            return false;
        }
        let place = registry.municipality_at(*number);
        let is_there =
            place.dissolved().is_none_or(|date| selection.as_of.is_some_and(|day| date.by(day) == Truth::No));
        let in_region = filter.regions.is_empty() || filter.regions.iter().any(|region| region == place.region());
        in_region && is_there && place.place_type() == Some(PlaceType::Municipality)
    };
    let mut has = vec![false; registry.municipalities().len()];
    for row in selection.rows.iter().filter(|row| row.status == Some(Status::Active)) {
        for number in registry.party_numbers(row.row).into_iter().flatten() {
            has[number as usize] = true;
        }
    }
    (0..has.len() as u32).filter(counts).map(|number| (number, has[number as usize])).collect()
}

/// Returns a share in percent, rounded to whole ones; of nothing it is 0.
pub fn percent(part: usize, all: usize) -> usize {
    (part * 100 + all / 2).checked_div(all).unwrap_or(0)
}
