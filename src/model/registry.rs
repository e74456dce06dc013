//! The registry: its tables, its home countries, and how rows find each other.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::HashSet;
use foldhash::quality::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::grid::Grid;
use super::schema::Table;
use super::tables::{
    Claim, Contact, Country, Declaration, Event, Member, Merger, Municipality, Network, Partnership, Source,
};

/// A registry, borrowed from the text of its files. What a cell means is checked when it is loaded; references may
/// dangle.
#[derive(Debug, Default)]
pub struct Registry<'a> {
    grids: Vec<Grid<'a>>,
    /// The codes of the home countries.
    pub home: Vec<String>,
    /// `datapackage.json`, as it stands; empty if there is none.
    pub package: Cow<'a, str>,
    /// `journal.jsonl`, as it stands; empty if there is none.
    pub journal: Cow<'a, str>,
    /// For each party the number of its country's row.
    countries: OnceLock<Vec<u32>>,
    resolved: OnceLock<Resolved>,
    eventful: OnceLock<Eventful>,
}

/// The number of a row that is not there.
const DANGLES: u32 = u32::MAX;

/// What the ids of many partnerships mean.
#[derive(Debug)]
struct Resolved {
    ids: Numbers,
    /// For each partnership the numbers of its parties' rows, or that it was not asked for them.
    parties: Vec<[u32; 2]>,
}

/// Stands for both parties of a partnership that nobody has asked for.
const UNASKED: [u32; 2] = [DANGLES - 1; 2];

/// The numbers of a table's rows by the 64-bit hashes of their ids, under a random key.
///
/// The ids themselves are not compared again: where the file has them, that would cost a memory access each, most of what
/// looking up costs. Two ids of the table never share a hash; that one which dangles shares a hash with one of a million
/// has a chance of 1 in 10¹³, and means one dangling reference less in the counts of that run.
#[derive(Debug)]
struct Numbers {
    hasher: RandomState,
    numbers: HashTable<(u64, u32)>,
}

impl Numbers {
    /// Numbers the rows by their first columns.
    fn of(grid: &Grid<'_>) -> Numbers {
        loop {
            let hasher = RandomState::default();
            let mut numbers = HashTable::with_capacity(grid.len());
            let id = |number: u32| grid.row(number as usize).get(0);
            let distinct = (0..grid.len() as u32).all(|number| {
                let hash = hasher.hash_one(id(number));
                match numbers.entry(hash, |(known, _)| *known == hash, |(known, _)| *known) {
                    Entry::Vacant(free) => {
                        free.insert((hash, number));
                        true
                    }
                    Entry::Occupied(taken) => id(taken.get().1) == id(number),
                }
            });
            if distinct {
                return Numbers { hasher, numbers };
            }
        }
    }

    /// Returns the number of the row whose first column is the id, else [`DANGLES`].
    fn get(&self, id: &str) -> u32 {
        let hash = self.hasher.hash_one(id);
        self.numbers.find(hash, |(known, _)| *known == hash).map_or(DANGLES, |(_, number)| *number)
    }

    /// Returns what does the same, for ids that often come several times in a row.
    fn one_after_another<'i>(&self) -> impl FnMut(&'i str) -> u32 {
        let mut last = ("", self.get(""));
        move |id| {
            if id != last.0 {
                last = (id, self.get(id));
            }
            last.1
        }
    }
}

/// The pairs to which something happened, by hashes under a random key. Most have no events, and to learn that from here
/// costs a tenth of searching the table. A pair of which only the hash is here is searched for in vain.
#[derive(Debug)]
struct Eventful {
    hasher: RandomState,
    pairs: HashSet<u64>,
}

macro_rules! rows {
    ($($method:ident $View:ident $doc:literal;)+) => {$(
        #[doc = concat!("Returns the ", $doc, ", in the order of the file.")]
        pub fn $method(&self) -> impl ExactSizeIterator<Item = $View<'_>> {
            self.grid($View::TABLE).rows().map($View::from)
        }
    )+};
}

impl<'a> Registry<'a> {
    /// Makes a registry of its tables, in the order of [`Table::ALL`].
    pub fn new(grids: [Grid<'a>; Table::ALL.len()], home: Vec<String>) -> Registry<'a> {
        Registry { grids: grids.into(), home, ..Registry::default() }
    }

    /// Returns a table.
    pub fn grid(&self, table: Table) -> &Grid<'a> {
        &self.grids[table as usize]
    }

    rows! {
        countries Country "countries and territories";
        municipalities Municipality "parties";
        partnerships Partnership "partnerships";
        events_of_all Event "events of all partnerships";
        claims Claim "claims";
        declarations Declaration "declared totals";
        networks Network "networks";
        members Member "memberships";
        mergers Merger "edges of municipal changes";
        contacts Contact "contacts";
        sources Source "sources";
    }

    /// Finds a country by its code.
    pub fn country(&self, code: &str) -> Option<Country<'_>> {
        self.grid(Table::Countries).find(&[code]).map(Country::from)
    }

