//! What went wrong, told as cli.md promises: one line, at most one hint, the exit code of its sort.

use std::ffi::OsString;
use std::io::{self, Write};

use serde_json::json;

use crate::edit::Conflict;
use crate::edit::field::FieldError;
use crate::export::harmless::{escaped, harmless};
use crate::i18n::typed::quoted;
use crate::import::{ForeignError, MappingError};
use crate::query::{Candidate, FindError};
use crate::report::UnknownField;
use crate::storage::apply::ApplyError;
use crate::storage::commit::WriteError;
use crate::storage::{LoadError, Problem};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub struct Failure {
    exit: u8,
    message: String,
    hint: Option<String>,
    candidates: Vec<Candidate>,
    problems: Vec<Problem>,
    /// What was typed that a candidate would take the place of.
    typed: Option<String>,
}

impl Failure {
    /// Makes a failure with an exit code; its message is one line.
    pub fn new(exit: u8, message: impl AsRef<str>) -> Failure {
        let message = harmless(message.as_ref()).into_owned();
        Failure { exit, message, hint: None, candidates: Vec::new(), problems: Vec::new(), typed: None }
    }

    /// Makes the end of a command whose answer has told already what is wrong.
    pub fn told(exit: u8) -> Failure {
        Failure::new(exit, "")
    }

    /// Adds the hint.
    pub fn hint(self, hint: impl Into<String>) -> Failure {
        Failure { hint: Some(hint.into()), ..self }
    }

    /// Says where it is, in front.
    pub fn at(self, place: &str) -> Failure {
        Failure { message: format!("{place}: {}", self.message), ..self }
    }

    /// Makes a failure of what clap says, on as many lines as it says it.
    pub fn usage(error: &clap::Error) -> Failure {
        let text = error.render().to_string();
        let lines: Vec<_> =
            text.strip_prefix("error: ").unwrap_or(&text).trim_end().split('\n').map(harmless).collect();
        let failure = Failure { message: lines.join("\n"), ..Failure::new(2, "") };
        if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            return Failure { message: "a command is missing".to_owned(), ..failure }
                .hint("twin --help lists them; twin list Kuopio is one");
        }
        failure
    }

    /// Completes the hint of a name that was not resolved: the command as it was typed, with the name mended.
    pub fn with_command(mut self, args: &[OsString]) -> Failure {
        let (Some(typed), None) = (&self.typed, &self.hint) else { return self };
        let args: Vec<String> = args.iter().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
        let mended = |name: &str| {
            let words = args.iter().map(|arg| if arg == typed { quoted(name) } else { quoted(arg) });
            format!("twin {}", words.collect::<Vec<_>>().join(" "))
        };
        self.hint = match &self.candidates[..] {
            [] => None,
            [first, ..] if self.message.starts_with("no ") => {
                Some(format!("did you mean {first}? {}", mended(&first.name)))
            }
            [first, ..] => Some(mended(&first.id)),
        };
        self
    }

    /// Tells the user, as text or as one JSON object, and returns the exit code.
    pub fn report(self, is_json: bool) -> u8 {
        if self.message.is_empty() {
            return self.exit;
        }
        let mut stderr = anstream::stderr().lock();
        // Where nothing can be told any more the exit code still is.
        _ = if is_json { self.write_json(&mut stderr) } else { self.write_text(&mut stderr) };
        self.exit
    }

    fn write_text(&self, to: &mut impl Write) -> io::Result<()> {
        if self.problems.is_empty() {
            writeln!(to, "error: {}", self.message)?;
        }
        for problem in &self.problems {
            writeln!(to, "{}", harmless(&problem.to_string()))?;
        }
        match &self.hint {
            Some(hint) => writeln!(to, "hint: {}", harmless(hint)),
            None => Ok(()),
        }
    }

    fn write_json(&self, to: &mut impl Write) -> io::Result<()> {
        let candidates: Vec<_> = self
            .candidates
            .iter()
            .map(|candidate| json!({"id": candidate.id, "name": candidate.name, "country": candidate.of, "region": candidate.region}))
            .collect();
        let problems: Vec<_> = self
            .problems
            .iter()
            .map(|problem| {
                let Problem { file, line, column, rule, message } = problem;
                json!({"file": file, "line": line, "column": column, "rule": rule, "message": message})
            })
            .collect();
        let mut error =
            json!({"exit": self.exit, "message": self.message, "hint": self.hint, "candidates": candidates});
        if !problems.is_empty() {
            error["problems"] = problems.into();
        }
        writeln!(to, "{}", escaped(&json!({"error": error}).to_string()))
    }
}

