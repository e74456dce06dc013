//! Every operation by which an edit changes the disk, so that a test can make each of them fail in turn.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Tells whether the next operation may be done; outside tests always.
fn pass() -> io::Result<()> {
    #[cfg(test)]
    fault::pass()?;
    Ok(())
}

/// Makes a file anew, or empties the one that is there.
pub fn create(path: &Path) -> io::Result<File> {
    pass()?;
    File::create(path)
}

/// Opens a file for writing as it is, made if it is not there.
pub fn open(path: &Path) -> io::Result<File> {
    pass()?;
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Makes a folder, if it is not there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    pass()?;
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// Brings a file down to the disk.
pub fn sync(file: &File) -> io::Result<()> {
    pass()?;
    file.sync_all()
}

/// Brings the names in a folder down to the disk.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    pass()?;
    // Only Unix opens folders.
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

/// Moves a file into the place of another one.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    pass()?;
    fs::rename(from, to)
}

/// Removes a file.
pub fn remove(path: &Path) -> io::Result<()> {
    pass()?;
    fs::remove_file(path)
}

/// Gives a file the mode of another one, and as far as that is allowed its owner and group.
pub fn resemble(file: &File, other: &fs::Metadata) -> io::Result<()> {
    pass()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let own = file.metadata()?;
        if own.uid() != other.uid() && fchown(file, Some(other.uid()), None).is_err() || own.gid() != other.gid() {
            // Who may not give files away keeps the group at least, where that is one of theirs.
            _ = fchown(file, None, Some(other.gid()));
        }
    }
    file.set_permissions(other.permissions())
}

/// A file that is being written; each piece is an operation.
pub struct Pieces<'f>(pub &'f File);

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        pass()?;
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Operations that fail, for tests.
#[cfg(test)]
pub mod fault {
    use std::cell::Cell;
    use std::io;

    thread_local! {
        /// How many operations of this thread are done before one fails, and whether all after it fail too.
        static LEFT: Cell<Option<(usize, bool)>> = const { Cell::new(None) };
    }

    /// Lets so many operations of this thread pass and the next fail; with `dead` all after it too, as after a crash.
    pub fn after(operations: usize, dead: bool) {
        LEFT.set(Some((operations + 1, dead)));
    }

    /// Lets everything pass again; tells whether an operation has failed.
    pub fn end() -> bool {
        LEFT.take().is_some_and(|(left, _)| left == 0)
    }

    /// Fails if it is this operation's turn.
    ///
    /// # Errors
    /// It is.
    pub fn pass() -> io::Result<()> {
        let Some((left, dead)) = LEFT.get() else { return Ok(()) };
        LEFT.set(Some((left.saturating_sub(1), dead)));
        match left {
            1 => Err(io::ErrorKind::StorageFull.into()),
            0 if dead => Err(io::ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }
}
