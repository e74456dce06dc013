//! The sheet of one party: names, partners by country, networks and offices, what it states, municipal changes.

use super::declared::{self, source_name};
use super::field::{Context, choose, table};
use super::listing::{self, sort};
use super::table::{Cell, Column, Table};
use super::{Answer, Fact, Section, Sheet, networks, records};
use crate::i18n::collate::Order;
use crate::i18n::labels::Label;
use crate::i18n::words;
use crate::model::{Merger, Municipality, Network, Table as TableOf};
use crate::query::declared::recorded;
use crate::query::{Filter, Selected};

/// Makes the sheet of a party, with all its partnerships.
pub fn sheet<'r>(context: Context<'r>, own: Municipality<'r>) -> Answer<Sheet<'r>> {
    let filter = Filter { places: vec![own.id().to_owned()], all: true, as_of: context.as_of, ..Filter::default() };
    sheet_of(context, own, filter.select(context.registry).rows)
}

/// Makes the sheet of a party with these of its partnerships, the party being the place of each.
pub fn sheet_of<'r>(context: Context<'r>, own: Municipality<'r>, mut rows: Vec<Selected>) -> Answer<Sheet<'r>> {
    let lang = context.lang();
    sort(context, &mut rows, true);
    by_country(context, &mut rows);
    let columns =
        choose(listing::FIELDS, &["country_name", "partner", "kind", "status", "status_since"]).unwrap_or_default();
    let partners = table(context, columns, rows, &["country_name"]);
    let memberships = networks::memberships(context, own.id());
    let columns =
        choose(networks::MEMBERSHIPS, &["network", "type", "role", "seat", "term", "since", "until", "member_names"]);
    let member_of = table(context, columns.unwrap_or_default(), memberships, &[]);
    let columns = choose(records::CONTACTS, &records::ROLE_COLUMNS).unwrap_or_default();
    let contacts = table(context, columns, records::current_contacts_of(context, own.id()), &[]);
    let sections = vec![
        Section { key: "partners", title: words::partners(lang), table: partners },
        Section { key: "networks", title: words::networks(lang), table: member_of },
        Section { key: "declarations", title: words::declarations(lang), table: declarations(context, own) },
        Section { key: "mergers", title: words::mergers(lang), table: mergers(context, own) },
        Section { key: "contacts", title: words::contacts(lang), table: contacts },
    ];
    let mut notes: Vec<String> = context.as_of.map(|day| words::as_of(lang, &day.to_string())).into_iter().collect();
    notes.extend(declared::unconfirmed_note(context, own.id()));
    Answer { shown: Sheet { title: title(context, own), facts: facts(context, own), sections }, notes }
}

/// Sorts rows that are in the order of names by the partner's country, names within one staying in order.
fn by_country(context: Context<'_>, rows: &mut [Selected]) {
    let order = Order::of(context.language);
    let country =
        |row: &Selected| row.sides(context.registry)[1].map_or("", |partner| context.country(partner.country()));
    rows.sort_by_cached_key(|row| order.key(country(row)));
}

fn title(context: Context<'_>, own: Municipality<'_>) -> String {
    let country = context.country_name(own.country());
    format!("{} ({country})", context.registry.municipality(own.id()).map_or("", |own| context.name(own)))
}

