//! The plan: the one way to write. Records before and after, in steps that belong together.

use super::record::Record;
use crate::model::Table;

/// One record before and after; never neither. Both have the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The record before; `None` where there was none.
    pub old: Option<Record>,
    /// The record after; `None` where there is none any more.
    pub new: Option<Record>,
}

impl Change {
    /// Returns the record after, or where there is none the one before.
    pub fn record(&self) -> Option<&Record> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// Returns the table it is about; `None` of a change without records.
    pub fn table(&self) -> Option<Table> {
        self.record().map(Record::table)
    }

    /// Returns the key of the record it is about.
    pub fn key(&self) -> Vec<&str> {
        self.record().map_or_else(Vec::new, Record::key)
    }

    /// Returns the change that takes it back.
    pub fn inverse(&self) -> Change {
        Change { old: self.new.clone(), new: self.old.clone() }
    }

    /// Tells whether it is about the same record as another one.
    pub fn is_about_what(&self, other: &Change) -> bool {
        self.table() == other.table() && self.key() == other.key()
    }
}

/// Changes that belong together: those of one partnership, one place … A plan is thinned out by whole steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step(pub Vec<Change>);

impl Step {
    /// Returns the step that takes it back.
    pub fn inverse(&self) -> Step {
        Step(self.0.iter().rev().map(Change::inverse).collect())
    }
}

/// What is to be changed. No record stands in it twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps.
    pub steps: Vec<Step>,
}

impl Plan {
    /// Tells whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes().next().is_none()
    }

    /// Returns all changes.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.steps.iter().flat_map(|step| &step.0)
    }

    /// Returns the steps that its user thinks of: sources that come or go with others are beside the point.
    pub fn subjects(&self) -> Vec<&Step> {
        let is_source = |change: &Change| change.table() == Some(Table::Sources);
        let subjects: Vec<&Step> = self.steps.iter().filter(|step| !step.0.iter().all(is_source)).collect();
        if subjects.is_empty() { self.steps.iter().collect() } else { subjects }
    }

    /// Returns the plan that takes it back.
    pub fn inverse(&self) -> Plan {
        Plan { steps: self.steps.iter().map(Step::inverse).collect() }
    }
}
