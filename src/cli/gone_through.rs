//! A foreign list that has been held against a registry: what is told of it, and what of it is left for its user.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::list_file::ListFile;
use super::output::{say, write_whole};
use crate::export::excel_rows;
use crate::export::harmless::harmless;
use crate::i18n::labels::Label;
use crate::i18n::{Lang, importing as words};
use crate::import::Foreign;
use crate::import::columns::{Field, Role};
use crate::import::outcome::{Line, Outcome};
use crate::model::Kind;
use crate::report::{Context, importing};

/// A list that has been held against the registry.
pub struct GoneThrough<'a> {
    path: &'a Path,
    foreign: Foreign,
    /// Which of its rows names the columns.
    header: usize,
    /// The rows that are left, by their place in it, each with the reason.
    pub left: Vec<(usize, String)>,
    /// Whether values that disagree are among them.
    pub has_conflict: bool,
    /// What its rows are, a line each.
    pub shown: String,
    /// What its user should know, the counts last.
    pub notes: Vec<String>,
}

/// The column that says why a row was left; nothing reads it.
const REASON: &str = "reason";

/// Tells what became of a list; `kind` is that of partnerships where it does not say it, and `all` is that rows are told
/// too that are the same.
pub fn tell<'a>(context: Context<'_>, list: ListFile<'a>, lines: &[Line], kind: Kind, all: bool) -> GoneThrough<'a> {
    let lang = context.lang();
    let ListFile { path, foreign, mapping, kept, .. } = list;
    let mut shown = harmless(&importing::reading(lang, &path.display().to_string(), &foreign, &mapping)).into_owned();
    shown.push('\n');
    let (told, hidden) = importing::lines(context, lines, all);
    for [outcome, row, told] in told {
        shown += &format!("{outcome:<12} {row:<8} {}\n", harmless(&told));
    }
    let mut notes = Vec::new();
    if hidden > 0 {
        notes.push(words::same_not_shown(lang, hidden));
    }
    let says_kind = mapping.columns(Role::Field(Field::Kind)).next().is_some();
    if !says_kind && lines.iter().any(|line| line.outcome() == Outcome::New) {
        notes.push(words::kind_taken(lang, kind.label(lang)));
    }
    if let Some(kept) = kept {
        notes.push(words::mapping_kept(lang, &kept.display().to_string()));
    }
    notes.push(importing::counts(lang, lines));
    let mut left: Vec<&Line> = lines.iter().filter(|line| line.is_left()).collect();
    let has_conflict = left.iter().any(|line| line.outcome() == Outcome::Conflict);
    // A row of several partners is left once.
    left.dedup_by_key(|line| line.at);
    let left = left.into_iter().map(|line| (line.at, importing::reason(context, line))).collect();
    GoneThrough { path, foreign, header: mapping.header, left, has_conflict, shown, notes }
}

impl GoneThrough<'_> {
    /// Keeps the rows that are left in a file, beside the list if none is named, and says so.
    pub fn keep_rejects(&self, path: Option<&Path>, lang: Lang) -> Result<(), Failure> {
        if self.left.is_empty() {
            return Ok(());
        }
        let path = path.map_or_else(|| beside(self.path), Path::to_owned);
        write_whole(Some(&path), |to| excel_rows(self.rejects().into_iter(), to))?;
        say(words::rejects(lang, self.left.len(), &path.display().to_string()));
        Ok(())
    }

    /// Returns the rows that are left, as they are, each with the reason.
    fn rejects(&self) -> Vec<Vec<&str>> {
        let width = self.foreign.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let row = |nth: usize, reason| {
            let cells = &self.foreign.rows[nth].cells;
            let cells = (0..width).map(|column| cells.get(column).map_or("", String::as_str));
            cells.chain([reason]).collect()
        };
        let left = self.left.iter().map(|(nth, reason)| row(*nth, reason.as_str()));
        std::iter::once(row(self.header, REASON)).chain(left).collect()
    }
}

/// Returns where the rejects of a list are kept: beside it, in a file that is not there yet.
fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().map_or_else(|| "list".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let later = (2..).map(|nth| format!("{stem}.rejects-{nth}.csv"));
    let names = std::iter::once(format!("{stem}.rejects.csv")).chain(later);
    names.map(|name| path.with_file_name(name)).find(|free| !free.exists()).unwrap_or_else(|| path.to_owned())
}
