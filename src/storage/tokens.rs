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
use wide::u8x16;

use super::problem::most_told;
use crate::model::cell::{Flaw, LONGEST};
use crate::model::cells::{Cells, FAR, Line, closing_quote};
use crate::model::marks::{BLOCK, Marks, odd_signs};
use crate::model::{Column, PartialDate, Schema, Type};

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
            let Scan { lines, unescaped, header, worst, mut flaws, .. } = scan;
            flaws.sort_by_key(|(row, ..)| *row);
            let cells = Cells { lines, unescaped, header, order: Some(worst), text, walked: Default::default() };
            Ok(Tokens { cells, flaws })
        }
        None => Err(text),
    }
}

struct Scan<'t> {
    text: &'t str,
    schema: &'static Schema,
    nfc: ComposingNormalizerBorrowed<'static>,
    lines: Vec<Line>,
    unescaped: Vec<(u32, Box<str>)>,
    header: Vec<Box<str>>,
    worst: Ordering,
    flaws: Vec<(usize, usize, Flaw)>,
    checked: Vec<Checked>,
    /// The places of the key's columns.
    key: Vec<usize>,
    /// The key of the last row that has been taken, as it stands.
    before: Vec<&'t str>,
    /// Where cells end that are at hand, as many as `known`: first the last one of the rows that have been taken.
    ends: Vec<u32>,
    known: usize,
    /// How many line ends there are behind the rows that have been taken.
    line_ends: usize,
    /// The blocks at hand in which letters may compose, by where they begin.
    composing: Vec<usize>,
}

/// A column in which something can be wrong, at its place; the words of its vocabulary, if it has one.
struct Checked {
    place: usize,
    column: &'static Column,
    words: Vec<Signature>,
}

/// How many columns a table may have: what is done for each of them takes time that grows with all of them.
pub const MOST_COLUMNS: usize = 1024;
/// How many blocks are looked at before their rows are taken: so few that their text is still at hand.
const BATCH: usize = 32;
/// How many ends of cells are noted without asking whether there are more: what most blocks have.
const STEP: usize = 12;

