//! The only place that writes files: whole or not at all.
#![allow(clippy::disallowed_methods, reason = "this module is what the prohibition points to")]

pub mod disk;
mod lock;
mod transaction;

pub use lock::{NoEntry, Room};
pub use transaction::{Pending, ROOM, Transaction, sweep, write_beside};

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::canonical;
use super::folder::each_file;
use super::source::Place;
use crate::model::Registry;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// There is something at the place already.
    #[error("`{0}` is not empty; nothing was written")]
    Occupied(String),
    /// The program itself cannot be written to.
    #[error("the registry built into the program cannot be changed")]
    Builtin,
    /// The system refused.
    #[error("{path} could not be written: {}; nothing was changed", reason(.error))]
    Io {
        /// The path.
        path: String,
        /// What the system said.
        error: anyhow::Error,
    },
}

/// Returns what the system said, without the name of the file beside the target that `tempfile` adds.
fn reason(error: &anyhow::Error) -> String {
    let said = error.root_cause().to_string();
    said.split(" at path ").next().unwrap_or_default().to_owned()
}

/// Makes the error of a path that could not be written.
pub fn failed<E: Into<anyhow::Error>>(path: &Path) -> impl FnOnce(E) -> WriteError {
    let path = path.display().to_string();
    move |error| WriteError::Io { path, error: error.into() }
}

/// Makes a folder, and those it lies in, where it is not there yet.
///
/// # Errors
/// The system refused.
pub fn make_folder(path: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(path).map_err(failed(path))
}

/// Writes a file whole, in place of what was there; its mode stays.
///
/// # Errors
/// The system refused; then the file is as it was.
pub fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> Result<(), WriteError> {
    // A link is followed, so that it stays one.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let stage = || -> anyhow::Result<()> {
        let file = staged(&target, write)?;
        if let Ok(old) = fs::metadata(&target) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.persist(&target).map_err(io::Error::from)?;
        Ok(())
    };
    stage().map_err(failed(path))
}

/// Writes a file beside its target, down to the disk.
fn staged(target: &Path, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.prefix(".twin-").tempfile_in(folder)?;
    let mut buffer = BufWriter::with_capacity(1 << 16, file);
    write(&mut buffer)?;
    let file = buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Tells whether a registry can be made at a place, and whether its folder is still to be made.
///
/// # Errors
/// Something is there already, or the system does not let it be seen.
pub fn check_free(place: &Place) -> Result<bool, WriteError> {
    let occupied = |path: &Path| WriteError::Occupied(path.display().to_string());
    match place {
        Place::Builtin => Err(WriteError::Builtin),
        Place::Json(path) if path.symlink_metadata().is_ok() => Err(occupied(path)),
        Place::Json(_) => Ok(false),
        Place::Folder(folder) => match fs::read_dir(folder) {
            Ok(mut entries) => entries.next().map_or(Ok(false), |_| Err(occupied(folder))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(_) if folder.symlink_metadata().is_ok_and(|found| !found.is_dir()) => Err(occupied(folder)),
            Err(error) => Err(failed(folder)(error)),
        },
    }
}

/// Writes a registry where there is none, in canonical form.
///
/// # Errors
/// Something is there already, or the system refused; then nothing is left behind.
pub fn create(registry: &Registry<'_>, place: &Place) -> Result<(), WriteError> {
    let is_new = check_free(place)?;
    match place {
        Place::Builtin => Err(WriteError::Builtin),
        Place::Json(path) => {
            let persist = || -> anyhow::Result<()> {
                staged(path, |to| canonical::write_json(registry, to))?
                    .persist_noclobber(path)
                    .map_err(io::Error::from)?;
                Ok(())
            };
            persist().map_err(failed(path))
        }
        Place::Folder(folder) => {
            if is_new {
                fs::create_dir_all(folder).map_err(failed(folder))?;
            }
            let result = fill(registry, folder);
            if result.is_err() && is_new {
                // What was written has been removed; an empty folder is the rest.
                _ = fs::remove_dir(folder);
            }
            result.map_err(failed(folder))
        }
    }
}

/// Writes every file beside its place, then names them in their order.
fn fill(registry: &Registry<'_>, folder: &Path) -> anyhow::Result<()> {
    let mut files: Vec<(NamedTempFile, PathBuf)> = Vec::new();
    each_file(registry, |name, write| {
        let path = folder.join(name);
        files.push((staged(&path, |to| write(to))?, path));
        Ok(())
    })?;
    let mut named: Vec<PathBuf> = Vec::new();
    let name = || -> io::Result<()> {
        for (file, path) in files {
            file.persist_noclobber(&path)?;
            named.push(path);
        }
        // The names are on the disk once the folder is.
        fs::File::open(folder)?.sync_all()
    };
    name().map_err(|error| {
        named.iter().for_each(|path| _ = fs::remove_file(path));
        error.into()
    })
}
