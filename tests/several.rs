//! Several people on one registry: edits of different records are all in, edits of one record merge or are refused.
#![allow(clippy::disallowed_methods, reason = "the test makes the files that the program is to edit")]
#![allow(clippy::print_stdout, reason = "the counts are told to whoever asks for them")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::fs::{self, File};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use harness::{Desk, Run};
use twinning::storage::{Place, Source};

/// How many edits each of the two makes.
const EDITS: usize = 200;

#[test]
fn two_hundred_edits_each_of_two_people_are_all_in() {
    let desk = Desk::new();
    desk.done(&["init", "reg"]);
    let place = Place::of(&desk.path("reg"));
    let pairs: Vec<[String; 2]> = {
        let source = Source::open(&place).unwrap();
        let registry = source.load().unwrap();
        registry.partnerships().take(2 * EDITS).map(|one| [one.a().to_owned(), one.b().to_owned()]).collect()
    };
    let is_over = AtomicBool::new(false);
    let edit = |who: &str, pairs: &[[String; 2]]| {
        for [a, b] in pairs {
            let note = format!("note=by {who}");
            let mut command = desk.command(&["--registry", "reg", "set", a, b, &note]);
            let run = Run::of(command.env("TWIN_USER", who));
            assert_eq!(run.exit, 0, "{}", run.stderr);
        }
    };
    let read = || {
        let mut most = 0;
        let mut readings = 0;
        while !is_over.load(Ordering::Relaxed) {
            let source = Source::open(&place).unwrap();
            let registry = source.load().unwrap();
            let noted = registry.partnerships().filter(|one| one.note().starts_with("by ")).count();
            assert_eq!(noted, registry.journal.lines().count(), "tables and journal are of one moment");
            assert!(noted >= most, "an edit is gone again");
            most = noted;
            readings += 1;
        }
        readings
    };
    let readings = thread::scope(|scope| {
        let reader = scope.spawn(read);
        let (one, other) = pairs.split_at(EDITS);
        let writers = [scope.spawn(|| edit("anna", one)), scope.spawn(|| edit("bertil", other))];
        let written = writers.map(|writer| writer.join());
        is_over.store(true, Ordering::Relaxed);
        written.into_iter().for_each(|writer| writer.unwrap());
        reader.join().unwrap()
    });
    let source = Source::open(&place).unwrap();
    let registry = source.load().unwrap();
    for (who, pairs) in ["anna", "bertil"].iter().zip(pairs.chunks(EDITS)) {
        for [a, b] in pairs {
            assert_eq!(registry.partnership(a, b).unwrap().note(), format!("by {who}"));
        }
        let by = format!("\"by\":\"{who}\"");
        assert_eq!(registry.journal.lines().filter(|line| line.contains(&by)).count(), EDITS);
    }
    println!("{} edits, {readings} readings meanwhile", 2 * EDITS);
    assert!(readings > 0);
}

/// Makes a desk at which somebody edits Kuopio–Bodø while an editor stands open on it.
#[cfg(unix)]
fn while_editing(registry: &str, meanwhile: &[&str], typed: &str) -> (Desk, Run) {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.done(&["init", registry]);
    let meanwhile: Vec<String> = meanwhile.iter().map(|arg| format!("'{arg}'")).collect();
    let program = env!("CARGO_BIN_EXE_twin");
    let script = format!(
        "#!/bin/sh\n'{program}' --registry {registry} {} >/dev/null 2>&1\n{typed} \"$1\"\n",
        meanwhile.join(" ")
    );
    let path = desk.path("editor.sh");
    File::create(&path).unwrap().write_all(script.as_bytes()).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = desk.command(&["--registry", registry, "edit", "Kuopio", "Bodø"]);
    command.env("EDITOR", "./editor.sh").env("TMPDIR", desk.path(""));
    let run = Run::of(&mut command);
    (desk, run)
}

#[test]
#[cfg(unix)]
fn different_fields_of_one_record_merge() {
    for registry in ["reg", "reg.json"] {
        let (desk, run) =
            while_editing(registry, &["set", "Kuopio", "Bodø", "themes=art"], "sed -i 's/^start:.*/start: 1949/'");
        assert_eq!(run.exit, 0, "{}", run.stderr);
        let list = ["--registry", registry, "list", "Kuopio", "Bodø", "--format", "csv", "--fields", "start,themes"];
        assert_eq!(desk.done(&list).stdout, "start,themes\n1949,art\n");
        assert_eq!(desk.done(&["--registry", registry, "log"]).stdout.lines().count(), 3);
    }
}

