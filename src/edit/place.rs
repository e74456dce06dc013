//! Places that are added and renamed: what their ids are made of, and what they may be mistaken for.
//!
//! An id is the code of the country and the slug of the name. It never changes.

use super::draft::Draft;
use super::record::Record;
use super::slug;
use crate::model::{MergerKind, Municipality, Registry, Table};
use crate::query::fold::fold;

/// Why no id can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The one chosen has not the form of an id.
    #[error("`{id}` is no id of a place in {country}; it must be `{prefix}-` and small letters, digits and single hyphens", prefix = .country.to_ascii_lowercase())]
    Form {
        /// The one chosen.
        id: String,
        /// The code of the country.
        country: String,
    },
    /// The name has no letter that an id may hold.
    #[error("no id can be made of `{0}`; it must be chosen")]
    NoLetters(String),
    /// A place in the United States without its state.
    #[error("a place in the United States has its state in its id; its region is wanted")]
    NoState,
    /// Its region is no state.
    #[error("`{0}` is no state of the United States; the id must be chosen")]
    UnknownState(String),
}

/// What a new place has in common with one that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// The id.
    Id,
    /// The Wikidata item.
    Wikidata,
    /// The national code.
    Code,
    /// A name.
    Name,
}

/// Returns the id of a new place: the one chosen, else one made of its country, its name and, where `is_taken` tells so of
/// that one or its country is the United States, its region.
///
/// # Errors
/// None can be made, or the one chosen has another form.
pub fn id(place: &Record, chosen: Option<&str>, is_taken: impl Fn(&str) -> bool) -> Result<String, IdError> {
    let [country, name, region] = ["country", "name", "region"].map(|column| place.get(column));
    if let Some(chosen) = chosen {
        return if is_id(chosen, country) {
            Ok(chosen.to_owned())
        } else {
            Err(IdError::Form { id: chosen.to_owned(), country: country.to_owned() })
        };
    }
    let slugged = slug(name);
    if slugged.is_empty() {
        return Err(IdError::NoLetters(name.to_owned()));
    }
    let id = format!("{}-{slugged}", country.to_ascii_lowercase());
    if country == "US" {
        let ending = state(region)?;
        return Ok(format!("{id}-{ending}"));
    }
    let region = slug(region);
    Ok(if region.is_empty() || !is_taken(&id) { id } else { format!("{id}-{region}") })
}

/// Tells whether a text has the form of an id of a place in a country.
pub fn is_id(text: &str, country: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let rest = text.strip_prefix(&country.to_ascii_lowercase()).and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|rest| rest.split('-').all(is_word))
}

/// The states of the United States, folded, with the letters of the postal service (USPS Publication 28, appendix B).
#[rustfmt::skip]
static STATES: [(&str, &str); 51] = [
    ("alabama", "al"), ("alaska", "ak"), ("arizona", "az"), ("arkansas", "ar"), ("california", "ca"),
    ("colorado", "co"), ("connecticut", "ct"), ("delaware", "de"), ("district of columbia", "dc"), ("florida", "fl"),
    ("georgia", "ga"), ("hawaii", "hi"), ("idaho", "id"), ("illinois", "il"), ("indiana", "in"), ("iowa", "ia"),
    ("kansas", "ks"), ("kentucky", "ky"), ("louisiana", "la"), ("maine", "me"), ("maryland", "md"),
    ("massachusetts", "ma"), ("michigan", "mi"), ("minnesota", "mn"), ("mississippi", "ms"), ("missouri", "mo"),
    ("montana", "mt"), ("nebraska", "ne"), ("nevada", "nv"), ("new hampshire", "nh"), ("new jersey", "nj"),
    ("new mexico", "nm"), ("new york", "ny"), ("north carolina", "nc"), ("north dakota", "nd"), ("ohio", "oh"),
    ("oklahoma", "ok"), ("oregon", "or"), ("pennsylvania", "pa"), ("rhode island", "ri"), ("south carolina", "sc"),
    ("south dakota", "sd"), ("tennessee", "tn"), ("texas", "tx"), ("utah", "ut"), ("vermont", "vt"),
    ("virginia", "va"), ("washington", "wa"), ("west virginia", "wv"), ("wisconsin", "wi"), ("wyoming", "wy"),
];

/// Tells whether a text is the name or the letters of a state of the United States.
pub fn is_state(region: &str) -> bool {
    state(region).is_ok()
}

/// Returns the letters of a state of the United States, by its name or by them.
fn state(region: &str) -> Result<&'static str, IdError> {
    if region.is_empty() {
        return Err(IdError::NoState);
    }
    let folded = fold(region);
    let state = STATES.iter().find(|(name, letters)| *name == folded || *letters == folded);
    state.map(|(_, letters)| *letters).ok_or_else(|| IdError::UnknownState(region.to_owned()))
}

/// Finds the place that a new one may be mistaken for: it has its id, its Wikidata item, its national code or, where
/// neither its id was chosen nor its region tells them apart, its name.
pub fn like<'r>(registry: &'r Registry<'_>, place: &Record, is_id_chosen: bool) -> Option<(Municipality<'r>, Alike)> {
    let [id, country, wikidata, code, region] =
        ["id", "country", "wikidata", "code", "region"].map(|column| place.get(column));
    let (name, region) = (fold(place.get("name")), fold(region));
    let is_called_so =
        |known: Municipality<'_>| known.row().names().chain(known.aliases()).any(|one| fold(one) == name);
    let is_elsewhere = |known: Municipality<'_>| !region.is_empty() && fold(known.region()) != region;
    let alike = |known: Municipality<'r>, alike| match alike {
        Alike::Id => known.id() == id,
        Alike::Wikidata => !wikidata.is_empty() && known.wikidata() == wikidata,
        Alike::Code => !code.is_empty() && known.country() == country && known.code() == code,
        Alike::Name => !is_id_chosen && known.country() == country && !is_elsewhere(known) && is_called_so(known),
    };
    let ways = [Alike::Wikidata, Alike::Code, Alike::Name, Alike::Id];
    ways.into_iter().find_map(|way| Some((registry.municipalities().find(|known| alike(*known, way))?, way)))
}

/// Gives a place another name from a day on: the old one becomes an alias, and names in single languages that equal it
/// change along. Returns those names that differ from it and are left, by their columns.
pub fn rename(draft: &mut Draft<'_>, place: Municipality<'_>, name: &str, on: &str, source: &str) -> Vec<String> {
    let old = place.name();
    let mut renamed = Record::of(place.row());
    let own: Vec<(String, String)> = renamed
        .cells()
        .filter(|(column, _)| column.starts_with("name_"))
        .map(|(column, own)| (column.to_owned(), own.to_owned()))
        .collect();
    let (along, left): (Vec<_>, Vec<_>) = own.into_iter().partition(|(_, own)| own == old);
    along.iter().for_each(|(column, _)| renamed.set(column, name));
    renamed.set("name", name);
    let aliases: Vec<&str> = place.aliases().filter(|alias| *alias != name).collect();
    renamed.set("aliases", aliases.join(";"));
    renamed.add_to("aliases", old);
    renamed.add_to("sources", source);
    draft.step();
    draft.put(renamed);
    let edge = Record::new(Table::Mergers)
        .with("date", on)
        .with("event", MergerKind::Rename.word())
        .with("from", place.id())
        .with("to", place.id())
        .with("sources", source)
        .with("note", format!("{old} → {name}"));
    draft.put(edge);
    left.into_iter().filter(|(_, own)| own != name).map(|(column, own)| format!("{column} {own}")).collect()
}
