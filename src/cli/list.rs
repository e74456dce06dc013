//! `twin list`: partnerships.

use super::failure::Failure;
use super::filter::Filters;
use super::output::Output;
use super::session::Session;
use crate::export::Shown;
use crate::i18n::words;
use crate::report::{Answer, listing};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin list Kuopio                           its partners
  twin list Kuopio Bodø                      that pair
  twin list --country Russia --status suspended
  twin list Åbo --as-of 2021-12-31           as it stood then
  twin list \"Nizhny Novgorod\" --all          historic ones too
  twin list --region Pohjois-Savo --excel -o savo.csv
Fields: id, place, place_id, place_country, partner, partner_id, country, country_name, kind,
status, status_since, start, end, term, themes, sources, verified_on, note.")]
pub struct Args {
    /// Places, by any name, id, Wikidata id or national code; two or more list the pairs among them
    #[arg(value_name = "PLACE")]
    pub places: Vec<String>,
    #[command(flatten)]
    pub filters: Filters,
    #[command(flatten)]
    pub output: Output,
}

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let (filter, reads) = args.filters.resolve(session, &args.places)?;
    let context = session.on(filter.as_of);
    let selection = filter.select(session.registry);
    let fields = args.output.fields.as_deref();
    let answer = listing::listing(context, &filter, &selection, fields, session.shows_all())?;
    let notes = with_reads(answer.notes, reads);
    session
        .finish(Answer { shown: Some(Shown::Table(words::partnerships_heading(context.lang()), answer.shown)), notes })
}

/// Says how names were read beside what was found.
pub fn with_reads(mut notes: Vec<String>, reads: Vec<String>) -> Vec<String> {
    match notes.first_mut() {
        Some(first) if !reads.is_empty() => *first = format!("{first} {}", reads.join(" ")),
        _ => notes.extend(reads),
    }
    notes
}
