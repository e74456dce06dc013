//! Runs the console sessions of README.md and of docs/*.md, and holds what is printed against what stands there.
//!
//! In a block marked `console` a line `$ twin …` is typed. The lines below it are what it prints: those that begin with
//! `! ` on stderr, the others on stdout, at last `→ n` where the exit code is not 0. All sessions of a file run in one
//! fresh folder, from top to bottom. A block marked ```` ```csv NAME ```` is a file of that name there. With TWIN_SESSIONS=write they are written anew instead: read what is written.
#![allow(clippy::disallowed_methods, reason = "the test reads its switch and rewrites the documents it is asked to")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// A part of a document.
#[derive(Debug, PartialEq)]
enum Part {
    /// A line that is no session's.
    Line(String),
    Session(Session),
}

/// A command and what it prints.
#[derive(Debug, PartialEq)]
struct Session {
    /// The number of its line, from 1.
    line: usize,
    command: String,
    shown: Vec<String>,
}

/// Takes a document apart.
fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let (mut in_code, mut in_console) = (false, false);
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with("```") {
            in_console = !in_code && line == "```console";
            in_code = !in_code;
            parts.push(Part::Line(line.to_owned()));
        } else if !in_console {
            parts.push(Part::Line(line.to_owned()));
        } else if let Some(command) = line.strip_prefix("$ ") {
            parts.push(Part::Session(Session { line: number, command: command.to_owned(), shown: Vec::new() }));
        } else if let Some(Part::Session(session)) = parts.last_mut() {
            session.shown.push(line.to_owned());
        } else {
            return Err(format!("line {number}: a console block begins with `$ `"));
        }
    }
    if in_code { Err("the last block is not closed".to_owned()) } else { Ok(parts) }
}

/// Returns the files of a document, by name.
fn files(text: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    let mut is_within = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("```csv ") {
            files.push((name, String::new()));
        }
        is_within = line.starts_with("```csv ") || is_within && !line.starts_with("```");
        if let Some((_, file)) = files.last_mut().filter(|_| is_within && !line.starts_with("```")) {
            *file += &format!("{line}\n");
        }
    }
    files
}

/// Puts a document together again.
fn joined(parts: &[Part]) -> String {
    let lines = parts.iter().flat_map(|part| match part {
        Part::Line(line) => vec![line.clone()],
        Part::Session(Session { command, shown, .. }) => {
            [format!("$ {command}")].into_iter().chain(shown.iter().cloned()).collect()
        }
    });
    lines.map(|line| line + "\n").collect()
}

/// Returns the words of a command: `"` keeps blanks together, and there is nothing else of a shell.
fn words(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for sign in command.chars() {
        match sign {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            '|' | '&' | ';' | '<' | '>' | '(' | ')' | '*' | '?' | '#' | '\'' if !quoted => {
                return Err(format!("`{sign}` is for a shell; a session has none"));
            }
            '$' | '`' | '\\' | '!' => return Err(format!("`{sign}` is for a shell; a session has none")),
            sign => word.get_or_insert_default().push(sign),
        }
    }
    if quoted {
        return Err("a quote is not closed".to_owned());
    }
    words.extend(word);
    Ok(words)
}

/// Runs a command in a folder, without the environment of the test, and returns what a session shows below it.
fn run(command: &str, folder: &Path) -> Result<Vec<String>, String> {
    let words = words(command)?;
    let Some(("twin", arguments)) = words.split_first().map(|(program, rest)| (program.as_str(), rest)) else {
        return Err(format!("`{command}` is no `twin`"));
    };
    let mut twin = Command::new(env!("CARGO_BIN_EXE_twin"));
    twin.args(arguments).env_clear().env("TWIN_NOW", "2026-11-25T10:00:00Z").env("TWIN_USER", "clerk");
    let done = twin.current_dir(folder).stdin(Stdio::null()).output();
    let done = done.map_err(|error| error.to_string())?;
    let text = |bytes| String::from_utf8(bytes).map_err(|error| format!("`{command}` prints no UTF-8: {error}"));
    shown(&text(done.stdout)?, &text(done.stderr)?, done.status.code())
}

/// Returns what a session shows of an answer.
fn shown(stdout: &str, stderr: &str, exit: Option<i32>) -> Result<Vec<String>, String> {
    let mut shown: Vec<String> = stdout.lines().map(str::to_owned).collect();
    let is_sign = |line: &&String| line.starts_with(['$', '!', '→']) || line.starts_with("```");
    if let Some(line) = shown.iter().find(is_sign) {
        return Err(format!("`{line}` on stdout would be taken for something else in a session"));
    }
    if [stdout, stderr].iter().any(|text| !text.is_empty() && !text.ends_with('\n')) {
        return Err("the last line has no end".to_owned());
    }
    shown.extend(stderr.lines().map(|line| if line.is_empty() { "!".to_owned() } else { format!("! {line}") }));
    match exit {
        Some(0) => {}
        Some(exit) => shown.push(format!("→ {exit}")),
        None => return Err("the command was killed".to_owned()),
    }
    Ok(shown)
}

