//! The description of a table in `datapackage.json`, as it follows from the schema: a Data Resource with its Table
//! Schema, version 2 (<https://datapackage.org/standard/table-schema/>).
//!
//! The program's are the file, its dress, the order of the columns, their types and constraints, and the keys: they are
//! written over whatever stands there. Titles and descriptions of the owner stay, and so does all that the program does not
//! write: further constraints, keys and members, and everything about columns that the schema does not know. What held for
//! the bytes of the old file (`bytes`, `hash`) goes.

use serde_json::{Map, Value, json};

use super::source::file_name;
use crate::model::{Column, Grid, Schema, Table, Type};

/// How dates are explained to readers of the package.
const EDTF: &str = "EDTF: 1965, 2022-03, 1982-06-11, 196X, with ~ or ?; [..2016], [2010..2022]";
const EDTF_INTERVAL: &str = "EDTF interval: 2022/2029, 2022/..";
/// One date as a regular expression: a day, a month or a year. `\d` would be a digit of any script.
const DAY: &str = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";
/// What the owner may say otherwise.
const WORDING: [&str; 2] = ["title", "description"];

/// Describes a table, in a package that describes these.
pub fn resource(grid: &Grid<'_>, described: &[Table]) -> Value {
    let mut own = Map::new();
    describe(&mut own, grid, described);
    own.into()
}

/// Makes the description of a table true and complete, in a package that describes these.
pub fn describe(own: &mut Map<String, Value>, grid: &Grid<'_>, described: &[Table]) {
    let schema = grid.schema();
    own.insert("name".into(), schema.name.into());
    own.entry("title").or_insert_with(|| schema.title.into());
    own.insert("type".into(), "table".into());
    own.insert("path".into(), file_name(schema.table).into());
    own.insert("format".into(), "csv".into());
    own.insert("mediatype".into(), "text/csv".into());
    own.insert("encoding".into(), "utf-8".into());
    own.insert("dialect".into(), json!({"delimiter": ",", "lineTerminator": "\n"}));
    for outdated in ["bytes", "hash"] {
        own.shift_remove(outdated);
    }
    match own.entry("schema").or_insert_with(|| Map::new().into()) {
        Value::Object(own) => describe_schema(own, grid, described),
        // The owner keeps it in a file of its own.
        Value::String(_) => {}
        other => {
            let mut own = Map::new();
            describe_schema(&mut own, grid, described);
            *other = own.into();
        }
    }
}

fn describe_schema(own: &mut Map<String, Value>, grid: &Grid<'_>, described: &[Table]) {
    let schema = grid.schema();
    let fields = fields(array(own, "fields"), grid);
    own.insert("fields".into(), fields.into());
    own.entry("missingValues").or_insert_with(|| json!([""]));
    own.insert("primaryKey".into(), json!(schema.key));
    let mut keys = array(own, "foreignKeys");
    for key in foreign_keys(schema, described) {
        if !keys.iter().any(|own| refers(own) == refers(&key)) {
            keys.push(key);
        }
    }
    if !keys.is_empty() {
        own.insert("foreignKeys".into(), keys.into());
    }
}

