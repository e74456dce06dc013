//! Statements in the form that QuickStatements takes, version 1: a line each, tabs between the parts.
//!
//! <https://www.wikidata.org/wiki/Help:QuickStatements#Command_sequence_syntax>: P190 twinned administrative body, P580
//! start time, P582 end time, S854 reference URL. A date has its precision behind it: 11 a day, 10 a month, 9 a year, 8 a
//! decade.

use std::io::{self, Write};

use crate::report::compare::Lacking;

/// Writes the statements.
pub fn quickstatements(statements: &[Lacking], to: &mut dyn Write) -> io::Result<()> {
    for Lacking { items: [item, twin], dates, source } in statements {
        write!(to, "{item}\tP190\t{twin}")?;
        for (property, date) in ["P580", "P582"].iter().zip(dates) {
            if let Some(time) = time(date) {
                write!(to, "\t{property}\t{time}")?;
            }
        }
        if !source.is_empty() {
            write!(to, "\tS854\t\"{}\"", source.replace('"', "%22"))?;
        }
        writeln!(to)?;
    }
    Ok(())
}

/// Returns a date with its precision; `None` of one that is about, uncertain or a stretch, which a time there cannot be.
fn time(date: &str) -> Option<String> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(decade) = date.strip_suffix('X').filter(|decade| decade.len() == "196".len() && is_digits(decade)) {
        return Some(format!("+{decade}0-00-00T00:00:00Z/8"));
    }
    let parts: Vec<&str> = date.split('-').collect();
    let has_form = parts.iter().zip([4, 2, 2]).all(|(part, length)| part.len() == length && is_digits(part));
    match &parts[..] {
        [year] if has_form => Some(format!("+{year}-00-00T00:00:00Z/9")),
        [year, month] if has_form => Some(format!("+{year}-{month}-00T00:00:00Z/10")),
        [_, _, _] if has_form => Some(format!("+{date}T00:00:00Z/11")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_the_precision_that_is_known() {
        for (date, written) in [
            ("1982-06-11", Some("+1982-06-11T00:00:00Z/11")),
            ("2022-03", Some("+2022-03-00T00:00:00Z/10")),
            ("1965", Some("+1965-00-00T00:00:00Z/9")),
            ("196X", Some("+1960-00-00T00:00:00Z/8")),
            ("1965~", None),
            ("2024-06-11?", None),
            ("[..2016]", None),
            ("", None),
        ] {
            assert_eq!(time(date).as_deref(), written, "{date}");
        }
    }
}
