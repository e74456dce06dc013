//! Changes as JSON lines: the journal, and plans that are kept in a file to be thinned out and applied later.
//!
//! A record is an object of the cells that hold something, as they stand in the table.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::problem::{LoadError, MOST, Problem};
use crate::edit::{Change, Operation, Plan, Record, Step};
use crate::model::{Registry, Table, Type};

/// What is known of an operation besides its changes.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The command as it was typed.
    pub command: String,
    /// Why.
    pub reason: String,
    /// The operation it takes back, if it takes back one.
    pub undoes: Option<String>,
}

/// A line of the journal; its id is made of it when it is written.
#[derive(Deserialize, Serialize)]
struct Line<'l> {
    #[serde(default, skip_serializing)]
    id: Option<Cow<'l, str>>,
    at: Timestamp,
    by: Cow<'l, str>,
    command: Cow<'l, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    reason: Cow<'l, str>,
    #[serde(borrow)]
    changes: Vec<Vec<ChangeLine<'l>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undoes: Option<Cow<'l, str>>,
}

#[derive(Deserialize, Serialize)]
struct ChangeLine<'l> {
    table: Cow<'l, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    old: Option<Cells<'l>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    new: Option<Cells<'l>>,
}

/// The cells of a record.
enum Cells<'l> {
    Of(&'l Record),
    Read(Vec<(Cow<'l, str>, Cow<'l, str>)>),
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cells::Of(record) => serializer.collect_map(record.cells()),
            Cells::Read(cells) => serializer.collect_map(cells.iter().map(|(name, cell)| (name, cell))),
        }
    }
}

impl<'de: 'l, 'l> Deserialize<'de> for Cells<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CellsVisitor).map(Cells::Read)
    }
}

/// Reads cells as they come: there may be millions in one line.
struct CellsVisitor;

impl<'de> Visitor<'de> for CellsVisitor {
    type Value = Vec<(Cow<'de, str>, Cow<'de, str>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the cells of a record: an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cells = Vec::new();
        while let Some(Text(name)) = map.next_key()? {
            let Text(cell) = map.next_value()?;
            cells.push((name, cell));
        }
        Ok(cells)
    }
}

/// A text, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'l> ChangeLine<'l> {
    fn of(change: &'l Change) -> Option<ChangeLine<'l>> {
        let table = change.table()?.name().into();
        Some(ChangeLine { table, old: change.old.as_ref().map(Cells::Of), new: change.new.as_ref().map(Cells::Of) })
    }

    fn read(&self) -> Result<Change, String> {
        let name = &self.table;
        let table = Table::named(name).ok_or_else(|| format!("`{name}` is no table"))?;
        let record = |cells: &Option<Cells<'_>>| cells.as_ref().map(|cells| cells.read(table));
        let change = Change { old: record(&self.old), new: record(&self.new) };
        match (&change.old, &change.new) {
            (None, None) => Err("a change needs `old`, `new` or both".to_owned()),
            (Some(old), Some(new)) if old.key() != new.key() => {
                Err(format!("`{}` becomes `{}`; a key does not change", old.key().join(","), new.key().join(",")))
            }
            _ => Ok(change),
        }
    }
}

impl Cells<'_> {
    fn read(&self, table: Table) -> Record {
        match self {
            Cells::Of(record) => (*record).clone(),
            Cells::Read(cells) => {
                let cells: Vec<(&str, &str)> = cells.iter().map(|(name, cell)| (&**name, &**cell)).collect();
                Record::from_cells(table, &cells)
            }
        }
    }
}

fn steps_of(steps: &[Step]) -> Vec<Vec<ChangeLine<'_>>> {
    steps.iter().map(|step| step.0.iter().filter_map(ChangeLine::of).collect()).collect()
}

fn steps_from(lines: &[Vec<ChangeLine<'_>>]) -> Result<Vec<Step>, String> {
    let step = |changes: &Vec<ChangeLine<'_>>| changes.iter().map(ChangeLine::read).collect::<Result<_, _>>().map(Step);
    lines.iter().map(step).collect()
}

/// How many digits an id has.
const ID_DIGITS: usize = 12;

/// Returns the id of an operation and its line: the first twelve digits of the SHA-256 of the line without it and of
/// the id before.
pub fn journal_line(entry: &Entry, plan: &Plan, before: &str) -> serde_json::Result<(String, Vec<u8>)> {
    let mut line = Vec::from(format!("{{\"id\":\"{}\",", "0".repeat(ID_DIGITS)));
    let from = line.len();
    // Most records take less; memory that is not used costs nothing.
    line.reserve(plan.changes().count() * 512);
    serde_json::to_writer(
        &mut line,
        &Line {
            id: None,
            at: entry.at,
            by: entry.by.as_str().into(),
            command: entry.command.as_str().into(),
            reason: entry.reason.as_str().into(),
            changes: steps_of(&plan.steps),
            undoes: entry.undoes.as_deref().map(Cow::Borrowed),
        },
    )?;
    let hash = Sha256::new().chain_update(&line[from..]).chain_update(before).finalize();
    let id: String = hash.iter().take(ID_DIGITS / 2).map(|byte| format!("{byte:02x}")).collect();
    line.remove(from);
    line.push(b'\n');
    line[from - 2 - ID_DIGITS..from - 2].copy_from_slice(id.as_bytes());
    Ok((id, line))
}

/// Returns the id of the last operation of a journal; empty where there is none.
pub fn last_id(journal: &str) -> String {
    #[derive(Deserialize)]
    struct Id {
        id: String,
    }
    let last =
        journal.lines().rfind(|line| !line.trim().is_empty()).and_then(|line| serde_json::from_str::<Id>(line).ok());
    last.map(|line| line.id).unwrap_or_default()
}

/// Reads the operations of a journal.
///
/// # Errors
/// Every line that is no operation.
pub fn operations(registry: &Registry<'_>) -> Result<Vec<Operation>, LoadError> {
    let operation = |line: &str| -> Result<Operation, String> {
        let line = serde_json::from_str::<Line<'_>>(line).map_err(|error| error.to_string())?;
        let Line { id, at, by, command, reason, changes, undoes } = line;
        let id = id.unwrap_or_default().into_owned();
        if id.is_empty() || !id.is_ascii() {
            return Err(format!("`{id}` is no id of an operation"));
        }
        let [by, command, reason] = [by, command, reason].map(Cow::into_owned);
        Ok(Operation { id, at, by, command, reason, steps: steps_from(&changes)?, undoes: undoes.map(Cow::into_owned) })
    };
    read_lines(super::package::JOURNAL, &registry.journal, operation)
}

/// Reads a text line by line; all that is wrong with it is told.
fn read_lines<T>(file: &str, text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, LoadError> {
    let mut problems = Vec::new();
    let mut items = Vec::new();
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        if problems.len() == MOST {
            break;
        }
        match read(line) {
            Ok(item) => items.push(item),
            Err(message) => {
                let message = message.split(" at line ").next().unwrap_or_default().to_owned();
                problems.push(Problem { file: file.to_owned(), line: number, column: 1, rule: "json", message });
            }
        }
    }
    if problems.is_empty() { Ok(items) } else { Err(LoadError::Problems(problems)) }
}

/// A plan in a file, with what is known of the command that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPlan {
    /// The command that made it.
    pub command: String,
    /// Why, as its user put it.
    pub reason: String,
    /// What is to be changed.
    pub plan: Plan,
}

