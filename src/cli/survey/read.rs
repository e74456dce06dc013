//! `twin survey read`: the answers, held against the registry as what each municipality says itself.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::Global;
use super::super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::super::failure::Failure;
use super::super::import::Whose;
use super::Asked;
use crate::edit::{Draft, Plan, Record, freehand};
use crate::export::harmless::harmless;
use crate::i18n::importing::{self as labels};
use crate::i18n::survey::{self as words, Column};
use crate::import::outcome::{Line, OnConflict, Outcome};
use crate::import::reconcile::{List, Options, Reconciled, reconcile};
use crate::import::statement::Reader;
use crate::import::survey::{Answer, Answered, read};
use crate::import::{Foreign, Mapping, vocabulary, workbook};
use crate::model::{Kind, Municipality, PartialDate, Rank, Registry, Status, Table};
use crate::query::find;
use crate::report::{Context, importing};
use crate::storage::{LoadError, read_bytes};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin survey read survey-2027 --dry-run
  twin survey read survey-2027 --on-conflict theirs --yes
What a municipality says of itself is official: each answer is a source of its own. A row that is said to be right is
verified on the day of the answer. A row that is missing is no ending: it is asked about. What is not taken over is told,
and stays in the answers; reading them again changes nothing that was read.
Exit codes: 0 done, 5 values that disagree were left.")]
pub struct Args {
    /// The folder with the answers: XLSX, ODS or XLS
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    asked: Asked,
    /// The day of the answers that do not say it [default: today]
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    on: Option<Typed>,
    /// What becomes of values that disagree [default: they are told and left]
    #[arg(long, value_name = "WHOSE")]
    on_conflict: Option<Whose>,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    let mut has_conflict = false;
    edit(global, &args.edits, typed, |editing| {
        let (proposal, is_left) = propose(args, editing)?;
        has_conflict = is_left;
        Ok(proposal)
    })?;
    if has_conflict { Err(Failure::told(5)) } else { Ok(()) }
}

/// An answer that is held against the registry.
struct Held<'r> {
    /// The name of the file.
    file: String,
    answer: Answer,
    /// Whose it is.
    place: Municipality<'r>,
    /// The day that it is of.
    on: PartialDate,
    /// Whether anything was filled in.
    is_answered: bool,
    /// The id of the source that it is.
    source: String,
    /// What it says that is to be taken over.
    foreign: Foreign,
    mapping: Mapping,
}

impl Held<'_> {
    fn list(&self) -> List<'_> {
        let reader = Reader { mapping: &self.mapping, home: None, split: None };
        List { foreign: &self.foreign, reader, source: &self.source, rank: Rank::Official }
    }
}

fn propose(args: &Args, editing: &Editing<'_>) -> Result<(Proposal, bool), Failure> {
    let session = &editing.session;
    let (registry, context) = (session.registry, session.context());
    let lang = context.lang();
    let asked = args.asked.find(session)?;
    let today = editing.clock.today;
    let on = match &args.on {
        Some(typed) => editing.past(typed)?,
        None => PartialDate::from(today),
    };
    let answers = files(&args.folder)?.into_iter().map(|path| held(&path, editing, on));
    let answers = answers.collect::<Result<Vec<Held<'_>>, Failure>>()?;
    let options = Options {
        on_conflict: args.on_conflict.map(OnConflict::from),
        kind: Kind::Twin,
        default_country: [None; 2],
        today,
    };
    let lists: Vec<List<'_>> = answers.iter().map(Held::list).collect();
    let Reconciled { lines, mut plan } = reconcile(registry, &options, &lists, |_| {});
    let shown = answers.iter().zip(&lines).map(|(held, lines)| told(context, held, lines)).collect();
    let lines = lines.concat();
    let answered = || answers.iter().filter(|held| held.is_answered);
    let is_silent = |id: &str| answered().all(|held| held.place.id() != id);
    let silent: Vec<&str> =
        asked.iter().filter(|place| is_silent(place.id())).map(|place| context.name(*place)).collect();
    let mut notes = vec![importing::counts(lang, &lines)];
    notes.push(if silent.is_empty() {
        words::all_answered(lang, asked.len())
    } else {
        words::unanswered(lang, silent.len(), asked.len(), &silent.join(", "))
    });
    let sources =
        answered().filter_map(|held| new_source(context, held)).filter(|source| is_cited(&plan, source.get("id")));
    let sources: Vec<Record> = sources.collect();
    let mut draft = Draft::new(registry);
    draft.also(sources);
    plan.steps.extend(draft.plan().steps);
    let is_left = lines.iter().any(|line| line.outcome() == Outcome::Conflict && line.is_left());
    Ok((Proposal { plan, shown: Some(shown), notes, ..Proposal::default() }, is_left))
}

/// Returns the workbooks of a folder, by name; not those that a spreadsheet keeps beside one that is open.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let io = |error| LoadError::Io { path: folder.display().to_string(), error };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().to_lowercase());
        let is_workbook = ["xlsx", "xlsm", "ods", "xls"].iter().any(|ending| name.ends_with(&format!(".{ending}")));
        if is_workbook && !name.starts_with(['~', '.']) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        let message = format!("{} holds no answers: no XLSX, ODS or XLS file", folder.display());
        return Err(Failure::new(3, message).hint("twin survey make --out DIR makes the forms"));
    }
    Ok(files)
}