/// Tells whether a command line asks for JSON, whatever else is wrong with it.
pub fn asks_for_json(args: &[OsString]) -> bool {
    let is_json = |value: &str| matches!(value, "json" | "jsonl");
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    args.windows(2).any(|pair| pair[0] == "--format" && is_json(&pair[1]))
        || args.iter().any(|arg| arg.strip_prefix("--format=").is_some_and(is_json))
}

impl From<FindError> for Failure {
    fn from(error: FindError) -> Failure {
        let message = error.to_string();
        let (typed, candidates, list) = match error {
            FindError::Unknown { typed, suggestions, what } => (typed, suggestions, Some(what)),
            FindError::Ambiguous { typed, candidates } | FindError::Gone { typed, candidates } => {
                (typed, candidates, None)
            }
        };
        let hint = match list {
            Some(what) if candidates.is_empty() => Some(match what {
                "network" => "twin networks",
                "source" => "twin sources",
                "country" => "twin stats --by country --all",
                "region" => "twin stats --by region --all",
                _ => "twin stats --by municipality --all",
            }),
            _ => None,
        };
        Failure { candidates, typed: Some(typed), hint: hint.map(str::to_owned), ..Failure::new(4, message) }
    }
}

impl From<UnknownField> for Failure {
    fn from(error: UnknownField) -> Failure {
        Failure::new(2, error.to_string())
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Failure {
        let message = error.to_string();
        match error {
            LoadError::Problems(problems) => Failure { problems, ..Failure::new(3, message) },
            LoadError::NoRegistry(_) => Failure::new(3, message).hint("twin init DIR makes one"),
            LoadError::Io { .. } | LoadError::Restless(_) => Failure::new(3, message),
        }
    }
}

impl From<ForeignError> for Failure {
    fn from(error: ForeignError) -> Failure {
        let message = error.to_string();
        match error {
            ForeignError::Load(error) => error.into(),
            ForeignError::NoObjects { elsewhere, .. } if !elsewhere.is_empty() => {
                Failure::new(3, message).hint(format!("--pointer {}", elsewhere.join(", or --pointer ")))
            }
            ForeignError::Sheet { asked, sheets, .. } => {
                let exit = if asked.is_some() { 2 } else { 3 };
                let named = sheets.iter().map(|sheet| format!("--sheet {}", quoted(sheet))).collect::<Vec<_>>();
                Failure::new(exit, message).hint(named.join(", or "))
            }
            _ => Failure::new(3, message),
        }
    }
}

impl From<MappingError> for Failure {
    fn from(error: MappingError) -> Failure {
        let failure = Failure::new(2, error.to_string());
        match error {
            MappingError::Unknown { what: "place", .. } => {
                failure.hint("--home PLACE if all rows are about one, else --map place=COLUMN")
            }
            MappingError::Unknown { .. } => failure.hint("--map place=COLUMN,partner=COLUMN says which they are"),
            MappingError::NoColumn { .. } | MappingError::NoRole(_) => failure,
        }
    }
}

impl From<FieldError> for Failure {
    fn from(error: FieldError) -> Failure {
        let failure = Failure::new(2, error.to_string());
        match error {
            FieldError::Decided { by, .. } => failure.hint(format!("{by} changes it and writes the event")),
            _ => failure,
        }
    }
}

impl From<Conflict> for Failure {
    fn from(error: Conflict) -> Failure {
        Failure::new(5, error.to_string())
    }
}

impl From<ApplyError> for Failure {
    fn from(error: ApplyError) -> Failure {
        match error {
            ApplyError::Load(error) => error.into(),
            ApplyError::Conflict(error) => error.into(),
            ApplyError::Write(error) => error.into(),
            ApplyError::Held(_) => Failure::new(5, error.to_string()).hint("try again in a moment"),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Failure {
        let message = error.to_string();
        match error {
            WriteError::Io { .. } => Failure::new(7, message),
            WriteError::Occupied(_) => Failure::new(6, message),
            WriteError::Builtin => Failure::new(6, message).hint("twin init DIR"),
        }
    }
}
