//! Chains, networks, associations and offices, and who is in them.

use super::declared::sources_cell;
use super::field::{Context, Field, choose, table};
use super::table::Cell;
use super::{Answer, Fact, Section, Sheet};
use crate::i18n::collate::Order;
use crate::i18n::words;
use crate::model::{Member, Municipality, Network, Table as TableOf};
use crate::query::membership::{Spell, spell};

fn of_member(context: Context<'_>, row: u32) -> Option<Network<'_>> {
    context.registry.network(member(context, row).network())
}

fn member_names<'r>(context: Context<'r>, network: &str) -> Cell<'r> {
    let mut names: Vec<&str> =
        context.registry.members_of(network).map(|member| context.name_of(member.municipality())).collect();
    let order = Order::of(context.language);
    names.sort_by_cached_key(|name| order.key(name));
    Cell::list(names)
}

fn country_of<'r>(context: Context<'r>, id: &str) -> &'r str {
    context.registry.municipality(id).map_or("", Municipality::country)
}

/// The fields of a network.
pub static FIELDS: &[Field<u32>] = &[
    Field { key: "id", label: words::id, cell: |c, row| Cell::text(network(c, row).id()) },
    Field { key: "name", label: words::name, cell: |c, row| Cell::text(network(c, row).name()) },
    Field {
        key: "type",
        label: words::place_type,
        cell: |c, row| Cell::word(network(c, row).network_type(), c.lang()),
    },
    Field {
        key: "members",
        label: words::members,
        cell: |c, row| Cell::Count(c.registry.members_of(network(c, row).id()).len()),
    },
    Field { key: "member_names", label: words::members, cell: |c, row| member_names(c, network(c, row).id()) },
    Field { key: "seat", label: words::seat, cell: |c, row| Cell::text(c.name_of(network(c, row).seat())) },
    Field { key: "term", label: words::term, cell: |c, row| Cell::interval(network(c, row).term()) },
    Field { key: "since", label: words::since, cell: |c, row| Cell::date(network(c, row).since()) },
    Field { key: "until", label: words::until, cell: |c, row| Cell::date(network(c, row).until()) },
    Field { key: "website", label: words::website, cell: |c, row| Cell::text(network(c, row).website()) },
    Field { key: "sources", label: words::sources, cell: |c, row| Cell::list(network(c, row).sources()) },
    Field { key: "note", label: words::note, cell: |c, row| Cell::text(network(c, row).note()) },
];

