//! A plan against what stands there now: other people may have edited since it was made.

use std::fmt;

use super::plan::{Change, Plan, Step};
use super::record::Record;
use crate::model::{Registry, Table};

/// Somebody else has changed what the plan is to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The table.
    pub table: Table,
    /// The key of the record.
    pub key: String,
    /// What has happened to it.
    pub what: Clash,
}

/// What has happened to a record meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// It is to be added and is there.
    Exists,
    /// It is to be changed or removed and is gone.
    Gone,
    /// It is to be removed, or is to stand exactly as the plan says, and has changed.
    Changed,
    /// One of its fields was changed otherwise.
    Field {
        /// The column.
        field: String,
        /// What it was when the plan was made.
        was: String,
        /// What it is now.
        is: String,
        /// What it was to become.
        wanted: String,
    },
}

impl std::error::Error for Conflict {}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conflict { table, key, what } = self;
        write!(f, "{} `{key}` ", table.name())?;
        match what {
            Clash::Exists => f.write_str("is there already")?,
            Clash::Gone => f.write_str("is gone")?,
            Clash::Changed => f.write_str("has been changed meanwhile")?,
            Clash::Field { field, was, is, wanted } => {
                write!(f, "has been changed meanwhile: {field} was `{was}`, is `{is}`, was to become `{wanted}`")?;
            }
        }
        f.write_str("; nothing was written")
    }
}

/// How strictly a plan is held to the records it was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rebase {
    /// Changes of other fields of the same record are merged.
    Merge,
    /// Each record must still be as it was.
    Exact,
}

/// Returns the plan as it is to be carried out on the registry as it stands now.
///
/// # Errors
/// The first record on which the two edits do not go together.
pub fn rebase(plan: &Plan, now: &Registry<'_>, how: Rebase) -> Result<Plan, Conflict> {
    let mut steps = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let mut changes = Vec::with_capacity(step.0.len());
        for change in &step.0 {
            let Some(table) = change.table() else { continue };
            let current = now.grid(table).find(&change.key()).map(Record::of);
            let merged = merged(change, current.as_ref(), how).map_err(|what| Conflict {
                table,
                key: change.key().join(if table.is_of_pair() { "~" } else { "," }),
                what,
            })?;
            if current != merged {
                changes.push(Change { old: current, new: merged });
            }
        }
        if !changes.is_empty() {
            steps.push(Step(changes));
        }
    }
    Ok(Plan { steps })
}

/// Returns what a record is to be after the change, given what it is now.
fn merged(change: &Change, current: Option<&Record>, how: Rebase) -> Result<Option<Record>, Clash> {
    if current == change.old.as_ref() {
        return Ok(change.new.clone());
    }
    match (&change.old, &change.new, current) {
        (None, _, Some(_)) => Err(Clash::Exists),
        (Some(_), _, None) => Err(Clash::Gone),
        (Some(old), Some(new), Some(current)) if how == Rebase::Merge => by_field(old, new, current).map(Some),
        _ => Err(Clash::Changed),
    }
}

/// Merges two changes of one record field by field.
pub fn by_field(old: &Record, new: &Record, current: &Record) -> Result<Record, Clash> {
    let mut merged = current.clone();
    for field in old.differing(new) {
        let [was, wanted, is] = [old, new, current].map(|record| record.get(field));
        if wanted == is {
            continue;
        }
        if is != was {
            let [was, is, wanted] = [was, is, wanted].map(str::to_owned);
            return Err(Clash::Field { field: field.to_owned(), was, is, wanted });
        }
        merged.set(field, wanted);
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(cells: &[(&str, &str)]) -> Record {
        cells.iter().fold(Record::new(Table::Partnerships), |record, (name, cell)| record.with(name, *cell))
    }

    #[test]
    fn different_fields_merge_and_the_same_field_does_not() {
        let old = record(&[("a", "x"), ("b", "y"), ("start", "1949"), ("note", "old")]);
        let ours = old.clone().with("start", "1950");
        for (theirs, merged) in [
            (old.clone().with("note", "new"), Some(ours.clone().with("note", "new"))),
            (old.clone().with("note", ""), Some(ours.clone().with("note", ""))),
            (old.clone().with("start", "1950"), Some(ours.clone())),
            (old.clone().with("start", "1951"), None),
            (old.clone().with("start", ""), None),
            (old.clone().with("own", "kept"), Some(ours.clone().with("own", "kept"))),
        ] {
            assert_eq!(by_field(&old, &ours, &theirs).ok(), merged, "{theirs:?}");
        }
        let change = Change { old: Some(old.clone()), new: Some(ours) };
        assert_eq!(merged(&change, Some(&old.clone().with("note", "new")), Rebase::Exact), Err(Clash::Changed));
        assert_eq!(merged(&change, None, Rebase::Merge), Err(Clash::Gone));
        let added = Change { old: None, new: Some(old.clone()) };
        assert_eq!(merged(&added, Some(&old), Rebase::Merge), Err(Clash::Exists));
        let removed = Change { old: Some(old.clone()), new: None };
        assert_eq!(merged(&removed, Some(&old.with("note", "new")), Rebase::Merge), Err(Clash::Changed));
    }
}
