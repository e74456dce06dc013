//! Which places the rows of lists mean, all rows seen together.

use foldhash::HashSet;

use super::columns::Field;
use super::outcome::{Line, Verdict, Why};
use super::partners::Partners;
use super::places::{Found, How, NotFound, Places};
use super::reconcile::{List, Options};
use super::statement::{Said, Statement};
use crate::model::{Registry, Truth};

/// After how many passes a row that still comes to mean something else is left: its list contradicts itself.
const FREE_PASSES: usize = 3;
/// How many passes there are at most.
const MOST_PASSES: usize = 9;

/// Tells of each row which places it means, or why none; those of which they are known are [`Verdict::Same`] until they
/// are held against the registry. `seen` is told how many rows have been, of all lists.
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
    let mut finder = Finder { registry, options, places, partners: Partners::of(registry), barred: HashSet::default() };
    let mut passes = 0;
    let mut last = Vec::new();
    loop {
        passes += 1;
        let mut before = 0;
        let mut lines = Vec::new();
        for list in lists {
            // Those that are read again are told once.
            lines.push(finder.go_through(list, |rows| {
                if passes == 1 {
                    seen(before + rows)
                }
            }));
            before += list.foreign.rows.len();
        }
        let is_changed = [finder.places.turn(), finder.partners.turn()].contains(&true);
        if !is_changed || passes == MOST_PASSES {
            return lines;
        }
        if passes > FREE_PASSES {
            finder.bar(&last, &lines);
        }
        last = lines;
    }
}

/// Finds places among those of the registry and those that the lists add.
struct Finder<'r, 'p> {
    registry: &'r Registry<'r>,
    options: &'p Options<'r>,
    places: Places<'r>,
    partners: Partners<'r>,
    /// The rows that did not come to mean the same.
    barred: HashSet<usize>,
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
                Ok(statement) => self.line(&statement, list.source),
                Err(unread) => Line::without(list.reader.names(row), Verdict::Rejected(Why::Unread(unread))),
            };
            self.places.next_row();
            seen(nth + 1);
            Line { at: nth, row: row.number, ..line }
        };
        list.statements().map(line).collect()
    }

    /// Bars the rows that mean something else than in the pass before.
    fn bar(&mut self, last: &[Vec<Line>], now: &[Vec<Line>]) {
        let both = last.iter().flatten().zip(now.iter().flatten()).enumerate();
        self.barred.extend(both.filter(|(_, (last, now))| last.meant() != now.meant()).map(|(row, _)| row));
    }

    /// Tells of a row which places it means, and takes over those that it adds, of which a source says.
    fn line(&mut self, statement: &Statement<'_>, source: &str) -> Line {
        let mut line = self.look(statement);
        let Some([place, partner]) = line.known() else { return line };
        if self.barred.contains(&self.places.row()) {
            return line.into_doubtful();
        }
        if self.registry.partnership(&place.id, &partner.id).is_some() {
            // That a party is wanting of what is recorded is no matter of a list.
            line.found.iter_mut().flatten().for_each(|side| side.new = None);
            return line;
        }
        let before = self.places.added();
        [place, partner].into_iter().for_each(|side| self.places.add(side, source));
        if self.places.added() > before {
            let again = self.look(statement);
            if again.meant() != line.meant() {
                // What a row adds must not make it mean something else.
                self.places.give_back(before);
                return if again.is_left() { again } else { again.into_doubtful() };
            }
        }
        [place, partner].into_iter().for_each(|side| self.places.take(side));
        // Whoever was found among the partners makes nobody one.
        if partner.how != How::Partner {
            self.partners.add([&place.id, &partner.id]);
        }
        line
    }

    /// Finds both places of a row, and tells whether what is said of them can be used.
    fn look(&mut self, statement: &Statement<'_>) -> Line {
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
        if place.id == partner.id || are_one(place, partner) {
            return Ok(Some(Why::Itself));
        }
        let dates = [
            (Field::Start, statement.start),
            (Field::Since, statement.since),
            (Field::End, statement.end),
            (Field::Verified, statement.verified),
        ];
        let mut dates = dates.into_iter().filter_map(|(field, date)| Some((field, date?)));
        let future = dates.find(|(_, date)| date.by(self.options.today) == Truth::No);
        Ok(future.map(|(field, date)| Why::Future(field, date)))
    }
}

/// Tells whether two new places are one, by their items of Wikidata or their national codes.
fn are_one(place: &Found, partner: &Found) -> bool {
    let [Some(place), Some(partner)] = [&place.new, &partner.new] else { return false };
    let have_one = |column| !place.get(column).is_empty() && place.get(column) == partner.get(column);
    have_one("wikidata") || have_one("code") && have_one("country")
}

/// Returns what a side is called in the list.
fn called<'s>(said: &Said<'s>) -> &'s str {
    [said.name, said.id, said.wikidata].into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}
