//! `twin network`: chains, networks, associations and offices, and who is in them.

use std::ffi::OsString;

use super::Global;
use super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::failure::Failure;
use super::filter::parser;
use crate::edit::entry::enter;
use crate::edit::{Draft, Record, network, slug};
use crate::i18n::typed::quoted;
use crate::i18n::words;
use crate::model::{Member, Municipality, Network, NetworkType, PartialDate, Table};
use crate::query::find;

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a network
    #[command(after_help = "Examples:
  twin network add \"Baltic Metropoles\" --type network --website https://www.baltmet.org
  twin network add \"Helsinki EU Office\" --type office --seat Brussels")]
    Add(Add),
    /// Let a place join a network; who has left before joins again
    #[command(after_help = "Examples:
  twin network join Douzelage Asikkala --since 2016
  twin network join \"Helsinki EU Office\" Lahti --cite https://www.helsinki.eu/members")]
    Join(Join),
    /// Let a place leave a network
    #[command(after_help = "Example:
  twin network leave Douzelage Karkkila --on 2016")]
    Leave(Leave),
    /// Close a network: it ends, and with it the memberships that have not ended
    #[command(after_help = "Example:
  twin network close \"Helsinki Centre in St. Petersburg\" --on 2022-03")]
    Close(Close),
}

#[derive(Debug, clap::Args)]
pub struct Add {
    /// What it is called
    #[arg(value_name = "NAME")]
    name: String,
    /// What it is
    #[arg(long = "type", value_name = "TYPE", value_parser = parser(NetworkType::WORDS, NetworkType::parse))]
    network_type: NetworkType,
    /// Its id [default: the name in small letters, with hyphens]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Where it has its seat
    #[arg(long, value_name = "PLACE")]
    seat: Option<String>,
    /// For how long it is agreed: 2022/2029 or 2022/..
    #[arg(long, value_name = "FROM/TO")]
    term: Option<String>,
    /// Since when there is one
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    since: Option<Typed>,
    /// Its address on the web
    #[arg(long, value_name = "URL")]
    website: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The source: its id, or a web address; may be repeated
    #[arg(long, value_name = "ID|URL")]
    cite: Vec<String>,
    #[command(flatten)]
    edits: Edits,
}

#[derive(Debug, clap::Args)]
pub struct Join {
    /// The network, by id or name
    #[arg(value_name = "NETWORK")]
    network: String,
    /// The place
    #[arg(value_name = "PLACE")]
    place: String,
    /// What it is in the network [default: member; of an office, represented]
    #[arg(long, value_name = "TEXT")]
    role: Option<String>,
    /// Since when
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    since: Option<Typed>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The source: its id, or a web address; may be repeated
    #[arg(long, value_name = "ID|URL")]
    cite: Vec<String>,
    #[command(flatten)]
    edits: Edits,
}

#[derive(Debug, clap::Args)]
pub struct Leave {
    /// The network, by id or name
    #[arg(value_name = "NETWORK")]
    network: String,
    /// The place
    #[arg(value_name = "PLACE")]
    place: String,
    /// When it left
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    on: Typed,
    #[command(flatten)]
    edits: Edits,
}

