//! How much a workbook unpacks to, found out in little memory.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{LONG, MANY, MOST_CELLS, MOST_TEXT, WorkbookError, damaged};

/// The signature of a compound file (MS-CFB 2.2).
pub const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// How many bytes an archive may unpack to, besides so many times its size: what spreadsheets write is packed to a tenth.
const MOST_UNPACKED: u64 = 32_000_000;
const TIMES_UNPACKED: u64 = 20;

/// A compound file in memory.
type Compound<'b> = cfb::CompoundFile<Cursor<&'b [u8]>>;

/// What an archive is.
pub enum Kind {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument.
    Ods,
}

/// Tells what an archive is, after all of it has been unpacked once and thrown away. The sizes that it states itself may
/// be wrong.
///
/// # Errors
/// It is no workbook, a protected one, or one that is too large.
pub fn check_archive(bytes: &[u8]) -> Result<Kind, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut left = MOST_UNPACKED + TIMES_UNPACKED * bytes.len() as u64;
    for number in 0..archive.len() {
        let member = archive.by_index(number).map_err(|error| damaged(&error))?;
        let unpacked = io::copy(&mut member.take(left + 1), &mut io::sink()).map_err(|error| damaged(&error))?;
        left = left.checked_sub(unpacked).ok_or(WorkbookError::TooLarge("it unpacks to far more than its size"))?;
    }
    for number in 0..archive.len() {
        let member = archive.by_index(number).map_err(|error| damaged(&error))?;
        let is_xml = member.name().is_ok_and(|name| name.ends_with(".xml") || name.ends_with(".rels"));
        if is_xml {
            check_xml(BufReader::new(member))?;
        }
    }
    if archive.index_for_name("xl/workbook.xml").is_some()
        || archive.index_for_name("xl/_rels/workbook.xml.rels").is_some()
    {
        return Ok(Kind::Xlsx);
    }
    let mut text = |name| {
        let mut text = String::new();
        archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
        Some(text)
    };
    if text("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(WorkbookError::Encrypted);
    }
    match text("mimetype") {
        Some(kind) if kind.contains("opendocument.spreadsheet") => {
            check_open_document(&text("content.xml").unwrap_or_default())?;
            Ok(Kind::Ods)
        }
        _ => Err(WorkbookError::Unknown),
    }
}

/// Refuses XML that ends too soon, behind which a reader may look for its end for ever, and counts of what is to come that
/// nothing of the size holds, for which it may make room.
fn check_xml(text: impl BufRead) -> Result<(), WorkbookError> {
    let mut reader = Reader::from_reader(text);
    let (mut room, mut depth) = (Vec::new(), 0_usize);
    loop {
        room.clear();
        let tag = match reader.read_event_into(&mut room).map_err(|error| damaged(&error))? {
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(WorkbookError::Damaged("it ends too soon".to_owned())),
            Event::Start(tag) => {
                depth += 1;
                tag
            }
            Event::Empty(tag) => tag,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            _ => continue,
        };
        if ["count", "uniqueCount"]
            .iter()
            .any(|name| attribute(&tag, name).is_some_and(|count| count > MOST_CELLS as u64))
        {
            return Err(WorkbookError::TooLarge(MANY));
        }
    }
}

/// Refuses an OpenDocument workbook in whose sheets repeated rows and cells would make very large ranges: those of the cells
/// that hold something.
fn check_open_document(content: &str) -> Result<(), WorkbookError> {
    let mut reader = Reader::from_str(content);
    let (mut row, mut repeated) = (0_u64, 1_u64);
    let (mut column, mut last_column) = (0_u64, 0_u64);
    let (mut finished, mut range) = (0_u64, 0_u64);
    let (mut cells, mut columns, mut bytes) = (0_u64, 1_u64, 0_u64);
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Eof => return Ok(()),
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "table:table" => {
                    finished = finished.saturating_add(range);
                    (row, last_column, range) = (0, 0, 0);
                }
                "table:table-row" => {
                    repeated = attribute(&tag, "table:number-rows-repeated").unwrap_or(1);
                    (row, column) = (row.saturating_add(repeated), 0);
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    columns = attribute(&tag, "table:number-columns-repeated").unwrap_or(1);
                    column = column.saturating_add(columns);
                    if attribute_text(&tag, "office:value-type").is_some() {
                        last_column = last_column.max(column);
                        cells = cells.saturating_add(column.saturating_mul(repeated));
                        range = row.saturating_mul(last_column);
                        if finished.saturating_add(range).max(cells) > MOST_CELLS as u64 {
                            return Err(WorkbookError::TooLarge(MANY));
                        }
                    }
                }
                _ => {}
            },
            // A text stands in each of the cells that it is repeated in.
            Event::Text(text) => {
                bytes = bytes.saturating_add((text.len() as u64).saturating_mul(columns).saturating_mul(repeated));
                if bytes > MOST_TEXT as u64 {
                    return Err(WorkbookError::TooLarge(LONG));
                }
            }
            _ => {}
        }
    }
}

