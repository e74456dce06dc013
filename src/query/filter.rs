//! Which partnerships are meant: the conditions that every asking and every bulk command takes.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::fold::fold;
use super::membership::{Spell, spell};
use super::standing::{Standing, standing_on};
use crate::model::{Country, Kind, Member, Municipality, PartialDate, Partnership, PlaceType, Registry, Status, Truth};

/// A country and whether its territories count with it (`DK+`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryChoice {
    /// The code.
    pub code: String,
    /// Whether what is part of it is meant as well.
    pub with_territories: bool,
}

/// The conditions; an empty one selects what is in force. Names are resolved: ids and codes of the registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The parties one of which it must be of; with several as `pair`, both sides must be among them.
    pub places: Vec<String>,
    /// Whether both sides must be among the places.
    pub pair: bool,
    /// The partner's country; where both or neither side is at home, either side's.
    pub countries: Vec<CountryChoice>,
    /// The region of the home side.
    pub regions: Vec<String>,
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// The statuses; none is what is in force.
    pub statuses: Vec<Status>,
    /// Every status.
    pub all: bool,
    /// The themes, in any spelling.
    pub themes: Vec<String>,
    /// The networks that both sides are members of.
    pub networks: Vec<String>,
    /// What the partner is.
    pub types: Vec<PlaceType>,
    /// Begun before.
    pub started_before: Option<PartialDate>,
    /// Begun after.
    pub started_after: Option<PartialDate>,
    /// Ended before.
    pub ended_before: Option<PartialDate>,
    /// Ended after.
    pub ended_after: Option<PartialDate>,
    /// The registry as it stood at the end of that day.
    pub as_of: Option<Date>,
    /// Never verified.
    pub unverified: bool,
    /// A source it rests on.
    pub sources: Vec<String>,
    /// What may match as well.
    pub maybe: bool,
}

/// One partnership of a selection: its row, which side is the place, and its status (on the day, if one was asked for).
#[derive(Clone, Copy, Debug)]
pub struct Selected {
    /// The number of its row.
    pub row: u32,
    /// Whether the place is the second party.
    pub flipped: bool,
    /// Its status.
    pub status: Option<Status>,
}

/// What a filter selects, and what it leaves out that its reader should know of.
#[derive(Debug, Default)]
pub struct Selection {
    /// The partnerships, in the order of the file.
    pub rows: Vec<Selected>,
    /// The day asked for.
    pub as_of: Option<Date>,
    /// How many are historic and were not asked for.
    pub historic: usize,
    /// How many may match, for want of an exact date; with `maybe` they are among the rows.
    pub maybe: usize,
    /// How many match but for being with a territory of a country asked for, by its code.
    pub territories: BTreeMap<String, usize>,
    /// Of the rows on a day: how many have no known start and are counted as begun.
    pub start_unknown: usize,
    /// Of the rows on a day: how many may have had another status by then.
    pub uncertain: usize,
    /// On a day: how many are left out because nobody knows when they ended.
    pub end_unknown: usize,
}

impl Selected {
    /// Returns the ids of the place and the partner.
    pub fn ids<'r>(self, registry: &'r Registry<'_>) -> [&'r str; 2] {
        let partnership = registry.partnership_at(self.row);
        let [a, b] = [partnership.a(), partnership.b()];
        if self.flipped { [b, a] } else { [a, b] }
    }

    /// Returns the numbers of the rows of the place and the partner; `None` where the id dangles.
    pub fn parties(self, registry: &Registry<'_>) -> [Option<u32>; 2] {
        let [a, b] = registry.party_numbers(self.row);
        if self.flipped { [b, a] } else { [a, b] }
    }

    /// Returns the place and the partner; `None` where the id dangles.
    pub fn sides<'r>(self, registry: &'r Registry<'_>) -> [Option<Municipality<'r>>; 2] {
        self.parties(registry).map(|number| Some(registry.municipality_at(number?)))
    }
}

impl CountryChoice {
    /// Tells whether a country is meant.
    pub fn holds(&self, country: Country<'_>) -> bool {
        self.code == country.code() || (self.with_territories && self.code == country.part_of())
    }
}

impl Filter {
    /// Tells whether it has any condition but places.
    pub fn has_conditions(&self) -> bool {
        let places_alone = Filter { places: self.places.clone(), pair: self.pair, all: self.all, ..Filter::default() };
        *self != places_alone
    }

