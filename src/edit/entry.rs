//! New records from what was typed: keys too, which `field` does not touch, and the form of ids and addresses.
//!
//! A form is judged here because a record that is made now can still be made right; one that stands in a table
//! already is loaded as it is, and `check` tells of it.

use super::field::{FieldError, cell};
use super::record::Record;
use crate::model::Type;
use crate::model::pattern::{is_mail_address, is_web_address};

/// Sets a cell of a new record to what was typed.
///
/// # Errors
/// The value cannot stand there, or has not the form that the column asks for.
pub fn enter(record: &mut Record, field: &str, typed: &str) -> Result<(), FieldError> {
    let schema = record.table().schema();
    let column = schema.column(field).map(|number| &schema.columns[number]);
    let text = cell(field, column, typed)?;
    let refused = |wanted: &str| Err(FieldError::Value(format!("{field} is `{text}`; it must be {wanted}")));
    match column.map(|column| column.kind) {
        _ if text.is_empty() => {}
        Some(Type::Pattern(pattern)) if !pattern.matches(&text) => {
            return refused("small letters and digits, apart by single hyphens");
        }
        Some(Type::Uri) if !is_web_address(&text) => return refused("an address such as https://www.kuopio.fi"),
        // Who has it is not told on the screen.
        Some(Type::Email) if !is_mail_address(&text) => {
            return Err(FieldError::Value(format!("{field} must be an address such as kirjaamo@kuopio.fi")));
        }
        _ => {}
    }
    record.set(field, text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Table;

    #[test]
    fn what_is_typed_has_the_form_of_its_column() {
        for (table, field, typed, is_right) in [
            (Table::Sources, "id", "hel-fi-2020", true),
            (Table::Sources, "id", "Hel", false),
            (Table::Sources, "id", "hel--fi", false),
            (Table::Sources, "id", "hel-", false),
            (Table::Sources, "id", "", false),
            (Table::Sources, "url", "https://www.hel.fi/a", true),
            (Table::Sources, "url", "", true),
            (Table::Sources, "url", "www.hel.fi", false),
            (Table::Sources, "url", "https:///a", false),
            (Table::Sources, "rank", "best", false),
            (Table::Contacts, "email", "kirjaamo@kuopio.fi", true),
            (Table::Contacts, "email", "kirjaamo", false),
            (Table::Contacts, "email", "a@b@c", false),
            (Table::Contacts, "role", " ", false),
        ] {
            let mut record = Record::new(table);
            let entered = enter(&mut record, field, typed);
            assert_eq!(entered.is_ok(), is_right, "{field} {typed:?}: {entered:?}");
            assert_eq!(record.get(field), if is_right { typed } else { "" });
        }
        let error = enter(&mut Record::new(Table::Contacts), "email", "maija meri").unwrap_err();
        assert!(!error.to_string().contains("meri"), "{error}");
    }
}
