//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16, and what Excel calls ANSI (Windows-1252).

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::problem::{Found, MOST, Problem, place};

/// The bytes that Windows-1252 leaves undefined (<https://encoding.spec.whatwg.org/#windows-1252> maps them to
/// control characters, which no table holds).
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// Reads the bytes of a file as text, without a byte order mark; borrows them where they are UTF-8.
///
/// # Errors
/// Bytes that are neither UTF-8 nor UTF-16 nor Windows-1252, and NUL bytes, each with its place.
pub fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, Vec<Problem>> {
    let text = match utf16(bytes) {
        Some(encoding) => {
            let (text, malformed) = encoding.decode_with_bom_removal(bytes);
            if malformed {
                let at = text.find('\u{FFFD}').unwrap_or(0);
                return Err(place(file, &text, vec![Found::new(at, "encoding", "the UTF-16 text is broken here")]));
            }
            text
        }
        None => match str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
            Err(_) => Cow::Owned(windows_1252(file, bytes)?),
        },
    };
    let nul = |at| Found::new(at, "nul", "a NUL byte stands here; no table holds one");
    let nuls: Vec<Found> = memchr::memchr_iter(0, text.as_bytes()).take(MOST + 1).map(nul).collect();
    if nuls.is_empty() { Ok(text) } else { Err(place(file, &text, nuls)) }
}

/// Tells which UTF-16 the bytes are: by their mark, or by the zero bytes of an ASCII header.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        [1..=255, 0, 1..=255, 0, ..] => Some(UTF_16LE),
        [0, 1..=255, 0, 1..=255, ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn windows_1252(file: &str, bytes: &[u8]) -> Result<String, Vec<Problem>> {
    // Neither reading may be guessed where the bytes speak for both.
    let utf8 = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    // In Windows-1252 every byte is one character, so the nth byte is the nth character of the text.
    let characters = || bytes.iter().zip(text.char_indices()).map(|(byte, (offset, _))| (byte, offset));
    let undefined = characters().filter(|(byte, _)| UNDEFINED.contains(byte)).map(|(byte, offset)| {
        let message = format!("byte {byte:02X} is neither UTF-8 nor Windows-1252; save the file as UTF-8");
        Found::new(offset, "encoding", message)
    });
    let mut found: Vec<Found> = undefined.take(MOST + 1).collect();
    if utf8 {
        let mut characters = characters();
        for chunk in bytes.utf8_chunks().take_while(|chunk| !chunk.invalid().is_empty()).take(MOST + 1) {
            if let Some((byte, offset)) = characters.nth(chunk.valid().len()) {
                let message =
                    format!("byte {byte:02X} is no UTF-8, while other characters of the file are; save it as UTF-8");
                found.push(Found::new(offset, "encoding", message));
            }
            characters.by_ref().take(chunk.invalid().len() - 1).for_each(drop);
        }
    }
    if found.is_empty() { Ok(text.into_owned()) } else { Err(place(file, &text, found)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(bytes: &[u8]) -> Vec<(&'static str, usize, usize)> {
        match decode("t.csv", bytes) {
            Ok(text) => panic!("{text:?} was read"),
            Err(problems) => problems.iter().map(|p| (p.rule, p.line, p.column)).collect(),
        }
    }

    #[test]
    fn every_dress_of_text_reads_the_same() {
        let text = "id,name\nno-bodo,Bodø\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            ["\u{FEFF}".as_bytes(), text.as_bytes()].concat(),
            [&[0xFF, 0xFE], &le[..]].concat(),
            [&[0xFE, 0xFF], &be[..]].concat(),
            le,
            be,
            latin,
        ] {
            assert_eq!(decode("t.csv", &bytes).as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn bytes_that_are_neither_are_refused_with_their_places() {
        assert_eq!(rules(b"name\nBod\x81\x9D\n"), [("encoding", 2, 4), ("encoding", 2, 5)]);
        assert_eq!(
            rules("name\nBodø\nGyőr".as_bytes().iter().chain(b"\nMalm\xF6\n").copied().collect::<Vec<_>>().as_slice())
                .len(),
            1
        );
        assert_eq!(rules(b"name\nKuo\0pio\n"), [("nul", 2, 4)]);
        assert_eq!(rules(b"\xFF\xFEa\0\x00\xD8"), [("encoding", 1, 2)]);
    }
}
