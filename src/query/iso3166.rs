//! Codes of countries: which ISO 3166-1 assigns, which it has withdrawn and what stands for them today, and which are
//! typed by mistake.
//!
//! Assigned codes are those of ISO 3166-1 alpha-2, and `XK`, which is free for users and is used for Kosovo everywhere.
//! Withdrawn ones are those of ISO 3166-3, but for the ones that have been assigned anew (`AI`, `BQ`, `BY`, `GE`, `SK`).

use Standing::{Assigned, Mistaken, Private, Unassigned, Withdrawn};

/// What a code of two capital letters stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A country or territory of today.
    Assigned,
    /// What is no more: each that had the code, the last one last.
    Withdrawn(&'static [Former]),
    /// Nothing, but people write it and mean this code.
    Mistaken(&'static str),
    /// What its users agree on: the standard keeps it free for them.
    Private,
    /// Nothing.
    Unassigned,
}

/// A country or territory whose code has been withdrawn.
#[derive(Debug, PartialEq, Eq)]
pub struct Former {
    /// The code it had.
    pub code: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// The year in which the code was withdrawn.
    pub withdrawn: u16,
    /// The codes of today for its places.
    pub today: &'static [&'static str],
}

/// Tells what a code stands for.
pub fn standing(code: &str) -> Standing {
    if is_assigned(code) {
        return Assigned;
    }
    let former = &FORMER[FORMER.partition_point(|former| former.code < code)..];
    let former = &former[..former.partition_point(|former| former.code == code)];
    if !former.is_empty() {
        return Withdrawn(former);
    }
    match MISTAKEN.iter().find(|(mistaken, _)| *mistaken == code) {
        Some((_, meant)) => Mistaken(meant),
        None if is_private(code) => Private,
        None => Unassigned,
    }
}

/// Returns what had a code that has been withdrawn.
pub fn all_former() -> impl Iterator<Item = &'static Former> {
    FORMER.iter()
}

/// Tells whether a code stands for a country or territory of today.
pub fn is_assigned(code: &str) -> bool {
    code.len() == 2 && ASSIGNED.iter().any(|line| line.split(' ').any(|assigned| assigned == code))
}

fn is_private(code: &str) -> bool {
    matches!(code.as_bytes(), b"AA" | [b'Q', b'M'..=b'Z'] | [b'X', b'A'..=b'Z'] | b"ZZ")
}

/// The codes of today, one line for each first letter.
static ASSIGNED: [&str; 26] = [
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ",
    "BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ",
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ",
    "DE DJ DK DM DO DZ",
    "EC EE EG EH ER ES ET",
    "FI FJ FK FM FO FR",
    "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY",
    "HK HM HN HR HT HU",
    "ID IE IL IM IN IO IQ IR IS IT",
    "JE JM JO JP",
    "KE KG KH KI KM KN KP KR KW KY KZ",
    "LA LB LC LI LK LR LS LT LU LV LY",
    "MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ",
    "NA NC NE NF NG NI NL NO NP NR NU NZ",
    "OM",
    "PA PE PF PG PH PK PL PM PN PR PS PT PW PY",
    "QA",
    "RE RO RS RU RW",
    "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ",
    "TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ",
    "UA UG UM US UY UZ",
    "VA VC VE VG VI VN VU",
    "WF WS",
    "XK",
    "YE YT",
    "ZA ZM ZW",
];

/// The withdrawn codes, sorted, those of the same code by year.
#[rustfmt::skip]
static FORMER: [Former; 26] = [
    former("AN", "Netherlands Antilles", 2010, &["BQ", "CW", "SX"]),
    former("BU", "Burma", 1989, &["MM"]),
    former("CS", "Czechoslovakia", 1993, &["CZ", "SK"]),
    former("CS", "Serbia and Montenegro", 2006, &["RS", "ME", "XK"]),
    former("CT", "Canton and Enderbury Islands", 1984, &["KI"]),
    former("DD", "German Democratic Republic", 1990, &["DE"]),
    former("DY", "Dahomey", 1977, &["BJ"]),
    former("FQ", "French Southern and Antarctic Territories", 1979, &["TF", "AQ"]),
    former("FX", "Metropolitan France", 1997, &["FR"]),
    former("HV", "Upper Volta", 1984, &["BF"]),
    former("JT", "Johnston Island", 1986, &["UM"]),
    former("MI", "Midway Islands", 1986, &["UM"]),
    former("NH", "New Hebrides", 1980, &["VU"]),
    former("NQ", "Dronning Maud Land", 1983, &["AQ"]),
    former("NT", "Neutral Zone", 1993, &["SA", "IQ"]),
    former("PC", "Trust Territory of the Pacific Islands", 1986, &["FM", "MH", "MP", "PW"]),
    former("PU", "United States Miscellaneous Pacific Islands", 1986, &["UM"]),
    former("PZ", "Panama Canal Zone", 1980, &["PA"]),
    former("RH", "Southern Rhodesia", 1980, &["ZW"]),
    former("SU", "Soviet Union", 1992, &[
        "RU", "UA", "BY", "EE", "LV", "LT", "MD", "GE", "AM", "AZ", "KZ", "KG", "TJ", "TM", "UZ",
    ]),
    former("TP", "East Timor", 2002, &["TL"]),
    former("VD", "Democratic Republic of Viet-Nam", 1977, &["VN"]),
    former("WK", "Wake Island", 1986, &["UM"]),
    former("YD", "Democratic Yemen", 1990, &["YE"]),
    former("YU", "Yugoslavia", 2003, &["RS", "HR", "SI", "BA", "MK", "ME", "XK"]),
    former("ZR", "Zaire", 1997, &["CD"]),
];

