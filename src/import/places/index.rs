//! All places of a registry, and those that are being added, by what they are known by.

use std::hash::Hash;

use foldhash::{HashMap, HashMapExt};

use super::name::{are_alike, differing, letters, slips};
use super::position::kilometres;
use crate::edit::Record;
use crate::model::{Municipality, Registry};
use crate::query::Candidate;
use crate::query::fold::fold;

/// How well a name is a place's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is one of its names.
    Name,
    /// It is another name that it goes by.
    Alias,
    /// It is one of these without case, accents and local letters.
    Folded,
}

/// What tells one place from another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts<'p> {
    pub id: &'p str,
    pub name: &'p str,
    pub country: &'p str,
    pub region: &'p str,
    pub wikidata: &'p str,
    /// Latitude and longitude.
    pub at: Option<[f64; 2]>,
}

/// How many suggestions a name gets.
const SUGGESTIONS: usize = 3;

/// A name of a place, to be held against others of its country.
struct Called {
    place: u32,
    folded: String,
    letters: u128,
}

/// Places by number: first those of the registry, in the order of their rows, then those that are being added.
pub struct Index<'r> {
    registry: &'r Registry<'r>,
    known: u32,
    added: Vec<Record>,
    ids: HashMap<String, u32>,
    items: HashMap<String, u32>,
    codes: HashMap<(String, String), u32>,
    names: HashMap<String, Vec<u32>>,
    /// The first place of each region, by country and folded name.
    regions: HashMap<(String, String), u32>,
    /// The names of the places of a country that begin with a letter: one that is a slip for another begins as that does.
    called: HashMap<(String, char), Vec<Called>>,
}

