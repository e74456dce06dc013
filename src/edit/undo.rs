//! Taking an operation back: its plan reversed, as far as nothing later stands on the same records.

use super::operation::Operation;
use super::plan::{Change, Plan, Step};
use super::record::Record;
use super::tidy::identity;
use crate::model::{Registry, Row, Table, Type};

/// What stands in the way of taking one step back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The step of the operation.
    pub step: Step,
    /// The later operation that stands on it; `None` where the tables were edited by other means.
    pub by: Option<usize>,
}

/// The plan that takes an operation back, and what of it cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// The steps that can be taken back, and have not been.
    pub plan: Plan,
    /// The steps that cannot.
    pub obstacles: Vec<Obstacle>,
}

/// Makes the plan that takes an operation back.
pub fn undo(operations: &[Operation], target: usize, registry: &Registry<'_>) -> Undo {
    let mut undo = Undo { plan: Plan::default(), obstacles: Vec::new() };
    let now =
        |change: &Change| change.table().and_then(|table| registry.grid(table).find(&change.key())).map(Record::of);
    for step in &operations[target].steps {
        if step.0.iter().all(|change| now(change) == change.old) {
            continue;
        }
        match step.0.iter().find(|change| now(change) != change.new) {
            None => undo.plan.steps.push(step.inverse()),
            Some(change) => {
                let by = last_on(operations, target, &|other| other.is_about_what(change));
                undo.obstacles.push(Obstacle { step: step.clone(), by });
            }
        }
    }
    // What others refer to cannot go.
    let mut at = 0;
    while at < undo.plan.steps.len() {
        let goes = undo.plan.steps[at].0.iter().filter(|change| change.new.is_none());
        let standing = goes.filter_map(|change| {
            let stands = |row: Row<'_>| {
                let referring = Record::of(row);
                let is_it = |other: &Change| other.table() == Some(referring.table()) && other.key() == referring.key();
                last_on(operations, target, &is_it)
            };
            // What referred to an id that was put right has done so all along, unless somebody has edited it since.
            let is_righted = is_righted(change, &undo.plan.steps[at]);
            referring(change, registry, &undo.plan).map(stands).find(|by| by.is_some() || !is_righted)
        });
        match standing.into_iter().next() {
            None => at += 1,
            Some(by) => {
                let step = undo.plan.steps.remove(at).inverse();
                undo.obstacles.push(Obstacle { step, by });
                at = 0;
            }
        }
    }
    undo
}

/// Returns the last operation after another one that has a change of some sort.
fn last_on(operations: &[Operation], target: usize, is_meant: &dyn Fn(&Change) -> bool) -> Option<usize> {
    let has = |later: &Operation| later.steps.iter().flat_map(|step| &step.0).any(is_meant);
    (target + 1..operations.len()).rfind(|nth| has(&operations[*nth]))
}

/// Tells whether the record that a change removes stays in its step in another form.
fn is_righted(change: &Change, step: &Step) -> bool {
    let is_of = |come: &Change| {
        come.table() == change.table() && come.new.as_ref().map(identity) == change.old.as_ref().map(identity)
    };
    step.0.iter().any(is_of)
}

/// Returns the rows that refer to the record that a change removes, and are not changed by the plan itself.
fn referring<'r>(change: &Change, registry: &'r Registry<'_>, plan: &'r Plan) -> impl Iterator<Item = Row<'r>> {
    let table = change.table().filter(|table| table.schema().key.len() == 1);
    let id = change.key().first().map(|id| (*id).to_owned()).unwrap_or_default();
    let refers = move |row: &Row<'_>| {
        let columns = row.table().schema().columns.iter().enumerate();
        columns.into_iter().any(|(number, column)| match column.kind {
            Type::Reference(to) => Some(to) == table && row.get(number) == id,
            Type::List if column.name == "sources" => {
                table == Some(Table::Sources) && row.list(number).any(|item| item == id)
            }
            _ => false,
        })
    };
    let is_changed = move |row: &Row<'_>| {
        let key = Record::of(*row);
        plan.changes().any(|change| change.table() == Some(row.table()) && change.key() == key.key())
    };
    let tables = Table::ALL.into_iter().filter(move |_| table.is_some());
    tables.flat_map(|table| registry.grid(table).rows()).filter(move |row| refers(row) && !is_changed(row))
}
