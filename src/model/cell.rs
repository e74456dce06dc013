//! Whether a cell can be what its column says.

use super::date::{DateError, Interval, PartialDate};
use super::schema::{Column, Type};

/// How many bytes a cell may have that every row has: keys are compared, and names shown, many times each.
pub const LONGEST: usize = 1000;

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A word outside the vocabulary.
    #[error("{column} is `{cell}`; it must be one of {}", .words.join(", "))]
    Vocabulary {
        /// The column's name.
        column: &'static str,
        /// What stands there.
        cell: String,
        /// What may.
        words: &'static [&'static str],
    },
    /// Nothing where there must be something.
    #[error("{column} is empty; a row cannot be without it")]
    Required {
        /// The column's name.
        column: &'static str,
    },
    /// More than a cell holds that every row has.
    #[error("{column} has {bytes} bytes; it may have {LONGEST}")]
    Long {
        /// The column's name.
        column: &'static str,
        /// How many bytes stand there.
        bytes: usize,
    },
    /// No date, or a day that does not exist.
    #[error("{column}: {error}")]
    Date {
        /// The column's name.
        column: &'static str,
        /// What is wrong with it.
        error: DateError,
    },
    /// No stretch of time.
    #[error("{column}: {error} (a term is 2022/2029 or 2022/..)")]
    Interval {
        /// The column's name.
        column: &'static str,
        /// What is wrong with it.
        error: DateError,
    },
    /// No number.
    #[error("{column} is `{cell}`; it must be a decimal number such as 62.893")]
    Number {
        /// The column's name.
        column: &'static str,
        /// What stands there.
        cell: String,
    },
}

impl Flaw {
    /// Returns the id of the rule that is broken.
    pub fn rule(&self) -> &'static str {
        match self {
            Flaw::Vocabulary { .. } => "vocabulary",
            Flaw::Required { .. } | Flaw::Long { .. } => "required",
            Flaw::Date { .. } | Flaw::Interval { .. } => "date",
            Flaw::Number { .. } => "number",
        }
    }
}

impl Column {
    /// Tells what makes the cell unreadable, if anything: nothing where there must be something, a word outside the
    /// vocabulary, a bad date, no number. The form of ids and addresses is left to `check`.
    pub fn flaw(&self, cell: &str) -> Option<Flaw> {
        let column = self.name;
        match self.kind {
            Type::Vocabulary(words) if words.contains(&cell) => None,
            Type::Vocabulary(words) if !cell.is_empty() => {
                Some(Flaw::Vocabulary { column, cell: cell.to_owned(), words })
            }
            _ if cell.is_empty() => self.required.then_some(Flaw::Required { column }),
            Type::Date => PartialDate::parse(cell).err().map(|error| Flaw::Date { column, error }),
            Type::Interval => Interval::parse(cell).err().map(|error| Flaw::Interval { column, error }),
            Type::Number(..) if !is_decimal(cell.as_bytes()) => Some(Flaw::Number { column, cell: cell.to_owned() }),
            _ if self.required && cell.len() > LONGEST => Some(Flaw::Long { column, bytes: cell.len() }),
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
    use super::LONGEST;
    use crate::model::Table;

    fn rule(table: Table, column: &str, cell: &str) -> Option<&'static str> {
        let schema = table.schema();
        let column = schema.column(column).map(|number| &schema.columns[number]);
        column.and_then(|column| column.flaw(cell)).map(|flaw| flaw.rule())
    }

    const LONG: &str = match str::from_utf8(&[b'x'; LONGEST + 1]) {
        Ok(long) => long,
        Err(_) => "",
    };

    #[test]
    fn a_cell_is_held_against_its_column() {
        for (table, column, cell, expected) in [
            (Table::Partnerships, "kind", "twin", None),
            (Table::Partnerships, "kind", "Twin", Some("vocabulary")),
            (Table::Partnerships, "status", "", Some("required")),
            (Table::Events, "by", "", None),
            (Table::Partnerships, "a", "", Some("required")),
            (Table::Partnerships, "a", LONG, Some("required")),
            (Table::Partnerships, "a", &LONG[1..], None),
            (Table::Partnerships, "note", LONG, None),
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
