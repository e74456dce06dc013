//! `datapackage.json`: the home countries, and the description of the tables that follows from the schema.
//!
//! Data Package version 2: <https://datapackage.org/standard/data-package/>. What the owner added is kept.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};

use super::problem::Problem;
use super::source::file_name;
use crate::model::{Column, Grid, Registry, Schema, Table, Type};

/// The name of the file.
pub const FILE: &str = "datapackage.json";
/// The name of the journal's file.
pub const JOURNAL: &str = "journal.jsonl";
/// The newest format of a registry that this program reads.
const FORMAT: u32 = 1;
/// How dates are explained to readers of the package.
const EDTF: &str = "EDTF: 1965, 2022-03, 1982-06-11, 196X, with ~ or ?; [..2016], [2010..2022]";
const EDTF_INTERVAL: &str = "EDTF interval: 2022/2029, 2022/..";
/// One date as a regular expression: a day, a month or a year.
const DAY: &str = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?";

#[derive(Deserialize)]
struct Package {
    twinning: Option<Twinning>,
}

/// What `datapackage.json` says to this program.
#[derive(Deserialize)]
struct Twinning {
    format: Option<u32>,
    #[serde(default)]
    home: Vec<String>,
}

/// Reads the home countries from the text of a `datapackage.json`; an empty text has none.
///
/// # Errors
/// The text is no JSON object, or of a format that is newer than this program.
pub fn home(text: &str) -> Result<Vec<String>, Problem> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let package: Package = serde_json::from_str(text).map_err(|error| json_problem(FILE, text, &error))?;
    checked(FILE, package.twinning)
}

/// Reads the home countries from the `twinning` member of the JSON form.
pub fn home_of(file: &str, twinning: &Value) -> Result<Vec<String>, Problem> {
    let twinning = Option::<Twinning>::deserialize(twinning).map_err(|error| {
        let problem = json_problem(file, "", &error);
        Problem { message: format!("`twinning`: {}", problem.message), ..problem }
    })?;
    checked(file, twinning)
}

fn checked(file: &str, twinning: Option<Twinning>) -> Result<Vec<String>, Problem> {
    let Some(Twinning { format, home }) = twinning else { return Ok(Vec::new()) };
    match format {
        Some(newer) if newer > FORMAT => Err(Problem {
            file: file.to_owned(),
            line: 1,
            column: 1,
            rule: "format",
            message: format!("the registry has format {newer}; this program reads up to {FORMAT}"),
        }),
        _ => Ok(home),
    }
}

/// Makes a problem of what serde_json says of a text, with its place.
pub fn json_problem(file: &str, text: &str, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    // serde_json counts columns in bytes.
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.floor_char_boundary(error.column().saturating_sub(1));
    let column = line[..before].chars().count() + 1;
    Problem { file: file.to_owned(), line: error.line().max(1), column, rule: "json", message }
}

/// Finds the lines of a journal that are no JSON objects.
pub fn journal_problems(text: &str) -> Vec<Problem> {
    let problem = |(line, number): (&str, usize)| {
        let error =
            serde_json::from_str::<HashMap<String, IgnoredAny>>(line).err().filter(|_| !line.trim().is_empty())?;
        Some(Problem { line: number, ..json_problem(JOURNAL, line, &error) })
    };
    text.lines().zip(1..).filter_map(problem).collect()
}

/// Reads the text of a `datapackage.json` as an object, an empty text as an empty one.
///
/// # Errors
/// The text is no JSON object.
pub fn parse(text: &str) -> serde_json::Result<Map<String, Value>> {
    if text.is_empty() { Ok(Map::new()) } else { serde_json::from_str(text) }
}

/// Returns the package of an empty registry with these home countries.
pub fn empty(home: &[String]) -> Map<String, Value> {
    let mut package = Map::new();
    package.insert("$schema".into(), "https://datapackage.org/profiles/2.0/datapackage.json".into());
    package.insert("name".into(), "municipal-twinnings".into());
    package.insert("title".into(), "Registry of municipal twinnings".into());
    package.insert("twinning".into(), json!({"format": FORMAT, "home": home}));
    package
}

/// Returns the package of a registry, with a description of each of its tables and columns that had none.
///
/// # Errors
/// The package is no JSON object.
pub fn complete(registry: &Registry<'_>) -> serde_json::Result<Map<String, Value>> {
    let mut package = parse(&registry.package)?;
    if !package.contains_key("twinning") {
        package.insert("twinning".into(), json!({"format": FORMAT, "home": registry.home}));
    }
    let mut resources = match package.remove("resources") {
        Some(Value::Array(resources)) => resources,
        _ => Vec::new(),
    };
    for table in Table::ALL {
        let grid = registry.grid(table);
        match resources.iter_mut().find(|resource| resource["name"] == table.name()) {
            Some(own) => describe_unknown(own, grid),
            None if grid.exists() => resources.push(resource(grid)),
            None => {}
        }
    }
    package.insert("resources".into(), resources.into());
    Ok(package)
}

