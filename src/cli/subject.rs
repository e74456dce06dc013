//! What `set`, `edit` and `remove` are about: one place, or the partnership of two.

use super::editing::Editing;
use super::failure::Failure;
use crate::edit::{Record, field};
use crate::i18n::typed::quoted;
use crate::model::{PartialDate, Table, Type};
use crate::query::find;

/// A record and what it is called.
pub struct Subject {
    pub record: Record,
    pub title: String,
    /// How names were read that were not typed as they are shown.
    pub notes: Vec<String>,
}

impl Subject {
    /// Finds the place, or the partnership of the two places, that was typed.
    pub fn find<'r>(editing: &Editing<'r>, typed: &'r [String], within: Option<&'r str>) -> Result<Subject, Failure> {
        let session = &editing.session;
        if let [one] = typed {
            let place = session.find(one, editing.within(within)?)?;
            let title = session.context().name(place).to_owned();
            let notes = session.read_as(one, place).into_iter().collect();
            return Ok(Subject { record: Record::of(place.row()), title, notes });
        }
        let ([one, other], notes) = editing.pair(typed, editing.within(within)?)?;
        let names = [one, other].map(|place| session.context().name(place));
        let title = format!("{} – {}", names[0], names[1]);
        match session.registry.partnership(one.id(), other.id()) {
            Some(partnership) => Ok(Subject { record: Record::of(partnership.row()), title, notes }),
            None => Err(no_partnership(names)),
        }
    }
}

/// Says that two places have no partnership, and how to add one.
pub fn no_partnership(names: [&str; 2]) -> Failure {
    let [one, other] = names.map(quoted);
    Failure::new(4, format!("{} and {} have no partnership", names[0], names[1]))
        .hint(format!("twin add {one} {other} --kind twin"))
}

/// Sets a field to what was typed; what refers to a record elsewhere is found there by any of its names.
pub fn assign(editing: &Editing<'_>, record: &mut Record, name: &str, typed: &str) -> Result<(), Failure> {
    let registry = editing.session.registry;
    let column = field::column(registry.grid(record.table()), name)?;
    let typed = typed.trim();
    let found = match column.map(|column| column.kind) {
        Some(Type::Reference(Table::Municipalities)) if !typed.is_empty() => {
            find::municipality(registry, typed, None)?.id().to_owned()
        }
        Some(Type::Reference(Table::Countries)) if !typed.is_empty() => {
            find::country(registry, typed)?.code().to_owned()
        }
        Some(Type::List) if name == "sources" => {
            let ids = typed.split(';').map(str::trim).filter(|id| !id.is_empty());
            let ids: Result<Vec<&str>, _> =
                ids.map(|id| find::source(registry, id).map(|source| source.id())).collect();
            ids?.join(";")
        }
        _ => typed.to_owned(),
    };
    let cell = field::cell(name, column, &found)?;
    if ["start", "verified_on"].contains(&name) && !cell.is_empty() {
        let date = PartialDate::parse(&cell).map_err(|error| Failure::new(2, error.to_string()))?;
        editing.not_future(date)?;
    }
    record.set(name, cell);
    Ok(())
}
