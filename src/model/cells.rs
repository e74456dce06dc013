//! The cells of one table: the text of its file and where each row begins.
//!
//! Nothing is copied out of the text but cells that hold a doubled quote, and little is kept beside it: where each row
//! begins and where its first cells end, which are the keys and what most questions are about. A cell further on is found
//! by walking along its row, a block of bytes at a step. They are made by `storage`, which has checked their shape.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::{ControlFlow, Range};

use super::marks::{BLOCK, Marks, odd_signs};

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
        let Line { start, near } = self.lines[row];
        let (start, end) = (start as usize, self.lines[row + 1].start as usize - 1);
        let (mut nth, from) = match near[NEAR - 1] {
            FAR => (0, start),
            last => (NEAR, start + usize::from(last) + 1),
        };
        let mut cell = from..end;
        walk(self.text.as_bytes(), from..end, |at| {
            cell.end = at;
            if nth == place {
                return ControlFlow::Break(());
            }
            nth += 1;
            cell.start = at + 1;
            ControlFlow::Continue(())
        });
        cell
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
            ControlFlow::Continue(())
        });
        cells
    }

    /// Returns what some cells of a row read, in one walk; `ends` is room for it. Of columns that are not there it is
    /// nothing.
    #[inline]
    pub fn some<const N: usize>(&self, row: usize, places: [usize; N], ends: &mut Vec<u32>) -> [&str; N] {
        self.ends(row, ends);
        let start = self.lines[row].start;
        // Most cells further on are empty.
        places.map(|place| match ends.get(place) {
            Some(_) if !span(start, ends, place).is_empty() => self.read(span(start, ends, place)),
            _ => "",
        })
    }

    /// Returns where a row stands, without its line end.
    fn line(&self, row: usize) -> Range<usize> {
        self.lines[row].start as usize..self.lines[row + 1].start as usize - 1
    }

    /// Notes where the cells of a row end.
    fn ends(&self, row: usize, ends: &mut Vec<u32>) {
        ends.clear();
        walk(self.text.as_bytes(), self.line(row), |at| {
            ends.push(at as u32);
            ControlFlow::Continue(())
        });
    }

    #[inline]
    fn read(&self, span: Range<usize>) -> &str {
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

/// Returns where a cell stands in a row that begins at `start` and whose cells end so.
fn span(start: u32, ends: &[u32], place: usize) -> Range<usize> {
    let from = place.checked_sub(1).map_or(start, |left| ends[left] + 1);
    from as usize..ends[place] as usize
}

/// Calls `each` with the end of every cell of a row, until it breaks.
///
/// A row is `line` of `bytes`, without its line end; its quotes are strict (RFC 4180): one opens a cell only as its
/// first byte, and stands doubled inside it.
#[inline]
fn walk(bytes: &[u8], line: Range<usize>, mut each: impl FnMut(usize) -> ControlFlow<()>) {
    let mut at = line.start;
    while at < line.end {
        let Some(block) = bytes[at..].first_chunk() else { break };
        let within = (line.end - at).min(BLOCK);
        let Marks { ends, is_odd, .. } = Marks::of(block);
        // What stands behind the row belongs to the next one, and what stands behind a quote to the cell that it opens.
        let row = u64::MAX >> (BLOCK - within);
        let quote = if is_odd { odd_signs(block) & row } else { 0 };
        let mut ends = ends & row & (quote & quote.wrapping_neg()).wrapping_sub(1);
        while ends != 0 {
            if each(at + ends.trailing_zeros() as usize).is_break() {
                return;
            }
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
            b',' if each(at).is_break() => return,
            b'"' => at = closing_quote(&bytes[..line.end], at).map_or(line.end, |close| close + 1),
            _ => at += 1,
        }
    }
    _ = each(line.end);
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
