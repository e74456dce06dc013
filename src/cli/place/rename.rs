//! `twin place rename`: another name for the same place.

use std::ffi::OsString;

use super::super::Global;
use super::super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::super::failure::Failure;
use super::still_there;
use crate::edit::{Draft, field, place};
use crate::i18n::words;
use crate::model::{Municipality, Table};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  twin place rename Vöyri-Maksamaa Vöyri --on 2011-01-01 --cite https://www.vora.fi/name")]
pub struct Args {
    /// The place
    #[arg(value_name = "PLACE")]
    place: String,
    /// Its new name, the local official one
    #[arg(value_name = "NAME")]
    name: String,
    /// From when on
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    on: Typed,
    /// The source: its id, or a web address
    #[arg(long, value_name = "ID|URL")]
    cite: Option<String>,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, |editing| propose(args, editing))
}

fn propose(args: &Args, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let session = &editing.session;
    let found: Municipality<'_> = session.find(&args.place, None)?;
    still_there(session, found)?;
    let column = Table::Municipalities.schema().columns.iter().find(|column| column.name == "name");
    let name = field::cell("name", column, &args.name)?;
    if name == found.name() {
        return Err(Failure::new(2, format!("`{name}` is its name already")));
    }
    let on = editing.past(&args.on)?.to_string();
    let mut sources = Vec::new();
    let source = editing.cite(args.cite.as_deref(), &mut sources)?;
    let mut draft = Draft::new(session.registry);
    let left = place::rename(&mut draft, found, &name, &on, &source);
    draft.also(sources);
    let mut notes: Vec<String> = session.read_as(&args.place, found).into_iter().collect();
    if !left.is_empty() {
        notes.push(words::names_left(session.context().lang(), &left.join(", ")));
    }
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}
