//! What is wrong with a file, and where.

use std::fmt;

/// One thing that keeps a registry from being read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The id of the rule that is broken.
    pub rule: &'static str,
    /// What is wrong, in English.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, column, rule, message } = self;
        write!(f, "{file}:{line}:{column}: error[{rule}]: {message}")
    }
}

/// Why a registry was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be opened or read.
    #[error("{path}: {error}")]
    Io {
        /// The path as it was given.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// There is no registry at the path.
    #[error(
        "`{0}` is no registry: a registry is a folder with partnerships.csv and municipalities.csv, or a .json file"
    )]
    NoRegistry(String),
    /// Others change the registry faster than it can be read.
    #[error("{0} is being changed all the time; try again")]
    Restless(String),
    /// The files are there and cannot be right; every problem found.
    #[error("the registry has {} problem{}", .0.len(), if .0.len() == 1 { "" } else { "s" })]
    Problems(Vec<Problem>),
}

/// A problem whose place is still a byte of the text.
#[derive(Clone, Debug)]
pub struct Found {
    /// The byte it stands at.
    pub offset: usize,
    /// The id of the rule that is broken.
    pub rule: &'static str,
    /// What is wrong, in English.
    pub message: String,
}

impl Found {
    /// Makes one.
    pub fn new(offset: usize, rule: &'static str, message: impl Into<String>) -> Found {
        Found { offset, rule, message: message.into() }
    }
}

/// How many problems of one file are told: whoever has mended these sees the others.
pub const MOST: usize = 1000;

/// How long what is wrong may be said, in bytes: a cell stands in it, and there are long ones.
const LONGEST: usize = 1000;

/// Returns how many problems of a text are looked for, lest telling them takes many times its memory.
pub fn most_told(len: usize) -> usize {
    MOST.max(len / 64)
}

/// Gives problems their lines and columns.
pub fn place(file: &str, text: &str, mut found: Vec<Found>) -> Vec<Problem> {
    found.sort_by_key(|found| found.offset);
    found.truncate(MOST + 1);
    let mut seen = Seen::default();
    first_of_each(found.into_iter().map(|Found { offset, rule, message }| {
        seen.advance(text, offset);
        Problem { file: file.to_owned(), line: seen.line, column: seen.column, rule, message }
    }))
}

/// Returns the first problems of each file, in the order of files, and for each that there are more, if there are.
pub fn first_of_each(problems: impl IntoIterator<Item = Problem>) -> Vec<Problem> {
    let mut told: Vec<Problem> = Vec::new();
    let mut of_file = 0;
    for mut problem in problems {
        of_file = if told.last().is_some_and(|last| last.file == problem.file) { of_file + 1 } else { 1 };
        if of_file > MOST + 1 {
            continue;
        }
        if of_file == MOST + 1 {
            let message = format!("there are more problems than these {MOST}; mend these first");
            problem = Problem { rule: "more", message, ..problem };
        } else if problem.message.len() > LONGEST {
            problem.message.truncate(problem.message.floor_char_boundary(LONGEST));
            problem.message.push('…');
        }
        told.push(problem);
    }
    told
}

/// A place in a text: a byte, and its line and column, both from 1, columns in characters.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The byte.
    pub offset: usize,
    /// Its line.
    pub line: usize,
    /// Its column.
    pub column: usize,
}

impl Default for Seen {
    fn default() -> Seen {
        Seen { offset: 0, line: 1, column: 1 }
    }
}

impl Seen {
    /// Goes on to a byte further down.
    pub fn advance(&mut self, text: &str, offset: usize) {
        let offset = text.floor_char_boundary(offset).max(self.offset);
        let between = &text[self.offset..offset];
        let line_start = memchr::memrchr(b'\n', between.as_bytes()).map(|end| end + 1);
        if let Some(start) = line_start {
            self.line += memchr::memchr_iter(b'\n', &between.as_bytes()[..start]).count();
            self.column = 1;
        }
        self.column += between[line_start.unwrap_or(0)..].chars().count();
        self.offset = offset;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_lines_and_columns_in_characters() {
        let text = "a,b\nå,x\r\n,\"ø\ny\",z\n";
        let found = ["x", "z", "b"].map(|what| Found::new(text.find(what).unwrap_or(0), "rule", what)).to_vec();
        let placed: Vec<_> = place("f.csv", text, found).into_iter().map(|p| (p.line, p.column, p.message)).collect();
        let same = vec![Found::new(0, "rule", "x"); MOST + 2];
        let told = place("f.csv", text, same);
        assert_eq!((told.len(), told[MOST - 1].rule, told[MOST].rule), (MOST + 1, "rule", "more"));
        assert_eq!(placed, [(1, 3, "b".into()), (2, 3, "x".into()), (4, 4, "z".into())]);
    }
}
