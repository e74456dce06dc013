//! `twin compare`: a foreign list beside the registry, and nothing is written to either.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::Global;
use super::clock::Clock;
use super::failure::Failure;
use super::filter::Filters;
use super::list_file::{ListFile, Listed, default_country, hold};
use super::output::{Output, say, write_whole};
use super::session::Session;
use crate::export::{Format, Shown, quickstatements};
use crate::i18n::importing as words;
use crate::import::outcome::{Line, Outcome, count};
use crate::import::reconcile::{Options, Reconciled};
use crate::model::{Kind, Rank};
use crate::report::{Answer, Context, compare, importing, listing};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin compare list.csv                            what they have, what we have, what disagrees
  twin compare wikidata.json --place Kuopio --format json
  twin compare wikidata.json --format quickstatements -o lacking.txt
The statements for Wikidata are those that the file lacks, in both directions; what is suspended cannot be said there.
Exit codes: 0 nothing differs, 1 something does.")]
pub struct Args {
    /// The list: CSV in any dress, XLSX, ODS, XLS, JSON, results of the Wikidata Query Service, or a registry
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    filters: Filters,
    /// The format [default: table, or what the file's name says]
    #[arg(long, value_name = "FORMAT", value_parser = formats(), help_heading = "Output")]
    format: Option<Drawn>,
    /// The fields to show, in this order
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', help_heading = "Output")]
    fields: Option<Vec<String>>,
    /// Write into a file, whole or not at all
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// CSV as Excel opens it: semicolons, byte order mark, no cell that runs as a formula
    #[arg(long, help_heading = "Output")]
    excel: bool,
    #[command(flatten)]
    listed: Listed,
}

/// How differences are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawn {
    /// As a table.
    Table(Format),
    /// As the statements that Wikidata lacks.
    Statements,
}

fn formats() -> impl TypedValueParser<Value = Drawn> {
    const STATEMENTS: &str = "quickstatements";
    let names = PossibleValuesParser::new(Format::ALL.iter().map(|(name, _)| *name).chain([STATEMENTS]));
    names.try_map(|name| {
        let table = Format::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, format)| Drawn::Table(format));
        table.or_else(|| (name == STATEMENTS).then_some(Drawn::Statements)).ok_or("no format")
    })
}

impl Args {
    /// Returns where the table goes and how it is drawn.
    fn output(&self) -> Output {
        let format = match self.format {
            Some(Drawn::Table(format)) => Some(format),
            Some(Drawn::Statements) => Some(Format::Csv),
            None => None,
        };
        Output::new(format, self.fields.clone(), self.output.clone(), self.excel)
    }
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    let output = args.output();
    let mut differs = false;
    Session::with(global, &output, |session| {
        differs = answer(args, session)?;
        Ok(())
    })?;
    if differs { Err(Failure::told(1)) } else { Ok(()) }
}

/// Tells what differs, and whether anything does.
fn answer(args: &Args, session: &Session<'_>) -> Result<bool, Failure> {
    let registry = session.registry;
    let (filter, reads) = args.filters.resolve(session, &[])?;
    let context = session.on(filter.as_of);
    let mut ours = filter.select(registry).rows;
    listing::sort(context, &mut ours, false);
    let hints = args.listed.hints()?;
    let options = Options {
        on_conflict: None,
        kind: Kind::Twin,
        default_country: [default_country(registry, &hints)?; 2],
        today: Clock::read()?.today,
    };
    let list = ListFile::read(&args.file, args.listed.columns(), &hints)?;
    let Reconciled { lines, .. } = hold(registry, &options, std::slice::from_ref(&list), &hints, ("", Rank::Other));
    let lines = lines.concat();
    if args.format == Some(Drawn::Statements) {
        return state(args, context, &lines, &ours);
    }
    let lang = context.lang();
    let (table, [ours_alone, one_sided]) =
        compare::table(context, &lines, &ours, args.fields.as_deref(), session.shows_all())?;
    let differs = !table.is_empty();
    let name = args.file.display().to_string();
    let mut notes = vec![importing::reading(lang, &name, &list.foreign, &list.mapping)];
    notes.extend(reads);
    notes.push(importing::counts(lang, &lines));
    notes.push(words::compared(lang, count(&lines, Outcome::New), ours_alone, one_sided));
    // The lines live as long as the answer that is drawn of them.
    session.finish(Answer { shown: Some(Shown::Table(words::comparison(lang), table)), notes })?;
    Ok(differs)
}

/// Writes the statements that Wikidata lacks, and names what cannot be said there.
fn state(args: &Args, context: Context<'_>, lines: &[Line], ours: &[crate::query::Selected]) -> Result<bool, Failure> {
    let lang = context.lang();
    let (lacking, left) = compare::lacking(context, lines, ours);
    write_whole(args.output.as_deref(), |to| quickstatements(&lacking, to))?;
    say(words::statements(lang, lacking.len()));
    if !left.suspended.is_empty() {
        say(words::suspended_left_out(lang, left.suspended.len(), &left.suspended.join(", ")));
    }
    if left.others > 0 {
        say(words::no_twinnings(lang, left.others));
    }
    if left.without_item > 0 {
        say(words::without_item(lang, left.without_item));
    }
    Ok(!lacking.is_empty())
}
