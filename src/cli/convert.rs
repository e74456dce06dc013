//! `twin convert`: a registry in the other form.

use std::path::PathBuf;

use super::Global;
use super::failure::Failure;
use super::output::{Writing, write_new};
use crate::storage::{Place, Source};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin convert data registry.json      a folder of tables into one file
  twin convert registry.json tables    and back
  twin convert messy clean             what a spreadsheet made of a registry, in canonical form")]
pub struct Args {
    /// A registry: a folder, or a .json file
    #[arg(value_name = "FROM")]
    from: PathBuf,
    /// Where to write it: a .json file that is not there, or a folder that is not there or empty
    #[arg(value_name = "TO")]
    to: PathBuf,
    #[command(flatten)]
    writing: Writing,
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    let source = Source::open(&Place::of(&args.from))?;
    write_new(&source.load()?, &args.to, &args.writing, global)
}
