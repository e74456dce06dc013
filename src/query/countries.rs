//! What countries are called: in the registry, in other languages, and what those were called that are no more.
//!
//! `country_names.tsv` has a line for each code, its names folded, with a tab before and behind each. They are the names
//! of territories, with their short and variant forms, of Unicode CLDR 48.2 (npm `cldr-localenames-full`, Unicode-3.0) in
//! fifty languages, and those that people use besides and CLDR has not: `UK`, `Holland`, `Czech Republic`, and the parts
//! of the United Kingdom.

use super::find::{Candidate, FindError, by_name};
use super::fold::fold;
use super::iso3166::{self, Former};
use crate::model::{Country, Registry};

/// The names.
static NAMES: &str = include_str!("country_names.tsv");

/// What is no country today and has no code in ISO 3166-3, or other names than there: folded names, and the codes of today
/// for its places.
#[rustfmt::skip]
static GONE: [(&[&str], &[&str]); 14] = [
    (&["soviet union", "ussr", "u s s r", "neuvostoliitto", "sovjetunionen", "sowjetunion", "udssr", "urss", "union sovietique", "cccp", "ссср"],
        &["RU", "UA", "BY", "EE", "LV", "LT", "MD", "GE", "AM", "AZ", "KZ", "KG", "TJ", "TM", "UZ"]),
    (&["yugoslavia", "jugoslavia", "jugoslavien", "jugoslawien", "yougoslavie"], &["RS", "HR", "SI", "BA", "ME", "MK", "XK"]),
    (&["czechoslovakia", "tsekkoslovakia", "tjeckoslovakien", "tschechoslowakei", "tchecoslovaquie", "cssr"], &["CZ", "SK"]),
    (&["east germany", "gdr", "ddr", "ita saksa", "osttyskland", "ostdeutschland", "rda", "saksan demokraattinen tasavalta"], &["DE"]),
    (&["west germany", "lansi saksa", "vasttyskland", "westdeutschland"], &["DE"]),
    (&["austria hungary", "itavalta unkari", "osterrike ungern", "osterreich ungarn", "autriche hongrie"],
        &["AT", "HU", "CZ", "SK", "PL", "UA", "RO", "HR", "SI", "BA", "IT"]),
    (&["serbia and montenegro", "serbia ja montenegro", "serbien och montenegro", "serbien und montenegro"], &["RS", "ME", "XK"]),
    (&["prussia", "preussi", "preussen", "prusse", "east prussia", "ita preussi", "ostpreussen"], &["DE", "PL", "RU", "LT"]),
    (&["ottoman empire", "osmanien valtakunta", "osmanska riket", "osmanisches reich"], &["TR"]),
    (&["russian empire", "venajan keisarikunta", "kejsardomet ryssland"], &["RU", "FI", "EE", "LV", "LT", "PL", "UA", "BY"]),
    (&["south vietnam", "north vietnam", "etela vietnam", "pohjois vietnam"], &["VN"]),
    (&["rhodesia"], &["ZW"]),
    (&["ceylon"], &["LK"]),
    (&["siam"], &["TH"]),
];

/// Finds a country by its code or any of its names, in the registry or else in any language.
///
/// # Errors
/// Nothing is called so, several are, or it is no country any more.
pub fn country<'r>(registry: &'r Registry<'_>, typed: &str) -> Result<Country<'r>, FindError> {
    if let Some(is) = registry.country(&typed.to_ascii_uppercase()) {
        return Ok(is);
    }
    let names = || registry.countries().flat_map(|country| country.row().names().map(move |name| (name, country)));
    let candidate = |country: Country<'_>| Candidate {
        id: country.code().to_owned(),
        name: country.row().name_in("en").to_owned(),
        of: String::new(),
        region: String::new(),
    };
    // A code of three letters is near the code of two that it begins with.
    let near = registry
        .countries()
        .filter(|country| typed.len() == 3 && typed.to_ascii_uppercase().starts_with(country.code()));
    let error = match by_name("country", typed, names, |country| country.code(), candidate, near) {
        Err(error @ FindError::Unknown { .. }) => error,
        found => return found,
    };
    let elsewhere: Vec<Country<'r>> = called(&fold(typed)).filter_map(|code| registry.country(code)).collect();
    let today = gone(typed).into_iter().flatten().filter_map(|code| registry.country(code));
    let today: Vec<Candidate> = today.map(candidate).collect();
    match (&elsewhere[..], error) {
        ([is], _) => Ok(*is),
        ([_, ..], _) => {
            let candidates = elsewhere.into_iter().map(candidate).collect();
            Err(FindError::Ambiguous { typed: typed.to_owned(), candidates })
        }
        ([], _) if !today.is_empty() => Err(FindError::Gone { typed: typed.to_owned(), candidates: today }),
        ([], error) => Err(error),
    }
}

/// Returns the codes of the countries that have a folded name in some language.
pub fn called(folded: &str) -> impl Iterator<Item = &'static str> {
    let cell = format!("\t{folded}\t");
    NAMES.lines().filter(move |line| line.contains(&cell)).filter_map(|line| line.split('\t').next())
}

/// Returns the codes of today for the places of what is no country any more; `None` of what never was one.
pub fn gone(name: &str) -> Option<&'static [&'static str]> {
    let folded = fold(name);
    let by_name = GONE.iter().find(|(names, _)| names.contains(&&*folded)).map(|(_, today)| *today);
    let is_called = |former: &&Former| fold(former.name) == folded;
    by_name.or_else(|| iso3166::all_former().find(is_called).map(|former| former.today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_codes_are_assigned() {
        for line in NAMES.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let [code, names @ .., ""] = &cells[..] else { panic!("{line}") };
            assert!(iso3166::is_assigned(code), "{code}");
            for name in names {
                assert_eq!(fold(name), *name, "{code}");
                // A code never means another country, not even where that one is not in the registry.
                let upper = name.to_ascii_uppercase();
                assert!(upper == *code || !iso3166::is_assigned(&upper), "{code}: {name}");
            }
        }
        assert_eq!(NAMES.lines().count(), 250);
        for (names, today) in GONE {
            names.iter().for_each(|name| assert_eq!(fold(name), *name));
            today.iter().for_each(|code| assert!(iso3166::is_assigned(code), "{code}"));
        }
    }

    #[test]
    fn countries_are_known_in_other_languages() {
        for (name, codes) in [
            ("Frankreich", &["FR"][..]),
            ("Großbritannien", &["GB"]),
            ("UK", &["GB"]),
            ("Holland", &["NL"]),
            ("Viro", &["EE"]),
            ("Ryssland", &["RU"]),
            ("Allemagne", &["DE"]),
            ("США", &["US"]),
            ("Turkey", &["TR"]),
            ("Czech Republic", &["CZ"]),
            ("Kongo", &["CD", "CG"]),
            ("Bavaria", &[]),
            ("", &[]),
        ] {
            assert_eq!(called(&fold(name)).collect::<Vec<_>>(), codes, "{name}");
        }
    }

    #[test]
    fn what_is_no_more_is_known_with_what_stands_for_it() {
        for (name, first) in [
            ("Austria-Hungary", Some("AT")),
            ("Neuvostoliitto", Some("RU")),
            ("DDR", Some("DE")),
            ("Upper Volta", Some("BF")),
            ("Finland", None),
        ] {
            assert_eq!(gone(name).map(|today| today[0]), first, "{name}");
        }
    }
}
