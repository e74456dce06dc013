//! The rules of a registry one can trust: one table of them, each a small function that finds and decides nothing else.
//!
//! Pure: no files, no clock, no words for people but those that explain a rule. A finding is typed and knows its cell.

mod alike;
mod case;
mod dates;
mod extent;
mod finding;
mod places;
mod reading;
mod references;
mod rows;
mod rules;
mod run;
mod standing;
mod text;
mod totals;

pub use case::{Case, Seen};
pub use extent::Extent;
pub use finding::{Finding, Mark, Spot, Two, What};
pub use rows::{Pair, Place};
pub use rules::{RULES, UNREADABLE, rule};
pub use run::{Findings, most, run};
pub use text::Cell;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The registry says what cannot be.
    Error,
    /// It is likely wrong, or somebody has to decide.
    Warning,
    /// Something is not known that one would want to know.
    Info,
}

impl Severity {
    /// Returns its word: `error`, `warning`, `info`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, stable: `self-pair`.
    pub id: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// What it demands, and what it leaves alone, in English.
    pub meaning: &'static str,
    /// Where it comes from.
    pub origin: &'static str,
    /// How it looks.
    pub looks: &'static [Look],
}

impl Look {
    fn at_pairs(self) -> Option<AtPairs> {
        if let Look::Pair(look) = self { Some(look) } else { None }
    }

    fn at_places(self) -> Option<AtPlaces> {
        if let Look::Place(look) = self { Some(look) } else { None }
    }

    fn at_cells(self) -> Option<AtCells> {
        if let Look::Cell(look) = self { Some(look) } else { None }
    }
}

type AtPairs = for<'r> fn(&Case<'r>, &Pair<'r>, &mut Findings<'r>);
type AtPlaces = for<'r> fn(&Case<'r>, &Place<'r>, &mut Findings<'r>);
type AtCells = for<'r> fn(&Cell<'r>, &mut Findings<'r>);

/// How a rule looks at a registry: at all of it, or at one thing after another.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// At the whole.
    Whole(for<'r> fn(&Case<'r>, &mut Findings<'r>)),
    /// At every partnership.
    Pair(AtPairs),
    /// At every party.
    Place(AtPlaces),
    /// At every cell that is out of the common.
    Cell(AtCells),
}
