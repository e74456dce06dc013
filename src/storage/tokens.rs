//! The rows of a table in canonical dress: the fast reader of our own tables.
//!
//! It takes commas, LF, strict RFC 4180 quotes and rows of one width, and nothing else; any other text is left to
//! `dress`, which reads it with the `csv` crates. A property test holds both to the same result. Why it exists: see
//! ARCHITECTURE.md, “Speed”.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;
use memchr::{memchr, memchr2};

use crate::model::cell::Flaw;
use crate::model::grid::{Cells, FAR, NEAR, closing_quote, eight, low_signs};
use crate::model::{Column, Schema, Type};

/// A table that has been read, and the flaws of its cells, by row (0 is the header) and place.
pub struct Tokens<'a> {
    /// The table.
    pub cells: Cells<'a>,
    /// What is wrong with its cells.
    pub flaws: Vec<(usize, usize, Flaw)>,
}

/// Reads a table in canonical dress, checks its cells and the order of its keys; gives the text back where it is in any
/// other dress.
pub fn tokenize<'a>(text: Cow<'a, str>, schema: &'static Schema) -> Result<Tokens<'a>, Cow<'a, str>> {
    let mut scan = Scan::new(&text, schema);
    match scan.run() {
        Some(()) => {
            let Scan { starts, near, unescaped, header, worst, flaws, .. } = scan;
            Ok(Tokens { cells: Cells { starts, near, unescaped, header, order: Some(worst), text }, flaws })
        }
        None => Err(text),
    }
}

struct Scan<'t> {
    text: &'t str,
    schema: &'static Schema,
    nfc: ComposingNormalizerBorrowed<'static>,
    starts: Vec<u32>,
    near: Vec<[u16; NEAR]>,
    unescaped: Vec<(u32, Box<str>)>,
    header: Vec<Box<str>>,
    worst: Ordering,
    flaws: Vec<(usize, usize, Flaw)>,
    checked: Vec<Checked>,
    /// The places of the key's columns.
    key: Vec<usize>,
    /// The key of the row before.
    before: Vec<Range<usize>>,
}

/// A column whose cells are to be checked, at its place.
struct Checked {
    place: usize,
    column: &'static Column,
    look: Look,
}

/// What a glance at a cell that is not empty tells.
enum Look {
    /// It need only hold something.
    Filled,
    /// It must be one of these words.
    Word(Vec<Signature>),
    /// Nothing.
    Closer,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, schema: &'static Schema) -> Scan<'t> {
        Scan {
            text,
            schema,
            nfc: ComposingNormalizerBorrowed::new_nfc(),
            starts: Vec::with_capacity(text.len() / 64),
            near: Vec::with_capacity(text.len() / 64),
            unescaped: Vec::new(),
            header: Vec::new(),
            worst: Ordering::Less,
            flaws: Vec::new(),
            checked: Vec::new(),
            key: Vec::new(),
            before: Vec::new(),
        }
    }

