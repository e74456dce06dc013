//! A registry of some of the rows of another one.

use super::apply::read_back;
use super::canonical;
use crate::model::{Grid, Registry, Table};

/// Makes a registry of the rows that are chosen by their table and number in the file. It has no journal, for that tells of
/// the others.
///
/// # Errors
/// A table has grown too large: in canonical form it has columns that its file has not.
pub fn extract<'a>(registry: &Registry<'a>, is_chosen: impl Fn(Table, usize) -> bool) -> anyhow::Result<Registry<'a>> {
    let mut grids = Table::ALL.map(Grid::missing);
    for table in Table::ALL.into_iter().filter(|table| registry.grid(*table).exists()) {
        let mut text = Vec::new();
        canonical::write_chosen(registry.grid(table), |row| is_chosen(table, row), &mut text)?;
        grids[table as usize] = read_back(table, text)?;
    }
    let mut extract = Registry::new(grids, registry.home.clone());
    extract.package = registry.package.clone();
    Ok(extract)
}
