//! Tables and sheets for people: aligned by Unicode width, cut to the terminal, nothing in them that steers it.
//!
//! Drawn here and not by a table crate: at the size of a large registry the kept ones cost more than reading it
//! (ARCHITECTURE.md, “Speed”). Widths are `unicode-width`'s.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Style;
use super::harmless::harmless;
use crate::model::Status;
use crate::report::document::Document;
use crate::report::plan::List;
use crate::report::{Cell, Sheet, Table};

/// The blanks between columns.
const GAP: usize = 2;
/// What a column is not made narrower than.
const NARROWEST: usize = 8;

/// What a column is not made wider than where there is no terminal to cut it: one long cell would pad all others.
const WIDEST: usize = 200;

/// How wide a paragraph is where there is no terminal.
const PARAGRAPH: usize = 100;

/// Up to how many rows a table is kept while it is drawn.
const KEPT: usize = 10_000;

/// Draws a table.
pub fn table(table: &Table<'_>, style: Style, to: &mut dyn Write) -> io::Result<()> {
    if table.is_empty() {
        return Ok(());
    }
    draw(table, style, &vec![true; table.columns.len()], Frame { room: Room::Cut, indent: "" }, to)
}

/// Draws a sheet: its title, what is known of it, and its tables without what they do not hold.
pub fn sheet(sheet: &Sheet<'_>, style: Style, to: &mut dyn Write) -> io::Result<()> {
    let heading = Ansi::new().bold();
    writeln!(to, "{}", painted(&harmless(&sheet.title), heading, style))?;
    let facts: Vec<_> = sheet.facts.iter().filter(|fact| fact.is_told()).collect();
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
        draw(&section.table, style, &holds, Frame { room: Room::Wrap, indent: "  " }, to)?;
    }
    Ok(())
}

/// Draws a document: its title, what was counted, its tables, and where the data come from.
pub fn document(document: &Document<'_>, style: Style, to: &mut dyn Write) -> io::Result<()> {
    let heading = Ansi::new().bold();
    writeln!(to, "{}", painted(&harmless(&document.title), heading, style))?;
    let paragraph = |text: &str, to: &mut dyn Write| {
        let lines = wrapped(&harmless(text), style.width.unwrap_or(PARAGRAPH));
        lines.iter().try_for_each(|line| writeln!(to, "{line}"))
    };
    document.lead.iter().try_for_each(|text| paragraph(text, to))?;
    for part in &document.parts {
        writeln!(to, "\n{}", painted(&harmless(&part.title), heading, style))?;
        let room = if style.width.is_some() { Room::Wrap } else { Room::Cut };
        draw(&part.table, style, &vec![true; part.table.columns.len()], Frame { room, indent: "  " }, to)?;
    }
    writeln!(to)?;
    document.origin.iter().try_for_each(|(what, text)| paragraph(&format!("{what}: {text}"), to))
}

/// Draws lists, each under its heading.
pub fn lists(lists: &[List<'_>], style: Style, to: &mut dyn Write) -> io::Result<()> {
    for List { title, table } in lists {
        writeln!(to, "{}", painted(title, Ansi::new().bold(), style))?;
        let room = if style.width.is_some() { Room::Wrap } else { Room::Cut };
        draw(table, style, &vec![true; table.columns.len()], Frame { room, indent: "  " }, to)?;
    }
    Ok(())
}

/// A cell as it is drawn. There are many of them at a time, so it is kept small.
struct Part<'t> {
    text: Cow<'t, str>,
    width: u32,
    status: Option<Status>,
    is_number: bool,
}

