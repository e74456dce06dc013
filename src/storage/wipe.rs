//! Personal data that are taken out of a contact are taken out of the journal too.
//!
//! Who asks to be forgotten is forgotten: the values leave the table, the records before and after in every operation,
//! and the commands and reasons that quote them. The ids of operations stay as they were, for they are names.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::edit::blanks::tidied;
use crate::edit::contact::PERSONAL;
use crate::edit::tidy::identity;
use crate::edit::{Change, Plan, Record};
use crate::model::Table;

/// What stands instead in the text of a command.
const BLANK: &str = "…";
/// What is shorter is looked for as a whole word, and only in what was done to the contact: elsewhere it is other words.
const SHORTEST: usize = 4;

/// A contact whose personal data are to be forgotten.
#[derive(Debug)]
pub struct Wiped {
    subject: String,
    role: String,
    /// What was known of it.
    values: Vec<String>,
}

/// Returns the contacts from which a plan takes all personal data.
pub fn wiped(plan: &Plan) -> Vec<Wiped> {
    let values = |record: &Option<Record>| -> Vec<String> {
        let record = record.as_ref();
        let cells = PERSONAL.iter().filter_map(|column| record.map(|record| record.get(column)));
        cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
    };
    // One that is retired may have been emptied by hand; then only the journal knows it.
    let is_retired = |change: &Change| {
        let until = |record: &Option<Record>| record.as_ref().is_some_and(|record| !record.get("until").is_empty());
        change.new.is_none() || !until(&change.old) && until(&change.new)
    };
    // One whose key loses its stray blanks, or gets them back, is still known.
    let is_renamed = |change: &Change| {
        let identity = |record: &Option<Record>| record.as_ref().map(identity);
        let mut added = plan.changes().filter(|change| change.old.is_none() && change.table() == Some(Table::Contacts));
        change.new.is_none() && added.any(|added| identity(&added.new) == identity(&change.old))
    };
    let contacts = plan.changes().filter(|change| change.table() == Some(Table::Contacts) && change.old.is_some());
    let wiped = contacts.filter_map(|change| {
        let [subject, role] = change.key()[..] else { return None };
        let known = values(&change.old);
        if !values(&change.new).is_empty() || known.is_empty() && !is_retired(change) || is_renamed(change) {
            return None;
        }
        Some(Wiped { subject: subject.to_owned(), role: role.to_owned(), values: known })
    });
    wiped.collect()
}

/// Returns the plan as the journal may keep it.
pub fn without<'p>(plan: &'p Plan, wiped: &[Wiped]) -> Cow<'p, Plan> {
    if wiped.is_empty() {
        return Cow::Borrowed(plan);
    }
    let keys: HashSet<Vec<&str>> = wiped.iter().map(|wiped| vec![&*wiped.subject, &*wiped.role]).collect();
    let is_wiped = |change: &Change| change.table() == Some(Table::Contacts) && keys.contains(&change.key());
    let mut plan = plan.clone();
    for change in plan.steps.iter_mut().flat_map(|step| &mut step.0).filter(|change| is_wiped(change)) {
        for record in [&mut change.old, &mut change.new].into_iter().flatten() {
            PERSONAL.iter().for_each(|column| record.set(column, ""));
        }
    }
    Cow::Owned(plan)
}

/// How many values are looked for in what people have typed: where more were known, nothing of it is kept.
const MOST_VALUES: usize = 1000;

/// Returns a journal without the personal data of these contacts; lines that hold none stay as they are.
pub fn from_journal(journal: &str, wiped: Vec<Wiped>) -> String {
    let mut known = Known(HashMap::new());
    for Wiped { subject, role, values } in wiped {
        known.0.entry((tidied(&subject).into_owned(), tidied(&role).into_owned())).or_default().extend(values);
    }
    let read = |line: &str| serde_json::from_str::<Value>(line).ok();
    // One line at a time is read: the first time for what is known of the contacts, the second to take it out.
    journal.lines().filter_map(read).for_each(|mut value| _ = known.take_out_of(&mut value));
    let mut values: Vec<String> = known.0.values().flatten().cloned().collect();
    // The longest first: it may hold others.
    values.sort_by_key(|value| (Reverse(value.len()), value.clone()));
    let line = |line: &str| {
        let rewritten = read(line).and_then(|mut value| {
            let found = known.take_out_of(&mut value);
            let is_touched = blank_texts(&mut value, &values, found.is_some());
            (is_touched || found == Some(true)).then(|| value.to_string())
        });
        rewritten.unwrap_or_else(|| line.to_owned()) + "\n"
    };
    journal.lines().map(line).collect()
}

