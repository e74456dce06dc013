//! Any tables, each below a line `@NAME`: whatever can be read is checked by every rule, and what is found is told in every
//! language and format, at a place in a file.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use twinning::check::{self, Case, RULES, Rule, Seen, Spot};
use twinning::export::{FindingFormat, findings};
use twinning::i18n::Language;
use twinning::model::Table;
use twinning::report::Context;
use twinning::report::finding::tell;
use twinning_fuzz::folder;

/// Returns the tables of an input by the names of their files.
fn tables(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut tables: Vec<(&str, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let named = line
            .strip_prefix(b"@")
            .and_then(|name| str::from_utf8(name).ok())
            .and_then(|name| Table::named(name.trim()));
        match (named, tables.last_mut()) {
            (Some(table), _) => tables.push((table.schema().file, Vec::new())),
            (None, Some((_, text))) => text.extend_from_slice(line),
            (None, None) => {}
        }
    }
    tables
}

fuzz_target!(|bytes: &[u8]| {
    let tables = tables(bytes);
    let files: Vec<(&str, &[u8])> = tables.iter().map(|(name, text)| (*name, &text[..])).collect();
    let source = folder(&files);
    let Ok(examined) = source.examine() else {
        assert!(source.load().is_err());
        return;
    };
    assert_eq!(source.load().is_ok(), examined.faults.is_empty());
    let seen = Seen { faults: &examined.faults, ..Seen::default() };
    let case = Case::new(&examined.registry, date(2026, 11, 25), date(2021, 11, 25), seen);
    let rules: Vec<&'static Rule> = RULES.iter().collect();
    let found = check::run(&case, &rules);
    let mut places = examined.places();
    let placed: Vec<_> = found
        .iter()
        .map(|finding| match finding.at {
            Spot::Cell(cell) => {
                let (line, column) = places.of(cell);
                assert!(line >= 1 && column >= 1);
                (examined.file(cell.0), line, column)
            }
            Spot::File(_) => ("", 1, 1),
        })
        .collect();
    for (lang, (_, format)) in ["en", "fi", "sv"].iter().cycle().zip(FindingFormat::ALL) {
        let language = Language::of(lang);
        let context = Context::new(&examined.registry, &language, None);
        let told = found.iter().zip(&placed).map(|(finding, place)| tell(context, finding, *place));
        let mut drawn = Vec::new();
        findings(told, format, "data", &mut drawn).expect("findings are written into memory");
        let drawn = String::from_utf8(drawn).expect("findings are text");
        if format == FindingFormat::Text {
            assert_eq!(drawn.lines().count(), 2 * found.len());
        }
    }
});