/// Returns the columns of a table of networks; until when there was one, where one is closed.
pub fn columns(context: Context<'_>) -> Vec<&'static str> {
    let is_closed = context.registry.networks().any(|network| network.until().is_some());
    let usual = ["name", "type", "members", "seat", "term", "since"];
    usual.into_iter().chain(is_closed.then_some("until")).collect()
}

/// The fields of a party's memberships.
pub static MEMBERSHIPS: &[Field<u32>] = &[
    Field {
        key: "network",
        label: words::network,
        cell: |c, row| Cell::text(of_member(c, row).map_or(member(c, row).network(), Network::name)),
    },
    Field { key: "network_id", label: words::id, cell: |c, row| Cell::text(member(c, row).network()) },
    Field {
        key: "type",
        label: words::place_type,
        cell: |c, row| Cell::word(of_member(c, row).and_then(Network::network_type), c.lang()),
    },
    Field { key: "role", label: words::role, cell: |c, row| Cell::text(member(c, row).role()) },
    Field {
        key: "seat",
        label: words::seat,
        cell: |c, row| Cell::text(of_member(c, row).map_or("", |network| c.name_of(network.seat()))),
    },
    Field { key: "term", label: words::term, cell: |c, row| Cell::interval(of_member(c, row).and_then(Network::term)) },
    Field { key: "since", label: words::since, cell: |c, row| Cell::date(member(c, row).since()) },
    Field { key: "until", label: words::until, cell: |c, row| Cell::date(member(c, row).until()) },
    Field { key: "member_names", label: words::members, cell: |c, row| member_names(c, member(c, row).network()) },
    Field { key: "sources", label: words::sources, cell: |c, row| Cell::list(member(c, row).sources()) },
    Field { key: "note", label: words::note, cell: |c, row| Cell::text(member(c, row).note()) },
];

/// The columns of a table of memberships.
pub const MEMBERSHIP_COLUMNS: [&str; 7] = ["network", "type", "role", "seat", "term", "since", "until"];

/// The fields of a network's members.
pub static MEMBERS: &[Field<u32>] = &[
    Field {
        key: "member",
        label: words::municipality,
        cell: |c, row| Cell::text(c.name_of(member(c, row).municipality())),
    },
    Field { key: "member_id", label: words::id, cell: |c, row| Cell::text(member(c, row).municipality()) },
    Field {
        key: "country",
        label: words::country_code,
        cell: |c, row| Cell::text(country_of(c, member(c, row).municipality())),
    },
    Field {
        key: "country_name",
        label: words::country,
        cell: |c, row| Cell::text(c.country(country_of(c, member(c, row).municipality()))),
    },
    Field { key: "role", label: words::role, cell: |c, row| Cell::text(member(c, row).role()) },
    Field { key: "since", label: words::since, cell: |c, row| Cell::date(member(c, row).since()) },
    Field { key: "until", label: words::until, cell: |c, row| Cell::date(member(c, row).until()) },
];

/// Returns the rows of all networks, by name.
pub fn all(context: Context<'_>) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..context.registry.networks().len() as u32).collect();
    let order = Order::of(context.language);
    rows.sort_by_cached_key(|row| order.key(network(context, *row).name()));
    rows
}

/// Returns the network of a row.
pub fn network(context: Context<'_>, row: u32) -> Network<'_> {
    Network::from(context.registry.grid(TableOf::Networks).row(row as usize))
}

/// Returns the membership of a row.
pub fn member(context: Context<'_>, row: u32) -> Member<'_> {
    Member::from(context.registry.grid(TableOf::Members).row(row as usize))
}

/// The members of a network on the day that is asked for, or today; rows by the names of the members.
#[derive(Default)]
pub struct Members {
    /// Those in it.
    pub current: Vec<u32>,
    /// Those who had left.
    pub former: Vec<u32>,
    /// Of those in it: how many may have come later or have left by then.
    pub uncertain: usize,
    /// Of those in it: of how many nobody knows since when.
    pub start_unknown: usize,
}

/// Tells how a network stood on the day that is asked for, or stands.
pub fn stood(context: Context<'_>, own: Network<'_>) -> Spell {
    spell(own.since(), own.until(), context.as_of)
}

/// Returns the members of a network; one that was closed has none but former ones.
pub fn members_on(context: Context<'_>, own: Network<'_>) -> Members {
    let is_closed = stood(context, own) == Spell::Over;
    let mut members = Members::default();
    for row in members_of(context, own) {
        let member = member(context, row);
        match spell(member.since(), member.until(), context.as_of) {
            Spell::NotBegun => {}
            Spell::Is { uncertain, start_unknown } if !is_closed => {
                members.current.push(row);
                members.uncertain += usize::from(uncertain);
                members.start_unknown += usize::from(start_unknown);
            }
            Spell::Is { .. } | Spell::Over => members.former.push(row),
        }
    }
    members
}

/// Returns the rows of all memberships in a network, by the names of the members.
fn members_of(context: Context<'_>, own: Network<'_>) -> Vec<u32> {
    let mut members: Vec<u32> =
        context.registry.members_of(own.id()).map(|member| member.row().number() as u32).collect();
    let order = Order::of(context.language);
    let name = |row: &u32| context.name_of(member(context, *row).municipality());
    members.sort_by_cached_key(|member| order.key(name(member)));
    members
}

/// Returns the rows of a party's memberships.
pub fn memberships(context: Context<'_>, place: &str) -> Vec<u32> {
    context
        .registry
        .members()
        .filter(|member| member.municipality() == place)
        .map(|member| member.row().number() as u32)
        .collect()
}

/// Returns the rows of the networks seated at a party.
pub fn seated_at(context: Context<'_>, place: &str) -> Vec<u32> {
    context
        .registry
        .networks()
        .filter(|network| network.seat() == place)
        .map(|network| network.row().number() as u32)
        .collect()
}

/// Names the networks seated at a party.
pub fn seats_note(context: Context<'_>, place: &str) -> Option<String> {
    let seated: Vec<&str> = seated_at(context, place).into_iter().map(|row| network(context, row).name()).collect();
    (!seated.is_empty()).then(|| words::seats(context.lang(), seated.len(), &seated.join(", ")))
}

/// Makes the sheet of one network.
pub fn sheet<'r>(context: Context<'r>, own: Network<'r>) -> Answer<Sheet<'r>> {
    let lang = context.lang();
    let row = own.row().number() as u32;
    let shown =
        FIELDS.iter().filter(|field| !field.key.starts_with("member") && !["name", "sources"].contains(&field.key));
    let mut facts: Vec<Fact<'r>> = shown
        .map(|field| Fact {
            key: field.key,
            label: (field.label)(lang),
            cell: (field.cell)(context, row),
            for_people: true,
        })
        .collect();
    facts.push(Fact {
        key: "sources",
        label: words::sources(lang),
        cell: sources_cell(context, own.sources()),
        for_people: true,
    });
    let members = members_of(context, own);
    let columns = choose(MEMBERS, &["member", "country_name", "role", "since", "until"]).unwrap_or_default();
    let section =
        Section { key: "members", title: words::members_heading(lang), table: table(context, columns, members, &[]) };
    Answer { shown: Sheet { title: own.name().to_owned(), facts, sections: vec![section] }, notes: Vec::new() }
}