    /// Finds the rows; `None` at the first sign of another dress.
    fn run(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        u32::try_from(bytes.len()).ok()?;
        // Where the cells of the row at hand end: as many as the header has, once that is known.
        let mut ends: Vec<usize> = Vec::new();
        let (mut start, mut cells, mut beyond_ascii) = (0, 0, false);
        // Before where nothing is looked at: the end of a quoted cell.
        let mut behind = 0;
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut last = [b'a'; 64];
        last[..rest.len()].copy_from_slice(rest);
        for (nth, block) in blocks.iter().chain([&last]).enumerate() {
            let base = nth * 64;
            let block_beyond_ascii = !block.is_ascii();
            beyond_ascii |= block_beyond_ascii;
            let mut marks = low_signs_of(block);
            if base < behind {
                marks &= u64::MAX.checked_shl((behind - base) as u32).unwrap_or(0);
            }
            while marks != 0 {
                let bit = marks.trailing_zeros() as usize;
                marks &= marks - 1;
                let here = base + bit;
                // A chain and not a `match`, whose jump through a table would be guessed wrong too often.
                let byte = block[bit];
                if byte == b',' || byte == b'\n' {
                    match ends.get_mut(cells) {
                        Some(end) => *end = here,
                        None if self.header.is_empty() => ends.push(here),
                        None => return None,
                    }
                    cells += 1;
                    if byte == b'\n' {
                        self.end_of_row(start, &ends, cells, beyond_ascii)?;
                        (start, cells) = (here + 1, 0);
                        beyond_ascii = block_beyond_ascii;
                    }
                } else if byte == b'"' {
                    let cell = cells.checked_sub(1).map_or(start, |left| ends[left] + 1);
                    behind = self.quoted(cell, here)?;
                    marks &= u64::MAX.checked_shl((behind - base) as u32).unwrap_or(0);
                } else if byte == b'\r' || byte == 0 {
                    return None;
                }
            }
        }
        if start < bytes.len() {
            match ends.get_mut(cells) {
                Some(end) => *end = bytes.len(),
                None if self.header.is_empty() => ends.push(bytes.len()),
                None => return None,
            }
            self.end_of_row(start, &ends, cells + 1, beyond_ascii)?;
            start = bytes.len() + 1;
        }
        self.starts.push(start as u32);
        (!self.header.is_empty()).then_some(())
    }

    /// Takes a row that begins at `start` and has so many cells, which end at `ends`; `beyond_ascii` where it may hold
    /// letters that are not ASCII.
    fn end_of_row(&mut self, start: usize, ends: &[usize], cells: usize, beyond_ascii: bool) -> Option<()> {
        // A row of nothing but commas is blank; one of one cell is too, or has another separator.
        let is_blank = ends[cells - 1] - start == cells - 1;
        if cells != ends.len() || cells == 1 || is_blank {
            return None;
        }
        // Below U+0300, whose first byte is CC, all text is NFC; a line end composes with nothing.
        if beyond_ascii {
            let text = &self.text[start..ends[cells - 1]];
            let may_compose = text.bytes().fold(false, |may, byte| may | (byte >= 0xCC));
            if may_compose && !self.nfc.is_normalized(text) {
                return None;
            }
        }
        self.starts.push(start as u32);
        self.near.push(std::array::from_fn(|place| {
            let offset = ends.get(place).and_then(|end| u16::try_from(end - start).ok());
            offset.unwrap_or(FAR)
        }));
        if self.header.is_empty() {
            self.header = (0..cells).map(|place| read(self.text, span(ends, start, place)).into()).collect();
            if !self.header.iter().all(|name| self.is_plain_name(name)) {
                return None;
            }
            self.checked = self.checked();
            self.key = self.schema.key.iter().filter_map(|name| self.place(name)).collect();
        } else {
            self.check(start, ends);
            self.order(start, ends);
        }
        Some(())
    }

    /// Compares the key of a row with that of the one before.
    fn order(&mut self, start: usize, ends: &[usize]) {
        let mut order = Ordering::Equal;
        let is_first = self.before.is_empty();
        for (nth, place) in self.key.iter().enumerate() {
            let cell = span(ends, start, *place);
            if is_first {
                self.before.push(cell);
                order = Ordering::Less;
                continue;
            }
            if order.is_eq() {
                order = compare(self.text, self.before[nth].clone(), cell.clone());
            }
            self.before[nth] = cell;
        }
        self.worst = self.worst.max(order);
    }

