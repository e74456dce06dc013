//! What is a date, what is none, and how dates compare.

use super::*;

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_form_is_read_and_written_as_it_was() {
    for text in [
        "1965",
        "2022-03",
        "1982-06-11",
        "196X",
        "2011~",
        "2024-06-11?",
        "[..2016]",
        "[2010..2022]",
        "0001",
        "2024-02-29",
    ] {
        assert_eq!(date(text).to_string(), text);
    }
}

#[test]
fn what_is_plainly_a_date_is_one() {
    for text in [
        "1965",
        "2022-03",
        "1982-06-11",
        "2022-13",
        "2022-00",
        "1982-06-31",
        "1982-06-29",
        "19a5",
        "1982/06/11",
        "1982-6-11",
    ] {
        assert!(!PartialDate::is_plain(text.as_bytes()) || PartialDate::parse(text).is_ok(), "{text}");
    }
    assert!(["1965", "2022-12", "1982-06-11"].iter().all(|text| PartialDate::is_plain(text.as_bytes())));
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "65",
        "19655",
        "2022-3",
        "2022-13",
        "2023-02-29",
        "2022-00",
        "1982-06-31",
        "11.6.1982",
        "196x",
        "19XX",
        "~",
        "[2016]",
        "[2010..]",
        "[..]",
        "[196X..1980]",
        "[2022..2010]",
        "2022-03-",
        "+965",
        "２０２２",
    ] {
        assert!(PartialDate::parse(text).is_err(), "{text} was read as a date");
    }
    assert_eq!(PartialDate::parse("2023-02-29"), Err(DateError::Calendar("2023-02-29".into())));
    assert_eq!(PartialDate::parse("[2022..2010]"), Err(DateError::Reversed("[2022..2010]".into())));
}

#[test]
fn bounds_are_the_days_it_can_be() {
    for (text, earliest, latest) in [
        ("1965", "1965-01-01", "1965-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1982-06-11", "1982-06-11", "1982-06-11"),
        ("196X", "1960-01-01", "1969-12-31"),
        ("2011~", "2010-01-01", "2012-12-31"),
        ("2024-06-11?", "2024-06-10", "2024-06-12"),
        ("[2010..2022]", "2010-01-01", "2022-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ] {
        assert_eq!(date(text).earliest().map(|d| d.to_string()).as_deref(), Some(earliest), "{text}");
        assert_eq!(date(text).latest().to_string(), latest, "{text}");
    }
    assert_eq!(date("[..2016]").earliest(), None);
}

#[test]
fn a_comparison_has_three_answers() {
    for (left, right, before, after) in [
        ("1965", "1970", Truth::Yes, Truth::No),
        ("1965", "1965", Truth::No, Truth::No),
        ("1965", "1965-06", Truth::Maybe, Truth::Maybe),
        ("1982-06-11", "1982", Truth::No, Truth::No),
        ("196X", "1965", Truth::Maybe, Truth::Maybe),
        ("[..2016]", "2010", Truth::Maybe, Truth::Maybe),
        ("[..2016]", "2017", Truth::Yes, Truth::No),
        ("2022-03-01", "2021", Truth::No, Truth::Yes),
    ] {
        assert_eq!(date(left).before(date(right)), before, "{left} before {right}");
        assert_eq!(date(left).after(date(right)), after, "{left} after {right}");
    }
}

#[test]
fn a_decade_is_known_only_where_there_is_one() {
    assert_eq!(date("1965").decade(), Some(1960));
    assert_eq!(date("196X").decade(), Some(1960));
    assert_eq!(date("1960~").decade(), None);
    assert_eq!(date("[2010..2022]").decade(), None);
}

#[test]
fn intervals_may_be_open_and_never_run_backwards() {
    let term = Interval::parse("2022/2029").unwrap();
    assert_eq!((term.from.unwrap().to_string(), term.to.unwrap().to_string()), ("2022".into(), "2029".into()));
    assert_eq!(Interval::parse("2022/..").unwrap().to, None);
    for text in ["2022", "2029/2022", "2022/", "/2022", "2022/[..2029]", "2022/2023/2024"] {
        assert!(Interval::parse(text).is_err(), "{text} was read as an interval");
    }
}
