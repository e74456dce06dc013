//! What is told of a foreign list that is held against the registry: how it was read, and what each row is.

use std::cmp::Ordering;

use super::field::Context;
use crate::i18n::labels::Label;
use crate::i18n::{Lang, importing as words};
use crate::import::columns::Field;
use crate::import::outcome::{Conflict, Difference, Line, Obstacle, OnConflict, Outcome, Verdict, Why, count};
use crate::import::places::{Doubt, Found, How, Refusal};
use crate::import::statement::Unread;
use crate::import::{Foreign, Form, Mapping};
use crate::model::{Kind, Status};
use crate::query::{Candidate, FindError};

/// Says how a list was read: its form, and what its columns mean.
pub fn reading(lang: Lang, file: &str, foreign: &Foreign, mapping: &Mapping) -> String {
    let form = match &foreign.form {
        Form::Delimited(b',') => words::commas(lang).to_owned(),
        Form::Delimited(b';') => words::semicolons(lang).to_owned(),
        Form::Delimited(b'\t') => words::tabs(lang).to_owned(),
        Form::Delimited(b'|') => words::bars(lang).to_owned(),
        Form::Delimited(other) => words::separated(lang, char::from(*other)),
        Form::Sheet(name) => words::sheet(lang, name),
        Form::Json => words::json(lang).to_owned(),
        Form::Sparql => words::sparql(lang).to_owned(),
        Form::Entities => words::entities(lang).to_owned(),
        Form::Registry => words::registry(lang).to_owned(),
    };
    let rows = foreign.rows.len() - mapping.header - 1;
    let rows = if rows == 1 { words::one_row(lang).to_owned() } else { words::rows(lang, rows) };
    let mut told = words::read(lang, file, &rows, &form);
    if foreign.form != Form::Registry {
        told += "; ";
        told += &columns(lang, &mapping.named(foreign)).join(", ");
    }
    told
}

/// Names columns with what they mean; of many that mean the same the first and the last.
fn columns(lang: Lang, named: &[(&str, &str)]) -> Vec<String> {
    const MANY: usize = 3;
    let alike = named.chunk_by(|one, other| one.1 == other.1);
    let told = alike.flat_map(|columns| match columns {
        [(first, role), .., (last, _)] if columns.len() > MANY => vec![words::more_columns(lang, first, last, role)],
        few => few
            .iter()
            .map(|(header, role)| if header.is_empty() { format!("1 = {role}") } else { format!("{header} = {role}") })
            .collect(),
    });
    told.collect()
}

/// Counts what the rows are.
pub fn counts(lang: Lang, lines: &[Line]) -> String {
    let [new, filled, same, conflict, doubtful, rejected] = Outcome::ALL.map(|outcome| count(lines, outcome));
    words::counts(lang, new, filled, same, conflict, doubtful, rejected)
}

/// Says what the rows are, a line each, in the order of the outcomes; those that are the same only if `all`, or if a name
/// was read otherwise than it stands here. Returns how many are not told, too.
pub fn lines(context: Context<'_>, lines: &[Line], all: bool) -> (Vec<[String; 3]>, usize) {
    let is_told = |line: &&Line| {
        all || line.outcome() != Outcome::Same || [0, 1].iter().any(|side| otherwise(context, line, *side).is_some())
    };
    let mut told: Vec<&Line> = lines.iter().filter(is_told).collect();
    told.sort_by_key(|line| line.outcome());
    let hidden = lines.len() - told.len();
    let lang = context.lang();
    let told = told
        .into_iter()
        .map(|line| [label(lang, line.outcome()).to_owned(), words::row(lang, line.row), sentence(context, line)]);
    (told.collect(), hidden)
}

/// Returns what an outcome is called.
pub fn label(lang: Lang, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => words::new(lang),
        Outcome::FilledIn => words::filled_in(lang),
        Outcome::Same => words::same(lang),
        Outcome::Conflict => words::conflict(lang),
        Outcome::Doubtful => words::doubtful(lang),
        Outcome::Rejected => words::rejected(lang),
    }
}

