//! What was seen while the registry was read.

use super::finding::{Spot, What};
use super::{Case, Findings};
use crate::model::Table;
use crate::model::fault::Wrong;

/// Reports the faults of one sort.
fn faults<'r>(case: &Case<'r>, findings: &mut Findings<'r>, rule: &str) {
    // A partnership that stands in several rows has a rule of its own.
    let is_pair = |wrong: &Wrong, table| matches!(wrong, Wrong::Again { .. }) && table == Table::Partnerships;
    for fault in case.seen.faults.iter().filter(|fault| fault.what.rule() == rule) {
        if !is_pair(&fault.what, fault.table) {
            findings.add(Spot::Cell(fault.cell()), What::Wrong(&fault.what));
        }
    }
}

macro_rules! rules {
    ($($name:ident $rule:literal;)+) => {$(
        #[doc = concat!("Reports what breaks the rule `", $rule, "`.")]
        pub fn $name<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
            faults(case, findings, $rule);
        }
    )+};
}

rules! {
    vocabulary "vocabulary";
    required "required";
    date "date";
    number "number";
    ragged "ragged";
    quote "quote";
    duplicate_key "duplicate-key";
    json "json";
}

/// Reports lines of the journal that are none.
pub fn journal<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for mark in case.seen.bad_lines {
        findings.add(Spot::File(mark), What::BadLine(&mark.message));
    }
}

/// Reports files that hold decomposed letters.
pub fn not_nfc<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for mark in case.seen.decomposed {
        findings.add(Spot::File(mark), What::Decomposed);
    }
}

/// Reports files that are not written canonically.
pub fn not_canonical<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for mark in case.seen.uncanonical {
        findings.add(Spot::File(mark), What::Uncanonical);
    }
}
