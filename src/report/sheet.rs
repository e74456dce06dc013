//! The sheet: everything about one thing, facts first, then tables.

use super::table::{Cell, Table};

/// A fact: a name for programs, one for people, and what it is.
pub struct Fact<'r> {
    /// Its name for programs.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it is.
    pub cell: Cell<'r>,
    /// Whether people want it too: codes and ids beside the names are for programs alone.
    pub for_people: bool,
}

impl Fact<'_> {
    /// Tells whether people are told it: it is for them, and known.
    pub fn is_told(&self) -> bool {
        self.for_people && !self.cell.display().is_empty()
    }
}

/// A table under a heading.
pub struct Section<'r> {
    /// Its name for programs.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The table.
    pub table: Table<'r>,
}

/// A sheet.
pub struct Sheet<'r> {
    /// What it is about.
    pub title: String,
    /// The facts; unknown ones are left out where people read.
    pub facts: Vec<Fact<'r>>,
    /// The tables; empty ones are left out where people read.
    pub sections: Vec<Section<'r>>,
}
