//! The files of a registry, as text, and the way from there to the model.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::buffer::Buffer;
use super::commit::Pending;
use super::decode::decode;
use super::dress::{ForeignRow, Origin, Undressed, rows, undress};
use super::examined::{Examined, Origins};
use super::problem::{Found, LoadError, Problem, first_of_each, most_told, place};
use super::snapshot::Snapshot;
use super::tokens::{Tokens, tokenize};
use super::{builtin, json, package};
use crate::model::cell::Flaw;
use crate::model::fault::{Fault, Wrong};
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
pub fn file_name(table: Table) -> &'static str {
    table.schema().file
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
pub(super) enum Files {
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
        let tables = Table::ALL.iter().map(|table| read(file_name(*table))).collect::<Result<_, _>>()?;
        let files = Files::Folder { tables, package: read(package::FILE)?, journal: read(package::JOURNAL)? };
        Ok(Source { files, snapshot })
    }

    /// Takes the files of a folder from memory, by their names; those that no registry has are passed over.
    pub fn of_folder(files: Vec<(String, Vec<u8>)>) -> Source {
        let mut files: HashMap<String, Vec<u8>> = files.into_iter().collect();
        let mut take = |name: &str| files.remove(name).map(Buffer::Heap);
        let tables = Table::ALL.iter().map(|table| take(file_name(*table))).collect();
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
        self.examine()?.sound()
    }

    /// Makes the model of the files as far as they can be read, whatever else is wrong with them.
    ///
    /// # Errors
    /// Every problem of every file, if there is one that cannot be read as what it is.
    pub fn examine(&self) -> Result<Examined<'_>, LoadError> {
        let mut problems = Vec::new();
        let examined = match &self.files {
            Files::Json { file, bytes } => match decode(file, bytes) {
                Ok(text) => json::load(file, text, &mut problems),
                Err(more) => return Err(LoadError::Problems(more)),
            },
            Files::Folder { tables, package, journal } => {
                let (mut faults, mut origins) = (Vec::new(), Vec::new());
                let grids = Table::ALL.map(|table| {
                    let file = file_name(table);
                    let none = |grid| TableRead { grid, faults: Vec::new(), origin: None };
                    let read = match &tables[table as usize] {
                        None => none(missing(table, file, &mut problems)),
                        Some(bytes) => load_table(table, file, bytes).unwrap_or_else(|more| {
                            problems.extend(more);
                            none(Grid::missing(table))
                        }),
                    };
                    faults.extend(read.faults);
                    origins.push(read.origin);
                    read.grid
                });
                let mut text = |file, buffer: &'_ Option<Buffer>| {
                    let bytes: &[u8] = buffer.as_deref().unwrap_or_default();
                    decode(file, bytes).map_err(|more| problems.extend(more)).unwrap_or_default().into_owned()
                };
                let (package, journal) = (text(package::FILE, package), text(package::JOURNAL, journal));
                let home = package::home(&package).map_err(|problem| problems.push(problem)).unwrap_or_default();
                let bad_lines = package::journal_problems(&journal);
                let mut registry = Registry::new(grids, home);
                registry.package = Cow::Owned(package);
                registry.journal = Cow::Owned(journal);
                Examined { registry, faults, bad_lines, origins: Origins::Folder(origins) }
            }
        };
        if problems.is_empty() {
            return Ok(examined);
        }
        problems.extend(examined.problems());
        problems.sort();
        Err(LoadError::Problems(first_of_each(problems)))
    }
}

/// Reads a file that holds text.
///
/// # Errors
/// It is not there, cannot be read, or holds no text.
pub fn read_text(path: &Path) -> Result<String, LoadError> {
    let text = decode(&path.display().to_string(), &read_bytes(path)?).map_err(LoadError::Problems)?.into_owned();
    Ok(text)
}

/// Reads a file, whatever it holds.
///
/// # Errors
/// It is not there or cannot be read.
pub fn read_bytes(path: &Path) -> Result<Buffer, LoadError> {
    let missing = || LoadError::Io { path: path.display().to_string(), error: std::io::ErrorKind::NotFound.into() };
    Snapshot::default().read(path)?.ok_or_else(missing)
}

