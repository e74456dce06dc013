//! What the schema is made of: tables, columns, types, keys and references.
//!
//! The schema itself stands in `tables.rs`, the only place that knows a column's name. Reading, writing, JSON,
//! `datapackage.json` and the column reference of `data/README.md` follow from it.

use super::pattern::Pattern;
use super::tables::SCHEMAS;

/// A table of the registry, in the order of the data model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is documented by its schema")]
pub enum Table {
    Countries,
    Municipalities,
    Partnerships,
    Events,
    Claims,
    Declarations,
    Networks,
    Members,
    Mergers,
    Contacts,
    Sources,
}

impl Table {
    /// Every table, in the order of the data model.
    pub const ALL: [Table; 11] = [
        Table::Countries,
        Table::Municipalities,
        Table::Partnerships,
        Table::Events,
        Table::Claims,
        Table::Declarations,
        Table::Networks,
        Table::Members,
        Table::Mergers,
        Table::Contacts,
        Table::Sources,
    ];

    /// Returns what the table holds.
    pub fn schema(self) -> &'static Schema {
        &SCHEMAS[self as usize]
    }

    /// Returns its name: `partnerships`.
    pub fn name(self) -> &'static str {
        self.schema().name
    }

    /// Tells whether its rows are about a pair of parties, the first two cells of the key.
    pub fn is_of_pair(self) -> bool {
        matches!(self.schema().key, ["a", "b", ..])
    }

    /// Finds a table by its name.
    pub fn named(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Tells whether a registry cannot be without it.
    pub fn is_required(self) -> bool {
        matches!(self, Table::Countries | Table::Municipalities | Table::Partnerships)
    }
}

/// What a table holds.
#[derive(Debug)]
pub struct Schema {
    /// Which table.
    pub table: Table,
    /// Its name.
    pub name: &'static str,
    /// The name of its file.
    pub file: &'static str,
    /// Its title for people, in English.
    pub title: &'static str,
    /// What one row is.
    pub row: &'static str,
    /// The names of the columns that tell one row from another.
    pub key: &'static [&'static str],
    /// The table whose key the columns `a` and `b` are together, if any.
    pub pair_of: Option<Table>,
    /// The columns, in canonical order.
    pub columns: &'static [Column],
}

impl Schema {
    /// Returns its foreign keys: columns, and the table whose key they hold together.
    pub fn foreign_keys(&self) -> impl Iterator<Item = (Vec<&'static str>, Table)> {
        let pair = self.pair_of.map(|table| (vec!["a", "b"], table));
        let single = self.columns.iter().filter_map(|column| match column.kind {
            Type::Reference(table) => Some((vec![column.name], table)),
            _ => None,
        });
        pair.into_iter().chain(single)
    }

    /// Finds a column by name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// One column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its title for people, in English.
    pub title: &'static str,
    /// What it means; empty where the title says it all.
    pub doc: &'static str,
    /// What may stand in it.
    pub kind: Type,
    /// Whether a row cannot be without it.
    pub required: bool,
}

impl Column {
    /// Returns the table whose keys stand in it, one or in a list.
    pub fn refers_to(&self) -> Option<Table> {
        match self.kind {
            Type::Reference(table) => Some(table),
            Type::List if self.name == Table::Sources.name() => Some(Table::Sources),
            _ => None,
        }
    }

    /// Returns the ids in a cell of it, one or those of a list, if it refers to a table.
    pub fn ids<'c>(&self, cell: &'c str) -> impl Iterator<Item = &'c str> + use<'c> {
        let is_list = matches!(self.kind, Type::List);
        cell.split(move |sign| is_list && sign == ';').map(str::trim).filter(|id| !id.is_empty())
    }
}

/// What may stand in a column.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Any text.
    Text,
    /// Text of a form.
    Pattern(Pattern),
    /// A web address.
    Uri,
    /// A mail address.
    Email,
    /// The key of a row in a table.
    Reference(Table),
    /// Texts separated by `;`.
    List,
    /// A number within two bounds.
    Number(i32, i32),
    /// A partial date, see [`super::PartialDate`].
    Date,
    /// A stretch of time, see [`super::Interval`].
    Interval,
    /// One of these words.
    Vocabulary(&'static [&'static str]),
}