    /// Tells whether a name in the header is as it should be: not empty, no blanks around it, known columns in their own
    /// case.
    fn is_plain_name(&self, name: &str) -> bool {
        let known = self.schema.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name));
        !name.is_empty() && name.trim() == name && known.is_none_or(|column| column.name == name)
    }

    /// Returns the place of a column in the header.
    fn place(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|known| **known == *name)
    }

    /// Returns the columns in which something can be wrong.
    fn checked(&self) -> Vec<Checked> {
        let columns = self.schema.columns.iter().filter(|column| column.can_be_flawed());
        let checked = columns.filter_map(|column| {
            let look = match column.kind {
                Type::Vocabulary(words) => {
                    Look::Word(words.iter().map(|word| signature(word.as_bytes(), 0..word.len())).collect())
                }
                Type::Date | Type::Interval | Type::Number(..) => Look::Closer,
                _ => Look::Filled,
            };
            Some(Checked { place: self.place(column.name)?, column, look })
        });
        checked.collect()
    }

    /// Looks for flaws in a row: a glance at each cell that can have one, and a closer look where that is not enough.
    fn check(&mut self, start: usize, ends: &[usize]) {
        let bytes = self.text.as_bytes();
        for Checked { place, column, look } in &self.checked {
            let span = span(ends, start, *place);
            let is_right = match look {
                _ if span.is_empty() => !column.required,
                Look::Filled => bytes[span.start] != b'"',
                Look::Word(words) => words.contains(&signature(bytes, span.clone())),
                Look::Closer => column.is_plainly_right(&bytes[span.clone()]),
            };
            if !is_right && let Some(flaw) = column.flaw(&read(self.text, span)) {
                self.flaws.push((self.starts.len() - 1, *place, flaw));
            }
        }
    }

    /// Walks over the quoted cell that opens at `open`, and returns the offset behind its closing quote.
    fn quoted(&mut self, cell: usize, open: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if open != cell {
            return None;
        }
        let close = closing_quote(bytes, open)?;
        let quoted = &bytes[open + 1..close];
        if memchr(b'"', quoted).is_some() {
            self.unescaped.push((open as u32, unescaped(&self.text[open + 1..close]).into()));
        }
        // A carriage return or a NUL in a cell is for `dress` to mend or to refuse.
        let is_plain = memchr2(b'\r', 0, quoted).is_none();
        (is_plain && matches!(bytes.get(close + 1), None | Some(b',' | b'\n'))).then_some(close + 1)
    }
}

/// Marks, a bit each, those of 64 bytes that [`low_signs`] marks.
#[inline]
fn low_signs_of(block: &[u8; 64]) -> u64 {
    let (words, _) = block.as_chunks::<8>();
    words.iter().rev().fold(0, |marks, word| {
        // The multiplication gathers the eight high bits in the highest byte.
        let bits = (low_signs(u64::from_le_bytes(*word)) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        marks << 8 | bits
    })
}

/// A text of up to sixteen bytes: its length, and its first and last eight bytes; of a longer one only these.
type Signature = (usize, u64, u64);

#[inline]
fn signature(bytes: &[u8], span: Range<usize>) -> Signature {
    match span.len() {
        0 => (0, 0, 0),
        len @ 1..8 => (len, eight(bytes, span.start) << (64 - 8 * len), 0),
        len => (len, eight(bytes, span.start), eight(bytes, span.end - 8)),
    }
}

/// Returns where a cell of a row stands, which begins at `start` and whose cells end at `ends`.
#[inline]
fn span(ends: &[usize], start: usize, place: usize) -> Range<usize> {
    place.checked_sub(1).map_or(start, |left| ends[left] + 1)..ends[place]
}

/// Returns the inside of a quoted cell with each doubled quote once.
fn unescaped(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some(quote) = memchr(b'"', rest.as_bytes()) {
        text.push_str(&rest[..=quote]);
        rest = rest.get(quote + 2..).unwrap_or_default();
    }
    text + rest
}

/// Returns what a cell reads.
fn read(text: &str, span: Range<usize>) -> Cow<'_, str> {
    let raw = &text[span];
    match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) if quoted.contains('"') => Cow::Owned(unescaped(quoted)),
        Some(quoted) => Cow::Borrowed(quoted),
        None => Cow::Borrowed(raw),
    }
}

/// Compares two cells by what they read.
fn compare(text: &str, one: Range<usize>, other: Range<usize>) -> Ordering {
    let (left, right) = (&text.as_bytes()[one.clone()], &text.as_bytes()[other.clone()]);
    if left.first() == Some(&b'"') || right.first() == Some(&b'"') {
        return read(text, one).cmp(&read(text, other));
    }
    left.cmp(right)
}

#[cfg(test)]
mod tests;
