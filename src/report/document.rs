//! The document: a report that is published. A title, what was counted and how, tables under headings, and where it all
//! comes from.

pub mod countries;
pub mod coverage;
pub mod map;
pub mod municipality;
pub mod networks;
pub mod review;
pub mod status;
pub mod timeline;

use foldhash::{HashSet, HashSetExt};

use super::field::{self, Context, choose};
use super::listing::{self, count, historic, partnership};
use super::map::Maps;
use super::records::SOURCES;
use super::table::{Cell, Column, Table};
use super::{Fact, Sheet};
use crate::i18n::{Lang, documents as words, words as common};
use crate::model::{Event, PartialDate, Source, Table as TableOf, Truth};
use crate::query::{Filter, Selected, Selection};

/// A report.
pub struct Document<'r> {
    /// What it is about.
    pub title: String,
    /// What was counted, by which definition, and what was left out; a paragraph each.
    pub lead: Vec<String>,
    /// Its tables.
    pub parts: Vec<Part<'r>>,
    /// From when the data are, where they come from, and on which terms they may be used: what it is, and the text.
    pub origin: Vec<(&'static str, String)>,
}

/// A table under a heading, and what shows the same to the eye.
pub struct Part<'r> {
    /// The heading.
    pub title: String,
    /// The table.
    pub table: Table<'r>,
    /// Maps and charts, for formats that can draw.
    pub figures: Vec<Figure<'r>>,
}

impl<'r> Part<'r> {
    /// Makes a part that is a table alone.
    fn new(title: impl Into<String>, table: Table<'r>) -> Part<'r> {
        Part { title: title.into(), table, figures: Vec::new() }
    }
}

/// What can be drawn.
pub enum Figure<'r> {
    /// Bars of columns of the table that hold numbers: for each row one, named by its first cell.
    Bars(Bars),
    /// Maps of partnerships, made when they are drawn.
    Maps(Maps<'r>),
}

/// Which bars.
#[derive(Clone, Copy, Debug)]
pub struct Bars {
    /// The columns, those among them that the table has.
    pub keys: &'static [&'static str],
    /// Whether those of a row are parts of one bar, instead of a bar each.
    pub are_parts: bool,
}

impl<'r> Document<'r> {
    /// Makes a document of an answer that is a table, with its notes.
    pub fn of_table(title: &str, notes: Vec<String>, table: Table<'r>) -> Document<'r> {
        Document { title: title.to_owned(), lead: notes, parts: vec![Part::new(title, table)], origin: Vec::new() }
    }

    /// Makes a document of an answer that is a sheet, with its notes.
    pub fn of_sheet(lang: Lang, notes: Vec<String>, sheet: Sheet<'r>) -> Document<'r> {
        let sections = sheet.sections.into_iter().filter(|section| !section.table.is_empty());
        let parts = [Part::new(words::facts(lang), facts(lang, sheet.facts))].into_iter();
        let parts = parts.chain(sections.map(|section| Part::new(section.title, section.table))).collect();
        Document { title: sheet.title, lead: notes, parts, origin: Vec::new() }
    }
}

/// Makes a table of what people are told.
fn facts<'r>(lang: Lang, facts: Vec<Fact<'r>>) -> Table<'r> {
    let facts = facts.into_iter().filter(Fact::is_told);
    let row = |fact: Fact<'r>| vec![Cell::text(fact.label), fact.cell];
    let columns = vec![Column::new("what", common::what(lang)), Column::new("value", common::value(lang))];
    Table::of_rows(columns, facts.map(row).collect())
}

/// What the owner of a registry says of it, as `datapackage.json` has it.
#[derive(Clone, Debug, Default)]
pub struct Owner {
    /// What the registry is called.
    pub title: String,
    /// The licences, each with its address.
    pub licences: Vec<String>,
    /// What it was made from.
    pub sources: Vec<String>,
}

/// What a report is made of.
#[derive(Clone, Copy)]
pub struct Made<'m, 'r> {
    /// The registry, the language and the day.
    pub context: Context<'r>,
    /// The conditions.
    pub filter: &'m Filter,
    /// What they select.
    pub selection: &'m Selection,
    /// What the owner says.
    pub owner: &'m Owner,
}

/// What a report rests on.
#[derive(Default)]
struct Basis<'r> {
    /// The ids of the sources.
    cited: HashSet<&'r str>,
    /// The newest day on which something in it was verified.
    verified: Option<PartialDate>,
}

