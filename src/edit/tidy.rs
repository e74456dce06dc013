//! The records of a registry in their right form: no stray blanks, no item of a list twice, pairs in canonical order.
//!
//! What has one right answer goes into a plan. What has several, because another record stands there already, is left
//! as it is and told.

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::blanks::{Righted, righted, tidied};
use super::draft::Draft;
use super::pair::order;
use super::plan::{Plan, Step};
use super::record::Record;
use crate::model::{Registry, Row, Table};

/// What is to be put right, and what is not.
pub struct Tidied {
    /// The changes, those of one pair or one record in a step.
    pub plan: Plan,
    /// What is left as it is, for it wants a decision.
    pub left: Vec<Undecided>,
}

/// A record that is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The record.
    pub record: Record,
    /// Why.
    pub why: Why,
}

/// Why a record is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Without its stray blanks its key would be that of another record.
    Blanks,
    /// With its sides exchanged its key would be that of another record.
    Turned,
    /// This column cannot be empty, and holds nothing but blanks.
    Empty(&'static str),
}

/// Makes the plan that puts right what has one right answer.
pub fn tidy(registry: &Registry<'_>) -> Tidied {
    registry.resolve_all();
    let clashing = clashing(registry);
    let kept = clashing.iter().flat_map(|record| record.key()).map(str::to_owned).collect();
    let left = clashing.into_iter().map(|record| Undecided { record, why: Why::Blanks }).collect();
    let mut tidying = Tidying { draft: Draft::new(registry), left, kept, countries: HashMap::new() };
    // Parties stand before partnerships, and these before what is about them.
    Table::ALL.into_iter().for_each(|table| tidying.put_right(table));
    Tidied { plan: by_subject(tidying.draft.plan()), left: tidying.left }
}

/// Returns the records whose ids would be those of others without their blanks.
fn clashing(registry: &Registry<'_>) -> Vec<Record> {
    let mut clashing = Vec::new();
    for table in Table::ALL.into_iter().filter(|table| table.schema().key.len() == 1) {
        let grid = registry.grid(table);
        let amiss = grid.rows().filter_map(|row| match tidied(row.get(0)) {
            Cow::Owned(right) if !right.is_empty() => Some((row, right)),
            _ => None,
        });
        let amiss: Vec<(Row<'_>, String)> = amiss.collect();
        let mut wanted: HashMap<&str, usize> = HashMap::new();
        amiss.iter().for_each(|(_, right)| *wanted.entry(right).or_default() += 1);
        let is_taken =
            |right: &str| grid.find(&[right]).is_some() || wanted.get(right).is_some_and(|wanted| *wanted > 1);
        clashing.extend(amiss.iter().filter(|(_, right)| is_taken(right)).map(|(row, _)| Record::of(*row)));
    }
    clashing
}

struct Tidying<'r> {
    draft: Draft<'r>,
    left: Vec<Undecided>,
    /// The ids that keep their blanks, and so does what refers to them.
    kept: HashSet<String>,
    /// The countries of the parties that are changed, by the ids they will have.
    countries: HashMap<String, String>,
}

