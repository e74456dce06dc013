//! A foreign list beside the registry: what only they have, what only we have, and where both disagree.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use super::field::{Context, UnknownField};
use super::importing;
use super::table::{Cell, Column, Table};
use crate::edit::claim::ranked;
use crate::i18n::{Lang, importing as words, words as labels};
use crate::import::outcome::{Difference, Line, Verdict};
use crate::model::{Kind, Partnership, Status};
use crate::query::Selected;

/// Makes the label of a column.
type Labelled = fn(Lang) -> &'static str;

/// The columns, by their keys and labels.
const COLUMNS: [(&str, Labelled); 11] = [
    ("difference", words::difference),
    ("row", words::row_number),
    ("place", labels::place),
    ("place_id", labels::place_id),
    ("partner", labels::partner),
    ("partner_id", labels::partner_id),
    ("country", labels::country_code),
    ("field", labels::field),
    ("here", words::here),
    ("there", words::there),
    ("reason", labels::reason),
];
/// Those that people are shown.
const USUAL: [&str; 7] = ["difference", "row", "place", "partner", "field", "here", "there"];

/// What sets a list and the registry apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Apart {
    Theirs,
    Ours,
    OneSided,
    Fuller,
    Conflict,
    Doubtful,
    Rejected,
}

impl Apart {
    fn cell(self, lang: Lang) -> Cell<'static> {
        let (word, label) = match self {
            Apart::Theirs => ("theirs", words::theirs(lang)),
            Apart::Ours => ("ours", words::ours(lang)),
            Apart::OneSided => ("one-sided", words::one_sided(lang)),
            Apart::Fuller => ("fuller", words::filled_in(lang)),
            Apart::Conflict => ("conflict", words::conflict(lang)),
            Apart::Doubtful => ("doubtful", words::doubtful(lang)),
            Apart::Rejected => ("rejected", words::rejected(lang)),
        };
        Cell::Word(word, label)
    }
}

/// The pairs that a list states, by ids, in the direction in which it does.
pub struct Stated<'l> {
    pairs: HashSet<[&'l str; 2]>,
    places: HashSet<&'l str>,
}

impl<'l> Stated<'l> {
    /// Collects them.
    pub fn by(lines: &'l [Line]) -> Stated<'l> {
        let ids = |line: &'l Line| match &line.found {
            [Some(place), Some(partner)] => Some([&*place.id, &*partner.id]),
            _ => None,
        };
        let places = lines.iter().filter_map(|line| line.found[0].as_ref()).map(|place| &*place.id);
        Stated { pairs: lines.iter().filter_map(ids).collect(), places: places.collect() }
    }

    fn has(&self, pair: [&str; 2]) -> bool {
        self.pairs.contains(&pair)
    }
}

/// Makes the table of all that sets a list and the registry apart; `ours` are the partnerships that are compared, of which
/// those count whose places the list is about. Returns how many are ours alone, and how many one side alone states.
///
/// # Errors
/// A field was asked for that there is not.
pub fn table<'r>(
    context: Context<'r>,
    lines: &'r [Line],
    ours: &[Selected],
    fields: Option<&[String]>,
    whole: bool,
) -> Result<(Table<'r>, [usize; 2]), UnknownField> {
    let lang = context.lang();
    let stated = Stated::by(lines);
    let mut rows: Vec<(Apart, Vec<Cell<'r>>)> = Vec::new();
    let mut one_sided = 0;
    for line in lines {
        rows.extend(of_line(context, line));
        if let [Some(place), Some(partner)] = &line.found
            && stated.places.contains(&*partner.id)
            && !stated.has([&partner.id, &place.id])
        {
            one_sided += 1;
            rows.push((Apart::OneSided, cells(context, line, ["", "", ""], String::new())));
        }
    }
    let mut ours_alone = 0;
    for selected in ours {
        let [place, partner] = selected.ids(context.registry);
        let is_asked = [place, partner].iter().any(|id| stated.places.contains(id));
        if is_asked && !stated.has([place, partner]) && !stated.has([partner, place]) {
            ours_alone += 1;
            let country = context.registry.municipality(partner).map_or("", |party| party.country());
            let row = vec![
                Cell::Unknown,
                Cell::text(context.name_of(place)),
                Cell::text(place),
                Cell::text(context.name_of(partner)),
                Cell::text(partner),
                Cell::text(country),
                Cell::Unknown,
                Cell::Unknown,
                Cell::Unknown,
                Cell::Unknown,
            ];
            rows.push((Apart::Ours, row));
        }
    }
    rows.sort_by_key(|(apart, _)| *apart);
    let chosen = choose(fields, whole)?;
    let columns = chosen.iter().map(|nth| Column::new(COLUMNS[*nth].0, COLUMNS[*nth].1(lang)));
    let rows: Vec<Vec<Cell<'r>>> = rows
        .into_iter()
        .map(|(apart, cells)| {
            let all: Vec<Cell<'r>> = std::iter::once(apart.cell(lang)).chain(cells).collect();
            chosen.iter().map(|nth| all[*nth].clone()).collect()
        })
        .collect();
    Ok((Table::of_rows(columns.collect(), rows), [ours_alone, one_sided]))
}

/// Returns which columns are shown, by their places.
fn choose(fields: Option<&[String]>, whole: bool) -> Result<Vec<usize>, UnknownField> {
    let place = |name: &str| COLUMNS.iter().position(|(key, _)| *key == name);
    match fields {
        None if whole => Ok((0..COLUMNS.len()).collect()),
        None => Ok(USUAL.iter().filter_map(|name| place(name)).collect()),
        Some(names) => {
            let unknown =
                |name: &String| UnknownField { asked: name.clone(), fields: COLUMNS.map(|(key, _)| key).to_vec() };
            names.iter().map(|name| place(name.trim()).ok_or_else(|| unknown(name))).collect()
        }
    }
}

/// Returns what a row of the list says otherwise than the registry.
fn of_line<'r>(context: Context<'r>, line: &'r Line) -> Vec<(Apart, Vec<Cell<'r>>)> {
    let whole = |apart| vec![(apart, cells(context, line, ["", "", ""], importing::reason(context, line)))];
    let each = |apart, differences: &'r [Difference]| {
        let cells = |difference: &'r Difference| {
            cells(context, line, [difference.field, &difference.here, &difference.there], String::new())
        };
        differences.iter().map(|difference| (apart, cells(difference))).collect()
    };
    match &line.verdict {
        Verdict::Same => Vec::new(),
        Verdict::New(_) => whole(Apart::Theirs),
        Verdict::FilledIn(filled) => each(Apart::Fuller, filled),
        Verdict::Conflict(conflict) => each(Apart::Conflict, &conflict.differences),
        Verdict::Doubtful(..) => whole(Apart::Doubtful),
        Verdict::Rejected(_) => whole(Apart::Rejected),
    }
}

