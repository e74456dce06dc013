//! Any bytes as the file of a table, the one whose columns they name: what is read is written, and reads the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twinning::model::Table;
use twinning_fuzz::{folder, load, records, table};

/// Returns the table of which most columns are named in the beginning of a file, in whichever encoding.
fn named(bytes: &[u8]) -> Table {
    let beginning: Vec<u8> = bytes.iter().copied().take(512).filter(|byte| *byte != 0).collect();
    let words: Vec<&[u8]> = beginning.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').collect();
    let known = |table: &Table| {
        let columns = table.schema().columns.iter();
        columns.filter(|column| words.iter().any(|word| column.name.as_bytes().eq_ignore_ascii_case(word))).count()
    };
    Table::ALL.into_iter().max_by_key(known).unwrap_or(Table::Partnerships)
}

fuzz_target!(|bytes: &[u8]| {
    let own = named(bytes);
    let name = format!("{}.csv", own.name());
    let source = folder(&[(&name, bytes)]);
    let Some(registry) = load(&source, &name) else { return };
    let written = table(&registry, own);
    let again = folder(&[(&name, &written)]);
    let read = again.load().unwrap_or_else(|error| panic!("{error:?} in {:?}", String::from_utf8_lossy(&written)));
    assert_eq!(records(&registry, own), records(&read, own));
    assert_eq!(table(&read, own), written);
});
