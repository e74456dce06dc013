//! DOT, the language of Graphviz: places under their names, suspended partnerships dashed, historic ones dotted.

use std::io::{self, Write};

use crate::model::Status;
use crate::report::graph::Graph;

/// The fields of a partnership that are written.
pub const FIELDS: [&str; 1] = ["status"];

/// Draws the graph.
pub fn dot(graph: &Graph<'_>, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"graph twinnings {\n")?;
    for node in &graph.nodes {
        to.write_all(b"  ")?;
        quoted(node.id, "&", to)?;
        to.write_all(b" [label=")?;
        // Labels are read as HTML reads its entities.
        quoted(node.name, "&amp;", to)?;
        to.write_all(b"];\n")?;
    }
    for (ends, cells) in graph.edges.iter().zip(graph.records.rows()) {
        let [one, other] = ends.map(|end| graph.nodes[end].id);
        to.write_all(b"  ")?;
        quoted(one, "&", to)?;
        to.write_all(b" -- ")?;
        quoted(other, "&", to)?;
        let status = cells.first().and_then(|cell| Status::parse(&cell.raw()));
        to.write_all(match status {
            Some(Status::Suspended) => b" [style=dashed];\n",
            Some(Status::Historic) => b" [style=dotted];\n",
            Some(Status::Active) | None => b";\n",
        })?;
    }
    to.write_all(b"}\n")
}

/// Writes a text in quotes, line ends as line breaks and without other control characters.
fn quoted(text: &str, ampersand: &str, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"\"")?;
    let mut rest = text;
    // Most texts hold nothing of the kind; a control character that is two bytes begins with this one.
    let is_suspect = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | b'&' | 0x7F | 0xC2);
    if !text.bytes().any(is_suspect) {
        to.write_all(text.as_bytes())?;
        return to.write_all(b"\"");
    }
    while let Some(at) = rest.find(|sign: char| matches!(sign, '"' | '\\' | '&') || sign.is_control()) {
        let (plain, found) = rest.split_at(at);
        to.write_all(plain.as_bytes())?;
        let mut signs = found.chars();
        to.write_all(match signs.next() {
            Some('"') => b"\\\"",
            Some('\\') => b"\\\\",
            Some('&') => ampersand.as_bytes(),
            Some('\n') => b"\\n",
            Some('\t') => b" ",
            _ => b"",
        })?;
        rest = signs.as_str();
    }
    to.write_all(rest.as_bytes())?;
    to.write_all(b"\"")
}
