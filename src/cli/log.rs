//! `twin log`: the operations on the registry.

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::i18n::words;
use crate::report::log;
use crate::storage::lines::operations;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin log                         the newest first
  twin log Kuopio                  those about Kuopio
  twin log --format jsonl --fields id,at,by,command
Fields: id, at, by, what, reason, command, subjects, undoes.")]
pub struct Args {
    /// Places that the operations are to be about
    #[arg(value_name = "PLACE")]
    places: Vec<String>,
    #[command(flatten)]
    pub output: Output,
}

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let operations = operations(session.registry)?;
    let mut notes = Vec::new();
    let mut places = Vec::new();
    for typed in &args.places {
        let place = session.find(typed, None)?;
        notes.extend(session.read_as(typed, place));
        places.push(place.id());
    }
    let usual = if session.shows_all() { &log::FIELDS[..] } else { &log::COLUMNS[..] };
    let usual = || usual.iter().map(|field| (*field).to_owned()).collect();
    let fields = args.output.fields.clone().unwrap_or_else(usual);
    session.finish_table(
        words::operations(session.context().lang()),
        log::table(session.context(), &operations, &places, &fields)?,
        notes,
    )
}
