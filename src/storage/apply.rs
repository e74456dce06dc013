//! Carrying out a plan: alone, on what stands there now, all tables and the journal at once.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::canonical;
use super::commit::{NoEntry, ROOM, Room, Transaction, WriteError, disk, failed, sweep, write_beside};
use super::lines::{Entry, journal_line, last_id};
use super::problem::LoadError;
use super::source::{Place, Source, file_name};
use super::tokens::tokenize;
use super::{package, wipe};
use crate::edit::rebase::{Rebase, rebase};
use crate::edit::{Change, Conflict, Plan};
use crate::model::{Grid, Registry, Table};

/// Why a plan was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// The registry cannot be read any more.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Somebody else has changed the same.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Somebody else is writing for so long.
    #[error("the registry is being changed by somebody else ({0}); nothing was written")]
    Held(String),
}

/// What is to be carried out.
#[derive(Clone, Copy, Debug)]
pub struct Work<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// How strictly it is held to the records it was made of.
    pub how: Rebase,
    /// Whether files that are not in canonical form are written anew along with it.
    pub forms: bool,
}

/// What has been done.
#[derive(Debug)]
pub struct Done {
    /// The id of the operation; `None` where no record was left to be changed: then the journal has no line either.
    pub id: Option<String>,
    /// How many subjects were changed.
    pub subjects: usize,
    /// How many files were written anew because they were not in canonical form.
    pub files: usize,
    /// What kept decided files from being moved into place, if anything did.
    pub unfinished: Option<io::Error>,
}

/// Carries out a plan that was made on a registry as its source was read. Where others have edited it since, it is
/// carried out on what stands there now, if that goes together.
///
/// # Errors
/// Nothing was changed.
pub fn apply(
    place: &Place,
    source: &Source,
    registry: &Registry<'_>,
    work: Work<'_>,
    entry: &Entry,
) -> Result<Done, ApplyError> {
    let room = room(place)?;
    // The note outlives its writer, so a command that may quote what it wipes stays out of it.
    let command = if wipe::wiped(work.plan).is_empty() { &*entry.command } else { "" };
    let note = format!("by {}, process {}, since {}: {command}\n", entry.by, std::process::id(), entry.at);
    let room = Room::enter(&room, &note).map_err(|error| match error {
        NoEntry::Held(holder) => ApplyError::Held(holder),
        NoEntry::Io(error) => failed(&room)(error).into(),
    })?;
    let odd_files = |source: &Source, registry: &Registry<'_>| {
        let files = if work.forms { source.odd_files(registry) } else { Vec::new() };
        files.into_iter().map(|file| file.name).collect::<Vec<String>>()
    };
    if source.is_current() {
        let files = odd_files(source, registry);
        return write(place, &room, &Edit { registry, plan: work.plan, files }, entry);
    }
    let source = Source::open(place)?;
    let registry = source.load()?;
    let plan = rebase(work.plan, &registry, work.how)?;
    let files = odd_files(&source, &registry);
    write(place, &room, &Edit { registry: &registry, plan: &plan, files }, entry)
}

/// What is to be written.
struct Edit<'e, 'r> {
    registry: &'e Registry<'r>,
    plan: &'e Plan,
    /// The names of the files that are written anew, whether the plan changes them or not.
    files: Vec<String>,
}

/// Returns the folder of a registry's writers.
fn room(place: &Place) -> Result<PathBuf, WriteError> {
    match place {
        Place::Builtin => Err(WriteError::Builtin),
        Place::Folder(folder) => Ok(folder.join(ROOM)),
        Place::Json(path) => {
            let name = path.file_name().map_or_else(Default::default, |name| name.to_string_lossy());
            Ok(path.with_file_name(format!(".{name}{ROOM}")))
        }
    }
}

/// The name that is given to what is staged where there is no operation to name it after.
const NO_OPERATION: &str = "form";

fn write(place: &Place, room: &Room, edit: &Edit<'_, '_>, entry: &Entry) -> Result<Done, ApplyError> {
    let Edit { registry, plan, files } = edit;
    let done = Done { id: None, subjects: 0, files: files.len(), unfinished: None };
    if plan.is_empty() && files.is_empty() {
        return Ok(done);
    }
    if plan.is_empty() {
        return Ok(Done { unfinished: write_files(place, room, edit, None)?, ..done });
    }
    let wiped = wipe::wiped(plan);
    let mut before = Cow::Borrowed(&*registry.journal);
    if !before.is_empty() && !before.ends_with('\n') {
        before.to_mut().push('\n');
    }
    let path = path_of(place);
    let line = journal_line(entry, &wipe::without(plan, &wiped), &last_id(&before));
    let (id, mut line) = line.map_err(|error| failed(path)(error))?;
    if !wiped.is_empty() {
        let whole = [before.as_bytes(), &line].concat();
        line = wipe::from_journal(&String::from_utf8_lossy(&whole), wiped).into_bytes();
        before = Cow::Borrowed("");
    }
    let logged = Logged { journal: [before.as_bytes(), &line], id: &id };
    let unfinished = write_files(place, room, edit, Some(&logged))?;
    Ok(Done { id: Some(id), subjects: plan.subjects().len(), unfinished, ..done })
}

