//! What a row of a foreign list is to the registry.

use std::cmp::Ordering;

use super::columns::Field;
use super::places::{Doubt, Found, Refusal};
use super::statement::Unread;
use crate::model::PartialDate;
use crate::query::Candidate;

/// What becomes of values that disagree with the registry's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    /// Ours stand.
    Ours,
    /// Theirs take their place; ours stay as claims of their sources.
    Theirs,
    /// Ours stand, and theirs are kept as claims of their source.
    Claim,
}

/// The six things that a row can be to the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A partnership that is not in the registry.
    New,
    /// One that is, and of which the row says more.
    FilledIn,
    /// One that is, just so.
    Same,
    /// One of which the row says otherwise.
    Conflict,
    /// It is not certain which places are meant.
    Doubtful,
    /// It cannot be used.
    Rejected,
}

impl Outcome {
    /// All of them, in the order in which they are told.
    pub const ALL: [Outcome; 6] =
        [Outcome::New, Outcome::FilledIn, Outcome::Same, Outcome::Conflict, Outcome::Doubtful, Outcome::Rejected];
}

/// A field that a row says something of: what stands here, and what there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The column of the partnerships.
    pub field: &'static str,
    /// What stands here; empty where nothing does.
    pub here: String,
    /// What the row says.
    pub there: String,
}

/// What a row is to the registry, with what is to be told of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// A new partnership, and the ids of the places that are added with it.
    New(Vec<String>),
    /// What is filled in.
    FilledIn(Vec<Difference>),
    /// Nothing is new.
    Same,
    /// What disagrees.
    Conflict(Conflict),
    /// Which side is doubtful, and why.
    Doubtful(usize, Doubt),
    /// Why it cannot be used.
    Rejected(Why),
}

/// What disagrees, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The fields.
    pub differences: Vec<Difference>,
    /// The best source of what stands here; empty where none is named.
    pub source: String,
    /// Whether that source is better than the list, or the list than it.
    pub here_to_there: Ordering,
    /// What was done about it; nothing leaves the row.
    pub done: Option<OnConflict>,
    /// What keeps theirs from being taken over, if anything does.
    pub obstacle: Option<Obstacle>,
}

/// What keeps a status from being taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The day from which on it is so is not said.
    NoDay,
    /// What has ended is not taken up again so.
    Ended,
}

/// Why a row cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It says nothing that can be read.
    Unread(Unread),
    /// A place (0) or partner (1) can be none.
    Place(usize, Refusal),
    /// Both sides are the same place.
    Itself,
    /// A date lies in the future.
    Future(Field, PartialDate),
}

/// What one row says of one pair, held against the registry.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The row, by its place in the list.
    pub at: usize,
    /// The row's number, as a spreadsheet shows it.
    pub row: usize,
    /// What the sides are called in the list.
    pub said: [String; 2],
    /// The sides as far as they were found: id, name, country, and how.
    pub found: [Option<Found>; 2],
    /// What it is.
    pub verdict: Verdict,
}

impl Line {
    /// Returns which of the six it is.
    pub fn outcome(&self) -> Outcome {
        match &self.verdict {
            Verdict::New(_) => Outcome::New,
            Verdict::FilledIn(_) => Outcome::FilledIn,
            Verdict::Same => Outcome::Same,
            Verdict::Conflict(_) => Outcome::Conflict,
            Verdict::Doubtful(..) => Outcome::Doubtful,
            Verdict::Rejected(_) => Outcome::Rejected,
        }
    }

    /// Tells whether it is left for its user to correct.
    pub fn is_left(&self) -> bool {
        match &self.verdict {
            Verdict::Conflict(conflict) => conflict.done.is_none(),
            Verdict::Doubtful(..) | Verdict::Rejected(_) => true,
            Verdict::New(_) | Verdict::FilledIn(_) | Verdict::Same => false,
        }
    }
}

/// Counts the lines of an outcome.
pub fn count(lines: &[Line], outcome: Outcome) -> usize {
    lines.iter().filter(|line| line.outcome() == outcome).count()
}

impl Line {
    /// Makes one of which no place was found yet.
    pub(super) fn without(said: [&str; 2], verdict: Verdict) -> Line {
        Line { at: 0, row: 0, said: said.map(str::to_owned), found: [None, None], verdict }
    }

    /// Returns its places, if both are known and it is not left.
    pub(super) fn known(&self) -> Option<[&Found; 2]> {
        match (&self.verdict, &self.found) {
            (Verdict::Same, [Some(place), Some(partner)]) => Some([place, partner]),
            _ => None,
        }
    }

    /// Returns their ids.
    pub(super) fn meant(&self) -> Option<[&str; 2]> {
        self.known().map(|sides| sides.map(|side| side.id.as_str()))
    }

    /// Returns it as doubtful: it may mean the partner that was found.
    pub(super) fn into_doubtful(mut self) -> Line {
        if let [_, Some(Found { id, name, country, .. })] = &self.found {
            let (id, name, of) = (id.clone(), name.clone(), country.clone());
            let meant = Candidate { id, name, of, region: String::new() };
            self.verdict = Verdict::Doubtful(1, Doubt::Several(vec![meant]));
        }
        self
    }
}
