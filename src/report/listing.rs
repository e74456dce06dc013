//! The listing of partnerships, with the notes its reader needs.

use foldhash::{HashMap, HashMapExt};

use super::field::{Context, Field, UnknownField, choose, table};
use super::table::Cell;
use super::{Answer, Table, declared, empty};
use crate::i18n::collate::Order;
use crate::i18n::{Lang, words};
use crate::model::{Country, Municipality, PartialDate, Partnership, Status};
use crate::query::standing::standing_on;
use crate::query::{Filter, Selected, Selection, status_since};

/// The fields of a partnership, as `--fields` and JSON name them.
pub static FIELDS: &[Field<Selected>] = &[
    Field {
        key: "id",
        label: words::id,
        cell: |c, s| {
            let partnership = partnership(c, s);
            Cell::text([partnership.a(), partnership.b()].join("~"))
        },
    },
    Field { key: "place", label: words::place, cell: |c, s| Cell::text(s.name(c, 0)) },
    Field { key: "place_id", label: words::place_id, cell: |c, s| Cell::text(s.ids(c.registry)[0]) },
    Field { key: "place_country", label: words::place_country, cell: |c, s| Cell::text(code(c, s, 0)) },
    Field { key: "partner", label: words::partner, cell: |c, s| Cell::text(s.name(c, 1)) },
    Field { key: "partner_id", label: words::partner_id, cell: |c, s| Cell::text(s.ids(c.registry)[1]) },
    Field { key: "country", label: words::country_code, cell: |c, s| Cell::text(code(c, s, 1)) },
    Field {
        key: "country_name",
        label: words::country,
        cell: |c, s| Cell::text(s.country(c, 1).map_or("", |country| c.name_of_country(country))),
    },
    Field { key: "kind", label: words::kind, cell: |c, s| Cell::word(partnership(c, s).kind(), c.lang()) },
    Field { key: "status", label: words::status, cell: |c, s| Cell::word(s.status, c.lang()) },
    Field { key: "status_since", label: words::since, cell: |c, s| Cell::date(since(c, s)) },
    Field { key: "start", label: words::start, cell: |c, s| Cell::date(partnership(c, s).start()) },
    Field { key: "end", label: words::end, cell: |c, s| Cell::date(partnership(c, s).end()) },
    Field { key: "term", label: words::term, cell: |c, s| Cell::interval(partnership(c, s).term()) },
    Field { key: "themes", label: words::themes, cell: |c, s| Cell::list(partnership(c, s).themes()) },
    Field { key: "sources", label: words::sources, cell: |c, s| Cell::list(partnership(c, s).sources()) },
    Field { key: "verified_on", label: words::verified_on, cell: |c, s| Cell::date(partnership(c, s).verified_on()) },
    Field { key: "note", label: words::note, cell: |c, s| Cell::text(partnership(c, s).note()) },
];

/// The columns of one place's partners.
const OF_PLACE: [&str; 5] = ["partner", "country_name", "kind", "status", "status_since"];
/// The columns of pairs.
const PAIRS: [&str; 6] = ["place", "partner", "country_name", "kind", "status", "status_since"];

/// Returns the partnership itself.
pub fn partnership(context: Context<'_>, selected: Selected) -> Partnership<'_> {
    context.registry.partnership_at(selected.row)
}

/// Returns since when a partnership stands as it does, or stood so on the day.
pub fn since(context: Context<'_>, selected: Selected) -> Option<PartialDate> {
    let partnership = partnership(context, selected);
    match context.as_of {
        Some(day) => standing_on(context.registry, partnership, day).1,
        None => status_since(context.registry, partnership, selected.status),
    }
}

fn code(context: Context<'_>, selected: Selected, side: usize) -> &str {
    selected.sides(context.registry)[side].map_or("", Municipality::country)
}

/// Makes the listing of a selection, sorted by the names in the reader's language.
///
/// `fields` are the columns asked for; without them those that suit the question, or all of them if `whole`.
///
/// # Errors
/// A field was asked for that there is not.
pub fn listing<'r>(
    context: Context<'r>,
    filter: &Filter,
    selection: &Selection,
    fields: Option<&[String]>,
    whole: bool,
) -> Result<Answer<Table<'r>>, UnknownField> {
    let is_of_one = filter.places.len() == 1;
    let fields = match fields {
        Some(fields) => choose(FIELDS, fields)?,
        None if whole => FIELDS.iter().collect(),
        None if is_of_one => choose(FIELDS, &OF_PLACE)?,
        None => choose(FIELDS, &PAIRS)?,
    };
    let mut rows = selection.rows.clone();
    sort(context, &mut rows, is_of_one);
    let notes = notes(context, filter, selection);
    Ok(Answer { shown: table(context, fields, rows, &[]), notes })
}

