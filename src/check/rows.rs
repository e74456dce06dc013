//! Partnerships and parties, each read once.

use super::finding::Spot;
use crate::model::{Event, EventKind, Municipality, PartialDate, Partnership, Registry, Row, Status, Table};

/// A partnership whose cells have been read.
pub struct Pair<'r> {
    /// The row.
    pub row: Row<'r>,
    /// The numbers of its parties' rows, where they are there.
    pub parties: [Option<u32>; 2],
    /// The ids of its parties.
    pub ids: [&'r str; 2],
    /// What it is, as it stands there.
    pub kind: &'r str,
    /// How it stands.
    pub status: Option<Status>,
    /// When it began, as it stands there.
    pub start: &'r str,
    /// When it ended.
    pub end: &'r str,
    /// What it rests on.
    pub sources: &'r str,
    /// When it was seen last.
    pub verified_on: &'r str,
    /// What else there is to say.
    pub note: &'r str,
    /// What happened to it and when, in the order of the dates' texts.
    pub events: Vec<(Event<'r>, EventKind, PartialDate)>,
}

impl<'r> Pair<'r> {
    /// Returns it as a row of `partnerships`.
    pub fn partnership(&self) -> Partnership<'r> {
        Partnership::from(self.row)
    }

    /// Tells whether it is in force.
    pub fn is_in_force(&self) -> bool {
        matches!(self.status, Some(Status::Active | Status::Suspended))
    }

    /// Returns where it has a column.
    pub fn at(&self, column: &str) -> Spot<'static> {
        Spot::of(self.row, column)
    }
}

/// A party whose cells have been read.
pub struct Place<'r> {
    /// The row.
    pub row: Row<'r>,
    /// Where it lies: degrees north and east, if it says both.
    pub position: Option<[f64; 2]>,
    /// What it says when it was dissolved.
    pub dissolved: &'r str,
    /// Degrees north, as they stand there.
    pub lat: &'r str,
    /// Degrees east.
    pub lon: &'r str,
    /// Its address on the web.
    pub website: &'r str,
    /// Its mail address.
    pub email: &'r str,
    /// What it says of partnerships.
    pub policy: &'r str,
    /// What else there is to say.
    pub note: &'r str,
}

impl<'r> Place<'r> {
    /// Returns it as a row of `municipalities`.
    pub fn municipality(&self) -> Municipality<'r> {
        Municipality::from(self.row)
    }

    /// Returns where it has a column.
    pub fn at(&self, column: &str) -> Spot<'static> {
        Spot::of(self.row, column)
    }
}

/// Calls `look` with every row of a table and its cells in some columns.
pub fn each_row<'r, const N: usize>(
    registry: &'r Registry<'r>,
    table: Table,
    names: [&str; N],
    mut look: impl FnMut(Row<'r>, [&'r str; N]),
) {
    let grid = registry.grid(table);
    let place = |name| grid.schema().column(name).and_then(|column| grid.place(column)).unwrap_or(usize::MAX);
    let places = names.map(place);
    for row in grid.by_key() {
        look(row, row.some(places));
    }
}

/// Calls `look` with every partnership.
pub fn each_pair<'r>(registry: &'r Registry<'r>, mut look: impl FnMut(&Pair<'r>)) {
    let names = ["a", "b", "kind", "status", "start", "end", "sources", "verified_on", "note"];
    // Partnerships and events come in the order of their pairs.
    let mut all = registry.grid(Table::Events).by_key().map(Event::from).peekable();
    let ids = |event: &Event<'r>| [event.a(), event.b()];
    let mut next = all.peek().map(ids);
    each_row(registry, Table::Partnerships, names, |row, cells| {
        let [a, b, kind, status, start, end, sources, verified_on, note] = cells;
        let mut events = Vec::new();
        while next.is_some_and(|next| next <= [a, b]) {
            let event = all.next().filter(|event| ids(event) == [a, b]);
            events.extend(event.and_then(|event| Some((event, event.event()?, event.date()?))));
            next = all.peek().map(ids);
        }
        look(&Pair {
            row,
            parties: registry.party_numbers(row.number() as u32),
            ids: [a, b],
            kind,
            status: Status::parse(status),
            start,
            end,
            sources,
            verified_on,
            note,
            events,
        });
    });
}