/// Takes the values out of the texts of a line that people have typed, and tells whether one was there.
fn blank_texts(line: &mut Value, values: &[String], is_about: bool) -> bool {
    let mut touched = false;
    for text in ["command", "reason"] {
        let Some(Value::String(text)) = line.get_mut(text) else { continue };
        let before = std::mem::take(text);
        *text = if values.len() > MOST_VALUES { BLANK.to_owned() } else { before.clone() };
        for value in values.iter().take(MOST_VALUES) {
            let is_long = value.chars().count() >= SHORTEST;
            if is_long || is_about {
                *text = blanked(text, value, is_long);
            }
        }
        touched |= *text != before;
    }
    touched
}

/// Returns a text without a value; one that is not looked for in words is left where letters or digits go on.
fn blanked(text: &str, value: &str, in_words: bool) -> String {
    let mut blanked = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(value).filter(|_| !value.is_empty()) {
        let (before, after) = (&rest[..at], &rest[at + value.len()..]);
        let goes_on = before.chars().next_back().or(blanked.chars().next_back()).is_some_and(char::is_alphanumeric)
            || after.starts_with(char::is_alphanumeric);
        blanked += before;
        blanked += if in_words || !goes_on { BLANK } else { value };
        rest = after;
    }
    blanked + rest
}

/// What is known of contacts, by subject and role.
struct Known(HashMap<(String, String), Vec<String>>);

impl Known {
    /// Takes the personal data out of the records of a line, remembering them, and tells whether there were any; `None`
    /// where it is about none of the contacts.
    fn take_out_of(&mut self, line: &mut Value) -> Option<bool> {
        let steps = line.get_mut("changes").and_then(Value::as_array_mut);
        let changes = steps.into_iter().flatten().filter_map(Value::as_array_mut).flatten();
        let mut found = None;
        for change in changes.filter(|change| change["table"] == Table::Contacts.name()) {
            for record in ["old", "new"] {
                if let Some(record) = change.get_mut(record).and_then(Value::as_object_mut) {
                    found = found.max(self.take_out(record));
                }
            }
        }
        found
    }

    fn take_out(&mut self, record: &mut Map<String, Value>) -> Option<bool> {
        // What was put right since may stand here with its stray blanks.
        let key = |name: &str| tidied(record.get(name).and_then(Value::as_str).unwrap_or_default()).into_owned();
        let values = self.0.get_mut(&(key("subject"), key("role")))?;
        let mut found = false;
        for column in PERSONAL {
            if let Some(Value::String(value)) = record.shift_remove(column) {
                found = true;
                if values.len() <= MOST_VALUES && !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Step;

    #[test]
    fn what_was_known_of_a_contact_leaves_every_line_and_nothing_else_does() {
        let contact = Record::new(Table::Contacts).with("subject", "fi-x").with("role", "Clerk");
        let old = contact.clone().with("name", "Maija Meri").with("phone", "+358 1");
        let new = contact.with("until", "2026");
        let plan = Plan { steps: vec![Step(vec![Change { old: Some(old), new: Some(new) }])] };
        let of = |plan: &Plan| wiped(plan).into_iter().map(|wiped| wiped.values).collect::<Vec<_>>();
        assert_eq!(of(&plan), [["Maija Meri", "+358 1"]]);
        assert_eq!(of(&without(&plan, &wiped(&plan))), [[""; 0]]);
        assert!(of(&plan.inverse()).is_empty());
        let contact = |cells: &str| {
            format!(r#"{{"changes":[[{{"table":"contacts","new":{{"subject":"fi-x","role":"Clerk"{cells}}}}}]]}}"#)
        };
        let journal = [
            &contact(r#","name":"Maija Meri","email":"maija@x.fi""#),
            &contact(r#","since":"2020","phone":"+358 2""#),
            r#"{"id":"1","command":"twin x maija@x.fi","reason":"Maija Meri, +358 2, asks","more":1.50}"#,
            r#"{"id":"2",   "command":"twin set Kuopio email=kirjaamo@x.fi"}"#,
            r#"{"changes":[[{"table":"contacts","new":{"subject":"fi-x","role":"Other","name":"Ossi"}}]]}"#,
        ];
        let left = [
            &contact(""),
            &contact(r#","since":"2020""#),
            r#"{"id":"1","command":"twin x …","reason":"…, …, asks","more":1.50}"#,
            journal[3],
            journal[4],
        ];
        assert_eq!(from_journal(&(journal.join("\n") + "\n"), wiped(&plan)), left.join("\n") + "\n");
        // Where very much was known nothing of what was typed is kept.
        let many: String = (0..=MOST_VALUES).map(|nth| contact(&format!(r#","name":"N{nth}""#)) + "\n").collect();
        let left = from_journal(&(many + journal[3] + "\n"), wiped(&plan));
        assert!(left.ends_with("{\"id\":\"2\",\"command\":\"…\"}\n") && !left.contains("\"N1\""), "{left}");
    }
}
