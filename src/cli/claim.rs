//! `twin claim`: what a single source says, and what becomes of it.

use std::ffi::OsString;

use super::Global;
use super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::failure::Failure;
use super::filter::parser;
use crate::edit::claim::{self, Accepted, EXISTS, NotAccepted, about, accept, withdraw};
use crate::edit::entry::enter;
use crate::edit::{Draft, Record, pair};
use crate::i18n::findings::verb;
use crate::i18n::typed::quoted;
use crate::i18n::words;
use crate::model::{Claim, Kind, Partnership, Status, Table};
use crate::query::find;

/// How many claims are named where several match.
const MOST_NAMED: usize = 8;

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add what a source says of a partnership
    #[command(after_help = "Examples:
  twin claim add Kuopio Pskov start 1967 --source pskov-ru --seen-on 2026-11-20
  twin claim add Helsinki Prague exists yes --source https://www.prague.eu/partners")]
    Add(Add),
    /// Accept a claim: it makes the partnership or sets the value, and leaves the table
    #[command(after_help = "Examples:
  twin claim accept Kuopio Pskov start --source pskov-ru
  twin claim accept Helsinki Prague exists --kind partner
A new partnership is active and gets all else that the same source claims of it. What stood in
the place of a value stays, as a claim of the best source of the partnership.")]
    Accept(Accept),
    /// Reject a claim: it leaves the table; the journal keeps it, and why
    #[command(after_help = "Example:
  twin claim reject Helsinki Prague exists --source wikidata-2017 --reason \"denied by hel.fi\"")]
    Reject(Reject),
}

/// The two places of a claim.
#[derive(Debug, clap::Args)]
struct Pair {
    /// One place
    #[arg(value_name = "PLACE")]
    one: String,
    /// The other place
    #[arg(value_name = "PLACE")]
    other: String,
    /// The country that a PLACE is meant to be in
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Add {
    #[command(flatten)]
    pair: Pair,
    /// What it is about: exists, or a column of partnerships
    #[arg(value_name = "FIELD")]
    field: String,
    /// What the source says; of exists, yes or no
    #[arg(value_name = "VALUE")]
    value: String,
    /// The source: its id, or a web address
    #[arg(long, value_name = "ID|URL")]
    source: String,
    /// When it said so
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    seen_on: Option<Typed>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    edits: Edits,
}

/// Which claim of two places is meant.
#[derive(Debug, clap::Args)]
struct Choice {
    #[command(flatten)]
    pair: Pair,
    /// What it is about, where they have several
    #[arg(value_name = "FIELD")]
    field: Option<String>,
    /// Whose it is, where several are
    #[arg(long, value_name = "ID")]
    source: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Accept {
    #[command(flatten)]
    choice: Choice,
    /// What the new partnership is, where the source does not claim it
    #[arg(long, value_name = "KIND", value_parser = parser(Kind::WORDS, Kind::parse))]
    kind: Option<Kind>,
    /// Who says what stands there now: a source's id, or a web address [default: the best source of the partnership]
    #[arg(long, value_name = "ID|URL")]
    recorded_by: Option<String>,
    #[command(flatten)]
    edits: Edits,
}

#[derive(Debug, clap::Args)]
pub struct Reject {
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(command: &Command, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    match command {
        Command::Add(args) => edit(global, &args.edits, typed, |editing| add(args, editing)),
        Command::Accept(args) => edit(global, &args.edits, typed, |editing| take_over(args, editing)),
        Command::Reject(args) => edit(global, &args.edits, typed, |editing| reject(args, editing)),
    }
}

/// Two places as they were found.
struct Found {
    /// Their ids, in canonical order.
    ids: [String; 2],
    /// Their names, in the order they were typed.
    names: [String; 2],
    notes: Vec<String>,
}

impl Found {
    fn of(editing: &Editing<'_>, pair: &Pair) -> Result<Found, Failure> {
        let (registry, context) = (editing.session.registry, editing.session.context());
        let typed = [pair.one.clone(), pair.other.clone()];
        let ([one, other], notes) = editing.pair(&typed, editing.within(pair.within.as_deref())?)?;
        let ids = pair::ordered(registry, one, other).map(str::to_owned);
        Ok(Found { ids, names: [one, other].map(|place| context.name(place).to_owned()), notes })
    }

