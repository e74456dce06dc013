//! The report of single places: what is known of each, its partners, and what of them was suspended or has ended.

use super::{Document, Made, Part, map, status};
use crate::i18n::{documents as words, words as common};
use crate::model::Municipality;
use crate::query::Selected;
use crate::report::place::sheet;
use crate::report::sheet::Fact;
use crate::report::table::{Cell, Column, Table};

/// The section of a sheet that names whom to ask, which no report does.
const CONTACTS: &str = "contacts";
/// The section of a sheet that names the partners, which a map shows as well.
const PARTNERS: &str = "partners";

/// Makes it of the partnerships of these places, of whatever status.
pub fn municipality<'r>(made: Made<'_, 'r>, places: &[Municipality<'r>]) -> Document<'r> {
    let context = made.context;
    let lang = context.lang();
    let mut parts = Vec::new();
    for place in places {
        let sheet = sheet(context, *place).shown;
        let name = context.name(*place);
        parts.push(Part::new(sheet.title, facts(sheet.facts, [common::what(lang), common::value(lang)])));
        let is_of_it = |row: &&Selected| row.ids(context.registry).contains(&place.id());
        let own: Vec<Selected> = made.selection.rows.iter().filter(is_of_it).copied().collect();
        for section in sheet.sections.into_iter().filter(|section| section.key != CONTACTS) {
            let figures = if section.key == PARTNERS { map::maps(context, &own) } else { Vec::new() };
            parts.push(Part { figures, ..Part::new(format!("{name}: {}", section.title), section.table) });
        }
        let has_turned = |row: &Selected| row.status.is_some_and(|status| status::STANDINGS.contains(&status));
        let turned = own.into_iter().filter(has_turned).collect();
        parts.push(Part::new(format!("{name}: {}", words::status_title(lang)), status::told(context, turned)));
    }
    let names: Vec<&str> = places.iter().map(|place| context.name(*place)).collect();
    made.document(&words::municipality_title(lang, &names.join(", ")), Vec::new(), parts)
}

/// Makes a table of what people are told of a place.
fn facts<'r>(facts: Vec<Fact<'r>>, [what, value]: [&'static str; 2]) -> Table<'r> {
    let facts = facts.into_iter().filter(|fact| fact.for_people && !fact.cell.display().is_empty());
    let row = |fact: Fact<'r>| vec![Cell::text(fact.label), fact.cell];
    Table::of_rows(vec![Column::new("what", what), Column::new("value", value)], facts.map(row).collect())
}
