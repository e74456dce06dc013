//! `twin undo`: takes an operation back.

use std::ffi::OsString;

use super::Global;
use super::editing::{Editing, Edits, Proposal, edit};
use super::failure::Failure;
use crate::edit::operation::{self, NoOperation, clear_digits, short, undone};
use crate::edit::undo::{Obstacle, undo};
use crate::edit::{Change, Operation, Plan};
use crate::i18n::words;
use crate::model::Table;
use crate::report::plan::Teller;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin undo                        the last operation
  twin undo 5f3c --dry-run         any operation; twin log lists them
  twin undo 5f3c --skip-changed    what nothing later stands on")]
pub struct Args {
    /// The operation, by the beginning of its id [default: the last that has not been taken back]
    #[arg(value_name = "OPERATION")]
    operation: Option<String>,
    /// Leave out what has been changed since, and take back the rest
    #[arg(long)]
    skip_changed: bool,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, |editing| propose(args, editing))
}

fn propose(args: &Args, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let operations = editing.operations()?;
    let target = operation::find(&operations, args.operation.as_deref())?;
    let id = &operations[target].id;
    if undone(&operations)[target] {
        let by = operations.iter().rfind(|operation| operation.undoes.as_ref() == Some(id));
        let digits = clear_digits(&operations);
        let by = short(by.map_or("", |by| &by.id), digits);
        let message = format!("operation {} has been taken back already, by {by}", short(id, digits));
        return Err(Failure::new(5, message).hint(format!("twin undo {by} brings it back")));
    }
    let undo = undo(&operations, target, editing.session.registry);
    if let (Some(obstacle), false) = (undo.obstacles.first(), args.skip_changed) {
        return Err(blocked(editing, &operations, id, obstacle, undo.plan.steps.len()));
    }
    let is_of_contact = |change: &Change| change.new.as_ref().is_some_and(|record| record.table() == Table::Contacts);
    let context = editing.session.context();
    let lang = context.lang();
    let nothing_new = Plan::default();
    let teller = Teller::of(context, &nothing_new);
    let left = |obstacle: &Obstacle| words::left_changed(lang, &teller.line(&obstacle.step).subject());
    let wiped = undo.plan.changes().any(is_of_contact).then(|| words::stays_wiped(lang).to_owned());
    let notes = undo.obstacles.iter().map(left).chain(wiped).collect();
    Ok(Proposal { plan: undo.plan, notes, undoes: Some(id.clone()), exact: true, ..Proposal::default() })
}

/// Says what stands in the way of taking an operation back.
fn blocked(editing: &Editing<'_>, operations: &[Operation], id: &str, obstacle: &Obstacle, rest: usize) -> Failure {
    let context = editing.session.context();
    let nothing_new = Plan::default();
    let teller = Teller::of(context, &nothing_new);
    let said = |step| teller.line(step);
    let digits = clear_digits(operations);
    let skip = format!("twin undo {} --skip-changed to take back the other {rest}", short(id, digits));
    let Some(by) = obstacle.by.map(|nth| &operations[nth]) else {
        let subject = said(&obstacle.step).subject();
        let message = format!("{subject} has been changed by other means than twin since; nothing was undone");
        let hint =
            if rest == 0 { "twin log lists the operations; twin undo takes any of them".to_owned() } else { skip };
        return Failure::new(5, message).hint(hint);
    };
    let stands = |step: &&crate::edit::Step| {
        step.0.iter().any(|later| obstacle.step.0.iter().any(|change| change.is_about_what(later)))
    };
    // Where it changed none of the records itself it refers to one.
    let what = by.steps.iter().find(stands).or(by.steps.first()).map(|step| said(step).sentence()).unwrap_or_default();
    let (name, day) = (short(&by.id, digits), by.at.strftime("%Y-%m-%d"));
    let message = format!("operation {name} stands in the way: {what} ({day}, by `{}`); nothing was undone", by.by);
    let hint = format!("twin undo {name}");
    Failure::new(5, message).hint(if rest == 0 { hint } else { format!("{hint}, or {skip}") })
}

impl From<NoOperation> for Failure {
    fn from(error: NoOperation) -> Failure {
        Failure::new(4, error.to_string()).hint("twin log lists the operations")
    }
}
