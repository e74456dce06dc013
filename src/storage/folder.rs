//! What a registry is as a folder, file by file: in a folder, or in an archive of one.

use std::io::{Cursor, Write};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::canonical;
use super::package;
use super::source::file_name;
use crate::model::{Registry, Table};

/// Hands over the name of each file and what writes it: the description, the journal if there is one, and the tables. The
/// table of partnerships, without which a folder is no registry, comes last.
///
/// # Errors
/// The package is no JSON object, or what `each` says.
pub fn each_file(
    registry: &Registry<'_>,
    mut each: impl FnMut(&str, &dyn Fn(&mut dyn Write) -> Result<()>) -> Result<()>,
) -> Result<()> {
    let package = package::complete(registry, &[])?;
    each(package::FILE, &|to| canonical::write_package(&package, to))?;
    if !registry.journal.is_empty() {
        each(package::JOURNAL, &|to| Ok(to.write_all(registry.journal.as_bytes())?))?;
    }
    let last = |table: &Table| *table == Table::Partnerships;
    let tables = Table::ALL.into_iter().filter(|table| !last(table)).chain([Table::Partnerships]);
    for table in tables.filter(|table| registry.grid(*table).exists()) {
        each(file_name(table), &|to| canonical::write_table(registry.grid(table), to))?;
    }
    Ok(())
}

/// Writes the files of a registry as one zip archive. It says nothing of when and where it was made, so that it is the same
/// each time.
///
/// # Errors
/// As of [`each_file`], or what the writer says.
pub fn write_zip(registry: &Registry<'_>, to: &mut dyn Write) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    each_file(registry, |name, write| {
        archive.start_file(name, options)?;
        write(&mut archive)
    })?;
    to.write_all(archive.finish()?.get_ref())?;
    Ok(())
}
