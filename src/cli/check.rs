//! `twin check`: everything that rules find in a registry.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::ToSpan;

use super::Global;
use super::clock::Clock;
use super::failure::Failure;
use super::filter::one_of;
use super::output::{print_text, say, write_whole};
use crate::check::{self, Case, Finding, Mark, RULES, Rule, Seen, Spot, UNREADABLE};
use crate::export::{FindingFormat, findings};
use crate::i18n::words;
use crate::report::Context;
use crate::report::finding::{counts, tell};
use crate::storage::{Examined, OddFile, Oddity, Place, Problem, Source};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin check                                  every finding of every rule
  twin check --rule dangling-reference,duplicate-pair,self-pair
  twin check --skip stale,no-decision --strict
  twin check --format sarif -o twin.sarif
  twin check --explain undecided              what a rule demands, and where it comes from
Exit codes: 0 nothing wrong, 1 errors (with --strict: or warnings), 3 a file cannot be read as what it is.")]
pub struct Args {
    /// Only these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rules())]
    rule: Vec<&'static Rule>,
    /// All rules but these
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rules())]
    skip: Vec<&'static Rule>,
    /// End with 1 for warnings too
    #[arg(long)]
    strict: bool,
    /// How many years a verification lasts
    #[arg(long, value_name = "YEARS", default_value_t = 5)]
    stale: u16,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = one_of(&FindingFormat::ALL), default_value = "table")]
    format: FindingFormat,
    /// Write into a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Explain a rule instead; `all` lists them
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
}

fn rules() -> impl TypedValueParser<Value = &'static Rule> {
    PossibleValuesParser::new(RULES.iter().map(|rule| rule.id)).try_map(|id| check::rule(&id).ok_or("no rule"))
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    if let Some(id) = &args.explain {
        return print_text(&explain(id)?);
    }
    let place = global.place();
    let today = Clock::read()?.today;
    let verified_by = today.saturating_sub(i32::from(args.stale).years());
    let chosen: Vec<&'static Rule> = RULES
        .iter()
        .filter(|rule| args.rule.is_empty() || args.rule.iter().any(|own| own.id == rule.id))
        .filter(|rule| !args.skip.iter().any(|own| own.id == rule.id))
        .collect();
    let source = Source::open(&place)?;
    let examined = source.examine()?;
    let is_chosen = |id: &str| chosen.iter().any(|rule| rule.id == id);
    let registry = &examined.registry;
    let mut odd = Vec::new();
    if is_chosen("not-nfc") || is_chosen("not-canonical") {
        // What `fmt` could not read it would not write.
        let is_broken = |name: &str| {
            let own = examined.faults.iter().filter(|fault| fault.what.is_of_dress());
            own.map(|fault| examined.file(fault.table)).any(|file| file == name)
        };
        odd = source.odd_files(registry);
        odd.retain(|file| !is_broken(&file.name));
    }
    let seen_where = |is_meant: fn(&Oddity) -> bool| -> Vec<_> {
        let meant = odd.iter().filter(|file| file.what.iter().any(is_meant));
        let mark = |file: &OddFile| Mark {
            file: file.name.clone(),
            line: file.line,
            column: file.column,
            message: String::new(),
        };
        meant.map(mark).collect()
    };
    let (decomposed, uncanonical) =
        (seen_where(|what| *what == Oddity::Accents), seen_where(|what| *what != Oddity::Accents));
    let mark = |Problem { file, line, column, message, .. }: &Problem| Mark {
        file: file.clone(),
        line: *line,
        column: *column,
        message: message.clone(),
    };
    let bad_lines: Vec<Mark> = examined.bad_lines.iter().map(mark).collect();
    let seen =
        Seen { faults: &examined.faults, bad_lines: &bad_lines, decomposed: &decomposed, uncanonical: &uncanonical };
    let found = check::run(&Case::new(registry, today, verified_by, seen), &chosen);
    let language = global.language();
    let context = Context::new(registry, &language, None);
    let counts @ [errors, warnings, _] = counts(&found);
    let folder = match &place {
        Place::Folder(folder) => folder.as_path(),
        Place::Json(file) => file.parent().unwrap_or(Path::new("")),
        Place::Builtin => Path::new(""),
    };
    let folder = folder.to_string_lossy();
    let told = in_order(&examined, &found).into_iter().map(|[line, column, nth]| {
        let finding = &found[nth as usize];
        tell(context, finding, (file(&examined, finding), line as usize, column as usize))
    });
    write_whole(args.output.as_deref(), |to| findings(told, args.format, &folder, to))?;
    if args.format == FindingFormat::Text && !found.is_empty() {
        say(words::findings(language.words, counts));
        if found.len() == check::most(registry) || examined.is_cut() {
            say(words::more_findings(language.words));
        }
    }
    if errors > 0 || args.strict && warnings > 0 { Err(Failure::told(1)) } else { Ok(()) }
}

/// Returns the line and column of each finding, with its number, in the order of files, lines and columns.
fn in_order(examined: &Examined<'_>, found: &[Finding<'_>]) -> Vec<[u32; 3]> {
    let mut by_cell: Vec<u32> = (0..found.len() as u32).collect();
    by_cell.sort_by_key(|nth| if let Spot::Cell(cell) = &found[*nth as usize].at { Some(*cell) } else { None });
    let mut places = examined.places();
    let place = |nth: u32| {
        let (line, column) = match &found[nth as usize].at {
            Spot::File(mark) => (mark.line, mark.column),
            Spot::Cell(cell) => places.of(*cell),
        };
        [line as u32, column as u32, nth]
    };
    let mut all: Vec<[u32; 3]> = by_cell.into_iter().map(place).collect();
    let finding = |nth: u32| &found[nth as usize];
    all.sort_by(|[line, column, nth], [other_line, other_column, other]| {
        let (one, two) = (finding(*nth), finding(*other));
        // Most stand in one table.
        let files = match (&one.at, &two.at) {
            (Spot::Cell((table, ..)), Spot::Cell((other, ..))) if table == other => Ordering::Equal,
            _ => file(examined, one).cmp(file(examined, two)),
        };
        let places = || (line, column).cmp(&(other_line, other_column));
        files.then_with(places).then_with(|| one.rule.id.cmp(two.rule.id))
    });
    all
}

/// Returns the file in which something was found.
fn file<'f>(examined: &'f Examined<'_>, finding: &'f Finding<'_>) -> &'f str {
    match &finding.at {
        Spot::File(mark) => &mark.file,
        Spot::Cell((table, ..)) => examined.file(*table),
    }
}

/// Explains a rule, or lists all.
fn explain(id: &str) -> Result<String, Failure> {
    if id == "all" {
        return Ok(RULES.iter().map(|rule| format!("{:8} {}\n", rule.severity.word(), rule.id)).collect());
    }
    if let Some(Rule { id, severity, meaning, origin, .. }) = check::rule(id) {
        return Ok(format!("{id}: {}\n\n{meaning}\n\nOrigin: {origin}.\n", severity.word()));
    }
    match UNREADABLE.iter().find(|(known, _)| *known == id) {
        Some((id, meaning)) => Ok(format!("{id}: the file cannot be read\n\n{meaning}\n")),
        None => Err(Failure::new(2, format!("no rule is called `{id}`")).hint("twin check --explain all")),
    }
}
