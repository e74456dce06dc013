//! Taking an operation back: its plan reversed, as far as nothing later stands on the same records.

use std::collections::HashMap;

use super::operation::Operation;
use super::plan::{Change, Plan, Step};
use super::record::Record;
use super::tidy::identity;
use crate::model::{Registry, Row, Table};

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
    let later = Later::than(operations, target);
    let mut undo = Undo { plan: Plan::default(), obstacles: Vec::new() };
    let now =
        |change: &Change| change.table().and_then(|table| registry.grid(table).find(&change.key())).map(Record::of);
    for step in &operations[target].steps {
        if step.0.iter().all(|change| now(change) == change.old) {
            continue;
        }
        match step.0.iter().find(|change| now(change) != change.new) {
            None => undo.plan.steps.push(step.inverse()),
            Some(change) => undo.obstacles.push(Obstacle { step: step.clone(), by: later.on(change) }),
        }
    }
    // What others refer to cannot go.
    let blocked = blocked(&undo.plan, registry, &later);
    for (step, referring) in std::mem::take(&mut undo.plan.steps).into_iter().zip(blocked) {
        match referring {
            None => undo.plan.steps.push(step),
            Some(row) => {
                let referring = Change { old: Some(Record::of(row)), new: None };
                undo.obstacles.push(Obstacle { step: step.inverse(), by: later.on(&referring) });
            }
        }
    }
    undo
}

/// The last operations on records after another one.
struct Later<'o>(HashMap<(Option<Table>, Vec<&'o str>), usize>);

impl<'o> Later<'o> {
    fn than(operations: &'o [Operation], target: usize) -> Later<'o> {
        let later = operations.iter().enumerate().skip(target + 1);
        let changes = later.flat_map(|(nth, later)| later.steps.iter().flat_map(|step| &step.0).map(move |c| (nth, c)));
        Later(changes.map(|(nth, change)| ((change.table(), change.key()), nth)).collect())
    }

    /// Returns the last that changed the record that a change is about.
    fn on(&self, change: &Change) -> Option<usize> {
        self.0.get(&(change.table(), change.key())).copied()
    }
}

/// Tells whether the record that a change removes stays in its step in another form.
fn is_righted(change: &Change, step: &Step) -> bool {
    let is_of = |come: &Change| {
        come.table() == change.table() && come.new.as_ref().map(identity) == change.old.as_ref().map(identity)
    };
    step.0.iter().any(is_of)
}

/// Returns for each step of a plan a row that refers to a record that it removes, and that is not changed by a step that
/// can be carried out itself.
fn blocked<'r>(plan: &Plan, registry: &'r Registry<'_>, later: &Later<'_>) -> Vec<Option<Row<'r>>> {
    let mut blocked = vec![None; plan.steps.len()];
    let changes =
        || plan.steps.iter().enumerate().flat_map(|(nth, step)| step.0.iter().map(move |change| (change, nth)));
    let goes = changes().filter(|(change, _)| change.new.is_none());
    let goes = goes.filter_map(|(change, nth)| {
        Some(((change.table()?, *change.key().first()?), (nth, is_righted(change, &plan.steps[nth]))))
    });
    let goes: HashMap<(Table, &str), (usize, bool)> =
        goes.filter(|((table, _), _)| table.schema().key.len() == 1).collect();
    if goes.is_empty() {
        return blocked;
    }
    let changing: HashMap<_, usize> = changes().map(|(change, nth)| ((change.table(), change.key()), nth)).collect();
    // What a step removes may be referred to by what another one changes: with that it stands and falls.
    let mut relying: Vec<Vec<(usize, Row<'r>)>> = vec![Vec::new(); plan.steps.len()];
    let mut found = Vec::new();
    for row in Table::ALL.into_iter().flat_map(|table| registry.grid(table).rows()) {
        for (nth, is_righted) in row.references().filter_map(|reference| goes.get(&reference)) {
            let record = Record::of(row);
            // What referred to an id that was put right has done so all along, unless somebody has edited it since.
            if *is_righted && later.on(&Change { old: Some(record.clone()), new: None }).is_none() {
                continue;
            }
            match changing.get(&(Some(row.table()), record.key())) {
                Some(by) => relying[*by].push((*nth, row)),
                None => found.push((*nth, row)),
            }
        }
    }
    found.reverse();
    while let Some((nth, row)) = found.pop() {
        if blocked[nth].is_none() {
            blocked[nth] = Some(row);
            found.append(&mut relying[nth]);
        }
    }
    blocked
}
