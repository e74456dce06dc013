//! The forms in which Wikidata gives its statements: SPARQL results in JSON and TSV, and entity documents.
//!
//! <https://www.w3.org/TR/sparql11-results-json/>, <https://www.w3.org/TR/sparql11-results-csv-tsv/>,
//! <https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html>.

use serde_json::{Map, Value};

use super::foreign::{Foreign, Form, Row};

/// The property “twinned administrative body”.
const TWINNED: &str = "P190";
const START: &str = "P580";
const END: &str = "P582";
const COORDINATES: &str = "P625";
/// What begins the name of something that is there and nobody knows what.
const BLANK: &str = "_:";

/// Returns the item's id of a cell: `Q1757`, or the address of the entity.
pub fn item(cell: &str) -> Option<&str> {
    let id = cell.rsplit('/').next().unwrap_or_default();
    let is_address = id.len() < cell.len();
    let digits = id.strip_prefix(['Q', 'q'])?;
    let is_item = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_item && (!is_address || cell.contains("/entity/") || cell.contains("/wiki/"))).then_some(id)
}

/// Tells whether a cell says that there is something, and not what: a blank node, as it stands or with an address.
pub fn is_blank(cell: &str) -> bool {
    cell.starts_with(BLANK) || cell.contains("/.well-known/genid/")
}

/// Returns the longitude and latitude of a point in well-known text, `Point(24.94 60.17)`.
pub fn point(cell: &str) -> Option<[&str; 2]> {
    let inner = cell.strip_prefix("Point(").or_else(|| cell.strip_prefix("POINT("))?.strip_suffix(')')?;
    let mut parts = inner.split_whitespace();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(lon), Some(lat), None) => Some([lon, lat]),
        _ => None,
    }
}

/// Returns the day of a time as Wikidata writes it, as exact as it can be taken for: the first of a month may stand for
/// the month, and the first of January for the year.
pub fn day(cell: &str) -> Option<String> {
    let day = cell.strip_prefix('+').unwrap_or(cell).strip_suffix("T00:00:00Z")?;
    let day = day.strip_suffix("-01").unwrap_or(day);
    Some(day.strip_suffix("-01").filter(|_| day.len() == "1967-01".len()).unwrap_or(day).to_owned())
}

/// Makes a table of SPARQL results in TSV, where every cell is a term: `<http://…>`, `"Berlin"@en`, `"1967"^^<…>`. A tab
/// in a text is written `\t` there, so that no cell needs to be quoted.
pub fn results_in_tabs(text: &str) -> Foreign {
    let cell = |cell: &str| {
        let plain = cell.strip_prefix('?').or_else(|| cell.strip_prefix('<')?.strip_suffix('>'));
        plain.map(str::to_owned).or_else(|| literal(cell)).unwrap_or_else(|| cell.to_owned())
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let rows = lines.map(|(nth, line)| Row { number: nth + 1, cells: line.split('\t').map(cell).collect() });
    Foreign { form: Form::Sparql, rows: rows.collect() }
}

/// Returns the text of a literal, without its language or type.
fn literal(cell: &str) -> Option<String> {
    let (text, mark) = cell.strip_prefix('"')?.rsplit_once('"')?;
    if !(mark.is_empty() || mark.starts_with('@') || mark.starts_with("^^")) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'r' | 't') => plain.push(' '),
                Some(escaped) => plain.push(escaped),
                None => {}
            },
            letter => plain.push(letter),
        }
    }
    Some(plain)
}

/// Makes a table of SPARQL results in JSON.
pub fn results(document: &Value) -> Option<Foreign> {
    let names = document.pointer("/head/vars")?.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
    let bindings = document.pointer("/results/bindings")?.as_array()?;
    let cell = |binding: &Value, name: &str| {
        let value = binding.pointer(&format!("/{name}/value")).and_then(Value::as_str).unwrap_or_default();
        let is_blank = binding.pointer(&format!("/{name}/type")).is_some_and(|kind| kind == "bnode");
        if is_blank { format!("{BLANK}{value}") } else { value.to_owned() }
    };
    let header = Row { number: 0, cells: names.iter().map(|name| (*name).to_owned()).collect() };
    let rows = bindings
        .iter()
        .enumerate()
        .map(|(nth, binding)| Row { number: nth + 1, cells: names.iter().map(|name| cell(binding, name)).collect() });
    Some(Foreign { form: Form::Sparql, rows: std::iter::once(header).chain(rows).collect() })
}

