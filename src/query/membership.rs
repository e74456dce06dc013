//! How networks and memberships stand and stood.

use jiff::civil::Date;

use crate::model::{PartialDate, Truth};

/// How what has a beginning and an end stood on a day, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spell {
    /// It is known to have begun later.
    NotBegun,
    /// It was there.
    Is {
        /// Whether it may have begun later or have ended by then; a date is not exact.
        uncertain: bool,
        /// Whether the day it began is unknown; it is counted as begun.
        start_unknown: bool,
    },
    /// It had certainly ended.
    Over,
}

/// Tells how what began and ended then stood by the end of a day; without a day, how it stands: what has an end is over.
pub fn spell(since: Option<PartialDate>, until: Option<PartialDate>, day: Option<Date>) -> Spell {
    let Some(day) = day else {
        return until.map_or(Spell::Is { uncertain: false, start_unknown: false }, |_| Spell::Over);
    };
    let by_then = |date: Option<PartialDate>| date.map(|date| date.by(day));
    match (by_then(since), by_then(until)) {
        (Some(Truth::No), _) => Spell::NotBegun,
        (_, Some(Truth::Yes)) => Spell::Over,
        (since, until) => {
            let uncertain = [since, until].contains(&Some(Truth::Maybe));
            Spell::Is { uncertain, start_unknown: since.is_none() }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what fails here fails the test")]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_ended_is_still_there_and_what_may_not_have_begun_is_there_already() {
        let is = |uncertain, start_unknown| Spell::Is { uncertain, start_unknown };
        let date =
            |text: &str| Some(text).filter(|text| !text.is_empty()).map(|text| PartialDate::parse(text).unwrap());
        for (since, until, wanted) in [
            ("", "", is(false, true)),
            ("2010", "", is(false, false)),
            ("2012-06-30", "", is(false, false)),
            ("2012-07-01", "", Spell::NotBegun),
            ("2012", "", is(true, false)),
            ("2012-07", "2012-08", Spell::NotBegun),
            ("", "2012-06-30", Spell::Over),
            ("", "2012-07-01", is(false, true)),
            ("", "2012", is(true, true)),
            ("", "[..2016]", is(true, true)),
            ("1982", "200X", Spell::Over),
        ] {
            let day = Date::constant(2012, 6, 30);
            assert_eq!(spell(date(since), date(until), Some(day)), wanted, "{since}/{until}");
        }
        assert_eq!(spell(None, date("[..2016]"), None), Spell::Over);
        assert_eq!(spell(date("2100"), None, None), is(false, false));
    }
}
