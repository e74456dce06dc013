//! Which files of a registry do not stand as they would be written: the same facts in another dress.

use std::io::{self, Write};

use super::canonical::{write_json, write_package, write_table};
use super::decode::decode;
use super::dress::is_normal;
use super::package;
use super::problem::Seen;
use super::source::{Files, Source, file_name};
use crate::model::{Grid, Registry, Table};

/// A file that is not in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddFile {
    /// The file's name.
    pub name: String,
    /// The line at which it first differs from what would be written, from 1.
    pub line: usize,
    /// The column there, in characters, from 1.
    pub column: usize,
    /// What differs.
    pub what: Vec<Oddity>,
}

/// What about a file is not canonical.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It is not UTF-8 without a byte order mark.
    Encoding,
    /// Its lines do not end with a line feed alone.
    LineEnds,
    /// Its cells are not apart by commas.
    Separators,
    /// Its columns are not all there, or in another order.
    Columns,
    /// Its rows are in another order.
    Rows,
    /// Letters and their marks are apart.
    Accents,
    /// Something else: quotes, blank rows, lists, indentation.
    Spelling,
}

impl Source {
    /// Returns the files that are not in canonical form; `registry` is what was loaded from them. The journal is left
    /// out, for the ids of its lines are made of their text, and so is a file that is not there.
    pub fn odd_files(&self, registry: &Registry<'_>) -> Vec<OddFile> {
        let (tables, package) = match &self.files {
            Files::Json { file, bytes } => {
                return odd_file(file, bytes, Vec::new, |to| write_json(registry, to)).into_iter().collect();
            }
            Files::Folder { tables, package, .. } => (tables, package),
        };
        let tables = Table::ALL.into_iter().zip(tables).filter_map(|(table, bytes)| {
            let grid = registry.grid(table);
            odd_file(file_name(table), bytes.as_deref()?, || oddities(grid), |to| write_table(grid, to))
        });
        let package = package.as_deref().and_then(|bytes| {
            odd_file(package::FILE, bytes, Vec::new, |to| write_package(&package::complete(registry, &[])?, to))
        });
        tables.chain(package).collect()
    }
}

/// Tells what is not canonical about the columns and rows of a table.
fn oddities(grid: &Grid<'_>) -> Vec<Oddity> {
    let has_columns = grid.columns().map(|(name, ..)| name).eq(grid.header());
    let is_sorted = grid.by_key().zip(0..).all(|(row, nth)| row.number() == nth);
    let odd = [(has_columns, Oddity::Columns), (is_sorted, Oddity::Rows)];
    odd.into_iter().filter_map(|(is_right, oddity)| (!is_right).then_some(oddity)).collect()
}

/// Tells whether and how a file differs from what `write` writes.
fn odd_file(
    name: &str,
    bytes: &[u8],
    known: impl FnOnce() -> Vec<Oddity>,
    write: impl FnOnce(&mut Comparison<'_>) -> anyhow::Result<()>,
) -> Option<OddFile> {
    let mut comparison = Comparison { bytes, at: 0, differs: false };
    match write(&mut comparison) {
        Ok(()) if comparison.at == bytes.len() => return None,
        // What cannot be written is not to be written anew.
        Err(_) if !comparison.differs => return None,
        _ => {}
    }
    let text = decode(name, bytes).unwrap_or_default();
    let is_plain = text.as_bytes() == bytes;
    let mut what = Vec::new();
    what.extend((!is_plain).then_some(Oddity::Encoding));
    what.extend(text.contains('\r').then_some(Oddity::LineEnds));
    what.extend(has_other_separators(&text).then_some(Oddity::Separators));
    what.extend(known());
    what.extend((!is_normal(&text)).then_some(Oddity::Accents));
    what.extend(what.is_empty().then_some(Oddity::Spelling));
    // Where the bytes are another encoding's, all of the file differs.
    let at = if is_plain { comparison.at } else { 0 };
    let mut seen = Seen::default();
    seen.advance(&text, at);
    Some(OddFile { name: name.to_owned(), line: seen.line, column: seen.column, what })
}

/// Tells whether the header of a table has semicolons or tabs between its names, as far as can be seen.
fn has_other_separators(text: &str) -> bool {
    let header = text.lines().next().unwrap_or_default();
    !header.contains(',') && header.contains([';', '\t'])
}

/// Takes what would be written, and compares it with what stands there, up to the first difference.
struct Comparison<'b> {
    bytes: &'b [u8],
    /// How much of it is the same.
    at: usize,
    differs: bool,
}

impl Write for Comparison<'_> {
    fn write(&mut self, written: &[u8]) -> io::Result<usize> {
        let there = &self.bytes[self.at..];
        if !self.differs && there.starts_with(written) {
            self.at += written.len();
            return Ok(written.len());
        }
        if !self.differs {
            self.at += there.iter().zip(written).take_while(|(one, other)| one == other).count();
            self.differs = true;
        }
        Err(io::Error::other("the file differs"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_differs_is_found_however_the_text_comes() {
        for (bytes, written, at) in [
            ("abc", "abc", None),
            ("", "", None),
            ("abc", "abd", Some(2)),
            ("abc", "ab", Some(2)),
            ("abc", "abcd", Some(3)),
            ("abc", "", Some(0)),
            ("\u{FEFF}abc", "abc", Some(0)),
        ] {
            for size in 1..5 {
                let write = |to: &mut Comparison<'_>| {
                    Ok(written.as_bytes().chunks(size).try_for_each(|chunk| to.write_all(chunk))?)
                };
                let found = odd_file("file", bytes.as_bytes(), Vec::new, write);
                assert_eq!(found.map(|found| found.column - 1), at, "{bytes} {written} by {size}");
            }
        }
    }
}
