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
    /// How many of the selected partnerships are its own.
    pub partnerships: usize,
}

impl Node<'_> {
    /// Returns its longitude and latitude, if both are known.
    pub fn coordinates(&self) -> Option<[f64; 2]> {
        let place = self.place?;
        Some([place.lon()?, place.lat()?])
    }
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
        let ids: Vec<[&str; 2]> = rows.iter().map(|row| row.ids(registry)).collect();
        let mut degrees: HashMap<&str, usize> = HashMap::new();
        ids.iter().flatten().for_each(|id| *degrees.entry(id).or_default() += 1);
        let mut nodes = Vec::with_capacity(degrees.len());
        let mut numbers = HashMap::with_capacity(degrees.len());
        let mut add = |id: &'r str, place: Option<Municipality<'r>>| {
            if let (Some(partnerships), false) = (degrees.get(id).copied(), numbers.contains_key(id)) {
                numbers.insert(id, nodes.len());
                nodes.push(Node { id, name: place.map_or(id, |place| context.name(place)), place, partnerships });
            }
            numbers.get(id).copied().unwrap_or_default()
        };
        registry.municipalities().for_each(|place| _ = add(place.id(), Some(place)));
        let edges = ids.iter().map(|pair| pair.map(|id| add(id, None))).collect();
        let fields = listing::FIELDS.iter().filter(|field| fields.contains(&field.key)).collect();
        Graph { nodes, edges, records: table(context, fields, rows.to_vec(), &[]) }
    }
}
