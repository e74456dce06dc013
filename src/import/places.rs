//! Which place of the registry a foreign list means, held against all of them at once, and never by guessing.
//!
//! An id decides, then an item of Wikidata, then a national code, then a name in its country: exactly, as an alias,
//! folded. Where several are called so, what else is said may tell them apart. A name alone is enough only at home, or
//! among the partners of the other place.

mod found;
mod index;
mod name;
mod position;
mod whereabouts;

pub use found::{Doubt, Found, How, NotFound, Refusal};

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::statement::Said;
use crate::edit::place::{id, is_id};
use crate::edit::{Record, slug};
use crate::model::{Registry, Table};
use crate::query::{Candidate, FindError};
use index::{Facts, Index};
use name::Name;
use position::{is_outside, kilometres};

/// From how many kilometres on two positions are not of one place.
const APART: f64 = 100.0;
/// Within how many kilometres the right one of several namesakes stands.
const BESIDE: f64 = 20.0;
/// Within how many kilometres a place with a similar name is the same one.
const REACH: f64 = 3.0;
/// One of how many places outside of their country makes a list's word for it worth nothing.
const MOST_WRONG: usize = 20;
/// How many of those that may be meant are named.
const MOST_NAMED: usize = 5;

/// The places of a registry, and those that are being added to it.
pub struct Places<'r> {
    registry: &'r Registry<'r>,
    /// The codes of the countries of the place and of its partner, where no column says them.
    default: [Option<&'r str>; 2],
    index: Index<'r>,
    /// What names of countries were read as.
    known: HashMap<String, Result<&'r str, FindError>>,
    /// Of how many places a side of the list has in a country the position is said, and how many stand outside.
    outside: HashMap<(usize, &'r str), [usize; 2]>,
    /// Which places rows have called otherwise, as their positions tell, by country and folded name; several where it is
    /// doubtful which.
    near: HashMap<(&'r str, String), Vec<u32>>,
    /// Which row is being read, by its number among those of all lists; one of several partners counts for each.
    row: usize,
    /// Which row has made each of the places that are being added.
    makers: Vec<usize>,
    /// Which of them these have made again in this pass.
    made: HashSet<usize>,
    /// Which of them any row of this pass has taken over.
    taken: HashSet<usize>,
    /// How many there were when this pass began.
    before: usize,
}

impl<'r> Places<'r> {
    /// Looks at all places of a registry; `default` are the countries of the place and of its partner, where no column
    /// says them.
    pub fn new(registry: &'r Registry<'r>, default: [Option<&'r str>; 2]) -> Places<'r> {
        Places {
            registry,
            default,
            index: Index::new(registry),
            known: HashMap::new(),
            outside: HashMap::new(),
            near: HashMap::new(),
            row: 0,
            makers: Vec::new(),
            made: HashSet::new(),
            taken: HashSet::new(),
            before: 0,
        }
    }

    /// Finds the place that is meant; `is_partner` tells whether an id is that of a partner of the other place.
    ///
    /// # Errors
    /// It is not certain, or there is none and none can be added.
    pub fn find(&mut self, said: &Said<'_>, side: usize, is_partner: impl Fn(&str) -> bool) -> Result<Found, NotFound> {
        if !said.id.is_empty()
            && let Some(number) = self.index.by_id(said.id)
        {
            return Ok(self.found(number, How::Id));
        }
        let by_item = self.index.by_item(said.wikidata);
        if let Some(number) = by_item {
            return Ok(self.found(number, How::Wikidata));
        }
        let (name, region, country) = self.whereabouts(said, side)?;
        let code = (!said.code.is_empty()).then(|| self.by_code(said.code, country)).flatten();
        if let Some(number) = code {
            return Ok(self.found(number, How::Code));
        }
        let Some(country) = country else { return self.without_country(said, &name, side, is_partner) };
        let hits = self.index.named(&name.folds(), |number| self.is_in(self.index.country(number), country));
        match *self.best(&hits, &name, said, region) {
            [] => {}
            [number] => {
                let level = self.index.level(number, name.plain);
                return self.verified(number, How::from(level), said);
            }
            ref several => return Err(self.several(several)),
        }
        self.unknown(said, side, &name, region, country)
    }

    /// Notes whether a place of a list stands in the country that the list has it in.
    pub fn note_position(&mut self, said: &Said<'_>, side: usize) {
        let Some(at) = said.at else { return };
        if let Ok((_, _, Some(country))) = self.whereabouts(said, side) {
            let [of, outside] = self.outside.entry((side, country)).or_default();
            *of += 1;
            *outside += usize::from(is_outside(country, at));
        }
    }

    /// Begins with a list that nothing is known of yet.
    pub fn forget_positions(&mut self) {
        self.outside.clear();
    }

    /// Returns which row is being read, by its number among those of all lists.
    pub fn row(&self) -> usize {
        self.row
    }

    /// Goes on to the next row.
    pub fn next_row(&mut self) {
        self.row += 1;
    }

    /// Adds a place that this row makes, and that a source says, so that other rows mean it too, if it is not there.
    pub fn add(&mut self, found: &Found, source: &str) {
        if let (None, Some(new)) = (self.index.by_id(&found.id), &found.new) {
            let mut place = new.clone();
            place.add_to("sources", source);
            self.index.add(place);
            self.makers.push(self.row);
        }
    }

    /// Returns how many places are being added.
    pub fn added(&self) -> usize {
        self.makers.len()
    }

    /// Gives back the places that were added last, all but so many.
    pub fn give_back(&mut self, kept: usize) {
        while self.makers.len() > kept {
            self.makers.pop();
            self.index.remove_last();
        }
    }

    /// Notes that this row is taken over, and means a place.
    pub fn take(&mut self, found: &Found) {
        let number = self.index.by_id(&found.id);
        if let Some((nth, _)) = number.and_then(|number| self.index.added(number)) {
            self.taken.insert(nth);
            if self.makers[nth] == self.row {
                self.made.insert(nth);
            }
        }
    }

    /// Ends a pass. Places that the row which made them has not made again are given up: what it said of them counts no
    /// more. Returns whether others are known now than when the pass began.
    pub fn turn(&mut self) -> bool {
        self.row = 0;
        self.near.clear();
        self.taken.clear();
        let made = std::mem::take(&mut self.made);
        let are_lost = made.len() < self.makers.len();
        if are_lost {
            self.index.retain_added(|nth| made.contains(&nth));
            let mut nth = 0..;
            self.makers.retain(|_| nth.next().is_some_and(|nth| made.contains(&nth)));
        }
        std::mem::replace(&mut self.before, self.makers.len()) != self.makers.len() || are_lost
    }

    /// Tells whether a country is another one, or a territory of it.
    fn is_in(&self, territory: &str, state: &str) -> bool {
        territory == state || self.registry.country(territory).is_some_and(|country| country.part_of() == state)
    }

    fn by_code(&self, code: &str, country: Option<&str>) -> Option<u32> {
        match country {
            Some(country) => self.index.by_code(country, code),
            None => self.registry.home.iter().find_map(|home| self.index.by_code(home, code)),
        }
    }

    /// Finds a place of which nobody says the country: at home, or among the partners of the other one.
    fn without_country(
        &self,
        said: &Said<'_>,
        name: &Name<'_>,
        side: usize,
        is_partner: impl Fn(&str) -> bool,
    ) -> Result<Found, NotFound> {
        let everywhere = self.index.named(&name.folds(), |_| true);
        let is_partner = |number: &u32| is_partner(self.index.facts(*number).id);
        let is_home = |number: &u32| self.registry.is_home(self.index.country(*number));
        let (hits, how): (Vec<u32>, _) = if side == 1 {
            (everywhere.iter().copied().filter(is_partner).collect(), Some(How::Partner))
        } else if said.has_country {
            (Vec::new(), None)
        } else {
            (everywhere.iter().copied().filter(is_home).collect(), None)
        };
        match *self.best(&hits, name, said, said.region) {
            [number] => {
                let level = How::from(self.index.level(number, name.plain));
                return self.verified(number, how.unwrap_or(level), said);
            }
            [] => {}
            ref several => return Err(self.several(several)),
        }
        if everywhere.is_empty() {
            return Err(Refusal::NoCountry.into());
        }
        Err(Doubt::NoCountry(self.candidates(&everywhere)).into())
    }

    /// Returns those that are called so in the best way that any is; of several the one that all else that is said
    /// points to.
    fn best(&self, hits: &[u32], name: &Name<'_>, said: &Said<'_>, region: &str) -> Vec<u32> {
        let Some(level) = hits.iter().map(|number| self.index.level(*number, name.plain)).min() else {
            return Vec::new();
        };
        let best: Vec<u32> =
            hits.iter().copied().filter(|number| self.index.level(*number, name.plain) == level).collect();
        if best.len() < 2 {
            return best;
        }
        let only = |is: &dyn Fn(&Facts<'_>) -> bool| {
            let mut those = best.iter().copied().filter(|number| is(&self.index.facts(*number)));
            those.next().filter(|_| those.next().is_none())
        };
        let region = slug(region);
        let by_region = only(&|place| !region.is_empty() && slug(place.region) == region);
        let beside = || {
            only(&|place| matches!((place.at, said.at), (Some(one), Some(other)) if kilometres(one, other) < BESIDE))
        };
        by_region.or_else(beside).map_or(best.clone(), |number| vec![number])
    }

    fn several(&self, hits: &[u32]) -> NotFound {
        Doubt::Several(self.candidates(hits)).into()
    }

    fn candidates(&self, hits: &[u32]) -> Vec<Candidate> {
        hits.iter().take(MOST_NAMED).map(|number| self.index.candidate(*number)).collect()
    }

    /// Returns a place that is called as it should be, unless something else that is said speaks against it.
    fn verified(&self, number: u32, how: How, said: &Said<'_>) -> Result<Found, NotFound> {
        let place = self.index.facts(number);
        if !said.wikidata.is_empty() && !place.wikidata.is_empty() && place.wikidata != said.wikidata {
            return Err(Doubt::OtherItem(self.index.candidate(number), place.wikidata.to_owned()).into());
        }
        match (place.at, said.at) {
            (Some(one), Some(other)) if kilometres(one, other) > APART => {
                Err(Doubt::Elsewhere(self.index.candidate(number), kilometres(one, other)).into())
            }
            _ => Ok(self.found(number, how)),
        }
    }

    /// Decides about a place that nothing in its country is called like: one that stands there under a similar name, one
    /// that may be misspelt, or a new one.
    fn unknown(
        &mut self,
        said: &Said<'_>,
        side: usize,
        name: &Name<'_>,
        region: &str,
        country: &'r str,
    ) -> Result<Found, NotFound> {
        // Whoever gives a place an id of its own says that it is none of the others.
        let is_other = own_id(said, country).is_some();
        let folded = name.folded();
        if let (Some(at), None, false) = (said.at, name.addition, is_other) {
            match self.index.standing_near(country, &folded, at, REACH)[..] {
                [] => {}
                ref near => {
                    let numbers: Vec<u32> = near.iter().map(|near| near.0).collect();
                    let found = match *near {
                        [(number, distance)] => self.verified(number, How::Near(distance), said),
                        _ => Err(self.several(&numbers)),
                    };
                    self.near.extend(name.folds().into_iter().map(|folded| ((country, folded), numbers.clone())));
                    return found;
                }
            }
        }
        // A place of this name would be meant by what meant another one so far.
        let key = (country, folded);
        if let Some(numbers) = self.near.get(&key) {
            return Err(Doubt::NearName(self.candidates(numbers)).into());
        }
        if is_other {
            return Ok(self.new_place(said, name, region, country)?);
        }
        if let Some([base, inner]) = name.addition {
            let hits = self.index.named(&Name::of(base).folds(), |number| self.index.country(number) == country);
            let is_told = |number: &u32| {
                self.index.names(*number).any(|known| slug(known) == slug(inner))
                    || slug(self.index.facts(*number).region) == slug(inner)
            };
            let told: Vec<u32> = hits.iter().copied().filter(is_told).collect();
            return match told[..] {
                [number] => self.verified(number, How::Alias, said),
                _ => Err(Doubt::Addition(self.candidates(&hits)).into()),
            };
        }
        let similar = self.index.similar(country, &key.1, said.at.map(|at| (at, APART / 2.0)));
        if !similar.is_empty() {
            return Err(Doubt::NearName(similar).into());
        }
        let there = || {
            let stands = |number| {
                let at = self.index.facts(number).at.zip(said.at);
                at.is_some_and(|(one, other)| kilometres(one, other) < BESIDE)
            };
            self.candidates(&self.index.named(&name.folds(), stands))
        };
        if said.at.is_some_and(|at| is_outside(country, at)) {
            return Err(Doubt::Outside(country.to_owned(), there()).into());
        }
        let [of, wrong] = self.outside.get(&(side, country)).copied().unwrap_or_default();
        if wrong * MOST_WRONG > of {
            return Err(Doubt::Untrusted { country: country.to_owned(), wrong, of, candidates: there() }.into());
        }
        Ok(self.new_place(said, name, region, country)?)
    }

    /// Makes the record of a place that is not in the registry.
    fn new_place(&self, said: &Said<'_>, name: &Name<'_>, region: &str, country: &str) -> Result<Found, Refusal> {
        if name.own.is_empty() || super::wikidata::item(name.own).is_some() {
            return Err(Refusal::NoName);
        }
        let mut place = Record::new(Table::Municipalities)
            .with("name", name.own)
            .with("country", country)
            .with("type", "municipality")
            .with("region", region)
            .with("code", said.code)
            .with("wikidata", said.wikidata);
        if let Some([lat, lon]) = said.at {
            place.set("lat", lat.to_string());
            place.set("lon", lon.to_string());
        }
        let is_taken = |id: &str| self.index.by_id(id).is_some();
        let made = id(&place, own_id(said, country), is_taken).map_err(Refusal::Id)?;
        if let Some(number) = self.index.by_id(&made) {
            return Err(Refusal::Taken(self.index.candidate(number)));
        }
        place.set("id", made.as_str());
        Ok(Found { id: made, name: name.own.to_owned(), country: country.to_owned(), how: How::New, new: Some(place) })
    }

    fn found(&self, number: u32, how: How) -> Found {
        let place = self.index.facts(number);
        let added = self.index.added(number);
        let is_own = added.is_some_and(|(nth, _)| self.makers[nth] == self.row);
        Found {
            id: place.id.to_owned(),
            name: place.name.to_owned(),
            country: place.country.to_owned(),
            how: if is_own { How::New } else { how },
            new: added.filter(|(nth, _)| !self.taken.contains(nth)).map(|(_, place)| place.clone()),
        }
    }
}

/// Returns the id that is said of a place, if a place of its country can have it.
fn own_id<'s>(said: &Said<'s>, country: &str) -> Option<&'s str> {
    Some(said.id).filter(|own| is_id(own, country))
}
