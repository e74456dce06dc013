//! `twin suspend`, `resume`, `end`, `keep`: changes of standing, of one pair or of all that a filter selects.

use std::ffi::OsString;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::Global;
use super::editing::{Editing, Edits, Proposal, Typed, edit};
use super::failure::Failure;
use super::filter::Filters;
use super::subject::no_partnership;
use crate::edit::status::{Decision, Verb, decide};
use crate::edit::{Change, Step};
use crate::model::{Acted, Truth};
use crate::query::Filter;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The two places of one partnership; without them all that the filters select
    #[arg(value_name = "PLACE", num_args = 0..=2)]
    places: Vec<String>,
    /// Since when: 2022-03-01, 1.3.2022, 2022-03, 2022 …
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    on: Typed,
    /// Which side acted: a is the side at home (or of the smaller id), b the other
    #[arg(long, value_name = "SIDE", value_parser = side())]
    by: Option<Acted>,
    /// The body that decided
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    body: String,
    /// What names the decision, such as “14.12.2022 § 103”
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    reference: String,
    /// When it comes up again
    #[arg(long, value_name = "DATE", value_parser = Typed::parse)]
    review_on: Option<Typed>,
    /// The source: its id, or a web address
    #[arg(long, value_name = "ID|URL")]
    cite: Option<String>,
    /// The date lies in the future: the event is written, the status is not
    #[arg(long)]
    planned: bool,
    /// All partnerships; without this a filter is wanted
    #[arg(long)]
    everything: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    edits: Edits,
}

fn side() -> impl TypedValueParser<Value = Acted> {
    PossibleValuesParser::new(Acted::WORDS).try_map(|word| Acted::parse(&word).ok_or("no such side"))
}

pub fn run(verb: Verb, args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    if args.places.len() == 1 {
        let message = "one place is no partnership; a bare name would be taken for one side of a pair";
        return Err(
            Failure::new(2, message).hint(format!("--place \"{}\" means all of its partnerships", args.places[0]))
        );
    }
    edit(global, &args.edits, typed, |editing| propose(verb, args, editing))
}

fn propose(verb: Verb, args: &Args, editing: &Editing<'_>) -> Result<Proposal, Failure> {
    let session = &editing.session;
    let (filter, notes) = args.filters.resolve(session, &args.places)?;
    if !args.places.is_empty() {
        let ([one, other], _) = editing.pair(&args.places, args.filters.within(session)?.as_deref())?;
        if filter.places.len() > 2 {
            return Err(Failure::new(2, "a pair is named already; `--place` does not go with it"));
        }
        if session.registry.partnership(one.id(), other.id()).is_none() {
            let context = session.context();
            return Err(no_partnership([context.name(one), context.name(other)]));
        }
    }
    if args.places.is_empty() && filter == Filter::default() && !args.everything {
        let message = "no filter says which partnerships are meant; nothing was written";
        return Err(Failure::new(6, message).hint("--country, --place, --region … choose some, --everything means all"));
    }
    let on = editing.date(&args.on);
    let is_future = on.by(editing.clock.today) == Truth::No;
    if is_future != args.planned {
        return Err(if is_future {
            let message = format!("`{on}` lies in the future; nothing was written");
            Failure::new(6, message).hint("--planned writes the event and leaves the status as it is until then")
        } else {
            Failure::new(
                6,
                format!("`{on}` does not lie in the future, so it is not to be planned; nothing was written"),
            )
        });
    }
    let mut sources = Vec::new();
    let decision = Decision {
        on: Some(on),
        by: args.by,
        body: editing.event_text("body", &args.body)?,
        reference: editing.event_text("reference", &args.reference)?,
        review_on: args.review_on.as_ref().map(|date| editing.date(date)),
        reason: editing.event_text("reason", &args.edits.reason)?,
        source: editing.cite(args.cite.as_deref(), &mut sources)?,
        planned: args.planned,
    };
    let (kinds, statuses) = (filter.kinds.clone(), filter.statuses.clone());
    let widest = Filter { kinds: Vec::new(), statuses: Vec::new(), all: true, ..filter };
    let selection = widest.select(session.registry);
    let context = session.on(None);
    let rows = &selection.rows;
    let (mut plan, left) = decide(session.registry, verb, &decision, rows, &kinds, &statuses);
    if !plan.is_empty() {
        plan.steps.extend(sources.into_iter().map(|source| Step(vec![Change { old: None, new: Some(source) }])));
    }
    let mut notes = notes;
    if rows.is_empty() {
        notes.extend(crate::report::empty::explain(context, &widest, &selection));
    } else {
        notes.extend(crate::report::listing::left_out(context, &widest, &selection));
    }
    Ok(Proposal { plan, left, kinds, notes, ..Proposal::default() })
}