impl<'t> Part<'t> {
    fn new(text: Cow<'t, str>, status: Option<Status>, is_number: bool) -> Part<'t> {
        Part { width: width_of(&text) as u32, text, status, is_number }
    }

    /// Makes what people read of a cell, harmless.
    fn of(cell: Cell<'t>) -> Part<'t> {
        let (status, is_number) = (status(&cell), cell.is_number());
        let text = cell.into_display();
        let changed = match harmless(&text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(changed) => Some(changed),
        };
        Part::new(changed.map_or(text, Cow::Owned), status, is_number)
    }
}

/// What becomes of a cell that is wider than its column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// It is cut, for a listing has a line a row.
    Cut,
    /// It goes on below, behind an indent, for a sheet is to be read.
    Wrap,
}

/// Where a table is drawn.
struct Frame {
    room: Room,
    indent: &'static str,
}

/// Draws the columns that are to be shown.
fn draw(table: &Table<'_>, style: Style, shown: &[bool], frame: Frame, to: &mut dyn Write) -> io::Result<()> {
    let Frame { room, indent } = frame;
    let labels: Vec<String> = table.columns.iter().map(|column| column.label.to_uppercase()).collect();
    let header: Vec<Part<'_>> = labels.iter().map(|label| Part::new(label.into(), None, false)).collect();
    let mut widths: Vec<usize> = header.iter().map(|part| part.width as usize).collect();
    let widest = style.width.unwrap_or(WIDEST).max(NARROWEST);
    let mut widen = |row: &Vec<Part<'_>>| {
        for (width, part) in widths.iter_mut().zip(row) {
            *width = (*width).max(widest.min(part.width as usize));
        }
    };
    // The rows are walked twice: those of a table of common size are kept, those of a huge one made again.
    let made = || table.rows().map(|row| row.into_iter().map(Part::of).collect());
    let rows: Box<dyn Iterator<Item = Vec<Part<'_>>> + '_> = if table.len() <= KEPT {
        let kept: Vec<Vec<Part<'_>>> = made().inspect(&mut widen).collect();
        Box::new(kept.into_iter())
    } else {
        made().for_each(|row| widen(&row));
        Box::new(made())
    };
    let columns: Vec<usize> = (0..widths.len()).filter(|column| shown[*column]).collect();
    if let Some(width) = style.width {
        fit(&mut widths, &columns, width.saturating_sub(indent.len()));
    }
    let layout = Layout { widths, columns, indent, style };
    if labels.iter().any(|label| !label.is_empty()) {
        layout.line(&header, |_| Ansi::new().bold(), to)?;
    }
    let is_grouped = table.columns.iter().any(|column| column.grouped);
    let mut above: Vec<Cow<'_, str>> = Vec::new();
    for mut row in rows {
        if is_grouped {
            let texts = row.iter().map(|part| part.text.clone()).collect();
            for (nth, part) in row.iter_mut().enumerate() {
                if table.columns[nth].grouped && above.get(nth) == Some(&part.text) {
                    *part = Part::new("".into(), part.status, part.is_number);
                }
            }
            above = texts;
        }
        match room {
            Room::Cut => layout.line(&row, paint, to)?,
            Room::Wrap => layout.wrap(&row, to)?,
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
    fn wrap(&self, row: &[Part<'_>], to: &mut dyn Write) -> io::Result<()> {
        let wrapped: Vec<Vec<String>> =
            row.iter().zip(&self.widths).map(|(part, width)| wrapped(&part.text, self.room(*width))).collect();
        let lines = self.columns.iter().map(|column| wrapped[*column].len()).max().unwrap_or(0);
        for nth in 0..lines {
            let part = |part: &Part<'_>, lines: &Vec<String>| {
                Part::new(lines.get(nth).cloned().unwrap_or_default().into(), part.status, part.is_number)
            };
            let parts: Vec<Part<'_>> = row.iter().zip(&wrapped).map(|(whole, lines)| part(whole, lines)).collect();
            self.line(&parts, paint, to)?;
        }
        Ok(())
    }

    /// Returns how much of a cell there is room for in a column: without a terminal for all of it.
    fn room(&self, width: usize) -> usize {
        if self.style.width.is_some() { width } else { usize::MAX }
    }

    /// Writes one line: each cell cut and padded to its width, numbers at the right, no blanks at the end.
    fn line(&self, row: &[Part<'_>], paint: fn(Option<Status>) -> Ansi, to: &mut dyn Write) -> io::Result<()> {
        let mut line = String::with_capacity(128);
        line += self.indent;
        let mut owed = 0;
        for column in &self.columns {
            let (part, width) = (&row[*column], self.widths[*column]);
            let cut = (part.width as usize > self.room(width)).then(|| cut(&part.text, width));
            let blank = width.saturating_sub(cut.as_deref().map_or(part.width as usize, width_of));
            let text = cut.as_deref().unwrap_or(&part.text);
            if !text.is_empty() {
                let before = owed + if part.is_number { blank } else { 0 };
                line.extend(std::iter::repeat_n(' ', before));
                line += &painted(text, paint(part.status), self.style);
                owed = if part.is_number { GAP } else { blank + GAP };
            } else {
                owed += blank + GAP;
            }
        }
        line.push('\n');
        to.write_all(line.as_bytes())
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

/// Cuts a text that is wider than it may be.
fn cut(text: &str, width: usize) -> String {
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
    cut
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

/// Returns the status that a cell tells, if it does.
fn status(cell: &Cell<'_>) -> Option<Status> {
    if let Cell::Word(word, _) = cell { Status::parse(word) } else { None }
}

fn paint(status: Option<Status>) -> Ansi {
    match status {
        Some(Status::Suspended) => AnsiColor::Yellow.on_default(),
        Some(Status::Historic) => Ansi::new().dimmed(),
        Some(Status::Active) | None => Ansi::new(),
    }
}

fn colour(cell: &Cell<'_>, text: String, style: Style) -> String {
    painted(&text, paint(status(cell)), style).into_owned()
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
    fn one_long_cell_pads_no_other_beyond_use() {
        let long = "x".repeat(100_000);
        let drawn = drawn(&[[&long, "a"], ["Bodø", "b"]], None);
        let lines: Vec<usize> = drawn.lines().map(|line| line.chars().count()).collect();
        assert_eq!(lines, [WIDEST + GAP + 4, long.len() + GAP + 1, WIDEST + GAP + 1]);
    }

    #[test]
    fn what_repeats_in_a_group_is_shown_once() {
        assert_eq!(drawn(&[["FI", "a"], ["FI", "b"], ["SE", "c"]], None), "NAME  NOTE\nFI    a\n      b\nSE    c\n");
    }

    #[test]
    fn long_facts_are_wrapped_at_blanks() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("an unbreakable", 4), ["an", "unbr", "eaka", "ble"]);
        assert_eq!(wrapped("", 4), [""]);
    }
}
