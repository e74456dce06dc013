//! Which place of the registry a foreign list means, held against all of them at once, and never by guessing.
//!
//! An id decides, then an item of Wikidata, then a national code, then a name in its country: exactly, as an alias,
//! folded. Where several are called so, what else is said may tell them apart. A name alone is enough only at home, or
//! among the partners of the other place.

mod found;
mod index;
mod name;
mod position;

pub use found::{Doubt, Found, How, NotFound, Refusal};

use foldhash::{HashMap, HashMapExt};

use super::statement::Said;
use crate::edit::place::{id, is_id, is_state};
use crate::edit::{Record, slug};
use crate::model::{Registry, Table};
use crate::query::fold::fold;
use crate::query::{Candidate, FindError, countries, find};
use index::{Facts, Index};
use name::{Name, region_and_country};
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
    /// Which places lists have called otherwise, as their positions tell, by country and folded name.
    near: HashMap<(&'r str, String), u32>,
}

impl<'r> Places<'r> {
    /// Looks at all places of a registry; `default` are the countries of the place and of its partner, where no column
    /// says them.
    pub fn new(registry: &'r Registry<'r>, default: [Option<&'r str>; 2]) -> Places<'r> {
        let index = Index::new(registry);
        Places { registry, default, index, known: HashMap::new(), outside: HashMap::new(), near: HashMap::new() }
    }

    /// Tells whether a partner can only be found by its name among those that a place has.
    pub fn wants_partners(&mut self, said: &Said<'_>) -> bool {
        let by_item = || self.index.by_item(said.wikidata);
        let known = self.index.by_id(said.id).or_else(by_item).or_else(|| self.by_code(said.code, None));
        known.is_none() && matches!(self.whereabouts(said, 1), Ok((_, _, None)))
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
        let hits =
            self.index.named(&name.folds(), |place| place.country == country || self.is_in(place.country, country));
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

    /// Adds a place that was found new, so that later rows mean it too.
    pub fn add(&mut self, place: Record) {
        self.index.add(place);
    }

    /// Reads the name, the region and the country out of all that is said of them.
    fn whereabouts<'s>(
        &mut self,
        said: &Said<'s>,
        side: usize,
    ) -> Result<(Name<'s>, &'s str, Option<&'r str>), NotFound> {
        let mut error = None;
        for cell in &said.countries {
            let (region, typed) = region_and_country(cell);
            let read = self.country(cell).map(|code| (code, "")).or_else(|error| match self.country(typed) {
                Ok(code) if self.is_region(region, code) => Ok((code, region)),
                Ok(code) => Err(self.unknown_country(cell, code)),
                Err(_) => Err(error),
            });
            match read {
                Ok((code, region)) => {
                    let (name, added) = self.without_country_behind(said.name, code);
                    let region = [said.region, region, added].into_iter().find(|region| !region.is_empty());
                    return Ok((Name::of(name), region.unwrap_or_default(), Some(code)));
                }
                Err(more) => error = error.or(Some(more)),
            }
        }
        if let Some(error) = error {
            return Err(Refusal::Country(error).into());
        }
        // `Loulé, Portugal` in one cell, or `Gera (Germany)`; `Springfield, Ohio, United States` too.
        if let Some([front, typed]) = Name::of(said.name).addition
            && let Ok(code) = self.country_behind(typed)
        {
            let (name, region) = front.split_once(',').unwrap_or((front, ""));
            let region = if said.region.is_empty() { region.trim() } else { said.region };
            return Ok((Name::of(name.trim()), region, Some(code)));
        }
        if let Some((_, typed)) = said.address.rsplit_once(',')
            && let Ok(code) = self.country(typed.trim())
        {
            return Ok((Name::of(said.name), said.region, Some(code)));
        }
        Ok((Name::of(said.name), said.region, self.default[side].filter(|_| !said.has_country)))
    }

    /// Tells whether a text names a region of a country: a state, a part of the kingdom, or the region of a place there.
    fn is_region(&self, text: &str, code: &str) -> bool {
        let is_part = || countries::called(&fold(text)).any(|known| known == code);
        !text.is_empty() && (code == "US" && is_state(text) || is_part() || self.index.has_region(code, text))
    }

    /// Says that a text is no country, and which one it may mean.
    fn unknown_country(&self, typed: &str, code: &str) -> FindError {
        let name = self.registry.country(code).map_or(code, |country| country.row().name_in("en"));
        let meant = Candidate { id: code.to_owned(), name: name.to_owned(), of: String::new(), region: String::new() };
        FindError::Unknown { what: "country", typed: typed.to_owned(), suggestions: vec![meant] }
    }

    /// Reads the country behind a name. Two letters may be a state of the United States instead: Vienna, VA.
    fn country_behind(&mut self, typed: &str) -> Result<&'r str, FindError> {
        match self.country(typed) {
            Ok(code) if typed.eq_ignore_ascii_case(code) && is_state(typed) => {
                Err(FindError::Unknown { what: "country", typed: typed.to_owned(), suggestions: Vec::new() })
            }
            found => found,
        }
    }

    /// Takes off a name what stands behind it and is said already, its country; and in the United States, where that is the
    /// custom, the state.
    fn without_country_behind<'s>(&mut self, name: &'s str, code: &str) -> (&'s str, &'s str) {
        let is_name = || !self.index.named(&[fold(name)], |place| place.country == code).is_empty();
        match Name::of(name).addition {
            Some(_) if is_name() => (name, ""),
            Some([front, behind]) if code == "US" && is_state(behind) => (front, behind),
            Some([front, behind]) if self.country(behind).is_ok_and(|known| known == code) => (front, ""),
            _ => (name, ""),
        }
    }

    /// Reads a country.
    fn country(&mut self, typed: &str) -> Result<&'r str, FindError> {
        if let Some(known) = self.known.get(typed) {
            return known.clone();
        }
        let plain = typed.trim_end_matches("(country)").trim();
        let plain = plain.strip_prefix("in ").unwrap_or(plain);
        let found = find::country(self.registry, plain).map(|country| country.code());
        self.known.insert(typed.to_owned(), found.clone());
        found
    }

    /// Tells whether a territory is part of a state.
    fn is_in(&self, territory: &str, state: &str) -> bool {
        self.registry.country(territory).is_some_and(|country| country.part_of() == state)
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
        let is_home = |number: &u32| self.registry.is_home(self.index.facts(*number).country);
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
                [(number, distance)] => {
                    self.near.extend(name.folds().into_iter().map(|folded| ((country, folded), number)));
                    return self.verified(number, How::Near(distance), said);
                }
                ref several => return Err(self.several(&several.iter().map(|near| near.0).collect::<Vec<_>>())),
            }
        }
        // A place of this name would be meant by what meant another one so far.
        let key = (country, folded);
        if let Some(number) = self.near.get(&key) {
            return Err(Doubt::NearName(vec![self.index.candidate(*number)]).into());
        }
        if is_other {
            return Ok(self.new_place(said, name, region, country)?);
        }
        if let Some([base, inner]) = name.addition {
            let hits = self.index.named(&Name::of(base).folds(), |place| place.country == country);
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
            let stands =
                |place: &Facts<'_>| place.at.zip(said.at).is_some_and(|(one, other)| kilometres(one, other) < BESIDE);
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
        Found {
            id: place.id.to_owned(),
            name: place.name.to_owned(),
            country: place.country.to_owned(),
            how,
            new: None,
        }
    }
}

/// Returns the id that is said of a place, if a place of its country can have it.
fn own_id<'s>(said: &Said<'s>, country: &str) -> Option<&'s str> {
    Some(said.id).filter(|own| is_id(own, country))
}
