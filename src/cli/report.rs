//! `twin report`: what is published.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::Value;

use super::Global;
use super::failure::Failure;
use super::filter::Filters;
use super::output::{Output, say, style, write_whole};
use super::session::Session;
use crate::export::{DocumentFormat, document};
use crate::model::{Municipality, Registry};
use crate::query::Filter;
use crate::report::document::{Document, Made, Owner, countries, coverage, municipality, status, timeline};
use crate::report::{empty, listing};
use crate::storage::package;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin report countries --lang sv -o vanorter.html       country by country, who is twinned with whom
  twin report municipality Kuopio --lang fi -o kuopio.html   a city and its partners
  twin report status --country RU -o russia.xlsx         suspended and ended, and by whose decision
  twin report coverage                                   municipalities with a partner, by region
  twin report timeline --format markdown                 begun, suspended and ended, by decade and year
A page is one file: it asks nothing of any network, and can be read and printed without JavaScript.")]
pub struct Args {
    /// What it is about
    #[arg(value_name = "NAME", value_parser = about())]
    about: About,
    /// The places that a report of municipalities is about
    #[arg(value_name = "PLACE")]
    places: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// The format [default: table, or what the file's name says]
    #[arg(long, value_name = "FORMAT", value_parser = formats(), help_heading = "Output")]
    format: Option<DocumentFormat>,
    /// Write into a file, whole or not at all
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Countries,
    Coverage,
    Municipality,
    Status,
    Timeline,
}

const ABOUT: [(&str, About); 5] = [
    ("countries", About::Countries),
    ("coverage", About::Coverage),
    ("municipality", About::Municipality),
    ("status", About::Status),
    ("timeline", About::Timeline),
];

fn about() -> impl TypedValueParser<Value = About> {
    let names = PossibleValuesParser::new(ABOUT.map(|(name, _)| name));
    names.try_map(|name| ABOUT.into_iter().find(|(known, _)| *known == name).map(|(_, about)| about).ok_or("no report"))
}

fn formats() -> impl TypedValueParser<Value = DocumentFormat> {
    let names = PossibleValuesParser::new(DocumentFormat::ALL.map(|(name, ..)| name));
    names.try_map(|name| {
        let known = DocumentFormat::ALL.into_iter().find(|(known, ..)| *known == name);
        known.map(|(.., format)| format).ok_or("no format")
    })
}

impl About {
    /// Widens a filter that says nothing of standing to what the report is about.
    fn widen(self, filter: &mut Filter) {
        if !filter.statuses.is_empty() || filter.all {
            return;
        }
        match self {
            About::Status => filter.statuses = status::STANDINGS.to_vec(),
            About::Municipality | About::Timeline => filter.all = true,
            About::Countries | About::Coverage => {}
        }
    }

    fn make<'r>(self, made: Made<'_, 'r>, places: &[Municipality<'r>]) -> Document<'r> {
        match self {
            About::Countries => countries::countries(made),
            About::Coverage => coverage::coverage(made),
            About::Municipality => municipality::municipality(made, places),
            About::Status => status::status(made),
            About::Timeline => timeline::timeline(made),
        }
    }
}

impl Args {
    /// Returns the format: what was asked for, else what the file's name says, else text.
    fn format(&self) -> Result<DocumentFormat, Failure> {
        let extension = self.output.as_deref().and_then(Path::extension).map(|extension| extension.to_string_lossy());
        let named = |extension: &str| DocumentFormat::ALL.into_iter().find(|(_, known, _)| *known == extension);
        match (self.format, extension.as_deref()) {
            (Some(format), _) => Ok(format),
            (None, None) => Ok(DocumentFormat::Text),
            (None, Some(extension)) => named(extension).map(|(.., format)| format).ok_or_else(|| {
                Failure::new(
                    2,
                    format!("a report has no format `{extension}`; its files are .html, .xlsx, .md and .txt"),
                )
                .hint("--format html; tables for programs come from twin list --format csv")
            }),
        }
    }
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    let format = args.format()?;
    if (args.about == About::Municipality) == args.places.is_empty() {
        let message = "a report of municipalities wants their names; the others take `--place`";
        return Err(Failure::new(2, message).hint("twin report municipality Kuopio"));
    }
    Session::with(global, &Output::default(), |session| {
        let (mut filter, reads) = args.filters.resolve(session, &args.places)?;
        filter.pair = false;
        args.about.widen(&mut filter);
        let context = session.on(filter.as_of);
        let selection = filter.select(session.registry);
        if selection.rows.is_empty() {
            empty::explain(context, &filter, &selection).iter().for_each(say);
        }
        let owner = owner(session.registry);
        let places: Vec<_> = filter.places.iter().filter_map(|id| session.registry.municipality(id)).collect();
        let made = Made { context, filter: &filter, selection: &selection, owner: &owner };
        let made = args.about.make(made, &places);
        let to_file = args.output.is_some();
        let style = style(session.colour(), to_file, format == DocumentFormat::Xlsx)?;
        write_whole(args.output.as_deref(), |to| document(&made, format, context.lang(), style, to))?;
        listing::left_out(context, &filter, &selection).iter().chain(&reads).for_each(say);
        Ok(())
    })
}

/// Returns what the owner says of the registry.
fn owner(registry: &Registry<'_>) -> Owner {
    // What was loaded is an object; without the file there is none.
    let package = package::parse(&registry.package).unwrap_or_default();
    let list = |name: &str, also: &[&str]| -> Vec<String> {
        let items = package.get(name).and_then(Value::as_array).into_iter().flatten();
        let text = |item: &Value, member: &str| item.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let whole = |item: &Value| {
            let title =
                Some(text(item, "title")).filter(|title| !title.is_empty()).unwrap_or_else(|| text(item, "name"));
            let parts = [title].into_iter().chain(also.iter().map(|member| text(item, member)));
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        items.map(whole).filter(|text| !text.is_empty()).collect()
    };
    let title = package.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    Owner { title, licences: list("licenses", &["path"]), sources: list("sources", &["version", "path"]) }
}
