//! The forms of ids, addresses, and texts that a spreadsheet would run.

/// The form of an id or a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Two capital letters: ISO 3166-1 alpha-2.
    Country,
    /// The id of a party: the country in small letters, and the slug of the local official name.
    Party,
    /// The id of a network or a source.
    Slug,
    /// The item of a Wikidata entity: `Q1757`.
    Wikidata,
    /// A declared total: `15`, `~900` or `~90%`.
    Total,
}

impl Pattern {
    /// Returns it as a regular expression without anchors.
    pub fn regex(self) -> &'static str {
        match self {
            Pattern::Country => "[A-Z]{2}",
            Pattern::Party => "[a-z]{2}(-[a-z0-9]+)+",
            Pattern::Slug => "[a-z0-9]+(-[a-z0-9]+)*",
            Pattern::Wikidata => "Q[1-9][0-9]*",
            Pattern::Total => "~?[0-9]+%?",
        }
    }

    /// Tells whether a text has the form.
    pub fn matches(self, text: &str) -> bool {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Pattern::Country => text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
            Pattern::Party => match text.as_bytes() {
                [b'a'..=b'z', b'a'..=b'z', b'-', slug @ ..] => is_slug(slug),
                _ => false,
            },
            Pattern::Slug => is_slug(text.as_bytes()),
            Pattern::Wikidata => {
                text.strip_prefix('Q').is_some_and(|number| is_number(number) && !number.starts_with('0'))
            }
            Pattern::Total => {
                let number = text.strip_prefix('~').unwrap_or(text);
                is_number(number.strip_suffix('%').unwrap_or(number))
            }
        }
    }
}

fn is_slug(text: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.split(|byte| *byte == b'-').all(|part| !part.is_empty() && part.iter().all(is_plain))
}

/// Tells whether a text is the address of something on the web.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && !text.contains(char::is_whitespace)
}

/// Tells whether a text looks like a mail address: two parts of words with dots between them, the second of two words at
/// least. Quoted names, which RFC 5322 has too, nobody uses.
pub fn is_mail_address(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && !word.contains(|sign: char| sign.is_whitespace() || "@<>()[],;:\\\"".contains(sign))
    };
    let is_part = |part: &str| part.split('.').all(is_word);
    text.split_once('@').is_some_and(|(who, host)| is_part(who) && is_part(host) && host.contains('.'))
}

/// Tells whether a sign steers instead of being shown: control characters, marks that turn the direction of a text, signs
/// without width (Unicode Technical Reports 36 and 39). Those that join and part letters in a word (U+200C, U+200D) do
/// not: Persian and Indian names need them.
pub fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Tells whether a spreadsheet would run a text that stands in a cell: it begins with `=`, `+`, `-`, `@`, their wide
/// forms, a tab or a line end (OWASP, “CSV injection”), and is no number or telephone number; of those with hyphens it
/// would make differences.
pub fn runs_in_spreadsheet(text: &str) -> bool {
    let starts = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
    let is_number = text.len() > 1 && text.chars().skip(1).all(|sign| sign.is_ascii_digit() || " .,()".contains(sign));
    starts && !(is_number && text.starts_with(['+', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_has_two_parts() {
        for right in ["kirjaamo@kuopio.fi", "maija.meri@lahti.fi", "a+b@xn--d-viaa.example"] {
            assert!(is_mail_address(right), "{right}");
        }
        for wrong in
            ["", "kirjaamo", "kirjaamo@kuopio", "a@b@c.fi", "<a@b.fi>", "a..b@c.fi", "a@.fi", "a b@c.fi", "@b.fi"]
        {
            assert!(!is_mail_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_form_is_what_its_expression_says() {
        for (pattern, right, wrong) in [
            (Pattern::Country, &["FI", "XK"][..], &["", "fi", "FIN", "F1"][..]),
            (Pattern::Party, &["fi-ii", "us-springfield-il", "fi-1"], &["", "fi", "fi-", "FI-ii", "fin-ii", "fi--ii"]),
            (Pattern::Slug, &["hel-fi-2020", "4"], &["", "Hel", "hel--fi", "hel-", "hel_fi"]),
            (Pattern::Wikidata, &["Q1", "Q1757"], &["", "Q", "Q0", "Q01", "q1", "1757", "Q1a"]),
            (Pattern::Total, &["0", "15", "~900", "~90%", "5%"], &["", "~", "%", "about 9", "1~", "-1"]),
        ] {
            right.iter().for_each(|text| assert!(pattern.matches(text), "{pattern:?} {text}"));
            wrong.iter().for_each(|text| assert!(!pattern.matches(text), "{pattern:?} {text}"));
        }
    }
}
