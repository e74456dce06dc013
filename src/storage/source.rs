//! The files of a registry, as text, and the way from there to the model.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::buffer::Buffer;
use super::commit::Pending;
use super::decode::decode;
use super::dress::{Undressed, undress};
use super::problem::{Found, LoadError, Problem, place};
use super::snapshot::Snapshot;
use super::tokens::{Tokens, tokenize};
use super::{builtin, json, package};
use crate::model::cell::Flaw;
use crate::model::{Grid, Registry, Table};

/// Where a registry lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder of tables.
    Folder(PathBuf),
    /// One JSON file.
    Json(PathBuf),
    /// The program itself.
    Builtin,
}

impl Place {
    /// Tells what a path is: a `.json` file, whether it is there or not, else a folder.
    pub fn of(path: &Path) -> Place {
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if is_json && !path.is_dir() { Place::Json(path.to_owned()) } else { Place::Folder(path.to_owned()) }
    }

    /// Tells whether a folder is a registry: whether it has the tables of parties and partnerships.
    pub fn is_registry(folder: &Path) -> bool {
        [Table::Municipalities, Table::Partnerships].iter().all(|table| folder.join(file_name(*table)).is_file())
    }
}

/// Returns the file's name of a table in a folder.
pub fn file_name(table: Table) -> String {
    format!("{}.csv", table.name())
}

/// How often a registry is read anew where others write to it meanwhile.
const MOST_READINGS: usize = 1000;

/// The files of a registry, as they stood at one moment. The registry borrows from them.
#[derive(Debug)]
pub struct Source {
    pub(super) files: Files,
    snapshot: Snapshot,
}

/// The files, by form.
#[derive(Debug)]
pub enum Files {
    Folder { tables: Vec<Option<Buffer>>, package: Option<Buffer>, journal: Option<Buffer> },
    Json { file: String, bytes: Buffer },
}

impl Source {
    /// Reads the files of a registry.
    ///
    /// # Errors
    /// There is no registry, or a file cannot be read.
    pub fn open(place: &Place) -> Result<Source, LoadError> {
        match place {
            Place::Builtin => {
                let tables = builtin::TABLES.iter().map(|text| Some(Buffer::Static(text))).collect();
                let package = Some(Buffer::Static(builtin::PACKAGE));
                let files = Files::Folder { tables, package, journal: None };
                Ok(Source { files, snapshot: Snapshot::default() })
            }
            Place::Json(path) => {
                let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let mut snapshot = Snapshot::default();
                let bytes = snapshot.read(path)?.ok_or_else(|| LoadError::NoRegistry(path.display().to_string()))?;
                Ok(Source { files: Files::Json { file, bytes }, snapshot })
            }
            Place::Folder(folder) if Place::is_registry(folder) => {
                for _ in 0..MOST_READINGS {
                    let source = Source::read(folder)?;
                    if source.is_current() {
                        return Ok(source);
                    }
                }
                Err(LoadError::Restless(folder.display().to_string()))
            }
            Place::Folder(folder) => Err(LoadError::NoRegistry(folder.display().to_string())),
        }
    }

    /// Reads the files of a folder once.
    fn read(folder: &Path) -> Result<Source, LoadError> {
        let mut snapshot = Snapshot::default();
        let pending = Pending::read(folder, &mut snapshot)?;
        let mut read = |name: &str| pending.file(folder, name, &mut snapshot);
        let tables = Table::ALL.iter().map(|table| read(&file_name(*table))).collect::<Result<_, _>>()?;
        let files = Files::Folder { tables, package: read(package::FILE)?, journal: read(package::JOURNAL)? };
        Ok(Source { files, snapshot })
    }

    /// Takes the files of a folder from memory, by their names; those that no registry has are passed over.
    pub fn of_folder(files: Vec<(String, Vec<u8>)>) -> Source {
        let mut files: HashMap<String, Vec<u8>> = files.into_iter().collect();
        let mut take = |name: &str| files.remove(name).map(Buffer::Heap);
        let tables = Table::ALL.iter().map(|table| take(&file_name(*table))).collect();
        let files = Files::Folder { tables, package: take(package::FILE), journal: take(package::JOURNAL) };
        Source { files, snapshot: Snapshot::default() }
    }

    /// Takes the JSON form from memory.
    pub fn of_json(bytes: Vec<u8>) -> Source {
        let files = Files::Json { file: "registry.json".to_owned(), bytes: Buffer::Heap(bytes) };
        Source { files, snapshot: Snapshot::default() }
    }

    /// Tells whether the files are still those that were read.
    pub fn is_current(&self) -> bool {
        self.snapshot.is_current()
    }

