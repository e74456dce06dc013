//! What single sources say, taken over into the registry. The better source wins the cell; the other value stays, as
//! a claim of a source that says so.

use std::cmp::Reverse;

use super::draft::Draft;
use super::field::{FieldError, cell};
use super::record::Record;
use crate::model::{Claim, Kind, PartialDate, Registry, Source, Status, Table};

/// The field of a claim that there is a partnership, or none.
pub const EXISTS: &str = "exists";
/// What such a claim says.
const ANSWERS: [&str; 2] = ["yes", "no"];

/// Why a claim is not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAccepted {
    /// It says that there is no partnership; ending or removing one is a decision.
    Denial,
    /// It says otherwise of a field that is changed together with the event that tells of it.
    Decided,
    /// It says that there is a partnership, and nobody says of which kind.
    NoKind,
    /// It is about a field of a partnership that is not there.
    NoPartnership,
    /// Nobody is named who says what stands there now: this value.
    Unrecorded(String),
    /// The source that is to have said what stands there now claims something else.
    Taken(String),
    /// Its value cannot stand there.
    Field(FieldError),
}

impl From<FieldError> for NotAccepted {
    fn from(error: FieldError) -> NotAccepted {
        NotAccepted::Field(error)
    }
}

/// What has become of a claim that was taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// A partnership was made; the claims of the same source that it does not follow.
    Made(Vec<Record>),
    /// What it says is recorded already.
    Known,
    /// The value was set.
    Set,
}

/// Returns the value of a claim as it stands in the table.
///
/// # Errors
/// There is no such field, it is part of the key, or the value cannot stand in it.
pub fn value(registry: &Registry<'_>, field: &str, typed: &str) -> Result<String, FieldError> {
    if field == EXISTS {
        return match ANSWERS.into_iter().find(|answer| *answer == typed) {
            Some(answer) => Ok(answer.to_owned()),
            None => Err(FieldError::Value(format!("{field} is `{typed}`; it must be one of {}", ANSWERS.join(", ")))),
        };
    }
    let (schema, grid) = (Table::Partnerships.schema(), registry.grid(Table::Partnerships));
    let column = schema.column(field).map(|number| &schema.columns[number]);
    if column.is_none() && !grid.header().any(|known| known == field) {
        let columns = schema.columns.iter().map(|column| column.name).filter(|name| !schema.key.contains(name));
        let fields = std::iter::once(EXISTS).chain(columns).chain(grid.unknown().map(|(_, name)| name));
        let fields = fields.map(str::to_owned).collect();
        return Err(FieldError::Unknown { table: Table::Claims.name(), field: field.to_owned(), fields });
    }
    if schema.key.contains(&field) {
        return Err(FieldError::Key(field.to_owned()));
    }
    match cell(field, column, typed)? {
        empty if empty.is_empty() => Err(FieldError::Value(format!("{field} is empty; a claim says something"))),
        text => Ok(text),
    }
}

/// Returns the claims about two parties, in whichever order they are entered.
pub fn about<'r>(registry: &'r Registry<'_>, [one, other]: [&str; 2]) -> Vec<Claim<'r>> {
    let grid = registry.grid(Table::Claims);
    [[one, other], [other, one]].iter().flat_map(|pair| grid.range(pair)).map(Claim::from).collect()
}

/// Takes a claim over; `pair` is in canonical order, `recorded_by` the source of what stands there now.
///
/// # Errors
/// It is not to be taken over so.
pub fn accept(
    draft: &mut Draft<'_>,
    pair: [&str; 2],
    claim: Claim<'_>,
    kind: Option<Kind>,
    recorded_by: Option<&str>,
) -> Result<Accepted, NotAccepted> {
    let partnership = draft.registry.partnership(pair[0], pair[1]).map(|partnership| Record::of(partnership.row()));
    let accepted = match (claim.field(), partnership) {
        (EXISTS, _) if claim.value() != ANSWERS[0] => return Err(NotAccepted::Denial),
        (EXISTS, Some(_)) => Accepted::Known,
        (EXISTS, None) => Accepted::Made(make(draft, pair, claim, kind)?),
        (_, None) => return Err(NotAccepted::NoPartnership),
        (field @ ("status" | "end"), Some(partnership)) if partnership.get(field) != claim.value() => {
            return Err(NotAccepted::Decided);
        }
        (_, Some(partnership)) => set(draft, &partnership, claim, recorded_by)?,
    };
    withdraw(draft, claim);
    Ok(accepted)
}

/// Takes a claim out of the table.
pub fn withdraw(draft: &mut Draft<'_>, claim: Claim<'_>) {
    draft.delete(Table::Claims, &[claim.a(), claim.b(), claim.field(), claim.source()]);
}

