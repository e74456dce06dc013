//! What stands in cells of text: signs that cannot be seen, blanks, formulas, people's data, and forms.

use memchr::{memchr_iter, memchr3};
use wide::u8x16;

use super::finding::{Spot, What};
use super::{Case, Findings, Pair, Place};
use crate::edit::blanks::right;
use crate::edit::record::is_listed;
use crate::model::marks::BLOCK;
use crate::model::pattern::{Pattern, is_mail_address, is_web_address, runs_in_spreadsheet, steers};
use crate::model::{Column, Registry, Row, Table, Truth, Type};

/// One cell.
pub struct Cell<'r> {
    row: Row<'r>,
    place: usize,
    name: &'r str,
    /// What the schema says of its column, if it knows it.
    column: Option<&'static Column>,
    text: &'r str,
}

impl Cell<'_> {
    fn at(&self) -> Spot<'static> {
        Spot::Cell((self.row.table(), self.row.number() as u32 + 1, self.place as u32))
    }
}

/// Calls `look` with every cell that has a sign which is rare in a table; most rows have none, and are not looked at.
pub fn each_suspect<'r>(registry: &'r Registry<'r>, mut look: impl FnMut(&Cell<'r>)) {
    for grid in Table::ALL.map(|table| registry.grid(table)) {
        let schema = grid.schema();
        let header: Vec<&str> = grid.header().collect();
        let known = |name: &&str| schema.column(name).map(|column| &schema.columns[column]);
        let columns: Vec<Option<&Column>> = header.iter().map(known).collect();
        let mut last = 0;
        let text = grid.text();
        // How far quotes have been counted, and how many there are from the beginning of the row.
        let (mut counted, mut quotes) = (0, 0);
        each_odd_place(text, |at| {
            let number = grid.row_at(at);
            if number <= last {
                return;
            }
            let start = grid.span(number, 0).start;
            if counted < start {
                (counted, quotes) = (start, 0);
            }
            quotes += memchr_iter(b'"', &text.as_bytes()[counted..at]).count();
            counted = at;
            // A comma within a quoted cell is no edge of it.
            if text[at..].starts_with(' ') && quotes % 2 == 1 && is_within(text, at) {
                return;
            }
            last = number;
            let row = grid.row(number - 1);
            for (place, text) in row.all().into_iter().enumerate() {
                look(&Cell { row, place, name: header[place], column: columns[place], text });
            }
        });
    }
}

/// Tells whether a blank of a quoted cell stands between letters, or beside a comma.
fn is_within(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_edge = |byte: Option<&u8>| matches!(byte, None | Some(b'"' | b'\n' | b' '));
    !is_edge(at.checked_sub(1).and_then(|before| bytes.get(before))) && !is_edge(bytes.get(at + 1))
}

/// Calls `look` where something may be wrong with a cell: at an invisible sign, at a blank that is no plain one, or stands
/// beside another or at the end of a cell, and at what begins a formula at the beginning of one.
fn each_odd_place(text: &str, mut look: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut take = |at: usize| {
        if is_odd_place(text, at) {
            look(at);
        }
    };
    let (blocks, rest) = bytes.as_chunks();
    for (block, base) in blocks.iter().zip((0..).step_by(BLOCK)) {
        let mut odd = suspects(block);
        while odd != 0 {
            take(base + odd.trailing_zeros() as usize);
            odd &= odd - 1;
        }
    }
    (bytes.len() - rest.len()..bytes.len()).for_each(take);
}

