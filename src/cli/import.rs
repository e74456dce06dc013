//! `twin import`: what foreign lists say, held against the registry row by row and taken over as a plan.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Global;
use super::editing::{Editing, Edits, Proposal, edit};
use super::failure::Failure;
use super::filter::parser;
use super::gone_through::{GoneThrough, tell};
use super::list_file::{self, ListFile, Listed, hold};
use crate::edit::{Draft, Record};
use crate::i18n::importing as words;
use crate::import::Hints;
use crate::import::outcome::OnConflict;
use crate::import::reconcile::{Options, Reconciled};
use crate::model::{Kind, Rank, Registry};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin import survey.csv --dry-run                 what each row is, and what would change
  twin import list.csv --home Kuopio
  twin import wikidata.json --cite wikidata-2026 --on-conflict claim
  twin import old.csv --map partner=Ystävyyskunta,country=Maa --split '[;|]' --save-mapping old.json
Each row is new, filled in (a cell was empty here, or less exact), same, conflict, doubtful or rejected. What is not
taken over goes into a file with the reason beside it; corrected, that is imported again.
Exit codes: 0 done, 5 values that disagree were left.")]
pub struct Args {
    /// The lists: CSV in any dress, XLSX, ODS, XLS, JSON, results of the Wikidata Query Service, or a registry
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The kind of new partnerships, where the list does not say it
    #[arg(long, value_name = "KIND", value_parser = parser(Kind::WORDS, Kind::parse), default_value = "twin")]
    kind: Kind,
    /// The source of what the lists say: its id, or a web address; without it they count as the least of sources
    #[arg(long, value_name = "ID|URL")]
    cite: Option<String>,
    /// What becomes of values that disagree [default: their rows are left]
    #[arg(long, value_name = "WHOSE")]
    on_conflict: Option<Whose>,
    /// Where the rows that are not taken over are kept [default: NAME.rejects.csv beside each list]
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// List the rows that are the same too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    edits: Edits,
    #[command(flatten)]
    listed: Listed,
}

/// Whose value stands where two disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Whose {
    /// Ours
    Ours,
    /// Theirs; ours stay as claims
    Theirs,
    /// Ours; theirs are kept as claims of their source
    Claim,
}

impl From<Whose> for OnConflict {
    fn from(whose: Whose) -> OnConflict {
        match whose {
            Whose::Ours => OnConflict::Ours,
            Whose::Theirs => OnConflict::Theirs,
            Whose::Claim => OnConflict::Claim,
        }
    }
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    if args.on_conflict == Some(Whose::Claim) && args.cite.is_none() {
        let message = "a claim is somebody's; `--on-conflict claim` wants the source";
        return Err(Failure::new(2, message).hint("--cite ID or --cite URL"));
    }
    if args.rejects.is_some() && args.files.len() > 1 {
        return Err(Failure::new(2, "`--rejects` names one file; the rejects of several lists go beside each"));
    }
    let hints = args.listed.hints()?;
    let mut gone = Vec::new();
    edit(global, &args.edits, typed, |editing| {
        let (lists, proposal) = propose(args, &hints, editing)?;
        gone = lists;
        Ok(proposal)
    })?;
    if !args.edits.writing.dry_run && !args.edits.keeps_plan() {
        let lang = global.language().words;
        gone.iter().try_for_each(|list| list.keep_rejects(args.rejects.as_deref(), lang))?;
    }
    if gone.iter().any(|list| list.has_conflict) { Err(Failure::told(5)) } else { Ok(()) }
}

fn propose<'a>(
    args: &'a Args,
    hints: &Hints,
    editing: &Editing<'_>,
) -> Result<(Vec<GoneThrough<'a>>, Proposal), Failure> {
    let registry = editing.session.registry;
    let context = editing.session.context();
    let mut sources = Vec::new();
    let source = editing.cite(args.cite.as_deref(), &mut sources)?;
    let rank = rank(registry, &sources, &source);
    let options = Options {
        on_conflict: args.on_conflict.map(OnConflict::from),
        kind: args.kind,
        default_country: [list_file::default_country(registry, hints)?; 2],
        today: editing.clock.today,
    };
    let files = args.files.iter().map(|path| ListFile::read(path, args.listed.columns(), hints));
    let files = files.collect::<Result<Vec<ListFile<'_>>, Failure>>()?;
    let Reconciled { lines, mut plan } = hold(registry, &options, &files, hints, (&source, rank));
    let told = files.into_iter().zip(&lines).map(|(file, lines)| tell(context, file, lines, args.kind, args.all));
    let gone: Vec<GoneThrough<'_>> = told.collect();
    let shown = gone.iter().map(|list| list.shown.as_str()).collect();
    let mut notes: Vec<String> = gone.iter().flat_map(|list| list.notes.iter().cloned()).collect();
    let left: usize = gone.iter().map(|list| list.left.len()).sum();
    if left > 0 && args.edits.writing.dry_run {
        notes.push(words::would_reject(context.lang(), left));
    }
    if !plan.is_empty() {
        let mut draft = Draft::new(registry);
        draft.also(sources);
        plan.steps.extend(draft.plan().steps);
    }
    Ok((gone, Proposal { plan, shown: Some(shown), notes, ..Proposal::default() }))
}

/// Returns how good a source is; none is the least.
fn rank(registry: &Registry<'_>, added: &[Record], source: &str) -> Rank {
    let known = registry.source(source).and_then(|source| source.rank());
    let added =
        || added.iter().find(|record| record.get("id") == source).and_then(|record| Rank::parse(record.get("rank")));
    known.or_else(added).unwrap_or(Rank::Other)
}
