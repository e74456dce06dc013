//! `datapackage.json`: the home countries, what the owner says of the registry, and the description of its tables.
//!
//! Data Package version 2: <https://datapackage.org/standard/data-package/>. Whoever writes a table describes it as
//! `describe.rs` has it; whoever writes a whole registry also sees to the profile, a name and a title. All other
//! members are the owner's: a licence above all, which a registry made empty therefore has none of.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::describe::{describe, resource, unknown_field};
use super::json::once;
use super::problem::{MOST, Problem};
use crate::model::{Grid, Registry, Table};

/// The name of the file.
pub const FILE: &str = "datapackage.json";
/// The name of the journal's file.
pub const JOURNAL: &str = "journal.jsonl";
/// The newest format of a registry that this program reads.
const FORMAT: u32 = 1;
/// The profile that the standard recommends to a package of its version 2.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
/// How many bytes may describe a registry. They are held as a tree, which takes up to forty times as much.
const MOST_BYTES: usize = 1 << 19;

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

/// Holds the length of what describes a registry to be one that can be held in memory.
///
/// # Errors
/// It is longer.
pub fn is_short(bytes: usize) -> Result<(), String> {
    if bytes <= MOST_BYTES {
        Ok(())
    } else {
        Err(format!("what describes the registry has more than {MOST_BYTES} bytes"))
    }
}

/// Reads the home countries from the text of a `datapackage.json`; an empty text has none.
///
/// # Errors
/// The text is no JSON object, or of a format that is newer than this program.
pub fn home(text: &str) -> Result<Vec<String>, Problem> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let problem = |error| json_problem(FILE, text, &error);
    let is_object = is_short(text.len()).map_err(serde::de::Error::custom).and_then(|()| once::check(text, false));
    if !is_object.map_err(problem)? {
        return Err(problem(serde::de::Error::custom("it must be an object")));
    }
    // A list would be taken for the members of an object, in their order.
    if parse(text).map_err(problem)?.get("twinning").is_some_and(Value::is_array) {
        return Err(problem(serde::de::Error::custom("`twinning` must be an object")));
    }
    let package: Package = serde_json::from_str(text).map_err(problem)?;
    checked(FILE, package.twinning)
}

/// Reads the home countries from the `twinning` member of the JSON form.
pub fn home_of(file: &str, twinning: &Value) -> Result<Vec<String>, Problem> {
    let read = match twinning {
        Value::Array(_) => Err(serde::de::Error::custom("it must be an object")),
        other => Option::<Twinning>::deserialize(other),
    };
    let twinning = read.map_err(|error| {
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
        let error = match once::check(line, false) {
            Ok(true) => return None,
            Ok(false) => serde::de::Error::custom("a line of the journal must be an object"),
            Err(error) => error,
        };
        Some(Problem { line: number, ..json_problem(JOURNAL, line, &error) })
    };
    text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()).filter_map(problem).take(MOST).collect()
}

/// Reads the text of a `datapackage.json` as an object, an empty text as an empty one.
///
/// # Errors
/// The text is no JSON object.
pub fn parse(text: &str) -> serde_json::Result<Map<String, Value>> {
    if text.is_empty() { Ok(Map::new()) } else { serde_json::from_str(text) }
}

/// Returns the text of a `datapackage.json` without the description of a table.
///
/// # Errors
/// The text is no JSON object.
pub fn without(text: &str, table: Table) -> serde_json::Result<String> {
    let mut package = parse(text)?;
    if let Some(resources) = package.get_mut("resources").and_then(Value::as_array_mut) {
        resources.retain(|own| own["name"] != table.name());
    }
    serde_json::to_string(&package)
}

/// Returns the package of an empty registry with these home countries.
pub fn empty(home: &[String]) -> Map<String, Value> {
    let mut package = Map::new();
    package.insert("$schema".into(), PROFILE.into());
    package.insert("name".into(), "municipal-twinnings".into());
    package.insert("title".into(), "Registry of municipal twinnings".into());
    package.insert("twinning".into(), json!({"format": FORMAT, "home": home}));
    package
}

/// Returns the package of a registry that is written as a whole: its tables described, and its members completed.
///
/// # Errors
/// The package is no JSON object.
pub fn complete(registry: &Registry<'_>, new: &[Table]) -> serde_json::Result<Map<String, Value>> {
    let mut package = parse(&registry.package)?;
    for (at, (name, value)) in empty(&registry.home).into_iter().enumerate() {
        if !package.contains_key(&name) {
            package.shift_insert(at.min(package.len()), name, value);
        }
    }
    let grids = Table::ALL.map(|table| registry.grid(table));
    let are_there = grids.into_iter().filter(|grid| grid.exists() || new.contains(&grid.table()));
    describe_all(&mut package, &are_there.collect::<Vec<_>>());
    Ok(package)
}

