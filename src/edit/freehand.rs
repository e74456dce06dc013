//! Dates as people write them, read into partial dates: `17.6.1982`, `6/1982`, `17 June 1982`.
//!
//! What may be two dates (`6/7/1982`) is read as neither. The calendar and the names of months are jiff's.

use jiff::fmt::strtime::{self, BrokenDownTime};

use crate::model::PartialDate;
use crate::model::date::DateError;

/// The forms of a day and of a month besides those of the registry.
const DAYS: [&str; 5] = ["%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y"];
const MONTHS: [&str; 4] = ["%m.%Y", "%m/%Y", "%B %Y", "%b %Y"];

/// Reads a date in a form of the registry or as people write it.
///
/// # Errors
/// It has no such form, or the calendar has no such day.
pub fn date(typed: &str) -> Result<PartialDate, DateError> {
    let error = match PartialDate::parse(typed.trim()) {
        Ok(date) => return Ok(date),
        Err(error) => error,
    };
    // `17. 6. 1982` and `17.6.1982` are one.
    let text = typed.trim().replace(". ", ".");
    let parsed =
        |forms: &[&str]| -> Option<BrokenDownTime> { forms.iter().find_map(|form| strtime::parse(form, &text).ok()) };
    let written = if let Some(day) = parsed(&DAYS) {
        day.to_date().ok().map(|day| (day.year(), day.to_string()))
    } else if let Some(month) = parsed(&MONTHS) {
        month.year().zip(month.month()).map(|(year, month)| (year, format!("{year:04}-{month:02}")))
    } else {
        // A day that jiff knows the form of and the calendar has not, such as 31.2.1982.
        return Err(if looks_like_a_day(&text) { DateError::Calendar(typed.to_owned()) } else { error });
    };
    match written {
        // A year of two digits may be of any century.
        Some((year, _)) if year < 1000 => Err(error),
        Some((_, text)) => PartialDate::parse(&text),
        None => Err(DateError::Calendar(typed.to_owned())),
    }
}

/// Tells whether a text is three numbers with dots between them, as a day is written.
fn looks_like_a_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (typed, read) in [
            ("17.6.1982", "1982-06-17"),
            ("17. 6. 1982", "1982-06-17"),
            ("01.02.2003", "2003-02-01"),
            ("1982/06/17", "1982-06-17"),
            ("17 June 1982", "1982-06-17"),
            ("June 17, 1982", "1982-06-17"),
            ("6.1982", "1982-06"),
            ("6/1982", "1982-06"),
            ("June 1982", "1982-06"),
            (" 1982 ", "1982"),
            ("196X", "196X"),
            ("[2010..2022]", "[2010..2022]"),
        ] {
            assert_eq!(date(typed).map(|date| date.to_string()), Ok(read.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_date_or_may_be_two_is_refused() {
        for typed in ["6/7/1982", "17.6.82", "yesterday", "", "1.1", "1982-6-17"] {
            assert!(matches!(date(typed), Err(DateError::Form(_))), "{typed}: {:?}", date(typed));
        }
        for typed in ["31.2.1982", "30 February 1982", "1982-02-30", "0.1.1982", "13.1982"] {
            assert!(date(typed).is_err(), "{typed}");
        }
        assert_eq!(date("31.2.1982"), Err(DateError::Calendar("31.2.1982".to_owned())));
    }
}