    /// Finds a party by its id.
    pub fn municipality(&self, id: &str) -> Option<Municipality<'_>> {
        match self.resolved.get() {
            // What is found by its hash is held against the id.
            Some(Resolved { ids, .. }) => {
                let found =
                    Some(ids.get(id)).filter(|number| *number != DANGLES).map(|number| self.municipality_at(number));
                found.filter(|place| place.id() == id)
            }
            None => self.grid(Table::Municipalities).find(&[id]).map(Municipality::from),
        }
    }

    /// Finds a source by its id.
    pub fn source(&self, id: &str) -> Option<Source<'_>> {
        self.grid(Table::Sources).find(&[id]).map(Source::from)
    }

    /// Finds a network by its id.
    pub fn network(&self, id: &str) -> Option<Network<'_>> {
        self.grid(Table::Networks).find(&[id]).map(Network::from)
    }

    /// Finds the partnership of two parties, in whichever order it is entered.
    pub fn partnership(&self, one: &str, other: &str) -> Option<Partnership<'_>> {
        let grid = self.grid(Table::Partnerships);
        grid.find(&[one, other]).or_else(|| grid.find(&[other, one])).map(Partnership::from)
    }

    /// Returns what happened to a partnership, in the order of the dates' texts.
    pub fn events<'r>(&'r self, a: &str, b: &str) -> impl ExactSizeIterator<Item = Event<'r>> + use<'r, 'a> {
        let may_be = self.resolved.get().is_none() || {
            let Eventful { hasher, pairs } = self.eventful.get_or_init(|| self.eventful());
            pairs.contains(&hasher.hash_one((a, b)))
        };
        self.grid(Table::Events).range_if(may_be, &[a, b]).map(Event::from)
    }

    fn eventful(&self) -> Eventful {
        let hasher = RandomState::default();
        Eventful { pairs: self.events_of_all().map(|event| hasher.hash_one((event.a(), event.b()))).collect(), hasher }
    }

    /// Returns the members of a network.
    pub fn members_of<'r>(&'r self, network: &str) -> impl ExactSizeIterator<Item = Member<'r>> + use<'r, 'a> {
        self.grid(Table::Members).range(&[network]).map(Member::from)
    }

    /// Returns the declared totals of a party or a country.
    pub fn declared_by<'r>(&'r self, subject: &str) -> impl ExactSizeIterator<Item = Declaration<'r>> + use<'r, 'a> {
        self.grid(Table::Declarations).range(&[subject]).map(Declaration::from)
    }

    /// Tells whether a country is one of the registry's own.
    pub fn is_home(&self, country: &str) -> bool {
        self.home.iter().any(|code| code == country)
    }

    /// Returns a row of `countries` by its number.
    pub fn country_at(&self, number: u32) -> Country<'_> {
        Country::from(self.grid(Table::Countries).row(number as usize))
    }

    /// Returns a row of `municipalities` by its number.
    pub fn municipality_at(&self, number: u32) -> Municipality<'_> {
        Municipality::from(self.grid(Table::Municipalities).row(number as usize))
    }

    /// Returns a row of `partnerships` by its number.
    pub fn partnership_at(&self, number: u32) -> Partnership<'_> {
        Partnership::from(self.grid(Table::Partnerships).row(number as usize))
    }

    /// Returns the numbers of the rows of a partnership's parties; `None` where an id dangles.
    #[inline]
    pub fn party_numbers(&self, partnership: u32) -> [Option<u32>; 2] {
        match self.resolved.get().map(|resolved| resolved.parties[partnership as usize]) {
            Some(parties) if parties != UNASKED => parties.map(|number| (number != DANGLES).then_some(number)),
            _ => self.search_parties(partnership),
        }
    }

    fn search_parties(&self, partnership: u32) -> [Option<u32>; 2] {
        let partnership = self.partnership_at(partnership);
        [partnership.a(), partnership.b()].map(|id| match self.resolved.get() {
            Some(Resolved { ids, .. }) => Some(ids.get(id)).filter(|number| *number != DANGLES),
            None => Some(self.municipality(id)?.row().number() as u32),
        })
    }

    /// Returns the parties of a partnership; `None` where an id dangles.
    pub fn parties(&self, partnership: u32) -> [Option<Municipality<'_>>; 2] {
        self.party_numbers(partnership).map(|number| Some(self.municipality_at(number?)))
    }

    /// Returns the numbers of the rows of the parties' countries; `None` where an id or a code dangles.
    #[inline]
    pub fn countries_of(&self, partnership: u32) -> [Option<u32>; 2] {
        self.party_numbers(partnership).map(|number| self.country_of(number?))
    }

    /// Returns the number of the row of a party's country; `None` where the code dangles.
    #[inline]
    pub fn country_of(&self, municipality: u32) -> Option<u32> {
        if let Some(countries) = self.countries.get() {
            return Some(countries[municipality as usize]).filter(|country| *country != DANGLES);
        }
        self.search_country(municipality)
    }

    fn search_country(&self, municipality: u32) -> Option<u32> {
        Some(self.country(self.municipality_at(municipality).country())?.row().number() as u32)
    }

    /// Looks up the countries of all parties, for a question about many of them.
    pub fn resolve_countries(&self) {
        self.countries.get_or_init(|| {
            let codes = Numbers::of(self.grid(Table::Countries));
            let mut country = codes.one_after_another();
            self.municipalities().map(|place| country(place.country())).collect()
        });
    }

    /// Looks up the parties of all partnerships, and their countries, for a question about many of them.
    pub fn resolve_all(&self) {
        self.resolve_countries();
        self.resolve(None);
    }

    /// Looks up the parties of some partnerships, or of all.
    pub fn resolve(&self, rows: Option<&[u32]>) {
        self.resolved.get_or_init(|| {
            let ids = Numbers::of(self.grid(Table::Municipalities));
            Resolved { parties: self.look_up(&ids, rows), ids }
        });
    }

    fn look_up(&self, ids: &Numbers, rows: Option<&[u32]>) -> Vec<[u32; 2]> {
        let mut first = ids.one_after_another();
        let Some(rows) = rows else {
            return self.partnerships().map(|row| [first(row.a()), ids.get(row.b())]).collect();
        };
        let mut parties = vec![UNASKED; self.partnerships().len()];
        for number in rows {
            let row = self.partnership_at(*number);
            parties[*number as usize] = [first(row.a()), ids.get(row.b())];
        }
        parties
    }
}
