//! Holds each row of a foreign list against the registry, and makes the plan that takes over what it may.

use jiff::civil::Date;

use super::foreign::Foreign;
use super::identify::identify;
use super::outcome::{Conflict, Difference, Line, Obstacle, OnConflict, Verdict};
use super::places::Found;
use super::statement::{Reader, Statement, Unread};
use crate::edit::claim;
use crate::edit::pair::order;
use crate::edit::status::{Decision, Verb, carry_out};
use crate::edit::{Draft, Plan, Record};
use crate::model::{Interval, Kind, PartialDate, Rank, Registry, Status, Table};

/// How lists are taken over.
#[derive(Clone, Debug)]
pub struct Options<'r> {
    /// What becomes of values that disagree; without it their rows are left.
    pub on_conflict: Option<OnConflict>,
    /// The kind of new partnerships where a list does not say it.
    pub kind: Kind,
    /// The codes of the countries of the place and of its partner, where no column says them.
    pub default_country: [Option<&'r str>; 2],
    /// Today, in whose future nothing lies that has happened.
    pub today: Date,
}

/// A list, and whose it is.
pub struct List<'l> {
    /// Its rows.
    pub foreign: &'l Foreign,
    /// How they are read.
    pub reader: Reader<'l>,
    /// The id of the source that its statements belong to; none has the rank `other`.
    pub source: &'l str,
    /// How good it is.
    pub rank: Rank,
}

impl List<'_> {
    /// Returns what its rows say, each with the row's place in the list, below the row that names the columns.
    pub(super) fn statements(&self) -> impl Iterator<Item = (usize, Result<Statement<'_>, Unread>)> {
        let rows = self.foreign.rows.iter().enumerate().skip(self.reader.mapping.header + 1);
        rows.flat_map(|(nth, row)| self.reader.read(row).into_iter().map(move |statement| (nth, statement)))
    }
}

/// What became of lists.
pub struct Reconciled {
    /// What the rows of each list are, one line for each partner that a row names.
    pub lines: Vec<Vec<Line>>,
    /// The plan that takes over what is to be.
    pub plan: Plan,
}

/// Holds each row of lists against the registry, and against what the other rows add; `seen` is told how many rows have
/// been, of all lists.
pub fn reconcile<'r>(
    registry: &'r Registry<'r>,
    options: &Options<'r>,
    lists: &[List<'_>],
    seen: impl FnMut(usize),
) -> Reconciled {
    let mut lines = identify(registry, options, lists, seen);
    let mut draft = Draft::new(registry);
    for (list, lines) in lists.iter().zip(&mut lines) {
        Taker { registry, options, list, draft: &mut draft }.take_over(lines);
    }
    Reconciled { lines, plan: draft.plan() }
}

/// Takes over what the rows of a list say, once it is known which places they mean.
struct Taker<'r, 'p> {
    registry: &'r Registry<'r>,
    options: &'p Options<'r>,
    list: &'p List<'p>,
    draft: &'p mut Draft<'r>,
}

impl Taker<'_, '_> {
    /// Holds each row against the record that it is about, as that will stand.
    fn take_over(&mut self, lines: &mut [Line]) {
        for ((_, statement), line) in self.list.statements().zip(lines) {
            let (Ok(statement), Some([place, partner])) = (&statement, line.known()) else { continue };
            let pair = order(self.registry, [&place.id, &place.country], [&partner.id, &partner.country]);
            let known = [pair, [pair[1], pair[0]]].iter().find_map(|key| self.draft.get(Table::Partnerships, key));
            line.verdict = match known {
                Some(known) => self.compare(&known, statement),
                None => Verdict::New(self.add(pair, [place, partner], statement)),
            };
        }
    }