#[derive(Debug, clap::Args)]
pub struct Close {
    /// The network, by id or name
    #[arg(value_name = "NETWORK")]
    network: String,
    /// When it ended
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    on: Typed,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(command: &Command, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    match command {
        Command::Add(args) => edit(global, &args.edits, typed, |editing| add(args, editing)),
        Command::Join(args) => edit(global, &args.edits, typed, |editing| join(args, editing)),
        Command::Leave(args) => edit(global, &args.edits, typed, |editing| leave(args, editing)),
        Command::Close(args) => edit(global, &args.edits, typed, |editing| close(args, editing)),
    }
}

fn add(args: &Add, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let (session, registry) = (&editing.session, editing.session.registry);
    let id = args.id.clone().unwrap_or_else(|| slug(&args.name));
    if id.is_empty() && args.id.is_none() {
        let message = format!("no id can be made of `{}`, for it has no letters from a to z and no digits", args.name);
        let hint = format!("twin network add {} --type {} --id ID", quoted(&args.name), args.network_type.word());
        return Err(Failure::new(2, message).hint(hint));
    }
    if let Some(known) = registry.network(&id) {
        let message = format!("there is a network `{id}` already: {}", known.name());
        return Err(Failure::new(5, message).hint(format!("twin networks {id}")));
    }
    let (mut notes, mut sources) = (Vec::new(), Vec::new());
    let mut record = Record::new(Table::Networks);
    let texts = [("term", &args.term), ("website", &args.website), ("note", &args.note)];
    let texts = texts.into_iter().filter_map(|(column, text)| Some((column, text.as_deref()?)));
    let required = [("id", &*id), ("name", &*args.name), ("type", args.network_type.word())];
    for (column, text) in required.into_iter().chain(texts) {
        enter(&mut record, column, text)?;
    }
    if let Some(typed) = &args.seat {
        let seat = session.find(typed, None)?;
        notes.extend(session.read_as(typed, seat));
        record.set("seat", seat.id());
    }
    if let Some(since) = &args.since {
        record.set("since", editing.past(since)?.to_string());
    }
    for cited in &args.cite {
        record.add_to("sources", &editing.cite(Some(cited), &mut sources)?);
    }
    let mut draft = Draft::new(registry);
    draft.put(record);
    draft.also(sources);
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}

fn join(args: &Join, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let registry = editing.session.registry;
    let (joined, place, notes) = found(editing, &args.network, &args.place)?;
    let name = editing.session.context().name(place);
    let hint = format!("twin networks {}", joined.id());
    if let Some(until) = joined.until() {
        return Err(Failure::new(5, format!("{} was closed in `{until}`", joined.name())).hint(hint));
    }
    let known = member(editing, joined, place);
    if known.is_some_and(network::is_current) {
        return Err(Failure::new(5, format!("{name} is in {} already", joined.name())).hint(hint));
    }
    let since = args.since.as_ref().map(|since| editing.past(since)).transpose()?;
    let mut draft = Draft::new(registry);
    let since = since.map(|since| since.to_string()).unwrap_or_default();
    let mut record = network::join(&mut draft, joined.id(), place.id(), &since);
    let usual = record.get("role").is_empty().then(|| network::usual_role(joined).to_owned());
    for (column, text) in [("role", args.role.clone().or(usual)), ("note", args.note.clone())] {
        if let Some(text) = text {
            enter(&mut record, column, &text)?;
        }
    }
    let mut sources = Vec::new();
    for cited in &args.cite {
        record.add_to("sources", &editing.cite(Some(cited), &mut sources)?);
    }
    draft.put(record);
    draft.also(sources);
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}

fn leave(args: &Leave, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let (registry, context) = (editing.session.registry, editing.session.context());
    let (left, place, mut notes) = found(editing, &args.network, &args.place)?;
    let name = context.name(place);
    let Some(known) = member(editing, left, place) else { return Err(no_member(editing, left, place)) };
    let mut draft = Draft::new(registry);
    if let Some(until) = known.until() {
        notes.push(words::has_left(context.lang(), name, left.name(), &until.to_string()));
    } else {
        let on = editing.past(&args.on)?;
        if network::is_before(on, known.since()) {
            return Err(too_early(on, known, name));
        }
        draft.put(Record::of(known.row()).with("until", on.to_string()));
    }
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}

fn close(args: &Close, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let (registry, context) = (editing.session.registry, editing.session.context());
    let (closed, mut notes) = found_network(editing, &args.network)?;
    let mut draft = Draft::new(registry);
    if let Some(until) = closed.until() {
        notes.push(words::was_closed(context.lang(), closed.name(), &until.to_string()));
    } else {
        let on = editing.past(&args.on)?;
        if let Some(since) = closed.since().filter(|since| network::is_before(on, Some(*since))) {
            let message = format!("`{on}` lies before `{since}`, when {} began", closed.name());
            return Err(Failure::new(2, message));
        }
        let late = network::close(&mut draft, closed, on);
        late.map_err(|member| too_early(on, member, context.name_of(member.municipality())))?;
    }
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}

/// Finds a network and a place, and says how they were read.
fn found<'r>(
    editing: &Editing<'r>,
    network: &'r str,
    place: &'r str,
) -> Result<(Network<'r>, Municipality<'r>, Vec<String>), Failure> {
    let (network, mut notes) = found_network(editing, network)?;
    let found = editing.session.find(place, None)?;
    notes.extend(editing.session.read_as(place, found));
    Ok((network, found, notes))
}

fn found_network<'r>(editing: &Editing<'r>, typed: &'r str) -> Result<(Network<'r>, Vec<String>), Failure> {
    let network = find::network(editing.session.registry, typed)?;
    let is_as_typed = [network.id(), network.name()].contains(&typed);
    let lang = editing.session.context().lang();
    let read = (!is_as_typed).then(|| words::read_as(lang, typed, network.name(), network.id()));
    Ok((network, read.into_iter().collect()))
}

fn member<'r>(editing: &Editing<'r>, network: Network<'r>, place: Municipality<'r>) -> Option<Member<'r>> {
    editing.session.registry.members_of(network.id()).find(|member| member.municipality() == place.id())
}

/// Says that a place is not in a network, and what it is in.
fn no_member(editing: &Editing<'_>, network: Network<'_>, place: Municipality<'_>) -> Failure {
    let (registry, name) = (editing.session.registry, editing.session.context().name(place));
    let own = registry.members().filter(|member| member.municipality() == place.id() && network::is_current(*member));
    let others: Vec<&str> =
        own.map(|own| registry.network(own.network()).map_or(own.network(), |network| network.name())).collect();
    let others =
        if others.is_empty() { "nor in any other".to_owned() } else { format!("it is in {}", others.join(", ")) };
    let message = format!("{name} is not in {}; {others}", network.name());
    Failure::new(4, message).hint(format!("twin networks {}", network.id()))
}

/// Says that somebody is to have left before they joined.
fn too_early(on: PartialDate, member: Member<'_>, name: &str) -> Failure {
    let since = member.since().map(|since| since.to_string()).unwrap_or_default();
    Failure::new(2, format!("`{on}` lies before `{since}`, when {name} joined"))
}
