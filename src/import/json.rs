//! JSON as a table: results of SPARQL, entity documents, a registry, or any list of objects.

use serde_json::{Map, Value};

use super::foreign::{Foreign, ForeignError, Form, Row};
use super::wikidata;
use crate::storage::Source;

/// How many members the objects of a list may have among them.
const MOST_COLUMNS: usize = 1024;
/// How many lists of objects are named where none or several may be meant.
const MOST_NAMED: usize = 5;

/// Makes a table of a JSON text; `pointer` is where the objects stand.
///
/// # Errors
/// It is no JSON, or holds no list of objects, or several and nobody says which.
pub fn read(file: &str, text: &str, pointer: Option<&str>) -> Result<Foreign, ForeignError> {
    let document: Value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        ForeignError::Json { file: file.to_owned(), line: error.line(), column: error.column(), message }
    })?;
    if pointer.is_none() {
        if let Some(foreign) = wikidata::results(&document).or_else(|| wikidata::entities(&document)) {
            return Ok(foreign);
        }
        if ["municipalities", "partnerships"].iter().all(|table| document.get(table).is_some_and(Value::is_array)) {
            return Ok(Foreign::of_registry(&Source::of_json(text.as_bytes().to_vec()).load()?));
        }
    }
    let mut lists = Vec::new();
    find(&document, String::new(), &mut lists);
    let found = match pointer {
        Some(pointer) => document.pointer(pointer).and_then(objects),
        None => match &lists[..] {
            [(_, only)] => Some(only.clone()),
            _ => None,
        },
    };
    let none = || ForeignError::NoObjects {
        file: file.to_owned(),
        pointer: pointer.map(str::to_owned),
        elsewhere: lists.iter().map(|(pointer, _)| pointer.clone()).collect(),
    };
    table(&found.ok_or_else(none)?).ok_or_else(|| ForeignError::Wide(file.to_owned()))
}

/// Returns the objects of a list of nothing else.
fn objects(value: &Value) -> Option<Vec<&Map<String, Value>>> {
    let list: Vec<_> = value.as_array()?.iter().map(Value::as_object).collect::<Option<_>>()?;
    (!list.is_empty()).then_some(list)
}

/// Finds the lists of objects that are in no other one.
fn find<'v>(value: &'v Value, pointer: String, lists: &mut Vec<(String, Vec<&'v Map<String, Value>>)>) {
    if lists.len() == MOST_NAMED {
        return;
    }
    if let Some(list) = objects(value) {
        lists.push((pointer, list));
    } else if let Some(object) = value.as_object() {
        for (name, value) in object {
            find(value, format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), lists);
        }
    }
}

/// Makes a row of each object, or of each object of the one list that it holds, with what is said beside the list; `None`
/// is that they have more members than a table may have columns.
fn table(list: &[&Map<String, Value>]) -> Option<Foreign> {
    let inner = list.iter().find_map(|object| object.iter().find(|(_, value)| objects(value).is_some()));
    let inner = inner.map(|(name, _)| name.as_str());
    let mut columns = Columns::default();
    let mut rows = Vec::new();
    for (nth, object) in list.iter().enumerate() {
        let outer = object.iter().filter(|(name, _)| Some(name.as_str()) != inner);
        if columns.0.len() > MOST_COLUMNS {
            return None;
        }
        let mut cells = Vec::new();
        outer.for_each(|(name, value)| columns.set(&mut cells, name, value));
        let held = inner.and_then(|name| Some((name, objects(object.get(name)?)?)));
        let Some((name, held)) = held else {
            rows.push(Row { number: nth + 1, cells });
            continue;
        };
        for object in held {
            let mut cells = cells.clone();
            object.iter().for_each(|(part, value)| columns.set(&mut cells, &format!("{name}.{part}"), value));
            rows.push(Row { number: nth + 1, cells });
        }
    }
    rows.insert(0, Row { number: 0, cells: columns.0 });
    Some(Foreign { form: Form::Json, rows })
}

/// The names of the members, in the order in which they were met.
#[derive(Default)]
struct Columns(Vec<String>);

impl Columns {
    fn set(&mut self, cells: &mut Vec<String>, name: &str, value: &Value) {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(items) => {
                let items = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
                items.collect::<Vec<_>>().join(";")
            }
            Value::Object(members) => {
                return members.iter().for_each(|(part, value)| self.set(cells, &format!("{name}.{part}"), value));
            }
            other => other.to_string(),
        };
        let place = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        if cells.len() <= place {
            cells.resize(place + 1, String::new());
        }
        cells[place] = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, pointer: Option<&str>) -> Result<Vec<String>, String> {
        let foreign = read("t.json", text, pointer).map_err(|error| error.to_string())?;
        Ok(foreign.rows.iter().map(|row| format!("{}:{}", row.number, row.cells.join("|"))).collect())
    }

    #[test]
    fn objects_become_rows_wherever_they_stand() {
        for (text, pointer, rows) in [
            (r#"[{"a": "x", "b": 1.50}, {"b": null, "c": ["y", "z"]}]"#, None, &["0:a|b|c", "1:x|1.50", "2:||y;z"][..]),
            (r#"{"data": {"list": [{"a": {"b": "x"}}]}}"#, None, &["0:a.b", "1:x"]),
            (r#"{"one": [{"a": "x"}], "two": [{"b": "y"}]}"#, Some("/two"), &["0:b", "1:y"]),
            (
                r#"[{"city": "K", "twins": [{"name": "B"}, {"name": "G"}]}, {"city": "H", "twins": []}]"#,
                None,
                &["0:city|twins.name", "1:K|B", "1:K|G", "2:H"],
            ),
        ] {
            assert_eq!(
                cells(text, pointer).as_deref(),
                Ok(&rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_holds_no_list_or_several_is_refused() {
        for (text, pointer, error) in [
            ("[1, 2]", None, "t.json holds no list of objects"),
            (r#"{"a": [{"x": 1}]}"#, Some("/b"), "t.json holds no list of objects at `/b`"),
            (r#"{"one": [{"a": 1}], "two": [{"b": 2}]}"#, None, "t.json holds no list of objects"),
            ("{\"a\":\n x}", None, "t.json:2:2: expected value"),
        ] {
            assert_eq!(cells(text, pointer), Err(error.to_owned()), "{text}");
        }
    }
}
