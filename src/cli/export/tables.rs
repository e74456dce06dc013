//! The formats that hold tables: of the whole registry, or of an extract.

use super::Args;
use crate::cli::failure::Failure;
use crate::cli::list;
use crate::cli::output::{say, style, write_whole};
use crate::cli::session::Session;
use crate::export::{sql, xlsx};
use crate::i18n::words;
use crate::model::{Grid, Registry, Table};
use crate::query::{Extract, Filter};
use crate::report::listing;
use crate::storage::{Place, commit, extract, folder, package};

/// What the name of an archive ends with.
pub const ARCHIVE: &str = "zip";

/// What is written, and what is to be said of it.
struct Published<'r> {
    registry: Registry<'r>,
    notes: Vec<String>,
}

/// Takes what is published of a registry: no contacts unless asked for, no journal, for it names who did what, and where
/// there are conditions what belongs to the partnerships that meet them.
fn published<'r>(session: &Session<'r>, args: &Args) -> Result<Published<'r>, Failure> {
    let (mut filter, reads) = args.filters.resolve(session, &args.places)?;
    if filter.as_of.is_some() {
        let message = "this format holds tables, and they tell what is known today; `--as-of` does not go with it";
        return Err(Failure::new(2, message).hint("leave it out, or choose a format of partnerships: --format csv"));
    }
    let registry = without_people(session.registry, args);
    // The tables tell of each partnership how it stands.
    filter.all |= filter.statuses.is_empty();
    if filter == (Filter { all: filter.all, maybe: filter.maybe, ..Filter::default() }) {
        return Ok(Published { registry, notes: Vec::new() });
    }
    let selection = filter.select(session.registry);
    let rows = selection.rows.iter().map(|selected| selected.row);
    let chosen = Extract::of(&registry, rows, &filter.places);
    let registry = extract(&registry, |table, row| chosen.holds(table, row))
        .map_err(|error| Failure::new(7, format!("the extract could not be made: {error}")))?;
    let notes = list::with_reads(listing::notes(session.context(), &filter, &selection), reads);
    Ok(Published { registry, notes })
}

/// Returns a registry without its journal, and without the contacts unless they were asked for.
fn without_people<'r>(registry: &Registry<'r>, args: &Args) -> Registry<'r> {
    let grids =
        Table::ALL.map(|table| if args.takes(table) { registry.grid(table).clone() } else { Grid::missing(table) });
    let mut taken = Registry::new(grids, registry.home.clone());
    // What was loaded is an object; without the file there is none.
    let described = if args.with_contacts {
        Ok(registry.package.to_string())
    } else {
        package::without(&registry.package, Table::Contacts)
    };
    taken.package = described.unwrap_or_default().into();
    taken
}

/// Writes the tables as SQL, and notes the keys that no database would take.
pub fn sql(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let Published { registry, notes } = published(session, args)?;
    let taken = Table::ALL.into_iter().filter(|table| args.takes(*table));
    let exported = sql::exported(&taken.map(|table| registry.grid(table)).collect::<Vec<_>>());
    write_whole(args.output.as_deref(), |to| sql::sql(&exported, args.dialect.unwrap_or_default(), to))?;
    notes.iter().for_each(say);
    for table in &exported {
        for key in table.keys.iter().filter(|key| key.dangling > 0) {
            say(words::key_left_out(session.context().lang(), &key.named(table.grid.table()), key.dangling));
        }
    }
    Ok(())
}

/// Writes the tables as a workbook.
pub fn workbook(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    if args.output.is_none() {
        style(session.colour(), true)?;
    }
    let Published { registry, notes } = published(session, args)?;
    let grids: Vec<&Grid<'_>> =
        Table::ALL.into_iter().map(|table| registry.grid(table)).filter(|grid| grid.exists()).collect();
    let book = xlsx::tables(&grids).map_err(|error| {
        Failure::new(7, format!("no workbook was written: {error}")).hint("--format datapackage -o FOLDER holds it")
    })?;
    write_whole(args.output.as_deref(), |to| to.write_all(&book))?;
    notes.iter().for_each(say);
    Ok(())
}

/// Writes the tables as CSV files with their description, in a folder or in one archive.
pub fn data_package(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let Some(path) = &args.output else {
        let message = "a Data Package is a folder or a zip archive, and `-o` does not say which";
        return Err(Failure::new(2, message).hint("-o FOLDER, one that is not there or empty, or -o FILE.zip"));
    };
    let Published { registry, notes } = published(session, args)?;
    let is_archive = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ARCHIVE));
    if is_archive {
        commit::replace(path, |to| folder::write_zip(&registry, to))?;
    } else {
        commit::create(&registry, &Place::Folder(path.clone()))?;
    }
    notes.iter().for_each(say);
    Ok(())
}
