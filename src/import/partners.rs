//! Who is twinned with whom: by the registry, and by lists that are being taken over.

use foldhash::{HashMap, HashSet};

use crate::model::Registry;

/// Who is twinned with whom.
#[derive(Default)]
pub(super) struct Partners<'r> {
    /// The partners of each party that the registry has, once they are asked for.
    recorded: HashMap<&'r str, HashSet<&'r str>>,
    /// Those that lists have added.
    added: HashMap<String, HashSet<String>>,
}

impl<'r> Partners<'r> {
    /// Notes those of a registry, if they are not yet.
    pub(super) fn of_registry(&mut self, registry: &'r Registry<'r>) {
        if self.recorded.is_empty() {
            for [one, other] in registry.partnerships().flat_map(|row| [[row.a(), row.b()], [row.b(), row.a()]]) {
                self.recorded.entry(one).or_default().insert(other);
            }
        }
    }

    /// Notes a pair that is added.
    pub(super) fn add(&mut self, [a, b]: [&str; 2]) {
        for [one, other] in [[a, b], [b, a]] {
            self.added.entry(one.to_owned()).or_default().insert(other.to_owned());
        }
    }

    /// Tells whether a place has a partner, both by their ids.
    pub(super) fn has(&self, place: &str, other: &str) -> bool {
        self.recorded.get(place).is_some_and(|ids| ids.contains(other))
            || self.added.get(place).is_some_and(|ids| ids.contains(other))
    }
}