/// Reads an answer, and finds whose it is: as the form says, else by its pairs, else by the file's name.
fn answer<'r>(path: &Path, registry: &'r Registry<'_>) -> Result<(Answer, Municipality<'r>), Failure> {
    let file = path.display();
    let sheets = workbook::sheets(&read_bytes(path)?).map_err(|error| Failure::new(3, format!("{file}: {error}")))?;
    let answer = read(&sheets)
        .map_err(|(row, error)| Failure::new(3, format!("{file}: row {row}: {error}")))?
        .ok_or_else(|| Failure::new(3, format!("{file}: no sheet of it is a form of `twin survey make`")))?;
    let pairs: Vec<[&str; 2]> = answer.rows.iter().filter_map(Answered::pair).collect();
    let in_all =
        pairs.first().into_iter().flatten().find(|id| pairs.len() > 1 && pairs.iter().all(|pair| pair.contains(*id)));
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let id = answer.place.as_deref().or(in_all.copied()).unwrap_or(&stem);
    let place = find::municipality(registry, id, None).map_err(|error| Failure::from(error).at(&file.to_string()))?;
    Ok((answer, place))
}

/// Tells whether a row says what is recorded, and nothing else.
fn is_as_asked(registry: &Registry<'_>, row: &Answered) -> bool {
    let Some([one, other]) = row.pair() else { return false };
    let Some(partnership) = registry.partnership(one, other) else { return false };
    let start = freehand::date(row.get(Column::Start)).ok();
    let says = |column| !row.get(column).is_empty();
    vocabulary::kind(row.get(Column::Kind)) == partnership.kind()
        && vocabulary::status(row.get(Column::Status)) == partnership.status()
        && start == partnership.start()
        && ![Column::Since, Column::Body, Column::Reference, Column::Remark].into_iter().any(says)
}

/// Reads an answer, with what of it is to be taken over; `on` is its day if it does not say it.
fn held<'r>(path: &Path, editing: &Editing<'r>, on: PartialDate) -> Result<Held<'r>, Failure> {
    let registry = editing.session.registry;
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (answer, place) = answer(path, registry)?;
    let is_answered = answer.is_answered(|row| is_as_asked(registry, row));
    let on = editing.not_future(answer.on.unwrap_or(on)).map_err(|failure| failure.at(&path.display().to_string()))?;
    let is_taken = |row: &Answered| is_answered && (row.is_right() == Some(true) || !is_as_asked(registry, row));
    let (foreign, mapping) = answer.list(place.id(), on, is_taken)?;
    let source = format!("survey-{}-{}", on.latest().year(), place.id());
    Ok(Held { file, answer, place, on, is_answered, source, foreign, mapping })
}

/// Makes the source that an answer is, if there is none yet.
fn new_source(context: Context<'_>, held: &Held<'_>) -> Option<Record> {
    let (place, year) = (context.name(held.place), held.on.latest().year());
    context.registry.source(&held.source).is_none().then(|| {
        Record::new(Table::Sources)
            .with("id", held.source.as_str())
            .with("title", words::source_title(context.lang(), place, year))
            .with("publisher", place)
            .with("rank", Rank::Official.word())
            .with("published", held.on.to_string())
    })
}

/// Tells what an answer says.
fn told(context: Context<'_>, held: &Held<'_>, lines: &[Line]) -> String {
    let (registry, lang) = (context.registry, context.lang());
    let Held { file, answer, place, on, .. } = held;
    if !held.is_answered {
        return format!("{}\n", harmless(&words::empty(lang, file, context.name(*place))));
    }
    let mut shown = format!("{}\n", harmless(&words::answer(lang, file, context.name(*place), &on.to_string())));
    let mut say = |label: &str, row: &str, text: &str| {
        shown += &format!("  {label:<12} {row:<8} {}\n", harmless(text));
    };
    for [outcome, row, told] in importing::lines(context, lines, false).0 {
        say(&outcome, &row, &told);
    }
    let named = |row: &Answered| match row.pair() {
        Some([one, other]) => format!("{}–{}", name(context, one), name(context, other)),
        None => row.get(Column::Partner).to_owned(),
    };
    for row in &answer.rows {
        let number = labels::row(lang, row.number);
        if row.is_right() == Some(false) && is_as_asked(registry, row) {
            say(labels::doubtful(lang), &number, &words::denied(lang, &named(row)));
        }
        if !row.get(Column::Remark).is_empty() {
            say(words::remark(lang), &number, &words::remark_of(lang, &named(row), row.get(Column::Remark)));
        }
    }
    for pair in missing(context, answer, *place) {
        say(words::missing(lang), "", &words::missing_row(lang, &pair));
    }
    shown
}

fn name(context: Context<'_>, id: &str) -> String {
    context.registry.municipality(id).map_or(id, |place| context.name(place)).to_owned()
}

/// Returns the partnerships in force that were in the form, or else are recorded, and are in no row of the answer, by their
/// names.
fn missing(context: Context<'_>, answer: &Answer, place: Municipality<'_>) -> Vec<String> {
    let registry = context.registry;
    let answered = |id: &str| answer.rows.iter().any(|row| row.get(Column::Pair) == id);
    let recorded =
        registry.partnerships().filter(|partnership| [partnership.a(), partnership.b()].contains(&place.id()));
    let in_force = recorded.filter(|partnership| partnership.status() != Some(Status::Historic));
    let ids = in_force.map(|partnership| (format!("{}~{}", partnership.a(), partnership.b()), partnership));
    let asked = ids.filter(|(id, _)| answer.asked.is_empty() || answer.asked.contains(id));
    asked
        .filter(|(id, _)| !answered(id))
        .map(|(_, pair)| format!("{}–{}", name(context, pair.a()), name(context, pair.b())))
        .collect()
}

/// Tells whether a plan names a source.
fn is_cited(plan: &Plan, source: &str) -> bool {
    let mut records = plan.changes().filter_map(|change| change.new.as_ref());
    records.any(|record| record.get("sources").split(';').any(|id| id == source) || record.get("source") == source)
}