/// Returns both texts line by line: common ones behind a blank, missing ones behind `-`, new ones behind `+`.
fn difference(expected: &[String], got: &[String]) -> String {
    // The longest common part of the ends from (i, j) on.
    let mut common = vec![vec![0; got.len() + 1]; expected.len() + 1];
    for i in (0..expected.len()).rev() {
        for j in (0..got.len()).rev() {
            common[i][j] = match expected[i] == got[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut text = String::new();
    while i < expected.len() || j < got.len() {
        let is_common = i < expected.len() && j < got.len() && expected[i] == got[j];
        let is_missing = j == got.len() || (i < expected.len() && common[i + 1][j] >= common[i][j + 1]);
        let (sign, line) = match (is_common, is_missing) {
            (true, _) => (' ', &expected[i]),
            (_, true) => ('-', &expected[i]),
            _ => ('+', &got[j]),
        };
        text += &format!("{sign} {line}\n");
        i += usize::from(sign != '+');
        j += usize::from(sign != '-');
    }
    text
}

/// Returns README.md and what there is of docs/*.md.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut documents: Vec<PathBuf> = docs.filter(|path| path.extension().is_some_and(|is| is == "md")).collect();
    documents.sort();
    documents.insert(0, root.join("README.md"));
    documents
}

#[test]
fn the_sessions_of_the_documents_print_what_they_show() {
    let writes = env::var_os("TWIN_SESSIONS").is_some_and(|value| value == "write");
    let (mut run_of_readme, mut wrong) = (0, String::new());
    for path in documents() {
        let name = path.file_name().unwrap().to_string_lossy();
        let text = fs::read_to_string(&path).unwrap();
        let mut parts = parts(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let folder = tempfile::tempdir().unwrap();
        files(&text).iter().for_each(|(name, file)| fs::write(folder.path().join(name), file).unwrap());
        for part in &mut parts {
            let Part::Session(session) = part else { continue };
            run_of_readme += usize::from(name == "README.md");
            let place = format!("{name}:{}: $ {}", session.line, session.command);
            let printed = run(&session.command, folder.path()).unwrap_or_else(|error| panic!("{place}\n{error}"));
            if printed != session.shown && !writes {
                wrong += &format!("\n{place}\n{}", difference(&session.shown, &printed));
            }
            session.shown = printed;
        }
        if writes {
            fs::write(&path, joined(&parts)).unwrap();
        }
    }
    assert!(run_of_readme > 10, "README.md has only {run_of_readme} sessions");
    assert!(wrong.is_empty(), "{wrong}\nTWIN_SESSIONS=write cargo test --test readme writes the sessions anew");
}

#[test]
fn a_document_may_hold_files() {
    let text = "```csv a.csv\nx;y\n1;2\n```\n1\n```csv b.csv\nz\n```\n```sh\nw\n```\n";
    assert_eq!(files(text), [("a.csv", "x;y\n1;2\n".to_owned()), ("b.csv", "z\n".to_owned())]);
}

#[test]
fn a_document_is_taken_apart_and_put_together() {
    let text = "Text\n```sh\n$ make\n```\n```console\n$ twin a\nb\n\n! c\n→ 4\n$ twin d\n```\n$ end\n";
    let taken = parts(text).unwrap();
    assert_eq!(joined(&taken), text);
    let sessions = taken.into_iter().filter_map(|part| match part {
        Part::Session(Session { line, command, shown }) => Some((line, command, shown.join("|"))),
        Part::Line(_) => None,
    });
    let expected = [(6, "twin a", "b||! c|→ 4"), (11, "twin d", "")];
    let expected = expected.map(|(line, command, shown)| (line, command.to_owned(), shown.to_owned()));
    assert_eq!(sessions.collect::<Vec<_>>(), expected);
    for wrong in ["```console\nno command\n```\n", "```console\n$ twin a\n"] {
        assert!(parts(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_command_is_words_and_nothing_of_a_shell() {
    for (command, expected) in [
        ("twin list Kuopio", "twin|list|Kuopio"),
        ("  twin  show \"Saint Petersburg\" ", "twin|show|Saint Petersburg"),
        ("twin list \"\" --fields=\"a, b\"", "twin|list||--fields=a, b"),
        ("twin list \"a|b\"", "twin|list|a|b"),
    ] {
        assert_eq!(words(command).unwrap().join("|"), expected);
    }
    for wrong in ["twin list | head", "twin list > file", "twin list 'a'", "twin \"list", "twin \"$HOME\"", "twin a; b"]
    {
        assert!(words(wrong).is_err(), "{wrong}");
    }
    assert_eq!(run("ls -l", Path::new(".")), Err("`ls -l` is no `twin`".to_owned()));
}

#[test]
fn an_answer_is_shown_whole_or_refused() {
    let lines = |stdout, stderr, exit| shown(stdout, stderr, exit).map(|lines| lines.join("|"));
    assert_eq!(lines("A\n\nB\n", "", Some(0)).as_deref(), Ok("A||B"));
    assert_eq!(lines("", "error: x\n\nhint: y\n", Some(4)).as_deref(), Ok("! error: x|!|! hint: y|→ 4"));
    for (stdout, stderr, exit) in [
        ("no end", "", Some(0)),
        ("", "no end", Some(0)),
        ("! sign\n", "", Some(0)),
        ("$ sign\n", "", Some(0)),
        ("", "", None),
    ] {
        assert!(lines(stdout, stderr, exit).is_err(), "{stdout}{stderr}");
    }
}

#[test]
fn a_difference_tells_what_is_missing_and_what_is_new() {
    let lines = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(difference(&lines("a|b|c"), &lines("a|x|c|d")), "  a\n- b\n+ x\n  c\n+ d\n");
    assert_eq!(difference(&lines("a"), &[]), "- a\n");
}
