//! `twin show`: one sheet about a place, or about a partnership.

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::export::Shown;
use crate::model::PartialDate;
use crate::query::find;
use crate::report::{Answer, pair, place};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin show Helsinki
  twin show Kuopio Bodø                      the partnership: history, decisions, sources
  twin show Kirovsk --in RU
  twin show Kuopio --lang fi --format markdown -o kuopio.md")]
pub struct Args {
    /// A place, or the two of a partnership
    #[arg(value_name = "PLACE", num_args = 1..=2, required = true)]
    places: Vec<String>,
    /// The country that a PLACE is meant to be in
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    /// As the registry stood that day; of a month or a year, its last day
    #[arg(long, value_name = "DATE", value_parser = PartialDate::parse)]
    as_of: Option<PartialDate>,
    #[command(flatten)]
    pub output: Output,
}

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    args.output.check_sheet()?;
    let within = match &args.within {
        Some(typed) => Some(find::country(session.registry, typed)?.code()),
        None => None,
    };
    let mut places = Vec::new();
    let mut reads = Vec::new();
    for typed in &args.places {
        let found = find::municipality(session.registry, typed, within)?;
        reads.extend(session.read_as(typed, found));
        places.push(found);
    }
    let context = session.on(args.as_of.map(PartialDate::latest));
    let answer = match places[..] {
        [one, other] => {
            let Answer { shown, notes } = pair::sheet(context, one, other);
            Answer { shown: shown.map(Shown::Sheet), notes }
        }
        _ => {
            let Answer { shown, notes } = place::sheet(context, places[0]);
            Answer { shown: Some(Shown::Sheet(shown)), notes }
        }
    };
    reads.extend(answer.notes);
    session.finish(Answer { shown: answer.shown, notes: reads })
}
