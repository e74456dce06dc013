//! Holds the source against ARCHITECTURE.md: which room may use which, what no module is called, how long a file may be.

use std::path::Path;
use std::{fs, io};

/// Each room, its level, and the rooms it may use besides itself.
const ROOMS: [(&str, u8, &[&str]); 12] = [
    ("model", 0, &[]),
    ("query", 1, &["model"]),
    ("edit", 2, &["model", "query"]),
    ("check", 3, &["model", "query", "edit"]),
    ("storage", 3, &["model", "query", "edit"]),
    ("i18n", 4, &["model", "query", "edit", "check"]),
    ("import", 5, &["model", "query", "edit", "check", "storage", "i18n"]),
    ("report", 6, &["model", "query", "edit", "check", "i18n", "import"]),
    ("export", 7, &["model", "check", "i18n", "report"]),
    ("cli", 8, &["model", "query", "edit", "check", "storage", "import", "i18n", "report", "export"]),
    ("main", 8, &["cli"]),
    ("lib", 8, &[]),
];

/// Names that say nothing about what a module holds.
const EMPTY_NAMES: [&str; 4] = ["util", "common", "helpers", "misc"];

const LONGEST_FILE: usize = 400;

fn room(name: &str) -> Option<&'static (&'static str, u8, &'static [&'static str])> {
    ROOMS.iter().find(|(room, ..)| *room == name)
}

/// Returns what in these files, given by path below `src/` and text, goes against the plan.
fn violations(files: &[(impl AsRef<str>, impl AsRef<str>)]) -> Vec<String> {
    files.iter().flat_map(|(path, text)| violations_of(path.as_ref(), text.as_ref())).collect()
}

fn violations_of(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let modules: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    for module in modules.iter().copied().chain(text.lines().filter_map(declared)) {
        if EMPTY_NAMES.contains(&module) {
            found.push(format!("{path}: no module is called {module}"));
        }
    }
    let length = text.lines().count();
    if length > LONGEST_FILE {
        found.push(format!("{path}: {length} lines are more than {LONGEST_FILE}"));
    }
    match room(modules[0]) {
        None => found.push(format!("{path}: {} is no room", modules[0])),
        Some((own, _, may_use)) => found.extend(
            named(path, text)
                .into_iter()
                .filter(|(_, used)| used != own && !may_use.contains(used))
                .map(|(line, used)| format!("{path}:{line}: {own} may not use {used}")),
        ),
    }
    found
}

/// Returns the name of the module that a line declares.
fn declared(line: &str) -> Option<&str> {
    let (before, name) = line.trim_start().split_once("mod ")?;
    (before.is_empty() || before.starts_with("pub")).then(|| identifier(name))
}

/// Returns what a text names at the root of the crate, with the lines: by `crate::` (from the binary `twinning::`),
/// or by as many `super::` as lead there. What such a `super::` names counts only where a room is called so, for in
/// a module inside a file it leads less far.
fn named<'t>(path: &str, text: &'t str) -> Vec<(usize, &'t str)> {
    let out = "super::".repeat(path.matches('/').count() + usize::from(!path.ends_with("/mod.rs")));
    let mut found = Vec::new();
    for root in ["crate::", "twinning::", &out] {
        for (at, _) in text.match_indices(root) {
            let before = &text[..at];
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            let in_comment = before[line_start..].trim_start().starts_with("//");
            if in_comment || before.ends_with(is_name) {
                continue;
            }
            let names = heads(&text[at + root.len()..]);
            let line = before.matches('\n').count() + 1;
            found
                .extend(names.into_iter().filter(|name| *root != out || room(name).is_some()).map(|name| (line, name)));
        }
    }
    found
}

/// Returns the first names of a path: one, or those of a group in braces.
fn heads(path: &str) -> Vec<&str> {
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path)] };
    let mut depth = 1;
    let mut names = vec![identifier(group)];
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(identifier(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn identifier(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|character| !is_name(character)).unwrap_or(text.len())]
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Reads every Rust file below a folder: its path from there, and its text.
fn sources(folder: &Path, below: &str) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned()))?;
        if path.is_dir() {
            files.extend(sources(&path, &format!("{below}{name}/"))?);
        } else if name.ends_with(".rs") {
            files.push((format!("{below}{name}"), fs::read_to_string(path)?));
        }
    }
    Ok(files)
}

#[test]
fn the_source_keeps_to_its_rooms() {
    let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "").unwrap();
    assert!(files.iter().any(|(path, _)| path == "model/mod.rs"), "the source was not found");
    let found = violations(&files);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_table_of_rooms_leads_downwards() {
    for (own, level, may_use) in ROOMS {
        for used in may_use {
            let below = room(used).is_some_and(|(_, used_level, _)| *used_level < level);
            assert!(below || (own, *used) == ("main", "cli"), "{own} uses {used}");
        }
    }
}

#[test]
fn an_offender_is_named() {
    let long = "\n".repeat(LONGEST_FILE + 1);
    for (path, text, expected) in [
        ("model/date.rs", "\nuse crate::storage::Folder;", "model/date.rs:2: model may not use storage"),
        ("query/mod.rs", "use crate::check::RULES;", "query/mod.rs:1: query may not use check"),
        ("report/list.rs", "fn f() -> crate::storage::Folder {}", "report/list.rs:1: report may not use storage"),
        (
            "export/csv.rs",
            "use crate::{\n    report::{Table, query::X},\n    query,\n};",
            "export/csv.rs:1: export may not use query",
        ),
        ("edit/mod.rs", "macro_rules! m { () => { $crate::cli::run() } }", "edit/mod.rs:1: edit may not use cli"),
        ("query/mod.rs", "use super::cli;", "query/mod.rs:1: query may not use cli"),
        ("query/filter.rs", "use super::super::cli::run;", "query/filter.rs:1: query may not use cli"),
        ("check/mod.rs", "use crate::Registry;", "check/mod.rs:1: check may not use Registry"),
        ("main.rs", "use twinning::storage;", "main.rs:1: main may not use storage"),
        ("cellar/mod.rs", "", "cellar/mod.rs: cellar is no room"),
        ("storage/helpers.rs", "", "storage/helpers.rs: no module is called helpers"),
        ("storage/mod.rs", "pub(crate) mod util {}", "storage/mod.rs: no module is called util"),
        ("storage/csv.rs", long.as_str(), "storage/csv.rs: 401 lines are more than 400"),
    ] {
        assert_eq!(violations(&[(path, text)]), [expected]);
    }
}

#[test]
fn what_is_allowed_passes() {
    let found = violations(&[
        ("lib.rs", "pub mod cli;\npub mod model;"),
        ("main.rs", "fn main() { twinning::cli::main() }"),
        (
            "query/filter.rs",
            "//! Knows nothing of [`crate::storage`].\nuse super::find;\nuse crate::{model::{Kind, Status}, query};",
        ),
        ("query/find.rs", "pub(crate) fn f() {}\nmod tests {\n    use super::super::filter;\n}"),
        ("report/sheet.rs", "use crate::i18n::Words;\nuse subcrate::storage;"),
    ]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