fn array(own: &Map<String, Value>, name: &str) -> Vec<Value> {
    own.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// Returns the descriptions of the columns in the order of the file; those that describe none come last.
fn fields(mut own: Vec<Value>, grid: &Grid<'_>) -> Vec<Value> {
    let mut take = |name: &str| {
        let at = own.iter().position(|field| field["name"] == name && field.is_object())?;
        Some(own.remove(at))
    };
    let known = grid.schema().columns.iter().map(|column| match take(column.name) {
        Some(Value::Object(own)) => completed(own, column).into(),
        _ => field(column).into(),
    });
    let mut fields: Vec<Value> = known.collect();
    fields.extend(grid.unknown().map(|(_, name)| take(name).unwrap_or_else(|| unknown_field(name))));
    fields.append(&mut own);
    fields
}

/// Describes a column that the schema does not know.
pub fn unknown_field(name: &str) -> Value {
    json!({"name": name, "type": "string"})
}

fn completed(mut own: Map<String, Value>, column: &Column) -> Map<String, Value> {
    for (name, value) in field(column) {
        match (own.get_mut(&name), value) {
            (Some(Value::Object(own)), Value::Object(constraints)) => own.extend(constraints),
            (Some(_), _) if WORDING.contains(&name.as_str()) => {}
            (_, value) => _ = own.insert(name, value),
        }
    }
    own
}

/// Returns which columns a foreign key joins to which columns of which table, whatever version wrote it.
fn refers(key: &Value) -> (Vec<&str>, &str, Vec<&str>) {
    let table = key.pointer("/reference/resource").and_then(Value::as_str).unwrap_or_default();
    (names(key.get("fields")), table, names(key.pointer("/reference/fields")))
}

fn names(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Returns the keys that lead to a table of the package; one to another table would make it invalid.
fn foreign_keys(schema: &Schema, described: &[Table]) -> Vec<Value> {
    let is_there = |target: &Table| *target == schema.table || described.contains(target);
    let key = |(fields, target): (Vec<&str>, Table)| {
        let mut reference = Map::new();
        if target != schema.table {
            reference.insert("resource".into(), target.name().into());
        }
        reference.insert("fields".into(), json!(target.schema().key));
        json!({"fields": fields, "reference": reference})
    };
    schema.foreign_keys().filter(|(_, target)| is_there(target)).map(key).collect()
}

/// Describes one column.
fn field(column: &Column) -> Map<String, Value> {
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    field.insert("title".into(), column.title.into());
    let (kind, more) = match column.kind {
        Type::Number(..) => ("number", None),
        Type::List => ("list", Some(("delimiter", ";"))),
        Type::Uri => ("string", Some(("format", "uri"))),
        Type::Email => ("string", Some(("format", "email"))),
        _ => ("string", None),
    };
    field.insert("type".into(), kind.into());
    if let Some((name, value)) = more {
        field.insert(name.into(), value.into());
    }
    let description = description(column);
    if !description.is_empty() {
        field.insert("description".into(), description.into());
    }
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    let point = format!(r"({DAY}|[0-9]{{3}}X)[~?]?");
    match column.kind {
        Type::Pattern(form) => _ = constraints.insert("pattern".into(), form.regex().into()),
        Type::Date => _ = constraints.insert("pattern".into(), format!(r"({point}|\[({DAY})?\.\.{DAY}\])").into()),
        Type::Interval => _ = constraints.insert("pattern".into(), format!(r"({point}|\.\.)/({point}|\.\.)").into()),
        Type::Vocabulary(words) => _ = constraints.insert("enum".into(), json!(words)),
        Type::Number(min, max) => {
            constraints.insert("minimum".into(), min.into());
            constraints.insert("maximum".into(), max.into());
        }
        _ => {}
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), constraints.into());
    }
    field
}

/// Returns what a column means, with the form of its dates.
pub fn description(column: &Column) -> String {
    let form = match column.kind {
        Type::Date => EDTF,
        Type::Interval => EDTF_INTERVAL,
        _ => "",
    };
    let separator = if column.doc.is_empty() || form.is_empty() { "" } else { "; " };
    format!("{}{separator}{form}", column.doc)
}

