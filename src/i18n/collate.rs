//! The order of names in a language: å ä ö after z in Finnish and Swedish, numbers by their value.
//!
//! The collations are CLDR's, by way of `icu_collator`.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use super::Language;

/// Orders names as a language does.
pub struct Order {
    collator: Option<CollatorBorrowed<'static>>,
    /// Whether plain letters stand in the order of the alphabet, each by itself, as in the languages of the program.
    is_alphabetical: bool,
}

impl Order {
    /// Returns the order of a language's names; of an unknown one the root order of CLDR.
    pub fn of(language: &Language) -> Order {
        let locale: Locale = language.names.parse().unwrap_or(Locale::UNKNOWN);
        let mut preferences: CollatorPreferences = (&locale).into();
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let collator = Collator::try_new(preferences, CollatorOptions::default()).ok();
        Order { collator, is_alphabetical: language.is_spoken() }
    }

    /// Compares two names; names that differ are never equal.
    pub fn compare(&self, one: &str, other: &str) -> std::cmp::Ordering {
        if self.is_alphabetical {
            let plain = |name: &str| name.bytes().fold(true, |plain, byte| plain & byte.is_ascii_alphabetic());
            if plain(one) && plain(other) {
                let small = |byte: u8| byte.to_ascii_lowercase();
                let order = one.bytes().map(small).cmp(other.bytes().map(small));
                if order.is_ne() {
                    return order;
                }
            }
        }
        let collated = self.collator.as_ref().map_or(std::cmp::Ordering::Equal, |order| order.compare(one, other));
        collated.then_with(|| one.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tag: &str, names: &str) -> String {
        let mut names: Vec<&str> = names.split(' ').collect();
        let order = Order::of(&Language::of(tag));
        names.sort_by(|one, other| order.compare(one, other));
        names.join(" ")
    }

    #[test]
    fn finnish_and_swedish_put_their_letters_last() {
        let names = "Öja Åbo Äänekoski Zirc Ulvila Oulu abc";
        assert_eq!(sorted("fi", names), "abc Oulu Ulvila Zirc Åbo Äänekoski Öja");
        assert_eq!(sorted("sv", names), "abc Oulu Ulvila Zirc Åbo Äänekoski Öja");
        assert_eq!(sorted("en", names), "Äänekoski abc Åbo Öja Oulu Ulvila Zirc");
    }

    proptest::proptest! {
        // The same cases at every run.
        #![proptest_config(proptest::test_runner::Config {
            failure_persistence: None,
            rng_seed: proptest::test_runner::RngSeed::Fixed(1),
            ..proptest::test_runner::Config::with_cases(2000)
        })]

        #[test]
        fn plain_letters_are_ordered_as_the_collation_does(one in "[a-zA-Z]{0,6}", other in "[a-zA-Z]{0,6}") {
            for tag in ["en", "fi", "sv"] {
                let order = Order::of(&Language::of(tag));
                let collated = order.collator.as_ref().map(|collator| collator.compare(&one, &other)).unwrap();
                proptest::prop_assert_eq!(order.compare(&one, &other), collated.then_with(|| one.cmp(&other)));
            }
        }
    }

    #[test]
    fn numbers_go_by_their_value() {
        assert_eq!(sorted("en", "District10 District9"), "District9 District10");
    }
}
