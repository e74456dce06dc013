//! Who is twinned with whom: by the registry, and by lists that are being taken over.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use crate::model::Registry;

/// Who is twinned with whom.
pub(super) struct Partners<'r> {
    registry: &'r Registry<'r>,
    /// The partners of each party that the registry has, once they are asked for.
    recorded: OnceCell<HashMap<&'r str, HashSet<&'r str>>>,
    /// Those that the last pass has added.
    added: HashMap<String, HashSet<String>>,
    /// Those that this pass adds.
    adding: HashMap<String, HashSet<String>>,
}

impl<'r> Partners<'r> {
    /// Begins with those of a registry.
    pub(super) fn of(registry: &'r Registry<'r>) -> Partners<'r> {
        Partners { registry, recorded: OnceCell::new(), added: HashMap::default(), adding: HashMap::default() }
    }

    /// Notes a pair that is added, for the next pass.
    pub(super) fn add(&mut self, [a, b]: [&str; 2]) {
        for [one, other] in [[a, b], [b, a]] {
            self.adding.entry(one.to_owned()).or_default().insert(other.to_owned());
        }
    }

    /// Tells whether a place has a partner, both by their ids, by the registry or by the last pass.
    pub(super) fn has(&self, place: &str, other: &str) -> bool {
        self.recorded().get(place).is_some_and(|ids| ids.contains(other))
            || self.added.get(place).is_some_and(|ids| ids.contains(other))
    }

    /// Ends a pass. Returns whether the next one may be told otherwise.
    pub(super) fn turn(&mut self) -> bool {
        let added = std::mem::replace(&mut self.added, std::mem::take(&mut self.adding));
        let was_asked = self.recorded.get().is_some();
        was_asked && added != self.added
    }

    fn recorded(&self) -> &HashMap<&'r str, HashSet<&'r str>> {
        self.recorded.get_or_init(|| {
            let mut recorded: HashMap<_, HashSet<_>> = HashMap::default();
            for [one, other] in self.registry.partnerships().flat_map(|row| [[row.a(), row.b()], [row.b(), row.a()]]) {
                recorded.entry(one).or_default().insert(other);
            }
            recorded
        })
    }
}
