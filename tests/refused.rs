//! Edits that the system refuses: the message names the place, the exit code is the promised one, nothing is changed.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "the test makes the files that the program is to edit")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use harness::{Desk, Run};

/// A user to whom nothing belongs.
const NOBODY: u32 = 65534;
const SET: [&str; 6] = ["--registry", "reg", "set", "Kuopio", "Bodø", "note=x"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.done(&["init", "reg"]);
    desk
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs the program as somebody who is bound by modes: root is by none.
fn as_other(desk: &Desk, args: &[&str]) -> Run {
    let mut command = desk.command(args);
    if is_root() {
        // What is built may lie where others may not look.
        let program = desk.path("twin");
        if !program.exists() {
            fs::copy(env!("CARGO_BIN_EXE_twin"), &program).unwrap();
        }
        mode(&desk.path(""), 0o755);
        let environment: Vec<_> =
            command.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect();
        command = Command::new(program);
        command.args(args).current_dir(desk.path("")).uid(NOBODY).gid(NOBODY);
        for (name, value) in environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
    }
    Run::of(&mut command)
}

/// Gives everything in a folder to nobody, where we are root.
fn give_away(folder: &Path) {
    if is_root() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).chain([folder.to_owned()]) {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
}

#[test]
fn a_read_only_folder_is_told_and_still_answers() {
    let desk = desk();
    give_away(&desk.path("reg"));
    mode(&desk.path("reg"), 0o555);
    let before = desk.files("reg");
    let run = as_other(&desk, &SET);
    let error = "error: reg/.twin could not be written: Permission denied (os error 13); nothing was changed\n";
    assert_eq!((run.exit, run.stderr.as_str()), (7, error));
    assert_eq!(desk.files("reg"), before);
    assert_eq!(as_other(&desk, &["--registry", "reg", "list", "Kuopio"]).exit, 0);
    mode(&desk.path("reg"), 0o755);
    assert_eq!(as_other(&desk, &SET).exit, 0);
}

#[test]
fn a_table_that_may_not_be_written_is_not_replaced() {
    let desk = desk();
    give_away(&desk.path("reg"));
    mode(&desk.path("reg/partnerships.csv"), 0o444);
    let before = desk.files("reg");
    let run = as_other(&desk, &SET);
    let error =
        "error: reg/partnerships.csv could not be written: Permission denied (os error 13); nothing was changed\n";
    assert_eq!((run.exit, run.stderr.as_str()), (7, error));
    assert_eq!(desk.files_of_registry("reg"), before);
}

#[test]
fn an_unreadable_table_is_told_with_its_name() {
    let desk = desk();
    give_away(&desk.path("reg"));
    mode(&desk.path("reg/events.csv"), 0o000);
    let run = as_other(&desk, &SET);
    assert_eq!((run.exit, run.stderr.as_str()), (3, "error: reg/events.csv: Permission denied (os error 13)\n"));
    assert!(!desk.path("reg/.twin").exists());
}

#[test]
fn a_missing_folder_is_no_registry() {
    let desk = Desk::new();
    let error = "error: `reg` is no registry: a registry is a folder with partnerships.csv and municipalities.csv, or a .json file\nhint: twin init DIR makes one\n";
    desk.fails(&SET, 3, error);
    assert!(!desk.path("reg").exists());
}

#[test]
fn a_folder_that_vanishes_meanwhile_is_told() {
    let desk = desk();
    let mut command = desk.command(&["--registry", "reg", "edit", "Kuopio", "Bodø"]);
    command.env("EDITOR", "rm -r reg; sed -i 's/^note:.*/note: x/'").env("TMPDIR", desk.path(""));
    let run = Run::of(&mut command);
    assert_eq!(run.exit, 7, "{}", run.stderr);
    let error = "error: reg/.twin could not be written: No such file or directory (os error 2); nothing was changed\nhint: what you typed is kept: twin edit Kuopio Bodø --text ";
    assert!(run.stderr.starts_with(error), "{}", run.stderr);
    assert!(!desk.path("reg").exists());
}

/// Runs the program with a limit on the size of files; `trap` is what a shell does about the signal that tells of it.
fn with_small_files(desk: &Desk, trap: &str) -> std::process::Output {
    let script = format!("{trap} ulimit -f 64; exec '{}' \"$@\"", env!("CARGO_BIN_EXE_twin"));
    let mut command = desk.command(&[]);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg("twin").args(SET).current_dir(desk.path(""));
    for (name, value) in command.env("LANG", "C").get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.output().unwrap()
}

#[test]
fn a_full_disk_is_told_and_changes_nothing() {
    let desk = desk();
    let before = desk.files("reg");
    let output = with_small_files(&desk, "trap '' XFSZ;");
    let error = "error: reg/partnerships.csv could not be written: File too large (os error 27); nothing was changed\n";
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(7), error));
    assert_eq!(desk.files_of_registry("reg"), before);
    // Without the trap the system ends the process there and then.
    let output = with_small_files(&desk, "");
    assert_eq!(output.status.code(), None);
    assert_eq!(desk.files_of_registry("reg"), before);
    desk.done(&SET);
    assert!(desk.files(("reg/.twin").as_ref()).keys().eq([".gitignore", "lock"]));
}

#[test]
fn modes_owners_and_links_stay() {
    let desk = desk();
    let table = desk.path("reg/partnerships.csv");
    mode(&table, 0o640);
    if is_root() {
        std::os::unix::fs::chown(&table, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let before = fs::metadata(&table).unwrap();
    fs::create_dir(desk.path("elsewhere")).unwrap();
    fs::rename(desk.path("reg/events.csv"), desk.path("elsewhere/events.csv")).unwrap();
    symlink("../elsewhere/events.csv", desk.path("reg/events.csv")).unwrap();
    symlink("reg", desk.path("link")).unwrap();
    desk.done(&["--registry", "link", "suspend", "Kuopio", "Bodø", "--on", "2022"]);
    let after = fs::metadata(&table).unwrap();
    let kept = |found: &fs::Metadata| (found.mode() & 0o7777, found.uid(), found.gid());
    assert_eq!(kept(&after), kept(&before));
    assert_ne!(after.ino(), before.ino());
    assert!(fs::symlink_metadata(desk.path("reg/events.csv")).unwrap().is_symlink());
    assert!(desk.read("elsewhere/events.csv").contains("fi-kuopio,no-bodo,2022,suspended"));
    assert!(desk.files("elsewhere").keys().eq(["events.csv"]));
}

#[test]
fn a_link_to_a_json_file_stays_one() {
    let desk = Desk::new();
    fs::create_dir(desk.path("elsewhere")).unwrap();
    desk.done(&["init", "elsewhere/registry.json"]);
    symlink("elsewhere/registry.json", desk.path("reg.json")).unwrap();
    desk.done(&["--registry", "reg.json", "set", "Kuopio", "Bodø", "note=here"]);
    assert!(fs::symlink_metadata(desk.path("reg.json")).unwrap().is_symlink());
    assert!(desk.read("elsewhere/registry.json").contains("\"note\": \"here\""));
    assert!(desk.files("elsewhere").keys().eq(["registry.json"]));
}

#[test]
fn the_built_in_registry_is_read_only() {
    let desk = Desk::new();
    let args = ["set", "Kuopio", "Bodø", "note=x"];
    desk.fails(&args, 6, "error: the registry built into the program cannot be changed\nhint: twin init DIR\n");
    assert!(desk.done(&["set", "Kuopio", "Bodø", "note=x", "--dry-run"]).stdout.starts_with("WOULD CHANGE 1\n"));
}
