//! What Wikidata gives: the forms of its query service, and entity documents.

use super::{desk, told_of};

const EXPECTED: [&str; 4] = [
    "filled in row 1 Kuopio–Bodø: start → 1949",
    "same row 2 Kuopio–Győr",
    "rejected row 3 Kuopio–Q42: no place here is called “Q42”, and its country is not said",
    "rejected row 4 Kuopio: it says that there is a place, and not which one",
];

fn check(name: &str, text: &str, first_row: usize) {
    let desk = desk(name, text);
    let told = told_of(&desk, &["import", name, "--dry-run", "--all"]);
    let expected: Vec<String> = EXPECTED
        .iter()
        .enumerate()
        .map(|(nth, line)| line.replace(&format!("row {}", nth + 1), &format!("row {}", nth + first_row)))
        .collect();
    // An entity names its twins by their items alone.
    let plain = |line: &String| line.replace(" (“Q8114”, Wikidata item)", "").replace(" (“Q43274”, Wikidata item)", "");
    for (told, expected) in told.iter().zip(&expected) {
        let is_blank = expected.contains("not which one");
        if is_blank {
            assert!(told.ends_with("it says that there is a place, and not which one"), "{name}: {told}");
        } else {
            assert_eq!(plain(told), plain(expected), "{name}");
        }
    }
    assert_eq!(told.len(), 4, "{name}: {told:?}");
}

const E: &str = "http://www.wikidata.org/entity/";

#[test]
fn every_form_says_the_same() {
    let pairs =
        [("Q8114", "Bodø", "1949-01-01T00:00:00Z"), ("Q43274", "Győr", "1977-05-17T00:00:00Z"), ("Q42", "Q42", "")];
    let mut csv = "item,itemLabel,twin,twinLabel,start\r\n".to_owned();
    let mut tsv = "?item\t?itemLabel\t?twin\t?twinLabel\t?start\n".to_owned();
    let mut page = Vec::new();
    let mut bindings = Vec::new();
    for (item, label, start) in pairs {
        csv += &format!("{E}Q1757,Kuopio,{E}{item},{label},{start}\r\n");
        let typed = if start.is_empty() {
            String::new()
        } else {
            format!("\"{start}\"^^<http://www.w3.org/2001/XMLSchema#dateTime>")
        };
        tsv += &format!("<{E}Q1757>\t\"Kuopio\"@en\t<{E}{item}>\t\"{label}\"@en\t{typed}\n");
        page.push(serde_json::json!({"item": format!("{E}Q1757"), "itemLabel": "Kuopio", "twin": format!("{E}{item}"), "twinLabel": label, "start": start}));
        let mut binding = serde_json::json!({
            "item": {"type": "uri", "value": format!("{E}Q1757")}, "itemLabel": {"type": "literal", "xml:lang": "en", "value": "Kuopio"},
            "twin": {"type": "uri", "value": format!("{E}{item}")}, "twinLabel": {"type": "literal", "value": label},
        });
        if !start.is_empty() {
            binding["start"] = serde_json::json!({"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#dateTime", "value": start});
        }
        bindings.push(binding);
    }
    csv += &format!("{E}Q1757,Kuopio,_:b7,,\r\n");
    tsv += &format!("<{E}Q1757>\t\"Kuopio\"@en\t_:b7\t\t\n");
    page.push(serde_json::json!({"item": format!("{E}Q1757"), "itemLabel": "Kuopio", "twin": "http://www.wikidata.org/.well-known/genid/b7"}));
    bindings.push(serde_json::json!({"item": {"type": "uri", "value": format!("{E}Q1757")}, "itemLabel": {"type": "literal", "value": "Kuopio"}, "twin": {"type": "bnode", "value": "b7"}}));
    let results = serde_json::json!({"head": {"vars": ["item", "itemLabel", "twin", "twinLabel", "start"]}, "results": {"bindings": bindings}});
    check("query.csv", &csv, 2);
    check("query.tsv", &tsv, 2);
    check("query.json", &serde_json::Value::from(page).to_string(), 1);
    check("results.json", &results.to_string(), 1);
}

#[test]
fn an_entity_document_says_its_twins() {
    let twin = |id: &str, time: Option<(&str, u8)>| {
        let mut statement = serde_json::json!({"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": id}}}, "rank": "normal"});
        if let Some((time, precision)) = time {
            statement["qualifiers"]["P580"] =
                serde_json::json!([{"datavalue": {"value": {"time": time, "precision": precision}}}]);
        }
        statement
    };
    let document = serde_json::json!({"entities": {"Q1757": {"id": "Q1757", "labels": {"en": {"value": "Kuopio"}}, "claims": {"P190": [
        twin("Q8114", Some(("+1949-00-00T00:00:00Z", 9))),
        twin("Q43274", Some(("+1977-05-17T00:00:00Z", 11))),
        twin("Q42", None),
        {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"},
    ]}}}});
    check("Q1757.json", &document.to_string(), 1);
}
