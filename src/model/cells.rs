//! The cells of one table: the text of its file and where each row begins.
//!
//! Nothing is copied out of the text but cells that hold a doubled quote, and little is kept beside it: where each row
//! begins and where its first cells end, which are the keys and what most questions are about. A cell further on is found
//! by walking along its row, a block of bytes at a step. They are made by `storage`, which has checked their shape.

use std::borrow::Cow;
use std::cell::{RefCell, RefMut};
use std::cmp::Ordering;
use std::ops::Range;

use super::marks::{BLOCK, where_is};

/// A table in canonical dress: commas, LF, strict quotes, rows of one width.
#[derive(Clone, Debug, Default)]
pub struct Cells<'a> {
    /// The text, borrowed from the file where that was in canonical dress.
    pub text: Cow<'a, str>,
    /// The rows, header first, and at last where one more would begin.
    pub lines: Vec<Line>,
    /// The cells that hold doubled quotes, by the offset they begin at, as they read.
    pub unescaped: Vec<(u32, Box<str>)>,
    /// The names in the header.
    pub header: Vec<Box<str>>,
    /// How the worst pair of neighbours stands by its keys: `Less` is sorted, each key once; `Equal` has a key twice.
    pub order: Option<Ordering>,
    /// The row that was walked along last.
    pub walked: RefCell<Walked>,
}

/// A row that was walked along: whoever asks for one of its cells asks for others.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    row: Option<usize>,
    /// Where its cells begin, and at last where one more would.
    begins: Vec<u32>,
}

impl Walked {
    fn span(&self, place: usize) -> Range<usize> {
        self.begins[place] as usize..self.begins[place + 1] as usize - 1
    }
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where it begins.
    pub start: u32,
    /// Where its first cells end, counted from its beginning; [`FAR`] is to be walked to.
    pub near: [u8; NEAR],
}

/// How many cells of each row are found without walking.
pub const NEAR: usize = 4;
/// Marks a cell that ends too far from the beginning of its row, or is not there.
pub const FAR: u8 = u8::MAX;

impl Cells<'_> {
    /// Returns how many rows there are below the header.
    pub fn rows(&self) -> usize {
        self.lines.len().saturating_sub(2)
    }

    /// Returns where a row below the header begins; behind the last, where one more would.
    pub fn start(&self, row: usize) -> usize {
        self.lines.get(row + 1).map_or(0, |line| line.start as usize)
    }

    /// Returns where a cell stands in the text, quotes included; row 0 is the header.
    #[inline]
    pub fn span(&self, row: usize, place: usize) -> Range<usize> {
        let Line { start, near } = self.lines[row];
        let start = start as usize;
        if place < NEAR && near[place] != FAR {
            let from = place.checked_sub(1).map_or(0, |left| usize::from(near[left]) + 1);
            return start + from..start + usize::from(near[place]);
        }
        self.far_span(row, place)
    }

    /// Does the same by walking along the row.
    fn far_span(&self, row: usize, place: usize) -> Range<usize> {
        self.walked_along(row).span(place)
    }

    /// Returns some cells of a row; those of columns that are not there are empty.
    #[inline]
    pub fn some<const N: usize>(&self, row: usize, places: [usize; N]) -> [&str; N] {
        let walked = self.walked_along(row);
        places.map(|place| if place == usize::MAX { "" } else { self.read(walked.span(place)) })
    }

    /// Walks along a row, if that was not the last one walked along.
    fn walked_along(&self, row: usize) -> RefMut<'_, Walked> {
        let mut walked = self.walked.borrow_mut();
        if walked.row != Some(row) {
            walked.row = Some(row);
            self.note_begins(row, &mut walked.begins);
        }
        walked
    }

    /// Notes where the cells of a row begin.
    fn note_begins(&self, row: usize, begins: &mut Vec<u32>) {
        let Line { start, near } = self.lines[row];
        let end = self.line(row).end;
        begins.resize(self.header.len() + 1, 0);
        begins[0] = start;
        let mut next = 1;
        if near[NEAR - 1] != FAR {
            next += NEAR;
            begins[1..next].iter_mut().zip(near).for_each(|(begin, end)| *begin = start + u32::from(end) + 1);
        }
        let from = begins[next - 1] as usize;
        let mut room = begins[next..].iter_mut();
        walk(self.text.as_bytes(), from..end, |at| {
            if let Some(begin) = room.next() {
                *begin = at as u32 + 1;
            }
        });
    }

    /// Returns what a cell reads; row 0 is the header.
    #[inline]
    pub fn get(&self, row: usize, place: usize) -> &str {
        self.read(self.span(row, place))
    }

    /// Returns what all cells of a row read, in one walk.
    pub fn all(&self, row: usize) -> Vec<&str> {
        let mut cells = Vec::with_capacity(self.header.len());
        let line = self.line(row);
        let mut from = line.start;
        walk(self.text.as_bytes(), line, |at| {
            cells.push(self.read(from..at));
            from = at + 1;
        });
        cells
    }

    /// Returns where a row stands, without its line end.
    fn line(&self, row: usize) -> Range<usize> {
        self.lines[row].start as usize..self.lines[row + 1].start as usize - 1
    }

    #[inline]
    fn read(&self, span: Range<usize>) -> &str {
        // Most cells further on are empty.
        if span.is_empty() {
            return "";
        }
        let start = span.start as u32;
        let raw = &self.text[span];
        if raw.starts_with('"') { self.unquoted(raw, start) } else { raw }
    }

    /// Returns what a quoted cell reads that stands at `start`.
    fn unquoted<'c>(&'c self, raw: &'c str, start: u32) -> &'c str {
        match self.unescaped.binary_search_by_key(&start, |(start, _)| *start) {
            Ok(found) => &self.unescaped[found].1,
            Err(_) => raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw),
        }
    }
}

/// Calls `each` with the end of every cell of a row.
///
/// A row is `line` of `bytes`, without its line end; its quotes are strict (RFC 4180): one opens a cell only as its
/// first byte, and stands doubled inside it.
#[inline]
fn walk(bytes: &[u8], line: Range<usize>, mut each: impl FnMut(usize)) {
    let mut at = line.start;
    while at < line.end {
        let Some(block) = bytes[at..].first_chunk() else { break };
        let within = (line.end - at).min(BLOCK);
        // What stands behind the row belongs to the next one, and what stands behind a quote to the cell that it opens.
        let row = u64::MAX >> (BLOCK - within);
        let quote = where_is(b'"', block) & row;
        let mut ends = where_is(b',', block) & row & (quote & quote.wrapping_neg()).wrapping_sub(1);
        while ends != 0 {
            each(at + ends.trailing_zeros() as usize);
            ends &= ends - 1;
        }
        at = match quote {
            0 => at + within,
            // On with the comma behind the closing quote.
            _ => closing_quote(&bytes[..line.end], at + quote.trailing_zeros() as usize)
                .map_or(line.end, |close| close + 1),
        };
    }
    // Near the end of the text there is no whole block.
    while at < line.end {
        match bytes[at] {
            b'"' => at = closing_quote(&bytes[..line.end], at).map_or(line.end, |close| close + 1),
            sign => {
                if sign == b',' {
                    each(at);
                }
                at += 1;
            }
        }
    }
    each(line.end);
}

/// Finds the quote that closes the cell opened at `open`, past doubled ones.
pub fn closing_quote(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}
