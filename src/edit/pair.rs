//! Partnerships that are added and removed.

use super::draft::Draft;
use super::record::Record;
use crate::model::{Municipality, Network, NetworkType, Registry, Table};

/// Returns the ids of two parties in canonical order: the side at home first; if both or neither are, the smaller id.
pub fn ordered<'r>(registry: &Registry<'_>, one: Municipality<'r>, other: Municipality<'r>) -> [&'r str; 2] {
    order(registry, [one.id(), one.country()], [other.id(), other.country()])
}

/// Returns two ids in canonical order, each given with the code of its country.
pub fn order<'r>(registry: &Registry<'_>, one: [&'r str; 2], other: [&'r str; 2]) -> [&'r str; 2] {
    let rank = |[id, country]: [&'r str; 2]| (!registry.is_home(country), id);
    if rank(other) < rank(one) { [other[0], one[0]] } else { [one[0], other[0]] }
}

/// Removes a partnership and its events, in whichever order it is entered. What sources claim of it stays.
pub fn remove(draft: &mut Draft<'_>, partnership: &Record) {
    let [a, b] = ["a", "b"].map(|side| partnership.get(side).to_owned());
    let events: Vec<Record> = draft.registry.events(&a, &b).map(|event| Record::of(event.row())).collect();
    draft.delete(Table::Partnerships, &[&a, &b]);
    events.iter().for_each(|event| draft.delete(Table::Events, &event.key()));
}

/// Returns the networks and associations, not the chains and offices, that both are in: a membership is no twinning.
pub fn fellow_memberships<'r>(registry: &'r Registry<'_>, one: &str, other: &str) -> Vec<Network<'r>> {
    let is_in = |network: &Network<'_>, id: &str| {
        registry.members_of(network.id()).any(|member| member.municipality() == id && member.until().is_none())
    };
    let counts = |network: &Network<'_>| {
        matches!(network.network_type(), Some(NetworkType::Network | NetworkType::Association))
            && network.until().is_none()
    };
    registry.networks().filter(|network| counts(network) && is_in(network, one) && is_in(network, other)).collect()
}