impl<'t> Scan<'t> {
    fn new(text: &'t str, schema: &'static Schema) -> Scan<'t> {
        Scan {
            text,
            schema,
            nfc: ComposingNormalizerBorrowed::new_nfc(),
            lines: Vec::with_capacity(text.len() / 64),
            unescaped: Vec::new(),
            header: Vec::new(),
            worst: Ordering::Less,
            flaws: Vec::new(),
            checked: Vec::new(),
            key: Vec::new(),
            before: Vec::new(),
            // The header begins behind it, at 0.
            ends: vec![u32::MAX],
            known: 1,
            line_ends: 0,
            composing: Vec::new(),
        }
    }

    /// Finds the rows; `None` at the first sign of another dress.
    fn run(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        let len = u32::try_from(bytes.len()).ok()?;
        let (blocks, rest) = bytes.as_chunks();
        // Before where nothing is looked at: the end of a quoted cell.
        let mut behind = 0;
        for (nth, batch) in blocks.chunks(BATCH).enumerate() {
            behind = self.batch(batch, nth * BATCH * BLOCK, behind)?;
            self.take_rows()?;
        }
        let mut last = [b'a'; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.batch(&[last], bytes.len() - rest.len(), behind)?;
        if !bytes.ends_with(b"\n") {
            self.end_cell(len);
            self.line_ends += 1;
        }
        self.take_rows()?;
        self.lines.push(Line { start: self.ends[0].wrapping_add(1), ..Line::default() });
        // What is left are a row with too few cells, and the line ends of rows with too many.
        (self.known == 1 && self.line_ends == 0).then_some(())
    }

    /// Notes where cells end in blocks, the first of which begins at `base`; before `behind` nothing is looked at.
    /// Returns what is `behind` for those that follow.
    fn batch(&mut self, blocks: &[[u8; BLOCK]], base: usize, mut behind: usize) -> Option<usize> {
        self.ends.resize(self.known + blocks.len() * BLOCK + STEP, 0);
        let mut lines = u8x16::default();
        for (block, base) in blocks.iter().zip((base..).step_by(BLOCK)) {
            let mut marks = Marks::of(block);
            if marks.may_compose {
                self.composing.push(base);
            }
            if marks.is_odd || base < behind {
                behind = self.odd_block(block, marks.ends, base, behind)?;
                continue;
            }
            lines += marks.lines;
            let (steps, _) = self.ends[self.known..].as_chunks_mut::<STEP>();
            self.known += marks.ends.count_ones() as usize;
            for step in steps {
                for end in step {
                    *end = base as u32 + marks.ends.trailing_zeros();
                    marks.ends &= marks.ends.wrapping_sub(1);
                }
                if marks.ends == 0 {
                    break;
                }
            }
        }
        self.line_ends += lines.to_array().into_iter().map(usize::from).sum::<usize>();
        Some(behind)
    }

    /// Notes where cells end in a block with quotes, or with signs that are not canonical.
    fn odd_block(&mut self, block: &[u8; BLOCK], ends: u64, base: usize, mut behind: usize) -> Option<usize> {
        let from = |behind: usize| u64::MAX.checked_shl(behind.saturating_sub(base) as u32).unwrap_or(0);
        let mut marks = (ends | odd_signs(block)) & from(behind);
        while marks != 0 {
            let bit = marks.trailing_zeros();
            let here = base + bit as usize;
            if ends >> bit & 1 == 0 {
                behind = self.quoted(here)?;
                marks &= from(behind);
            } else {
                self.end_cell(here as u32);
                self.line_ends += usize::from(block[bit as usize] == b'\n');
                marks &= marks - 1;
            }
        }
        Some(behind)
    }

    /// Notes where a cell ends.
    fn end_cell(&mut self, end: u32) {
        self.ends.resize(self.ends.len().max(self.known + 1), 0);
        self.ends[self.known] = end;
        self.known += 1;
    }

    /// Takes the rows whose cells are all at hand, the header first.
    fn take_rows(&mut self) -> Option<()> {
        let ends = std::mem::take(&mut self.ends);
        let mut taken = 0;
        if self.header.is_empty() {
            taken = self.take_header(&ends[..self.known])?;
        }
        if !self.header.is_empty() {
            let width = self.header.len();
            let rows = &ends[taken..self.known];
            let rows = &rows[..=(rows.len() - 1) / width * width];
            for ends in rows.windows(width + 1).step_by(width) {
                self.take_row(ends)?;
                self.order(ends);
            }
            // Of many flaws the first are told.
            let is_enough = self.flaws.len() > most_told(self.text.len());
            for checked in self.checked.iter().filter(|_| !is_enough) {
                let flaws = self.flaws(checked, rows);
                self.flaws.extend(flaws);
            }
            taken += rows.len() - 1;
        }
        self.ends = ends;
        self.ends.copy_within(taken..self.known, 0);
        self.known -= taken;
        let next = self.ends[0].wrapping_add(1) as usize;
        if taken > 0 {
            self.composing.retain(|block| block + BLOCK > next);
        }
        Some(())
    }

    /// Takes the header and returns how many cells it has; none where it goes on beyond what is at hand.
    fn take_header(&mut self, ends: &[u32]) -> Option<usize> {
        let cells = ends[1..].iter().take(MOST_COLUMNS + 1);
        let Some(last) = cells.clone().position(|end| self.is_line_end(*end)) else {
            return (cells.len() <= MOST_COLUMNS).then_some(0);
        };
        let width = last + 1;
        if width > MOST_COLUMNS {
            return None;
        }
        self.header = (0..width).map(|place| read(&self.text[span(&ends[place..])]).into()).collect();
        self.take_row(&ends[..=width])?;
        self.checked = self.checked();
        self.key = self.schema.key.iter().filter_map(|name| self.place(name)).collect();
        self.header.iter().all(|name| self.is_plain_name(name)).then_some(width)
    }

    fn is_line_end(&self, end: u32) -> bool {
        self.text.as_bytes().get(end as usize).is_none_or(|sign| *sign == b'\n')
    }

    /// Takes a row, of which it is given where its cells end, behind where the row before it does.
    #[inline]
    fn take_row(&mut self, ends: &[u32]) -> Option<()> {
        let cells = ends.len() - 1;
        let (start, end) = (ends[0].wrapping_add(1), ends[cells]);
        // A row of nothing but commas is blank; one of one cell is too, or has another separator.
        let is_blank = (end - start) as usize == cells - 1;
        if !self.is_line_end(end) || cells == 1 || is_blank {
            return None;
        }
        self.line_ends -= 1;
        let near = std::array::from_fn(|place| {
            let offset = ends.get(place + 1).and_then(|end| u8::try_from(end - start).ok());
            offset.unwrap_or(FAR)
        });
        self.lines.push(Line { start, near });
        let row = start as usize..end as usize;
        let may_compose = self.composing.iter().any(|block| *block < row.end && block + BLOCK > row.start);
        // A line end composes with nothing.
        (!may_compose || self.nfc.is_normalized(&self.text[row])).then_some(())
    }

    /// Compares the key of a row with that of the one before.
    #[inline]
    fn order(&mut self, ends: &[u32]) {
        if self.before.is_empty() {
            self.before = self.key.iter().map(|place| &self.text[span(&ends[*place..])]).collect();
            return;
        }
        let mut order = Ordering::Equal;
        for (before, place) in self.before.iter_mut().zip(&self.key) {
            let cell = &self.text[span(&ends[*place..])];
            if order.is_eq() {
                order = compare(before, cell);
            }
            *before = cell;
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
            let words = if let Type::Vocabulary(words) = column.kind { words } else { &[] };
            let words = words.iter().map(|word| signature(word.as_bytes())).collect();
            Some(Checked { place: self.place(column.name)?, column, words })
        });
        checked.collect()
    }

    /// Looks for flaws in a column of rows that have been taken.
    fn flaws(&self, checked: &Checked, rows: &[u32]) -> Vec<(usize, usize, Flaw)> {
        match checked.column.kind {
            Type::Vocabulary(_) => self.look(checked, rows, |cell| checked.words.contains(&signature(cell))),
            Type::Date => self.look(checked, rows, PartialDate::is_plain),
            Type::Interval | Type::Number(..) => self.look(checked, rows, |cell| checked.column.is_plainly_right(cell)),
            _ => self.look(checked, rows, |cell| cell[0] != b'"' && cell.len() <= LONGEST),
        }
    }

    /// Takes a glance at each cell of a column, and a closer look at one that `is_right` does not tell to be right.
    #[inline]
    fn look(&self, checked: &Checked, rows: &[u32], is_right: impl Fn(&[u8]) -> bool) -> Vec<(usize, usize, Flaw)> {
        let Checked { place, column, .. } = *checked;
        let bytes = self.text.as_bytes();
        let width = self.header.len();
        let first = self.lines.len() - (rows.len() - 1) / width;
        let mut flaws = Vec::new();
        let cells = rows.get(place..).unwrap_or_default().chunks(width);
        for (nth, ends) in cells.take_while(|ends| ends.len() > 1).enumerate() {
            let cell = span(ends);
            let is_right = if cell.is_empty() { !column.required } else { is_right(&bytes[cell.clone()]) };
            if !is_right && let Some(flaw) = column.flaw(&read(&self.text[cell])) {
                flaws.push((first + nth, place, flaw));
            }
        }
        flaws
    }

    /// Walks over the quoted cell that opens at `open`, and returns the offset behind its closing quote; `None` where
    /// what stands there opens no cell.
    fn quoted(&mut self, open: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let cell = self.ends[self.known - 1].wrapping_add(1);
        if bytes[open] != b'"' || open != cell as usize {
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

/// A text of four to sixteen bytes: its length, and its first and last eight or four; of others only these.
type Signature = (usize, u64, u64);

#[inline]
fn signature(text: &[u8]) -> Signature {
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (text.len(), u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => (text.len(), u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
        _ => (text.len(), text.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
    }
}

/// Returns where a cell stands, of which it is given the end of the one before and its own.
#[inline]
fn span(ends: &[u32]) -> Range<usize> {
    ends[0].wrapping_add(1) as usize..ends[1] as usize
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
fn read(raw: &str) -> Cow<'_, str> {
    match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) if quoted.contains('"') => Cow::Owned(unescaped(quoted)),
        Some(quoted) => Cow::Borrowed(quoted),
        None => Cow::Borrowed(raw),
    }
}

/// Compares two cells by what they read.
#[inline]
fn compare(one: &str, other: &str) -> Ordering {
    if one.starts_with('"') || other.starts_with('"') {
        return read(one).cmp(&read(other));
    }
    one.cmp(other)
}

#[cfg(test)]
mod tests;
