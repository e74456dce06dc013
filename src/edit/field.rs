//! Single fields, as they are typed: `start=17.6.1982`, `themes=youth;art`, `note=`.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::freehand;
use super::record::{Record, listed};
use crate::model::{Column, Grid, Table, Type};

/// Why a field is not set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// The table has no such column.
    #[error("`{table}` has no field `{field}`; the fields are {}", .fields.join(", "))]
    Unknown {
        /// The table's name.
        table: &'static str,
        /// What was typed.
        field: String,
        /// What there is.
        fields: Vec<String>,
    },
    /// It tells one record from another.
    #[error("`{0}` is part of the key, which does not change")]
    Key(String),
    /// It is changed together with the event that tells of it.
    #[error("`{field}` is not set by hand: the decision would be missing")]
    Decided {
        /// The field.
        field: String,
        /// The command that changes it.
        by: &'static str,
    },
    /// The value cannot stand there.
    #[error("{0}")]
    Value(String),
}

/// Sets a field of a record to what was typed; nothing clears it.
///
/// # Errors
/// There is no such field, it is not to be set by hand, or the value cannot stand there.
pub fn set(record: &mut Record, grid: &Grid<'_>, field: &str, typed: &str) -> Result<(), FieldError> {
    let column = column(grid, field)?;
    record.set(field, cell(field, column, typed)?);
    Ok(())
}

/// Returns the column of a field that may be set by hand; `None` where only the file knows it.
///
/// # Errors
/// There is no such field, or it is not to be set by hand.
pub fn column(grid: &Grid<'_>, field: &str) -> Result<Option<&'static Column>, FieldError> {
    let schema = grid.schema();
    let column = schema.column(field).map(|number| &schema.columns[number]);
    if column.is_none() && !grid.header().any(|known| known == field) {
        let fields = schema.columns.iter().map(|column| column.name).chain(grid.unknown().map(|(_, name)| name));
        let fields = fields.filter(|name| !schema.key.contains(name)).map(str::to_owned).collect();
        return Err(FieldError::Unknown { table: schema.name, field: field.to_owned(), fields });
    }
    if schema.key.contains(&field) {
        return Err(FieldError::Key(field.to_owned()));
    }
    match decided_by(grid.table(), field) {
        Some(by) => Err(FieldError::Decided { field: field.to_owned(), by }),
        None => Ok(column),
    }
}

/// Returns the command that changes a field together with the event that tells of it.
pub fn decided_by(table: Table, field: &str) -> Option<&'static str> {
    match (table, field) {
        (Table::Partnerships, "status") => Some("twin suspend, resume or end"),
        (Table::Partnerships, "end") => Some("twin end"),
        (Table::Municipalities, "dissolved") => Some("twin place merge or dissolve"),
        _ => None,
    }
}

/// Returns what was typed as it stands in a cell of a column; `None` is a column that the schema does not know.
///
/// # Errors
/// It cannot stand there.
pub fn cell(field: &str, column: Option<&Column>, typed: &str) -> Result<String, FieldError> {
    let text = ComposingNormalizerBorrowed::new_nfc().normalize(typed.trim());
    if let Some(control) = text.chars().find(|letter| letter.is_control()) {
        let shown = control.escape_unicode();
        return Err(FieldError::Value(format!("{field} holds the control character {shown}; no cell holds one")));
    }
    let text = match column.map(|column| column.kind) {
        Some(Type::Date) if !text.is_empty() => {
            let date = freehand::date(&text).map_err(|error| FieldError::Value(format!("{field}: {error}")))?;
            date.to_string()
        }
        Some(Type::List) => listed(&text),
        Some(Type::Number(..)) => text.replacen(',', ".", 1),
        _ => text.into_owned(),
    };
    match column.and_then(|column| column.flaw(&text)) {
        Some(flaw) => Err(FieldError::Value(flaw.to_string())),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(table: Table, field: &str, typed: &str) -> Result<String, FieldError> {
        let mut record = Record::new(table).with(field, "before");
        set(&mut record, &Grid::empty(table), field, typed).map(|()| record.get(field).to_owned())
    }

    #[test]
    fn what_is_typed_is_brought_into_the_form_of_its_column() {
        for (table, field, text, cell) in [
            (Table::Partnerships, "start", "17.6.1982", "1982-06-17"),
            (Table::Partnerships, "start", "", ""),
            (Table::Partnerships, "themes", " youth ;art; ", "youth;art"),
            (Table::Partnerships, "kind", "friendship", "friendship"),
            (Table::Partnerships, "note", " A\u{30A}bo ", "Åbo"),
            (Table::Municipalities, "lat", "62,893", "62.893"),
        ] {
            assert_eq!(typed(table, field, text), Ok(cell.to_owned()), "{field} {text}");
        }
    }

    #[test]
    fn what_cannot_stand_there_is_refused() {
        for (table, field, text) in [
            (Table::Partnerships, "start", "31.2.1982"),
            (Table::Partnerships, "kind", "marriage"),
            (Table::Partnerships, "kind", ""),
            (Table::Municipalities, "lat", "north"),
            (Table::Partnerships, "note", "a\nb"),
        ] {
            assert!(matches!(typed(table, field, text), Err(FieldError::Value(_))), "{field} {text:?}");
        }
        assert!(matches!(typed(Table::Partnerships, "a", "fi-x"), Err(FieldError::Key(_))));
        assert!(matches!(typed(Table::Partnerships, "status", "active"), Err(FieldError::Decided { .. })));
        assert!(matches!(typed(Table::Partnerships, "colour", "red"), Err(FieldError::Unknown { .. })));
    }
}