fn facts<'r>(context: Context<'r>, own: Municipality<'r>) -> Vec<Fact<'r>> {
    let lang = context.lang();
    let coordinates = match (own.lat(), own.lon()) {
        (Some(lat), Some(lon)) => Cell::text(format!("{lat}, {lon}")),
        _ => Cell::Unknown,
    };
    let offices = networks::seated_at(context, own.id());
    let offices =
        offices.iter().map(|row| Network::from(context.registry.grid(TableOf::Networks).row(*row as usize)).name());
    let fact = |key, label: &'static str, cell| Fact { key, label, cell, for_people: key != "country" };
    vec![
        fact("id", words::id(lang), Cell::text(own.id())),
        fact("names", words::names(lang), names(own)),
        fact("aliases", words::aliases(lang), Cell::list(own.aliases())),
        fact("country", words::country_code(lang), Cell::text(own.country())),
        fact("country_name", words::country(lang), Cell::text(context.country(own.country()))),
        fact("type", words::place_type(lang), Cell::word(own.place_type(), lang)),
        fact("region", words::region(lang), Cell::text(own.region())),
        fact("part_of", words::part_of(lang), Cell::text(context.name_of(own.part_of()))),
        fact("code", words::national_code(lang), Cell::text(own.code())),
        fact("coordinates", words::coordinates(lang), coordinates),
        fact("wikidata", "Wikidata", Cell::text(own.wikidata())),
        fact("website", words::website(lang), Cell::text(own.website())),
        fact("email", words::email(lang), Cell::text(own.email())),
        fact("phone", words::phone(lang), Cell::text(own.phone())),
        fact("policy", words::policy(lang), Cell::text(own.policy())),
        fact("dissolved", words::dissolved(lang), Cell::date(own.dissolved())),
        fact("seat_of", words::seat_of(lang), Cell::list(offices)),
        fact("note", words::note(lang), Cell::text(own.note())),
        fact("sources", words::sources(lang), declared::sources_cell(context, own.sources())),
    ]
}

/// Returns the names in all languages, each with its tags: `Helsinki (fi)`.
fn names<'r>(own: Municipality<'r>) -> Cell<'r> {
    let grid_names = own.row().tagged_names();
    let mut names: Vec<(&str, Vec<&str>)> = Vec::new();
    for (tag, name) in grid_names {
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, tags)) => tags.extend(tag),
            None => names.push((name, tag.into_iter().collect())),
        }
    }
    let shown = names
        .into_iter()
        .map(|(name, tags)| if tags.is_empty() { name.to_owned() } else { format!("{name} ({})", tags.join(", ")) });
    Cell::List(shown.map(Into::into).collect())
}

fn declarations<'r>(context: Context<'r>, own: Municipality<'r>) -> Table<'r> {
    let lang = context.lang();
    let columns = vec![
        Column::new("kind", words::kind(lang)),
        Column::new("count", words::stated(lang)),
        Column::new("recorded", words::recorded(lang)),
        Column::new("stated_on", words::stated_on(lang)),
        Column::new("source", words::source(lang)),
        Column::new("note", words::note(lang)),
    ];
    let declarations = declared::of(context.registry, own.id());
    let stating = declarations.first().map(|_| own.id());
    let recorded = recorded(context.registry, stating).remove(own.id()).unwrap_or_default();
    let len = declarations.len();
    let row = move |nth: usize| {
        let declaration = declarations[nth];
        vec![
            Cell::word(declaration.kind(), lang),
            Cell::text(declaration.count()),
            declaration.kind().map_or(Cell::Unknown, |kind| Cell::Count(recorded.count(kind))),
            Cell::date(declaration.stated_on()),
            Cell::text(source_name(context, declaration.source())),
            Cell::text(declaration.note()),
        ]
    };
    Table::new(columns, len, row)
}

fn mergers<'r>(context: Context<'r>, own: Municipality<'r>) -> Table<'r> {
    let lang = context.lang();
    let columns = vec![
        Column::new("date", words::date(lang)),
        Column::new("from", words::from(lang)),
        Column::new("event", words::event(lang)),
        Column::new("to", words::to(lang)),
        Column::new("note", words::note(lang)),
    ];
    let about = |merger: &Merger<'_>| merger.before() == own.id() || merger.after() == own.id();
    let mergers: Vec<Merger<'r>> = context.registry.mergers().filter(about).collect();
    let len = mergers.len();
    let row = move |nth: usize| {
        let merger = mergers[nth];
        let label = merger.event().map_or("", |event| event.label(lang));
        // The names a place had stand in the note; it is called by today's.
        let is_itself = merger.before() == merger.after();
        vec![
            Cell::date(merger.date()),
            Cell::text(context.name_of(merger.before())),
            Cell::Word(merger.event().map_or("", Label::code), if is_itself { words::renamed(lang) } else { label }),
            if is_itself { Cell::Unknown } else { Cell::text(context.name_of(merger.after())) },
            Cell::text(merger.note()),
        ]
    };
    Table::new(columns, len, row)
}
