//! What findings say to people and programs: a sentence, the way out, the place and the record.

use std::borrow::Cow;

use super::field::Context;
use crate::check::{Finding, Rule, Severity, Spot};
use crate::i18n::findings;
use crate::model::{Municipality, Row, Table};

/// A finding that is told.
#[derive(Clone, Copy)]
pub struct Told<'t, 'r> {
    finding: &'t Finding<'r>,
    context: Context<'r>,
    /// The file's name.
    pub file: &'t str,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Tells of a finding, of which the file, the line and the column are known.
pub fn tell<'t, 'r>(
    context: Context<'r>,
    finding: &'t Finding<'r>,
    (file, line, column): (&'t str, usize, usize),
) -> Told<'t, 'r> {
    Told { finding, context, file, line, column }
}

impl<'r> Told<'_, 'r> {
    /// Returns the rule.
    pub fn rule(&self) -> &'static Rule {
        self.finding.rule
    }

    /// Returns the row it is about; `None` where it is about a file.
    pub fn row(&self) -> Option<Row<'r>> {
        match self.finding.at {
            Spot::Cell((table, row, _)) => Some(self.context.registry.grid(table).row(row.checked_sub(1)? as usize)),
            Spot::File(_) => None,
        }
    }

    /// Returns the key of the record, its cells apart by commas.
    pub fn key(&self) -> Option<String> {
        self.row().map(|row| row.key().join(","))
    }

    /// Says what was found, in the reader's language.
    pub fn message(&self) -> String {
        let mut text = String::new();
        self.write_message(&mut text);
        text
    }

    /// Says what to do about it.
    pub fn hint(&self) -> String {
        let mut text = String::new();
        self.write_hint(&mut text);
        text
    }

    /// Adds what was found to a text.
    pub fn write_message(&self, text: &mut String) {
        let context = self.context;
        // Most findings about a place stand in its own row.
        let own = self.row().filter(|row| row.table() == Table::Municipalities).map(Municipality::from);
        let find = |id| own.filter(|place| place.id() == id).or_else(|| context.registry.municipality(id));
        let name = |id: &'r str| match find(id) {
            Some(place) => Cow::Borrowed(context.name(place)),
            None => Cow::Owned(context.country_name(id)),
        };
        // Writing into a text does not fail.
        _ = findings::message(&self.finding.what, self.context.lang(), &name, text);
    }

    /// Adds to a text what to do about it.
    pub fn write_hint(&self, text: &mut String) {
        _ = findings::way_out(&self.finding.what, self.context.lang(), text);
    }
}

/// Counts findings by severity: errors, warnings, the rest.
pub fn counts(found: &[Finding<'_>]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Info]
        .map(|severity| found.iter().filter(|finding| finding.rule.severity == severity).count())
}