    /// Adds a partnership that is not there, and its places. Returns the ids of those.
    fn add(&mut self, pair: [&str; 2], sides: [&Found; 2], statement: &Statement<'_>) -> Vec<String> {
        let mut added = Vec::new();
        for place in sides.into_iter().filter_map(|side| side.new.as_ref()) {
            added.push(place.get("id").to_owned());
            self.draft.also(vec![place.clone()]);
        }
        let status = stated(statement).unwrap_or(Status::Active);
        let kind = statement.kind.unwrap_or(self.options.kind);
        let mut record =
            Record::new(Table::Partnerships).with("a", pair[0]).with("b", pair[1]).with("kind", kind.word());
        record.set("status", status.word());
        for (field, value) in self.values(statement, status) {
            record.set(field, value);
        }
        record.add_to("sources", self.list.source);
        self.draft.step();
        if status == Status::Suspended && statement.since.is_some() {
            let decision = Decision { on: statement.since, ..self.decision(statement) };
            let active = record.setting("status", Status::Active.word());
            carry_out(self.draft, Verb::Suspend, &decision, &active);
        }
        self.draft.put(record);
        added
    }

    fn decision(&self, statement: &Statement<'_>) -> Decision {
        Decision {
            body: statement.body.to_owned(),
            reference: statement.reference.to_owned(),
            source: self.list.source.to_owned(),
            ..Decision::default()
        }
    }