/// Returns the package with a description of tables that have come into being, if it describes tables and not these.
///
/// # Errors
/// The package is no JSON object.
pub fn with_tables(text: &str, new: &[Table]) -> serde_json::Result<Option<Map<String, Value>>> {
    let mut package = parse(text)?;
    let Some(Value::Array(resources)) = package.get_mut("resources") else { return Ok(None) };
    let is_described = |table: &Table| resources.iter().any(|resource| resource["name"] == table.name());
    let missing: Vec<Table> = new.iter().copied().filter(|table| !is_described(table)).collect();
    resources.extend(missing.iter().map(|table| resource(&Grid::empty(*table))));
    Ok((!missing.is_empty()).then_some(package))
}

/// Describes in the package the unknown columns of all tables, and no more: the JSON form keeps their order there.
pub fn describe_all_unknown(package: &mut Map<String, Value>, registry: &Registry<'_>) {
    for grid in Table::ALL.map(|table| registry.grid(table)).into_iter().filter(|grid| grid.unknown().next().is_some())
    {
        describe_unknown(own_resource(package, grid), grid);
    }
}

/// Returns the description of a table, made if there is none.
fn own_resource<'p>(package: &'p mut Map<String, Value>, grid: &Grid<'_>) -> &'p mut Value {
    let resources = package.entry("resources").or_insert_with(|| json!([]));
    if !resources.is_array() {
        *resources = json!([]);
    }
    let known = resources.as_array().into_iter().flatten().position(|own| own["name"] == grid.schema().name);
    let at = known.unwrap_or_else(|| {
        let resources = resources.as_array_mut();
        resources.map_or(0, |resources| {
            resources.push(resource(grid));
            resources.len() - 1
        })
    });
    &mut resources[at]
}

/// Adds to the description of a table its columns that are not described.
fn describe_unknown(own: &mut Value, grid: &Grid<'_>) {
    let mut unknown = grid.unknown().map(|(_, name)| name).peekable();
    if own.pointer("/schema/fields").is_none() && unknown.peek().is_some() {
        own["schema"] = resource(grid)["schema"].take();
    }
    if let Some(Value::Array(fields)) = own.pointer_mut("/schema/fields") {
        for name in unknown {
            if !fields.iter().any(|field| field["name"] == name) {
                fields.push(json!({"name": name, "type": "string"}));
            }
        }
    }
}

/// Returns the columns that a package describes and the schema does not know, each with whether it holds JSON instead
/// of text (its type is `any`), in order.
pub fn unknown_columns(package: &Map<String, Value>, table: Table) -> Vec<(String, bool)> {
    let resources = package.get("resources").and_then(Value::as_array);
    let own = resources.into_iter().flatten().find(|resource| resource["name"] == table.name());
    let fields = own.and_then(|own| own.pointer("/schema/fields")).and_then(Value::as_array).into_iter().flatten();
    let named = fields.filter_map(|field| Some((field["name"].as_str()?.to_owned(), field["type"] == "any")));
    named.filter(|(name, _)| table.schema().column(name).is_none()).collect()
}

/// Says in the package that an unknown column holds JSON.
pub fn set_any(package: &mut Map<String, Value>, grid: &Grid<'_>, name: &str) {
    let own = own_resource(package, grid);
    describe_unknown(own, grid);
    if let Some(Value::Array(fields)) = own.pointer_mut("/schema/fields") {
        for field in fields.iter_mut().filter(|field| field["name"] == name) {
            field["type"] = "any".into();
        }
    }
}

/// Describes one table.
fn resource(grid: &Grid<'_>) -> Value {
    let schema = grid.schema();
    let mut fields: Vec<Value> = schema.columns.iter().map(field).collect();
    fields.extend(grid.unknown().map(|(_, name)| json!({"name": name, "type": "string"})));
    let mut table_schema = Map::new();
    table_schema.insert("fields".into(), fields.into());
    table_schema.insert("missingValues".into(), json!([""]));
    table_schema.insert("primaryKey".into(), json!(schema.key));
    let keys = foreign_keys(schema);
    if !keys.is_empty() {
        table_schema.insert("foreignKeys".into(), keys.into());
    }
    json!({
        "name": schema.name,
        "title": schema.title,
        "type": "table",
        "path": file_name(schema.table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": table_schema,
    })
}

fn foreign_keys(schema: &Schema) -> Vec<Value> {
    let to = |fields: &[&str], target: Table| {
        let mut reference = Map::new();
        if target != schema.table {
            reference.insert("resource".into(), target.name().into());
        }
        reference.insert("fields".into(), json!(target.schema().key));
        json!({"fields": fields, "reference": reference})
    };
    let pair = schema.pair_of.map(|table| to(&["a", "b"], table));
    let single = schema.columns.iter().filter_map(|column| match column.kind {
        Type::Reference(table) => Some(to(&[column.name], table)),
        _ => None,
    });
    pair.into_iter().chain(single).collect()
}

/// Describes one column.
fn field(column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    field.insert("title".into(), column.title.into());
    let number = matches!(column.kind, Type::Number(..));
    field.insert("type".into(), if number { "number" } else { "string" }.into());
    match column.kind {
        Type::Uri => _ = field.insert("format".into(), "uri".into()),
        Type::Email => _ = field.insert("format".into(), "email".into()),
        _ => {}
    }
    let description = description(column);
    if !description.is_empty() {
        field.insert("description".into(), description.into());
    }
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    let point = format!(r"({DAY}|\d{{3}}X)[~?]?");
    match column.kind {
        Type::Pattern(form) => _ = constraints.insert("pattern".into(), form.into()),
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
    field.into()
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
