//! `twin sources`: where the statements come from.

use super::failure::Failure;
use super::output::Output;
use super::session::Session;
use crate::export::Shown;
use crate::i18n::words;
use crate::query::find;
use crate::report::field::table;
use crate::report::{Answer, records};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin sources                     all of them
  twin sources hel-fi-2020         one, with its address")]
pub struct Args {
    /// A source's id
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    pub output: Output,
}

pub fn run(session: &Session<'_>, args: &Args) -> Result<(), Failure> {
    let context = session.context();
    if let Some(id) = &args.id {
        args.output.check_sheet()?;
        let Answer { shown, notes } = records::source_sheet(context, find::source(session.registry, id)?);
        return session.finish(Answer { shown: Some(Shown::Sheet(shown)), notes });
    }
    let rows = (0..session.registry.sources().len() as u32).collect();
    let fields = args.output.fields(records::SOURCES, &records::SOURCE_COLUMNS, session.shows_all())?;
    session.finish_table(words::sources_heading(context.lang()), table(context, fields, rows, &[]), Vec::new())
}
