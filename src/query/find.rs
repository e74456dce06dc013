//! Finding a place, a country, a network or a source by what people type, without guessing.
//!
//! An exact name beats an alias, an alias a folded name; a tie is an error that names the candidates.

use super::fold::{fold, fold_into};
use crate::model::{Municipality, Network, Registry, Source, Table};

pub use super::countries::country;

/// How many suggestions an unknown name gets.
const SUGGESTIONS: usize = 3;
/// Of how many letters a name may be for others to be held against it, which takes time that grows with both.
const LONGEST: usize = 100;
/// How many of those that a name may mean are named.
const MOST_NAMED: usize = 8;

/// Something a name may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id or code.
    pub id: String,
    /// Its name, in English where there is one.
    pub name: String,
    /// What tells it from others of the name: its country, or nothing.
    pub of: String,
    /// Its region, where that is known and it is a place.
    pub region: String,
}

impl std::fmt::Display for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.of.is_empty() { f.write_str(&self.name) } else { write!(f, "{} ({})", self.name, self.of) }
    }
}

/// Why a name was not resolved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// Nothing has that name; what comes near it.
    #[error("no {what} is called `{typed}`")]
    Unknown {
        /// What was looked for: `municipality`, `country` …
        what: &'static str,
        /// What was typed.
        typed: String,
        /// What comes near it, best first.
        suggestions: Vec<Candidate>,
    },
    /// Several have it.
    #[error("`{typed}` may be {}", either(.candidates))]
    Ambiguous {
        /// What was typed.
        typed: String,
        /// All that it may be.
        candidates: Vec<Candidate>,
    },
    /// It was a country, and is none today.
    #[error("`{typed}` is no country today; its places are in {}", either(.candidates))]
    Gone {
        /// What was typed.
        typed: String,
        /// The countries of its places.
        candidates: Vec<Candidate>,
    },
}

impl FindError {
    /// Joins why something is no network and why it is no party either.
    pub fn and_no_party(self, party: FindError) -> FindError {
        match (self, party) {
            (FindError::Unknown { suggestions, .. }, FindError::Unknown { typed, suggestions: parties, .. }) => {
                let suggestions = suggestions.into_iter().chain(parties).take(SUGGESTIONS).collect();
                FindError::Unknown { what: "network or municipality", typed, suggestions }
            }
            (_, party) => party,
        }
    }
}

fn either(candidates: &[Candidate]) -> String {
    let name = |candidate: &Candidate| match &*candidate.region {
        "" if candidate.of.is_empty() => format!("{candidate} ({})", candidate.id),
        "" => format!("{candidate}, {}", candidate.id),
        region => format!("{} ({region}, {}), {}", candidate.name, candidate.of, candidate.id),
    };
    let named = candidates.iter().take(MOST_NAMED).map(name);
    let named = named.collect::<Vec<_>>().join(" or ");
    match candidates.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} or {more} others"),
    }
}

/// Finds a party by id, Wikidata item, national code, any of its names, or `name, country`; `within` is a country's
/// code that it must be in.
///
/// # Errors
/// Nothing is called so, or several are.
pub fn municipality<'r>(
    registry: &'r Registry<'_>,
    typed: &str,
    within: Option<&str>,
) -> Result<Municipality<'r>, FindError> {
    let hits = places(registry, typed.trim(), within);
    let hits = match typed.rsplit_once(',') {
        Some((name, place)) if hits.is_empty() => match country(registry, place.trim()) {
            Ok(found) => places(registry, name.trim(), Some(found.code())),
            Err(_) => hits,
        },
        _ => hits,
    };
    match hits[..] {
        [place] => Ok(place),
        [] => {
            let all = registry.municipalities().filter(|place| within.is_none_or(|code| place.country() == code));
            let names = all.flat_map(|place| place.row().names().chain(place.aliases()).map(move |name| (name, place)));
            let suggestions = nearest(typed, names, |place| place.id());
            let suggestions = suggestions.into_iter().map(|place| candidate(registry, place)).collect();
            Err(FindError::Unknown { what: "municipality", typed: typed.to_owned(), suggestions })
        }
        _ => {
            let candidates = hits.iter().map(|place| candidate(registry, *place)).collect();
            Err(FindError::Ambiguous { typed: typed.to_owned(), candidates })
        }
    }
}

