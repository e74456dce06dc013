//! What is recorded where bodies declare totals.

use std::collections::BTreeSet;

use foldhash::HashMap;

use crate::model::vocabulary::Declared;
use crate::model::{Kind, Municipality, PlaceType, Registry, Status};

/// What is recorded of one body: a party, or a country with its territories.
#[derive(Clone, Debug, Default)]
pub struct Recorded<'r> {
    /// Its active partnerships: twinnings with partners that are no regions, those with regions, friendships, partners,
    /// contacts, and all.
    counts: [usize; 6],
    /// Its municipalities that have one.
    with: BTreeSet<&'r str>,
    /// The countries of the partners.
    countries: BTreeSet<&'r str>,
}

impl Recorded<'_> {
    /// Returns what a declared total of a kind is about.
    pub fn count(&self, kind: Declared) -> usize {
        match kind {
            Declared::Twin => self.counts[0],
            Declared::TwinRegion => self.counts[1],
            Declared::Friendship => self.counts[2],
            Declared::Partner => self.counts[3],
            Declared::Contact => self.counts[4],
            Declared::Any => self.counts[5],
            Declared::Municipalities => self.with.len(),
            Declared::Countries => self.countries.len(),
        }
    }
}

/// Counts what is recorded of bodies, by their ids or the codes of their countries, in one walk over the partnerships.
pub fn recorded<'r>(
    registry: &'r Registry<'_>,
    subjects: impl IntoIterator<Item = &'r str>,
) -> HashMap<&'r str, Recorded<'r>> {
    let mut found: HashMap<&str, Recorded<'r>> =
        subjects.into_iter().map(|subject| (subject, Recorded::default())).collect();
    if found.is_empty() {
        return found;
    }
    let is_of_countries = found.keys().any(|subject| registry.country(subject).is_some());
    for (partnership, row) in registry.partnerships().zip(0..) {
        let ids = [partnership.a(), partnership.b()];
        let may_be_about = is_of_countries || ids.iter().any(|id| found.contains_key(id));
        if !may_be_about || partnership.status() != Some(Status::Active) {
            continue;
        }
        let parties = registry.parties(row);
        // A party is its own, its country's, and that of the state its country is part of.
        let own = [0, 1].map(|side| {
            let country = parties[side].and_then(|party| registry.country(party.country()));
            [Some(ids[side]), country.map(|country| country.code()), country.map(|country| country.part_of())]
        });
        let mut subjects: Vec<&str> =
            own.iter().flatten().flatten().copied().filter(|subject| found.contains_key(subject)).collect();
        subjects.sort_unstable();
        subjects.dedup();
        for subject in subjects {
            let Some(recorded) = found.get_mut(subject) else { continue };
            let own = own.map(|own| own.contains(&Some(subject)));
            let partner = parties[usize::from(own[0])];
            let is_region = partner.and_then(Municipality::place_type) == Some(PlaceType::Region);
            let sort = partnership.kind().map(|kind| match kind {
                Kind::Twin => usize::from(is_region),
                Kind::Friendship => 2,
                Kind::Partner => 3,
                Kind::Contact => 4,
            });
            sort.into_iter().chain([5]).for_each(|sort| recorded.counts[sort] += 1);
            for side in [0, 1].into_iter().filter(|side| own[*side]) {
                if parties[side].is_some_and(|party| party.place_type() == Some(PlaceType::Municipality)) {
                    recorded.with.insert(ids[side]);
                }
            }
            if let (Some(partner), false) = (partner, own == [true, true]) {
                recorded.countries.insert(partner.country());
            }
        }
    }
    found
}
