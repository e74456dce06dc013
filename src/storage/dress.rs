//! Tables as Excel and people dress them: `;` or tabs, CRLF, shuffled columns, blank rows, decomposed accents, decimal
//! commas. Brings them into the dress that `tokens` reads and remembers where each row stood.
//!
//! The cells are `csv-core`'s; this module only compares them with the bytes they were read from, because the `csv`
//! crates pass over an unclosed quote and text behind a closing one.

use std::borrow::Cow;
use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use icu_normalizer::ComposingNormalizerBorrowed;

use super::problem::{Found, MOST};
use super::tokens::MOST_COLUMNS;
use crate::model::fault::Wrong;
use crate::model::{Schema, Type};

/// The separators a table may have.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// What is wrong with a cell that no quote closes.
const OPEN: &str = "this quoted cell is not closed; write a quote inside a cell twice";

/// A table brought into canonical dress.
#[derive(Debug)]
pub struct Undressed {
    /// The table, comma-separated, rows of one width, LF.
    pub text: String,
    /// Where its rows stood, header first.
    pub origin: Origin,
    /// What is wrong with it, by row and place.
    pub wrongs: Vec<(usize, usize, Wrong)>,
}

/// Where the rows of a table stood in the text it was read from.
#[derive(Debug)]
pub struct Origin {
    delimiter: u8,
    starts: Vec<usize>,
    /// For each column kept its place in the original row.
    kept: Vec<usize>,
}

impl Origin {
    /// Returns the byte of the original text at which a row began; row 0 is the header.
    pub fn row(&self, row: usize) -> usize {
        self.starts.get(row).copied().unwrap_or(0)
    }

    /// Returns the byte of the original text at which a cell stood; row 0 is the header.
    pub fn offset(&self, original: &str, row: usize, place: usize) -> usize {
        let start = self.row(row);
        let mut ended = false;
        let fields = Fields::new(&original[start..], self.delimiter);
        let mut row = fields.take_while(|field| !std::mem::replace(&mut ended, field.ends_row));
        let field = self.kept.get(place).and_then(|nth| row.nth(*nth));
        field.map_or(start, |field| start + field.span.start)
    }
}

/// Brings a table into canonical dress; a row of another width than the header is filled up or cut off.
///
/// # Errors
/// A quote that does not close, columns without a name, very many broken rows; with everything else that is wrong.
pub fn undress(text: &str, schema: &Schema) -> Result<Undressed, Vec<Found>> {
    let (skipped, delimiter) = delimiter(text, schema);
    let fields = || Fields { at: skipped, ..Fields::new(text, delimiter) };

    let mut found = Vec::new();
    let mut wrongs: Vec<(usize, usize, Wrong)> = Vec::new();
    let mut header: Vec<String> = Vec::new();
    let mut filled: Vec<bool> = Vec::new();
    let mut starts = Vec::new();
    let mut row = Row::default();
    for field in fields() {
        row.add(&field);
        match field.quotes(text) {
            Quotes::Strict => {}
            Quotes::Trailing if !starts.is_empty() => {
                if wrongs.len() <= MOST {
                    wrongs.push((starts.len(), row.cells - 1, Wrong::Quote));
                }
            }
            Quotes::Trailing => found.push(Found::new(field.span.start, "quote", Wrong::Quote.to_string())),
            Quotes::Open => {
                found.push(Found::new(field.span.start, "quote", OPEN));
            }
        }
        if starts.is_empty() {
            let name = normal(field.text.trim());
            header.push(column(schema, &name).map_or_else(|| name.to_string(), str::to_owned));
            if header.len() > MOST_COLUMNS {
                let message = format!("the header names more columns than a table may have: {MOST_COLUMNS}");
                found.push(Found::new(field.span.start, "size", message));
                return Err(found);
            }
        } else if let Some(filled) = filled.get_mut(row.cells - 1) {
            *filled |= !field.text.is_empty();
        }
        if !field.ends_row {
            continue;
        }
        let Row { start, cells, has_content } = std::mem::take(&mut row);
        if !has_content {
            if starts.is_empty() {
                header.clear();
            }
            continue;
        }
        if starts.is_empty() {
            filled.resize(header.len(), false);
        } else if cells != header.len() {
            wrongs.push((starts.len(), 0, Wrong::Ragged { cells, header: header.len() }));
        }
        starts.push(start);
        if wrongs.len() > MOST {
            // With so many broken rows it is no table any more, and to fill them up would take what memory there is.
            break;
        }
    }
    if starts.is_empty() {
        found.push(Found::new(0, "missing-column", "the file is empty; its first row must name the columns"));
    }
    let kept: Vec<bool> = header.iter().zip(&filled).map(|(name, filled)| !name.is_empty() || *filled).collect();
    if header.iter().zip(&kept).any(|(name, kept)| name.is_empty() && *kept) {
        found.push(Found::new(starts[0], "missing-column", "a column that is not empty has no name in the header"));
    }
    let places: Vec<usize> = (0..kept.len()).filter(|place| kept[*place]).collect();
    let origin = |starts, kept| Origin { delimiter, starts, kept };
    if !found.is_empty() || wrongs.len() > MOST {
        let origin = origin(starts, (0..header.len()).collect());
        found.extend(
            wrongs.into_iter().map(|(row, place, wrong)| {
                Found::new(origin.offset(text, row, place), wrong.rule(), wrong.to_string())
            }),
        );
        return Err(found);
    }
    let layout = Layout { schema, header: &header, kept: &kept, starts: &starts, decimal_comma: delimiter != b',' };
    let text = layout.rewrite(fields()).map_err(|error| vec![Found::new(0, "csv", error.to_string())])?;
    for (_, place, _) in &mut wrongs {
        // What stands behind the last column belongs to its row.
        *place = places.binary_search(place).unwrap_or(0);
    }
    Ok(Undressed { text, origin: origin(starts, places), wrongs })
}