/// Makes a table of what entity documents say of twinnings.
pub fn entities(document: &Value) -> Option<Foreign> {
    let one = |entity: &Map<String, Value>| entity.contains_key("claims") && entity.contains_key("id");
    let entities: Vec<&Map<String, Value>> = match document.get("entities").and_then(Value::as_object) {
        Some(entities) => entities.values().filter_map(Value::as_object).collect(),
        None => document.as_object().filter(|entity| one(entity)).into_iter().collect(),
    };
    if entities.is_empty() {
        return None;
    }
    let header = ["item", "itemLabel", "itemLat", "itemLon", "twin", "start", "end"].map(str::to_owned).to_vec();
    let mut rows = vec![Row { number: 0, cells: header }];
    for entity in entities {
        let text = |pointer: &[&str]| at(entity, pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let labels = ["en", "mul", "fi", "sv", "de", "fr"].map(|language| text(&["labels", language, "value"]));
        let label = labels.into_iter().find(|label| !label.is_empty()).unwrap_or_default();
        let coordinate = |part: &str| {
            let number = statements(entity, COORDINATES).next().and_then(|point| value(point, "mainsnak")?.get(part));
            number.map_or(String::new(), Value::to_string)
        };
        let item = [text(&["id"]), label, coordinate("latitude"), coordinate("longitude")];
        for statement in statements(entity, TWINNED) {
            let twin = match value(statement, "mainsnak") {
                Some(twin) => twin.get("id").and_then(Value::as_str).unwrap_or_default().to_owned(),
                None if statement.pointer("/mainsnak/snaktype").is_some_and(|kind| kind == "somevalue") => {
                    BLANK.to_owned()
                }
                None => continue,
            };
            let qualifier = |property: &str| {
                let time = statement.pointer(&format!("/qualifiers/{property}/0/datavalue/value"));
                time.and_then(partial).unwrap_or_default()
            };
            let cells = item.iter().cloned().chain([twin, qualifier(START), qualifier(END)]).collect();
            rows.push(Row { number: rows.len(), cells });
        }
    }
    Some(Foreign { form: Form::Entities, rows })
}

fn at<'v>(object: &'v Map<String, Value>, path: &[&str]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(object.get(*first)?, |value, name| value.get(*name))
}

/// Returns the statements of a property that nobody has taken back.
fn statements<'v>(entity: &'v Map<String, Value>, property: &str) -> impl Iterator<Item = &'v Value> {
    let all = at(entity, &["claims", property]).and_then(Value::as_array);
    all.into_iter().flatten().filter(|statement| statement.get("rank").is_none_or(|rank| rank != "deprecated"))
}

fn value<'v>(statement: &'v Value, snak: &str) -> Option<&'v Value> {
    statement.pointer(&format!("/{snak}/datavalue/value"))
}

/// Returns a time with its precision as a partial date: 11 is a day, 10 a month, 9 a year, 8 a decade.
fn partial(time: &Value) -> Option<String> {
    let text = time.get("time")?.as_str()?.strip_prefix('+')?;
    let length = match time.get("precision")?.as_u64()? {
        11.. => "1967-06-17".len(),
        10 => "1967-06".len(),
        9 => "1967".len(),
        8 => return Some(format!("{}X", text.get(.."196".len())?)),
        _ => return None,
    };
    text.get(..length).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_wikidata_are_read() {
        for (cell, id) in [
            ("Q64", Some("Q64")),
            ("http://www.wikidata.org/entity/Q64", Some("Q64")),
            ("https://www.wikidata.org/wiki/Q64", Some("Q64")),
            ("http://example.org/Q64", None),
            ("Q", None),
            ("Berlin", None),
            ("P190", None),
        ] {
            assert_eq!(item(cell), id, "{cell}");
        }
        for (cell, read) in [
            ("1995-02-18T00:00:00Z", Some("1995-02-18")),
            ("+1995-02-18T00:00:00Z", Some("1995-02-18")),
            ("1995-02-01T00:00:00Z", Some("1995-02")),
            ("1995-01-01T00:00:00Z", Some("1995")),
            ("1995-02-18", None),
        ] {
            assert_eq!(day(cell).as_deref(), read, "{cell}");
        }
        assert_eq!(point("Point(24.94 60.17)"), Some(["24.94", "60.17"]));
        assert_eq!(point("Point(24.94)"), None);
        for (cell, text) in [
            ("\"Los Angeles\"@en", Some("Los Angeles")),
            ("\"1967\"^^<http://www.w3.org/2001/XMLSchema#gYear>", Some("1967")),
            ("\"a \\\"b\\\" c\"", Some("a \"b\" c")),
            ("\"a\"b", None),
            ("a", None),
        ] {
            assert_eq!(literal(cell).as_deref(), text, "{cell}");
        }
        assert!(is_blank("_:b0") && is_blank("http://www.wikidata.org/.well-known/genid/a1") && !is_blank("Q64"));
    }

    #[test]
    fn an_entity_says_its_twins_as_exactly_as_it_knows() {
        let time = |text: &str, precision: u8| serde_json::json!([{"datavalue": {"value": {"time": text, "precision": precision}}}]);
        let twin = |id: &str| serde_json::json!({"datavalue": {"value": {"id": id}}});
        let document = serde_json::json!({"entities": {"Q1": {"id": "Q1", "labels": {"fi": {"value": "Kunta"}}, "claims": {
            "P625": [{"mainsnak": {"datavalue": {"value": {"latitude": 62.5, "longitude": 27}}}}],
            "P190": [
                {"mainsnak": twin("Q2"), "qualifiers": {"P580": time("+1967-06-17T00:00:00Z", 11), "P582": time("+2022-03-00T00:00:00Z", 10)}},
                {"mainsnak": twin("Q3"), "rank": "normal", "qualifiers": {"P580": time("+1967-00-00T00:00:00Z", 9)}},
                {"mainsnak": twin("Q4"), "rank": "deprecated"},
                {"mainsnak": {"snaktype": "somevalue"}, "qualifiers": {"P580": time("+1960-00-00T00:00:00Z", 8)}},
                {"mainsnak": {"snaktype": "novalue"}},
            ],
        }}}});
        let rows = entities(&document).map(|foreign| foreign.rows).unwrap_or_default();
        let cells: Vec<String> = rows.iter().skip(1).map(|row| row.cells.join("|")).collect();
        assert_eq!(
            cells,
            ["Q1|Kunta|62.5|27|Q2|1967-06-17|2022-03", "Q1|Kunta|62.5|27|Q3|1967|", "Q1|Kunta|62.5|27|_:|196X|"]
        );
    }
}
