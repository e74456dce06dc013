//! The graph of a selection: places are its nodes, partnerships its edges.

use foldhash::{HashMap, HashMapExt};

use super::field::{Context, table};
use super::{Table, listing};
use crate::model::Municipality;
use crate::query::Selected;

/// A place that is a party of a selected partnership.
pub struct Node<'r> {
    /// Its id.
    pub id: &'r str,
    /// Its name in the reader's language; an id that dangles stands for itself.
    pub name: &'r str,
    /// Its row; `None` where the id dangles.
    pub place: Option<Municipality<'r>>,
    /// Its longitude and latitude, if both are known.
    pub coordinates: Option<[f64; 2]>,
    /// How many of the selected partnerships are its own.
    pub partnerships: usize,
}

/// Nodes and edges, in the order of the file.
pub struct Graph<'r> {
    /// The places; those whose ids dangle come last.
    pub nodes: Vec<Node<'r>>,
    /// For each partnership the numbers of the nodes that it joins, the place's first.
    pub edges: Vec<[usize; 2]>,
    /// The records of the partnerships, in the same order.
    pub records: Table<'r>,
}

impl<'r> Graph<'r> {
    /// Makes the graph of some partnerships, with these fields of each.
    pub fn of(context: Context<'r>, rows: &[Selected], fields: &[&str]) -> Graph<'r> {
        let registry = context.registry;
        let parties = |row: &Selected| row.parties(registry).map(|party| party.map(|number| number as usize));
        let mut degrees = vec![0; registry.municipalities().len()];
        rows.iter().flat_map(parties).flatten().for_each(|party| degrees[party] += 1);
        let mut nodes = Vec::new();
        // For each party the number of its node.
        let mut numbers = vec![0; degrees.len()];
        for (place, partnerships) in registry.municipalities().zip(degrees).filter(|(_, degree)| *degree > 0) {
            numbers[place.row().number()] = nodes.len();
            let coordinates = place.lon().zip(place.lat()).map(|(lon, lat)| [lon, lat]);
            let (id, name) = (place.id(), context.name(place));
            nodes.push(Node { id, name, place: Some(place), coordinates, partnerships });
        }
        let mut dangling: HashMap<&str, usize> = HashMap::new();
        let mut end = |id: &'r str, party: Option<usize>| match party {
            Some(party) => numbers[party],
            None => {
                let number = *dangling.entry(id).or_insert(nodes.len());
                if number == nodes.len() {
                    nodes.push(Node { id, name: id, place: None, coordinates: None, partnerships: 0 });
                }
                nodes[number].partnerships += 1;
                number
            }
        };
        let mut edge = |row: &Selected| {
            let ([one, other], [party, partner]) = (row.ids(registry), parties(row));
            [end(one, party), end(other, partner)]
        };
        let edges = rows.iter().map(&mut edge).collect();
        let fields = listing::FIELDS.iter().filter(|field| fields.contains(&field.key)).collect();
        Graph { nodes, edges, records: table(context, fields, rows.to_vec(), &[]) }
    }
}
