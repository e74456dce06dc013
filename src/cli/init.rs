//! `twin init`: a registry of one's own.

use std::path::PathBuf;

use super::Global;
use super::failure::Failure;
use super::output::{Writing, write_new};
use crate::query::find;
use crate::storage::{Place, Source};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin init my-registry                        a copy of the registry built into the program
  twin init norge --empty --home NO            an empty one")]
pub struct Args {
    /// Where to make it: a folder that does not exist yet or holds nothing, or a new .json file
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Without municipalities and partnerships, but with the countries of the world
    #[arg(long)]
    empty: bool,
    /// A home country, by code or name
    #[arg(long, value_name = "COUNTRY", requires = "empty")]
    home: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    let source = Source::open(&Place::Builtin)?;
    let builtin = source.load()?;
    if !args.empty {
        return write_new(&builtin, &args.folder, &args.writing, global);
    }
    let mut home = Vec::new();
    for typed in &args.home {
        home.push(find::country(&builtin, typed)?.code().to_owned());
    }
    write_new(&Source::empty(&builtin, home), &args.folder, &args.writing, global)
}