impl Tidying<'_> {
    /// Puts the records of a table right.
    fn put_right(&mut self, table: Table) {
        let grid = self.draft.registry.grid(table);
        let amiss: Vec<Righted> = grid.rows().filter_map(|row| self.right(row)).collect();
        let mut wanted: HashMap<Vec<&str>, usize> = HashMap::new();
        amiss.iter().for_each(|Righted { new, .. }| *wanted.entry(new.key()).or_default() += 1);
        let is_twice = |key: &Vec<&str>| wanted.get(key).is_some_and(|wanted| *wanted > 1);
        let is_taken = |key: Vec<&str>| grid.find(&key).is_some() || is_twice(&key);
        for Righted { old, new, blank } in &amiss {
            let left = |why| Undecided { record: old.clone(), why };
            self.left.extend(blank.iter().map(|column| left(Why::Empty(column))));
            let mut new = new.clone();
            if old.key() != new.key() && is_taken(new.key()) {
                self.left.push(left(if is_turned(old, &new) { Why::Turned } else { Why::Blanks }));
                let of_key = table.schema().key.iter().copied().chain((table == Table::Events).then_some("by"));
                of_key.for_each(|column| new.set(column, old.get(column)));
            }
            if *old == new {
                continue;
            }
            if table == Table::Municipalities {
                self.countries.insert(new.get("id").to_owned(), new.get("country").to_owned());
            }
            if old.key() != new.key() {
                self.draft.delete(table, &old.key());
            }
            self.draft.put(new);
        }
    }

    /// Returns what a row is in its right form, whatever else stands there; `None` where it is.
    fn right(&self, row: Row<'_>) -> Option<Righted> {
        let right = righted(row, |id| self.kept.contains(id));
        if !row.table().is_of_pair() {
            return right;
        }
        let entered = [row.get(0), row.get(1)];
        let tidied = right.as_ref().map_or(entered, |right| ["a", "b"].map(|side| right.new.get(side)));
        let sides = self.sides(row.table(), entered, tidied);
        if sides == tidied {
            return right;
        }
        let sides = sides.map(str::to_owned);
        let is_exchanged = sides[0] == tidied[1] && sides[1] == tidied[0];
        let Righted { old, mut new, blank } = right.unwrap_or_else(|| Righted::of(row));
        ["a", "b"].iter().zip(sides).for_each(|(column, side)| new.set(column, side));
        if is_exchanged {
            exchange_actor(&mut new);
        }
        Some(Righted { old, new, blank })
    }

    /// Returns the two parties of a row in their right order, given as they were entered and without stray blanks. What
    /// is about a partnership stands as that does.
    fn sides<'i>(&'i self, table: Table, entered: [&'i str; 2], tidied: [&'i str; 2]) -> [&'i str; 2] {
        let [one, other] = tidied;
        let ordered = self.ordered(one, other);
        if table == Table::Partnerships || entered == tidied && ordered == Some(tidied) {
            return ordered.unwrap_or(tidied);
        }
        let stands = |pair: &[&str; 2]| self.draft.get(Table::Partnerships, pair).is_some();
        let standing = [entered, tidied, [other, one]].into_iter().find(stands);
        standing.or(ordered).unwrap_or(tidied)
    }

    /// Returns two parties in canonical order; `None` where one, or its country, is not in the registry.
    fn ordered<'i>(&'i self, one: &'i str, other: &'i str) -> Option<[&'i str; 2]> {
        let registry = self.draft.registry;
        let with_country = |id: &'i str| {
            let changed = self.countries.get(id).map(String::as_str);
            let country = changed.or_else(|| Some(registry.municipality(id)?.country()))?;
            let is_known =
                registry.country(country).is_some() || self.draft.get(Table::Countries, &[country]).is_some();
            is_known.then_some([id, country])
        };
        Some(order(registry, with_country(one)?, with_country(other)?))
    }
}

/// Says of the side that acted that it is the other one now.
fn exchange_actor(record: &mut Record) {
    match (record.table(), record.get("by")) {
        (Table::Events, "a") => record.set("by", "b"),
        (Table::Events, "b") => record.set("by", "a"),
        _ => {}
    }
}

/// Tells whether the sides of a pair are exchanged, stray blanks aside.
pub fn is_turned(old: &Record, new: &Record) -> bool {
    let is = |one: &str, other: &str| tidied(old.get(one)) == tidied(new.get(other));
    old.table().is_of_pair() && is("a", "b") && is("b", "a") && !is("a", "a")
}

/// Returns what tells a record from others in whichever form it is: its key without stray blanks, of a pair the smaller
/// id first.
pub fn identity(record: &Record) -> Vec<String> {
    let mut cells: Vec<String> = record.key().into_iter().map(|cell| tidied(cell).into_owned()).collect();
    if record.table().is_of_pair() {
        cells[..2].sort();
    }
    cells
}

/// Puts the changes of each pair, and those of each other record, in a step.
fn by_subject(plan: Plan) -> Plan {
    let mut steps: BTreeMap<(Table, Vec<String>), Step> = BTreeMap::new();
    for change in plan.steps.into_iter().flat_map(|step| step.0) {
        let Some(record) = change.record() else { continue };
        let mut subject = (record.table(), identity(record));
        if record.table().is_of_pair() {
            subject.0 = Table::Partnerships;
            subject.1.truncate(2);
        }
        steps.entry(subject).or_default().0.push(change);
    }
    Plan { steps: steps.into_values().collect() }
}