const fn former(code: &'static str, name: &'static str, withdrawn: u16, today: &'static [&'static str]) -> Former {
    Former { code, name, withdrawn, today }
}

/// Codes that are no countries', with the code that is meant: those of the European Union (`EL`, `UK`, `XI`), of number
/// plates (`EW`, `FL`, `SF`), of languages (`EN`, `JA`), and those that ISO reserves for parts of countries.
#[rustfmt::skip]
static MISTAKEN: [(&str, &str); 14] = [
    ("AC", "SH"), ("CP", "FR"), ("DG", "IO"), ("EA", "ES"), ("EL", "GR"), ("EN", "GB"), ("EW", "EE"),
    ("FL", "LI"), ("IC", "ES"), ("JA", "JP"), ("SF", "FI"), ("TA", "SH"), ("UK", "GB"), ("XI", "GB"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned() -> Vec<&'static str> {
        ASSIGNED.iter().flat_map(|line| line.split(' ')).collect()
    }

    fn today(code: &str) -> Vec<(&'static str, u16, &'static [&'static str])> {
        let Withdrawn(former) = standing(code) else { return Vec::new() };
        former.iter().map(|former| (former.name, former.withdrawn, former.today)).collect()
    }

    #[test]
    fn the_assigned_codes_are_those_of_the_shipped_countries() {
        let shipped =
            include_str!("../../data/countries.csv").lines().skip(1).filter_map(|line| line.split(',').next());
        assert_eq!(assigned(), shipped.collect::<Vec<_>>());
        assert_eq!(assigned().len(), 249 + 1);
        for (line, first) in ASSIGNED.iter().zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars()) {
            assert!(line.split(' ').all(|code| code.len() == 2 && code.starts_with(first)), "{line}");
        }
    }

    #[test]
    fn the_tables_are_sorted_and_do_not_overlap() {
        assert!(assigned().is_sorted_by(|one, other| one < other));
        assert!(FORMER.is_sorted_by_key(|former| (former.code, former.withdrawn)));
        assert!(MISTAKEN.is_sorted_by(|one, other| one.0 < other.0));
        let former = FORMER.iter().map(|former| former.code).chain(MISTAKEN.iter().map(|(code, _)| *code));
        assert!(former.clone().all(|code| !is_assigned(code)));
        assert!(MISTAKEN.iter().all(|(code, _)| FORMER.iter().all(|former| former.code != *code)));
        let meant = FORMER.iter().flat_map(|former| former.today).chain(MISTAKEN.iter().map(|(_, meant)| meant));
        assert!(meant.clone().all(|code| is_assigned(code)));
    }

    #[test]
    fn a_code_stands_for_what_the_standard_says() {
        assert_eq!(["FI", "AX", "XK", "BQ"].map(standing), [Assigned; 4]);
        assert_eq!(today("DD"), [("German Democratic Republic", 1990, &["DE"][..])]);
        assert_eq!(
            today("CS"),
            [("Czechoslovakia", 1993, &["CZ", "SK"][..]), ("Serbia and Montenegro", 2006, &["RS", "ME", "XK"])]
        );
        assert_eq!([standing("UK"), standing("EL")], [Mistaken("GB"), Mistaken("GR")]);
        assert_eq!(["AA", "QM", "XA", "ZZ"].map(standing), [Private; 4]);
        assert_eq!(["QL", "OO", "", "fi", "F", "FIN", "AD AE"].map(standing), [Unassigned; 7]);
    }
}
