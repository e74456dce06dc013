//! `twin set`: single fields of a place or a partnership.

use std::ffi::OsString;

use super::Global;
use super::editing::{Editing, Edits, Proposal, edit};
use super::failure::Failure;
use super::subject::{Subject, assign};
use crate::edit::Draft;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin set Kuopio Bodø start=1949 themes=\"youth;art\"
  twin set Kuopio Bodø note=                      an empty value clears the field
  twin set Kuopio website=https://www.kuopio.fi
The fields are the columns of the tables. Status and end are changed by twin suspend, resume and end.")]
pub struct Args {
    /// A place or the two of a partnership, then the fields and their values
    #[arg(value_name = "PLACE… FIELD=VALUE", required = true, num_args = 2..)]
    words: Vec<String>,
    /// The country that a PLACE is meant to be in
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, |editing| propose(args, editing))
}

fn propose(args: &Args, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let is_assignment = |word: &&String| word.contains('=');
    let places = args.words.iter().take_while(|word| !is_assignment(word)).count();
    let (places, assignments) = args.words.split_at(places);
    if places.is_empty() || places.len() > 2 || assignments.is_empty() {
        let message = "one or two places are wanted, then fields with their values";
        return Err(Failure::new(2, message).hint("twin set Kuopio Bodø start=1949"));
    }
    let subject = Subject::find(editing, places, args.within.as_deref())?;
    let mut record = subject.record;
    for word in assignments {
        let Some((name, value)) = word.split_once('=') else {
            return Err(Failure::new(2, format!("`{word}` is no field and value; write field=value")));
        };
        assign(editing, &mut record, name.trim(), value)?;
    }
    let mut draft = Draft::new(editing.session.registry);
    draft.put(record);
    Ok(Proposal { plan: draft.plan(), notes: subject.notes, ..Proposal::default() })
}
