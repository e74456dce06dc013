//! Reports as web pages: one file each, that asks nothing of any network and can be read without JavaScript.
//!
//! Every value goes through [`escaped`], so that none is markup. The policy in the page (Content Security Policy Level 3)
//! lets nothing run or style it but the two texts that stand in it, by their hashes.

mod bars;
mod figure;
mod map;

use std::borrow::Cow;
use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::harmless::harmless;
use crate::i18n::{Lang, documents as words};
use crate::model::Status;
use crate::model::pattern::is_web_address;
use crate::report::document::{Document, Figure, Part};
use crate::report::{Cell, Table};

/// How the page looks.
const STYLE: &str = include_str!("html/style.css");
/// What searches and sorts its tables.
const SCRIPT: &str = include_str!("html/script.js");

/// Draws a page.
pub fn document(document: &Document<'_>, lang: Lang, to: &mut dyn Write) -> io::Result<()> {
    let title = escaped(&document.title);
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    write!(
        to,
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style}'; \
         script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n",
        tag = lang.tag(),
    )?;
    document.lead.iter().try_for_each(|text| writeln!(to, "<p>{}</p>", escaped(text)))?;
    to.write_all(b"</header>\n")?;
    if document.parts.len() > 1 {
        writeln!(to, "<nav aria-label=\"{}\">\n<ul>", words::contents(lang))?;
        for (nth, part) in (1..).zip(&document.parts) {
            writeln!(to, "<li><a href=\"#part-{nth}\">{}</a></li>", escaped(&part.title))?;
        }
        to.write_all(b"</ul>\n</nav>\n")?;
    }
    write!(
        to,
        "<main>\n<div id=\"tools\" hidden>\n<label for=\"search\">{}</label>\n\
         <input type=\"search\" id=\"search\" autocomplete=\"off\">\n<p id=\"found\" role=\"status\" data-words=\"{}\" \
         data-all=\"{}\"></p>\n\
         <p>{}</p>\n</div>\n",
        words::search(lang),
        words::rows_found(lang),
        words::all_values(lang),
        words::sort_hint(lang),
    )?;
    for (nth, part) in (1..).zip(&document.parts) {
        section(nth, part, lang, to)?;
    }
    to.write_all(b"</main>\n")?;
    if !document.origin.is_empty() {
        writeln!(to, "<footer>\n<h2>{}</h2>\n<dl>", words::origin(lang))?;
        for (what, text) in &document.origin {
            writeln!(to, "<dt>{what}</dt><dd>{}</dd>", escaped(text))?;
        }
        to.write_all(b"</dl>\n</footer>\n")?;
    }
    write!(to, "<script>{SCRIPT}</script>\n</body>\n</html>\n")
}

/// Draws a table under its heading, and what is to be seen of it above. Either may be wider than the page: then it alone moves
/// sideways, by keys too.
fn section(nth: usize, part: &Part<'_>, lang: Lang, to: &mut dyn Write) -> io::Result<()> {
    let Part { title, table, figures } = part;
    writeln!(
        to,
        "<section id=\"part-{nth}\" aria-labelledby=\"heading-{nth}\">\n<h2 id=\"heading-{nth}\">{}</h2>",
        escaped(title)
    )?;
    for figure in figures {
        match figure {
            Figure::Bars(bars) => bars::bars(*bars, part, lang, to)?,
            Figure::Maps(maps) => maps.drawn().iter().try_for_each(|map| map::map(map, lang, to))?,
        }
    }
    write!(
        to,
        "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-labelledby=\"heading-{nth}\">\n<table>\n<thead>\n<tr>"
    )?;
    for (column, is_number) in table.columns.iter().zip(table.numeric()) {
        let class = if is_number { " class=\"number\"" } else { "" };
        write!(to, "<th scope=\"col\"{class}>{}</th>", escaped(column.label))?;
    }
    to.write_all(b"</tr>\n</thead>\n<tbody>\n")?;
    rows(table, to)?;
    to.write_all(b"</tbody>\n</table>\n</div>\n</section>\n")
}

/// Draws the rows of a table; the first cell names the row.
fn rows(table: &Table<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    for row in table.rows() {
        line.clear();
        line.push_str("<tr>");
        for (nth, cell) in row.iter().enumerate() {
            let (open, close) = match cell {
                _ if nth == 0 => ("<th scope=\"row\">", "</th>"),
                cell if cell.is_number() => ("<td class=\"number\">", "</td>"),
                Cell::Date(_) => ("<td class=\"date\">", "</td>"),
                _ => ("<td>", "</td>"),
            };
            line.push_str(open);
            inner(cell, &mut line);
            line.push_str(close);
        }
        line.push_str("</tr>\n");
        to.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// Draws what stands in a cell: an address as a link, a status so that it is told by more than its colour.
fn inner(cell: &Cell<'_>, to: &mut String) {
    let shown = cell.display();
    let text = escaped(&shown);
    match cell {
        Cell::Word(word, _) if Status::parse(word).is_some() => {
            to.extend(["<span class=\"status ", word, "\">", &text, "</span>"]);
        }
        Cell::Text(_) if is_web_address(&shown) => {
            to.extend(["<a href=\"", &text, "\" rel=\"noreferrer\">", &text, "</a>"]);
        }
        _ => to.push_str(&text),
    }
}

/// Returns the text so that no sign of it is markup, in an element and in an attribute between double quotes (HTML Living
/// Standard, 13.3), or turns the reading round.
fn escaped(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            sign => escaped.push(sign),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_value_is_no_markup() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
        assert_eq!(escaped("a\u{202e}b\u{1b}[2J"), "ab[2J");
        assert_eq!(escaped("Győr"), "Győr");
    }
}
