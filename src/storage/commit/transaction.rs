//! Several files replaced as one.
//!
//! New files are written beside the old ones, down to the disk. Then one file appears that names them: from that moment
//! on they are what the registry consists of, whether they have been moved into place or not. A crash before it leaves
//! the old registry, a crash after it the new one: readers look at the named files, the next writer moves them.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::{WriteError, disk, failed};
use crate::model::Table;
use crate::storage::buffer::Buffer;
use crate::storage::package;
use crate::storage::problem::LoadError;
use crate::storage::snapshot::Snapshot;
use crate::storage::source::file_name;

/// The folder of a registry's writers.
pub const ROOM: &str = ".twin";
/// The file that decides a commit.
const DECIDED: &str = "commit.json";

/// A file that has been written beside its place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Staged {
    /// The name of its place in the folder.
    name: String,
    /// Where it is, as seen from the folder.
    from: PathBuf,
    /// Where it belongs, as seen from the folder: the name, or where that leads as a link.
    to: PathBuf,
}

impl Staged {
    /// Returns where the new file of one in the folder is written, and where it belongs.
    fn new(folder: &Path, name: &str, id: &str) -> Staged {
        let place = folder.join(name);
        let named = format!("{name}.{id}");
        // The file behind a link may lie on another disk: its new one is written beside it.
        let (from, to) = match fs::canonicalize(&place) {
            Ok(target) if place.is_symlink() => (target.with_file_name(format!(".twin-{named}")), target),
            _ => (Path::new(ROOM).join(named), PathBuf::from(name)),
        };
        Staged { name: name.to_owned(), from, to }
    }

    /// Tells whether a commit to this folder writes such a file, of a registry and in such a place.
    fn is_of(&self, folder: &Path) -> bool {
        let mut names = Table::ALL.map(file_name).into_iter().chain([package::FILE, package::JOURNAL]);
        let id = self.from.file_name().and_then(|name| name.to_str()?.rsplit_once('.')).map(|(_, id)| id);
        names.any(|name| name == self.name) && id.is_some_and(|id| *self == Staged::new(folder, &self.name, id))
    }
}

/// A commit that has been decided, and perhaps not been carried out.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Pending {
    files: Vec<Staged>,
}

impl Pending {
    /// Reads what has been decided for a folder and not been carried out.
    ///
    /// # Errors
    /// The file cannot be read, or names files that are none of a registry's.
    pub fn read(folder: &Path, snapshot: &mut Snapshot) -> Result<Pending, LoadError> {
        let path = folder.join(ROOM).join(DECIDED);
        let Some(bytes) = snapshot.read(&path)? else { return Ok(Pending::default()) };
        let failed = |error| LoadError::Io { path: path.display().to_string(), error };
        let pending: Pending = serde_json::from_slice(&bytes).map_err(|error| failed(error.into()))?;
        // A folder may come from anywhere: no path in its files is opened or moved but those that are known without it.
        if !pending.files.iter().all(|staged| staged.is_of(folder)) {
            return Err(failed(io::Error::other("it names files that no edit of this registry writes")));
        }
        Ok(pending)
    }

    /// Reads a file of the folder, as it is to be.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn file(&self, folder: &Path, name: &str, snapshot: &mut Snapshot) -> Result<Option<Buffer>, LoadError> {
        if let Some(staged) = self.files.iter().find(|file| file.name == name)
            && let Some(buffer) = snapshot.read(&folder.join(&staged.from))?
        {
            return Ok(Some(buffer));
        }
        snapshot.read(&folder.join(name))
    }

    /// Moves the files into place.
    fn carry_out(&self, folder: &Path) -> io::Result<()> {
        let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
        for Staged { from, to, .. } in &self.files {
            match disk::rename(&folder.join(from), &folder.join(to)) {
                // It has been moved already.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                moved => moved?,
            }
            folders.extend(folder.join(to).parent().map(Path::to_owned));
        }
        folders.sort();
        folders.dedup();
        folders.iter().try_for_each(|folder| disk::sync_folder(folder))?;
        disk::remove(&folder.join(ROOM).join(DECIDED))
    }
}

