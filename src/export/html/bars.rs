//! Bar charts in SVG, as part of a page: the numbers of a table, which stands below them.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::escaped;
use super::figure::{LETTER, begin, caption, legend};
use crate::i18n::{Lang, documents as words};
use crate::report::document::{Bars, Part};
use crate::report::{Cell, Column};

/// How many rows are drawn; a chart of more says less than its table.
const ROWS: std::ops::RangeInclusive<usize> = 2..=80;
/// The width of a chart, of which the numbers behind the bars take so much.
const WIDTH: f64 = 600.0;
const NUMBERS: f64 = 55.0;
/// How many letters a name may have.
const LONGEST_NAME: usize = 28;
/// How high a bar is, and how far rows are apart.
const HEIGHT: f64 = 14.0;
const GAP: f64 = 7.0;

/// Draws the bars of a table with what they mean, if it has as many rows as make a chart.
pub fn bars(bars: Bars, Part { title, table, .. }: &Part<'_>, lang: Lang, to: &mut dyn Write) -> io::Result<()> {
    let of_key = |key: &&str| table.columns.iter().position(|column| column.key == *key);
    let places: Vec<usize> = bars.keys.iter().filter_map(of_key).collect();
    if !ROWS.contains(&table.len()) || places.is_empty() {
        return Ok(());
    }
    let counted = |cell: &Cell<'_>| if let Cell::Count(count) = cell { *count } else { 0 };
    let row = |cells: Vec<Cell<'_>>| {
        let counts = places.iter().map(|place| cells.get(*place).map_or(0, counted)).collect();
        (shortened(&cells.first().map(Cell::display).unwrap_or_default()), counts)
    };
    let rows: Vec<(String, Vec<usize>)> = table.rows().map(row).collect();
    let longest = |counts: &Vec<usize>| {
        if bars.are_parts { counts.iter().sum() } else { counts.iter().copied().max().unwrap_or(0) }
    };
    let most = rows.iter().map(|(_, counts)| longest(counts)).max().unwrap_or(0).max(1);
    let left = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0) as f64 * LETTER + 8.0;
    let scale = (WIDTH - NUMBERS - left) / most as f64;
    let lines = if bars.are_parts { 1 } else { places.len() };
    let step = HEIGHT * lines as f64 + GAP;
    let height = step * rows.len() as f64;
    begin("chart", &words::chart(lang, title), [WIDTH, height], to)?;
    let columns: Vec<&Column> = places.iter().map(|place| &table.columns[*place]).collect();
    for (nth, (name, counts)) in rows.iter().enumerate() {
        let top = step * nth as f64 + GAP / 2.0;
        let middle = top + HEIGHT * lines as f64 / 2.0 + 4.0;
        let name = escaped(name);
        writeln!(to, "<text x=\"{:.1}\" y=\"{middle:.1}\" text-anchor=\"end\">{name}</text>", left - 8.0)?;
        let mut end = left;
        for (line, (column, count)) in columns.iter().zip(counts).enumerate() {
            let top = if bars.are_parts { top } else { top + HEIGHT * line as f64 };
            let start = if bars.are_parts { end } else { left };
            end = start + *count as f64 * scale;
            if *count > 0 {
                writeln!(to, "{}", bar(column.key, [start, top, end - start]))?;
                if !bars.are_parts {
                    number(*count, [end, top], to)?;
                }
            }
        }
        if bars.are_parts {
            number(counts.iter().sum(), [end, top], to)?;
        }
    }
    caption(to)?;
    legend(columns.iter().map(|column| (bar(column.key, [0.0, 1.0, 24.0]), column.label)), to)
}

/// Makes a bar; it is told by its colour, and by its border too.
fn bar(key: &str, [left, top, width]: [f64; 3]) -> String {
    let (left, top, width, height) = (left + 1.0, top + 1.0, (width - 2.0).max(1.0), HEIGHT - 2.0);
    format!("<rect class=\"bar {key}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height}\"/>")
}

/// Writes a number behind a bar.
fn number(count: usize, [end, top]: [f64; 2], to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "<text x=\"{:.1}\" y=\"{:.1}\">{count}</text>", end + 5.0, top + HEIGHT - 3.0)
}

/// Returns a name that fits beside a bar.
fn shortened(name: &str) -> String {
    let mut short: String = name.chars().take(LONGEST_NAME).collect();
    if name.chars().count() > LONGEST_NAME {
        short.pop();
        short.push('…');
    }
    short
}
