//! One table in memory: its cells, its columns and the order of its keys.

use std::cmp::Ordering;
use std::ops::Range;

use super::cells::Cells;
use super::schema::{Schema, Table, Type};

/// A table of the registry.
#[derive(Clone, Debug)]
pub struct Grid<'a> {
    schema: &'static Schema,
    cells: Cells<'a>,
    /// For each column of the schema its place in the header; `usize::MAX` where the file has none.
    places: Box<[usize]>,
    /// The places of the key's columns, in the order of the key.
    key: Box<[usize]>,
    /// The rows in the order of their keys, where the text has them in another.
    order: Option<Box<[u32]>>,
    /// Whether there is such a table, be it empty.
    exists: bool,
}

impl<'a> Grid<'a> {
    /// Returns a table that does not exist: no columns, no rows.
    pub fn missing(table: Table) -> Grid<'a> {
        Grid { exists: false, ..Grid::new(table, Cells::default()) }
    }

    /// Returns a table without rows.
    pub fn empty(table: Table) -> Grid<'a> {
        Grid::new(table, Cells::default())
    }

    /// Makes a table of cells; columns are found by the names in the header.
    pub fn new(table: Table, cells: Cells<'a>) -> Grid<'a> {
        let schema = table.schema();
        let place = |name: &str| cells.header.iter().position(|known| **known == *name);
        let places = schema.columns.iter().map(|column| place(column.name).unwrap_or(usize::MAX)).collect();
        let key = schema.key.iter().filter_map(|name| place(name)).collect();
        let is_sorted = cells.order != Some(Ordering::Greater);
        let mut grid = Grid { schema, cells, places, key, order: None, exists: true };
        if !is_sorted {
            let mut order: Box<[u32]> = (0..grid.len() as u32).collect();
            // The keys are looked for once: some may stand far from where their rows begin.
            let width = grid.key.len();
            let cells = (0..grid.len()).flat_map(|row| grid.key.iter().map(move |place| (row, *place)));
            let keys: Vec<&str> = cells.map(|(row, place)| grid.get(row, place)).collect();
            let key = |row: &u32| &keys[*row as usize * width..][..width];
            order.sort_by(|left, right| key(left).cmp(key(right)));
            grid.order = Some(order);
        }
        grid
    }

    /// Returns which table it is.
    pub fn table(&self) -> Table {
        self.schema.table
    }

    /// Returns what the table holds.
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Tells whether the registry has this table, be it empty.
    pub fn exists(&self) -> bool {
        self.exists
    }

    /// Tells whether its rows stand in the order of their keys.
    pub fn is_sorted(&self) -> bool {
        self.order.is_none()
    }

    /// Returns how many rows it has.
    pub fn len(&self) -> usize {
        self.cells.rows()
    }

    /// Tells whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the text it reads from.
    pub fn text(&self) -> &str {
        &self.cells.text
    }

    /// Returns where in its text a cell stands, quotes included; row 0 is the header.
    pub fn span(&self, row: usize, place: usize) -> Range<usize> {
        self.cells.span(row, place)
    }

    /// Returns the text of rows by their numbers in the order of keys; `None` where they stand in another, or the last
    /// has no line end.
    pub fn lines(&self, rows: Range<usize>) -> Option<&str> {
        if self.order.is_some() {
            return None;
        }
        self.cells.text.get(self.cells.start(rows.start)..self.cells.start(rows.end))
    }

    /// Returns the number of the row, from 1, that stands at a byte of the text; 0 is the header.
    pub fn row_at(&self, offset: usize) -> usize {
        self.cells.lines.partition_point(|line| line.start as usize <= offset).saturating_sub(1)
    }

    /// Returns how many whole rows there are between a row and a byte of the text behind its beginning.
    pub fn rows_before(&self, row: usize, at: usize) -> usize {
        let at = self.cells.start(row) + at;
        self.cells.lines[row + 1..].partition_point(|line| line.start as usize <= at).saturating_sub(1)
    }

    /// Returns the place of a column of the schema in the header, if the table has it.
    pub fn place(&self, column: usize) -> Option<usize> {
        Some(self.places[column]).filter(|place| *place != usize::MAX)
    }

    /// Returns the names in the header, in the order of the file.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        self.cells.header.iter().map(|name| &**name)
    }

    /// Returns the columns in canonical order, each with its name, its place in the header and what may stand in it: those of
    /// the schema, then the unknown ones as they were found.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Option<usize>, Type)> {
        let known = self.schema.columns.iter().enumerate();
        let known = known.map(|(number, column)| (column.name, self.place(number), column.kind));
        known.chain(self.unknown().map(|(place, name)| (name, Some(place), Type::Text)))
    }

    /// Returns the columns that the schema does not know, by place and name, in the order of the file.
    pub fn unknown(&self) -> impl Iterator<Item = (usize, &str)> {
        self.header().enumerate().filter(|(place, _)| !self.places.contains(place))
    }

    /// Returns the places of `name` and of every `name_xx`, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = usize> {
        let is_name = |name: &str| name == "name" || name.starts_with("name_");
        self.header().enumerate().filter_map(move |(place, name)| is_name(name).then_some(place))
    }

    /// Returns a cell by its place in the header; columns the file has not are empty.
    fn get(&self, row: usize, place: usize) -> &str {
        if place == usize::MAX { "" } else { self.cells.get(row + 1, place) }
    }

    /// Returns a row by its number in the file.
    pub fn row(&self, row: usize) -> Row<'_> {
        Row { grid: self, row }
    }

    /// Returns the rows in the order of the file.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.len()).map(|row| self.row(row))
    }

    /// Returns the rows in the order of their keys.
    pub fn by_key(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.some_by_key(0..self.len())
    }

    /// Returns some of the rows, by their numbers in the order of their keys.
    pub fn some_by_key(&self, rows: Range<usize>) -> impl ExactSizeIterator<Item = Row<'_>> {
        rows.map(|nth| self.row(self.nth(nth)))
    }

    /// Returns the rows whose key begins with these cells, in the order of their keys.
    pub fn range<'r>(&'r self, key: &[&str]) -> impl ExactSizeIterator<Item = Row<'r>> + use<'r, 'a> {
        self.range_if(true, key)
    }

    /// Returns the same, or none without looking for them where it is known that there `may_be` none.
    pub fn range_if<'r>(&'r self, may_be: bool, key: &[&str]) -> impl ExactSizeIterator<Item = Row<'r>> + use<'r, 'a> {
        let (mut first, mut end) = (0, 0);
        if may_be {
            first = self.locate(key).unwrap_or_else(|first| first);
            end = (first..self.len()).find(|nth| self.compare_to(self.nth(*nth), key).is_ne()).unwrap_or(self.len());
        }
        (first..end).map(|nth| self.row(self.nth(nth)))
    }

    /// Finds the row of a key.
    pub fn find(&self, key: &[&str]) -> Option<Row<'_>> {
        self.locate(key).ok().map(|nth| self.row(self.nth(nth)))
    }

    /// Finds the first row whose key begins with these cells, in the order of keys, or where it would stand.
    fn locate(&self, key: &[&str]) -> Result<usize, usize> {
        self.locate_between(0, self.len(), key)
    }

    /// Finds it where it is known to stand from a row on, and likely not far behind.
    pub fn locate_from(&self, from: usize, key: &[&str]) -> Result<usize, usize> {
        let (mut low, mut step) = (from, 1);
        while low + step < self.len() && self.compare_to(self.nth(low + step), key).is_lt() {
            low += step;
            step *= 2;
        }
        self.locate_between(low, self.len().min(low + step + 1), key)
    }

    fn locate_between(&self, mut from: usize, mut to: usize, key: &[&str]) -> Result<usize, usize> {
        while from < to {
            let middle = from.midpoint(to);
            if self.compare_to(self.nth(middle), key).is_lt() { from = middle + 1 } else { to = middle }
        }
        let is_there = from < self.len() && self.compare_to(self.nth(from), key).is_eq();
        if is_there { Ok(from) } else { Err(from) }
    }

    /// Returns the rows in whose text, as it stands in the file, something stands; not to be asked for text with quotes,
    /// which stand doubled there.
    pub fn containing(&self, text: &str) -> impl Iterator<Item = Row<'_>> {
        let finder = memchr::memmem::Finder::new(text).into_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + finder.find(self.cells.text.as_bytes().get(from..)?)?;
            let row = self.row_at(at);
            from = self.cells.lines[row + 1].start as usize;
            Some(row)
        })
        .filter_map(|row| Some(self.row(row.checked_sub(1)?)))
    }

    /// Returns the place of `name_xx` of a language, if the table has it.
    pub fn name_place(&self, language: &str) -> Option<usize> {
        self.header().position(|name| name.strip_prefix("name_") == Some(language))
    }

    /// Returns the pairs of neighbours in the order of keys that have the same key.
    pub fn twice(&self) -> impl Iterator<Item = (Row<'_>, Row<'_>)> {
        let pairs = if self.cells.order == Some(Ordering::Less) { 0..0 } else { 1..self.len() };
        pairs
            .map(|nth| (self.row(self.nth(nth - 1)), self.row(self.nth(nth))))
            .filter(|(one, other)| self.compare(one.row, other.row).is_eq())
    }

    fn nth(&self, nth: usize) -> usize {
        self.order.as_ref().map_or(nth, |order| order[nth] as usize)
    }

    fn compare(&self, left: usize, right: usize) -> Ordering {
        self.key
            .iter()
            .map(|place| self.get(left, *place).cmp(self.get(right, *place)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    fn compare_to(&self, row: usize, key: &[&str]) -> Ordering {
        self.key
            .iter()
            .zip(key)
            .map(|(place, cell)| self.get(row, *place).cmp(cell))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    grid: &'r Grid<'r>,
    row: usize,
}

impl<'r> Row<'r> {
    /// Returns which table it is a row of.
    pub fn table(self) -> Table {
        self.grid.table()
    }

    /// Returns its number in the file, from 0.
    pub fn number(self) -> usize {
        self.row
    }

    /// Returns a cell by the column's number in the schema; empty is unknown.
    pub fn get(self, column: usize) -> &'r str {
        self.grid.get(self.row, self.grid.places[column])
    }

    /// Returns a cell by its place in the header.
    pub fn at(self, place: usize) -> &'r str {
        self.grid.get(self.row, place)
    }

    /// Returns all its cells, in the order of the file.
    pub fn all(self) -> Vec<&'r str> {
        self.grid.cells.all(self.row + 1)
    }

    /// Returns some of its cells by their places in the header; columns the file has not are empty.
    pub fn some<const N: usize>(self, places: [usize; N]) -> [&'r str; N] {
        self.grid.cells.some(self.row + 1, places)
    }

    /// Returns the place of a column of the schema in the header, if the table has it.
    pub fn place(self, column: usize) -> Option<usize> {
        self.grid.place(column)
    }

    /// Returns the cells of its key.
    pub fn key(self) -> Vec<&'r str> {
        self.grid.key.iter().map(|place| self.at(*place)).collect()
    }

    /// Returns the columns that the schema does not know, with their places in the header.
    pub fn unknown(self) -> impl Iterator<Item = (usize, &'r str)> {
        self.grid.unknown()
    }

    /// Returns the parts of a list cell.
    pub fn list(self, column: usize) -> impl Iterator<Item = &'r str> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Returns the ids that it refers to, each with the table where it leads.
    pub fn references(self) -> impl Iterator<Item = (Table, &'r str)> {
        let columns = self.grid.schema.columns.iter().enumerate();
        let referring = columns.filter_map(|(number, column)| Some((number, column, column.refers_to()?)));
        referring.flat_map(move |(number, column, target)| column.ids(self.get(number)).map(move |id| (target, id)))
    }

    /// Returns the cell at the place of `name_xx`, else the `name`.
    pub fn name_at(self, place: Option<usize>) -> &'r str {
        let tagged = place.map(|place| self.at(place)).filter(|name| !name.is_empty());
        tagged.unwrap_or_else(|| self.grid.schema.column("name").map_or("", |column| self.get(column)))
    }

    /// Returns `name_xx` of a language, else the `name`.
    pub fn name_in(self, language: &str) -> &'r str {
        self.name_at(self.grid.name_place(language))
    }

    /// Returns its names with the tags of their languages; the local one has none.
    pub fn tagged_names(self) -> impl Iterator<Item = (Option<&'r str>, &'r str)> {
        let tagged =
            self.grid.names().map(move |place| (self.grid.cells.header[place].strip_prefix("name_"), self.at(place)));
        tagged.filter(|(_, name)| !name.is_empty())
    }

    /// Returns its names in all languages, the local one first.
    pub fn names(self) -> impl Iterator<Item = &'r str> {
        self.grid.names().map(move |place| self.at(place)).filter(|name| !name.is_empty())
    }
}
