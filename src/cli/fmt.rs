//! `twin fmt`: a registry in canonical form.

use std::ffi::OsString;

use super::Global;
use super::editing::{Editing, Edits, Proposal, edit};
use super::failure::Failure;
use crate::edit::tidy::tidy;
use crate::i18n::words;
use crate::report::tidied;

/// How many of the records that are left as they are get a sentence each.
const MOST_NAMED: usize = 20;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin fmt --dry-run               what would change
  twin fmt --yes
What has one right answer is put right: stray blanks, items that stand twice in a list, the order of the two sides of a
partnership. These changes stand in the journal, and twin undo takes them back. Files that hold the right records in
another dress (encoding, separators, line ends, quotes, order of columns and rows, accents) are written anew; as no record
changes, the journal does not tell of them. What wants a decision is named and left as it is; twin check finds more of that.")]
pub struct Args {
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, propose)
}

fn propose(editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let context = editing.session.context();
    let found = tidy(editing.session.registry);
    let named = found.left.iter().take(MOST_NAMED).map(|left| tidied::left(context, left));
    let more = found.left.len().checked_sub(MOST_NAMED).filter(|more| *more > 0);
    let notes = named.chain(more.map(|more| words::left_more(context.lang(), more))).collect();
    Ok(Proposal { plan: found.plan, files: editing.odd_files(), notes, ..Proposal::default() })
}