/// Finds one of a few parties by an id, a Wikidata item or any of its names; `None` is that none of them is called so.
///
/// # Errors
/// Several are.
pub fn among<'r>(
    registry: &Registry<'_>,
    typed: &str,
    few: &[Municipality<'r>],
) -> Result<Option<Municipality<'r>>, FindError> {
    let (typed, folded) = (typed.trim(), fold(typed));
    if typed.is_empty() {
        return Ok(None);
    }
    let ways: [&dyn Fn(Municipality<'r>) -> bool; 4] = [
        &|place| place.id().eq_ignore_ascii_case(typed) || place.wikidata().eq_ignore_ascii_case(typed),
        &|place| place.row().names().any(|name| name == typed),
        &|place| place.aliases().any(|alias| alias == typed),
        &|place| place.row().names().chain(place.aliases()).any(|name| fold(name) == folded),
    ];
    for is_meant in ways {
        let mut hits: Vec<Municipality<'r>> = few.iter().copied().filter(|place| is_meant(*place)).collect();
        hits.dedup_by_key(|place| place.id());
        match hits[..] {
            [] => {}
            [place] => return Ok(Some(place)),
            _ => {
                let candidates = hits.into_iter().map(|place| candidate(registry, place)).collect();
                return Err(FindError::Ambiguous { typed: typed.to_owned(), candidates });
            }
        }
    }
    Ok(None)
}

/// Returns all parties that have the name in the best way that any has it.
fn places<'r>(registry: &'r Registry<'_>, typed: &str, within: Option<&str>) -> Vec<Municipality<'r>> {
    if typed.is_empty() {
        return Vec::new();
    }
    if let Some(place) = registry.municipality(&typed.to_ascii_lowercase()) {
        return vec![place];
    }
    let is_within = |place: &Municipality<'_>| within.is_none_or(|code| place.country() == code);
    let all = || registry.municipalities().filter(is_within);
    let number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let grid = registry.grid(Table::Municipalities);
    // Only rows in whose text it stands can have it in a cell.
    let candidates: Vec<Municipality<'r>> = if typed.contains('"') {
        all().collect()
    } else {
        grid.containing(typed).map(Municipality::from).filter(is_within).collect()
    };
    let having = |has: &dyn Fn(Municipality<'r>) -> bool| -> Vec<Municipality<'r>> {
        candidates.iter().copied().filter(|place| has(*place)).collect()
    };
    if typed.strip_prefix(['Q', 'q']).is_some_and(number) {
        return all().filter(|place| place.wikidata().eq_ignore_ascii_case(typed)).collect();
    }
    if number(typed) {
        let coded = having(&|place| place.code() == typed);
        let (home, abroad): (Vec<_>, Vec<_>) = coded.into_iter().partition(|place| registry.is_home(place.country()));
        return if home.is_empty() { abroad } else { home };
    }
    let name_columns: Vec<usize> = grid.names().collect();
    let exact = having(&|place| name_columns.iter().any(|column| place.row().at(*column) == typed));
    if !exact.is_empty() {
        return exact;
    }
    let aliased = having(&|place| place.aliases().any(|alias| alias == typed));
    if !aliased.is_empty() {
        return aliased;
    }
    let folded = fold(typed);
    if folded.is_empty() {
        return Vec::new();
    }
    let mut buffer = String::new();
    let mut same = |name: &str| {
        // A plain name begins with the letter that it begins with folded.
        let first = name.bytes().find(u8::is_ascii_alphanumeric);
        if name.is_ascii() && first.is_some_and(|first| first.to_ascii_lowercase() != folded.as_bytes()[0]) {
            return false;
        }
        fold_into(name, &mut buffer);
        buffer == folded
    };
    all()
        .filter(|place| {
            name_columns.iter().any(|column| same(place.row().at(*column))) || place.aliases().any(&mut same)
        })
        .collect()
}

fn candidate(registry: &Registry<'_>, place: Municipality<'_>) -> Candidate {
    let country = registry.country(place.country());
    let of = country.map_or(place.country(), |country| country.row().name_in("en"));
    Candidate {
        id: place.id().to_owned(),
        name: place.row().name_in("en").to_owned(),
        of: of.to_owned(),
        region: place.region().to_owned(),
    }
}

