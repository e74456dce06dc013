//! `twin contact`: whom to ask. Who that is never stands in the journal's text of a command, nor on the screen.

use std::ffi::OsString;

use super::Global;
use super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::failure::Failure;
use crate::edit::contact::{find, retired, vacant};
use crate::edit::entry::enter;
use crate::edit::{Draft, Record, contact};
use crate::i18n::typed::quoted;
use crate::i18n::words;
use crate::model::{Contact, Municipality, Table};

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a contact; a retired one is filled anew
    #[command(after_help = "Example:
  twin contact add Kuopio --role \"International affairs\" --topic \"Sister cities\" --email kirjaamo@kuopio.fi
Who it is stands in the table and, until the contact is retired, in the journal. No command but
twin contacts shows it.")]
    Add(Add),
    /// Retire a contact: name, e-mail and telephone are wiped from the table and the journal
    #[command(after_help = "Example:
  twin contact retire Kuopio \"International affairs\" --on 2026-11-01
What is wiped stays wiped, also when the operation is taken back. Git history, plans kept with
--save-plan and other copies are not rewritten.")]
    Retire(Retire),
}

#[derive(Debug, clap::Args)]
pub struct Add {
    /// The place
    #[arg(value_name = "PLACE")]
    place: String,
    /// What they do
    #[arg(long, value_name = "TEXT")]
    role: String,
    /// Who it is; better left out where the role can be reached
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// What to ask them about
    #[arg(long, value_name = "TEXT")]
    topic: Option<String>,
    /// Where to write to; an address of the role (kirjaamo@kuopio.fi) is better than one of a person, for it outlasts
    /// them
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Where to call
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    phone: Option<String>,
    /// Since when
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    since: Option<Typed>,
    #[command(flatten)]
    edits: Edits,
}

#[derive(Debug, clap::Args)]
pub struct Retire {
    /// The place
    #[arg(value_name = "PLACE")]
    place: String,
    /// The role
    #[arg(value_name = "ROLE")]
    role: String,
    /// Since when they are it no more
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    on: Typed,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(command: &Command, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    match command {
        Command::Add(args) => edit(global, &args.edits, &discreet(typed), |editing| add(args, editing)),
        Command::Retire(args) => edit(global, &args.edits, typed, |editing| retire(args, editing)),
    }
}

/// Returns a command as the journal may keep it: without the values that say who somebody is.
fn discreet(typed: &[OsString]) -> Vec<OsString> {
    let mut is_value = false;
    let word = |word: &OsString| {
        let text = word.to_string_lossy();
        let (option, value) = text.split_once('=').map_or((&*text, None), |(option, value)| (option, Some(value)));
        let is_personal = option.strip_prefix("--").is_some_and(|name| contact::PERSONAL.contains(&name));
        if std::mem::replace(&mut is_value, is_personal && value.is_none()) {
            return "…".into();
        }
        if is_personal && value.is_some() { format!("{option}=…").into() } else { word.clone() }
    };
    typed.iter().map(word).collect()
}

fn add(args: &Add, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let (session, registry) = (&editing.session, editing.session.registry);
    let place = session.find(&args.place, None)?;
    let name = session.context().name(place);
    let known = find(registry, place.id(), &args.role);
    if let Some(known) = known.filter(|known| known.until().is_none()) {
        let message = format!("{name} has a contact `{}` already", known.role());
        let hint = format!("twin contact retire {} {} --on DATE", quoted(name), quoted(known.role()));
        return Err(Failure::new(5, message).hint(hint));
    }
    let mut record = match known {
        Some(known) => vacant(known),
        None => Record::new(Table::Contacts).with("subject", place.id()),
    };
    if known.is_none() {
        enter(&mut record, "role", &args.role)?;
    }
    let texts = [("name", &args.name), ("topic", &args.topic), ("email", &args.email), ("phone", &args.phone)];
    for (column, text) in texts.into_iter().filter_map(|(column, text)| Some((column, text.as_deref()?))) {
        enter(&mut record, column, text)?;
    }
    if let Some(since) = &args.since {
        record.set("since", editing.past(since)?.to_string());
    }
    Ok(proposal(editing, record, session.read_as(&args.place, place)))
}

fn retire(args: &Retire, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let (session, registry) = (&editing.session, editing.session.registry);
    let place = session.find(&args.place, None)?;
    let Some(known) = find(registry, place.id(), &args.role) else {
        return Err(no_contact(editing, place, &args.role));
    };
    let on = editing.past(&args.on)?;
    let mut proposal = proposal(editing, retired(known, &on.to_string()), session.read_as(&args.place, place));
    if let (true, Some(until)) = (proposal.plan.is_empty(), known.until()) {
        let lang = session.context().lang();
        proposal.notes.push(words::was_retired(lang, known.role(), session.context().name(place), &until.to_string()));
    }
    Ok(proposal)
}

/// Proposes a record of a contact. What has changed meanwhile is not merged, for that would tell what it was.
fn proposal(editing: &Editing<'_>, record: Record, read: Option<String>) -> Proposal {
    let mut draft = Draft::new(editing.session.registry);
    draft.put(record);
    Proposal { plan: draft.plan(), notes: read.into_iter().collect(), exact: true, ..Proposal::default() }
}

/// Says that a place has no such contact, and which ones it has.
fn no_contact(editing: &Editing<'_>, place: Municipality<'_>, role: &str) -> Failure {
    let name = editing.session.context().name(place);
    let grid = editing.session.registry.grid(Table::Contacts);
    let others: Vec<String> = grid.range(&[place.id()]).map(|row| format!("`{}`", Contact::from(row).role())).collect();
    let there_is = if others.is_empty() { "none at all".to_owned() } else { others.join(", ") };
    Failure::new(4, format!("{name} has no contact `{role}`; there is {there_is}"))
        .hint(format!("twin contacts {}", quoted(name)))
}