/// Makes the cells of a row of the list, without what sets it apart.
fn cells<'r>(
    context: Context<'r>,
    line: &'r Line,
    [field, here, there]: [&'r str; 3],
    reason: String,
) -> Vec<Cell<'r>> {
    let side = |side: usize| match &line.found[side] {
        Some(found) => match context.registry.municipality(&found.id) {
            Some(place) => [Cell::text(context.name(place)), Cell::text(place.id())],
            None => [Cell::text(&*found.name), Cell::text(&*found.id)],
        },
        None => [Cell::text(&*line.said[side]), Cell::Unknown],
    };
    let [place, place_id] = side(0);
    let [partner, partner_id] = side(1);
    let country = line.found[1].as_ref().map_or("", |found| &found.country);
    vec![
        Cell::Count(line.row),
        place,
        place_id,
        partner,
        partner_id,
        Cell::text(country),
        Cell::text(field),
        Cell::text(here),
        Cell::text(there),
        Cell::text(reason),
    ]
}

/// A statement that Wikidata lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lacking {
    /// The item that it is about, and its twin.
    pub items: [String; 2],
    /// When it began and ended, as the tables have it; empty where that is not known.
    pub dates: [String; 2],
    /// The address of its best source; empty where none has one.
    pub source: String,
}

/// What is left out of the statements for Wikidata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The partnerships that are suspended, which Wikidata cannot say, by their names.
    pub suspended: Vec<String>,
    /// How many are no twinnings.
    pub others: usize,
    /// How many have a side without an item of Wikidata.
    pub without_item: usize,
}

/// Returns the statements that a list of Wikidata's lacks, in both directions, each once.
pub fn lacking(context: Context<'_>, lines: &[Line], ours: &[Selected]) -> (Vec<Lacking>, LeftOut) {
    let registry = context.registry;
    let stated = Stated::by(lines);
    let mut lacking: HashMap<[String; 2], Lacking> = HashMap::default();
    let mut left = LeftOut::default();
    let mut known = BTreeSet::new();
    for [place, partner] in &stated.pairs {
        let items = [place, partner].map(|id| registry.municipality(id).map_or("", |party| party.wikidata()));
        known.insert(items);
    }
    for selected in ours {
        let partnership = registry.partnership_at(selected.row);
        let names = || selected.ids(registry).map(|id| context.name_of(id)).join("–");
        if partnership.status() == Some(Status::Suspended) {
            left.suspended.push(names());
            continue;
        }
        if partnership.kind() != Some(Kind::Twin) {
            left.others += 1;
            continue;
        }
        let items = selected.sides(registry).map(|side| side.map_or("", |party| party.wikidata()));
        if items.iter().any(|item| item.is_empty()) {
            left.without_item += 1;
            continue;
        }
        for [one, other] in [items, [items[1], items[0]]].into_iter().filter(|pair| !known.contains(pair)) {
            let pair = [one.to_owned(), other.to_owned()];
            lacking.entry(pair.clone()).or_insert_with(|| Lacking {
                items: pair,
                dates: [partnership.start(), partnership.end()]
                    .map(|date| date.map(|date| date.to_string()).unwrap_or_default()),
                source: address(context, partnership),
            });
        }
    }
    let mut lacking: Vec<Lacking> = lacking.into_values().collect();
    lacking.sort();
    (lacking, left)
}

/// Returns the address of the best source of a partnership that has one.
fn address(context: Context<'_>, partnership: Partnership<'_>) -> String {
    let sources: Vec<&str> = partnership.sources().collect();
    let sources = sources.join(";");
    let ranked = ranked(context.registry, &sources).into_iter();
    let mut addresses = ranked.filter_map(|id| context.registry.source(id)).map(|source| source.url());
    addresses.find(|url| !url.is_empty()).unwrap_or_default().to_owned()
}
