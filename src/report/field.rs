//! The fields of a listing: their names for programs and people, and how their cells are made.

use jiff::civil::Date;

use super::table::{self, Cell, Column};
use crate::i18n::{Lang, Language};
use crate::model::{Country, Municipality, Registry, Table};

/// What an answer is made for.
#[derive(Clone, Copy)]
pub struct Context<'r> {
    /// The registry.
    pub registry: &'r Registry<'r>,
    /// The language of its reader.
    pub language: &'r Language,
    /// The day it is about, if not today.
    pub as_of: Option<Date>,
    /// The places of the names of parties and of countries in that language.
    names: [Option<usize>; 2],
}

impl<'r> Context<'r> {
    /// Makes what an answer in a language about a day, or about today, is made for.
    pub fn new(registry: &'r Registry<'r>, language: &'r Language, as_of: Option<Date>) -> Context<'r> {
        let names =
            [Table::Municipalities, Table::Countries].map(|table| registry.grid(table).name_place(&language.names));
        Context { registry, language, as_of, names }
    }

    /// Returns the language of labels.
    pub fn lang(self) -> Lang {
        self.language.words
    }

    /// Returns the name of a party in the reader's language.
    pub fn name(self, place: Municipality<'r>) -> &'r str {
        place.row().name_at(self.names[0])
    }

    /// Returns the name of a party by its id; an id that dangles stands for itself.
    pub fn name_of(self, id: &'r str) -> &'r str {
        self.registry.municipality(id).map_or(id, |place| self.name(place))
    }

    /// Returns the name of a country in the reader's language.
    pub fn name_of_country(self, country: Country<'r>) -> &'r str {
        country.row().name_at(self.names[1])
    }

    /// Returns the name of a country by a code that need not live as long as the registry.
    pub fn country_name(self, code: &str) -> String {
        self.registry.country(code).map_or(code, |country| self.name_of_country(country)).to_owned()
    }

    /// Returns the name of a country by its code; a code that dangles stands for itself.
    pub fn country(self, code: &'r str) -> &'r str {
        self.registry.country(code).map_or(code, |country| self.name_of_country(country))
    }
}

/// A field that a listing of `T` can show.
pub struct Field<T: 'static> {
    /// Its name for programs, stable.
    pub key: &'static str,
    /// Its name for people.
    pub label: fn(Lang) -> &'static str,
    /// Makes its cell.
    pub cell: for<'r> fn(Context<'r>, T) -> Cell<'r>,
}

/// A field was asked for that there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no field is called `{asked}`; the fields are {}", .fields.join(", "))]
pub struct UnknownField {
    /// What was asked for.
    pub asked: String,
    /// What there is.
    pub fields: Vec<&'static str>,
}

/// Finds the fields of these names, in that order.
///
/// # Errors
/// One of them is no field.
pub fn choose<'f, T, S: AsRef<str>>(fields: &'f [Field<T>], names: &[S]) -> Result<Vec<&'f Field<T>>, UnknownField> {
    let find = |name: &S| {
        let name = name.as_ref().trim();
        let unknown =
            || UnknownField { asked: name.to_owned(), fields: fields.iter().map(|field| field.key).collect() };
        fields.iter().find(|field| field.key == name).ok_or_else(unknown)
    };
    let mut chosen: Vec<&Field<T>> = Vec::new();
    for name in names {
        let field = find(name)?;
        // A key stands once in an object.
        if !chosen.iter().any(|known| known.key == field.key) {
            chosen.push(field);
        }
    }
    Ok(chosen)
}

/// Makes the table of these fields of these items.
pub fn table<'r, T: Copy + 'static>(
    context: Context<'r>,
    fields: Vec<&'static Field<T>>,
    items: Vec<T>,
    grouped: &[&str],
) -> table::Table<'r> {
    let column = |field: &&Field<T>| Column {
        key: field.key,
        label: (field.label)(context.lang()),
        grouped: grouped.contains(&field.key),
    };
    let columns = fields.iter().map(column).collect();
    table::Table::new(columns, items.len(), move |nth| {
        fields.iter().map(|field| (field.cell)(context, items[nth])).collect()
    })
}
