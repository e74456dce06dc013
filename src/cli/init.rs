//! `twin init`: a registry of one's own.

use std::path::{Path, PathBuf};

use super::Global;
use super::clock::Clock;
use super::failure::Failure;
use super::gone_through::tell;
use super::list_file::{self, Columns, ListFile, hold};
use super::output::{Writing, print_text, say, write_new};
use crate::import::reconcile::{Options, Reconciled};
use crate::model::{Kind, Rank, Registry};
use crate::query::find;
use crate::report::Context;
use crate::storage::apply::with;
use crate::storage::{Place, Source};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin init my-registry                        a copy of the registry built into the program
  twin init norge --empty --home NO            an empty one
  twin init norge --from list.csv --home NO    one of a list: city, partner, country, status, in any dress")]
pub struct Args {
    /// Where to make it: a folder that does not exist yet or holds nothing, or a new .json file
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Without municipalities and partnerships, but with the countries of the world
    #[arg(long)]
    empty: bool,
    /// Of a list of partnerships
    #[arg(long, value_name = "FILE", conflicts_with = "empty")]
    from: Option<PathBuf>,
    /// A home country, by code or name
    #[arg(long, value_name = "COUNTRY")]
    home: Vec<String>,
    #[command(flatten)]
    columns: Columns,
    #[command(flatten)]
    writing: Writing,
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    if args.from.is_none() && args.columns != Columns::default() {
        return Err(Failure::new(2, "how a list is read goes with `--from FILE`, which is missing"));
    }
    let source = Source::open(&Place::Builtin)?;
    let builtin = source.load()?;
    if !args.empty && args.from.is_none() {
        if !args.home.is_empty() {
            return Err(Failure::new(2, "the built-in registry has its home countries")
                .hint("--home goes with --empty or --from FILE"));
        }
        return write_new(&builtin, &args.folder, &args.writing, global);
    }
    let mut home = Vec::new();
    for typed in &args.home {
        home.push(find::country(&builtin, typed)?.code().to_owned());
    }
    let empty = Source::empty(&builtin, home);
    match &args.from {
        None => write_new(&empty, &args.folder, &args.writing, global),
        Some(list) => write_of(list, &empty, args, global),
    }
}

/// Writes a registry of what a list says, and keeps what of it is doubtful.
fn write_of(list: &Path, empty: &Registry<'_>, args: &Args, global: &Global) -> Result<(), Failure> {
    let hints = args.columns.hints()?;
    let default = list_file::default_country(empty, &hints)?;
    let home = empty.home.first().and_then(|code| empty.country(code)).map(|country| country.code());
    let kind = Kind::Twin;
    let options = Options {
        on_conflict: None,
        kind,
        // What a list has at the left is at home, where nothing else is said.
        default_country: [default.or(home), default],
        today: Clock::read()?.today,
    };
    let language = global.language();
    let context = Context::new(empty, &language, None);
    let file = ListFile::read(list, &args.columns, &hints)?;
    let Reconciled { lines, plan } = hold(empty, &options, std::slice::from_ref(&file), &hints, ("", Rank::Other));
    let gone = tell(context, file, &lines.concat(), kind, false);
    print_text(&gone.shown)?;
    gone.notes.iter().for_each(say);
    let filled = with(empty, &plan).map_err(|error| Failure::new(7, error.to_string()))?;
    write_new(&filled, &args.folder, &args.writing, global)?;
    if args.writing.dry_run { Ok(()) } else { gone.keep_rejects(None, language.words) }
}
