//! Any bytes as `datapackage.json`: it is refused, or completed once and for all, and keeps its home countries.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twinning::model::Table;
use twinning::storage::canonical::write_package;
use twinning::storage::package;
use twinning_fuzz::{folder, json, load};

fuzz_target!(|bytes: &[u8]| {
    let source = folder(&[(package::FILE, bytes)]);
    let Some(registry) = load(&source, package::FILE) else { return };
    json(&registry);
    let complete = package::complete(&registry, &[]).expect("a package that was loaded is an object");
    let mut written = Vec::new();
    write_package(&complete, &mut written).expect("what was read can be written");
    for table in Table::ALL {
        package::unknown_columns(&complete, table);
    }
    package::with_tables(&registry, &Table::ALL).expect("a package that was loaded is an object");

    let again = folder(&[(package::FILE, &written)]);
    let read = again.load().unwrap_or_else(|error| panic!("{error:?} in {}", String::from_utf8_lossy(&written)));
    assert_eq!(read.home, registry.home);
    let there: Vec<Table> = Table::ALL.into_iter().filter(|table| read.grid(*table).exists()).collect();
    let more = package::with_tables(&read, &there).expect("a package that was loaded is an object");
    assert!(more.is_none(), "what is complete is described once more: {}", String::from_utf8_lossy(&written));
    let complete = package::complete(&read, &[]).expect("a package that was loaded is an object");
    let mut twice = Vec::new();
    write_package(&complete, &mut twice).expect("what was read can be written");
    assert_eq!(String::from_utf8_lossy(&twice), String::from_utf8_lossy(&written));
});
