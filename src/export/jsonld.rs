//! JSON-LD: places in the words of schema.org, kinds and statuses as SKOS concepts, partnerships in a class of their own.
//! The context stands in the document; nothing is to be fetched.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::json::write;
use crate::i18n::labels::Label;
use crate::i18n::{Lang, words};
use crate::model::{Kind, PlaceType, Status};
use crate::report::Cell;
use crate::report::graph::{Graph, Node};

/// The fields of a partnership that are written.
pub const FIELDS: [&str; 6] = ["id", "kind", "status", "start", "end", "sources"];

/// Where Wikidata's items are.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// An IRI below the base: a class of things, and the id of one of them.
#[derive(Clone, Copy)]
struct Iri<'t>(&'t str, &'static str, &'t str);

impl fmt::Display for Iri<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Iri(base, class, id) = self;
        [base, class, "/"].iter().try_for_each(|part| to.write_str(part))?;
        // RFC 3986, section 2.3: what needs no escape; ids hold nothing else as a rule.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if id.bytes().all(is_plain) {
            return to.write_str(id);
        }
        id.bytes().try_for_each(|byte| match byte {
            plain if is_plain(plain) => to.write_char(plain.into()),
            _ => write!(to, "%{byte:02X}"),
        })
    }
}

impl Serialize for Iri<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[derive(Serialize)]
struct Scheme {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    class: &'static str,
    #[serde(rename = "prefLabel")]
    label: Labels,
}

#[derive(Serialize)]
struct Concept<'t> {
    #[serde(rename = "@id")]
    id: Iri<'t>,
    #[serde(rename = "@type")]
    class: &'static str,
    #[serde(rename = "inScheme")]
    scheme: String,
    notation: &'static str,
    #[serde(rename = "prefLabel")]
    label: Labels,
}

/// What a thing is called, by the tags of languages.
type Labels = BTreeMap<&'static str, &'static str>;

fn labels(label: impl Fn(Lang) -> &'static str) -> Labels {
    Lang::ALL.map(|lang| (lang.tag(), label(lang))).into()
}

#[derive(Serialize)]
struct Place<'t> {
    #[serde(rename = "@id")]
    id: Iri<'t>,
    #[serde(rename = "@type")]
    class: &'static str,
    name: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<Geo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address<'t>>,
    #[serde(rename = "sameAs", skip_serializing_if = "Option::is_none")]
    same_as: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "GeoCoordinates")]
struct Geo {
    latitude: f64,
    longitude: f64,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "PostalAddress")]
struct Address<'t> {
    #[serde(rename = "addressCountry")]
    country: &'t str,
}

/// A partnership: its parties, and the cells of its record by the names of their columns.
struct Partnership<'t> {
    base: &'t str,
    parties: [&'t str; 2],
    facts: Vec<(&'static str, &'t Cell<'t>)>,
}

impl Serialize for Partnership<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, cell) in &self.facts {
            match (*key, cell) {
                ("id", cell) => {
                    map.serialize_entry("@id", &Iri(self.base, "partnership", &cell.raw()))?;
                    map.serialize_entry("@type", "Partnership")?;
                    map.serialize_entry("party", &self.parties.map(|id| Iri(self.base, "place", id)))?;
                }
                (_, Cell::Unknown) => {}
                (key, Cell::Word(word, _)) => map.serialize_entry(key, &Iri(self.base, key, word))?,
                (key, Cell::List(ids)) => {
                    let sources: Vec<Iri<'_>> = ids.iter().map(|id| Iri(self.base, "source", id)).collect();
                    map.serialize_entry(key, &sources)?;
                }
                (key, cell) => map.serialize_entry(key, cell)?,
            }
        }
        map.end()
    }
}

/// Draws the graph as one object, a node a line; its own IRIs begin with `base`.
pub fn jsonld(graph: &Graph<'_>, base: &str, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"{\"@context\":")?;
    write(&context(base), to)?;
    to.write_all(b",\"@graph\":[\n")?;
    concepts(base, "kind", words::kind, Kind::ALL, to)?;
    to.write_all(b",\n")?;
    concepts(base, "status", words::status, Status::ALL, to)?;
    for node in &graph.nodes {
        to.write_all(b",\n")?;
        write(&place(base, node), to)?;
    }
    for (ends, cells) in graph.edges.iter().zip(graph.records.rows()) {
        to.write_all(b",\n")?;
        let parties = ends.map(|end| graph.nodes[end].id);
        let facts = graph.records.columns.iter().map(|column| column.key).zip(&cells).collect();
        write(&Partnership { base, parties, facts }, to)?;
    }
    to.write_all(b"\n]}\n")
}

/// Returns what the terms of the document mean.
fn context(base: &str) -> serde_json::Value {
    let own = |term: &str| format!("{base}term/{term}");
    let link = |iri: &str| json!({"@id": iri, "@type": "@id"});
    json!({
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "City": "schema:City",
        "AdministrativeArea": "schema:AdministrativeArea",
        "Place": "schema:Place",
        "GeoCoordinates": "schema:GeoCoordinates",
        "PostalAddress": "schema:PostalAddress",
        "name": "schema:name",
        "geo": "schema:geo",
        "latitude": "schema:latitude",
        "longitude": "schema:longitude",
        "address": "schema:address",
        "addressCountry": "schema:addressCountry",
        "sameAs": link("schema:sameAs"),
        "ConceptScheme": "skos:ConceptScheme",
        "Concept": "skos:Concept",
        "inScheme": link("skos:inScheme"),
        "notation": "skos:notation",
        "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
        "Partnership": own("Partnership"),
        "party": link(&own("party")),
        "kind": link(&own("kind")),
        "status": link(&own("status")),
        "start": own("start"),
        "end": own("end"),
        "sources": link("dcterms:source"),
    })
}

/// Writes a vocabulary as a concept scheme and its concepts.
fn concepts<T: Label>(
    base: &str,
    name: &'static str,
    title: fn(Lang) -> &'static str,
    words: &[T],
    to: &mut dyn Write,
) -> io::Result<()> {
    let scheme = format!("{base}{name}");
    write(&Scheme { id: scheme.clone(), class: "ConceptScheme", label: labels(title) }, to)?;
    words.iter().try_for_each(|word| {
        to.write_all(b",\n")?;
        let (id, notation) = (Iri(base, name, word.code()), word.code());
        let label = labels(|lang| word.label(lang));
        write(&Concept { id, class: "Concept", scheme: scheme.clone(), notation, label }, to)
    })
}

fn place<'t>(base: &'t str, node: &Node<'t>) -> Place<'t> {
    let known = |text: &'t str| Some(text).filter(|text| !text.is_empty());
    let place = node.place;
    Place {
        id: Iri(base, "place", node.id),
        class: match place.and_then(|place| place.place_type()) {
            Some(PlaceType::Municipality) => "City",
            Some(PlaceType::District | PlaceType::Region) => "AdministrativeArea",
            Some(PlaceType::Other) | None => "Place",
        },
        name: node.name,
        geo: node.coordinates.map(|[longitude, latitude]| Geo { latitude, longitude }),
        address: place.and_then(|place| known(place.country())).map(|country| Address { country }),
        same_as: place.and_then(|place| known(place.wikidata())).map(|item| format!("{WIKIDATA}{item}")),
    }
}
