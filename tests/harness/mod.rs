//! Runs the built program at a desk: in a folder of its own, without what the environment says to it.
#![allow(dead_code, reason = "no test uses all of it")]
#![allow(clippy::disallowed_methods, reason = "the tests make the files that the program is to read")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with files, in which the program is run.
pub struct Desk(TempDir);

/// What a run has left.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub exit: i32,
}

impl Desk {
    /// Makes an empty one, where only the built-in registry is at hand.
    pub fn new() -> Desk {
        Desk(TempDir::with_prefix("desk-").unwrap())
    }

    /// Puts a file there, with the folders it lies in.
    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Desk {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Returns the files of a folder by name.
    pub fn files(&self, folder: &str) -> BTreeMap<String, String> {
        files(&self.path(folder))
    }

    /// Returns the files of a registry by name, without the room of its writers.
    pub fn files_of_registry(&self, folder: &str) -> BTreeMap<String, String> {
        let entries = fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.is_file());
        files
            .map(|path| (path.file_name().unwrap().to_string_lossy().into(), fs::read_to_string(&path).unwrap()))
            .collect()
    }

    /// Returns the command, for those who want more of it than `twin`.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_twin"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        for (name, _) in env::vars_os() {
            let speaks = name.to_string_lossy();
            if speaks.starts_with("TWIN_") || speaks.starts_with("LC_") || speaks.starts_with("LANG") {
                command.env_remove(name);
            }
        }
        command.env("TWIN_NOW", "2026-11-25T10:00:00Z").env("TWIN_USER", "clerk");
        command
    }

    /// Runs the program.
    pub fn twin(&self, args: &[&str]) -> Run {
        Run::of(&mut self.command(args))
    }

    /// Runs the program, which is to succeed.
    pub fn done(&self, args: &[&str]) -> Run {
        let run = self.twin(args);
        assert_eq!(run.exit, 0, "twin {}\n{}", args.join(" "), run.stderr);
        run
    }

    /// Runs the program, which is to fail so.
    pub fn fails(&self, args: &[&str], exit: i32, stderr: &str) -> Run {
        let run = self.twin(args);
        assert_eq!((run.exit, run.stderr.as_str()), (exit, stderr), "twin {}", args.join(" "));
        run
    }
}

impl Run {
    /// Runs a command.
    pub fn of(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Run {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            exit: output.status.code().expect("the program is not killed"),
        }
    }

    /// Reads what was printed as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}{}", self.stdout, self.stderr))
    }

    /// Reads what was printed as CSV: the rows below the header.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(self.stdout.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}

/// Makes a workbook of one sheet, all cells texts.
pub fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Asks the registry built into the program.
pub fn twin(args: &[&str]) -> Run {
    Desk::new().twin(args)
}

/// Asks the registry built into the program what it is to answer.
pub fn done(args: &[&str]) -> Run {
    Desk::new().done(args)
}

/// Returns the files of a folder by name.
pub fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into(), fs::read_to_string(&path).unwrap())).collect()
}

/// A row of a table by the names of its columns.
pub type Record = BTreeMap<String, String>;

/// Reads a shipped table without the program.
pub fn records(table: &str) -> Vec<Record> {
    let text = &shipped()[&format!("{table}.csv")];
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

/// Tells of each file that differs from its counterpart where it does first.
pub fn differences(files: &BTreeMap<String, String>, others: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = files.keys().chain(others.keys()).collect();
    let differing = names.into_iter().filter(|name| files.get(*name) != others.get(*name));
    let told = differing.map(|name| {
        let [one, other] = [files, others].map(|files| files.get(name).map_or("", String::as_str));
        let same = one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count();
        format!("{name}:{}:\n- {:?}\n+ {:?}", same + 1, one.lines().nth(same), other.lines().nth(same))
    });
    told.collect()
}

/// Returns the files of the shipped registry that the program reads, by name.
pub fn shipped() -> BTreeMap<String, String> {
    let mut files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"));
    files.retain(|name, _| name.ends_with(".csv") || name == "datapackage.json");
    files
}
