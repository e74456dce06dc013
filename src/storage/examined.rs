//! A registry that has been read with all its faults, and where its cells stand in their files.

use std::borrow::Cow;

use super::dress::Origin;
use super::json::RowPlaces;
use super::problem::{LoadError, Problem, Seen, first_of_each, most_told};
use super::source::file_name;
use crate::model::fault::{At, Fault};
use crate::model::{Registry, Table};

/// A registry as far as it could be read.
#[derive(Debug)]
pub struct Examined<'a> {
    /// The registry. Cells may hold anything, and keys may stand in several rows.
    pub registry: Registry<'a>,
    /// What is wrong with its tables.
    pub faults: Vec<Fault>,
    /// The lines of the journal that are none.
    pub bad_lines: Vec<Problem>,
    pub(super) origins: Origins<'a>,
}

/// Where the tables come from.
#[derive(Debug)]
pub(super) enum Origins<'a> {
    /// A folder; for each table its text and where its rows stood, if it was dressed otherwise than it is held.
    Folder(Vec<Option<(Cow<'a, str>, Origin)>>),
    /// One JSON file: its name and its text.
    Json(&'a str, Cow<'a, str>),
}

impl<'a> Examined<'a> {
    /// Returns the registry if nothing is wrong with it.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn sound(self) -> Result<Registry<'a>, LoadError> {
        let mut problems = self.problems();
        if problems.is_empty() {
            return Ok(self.registry);
        }
        problems.sort();
        Err(LoadError::Problems(first_of_each(problems)))
    }

    /// Returns everything that is wrong, with its place.
    pub fn problems(&self) -> Vec<Problem> {
        let mut places = self.places();
        let mut faults: Vec<&Fault> = self.faults.iter().collect();
        faults.sort_by_key(|fault| fault.cell());
        let problems = faults.into_iter().map(|fault| {
            let (line, column) = places.of(fault.cell());
            let (file, rule, message) = (self.file(fault.table).to_owned(), fault.what.rule(), fault.what.to_string());
            Problem { file, line, column, rule, message }
        });
        problems.chain(self.bad_lines.iter().cloned()).collect()
    }

    /// Tells whether there is more wrong with a table than was looked for.
    pub fn is_cut(&self) -> bool {
        Table::ALL.into_iter().any(|table| {
            let faults = self.faults.iter().filter(|fault| fault.table == table).count();
            faults > most_told(self.registry.grid(table).text().len())
        })
    }

    /// Returns the name of the file in which a table stands.
    pub fn file(&self, table: Table) -> &str {
        match &self.origins {
            Origins::Folder(_) => file_name(table),
            Origins::Json(file, _) => file,
        }
    }

    /// Finds the lines and columns of cells in their files, both from 1, columns in characters. Cells of one table, in
    /// the order of rows, take one walk over its text.
    pub fn places(&self) -> Places<'_, 'a> {
        let rows = match &self.origins {
            Origins::Folder(_) => None,
            Origins::Json(_, text) => Some(RowPlaces::new(text)),
        };
        Places { examined: self, rows, table: None, seen: Seen::default(), last: None }
    }
}

/// Finds cells in their files.
pub struct Places<'e, 'a> {
    examined: &'e Examined<'a>,
    rows: Option<RowPlaces<'e>>,
    table: Option<Table>,
    /// The beginning of the last row.
    seen: Seen,
    /// The last cell, of which much may be found.
    last: Option<(At, (usize, usize))>,
}

impl Places<'_, '_> {
    /// Returns the line and the column of a cell.
    pub fn of(&mut self, cell: At) -> (usize, usize) {
        match self.last {
            Some((last, place)) if last == cell => place,
            _ => {
                let place = self.find(cell);
                self.last = Some((cell, place));
                place
            }
        }
    }

    fn find(&mut self, (table, row, place): At) -> (usize, usize) {
        let (row, place) = (row as usize, place as usize);
        let Examined { registry, origins, .. } = self.examined;
        let grid = registry.grid(table);
        let (text, start, offset) = match (&self.rows, origins) {
            (None, Origins::Folder(origins)) => match &origins[table as usize] {
                None => (grid.text(), grid.span(row, 0).start, grid.span(row, place).start),
                Some((text, origin)) => (&**text, origin.row(row), origin.offset(text, row, place)),
            },
            (Some(rows), Origins::Json(_, text)) => {
                let member = grid.header().nth(place).unwrap_or_default();
                (&**text, rows.row(table, row), rows.offset(table, row, member))
            }
            _ => return (1, 1),
        };
        if self.table != Some(table) && self.rows.is_none() || start < self.seen.offset {
            self.seen = Seen::default();
        }
        self.table = Some(table);
        self.seen.advance(text, start);
        let mut cell = self.seen;
        cell.advance(text, offset);
        (cell.line, cell.column)
    }
}
