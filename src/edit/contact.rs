//! Contacts: whom to ask. The only records that say who somebody is, and the only ones that are emptied.

use super::record::Record;
use crate::model::{Contact, Registry, Table};
use crate::query::fold::fold;

/// The columns of a contact that say who somebody is.
pub const PERSONAL: [&str; 3] = ["name", "email", "phone"];

/// Finds the contact of a party for a role, however that is capitalised.
pub fn find<'r>(registry: &'r Registry<'_>, subject: &str, role: &str) -> Option<Contact<'r>> {
    let grid = registry.grid(Table::Contacts);
    let exact = grid.find(&[subject, role]).map(Contact::from);
    exact.or_else(|| grid.range(&[subject]).map(Contact::from).find(|known| fold(known.role()) == fold(role)))
}

/// Returns a retired contact as it may be filled anew: nothing of whoever had the role before.
pub fn vacant(retired: Contact<'_>) -> Record {
    let record = Record::of(retired.row());
    PERSONAL.iter().chain(&["since", "until", "checked_on"]).fold(record, |record, column| record.with(column, ""))
}

/// Returns a contact without what says who somebody is; one that was retired before keeps its day.
pub fn retired(contact: Contact<'_>, on: &str) -> Record {
    let mut record = Record::of(contact.row());
    if record.get("until").is_empty() {
        record.set("until", on);
    }
    PERSONAL.iter().fold(record, |record, column| record.with(column, ""))
}
