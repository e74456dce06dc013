//! A process that is killed in the middle of an edit leaves the old registry or the new one, and the next edit works.
#![allow(clippy::disallowed_methods, reason = "the test makes the registries that are edited")]
#![allow(clippy::print_stdout, reason = "the counts are told to whoever asks for them")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use harness::Desk;
use twinning::model::Status;
use twinning::storage::{Place, Source};

/// How the registry stands: suspended partnerships with Latvia, their events, operations, and a note.
type Seen = (usize, usize, usize, bool);

/// Reads a registry as any reader does.
fn seen(place: &Place) -> Seen {
    let source = Source::open(place).unwrap();
    let registry = source.load().unwrap();
    let is_latvian = |id: &str| id.starts_with("lv-");
    let suspended =
        registry.partnerships().filter(|one| is_latvian(one.b()) && one.status() == Some(Status::Suspended));
    let events = registry.grid(twinning::model::Table::Events).rows().filter(|row| is_latvian(row.get(1)));
    let note = registry.partnership("fi-kuopio", "no-bodo").is_some_and(|one| one.note() == "later");
    (suspended.count(), events.count(), registry.journal.lines().count(), note)
}

/// When a process is killed.
enum Moment {
    /// So long after it was started.
    After(Duration),
    /// So many looks after something matching stood in the room of the writers.
    Seen(&'static str, usize),
}

fn kill(mut child: Child, room: &Path, moment: Moment) {
    let start = Instant::now();
    match moment {
        Moment::After(time) => while start.elapsed() < time {},
        Moment::Seen(what, looks) => {
            let is_there = || {
                let entries = fs::read_dir(room).into_iter().flatten().flatten();
                entries.into_iter().any(|entry| entry.file_name().to_string_lossy().contains(what))
            };
            while !is_there() && child.try_wait().unwrap().is_none() {}
            (0..looks).for_each(|_| _ = is_there());
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

fn start(desk: &Desk, registry: &str, args: &[&str]) -> Child {
    let args: Vec<&str> = ["--registry", registry].iter().chain(args).copied().collect();
    desk.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills many processes at all moments; returns how many left the old registry and how many the new one, and how many
/// of these were decided but not carried out.
fn kill_many(kills: usize, form: &str, room: impl Fn(&str) -> String + Sync) -> [usize; 3] {
    let suspend = ["suspend", "--country", "LV", "--on", "2022", "--yes"];
    let note = ["set", "Kuopio", "Bodø", "note=later"];
    let desk = Desk::new();
    let first = format!("first{form}");
    desk.done(&["init", &first]);
    let place = |name: &str| Place::of(&desk.path(name));
    let old = seen(&place(&first));
    copy(&desk.path(&first), &desk.path(&format!("whole{form}")));
    let begun = Instant::now();
    start(&desk, &format!("whole{form}"), &suspend).wait().unwrap();
    let whole = begun.elapsed();
    let new = seen(&place(&format!("whole{form}")));
    assert!(new.0 > 5 && new.0 == new.1 - old.1 && new.2 == 1 && old.0 == 0, "{old:?} {new:?}");
    let [next, olds, news, pending] = [0; 4].map(AtomicUsize::new);
    let work = || {
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= kills {
                return;
            }
            let name = format!("r{nth}{form}");
            let path: PathBuf = desk.path(&name);
            copy(&desk.path(&first), &path);
            let moment = match nth % 4 {
                0 => Moment::After(whole.mul_f64((nth as f64 + 1.0) / kills as f64)),
                1 => Moment::Seen(".", nth / 4 % 40),
                2 => Moment::Seen("journal", nth / 4 % 40),
                _ => Moment::Seen("commit.json", nth / 4 % 20),
            };
            kill(start(&desk, &name, &suspend), &desk.path(&room(&name)), moment);
            if desk.path(&room(&name)).join("commit.json").exists() {
                pending.fetch_add(1, Ordering::Relaxed);
            }
            let left = seen(&place(&name));
            assert!(left == old || left == new, "kill {nth}: {left:?} is neither {old:?} nor {new:?}");
            (if left == old { &olds } else { &news }).fetch_add(1, Ordering::Relaxed);
            start(&desk, &name, &note).wait().unwrap();
            assert_eq!(seen(&place(&name)), (left.0, left.1, left.2 + 1, true), "after kill {nth}");
            let room = desk.path(&room(&name));
            let rest: Vec<String> =
                fs::read_dir(room).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into()).collect();
            assert!(rest.iter().all(|name| name == "lock" || name == ".gitignore"), "after kill {nth}: {rest:?}");
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
    };
    thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    [olds, news, pending].map(AtomicUsize::into_inner)
}

#[test]
fn a_killed_edit_of_tables_leaves_the_old_or_the_new() {
    let kills = 400;
    let [old, new, pending] = kill_many(kills, "", |name| format!("{name}/.twin"));
    println!(
        "{kills} kills of an edit in a folder: {old} left the old registry, {new} the new one, {pending} of them not carried out yet"
    );
    assert!(old > 0 && new > 0 && old + new == kills);
}

#[test]
fn a_killed_edit_of_one_file_leaves_the_old_or_the_new() {
    let kills = 120;
    let [old, new, _] = kill_many(kills, ".json", |name| format!(".{name}.twin"));
    println!("{kills} kills of an edit of one file: {old} left the old registry, {new} the new one");
    assert!(old > 0 && old + new == kills);
}