    fn ids(&self) -> [&str; 2] {
        [&self.ids[0], &self.ids[1]]
    }

    fn title(&self) -> String {
        self.names.join(" – ")
    }

    /// Returns their names as they are typed in a command.
    fn typed(&self) -> String {
        self.names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(" ")
    }
}

fn add(args: &Add, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let registry = editing.session.registry;
    let found = Found::of(editing, &args.pair)?;
    let value = claim::value(registry, &args.field, args.value.trim())?;
    let mut sources = Vec::new();
    let source = editing.cite(Some(&args.source), &mut sources)?;
    let is_it = |claim: &Claim<'_>| claim.field() == args.field && claim.source() == source;
    if let Some(known) = about(registry, found.ids()).into_iter().find(is_it) {
        if known.value() == value {
            return Ok(Proposal { notes: found.notes, ..Proposal::default() });
        }
        let message = format!("{}: {} is claimed already", found.title(), said(known));
        let hint = format!("twin claim reject {} {} --source {source}", found.typed(), args.field);
        return Err(Failure::new(5, message).hint(hint));
    }
    let mut record = Record::new(Table::Claims)
        .with("a", found.ids[0].as_str())
        .with("b", found.ids[1].as_str())
        .with("field", args.field.as_str())
        .with("value", value)
        .with("source", source);
    if let Some(seen_on) = &args.seen_on {
        record.set("seen_on", editing.past(seen_on)?.to_string());
    }
    enter(&mut record, "note", args.note.as_deref().unwrap_or_default())?;
    let mut draft = Draft::new(registry);
    draft.put(record);
    draft.also(sources);
    Ok(Proposal { plan: draft.plan(), notes: found.notes, ..Proposal::default() })
}

fn take_over(args: &Accept, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let (registry, lang) = (editing.session.registry, editing.session.context().lang());
    let found = Found::of(editing, &args.choice.pair)?;
    let meant = chosen(editing, &found, &args.choice, "accept")?;
    if args.kind.is_some() && meant.field() != EXISTS {
        let message = format!("{} is no claim that there is a partnership, so `--kind` says nothing", said(meant));
        return Err(Failure::new(2, message));
    }
    let mut sources = Vec::new();
    let recorded_by = args.recorded_by.as_deref().map(|cited| editing.cite(Some(cited), &mut sources)).transpose()?;
    let existing = registry.partnership(&found.ids[0], &found.ids[1]);
    if let (Some(wanted), Some(kind)) =
        (args.kind, existing.and_then(Partnership::kind).filter(|kind| Some(*kind) != args.kind))
    {
        let message = format!("{}: there is a partnership already; its kind is `{}`", found.title(), kind.word());
        let hint = format!("twin set {} kind={}", found.typed(), wanted.word());
        return Err(Failure::new(5, message).hint(hint));
    }
    let mut draft = Draft::new(registry);
    let accepted = accept(&mut draft, found.ids(), meant, args.kind, recorded_by.as_deref());
    let accepted = accepted.map_err(|error| not_accepted(error, &found, meant, existing.is_some()))?;
    let mut notes = found.notes;
    match accepted {
        Accepted::Known => notes.push(words::recorded_so(lang, meant.field(), meant.value())),
        Accepted::Made(left) => {
            let left = left.iter().map(|claim| format!("{} {}", claim.get("field"), claim.get("value")));
            let left: Vec<String> = left.collect();
            if !left.is_empty() {
                notes.push(words::not_followed(lang, meant.source(), &left.join(", ")));
            }
        }
        Accepted::Set => draft.also(sources),
    }
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}

fn reject(args: &Reject, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let found = Found::of(editing, &args.choice.pair)?;
    let meant = chosen(editing, &found, &args.choice, "reject")?;
    let mut draft = Draft::new(editing.session.registry);
    withdraw(&mut draft, meant);
    Ok(Proposal { plan: draft.plan(), notes: found.notes, ..Proposal::default() })
}

/// Finds the one claim that is meant; `verb` is what is to be done to it.
fn chosen<'r>(editing: &Editing<'r>, found: &Found, choice: &Choice, verb: &str) -> Result<Claim<'r>, Failure> {
    let registry = editing.session.registry;
    let all = about(registry, found.ids());
    let source = match choice.source.as_deref() {
        // What a table says of a source that is not there can be named all the same.
        Some(typed) if all.iter().all(|claim| claim.source() != typed) => Some(find::source(registry, typed)?.id()),
        typed => typed,
    };
    let is_meant = |claim: &&Claim<'_>| {
        choice.field.as_deref().is_none_or(|field| claim.field() == field)
            && source.is_none_or(|source| claim.source() == source)
    };
    let meant: Vec<Claim<'r>> = all.iter().filter(is_meant).copied().collect();
    let list = format!("twin claims {}", quoted(&found.names[0]));
    match meant[..] {
        [one] => Ok(one),
        [first, ..] => {
            let message = format!("{}: several claims match: {}", found.title(), named(&meant));
            let (field, source) = (first.field(), first.source());
            let hint = format!("twin claim {verb} {} {field} --source {source}", found.typed());
            Err(Failure::new(4, message).hint(hint))
        }
        [] if all.is_empty() => {
            Err(Failure::new(4, format!("{}: no source claims anything", found.title())).hint(list))
        }
        [] => {
            let message = format!("{}: no claim matches; there is {}", found.title(), named(&all));
            Err(Failure::new(4, message).hint(list))
        }
    }
}