/// Returns the column reference of `data/README.md`, as Markdown.
pub fn column_reference() -> String {
    let mut text = String::new();
    for table in Table::ALL {
        let schema = table.schema();
        text += &format!(
            "\n### `{}.csv`\n\nOne row is {}. Key: `{}`.\n\n",
            schema.name,
            schema.row,
            schema.key.join("`, `")
        );
        text += "| column | title | what it holds |\n| --- | --- | --- |\n";
        for column in schema.columns {
            let mut holds = match column.kind {
                Type::Vocabulary(words) => format!("`{}`", words.join("`, `")),
                Type::Reference(table) => format!("key of `{}`", table.name()),
                _ => String::new(),
            };
            for part in [description(column), if column.required { "required".to_owned() } else { String::new() }] {
                if !part.is_empty() {
                    holds += if holds.is_empty() { "" } else { "; " };
                    holds += &part;
                }
            }
            text += &format!("| `{}` | {} | {holds} |\n", column.name, column.title);
        }
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what fails here fails the test")]
mod tests {
    use super::*;
    use crate::model::Table;

    fn described(own: Value, table: Table) -> Value {
        let mut own = own.as_object().unwrap().clone();
        describe(&mut own, &Grid::empty(table), &Table::ALL);
        own.into()
    }

    fn named<'v>(resource: &'v Value, field: &str) -> &'v Value {
        resource["schema"]["fields"].as_array().unwrap().iter().find(|own| own["name"] == field).unwrap()
    }

    #[test]
    fn what_is_described_is_not_described_otherwise() {
        for table in Table::ALL {
            let made = resource(&Grid::empty(table), &Table::ALL);
            assert_eq!(format!("{:#}", described(made.clone(), table)), format!("{made:#}"));
        }
    }

    #[test]
    fn the_words_and_additions_of_the_owner_stay_and_what_the_program_writes_is_told_as_it_is() {
        let mut own = resource(&Grid::empty(Table::Partnerships), &Table::ALL);
        own["title"] = "Vänorter".into();
        own["homepage"] = "https://example.org".into();
        own["encoding"] = "windows-1252".into();
        own["dialect"] = json!({"delimiter": ";"});
        own["bytes"] = 12.into();
        let schema = &mut own["schema"];
        schema["uniqueKeys"] = json!([["note"]]);
        schema["missingValues"] = json!(["", "-"]);
        schema["primaryKey"] = "note".into();
        let fields = schema["fields"].as_array_mut().unwrap();
        fields.reverse();
        let at = |name: &str| fields.iter().position(|field| field["name"] == name).unwrap();
        let [kind, status, start] = ["kind", "status", "start"].map(at);
        fields[kind] = json!({"name": "kind", "title": "Slag", "example": "twin", "type": "integer"});
        fields[status]["constraints"] = json!({"enum": ["active"], "maxLength": 9});
        fields.remove(start);
        fields.insert(0, json!({"name": "mayor", "type": "any", "title": "Borgmästare"}));

        let told = described(own, Table::Partnerships);
        let made = resource(&Grid::empty(Table::Partnerships), &Table::ALL);
        assert_eq!((&told["title"], &told["homepage"]), (&"Vänorter".into(), &"https://example.org".into()));
        assert_eq!((&told["encoding"], &told["dialect"]), (&made["encoding"], &made["dialect"]));
        assert!(told.get("bytes").is_none());
        assert_eq!(told["schema"]["uniqueKeys"], json!([["note"]]));
        assert_eq!(told["schema"]["missingValues"], json!(["", "-"]));
        assert_eq!(told["schema"]["primaryKey"], json!(["a", "b"]));
        let names = |resource: &Value| -> Vec<String> {
            let fields = resource["schema"]["fields"].as_array().unwrap();
            fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&told), [names(&made), vec!["mayor".to_owned()]].concat());
        assert_eq!(named(&told, "mayor"), &json!({"name": "mayor", "type": "any", "title": "Borgmästare"}));
        let kind = named(&told, "kind");
        assert_eq!(
            (&kind["title"], &kind["example"], &kind["type"]),
            (&"Slag".into(), &"twin".into(), &"string".into())
        );
        assert_eq!(kind["constraints"], named(&made, "kind")["constraints"]);
        let constraints = &named(&told, "status")["constraints"];
        assert_eq!(constraints["enum"], named(&made, "status")["constraints"]["enum"]);
        assert_eq!((&constraints["maxLength"], &constraints["required"]), (&9.into(), &true.into()));
        assert_eq!(named(&told, "start"), named(&made, "start"));
    }

    #[test]
    fn a_foreign_key_is_added_once_whatever_version_wrote_it() {
        let mut own = resource(&Grid::empty(Table::Municipalities), &Table::ALL);
        own["schema"]["foreignKeys"] = json!([
            {"fields": "part_of", "reference": {"resource": "", "fields": "id"}},
            {"fields": ["note"], "reference": {"resource": "notes", "fields": ["id"]}},
        ]);
        let told = described(own.clone(), Table::Municipalities);
        let country = json!({"fields": ["country"], "reference": {"resource": "countries", "fields": ["code"]}});
        let keys = &own["schema"]["foreignKeys"];
        assert_eq!(told["schema"]["foreignKeys"], json!([keys[0], keys[1], country]));
    }

    #[test]
    fn a_schema_that_stands_in_a_file_of_its_own_stays_there() {
        let told = described(json!({"name": "sources", "schema": "sources.schema.json"}), Table::Sources);
        assert_eq!((&told["schema"], &told["path"]), (&"sources.schema.json".into(), &"sources.csv".into()));
        assert!(described(json!({"name": "sources", "schema": 1}), Table::Sources)["schema"]["fields"].is_array());
    }
}
