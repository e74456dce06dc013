//! A row on its own, as it stood before an edit or is to stand after it.

use std::ops::Range;

use crate::model::{Row, Table, Type};

/// The cells of one row.
///
/// A bulk edit makes three of them for each partnership, and looks at them often: so the cells of all columns that the
/// schema knows are one text, and each is found by the number of its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    table: Table,
    /// The cells of the known columns, one behind the other.
    text: String,
    /// Where they end in the text.
    ends: Box<[u32]>,
    /// The cells of other columns that hold something, by name.
    others: Vec<(Box<str>, Box<str>)>,
}

impl Record {
    /// Makes an empty one.
    pub fn new(table: Table) -> Record {
        Record::with_room(table, 0)
    }

    /// Makes an empty one with room for so many bytes.
    fn with_room(table: Table, bytes: usize) -> Record {
        let ends = vec![0; table.schema().columns.len()].into();
        Record { table, text: String::with_capacity(bytes), ends, others: Vec::new() }
    }

    /// Makes one of cells by the names of their columns.
    pub fn from_cells(table: Table, cells: &[(&str, &str)]) -> Record {
        let mut record = Record::with_room(table, cells.iter().map(|(_, cell)| cell.len()).sum());
        cells.iter().for_each(|(name, cell)| record.set(name, cell));
        record
    }

    /// Copies a row; lists as they are written in canonical form.
    pub fn of(row: Row<'_>) -> Record {
        let schema = row.table().schema();
        let cells = row.all();
        let mut record = Record::with_room(row.table(), cells.iter().map(|cell| cell.len()).sum());
        for (number, column) in schema.columns.iter().enumerate() {
            let cell = row.place(number).map_or("", |place| cells[place]);
            match column.kind {
                Type::List if !is_listed(cell) => record.text += &listed(cell),
                _ => record.text += cell,
            }
            record.ends[number] = record.text.len() as u32;
        }
        record.others = row.unknown().map(|(place, name)| (name.into(), cells[place].into())).collect();
        record.others.retain(|(_, cell)| !cell.is_empty());
        record.others.sort_unstable();
        record
    }

    /// Copies it with a cell set.
    pub fn setting(&self, column: &str, cell: &str) -> Record {
        let mut text = String::with_capacity(self.text.len() + cell.len());
        text += &self.text;
        let mut copy = Record { table: self.table, text, ends: self.ends.clone(), others: self.others.clone() };
        copy.set(column, cell);
        copy
    }

    /// Returns the table it is a row of.
    pub fn table(&self) -> Table {
        self.table
    }

    /// Returns a cell; empty where it holds nothing.
    pub fn get(&self, column: &str) -> &str {
        match self.table.schema().column(column) {
            Some(number) => self.known(number),
            None => self.others.iter().find(|(name, _)| **name == *column).map_or("", |(_, cell)| cell),
        }
    }

    fn known(&self, number: usize) -> &str {
        &self.text[self.span(number)]
    }

    fn span(&self, number: usize) -> Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[number] as usize
    }

    /// Returns the names of the columns in which it differs from another one of its table, in the order of the schema.
    pub fn differing<'c>(&'c self, other: &'c Record) -> Vec<&'c str> {
        let columns = self.table.schema().columns.iter().enumerate();
        let known = columns.filter(|(number, _)| self.known(*number) != other.known(*number));
        let mut differing: Vec<&str> = known.map(|(_, column)| column.name).collect();
        let mut others: Vec<&str> = self.others.iter().chain(&other.others).map(|(name, _)| &**name).collect();
        others.sort_unstable();
        others.dedup();
        differing.extend(others.into_iter().filter(|name| self.get(name) != other.get(name)));
        differing
    }

    /// Sets a cell; an empty text clears it.
    pub fn set(&mut self, column: &str, cell: impl AsRef<str>) {
        let cell = cell.as_ref();
        let Some(number) = self.table.schema().column(column) else {
            self.others.retain(|(name, _)| **name != *column);
            if !cell.is_empty() {
                self.others.push((column.into(), cell.into()));
                self.others.sort_unstable();
            }
            return;
        };
        let span = self.span(number);
        let (old, new) = (span.len() as u32, cell.len() as u32);
        self.text.replace_range(span, cell);
        self.ends[number..].iter_mut().for_each(|end| *end = *end - old + new);
    }

    /// Returns it with a cell set.
    pub fn with(mut self, column: &str, cell: impl AsRef<str>) -> Record {
        self.set(column, cell);
        self
    }

    /// Adds an item to a list cell, unless it is in it.
    pub fn add_to(&mut self, column: &str, item: &str) {
        let list = self.get(column);
        if item.is_empty() || list.split(';').any(|known| known == item) {
            return;
        }
        let list = if list.is_empty() { item.to_owned() } else { format!("{list};{item}") };
        self.set(column, list);
    }

    /// Returns the cells of its key.
    pub fn key(&self) -> Vec<&str> {
        self.table.schema().key.iter().map(|column| self.get(column)).collect()
    }

    /// Returns the cells of all columns of the schema, in its order.
    pub fn all_known(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.ends.len()).map(|number| self.known(number))
    }

    /// Returns its cells that hold something, in the order of the schema, unknown columns last.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.table.schema().columns.iter().map(|column| column.name);
        let others = self.others.iter().map(|(name, cell)| (&**name, &**cell));
        names.zip(self.all_known()).filter(|(_, cell)| !cell.is_empty()).chain(others)
    }
}

/// Returns a list cell in canonical form: items apart by `;` alone, none empty.
pub fn listed(cell: &str) -> String {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(";")
}

/// Tells whether a list cell is in canonical form already.
pub fn is_listed(cell: &str) -> bool {
    cell.is_empty() || cell.split(';').all(|item| !item.is_empty() && item.trim().len() == item.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_in_the_order_of_the_schema_whatever_the_order_they_came_in() {
        let one = Record::new(Table::Partnerships).with("zeta", "1").with("b", "y").with("alfa", "2").with("a", "x");
        let other = Record::new(Table::Partnerships).with("a", "x").with("alfa", "2").with("b", "y").with("zeta", "1");
        assert_eq!(one, other);
        assert!(one.differing(&other).is_empty());
        assert_eq!(one.cells().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b", "alfa", "zeta"]);
        assert_eq!(one.key(), ["x", "y"]);
        assert_eq!(one.differing(&other.with("b", "z").with("alfa", "").with("start", "1")), ["b", "start", "alfa"]);
        assert_eq!(one.with("alfa", "").get("alfa"), "");
    }

    #[test]
    fn an_item_is_added_to_a_list_once() {
        let mut record = Record::new(Table::Partnerships);
        for item in ["one", "two", "one", ""] {
            record.add_to("sources", item);
        }
        assert_eq!(record.get("sources"), "one;two");
        assert_eq!(listed(" a ;; b;"), "a;b");
        for cell in ["", "a", "a;b", " a", "a ;b", ";a", "a;", ";"] {
            assert_eq!(is_listed(cell), listed(cell) == cell, "{cell}");
        }
    }
}
