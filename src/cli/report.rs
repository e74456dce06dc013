//! `twin report`: what is published.

use std::path::{Path, PathBuf};

use jiff::{Span, ToSpan};
use serde_json::Value;

use super::Global;
use super::clock::Clock;
use super::failure::Failure;
use super::filter::{Filters, one_of};
use super::output::{Output, say, style, write_whole};
use super::session::Session;
use crate::export::{DocumentFormat, Style, document};
use crate::i18n::words;
use crate::model::{Municipality, Registry, Status};
use crate::query::{Filter, Selection};
use crate::report::document::review::Days;
use crate::report::document::{Document, Made, Owner};
use crate::report::document::{countries, coverage, map, municipality, networks, review, status, timeline};
use crate::report::{empty, listing};
use crate::storage::package;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin report countries --lang sv -o vanorter.html   country by country, who is twinned with whom
  twin report municipality Kuopio -o kuopio.html     a city and its partners
  twin report status --country RU -o russia.xlsx     suspended and ended, and by whose decision
  twin report map --country EE -o viro.html          where the places lie
  twin report coverage                               municipalities with a partner, by region
  twin report timeline --format markdown             begun, suspended and ended, by decade and year
  twin report networks --country NO                  chains, networks and offices, and their members
  twin report review --within 18mo --stale 3y        what has to be looked at again
Of networks, --place, --country and --region are those of members; other filters but --network
and --as-of are refused.
A page is one file: it asks nothing of any network, and can be read and printed without JavaScript.")]
pub struct Args {
    /// What it is about
    #[arg(value_name = "NAME", value_parser = one_of(&ABOUT))]
    about: About,
    /// The places that a report of municipalities is about
    #[arg(value_name = "PLACE")]
    places: Vec<String>,
    /// Of a review: for how long ahead: 1y, 18mo (or 18m), 6w, 90d, 1y6mo; a plain number is years [default: 1y]
    #[arg(long = "within", value_name = "TIME", value_parser = time)]
    ahead: Option<Span>,
    /// Of a review: how long a verification lasts, written likewise [default: 5y]
    #[arg(long, value_name = "TIME", value_parser = time)]
    stale: Option<Span>,
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
    Networks,
    Review,
    Status,
    Timeline,
}

const ABOUT: [(&str, About); 8] = [
    ("countries", About::Countries),
    ("coverage", About::Coverage),
    ("map", About::Map),
    ("municipality", About::Municipality),
    ("networks", About::Networks),
    ("review", About::Review),
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
            About::Countries | About::Coverage | About::Map | About::Networks | About::Review => {}
        }
    }

    /// Tells whether a report can say nothing of an option that selects.
    fn refuses(self, option: &str) -> bool {
        match self {
            About::Networks => !["--network", "--place", "--in", "--country", "--region", "--as-of"].contains(&option),
            About::Review => ["--as-of", "--all", "--ended-before", "--ended-after"].contains(&option),
            _ => false,
        }
    }
}

/// Reads how long something takes: a number of years, or what jiff reads as a span of days and longer. `m` at the end is
/// months, for nothing here is counted in minutes.
fn time(text: &str) -> Result<Span, String> {
    let wrong =
        || format!("`{text}` is no time of days, weeks, months or years; write 1y, 18mo, 6w, 90d or a number of years");
    if let Ok(years) = text.parse::<u16>() {
        return Span::new().try_years(years).map_err(|_| wrong());
    }
    let is_months = text.strip_suffix('m').is_some_and(|number| number.ends_with(|digit: char| digit.is_ascii_digit()));
    let span: Span = if is_months { format!("{text}o").parse() } else { text.parse() }.map_err(|_| wrong())?;
    // What is left of it without its dates must be nothing.
    let clock = span.years(0).months(0).weeks(0).days(0);
    if span.is_negative() || !clock.is_zero() { Err(wrong()) } else { Ok(span) }
}