    /// Makes a registry with the countries of another one and nothing else.
    pub fn empty<'a>(countries: &Registry<'a>, home: Vec<String>) -> Registry<'a> {
        let grids = Table::ALL.map(|table| match table {
            Table::Countries => countries.grid(table).clone(),
            table => Grid::empty(table),
        });
        let package = serde_json::Value::Object(package::empty(&home)).to_string();
        let mut registry = Registry::new(grids, home);
        registry.package = Cow::Owned(package);
        registry
    }

    /// Makes the model of the files.
    ///
    /// # Errors
    /// Every problem of every file, in the order of files and lines.
    pub fn load(&self) -> Result<Registry<'_>, LoadError> {
        let mut problems = Vec::new();
        let registry = match &self.files {
            Files::Json { file, bytes } => match decode(file, bytes) {
                Ok(text) => json::load(file, &text, &mut problems),
                Err(more) => return Err(LoadError::Problems(more)),
            },
            Files::Folder { tables, package, journal } => {
                let grids = Table::ALL.map(|table| {
                    let file = file_name(table);
                    match &tables[table as usize] {
                        None => missing(table, &file, &mut problems),
                        Some(bytes) => load_table(table, &file, bytes).unwrap_or_else(|more| {
                            problems.extend(more);
                            Grid::missing(table)
                        }),
                    }
                });
                let mut text = |file, buffer: &'_ Option<Buffer>| {
                    let bytes: &[u8] = buffer.as_deref().unwrap_or_default();
                    decode(file, bytes).map_err(|more| problems.extend(more)).unwrap_or_default().into_owned()
                };
                let (package, journal) = (text(package::FILE, package), text(package::JOURNAL, journal));
                let home = package::home(&package).map_err(|problem| problems.push(problem)).unwrap_or_default();
                problems.extend(package::journal_problems(&journal));
                let mut registry = Registry::new(grids, home);
                registry.package = Cow::Owned(package);
                registry.journal = Cow::Owned(journal);
                registry
            }
        };
        if problems.is_empty() {
            return Ok(registry);
        }
        problems.sort();
        Err(LoadError::Problems(problems))
    }
}

/// Reads a file that holds text.
///
/// # Errors
/// It is not there, cannot be read, or holds no text.
pub fn read_text(path: &Path) -> Result<String, LoadError> {
    let io = |error| LoadError::Io { path: path.display().to_string(), error };
    let bytes = Snapshot::default().read(path)?.ok_or_else(|| io(std::io::ErrorKind::NotFound.into()))?;
    let text = decode(&path.display().to_string(), &bytes).map_err(LoadError::Problems)?;
    Ok(text.into_owned())
}

/// Returns the empty table that a missing one stands for, and the problem where it may not be missing.
pub fn missing<'a>(table: Table, file: &str, problems: &mut Vec<Problem>) -> Grid<'a> {
    if table.is_required() {
        let message = format!("there is no table `{}`; a registry cannot be without it", table.name());
        problems.push(Problem { file: file.to_owned(), line: 1, column: 1, rule: "missing-table", message });
    }
    Grid::missing(table)
}

/// Makes a table of the bytes of its file.
fn load_table<'a>(table: Table, file: &str, bytes: &'a [u8]) -> Result<Grid<'a>, Vec<Problem>> {
    let schema = table.schema();
    let text = match tokenize(decode(file, bytes)?, schema) {
        Ok(tokens) => {
            let (grid, flaws) = (Grid::new(table, tokens.cells), tokens.flaws);
            let found = found(&grid, flaws, |row, place| grid.span(row, place).start);
            return if found.is_empty() { Ok(grid) } else { Err(place(file, grid.text(), found)) };
        }
        Err(text) => text,
    };
    let Undressed { text: undressed, origin } = undress(&text, schema).map_err(|found| place(file, &text, found))?;
    let Ok(Tokens { cells, flaws }) = tokenize(Cow::Owned(undressed), schema) else {
        let found = Found::new(0, "size", "the table is too large: four gigabytes are the most");
        return Err(place(file, &text, vec![found]));
    };
    let grid = Grid::new(table, cells);
    let found = found(&grid, flaws, |row, place| origin.offset(&text, row, place));
    if found.is_empty() { Ok(grid) } else { Err(place(file, &text, found)) }
}

/// Says everything that keeps a table from being what its schema says, beside the flaws of its cells; `offset` tells
/// where a cell (by row, header 0, and place) stands in the file.
pub fn found(grid: &Grid<'_>, flaws: Vec<(usize, usize, Flaw)>, offset: impl Fn(usize, usize) -> usize) -> Vec<Found> {
    let schema = grid.schema();
    let mut found = Vec::new();
    let mut names = HashSet::new();
    for (place, name) in grid.header().enumerate() {
        if !names.insert(name) {
            let message = format!("the header names the column `{name}` twice");
            found.push(Found::new(offset(0, place), "missing-column", message));
        }
    }
    for (number, column) in schema.columns.iter().enumerate() {
        if column.required && grid.place(number).is_none() {
            let message = format!("the table has no column `{}`; it cannot be without it", column.name);
            found.push(Found::new(offset(0, 0), "missing-column", message));
        }
    }
    if !found.is_empty() {
        return found;
    }
    found.extend(flaws.into_iter().map(|(row, place, flaw)| Found::new(offset(row, place), flaw.rule, flaw.message)));
    for (first, again) in grid.twice() {
        let key: Vec<&str> = schema.key.iter().filter_map(|name| Some(again.get(schema.column(name)?))).collect();
        let place = schema.column(schema.key[0]).and_then(|column| grid.place(column)).unwrap_or(0);
        let number = first.number() + 1;
        let message = format!("`{}` stands here again; it is number {number} of the table already", key.join(","));
        found.push(Found::new(offset(again.number() + 1, place), "duplicate-key", message));
    }
    found
}
