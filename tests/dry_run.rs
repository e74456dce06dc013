//! Every command that writes, found from the command line itself: a dry run touches no byte, the same without it does.
#![allow(clippy::disallowed_methods, reason = "the test makes the files that the program is to edit")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use harness::{Desk, Run};

/// The commands that only answer.
const ASKING: [&str; 12] = [
    "check", "compare", "list", "show", "stats", "networks", "contacts", "export", "claims", "sources", "log", "report",
];

/// What is typed for each command that writes, `--registry` apart.
const WRITING: &[(&str, &str)] = &[
    ("add", "add Kuopio Pskov --kind twin --start 1967 --cite https://example.org/pskov"),
    ("set", "set Kuopio Bodø start=1949"),
    ("edit", "edit Kuopio Bodø"),
    ("remove", "remove Kuopio Gera"),
    ("suspend", "suspend --country DE --on 2022"),
    ("resume", "resume --country RU --on 2026"),
    ("end", "end Kuopio Bodø --on 2026"),
    ("keep", "keep --region Kainuu --on 2026"),
    ("place add", "place add Utica --country US --region Michigan"),
    ("place rename", "place rename Kokkola Karleby --on 2020"),
    ("place merge", "place merge Kuopio --into Siilinjärvi --on 2025 --carry all"),
    ("place dissolve", "place dissolve Kuopio --on 2025 --end all"),
    ("network add", "network add Chain --type chain"),
    ("network join", "network join douzelage Kuopio"),
    ("network leave", "network leave eurocities Helsinki --on 2026"),
    ("network close", "network close douzelage --on 2026"),
    ("contact add", "contact add Kuopio --role Clerk --name Maija"),
    ("contact retire", "contact retire Kuopio Clerk1 --on 2026"),
    ("source add", "source add page --title Page --rank other"),
    ("claim add", "claim add Kuopio Gera start 1971 --source list-old"),
    ("claim accept", "claim accept Forssa Aschersleben exists"),
    ("claim reject", "claim reject Forssa Aschersleben exists"),
    ("import", "import list.csv"),
    ("survey make", "survey make --out forms --region Kainuu"),
    ("survey read", "survey read answers"),
    ("fmt", "fmt"),
    ("apply", "apply plan.jsonl"),
    ("undo", "undo"),
    ("convert", "convert reg converted"),
    ("init", "init made"),
];

/// Returns the names of all commands that have none below them, with whether they take `--dry-run`.
fn commands(command: &clap::Command, path: &[&str], found: &mut BTreeMap<String, bool>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let path = [path, &[sub.get_name()]].concat();
        if sub.has_subcommands() {
            commands(sub, &path, found);
        } else {
            let is_dry = sub.get_arguments().any(|argument| argument.get_long() == Some("dry-run"));
            found.insert(path.join(" "), is_dry);
        }
    }
}

/// Makes a desk with a registry in either form, edited once and with a stray blank, a plan, a list, and an answer.
fn desk(registry: &str) -> Desk {
    let desk = Desk::new();
    desk.done(&["init", registry]);
    desk.done(&["--registry", registry, "contact", "add", "Kuopio", "--role", "Clerk1", "--name", "Maija"]);
    desk.done(&["--registry", registry, "suspend", "Kuopio", "Gera", "--on", "2022-03-01"]);
    desk.done(&["--registry", registry, "keep", "Kuopio", "Bodø", "--on", "2026", "--save-plan", "plan.jsonl"]);
    if registry != "reg" {
        desk.done(&["convert", registry, "reg"]);
    }
    let file = if registry == "reg" { "reg/partnerships.csv" } else { registry };
    let text = desk.read(file).replacen("Start by RGRE", "Start  by RGRE", 1);
    let answer: &[&[&str]] = &[
        &["key (do not change)", "partner", "country", "status", "right?"],
        &["fi-kuopio~no-bodo", "Bodø", "Norway", "active", "yes"],
        &["", "Oslo", "Norway", "active", "yes"],
    ];
    let desk = desk.with("answers/kuopio.xlsx", harness::workbook(answer));
    desk.with(file, text).with("list.csv", "place,partner,country\nKuopio,Oslo,Norway\nKuopio,,\n")
}

fn run(desk: &Desk, registry: &str, line: &str, more: &str) -> Run {
    let args: Vec<&str> = ["--registry", registry].into_iter().chain(line.split(' ')).chain([more]).collect();
    let mut command = desk.command(&args);
    command.env("EDITOR", "sed -i 's/^note:.*/note: edited/'");
    Run::of(&mut command)
}

/// Returns every file below a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.insert(path.display().to_string(), Vec::new());
            files.extend(bytes(&path));
        } else {
            files.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn every_command_is_known_to_ask_or_to_write() {
    let mut found = BTreeMap::new();
    let mut command = twinning::cli::command();
    command.build();
    commands(&command, &[], &mut found);
    let of =
        |dry: bool| found.iter().filter(|(_, is)| **is == dry).map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>();
    assert_eq!(of(false), ASKING.into(), "a command that writes takes --dry-run; one that asks is named here");
    assert_eq!(of(true), WRITING.iter().map(|(name, _)| *name).collect(), "a command that writes is tried here");
}

#[test]
#[cfg(unix)]
fn a_dry_run_touches_no_byte_and_the_same_without_it_does() {
    for registry in ["reg", "reg.json"] {
        let desk = desk(registry);
        let before = bytes(&desk.path(""));
        for (name, line) in WRITING {
            let run = run(&desk, registry, line, "--dry-run");
            assert_eq!(run.exit, 0, "{line}: {}", run.stderr);
            assert!(run.stderr.contains("Dry run: nothing was written."), "{line}: {}", run.stderr);
            let shown = match *name {
                "convert" | "init" => "",
                "survey make" => "",
                "import" => "list.csv: 2 rows",
                "survey read" => "kuopio.xlsx: Kuopio",
                _ => "WOULD CHANGE ",
            };
            assert!(run.stdout.starts_with(shown), "{line}: {}", run.stdout);
            assert!(bytes(&desk.path("")) == before, "{line} --dry-run wrote something");
        }
        for (_, line) in WRITING {
            let desk = self::desk(registry);
            let before = bytes(&desk.path(""));
            let run = run(&desk, registry, line, "--yes");
            assert_eq!(run.exit, 0, "{line}: {}", run.stderr);
            assert!(bytes(&desk.path("")) != before, "{line} wrote nothing");
        }
    }
}
