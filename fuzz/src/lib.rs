//! What the targets share: registries in memory, and their bytes when they are written again.

use twinning::edit::Record;
use twinning::model::{Registry, Table};
use twinning::storage::canonical::write_json;
use twinning::storage::{LoadError, Place, Source, canonical};

/// The smallest registry: the tables that must be there, with their headers alone.
pub const SMALLEST: [(Table, &str); 3] = [
    (Table::Countries, "code,name,continent\n"),
    (Table::Municipalities, "id,name,country,type\n"),
    (Table::Partnerships, "a,b,kind,status\n"),
];

/// Returns the smallest registry with other files in it.
pub fn folder(files: &[(&str, &[u8])]) -> Source {
    let smallest = SMALLEST.iter().map(|(table, header)| (format!("{}.csv", table.name()), header.as_bytes().to_vec()));
    Source::of_folder(smallest.chain(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))).collect())
}

/// Makes the registry of files of which one is any bytes: nothing is wrong with the others.
///
/// # Panics
/// Something is: a broken property.
pub fn load<'s>(source: &'s Source, file: &str) -> Option<Registry<'s>> {
    match source.load() {
        Ok(registry) => Some(registry),
        Err(LoadError::Problems(problems)) => {
            assert!(problems.iter().all(|problem| problem.file == file), "{problems:?}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// Returns the files of the registry built into the program.
///
/// # Panics
/// They cannot be read.
pub fn builtin() -> Source {
    Source::open(&Place::Builtin).expect("the built-in registry is there")
}

/// Returns a table in canonical form.
///
/// # Panics
/// It cannot be written: a broken property.
pub fn table(registry: &Registry<'_>, table: Table) -> Vec<u8> {
    let mut bytes = Vec::new();
    canonical::write_table(registry.grid(table), &mut bytes).expect("what was read can be written");
    bytes
}

/// Returns the JSON form.
///
/// # Panics
/// It cannot be written: a broken property.
pub fn json(registry: &Registry<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_json(registry, &mut bytes).expect("what was read can be written");
    bytes
}

/// Returns the records of a table in the order of their keys.
pub fn records(registry: &Registry<'_>, table: Table) -> Vec<Record> {
    let mut records: Vec<Record> = registry.grid(table).rows().map(Record::of).collect();
    records.sort_by(|one, other| one.key().cmp(&other.key()));
    records
}
