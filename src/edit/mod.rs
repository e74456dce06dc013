//! Edits: what a command wants changed, as a plan of records before and after.
//!
//! Pure: no file, no clock, no words but those of its errors. A plan is made here, shown by `report`, and carried out
//! by `storage`, the only way in which anything is written.

pub mod blanks;
pub mod claim;
pub mod contact;
pub mod draft;
pub mod entry;
pub mod field;
pub mod freehand;
pub mod merger;
pub mod network;
pub mod operation;
pub mod pair;
pub mod place;
pub mod plan;
pub mod rebase;
pub mod record;
pub mod status;
pub mod tidy;
pub mod undo;

pub use draft::Draft;
pub use operation::Operation;
pub use plan::{Change, Plan, Step};
pub use rebase::Conflict;
pub use record::Record;

/// Returns a name as it stands in an id: small ASCII letters and digits, all else a hyphen.
pub fn slug(name: &str) -> String {
    let folded = crate::query::fold::fold(name);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
