//! The conditions on partnerships, the same in every command that takes them.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::failure::Failure;
use super::session::Session;
use crate::i18n::words;
use crate::model::{Kind, PartialDate, PlaceType, Status};
use crate::query::{CountryChoice, Filter, find};

/// Which partnerships are meant. Options that are repeated widen the choice; different ones narrow it.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Filters")]
pub struct Filters {
    /// Partnerships of this place
    #[arg(long, value_name = "PLACE")]
    place: Vec<String>,
    /// The partner's country, by code or by a name in any language; `DK+` with its territories
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// The country that a PLACE is meant to be in
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    /// The region of the side at home
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// The kind of partnership
    #[arg(long, value_name = "KIND", value_parser = parser(Kind::WORDS, Kind::parse))]
    kind: Vec<Kind>,
    /// The status [default: in force, that is active and suspended]
    #[arg(long, value_name = "STATUS", value_parser = parser(Status::WORDS, Status::parse))]
    pub status: Vec<Status>,
    /// Every status, historic ones too
    #[arg(long)]
    all: bool,
    /// A theme of the partnership
    #[arg(long, value_name = "THEME")]
    theme: Vec<String>,
    /// Both sides are members of this network
    #[arg(long, value_name = "NETWORK")]
    network: Vec<String>,
    /// What the partner is
    #[arg(long = "type", value_name = "TYPE", value_parser = parser(PlaceType::WORDS, PlaceType::parse))]
    place_type: Vec<PlaceType>,
    /// Begun before a date
    #[arg(long, value_name = "DATE", value_parser = PartialDate::parse)]
    started_before: Option<PartialDate>,
    /// Begun after a date
    #[arg(long, value_name = "DATE", value_parser = PartialDate::parse)]
    started_after: Option<PartialDate>,
    /// Ended before a date; historic ones are shown then
    #[arg(long, value_name = "DATE", value_parser = PartialDate::parse)]
    ended_before: Option<PartialDate>,
    /// Ended after a date; historic ones are shown then
    #[arg(long, value_name = "DATE", value_parser = PartialDate::parse)]
    ended_after: Option<PartialDate>,
    /// As the registry stood that day; of a month or a year, its last day
    #[arg(long, value_name = "DATE", value_parser = PartialDate::parse)]
    as_of: Option<PartialDate>,
    /// Never verified
    #[arg(long)]
    unverified: bool,
    /// Resting on this source
    #[arg(long, value_name = "ID")]
    source: Vec<String>,
    /// Also what only may match, for want of exact dates
    #[arg(long)]
    maybe: bool,
}

/// Makes a parser of what has a name, one of these.
pub fn one_of<T: Copy + Send + Sync + 'static>(all: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    let names = PossibleValuesParser::new(all.iter().map(|(name, _)| *name));
    names.try_map(|name| all.iter().find(|(known, _)| *known == name).map(|(_, meant)| *meant).ok_or("no such name"))
}

/// Makes a parser of the words of a vocabulary.
pub fn parser<T: Clone + Send + Sync + 'static>(
    words: &'static [&'static str],
    parse: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words).try_map(move |word| parse(&word).ok_or("no such word"))
}

impl Filters {
    /// Returns the code of the country that places are meant to be in.
    pub fn within(&self, session: &Session<'_>) -> Result<Option<String>, Failure> {
        match &self.within {
            Some(typed) => Ok(Some(find::country(session.registry, typed)?.code().to_owned())),
            None => Ok(None),
        }
    }

    /// Returns the options that were given, as they are typed.
    pub fn given(&self) -> Vec<&'static str> {
        // Without `..`, so that an option that is added does not compile until it stands here.
        let Filters {
            place,
            country,
            within,
            region,
            kind,
            status,
            all,
            theme,
            network,
            place_type,
            started_before,
            started_after,
            ended_before,
            ended_after,
            as_of,
            unverified,
            source,
            maybe,
        } = self;
        let options = [
            ("--place", !place.is_empty()),
            ("--country", !country.is_empty()),
            ("--in", within.is_some()),
            ("--region", !region.is_empty()),
            ("--kind", !kind.is_empty()),
            ("--status", !status.is_empty()),
            ("--all", *all),
            ("--theme", !theme.is_empty()),
            ("--network", !network.is_empty()),
            ("--type", !place_type.is_empty()),
            ("--started-before", started_before.is_some()),
            ("--started-after", started_after.is_some()),
            ("--ended-before", ended_before.is_some()),
            ("--ended-after", ended_after.is_some()),
            ("--as-of", as_of.is_some()),
            ("--unverified", *unverified),
            ("--source", !source.is_empty()),
            ("--maybe", *maybe),
        ];
        options.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name).collect()
    }

    /// Resolves the names; returns the filter and how names were read that were not typed as they are shown.
    pub fn resolve(&self, session: &Session<'_>, places: &[String]) -> Result<(Filter, Vec<String>), Failure> {
        let (registry, context) = (session.registry, session.context());
        let within = self.within(session)?;
        let mut reads = Vec::new();
        let mut filter = Filter {
            pair: places.len() > 1,
            kinds: self.kind.clone(),
            statuses: self.status.clone(),
            all: self.all || self.ended_before.is_some() || self.ended_after.is_some(),
            themes: self.theme.clone(),
            types: self.place_type.clone(),
            started_before: self.started_before,
            started_after: self.started_after,
            ended_before: self.ended_before,
            ended_after: self.ended_after,
            as_of: self.as_of.map(PartialDate::latest),
            unverified: self.unverified,
            maybe: self.maybe,
            ..Filter::default()
        };
        for typed in places.iter().chain(&self.place) {
            let place = find::municipality(registry, typed, within.as_deref())
                .map_err(|error| unquoted(session, places, error.into(), within.as_deref()))?;
            reads.extend(session.read_as(typed, place));
            if !filter.places.iter().any(|known| known == place.id()) {
                filter.places.push(place.id().to_owned());
            }
        }
        for typed in &self.country {
            let (name, with_territories) = typed.strip_suffix('+').map_or((typed.as_str(), false), |name| (name, true));
            let country = find::country(registry, name)?;
            let shown = context.country(country.code());
            if name != shown && !name.eq_ignore_ascii_case(country.code()) {
                reads.push(words::read_as(context.lang(), name, shown, country.code()));
            }
            filter.countries.push(CountryChoice { code: country.code().to_owned(), with_territories });
        }
        for typed in &self.region {
            filter.regions.push(find::region(registry, typed)?.to_owned());
        }
        for typed in &self.network {
            filter.networks.push(find::network(registry, typed)?.id().to_owned());
        }
        for typed in &self.source {
            filter.sources.push(find::source(registry, typed)?.id().to_owned());
        }
        // A place that is named twice is no pair.
        filter.pair &= filter.places.len() > 1;
        Ok((filter, reads))
    }
}

/// Adds the hint that a name of several words wants quotes, where all that was typed is one name.
fn unquoted(session: &Session<'_>, places: &[String], failure: Failure, within: Option<&str>) -> Failure {
    let whole = places.join(" ");
    if places.len() > 1 && find::municipality(session.registry, &whole, within).is_ok() {
        return failure.hint(format!("a name of several words wants quotes: twin list \"{whole}\""));
    }
    failure
}
