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

/// What has been done.
#[derive(Debug)]
pub struct Done {
    /// The id of the operation; `None` where nothing was left to do.
    pub id: Option<String>,
    /// How many subjects were changed.
    pub subjects: usize,
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
    plan: &Plan,
    how: Rebase,
    entry: &Entry,
) -> Result<Done, ApplyError> {
    let room = room(place)?;
    // The note outlives its writer, so a command that may quote what it wipes stays out of it.
    let command = if wipe::wiped(plan).is_empty() { &*entry.command } else { "" };
    let note = format!("by {}, process {}, since {}: {command}\n", entry.by, std::process::id(), entry.at);
    let room = Room::enter(&room, &note).map_err(|error| match error {
        NoEntry::Held(holder) => ApplyError::Held(holder),
        NoEntry::Io(error) => failed(&room)(error).into(),
    })?;
    if source.is_current() {
        return write(place, &room, registry, plan, entry);
    }
    let source = Source::open(place)?;
    let registry = source.load()?;
    write(place, &room, &registry, &rebase(plan, &registry, how)?, entry)
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

fn write(place: &Place, room: &Room, registry: &Registry<'_>, plan: &Plan, entry: &Entry) -> Result<Done, ApplyError> {
    if plan.is_empty() {
        return Ok(Done { id: None, subjects: 0, unfinished: None });
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
    let journal = [before.as_bytes(), &line];
    let unfinished = match place {
        Place::Builtin => return Err(WriteError::Builtin.into()),
        Place::Folder(folder) => write_folder(folder, registry, plan, journal, &id),
        Place::Json(path) => write_json(path, room, registry, plan, journal, &id).map(|()| None).map_err(failed(path)),
    };
    Ok(Done { id: Some(id), subjects: plan.subjects().len(), unfinished: unfinished? })
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
    registry: &Registry<'_>,
    plan: &Plan,
    journal: [&[u8]; 2],
    id: &str,
) -> Result<Option<io::Error>, WriteError> {
    let mut transaction = Transaction::begin(folder, id)?;
    for table in tables(plan) {
        let edits = edits(plan, table);
        transaction.stage(&file_name(table), |to| canonical::write_edited(registry.grid(table), &edits, to))?;
    }
    if let Some(package) = package::with_tables(registry, &tables(plan)).map_err(failed(folder))? {
        transaction.stage(package::FILE, |to| canonical::write_package(&package, to))?;
    }
    transaction.stage(package::JOURNAL, |to| Ok(journal.iter().try_for_each(|part| to.write_all(part))?))?;
    transaction.commit()
}

fn write_json(
    path: &Path,
    room: &Room,
    registry: &Registry<'_>,
    plan: &Plan,
    journal: [&[u8]; 2],
    id: &str,
) -> anyhow::Result<()> {
    sweep(&room.path)?;
    let mut edited = with(registry, plan)?;
    edited.journal = String::from_utf8(journal.concat())?.into();
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
        let tokens = tokenize(String::from_utf8(text)?.into(), table.schema());
        let tokens = tokens.map_err(|_| anyhow::anyhow!("{} cannot be read back", file_name(table)))?;
        grids[table as usize] = Grid::new(table, tokens.cells);
    }
    let mut edited = Registry::new(grids, registry.home.clone());
    edited.package = registry.package.clone();
    edited.journal = registry.journal.clone();
    Ok(edited)
}

#[cfg(test)]
mod tests;