/// Makes the partnership that a source claims, with all else that this source says of it but how it stands: for that
/// there would have to be an event. Returns what is not followed.
fn make(
    draft: &mut Draft<'_>,
    pair: [&str; 2],
    claim: Claim<'_>,
    kind: Option<Kind>,
) -> Result<Vec<Record>, NotAccepted> {
    let registry = draft.registry;
    let mut record = Record::new(Table::Partnerships)
        .with("a", pair[0])
        .with("b", pair[1])
        .with("kind", kind.map_or("", Kind::word))
        .with("status", Status::Active.word());
    let mut left = Vec::new();
    let is_mate = |other: &Claim<'_>| other.source() == claim.source() && other.field() != EXISTS;
    for other in about(registry, pair).into_iter().filter(is_mate) {
        let value = value(registry, other.field(), other.value())?;
        let is_overruled = other.field() == "kind" && kind.is_some_and(|kind| kind.word() != value);
        if is_overruled || ["status", "end"].contains(&other.field()) {
            left.push(Record::of(other.row()));
            continue;
        }
        record.set(other.field(), value);
        withdraw(draft, other);
    }
    if record.get("kind").is_empty() {
        return Err(NotAccepted::NoKind);
    }
    record.add_to("sources", claim.source());
    draft.put(record);
    Ok(left)
}

/// Sets what a source claims, and keeps what stood there as a claim.
fn set(
    draft: &mut Draft<'_>,
    partnership: &Record,
    claim: Claim<'_>,
    recorded_by: Option<&str>,
) -> Result<Accepted, NotAccepted> {
    let (field, old) = (claim.field(), partnership.get(claim.field()));
    let new = value(draft.registry, field, claim.value())?;
    let mut record = partnership.clone().with(field, new.as_str());
    record.add_to("sources", claim.source());
    draft.put(record);
    if new == old {
        return Ok(Accepted::Known);
    }
    if !old.is_empty()
        && let Some(loser) = loser(draft, partnership, claim, recorded_by)?
    {
        draft.put(loser);
    }
    Ok(Accepted::Set)
}

/// Returns the claim that keeps what stands in the partnership; `None` where it is there already.
fn loser(
    draft: &Draft<'_>,
    partnership: &Record,
    claim: Claim<'_>,
    recorded_by: Option<&str>,
) -> Result<Option<Record>, NotAccepted> {
    let (field, old) = (claim.field(), partnership.get(claim.field()));
    let named = || ranked(draft.registry, partnership.get("sources"));
    // That the source of the claim says the contrary as well would be no claim.
    let candidates = recorded_by.map_or_else(named, |source| vec![source]);
    let candidates = candidates.into_iter().filter(|source| *source != claim.source());
    for source in candidates {
        let key = [partnership.get("a"), partnership.get("b"), field, source];
        match draft.get(Table::Claims, &key) {
            Some(known) if known.get("value") == old => return Ok(None),
            Some(_) => {}
            None => return Ok(Some(self::claim(partnership, field, old, source))),
        }
    }
    Err(match recorded_by {
        Some(source) => NotAccepted::Taken(source.to_owned()),
        None => NotAccepted::Unrecorded(old.to_owned()),
    })
}

/// Returns the claim of a source that a field of a partnership is this value.
pub fn claim(partnership: &Record, field: &str, value: &str, source: &str) -> Record {
    let key = [partnership.get("a"), partnership.get("b"), field, source];
    let columns = Table::Claims.schema().key.iter().zip(key);
    columns.fold(Record::new(Table::Claims), |record, (name, cell)| record.with(name, cell)).with("value", value)
}

/// Keeps what stands in a field of a partnership as a claim of the best of its sources, before another one overrules it;
/// of none where nobody is named who said it.
pub fn keep(draft: &mut Draft<'_>, partnership: &Record, field: &str, overruled_by: &str) {
    let sources = ranked(draft.registry, partnership.get("sources"));
    let keeper = sources.into_iter().find(|source| *source != overruled_by);
    if let Some(source) = keeper.filter(|_| !partnership.get(field).is_empty()) {
        draft.put(claim(partnership, field, partnership.get(field), source));
    }
}

/// Returns the ids of a list of sources, the best first; of equal rank the newer, then as they are listed.
pub fn ranked<'s>(registry: &Registry<'_>, sources: &'s str) -> Vec<&'s str> {
    let mut ids: Vec<&str> = sources.split(';').map(str::trim).filter(|id| !id.is_empty()).collect();
    let date = |source: Source<'_>| source.published().or(source.retrieved()).map(PartialDate::latest);
    ids.sort_by_key(|id| {
        let source = registry.source(id);
        let rank = source.and_then(Source::rank);
        (rank.is_none(), rank, Reverse(source.and_then(date)))
    });
    ids
}
