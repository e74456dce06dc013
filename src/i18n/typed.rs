//! Texts as they are typed in a command that people are told: a shell must read them as they are, and nothing else into
//! them (POSIX Shell Command Language, 2.2). What is in a table must not become a command of its own.

use std::fmt;

/// Returns a name as it is typed.
pub fn quoted(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_alphanumeric() || "-~.+".contains(letter));
    if plain {
        name.to_owned()
    } else if name.contains(['"', '$', '`', '\\', '!']) {
        literal(name)
    } else {
        format!("\"{name}\"")
    }
}

/// What stands in a cell, as it is typed: between single quotes, unless it is letters, digits and what ids, dates and web
/// addresses are made of.
pub struct Typed<T>(pub T);

impl<T: AsRef<str>> fmt::Display for Typed<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.as_ref();
        let is_plain = |byte: u8| {
            byte.is_ascii_alphanumeric()
                || !byte.is_ascii()
                || matches!(byte, b'-' | b'_' | b'.' | b',' | b':' | b'/' | b'@' | b'+')
        };
        if !text.is_empty() && text.bytes().all(is_plain) { to.write_str(text) } else { to.write_str(&literal(text)) }
    }
}

/// Returns a text between single quotes, in which a shell reads every sign as it is.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