/// Says what one row is: its pair, and what is to be told of it.
fn sentence(context: Context<'_>, line: &Line) -> String {
    let pair = [0, 1].map(|side| name(context, line, side));
    let pair = if pair.iter().all(String::is_empty) { String::new() } else { pair.join("–") };
    let reason = reason(context, line);
    match (pair.is_empty(), reason.is_empty()) {
        (_, true) => pair,
        (true, _) => reason,
        _ => format!("{pair}: {reason}"),
    }
}

/// Names a side, with what it is called in the list and how it was known, if that is otherwise.
fn name(context: Context<'_>, line: &Line, side: usize) -> String {
    let Some(found) = &line.found[side] else { return line.said[side].clone() };
    let shown = match context.registry.municipality(&found.id) {
        Some(place) => context.name(place).to_owned(),
        None => format!("{} ({})", found.name, context.country_name(&found.country)),
    };
    match otherwise(context, line, side) {
        Some(said) => format!("{shown} (“{said}”, {})", how(context.lang(), found.how)),
        None => shown,
    }
}

/// Returns what a side is called in the list, if that is none of its names and not its id here.
fn otherwise<'l>(context: Context<'_>, line: &'l Line, side: usize) -> Option<&'l str> {
    let (said, found): (&str, &Found) = (&line.said[side], line.found[side].as_ref()?);
    let place = context.registry.municipality(&found.id);
    let is_name = place.is_some_and(|place| place.row().names().any(|name| name == said));
    let tells_itself = matches!(found.how, How::New | How::Name) || is_name || said == found.name || said == found.id;
    (!tells_itself).then_some(said)
}

/// Says how a place was known.
fn how(lang: Lang, how: How) -> String {
    match how {
        How::Id => words::by_id(lang).to_owned(),
        How::Wikidata => words::by_item(lang).to_owned(),
        How::Code => words::by_code(lang).to_owned(),
        How::Name | How::New => words::by_name(lang).to_owned(),
        How::Alias => words::by_alias(lang).to_owned(),
        How::Folded => words::by_fold(lang).to_owned(),
        How::Partner => words::by_partner(lang).to_owned(),
        How::Near(km) => words::by_place(lang, &format!("{km:.1}")),
    }
}

/// Says why a row is what it is; nothing of one that is the same.
pub fn reason(context: Context<'_>, line: &Line) -> String {
    let lang = context.lang();
    match &line.verdict {
        Verdict::Same => String::new(),
        Verdict::New(added) if added.is_empty() => String::new(),
        Verdict::New(added) => words::adds(lang, &added.join(", ")),
        Verdict::FilledIn(filled) => {
            let told = filled.iter().map(|Difference { field, here, there }| {
                let there = value(lang, field, there);
                if here.is_empty() { format!("{field} → {there}") } else { format!("{field} {here} → {there}") }
            });
            told.collect::<Vec<_>>().join("; ")
        }
        Verdict::Conflict(conflict) => disagreement(lang, conflict),
        Verdict::Doubtful(side, doubt) => self::doubt(context, &line.said[*side], doubt),
        Verdict::Rejected(why) => rejection(context, line, why),
    }
}

fn value<'v>(lang: Lang, field: &str, value: &'v str) -> &'v str {
    let label = match field {
        "kind" => Kind::parse(value).map(|kind| kind.label(lang)),
        "status" => Status::parse(value).map(|status| status.label(lang)),
        _ => None,
    };
    label.unwrap_or(value)
}

fn disagreement(lang: Lang, conflict: &Conflict) -> String {
    let source = if conflict.source.is_empty() { String::new() } else { format!(" ({})", conflict.source) };
    let told = conflict.differences.iter().map(|Difference { field, here, there }| {
        let here = if here.is_empty() { words::nothing(lang) } else { value(lang, field, here) };
        words::here_there(lang, field, here, &source, value(lang, field, there))
    });
    let rank = match conflict.here_to_there {
        Ordering::Greater => words::here_is_better(lang),
        Ordering::Less => words::there_is_better(lang),
        Ordering::Equal => words::equal(lang),
    };
    let done = match conflict.done {
        _ if conflict.obstacle == Some(Obstacle::NoDay) => Some(words::lacks_day(lang)),
        _ if conflict.obstacle == Some(Obstacle::Ended) => Some(words::has_ended(lang)),
        None => None,
        Some(OnConflict::Ours) => Some(words::ours_stand(lang)),
        Some(OnConflict::Theirs) => Some(words::theirs_taken(lang)),
        Some(OnConflict::Claim) => Some(words::kept_as_claim(lang)),
    };
    let parts: Vec<String> = told.chain([rank.to_owned()]).chain(done.map(str::to_owned)).collect();
    parts.join("; ")
}

