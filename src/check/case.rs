//! What rules look at: a registry, a day, and what was seen while it was read.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};
use jiff::civil::Date;

use super::alike::{Alike, alike};
use super::extent::Extent;
use super::finding::Mark;
use super::places::degrees;
use super::rows::{Place, each_row};
use crate::model::fault::Fault;
use crate::model::vocabulary::Declared;
use crate::model::{MergerKind, PartialDate, Registry, Row, Table, Truth};
use crate::query::review::is_recent;

/// What rules look at.
pub struct Case<'r> {
    /// The registry, as far as it could be read.
    pub registry: &'r Registry<'r>,
    /// Today.
    pub today: Date,
    /// The day by which a partnership must have been verified, to be so still.
    pub verified_by: Date,
    /// What was seen while it was read.
    pub seen: Seen<'r>,
    alike: OnceCell<Vec<Alike>>,
    pub(super) parties: OnceCell<Parties<'r>>,
    strays: OnceCell<Vec<Row<'r>>>,
    home: OnceCell<Vec<bool>>,
    extents: OnceCell<Vec<Option<Extent>>>,
    /// The networks and associations that places are members of.
    pub(super) memberships: OnceCell<HashMap<&'r str, HashSet<&'r str>>>,
    /// Which bodies say that they have none of a kind.
    pub(super) none: OnceCell<HashSet<(&'r str, Declared)>>,
    changes: OnceCell<Changes<'r>>,
    this_year: [u8; 4],
    verified_year: [u8; 4],
}

/// What is known of all parties, by the numbers of their rows.
pub struct Parties<'r> {
    /// The national codes of those that have one.
    pub codes: Vec<(u32, &'r str)>,
    /// Their Wikidata items.
    pub items: Vec<&'r str>,
    /// Where they lie: degrees north and east; `NaN` where that is not known.
    pub positions: Vec<[f32; 2]>,
    /// When they were dissolved, those that are.
    pub dissolved: HashMap<u32, PartialDate>,
}

/// What municipal changes have made of places.
#[derive(Default)]
pub struct Changes<'r> {
    /// When a split or a new name made a place.
    pub born: HashMap<&'r str, PartialDate>,
    /// The places that went into others.
    pub gone: HashSet<&'r str>,
}

/// What was seen while a registry was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'r> {
    /// What is wrong with its tables.
    pub faults: &'r [Fault],
    /// The lines of the journal that are none, with the file, line and column.
    pub bad_lines: &'r [Mark],
    /// The files that hold decomposed letters, and where they differ from what would be written.
    pub decomposed: &'r [Mark],
    /// The files that are not written canonically in another way, and where.
    pub uncanonical: &'r [Mark],
}

impl<'r> Case<'r> {
    /// Makes a case.
    pub fn new(registry: &'r Registry<'r>, today: Date, verified_by: Date, seen: Seen<'r>) -> Case<'r> {
        Case {
            registry,
            today,
            verified_by,
            seen,
            alike: OnceCell::new(),
            parties: OnceCell::new(),
            strays: OnceCell::new(),
            home: OnceCell::new(),
            extents: OnceCell::new(),
            memberships: OnceCell::new(),
            none: OnceCell::new(),
            changes: OnceCell::new(),
            this_year: year(today),
            verified_year: year(verified_by),
        }
    }

    /// Returns the places that look alike, by pairs.
    pub(super) fn alike(&self) -> &[Alike] {
        self.alike.get_or_init(|| alike(self))
    }

    /// Returns what is known of all parties.
    pub(super) fn parties(&self) -> &Parties<'r> {
        self.parties.get_or_init(|| self.each_place(|_| {}))
    }

