//! `twin source`: where statements come from.

use std::ffi::OsString;

use super::Global;
use super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::failure::Failure;
use super::filter::parser;
use crate::edit::entry::enter;
use crate::edit::{Draft, Record};
use crate::model::{Rank, Table};

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a source
    #[command(after_help = "Example:
  twin source add kuopio-fi-2026 --title \"Sister cities\" --rank official \\
    --url https://www.kuopio.fi/sister-cities --published 2026-03 --retrieved 25.11.2026
Where sources disagree the better one wins, best first: official, association, register,
encyclopedia, press, other.")]
    Add(Add),
}

#[derive(Debug, clap::Args)]
pub struct Add {
    /// Its id: small letters and digits, apart by hyphens
    #[arg(value_name = "ID")]
    id: String,
    /// What it is called
    #[arg(long, value_name = "TEXT")]
    title: String,
    /// How good it is
    #[arg(long, value_name = "RANK", value_parser = parser(Rank::WORDS, Rank::parse))]
    rank: Rank,
    /// Who has published it
    #[arg(long, value_name = "TEXT")]
    publisher: Option<String>,
    /// Its address on the web
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// When it was published
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    published: Option<Typed>,
    /// When it was looked at
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    retrieved: Option<Typed>,
    /// Under what licence
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(command: &Command, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    let Command::Add(args) = command;
    edit(global, &args.edits, typed, |editing| add(args, editing))
}

fn add(args: &Add, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let registry = editing.session.registry;
    let mut record = Record::new(Table::Sources);
    let texts = [("publisher", &args.publisher), ("url", &args.url), ("licence", &args.licence)];
    let texts = texts.into_iter().filter_map(|(column, text)| Some((column, text.as_deref()?)));
    let required = [("id", &*args.id), ("title", &*args.title), ("rank", args.rank.word())];
    for (column, text) in required.into_iter().chain(texts) {
        enter(&mut record, column, text)?;
    }
    for (column, date) in [("published", &args.published), ("retrieved", &args.retrieved)] {
        if let Some(typed) = date {
            record.set(column, editing.past(typed)?.to_string());
        }
    }
    let (id, url) = (record.get("id"), record.get("url"));
    if let Some(known) = registry.source(id) {
        let message = format!("there is a source `{id}` already: {}", known.title());
        return Err(Failure::new(5, message).hint(format!("twin sources {id}")));
    }
    if let Some(known) = registry.sources().find(|known| !url.is_empty() && known.url() == url) {
        let message = format!("`{url}` is the address of the source `{}` already", known.id());
        return Err(Failure::new(5, message).hint(format!("twin sources {}", known.id())));
    }
    let mut draft = Draft::new(registry);
    draft.put(record);
    Ok(Proposal { plan: draft.plan(), ..Proposal::default() })
}