/// Sorts by the names of place and partner, or of the partner alone, in the order of the reader's language.
pub fn sort(context: Context<'_>, rows: &mut [Selected], by_partner: bool) {
    // A party is the side of many rows: its name is looked up once.
    let mut known: HashMap<Result<u32, &str>, usize> = HashMap::new();
    let mut names = Vec::new();
    let mut ends = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        let parties = row.parties(context.registry);
        ends.push([0, 1].map(|side| {
            let party = parties[side].ok_or_else(|| row.ids(context.registry)[side]);
            *known.entry(party).or_insert_with(|| {
                names.push(row.name(context, side));
                names.len() - 1
            })
        }));
    }
    let ranks = Order::of(context.language).ranks(&names);
    let key = |[place, partner]: [usize; 2]| (if by_partner { 0 } else { ranks[place] }, ranks[partner]);
    let mut keyed: Vec<((u32, u32), Selected)> = ends.into_iter().map(key).zip(rows.iter().copied()).collect();
    keyed.sort_unstable_by_key(|(key, row)| (*key, row.row, row.flipped));
    for (row, (_, sorted)) in rows.iter_mut().zip(keyed) {
        *row = sorted;
    }
}

impl Selected {
    fn country<'r>(self, context: Context<'r>, side: usize) -> Option<Country<'r>> {
        let number = context.registry.countries_of(self.row)[usize::from(self.flipped) ^ side]?;
        Some(context.registry.country_at(number))
    }

    /// Returns the name of the place (0) or the partner (1); an id that dangles stands for itself.
    pub fn name(self, context: Context<'_>, side: usize) -> &str {
        match self.sides(context.registry)[side] {
            Some(place) => context.name(place),
            None => self.ids(context.registry)[side],
        }
    }
}

/// Says what a selection holds and leaves out, or why there is nothing in it.
pub fn notes(context: Context<'_>, filter: &Filter, selection: &Selection) -> Vec<String> {
    if selection.rows.is_empty() {
        return empty::explain(context, filter, selection);
    }
    let lang = context.lang();
    let mut notes = Vec::new();
    if let Some(day) = selection.as_of {
        notes.push(words::as_of(lang, &day.to_string()));
    }
    notes.push(count(context, &selection.rows));
    notes.extend(left_out(context, filter, selection));
    if let ([place], false) = (&filter.places[..], filter.has_conditions()) {
        notes.extend(declared::totals(context, place));
        notes.extend(declared::unconfirmed_note(context, place));
    }
    notes
}

/// Counts the rows by status, in a sentence.
pub fn count(context: Context<'_>, rows: &[Selected]) -> String {
    let lang = context.lang();
    let of = |status| rows.iter().filter(|row| row.status == Some(status)).count();
    let (active, suspended, historic) = (of(Status::Active), of(Status::Suspended), of(Status::Historic));
    let mut parts = Vec::new();
    match (active, suspended) {
        (0, 0) => {}
        (0, 1) => parts.push(words::one_suspended(lang).to_owned()),
        (0, n) => parts.push(words::only_suspended(lang, n)),
        (n, 0) => parts.push(words::in_force(lang, n)),
        (n, m) => parts.push(in_force(lang, n + m, m)),
    }
    if historic > 0 {
        parts.push(self::historic(lang, historic));
    }
    format!("{}.", parts.join("; "))
}

/// Counts what is in force, and how many of it are suspended.
pub fn in_force(lang: Lang, n: usize, suspended: usize) -> String {
    match suspended {
        0 => words::in_force(lang, n),
        1 => words::in_force(lang, n) + words::one_of_them_suspended(lang),
        _ => words::in_force(lang, n) + &words::of_them_suspended(lang, suspended),
    }
}

/// Counts what is historic.
pub fn historic(lang: Lang, n: usize) -> String {
    if n == 1 { words::only_historic(lang, n) } else { words::many_historic(lang, n) }
}

/// Says what a selection leaves out, and what of it is uncertain.
pub fn left_out(context: Context<'_>, filter: &Filter, selection: &Selection) -> Vec<String> {
    let lang = context.lang();
    let mut notes = Vec::new();
    if selection.historic > 0 {
        notes.push(words::historic_left_out(lang, &historic(lang, selection.historic)));
    }
    if selection.maybe > 0 {
        notes.push(if filter.maybe {
            words::may_be_among(lang, selection.maybe)
        } else {
            words::may_match(lang, selection.maybe)
        });
    }
    for choice in filter.countries.iter().filter(|choice| !choice.with_territories) {
        let of_it = |code: &str| context.registry.country(code).is_some_and(|country| country.part_of() == choice.code);
        let territories: Vec<(&str, usize)> =
            selection.territories.iter().filter(|(code, _)| of_it(code)).map(|(code, n)| (code.as_str(), *n)).collect();
        if !territories.is_empty() {
            let list: Vec<String> =
                territories.iter().map(|(code, n)| format!("{} {n}", context.country_name(code))).collect();
            let total = territories.iter().map(|(_, n)| n).sum();
            notes.push(words::territories(
                lang,
                total,
                &list.join(", "),
                &context.country_name(&choice.code),
                &choice.code,
            ));
        }
    }
    if selection.start_unknown > 0 {
        notes.push(words::start_unknown(lang, selection.start_unknown));
    }
    if selection.uncertain > 0 {
        notes.push(words::uncertain(lang, selection.uncertain));
    }
    if selection.end_unknown > 0 {
        notes.push(words::end_unknown(lang, selection.end_unknown));
    }
    notes
}
