//! The report of what has to be looked at again: reviews, verifications that have grown old, suspensions without a decision.

use foldhash::HashMap;
use jiff::civil::Date;

use super::{Document, Made, Part, listed, status};
use crate::i18n::{documents as words, words as common};
use crate::model::Status;
use crate::query::Selected;
use crate::query::review::{Review, is_recent, reviews};
use crate::report::field::Context;
use crate::report::listing::{partnership, sort};
use crate::report::table::{Cell, Column, Table};

/// What of the listing is told of each.
const LISTED: [&str; 6] = ["place", "partner", "country_name", "kind", "status", "status_since"];

/// The days that it is about.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// Today.
    pub today: Date,
    /// The last day on which a review counts as coming up.
    pub until: Date,
    /// The day by which a partnership must have been verified, to be so still.
    pub verified_by: Date,
}

/// Makes it of a selection of what is in force.
pub fn review<'r>(made: Made<'_, 'r>, days: Days) -> Document<'r> {
    let context = made.context;
    let lang = context.lang();
    let Days { today, until, verified_by } = days;
    let mut rows = made.selection.rows.clone();
    sort(context, &mut rows, false);
    let waiting = waiting(context, &rows);
    let of = |is_meant: &dyn Fn(&Review<'r>) -> bool| -> Vec<(Selected, Review<'r>)> {
        waiting.iter().copied().filter(|(_, review)| is_meant(review)).collect()
    };
    let overdue = of(&|review| review.is_overdue(today));
    let coming = of(&|review| review.is_coming(today, until));
    let verified = |row: &Selected| partnership(context, *row).verified_on();
    let is_stale = |row: &Selected| !verified(row).is_some_and(|date| is_recent(date, verified_by));
    let stale: Vec<Selected> = rows.iter().copied().filter(is_stale).collect();
    let never = stale.iter().filter(|row| verified(row).is_none()).count();
    let is_undecided = |row: &Selected| row.status == Some(Status::Suspended) && !status::has_decision(context, *row);
    let undecided: Vec<Selected> = rows.iter().copied().filter(is_undecided).collect();
    let parts = vec![
        Part::new(words::reviews_overdue(lang, overdue.len()), reviewed(context, overdue)),
        Part::new(words::reviews_coming(lang, &until.to_string(), coming.len()), reviewed(context, coming)),
        Part::new(
            words::not_verified(lang, &verified_by.to_string(), stale.len(), never),
            verified_last(context, stale),
        ),
        Part::new(
            words::suspended_undecided(lang, undecided.len()),
            listed(context, &LISTED, undecided, Vec::new(), |_, _| Vec::new()),
        ),
    ];
    // A part that holds nothing is not there; that nothing was found is told all the same.
    let found = parts.iter().map(|part| format!("{}.", part.title)).collect::<Vec<_>>().join(" ");
    let mut lead = vec![words::made_for(lang, &today.to_string())];
    lead.extend(made.lead(vec![found, words::counted_review(lang).to_owned()]));
    made.document_of(words::review_title(lang), lead, parts, made.basis())
}

/// Returns the reviews of partnerships after which nothing has happened, by their dates.
fn waiting<'r>(context: Context<'r>, rows: &[Selected]) -> Vec<(Selected, Review<'r>)> {
    let mut by_pair: HashMap<[&str; 2], Vec<Review<'r>>> = HashMap::default();
    for review in reviews(context.registry) {
        by_pair.entry([review.event.a(), review.event.b()]).or_default().push(review);
    }
    let of = |row: &Selected| {
        let partnership = partnership(context, *row);
        let own = by_pair.get(&[partnership.a(), partnership.b()]).cloned().unwrap_or_default();
        let row = *row;
        own.into_iter().map(move |review| (row, review))
    };
    let mut waiting: Vec<(Selected, Review<'r>)> = rows.iter().flat_map(of).collect();
    waiting.sort_by_key(|(_, review)| review.on.order());
    waiting
}

/// Makes the table of reviews: when, and who decided on what set it.
fn reviewed<'r>(context: Context<'r>, reviews: Vec<(Selected, Review<'r>)>) -> Table<'r> {
    let lang = context.lang();
    let columns =
        vec![Column::new("review_on", common::review_on(lang)), Column::new("decision", words::decision(lang))];
    let (rows, reviews): (Vec<Selected>, Vec<Review<'r>>) = reviews.into_iter().unzip();
    listed(context, &LISTED, rows, columns, move |nth, _| {
        vec![Cell::Date(reviews[nth].on), status::decided(context, Some(reviews[nth].event))]
    })
}

/// Makes the table of partnerships with the day on which each was verified last.
fn verified_last<'r>(context: Context<'r>, rows: Vec<Selected>) -> Table<'r> {
    let lang = context.lang();
    listed(context, &LISTED, rows, vec![Column::new("verified_on", common::verified_on(lang))], move |_, row| {
        let verified = partnership(context, row).verified_on();
        vec![verified.map_or(Cell::text(words::never(lang)), Cell::Date)]
    })
}
