//! The time and the user of an edit: the only readers of the clock, and of who is at the keyboard.
#![allow(clippy::disallowed_methods, reason = "the clock and the user are read here and nowhere else")]

use std::env;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::failure::Failure;

/// When a command is run, and by whom.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Now, to the second.
    pub now: Timestamp,
    /// Today, where the user is.
    pub today: Date,
    /// The user's name.
    pub user: String,
}

impl Clock {
    /// Reads the clock and the user's name, or what `TWIN_NOW` and `TWIN_USER` fix instead.
    pub fn read() -> Result<Clock, Failure> {
        let set = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
        let zoned = match set("TWIN_NOW") {
            Some(fixed) => fixed_time(&fixed).ok_or_else(|| {
                let message = format!("TWIN_NOW is `{fixed}`; it must be a time such as 2026-11-25T09:30:00Z or a day");
                Failure::new(2, message)
            })?,
            None => Zoned::now(),
        };
        let now = Timestamp::from_second(zoned.timestamp().as_second()).unwrap_or(zoned.timestamp());
        let user = ["TWIN_USER", "USER", "LOGNAME", "USERNAME"].into_iter().find_map(set);
        Ok(Clock { now, today: zoned.date(), user: user.unwrap_or_else(|| "unknown".to_owned()) })
    }
}

/// Reads a time with its offset, or a day as its first moment, UTC.
fn fixed_time(text: &str) -> Option<Zoned> {
    let time = text.parse::<Timestamp>().ok().map(|time| time.to_zoned(TimeZone::UTC));
    time.or_else(|| text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok())
}