/// The first line of a plan in a file.
#[derive(Deserialize, Serialize)]
struct Head {
    /// The version of the form.
    plan: u32,
    #[serde(default)]
    command: String,
    #[serde(default)]
    reason: String,
}

/// The newest form of a plan that this program reads.
const FORM: u32 = 1;

/// A step of a plan in a file; `what` is for people and is not read.
#[derive(Deserialize, Serialize)]
struct StepLine<'l> {
    #[serde(default, skip_deserializing)]
    what: &'l str,
    #[serde(borrow)]
    changes: Vec<ChangeLine<'l>>,
}

/// Writes a plan as JSON lines: one that tells whose it is, then one a step, each with what it does in words.
///
/// # Errors
/// A change without records.
pub fn write_plan(saved: &SavedPlan, what: &[String]) -> serde_json::Result<String> {
    let SavedPlan { command, reason, plan } = saved;
    let mut text =
        serde_json::to_string(&Head { plan: FORM, command: command.clone(), reason: reason.clone() })? + "\n";
    for (step, what) in plan.steps.iter().zip(what) {
        let changes = step.0.iter().filter_map(ChangeLine::of).collect();
        text += &serde_json::to_string(&StepLine { what, changes })?;
        text.push('\n');
    }
    Ok(text)
}

/// Reads a plan from a file; lines may have been taken out of it.
///
/// # Errors
/// Every line that is none of a plan, and every record that could not stand in the registry.
pub fn read_plan(file: &str, text: &str, registry: &Registry<'_>) -> Result<SavedPlan, LoadError> {
    enum Read {
        Head(Head),
        Step(Step),
    }
    let read = |line: &str| -> Result<Read, String> {
        let value: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if value.contains_key("plan") {
            let head: Head = serde_json::from_str(line).map_err(|error| error.to_string())?;
            return match head.plan {
                newer if newer > FORM => Err(format!("the plan has form {newer}; this program reads up to {FORM}")),
                _ => Ok(Read::Head(head)),
            };
        }
        let line: StepLine<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let step = Step(line.changes.iter().map(ChangeLine::read).collect::<Result<_, _>>()?);
        step.0.iter().filter_map(|change| change.new.as_ref()).try_for_each(|record| fits(record, registry))?;
        Ok(Read::Step(step))
    };
    let mut saved = SavedPlan { command: String::new(), reason: String::new(), plan: Plan::default() };
    let mut seen = std::collections::HashSet::new();
    for read in read_lines(file, text, read)? {
        match read {
            Read::Head(head) => (saved.command, saved.reason) = (head.command, head.reason),
            Read::Step(step) => saved.plan.steps.push(step),
        }
    }
    for change in saved.plan.changes() {
        let key: Vec<String> = change.key().into_iter().map(str::to_owned).collect();
        if !seen.insert((change.table(), key)) {
            let message = format!("the record `{}` stands in the plan twice", change.key().join(","));
            let problem = Problem { file: file.to_owned(), line: 1, column: 1, rule: "duplicate-key", message };
            return Err(LoadError::Problems(vec![problem]));
        }
    }
    Ok(saved)
}

/// Tells what keeps a record from standing in the registry, if anything.
fn fits(record: &Record, registry: &Registry<'_>) -> Result<(), String> {
    let schema = record.table().schema();
    let grid = registry.grid(record.table());
    if let Some(flaw) = schema.columns.iter().find_map(|column| column.flaw(record.get(column.name))) {
        return Err(flaw.to_string());
    }
    for (name, cell) in record.cells() {
        let is_list = schema.column(name).is_some_and(|column| matches!(schema.columns[column].kind, Type::List));
        if schema.column(name).is_none() && !grid.header().any(|known| known == name) {
            return Err(format!("`{}` has no column `{name}`", schema.name));
        }
        if cell.contains(['\0', '\r']) || is_list && crate::edit::record::listed(cell) != cell {
            return Err(format!("{name} is `{}`; no cell is written so", cell.escape_debug()));
        }
    }
    Ok(())
}