/// A row of a table that is not the registry's: its number, as a spreadsheet shows it, and its cells.
pub type ForeignRow = (usize, Vec<String>);

/// Splits any table into the rows that hold something, in NFC; Excel's `sep=` line, if there is one, is no row.
///
/// # Errors
/// A quote that does not close, or text behind one that does.
pub fn rows(text: &str, delimiter: u8) -> Result<Vec<ForeignRow>, Vec<Found>> {
    let skipped = separator_line(text).map_or(0, |(end, _)| end);
    let mut found = Vec::new();
    let mut rows = Vec::new();
    let (mut cells, mut has_content) = (Vec::new(), false);
    // A line end is counted where it is passed: those inside of a quoted cell make no row.
    let (mut number, mut end) = (1 + text[..skipped].matches('\n').count(), skipped);
    for field in (Fields { at: skipped, ..Fields::new(text, delimiter) }) {
        let wrong = match field.quotes(text) {
            Quotes::Strict => None,
            Quotes::Trailing => Some(Wrong::Quote.to_string()),
            Quotes::Open => Some(OPEN.to_owned()),
        };
        found.extend(wrong.map(|message| Found::new(field.span.start, "quote", message)));
        if cells.is_empty() {
            number += line_ends(&text[end..field.span.start]);
        }
        end = field.span.end;
        has_content |= !field.text.trim().is_empty();
        cells.push(normal(field.text).into_owned());
        if field.ends_row {
            let row = std::mem::take(&mut cells);
            if std::mem::take(&mut has_content) {
                rows.push((number, row));
            }
        }
    }
    if found.is_empty() { Ok(rows) } else { Err(found) }
}

/// Counts the line ends in what stands between two rows.
fn line_ends(between: &str) -> usize {
    between.replace("\r\n", "\n").matches(['\n', '\r']).count()
}

/// The row that is being read.
#[derive(Default)]
struct Row {
    start: usize,
    cells: usize,
    has_content: bool,
}

impl Row {
    fn add(&mut self, field: &Field) {
        if self.cells == 0 {
            self.start = field.span.start;
        }
        self.cells += 1;
        self.has_content |= !field.text.is_empty();
    }
}

/// What a first walk over a table has found out about it.
struct Layout<'t> {
    schema: &'t Schema,
    header: &'t [String],
    /// For each column whether it has a name or content.
    kept: &'t [bool],
    /// Where the rows that are not blank begin, header first.
    starts: &'t [usize],
    decimal_comma: bool,
}