/// Returns the package with the tables described that are written, where it describes tables and not yet so.
///
/// # Errors
/// The package is no JSON object.
pub fn with_tables(registry: &Registry<'_>, written: &[Table]) -> serde_json::Result<Option<Map<String, Value>>> {
    let package = parse(&registry.package)?;
    if !package.get("resources").is_some_and(Value::is_array) {
        return Ok(None);
    }
    let mut described = package.clone();
    describe_all(&mut described, &written.iter().map(|table| registry.grid(*table)).collect::<Vec<_>>());
    Ok((described != package).then_some(described))
}

fn describe_all(package: &mut Map<String, Value>, grids: &[&Grid<'_>]) {
    let mut resources = match package.shift_remove("resources") {
        Some(Value::Array(resources)) => resources,
        _ => Vec::new(),
    };
    let names = resources.iter().filter_map(|own| own["name"].as_str()).filter_map(Table::named);
    let described: Vec<Table> = names.chain(grids.iter().map(|grid| grid.schema().table)).collect();
    for grid in grids {
        let known = resources.iter_mut().find(|own| own["name"] == grid.schema().name);
        match known.and_then(Value::as_object_mut) {
            Some(own) => describe(own, grid, &described),
            None => resources.push(resource(grid, &described)),
        }
    }
    package.insert("resources".into(), resources.into());
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
            resources.push(resource(grid, &[]));
            resources.len() - 1
        })
    });
    &mut resources[at]
}

/// Adds to the description of a table its columns that are not described.
fn describe_unknown(own: &mut Value, grid: &Grid<'_>) {
    let mut unknown = grid.unknown().map(|(_, name)| name).peekable();
    if own.pointer("/schema/fields").is_none() && unknown.peek().is_some() {
        own["schema"] = resource(grid, &[])["schema"].take();
    }
    if let Some(Value::Array(fields)) = own.pointer_mut("/schema/fields") {
        for name in unknown {
            if !fields.iter().any(|field| field["name"] == name) {
                fields.push(unknown_field(name));
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what fails here fails the test")]
mod tests {
    use super::*;

    fn registry(package: &str) -> Registry<'_> {
        let grids = Table::ALL.map(|table| match table {
            Table::Countries | Table::Municipalities | Table::Partnerships => Grid::empty(table),
            table => Grid::missing(table),
        });
        let mut registry = Registry::new(grids, vec!["FI".into()]);
        registry.package = package.into();
        registry
    }

    fn members(package: &Map<String, Value>) -> Vec<&str> {
        package.keys().map(String::as_str).collect()
    }

    fn tables(package: &Map<String, Value>) -> Vec<&str> {
        package["resources"].as_array().unwrap().iter().filter_map(|own| own["name"].as_str()).collect()
    }

    #[test]
    fn a_registry_written_as_a_whole_has_a_package_with_profile_name_title_and_its_tables() {
        let made = complete(&registry(""), &[]).unwrap();
        assert_eq!(members(&made), ["$schema", "name", "title", "twinning", "resources"]);
        assert_eq!(tables(&made), ["countries", "municipalities", "partnerships"]);
        assert_eq!(made["$schema"], PROFILE);

        let own = r#"{"licenses": [{"name": "CC0-1.0"}], "title": "Vänorter", "resources": [{"name": "map"}], "x": 1,
            "twinning": {"format": 1, "home": ["FI"], "y": 2}}"#;
        let made = complete(&registry(own), &[]).unwrap();
        assert_eq!(members(&made), ["$schema", "name", "licenses", "title", "x", "twinning", "resources"]);
        assert_eq!(tables(&made), ["map", "countries", "municipalities", "partnerships"]);
        assert_eq!((&made["title"], &made["twinning"]["y"]), (&"Vänorter".into(), &json!(2)));
    }

    #[test]
    fn a_package_that_describes_tables_describes_those_that_are_written() {
        let written = [Table::Partnerships, Table::Events];
        assert_eq!(with_tables(&registry(""), &written).unwrap(), None);
        assert_eq!(with_tables(&registry(r#"{"title": "Vänorter"}"#), &written).unwrap(), None);
        let own = r#"{"resources": [{"name": "partnerships", "encoding": "windows-1252"}], "x": 1}"#;
        let made = with_tables(&registry(own), &written).unwrap().unwrap();
        assert_eq!((members(&made), tables(&made)), (vec!["x", "resources"], vec!["partnerships", "events"]));
        assert_eq!(made["resources"][0]["encoding"], "utf-8");
        // No key leads to a table that is not described.
        let keys =
            |at: usize| made["resources"][at]["schema"].get("foreignKeys").and_then(Value::as_array).map(Vec::len);
        assert_eq!((keys(0), keys(1)), (None, Some(1)));
        let made = Value::Object(made).to_string();
        assert_eq!(with_tables(&registry(&made), &written).unwrap(), None);
    }
}