impl<'r> Index<'r> {
    /// Looks at all places of a registry.
    pub fn new(registry: &'r Registry<'r>) -> Index<'r> {
        let known = registry.municipalities().len();
        let mut index = Index {
            registry,
            known: known as u32,
            added: Vec::new(),
            ids: HashMap::with_capacity(known),
            items: HashMap::new(),
            codes: HashMap::new(),
            names: HashMap::with_capacity(known),
            regions: HashMap::new(),
            called: HashMap::new(),
        };
        (0..known as u32).for_each(|number| index.enter(number));
        index
    }

    /// Adds a place that is not in the registry. Returns its number.
    pub fn add(&mut self, place: Record) -> u32 {
        let number = self.known + self.added.len() as u32;
        self.added.push(place);
        self.enter(number);
        number
    }

    /// Returns a place that is being added, and the how manieth it is.
    pub fn added(&self, number: u32) -> Option<(usize, &Record)> {
        let nth = number.checked_sub(self.known)? as usize;
        Some((nth, &self.added[nth]))
    }

    /// Takes off the place that was added last.
    pub fn remove_last(&mut self) {
        let Some(place) = self.added.pop() else { return };
        let number = self.known + self.added.len() as u32;
        let [country, code, item] = ["country", "code", "wikidata"].map(|column| place.get(column).to_owned());
        let folded = fold(place.get("name"));
        self.ids.remove(place.get("id"));
        remove(&mut self.items, &item, number);
        remove(&mut self.codes, &(country.clone(), code), number);
        remove(&mut self.regions, &(country.clone(), fold(place.get("region"))), number);
        // What was entered last stands last.
        self.called.get_mut(&(country, first(&folded))).and_then(Vec::pop);
        self.names.get_mut(&folded).and_then(Vec::pop);
    }

    /// Gives up those of the places that are being added that are not to be kept, by the how manieth they are.
    pub fn retain_added(&mut self, is_kept: impl Fn(usize) -> bool) {
        let added = std::mem::replace(self, Index::new(self.registry)).added;
        added.into_iter().enumerate().filter(|(nth, _)| is_kept(*nth)).for_each(|(_, place)| {
            self.add(place);
        });
    }

    fn enter(&mut self, number: u32) {
        let facts = self.facts(number);
        let (id, country, item) = (facts.id.to_owned(), facts.country.to_owned(), facts.wikidata.to_owned());
        let code = self.code(number).to_owned();
        let mut names: Vec<String> = self.names(number).map(fold).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let region = fold(facts.region);
        self.ids.insert(id, number);
        if !region.is_empty() {
            self.regions.entry((country.clone(), region)).or_insert(number);
        }
        if !item.is_empty() {
            self.items.entry(item).or_insert(number);
        }
        if !code.is_empty() {
            self.codes.entry((country.clone(), code)).or_insert(number);
        }
        for folded in names {
            let called = self.called.entry((country.clone(), first(&folded))).or_default();
            called.push(Called { place: number, letters: letters(&folded), folded: folded.clone() });
            self.names.entry(folded).or_default().push(number);
        }
    }

    fn place(&self, number: u32) -> Result<Municipality<'r>, &Record> {
        match number.checked_sub(self.known) {
            None => Ok(self.registry.municipality_at(number)),
            Some(added) => Err(&self.added[added as usize]),
        }
    }

    /// Returns what tells a place from others.
    pub fn facts(&self, number: u32) -> Facts<'_> {
        match self.place(number) {
            Ok(place) => Facts {
                id: place.id(),
                name: place.name(),
                country: place.country(),
                region: place.region(),
                wikidata: place.wikidata(),
                at: place.lat().zip(place.lon()).map(|(lat, lon)| [lat, lon]),
            },
            Err(record) => {
                let degrees = |column| record.get(column).parse::<f64>().ok();
                Facts {
                    id: record.get("id"),
                    name: record.get("name"),
                    country: record.get("country"),
                    region: record.get("region"),
                    wikidata: record.get("wikidata"),
                    at: degrees("lat").zip(degrees("lon")).map(|(lat, lon)| [lat, lon]),
                }
            }
        }
    }

    /// Returns the code of the country of a place.
    pub fn country(&self, number: u32) -> &str {
        match self.place(number) {
            Ok(place) => place.country(),
            Err(record) => record.get("country"),
        }
    }

    fn code(&self, number: u32) -> &str {
        match self.place(number) {
            Ok(place) => place.code(),
            Err(record) => record.get("code"),
        }
    }

    /// Returns all names of a place.
    pub fn names(&self, number: u32) -> Box<dyn Iterator<Item = &str> + '_> {
        match self.place(number) {
            Ok(place) => Box::new(place.row().names().chain(place.aliases())),
            Err(record) => Box::new(std::iter::once(record.get("name"))),
        }
    }

    /// Finds a place by its id.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    /// Tells whether a place of a country is in a region of that name.
    pub fn has_region(&self, country: &str, region: &str) -> bool {
        self.regions.contains_key(&(country.to_owned(), fold(region)))
    }

    /// Finds a place by its item of Wikidata.
    pub fn by_item(&self, item: &str) -> Option<u32> {
        self.items.get(item).copied()
    }

    /// Finds a place by its national code.
    pub fn by_code(&self, country: &str, code: &str) -> Option<u32> {
        self.codes.get(&(country.to_owned(), code.to_owned())).copied()
    }

    /// Finds the places that have one of these folded names; of several such names the first that any has decides.
    pub fn named(&self, folds: &[String], is_meant: impl Fn(u32) -> bool) -> Vec<u32> {
        let hits = folds.iter().map(|folded| -> Vec<u32> {
            let all = self.names.get(folded).into_iter().flatten().copied();
            all.filter(|number| is_meant(*number)).collect()
        });
        hits.into_iter().find(|hits| !hits.is_empty()).unwrap_or_default()
    }

    /// Returns how well a name is a place's that has it folded.
    pub fn level(&self, number: u32, name: &str) -> Level {
        match self.place(number) {
            Ok(place) if place.row().names().any(|known| known == name) => Level::Name,
            Ok(place) if place.aliases().any(|known| known == name) => Level::Alias,
            Err(record) if record.get("name") == name => Level::Name,
            _ => Level::Folded,
        }
    }

    /// Finds the places of a country that stand within so many kilometres and are called much alike, each with its
    /// distance.
    pub fn standing_near(&self, country: &str, folded: &str, at: [f64; 2], reach: f64) -> Vec<(u32, f64)> {
        let mut near: Vec<(u32, f64)> = Vec::new();
        for called in self.called.get(&(country.to_owned(), first(folded))).into_iter().flatten() {
            let Some(place_at) = self.facts(called.place).at.filter(|place| (place[0] - at[0]).abs() < 1.0) else {
                continue;
            };
            let distance = kilometres(place_at, at);
            if distance < reach
                && are_alike(&called.folded, folded, folded.chars().count() / 3)
                && near.last().is_none_or(|(last, _)| *last != called.place)
            {
                near.push((called.place, distance));
            }
        }
        near
    }

    /// Finds the places of a country that a name may be a slip for; none that is known to stand further away than so many
    /// kilometres from a position.
    pub fn similar(&self, country: &str, folded: &str, within: Option<([f64; 2], f64)>) -> Vec<Candidate> {
        let (slips, own) = (slips(folded), letters(folded));
        if slips == 0 {
            return Vec::new();
        }
        let mut hits: Vec<u32> = Vec::new();
        for called in self.called.get(&(country.to_owned(), first(folded))).into_iter().flatten() {
            let is_near = called.folded.len().abs_diff(folded.len()) <= 2 * slips
                && differing(own, called.letters) as usize <= slips;
            if !is_near {
                continue;
            }
            let is_far = || {
                let place = within.zip(self.facts(called.place).at);
                place.is_some_and(|((at, reach), place)| kilometres(at, place) > reach)
            };
            if are_alike(folded, &called.folded, slips) && !is_far() {
                hits.push(called.place);
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits.into_iter().take(SUGGESTIONS).map(|place| self.candidate(place)).collect()
    }

    /// Returns a place as a candidate.
    pub fn candidate(&self, number: u32) -> Candidate {
        let place = self.facts(number);
        let country = self.registry.country(place.country).map_or(place.country, |country| country.row().name_in("en"));
        Candidate {
            id: place.id.to_owned(),
            name: place.name.to_owned(),
            of: country.to_owned(),
            region: place.region.to_owned(),
        }
    }
}

/// Removes what stands for a key, if that is this place.
fn remove<K: Eq + Hash>(known: &mut HashMap<K, u32>, key: &K, number: u32) {
    if known.get(key) == Some(&number) {
        known.remove(key);
    }
}

/// Returns the letter that a folded name begins with; of an empty one there is none.
fn first(folded: &str) -> char {
    folded.chars().next().unwrap_or_default()
}
