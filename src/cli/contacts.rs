//! `twin contacts`: whom to ask. The only command that shows personal data.

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::i18n::words;
use crate::report::field::table;
use crate::report::records;

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  twin contacts Kuopio")]
pub struct Args {
    /// The place
    #[arg(value_name = "PLACE")]
    place: String,
    #[command(flatten)]
    pub output: Output,
}

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let context = session.context();
    let place = session.find(&args.place, None)?;
    let rows = records::contacts_of(context, place.id());
    let fields =
        args.output.fields(records::CONTACTS, &records::contact_columns(context, &rows), session.shows_all())?;
    session.finish_table(
        words::contacts(context.lang()),
        table(context, fields, rows, &[]),
        session.read_as(&args.place, place).into_iter().collect(),
    )
}
