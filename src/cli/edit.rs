//! `twin edit`: one record as text in the user's editor.
//!
//! What was typed is never lost: where it cannot be written the text is kept and named, and can be used again.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::NamedTempFile;

use super::Global;
use super::editing::{Editing, Edits, Proposal, edit};
use super::failure::Failure;
use super::subject::{Subject, assign};
use super::which::editor;
use crate::edit::{Draft, Record, field};
use crate::export::harmless::harmless;
use crate::i18n::typed::quoted;
use crate::model::{Column, Type};
use crate::storage::describe::description;
use crate::storage::read_text;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin edit Kuopio Bodø            the partnership
  twin edit Kuopio                 the municipality
The editor is the one of the variable VISUAL or EDITOR.")]
pub struct Args {
    /// A place, or the two of a partnership
    #[arg(value_name = "PLACE", num_args = 1..=2, required = true)]
    places: Vec<String>,
    /// The country that a PLACE is meant to be in
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    /// Take the text from this file instead of an editor
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    #[command(flatten)]
    edits: Edits,
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    let mut changed = String::new();
    let result = edit(global, &args.edits, typed, |editing| propose(args, editing, &mut changed));
    match result {
        Err(failure) if !changed.is_empty() => {
            let (_, path) = file(&changed)?.keep().map_err(|error| failed(error.error))?;
            let places: Vec<String> = args.places.iter().map(|place| quoted(place)).collect();
            let hint = format!("twin edit {} --text {}", places.join(" "), path.display());
            Err(failure.hint(format!("what you typed is kept: {hint}")))
        }
        result => result,
    }
}

fn failed(error: io::Error) -> Failure {
    Failure::new(7, format!("the text could not be written: {error}"))
}

/// Makes a file that holds a text and is gone when it is dropped.
fn file(text: &str) -> Result<NamedTempFile, Failure> {
    let mut file = tempfile::Builder::new().prefix("twin-").suffix(".txt").tempfile().map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    Ok(file)
}

/// Makes the plan of what was typed; `changed` gets the lines that were.
fn propose(args: &Args, editing: &Editing<'_>, changed: &mut String) -> Result<Proposal, Failure> {
    let subject = Subject::find(editing, &args.places, args.within.as_deref())?;
    let after = match &args.text {
        Some(path) => read_text(path)?,
        None => {
            let before = text(editing, &subject);
            let file = file(&before)?;
            open(file.path())?;
            let after = read_text(file.path())?;
            // A line that stands as it did is left out: others may change its field meanwhile.
            let lines = after.lines().filter(|line| !before.lines().any(|known| known == *line));
            changed.extend(lines.flat_map(|line| [line, "\n"]));
            after
        }
    };
    let mut record = subject.record.clone();
    for (line, number) in after.lines().zip(1..) {
        read_line(editing, &subject.record, &mut record, line.trim())
            .map_err(|failure| failure.at(&format!("line {number}")))?;
    }
    let mut draft = Draft::new(editing.session.registry);
    draft.put(record);
    Ok(Proposal { plan: draft.plan(), notes: subject.notes, ..Proposal::default() })
}

/// Opens a file in the user's editor and waits until it is closed.
fn open(path: &Path) -> Result<(), Failure> {
    let Some(editor) = editor() else {
        return Err(Failure::new(2, "no editor is set").hint("EDITOR=nano twin edit …, or twin set FIELD=VALUE"));
    };
    let ended = |what: String| Failure::new(7, format!("the editor `{editor}` {what}; nothing was written"));
    // The variable may hold options and quotes, which are a shell's.
    let status = if cfg!(unix) {
        Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(path).status()
    } else {
        Command::new(&editor).arg(path).status()
    };
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(ended(format!("ended with {status}"))),
        Err(error) => Err(ended(format!("could not be started: {error}"))),
    }
}

/// Returns the columns that are edited as text.
fn columns(record: &Record) -> impl Iterator<Item = &'static Column> {
    let schema = record.table().schema();
    let table = record.table();
    schema
        .columns
        .iter()
        .filter(move |column| !schema.key.contains(&column.name) && field::decided_by(table, column.name).is_none())
}

/// Writes a record as text: each field on a line of its own whatever it holds, what it means above it.
fn text(editing: &Editing<'_>, subject: &Subject) -> String {
    let record = &subject.record;
    let schema = record.table().schema();
    let mut text = format!("# {}\n", harmless(&subject.title));
    text += "# One field a line. Lines with # in front are not read. An empty value clears the field,\n";
    text += "# a line that is taken out leaves it as it is. Close the editor to write.\n";
    for column in schema.columns.iter().filter(|column| !columns(record).any(|own| own.name == column.name)) {
        let by = field::decided_by(record.table(), column.name).map_or(String::new(), |by| format!("   ({by})"));
        text += &format!("# {}: {}{by}\n", column.name, harmless(record.get(column.name)));
    }
    for column in columns(record) {
        let words = match column.kind {
            Type::Vocabulary(words) => words.join(", "),
            _ => description(column),
        };
        let words = if words.is_empty() { words } else { format!(": {words}") };
        text += &format!("\n# {}{words}\n{}: {}\n", column.title, column.name, harmless(record.get(column.name)));
    }
    let unknown = editing.session.registry.grid(record.table()).unknown().map(|(_, name)| name);
    for name in unknown.filter(|name| harmless(name) == *name) {
        text += &format!("\n{name}: {}\n", harmless(record.get(name)));
    }
    text
}

/// Reads one line of the text into the record; what stands as it did is not looked at.
fn read_line(editing: &Editing<'_>, before: &Record, record: &mut Record, line: &str) -> Result<(), Failure> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(());
    }
    let Some((name, value)) = line.split_once(':') else {
        return Err(Failure::new(2, format!("`{line}` is no field; write `field: value`")));
    };
    let (name, value) = (name.trim(), value.trim());
    if harmless(before.get(name)) == value && (!value.is_empty() || columns(before).any(|column| column.name == name)) {
        return Ok(());
    }
    assign(editing, record, name, value)
}
