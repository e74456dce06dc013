//! Tables and sheets for people: aligned by Unicode width, cut to the terminal, nothing in them that steers it.
//!
//! Drawn here and not by a table crate: at the size of a large registry the kept ones cost more than reading it
//! (ARCHITECTURE.md, “Speed”). Widths are `unicode-width`'s.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Style;
use crate::model::Status;
use crate::report::{Cell, Sheet, Table};

/// The blanks between columns.
const GAP: usize = 2;
/// What a column is not made narrower than.
const NARROWEST: usize = 8;

/// Up to how many rows a table is kept while it is drawn.
const KEPT: usize = 10_000;

/// Draws a table.
pub fn table(table: &Table<'_>, style: Style, to: &mut dyn Write) -> io::Result<()> {
    if table.is_empty() {
        return Ok(());
    }
    draw(table, style, &vec![true; table.columns.len()], Room::Cut, to)
}

/// Draws a sheet: its title, what is known of it, and its tables without what they do not hold.
pub fn sheet(sheet: &Sheet<'_>, style: Style, to: &mut dyn Write) -> io::Result<()> {
    let heading = Ansi::new().bold();
    writeln!(to, "{}", painted(&harmless(&sheet.title), heading, style))?;
    let facts: Vec<_> = sheet.facts.iter().filter(|fact| fact.for_people && !fact.cell.display().is_empty()).collect();
    let indent = facts.iter().map(|fact| fact.label.width()).max().unwrap_or(0) + 2 * GAP;
    for fact in facts {
        let value = harmless(&fact.cell.display()).into_owned();
        let room = style.width.map_or(usize::MAX, |width| width.saturating_sub(indent).max(4 * NARROWEST));
        for (nth, line) in wrapped(&value, room).into_iter().enumerate() {
            let label = if nth == 0 { fact.label } else { "" };
            let pad = " ".repeat(indent - GAP - label.width());
            let line = if nth == 0 { colour(&fact.cell, line, style) } else { line };
            writeln!(to, "  {}{pad}{line}", painted(label, Ansi::new().dimmed(), style))?;
        }
    }
    for section in sheet.sections.iter().filter(|section| !section.table.is_empty()) {
        writeln!(to, "\n{}", painted(section.title, heading, style))?;
        let mut holds = vec![false; section.table.columns.len()];
        for row in section.table.rows() {
            for (holds, cell) in holds.iter_mut().zip(&row) {
                *holds |= !cell.display().is_empty();
            }
        }
        draw(&section.table, style, &holds, Room::Wrap, to)?;
    }
    Ok(())
}

/// A cell as it is drawn.
struct Part<'t> {
    text: Cow<'t, str>,
    paint: Ansi,
    is_number: bool,
}

/// What becomes of a cell that is wider than its column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// It is cut, for a listing has a line a row.
    Cut,
    /// It goes on below, behind an indent, for a sheet is to be read.
    Wrap,
}

