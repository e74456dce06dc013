//! What has to be looked at again: reviews that were set for a day, and verifications that have grown old.

use foldhash::HashMap;
use jiff::civil::Date;

use crate::model::{Event, PartialDate, Registry, Status, Truth};

/// A review that an event has set, and after which nothing has happened.
#[derive(Clone, Copy)]
pub struct Review<'r> {
    /// The event.
    pub event: Event<'r>,
    /// The date of the review.
    pub on: PartialDate,
}

impl Review<'_> {
    /// Tells whether it is overdue: its day has certainly come by the end of today.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.on.by(today) == Truth::Yes
    }

    /// Tells whether it is not overdue today, and may come up by the end of a day.
    pub fn is_coming(&self, today: Date, until: Date) -> bool {
        !self.is_overdue(today) && self.on.by(until) != Truth::No
    }
}

/// Returns the reviews of all pairs after which nothing has happened, in the order of the file.
pub fn reviews<'r>(registry: &'r Registry<'_>) -> Vec<Review<'r>> {
    if registry.events_of_all().all(|event| event.review_on().is_none()) {
        return Vec::new();
    }
    let events = || registry.events_of_all().filter_map(|event| Some(([event.a(), event.b()], event, event.date()?)));
    let mut last: HashMap<[&str; 2], Date> = HashMap::default();
    for (pair, _, date) in events() {
        let last = last.entry(pair).or_insert(date.latest());
        *last = date.latest().max(*last);
    }
    let is_last = |pair, date: PartialDate| last.get(&pair).is_none_or(|last| *last <= date.latest());
    // What has ended is not looked at again.
    let is_over =
        |[a, b]: [&str; 2]| registry.partnership(a, b).is_some_and(|pair| pair.status() == Some(Status::Historic));
    let set = events().filter(|(pair, _, date)| is_last(*pair, *date) && !is_over(*pair));
    set.filter_map(|(_, event, _)| Some(Review { event, on: event.review_on()? })).collect()
}

/// Tells whether a verification is recent enough: it may have been made on a day or after it.
pub fn is_recent(verified: PartialDate, by: Date) -> bool {
    verified.latest() >= by
}
