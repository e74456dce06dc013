//! `twin claims`: what single sources say.

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::i18n::words;
use crate::report::claims;
use crate::report::field::table;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin claims Kuopio
  twin claims --format csv -o claims.csv")]
pub struct Args {
    /// A place; without one, all claims
    #[arg(value_name = "PLACE")]
    place: Option<String>,
    #[command(flatten)]
    pub output: Output,
}

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let context = session.context();
    let place = args.place.as_deref().map(|typed| session.find(typed, None)).transpose()?;
    let rows = claims::about(context, place.map(|place| place.id()));
    let fields = args.output.fields(claims::FIELDS, &claims::COLUMNS, session.shows_all())?;
    let read = args.place.as_deref().zip(place).and_then(|(typed, place)| session.read_as(typed, place));
    session.finish_table(words::claims(context.lang()), table(context, fields, rows, &[]), read.into_iter().collect())
}
