//! Files read as they stood at one moment, though another process may be replacing them.
//!
//! Writers only ever move whole files into place, so a file that is still the same file at the end of reading was so
//! all the time. Readers take no lock and write nothing.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::buffer::Buffer;
use super::problem::LoadError;

/// The files that have been read, each with what tells it from any other.
#[derive(Debug, Default)]
pub struct Snapshot(Vec<Opened>);

#[derive(Debug)]
struct Opened {
    path: PathBuf,
    stamp: Option<Stamp>,
    /// Held open, so that no other file gets its number meanwhile.
    _file: Option<File>,
}

/// What tells a file, as it was, from any other and from itself later.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
    /// Device and number; where the system has none, the time and the length must do.
    file: (u64, u64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Stamp {
        #[cfg(unix)]
        let file = {
            use std::os::unix::fs::MetadataExt;
            (metadata.dev(), metadata.ino())
        };
        #[cfg(not(unix))]
        let file = (0, 0);
        Stamp { len: metadata.len(), modified: metadata.modified().ok(), file }
    }
}

impl Snapshot {
    /// Reads a file; `None` if there is none.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(&mut self, path: &Path) -> Result<Option<Buffer>, LoadError> {
        self.try_read(path).map_err(|error| LoadError::Io { path: path.display().to_string(), error })
    }

    fn try_read(&mut self, path: &Path) -> io::Result<Option<Buffer>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.0.push(Opened { path: path.to_owned(), stamp: None, _file: None });
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let metadata = file.metadata()?;
        let buffer = Buffer::read(&file, metadata.len())?;
        let stamp = Some(Stamp::of(&metadata));
        self.0.push(Opened { path: path.to_owned(), stamp, _file: Some(file) });
        Ok(Some(buffer))
    }

    /// Tells whether every file that was read, and every one that was not there, still is as it was.
    pub fn is_current(&self) -> bool {
        self.0.iter().all(|opened| match std::fs::metadata(&opened.path) {
            Ok(metadata) => opened.stamp.as_ref() == Some(&Stamp::of(&metadata)),
            Err(_) => opened.stamp.is_none(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the test changes the files that have been read")]

    use std::fs;

    use super::*;

    #[test]
    fn a_snapshot_is_current_until_one_of_its_files_comes_goes_or_is_another() {
        type Change = fn(&Path);
        let changes: [(Change, bool); 6] = [
            (|_| (), true),
            (|folder| fs::write(folder.join("beside"), "x").unwrap(), true),
            (|folder| fs::write(folder.join("missing"), "x").unwrap(), false),
            (|folder| fs::remove_file(folder.join("there")).unwrap(), false),
            // Another file in its place, though it holds the same.
            (
                |folder| {
                    fs::write(folder.join("new"), "old")
                        .and_then(|()| fs::rename(folder.join("new"), folder.join("there")))
                        .unwrap()
                },
                false,
            ),
            (|folder| fs::write(folder.join("there"), "longer").unwrap(), false),
        ];
        for (nth, (change, expected)) in changes.into_iter().enumerate() {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("there"), "old").unwrap();
            let mut snapshot = Snapshot::default();
            assert_eq!(snapshot.read(&folder.path().join("there")).unwrap().as_deref(), Some(&b"old"[..]));
            assert!(snapshot.read(&folder.path().join("missing")).unwrap().is_none());
            change(folder.path());
            assert_eq!(snapshot.is_current(), expected, "change {nth}");
        }
    }
}
