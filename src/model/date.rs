//! Partial dates: as exact as is known and no more, in the part of EDTF that the registry uses.
//!
//! `1965`, `2022-03`, `1982-06-11`, `196X`, each with `~` (about) or `?` (uncertain); `[..2016]` (at some time up
//! to), `[2010..2022]` (at some time between). EDTF: ISO 8601-2 and <https://www.loc.gov/standards/datetime/>.
//! The calendar is jiff's; a comparison has three answers.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// The answer of a comparison with what is only partly known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// Certainly not.
    No,
    /// It may be so.
    Maybe,
    /// Certainly.
    Yes,
}

impl Truth {
    /// Returns the weaker of the two: both must hold.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::Yes } else { Truth::No }
    }
}

/// A date in one of the forms above is not one of them, or names a day that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has none of the forms.
    #[error("`{0}` is no date; write 1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016] or [2010..2022]")]
    Form(String),
    /// The form is right, the calendar has no such day.
    #[error("`{0}` is no day of the calendar")]
    Calendar(String),
    /// A span whose end is before its beginning.
    #[error("`{0}` ends before it begins")]
    Reversed(String),
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Precision {
    Decade,
    Year,
    Month,
    Day,
}

/// One point in time, known to a decade, a year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Point {
    first: Date,
    precision: Precision,
    /// `~` or `?`.
    mark: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    Point(Point),
    /// `[from..to]`, `[..to]`.
    Within(Option<Point>, Point),
}

/// A date as exact as is known: a point with its precision, or a stretch within which it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate(Form);

impl Point {
    /// Reads `1965`, `196X`, `2022-03`, `1982-06-11`; with `marked`, also a closing `~` or `?`.
    fn parse(text: &str, marked: bool) -> Option<Result<Point, ()>> {
        let bytes = text.as_bytes();
        let (bytes, mark) = match bytes.split_last() {
            Some((mark @ (b'~' | b'?'), rest)) if marked => (rest, Some(*mark)),
            _ => (bytes, None),
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0i16, |sum, d| d.is_ascii_digit().then(|| sum * 10 + i16::from(d - b'0')))
        };
        let (precision, year, month, day) = match bytes {
            [decade @ .., b'X'] if decade.len() == 3 && marked => (Precision::Decade, number(decade)? * 10, 1, 1),
            year if year.len() == 4 => (Precision::Year, number(year)?, 1, 1),
            [year @ .., b'-', m1, m2] if year.len() == 4 => (Precision::Month, number(year)?, number(&[*m1, *m2])?, 1),
            [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
                (Precision::Day, number(year)?, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
            }
            _ => return None,
        };
        Some(match Date::new(year, month as i8, day as i8) {
            Ok(first) => Ok(Point { first, precision, mark }),
            Err(_) => Err(()),
        })
    }

    /// Returns one step of this precision.
    fn step(self) -> Span {
        match self.precision {
            Precision::Decade => 10.years(),
            Precision::Year => 1.year(),
            Precision::Month => 1.month(),
            Precision::Day => 1.day(),
        }
    }

    /// Returns the first day it can be; what is marked `~` or `?` reaches one step further.
    fn earliest(self) -> Date {
        if self.mark.is_some() { self.first.saturating_sub(self.step()) } else { self.first }
    }

    /// Returns the last day it can be.
    fn latest(self) -> Date {
        let after = self.first.saturating_add(self.step());
        let after = if self.mark.is_some() { after.saturating_add(self.step()) } else { after };
        if after == Date::MAX { after } else { after.saturating_sub(1.day()) }
    }
}

