//! The form in which a municipality is asked what its partnerships are today.

use super::field::Context;
use crate::i18n::survey as words;
use crate::i18n::{Lang, Language};
use crate::model::{Kind, Municipality, PartialDate, Status};
use crate::query::{Filter, Selected};

/// What the form of one municipality holds.
#[derive(Debug)]
pub struct Form<'r> {
    /// The language it is written in.
    pub lang: Lang,
    /// The municipality's id.
    pub id: &'r str,
    /// What stands above it.
    pub title: String,
    /// How it is filled in.
    pub instructions: [&'static str; 4],
    /// What is recorded: what is in force first.
    pub rows: Vec<Line<'r>>,
}

/// A partnership in the form.
#[derive(Debug)]
pub struct Line<'r> {
    /// Its id: both sides in the order of the registry.
    pub pair: String,
    /// The partner's name.
    pub partner: &'r str,
    /// The name of the partner's country.
    pub country: &'r str,
    /// The kind.
    pub kind: Option<Kind>,
    /// The status.
    pub status: Option<Status>,
    /// When it began.
    pub start: Option<PartialDate>,
}

/// Returns the language in which a municipality is spoken to: Swedish where its official name is the Swedish one, and
/// otherwise that of its country, as far as the program speaks it.
pub fn language(place: Municipality<'_>) -> Language {
    let is_swedish = !place.name_fi().is_empty() && place.name() == place.name_sv() && place.name_fi() != place.name();
    Language::of(match place.country() {
        "AX" | "SE" => "sv",
        "FI" if is_swedish => "sv",
        "FI" => "fi",
        _ => "en",
    })
}

/// Returns the home municipalities that are asked: those that are named, or are in one of the regions, or all; none that is
/// dissolved.
pub fn asked<'r>(context: Context<'r>, places: &[String], regions: &[String]) -> Vec<Municipality<'r>> {
    let registry = context.registry;
    let is_meant = |place: &Municipality<'_>| match (places, regions) {
        ([], []) => true,
        (ids, regions) => {
            ids.iter().any(|id| id == place.id()) || regions.iter().any(|region| region == place.region())
        }
    };
    let is_asked = |place: &Municipality<'_>| {
        registry.is_home(place.country())
            && place.place_type() == Some(crate::model::PlaceType::Municipality)
            && place.dissolved().is_none()
            && is_meant(place)
    };
    registry.municipalities().filter(is_asked).collect()
}

/// Makes the form of a municipality; `context` speaks its language.
pub fn form<'r>(context: Context<'r>, place: Municipality<'r>, year: i16) -> Form<'r> {
    let lang = context.lang();
    let mut rows = selected(context, place.id());
    super::listing::sort(context, &mut rows, true);
    rows.sort_by_key(|row| row.status == Some(Status::Historic));
    let line = |row: Selected| {
        let partnership = context.registry.partnership_at(row.row);
        let [_, partner] = row.sides(context.registry);
        Line {
            pair: format!("{}~{}", partnership.a(), partnership.b()),
            partner: context.name_of(row.ids(context.registry)[1]),
            country: partner.map_or("", |partner| context.country(partner.country())),
            kind: partnership.kind(),
            status: row.status,
            start: partnership.start(),
        }
    };
    Form {
        lang,
        id: place.id(),
        title: words::title(lang, context.name(place), year),
        instructions: [words::how(lang), words::how_right(lang), words::how_ended(lang), words::how_new(lang)],
        rows: rows.into_iter().map(line).collect(),
    }
}

/// Returns all partnerships of a municipality.
pub fn selected(context: Context<'_>, id: &str) -> Vec<Selected> {
    let filter = Filter { places: vec![id.to_owned()], all: true, ..Filter::default() };
    filter.select(context.registry).rows
}