    /// Selects the partnerships of a registry that meet all conditions.
    pub fn select(&self, registry: &Registry<'_>) -> Selection {
        let mut selection = Selection { as_of: self.as_of, ..Selection::default() };
        if self.places.is_empty() {
            registry.resolve_countries();
        }
        let prepared = Prepared::new(self, registry);
        let rows = prepared.rows();
        if self.places.is_empty() {
            registry.resolve(rows.as_deref());
        }
        let all = 0..if rows.is_none() { registry.partnerships().len() as u32 } else { 0 };
        for row in rows.into_iter().flatten().chain(all) {
            prepared.judge(registry.partnership_at(row), row, &mut selection);
        }
        selection
    }
}

/// A filter made ready for many rows.
struct Prepared<'f, 'r> {
    filter: &'f Filter,
    registry: &'r Registry<'r>,
    themes: Vec<String>,
    members: Vec<HashSet<&'r str>>,
    /// What each country is to the filter, by the number of its row.
    countries: Vec<Standpoint>,
}

impl<'f, 'r> Prepared<'f, 'r> {
    fn new(filter: &'f Filter, registry: &'r Registry<'r>) -> Prepared<'f, 'r> {
        let in_it =
            |member: &Member<'_>| matches!(spell(member.since(), member.until(), filter.as_of), Spell::Is { .. });
        let members =
            |network: &String| registry.members_of(network).filter(in_it).map(|member| member.municipality()).collect();
        let countries: Vec<Standpoint> =
            registry.countries().map(|country| Standpoint::of(country, filter, registry)).collect();
        Prepared {
            filter,
            registry,
            themes: filter.themes.iter().map(|theme| fold(theme)).collect(),
            members: filter.networks.iter().map(members).collect(),
            countries,
        }
    }

    /// Returns the partnerships that can be with a country asked for; `None` is all.
    ///
    /// They have a party whose id begins as that of some party there does. Mostly that are the letters of the country,
    /// but nothing relies on it. It spares looking up the parties of all the others.
    fn rows(&self) -> Option<Vec<u32>> {
        if self.filter.countries.is_empty() || !self.filter.places.is_empty() {
            return None;
        }
        let beginning = |id: &str| id.as_bytes().first_chunk::<2>().copied();
        let mut beginnings = Vec::new();
        for (place, number) in self.registry.municipalities().zip(0..) {
            let country = self.registry.country_of(number);
            let may_be_chosen = country.is_some_and(|country| self.countries[country as usize].chosen != Chosen::No);
            if may_be_chosen && !beginnings.contains(&beginning(place.id())) {
                beginnings.push(beginning(place.id()));
            }
        }
        let is_one = |id: &str| beginnings.contains(&beginning(id));
        let rows = self.registry.partnerships().zip(0..);
        Some(rows.filter(|(row, _)| is_one(row.a()) || is_one(row.b())).map(|(_, number)| number).collect())
    }

    /// Adds a partnership to the selection, or to the counts of what is left out.
    fn judge(&self, partnership: Partnership<'r>, row: u32, selection: &mut Selection) {
        let filter = self.filter;
        let mut asked = [false; 2];
        if !filter.places.is_empty() {
            asked = [partnership.a(), partnership.b()].map(|id| filter.places.iter().any(|place| place == id));
            if !(if filter.pair { asked[0] && asked[1] } else { asked[0] || asked[1] }) {
                return;
            }
        }
        let standpoint =
            |number: Option<u32>| number.map_or(Standpoint::default(), |number| self.countries[number as usize]);
        let countries = self.registry.countries_of(row).map(standpoint);
        let flipped = match asked {
            [true, _] => false,
            [_, true] => true,
            _ => countries[1].is_home && !countries[0].is_home,
        };
        // First what leaves out most.
        let chosen = self.chosen(asked, flipped, countries);
        if chosen == Chosen::No {
            return;
        }
        if !filter.kinds.is_empty() && !partnership.kind().is_some_and(|kind| filter.kinds.contains(&kind)) {
            return;
        }
        let mut flags = (false, false);
        let status = match filter.as_of {
            None => partnership.status(),
            Some(day) => match standing_on(self.registry, partnership, day).0 {
                Standing::NotBegun => return,
                Standing::Unknown => None,
                Standing::Was { status, uncertain, start_unknown } => {
                    flags = (uncertain, start_unknown);
                    Some(status)
                }
            },
        };
        let end_unknown = filter.as_of.is_some() && status.is_none();
        if !filter.statuses.is_empty()
            && !end_unknown
            && !status.is_some_and(|status| filter.statuses.contains(&status))
        {
            return;
        }
        let dates = self.dates(partnership, status);
        if dates == Truth::No || !self.texts(partnership) {
            return;
        }
        if !self.types_and_regions(row, flipped, countries) {
            return;
        }
        let is_shown = filter.all || !filter.statuses.is_empty() || status != Some(Status::Historic);
        if let Chosen::Territory(number) = chosen {
            if is_shown && !end_unknown {
                let code = self.registry.country_at(number).code().to_owned();
                *selection.territories.entry(code).or_default() += 1;
            }
            return;
        }
        if end_unknown {
            selection.end_unknown += 1;
            return;
        }
        if !is_shown {
            selection.historic += 1;
            return;
        }
        if dates == Truth::Maybe {
            selection.maybe += 1;
            if !filter.maybe {
                return;
            }
        }
        selection.uncertain += usize::from(flags.0);
        selection.start_unknown += usize::from(flags.1);
        selection.rows.push(Selected { row, flipped, status });
    }

