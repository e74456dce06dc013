//! A plan in the making: records are read as they will stand, and a record changed twice is one change.

use foldhash::{HashMap, HashMapExt};

use super::plan::{Change, Plan, Step};
use super::record::Record;
use crate::model::{Registry, Table};

/// Collects the changes of one command against a registry.
pub struct Draft<'r> {
    /// The registry as it stands.
    pub registry: &'r Registry<'r>,
    steps: Vec<Step>,
    /// Where the change of a record stands, by table and key.
    at: HashMap<(Table, Vec<String>), (usize, usize)>,
}

impl<'r> Draft<'r> {
    /// Begins one.
    pub fn new(registry: &'r Registry<'r>) -> Draft<'r> {
        Draft { registry, steps: Vec::new(), at: HashMap::new() }
    }

    /// Begins the next step.
    pub fn step(&mut self) {
        self.steps.push(Step::default());
    }

    /// Returns a record as it will stand.
    pub fn get(&self, table: Table, key: &[&str]) -> Option<Record> {
        let named = (table, key.iter().map(|cell| (*cell).to_owned()).collect());
        match self.at.get(&named) {
            Some((step, nth)) => self.steps[*step].0[*nth].new.clone(),
            None => self.registry.grid(table).find(key).map(Record::of),
        }
    }

    /// Puts a record in its place, new or instead of the one of its key.
    pub fn put(&mut self, record: Record) {
        let key: Vec<String> = record.key().into_iter().map(str::to_owned).collect();
        self.change(record.table(), key, Some(record));
    }

    /// Puts records in steps of their own, each one.
    pub fn also(&mut self, records: Vec<Record>) {
        for record in records {
            self.step();
            self.put(record);
        }
    }

    /// Takes a record away.
    pub fn delete(&mut self, table: Table, key: &[&str]) {
        self.change(table, key.iter().map(|cell| (*cell).to_owned()).collect(), None);
    }

    fn change(&mut self, table: Table, key: Vec<String>, new: Option<Record>) {
        if let Some((step, nth)) = self.at.get(&(table, key.clone())) {
            self.steps[*step].0[*nth].new = new;
            return;
        }
        if self.steps.is_empty() {
            self.step();
        }
        let cells: Vec<&str> = key.iter().map(String::as_str).collect();
        let old = self.registry.grid(table).find(&cells).map(Record::of);
        let step = self.steps.len() - 1;
        self.at.insert((table, key), (step, self.steps[step].0.len()));
        self.steps[step].0.push(Change { old, new });
    }

    /// Returns the plan, without changes that change nothing.
    pub fn plan(self) -> Plan {
        let mut steps = self.steps;
        for step in &mut steps {
            step.0.retain(|change| change.old != change.new);
        }
        steps.retain(|step| !step.0.is_empty());
        Plan { steps }
    }
}
