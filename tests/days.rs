//! How a partnership stood on a day, from its start, its end and what happened to it.

mod harness;

use harness::Desk;

/// A partnership by its status, start and end, its events, and how it stood: on a day, as what, since when.
type Case = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

/// A day on which it is not among all that there were, nor counted as left out.
const NOT_BEGUN: &str = "";
/// Nobody knows how it stood.
const UNKNOWN: &str = "?";

const CASES: &[Case] = &[
    ("active,,", &[], &[("1900", "active"), ("", "active")]),
    ("active,1949,", &[], &[("1948", NOT_BEGUN), ("1949", "active 1949"), ("", "active 1949")]),
    ("active,1949-05,", &[], &[("1949-04", NOT_BEGUN), ("1949-05-10", "active"), ("1949-05-31", "active 1949-05")]),
    ("active,196X,", &[], &[("1959", NOT_BEGUN), ("1965", "active"), ("1969", "active 196X")]),
    ("active,2011~,", &[], &[("2009", NOT_BEGUN), ("2010", "active"), ("2012", "active 2011~")]),
    ("active,[2010..2022],", &[], &[("2009", NOT_BEGUN), ("2015", "active"), ("2022", "active [2010..2022]")]),
    ("historic,,2008-12-31", &[], &[("2008-12-30", "active"), ("2008-12-31", "historic 2008-12-31")]),
    ("historic,1949,200X", &[], &[("1999", "active 1949"), ("2005", "active 1949"), ("2009", "historic 200X")]),
    ("historic,1949,", &[], &[("1948", NOT_BEGUN), ("2005", UNKNOWN), ("", "historic")]),
    ("historic,,", &["2015,ended"], &[("2014", "active"), ("2015", "historic 2015"), ("", "historic 2015")]),
    ("historic,,", &["2015,lapsed"], &[("2015-06", "active"), ("2016", "historic 2015")]),
    // Its successor goes on.
    ("historic,,", &["2015,carried-over"], &[("2014", "active"), ("2015", "historic 2015"), ("", "historic 2015")]),
    ("active,,", &["2015,carried-over"], &[("2014", NOT_BEGUN), ("2015", "active 2015"), ("", "active 2015")]),
    // What came over ends later as any other does; what was there before goes on as it stood.
    (
        "historic,,",
        &["2009,carried-over", "2015,ended"],
        &[("2008", NOT_BEGUN), ("2014", "active 2009"), ("2015", "historic 2015")],
    ),
    (
        "historic,,2015",
        &["2009,carried-over", "2015,carried-over"],
        &[("2014", "active 2009"), ("2015", "historic 2015")],
    ),
    ("active,1949,", &["2009,carried-over"], &[("1948", NOT_BEGUN), ("1950", "active 1949"), ("2009", "active 1949")]),
    (
        "suspended,1949,",
        &["2001,suspended", "2009,carried-over"],
        &[("2000", "active 1949"), ("2010", "suspended 2001")],
    ),
    ("suspended,,", &["2009,carried-over", "2009,suspended"], &[("2008", NOT_BEGUN), ("2010", "suspended 2009")]),
    (
        "active,1949,",
        &["2010,suspended", "2012,resumed"],
        &[("2009", "active 1949"), ("2011", "suspended 2010"), ("2012", "active 2012"), ("", "active 2012")],
    ),
    (
        "suspended,1949,",
        &["1989,decided", "2001,kept", "2010,suspended", "2012,kept"],
        &[("1989", "active 1949"), ("2001", "active 1949"), ("2012", "suspended 2010"), ("", "suspended 2010")],
    ),
    // When it was suspended nobody knows; it is taken as it is today.
    ("suspended,1949,", &[], &[("2000", "suspended"), ("", "suspended")]),
    ("active,,", &["1995,signed", "2003,renewed"], &[("2000", "active 1995"), ("", "active 1995")]),
];

fn desk(partnership: &str, events: &[&str]) -> Desk {
    let events: String = events.iter().map(|event| format!("fi-ii,no-bo,{event}\n")).collect();
    Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\nNO,Norway,Europe\n")
        .with("r/municipalities.csv", "id,name,country,type\nfi-ii,Ii,FI,municipality\nno-bo,Bø,NO,municipality\n")
        .with("r/partnerships.csv", format!("a,b,kind,status,start,end\nfi-ii,no-bo,twin,{partnership}\n"))
        .with("r/events.csv", format!("a,b,date,event\n{events}"))
}

#[test]
fn a_partnership_stood_as_its_events_say() {
    let mut amiss = Vec::new();
    for (partnership, events, days) in CASES {
        let desk = desk(partnership, events);
        for (day, stood) in *days {
            let day: &[&str] = if day.is_empty() { &[] } else { &["--as-of", day] };
            let fields = ["list", "--registry", "r", "--all", "--fields", "status,status_since", "--format", "csv"];
            let run = desk.done(&[&fields[..], day].concat());
            let found = run.rows().concat().join(" ");
            let found = if run.stderr.contains("nobody knows when") { format!("{found}{UNKNOWN}") } else { found };
            if found.trim_end() != *stood {
                amiss.push(format!("{partnership} {events:?} {day:?}: {found}, not {stood}"));
            }
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

#[test]
fn what_is_not_exactly_known_of_a_day_is_counted() {
    for (partnership, events, day, told) in [
        ("active,,", &[][..], "2000", "1 have no known start"),
        ("active,196X,", &[], "1965", "1 may have changed by then"),
        ("historic,1949,[2010..2022]", &[], "2015", "1 may have changed by then"),
        ("active,1949,", &["2010,suspended", "2012,resumed"], "2012-06-01", "1 may have changed by then"),
        ("suspended,1949,", &[], "2000", "1 may have changed by then"),
        ("historic,1949,", &[], "2000", "ended and nobody knows when: 1"),
    ] {
        let stderr = desk(partnership, events).done(&["list", "--registry", "r", "--as-of", day]).stderr;
        assert!(stderr.contains(told), "{partnership} {events:?} {day}: {stderr}");
    }
}
