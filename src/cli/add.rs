//! `twin add`: a partnership that was not there.

use std::ffi::OsString;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::Global;
use super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::failure::Failure;
use crate::edit::pair::{fellow_memberships, ordered};
use crate::edit::{Draft, Record, field};
use crate::i18n::typed::quoted;
use crate::i18n::words;
use crate::model::{Kind, Status, Table};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin add Kuopio Pskov --kind twin --start 1967
  twin add Helsinki Prague --kind partner --term 2024/2027 --cite https://www.hel.fi/prague
A place that is not in the registry yet is added first: twin place add.")]
pub struct Args {
    /// The two places
    #[arg(value_name = "PLACE", num_args = 2, required = true)]
    places: Vec<String>,
    /// The country that a PLACE is meant to be in
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    /// What it is
    #[arg(long, value_name = "KIND", value_parser = kind())]
    kind: Kind,
    /// When it began
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    start: Option<Typed>,
    /// When it ended, if it is historic
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    end: Option<Typed>,
    /// For how long it is agreed: 2022/2029 or 2022/..
    #[arg(long, value_name = "FROM/TO")]
    term: Option<String>,
    /// A theme; may be repeated
    #[arg(long, value_name = "TEXT")]
    theme: Vec<String>,
    /// When a dated official page last attested it
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    verified_on: Option<Typed>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The source: its id, or a web address; may be repeated
    #[arg(long, value_name = "ID|URL")]
    cite: Vec<String>,
    #[command(flatten)]
    edits: Edits,
}

/// Returns the parser of a kind.
fn kind() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::WORDS).try_map(|word| Kind::parse(&word).ok_or("no such kind"))
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, |editing| propose(args, editing))
}

fn propose(args: &Args, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let session = &editing.session;
    let registry = session.registry;
    let context = session.context();
    let ([one, other], mut notes) = editing.pair(&args.places, editing.within(args.within.as_deref())?)?;
    let names = [one, other].map(|place| context.name(place));
    let [a, b] = ordered(registry, one, other);
    if registry.partnership(a, b).is_some() {
        let message = format!("{} and {} have a partnership already", names[0], names[1]);
        let [one, other] = names.map(quoted);
        return Err(Failure::new(5, message).hint(format!("twin show {one} {other}")));
    }
    for network in fellow_memberships(registry, a, b) {
        notes.push(words::fellow_members(context.lang(), names[0], names[1], network.name()));
    }
    let mut sources = Vec::new();
    let mut record = Record::new(Table::Partnerships)
        .with("a", a)
        .with("b", b)
        .with("kind", args.kind.word())
        .with("status", if args.end.is_some() { Status::Historic } else { Status::Active }.word());
    for (column, date) in [("start", &args.start), ("end", &args.end), ("verified_on", &args.verified_on)] {
        if let Some(typed) = date {
            record.set(column, editing.past(typed)?.to_string());
        }
    }
    let grid = registry.grid(Table::Partnerships);
    let texts = [("term", args.term.clone()), ("themes", Some(args.theme.join(";"))), ("note", args.note.clone())];
    for (column, text) in texts {
        field::set(&mut record, grid, column, &text.unwrap_or_default())?;
    }
    for cited in &args.cite {
        record.add_to("sources", &editing.cite(Some(cited), &mut sources)?);
    }
    let mut draft = Draft::new(registry);
    draft.put(record);
    draft.also(sources);
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}