fn doubt(context: Context<'_>, said: &str, doubt: &Doubt) -> String {
    let lang = context.lang();
    match doubt {
        Doubt::Several(candidates) => words::may_be(lang, said, &either(lang, candidates)),
        Doubt::NearName(candidates) => words::near_name(lang, said, &either(lang, candidates)),
        Doubt::NoCountry(candidates) => words::country_not_said(lang, said, &either(lang, candidates)),
        Doubt::Elsewhere(place, km) => words::elsewhere(lang, &told(place), km.round() as usize),
        Doubt::OtherItem(place, item) => words::other_item(lang, &told(place), item, said),
        Doubt::Outside(country, candidates) => {
            with_candidates(lang, words::outside(lang, said, &context.country_name(country)), candidates)
        }
        Doubt::Untrusted { country, wrong, of, candidates } => {
            with_candidates(lang, words::untrusted(lang, said, &context.country_name(country), *wrong, *of), candidates)
        }
        Doubt::Addition(candidates) => with_candidates(lang, words::addition(lang, said), candidates),
    }
}

fn rejection(context: Context<'_>, line: &Line, why: &Why) -> String {
    let lang = context.lang();
    match why {
        Why::Unread(Unread::Missing(0)) => words::no_place(lang).to_owned(),
        Why::Unread(Unread::Missing(_)) => words::no_partner(lang).to_owned(),
        Why::Unread(Unread::Blank(_)) => words::blank(lang).to_owned(),
        Why::Unread(Unread::Several) => words::several(lang).to_owned(),
        Why::Unread(Unread::Date(field, error)) => words::bad_date(lang, column(*field), &error.to_string()),
        Why::Unread(Unread::Word(field, word)) => {
            let known = if *field == Field::Kind { Kind::WORDS } else { Status::WORDS };
            words::bad_word(lang, column(*field), word, &known.join(", "))
        }
        Why::Place(side, refusal) => {
            let said = &line.said[*side];
            match refusal {
                Refusal::Country(error) => country(lang, error),
                Refusal::NoCountry => words::unknown_and_no_country(lang, said),
                Refusal::NoName => words::no_name(lang, said),
                Refusal::Id(error) => error.to_string(),
                Refusal::Taken(place) => words::id_taken(lang, &told(place)),
            }
        }
        Why::Itself => words::itself(lang, &line.found[0].as_ref().map_or(String::new(), |found| found.name.clone())),
        Why::Future(field, date) => words::future(lang, column(*field), &date.to_string()),
    }
}

/// Says that a country was not found, and what comes near.
fn country(lang: Lang, error: &FindError) -> String {
    match error {
        FindError::Unknown { typed, suggestions, .. } if suggestions.is_empty() => words::unknown_country(lang, typed),
        FindError::Unknown { typed, suggestions, .. } => {
            format!(
                "{}; {}",
                words::unknown_country(lang, typed),
                words::did_you_mean(lang, &either(lang, suggestions))
            )
        }
        FindError::Ambiguous { typed, candidates } => words::may_be(lang, typed, &either(lang, candidates)),
        FindError::Gone { typed, candidates } => words::gone(lang, typed, &either(lang, candidates)),
    }
}

/// Returns the name of the column of a field.
fn column(field: Field) -> &'static str {
    crate::import::columns::Role::Field(field).name()
}

/// Adds to what is doubtful what it may be.
fn with_candidates(lang: Lang, doubt: String, candidates: &[Candidate]) -> String {
    if candidates.is_empty() { doubt } else { format!("{doubt}; {}", words::is_it(lang, &either(lang, candidates))) }
}

fn either(lang: Lang, candidates: &[Candidate]) -> String {
    candidates.iter().map(told).collect::<Vec<_>>().join(&format!(" {} ", words::or(lang)))
}

fn told(candidate: &Candidate) -> String {
    format!("{} ({})", candidate.name, candidate.id)
}
