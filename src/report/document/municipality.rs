//! The report of single places: what is known of each, its partners, and what of them was suspended or has ended.

use super::{Document, Figure, Made, Part, facts, status};
use crate::i18n::collate::Order;
use crate::i18n::{documents as words, words as common};
use crate::model::{Claim, Municipality};
use crate::query::Selected;
use crate::report::declared;
use crate::report::field::Context;
use crate::report::map::Maps;
use crate::report::place::sheet_of;
use crate::report::table::{Cell, Column, Table};

/// The section of a sheet that names whom to ask, which no report does.
const CONTACTS: &str = "contacts";
/// The section of a sheet that names the partners, which a map shows as well.
const PARTNERS: &str = "partners";

/// Makes it of the partnerships of these places, of whatever status.
///
/// What single sources claim has no kind and no status, so a filter says nothing of it: it is told where there is none.
pub fn municipality<'r>(made: Made<'_, 'r>, places: &[Municipality<'r>]) -> Document<'r> {
    let context = made.context;
    let lang = context.lang();
    let (mut parts, mut basis, mut has_claims) = (Vec::new(), made.basis(), false);
    for place in places {
        let is_of_it = |row: &&Selected| row.ids(context.registry).contains(&place.id());
        let own: Vec<Selected> = made.selection.rows.iter().filter(is_of_it).copied().collect();
        let sheet = sheet_of(context, *place, own.iter().map(|row| seen_from(context, *place, *row)).collect()).shown;
        let name = context.name(*place);
        parts.push(Part::new(sheet.title, facts(lang, sheet.facts)));
        for section in sheet.sections.into_iter().filter(|section| section.key != CONTACTS) {
            let maps = || Figure::Maps(Maps::new(context, own.clone()));
            let figures = (section.key == PARTNERS).then(maps).into_iter().collect();
            parts.push(Part { figures, ..Part::new(format!("{name}: {}", section.title), section.table) });
        }
        let has_turned = |row: &Selected| row.status.is_some_and(|status| status::STANDINGS.contains(&status));
        let turned = own.into_iter().filter(has_turned).collect();
        parts.push(Part::new(format!("{name}: {}", words::status_title(lang)), status::told(context, turned)));
        if !made.filter.has_conditions() {
            let claims = claims(context, *place);
            has_claims |= !claims.is_empty();
            let denials = claims.iter().flat_map(|claim| declared::denials(context.registry, *claim));
            basis.cited.extend(claims.iter().copied().chain(denials).map(Claim::source));
            let title = format!("{name}: {}", words::unconfirmed(lang));
            parts.push(Part::new(title, unconfirmed(context, *place, claims)));
        }
    }
    let definitions = has_claims.then(|| words::what_is_unconfirmed(lang).to_owned()).into_iter().collect();
    let names: Vec<&str> = places.iter().map(|place| context.name(*place)).collect();
    let title = words::municipality_title(lang, &names.join(", "));
    made.document_of(&title, made.lead(definitions), parts, basis)
}

/// Returns a partnership of a place with that place as its first side.
fn seen_from(context: Context<'_>, place: Municipality<'_>, row: Selected) -> Selected {
    let is_partner = row.ids(context.registry)[0] != place.id();
    Selected { flipped: row.flipped ^ is_partner, ..row }
}

/// Returns the claims of partnerships of a place that the registry does not have, by the names of the partners.
fn claims<'r>(context: Context<'r>, place: Municipality<'r>) -> Vec<Claim<'r>> {
    let pairs = declared::unconfirmed(context.registry, Some(place.id()));
    let mut claims: Vec<Claim<'r>> =
        pairs.into_iter().flat_map(|claim| declared::agreeing(context.registry, claim)).collect();
    let order = Order::of(context.language);
    claims.sort_by_cached_key(|claim| order.key(context.name_of(partner(place, *claim))));
    claims
}

fn partner<'r>(place: Municipality<'_>, claim: Claim<'r>) -> &'r str {
    if claim.a() == place.id() { claim.b() } else { claim.a() }
}

/// Makes the table of what single sources claim of a place: with whom, who says so, and whether an official source denies
/// it.
fn unconfirmed<'r>(context: Context<'r>, place: Municipality<'r>, claims: Vec<Claim<'r>>) -> Table<'r> {
    let (registry, lang) = (context.registry, context.lang());
    let columns = vec![
        Column::new("partner", common::partner(lang)),
        Column::new("country_name", common::country(lang)),
        Column::new("source", common::source(lang)),
        Column::new("seen_on", common::seen_on(lang)),
        Column::new("denied", words::denied(lang)),
    ];
    let row = |claim: Claim<'r>| {
        let partner = partner(place, claim);
        let country = registry.municipality(partner).map_or("", |partner| context.country(partner.country()));
        let is_denied = declared::denials(registry, claim).next().is_some();
        vec![
            Cell::text(context.name_of(partner)),
            Cell::text(country),
            Cell::text(declared::source_name(context, claim.source())),
            Cell::date(claim.seen_on()),
            Cell::text(if is_denied { words::yes(lang) } else { words::no(lang) }),
        ]
    };
    Table::of_rows(columns, claims.into_iter().map(row).collect())
}
