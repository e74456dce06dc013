//! What came of looking for a place.

use super::index::Level;
use crate::edit::Record;
use crate::edit::place::IdError;
use crate::query::{Candidate, FindError};

/// A place that is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// Its local official name.
    pub name: String,
    /// The code of its country.
    pub country: String,
    /// How it was known.
    pub how: How,
    /// Its record, if it is this row that adds it.
    pub new: Option<Record>,
}

/// How a place was known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum How {
    /// By its id.
    Id,
    /// By its item of Wikidata.
    Wikidata,
    /// By its national code.
    Code,
    /// By a name, exactly.
    Name,
    /// By another name that it goes by.
    Alias,
    /// By a name without case, accents and local letters, or without the word for municipality.
    Folded,
    /// As the only partner of the other place that is called so.
    Partner,
    /// By where it stands, so many kilometres away, and a name that is nearly the same.
    Near(f64),
    /// It is not in the registry yet.
    New,
}

/// Why it is not certain which place is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// Several are called so.
    Several(Vec<Candidate>),
    /// None is, but some are called nearly so.
    NearName(Vec<Candidate>),
    /// The country is not said, and these are called so.
    NoCountry(Vec<Candidate>),
    /// What is called so stands so many kilometres from where it is said to.
    Elsewhere(Candidate, f64),
    /// What is called so is another item of Wikidata.
    OtherItem(Candidate, String),
    /// It is said to be in a country, by its code, and to stand outside of it; what is called so and stands there.
    Outside(String, Vec<Candidate>),
    /// It would be new, and so many of the places that the list has in its country stand outside of it.
    Untrusted {
        /// The code of the country.
        country: String,
        /// How many stand outside.
        wrong: usize,
        /// Of how many whose position is said.
        of: usize,
        /// What is called so and stands there.
        candidates: Vec<Candidate>,
    },
    /// Nobody knows what stands in brackets or a comma behind the name: a region, a district, another name.
    Addition(Vec<Candidate>),
}

/// Why no place can be meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The country is none, or may be several.
    Country(FindError),
    /// There is no such place, and the country that it would be added to is not said.
    NoCountry,
    /// There is no such place, and no name to add it under.
    NoName,
    /// No id can be made for it.
    Id(IdError),
    /// Its id is that of another place.
    Taken(Candidate),
}

/// Why a place was not found.
#[derive(Clone, Debug, PartialEq)]
pub enum NotFound {
    /// It is not certain which one is meant.
    Doubt(Doubt),
    /// None can be.
    Refusal(Refusal),
}

impl From<Doubt> for NotFound {
    fn from(doubt: Doubt) -> NotFound {
        NotFound::Doubt(doubt)
    }
}

impl From<Refusal> for NotFound {
    fn from(refusal: Refusal) -> NotFound {
        NotFound::Refusal(refusal)
    }
}

impl From<Level> for How {
    fn from(level: Level) -> How {
        match level {
            Level::Name => How::Name,
            Level::Alias => How::Alias,
            Level::Folded => How::Folded,
        }
    }
}
