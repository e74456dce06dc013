//! Holding a registry against rules.

use foldhash::HashSet;

use super::case::Case;
use super::finding::{Finding, Spot, What};
use super::rows::each_pair;
use super::text::each_suspect;
use super::{Look, Rule};
use crate::model::{Registry, Table};

/// What has been found, and by which rule.
pub struct Findings<'r> {
    rule: &'static Rule,
    found: Vec<Finding<'r>>,
    most: usize,
}

impl<'r> Findings<'r> {
    /// Notes what was found.
    pub fn add(&mut self, at: Spot<'r>, what: What<'r>) {
        if self.found.len() < self.most {
            self.found.push(Finding { rule: self.rule, at, what });
        }
    }
}

/// Returns how many findings there may be, lest they take many times the memory of the registry.
pub fn most(registry: &Registry<'_>) -> usize {
    let bytes: usize = Table::ALL.iter().map(|table| registry.grid(*table).text().len()).sum();
    LEAST_FINDINGS.max(bytes / BYTES_FOR_EACH)
}

/// How many findings there may be in the smallest registry.
const LEAST_FINDINGS: usize = 10_000;
/// How many bytes a registry must have for each further one: a finding and its place take four times as many.
const BYTES_FOR_EACH: usize = 50;

/// Holds a registry against rules, and returns the first [`most`] findings, in the order of rules.
pub fn run<'r>(case: &Case<'r>, rules: &[&'static Rule]) -> Vec<Finding<'r>> {
    let Some(first) = rules.first() else { return Vec::new() };
    case.registry.resolve_all();
    let mut findings = Findings { rule: first, found: Vec::new(), most: most(case.registry) };
    let looks = || rules.iter().flat_map(|rule| rule.looks.iter().map(|look| (*rule, *look)));
    let places: Vec<_> = looks().filter_map(|(rule, look)| Some((rule, look.at_places()?))).collect();
    if !places.is_empty() {
        let parties = case.each_place(|place| {
            for (rule, look) in &places {
                findings.rule = rule;
                look(case, place, &mut findings);
            }
        });
        // What has been read need not be read again.
        _ = case.parties.set(parties);
    }
    for (rule, look) in looks() {
        if let Look::Whole(look) = look {
            findings.rule = rule;
            look(case, &mut findings);
        }
    }
    let pairs: Vec<_> = looks().filter_map(|(rule, look)| Some((rule, look.at_pairs()?))).collect();
    if !pairs.is_empty() {
        each_pair(case.registry, |pair| {
            for (rule, look) in &pairs {
                findings.rule = rule;
                look(case, pair, &mut findings);
            }
        });
    }
    let cells: Vec<_> = looks().filter_map(|(rule, look)| Some((rule, look.at_cells()?))).collect();
    if !cells.is_empty() {
        each_suspect(case.registry, |cell| {
            for (rule, look) in &cells {
                findings.rule = rule;
                look(cell, &mut findings);
            }
        });
    }
    // What else stands in a row that is broken is not judged.
    let broken: HashSet<(Table, u32)> = case
        .seen
        .faults
        .iter()
        .filter(|fault| fault.what.breaks_row())
        .map(|fault| (fault.table, fault.row as u32))
        .collect();
    let mut found = findings.found;
    found.retain(|finding| match (&finding.at, &finding.what) {
        (_, What::Wrong(_)) | (Spot::File(_), _) => true,
        (Spot::Cell((table, row, _)), _) => !broken.contains(&(*table, *row)),
    });
    found
}
