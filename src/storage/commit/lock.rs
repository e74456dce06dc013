//! One writer at a time: a lock that ends with its process, and a note of who holds it.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::disk;

/// How long a writer waits for another one, which needs a moment and no more.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(5);

/// The room of a registry's writers: a folder that Git ignores, made when something is about to be written.
#[derive(Debug)]
pub struct Room {
    /// The folder.
    pub path: PathBuf,
    /// Locked as long as it lives.
    _lock: File,
}

/// Why the room is not entered.
#[derive(Debug)]
pub enum NoEntry {
    /// Somebody else holds the lock; the note they left.
    Held(String),
    /// The system refused.
    Io(io::Error),
}

impl From<io::Error> for NoEntry {
    fn from(error: io::Error) -> NoEntry {
        NoEntry::Io(error)
    }
}

impl Room {
    /// Enters the room, alone; `note` tells others who is in it. A lock whose process is dead is none.
    pub fn enter(path: &Path, note: &str) -> Result<Room, NoEntry> {
        disk::make_folder(path)?;
        let ignore = path.join(".gitignore");
        if !ignore.exists() {
            disk::Pieces(&disk::create(&ignore)?).write_all(b"*\n")?;
        }
        let mut lock = disk::open(&path.join("lock"))?;
        let since = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if since.elapsed() < PATIENCE => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    lock.read_to_string(&mut holder)?;
                    return Err(NoEntry::Held(holder.trim().to_owned()));
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        lock.set_len(0)?;
        disk::Pieces(&lock).write_all(note.as_bytes())?;
        Ok(Room { path: path.to_owned(), _lock: lock })
    }
}
