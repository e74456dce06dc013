//! Whether a cell can be what its column says.

use super::date::{Interval, PartialDate};
use super::schema::{Column, Type};

/// What is wrong with a cell, with the rule it breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The rule's id.
    pub rule: &'static str,
    /// What is wrong, in English.
    pub message: String,
}

impl Column {
    /// Tells what makes the cell unreadable, if anything: nothing where there must be something, a word outside the
    /// vocabulary, a bad date, no number. The form of ids and addresses is left to `check`.
    pub fn flaw(&self, cell: &str) -> Option<Flaw> {
        let name = self.name;
        let flaw = |rule, message| Some(Flaw { rule, message });
        match self.kind {
            Type::Vocabulary(words) if words.contains(&cell) => None,
            Type::Vocabulary(words) if self.required || !cell.is_empty() => {
                flaw("vocabulary", format!("{name} is `{cell}`; it must be one of {}", words.join(", ")))
            }
            _ if cell.is_empty() => {
                if self.required {
                    flaw("required", format!("{name} is empty; a row cannot be without it"))
                } else {
                    None
                }
            }
            Type::Date => PartialDate::parse(cell).err().and_then(|error| flaw("date", format!("{name}: {error}"))),
            Type::Interval => Interval::parse(cell)
                .err()
                .and_then(|error| flaw("date", format!("{name}: {error} (a term is 2022/2029 or 2022/..)"))),
            Type::Number(..) if !is_decimal(cell.as_bytes()) => {
                flaw("number", format!("{name} is `{cell}`; it must be a decimal number such as 62.893"))
            }
            _ => None,
        }
    }

    /// Tells, for the commonest dates and for numbers, without looking closely, that [`Column::flaw`] would find nothing.
    pub fn is_plainly_right(&self, cell: &[u8]) -> bool {
        match self.kind {
            Type::Date => PartialDate::is_plain(cell),
            Type::Number(..) => is_decimal(cell),
            _ => false,
        }
    }

    /// Tells whether [`Column::flaw`] can find anything in this column.
    pub fn can_be_flawed(&self) -> bool {
        self.required || matches!(self.kind, Type::Vocabulary(_) | Type::Date | Type::Interval | Type::Number(..))
    }
}

/// Tells whether the text is a decimal number as JSON writes it: `-62.893`, no exponent.
fn is_decimal(text: &[u8]) -> bool {
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let number = text.strip_prefix(b"-").unwrap_or(text);
    let point = number.iter().position(|byte| *byte == b'.').unwrap_or(number.len());
    let (whole, fraction) = number.split_at(point);
    digits(whole) && (whole == b"0" || whole[0] != b'0') && (fraction.is_empty() || digits(&fraction[1..]))
}

#[cfg(test)]
mod tests {
    use crate::model::Table;

    fn rule(table: Table, column: &str, cell: &str) -> Option<&'static str> {
        let schema = table.schema();
        let column = schema.column(column).map(|number| &schema.columns[number]);
        column.and_then(|column| column.flaw(cell)).map(|flaw| flaw.rule)
    }

    #[test]
    fn a_cell_is_held_against_its_column() {
        for (table, column, cell, expected) in [
            (Table::Partnerships, "kind", "twin", None),
            (Table::Partnerships, "kind", "Twin", Some("vocabulary")),
            (Table::Partnerships, "status", "", Some("vocabulary")),
            (Table::Events, "by", "", None),
            (Table::Partnerships, "a", "", Some("required")),
            (Table::Partnerships, "start", "196X", None),
            (Table::Partnerships, "start", "1.1.1965", Some("date")),
            (Table::Partnerships, "term", "2022", Some("date")),
            (Table::Municipalities, "lat", "62.0", None),
            (Table::Municipalities, "lat", "-0.5", None),
            (Table::Municipalities, "lat", "062", Some("number")),
            (Table::Municipalities, "lat", "62,5", Some("number")),
            (Table::Municipalities, "lat", ".5", Some("number")),
            (Table::Municipalities, "lat", "1e2", Some("number")),
            (Table::Municipalities, "id", "No Id", None),
        ] {
            assert_eq!(rule(table, column, cell), expected, "{column} `{cell}`");
        }
    }
}
