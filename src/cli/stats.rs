//! `twin stats`: counts.

use super::failure::Failure;
use super::filter::{Filters, one_of};
use super::output::Output;
use super::session::Session;
use crate::export::Shown;
use crate::i18n::words;
use crate::report::statistics::{By, statistics};
use crate::report::{Answer, empty};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin stats                                 by kind, with coverage
  twin stats --by country
  twin stats --by decade --all
  twin stats --by region --country SE")]
pub struct Args {
    /// What to count by
    #[arg(long, value_name = "WHAT", default_value = "kind", value_parser = one_of(&BY))]
    by: By,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    pub output: Output,
}

const BY: [(&str, By); 6] = [
    ("country", By::Country),
    ("status", By::Status),
    ("kind", By::Kind),
    ("region", By::Region),
    ("decade", By::Decade),
    ("municipality", By::Municipality),
];

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let (filter, reads) = args.filters.resolve(session, &[])?;
    let context = session.on(filter.as_of);
    let selection = filter.select(session.registry);
    let Answer { shown, mut notes } = statistics(context, &filter, &selection, args.by, session.shows_all());
    if shown.is_empty() {
        notes = empty::explain(context, &filter, &selection);
    }
    notes.extend(reads);
    session.finish(Answer { shown: Some(Shown::Table(words::counts(context.lang()), shown)), notes })
}
