//! The report of time: what began, was suspended and ended, by decade and by year.

use std::collections::BTreeMap;

use super::{Bars, Document, Figure, Made, Part, events};
use crate::i18n::{documents as words, words as common};
use crate::model::{EventKind, PartialDate, Status};
use crate::query::Selected;
use crate::report::field::Context;
use crate::report::listing::{partnership, since};
use crate::report::table::{Cell, Column, Table};

/// Begun, suspended, ended.
type Counts = [usize; 3];

/// Makes it of a selection of every status.
pub fn timeline<'r>(made: Made<'_, 'r>) -> Document<'r> {
    let Made { context, selection, .. } = made;
    let lang = context.lang();
    let dates: Vec<[Vec<Option<PartialDate>>; 3]> = selection.rows.iter().map(|row| dates(context, *row)).collect();
    let by = |label, of: fn(PartialDate) -> Option<i16>, named: fn(i16) -> String| {
        let mut counts: BTreeMap<(bool, i16), Counts> = BTreeMap::new();
        for (nth, dates) in dates.iter().flat_map(|kinds| kinds.iter().enumerate()) {
            for date in dates {
                let key = date.and_then(of).map_or((true, 0), |number| (false, number));
                counts.entry(key).or_default()[nth] += 1;
            }
        }
        let columns = vec![
            Column::new("time", label),
            Column::new("begun", words::begun(lang)),
            Column::new("suspended", words::suspended(lang)),
            Column::new("ended", words::ended(lang)),
        ];
        let row = |((is_unknown, number), counts): ((bool, i16), Counts)| {
            let time = if is_unknown { common::unknown(lang).to_owned() } else { named(number) };
            [Cell::text(time)].into_iter().chain(counts.map(Cell::Count)).collect()
        };
        Table::of_rows(columns, counts.into_iter().map(row).collect())
    };
    let decades = by(common::decade(lang), PartialDate::decade, |year| format!("{year}–{}", year + 9));
    let years = by(words::year(lang), PartialDate::year, |year| year.to_string());
    let bars = Figure::Bars(Bars { keys: &["begun", "suspended", "ended"], are_parts: false });
    let parts = vec![
        Part { figures: vec![bars], ..Part::new(words::by_decade(lang), decades) },
        Part::new(words::by_year(lang), years),
    ];
    made.document(words::timeline_title(lang), vec![words::counted_time(lang).to_owned()], parts)
}

/// Returns when a partnership began, each time it was suspended, and when it ended; a date that is not known counts as
/// such.
fn dates(context: Context<'_>, selected: Selected) -> [Vec<Option<PartialDate>>; 3] {
    let events = events(context, selected);
    let mut suspended: Vec<Option<PartialDate>> =
        events.filter(|event| event.event() == Some(EventKind::Suspended)).map(|event| event.date()).collect();
    if selected.status == Some(Status::Suspended) && suspended.is_empty() {
        suspended.push(None);
    }
    let ended = (selected.status == Some(Status::Historic)).then(|| since(context, selected));
    [vec![partnership(context, selected).start()], suspended, ended.into_iter().collect()]
}