/// Draws the columns that are to be shown.
fn draw(table: &Table<'_>, style: Style, shown: &[bool], room: Room, to: &mut dyn Write) -> io::Result<()> {
    let indent = if room == Room::Wrap { "  " } else { "" };
    let labels: Vec<String> = table.columns.iter().map(|column| column.label.to_uppercase()).collect();
    let mut widths: Vec<usize> = labels.iter().map(|label| label.width()).collect();
    // The rows are walked twice: those of a table of common size are kept, those of a huge one made again.
    let kept: Option<Vec<Vec<Cell<'_>>>> = (table.len() <= KEPT).then(|| table.rows().collect());
    let rows = || -> Box<dyn Iterator<Item = Cow<'_, [Cell<'_>]>> + '_> {
        match &kept {
            Some(rows) => Box::new(rows.iter().map(|row| Cow::Borrowed(row.as_slice()))),
            None => Box::new(table.rows().map(Cow::Owned)),
        }
    };
    for row in rows() {
        for (width, cell) in widths.iter_mut().zip(&*row) {
            *width = (*width).max(width_of(&readable(cell)));
        }
    }
    let columns: Vec<usize> = (0..widths.len()).filter(|column| shown[*column]).collect();
    if let Some(width) = style.width {
        fit(&mut widths, &columns, width.saturating_sub(indent.len()));
    }
    let layout = Layout { widths, columns, indent, style };
    let header: Vec<Part<'_>> =
        labels.iter().map(|label| Part { text: label.into(), paint: Ansi::new().bold(), is_number: false }).collect();
    layout.line(&header, to)?;
    let mut above: Vec<String> = Vec::new();
    for row in rows() {
        let cells: Vec<Part<'_>> = row
            .iter()
            .zip(&table.columns)
            .enumerate()
            .map(|(nth, (cell, column))| {
                let repeats = column.grouped && above.get(nth).is_some_and(|above| *above == cell.display());
                let text = if repeats { Cow::Borrowed("") } else { readable(cell) };
                Part { text, paint: paint(cell), is_number: cell.is_number() }
            })
            .collect();
        match room {
            Room::Cut => layout.line(&cells, to)?,
            Room::Wrap => layout.wrap(&cells, to)?,
        }
        if table.columns.iter().any(|column| column.grouped) {
            above = row.iter().map(|cell| cell.display().into_owned()).collect();
        }
    }
    Ok(())
}

/// How the lines of a table are laid out.
struct Layout {
    widths: Vec<usize>,
    /// Which columns are shown.
    columns: Vec<usize>,
    indent: &'static str,
    style: Style,
}

impl Layout {
    /// Writes one row on as many lines as its longest cell takes.
    fn wrap(&self, cells: &[Part<'_>], to: &mut dyn Write) -> io::Result<()> {
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(&self.widths).map(|(cell, width)| wrapped(&cell.text, *width)).collect();
        let lines = self.columns.iter().map(|column| wrapped[*column].len()).max().unwrap_or(0);
        for nth in 0..lines {
            let part = |cell: &Part<'_>, lines: &Vec<String>| Part {
                text: lines.get(nth).cloned().unwrap_or_default().into(),
                ..*cell
            };
            let parts: Vec<Part<'_>> = cells.iter().zip(&wrapped).map(|(cell, lines)| part(cell, lines)).collect();
            self.line(&parts, to)?;
        }
        Ok(())
    }

    /// Writes one line: each cell cut and padded to its width, numbers at the right, no blanks at the end.
    fn line(&self, cells: &[Part<'_>], to: &mut dyn Write) -> io::Result<()> {
        let mut line = String::from(self.indent);
        let mut owed = 0;
        for column in &self.columns {
            let Part { text, paint, is_number } = &cells[*column];
            let text = cut(text, self.widths[*column]);
            let blank = self.widths[*column] - width_of(&text);
            if !text.is_empty() {
                let before = owed + if *is_number { blank } else { 0 };
                line.extend(std::iter::repeat_n(' ', before));
                line += &painted(&text, *paint, self.style);
                owed = if *is_number { GAP } else { blank + GAP };
            } else {
                owed += blank + GAP;
            }
        }
        writeln!(to, "{line}")
    }
}

/// Makes the widest columns narrower until the line fits, none beyond use.
fn fit(widths: &mut [usize], columns: &[usize], width: usize) {
    loop {
        let total: usize = columns.iter().map(|column| widths[*column] + GAP).sum::<usize>().saturating_sub(GAP);
        let Some(widest) = columns.iter().copied().max_by_key(|column| widths[*column]) else { return };
        if total <= width || widths[widest] <= NARROWEST {
            return;
        }
        widths[widest] -= 1;
    }
}

fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if width_of(text) <= width {
        return Cow::Borrowed(text);
    }
    let mut room = width.saturating_sub(1);
    let mut cut: String = text
        .chars()
        .take_while(|letter| {
            let needed = letter.width().unwrap_or(0);
            let fits = needed <= room;
            room = room.saturating_sub(needed);
            fits
        })
        .collect();
    cut.push('…');
    Cow::Owned(cut)
}

