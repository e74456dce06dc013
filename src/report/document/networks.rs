//! The report of networks: chains, networks, associations and offices, and who is in them.

use super::{Basis, Document, Made, Part};
use crate::i18n::collate::Order;
use crate::i18n::labels::Label;
use crate::i18n::{documents as words, words as common};
use crate::model::{Municipality, Network, NetworkType, Registry, Status};
use crate::query::Filter;
use crate::query::membership::Spell;
use crate::query::standing::{Standing, standing_on};
use crate::report::field::{self, Context, choose};
use crate::report::networks::{self, FIELDS, MEMBERS, Members, member, members_on, stood};
use crate::report::table::{Cell, Column, Table};

/// How many pairs of members are told of, of all chains together: they grow with the square of the members. Real chains have a
/// few members.
const MOST_PAIRS: usize = 10_000;

/// A network and its members.
struct Own<'r> {
    row: u32,
    network: Network<'r>,
    stood: Spell,
    members: Members,
}

impl Own<'_> {
    /// Returns how many pairs of members a chain has; of what is none no pairs are told.
    fn pairs(&self) -> usize {
        let members = self.members.current.len();
        if self.network.network_type() == Some(NetworkType::Chain) {
            members * members.saturating_sub(1) / 2
        } else {
            0
        }
    }
}

/// Makes it of the networks that a filter names, or of which those are members that it is about.
pub fn networks<'r>(made: Made<'_, 'r>) -> Document<'r> {
    let context = made.context;
    let lang = context.lang();
    let chosen: Vec<Own<'r>> = all(context).into_iter().filter(|own| is_meant(context, own, made.filter)).collect();
    let mut basis = Basis::default();
    for own in &chosen {
        basis.cited.extend(own.network.sources());
        let rows = own.members.current.iter().chain(&own.members.former);
        rows.for_each(|row| basis.cited.extend(member(context, *row).sources()));
    }
    let mut lead = lead(context, &chosen);
    let mut parts = vec![Part::new(words::overview(lang), overview(context, &chosen))];
    let (mut left, mut untold) = (MOST_PAIRS, 0);
    for own in chosen {
        let pairs = own.pairs();
        let are_told = pairs <= left;
        left -= if are_told { pairs } else { 0 };
        untold += usize::from(!are_told);
        parts.extend(parts_of(context, own, are_told));
    }
    if untold > 0 {
        lead.push(words::chains_untold(lang, untold));
    }
    made.document_of(words::networks_title(lang), lead, parts, basis)
}

