//! `twin report`: what is published.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Global;
use super::failure::Failure;
use super::filter::{Filters, one_of};
use super::output::{Output, say, style, write_whole};
use super::session::Session;
use crate::export::{DocumentFormat, Style, document};
use crate::model::{Municipality, Registry};
use crate::query::Filter;
use crate::report::document::{Document, Made, Owner, countries, coverage, map, municipality, status, timeline};
use crate::report::{empty, listing};
use crate::storage::package;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin report countries --lang sv -o vanorter.html       country by country, who is twinned with whom
  twin report municipality Kuopio --lang fi -o kuopio.html   a city and its partners
  twin report status --country RU -o russia.xlsx         suspended and ended, and by whose decision
  twin report map --country EE -o viro.html              where the places lie, on maps of Europe and the world
  twin report coverage                                   municipalities with a partner, by region
  twin report timeline --format markdown                 begun, suspended and ended, by decade and year
A page is one file: it asks nothing of any network, and can be read and printed without JavaScript.")]
pub struct Args {
    /// What it is about
    #[arg(value_name = "NAME", value_parser = one_of(&ABOUT))]
    about: About,
    /// The places that a report of municipalities is about
    #[arg(value_name = "PLACE")]
    places: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// The format [default: table, or what the file's name says]
    #[arg(long, value_name = "FORMAT", value_parser = one_of(&DocumentFormat::ALL), help_heading = "Output")]
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
    Map,
    Municipality,
    Status,
    Timeline,
}

const ABOUT: [(&str, About); 6] = [
    ("countries", About::Countries),
    ("coverage", About::Coverage),
    ("map", About::Map),
    ("municipality", About::Municipality),
    ("status", About::Status),
    ("timeline", About::Timeline),
];

impl About {
    /// Widens a filter that says nothing of standing to what the report is about.
    fn widen(self, filter: &mut Filter) {
        if !filter.statuses.is_empty() || filter.all {
            return;
        }
        match self {
            About::Status => filter.statuses = status::STANDINGS.to_vec(),
            About::Municipality | About::Timeline => filter.all = true,
            About::Countries | About::Coverage | About::Map => {}
        }
    }

    fn make<'r>(self, made: Made<'_, 'r>, places: &[Municipality<'r>]) -> Document<'r> {
        match self {
            About::Countries => countries::countries(made),
            About::Coverage => coverage::coverage(made),
            About::Map => map::map(made),
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
        match (self.format, extension.as_deref()) {
            (Some(format), _) => Ok(format),
            (None, None) => Ok(DocumentFormat::Text),
            (None, Some(extension)) => DocumentFormat::of_file(extension).ok_or_else(|| {
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
        let style = match args.output {
            Some(_) => Style::default(),
            None => style(session.colour(), format == DocumentFormat::Xlsx)?,
        };
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