#[test]
#[cfg(unix)]
fn the_same_field_is_a_conflict_and_what_was_typed_is_kept() {
    for registry in ["reg", "reg.json"] {
        let typed = "sed -i 's/^start:.*/start: 1949/;s/^note:.*/note: Typed at length/'";
        let (desk, run) = while_editing(registry, &["set", "Kuopio", "Bodø", "start=1950", "themes=art"], typed);
        assert_eq!(run.exit, 5, "{}", run.stderr);
        let error = "error: partnerships `fi-kuopio~no-bodo` has been changed meanwhile: start was ``, is `1950`, was to become `1949`; nothing was written\n";
        let (before, kept) =
            run.stderr.split_once("hint: what you typed is kept: twin edit Kuopio Bodø --text ").unwrap();
        assert_eq!(before, error);
        assert_eq!(fs::read_to_string(kept.trim()).unwrap(), "start: 1949\nnote: Typed at length\n");
        desk.done(&["--registry", registry, "edit", "Kuopio", "Bodø", "--text", kept.trim()]);
        let list =
            ["--registry", registry, "list", "Kuopio", "Bodø", "--format", "csv", "--fields", "start,themes,note"];
        assert_eq!(desk.done(&list).stdout, "start,themes,note\n1949,art,Typed at length\n");
    }
}

#[test]
#[cfg(unix)]
fn what_others_add_or_remove_meanwhile_is_a_conflict() {
    let typed = "sed -i 's/^start:.*/start: 1949/'";
    let (_, run) = while_editing("reg", &["remove", "Kuopio", "Bodø"], typed);
    assert_eq!(run.exit, 5);
    assert!(
        run.stderr.starts_with("error: partnerships `fi-kuopio~no-bodo` is gone; nothing was written\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_plan_is_applied_only_to_what_it_was_made_of() {
    let desk = Desk::new();
    desk.done(&["init", "reg"]);
    let twin = |args: &[&str]| desk.twin(&[&["--registry", "reg"], args].concat());
    let run = twin(&["suspend", "--country", "LV", "--on", "2022", "--save-plan", "plan.jsonl"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    let plan = desk.read("plan.jsonl");
    // The plan is thinned out to the first three partnerships.
    let thin: Vec<&str> = plan.lines().take(4).collect();
    let desk = desk.with("thin.jsonl", thin.join("\n") + "\n");
    let twin = |args: &[&str]| desk.twin(&[&["--registry", "reg"], args].concat());
    let run = twin(&["apply", "thin.jsonl"]);
    assert_eq!(run.exit, 6, "{}", run.stderr);
    assert_eq!(
        run.stderr.lines().next(),
        Some("error: 3 would be changed, and nobody is there to confirm it; nothing was written")
    );
    assert_eq!(twin(&["apply", "thin.jsonl", "--yes"]).exit, 0);
    let list = twin(&["list", "--country", "LV", "--status", "suspended", "--format", "csv", "--fields", "id"]);
    assert_eq!(list.rows().len(), 3);
    // The whole plan is made of records that have changed since.
    let before = desk.files_of_registry("reg");
    let run = twin(&["apply", "plan.jsonl", "--yes"]);
    assert_eq!(run.exit, 5);
    let id = &list.rows()[0][0];
    assert!(run.stderr.starts_with("error: partnerships `"), "{}", run.stderr);
    assert!(plan.contains(&id.replace('~', "\",\"b\":\"")), "{id}");
    assert_eq!(desk.files_of_registry("reg"), before);
    let log = twin(&["log", "--format", "csv", "--fields", "command,subjects"]);
    assert_eq!(log.rows(), [["twin suspend --country LV --on 2022", "3"]]);
}

#[test]
fn a_held_lock_is_told_with_its_holder_and_a_stale_one_is_none() {
    let desk = Desk::new();
    desk.done(&["init", "reg"]);
    let set = ["--registry", "reg", "set", "Kuopio", "Bodø", "note=x"];
    desk.done(&set);
    let path = desk.path("reg/.twin/lock");
    fs::write(&path, "by anna, process 1, since 2026-11-25T09:00:00Z: twin import list.csv\n").unwrap();
    let lock = File::open(&path).unwrap();
    lock.lock().unwrap();
    let before = desk.files_of_registry("reg");
    let run = desk.twin(&["--registry", "reg", "set", "Kuopio", "Bodø", "note=y"]);
    let error = "error: the registry is being changed by somebody else (by anna, process 1, since 2026-11-25T09:00:00Z: twin import list.csv); nothing was written\nhint: try again in a moment\n";
    assert_eq!((run.exit, run.stderr.as_str()), (5, error));
    assert_eq!(desk.files_of_registry("reg"), before);
    // Readers do not wait for it.
    assert_eq!(
        desk.done(&["--registry", "reg", "list", "Kuopio", "Bodø", "--format", "csv", "--fields", "note"]).stdout,
        "note\nx\n"
    );
    drop(lock);
    desk.done(&["--registry", "reg", "set", "Kuopio", "Bodø", "note=y"]);
}
