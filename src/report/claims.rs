//! What single sources say, beside what the registry has.

use super::declared::source_name;
use super::field::{Context, Field};
use super::table::Cell;
use crate::i18n::words;
use crate::model::{Claim, Source, Table as TableOf};

fn claim(context: Context<'_>, row: u32) -> Claim<'_> {
    Claim::from(context.registry.grid(TableOf::Claims).row(row as usize))
}

/// Returns what the registry has where the claim says something.
fn recorded(context: Context<'_>, row: u32) -> &str {
    let claim = claim(context, row);
    let partnership = context.registry.partnership(claim.a(), claim.b());
    match (claim.field(), partnership) {
        ("exists", Some(_)) => "yes",
        ("exists", None) => "no",
        (field, Some(partnership)) => {
            TableOf::Partnerships.schema().column(field).map_or("", |column| partnership.row().get(column))
        }
        _ => "",
    }
}

/// The fields of a claim.
pub static FIELDS: &[Field<u32>] = &[
    Field { key: "place", label: words::place, cell: |c, row| Cell::text(c.name_of(claim(c, row).a())) },
    Field { key: "place_id", label: words::place_id, cell: |c, row| Cell::text(claim(c, row).a()) },
    Field { key: "partner", label: words::partner, cell: |c, row| Cell::text(c.name_of(claim(c, row).b())) },
    Field { key: "partner_id", label: words::partner_id, cell: |c, row| Cell::text(claim(c, row).b()) },
    Field { key: "field", label: words::field, cell: |c, row| Cell::text(claim(c, row).field()) },
    Field { key: "value", label: words::value, cell: |c, row| Cell::text(claim(c, row).value()) },
    Field { key: "recorded", label: words::recorded, cell: |c, row| Cell::text(recorded(c, row)) },
    Field { key: "source", label: words::source, cell: |c, row| Cell::text(claim(c, row).source()) },
    Field {
        key: "publisher",
        label: words::publisher,
        cell: |c, row| Cell::text(source_name(c, claim(c, row).source())),
    },
    Field {
        key: "rank",
        label: words::rank,
        cell: |c, row| Cell::word(c.registry.source(claim(c, row).source()).and_then(Source::rank), c.lang()),
    },
    Field { key: "seen_on", label: words::seen_on, cell: |c, row| Cell::date(claim(c, row).seen_on()) },
    Field { key: "note", label: words::note, cell: |c, row| Cell::text(claim(c, row).note()) },
];

/// The columns of a table of claims.
pub const COLUMNS: [&str; 8] = ["place", "partner", "field", "value", "recorded", "source", "rank", "seen_on"];

/// Returns the rows of the claims about a party, or of all.
pub fn about(context: Context<'_>, place: Option<&str>) -> Vec<u32> {
    let about = |claim: &Claim<'_>| place.is_none_or(|id| claim.a() == id || claim.b() == id);
    context.registry.claims().filter(about).map(|claim| claim.row().number() as u32).collect()
}

/// Returns the rows of the claims about one pair.
pub fn about_pair(context: Context<'_>, one: &str, other: &str) -> Vec<u32> {
    let grid = context.registry.grid(TableOf::Claims);
    [[one, other], [other, one]].iter().flat_map(|pair| grid.range(pair)).map(|row| row.number() as u32).collect()
}
