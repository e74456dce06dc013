//! Personal data that are taken out of a contact are taken out of the journal too.
//!
//! Who asks to be forgotten is forgotten: the values leave the table, the records before and after in every operation,
//! and the commands and reasons that quote them. The ids of operations stay as they were, for they are names.

use std::borrow::Cow;

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
    let is_wiped = |change: &Change| {
        let is_it = |wiped: &Wiped| change.key() == [wiped.subject.as_str(), wiped.role.as_str()];
        change.table() == Some(Table::Contacts) && wiped.iter().any(is_it)
    };
    let mut plan = plan.clone();
    for change in plan.steps.iter_mut().flat_map(|step| &mut step.0).filter(|change| is_wiped(change)) {
        for record in [&mut change.old, &mut change.new].into_iter().flatten() {
            PERSONAL.iter().for_each(|column| record.set(column, ""));
        }
    }
    Cow::Owned(plan)
}

/// Returns a journal without the personal data of these contacts; lines that hold none stay as they are.
pub fn from_journal(journal: &str, mut wiped: Vec<Wiped>) -> String {
    let mut lines: Vec<(&str, Option<Value>)> =
        journal.lines().map(|line| (line, serde_json::from_str(line).ok())).collect();
    let mut touched = vec![false; lines.len()];
    let mut is_about = vec![false; lines.len()];
    for (((_, value), touched), is_about) in lines.iter_mut().zip(&mut touched).zip(&mut is_about) {
        let steps = value.as_mut().and_then(|line| line.get_mut("changes")).and_then(Value::as_array_mut);
        let changes = steps.into_iter().flatten().filter_map(Value::as_array_mut).flatten();
        for change in changes.filter(|change| change["table"] == Table::Contacts.name()) {
            for record in ["old", "new"] {
                if let Some(record) = change.get_mut(record).and_then(Value::as_object_mut) {
                    let found = take_out(record, &mut wiped);
                    *is_about |= found.is_some();
                    *touched |= found == Some(true);
                }
            }
        }
    }
    let values: Vec<&str> = wiped.iter().flat_map(|wiped| &wiped.values).map(String::as_str).collect();
    for (((_, value), touched), is_about) in lines.iter_mut().zip(&mut touched).zip(is_about) {
        for text in ["command", "reason"] {
            let Some(Value::String(text)) = value.as_mut().and_then(|line| line.get_mut(text)) else { continue };
            for value in &values {
                let is_long = value.chars().count() >= SHORTEST;
                if is_long || is_about {
                    let blanked = blanked(text, value, is_long);
                    *touched |= blanked != *text;
                    *text = blanked;
                }
            }
        }
    }
    let line = |((line, value), touched): ((&str, Option<Value>), bool)| match value {
        Some(value) if touched => value.to_string(),
        _ => line.to_owned(),
    };
    lines.into_iter().zip(touched).map(|line_of| line(line_of) + "\n").collect()
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

/// Takes the personal data out of a record, remembering them, and tells whether there were any; `None` where it is of
/// none of the contacts.
fn take_out(record: &mut Map<String, Value>, wiped: &mut [Wiped]) -> Option<bool> {
    let is_it = |wiped: &&mut Wiped| {
        // What was put right since may stand here with its stray blanks.
        let is = |column: &str, cell: &str| {
            record.get(column).and_then(Value::as_str).is_some_and(|known| tidied(known) == tidied(cell))
        };
        is("subject", &wiped.subject) && is("role", &wiped.role)
    };
    let wiped = wiped.iter_mut().find(is_it)?;
    let mut found = false;
    for column in PERSONAL {
        if let Some(Value::String(value)) = record.shift_remove(column) {
            found = true;
            if !wiped.values.contains(&value) {
                wiped.values.push(value);
            }
        }
    }
    Some(found)
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
    }
}
