//! What belongs to a selection: the rows of every table that a registry of these partnerships alone holds.
//!
//! What a row refers to comes with it, as the schema tells. Which rows are about it no schema tells: that is said here.

use std::mem;

use foldhash::{HashMap, HashSet};

use crate::model::{Claim, Contact, Declaration, Event, Member, Municipality, Network, Registry};
use crate::model::{Row, Table};

/// Which rows of each table belong to a selection.
#[derive(Debug)]
pub struct Extract {
    rows: Marked,
}

/// For each table whether a row is in, by its number in the file.
type Marked = [Vec<bool>; Table::ALL.len()];

impl Extract {
    /// Gathers what belongs to partnerships, given by the numbers of their rows, and to places that were asked for, given by
    /// their ids:
    ///
    /// - the events and claims of these pairs, and the claims about such a place that no partnership confirms;
    /// - the parties, what these are part of, and the mergers that touch any place that is in, with those at the other end;
    /// - the parties' memberships and declarations, the networks of these memberships and their seats;
    /// - the sources of all that, every country, and the contacts of places and networks.
    pub fn of<'r>(
        registry: &'r Registry<'_>,
        partnerships: impl IntoIterator<Item = u32>,
        places: &'r [String],
    ) -> Extract {
        let mut gathered = Gathered::of(registry);
        let asked: HashSet<&str> = places.iter().map(String::as_str).collect();
        let mut parties = asked.clone();
        for number in partnerships {
            let partnership = registry.partnership_at(number);
            parties.extend([partnership.a(), partnership.b()]);
            gathered.take(Table::Partnerships, number as usize);
        }
        let selected = gathered.rows[Table::Partnerships as usize].clone();
        // A pair that is entered in both orders has two partnerships; what is said of one is not said of the other.
        let pair = |a: &str, b: &str| registry.partnership(a, b).map(|found| selected[found.row().number()]);
        gathered.take_all(registry.countries().map(|country| country.row()));
        gathered
            .take_all(registry.municipalities().filter(|place| parties.contains(place.id())).map(Municipality::row));
        let events = registry.events_of_all().filter(|event| pair(event.a(), event.b()) == Some(true));
        gathered.take_all(events.map(Event::row));
        let is_stated = |claim: &Claim<'_>| {
            pair(claim.a(), claim.b()).unwrap_or_else(|| asked.contains(claim.a()) || asked.contains(claim.b()))
        };
        gathered.take_all(registry.claims().filter(is_stated).map(Claim::row));
        let declarations = registry.declarations().filter(|declaration| parties.contains(declaration.subject()));
        gathered.take_all(declarations.map(Declaration::row));
        gathered.take_all(registry.members().filter(|member| parties.contains(member.municipality())).map(Member::row));
        gathered.follow();
        let subjects = gathered.subjects();
        gathered.take_all(registry.contacts().filter(|row| subjects.contains(row.subject())).map(Contact::row));
        Extract { rows: gathered.rows }
    }

    /// Tells whether a row of a table is in, by its number in the file.
    pub fn holds(&self, table: Table, row: usize) -> bool {
        self.rows[table as usize][row]
    }
}

/// What has been gathered, and what is at hand to find more.
struct Gathered<'r> {
    registry: &'r Registry<'r>,
    rows: Marked,
    /// What has been taken and not been followed yet.
    open: Vec<Row<'r>>,
    /// The rows of the tables that others refer to, by their ids.
    by_id: HashMap<(Table, &'r str), usize>,
    /// The mergers at whose one end a place is.
    mergers: HashMap<&'r str, Vec<usize>>,
}

impl<'r> Gathered<'r> {
    fn of(registry: &'r Registry<'_>) -> Gathered<'r> {
        let mut by_id = HashMap::default();
        for table in Table::ALL.into_iter().filter(|table| is_referred_to(*table)) {
            by_id.extend(registry.grid(table).rows().map(|row| ((table, row.get(0)), row.number())));
        }
        let mut mergers: HashMap<&str, Vec<usize>> = HashMap::default();
        for merger in registry.mergers() {
            for end in [merger.before(), merger.after()] {
                mergers.entry(end).or_default().push(merger.row().number());
            }
        }
        let rows = Table::ALL.map(|table| vec![false; registry.grid(table).len()]);
        Gathered { registry, rows, open: Vec::new(), by_id, mergers }
    }

    fn take(&mut self, table: Table, row: usize) {
        if !mem::replace(&mut self.rows[table as usize][row], true) {
            self.open.push(self.registry.grid(table).row(row));
        }
    }

    fn take_all(&mut self, rows: impl Iterator<Item = Row<'r>>) {
        rows.for_each(|row| self.take(row.table(), row.number()));
    }

    /// Takes what the rows refer to, and the mergers that touch a place, until nothing more comes.
    fn follow(&mut self) {
        while let Some(row) = self.open.pop() {
            for (target, id) in row.references() {
                // What dangles in the registry dangles in the extract.
                if let Some(found) = self.by_id.get(&(target, id)) {
                    self.take(target, *found);
                }
            }
            if row.table() == Table::Municipalities {
                let touching = self.mergers.remove(Municipality::from(row).id()).unwrap_or_default();
                touching.into_iter().for_each(|merger| self.take(Table::Mergers, merger));
            }
        }
    }

    /// Returns the ids of the places and networks that are in.
    fn subjects(&self) -> HashSet<&'r str> {
        let is_in = |row: Row<'_>| self.rows[row.table() as usize][row.number()];
        let places = self.registry.municipalities().filter(|place| is_in(place.row())).map(Municipality::id);
        let networks = self.registry.networks().filter(|network| is_in(network.row())).map(Network::id);
        places.chain(networks).collect()
    }
}

/// Tells whether a column of some table leads to a table.
fn is_referred_to(table: Table) -> bool {
    let mut columns = Table::ALL.iter().flat_map(|table| table.schema().columns);
    columns.any(|column| column.refers_to() == Some(table))
}
