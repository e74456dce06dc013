//! The tables of contacts and sources, readable.

use super::field::{Context, Field};
use super::table::Cell;
use super::{Answer, Fact, Section, Sheet};
use crate::i18n::words;
use crate::model::{Contact, Source, Table as TableOf};

fn contact(context: Context<'_>, row: u32) -> Contact<'_> {
    Contact::from(context.registry.grid(TableOf::Contacts).row(row as usize))
}

fn source(context: Context<'_>, row: u32) -> Source<'_> {
    Source::from(context.registry.grid(TableOf::Sources).row(row as usize))
}

/// The fields of a contact.
pub static CONTACTS: &[Field<u32>] = &[
    Field { key: "place", label: words::place, cell: |c, row| Cell::text(c.name_of(contact(c, row).subject())) },
    Field { key: "place_id", label: words::place_id, cell: |c, row| Cell::text(contact(c, row).subject()) },
    Field { key: "role", label: words::role, cell: |c, row| Cell::text(contact(c, row).role()) },
    Field { key: "topic", label: words::topic, cell: |c, row| Cell::text(contact(c, row).topic()) },
    Field { key: "name", label: words::name, cell: |c, row| Cell::text(contact(c, row).name()) },
    Field { key: "email", label: words::email, cell: |c, row| Cell::text(contact(c, row).email()) },
    Field { key: "phone", label: words::phone, cell: |c, row| Cell::text(contact(c, row).phone()) },
    Field { key: "since", label: words::since, cell: |c, row| Cell::date(contact(c, row).since()) },
    Field { key: "until", label: words::until, cell: |c, row| Cell::date(contact(c, row).until()) },
    Field { key: "checked_on", label: words::checked_on, cell: |c, row| Cell::date(contact(c, row).checked_on()) },
];

/// Returns the columns of a table of contacts; until when they were it, where one is retired.
pub fn contact_columns(context: Context<'_>, rows: &[u32]) -> Vec<&'static str> {
    let is_retired = rows.iter().any(|row| contact(context, *row).until().is_some());
    ["role", "topic", "name", "email", "phone"].into_iter().chain(is_retired.then_some("until")).collect()
}

/// The columns that name no person.
pub const ROLE_COLUMNS: [&str; 2] = ["role", "topic"];

/// Returns the rows of a party's contacts.
pub fn contacts_of(context: Context<'_>, place: &str) -> Vec<u32> {
    context.registry.grid(TableOf::Contacts).range(&[place]).map(|row| row.number() as u32).collect()
}

/// Returns the rows of a party's contacts that are to be asked today.
pub fn current_contacts_of(context: Context<'_>, place: &str) -> Vec<u32> {
    contacts_of(context, place).into_iter().filter(|row| contact(context, *row).until().is_none()).collect()
}

/// The fields of a source.
pub static SOURCES: &[Field<u32>] = &[
    Field { key: "id", label: words::id, cell: |c, row| Cell::text(source(c, row).id()) },
    Field { key: "title", label: words::title, cell: |c, row| Cell::text(source(c, row).title()) },
    Field { key: "publisher", label: words::publisher, cell: |c, row| Cell::text(source(c, row).publisher()) },
    Field { key: "rank", label: words::rank, cell: |c, row| Cell::word(source(c, row).rank(), c.lang()) },
    Field { key: "url", label: words::address, cell: |c, row| Cell::text(source(c, row).url()) },
    Field { key: "published", label: words::published, cell: |c, row| Cell::date(source(c, row).published()) },
    Field { key: "retrieved", label: words::retrieved, cell: |c, row| Cell::date(source(c, row).retrieved()) },
    Field { key: "licence", label: words::licence, cell: |c, row| Cell::text(source(c, row).licence()) },
];

/// The columns of a table of sources.
pub const SOURCE_COLUMNS: [&str; 5] = ["id", "rank", "published", "publisher", "title"];

/// Makes the sheet of one source.
pub fn source_sheet<'r>(context: Context<'r>, own: Source<'r>) -> Answer<Sheet<'r>> {
    let lang = context.lang();
    let row = own.row().number() as u32;
    let mut facts: Vec<Fact<'r>> = SOURCES
        .iter()
        .map(|field| Fact {
            key: field.key,
            label: (field.label)(lang),
            cell: (field.cell)(context, row),
            for_people: true,
        })
        .collect();
    let rests = |partnership: &crate::model::Partnership<'_>| partnership.sources().any(|id| id == own.id());
    let count = context.registry.partnerships().filter(rests).count();
    facts.push(Fact {
        key: "partnerships",
        label: words::resting_on_it(lang),
        cell: Cell::Count(count),
        for_people: true,
    });
    Answer {
        shown: Sheet { title: own.title().to_owned(), facts, sections: Vec::<Section<'r>>::new() },
        notes: Vec::new(),
    }
}
