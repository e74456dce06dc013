//! What is wrong in a table that can be read all the same. The commands that answer or edit refuse it, `check` reports it.

use super::cell::Flaw;
use super::schema::Table;

/// One thing that is wrong, and the cell it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The table.
    pub table: Table,
    /// The row, from 1; 0 is the header.
    pub row: usize,
    /// The place of the column in the header.
    pub place: usize,
    /// What is wrong.
    pub what: Wrong,
}

/// A cell of a table: its row, from 1 (0 is the header), and the place of its column in the header.
pub type At = (Table, u32, u32);

impl Fault {
    /// Returns the cell.
    pub fn cell(&self) -> At {
        (self.table, self.row as u32, self.place as u32)
    }
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A cell is not what its column says.
    #[error(transparent)]
    Cell(Flaw),
    /// A row has another number of cells than the header.
    #[error("the row has {cells} cells, the header {header}")]
    Ragged {
        /// How many cells the row has.
        cells: usize,
        /// How many the header has.
        header: usize,
    },
    /// Text follows the quote that closes a cell.
    #[error("text follows the closing quote of this cell; write a quote inside a cell twice")]
    Quote,
    /// A key stands in more than one row.
    #[error("`{key}` stands here again; it is number {first} of the table already")]
    Again {
        /// The key.
        key: String,
        /// The row that has it first, from 1.
        first: usize,
    },
    /// A member of the JSON form cannot be a cell.
    #[error("{0}")]
    Member(String),
}

impl Wrong {
    /// Returns the id of the rule that is broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Wrong::Cell(flaw) => flaw.rule(),
            Wrong::Ragged { .. } => "ragged",
            Wrong::Quote => "quote",
            Wrong::Again { .. } => "duplicate-key",
            Wrong::Member(_) => "json",
        }
    }

    /// Tells whether the row it stands in cannot be taken at its word.
    pub fn breaks_row(&self) -> bool {
        matches!(self, Wrong::Ragged { .. } | Wrong::Quote)
    }

    /// Tells whether it is about how the file is written, and not about what stands in a cell.
    pub fn is_of_dress(&self) -> bool {
        self.breaks_row() || matches!(self, Wrong::Member(_))
    }
}