fn attribute_text<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    tag.try_get_attribute(name).ok().flatten().map(|attribute| attribute.value)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<u64> {
    attribute_text(tag, name)?.parse().ok()
}

/// Refuses a compound file that is protected, that is no spreadsheet, or whose sheets would make very large ranges.
///
/// # Errors
/// These, and that it is damaged.
pub fn check_compound(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut file = Compound::open(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if file.exists("EncryptedPackage") {
        return Err(WorkbookError::Encrypted);
    }
    let name = ["Workbook", "Book"].into_iter().find(|name| file.exists(name)).ok_or(WorkbookError::Unknown)?;
    let mut stream = Vec::new();
    let open = file.open_stream(name).map_err(|error| damaged(&error))?;
    open.take(bytes.len() as u64).read_to_end(&mut stream).map_err(|error| damaged(&error))?;
    let (mut walked, mut cells, mut text) = (0, 0, 0);
    let mut sheets = Vec::new();
    // The shared strings of each record of them, with what continues it.
    let mut shared: Vec<Vec<&[u8]>> = Vec::new();
    let mut before = 0;
    for (record, content) in records(&stream) {
        match record {
            FILE_PASS => return Err(WorkbookError::Encrypted),
            SHEET => sheets.extend(content.first_chunk().map(|place| u32::from_le_bytes(*place) as usize)),
            SHARED => shared.push(vec![content]),
            CONTINUED if before == SHARED => shared.iter_mut().last().into_iter().for_each(|parts| parts.push(content)),
            _ => {}
        }
        before = if record == CONTINUED { before } else { record };
    }
    let lengths: Vec<Vec<u64>> = shared.iter().filter_map(|parts| Some(Strings::of(parts)?.collect())).collect();
    for place in sheets {
        let Extent { length, range, shared } = sheet(stream.get(place..).unwrap_or_default())?;
        (walked, cells) = (walked + length, range.saturating_add(cells));
        if cells > MOST_CELLS as u64 {
            return Err(WorkbookError::TooLarge(MANY));
        }
        let length =
            |string: u32| lengths.iter().filter_map(|own| own.get(string as usize).copied()).max().unwrap_or(0);
        text += shared.into_iter().map(length).sum::<u64>();
        if text > MOST_TEXT as u64 {
            return Err(WorkbookError::TooLarge(LONG));
        }
        if walked > stream.len() {
            return Err(WorkbookError::Damaged("its sheets lie upon one another".to_owned()));
        }
    }
    Ok(())
}

/// Splits a stream into records of the Binary Interchange File Format (MS-XLS 2.1.4): a number and a length, then the
/// content.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let ([r0, r1, l0, l1], rest) = stream.split_first_chunk()?;
        let (content, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes([*l0, *l1])))?;
        stream = rest;
        Some((u16::from_le_bytes([*r0, *r1]), content))
    })
}

/// Returns the number of two bytes, 0 where there are none.
fn number(content: &[u8], at: usize) -> u64 {
    content.get(at..at + 2).map_or(0, |two| u64::from(u16::from_le_bytes([two[0], two[1]])))
}

/// Returns how many cells a sheet states to have (MS-XLS 2.4.90; before BIFF8 rows are numbers of two bytes).
fn stated(dimensions: &[u8]) -> u64 {
    let long = |at| number(dimensions, at) | number(dimensions, at + 2) << 16;
    let [first, behind, columns] = match dimensions.len() {
        10 => [0, 2, 6].map(|at| number(dimensions, at)),
        _ => [long(0), long(4), number(dimensions, 10)],
    };
    behind.checked_sub(first).unwrap_or(u64::MAX).saturating_mul(columns)
}

/// What a sheet takes.
struct Extent {
    /// How many bytes of the stream.
    length: usize,
    /// How many cells its range has.
    range: u64,
    /// The numbers of the shared strings that stand in its cells.
    shared: Vec<u32>,
}