/// Tells whether something may be wrong with a cell by the sign that begins at a byte of it.
fn is_odd_place(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    // Beside a quote that opens or closes the cell, or at its end.
    let is_edge = |beside: Option<usize>, beyond: Option<usize>| match beside.and_then(|at| bytes.get(at)) {
        Some(b'"') => matches!(beyond.and_then(|at| bytes.get(at)), None | Some(b',' | b'\n')),
        Some(byte) => matches!(byte, b',' | b'\n'),
        None => true,
    };
    let starts = || is_edge(at.checked_sub(1), at.checked_sub(2));
    match bytes[at] {
        b'\n' => false,
        b' ' => starts() || is_edge(Some(at + 1), Some(at + 2)) || bytes[at + 1..].starts_with(b" "),
        b'=' | b'+' | b'-' | b'@' => starts() && !is_plain_number(&bytes[at..]),
        byte if byte.is_ascii() => byte.is_ascii_control(),
        // The first bytes of no-break spaces and C1 controls; of Arabic, Mongolian and general marks; of the ideographic
        // space, the byte order mark and tags.
        0xC2 | 0xD8 | 0xE1..=0xE3 | 0xEF | 0xF3 => {
            let is_odd = |sign: char| is_invisible(sign) || sign.is_whitespace();
            text[at..].chars().next().is_some_and(is_odd) || starts() && runs_in_spreadsheet(&text[at..])
        }
        _ => false,
    }
}

/// Marks, a bit each, the bytes of a block at which something may be wrong, by a glance: at blanks and at what may begin
/// a formula only those with an edge beside them, or at the ends of the block, where that is not known.
fn suspects(block: &[u8; BLOCK]) -> u64 {
    let (mut blanks, mut edges, mut formulas, mut others) = (0, 0, 0, 0);
    let (parts, _) = block.as_chunks();
    for (part, shift) in parts.iter().map(|part| u8x16::new(*part)).zip((0..BLOCK).step_by(16)) {
        let is = |sign: u8| part.simd_eq(u8x16::splat(sign));
        let at_most = |sign: u8| part.min(u8x16::splat(sign)).simd_eq(part);
        let bits = |signs: u8x16| u64::from(signs.to_bitmask()) << shift;
        let (lines, are_blank) = (is(b'\n'), is(b' '));
        blanks |= bits(are_blank);
        edges |= bits(lines | is(b',') | is(b'"') | are_blank);
        formulas |= bits(is(b'=') | is(b'+') | is(b'-') | is(b'@'));
        others |= bits(at_most(0x1F) & !lines | is(0x7F));
        // Most text is ASCII.
        if bits(part) != 0 {
            others |= bits(at_most(0xE3) & !at_most(0xE0) | is(0xC2) | is(0xD8) | is(0xEF) | is(0xF3));
        }
    }
    let ends = 1 | 1 << (BLOCK - 1);
    (blanks & (edges << 1 | edges >> 1 | ends)) | (formulas & (edges << 1 | ends)) | others
}

/// Tells whether the cell that begins here is a plain number.
fn is_plain_number(bytes: &[u8]) -> bool {
    let rest = bytes[1..].iter().find(|byte| !byte.is_ascii_digit() && **byte != b'.');
    matches!(bytes[0], b'-' | b'+')
        && matches!(rest, None | Some(b',' | b'\n'))
        && bytes.get(1).is_some_and(u8::is_ascii_digit)
}

/// Tells whether a sign cannot be seen; a line end within a text is none of them, and odd blanks have a rule of their own.
fn is_invisible(sign: char) -> bool {
    steers(sign) && !matches!(sign, '\n' | '\t')
}

/// Finds signs that cannot be seen.
pub fn invisible<'r>(cell: &Cell<'r>, findings: &mut Findings<'r>) {
    if let Some(sign) = cell.text.chars().find(|sign| is_invisible(*sign)) {
        findings.add(cell.at(), What::Invisible { column: cell.name, sign });
    }
}

/// Finds blanks at the ends of a cell, several in a row, and others than the common one. How the items of a list are set
/// apart is a matter of the canonical form.
pub fn blanks<'r>(cell: &Cell<'r>, findings: &mut Findings<'r>) {
    let Some(column) = cell.column else { return };
    let is_list = matches!(column.kind, Type::List) && !is_listed(cell.text);
    // What makes a cell no date, or no word of its vocabulary, is told as that.
    if !is_list && *right(column, cell.text) != *cell.text && column.flaw(cell.text).is_none() {
        findings.add(cell.at(), What::Blanks { column: cell.name, cell: cell.text });
    }
}

