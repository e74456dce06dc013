//! A foreign file as a table of texts, whatever its form.

use super::columns::recognise;
use super::workbook::{self, Sheet, WorkbookError};
use super::{delimited, json};
use crate::model::pattern::runs_in_spreadsheet;
use crate::model::{Registry, grid};
use crate::storage::{LoadError, decode};

/// A table as somebody else keeps it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// The form it was found in.
    pub form: Form,
    /// Its rows that hold something. Which of them names the columns is for [`Mapping`](super::Mapping) to find.
    pub rows: Vec<Row>,
}

/// A row of a foreign table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, as a spreadsheet shows it; of the objects in a JSON file the first is 1.
    pub number: usize,
    /// Its cells; those at the end that hold nothing may be left out.
    pub cells: Vec<String>,
}

/// The form of a foreign file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Text with one of these between the cells.
    Delimited(u8),
    /// The sheet of a workbook.
    Sheet(String),
    /// JSON objects.
    #[default]
    Json,
    /// Results of the Wikidata Query Service, or any other SPARQL endpoint.
    Sparql,
    /// Entity documents of Wikidata.
    Entities,
    /// A registry of this program.
    Registry,
}

/// How a file is to be read, where it does not say so itself.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Where the objects stand in a JSON file: a JSON pointer (RFC 6901).
    pub pointer: Option<String>,
}

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    /// It cannot be read, or its text is broken.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// It is no JSON.
    #[error("{file}:{line}:{column}: {message}")]
    Json {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It is JSON, and holds no list of objects where one was looked for.
    #[error("{file} holds no list of objects{}", .pointer.as_ref().map_or(String::new(), |pointer| format!(" at `{pointer}`")))]
    NoObjects {
        /// The file.
        file: String,
        /// Where it was looked for.
        pointer: Option<String>,
        /// Where there is one.
        elsewhere: Vec<String>,
    },
    /// Its objects have too many members.
    #[error("the objects of {0} have more different members than a table may have columns")]
    Wide(String),
    /// It is a workbook that cannot be read.
    #[error("{file}: {error}")]
    Workbook {
        /// The file.
        file: String,
        /// Why.
        error: WorkbookError,
    },
    /// It has no sheet of that name, or several that may be meant.
    #[error("{file} {}", if .asked.is_some() { "has no such sheet" } else { "has several sheets that may be meant" })]
    Sheet {
        /// The file.
        file: String,
        /// What was asked for.
        asked: Option<String>,
        /// The sheets that there are.
        sheets: Vec<String>,
    },
    /// It holds nothing.
    #[error("{0} is empty")]
    Empty(String),
}

impl Foreign {
    /// Reads the bytes of a file; `name` is what it is called in messages.
    ///
    /// # Errors
    /// It is no table in any form that is known.
    pub fn read(name: &str, bytes: &[u8], reading: &Reading) -> Result<Foreign, ForeignError> {
        if workbook::is_workbook(bytes) {
            return Ok(Foreign::of_workbook(name, bytes, reading.sheet.as_deref())?.unguarded());
        }
        let text = decode(name, bytes).map_err(LoadError::Problems)?;
        let start = text.trim_start();
        let foreign = if start.starts_with(['{', '[']) {
            json::read(name, &text, reading.pointer.as_deref())?
        } else {
            delimited::read(name, &text)?
        };
        if foreign.rows.is_empty() { Err(ForeignError::Empty(name.to_owned())) } else { Ok(foreign.unguarded()) }
    }

    /// Takes away the apostrophes that `--excel` has put before what a spreadsheet would run.
    fn unguarded(mut self) -> Foreign {
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if cell.strip_prefix('\'').is_some_and(runs_in_spreadsheet) {
                cell.remove(0);
            }
        }
        self
    }

    /// Reads a sheet of a workbook: the one that is named, else the one in which a partner's column is recognised.
    fn of_workbook(name: &str, bytes: &[u8], asked: Option<&str>) -> Result<Foreign, ForeignError> {
        let file = || name.to_owned();
        let sheets = workbook::sheets(bytes).map_err(|error| ForeignError::Workbook { file: file(), error })?;
        let names = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let all: Vec<String> = names(&sheets);
        let (mut meant, others): (Vec<Sheet>, Vec<Sheet>) = match asked {
            Some(asked) => sheets.into_iter().partition(|sheet| sheet.name == asked),
            None => {
                let shown = sheets.into_iter().filter(|sheet| sheet.is_visible && !sheet.rows.is_empty());
                shown.partition(|sheet| recognise(&sheet.rows, true).is_some())
            }
        };
        if meant.is_empty() && asked.is_none() {
            meant.extend(others.into_iter().next());
        }
        match <[Sheet; 1]>::try_from(meant) {
            Ok([sheet]) if !sheet.rows.is_empty() => Ok(Foreign { form: Form::Sheet(sheet.name), rows: sheet.rows }),
            Err(meant) if asked.is_none() && meant.len() > 1 => {
                Err(ForeignError::Sheet { file: file(), asked: None, sheets: names(&meant) })
            }
            Err(_) if asked.is_some() => {
                Err(ForeignError::Sheet { file: file(), asked: asked.map(str::to_owned), sheets: all })
            }
            _ => Err(ForeignError::Empty(file())),
        }
    }

    /// Takes what another registry says of its partnerships.
    pub fn of_registry(registry: &Registry<'_>) -> Foreign {
        let side = ["id", "name", "country", "region", "code", "wikidata", "lat", "lon"];
        let own = ["kind", "status", "start", "end", "term", "themes", "verified_on", "note"];
        let header = |side: &str, part: &str| if part == "name" { side.to_owned() } else { format!("{side}_{part}") };
        let headers =
            ["place", "partner"].into_iter().flat_map(|named| side.iter().map(move |part| header(named, part)));
        let mut rows = vec![Row { number: 1, cells: headers.chain(own.map(str::to_owned)).collect() }];
        let cell = |row: grid::Row<'_>, name: &str| {
            row.table().schema().column(name).map_or_else(String::new, |column| row.get(column).to_owned())
        };
        registry.resolve_all();
        for (number, partnership) in registry.partnerships().enumerate() {
            let mut cells = Vec::with_capacity(rows[0].cells.len());
            let ids = [partnership.a(), partnership.b()];
            for (place, id) in registry.parties(number as u32).into_iter().zip(ids) {
                cells.push(id.to_owned());
                cells.extend(
                    side[1..].iter().map(|part| place.map_or_else(String::new, |place| cell(place.row(), part))),
                );
            }
            cells.extend(own.iter().map(|name| cell(partnership.row(), name)));
            rows.push(Row { number: number + 2, cells });
        }
        Foreign { form: Form::Registry, rows }
    }
}
