//! The report that is a map: where the places of the partnerships lie.

use super::{Document, Figure, Made, Part};
use crate::i18n::collate::Order;
use crate::i18n::{documents as words, words as common};
use crate::report::field::Context;
use crate::report::graph::{Graph, Node};
use crate::report::map::Maps;
use crate::report::table::{Cell, Column, Table};

/// Makes it.
pub fn map<'r>(made: Made<'_, 'r>) -> Document<'r> {
    let Made { context, selection, .. } = made;
    let lang = context.lang();
    let graph = Graph::of(context, &selection.rows, &[]);
    let figures = vec![Figure::Maps(Maps::new(context, selection.rows.clone()))];
    let (located, nowhere): (Vec<Node<'_>>, Vec<Node<'_>>) =
        graph.nodes.into_iter().partition(|node| node.coordinates.is_some());
    let parts = vec![
        Part { figures, ..Part::new(words::places(lang), places(context, located)) },
        Part::new(words::nowhere(lang, nowhere.len()), places(context, nowhere)),
    ];
    made.document(words::map_title(lang), vec![words::counted_map(lang).to_owned()], parts)
}

/// Makes a table of places, in the order of their names.
fn places<'r>(context: Context<'r>, nodes: Vec<Node<'r>>) -> Table<'r> {
    let lang = context.lang();
    let mut nodes = Order::of(context.language).ranked(nodes, |node| node.name);
    nodes.sort_by_key(|(rank, node)| (*rank, node.id));
    let columns = vec![
        Column::new("place", common::place(lang)),
        Column::new("country_name", common::country(lang)),
        Column::new("partnerships", words::partnerships(lang)),
        Column::new("coordinates", common::coordinates(lang)),
    ];
    let len = nodes.len();
    let row = move |nth: usize| {
        let (_, node) = &nodes[nth];
        let at = node.coordinates.map(|[longitude, latitude]| format!("{latitude}, {longitude}"));
        vec![
            Cell::text(node.name),
            Cell::text(node.place.map_or("", |place| context.country(place.country()))),
            Cell::Count(node.partnerships),
            Cell::text(at.unwrap_or_default()),
        ]
    };
    Table::new(columns, len, row)
}
