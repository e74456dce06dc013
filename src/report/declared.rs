//! Declared totals against what is recorded, and the claims that no partnership confirms.

use super::field::Context;
use super::table::Cell;
use crate::i18n::collate::Order;
use crate::i18n::typed::quoted;
use crate::i18n::words;
use crate::model::vocabulary::Declared;
use crate::model::{Claim, Declaration, Rank, Registry, Source, Table};
use crate::query::declared::recorded;

/// Returns the declared totals of a party, in the order of kinds.
pub fn of<'r>(registry: &'r Registry<'_>, subject: &str) -> Vec<Declaration<'r>> {
    let mut declarations: Vec<Declaration<'r>> = registry.declared_by(subject).collect();
    declarations.sort_by_key(|declaration| declaration.kind());
    declarations
}

/// Returns the claims that a partnership exists which the registry does not have, of one party or of all, each pair
/// once.
pub fn unconfirmed<'r>(registry: &'r Registry<'_>, place: Option<&str>) -> Vec<Claim<'r>> {
    let about = |claim: &Claim<'_>| place.is_none_or(|id| claim.a() == id || claim.b() == id);
    let claims = registry.claims().filter(|claim| claim.field() == "exists" && claim.value() == "yes");
    let mut claims: Vec<Claim<'r>> =
        claims.filter(about).filter(|claim| registry.partnership(claim.a(), claim.b()).is_none()).collect();
    claims.dedup_by_key(|claim| [claim.a(), claim.b()]);
    claims
}

/// Returns what all sources claim of whether the partnership exists that one of them claims.
fn beside<'r>(registry: &'r Registry<'_>, claim: Claim<'r>) -> impl Iterator<Item = Claim<'r>> {
    registry.grid(Table::Claims).range(&[claim.a(), claim.b(), "exists"]).map(Claim::from)
}

/// Returns the claims of all sources that agree with one that a partnership exists.
pub fn agreeing<'r>(registry: &'r Registry<'_>, claim: Claim<'r>) -> impl Iterator<Item = Claim<'r>> {
    beside(registry, claim).filter(|other| other.value() == "yes")
}

/// Returns the claims of official sources that deny the partnership which one claims.
pub fn denials<'r>(registry: &'r Registry<'_>, claim: Claim<'r>) -> impl Iterator<Item = Claim<'r>> {
    let is_official = |source: &str| registry.source(source).and_then(Source::rank) == Some(Rank::Official);
    beside(registry, claim).filter(move |other| other.value() == "no" && is_official(other.source()))
}

/// Says what a party or a country states beside what is recorded, a sentence for each source.
pub fn totals(context: Context<'_>, subject: &str) -> Vec<String> {
    let (registry, lang) = (context.registry, context.lang());
    let mut declarations = of(registry, subject);
    let stating = declarations.first().map(|_| subject);
    let recorded = recorded(registry, stating).remove(subject).unwrap_or_default();
    declarations.sort_by_key(|declaration| declaration.source());
    let sentence = |of_one: &[Declaration<'_>]| {
        let source = of_one[0].source();
        let kinds: Vec<(Declared, &str)> =
            of_one.iter().filter_map(|declaration| Some((declaration.kind()?, declaration.count()))).collect();
        let stated: Vec<String> = kinds.iter().map(|(kind, count)| words::declared(lang, *kind, count)).collect();
        let found = |kind: &Declared| words::declared(lang, *kind, &recorded.count(*kind).to_string());
        let found: Vec<String> = kinds.iter().map(|(kind, _)| found(kind)).collect();
        let (stated, found, by) = (stated.join(", "), found.join(", "), source_name(context, source));
        match registry.municipality(subject) {
            Some(own) => words::states(lang, context.name(own), &stated, by, &found),
            None => words::states_of(lang, &context.country_name(subject), &stated, by, &found),
        }
    };
    declarations.chunk_by(|one, other| one.source() == other.source()).map(sentence).collect()
}

/// Says which claims about a party no partnership confirms.
pub fn unconfirmed_note(context: Context<'_>, place: &str) -> Option<String> {
    let (registry, lang) = (context.registry, context.lang());
    let own = registry.municipality(place)?;
    let claims = unconfirmed(registry, Some(place));
    let mut sentence = match claims.len() {
        0 => return None,
        1 => words::one_unconfirmed(lang).to_owned(),
        n => words::unconfirmed(lang, n),
    };
    let denied = claims.iter().filter(|claim| denials(registry, **claim).next().is_some()).count();
    if denied > 0 {
        sentence += &words::denied(lang, denied);
    }
    let mut names: Vec<&str> =
        claims.iter().map(|claim| context.name_of(if claim.a() == place { claim.b() } else { claim.a() })).collect();
    let order = Order::of(context.language);
    names.sort_by_cached_key(|name| order.key(name));
    Some(format!("{sentence} ({}): twin claims {}", names.join(", "), quoted(context.name(own))))
}

/// Returns who a source is by: its publisher, else its title, else its id.
pub fn source_name<'r>(context: Context<'r>, id: &'r str) -> &'r str {
    let named = |source: Source<'r>| [source.publisher(), source.title()].into_iter().find(|name| !name.is_empty());
    context.registry.source(id).and_then(named).unwrap_or(id)
}

/// Makes a cell of who the sources are by, each once.
pub fn sources_cell<'r>(context: Context<'r>, sources: impl Iterator<Item = &'r str>) -> Cell<'r> {
    let mut names: Vec<&str> = Vec::new();
    for name in sources.map(|source| source_name(context, source)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Cell::list(names)
}
