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

/// Gives problems their lines and columns, in one walk over the text.
pub fn place(file: &str, text: &str, mut found: Vec<Found>) -> Vec<Problem> {
    found.sort_by_key(|found| found.offset);
    let (mut line, mut line_start, mut seen) = (1, 0, 0);
    let mut problems = Vec::with_capacity(found.len());
    for Found { offset, rule, message } in found {
        let offset = text.floor_char_boundary(offset);
        for end in memchr::memchr_iter(b'\n', &text.as_bytes()[seen..offset]) {
            line += 1;
            line_start = seen + end + 1;
        }
        seen = offset;
        let column = text[line_start..offset].chars().count() + 1;
        problems.push(Problem { file: file.to_owned(), line, column, rule, message });
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_lines_and_columns_in_characters() {
        let text = "a,b\nå,x\r\n,\"ø\ny\",z\n";
        let found = ["x", "z", "b"].map(|what| Found::new(text.find(what).unwrap_or(0), "rule", what)).to_vec();
        let placed: Vec<_> = place("f.csv", text, found).into_iter().map(|p| (p.line, p.column, p.message)).collect();
        assert_eq!(placed, [(1, 3, "b".into()), (2, 3, "x".into()), (4, 4, "z".into())]);
    }
}