/// Finds texts that a spreadsheet would run as a formula, numbers and telephone numbers excepted.
pub fn formula<'r>(cell: &Cell<'r>, findings: &mut Findings<'r>) {
    if runs_in_spreadsheet(cell.text) {
        findings.add(cell.at(), What::Formula { column: cell.name, cell: cell.text });
    }
}

/// The columns of free text, beside those of partnerships and parties.
const FREE: [(Table, &str); 6] = [
    (Table::Events, "reason"),
    (Table::Claims, "note"),
    (Table::Declarations, "note"),
    (Table::Networks, "note"),
    (Table::Members, "note"),
    (Table::Mergers, "note"),
];

/// Finds telephone numbers and mail addresses in free text: contacts are kept where they can be forgotten.
pub fn personal_data<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for (table, column) in FREE {
        let grid = case.registry.grid(table);
        let Some(number) = grid.schema().column(column) else { continue };
        for row in grid.rows().filter(|row| is_personal(row.get(number))) {
            findings.add(Spot::of(row, column), What::PersonalData { column });
        }
    }
}

/// Finds them in the notes of partnerships.
pub fn personal_pair<'r>(_: &Case<'r>, pair: &Pair<'r>, findings: &mut Findings<'r>) {
    if is_personal(pair.note) {
        findings.add(pair.at("note"), What::PersonalData { column: "note" });
    }
}

/// Finds them in what is said of parties.
pub fn personal_place<'r>(_: &Case<'r>, place: &Place<'r>, findings: &mut Findings<'r>) {
    for (column, text) in [("policy", place.policy), ("note", place.note)] {
        if is_personal(text) {
            findings.add(place.at(column), What::PersonalData { column });
        }
    }
}

/// How many signs a telephone number has at most, with its blanks and brackets.
const LONGEST_NUMBER: usize = 32;

/// Tells whether a text holds what looks like a mail address, or like a telephone number: eight digits and more, with
/// blanks, hyphens and brackets between them, from a `+` or a 0 on.
fn is_personal(text: &str) -> bool {
    if memchr3(b'@', b'+', b'0', text.as_bytes()).is_none() {
        return false;
    }
    let is_of_address = |sign: char| sign.is_alphanumeric() || "@._%+-".contains(sign);
    let mail = |word: &str| is_mail_address(word.trim_matches(|sign: char| !sign.is_alphanumeric()));
    if text.contains('@') && text.split(|sign| !is_of_address(sign)).any(mail) {
        return true;
    }
    let mut before = [' ', ' '];
    for (at, sign) in text.char_indices() {
        if matches!(sign, '+' | '0') && begins_number(before) && is_number(&text.as_bytes()[at..]) {
            return true;
        }
        before = [before[1], sign];
    }
    false
}

/// Tells whether a telephone number may begin behind two signs: not within a word or another number, but behind `puh.`.
fn begins_number([first, second]: [char; 2]) -> bool {
    match second {
        '-' | '/' | '+' => false,
        '.' => first.is_alphabetic(),
        second => !second.is_alphanumeric(),
    }
}

/// Tells whether a text begins with a telephone number, from its `+` or 0 on: no day (01.06.2001), and no number of a
/// business (0123456-7).
fn is_number(text: &[u8]) -> bool {
    let is_of_number = |sign: &&u8| sign.is_ascii_digit() || b" -()+./".contains(sign);
    let len = text.iter().take(LONGEST_NUMBER).take_while(is_of_number).count();
    let number = text[..len].trim_ascii_end();
    let number = number.strip_suffix(b".").unwrap_or(number);
    let digits = number.iter().filter(|sign| sign.is_ascii_digit()).count();
    // The lengths of the groups of digits.
    let groups: Vec<usize> = number.split(|sign| !sign.is_ascii_digit()).map(<[u8]>::len).collect();
    let is_other = matches!(groups[..], [2, 2, 4] | [7, 1]) || number.starts_with(b"000");
    (8..=15).contains(&digits) && number.get(1).is_some_and(u8::is_ascii_digit) && !is_other
}

