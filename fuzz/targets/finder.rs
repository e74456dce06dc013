//! Any text as the name of a place, a country, a network, a source or a region of the built-in registry: it means one,
//! several, or none with what comes near it, and the error names no more than it may.

#![no_main]

use std::cell::OnceCell;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use twinning::model::{Municipality, Registry};
use twinning::query::fold::fold;
use twinning::query::{FindError, find};
use twinning::storage::Source;

fn registry() -> &'static Registry<'static> {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    let load = || SOURCE.get_or_init(twinning_fuzz::builtin).load().expect("the built-in registry is sound");
    thread_local!(static REGISTRY: OnceCell<&'static Registry<'static>> = const { OnceCell::new() });
    REGISTRY.with(|registry| *registry.get_or_init(|| Box::leak(Box::new(load()))))
}

/// Tells that an error names the text, no more than three suggestions, and several candidates.
fn check(typed: &str, error: &FindError) {
    match error {
        FindError::Unknown { typed: told, suggestions, .. } => assert!(told == typed && suggestions.len() <= 3),
        FindError::Ambiguous { typed: told, candidates } => assert!(told == typed && candidates.len() > 1),
        FindError::Gone { typed: told, candidates } => assert!(told == typed && !candidates.is_empty()),
    }
    // Each name once, the candidates, and little besides.
    assert!(error.to_string().len() < typed.len() + 4096);
}

fuzz_target!(|text: &str| {
    let registry = registry();
    let (typed, within) = text.split_once('\n').unwrap_or((text, "FI"));
    let folded = fold(typed);
    assert!(folded.len() <= 20 * typed.len(), "{typed:?} grows to {folded:?}");

    for within in [None, Some(within)] {
        match find::municipality(registry, typed, within) {
            // An id is one anywhere, and what stands behind a comma is a country too.
            Ok(place) if place.id().eq_ignore_ascii_case(typed.trim()) || typed.contains(',') => {}
            Ok(place) => assert!(within.is_none_or(|code| place.country() == code)),
            Err(error) => check(typed, &error),
        }
    }
    let few: Vec<Municipality<'_>> = registry.municipalities().step_by(7).collect();
    if let Err(error) = find::among(registry, typed, &few) {
        check(typed.trim(), &error);
    }
    let errors = [
        find::country(registry, typed).err(),
        find::network(registry, typed).err(),
        find::source(registry, typed).err(),
        find::region(registry, typed).err(),
    ];
    errors.iter().flatten().for_each(|error| check(typed, error));
});
