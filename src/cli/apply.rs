//! `twin apply`: carries out a plan that was kept in a file.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Global;
use super::editing::{Edits, Proposal, edit};
use super::failure::Failure;
use crate::edit::rebase::{Rebase, rebase};
use crate::storage::lines::read_plan;
use crate::storage::read_text;

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  twin suspend --country BY --on 2022-03-01 --save-plan plan.jsonl
  $EDITOR plan.jsonl                          each line is a partnership; delete what is to stay
  twin apply plan.jsonl")]
pub struct Args {
    /// The file
    #[arg(value_name = "PLAN")]
    file: PathBuf,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, |editing| {
        let text = read_text(&args.file)?;
        let file = args.file.display().to_string();
        let saved = read_plan(&file, &text, editing.session.registry)?;
        let plan = saved.plan;
        // What has changed since is told before anything is asked.
        rebase(&plan, editing.session.registry, Rebase::Exact)?;
        let reason = if args.edits.reason.is_empty() { saved.reason } else { args.edits.reason.clone() };
        let told = (!saved.command.is_empty()).then_some((saved.command, reason));
        Ok(Proposal { plan, exact: true, told, ..Proposal::default() })
    })
}