/// Returns the networks that there were on the day, by type and name in the reader's language.
fn all(context: Context<'_>) -> Vec<Own<'_>> {
    let own = |row| {
        let network = networks::network(context, row);
        Own { row, network, stood: stood(context, network), members: members_on(context, network) }
    };
    let mut all: Vec<Own<'_>> =
        networks::all(context).into_iter().map(own).filter(|own| own.stood != Spell::NotBegun).collect();
    let order = Order::of(context.language);
    all.sort_by_cached_key(|own| order.key(own.network.network_type().map_or("", |sort| sort.label(context.lang()))));
    all
}

/// Tells whether a filter means a network: it names it, its places, countries and regions are those of members.
fn is_meant(context: Context<'_>, own: &Own<'_>, filter: &Filter) -> bool {
    let registry = context.registry;
    let ids: Vec<&str> = own.members.current.iter().map(|row| member(context, *row).municipality()).collect();
    let is_there =
        |is_one: &dyn Fn(Municipality<'_>) -> bool| ids.iter().filter_map(|id| registry.municipality(id)).any(is_one);
    let Filter { networks, places, countries, regions, .. } = filter;
    (networks.is_empty() || networks.iter().any(|id| id == own.network.id()))
        && (places.is_empty() || places.iter().any(|place| ids.contains(&&**place)))
        && (countries.is_empty() || is_there(&|place| is_in(registry, place, filter)))
        && (regions.is_empty()
            || is_there(&|place| registry.is_home(place.country()) && regions.iter().any(|own| own == place.region())))
}

fn is_in(registry: &Registry<'_>, place: Municipality<'_>, filter: &Filter) -> bool {
    let country = registry.country(place.country());
    country.is_some_and(|country| filter.countries.iter().any(|choice| choice.holds(country)))
}

/// Says how many there are, what counts, and what of it is uncertain.
fn lead(context: Context<'_>, chosen: &[Own<'_>]) -> Vec<String> {
    let lang = context.lang();
    let networks = match chosen.len() {
        1 => words::one_network(lang).to_owned(),
        n => words::networks(lang, n),
    };
    let sum = |of: fn(&Own<'_>) -> usize| chosen.iter().map(of).sum::<usize>();
    let memberships = match sum(|own| own.members.current.len()) {
        1 => words::one_membership(lang).to_owned(),
        n => common::memberships(lang, n),
    };
    let mut lead: Vec<String> = context.as_of.map(|day| common::as_of(lang, &day.to_string())).into_iter().collect();
    lead.push(format!("{networks}, {memberships}."));
    lead.push(words::counted_networks(lang).to_owned());
    let unknown = sum(|own| usize::from(matches!(own.stood, Spell::Is { start_unknown: true, .. })));
    let members_unknown = sum(|own| own.members.start_unknown);
    if unknown + members_unknown > 0 {
        lead.push(words::starts_unknown(lang, unknown, members_unknown));
    }
    let uncertain = sum(|own| usize::from(matches!(own.stood, Spell::Is { uncertain: true, .. })));
    let members_uncertain = sum(|own| own.members.uncertain);
    if uncertain + members_uncertain > 0 {
        lead.push(words::spells_uncertain(lang, uncertain, members_uncertain));
    }
    lead
}

/// Makes the table of networks; when they were closed, where one is.
fn overview<'r>(context: Context<'r>, chosen: &[Own<'r>]) -> Table<'r> {
    let lang = context.lang();
    let fields = |names: &[&str]| choose(FIELDS, names).unwrap_or_default();
    let (first, last) = (fields(&["name", "type", "seat", "since"]), fields(&["website"]));
    let is_closed = chosen.iter().any(|own| own.stood == Spell::Over);
    let column = |field: &&field::Field<u32>| Column::new(field.key, (field.label)(lang));
    let mut columns: Vec<Column> = first.iter().map(column).collect();
    columns.extend(is_closed.then(|| Column::new("until", words::closed(lang))));
    columns.push(Column::new("members", common::members(lang)));
    columns.extend(last.iter().map(column));
    let row = |own: &Own<'r>| {
        let mut cells: Vec<Cell<'r>> = first.iter().map(|field| (field.cell)(context, own.row)).collect();
        cells.extend(is_closed.then(|| Cell::date(own.network.until().filter(|_| own.stood == Spell::Over))));
        cells.push(Cell::Count(own.members.current.len()));
        cells.extend(last.iter().map(|field| (field.cell)(context, own.row)));
        cells
    };
    Table::of_rows(columns, chosen.iter().map(row).collect())
}

/// Makes the parts of one network: who is in it, of a chain which pairs have no partnership, if they are told of, and who has
/// left.
fn parts_of<'r>(context: Context<'r>, own: Own<'r>, are_told: bool) -> Vec<Part<'r>> {
    let lang = context.lang();
    let all = own.pairs();
    let Own { network, stood, members: Members { current, former, .. }, .. } = own;
    let mut name = network.name().to_owned();
    if let (Spell::Over, Some(until)) = (stood, network.until()) {
        name = format!("{name} ({} {until})", words::closed(lang));
    }
    let count = match current.len() {
        1 => words::one_member(lang).to_owned(),
        n => words::members(lang, n),
    };
    let mut title = format!("{name}: {count}");
    let mut without = Vec::new();
    if network.network_type() == Some(NetworkType::Chain) && are_told {
        let pairs = pairs(context, &current);
        without = pairs.into_iter().filter(|(_, status)| !is_in_force(*status)).collect();
        title += &format!("; {}", words::pairs_in_force(lang, all - without.len(), all));
    }
    let gone = format!("{name}: {}", words::former_members(lang, former.len()));
    let lacking = format!("{name}: {}", words::pairs_without(lang, without.len()));
    vec![
        Part::new(title, listed(context, current)),
        Part::new(lacking, not_twinned(context, without)),
        Part::new(gone, listed(context, former)),
    ]
}

/// Makes the table of members; until when they were, where that is known of one.
fn listed<'r>(context: Context<'r>, rows: Vec<u32>) -> Table<'r> {
    let has_end = rows.iter().any(|row| member(context, *row).until().is_some());
    let names = ["member", "country_name", "role", "since"].into_iter().chain(has_end.then_some("until"));
    field::table(context, choose(MEMBERS, &names.collect::<Vec<_>>()).unwrap_or_default(), rows, &[])
}

/// Two members, and how their partnership stood, if one was recorded.
type Two<'r> = ([&'r str; 2], Option<Status>);

fn is_in_force(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Active | Status::Suspended))
}

/// Returns the pairs of members.
fn pairs<'r>(context: Context<'r>, rows: &[u32]) -> Vec<Two<'r>> {
    let ids: Vec<&str> = rows.iter().map(|row| member(context, *row).municipality()).collect();
    let with_later = |(nth, one)| ids[nth + 1..].iter().map(move |other| [one, *other]);
    let pairs = ids.iter().copied().enumerate().flat_map(with_later);
    pairs.map(|pair| (pair, status(context, pair))).collect()
}

/// Returns how the partnership of two places stood on the day that is asked for, or stands.
fn status(context: Context<'_>, [one, other]: [&str; 2]) -> Option<Status> {
    let partnership = context.registry.partnership(one, other)?;
    match context.as_of.map(|day| standing_on(context.registry, partnership, day).0) {
        None | Some(Standing::Unknown) => partnership.status(),
        Some(Standing::NotBegun) => None,
        Some(Standing::Was { status, .. }) => Some(status),
    }
}

/// Makes the table of pairs of members without a partnership: whether none is recorded, or it has ended.
fn not_twinned<'r>(context: Context<'r>, pairs: Vec<Two<'r>>) -> Table<'r> {
    let lang = context.lang();
    let columns = vec![
        Column::new("member", words::member(lang)),
        Column::new("other_member", words::other_member(lang)),
        Column::new("recorded", common::recorded(lang)),
    ];
    let row = |([one, other], status): Two<'r>| {
        let recorded = status.map_or(Cell::text(words::no(lang)), |status| Cell::word(Some(status), lang));
        vec![Cell::text(context.name_of(one)), Cell::text(context.name_of(other)), recorded]
    };
    Table::of_rows(columns, pairs.into_iter().map(row).collect())
}
