//! Where a place is that a row says: its name, its region and its country, out of all cells that tell of them.

use super::name::{Name, region_and_country};
use super::{NotFound, Places, Refusal};
use crate::edit::place::is_state;
use crate::import::statement::Said;
use crate::query::fold::fold;
use crate::query::{Candidate, FindError, countries, find};

impl<'r> Places<'r> {
    /// Reads the name, the region and the country out of all that is said of them.
    pub(super) fn whereabouts<'s>(
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
        let is_name = || !self.index.named(&[fold(name)], |number| self.index.country(number) == code).is_empty();
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
}