/// The journal with the line of an operation, in two pieces, and the id of the operation.
struct Logged<'l> {
    journal: [&'l [u8]; 2],
    id: &'l str,
}

/// Writes all files of an edit at once; without an operation the journal stays as it is.
fn write_files(
    place: &Place,
    room: &Room,
    edit: &Edit<'_, '_>,
    logged: Option<&Logged<'_>>,
) -> Result<Option<io::Error>, WriteError> {
    match place {
        Place::Builtin => Err(WriteError::Builtin),
        Place::Folder(folder) => write_folder(folder, edit, logged),
        Place::Json(path) => write_json(path, room, edit, logged).map(|()| None).map_err(failed(path)),
    }
}

fn path_of(place: &Place) -> &Path {
    match place {
        Place::Builtin => Path::new(""),
        Place::Folder(path) | Place::Json(path) => path,
    }
}

/// Returns the tables that a plan changes.
fn tables(plan: &Plan) -> Vec<Table> {
    let mut touched = [false; Table::ALL.len()];
    plan.changes().filter_map(Change::table).for_each(|table| touched[table as usize] = true);
    Table::ALL.into_iter().filter(|table| touched[*table as usize]).collect()
}

/// Returns the changes of a table in the order of their keys.
fn edits(plan: &Plan, table: Table) -> Vec<&Change> {
    let mut edits: Vec<&Change> = plan.changes().filter(|change| change.table() == Some(table)).collect();
    edits.sort_by_cached_key(|change| change.key());
    edits
}

fn write_folder(
    folder: &Path,
    Edit { registry, plan, files }: &Edit<'_, '_>,
    logged: Option<&Logged<'_>>,
) -> Result<Option<io::Error>, WriteError> {
    let mut transaction = Transaction::begin(folder, logged.map_or(NO_OPERATION, |logged| logged.id))?;
    let changed = tables(plan);
    let is_odd = |name: &str| files.iter().any(|file| file == name);
    let is_written = |table: &Table| changed.contains(table) || is_odd(file_name(*table));
    let written: Vec<Table> = Table::ALL.into_iter().filter(is_written).collect();
    for table in written.iter().copied() {
        let edits = edits(plan, table);
        transaction.stage(file_name(table), |to| canonical::write_edited(registry.grid(table), &edits, to))?;
    }
    let package = if is_odd(package::FILE) {
        package::complete(registry, &written).map(Some)
    } else {
        package::with_tables(registry, &written)
    };
    if let Some(package) = package.map_err(failed(folder))? {
        transaction.stage(package::FILE, |to| canonical::write_package(&package, to))?;
    }
    if let Some(Logged { journal, .. }) = logged {
        transaction.stage(package::JOURNAL, |to| Ok(journal.iter().try_for_each(|part| to.write_all(part))?))?;
    }
    transaction.commit()
}

fn write_json(
    path: &Path,
    room: &Room,
    Edit { registry, plan, .. }: &Edit<'_, '_>,
    logged: Option<&Logged<'_>>,
) -> anyhow::Result<()> {
    sweep(&room.path)?;
    let mut edited = with(registry, plan)?;
    if let Some(Logged { journal, .. }) = logged {
        edited.journal = String::from_utf8(journal.concat())?.into();
    }
    let id = logged.map_or(NO_OPERATION, |logged| logged.id);
    let target = fs::canonicalize(path)?;
    let is_link = fs::symlink_metadata(path)?.is_symlink();
    let staged = if is_link { target.with_file_name(format!(".twin-{id}")) } else { room.path.join(id) };
    write_beside(&staged, &target, |to| canonical::write_json(&edited, to))
        .and_then(|()| Ok(disk::rename(&staged, &target)?))
        .inspect_err(|_| _ = disk::remove(&staged))?;
    // The name is on the disk once its folder is; that it is not yet is no reason to call the edit undone.
    _ = target.parent().map(disk::sync_folder);
    Ok(())
}

/// Returns the registry as it is with a plan carried out.
///
/// # Errors
/// A table has grown too large.
pub fn with<'a>(registry: &Registry<'a>, plan: &Plan) -> anyhow::Result<Registry<'a>> {
    let mut grids = Table::ALL.map(|table| registry.grid(table).clone());
    for table in tables(plan) {
        let mut text = Vec::new();
        canonical::write_edited(registry.grid(table), &edits(plan, table), &mut text)?;
        grids[table as usize] = read_back(table, text)?;
    }
    let mut edited = Registry::new(grids, registry.home.clone());
    edited.package = registry.package.clone();
    edited.journal = registry.journal.clone();
    Ok(edited)
}

/// Makes a table of text that has been written in canonical form.
///
/// # Errors
/// It has grown too large.
pub(super) fn read_back<'a>(table: Table, text: Vec<u8>) -> anyhow::Result<Grid<'a>> {
    let tokens = tokenize(String::from_utf8(text)?.into(), table.schema());
    let tokens = tokens.map_err(|_| anyhow::anyhow!("{} cannot be read back", file_name(table)))?;
    Ok(Grid::new(table, tokens.cells))
}

#[cfg(test)]
mod tests;
