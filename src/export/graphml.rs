//! GraphML: places as nodes, partnerships as undirected edges, their facts as data under declared keys.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::model::PlaceType;
use crate::report::graph::Graph;

/// The fields of a partnership that are written.
pub const FIELDS: [&str; 6] = ["id", "kind", "status", "status_since", "start", "end"];
/// The facts of a place with their types.
const FACTS: [(&str, &str); 7] = [
    ("name", "string"),
    ("country", "string"),
    ("type", "string"),
    ("region", "string"),
    ("lat", "double"),
    ("lon", "double"),
    ("wikidata", "string"),
];

/// Draws the graph.
pub fn graphml(graph: &Graph<'_>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    to.write_all(b"<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")?;
    for (key, kind) in FACTS {
        writeln!(to, "<key id=\"{key}\" for=\"node\" attr.name=\"{key}\" attr.type=\"{kind}\"/>")?;
    }
    for key in &FIELDS[1..] {
        writeln!(to, "<key id=\"{key}\" for=\"edge\" attr.name=\"{key}\" attr.type=\"string\"/>")?;
    }
    to.write_all(b"<graph id=\"twinnings\" edgedefault=\"undirected\">\n")?;
    for node in &graph.nodes {
        write!(to, "<node id=\"{}\">", xml(node.id))?;
        data("name", node.name, to)?;
        if let Some(place) = node.place {
            data("country", place.country(), to)?;
            data("type", place.place_type().map_or("", PlaceType::word), to)?;
            data("region", place.region(), to)?;
            if let Some([lon, lat]) = node.coordinates {
                write!(to, "<data key=\"lat\">{lat}</data><data key=\"lon\">{lon}</data>")?;
            }
            data("wikidata", place.wikidata(), to)?;
        }
        to.write_all(b"</node>\n")?;
    }
    for (ends, cells) in graph.edges.iter().zip(graph.records.rows()) {
        let [source, target] = ends.map(|end| xml(graph.nodes[end].id));
        let mut facts = graph.records.columns.iter().map(|column| column.key).zip(&cells);
        write!(to, "<edge source=\"{source}\" target=\"{target}\"")?;
        if let Some((_, id)) = facts.next() {
            write!(to, " id=\"{}\"", xml(&id.raw()))?;
        }
        to.write_all(b">")?;
        facts.try_for_each(|(key, cell)| data(key, &cell.raw(), to))?;
        to.write_all(b"</edge>\n")?;
    }
    to.write_all(b"</graph>\n</graphml>\n")
}

/// Writes a fact that is known.
fn data(key: &str, text: &str, to: &mut dyn Write) -> io::Result<()> {
    if text.is_empty() { Ok(()) } else { write!(to, "<data key=\"{key}\">{}</data>", xml(text)) }
}

/// Returns the text as it stands in XML, without the characters that XML 1.0 has no way to write.
fn xml(text: &str) -> Cow<'_, str> {
    // Most texts hold nothing of the kind; the two signs at the end of the plane begin with this byte.
    let is_suspect = |byte: u8| byte < b' ' || matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'' | 0xEF);
    if !text.bytes().any(is_suspect) {
        return Cow::Borrowed(text);
    }
    let is_forbidden =
        |sign: char| matches!(sign, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(is_forbidden) { escape(text.replace(is_forbidden, "")) } else { escape(text) }
}