/// Finds contacts whose time is over, and of whom it still stands there who they were.
pub fn expired_contact<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for contact in case.registry.contacts() {
        let Some(until) = contact.until().filter(|until| until.by(case.today) == Truth::Yes) else { continue };
        if [contact.name(), contact.email(), contact.phone()].iter().any(|cell| !cell.is_empty()) {
            let (subject, role) = (contact.subject(), contact.role());
            findings.add(Spot::of(contact.row(), "until"), What::ExpiredContact { subject, role, until });
        }
    }
}

/// Finds ids and counts that have not the form of their column, and claims of what a partnership cannot have.
pub fn form<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for grid in Table::ALL.map(|table| case.registry.grid(table)) {
        for (number, column) in grid.schema().columns.iter().enumerate() {
            let Type::Pattern(pattern) = column.kind else { continue };
            // Items have a rule of their own.
            if pattern == Pattern::Wikidata {
                continue;
            }
            for row in grid.rows() {
                let cell = row.get(number);
                if !cell.is_empty() && !pattern.matches(cell) {
                    findings.add(Spot::of(row, column.name), What::Form { column: column.name, cell });
                }
            }
        }
    }
    let schema = Table::Partnerships.schema();
    for claim in case.registry.claims() {
        let (field, value) = (claim.field(), claim.value());
        let column = schema.column(field).map(|column| &schema.columns[column]);
        let is_key = schema.key.contains(&field);
        match column.filter(|_| !is_key) {
            None if field != "exists" && !field.is_empty() => {
                findings.add(Spot::of(claim.row(), "field"), What::ClaimField { field });
            }
            None if field == "exists" && !matches!(value, "yes" | "no" | "") => {
                findings.add(Spot::of(claim.row(), "value"), What::ClaimValue { field, value });
            }
            Some(column) if !value.is_empty() && column.flaw(value).is_some() => {
                findings.add(Spot::of(claim.row(), "value"), What::ClaimValue { field, value });
            }
            _ => {}
        }
    }
}

/// Finds web and mail addresses that are none, in all tables but that of parties.
pub fn address<'r>(case: &Case<'r>, findings: &mut Findings<'r>) {
    for grid in Table::ALL.map(|table| case.registry.grid(table)) {
        let columns = grid.schema().columns.iter().enumerate();
        let addresses = columns.filter(|(_, column)| matches!(column.kind, Type::Uri | Type::Email));
        for (number, column) in addresses.filter(|_| grid.table() != Table::Municipalities) {
            for row in grid.rows() {
                if let Some(what) = no_address(column.name, column.kind, row.get(number)) {
                    findings.add(Spot::of(row, column.name), what);
                }
            }
        }
    }
}

/// Finds those of parties.
pub fn place_address<'r>(_: &Case<'r>, place: &Place<'r>, findings: &mut Findings<'r>) {
    for (column, kind, cell) in [("website", Type::Uri, place.website), ("email", Type::Email, place.email)] {
        if let Some(what) = no_address(column, kind, cell) {
            findings.add(place.at(column), what);
        }
    }
}

fn no_address<'r>(column: &'static str, kind: Type, cell: &'r str) -> Option<What<'r>> {
    match kind {
        _ if cell.is_empty() => None,
        Type::Email => (!is_mail_address(cell)).then_some(What::MailAddress { column }),
        _ => (!is_web_address(cell)).then_some(What::WebAddress { column, cell }),
    }
}
