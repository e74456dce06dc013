//! `twin remove`: a partnership that was never one. One that has ended is not removed but ended.

use std::ffi::OsString;

use super::Global;
use super::editing::{Edits, Proposal, edit};
use super::failure::Failure;
use super::subject::Subject;
use crate::edit::{Draft, pair};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  twin remove Kuopio Pori --reason \"entered by mistake\"
A partnership that has ended stays in the registry: twin end. What is removed stays in the journal: twin undo.")]
pub struct Args {
    /// The two places
    #[arg(value_name = "PLACE", num_args = 2, required = true)]
    places: Vec<String>,
    /// The country that a PLACE is meant to be in
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, |editing| {
        let subject = Subject::find(editing, &args.places, args.within.as_deref())?;
        let mut draft = Draft::new(editing.session.registry);
        pair::remove(&mut draft, &subject.record);
        Ok(Proposal { plan: draft.plan(), notes: subject.notes, ..Proposal::default() })
    })
}
