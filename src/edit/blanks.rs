//! Stray blanks in cells, and items that stand twice in a list: what has exactly one right form.
//!
//! A blank is any white space, tabs and no-break spaces among them. What stands in a column that the schema does not
//! know is its owner's, names in other languages aside.

use std::borrow::Cow;
use std::collections::HashSet;

use super::record::Record;
use crate::model::{Column, Row, Type};

/// The columns whose text may have several lines.
const PROSE: [&str; 4] = ["note", "policy", "reason", "value"];
/// What a line of prose may end with besides a line feed.
const BREAKS: [char; 6] = ['\n', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Tells whether a text has no stray blanks: none at its ends, nowhere two, none but the plain one.
fn is_tidy(text: &str) -> bool {
    let mut before = ' ';
    let is_plain = text.chars().all(|sign| {
        let is_first = before != ' ';
        before = sign;
        !sign.is_whitespace() || sign == ' ' && is_first
    });
    text.is_empty() || is_plain && before != ' '
}

/// Returns a text of one line without stray blanks.
pub fn tidied(text: &str) -> Cow<'_, str> {
    if is_tidy(text) { text.into() } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

/// Returns a text without stray blanks; its lines stay lines, and stand where they stood.
fn prose(text: &str) -> Cow<'_, str> {
    if !text.trim().contains(BREAKS) {
        return tidied(text);
    }
    text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n").into()
}

/// Returns a list without stray blanks, each item once.
fn list(cell: &str) -> Cow<'_, str> {
    if !cell.contains(';') {
        return tidied(cell);
    }
    let mut known = HashSet::new();
    let items = cell.split(';').map(tidied).filter(|item| !item.is_empty() && known.insert(item.clone()));
    items.collect::<Vec<_>>().join(";").into()
}

/// Returns a cell in its right form.
pub fn right<'c>(column: &Column, cell: &'c str) -> Cow<'c, str> {
    match column.kind {
        Type::List => list(cell),
        Type::Text if PROSE.contains(&column.name) => prose(cell),
        _ => tidied(cell),
    }
}

/// Tells whether a column holds the key of a record, be it its own.
fn is_name_of_record(row: Row<'_>, column: &Column) -> bool {
    matches!(column.kind, Type::Reference(_)) || row.table().schema().key.contains(&column.name)
}

/// What a row is in its right form.
pub struct Righted {
    /// The record as it stands.
    pub old: Record,
    /// The record in its right form; the same where nothing can be put right.
    pub new: Record,
    /// The columns that cannot be empty and hold nothing but blanks.
    pub blank: Vec<&'static str>,
}

impl Righted {
    /// Takes a row as it stands.
    pub fn of(row: Row<'_>) -> Righted {
        let old = Record::of(row);
        Righted { new: old.clone(), old, blank: Vec::new() }
    }
}

/// Brings a row into its right form; `None` where it is. Keys that are `kept` stay as they are.
pub fn righted(row: Row<'_>, kept: impl Fn(&str) -> bool) -> Option<Righted> {
    let cells = row.all();
    let columns = row.table().schema().columns.iter().enumerate();
    let mut amiss: Vec<(&str, Cow<'_, str>)> = Vec::new();
    let mut blank = Vec::new();
    for (place, column) in columns.filter_map(|(number, column)| Some((row.place(number)?, column))) {
        let cell = cells[place];
        let right = right(column, cell);
        if *right == *cell || is_name_of_record(row, column) && kept(cell) {
            continue;
        }
        match right.is_empty() && column.required {
            true => blank.push(column.name),
            false => amiss.push((column.name, right)),
        }
    }
    for (place, name) in row.unknown().filter(|(_, name)| name.starts_with("name_")) {
        let right = tidied(cells[place]);
        if *right != *cells[place] {
            amiss.push((name, right));
        }
    }
    if amiss.is_empty() && blank.is_empty() {
        return None;
    }
    let mut righted = Righted { blank, ..Righted::of(row) };
    amiss.iter().for_each(|(name, cell)| righted.new.set(name, cell));
    Some(righted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Table;

    #[test]
    fn each_sort_of_cell_has_one_right_form() {
        for (table, name, cell, expected) in [
            (Table::Municipalities, "name", "Kuopio", "Kuopio"),
            (Table::Municipalities, "name", "", ""),
            (Table::Municipalities, "name", " \u{A0}Kuopio\t", "Kuopio"),
            (Table::Municipalities, "name", "Saint\n  Petersburg", "Saint Petersburg"),
            (Table::Municipalities, "name", "Saint\u{A0}Petersburg", "Saint Petersburg"),
            (Table::Municipalities, "name", "\u{3000}", ""),
            (Table::Municipalities, "aliases", " Åbo ; Turku;; Åbo ;a  b", "Åbo;Turku;a b"),
            (Table::Municipalities, "aliases", "a ", "a"),
            (Table::Municipalities, "policy", "  One  line ", "One line"),
            (Table::Municipalities, "policy", "\n One:  two \n  - three\t\n\n", "One:  two\n  - three"),
            (Table::Municipalities, "policy", "One\ttwo\n", "One two"),
            (Table::Municipalities, "policy", "One\u{2028}two  three ", "One\u{2028}two  three"),
            (Table::Events, "reason", "one\ntwo", "one\ntwo"),
            (Table::Events, "body", "one\ntwo", "one two"),
            (Table::Sources, "url", " https://example.org/a ", "https://example.org/a"),
        ] {
            let columns = table.schema().columns;
            let column = columns.iter().find(|column| column.name == name).unwrap_or(&columns[0]);
            assert_eq!(right(column, cell), expected, "{name} {cell:?}");
            assert_eq!(right(column, expected), expected, "{name} {cell:?}, twice");
        }
    }
}
