//! One table in memory: the text of its file and where each row begins.
//!
//! Nothing is copied out of the text but cells that hold a doubled quote, and little is kept beside it: where each row
//! begins and where its first cells end, which are the keys and what most questions are about. A cell further on is found
//! by walking along its row, eight bytes at a step. A grid is made by `storage`, which has checked its shape.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::{ControlFlow, Range};

use super::schema::{Schema, Table};

/// A table in canonical dress: commas, LF, strict quotes, rows of one width.
#[derive(Clone, Debug, Default)]
pub struct Cells<'a> {
    /// The text, borrowed from the file where that was in canonical dress.
    pub text: Cow<'a, str>,
    /// Where the rows begin, header first, and at last where one more would.
    pub starts: Vec<u32>,
    /// For each row, header first, where its first cells end, counted from its beginning; [`FAR`] is to be walked to.
    pub near: Vec<[u16; NEAR]>,
    /// The cells that hold doubled quotes, by the offset they begin at, as they read.
    pub unescaped: Vec<(u32, Box<str>)>,
    /// The names in the header.
    pub header: Vec<Box<str>>,
    /// How the worst pair of neighbours stands by its keys: `Less` is sorted, each key once; `Equal` has a key twice.
    pub order: Option<Ordering>,
}

/// How many cells of each row are found without walking.
pub const NEAR: usize = 4;
/// Marks a cell that ends too far from the beginning of its row, or is not there.
pub const FAR: u16 = u16::MAX;

impl Cells<'_> {
    /// Returns how many rows there are below the header.
    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(2)
    }

    /// Returns where a cell stands in the text, quotes included; row 0 is the header.
    pub fn span(&self, row: usize, place: usize) -> Range<usize> {
        let start = self.starts[row] as usize;
        let near = self.near[row];
        if place < NEAR && near[place] != FAR {
            let from = place.checked_sub(1).map_or(0, |left| near[left] + 1);
            return start + usize::from(from)..start + usize::from(near[place]);
        }
        let end = self.starts[row + 1] as usize - 1;
        let (mut nth, from) = match near[NEAR - 1] {
            FAR => (0, start),
            last => (NEAR, start + usize::from(last) + 1),
        };
        let mut cell = from..end;
        walk(self.text.as_bytes(), from..end, |at| {
            cell.end = at;
            if nth == place {
                return ControlFlow::Break(());
            }
            nth += 1;
            cell.start = at + 1;
            ControlFlow::Continue(())
        });
        cell
    }

    /// Returns what a cell reads; row 0 is the header.
    pub fn get(&self, row: usize, place: usize) -> &str {
        let span = self.span(row, place);
        let start = span.start as u32;
        let raw = &self.text[span];
        let Some(quoted) = raw.strip_prefix('"') else { return raw };
        match self.unescaped.binary_search_by_key(&start, |(start, _)| *start) {
            Ok(found) => &self.unescaped[found].1,
            Err(_) => quoted.strip_suffix('"').unwrap_or(quoted),
        }
    }
}

/// Calls `each` with the end of every cell of a row, until it breaks.
///
/// A row is `line` of `bytes`, without its line end; its quotes are strict (RFC 4180): one opens a cell only as its
/// first byte, and stands doubled inside it.
#[inline]
fn walk(bytes: &[u8], line: Range<usize>, mut each: impl FnMut(usize) -> ControlFlow<()>) {
    let mut at = line.start;
    while at < line.end {
        let word = eight(bytes, at);
        let mut marks = low_signs(word);
        let from = at;
        at += 8;
        while marks != 0 {
            let bit = marks.trailing_zeros() & !7;
            marks &= marks - 1;
            let here = from + (bit / 8) as usize;
            if here >= line.end {
                break;
            }
            match (word >> bit) as u8 {
                b',' if each(here).is_break() => return,
                b'"' => {
                    // On with the comma behind the closing quote.
                    at = closing_quote(&bytes[..line.end], here).map_or(line.end, |close| close + 1);
                    break;
                }
                _ => {}
            }
        }
    }
    _ = each(line.end);
}

/// Finds the quote that closes the cell opened at `open`, past doubled ones.
pub fn closing_quote(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// The high bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Marks, in the high bit of each, those of eight bytes that are ASCII and not above the comma: the commas, quotes, line
/// ends and other controls, but also blanks and a few signs that are rare in a table.
#[inline]
fn low_signs(word: u64) -> u64 {
    !((word | HIGH) - u64::from(b',' + 1) * 0x0101_0101_0101_0101) & !word & HIGH
}

/// Returns the eight bytes from `at` as a number, the first lowest; behind the end there are letters.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => (0..8).rev().fold(0, |word, nth| word << 8 | u64::from(bytes.get(at + nth).copied().unwrap_or(b'a'))),
    }
}

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
            order.sort_by(|left, right| grid.compare(*left as usize, *right as usize));
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

    /// Returns the place of a column of the schema in the header, if the table has it.
    pub fn place(&self, column: usize) -> Option<usize> {
        Some(self.places[column]).filter(|place| *place != usize::MAX)
    }

    /// Returns the names in the header, in the order of the file.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        self.cells.header.iter().map(|name| &**name)
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
        (0..self.len()).map(|nth| self.row(self.nth(nth)))
    }

    /// Returns the rows whose key begins with these cells, in the order of their keys.
    pub fn range<'r>(&'r self, key: &[&str]) -> impl ExactSizeIterator<Item = Row<'r>> + use<'r, 'a> {
        let first = self.partition(|row| self.compare_to(row, key) == Ordering::Less);
        let end = (first..self.len()).find(|nth| self.compare_to(self.nth(*nth), key).is_ne()).unwrap_or(self.len());
        (first..end).map(|nth| self.row(self.nth(nth)))
    }

    /// Finds the row of a key.
    pub fn find(&self, key: &[&str]) -> Option<Row<'_>> {
        let first = self.partition(|row| self.compare_to(row, key) == Ordering::Less);
        (first < self.len()).then(|| self.row(self.nth(first))).filter(|row| self.compare_to(row.row, key).is_eq())
    }

    /// Returns the rows in whose text, as it stands in the file, something stands; not to be asked for text with quotes,
    /// which stand doubled there.
    pub fn containing(&self, text: &str) -> impl Iterator<Item = Row<'_>> {
        let finder = memchr::memmem::Finder::new(text).into_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + finder.find(self.cells.text.as_bytes().get(from..)?)?;
            let next = self.cells.starts.partition_point(|start| *start as usize <= at);
            from = self.cells.starts[next] as usize;
            Some(next - 1)
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

    fn partition(&self, holds: impl Fn(usize) -> bool) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            if holds(self.nth(middle)) { from = middle + 1 } else { to = middle }
        }
        from
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

    /// Returns the parts of a list cell.
    pub fn list(self, column: usize) -> impl Iterator<Item = &'r str> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
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