/// Finds a network by its id or its name.
///
/// # Errors
/// Nothing is called so, or several are.
pub fn network<'r>(registry: &'r Registry<'_>, typed: &'r str) -> Result<Network<'r>, FindError> {
    if let Some(is) = registry.network(typed) {
        return Ok(is);
    }
    let names = || registry.networks().flat_map(|network| [network.name(), network.id()].map(|name| (name, network)));
    by_name(
        "network",
        typed,
        names,
        |network| network.id(),
        |network| Candidate {
            id: network.id().to_owned(),
            name: network.name().to_owned(),
            of: String::new(),
            region: String::new(),
        },
        std::iter::empty(),
    )
}

/// Finds a source by its id.
///
/// # Errors
/// There is none.
pub fn source<'r>(registry: &'r Registry<'_>, typed: &'r str) -> Result<Source<'r>, FindError> {
    if let Some(is) = registry.source(typed) {
        return Ok(is);
    }
    let names = || registry.sources().map(|source| (source.id(), source));
    by_name(
        "source",
        typed,
        names,
        |source| source.id(),
        |source| Candidate {
            id: source.id().to_owned(),
            name: source.id().to_owned(),
            of: String::new(),
            region: String::new(),
        },
        std::iter::empty(),
    )
}

/// Finds the region, as it is written in the registry, that a name means.
///
/// # Errors
/// Nothing is called so, or several are.
pub fn region<'r>(registry: &'r Registry<'_>, typed: &'r str) -> Result<&'r str, FindError> {
    let home =
        || registry.municipalities().filter(|place| registry.is_home(place.country()) && !place.region().is_empty());
    let names = || home().map(|place| (place.region(), place.region()));
    by_name(
        "region",
        typed,
        names,
        |region| region,
        |region| Candidate { id: region.to_owned(), name: region.to_owned(), of: String::new(), region: String::new() },
        std::iter::empty(),
    )
}

/// Finds what has the name exactly, else what has it folded; `near` are suggestions of the caller's own.
pub(super) fn by_name<'r, T: Copy, N: Iterator<Item = (&'r str, T)>>(
    what: &'static str,
    typed: &str,
    names: impl Fn() -> N,
    id: impl Fn(T) -> &'r str,
    candidate: impl Fn(T) -> Candidate,
    near: impl Iterator<Item = T>,
) -> Result<T, FindError> {
    let distinct = |mut hits: Vec<T>| {
        hits.dedup_by(|one, other| id(*one) == id(*other));
        hits.sort_by_key(|hit| id(*hit));
        hits.dedup_by(|one, other| id(*one) == id(*other));
        hits
    };
    let exact = distinct(names().filter(|(name, _)| *name == typed).map(|(_, hit)| hit).collect());
    let folded = fold(typed);
    let hits = if exact.is_empty() {
        distinct(names().filter(|(name, _)| fold(name) == folded).map(|(_, hit)| hit).collect())
    } else {
        exact
    };
    match hits[..] {
        [is] => Ok(is),
        [] => {
            let mut suggestions: Vec<Candidate> = near.map(&candidate).collect();
            suggestions.extend(nearest(typed, names(), &id).into_iter().map(&candidate));
            suggestions.dedup();
            suggestions.truncate(SUGGESTIONS);
            Err(FindError::Unknown { what, typed: typed.to_owned(), suggestions })
        }
        _ => {
            Err(FindError::Ambiguous { typed: typed.to_owned(), candidates: hits.into_iter().map(candidate).collect() })
        }
    }
}

/// Returns what is called most like the name, best first, each once.
fn nearest<'r, T: Copy>(typed: &str, names: impl Iterator<Item = (&'r str, T)>, id: impl Fn(T) -> &'r str) -> Vec<T> {
    let typed = fold(typed);
    let length = typed.chars().count();
    if length > LONGEST {
        return Vec::new();
    }
    // One slip in a short name, more in a longer one.
    let most = 1 + length / 4;
    let mut folded = String::new();
    let mut hits: Vec<(usize, &str, T)> = Vec::new();
    for (name, hit) in names {
        fold_into(name, &mut folded);
        if folded.is_empty() || folded.len().abs_diff(typed.len()) > 2 * most + 2 {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&typed, &folded);
        if distance <= most && distance < length.max(2) {
            hits.push((distance, id(hit), hit));
        }
    }
    hits.sort_by_key(|(distance, id, _)| (*distance, *id));
    let mut seen: Vec<&str> = Vec::new();
    hits.retain(|(_, id, _)| {
        !seen.contains(id) && seen.len() < SUGGESTIONS && {
            seen.push(*id);
            true
        }
    });
    hits.into_iter().map(|(_, _, hit)| hit).collect()
}
