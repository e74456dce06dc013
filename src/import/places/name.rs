//! Names of places as lists write them: `Kil Municipality`, `Szczecin (Stettin)`, `Ohio, United States`.

use crate::query::fold::fold;

/// Words for a municipality that stand behind a name, folded.
const BEHIND: [&str; 8] = ["municipality", "kommun", "kommune", "kunta", "gemeinde", "commune", "city", "stad"];
/// Words that stand before it.
const BEFORE: [&str; 7] = ["city of", "municipality of", "town of", "stadt", "gemeinde", "ville de", "comune di"];

/// A name as it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name<'s> {
    /// As it stands.
    pub plain: &'s str,
    /// Without the English word for municipality, which is in no official name.
    pub own: &'s str,
    /// What stands before an addition, and the addition: in brackets at the end, or behind the last comma.
    pub addition: Option<[&'s str; 2]>,
}

impl<'s> Name<'s> {
    /// Reads one.
    pub fn of(plain: &'s str) -> Name<'s> {
        let bracketed = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        let addition = bracketed.or_else(|| plain.rsplit_once(',')).map(|(base, added)| [base.trim(), added.trim()]);
        Name {
            plain,
            own: plain.strip_suffix(" Municipality").unwrap_or(plain).trim(),
            addition: addition.filter(|[base, _]| !base.is_empty()),
        }
    }

    /// Returns it folded.
    pub fn folded(&self) -> String {
        fold(self.own)
    }

    /// Returns the folded names that a place may have which is called so: it itself, and without the word for municipality.
    pub fn folds(&self) -> Vec<String> {
        let folded = fold(self.plain);
        let behind = BEHIND.iter().find_map(|word| folded.strip_suffix(word)?.strip_suffix(' '));
        let before = BEFORE.iter().find_map(|word| folded.strip_prefix(word)?.strip_prefix(' '));
        let shorter: Vec<String> = [behind, before].into_iter().flatten().map(str::to_owned).collect();
        std::iter::once(folded).chain(shorter).filter(|name| !name.is_empty()).collect()
    }
}

/// Splits `Ohio, United States` into the region and the country; without a comma there is no region.
pub fn region_and_country(cell: &str) -> (&str, &str) {
    cell.rsplit_once(',').map_or(("", cell), |(region, country)| (region.trim(), country.trim()))
}

/// Counts the letters of a folded name, three bits for each of those from a to z: names that differ in few letters differ
/// in few of them.
pub fn letters(folded: &str) -> u128 {
    let letter = |byte: u8| byte.is_ascii_lowercase().then(|| 3 * u32::from(byte - b'a'));
    folded.bytes().filter_map(letter).fold(0, |counts, shift| {
        let count = counts >> shift & 7;
        if count == 7 { counts } else { counts + (1 << shift) }
    })
}

/// Returns how many letters two names differ in, at least, by their counts; half of the sum of the differences.
pub fn differing(one: u128, other: u128) -> u32 {
    let count = |counts: u128, letter: u32| (counts >> (3 * letter) & 7) as u32;
    (0..26).map(|letter| count(one, letter).abs_diff(count(other, letter))).sum::<u32>().div_ceil(2)
}

/// Returns in how many letters a name may differ from the one that was meant: in a short one in none, which would mean
/// another.
pub fn slips(folded: &str) -> usize {
    match folded.chars().count() {
        0..5 => 0,
        5..12 => 1,
        _ => 2,
    }
}

/// Tells whether two folded names differ by so few letters that one may stand for the other. Whoever slips rarely does so
/// in the first letter, and what is numbered otherwise is something else: the V and the XV district.
pub fn are_alike(one: &str, other: &str, slips: usize) -> bool {
    one.chars().next() == other.chars().next()
        && numerals(one).eq(numerals(other))
        && strsim::damerau_levenshtein(one, other) <= slips
}

/// Returns the numbers in a folded name, Arabic and Roman.
fn numerals(folded: &str) -> impl Iterator<Item = &str> {
    let is_roman = |word: &str| word.bytes().all(|byte| b"ivxlcdm".contains(&byte));
    folded.split(' ').filter(move |word| word.bytes().any(|byte| byte.is_ascii_digit()) || is_roman(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_and_without_the_word_for_municipality() {
        for (plain, folds) in [
            ("Kil Municipality", &["kil municipality", "kil"][..]),
            ("Malmö", &["malmo"]),
            ("Malmö stad", &["malmo stad", "malmo"]),
            ("City of Kuopio", &["city of kuopio", "kuopio"]),
            ("Stadt", &["stadt"]),
        ] {
            assert_eq!(Name::of(plain).folds(), folds, "{plain}");
        }
        assert_eq!(Name::of("Szczecin (Stettin)").addition, Some(["Szczecin", "Stettin"]));
        assert_eq!(Name::of("Winnipeg, Manitoba").addition, Some(["Winnipeg", "Manitoba"]));
        assert_eq!(Name::of("(Stettin)").addition, None);
        assert_eq!(Name::of("Kil Municipality").own, "Kil");
        assert_eq!(region_and_country("Ohio, United States"), ("Ohio", "United States"));
    }

    #[test]
    fn names_that_may_be_slips_begin_alike_and_have_the_same_numbers() {
        for (one, other, alike) in [
            ("kuopio", "kuopoi", true),
            ("karlstad", "karlstadt", true),
            ("fuzhou", "suzhou", false),
            ("v stadtbezirk", "xv stadtbezirk", false),
            ("district 1", "district 2", false),
        ] {
            assert_eq!(are_alike(one, other, 1), alike, "{one} {other}");
        }
    }

    #[test]
    fn letters_tell_how_far_apart_names_are_at_least() {
        for (one, other) in
            [("kuopio", "kuopoi"), ("karlstad", "karlstadt"), ("berg", "berga"), ("halle", "hille"), ("", "aaaaaaaaa")]
        {
            let distance = strsim::damerau_levenshtein(one, other);
            assert!(differing(letters(one), letters(other)) as usize <= distance, "{one} {other}");
        }
        assert!(differing(letters("kuopio"), letters("tampere")) > 2);
    }
}
