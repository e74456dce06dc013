//! GeoJSON (RFC 7946): places as points, partnerships as great-circle lines between them.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{Keys, put, write};
use crate::report::graph::{Graph, Node};
use crate::report::great_circle::arc;

/// The fields of a partnership that are written.
pub const FIELDS: [&str; 9] = ["id", "place", "partner", "country", "kind", "status", "status_since", "start", "end"];
/// How far the points of a line are apart at most, in degrees.
const STEP: f64 = 5.0;

#[derive(Serialize)]
#[serde(tag = "type", rename = "Feature")]
struct Feature<P> {
    geometry: Geometry,
    properties: P,
}

#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    MultiLineString(Vec<Vec<[f64; 2]>>),
}

#[derive(Serialize)]
struct Place<'r> {
    id: &'r str,
    name: &'r str,
    country: Option<&'r str>,
    #[serde(rename = "type")]
    place_type: Option<&'static str>,
    region: Option<&'r str>,
    wikidata: Option<&'r str>,
    partnerships: usize,
}

/// Returns how many places have no coordinates, and how many partnerships therefore have no line.
pub fn without_coordinates(graph: &Graph<'_>) -> [usize; 2] {
    let is_nowhere = |node: &Node<'_>| node.coordinates.is_none();
    let places = graph.nodes.iter().filter(|node| is_nowhere(node)).count();
    let lines = graph.edges.iter().filter(|ends| ends.iter().any(|end| is_nowhere(&graph.nodes[*end]))).count();
    [places, lines]
}

/// Draws the points, then the lines, a feature a line.
pub fn geojson(graph: &Graph<'_>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    let mut separator = "\n";
    for node in &graph.nodes {
        let Some(coordinates) = node.coordinates else { continue };
        to.write_all(separator.as_bytes())?;
        write(&Feature { geometry: Geometry::Point(rounded(coordinates)), properties: place(node) }, to)?;
        separator = ",\n";
    }
    let keys = Keys::of(&graph.records.columns)?;
    let mut feature = Vec::new();
    for (ends, cells) in graph.edges.iter().zip(graph.records.rows()) {
        let [Some(from), Some(end)] = ends.map(|end| graph.nodes[end].coordinates) else { continue };
        to.write_all(separator.as_bytes())?;
        feature.clear();
        feature.extend_from_slice(b"{\"type\":\"Feature\",\"geometry\":");
        serde_json::to_writer(&mut feature, &line(from, end))?;
        feature.extend_from_slice(b",\"properties\":");
        keys.object(&cells, &mut feature)?;
        feature.push(b'}');
        put(&feature, to)?;
        separator = ",\n";
    }
    to.write_all(b"\n]}\n")
}

fn place<'r>(node: &Node<'r>) -> Place<'r> {
    let known = |text: Option<&'r str>| text.filter(|text| !text.is_empty());
    Place {
        id: node.id,
        name: node.name,
        country: known(node.place.map(|place| place.country())),
        place_type: node.place.and_then(|place| place.place_type()).map(|kind| kind.word()),
        region: known(node.place.map(|place| place.region())),
        wikidata: known(node.place.map(|place| place.wikidata())),
        partnerships: node.partnerships,
    }
}

fn line(from: [f64; 2], to: [f64; 2]) -> Geometry {
    let mut parts = arc(from, to, STEP);
    parts.iter_mut().flatten().for_each(|point| *point = rounded(*point));
    if parts.len() == 1 { Geometry::LineString(parts.swap_remove(0)) } else { Geometry::MultiLineString(parts) }
}

/// Returns a point to four decimals, which is ten metres; there is no minus before a zero.
fn rounded(point: [f64; 2]) -> [f64; 2] {
    point.map(|degrees| (degrees * 1e4).round() / 1e4 + 0.0)
}
