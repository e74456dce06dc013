//! What bodies and sources say, against what is recorded: memberships, policies, totals, claims.

use foldhash::{HashMap, HashSet};

use super::finding::{Spot, What};
use super::{Case, Findings, Pair};
use crate::model::vocabulary::Declared;
use crate::model::{
    Claim, Declaration, Kind, Network, NetworkType, PartialDate, Partnership, PlaceType, Rank, Registry, Source, Table,
    Truth, Type,
};
use crate::query::declared::recorded;

/// Finds pairs in force of which both are in one network or association: a membership is no twinning.
pub fn fellow_members<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let memberships = case.memberships.get_or_init(|| {
        let registry = case.registry;
        let is_still = |until: Option<PartialDate>| until.is_none_or(|until| until.by(case.today) == Truth::No);
        let counts = |network: &Network<'r>| {
            matches!(network.network_type(), Some(NetworkType::Network | NetworkType::Association))
                && is_still(network.until())
        };
        let networks: HashSet<&str> = registry.networks().filter(counts).map(Network::id).collect();
        let mut memberships: HashMap<&str, HashSet<&str>> = HashMap::default();
        for member in
            registry.members().filter(|member| is_still(member.until()) && networks.contains(member.network()))
        {
            memberships.entry(member.municipality()).or_default().insert(member.network());
        }
        memberships
    });
    if memberships.is_empty() || !pair.is_in_force() {
        return;
    }
    let [Some(one), Some(other)] = pair.ids.map(|id| memberships.get(id)) else { return };
    let mut shared: Vec<&str> = one.intersection(other).copied().collect();
    shared.sort_unstable();
    for network in shared {
        findings.add(pair.at("kind"), What::Fellows { pair: pair.ids, network });
    }
}

fn declared(kind: Kind) -> Declared {
    match kind {
        Kind::Twin => Declared::Twin,
        Kind::Friendship => Declared::Friendship,
        Kind::Partner => Declared::Partner,
        Kind::Contact => Declared::Contact,
    }
}

/// Finds partnerships in force of a kind of which a party says that it has none.
pub fn policy<'r>(case: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    let none = case.none.get_or_init(|| {
        let none = case.registry.declarations().filter(|total| total.count() == "0");
        none.filter_map(|total| Some((total.subject(), total.kind()?))).collect()
    });
    if none.is_empty() || !pair.is_in_force() {
        return;
    }
    let Some(kind) = Kind::parse(pair.kind) else { return };
    for id in pair.ids.into_iter().filter(|id| none.contains(&(*id, declared(kind)))) {
        findings.add(pair.at("kind"), What::Policy { pair: pair.ids, id, kind });
    }
}

/// Finds declared totals that are not what is recorded. What is about so many may be a tenth off.
pub fn declared_total<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let registry = case.registry;
    if registry.declarations().len() == 0 {
        return;
    }
    let recorded = recorded(registry, registry.declarations().map(Declaration::subject));
    let municipalities = municipalities(registry);
    for total in registry.declarations() {
        let total: Declaration<'r> = total;
        let Some(kind) = total.kind() else { continue };
        let (is_about, number) = match total.count().strip_prefix('~') {
            Some(number) => (true, number),
            None => (false, total.count()),
        };
        let (is_share, number) = match number.strip_suffix('%') {
            Some(number) => (true, number),
            None => (false, number),
        };
        let Ok(stated) = number.parse::<usize>() else { continue };
        let is_known = registry.country(total.subject()).is_some() || registry.municipality(total.subject()).is_some();
        // Who breaks a policy is told there; who is unknown has nothing recorded.
        let is_policy = total.count() == "0"
            && matches!(kind, Declared::Twin | Declared::Friendship | Declared::Partner | Declared::Contact)
            && registry.municipality(total.subject()).is_some();
        if is_policy || !is_known {
            continue;
        }
        let found = recorded.get(total.subject()).map_or(0, |recorded| recorded.count(kind));
        let all = municipalities.get(total.subject()).copied().unwrap_or(1);
        let share = is_share.then(|| (found * 100 + all / 2) / all);
        let off = share.unwrap_or(found).abs_diff(stated);
        if off > if is_about { stated / 10 } else { 0 } {
            findings.add(Spot::of(total.row(), "count"), What::Total { total, kind, recorded: found, share });
        }
    }
}

/// Counts the municipalities of each country with its territories that there are today.
fn municipalities<'r>(registry: &'r Registry<'_>) -> HashMap<&'r str, usize> {
    let mut counts = HashMap::default();
    let places = registry.municipalities().filter(|place| place.place_type() == Some(PlaceType::Municipality));
    for place in places.filter(|place| place.dissolved().is_none()) {
        let country = registry.country(place.country());
        for code in country.iter().flat_map(|country| [country.code(), country.part_of()]) {
            *counts.entry(code).or_default() += 1;
        }
    }
    counts
}

/// Finds claims of a better source than any that the registry follows, where it says something else.
pub fn outranked<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    let registry = case.registry;
    let rank = |id: &str| registry.source(id).and_then(Source::rank).unwrap_or(Rank::Other);
    // The best source that says of a pair that it exists, or that it does not.
    let mut said: HashMap<([&str; 2], &str), Rank> = HashMap::default();
    for claim in registry.claims().filter(|claim| claim.field() == "exists") {
        let best = said.entry(([claim.a(), claim.b()], claim.value())).or_insert(Rank::Other);
        *best = (*best).min(rank(claim.source()));
    }
    let mut best_of: HashMap<usize, Option<Rank>> = HashMap::default();
    for claim in registry.claims() {
        let claim: Claim<'r> = claim;
        let (pair, source, value) = ([claim.a(), claim.b()], claim.source(), claim.value());
        let own = rank(source);
        let held = registry.partnership(claim.a(), claim.b());
        // What nobody vouches for stands below everything.
        let best =
            held.and_then(|held| *best_of.entry(held.row().number()).or_insert_with(|| held.sources().map(rank).min()));
        let is_better = best.is_none_or(|best| own < best);
        let at = Spot::of(claim.row(), "value");
        match (claim.field(), held) {
            ("exists", Some(_)) if value == "no" && is_better => findings.add(at, What::Denied { pair, source }),
            // What nobody denies is unconfirmed, and no more.
            ("exists", None) if value == "yes" && said.get(&(pair, "no")).is_some_and(|denied| own < *denied) => {
                findings.add(at, What::Outranked { claim, recorded: "no" });
            }
            ("exists", _) | (_, None) => {}
            (field, Some(held)) if is_better => {
                let recorded = cell(held, field);
                if disagree(field, value, recorded) {
                    findings.add(at, What::Outranked { claim, recorded });
                }
            }
            _ => {}
        }
    }
}

fn cell<'r>(partnership: Partnership<'r>, field: &str) -> &'r str {
    Table::Partnerships.schema().column(field).map_or("", |column| partnership.row().get(column))
}

/// Tells whether two values of a field cannot both be right: a less exact date agrees with the exact one.
fn disagree(field: &str, one: &str, other: &str) -> bool {
    let schema = Table::Partnerships.schema();
    let is_date = schema.column(field).is_some_and(|column| matches!(schema.columns[column].kind, Type::Date));
    match (PartialDate::parse(one), PartialDate::parse(other)) {
        (Ok(one), Ok(other)) if is_date => one.before(other) == Truth::Yes || one.after(other) == Truth::Yes,
        _ => one != other,
    }
}
