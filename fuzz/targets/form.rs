//! Any bytes as the JSON form: what is read is written, and what is written reads as the same bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twinning::model::Table;
use twinning::storage::Source;
use twinning_fuzz::{json, load, records};

fuzz_target!(|bytes: &[u8]| {
    let source = Source::of_json(bytes.to_vec());
    let Some(registry) = load(&source, "registry.json") else { return };
    let written = json(&registry);
    let again = Source::of_json(written.clone());
    let read = again.load().unwrap_or_else(|error| panic!("{error:?} in {}", String::from_utf8_lossy(&written)));
    for table in Table::ALL {
        assert_eq!(records(&registry, table), records(&read, table));
    }
    assert_eq!(String::from_utf8_lossy(&json(&read)), String::from_utf8_lossy(&written));
});
