//! Any text as a date, an interval, a word of a vocabulary or the value of a field, as files and the command line hold
//! them: what is read is shown as it was written, and two dates compare without contradiction.

#![no_main]

use libfuzzer_sys::fuzz_target;
use twinning::edit::{field, freehand};
use twinning::i18n::Language;
use twinning::model::date::DateError;
use twinning::model::{
    Acted, EventKind, Interval, Kind, MergerKind, NetworkType, PartialDate, PlaceType, Rank, Status, Table, Truth,
};

fn date(text: &str) -> Option<PartialDate> {
    if PartialDate::is_plain(text.as_bytes()) {
        PartialDate::parse(text).expect("what is plainly a date is one");
    }
    let date = PartialDate::parse(text).ok()?;
    assert_eq!(date.to_string(), text);
    assert_eq!(freehand::date(text), Ok(date));
    assert!(date.earliest().is_none_or(|earliest| earliest <= date.latest()));
    assert_eq!(date.order(), (date.earliest(), date.latest()));
    date.decade();
    Some(date)
}

fn compare(one: PartialDate, other: PartialDate) {
    let (before, after) = (one.before(other), one.after(other));
    assert!(before.and(after) != Truth::Yes, "{one} {other}");
    assert!(before != Truth::Yes || other.after(one) == Truth::Yes, "{one} {other}");
    let Some(day) = other.earliest() else { return };
    assert!(one.by(day) != Truth::Yes || one.latest() <= day, "{one} {other}");
}

fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().take(4).collect();
    let dates: Vec<PartialDate> = lines.iter().filter_map(|line| date(line)).collect();
    for one in &dates {
        dates.iter().for_each(|other| compare(*one, *other));
    }
    for line in lines {
        if let Ok(interval) = Interval::parse(line) {
            let side = |date: Option<PartialDate>| date.map_or("..".to_owned(), |date| date.to_string());
            assert_eq!(format!("{}/{}", side(interval.from), side(interval.to)), line);
            interval.from.into_iter().chain(interval.to).for_each(|end| compare(end, end));
        }
        match freehand::date(line) {
            Ok(date) => assert_eq!(PartialDate::parse(&date.to_string()), Ok(date)),
            Err(DateError::Form(told) | DateError::Calendar(told) | DateError::Reversed(told)) => {
                assert!(line.contains(told.trim()), "{line:?} is told as {told:?}");
            }
        }
        for table in Table::ALL {
            for column in table.schema().columns {
                if let Ok(cell) = field::cell(column.name, Some(column), line) {
                    assert_eq!(field::cell(column.name, Some(column), &cell), Ok(cell), "{}", column.name);
                }
                assert!(!column.is_plainly_right(line.as_bytes()) || column.flaw(line).is_none(), "{}", column.name);
            }
        }
        _ = (Kind::parse(line), Status::parse(line), PlaceType::parse(line), NetworkType::parse(line));
        _ = (Rank::parse(line), EventKind::parse(line), MergerKind::parse(line), Acted::parse(line));
        Language::of(line);
    }
});