fn said(claim: Claim<'_>) -> String {
    format!("{} `{}` ({})", claim.field(), claim.value(), claim.source())
}

fn named(claims: &[Claim<'_>]) -> String {
    let first: Vec<String> = claims.iter().take(MOST_NAMED).map(|claim| said(*claim)).collect();
    match claims.len().saturating_sub(MOST_NAMED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Says why a claim is not taken over, and what is to be done instead.
fn not_accepted(error: NotAccepted, found: &Found, meant: Claim<'_>, exists: bool) -> Failure {
    let (title, pair, said) = (found.title(), found.typed(), said(meant));
    let accept = format!("twin claim accept {pair} {}", meant.field());
    let source = meant.source();
    match error {
        NotAccepted::Denial if !exists => {
            let message = format!("{title}: there is no partnership, as {said} says");
            Failure::new(2, message).hint(format!("twin claims {}", quoted(&found.names[0])))
        }
        NotAccepted::Denial => {
            let message = format!("{title}: {said} is not accepted by itself: that it ended, or never was, is decided");
            Failure::new(2, message).hint(format!("twin end {pair} --on DATE, or twin remove {pair}"))
        }
        NotAccepted::Decided => {
            let verb = verb(Status::parse(meant.value()).unwrap_or(Status::Historic));
            let date = if meant.field() == "end" { meant.value() } else { "DATE" };
            let message = format!("{title}: {said} is not accepted by itself: the decision would be missing");
            Failure::new(2, message).hint(format!("twin {verb} {pair} --on {date} --cite {source}"))
        }
        NotAccepted::NoKind => {
            let message = format!("{title}: `{source}` does not say what kind of partnership it is");
            Failure::new(2, message).hint(format!("{accept} --source {source} --kind twin"))
        }
        NotAccepted::NoPartnership => {
            let message = format!("{title}: there is no partnership whose {} could be set", meant.field());
            Failure::new(4, message).hint(format!("twin claim accept {pair} {EXISTS}"))
        }
        NotAccepted::Unrecorded(old) => {
            let message = format!(
                "{title}: no other source of the partnership can be named for {} `{old}`, which stands there now",
                meant.field()
            );
            Failure::new(6, message).hint(format!("{accept} --source {source} --recorded-by SOURCE"))
        }
        NotAccepted::Taken(taken) => {
            let message = format!("{title}: `{taken}` claims another {} than stands there now", meant.field());
            Failure::new(5, message).hint(format!("twin claims {}", quoted(&found.names[0])))
        }
        NotAccepted::Field(error) => error.into(),
    }
}