    /// Calls `look` with every party, and returns what is known of them, all in one walk.
    pub(super) fn each_place(&self, mut look: impl FnMut(&Place<'r>)) -> Parties<'r> {
        let len = self.registry.municipalities().len();
        let mut parties = Parties {
            codes: Vec::new(),
            items: vec![""; len],
            positions: vec![[f32::NAN; 2]; len],
            dissolved: HashMap::default(),
        };
        let names = ["code", "lat", "lon", "wikidata", "website", "email", "policy", "dissolved", "note"];
        each_row(self.registry, Table::Municipalities, names, |row, cells| {
            let [code, lat, lon, item, website, email, policy, dissolved, note] = cells;
            let position = degrees(lat).and_then(|lat| Some([lat, degrees(lon)?]));
            look(&Place { row, position, lat, lon, website, email, policy, dissolved, note });
            let number = row.number();
            parties.items[number] = item;
            if let Some(position) = position {
                parties.positions[number] = position.map(|degrees| degrees as f32);
            }
            if !code.is_empty() {
                parties.codes.push((number as u32, code));
            }
            if !dissolved.is_empty() {
                let date = PartialDate::parse(dissolved).ok().filter(|date| date.by(self.today) != Truth::No);
                parties.dissolved.extend(date.map(|date| (number as u32, date)));
            }
        });
        parties
    }

    /// Returns when a place was dissolved, if that day has come.
    pub(super) fn dissolved(&self, place: Option<u32>) -> Option<PartialDate> {
        let dissolved = &self.parties().dissolved;
        if dissolved.is_empty() { None } else { dissolved.get(&place?).copied() }
    }

    /// Returns the rows of events and claims that name their pair in an order in which it is no partnership.
    pub(super) fn strays(&self) -> &[Row<'r>] {
        self.strays.get_or_init(|| {
            let partnerships = self.registry.grid(Table::Partnerships);
            let mut strays = Vec::new();
            for table in [Table::Events, Table::Claims] {
                // Both stand in the order of their pairs.
                let mut at = 0;
                for row in self.registry.grid(table).by_key() {
                    match partnerships.locate_from(at, &[row.get(0), row.get(1)]) {
                        Ok(found) => at = found,
                        Err(next) => {
                            at = next;
                            strays.push(row);
                        }
                    }
                }
            }
            strays
        })
    }

    /// Tells for each country whether it is one of the registry's own.
    pub(super) fn is_home(&self, country: Option<u32>) -> bool {
        let home = self
            .home
            .get_or_init(|| self.registry.countries().map(|country| self.registry.is_home(country.code())).collect());
        country.is_some_and(|country| home[country as usize])
    }

    /// Returns where the country of a party lies.
    pub(super) fn extent(&self, party: Row<'_>) -> Option<Extent> {
        let extents =
            self.extents.get_or_init(|| self.registry.countries().map(|country| Extent::of(country.code())).collect());
        extents[self.registry.country_of(party.number() as u32)? as usize]
    }

    /// Returns what municipal changes have made of places.
    pub(super) fn changes(&self) -> &Changes<'r> {
        self.changes.get_or_init(|| {
            let mut changes = Changes::default();
            for edge in self.registry.mergers() {
                changes.gone.insert(edge.before());
                let is_birth = matches!(edge.event(), Some(MergerKind::Split | MergerKind::Rename));
                if let Some(date) = edge.date().filter(|_| is_birth) {
                    let born = changes.born.entry(edge.after()).or_insert(date);
                    *born = std::cmp::min_by_key(*born, date, |date| date.order());
                }
            }
            changes
        })
    }

    /// Tells whether no place has come or gone, as far as is recorded.
    pub(super) fn is_unchanged(&self) -> bool {
        self.registry.mergers().len() == 0 && self.parties().dissolved.is_empty()
    }

    /// Tells whether a date lies in the future.
    pub(super) fn is_future(&self, text: &str) -> bool {
        // Most dates are of another year.
        match text.as_bytes().first_chunk::<4>() {
            None => false,
            Some(year) if year[0].is_ascii_digit() && *year < self.this_year => false,
            Some(_) => PartialDate::parse(text).is_ok_and(|date| date.by(self.today) == Truth::No),
        }
    }

    /// Tells whether a date of verification is recent enough.
    pub(super) fn is_recent(&self, text: &str) -> bool {
        match text.as_bytes().first_chunk::<4>() {
            None => false,
            Some(year) if year.iter().all(u8::is_ascii_digit) && *year > self.verified_year => true,
            Some(_) => PartialDate::parse(text).is_ok_and(|date| is_recent(date, self.verified_by)),
        }
    }
}

/// Returns the digits of a day's year; of one before our era those of its beginning.
fn year(day: Date) -> [u8; 4] {
    let mut digits = [b'0'; 4];
    let text = format!("{:04}", day.year().max(0));
    digits.copy_from_slice(&text.as_bytes()[..4]);
    digits
}
