//! A foreign list on the command line: which file, and how it is read.

use std::path::{Path, PathBuf};

use regex_lite::Regex;

use super::failure::Failure;
use super::output::write_whole;
use super::progress::Progress;
use crate::import::reconcile::{List, Options, Reconciled, reconcile};
use crate::import::statement::Reader;
use crate::import::{Foreign, Hints, Mapping, Reading};
use crate::model::{Rank, Registry};
use crate::query::find;
use crate::storage::{Place, Source, read_bytes, read_text};

/// The options of every command that reads a foreign list.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Reading the list")]
pub struct Listed {
    /// The place that all rows are about
    #[arg(long, value_name = "PLACE")]
    home: Option<String>,
    #[command(flatten)]
    columns: Columns,
}

/// How the columns of a list are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Reading the list")]
pub struct Columns {
    /// What columns mean, where their headers do not tell: partner=Ystävyyskunta,country=Maa
    #[arg(long, value_name = "ROLE=COLUMN,…", value_delimiter = ',', value_parser = pair)]
    map: Vec<(String, String)>,
    /// What stands between several partners in one cell: a regular expression, such as '[;|]'
    #[arg(long, value_name = "REGEX")]
    split: Option<String>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Where the objects stand in a JSON file, such as /data/items
    #[arg(long, value_name = "POINTER")]
    pointer: Option<String>,
    /// The country of places, where no column says it
    #[arg(long, value_name = "COUNTRY")]
    default_country: Option<String>,
    /// How the list is read, as --save-mapping has kept it; options go before
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Keep how the list is read in a file, for others of its kind
    #[arg(long, value_name = "FILE")]
    save_mapping: Option<PathBuf>,
}

fn pair(typed: &str) -> Result<(String, String), String> {
    let (role, column) = typed.split_once('=').ok_or("it must be ROLE=COLUMN, such as partner=Ystävyyskunta")?;
    Ok((role.trim().to_owned(), column.trim().to_owned()))
}

impl Listed {
    /// Returns what is said of the list, by options and by a file.
    pub fn hints(&self) -> Result<Hints, Failure> {
        let hints = self.columns.hints()?;
        Ok(Hints { home: self.home.clone().or(hints.home), ..hints })
    }

    /// Returns how its columns are read.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }
}

impl Columns {
    /// Returns what is said of the list, by options and by a file.
    pub fn hints(&self) -> Result<Hints, Failure> {
        let kept = match &self.mapping {
            None => Hints::default(),
            Some(path) => serde_json::from_str(&read_text(path)?).map_err(|error| {
                Failure::new(3, format!("{}:{}:{}: {error}", path.display(), error.line(), error.column()))
                    .hint("--save-mapping FILE writes such a file")
            })?,
        };
        let typed = |typed: &Option<String>, kept: Option<String>| typed.clone().or(kept);
        Ok(Hints {
            map: if self.map.is_empty() { kept.map } else { self.map.clone() },
            home: kept.home,
            split: typed(&self.split, kept.split),
            sheet: typed(&self.sheet, kept.sheet),
            pointer: typed(&self.pointer, kept.pointer),
            default_country: typed(&self.default_country, kept.default_country),
        })
    }

    /// Keeps how a list was read, if that was asked for. Returns the file.
    fn keep(&self, foreign: &Foreign, mapping: &Mapping, hints: &Hints) -> Result<Option<&Path>, Failure> {
        let Some(path) = &self.save_mapping else { return Ok(None) };
        let map =
            mapping.named(foreign).into_iter().map(|(header, role)| (role.to_owned(), header.to_owned())).collect();
        let text = serde_json::to_string_pretty(&Hints { map, ..hints.clone() });
        let text = text.map_err(|error| Failure::new(7, error.to_string()))?;
        write_whole(Some(path), |to| writeln!(to, "{text}"))?;
        Ok(Some(path))
    }
}

/// A list that has been read.
pub struct ListFile<'a> {
    /// The file, or the folder of a registry.
    pub path: &'a Path,
    /// Its rows.
    pub foreign: Foreign,
    /// What its columns mean.
    pub mapping: Mapping,
    /// What stands between several partners in one cell.
    split: Option<Regex>,
    /// The file that says how it was read, if that was asked for.
    pub kept: Option<&'a Path>,
}

impl<'a> ListFile<'a> {
    /// Reads a list, and keeps how it was read, if that was asked for.
    pub fn read(path: &'a Path, columns: &'a Columns, hints: &Hints) -> Result<ListFile<'a>, Failure> {
        let foreign = read(path, hints)?;
        let mapping = Mapping::of(&foreign, hints)?;
        let split = split(hints)?;
        let kept = columns.keep(&foreign, &mapping, hints)?;
        Ok(ListFile { path, foreign, mapping, split, kept })
    }
}

/// Holds lists against a registry, all of them statements of one source that is so good.
pub fn hold(
    registry: &Registry<'_>,
    options: &Options<'_>,
    files: &[ListFile<'_>],
    hints: &Hints,
    (source, rank): (&str, Rank),
) -> Reconciled {
    let list = |file| {
        let ListFile { foreign, mapping, split, .. }: &ListFile<'_> = file;
        let reader = Reader { mapping, home: hints.home.as_deref(), split: split.clone() };
        List { foreign, reader, source, rank }
    };
    let lists: Vec<List<'_>> = files.iter().map(list).collect();
    let mut progress = Progress::new(files.iter().map(|file| file.foreign.rows.len()).sum());
    reconcile(registry, options, &lists, |done| progress.at(done))
}

/// Reads a list: a file in any form that is known, or the folder of a registry.
fn read(path: &Path, hints: &Hints) -> Result<Foreign, Failure> {
    if path.is_dir() {
        return Ok(Foreign::of_registry(&Source::open(&Place::of(path))?.load()?));
    }
    let reading = Reading { sheet: hints.sheet.clone(), pointer: hints.pointer.clone() };
    Ok(Foreign::read(&path.display().to_string(), &read_bytes(path)?, &reading)?)
}

/// Reads what stands between several partners in one cell.
fn split(hints: &Hints) -> Result<Option<Regex>, Failure> {
    let Some(typed) = &hints.split else { return Ok(None) };
    Regex::new(typed).map(Some).map_err(|error| {
        Failure::new(2, format!("--split `{typed}` is no regular expression: {error}")).hint("--split '[;|]'")
    })
}

/// Returns the code of the country of places where no column says it.
pub fn default_country<'r>(registry: &'r Registry<'r>, hints: &Hints) -> Result<Option<&'r str>, Failure> {
    match &hints.default_country {
        Some(typed) => Ok(Some(find::country(registry, typed)?.code())),
        None => Ok(None),
    }
}