/// Returns what a sheet takes.
fn sheet(stream: &[u8]) -> Result<Extent, WorkbookError> {
    let (mut walked, mut depth, mut shared) = (0, 0, Vec::new());
    let (mut first, mut last) = ([u64::MAX; 2], [0; 2]);
    // The text that a formula makes stands in a record behind it.
    let mut formula = [0; 2];
    for (record, content) in records(stream) {
        walked += 4 + content.len();
        let [row, column] = [number(content, 0), number(content, 2)];
        let [from, to] = match record {
            BEGIN => {
                depth += 1;
                continue;
            }
            END if depth <= 1 => break,
            END => {
                depth -= 1;
                continue;
            }
            // A chart within a sheet has cells of its own.
            _ if depth > 1 => continue,
            DIMENSIONS if stated(content) > MOST_STATED => return Err(WorkbookError::TooLarge(MANY)),
            FORMULA => {
                formula = [row, column];
                [formula; 2]
            }
            FORMULA_TEXT => [formula; 2],
            record if SEVERAL.contains(&record) => {
                [[row, column], [row, number(content, content.len().saturating_sub(2)).max(column)]]
            }
            record if CELLS.contains(&record) => {
                if record == SHARED_LABEL {
                    shared
                        .extend(content.get(6..10).and_then(<[u8]>::first_chunk).map(|four| u32::from_le_bytes(*four)));
                }
                [[row, column]; 2]
            }
            _ => continue,
        };
        for side in [0, 1] {
            (first[side], last[side]) = (first[side].min(from[side]), last[side].max(to[side]));
        }
    }
    let sides = [0, 1].map(|side: usize| (last[side] + 1).saturating_sub(first[side]));
    Ok(Extent { length: walked, range: sides[0] * sides[1], shared })
}

/// The shared strings of a record and of those that continue it (MS-XLS 2.4.265), by how many bytes each takes there.
struct Strings<'s> {
    /// What is left of one record.
    part: &'s [u8],
    /// Those that continue it.
    rest: std::slice::Iter<'s, &'s [u8]>,
}

impl<'s> Strings<'s> {
    fn of(parts: &'s [&'s [u8]]) -> Option<Strings<'s>> {
        let mut rest = parts.iter();
        // Behind how many there are and how often they are used.
        Some(Strings { part: rest.next()?.get(8..)?, rest })
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.part.split_first_chunk()?;
        self.part = rest;
        Some(*taken)
    }

    /// Passes over bytes, into the records that continue.
    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.part.len() {
            bytes -= self.part.len();
            self.part = self.rest.next()?;
        }
        self.part = &self.part[bytes..];
        Some(())
    }
}

impl Iterator for Strings<'_> {
    type Item = u64;

    /// Passes over a string (MS-XLS 2.5.293): its length in signs and what it has, the signs of one byte or two, of which it
    /// is told anew in each record, and what is said of its dress.
    fn next(&mut self) -> Option<u64> {
        if self.part.is_empty() {
            self.part = self.rest.next()?;
        }
        let [low, high, flags] = self.take()?;
        let mut left = usize::from(u16::from_le_bytes([low, high]));
        let runs = if flags & 8 == 0 { 0 } else { u16::from_le_bytes(self.take()?) };
        let more = if flags & 4 == 0 { 0 } else { u32::from_le_bytes(self.take()?) };
        let (mut width, mut bytes) = (usize::from(flags & 1) + 1, 0);
        loop {
            let here = left.min(self.part.len() / width);
            self.part = &self.part[here * width..];
            (left, bytes) = (left - here, bytes + (here * width) as u64);
            if left == 0 {
                break;
            }
            self.part = self.rest.next()?;
            let [flags] = self.take()?;
            width = usize::from(flags & 1) + 1;
        }
        self.skip(4 * usize::from(runs) + more as usize)?;
        Some(bytes)
    }
}

/// The record that says that those behind it are encrypted.
const FILE_PASS: u16 = 0x002F;
/// The record that says where a sheet is.
const SHEET: u16 = 0x0085;
/// The records of shared strings, of what continues another record, and of a cell with a shared string.
const SHARED: u16 = 0x00FC;
const CONTINUED: u16 = 0x003C;
const SHARED_LABEL: u16 = 0x00FD;
/// The records with which a sheet, or a chart in it, begins and ends.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
/// The record that states how far a sheet reaches, for which the reader makes room, and how many cells that may be: those
/// of a whole sheet.
const DIMENSIONS: u16 = 0x0200;
const MOST_STATED: u64 = 65_536 * 256;
/// The records of a formula, and of the text that it makes.
const FORMULA: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;
/// The records of several numbers or blanks in a row, which end with the last column.
const SEVERAL: [u16; 2] = [0x00BD, 0x00BE];
/// The records of other cells: numbers, labels and truths.
const CELLS: [u16; 6] = [0x00D6, SHARED_LABEL, 0x0203, 0x0204, 0x0205, 0x027E];
