//! The bytes of a file, in memory of its own.
//!
//! A large file goes into an anonymous mapping with huge pages, where the system has them: filling fresh memory page by
//! page costs more than everything else that loading does (ARCHITECTURE.md, “Speed”). Files themselves are never mapped:
//! one that another program shortens meanwhile would end this one.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;

use memmap2::MmapMut;

/// From which size on a file goes into a mapping: a fourth of a huge page.
const LARGE: usize = HUGE_PAGE / 4;
/// The size of a huge page on the common machines; elsewhere only the gain is less.
const HUGE_PAGE: usize = 2 << 20;

/// The bytes of a file.
#[derive(Debug)]
pub enum Buffer {
    /// Built into the program.
    Static(&'static str),
    /// On the heap.
    Heap(Vec<u8>),
    /// In a mapping, of which so many bytes are the file's.
    Mapped(MmapMut, usize),
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Buffer::Static(text) => text.as_bytes(),
            Buffer::Heap(bytes) => bytes,
            Buffer::Mapped(mapping, len) => &mapping[..*len],
        }
    }
}

impl Buffer {
    /// Reads a whole file, which is expected to be so long.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(mut file: &File, expected: u64) -> io::Result<Buffer> {
        let expected = usize::try_from(expected).unwrap_or(0);
        if expected < LARGE {
            let mut bytes = Vec::with_capacity(expected + 1);
            file.read_to_end(&mut bytes)?;
            return Ok(Buffer::Heap(bytes));
        }
        let mut mapping = MmapMut::map_anon(expected.next_multiple_of(HUGE_PAGE))?;
        #[cfg(target_os = "linux")]
        {
            // Only faster: a system without huge pages may say no.
            _ = mapping.advise(memmap2::Advice::HugePage);
        }
        let mut len = 0;
        while len < expected {
            match file.read(&mut mapping[len..expected])? {
                0 => return Ok(Buffer::Mapped(mapping, len)),
                read => len += read,
            }
        }
        let mut rest = Vec::new();
        if file.read_to_end(&mut rest)? == 0 {
            return Ok(Buffer::Mapped(mapping, len));
        }
        // The file has grown meanwhile.
        Ok(Buffer::Heap([&mapping[..len], &rest].concat()))
    }
}