/// Splits the text of a table that is not the registry's into the rows that hold something, each with its number.
///
/// # Errors
/// Quotes that do not close.
pub fn foreign_rows(file: &str, text: &str, delimiter: u8) -> Result<Vec<ForeignRow>, Vec<Problem>> {
    rows(text, delimiter).map_err(|found| place(file, text, found))
}

/// Returns the empty table that a missing one stands for, and the problem where it may not be missing.
pub fn missing<'a>(table: Table, file: &str, problems: &mut Vec<Problem>) -> Grid<'a> {
    if table.is_required() {
        let message = format!("there is no table `{}`; a registry cannot be without it", table.name());
        problems.push(Problem { file: file.to_owned(), line: 1, column: 1, rule: "missing-table", message });
    }
    Grid::missing(table)
}

/// A table that has been read, what is wrong with it, and where its cells stood if it was dressed otherwise.
struct TableRead<'a> {
    grid: Grid<'a>,
    faults: Vec<Fault>,
    origin: Option<(Cow<'a, str>, Origin)>,
}

/// Makes a table of the bytes of its file.
fn load_table<'a>(table: Table, file: &str, bytes: &'a [u8]) -> Result<TableRead<'a>, Vec<Problem>> {
    let schema = table.schema();
    let text = match tokenize(decode(file, bytes)?, schema) {
        Ok(tokens) => {
            let grid = Grid::new(table, tokens.cells);
            let found = missing_columns(&grid, |row, place| grid.span(row, place).start);
            if !found.is_empty() {
                return Err(place(file, grid.text(), found));
            }
            let faults = faults(&grid, tokens.flaws);
            return Ok(TableRead { grid, faults, origin: None });
        }
        Err(text) => text,
    };
    let Undressed { text: undressed, origin, wrongs } =
        undress(&text, schema).map_err(|found| place(file, &text, found))?;
    let Ok(Tokens { cells, flaws }) = tokenize(Cow::Owned(undressed), schema) else {
        let found = Found::new(0, "size", "the table is too large: four gigabytes are the most");
        return Err(place(file, &text, vec![found]));
    };
    let grid = Grid::new(table, cells);
    let found = missing_columns(&grid, |row, place| origin.offset(&text, row, place));
    if !found.is_empty() {
        return Err(place(file, &text, found));
    }
    let broken: HashSet<usize> = wrongs.iter().filter(|(.., what)| what.breaks_row()).map(|(row, ..)| *row).collect();
    let mut faults = faults(&grid, flaws);
    // What else is wrong with a broken row follows from that.
    faults.retain(|fault| !broken.contains(&fault.row));
    faults.extend(wrongs.into_iter().map(|(row, place, what)| Fault { table, row, place, what }));
    Ok(TableRead { grid, faults, origin: Some((text, origin)) })
}

/// Says which columns a table is without, or has twice; `offset` tells where a cell (by row, header 0, and place) stands
/// in the file.
pub fn missing_columns(grid: &Grid<'_>, offset: impl Fn(usize, usize) -> usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut names = HashSet::new();
    for (place, name) in grid.header().enumerate() {
        if !names.insert(name) {
            let message = format!("the header names the column `{name}` twice");
            found.push(Found::new(offset(0, place), "missing-column", message));
        }
    }
    for (number, column) in grid.schema().columns.iter().enumerate() {
        if column.required && grid.place(number).is_none() {
            let message = format!("the table has no column `{}`; it cannot be without it", column.name);
            found.push(Found::new(offset(0, 0), "missing-column", message));
        }
    }
    found
}

/// Says everything that is wrong with a table that has its columns: the flaws of its cells, and keys that it has twice.
pub fn faults(grid: &Grid<'_>, flaws: Vec<(usize, usize, Flaw)>) -> Vec<Fault> {
    let schema = grid.schema();
    let table = schema.table;
    let flaws = flaws.into_iter().map(|(row, place, flaw)| Fault { table, row, place, what: Wrong::Cell(flaw) });
    let again = grid.twice().take(most_told(grid.text().len()) + 1).map(|(first, again)| {
        let key: Vec<&str> = schema.key.iter().filter_map(|name| Some(again.get(schema.column(name)?))).collect();
        let place = schema.column(schema.key[0]).and_then(|column| grid.place(column)).unwrap_or(0);
        let what = Wrong::Again { key: key.join(","), first: first.number() + 1 };
        Fault { table, row: again.number() + 1, place, what }
    });
    flaws.chain(again).collect()
}
