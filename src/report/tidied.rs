//! What it says to people that records were brought into their right form: which stray blanks went, whose sides were
//! exchanged, what is left as it is.

use std::borrow::Cow;
use std::collections::HashSet;

use super::field::Context;
use super::plan::{List, untitled};
use super::table::{Cell, Table};
use crate::edit::blanks::tidied;
use crate::edit::tidy::{Undecided, Why, identity, is_turned};
use crate::edit::{Change, Record, Step};
use crate::i18n::{Lang, words};
use crate::model::Table as TableOf;

/// The columns that say which side is which.
const SIDES: [&str; 3] = ["a", "b", "by"];

/// Returns a step in which a record that gets another key, for its old one was in another form, is one change instead of
/// two.
pub fn moves(step: &Step) -> Cow<'_, Step> {
    let gone = || step.0.iter().filter(|change| change.new.is_none());
    let is_of = |gone: &Change, come: &Change| {
        gone.table() == come.table() && gone.old.as_ref().map(identity) == come.new.as_ref().map(identity)
    };
    let origin = |come: &Change| gone().filter(|_| come.old.is_none()).find(|gone| is_of(gone, come));
    if gone().next().is_none() || step.0.iter().all(|change| origin(change).is_none()) {
        return Cow::Borrowed(step);
    }
    let is_origin = |gone: &Change| step.0.iter().any(|come| origin(come).is_some_and(|of| std::ptr::eq(of, gone)));
    let joined = step.0.iter().filter(|change| !is_origin(change)).map(|change| match origin(change) {
        Some(gone) => Change { old: gone.old.clone(), new: change.new.clone() },
        None => change.clone(),
    });
    Cow::Owned(Step(joined.collect()))
}

/// Tells whether a record stays what it says: whether its form alone changes.
pub fn is_of_form(change: &Change) -> bool {
    let (Some(old), Some(new)) = (&change.old, &change.new) else { return false };
    let items = |record: &Record, name: &str| -> HashSet<String> {
        record.get(name).split(';').map(|item| tidied(item).into_owned()).filter(|item| !item.is_empty()).collect()
    };
    let is_same = |name: &&str| items(old, name) == items(new, name);
    let is_turned = is_turned(old, new);
    old.differing(new).iter().all(|name| is_same(name) || is_turned && SIDES.contains(name))
}

/// Tells whether an event or a claim is turned with its pair, and nothing else becomes of it.
pub fn is_turned_along(change: &Change) -> bool {
    let (Some(old), Some(new)) = (&change.old, &change.new) else { return false };
    let is_along = matches!(change.table(), Some(TableOf::Events | TableOf::Claims));
    is_along && is_turned(old, new) && old.differing(new).iter().all(|name| SIDES.contains(name))
}

/// Takes the columns out in which records differ by their form alone, and says so of them.
pub fn form(lang: Lang, old: &Record, new: &Record, differing: &mut Vec<&str>) -> Vec<String> {
    let mut phrases = Vec::new();
    if is_turned(old, new) {
        differing.retain(|name| !SIDES.contains(name));
        phrases.push(words::turned(lang).to_owned());
    }
    let is_blank = |name: &&str| tidied(old.get(name)) == tidied(new.get(name));
    let blank: Vec<&str> = differing.iter().copied().filter(is_blank).collect();
    differing.retain(|name| !blank.contains(name));
    if !blank.is_empty() {
        phrases.push(words::blanks(lang, &blank.join(", ")));
    }
    phrases
}

/// Says what is left as it is, and why.
pub fn left(context: Context<'_>, Undecided { record, why }: &Undecided) -> String {
    let lang = context.lang();
    let (table, key) = (record.table().name(), record.key());
    // Where blanks are what is amiss, they are shown.
    let named = || format!("{table} `{}`", key.join(if record.table().is_of_pair() { "~" } else { "," }));
    match why {
        Why::Blanks => words::left_blanks(lang, &named()),
        Why::Empty(column) => words::left_empty(lang, &named(), column),
        Why::Turned => {
            let pair = [0, 1].map(|side| context.name_of(key[side])).join(" – ");
            let rest: Vec<&str> = [table].into_iter().chain(key[2..].iter().copied()).collect();
            words::left_turned(lang, &format!("{pair} ({})", rest.join(", ")))
        }
    }
}

/// Makes the list of the files that are written anew though no record in them changes: the name of each, and what is
/// not in canonical form about it.
pub fn files<'r>(title: String, files: Vec<[String; 2]>) -> List<'r> {
    let rows = files.into_iter().map(|file| file.map(Cell::text).to_vec());
    List { title, table: Table::of_rows(untitled(2), rows.collect()) }
}