impl Args {
    /// Refuses options of which the report can say nothing.
    fn check(&self) -> Result<(), Failure> {
        if (self.about == About::Municipality) == self.places.is_empty() {
            let message = "a report of municipalities wants their names; the others take `--place`";
            return Err(Failure::new(2, message).hint("twin report municipality Kuopio"));
        }
        let times = [("--within", self.ahead.is_some()), ("--stale", self.stale.is_some())];
        if let Some((option, _)) = times.iter().find(|(_, is_given)| *is_given && self.about != About::Review) {
            let message = format!("`{option}` is of a report of what is to be looked at again, and of no other");
            return Err(Failure::new(2, message).hint(format!("twin report review {option} 1y")));
        }
        let refused = self.filters.given().into_iter().find(|option| self.about.refuses(option));
        let is_historic = self.about == About::Review && self.filters.status.contains(&Status::Historic);
        let Some(option) = refused.or(is_historic.then_some("--status historic")) else { return Ok(()) };
        let (message, hint) = match (self.about, option) {
            (About::Networks, _) => (
                format!("`{option}` is about partnerships, and says nothing of networks"),
                "twin report networks; it takes --network, --place, --in, --country, --region and --as-of",
            ),
            (_, "--as-of") => (
                "a report of what is to be looked at again is about today, and takes no `--as-of`".to_owned(),
                "twin report review; how it stood on a day tells twin report status --as-of DATE",
            ),
            _ => (
                format!("a report of what is to be looked at again is about what is in force, and takes no `{option}`"),
                "twin report review; what has ended tells twin report status",
            ),
        };
        Err(Failure::new(2, message).hint(hint))
    }

    /// Returns the days that a review is about: today, and as far ahead and back as was asked for.
    fn days(&self) -> Result<Days, Failure> {
        let today = Clock::read()?.today;
        let ahead = self.ahead.unwrap_or_else(|| 1.year());
        let stale = self.stale.unwrap_or_else(|| 5.years());
        Ok(Days { today, until: today.saturating_add(ahead), verified_by: today.saturating_sub(stale) })
    }

    fn make<'r>(&self, made: Made<'_, 'r>, places: &[Municipality<'r>]) -> Result<Document<'r>, Failure> {
        Ok(match self.about {
            About::Countries => countries::countries(made),
            About::Coverage => coverage::coverage(made),
            About::Map => map::map(made),
            About::Municipality => municipality::municipality(made, places),
            About::Networks => networks::networks(made),
            About::Review => review::review(made, self.days()?),
            About::Status => status::status(made),
            About::Timeline => timeline::timeline(made),
        })
    }

    /// Returns what a filter selects; of networks no partnerships.
    fn select(&self, filter: &Filter, registry: &Registry<'_>) -> Selection {
        let mut selection = match self.about {
            About::Networks => Selection { as_of: filter.as_of, ..Selection::default() },
            _ => filter.select(registry),
        };
        if self.about == About::Review {
            // What has ended is not left out of a review: it does not belong there.
            selection.historic = 0;
        }
        selection
    }

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
    args.check()?;
    Session::with(global, &Output::default(), |session| {
        let (mut filter, reads) = args.filters.resolve(session, &args.places)?;
        filter.pair = false;
        args.about.widen(&mut filter);
        let context = session.on(filter.as_of);
        let selection = args.select(&filter, session.registry);
        let owner = owner(session.registry);
        let places: Vec<_> = filter.places.iter().filter_map(|id| session.registry.municipality(id)).collect();
        let made = Made { context, filter: &filter, selection: &selection, owner: &owner };
        let made = args.make(made, &places)?;
        match args.about {
            About::Networks if made.parts.is_empty() => say(words::empty_table(context.lang())),
            About::Networks => {}
            _ if selection.rows.is_empty() => empty::explain(context, &filter, &selection).iter().for_each(say),
            _ => {}
        }
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