/// Returns how many columns a text takes; of plain ASCII it need not be looked up.
fn width_of(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Breaks a text at blanks into lines of a width, and a longer word where the width ends.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let needed = width_of(word);
        if used > 0 && used + 1 + needed > width {
            lines.push(String::new());
            used = 0;
        }
        let last = lines.len() - 1;
        if used > 0 {
            lines[last].push(' ');
            used += 1;
        }
        if used + needed <= width {
            lines[last].push_str(word);
            used += needed;
            continue;
        }
        for letter in word.chars() {
            let needed = letter.width().unwrap_or(0);
            if used + needed > width.max(1) {
                lines.push(String::new());
                used = 0;
            }
            lines.iter_mut().next_back().into_iter().for_each(|line| line.push(letter));
            used += needed;
        }
    }
    lines
}

/// Returns what people read in a cell, harmless.
fn readable<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell.display() {
        Cow::Borrowed(text) => harmless(text),
        Cow::Owned(text) => Cow::Owned(harmless(&text).into_owned()),
    }
}

/// Returns the text without what could steer a terminal or turn its reading round: control characters, bidirectional
/// controls, invisible format characters (Unicode Technical Report 36).
fn harmless(text: &str) -> Cow<'_, str> {
    let steers = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}')
    };
    // Their first bytes; most text has none of these.
    let suspect = |byte: u8| (byte < b' ') | matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF);
    if !text.bytes().fold(false, |found, byte| found | suspect(byte)) || !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let blank = |sign: char| matches!(sign, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}');
    Cow::Owned(
        text.chars()
            .filter(|sign| blank(*sign) || !steers(*sign))
            .map(|sign| if blank(sign) { ' ' } else { sign })
            .collect(),
    )
}

fn paint(cell: &Cell<'_>) -> Ansi {
    let Cell::Word(word, _) = cell else { return Ansi::new() };
    match Status::parse(word) {
        Some(Status::Suspended) => AnsiColor::Yellow.on_default(),
        Some(Status::Historic) => Ansi::new().dimmed(),
        Some(Status::Active) | None => Ansi::new(),
    }
}

fn colour(cell: &Cell<'_>, text: String, style: Style) -> String {
    painted(&text, paint(cell), style).into_owned()
}

fn painted<'t>(text: &'t str, ansi: Ansi, style: Style) -> Cow<'t, str> {
    if !style.colour || text.is_empty() || ansi == Ansi::new() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{ansi}{text}{ansi:#}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Column;

    fn drawn(rows: &[[&str; 2]], width: Option<usize>) -> String {
        let columns = ["name", "note"].map(|key| Column { key, label: key, grouped: key == "name" });
        let rows = rows.iter().map(|row| row.map(|text| Cell::text(text.to_owned())).to_vec()).collect();
        let mut out = Vec::new();
        let style = Style { width, colour: false, excel: false };
        table(&Table::of_rows(columns.into(), rows), style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_align_by_width_and_are_cut_to_the_terminal() {
        assert_eq!(drawn(&[["東京", "x"], ["Bodø", ""]], None), "NAME  NOTE\n東京  x\nBodø\n");
        let long = drawn(&[["Kuopio", "a long note about nothing"]], Some(20));
        assert_eq!(long, "NAME    NOTE\nKuopio  a long note…\n");
    }

    #[test]
    fn what_repeats_in_a_group_is_shown_once() {
        assert_eq!(drawn(&[["FI", "a"], ["FI", "b"], ["SE", "c"]], None), "NAME  NOTE\nFI    a\n      b\nSE    c\n");
    }

    #[test]
    fn nothing_in_a_cell_steers_the_terminal() {
        assert_eq!(drawn(&[["a\u{1b}[31mred", "x\u{202E}y\nz"]], None), "NAME      NOTE\na[31mred  xy z\n");
    }

    #[test]
    fn long_facts_are_wrapped_at_blanks() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("an unbreakable", 4), ["an", "unbr", "eaka", "ble"]);
        assert_eq!(wrapped("", 4), [""]);
    }
}
