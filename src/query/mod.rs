//! Questions to a registry: which place is meant, which partnerships are, and how they stood on a day.
//!
//! Pure: no files, no clock, no words but those of its errors.

pub mod countries;
pub mod declared;
pub mod extract;
pub mod filter;
pub mod find;
pub mod fold;
pub mod iso3166;
pub mod membership;
pub mod review;
pub mod standing;

pub use extract::Extract;
pub use filter::{CountryChoice, Filter, Selected, Selection};
pub use find::{Candidate, FindError};
pub use standing::{Standing, status_since};