    /// Judges what the partner is, and the region of the sides at home.
    fn types_and_regions(&self, row: u32, flipped: bool, countries: [Standpoint; 2]) -> bool {
        let Filter { types, regions, .. } = self.filter;
        if types.is_empty() && regions.is_empty() {
            return true;
        }
        let parties = self.registry.parties(row);
        let partner = parties[usize::from(!flipped)].and_then(Municipality::place_type);
        let in_region = |place: Municipality<'_>| regions.iter().any(|region| region == place.region());
        let mut sides = parties.into_iter().zip(countries);
        (types.is_empty() || partner.is_some_and(|is| types.contains(&is)))
            && (regions.is_empty() || sides.any(|(party, country)| country.is_home && party.is_some_and(in_region)))
    }

    /// Judges the partner's country, or either side's where both or neither is at home and no place was asked for.
    fn chosen(&self, asked: [bool; 2], flipped: bool, countries: [Standpoint; 2]) -> Chosen {
        if self.filter.countries.is_empty() {
            return Chosen::Yes;
        }
        let [place, partner] = if flipped { [countries[1], countries[0]] } else { countries };
        let either = asked == [false, false] && place.is_home == partner.is_home;
        if either { partner.chosen.max(place.chosen) } else { partner.chosen }
    }

    fn dates(&self, partnership: Partnership<'_>, status: Option<Status>) -> Truth {
        let filter = self.filter;
        let holds = |date: Option<PartialDate>,
                     bound: Option<PartialDate>,
                     compare: fn(PartialDate, PartialDate) -> Truth| match (date, bound) {
            (_, None) => Truth::Yes,
            (None, Some(_)) => Truth::Maybe,
            (Some(date), Some(bound)) => compare(date, bound),
        };
        let start = || partnership.start();
        let mut truth = Truth::Yes;
        if filter.started_before.is_some() || filter.started_after.is_some() {
            truth = holds(start(), filter.started_before, PartialDate::before);
            truth = truth.and(holds(start(), filter.started_after, PartialDate::after));
        }
        if filter.ended_before.is_some() || filter.ended_after.is_some() {
            if partnership.end().is_none() && status != Some(Status::Historic) {
                return Truth::No;
            }
            truth = truth.and(holds(partnership.end(), filter.ended_before, PartialDate::before));
            truth = truth.and(holds(partnership.end(), filter.ended_after, PartialDate::after));
        }
        truth
    }

    /// Judges the conditions on the partnership's own texts, and on its parties' memberships.
    fn texts(&self, partnership: Partnership<'_>) -> bool {
        let filter = self.filter;
        let theme = || partnership.themes().any(|theme| self.themes.contains(&fold(theme)));
        let source = || partnership.sources().any(|source| filter.sources.iter().any(|id| id == source));
        let network = || self.members.iter().any(|set| set.contains(partnership.a()) && set.contains(partnership.b()));
        (!filter.unverified || partnership.verified_on().is_none())
            && (self.themes.is_empty() || theme())
            && (filter.sources.is_empty() || source())
            && (self.members.is_empty() || network())
    }
}

/// What a country is to a filter.
#[derive(Clone, Copy, Default)]
struct Standpoint {
    is_home: bool,
    chosen: Chosen,
}

/// Whether a country is one that was asked for.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Chosen {
    #[default]
    No,
    /// No, but it is a territory of one; the number of its row.
    Territory(u32),
    Yes,
}

impl Standpoint {
    fn of(country: Country<'_>, filter: &Filter, registry: &Registry<'_>) -> Standpoint {
        let (code, state) = (country.code(), country.part_of());
        let chosen = if filter.countries.iter().any(|choice| choice.holds(country)) {
            Chosen::Yes
        } else if filter.countries.iter().any(|choice| choice.code == state) {
            Chosen::Territory(country.row().number() as u32)
        } else {
            Chosen::No
        };
        Standpoint { is_home: registry.is_home(code), chosen }
    }
}