/// The files of one commit. What has not been decided when it is dropped is removed.
pub struct Transaction<'t> {
    folder: &'t Path,
    id: &'t str,
    staged: Vec<Staged>,
}

impl<'t> Transaction<'t> {
    /// Begins one in a folder whose room has been entered, after what was left over has been carried out or removed.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin(folder: &'t Path, id: &'t str) -> Result<Transaction<'t>, WriteError> {
        recover(folder).map_err(failed(folder))?;
        Ok(Transaction { folder, id, staged: Vec::new() })
    }

    /// Writes a file beside its place, down to the disk.
    ///
    /// # Errors
    /// What the system or `write` says.
    pub fn stage(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> Result<(), WriteError> {
        let staged = Staged::new(self.folder, name, self.id);
        let [path, to] = [&staged.from, &staged.to].map(|place| self.folder.join(place));
        self.staged.push(staged);
        write_beside(&path, &to, write).map_err(failed(&self.folder.join(name)))
    }

    /// Decides the commit, and carries it out. Returns what kept it from being carried out: then readers see it all the
    /// same, and the next writer carries it out.
    ///
    /// # Errors
    /// What the system says; then nothing is decided.
    pub fn commit(mut self) -> Result<Option<io::Error>, WriteError> {
        let room = self.folder.join(ROOM);
        let pending = Pending { files: std::mem::take(&mut self.staged) };
        let draft = room.join(format!("{DECIDED}.{}", self.id));
        let decide = || -> anyhow::Result<()> {
            let file = disk::create(&draft)?;
            disk::Pieces(&file).write_all(&serde_json::to_vec(&pending)?)?;
            disk::sync(&file)?;
            disk::sync_folder(&room)?;
            disk::rename(&draft, &room.join(DECIDED))?;
            Ok(())
        };
        if let Err(error) = decide() {
            self.staged = pending.files;
            _ = disk::remove(&draft);
            return Err(failed(self.folder)(error));
        }
        let carry_out = || {
            disk::sync_folder(&room)?;
            pending.carry_out(self.folder)
        };
        Ok(carry_out().err())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is by the next writer.
        self.staged.iter().for_each(|file| _ = disk::remove(&self.folder.join(&file.from)));
    }
}

/// Carries out what a writer before has decided, and removes what it has not.
fn recover(folder: &Path) -> anyhow::Result<()> {
    let room = folder.join(ROOM);
    let mut snapshot = Snapshot::default();
    let pending = Pending::read(folder, &mut snapshot)?;
    if !pending.files.is_empty() {
        pending.carry_out(folder)?;
    }
    sweep(&room)?;
    Ok(())
}

/// Removes what a writer before has left in the room.
pub fn sweep(room: &Path) -> io::Result<()> {
    for entry in fs::read_dir(room)? {
        let entry = entry?;
        let is_ours = ![".gitignore", "lock"].iter().any(|name| entry.file_name() == *name);
        if is_ours && entry.file_type()?.is_file() {
            disk::remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Writes a file that is to take the place of another one, down to the disk, with its mode and owner.
pub fn write_beside(
    path: &Path,
    to: &Path,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let old = match fs::metadata(to) {
        Ok(old) => {
            // One that may not be written is not to be replaced either.
            fs::OpenOptions::new().write(true).open(to).with_context(|| to.display().to_string())?;
            Some(old)
        }
        Err(_) => None,
    };
    let file = disk::create(path)?;
    let mut buffer = BufWriter::with_capacity(1 << 16, disk::Pieces(&file));
    write(&mut buffer)?;
    buffer.flush()?;
    drop(buffer);
    if let Some(old) = old {
        disk::resemble(&file, &old)?;
    }
    disk::sync(&file)?;
    Ok(())
}
