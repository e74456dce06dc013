//! `twin place add`: a place that was not there.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;

use super::super::Global;
use super::super::editing::{Editing, Edits, Proposal, edit};
use super::super::failure::Failure;
use super::with_more;
use crate::edit::place::{Alike, IdError, id, like};
use crate::edit::{Draft, Record, field, slug};
use crate::i18n::typed::quoted;
use crate::model::{PlaceType, Table};
use crate::query::find;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin place add Balatonfüred --country HU --wikidata Q194219
  twin place add Portland --country US --region Oregon --id us-portland-or
  twin place add Nõmme --country EE --type district --part-of Tallinn")]
pub struct Args {
    /// Its local official name; other scripts romanised
    #[arg(value_name = "NAME")]
    name: String,
    /// The country it is in today
    #[arg(long, value_name = "COUNTRY")]
    country: String,
    /// The region; in the United States the state
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    region: String,
    /// What it is
    #[arg(long = "type", value_name = "TYPE", default_value = "municipality", value_parser = PossibleValuesParser::new(PlaceType::WORDS))]
    place_type: String,
    /// Its id [default: the country and the name, such as fi-kuopio]; says that it is none of those that are called so
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The national code
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    code: String,
    /// The municipality or region that it is a part of
    #[arg(long, value_name = "PLACE")]
    part_of: Option<String>,
    /// Its name in English
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    name_en: String,
    /// Its name in Finnish
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    name_fi: String,
    /// Its name in Swedish
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    name_sv: String,
    /// Another name that it goes by; may be repeated
    #[arg(long, value_name = "NAME")]
    alias: Vec<String>,
    /// The latitude, in degrees
    #[arg(long, value_name = "DEGREES", requires = "lon", allow_hyphen_values = true)]
    lat: Option<String>,
    /// The longitude, in degrees
    #[arg(long, value_name = "DEGREES", requires = "lat", allow_hyphen_values = true)]
    lon: Option<String>,
    /// Its Wikidata item, such as Q1757
    #[arg(long, value_name = "ITEM", default_value = "", hide_default_value = true)]
    wikidata: String,
    /// Its web address
    #[arg(long, value_name = "URL", default_value = "", hide_default_value = true)]
    website: String,
    /// A remark
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    note: String,
    /// The source: its id, or a web address; may be repeated
    #[arg(long, value_name = "ID|URL")]
    cite: Vec<String>,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    edit(global, &args.edits, typed, |editing| propose(args, editing, typed))
}

fn propose(args: &Args, editing: &Editing<'_>, typed: &[OsString]) -> Result<Proposal, Failure> {
    let session = &editing.session;
    let registry = session.registry;
    let country = find::country(registry, &args.country)?.code();
    let part_of = match &args.part_of {
        Some(whole) => session.find(whole, Some(country))?.id(),
        None => "",
    };
    let mut place = Record::new(Table::Municipalities);
    let aliases = args.alias.join(";");
    for (column, cell) in [
        ("name", args.name.as_str()),
        ("country", country),
        ("type", &args.place_type),
        ("region", &args.region),
        ("part_of", part_of),
        ("code", &args.code),
        ("name_fi", &args.name_fi),
        ("name_sv", &args.name_sv),
        ("name_en", &args.name_en),
        ("aliases", &aliases),
        ("lat", args.lat.as_deref().unwrap_or_default()),
        ("lon", args.lon.as_deref().unwrap_or_default()),
        ("wikidata", &args.wikidata),
        ("website", &args.website),
        ("note", &args.note),
    ] {
        field::set(&mut place, registry.grid(Table::Municipalities), column, cell)?;
    }
    let is_taken = |id: &str| registry.municipality(id).is_some();
    let made = id(&place, args.id.as_deref(), is_taken).map_err(|error| no_id(error, &place, typed))?;
    place.set("id", made);
    if let Some((known, alike)) = like(registry, &place, args.id.is_some()) {
        return Err(exists(editing, &place, known.id(), alike, typed));
    }
    let mut sources = Vec::new();
    for cited in &args.cite {
        place.add_to("sources", &editing.cite(Some(cited), &mut sources)?);
    }
    let mut draft = Draft::new(registry);
    draft.put(place);
    draft.also(sources);
    Ok(Proposal { plan: draft.plan(), ..Proposal::default() })
}

/// Says why no id can be made, and how the command would do.
fn no_id(error: IdError, place: &Record, typed: &[OsString]) -> Failure {
    let failure = Failure::new(2, error.to_string());
    let id = format!("{}-{}", place.get("country").to_ascii_lowercase(), slug(place.get("name")));
    match error {
        IdError::Form { .. } => failure,
        IdError::NoLetters(_) => failure.hint(with_more(typed, &format!("--id {id}NAME"))),
        IdError::NoState => failure.hint(with_more(typed, "--region STATE")),
        IdError::UnknownState(_) => {
            failure.hint(format!("{}, with the two letters of the state", with_more(typed, &format!("--id {id}-XX"))))
        }
    }
}

/// Says which place is there already, and how to add another one all the same.
fn exists(editing: &Editing<'_>, place: &Record, known: &str, alike: Alike, typed: &[OsString]) -> Failure {
    let context = editing.session.context();
    let country = |id| context.registry.municipality(id).map_or("", |place| context.country(place.country()));
    let named = format!("{} ({}), {known}", context.name_of(known), country(known));
    let message = |column: &str| format!("{column} `{}` is that of {named}", place.get(column));
    let failure = match alike {
        Alike::Id => Failure::new(5, message("id")),
        Alike::Wikidata => Failure::new(5, message("wikidata")),
        Alike::Code => Failure::new(5, message("code")),
        Alike::Name => Failure::new(5, format!("`{}` is there already: {named}", place.get("name"))),
    };
    let is_chosen = typed.iter().any(|word| word == "--id" || word.to_string_lossy().starts_with("--id="));
    if is_chosen || matches!(alike, Alike::Wikidata | Alike::Code) {
        return failure.hint(format!("twin show {}", quoted(known)));
    }
    let free = (2..).map(|nth| format!("{}-{nth}", place.get("id")));
    let free = free.into_iter().find(|id| context.registry.municipality(id).is_none()).unwrap_or_default();
    failure.hint(format!("--region or --id says that it is another one: {}", with_more(typed, &format!("--id {free}"))))
}
