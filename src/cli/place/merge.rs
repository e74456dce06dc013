//! `twin place merge` and `dissolve`: municipalities that are no more, with a decision for each of their partnerships.

use std::ffi::OsString;

use super::super::Global;
use super::super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::super::failure::Failure;
use super::super::session::Session;
use super::fates::{Wish, fates};
use super::still_there;
use crate::edit::Draft;
use crate::edit::merger::Merging;
use crate::edit::status::Decision;
use crate::i18n::words;
use crate::model::Municipality;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin place merge Kuusankoski --into Kouvola --on 2009-01-01 --carry Vologda --end all
  twin place merge Ekenäs Karis Pohja --into Raseborg --on 1.1.2009 --carry all --dry-run
  twin place merge Ii --into Oulu --into Simo --on 2024 --carry \"Bodø=Oulu\" --undecided all
PARTNER means the partnership of each dissolved municipality with it, \"Ekenäs~Bodø\" only that one;
all means those not named otherwise. With several --into, --carry says where a partnership goes:
\"Bodø=Oulu\", \"all=Oulu\".")]
pub struct MergeArgs {
    /// The municipalities as they were; those not among --into are dissolved
    #[arg(value_name = "PLACE", required = true)]
    places: Vec<String>,
    /// What they become; may be repeated
    #[arg(long, value_name = "PLACE", required = true)]
    into: Vec<String>,
    /// The partners whose partnerships the successor goes on with
    #[arg(long, value_name = "PARTNER", num_args = 1..)]
    carry: Vec<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  twin place dissolve Taka-Ii --on 31.12.2024 --end all --body Kunnanvaltuusto
PARTNER is a partner; all means those not named otherwise.")]
pub struct DissolveArgs {
    /// The municipality
    #[arg(value_name = "PLACE")]
    place: String,
    #[command(flatten)]
    common: Common,
}

/// What both commands want to know.
#[derive(Debug, clap::Args)]
struct Common {
    /// From when on
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    on: Typed,
    /// The partners whose partnerships end
    #[arg(long, value_name = "PARTNER", num_args = 1..)]
    end: Vec<String>,
    /// The partners whose partnerships nobody has decided on
    #[arg(long, value_name = "PARTNER", num_args = 1..)]
    undecided: Vec<String>,
    /// The body that decided
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    body: String,
    /// What names the decision, such as “14.12.2022 § 103”
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reference: String,
    /// The source: its id, or a web address
    #[arg(long, value_name = "ID|URL")]
    cite: Option<String>,
    #[command(flatten)]
    edits: Edits,
}

pub fn merge(args: &MergeArgs, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    let MergeArgs { places, into, carry, common } = args;
    edit(global, &common.edits, typed, |editing| propose([places, into], carry, common, editing, typed))
}

pub fn dissolve(args: &DissolveArgs, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    let DissolveArgs { place, common } = args;
    edit(global, &common.edits, typed, |editing| {
        propose([std::slice::from_ref(place), &[]], &[], common, editing, typed)
    })
}

fn propose(
    [places, into]: [&[String]; 2],
    carry: &[String],
    common: &Common,
    editing: &Editing<'_>,
    typed: &[OsString],
) -> Result<Proposal, Failure> {
    let session = &editing.session;
    let registry = session.registry;
    let mut notes = Vec::new();
    let merging = Merging { merged: all_of(session, places, &mut notes)?, into: all_of(session, into, &mut notes)? };
    merging.merged.iter().chain(&merging.into).try_for_each(|place| still_there(session, *place))?;
    if !merging.is_real() {
        let message = format!("{} into itself alone is no merger", places.join(", "));
        return Err(Failure::new(2, message).hint("--into names another place, the successor"));
    }
    let on = editing.past(&common.on)?;
    let wishes = [(Wish::Carry, carry), (Wish::End, &common.end), (Wish::Undecided, &common.undecided)];
    let decided = fates(session, &merging, &wishes, typed)?;
    let mut sources = Vec::new();
    let decision = Decision {
        on: Some(on),
        body: editing.event_text("body", &common.body)?,
        reference: editing.event_text("reference", &common.reference)?,
        reason: editing.event_text("reason", &common.edits.reason)?,
        source: editing.cite(common.cite.as_deref(), &mut sources)?,
        ..Decision::default()
    };
    let mut draft = Draft::new(registry);
    merging.carry_out(&mut draft, &decision, &decided);
    draft.also(sources);
    merging.dissolved().for_each(|place| left(session, place, &mut notes));
    Ok(Proposal { plan: draft.plan(), notes, ..Proposal::default() })
}

/// Finds places, each once, and says how their names were read.
fn all_of<'r>(
    session: &Session<'r>,
    typed: &'r [String],
    notes: &mut Vec<String>,
) -> Result<Vec<Municipality<'r>>, Failure> {
    let mut all: Vec<Municipality<'r>> = Vec::new();
    for name in typed {
        let place = session.find(name, None)?;
        if all.iter().all(|known| known.id() != place.id()) {
            notes.extend(session.read_as(name, place));
            all.push(place);
        }
    }
    Ok(all)
}

/// Names what of a dissolved municipality is left as it is: memberships and contacts that have not ended.
fn left<'r>(session: &Session<'r>, place: Municipality<'r>, notes: &mut Vec<String>) {
    let (registry, context) = (session.registry, session.context());
    let (lang, name) = (context.lang(), context.name(place));
    let members = registry.members().filter(|member| member.municipality() == place.id() && member.until().is_none());
    let networks: Vec<&str> = members
        .map(|member| registry.network(member.network()).map_or(member.network(), |network| network.name()))
        .collect();
    if !networks.is_empty() {
        notes.push(words::still_member(lang, name, &networks.join(", ")));
    }
    let contacts = registry.contacts().filter(|contact| contact.subject() == place.id() && contact.until().is_none());
    let roles: Vec<&str> = contacts.map(|contact| contact.role()).collect();
    if !roles.is_empty() {
        notes.push(words::contacts_left(lang, name, &roles.join(", ")));
    }
}
