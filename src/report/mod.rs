//! What to show: listings, sheets and counts, as values that every output format draws.
//!
//! Nothing here knows a format, opens a file or prints. Words come from `i18n`.

pub mod claims;
pub mod compare;
pub mod declared;
pub mod document;
pub mod empty;
pub mod field;
pub mod finding;
pub mod graph;
pub mod great_circle;
pub mod importing;
pub mod listing;
pub mod log;
pub mod map;
pub mod networks;
pub mod pair;
pub mod place;
pub mod plan;
pub mod records;
pub mod sheet;
pub mod statistics;
pub mod survey;
pub mod table;
pub mod tidied;

pub use field::{Context, Field, UnknownField};
pub use finding::Told;
pub use sheet::{Fact, Section, Sheet};
pub use table::{Cell, Column, Table};

/// An answer: what stands on stdout, and the notes below it.
pub struct Answer<T> {
    /// The table or sheet.
    pub shown: T,
    /// Sentences for stderr, one a line.
    pub notes: Vec<String>,
}