    /// Returns the cells, besides kind and status, that a statement has something for.
    fn values(&self, statement: &Statement<'_>, status: Status) -> Vec<(&'static str, String)> {
        let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let end = if status == Status::Historic { date(statement.end.or(statement.since)) } else { String::new() };
        let values = [
            ("start", date(statement.start)),
            ("end", end),
            ("term", statement.term.map(written).unwrap_or_default()),
            ("themes", statement.themes.clone()),
            ("verified_on", date(statement.verified)),
            ("note", statement.note.to_owned()),
        ];
        values.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Holds a statement against the partnership that it is about.
    fn compare(&mut self, known: &Record, statement: &Statement<'_>) -> Verdict {
        let mut filled = Vec::new();
        let mut disagreeing = Vec::new();
        let status = Status::parse(known.get("status")).unwrap_or(Status::Active);
        let words = [("kind", statement.kind.map(Kind::word)), ("status", stated(statement).map(Status::word))];
        let words = words.into_iter().filter_map(|(field, word)| Some((field, word?.to_owned())));
        for (field, there) in words.chain(self.values(statement, status)) {
            let difference = Difference { field, here: known.get(field).to_owned(), there };
            match weigh(&difference) {
                Weight::Same => {}
                Weight::More => filled.push(difference),
                Weight::Otherwise => disagreeing.push(difference),
            }
        }
        if !disagreeing.is_empty() {
            let conflict = self.settle(known, statement, disagreeing);
            if conflict.done.is_some() {
                self.fill(known, &filled);
            }
            return Verdict::Conflict(conflict);
        }
        if filled.is_empty() {
            return Verdict::Same;
        }
        self.draft.step();
        self.fill(known, &filled);
        Verdict::FilledIn(filled)
    }

    /// Sets what is new of a partnership.
    fn fill(&mut self, known: &Record, filled: &[Difference]) {
        if filled.is_empty() {
            return;
        }
        let mut record = self.draft.get(Table::Partnerships, &known.key()).unwrap_or_else(|| known.clone());
        filled.iter().for_each(|Difference { field, there, .. }| record.set(field, there));
        record.add_to("sources", self.list.source);
        self.draft.put(record);
    }

    /// Does with values that disagree what is to be done with them.
    fn settle(&mut self, known: &Record, statement: &Statement<'_>, differences: Vec<Difference>) -> Conflict {
        let sources = claim::ranked(self.registry, known.get("sources"));
        let source = sources.first().copied().unwrap_or_default();
        let rank = self.registry.source(source).and_then(|source| source.rank()).unwrap_or(Rank::Other);
        let mut conflict = Conflict {
            differences,
            source: source.to_owned(),
            // The first rank is the best one.
            here_to_there: self.list.rank.cmp(&rank),
            done: self.options.on_conflict,
            obstacle: None,
        };
        self.draft.step();
        match conflict.done {
            None | Some(OnConflict::Ours) => {}
            Some(OnConflict::Claim) => {
                for Difference { field, there, .. } in &conflict.differences {
                    let own = claim::claim(known, field, there, self.list.source);
                    let is_known =
                        self.draft.get(Table::Claims, &own.key()).is_some_and(|old| old.get("value") == there);
                    if !is_known {
                        self.draft.put(own.with("seen_on", self.options.today.to_string()));
                    }
                }
            }
            Some(OnConflict::Theirs) => {
                conflict.obstacle = self.take(known, statement, &conflict.differences).err();
                conflict.done = conflict.done.filter(|_| conflict.obstacle.is_none());
            }
        }
        conflict
    }

    /// Puts what a statement says in the place of what stands here, which stays as a claim; the status only with the day
    /// from which on it is so.
    fn take(&mut self, known: &Record, statement: &Statement<'_>, differences: &[Difference]) -> Result<(), Obstacle> {
        let turn = match differences.iter().find(|difference| difference.field == "status") {
            None => None,
            Some(difference) => {
                let [from, to] = [&difference.here, &difference.there].map(|word| Status::parse(word));
                let verb = from.zip(to).and_then(|(from, to)| Verb::between(from, to)).ok_or(Obstacle::Ended)?;
                let on = statement
                    .end
                    .filter(|_| to == Some(Status::Historic))
                    .or(statement.since)
                    .ok_or(Obstacle::NoDay)?;
                Some((verb, Decision { on: Some(on), ..self.decision(statement) }))
            }
        };
        let mut record = known.clone();
        for Difference { field, there, .. } in differences.iter().filter(|difference| difference.field != "status") {
            claim::keep(self.draft, known, field, self.list.source);
            record.set(field, there);
        }
        record.add_to("sources", self.list.source);
        match turn {
            Some((verb, decision)) => carry_out(self.draft, verb, &decision, &record),
            None => self.draft.put(record),
        }
        Ok(())
    }
}

/// Returns the status that a statement gives, also by an end.
fn stated(statement: &Statement<'_>) -> Option<Status> {
    statement.status.or(statement.end.map(|_| Status::Historic))
}

fn written(term: Interval) -> String {
    let end = |date: Option<PartialDate>| date.map_or("..".to_owned(), |date| date.to_string());
    format!("{}/{}", end(term.from), end(term.to))
}

/// How a value of the list stands to that of the registry.
enum Weight {
    Same,
    More,
    Otherwise,
}

/// Weighs a value against the one that stands here: a date that is less exact and agrees is the same, one that is more
/// exact says more. Remarks and themes are filled in, and never disagree; an attestation counts if it is newer.
fn weigh(difference: &Difference) -> Weight {
    let Difference { field, here, there } = difference;
    if here == there {
        return Weight::Same;
    }
    if here.is_empty() {
        return Weight::More;
    }
    match *field {
        "note" | "themes" => Weight::Same,
        "start" | "end" | "verified_on" => match (PartialDate::parse(here), PartialDate::parse(there)) {
            (Ok(here), Ok(there)) if *field == "verified_on" => {
                if there.latest() > here.latest() {
                    Weight::More
                } else {
                    Weight::Same
                }
            }
            (Ok(here), Ok(there)) if holds(there, here) => Weight::Same,
            (Ok(here), Ok(there)) if holds(here, there) => Weight::More,
            _ => Weight::Otherwise,
        },
        _ => Weight::Otherwise,
    }
}

/// Tells whether all days that one date may be are days that a wider one may be.
fn holds(wide: PartialDate, narrow: PartialDate) -> bool {
    let begins = match (wide.earliest(), narrow.earliest()) {
        (None, _) => true,
        (Some(wide), Some(narrow)) => wide <= narrow,
        (Some(_), None) => false,
    };
    begins && narrow.latest() <= wide.latest()
}
