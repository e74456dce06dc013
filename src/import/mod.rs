//! Foreign lists of twinnings: what they say, row by row, held against the registry.
//!
//! A file becomes a [`Foreign`] table of texts; a [`Mapping`] says what its columns mean; each row says one or several
//! [`Statement`]s; [`reconcile()`] tells what each of them is to the registry, and makes the plan
//! that takes over what is new. Nothing is guessed, and nothing is written here.

pub mod columns;
mod delimited;
pub mod foreign;
mod headers;
mod identify;
mod json;
pub mod mapping;
pub mod outcome;
mod partners;
pub mod places;
pub mod reconcile;
pub mod statement;
pub mod survey;
pub mod vocabulary;
mod wikidata;
pub mod workbook;

pub use foreign::{Foreign, ForeignError, Form, Reading, Row};
pub use mapping::{Hints, Mapping, MappingError};
pub use reconcile::reconcile;
pub use statement::{Said, Statement};
