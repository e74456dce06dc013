//! Text without what steers a terminal: control characters, marks that turn the reading round, invisible signs (Unicode
//! Technical Report 36). Whatever people are shown of a registry, a file or a command line goes through here.

use std::borrow::Cow;
use std::fmt::Write;

use wide::u8x16;

use crate::model::pattern::steers;

/// Tells whether a sign ends a line or moves on in it.
fn is_blank(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The first bytes of those signs that are more than one byte, and the one that deletes.
const SUSPECTS: [u8; 7] = [0x7F, 0xC2, 0xD8, 0xE1, 0xE2, 0xEF, 0xF3];

/// Tells, by the first bytes of those signs, whether a text may hold one; most texts do not.
fn may_steer(text: &str) -> bool {
    let (blocks, rest) = text.as_bytes().as_chunks::<16>();
    let is_suspect = |block: u8x16| {
        let below = block.min(u8x16::splat(b' ' - 1)).simd_eq(block);
        SUSPECTS.iter().fold(below, |found, byte| found | block.simd_eq(u8x16::splat(*byte))).to_bitmask() != 0
    };
    let mut last = [b' '; 16];
    last[..rest.len()].copy_from_slice(rest);
    blocks.iter().chain([&last]).any(|block| is_suspect(u8x16::from(*block)))
}

/// Returns the text on one line: line ends and tabs are blanks, other signs that steer are left out.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !may_steer(text) || !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|sign| is_blank(*sign) || !steers(*sign));
    Cow::Owned(shown.map(|sign| if is_blank(sign) { ' ' } else { sign }).collect())
}

/// Returns JSON with those of these signs escaped that JSON lets stand; it reads the same.
pub fn escaped(json: &str) -> Cow<'_, str> {
    let steers = |sign: char| steers(sign) && sign != '\n';
    if !may_steer(json) || !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for sign in json.chars() {
        if steers(sign) {
            // Writing into a text does not fail.
            sign.encode_utf16(&mut [0; 2]).iter().for_each(|unit| _ = write!(escaped, "\\u{unit:04x}"));
        } else {
            escaped.push(sign);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_left_out_and_lines_become_one() {
        for (text, shown) in [
            ("Győr, 東京, Петрозаводск", "Győr, 東京, Петрозаводск"),
            ("a\u{1b}[31mred\u{7f}", "a[31mred"),
            ("a\u{9b}2Jb\u{90}c", "a2Jbc"),
            ("x\u{202E}y\nz\r\tw", "xy z  w"),
            ("a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f", "a b c d e f"),
            ("\u{61c}\u{ad}\u{180e}\u{200b}\u{2066}x\u{2069}\u{feff}\u{e0041}", "x"),
            // A Persian name and a family keep what joins and parts their signs.
            ("می\u{200c}خوش, 👨\u{200d}👩", "می\u{200c}خوش, 👨\u{200d}👩"),
        ] {
            assert_eq!(harmless(text), shown, "{text:?}");
        }
    }

    #[test]
    fn json_reads_the_same_and_holds_nothing_that_steers() {
        let value = serde_json::json!({"a\u{202e}": ["\u{9b}2J\u{7f}", "\u{e0041}\u{61c}Bodø\n\u{1b}"]});
        for json in [value.to_string(), format!("{value:#}")] {
            let escaped = escaped(&json);
            assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
            assert!(!escaped.contains(|sign| steers(sign) && sign != '\n'), "{escaped:?}");
        }
    }
}
