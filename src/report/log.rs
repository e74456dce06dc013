//! The operations on a registry, as people read them.

use super::field::{Context, UnknownField};
use super::plan::{Line, Teller};
use super::table::{Cell, Column, Table};
use crate::edit::operation::{clear_digits, short};
use crate::edit::{Operation, Plan};
use crate::i18n::words;

/// The fields of an operation.
pub const FIELDS: [&str; 8] = ["id", "at", "by", "what", "reason", "command", "subjects", "undoes"];
/// The columns of a table of operations.
pub const COLUMNS: [&str; 5] = ["id", "at", "by", "what", "reason"];

/// Makes the table of operations, the newest first; `places` are ids of parties that they are to be about.
///
/// # Errors
/// A field was asked for that there is not.
pub fn table<'r>(
    context: Context<'r>,
    operations: &[Operation],
    places: &[&str],
    fields: &[String],
) -> Result<Table<'r>, UnknownField> {
    let known = |asked: &String| {
        let unknown = || UnknownField { asked: asked.clone(), fields: FIELDS.to_vec() };
        FIELDS.into_iter().find(|field| field == asked).ok_or_else(unknown)
    };
    let fields: Vec<&'static str> = fields.iter().map(known).collect::<Result<_, _>>()?;
    let columns = fields.iter().map(|key| Column::new(key, label(context, key))).collect();
    let is_meant = |operation: &&Operation| places.is_empty() || places.iter().all(|place| is_about(operation, place));
    let rows = operations.iter().rev().filter(is_meant);
    let digits = clear_digits(operations);
    let row = |operation: &Operation| fields.iter().map(|field| cell(context, digits, operation, field)).collect();
    Ok(Table::of_rows(columns, rows.map(row).collect()))
}

fn label(context: Context<'_>, field: &str) -> &'static str {
    let lang = context.lang();
    match field {
        "id" => words::operation(lang),
        "at" => words::at(lang),
        "by" => words::by_whom(lang),
        "what" => words::what(lang),
        "reason" => words::reason(lang),
        "subjects" => words::subjects(lang),
        "undoes" => words::undoes(lang),
        _ => words::command(lang),
    }
}

fn cell<'r>(context: Context<'r>, digits: usize, operation: &Operation, field: &str) -> Cell<'r> {
    let text = |text: &str| Cell::text(text.to_owned());
    match field {
        "id" => text(short(&operation.id, digits)),
        "at" => Cell::text(operation.at.to_string()),
        "by" => text(&operation.by),
        "what" => Cell::text(what(context, digits, operation)),
        "reason" => text(&operation.reason),
        "subjects" => Cell::Count(plan(operation).subjects().len()),
        "undoes" => operation.undoes.as_deref().map_or(Cell::Unknown, |id| text(short(id, digits))),
        _ => text(&operation.command),
    }
}

fn plan(operation: &Operation) -> Plan {
    Plan { steps: operation.steps.clone() }
}

/// Tells whether an operation has to do with a party.
fn is_about(operation: &Operation, place: &str) -> bool {
    let records = operation.steps.iter().flat_map(|step| &step.0).filter_map(|change| change.record());
    records.into_iter().any(|record| record.key().contains(&place))
}

/// Says what an operation did: one thing in words, of many what they have in common.
fn what(context: Context<'_>, digits: usize, operation: &Operation) -> String {
    let lang = context.lang();
    let plan = plan(operation);
    let teller = Teller::of(context, &plan);
    let lines: Vec<Line<'_>> = plan.subjects().into_iter().map(|step| teller.line(step)).collect();
    let is_same = |line: &&Line| line.told == lines[0].told;
    let done = match &lines[..] {
        [] => String::new(),
        [one] => one.sentence(),
        [first, ..] if lines.iter().all(|line| is_same(&line)) => {
            let common = Line { about: [words::of_them(lang, lines.len()).into(), "".into()], ..first.clone() };
            common.sentence()
        }
        _ => words::of_them(lang, lines.len()),
    };
    match &operation.undoes {
        Some(undone) => format!("{} ({done})", words::takes_back(lang, short(undone, digits))),
        None => done,
    }
}
