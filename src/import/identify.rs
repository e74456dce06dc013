//! Which places the rows of lists mean, all rows seen together.

use super::columns::Field;
use super::outcome::{Line, Verdict, Why};
use super::partners::Partners;
use super::places::{Found, How, NotFound, Places};
use super::reconcile::{List, Options};
use super::statement::{Said, Statement};
use crate::edit::Record;
use crate::edit::pair::order;
use crate::model::{Registry, Truth};

/// In how many passes the rows are held against what they add themselves, at most: a list that contradicts itself may have
/// no end.
const MOST_PASSES: usize = 9;

/// Tells of each row which places it means, or why none; `seen` is told how many rows have been, of all lists.
///
/// What a row means may depend on rows behind it: on a place that they add, or on a partner of whom this one only has the
/// name. So the rows are gone through until they mean what they did, and the same lists say nothing new the next time.
pub(super) fn identify<'r>(
    registry: &'r Registry<'r>,
    options: &Options<'r>,
    lists: &[List<'_>],
    mut seen: impl FnMut(usize),
) -> Vec<Vec<Line>> {
    let places = Places::new(registry, options.default_country);
    let mut finder = Finder { registry, options, places, partners: Partners::of(registry) };
    let mut passes = 0;
    loop {
        passes += 1;
        let mut before = 0;
        let mut lines = Vec::new();
        for list in lists {
            lines.push(finder.go_through(list, |rows| seen(before + rows)));
            before += list.foreign.rows.len();
        }
        let is_changed = [finder.places.turn(), finder.partners.turn()].contains(&true);
        if !is_changed || passes == MOST_PASSES {
            return lines;
        }
    }
}

/// Finds places among those of the registry and those that the lists add.
struct Finder<'r, 'p> {
    registry: &'r Registry<'r>,
    options: &'p Options<'r>,
    places: Places<'r>,
    partners: Partners<'r>,
}

impl Finder<'_, '_> {
    /// Finds the places of all rows of a list.
    fn go_through(&mut self, list: &List<'_>, mut seen: impl FnMut(usize)) -> Vec<Line> {
        self.places.forget_positions();
        if list.reader.mapping.says_positions() {
            for statement in list.statements().flat_map(|(_, statement)| statement) {
                [0, 1].into_iter().for_each(|side| self.places.note_position(&statement.sides[side], side));
            }
        }
        let line = |(nth, statement)| {
            let row = &list.foreign.rows[nth];
            let line = match statement {
                Ok(statement) => self.line(&statement),
                Err(unread) => Line::without(list.reader.names(row), Verdict::Rejected(Why::Unread(unread))),
            };
            seen(nth + 1);
            Line { at: nth, row: row.number, ..line }
        };
        list.statements().map(line).collect()
    }

    fn line(&mut self, statement: &Statement<'_>) -> Line {
        let mut line = Line::without(statement.sides.each_ref().map(called), Verdict::Same);
        line.verdict = match self.find(statement, &mut line.found) {
            Ok(None) => Verdict::Same,
            Ok(Some(why)) => Verdict::Rejected(why),
            Err((side, NotFound::Doubt(doubt))) => Verdict::Doubtful(side, doubt),
            Err((side, NotFound::Refusal(refusal))) => Verdict::Rejected(Why::Place(side, refusal)),
        };
        line
    }

    /// Finds both places. Returns why what is said of them cannot be used, if it cannot.
    fn find(
        &mut self,
        statement: &Statement<'_>,
        [place, partner]: &mut [Option<Found>; 2],
    ) -> Result<Option<Why>, (usize, NotFound)> {
        let found = self.places.find(&statement.sides[0], 0, |_| false).map_err(|error| (0, error))?;
        let place = place.insert(found);
        let is_partner = |other: &str| self.partners.has(&place.id, other);
        let found = self.places.find(&statement.sides[1], 1, is_partner).map_err(|error| (1, error))?;
        let partner = partner.insert(found);
        if place.id == partner.id {
            return Ok(Some(Why::Itself));
        }
        let dates = [
            (Field::Start, statement.start),
            (Field::Since, statement.since),
            (Field::End, statement.end),
            (Field::Verified, statement.verified),
        ];
        let mut dates = dates.into_iter().filter_map(|(field, date)| Some((field, date?)));
        if let Some((field, date)) = dates.find(|(_, date)| date.by(self.options.today) == Truth::No) {
            return Ok(Some(Why::Future(field, date)));
        }
        let added: Vec<&Record> = [&*place, partner].into_iter().filter_map(|side| side.new.as_ref()).collect();
        added.iter().for_each(|new| self.places.take(new));
        let pair = order(self.registry, [&place.id, &place.country], [&partner.id, &partner.country]);
        let is_known = || self.registry.partnership(pair[0], pair[1]).is_some();
        // Whoever was found among the partners makes nobody one.
        if partner.how != How::Partner && (!added.is_empty() || !is_known()) {
            self.partners.add(pair);
        }
        Ok(None)
    }
}

/// Returns what a side is called in the list.
fn called<'s>(said: &Said<'s>) -> &'s str {
    [said.name, said.id, said.wikidata].into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}
