//! The order of names in a language: å ä ö after z in Finnish and Swedish, numbers by their value.
//!
//! The collations are CLDR's, by way of `icu_collator`.

use foldhash::{HashMap, HashMapExt};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use super::Language;

/// Orders names as a language does.
pub struct Order {
    collator: Option<CollatorBorrowed<'static>>,
}

impl Order {
    /// Returns the order of a language's names; of an unknown one the root order of CLDR.
    pub fn of(language: &Language) -> Order {
        let locale: Locale = language.names.parse().unwrap_or(Locale::UNKNOWN);
        let mut preferences: CollatorPreferences = (&locale).into();
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        Order { collator: Collator::try_new(preferences, CollatorOptions::default()).ok() }
    }

    /// Makes the key by which a name is sorted; names that differ never have the same one.
    pub fn key(&self, name: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(4 * name.len());
        if let Some(collator) = &self.collator {
            // Writing into memory does not fail.
            _ = collator.write_sort_key_to(name, &mut key);
        }
        // A key has no NUL of its own, so one that another begins with stays the smaller.
        key.push(0);
        key.extend(name.as_bytes());
        key
    }

    /// Returns for each name where it stands among all of them; the same name has the same place.
    pub fn ranks(&self, names: &[impl AsRef<str>]) -> Vec<u32> {
        let mut numbers = HashMap::with_capacity(names.len());
        let mut distinct: Vec<&str> = Vec::new();
        let mut number = |name| {
            *numbers.entry(name).or_insert_with(|| {
                distinct.push(name);
                distinct.len() - 1
            })
        };
        let numbered: Vec<usize> = names.iter().map(|name| number(name.as_ref())).collect();
        let mut order: Vec<usize> = (0..distinct.len()).collect();
        order.sort_by_cached_key(|number| self.key(distinct[*number]));
        let mut ranks = vec![0; distinct.len()];
        order.into_iter().zip(0..).for_each(|(number, rank)| ranks[number] = rank);
        numbered.into_iter().map(|number| ranks[number]).collect()
    }

    /// Puts before each item where its name stands among those of all of them.
    pub fn ranked<T>(&self, items: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<(u32, T)> {
        let names: Vec<&str> = items.iter().map(name).collect();
        self.ranks(&names).into_iter().zip(items).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tag: &str, names: &str) -> String {
        let mut names: Vec<&str> = names.split(' ').collect();
        let order = Order::of(&Language::of(tag));
        names.sort_by_cached_key(|name| order.key(name));
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
        fn keys_are_in_the_order_of_the_collation(one in "[aAbzåÄöéßø0-9 '-]{0,6}", other in "[a-zåÄ0-9 -]{0,6}|\\PC{0,6}") {
            for tag in ["en", "fi", "sv", "cs"] {
                let order = Order::of(&Language::of(tag));
                let collated = order.collator.as_ref().map(|collator| collator.compare(&one, &other)).unwrap();
                proptest::prop_assert_eq!(order.key(&one).cmp(&order.key(&other)), collated.then_with(|| one.cmp(&other)));
            }
        }
    }

    #[test]
    fn numbers_go_by_their_value() {
        assert_eq!(sorted("en", "District10 District9"), "District9 District10");
    }
}