impl PartialDate {
    /// Reads a date in one of the forms of the registry.
    ///
    /// # Errors
    /// The text has none of the forms, names no day of the calendar, or is a reversed span.
    pub fn parse(text: &str) -> Result<PartialDate, DateError> {
        let form = || DateError::Form(text.to_owned());
        let point = |part: &str, marked| match Point::parse(part, marked) {
            Some(Ok(point)) => Ok(point),
            Some(Err(())) => Err(DateError::Calendar(text.to_owned())),
            None => Err(form()),
        };
        let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
            return Ok(PartialDate(Form::Point(point(text, true)?)));
        };
        let (from, to) = inner.split_once("..").ok_or_else(form)?;
        let from = if from.is_empty() { None } else { Some(point(from, false)?) };
        let to = point(to, false)?;
        if from.is_some_and(|from| from.first > to.latest()) {
            return Err(DateError::Reversed(text.to_owned()));
        }
        Ok(PartialDate(Form::Within(from, to)))
    }

    /// Tells, without looking closely, that the text is a year, a month, or a day that every month has.
    pub fn is_plain(text: &[u8]) -> bool {
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let month = |part: &[u8]| matches!(part, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
        let day = |part: &[u8]| matches!(part, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'9'] | [b'2', b'0'..=b'8']);
        match text.len() {
            4 => digits(text),
            7 => digits(&text[..4]) && text[4] == b'-' && month(&text[5..]),
            10 => digits(&text[..4]) && text[4] == b'-' && month(&text[5..7]) && text[7] == b'-' && day(&text[8..]),
            _ => false,
        }
    }

    /// Returns the first day it can be; `None` if it has no lower bound.
    pub fn earliest(self) -> Option<Date> {
        match self.0 {
            Form::Point(point) => Some(point.earliest()),
            Form::Within(from, _) => from.map(Point::earliest),
        }
    }

    /// Returns the last day it can be.
    pub fn latest(self) -> Date {
        match self.0 {
            Form::Point(point) => point.latest(),
            Form::Within(_, to) => to.latest(),
        }
    }

    /// Returns the day, if it is known for certain.
    pub fn day(self) -> Option<Date> {
        match self.0 {
            Form::Point(Point { first, precision: Precision::Day, mark: None }) => Some(first),
            _ => None,
        }
    }

    /// Tells whether it lies before every day that `other` can be.
    pub fn before(self, other: PartialDate) -> Truth {
        let Some(bound) = other.earliest() else { return Truth::No };
        if self.latest() < bound {
            Truth::Yes
        } else if self.earliest().is_some_and(|earliest| earliest >= bound) {
            Truth::No
        } else {
            Truth::Maybe
        }
    }

    /// Tells whether it lies after every day that `other` can be.
    pub fn after(self, other: PartialDate) -> Truth {
        let bound = other.latest();
        if self.earliest().is_some_and(|earliest| earliest > bound) {
            Truth::Yes
        } else if self.latest() <= bound {
            Truth::No
        } else {
            Truth::Maybe
        }
    }

    /// Tells whether it has come by the end of `day`.
    pub fn by(self, day: Date) -> Truth {
        if self.latest() <= day {
            Truth::Yes
        } else if self.earliest().is_some_and(|earliest| earliest > day) {
            Truth::No
        } else {
            Truth::Maybe
        }
    }

    /// Returns the first year of the decade it certainly lies in, if there is only one.
    pub fn decade(self) -> Option<i16> {
        let decade = |date: Date| date.year().div_euclid(10) * 10;
        let latest = decade(self.latest());
        (decade(self.earliest()?) == latest).then_some(latest)
    }

    /// Returns the year it certainly lies in, if there is only one.
    pub fn year(self) -> Option<i16> {
        let latest = self.latest().year();
        (self.earliest()?.year() == latest).then_some(latest)
    }

    /// Returns a key that orders dates by the first day they can be, then by the last.
    pub fn order(self) -> (Option<Date>, Date) {
        (self.earliest(), self.latest())
    }
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> PartialDate {
        PartialDate(Form::Point(Point { first: day, precision: Precision::Day, mark: None }))
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = *b"0000-00-00?";
        let numbers = [
            (0..4, self.first.year().unsigned_abs()),
            (5..7, self.first.month().unsigned_abs().into()),
            (8..10, self.first.day().unsigned_abs().into()),
        ];
        for (digits, mut number) in numbers {
            for digit in text[digits].iter_mut().rev() {
                *digit += (number % 10) as u8;
                number /= 10;
            }
        }
        let mut len = match self.precision {
            Precision::Decade | Precision::Year => 4,
            Precision::Month => 7,
            Precision::Day => 10,
        };
        if self.precision == Precision::Decade {
            text[3] = b'X';
        }
        if let Some(mark) = self.mark {
            text[len] = mark;
            len += 1;
        }
        f.write_str(str::from_utf8(&text[..len]).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Point(point) => point.fmt(f),
            Form::Within(None, to) => write!(f, "[..{to}]"),
            Form::Within(Some(from), to) => write!(f, "[{from}..{to}]"),
        }
    }
}

/// A stretch of time, `2022/2029` or `2022/..`; `..` is an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// When it begins; `None` is open.
    pub from: Option<PartialDate>,
    /// When it ends; `None` is open.
    pub to: Option<PartialDate>,
}

impl Interval {
    /// Reads an interval.
    ///
    /// # Errors
    /// The text is no `FROM/TO`, one of the two is no date, or it ends before it begins.
    pub fn parse(text: &str) -> Result<Interval, DateError> {
        let side = |part: &str| match part {
            ".." => Ok(None),
            _ if part.starts_with('[') => Err(DateError::Form(text.to_owned())),
            _ => PartialDate::parse(part).map(Some),
        };
        let (from, to) = text.split_once('/').ok_or_else(|| DateError::Form(text.to_owned()))?;
        let (from, to) = (side(from)?, side(to)?);
        match (from, to) {
            (Some(from), Some(to)) if to.before(from) == Truth::Yes => Err(DateError::Reversed(text.to_owned())),
            _ => Ok(Interval { from, to }),
        }
    }
}

#[cfg(test)]
mod tests;