impl Layout<'_> {
    /// Writes the rows that are not blank in canonical dress.
    fn rewrite(&self, fields: Fields<'_>) -> csv::Result<String> {
        let is_number = |name: &String| {
            self.schema.column(name).is_some_and(|column| matches!(self.schema.columns[column].kind, Type::Number(..)))
        };
        let decimals: Vec<bool> = self.header.iter().map(|name| self.decimal_comma && is_number(name)).collect();
        let mut records = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        let mut starts = self.starts.iter().enumerate().peekable();
        let mut row = Row::default();
        for field in fields {
            row.add(&field);
            let place = row.cells - 1;
            let ends_row = field.ends_row;
            let nth = starts.peek().filter(|(_, start)| **start == row.start).map(|(nth, _)| *nth);
            if let Some(nth) = nth.filter(|_| self.kept.get(place) == Some(&true)) {
                records.write_field(&*match nth {
                    0 => Cow::Borrowed(&*self.header[place]),
                    _ if decimals[place] => field.text.replacen(',', ".", 1).into(),
                    _ => normal(field.text),
                })?;
            }
            if ends_row {
                if nth.is_some() {
                    for _ in self.kept.iter().skip(row.cells).filter(|kept| **kept) {
                        records.write_field("")?;
                    }
                    records.write_record(None::<&[u8]>)?;
                    starts.next();
                }
                row = Row::default();
            }
        }
        let bytes = records.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Finds the separator that yields the most known column names, behind Excel's `sep=` line if there is one.
fn delimiter(text: &str, schema: &Schema) -> (usize, u8) {
    if let Some(separated) = separator_line(text) {
        return separated;
    }
    let known = |delimiter: &u8| {
        let mut last = false;
        let header = Fields::new(text, *delimiter).take_while(|field| !std::mem::replace(&mut last, field.ends_row));
        header.take(MOST_COLUMNS).filter(|field| column(schema, &field.text).is_some()).count()
    };
    let most = DELIMITERS.iter().rev().max_by_key(|delimiter| known(delimiter));
    (0, most.copied().unwrap_or(b','))
}

/// Returns where Excel's line `sep=;` ends, and the separator that it names.
pub fn separator_line(text: &str) -> Option<(usize, u8)> {
    let line = text.lines().next()?.strip_prefix("sep=")?;
    let [delimiter] = line.as_bytes() else { return None };
    Some((text.find('\n').map_or(text.len(), |end| end + 1), *delimiter))
}

/// Finds a column by the name in a header, blanks and case aside.
fn column(schema: &Schema, name: &str) -> Option<&'static str> {
    let columns = schema.columns;
    columns.iter().map(|column| column.name).find(|known| known.eq_ignore_ascii_case(name.trim()))
}

/// Tells whether a text is in NFC.
pub fn is_normal(text: &str) -> bool {
    text.is_ascii() || ComposingNormalizerBorrowed::new_nfc().is_normalized(text)
}

/// Returns the text in NFC with LF line ends.
pub fn normal<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let text = text.into();
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text };
    if is_normal(&text) {
        return text;
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned().into()
}

/// A cell as `csv-core` reads it.
struct Field {
    text: String,
    /// Where it stands, quotes included, without the separator behind it.
    span: Range<usize>,
    ends_row: bool,
}

impl Field {
    /// Tells how the cell is quoted.
    fn quotes(&self, text: &str) -> Quotes {
        let Some(rest) = text[self.span.clone()].strip_prefix('"') else { return Quotes::Strict };
        match rest.replace("\"\"", "").find('"') {
            None => Quotes::Open,
            Some(_) if rest.strip_suffix('"').is_some_and(|inner| !inner.replace("\"\"", "").contains('"')) => {
                Quotes::Strict
            }
            Some(_) => Quotes::Trailing,
        }
    }
}

/// How a cell is quoted, held against RFC 4180.
enum Quotes {
    /// As it should be, or not at all.
    Strict,
    /// Text follows the quote that closes it.
    Trailing,
    /// No quote closes it.
    Open,
}

/// The cells of a table, one after another, with their places.
struct Fields<'t> {
    reader: Reader,
    text: &'t str,
    at: usize,
    buffer: Vec<u8>,
    done: bool,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, delimiter: u8) -> Fields<'t> {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Fields { reader, text, at: 0, buffer: vec![0; 256], done: false }
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        let mut written = 0;
        while !self.done {
            let (result, read, wrote) = self.reader.read_field(&bytes[self.at..], &mut self.buffer[written..]);
            self.at += read;
            written += wrote;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => self.buffer.resize(self.buffer.len() * 2, 0),
                ReadFieldResult::End => self.done = true,
                ReadFieldResult::Field { record_end } => {
                    // Line ends of blank rows and the LF of a CRLF are read with the cell behind them.
                    start += bytes[start..self.at].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                    // At the end of the text nothing is read: no separator stands behind the last cell.
                    let end = if read == 0 { self.at } else { self.at - 1 };
                    let text = String::from_utf8_lossy(&self.buffer[..written]).into_owned();
                    return Some(Field { text, span: start.min(end)..end, ends_row: record_end });
                }
            }
        }
        None
    }
}
