//! Findings as text, JSON, annotations of GitHub Actions, and SARIF.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::harmless::{escaped, harmless};
use crate::check::{RULES, Severity};
use crate::report::Told;

/// How findings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingFormat {
    /// A line each, and the way out below it.
    Text,
    /// An array of objects.
    Json,
    /// An object a line.
    JsonLines,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Static Analysis Results Interchange Format 2.1.0 (OASIS).
    Sarif,
}

impl FindingFormat {
    /// Every format by its name.
    pub const ALL: [(&'static str, FindingFormat); 5] = [
        ("table", FindingFormat::Text),
        ("json", FindingFormat::Json),
        ("jsonl", FindingFormat::JsonLines),
        ("github", FindingFormat::Github),
        ("sarif", FindingFormat::Sarif),
    ];
}

/// Draws findings; `folder` is where their files lie, for the formats that name paths.
///
/// # Errors
/// What the writer says.
pub fn findings<'t, 'r: 't>(
    mut told: impl Iterator<Item = Told<'t, 'r>>,
    format: FindingFormat,
    folder: &str,
    mut to: impl Write,
) -> io::Result<()> {
    match format {
        FindingFormat::Text => {
            // There may be many: each takes the room of the one before.
            let mut line = String::new();
            told.try_for_each(|told| text(&told, &mut line, &mut to))
        }
        FindingFormat::Json => {
            let mut before = "[\n  ";
            for told in told {
                write!(to, "{before}{}", object(&told))?;
                before = ",\n  ";
            }
            writeln!(to, "{}", if before.starts_with('[') { "[]" } else { "\n]" })
        }
        FindingFormat::JsonLines => told.try_for_each(|told| writeln!(to, "{}", object(&told))),
        FindingFormat::Github => told.try_for_each(|told| github(&told, folder, &mut to)),
        FindingFormat::Sarif => {
            let log = serde_json::to_string_pretty(&sarif(told, folder))?;
            writeln!(to, "{}", escaped(&log))
        }
    }
}

/// Writes a finding and the way out; `line` is room for both.
fn text(told: &Told<'_, '_>, line: &mut String, to: &mut impl Write) -> io::Result<()> {
    let rule = told.rule();
    line.clear();
    let (mut row, mut column) = (itoa::Buffer::new(), itoa::Buffer::new());
    let place = [told.file, ":", row.format(told.line), ":", column.format(told.column)];
    for part in place.into_iter().chain([": ", rule.severity.word(), "[", rule.id, "]: "]) {
        *line += part;
    }
    told.write_message(line);
    to.write_all(harmless(line).as_bytes())?;
    line.clear();
    told.write_hint(line);
    to.write_all(b"\n  hint: ")?;
    to.write_all(harmless(line).as_bytes())?;
    to.write_all(b"\n")
}

fn object(told: &Told<'_, '_>) -> String {
    let object = json!({
        "rule": told.rule().id,
        "severity": told.rule().severity.word(),
        "file": told.file,
        "line": told.line,
        "column": told.column,
        "table": told.row().map(|row| row.table().name()),
        "key": told.key(),
        "message": told.message(),
        "hint": told.hint(),
    });
    escaped(&object.to_string()).into_owned()
}

fn path(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{}/{file}", folder.trim_end_matches('/')) }
}

/// Writes a workflow command, with what has a meaning in one escaped (the toolkit of GitHub Actions, `command.ts`).
fn github(told: &Told<'_, '_>, folder: &str, to: &mut impl Write) -> io::Result<()> {
    let data = |text: &str| harmless(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let command = match told.rule().severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    writeln!(
        to,
        "::{command} file={},line={},col={},title={}::{} ({})",
        property(&path(folder, told.file)),
        told.line,
        told.column,
        property(told.rule().id),
        data(&told.message()),
        data(&told.hint()),
    )
}

/// Makes a SARIF log of one run.
fn sarif<'t, 'r: 't>(told: impl Iterator<Item = Told<'t, 'r>>, folder: &str) -> Value {
    let level = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let rule = |rule: &crate::check::Rule| {
        json!({
            "id": rule.id,
            "shortDescription": {"text": rule.meaning},
            "help": {"text": format!("{} Origin: {}. See: twin check --explain {}", rule.meaning, rule.origin, rule.id)},
            "defaultConfiguration": {"level": level(rule.severity)},
        })
    };
    let result = |told: Told<'_, '_>| {
        // A finding stays the same where rows come or go above it.
        let about = told.row().map_or(told.file, |row| row.table().name());
        let fingerprint = format!("{}/{about}/{}", told.rule().id, told.key().unwrap_or_default());
        json!({
            "ruleId": told.rule().id,
            "ruleIndex": RULES.iter().position(|rule| rule.id == told.rule().id),
            "level": level(told.rule().severity),
            "message": {"text": format!("{}. {}", told.message(), told.hint())},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": uri(&path(folder, told.file))},
                "region": {"startLine": told.line, "startColumn": told.column},
            }}],
            "partialFingerprints": {"record/v1": fingerprint},
        })
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "twin",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": told.map(result).collect::<Vec<_>>(),
        }],
    })
}

/// Writes a path as a relative or absolute URI reference (RFC 3986): what is no unreserved sign is percent-encoded.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
