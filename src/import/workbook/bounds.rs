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

/// Refuses an OpenDocument sheet whose repeated rows and cells would make a very large range: that of its cells that hold
/// something.
fn check_open_document(content: &str) -> Result<(), WorkbookError> {
    let mut reader = Reader::from_str(content);
    let (mut row, mut repeated) = (0_u64, 1_u64);
    let (mut column, mut last_column) = (0_u64, 0_u64);
    let (mut cells, mut columns, mut bytes) = (0_u64, 1_u64, 0_u64);
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Eof => return Ok(()),
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "table:table" => (row, last_column) = (0, 0),
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
                        let range = row.saturating_mul(last_column).max(cells);
                        if range > MOST_CELLS as u64 {
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

/// Refuses a compound file that is protected, that is no spreadsheet, or in which two cells far apart would make a very
/// large range.
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
    let word = |at: usize| stream.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let (mut at, mut cells, mut first, mut last) = (0, 0_u64, [u64::MAX; 2], [0_u64; 2]);
    // Records of the Binary Interchange File Format (MS-XLS 2.1.4): a number and a length, then the content.
    while let (Some(record), Some(length)) = (word(at), word(at + 2)) {
        match record {
            FILE_PASS => return Err(WorkbookError::Encrypted),
            BEGIN => (first, last) = ([u64::MAX; 2], [0; 2]),
            record if CELLS.contains(&record) => {
                for (nth, place) in [word(at + 4), word(at + 6)].into_iter().enumerate() {
                    let place = u64::from(place.unwrap_or_default());
                    (first[nth], last[nth]) = (first[nth].min(place), last[nth].max(place));
                }
                cells = cells.max((last[0] - first[0] + 1) * (last[1] - first[1] + 1));
            }
            _ => {}
        }
        if cells > MOST_CELLS as u64 {
            return Err(WorkbookError::TooLarge(MANY));
        }
        at += 4 + usize::from(length);
    }
    Ok(())
}

/// The record that says that those behind it are encrypted.
const FILE_PASS: u16 = 0x002F;
/// The record with which a sheet begins.
const BEGIN: u16 = 0x0809;
/// The records of cells: formulas, numbers, labels, truths, and several numbers at once.
const CELLS: [u16; 9] = [0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
