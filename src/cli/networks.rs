//! `twin networks`: chains, networks, associations and offices.

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::export::Shown;
use crate::i18n::words;
use crate::query::find;
use crate::report::field::table;
use crate::report::{Answer, networks};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin networks                    all of them
  twin networks Kuopio             those Kuopio is in
  twin networks eurocities         its members")]
pub struct Args {
    /// A place, or a network by id or name
    #[arg(value_name = "PLACE|NETWORK")]
    subject: Option<String>,
    #[command(flatten)]
    pub output: Output,
}

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let context = session.context();
    let whole = session.shows_all();
    let Some(typed) = &args.subject else {
        let rows = networks::all(context);
        let fields = args.output.fields(networks::FIELDS, &networks::columns(context), whole)?;
        return session.finish_table(words::networks(context.lang()), table(context, fields, rows, &[]), Vec::new());
    };
    let no_network = match find::network(session.registry, typed) {
        Ok(network) => {
            args.output.check_sheet()?;
            let Answer { shown, notes } = networks::sheet(context, network);
            return session.finish(Answer { shown: Some(Shown::Sheet(shown)), notes });
        }
        Err(error) => error,
    };
    let place = find::municipality(session.registry, typed, None).map_err(|error| no_network.and_no_party(error))?;
    let rows = networks::memberships(context, place.id());
    let fields = args.output.fields(networks::MEMBERSHIPS, &networks::MEMBERSHIP_COLUMNS, whole)?;
    let mut notes: Vec<String> = session.read_as(typed, place).into_iter().collect();
    notes.extend(networks::seats_note(context, place.id()));
    session.finish_table(words::networks(context.lang()), table(context, fields, rows, &[]), notes)
}
