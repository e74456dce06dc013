//! Any bytes as the journal, and as a plan in a file: what is read can be shown, taken back, written and wiped, and what
//! has been taken back once stands as it did.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twinning::edit::operation::{self, clear_digits, short, undone};
use twinning::edit::rebase::{Rebase, rebase};
use twinning::edit::undo::undo;
use twinning::i18n::Language;
use twinning::model::Registry;
use twinning::report::field::Context;
use twinning::report::log;
use twinning::storage::lines::{Entry, SavedPlan, journal_line, last_id, operations, read_plan, write_plan};
use twinning::storage::{package, wipe};
use twinning_fuzz::{folder, json, load};

const MUNICIPALITIES: &str =
    "id,name,country,type,sources,extra\nfi-x,X,FI,municipality,s,1\nno-y,Y,NO,municipality,,\n";
const PARTNERSHIPS: &str = "a,b,kind,status,start\nfi-x,no-y,twin,active,1949\n";
const CONTACTS: &str = "subject,role,name,email\nfi-x,Clerk,Maija Meri,maija@x.fi\n";

fn plan(text: &str, registry: &Registry<'_>) {
    let Ok(saved) = read_plan("plan.jsonl", text, registry) else { return };
    let what = vec![String::new(); saved.plan.steps.len()];
    let written = write_plan(&saved, &what).expect("what was read can be written");
    assert_eq!(read_plan("plan.jsonl", &written, registry).expect("what was written can be read"), saved);
    let SavedPlan { plan, .. } = saved;
    assert_eq!(plan.inverse().inverse(), plan);
    _ = rebase(&plan, registry, Rebase::Merge);
    _ = rebase(&plan, registry, Rebase::Exact);
    let wiped = wipe::wiped(&plan);
    wipe::without(&plan, &wiped);
    let once = wipe::from_journal(&registry.journal, wiped);
    assert_eq!(once.lines().count(), registry.journal.lines().count());
}

fuzz_target!(|bytes: &[u8]| {
    let source = folder(&[
        ("municipalities.csv", MUNICIPALITIES.as_bytes()),
        ("partnerships.csv", PARTNERSHIPS.as_bytes()),
        ("contacts.csv", CONTACTS.as_bytes()),
        (package::JOURNAL, bytes),
    ]);
    if let Ok(text) = str::from_utf8(bytes) {
        package::journal_problems(text);
        last_id(text);
    }
    let Some(registry) = load(&source, package::JOURNAL) else { return };
    json(&registry);
    plan(&registry.journal, &registry);
    let Ok(operations) = operations(&registry) else { return };

    let digits = clear_digits(&operations);
    assert_eq!(undone(&operations).len(), operations.len());
    _ = operation::find(&operations, None);
    for (nth, own) in operations.iter().enumerate() {
        _ = operation::find(&operations, Some(short(&own.id, digits)));
        undo(&operations, nth, &registry);
        let plan = twinning::edit::Plan { steps: own.steps.clone() };
        let undoes = own.undoes.clone();
        let entry =
            Entry { at: own.at, by: own.by.clone(), command: own.command.clone(), reason: own.reason.clone(), undoes };
        let (_, line) = journal_line(&entry, &plan, "").expect("what was read can be written");
        assert!(line.ends_with(b"}\n") && line.iter().filter(|byte| **byte == b'\n').count() == 1);
        let wiped = wipe::wiped(&plan);
        wipe::from_journal(&registry.journal, wiped);
    }
    let language = Language::of("fi");
    let context = Context::new(&registry, &language, None);
    let fields = log::FIELDS.map(str::to_owned);
    if let Ok(table) = log::table(context, &operations, &[], &fields) {
        assert_eq!(table.rows().count(), operations.len());
    }
});