impl<'r> Made<'_, 'r> {
    /// Makes a document about the selection of a title, definitions and tables.
    fn document(self, title: &str, definitions: Vec<String>, parts: Vec<Part<'r>>) -> Document<'r> {
        self.document_of(title, self.lead(definitions), parts, self.basis())
    }

    /// Makes a document of a title, what was counted, and tables: adds what every report says of where the data come from.
    fn document_of(
        self,
        title: &str,
        lead: Vec<String>,
        mut parts: Vec<Part<'r>>,
        Basis { cited, verified }: Basis<'r>,
    ) -> Document<'r> {
        let Made { context, .. } = self;
        parts.retain(|part| !part.table.is_empty());
        let cited = context.registry.sources().filter(|source| cited.contains(source.id()));
        let sources: Vec<u32> = cited.map(|source| source.row().number() as u32).collect();
        let origin = self.origin(&sources, verified);
        if !sources.is_empty() {
            let columns = choose(SOURCES, &["title", "publisher", "rank", "published", "retrieved", "licence", "url"]);
            let table = field::table(context, columns.unwrap_or_default(), sources, &[]);
            parts.push(Part::new(common::sources_heading(context.lang()), table));
        }
        Document { title: title.to_owned(), lead, parts, origin }
    }

    /// Says what the selection holds, by which definitions, and what it leaves out.
    fn lead(self, definitions: Vec<String>) -> Vec<String> {
        let Made { context, selection, .. } = self;
        let mut lead: Vec<String> =
            selection.as_of.map(|day| common::as_of(context.lang(), &day.to_string())).into_iter().collect();
        lead.push(match selection.rows.len() {
            0 => format!("{}.", common::partnerships(context.lang(), 0)),
            _ => count(context, &selection.rows),
        });
        lead.extend(definitions);
        lead.extend(left_out(context, selection));
        lead
    }

    /// Returns what the partnerships and what happened to them rest on.
    fn basis(self) -> Basis<'r> {
        let mut cited: HashSet<&str> = HashSet::new();
        let mut verified: HashSet<PartialDate> = HashSet::new();
        for selected in &self.selection.rows {
            let partnership = partnership(self.context, *selected);
            cited.extend(partnership.sources());
            verified.extend(partnership.verified_on());
            events(self.context, *selected).for_each(|event| cited.extend(event.sources()));
        }
        // Of dates that end with the same day the most exact one.
        let order = |date: &PartialDate| (date.latest(), date.earliest(), date.to_string());
        Basis { cited, verified: verified.into_iter().max_by_key(order) }
    }

    /// Says from when the data are: the newest day on which a source was read or a partnership verified; and what the owner
    /// says of where they come from.
    fn origin(self, sources: &[u32], verified: Option<PartialDate>) -> Vec<(&'static str, String)> {
        let lang = self.context.lang();
        let grid = self.context.registry.grid(TableOf::Sources);
        let read = sources.iter().filter_map(|row| Source::from(grid.row(*row as usize)).retrieved());
        let newest = read.chain(verified).max_by_key(|date| date.latest());
        let Owner { title, licences, sources } = self.owner;
        let said = [(words::registry(lang), title.clone())].into_iter();
        said.chain(newest.map(|date| (words::data_from(lang), date.to_string())))
            .chain(licences.iter().map(|licence| (common::licence(lang), licence.clone())))
            .chain(sources.iter().map(|source| (common::source(lang), source.clone())))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }
}

/// Makes a table of partnerships: fields of the listing, and further columns with their cells.
fn listed<'r>(
    context: Context<'r>,
    fields: &[&str],
    rows: Vec<Selected>,
    further: Vec<Column>,
    cells: impl Fn(usize, Selected) -> Vec<Cell<'r>> + 'r,
) -> Table<'r> {
    let fields = choose(listing::FIELDS, fields).unwrap_or_default();
    let columns = fields.iter().map(|field| Column::new(field.key, (field.label)(context.lang()))).chain(further);
    Table::new(columns.collect(), rows.len(), move |nth| {
        fields.iter().map(|field| (field.cell)(context, rows[nth])).chain(cells(nth, rows[nth])).collect()
    })
}

/// Says what a selection leaves out and what of it is uncertain, to those who cannot ask otherwise.
fn left_out(context: Context<'_>, selection: &Selection) -> Vec<String> {
    let lang = context.lang();
    let Selection { maybe, start_unknown, uncertain, end_unknown, .. } = *selection;
    let said = [
        (selection.historic, words::not_shown(lang, &historic(lang, selection.historic))),
        (maybe, words::may_belong(lang, maybe)),
        (start_unknown, common::start_unknown(lang, start_unknown)),
        (uncertain, common::uncertain(lang, uncertain)),
        (end_unknown, common::end_unknown(lang, end_unknown)),
    ];
    said.into_iter().filter(|(n, _)| *n > 0).map(|(_, sentence)| sentence).collect()
}

/// Returns what has happened to a partnership, by the day that is asked for.
fn events<'r>(context: Context<'r>, selected: Selected) -> impl Iterator<Item = Event<'r>> {
    let partnership = partnership(context, selected);
    let by_then = move |date: PartialDate| context.as_of.is_none_or(|day| date.by(day) == Truth::Yes);
    context.registry.events(partnership.a(), partnership.b()).filter(move |event| event.date().is_none_or(by_then))
}
