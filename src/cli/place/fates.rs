//! What was typed of the partnerships of dissolved municipalities: each is decided once, none is guessed.

use std::ffi::OsString;

use super::super::failure::Failure;
use super::super::session::Session;
use super::with_more;
use crate::edit::merger::{Fate, Merging, Obstacle, Open};
use crate::i18n::typed::quoted;
use crate::model::Municipality;
use crate::query::{FindError, find};

/// What an option wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// `--carry`
    Carry,
    /// `--end`
    End,
    /// `--undecided`
    Undecided,
}

/// What decides the partnerships of one merger.
struct Deciding<'r, 's> {
    session: &'s Session<'r>,
    merging: &'s Merging<'r>,
    open: Vec<Open<'r>>,
    fates: Vec<Option<Fate<'r>>>,
    typed: &'s [OsString],
}

/// Decides the partnerships in force as the options say.
///
/// # Errors
/// One is not decided, is decided twice, or cannot be carried over; or an option names none of them.
pub fn fates<'r>(
    session: &Session<'r>,
    merging: &Merging<'r>,
    wishes: &[(Wish, &[String])],
    typed: &[OsString],
) -> Result<Vec<(Open<'r>, Fate<'r>)>, Failure> {
    let open = merging.open(session.registry);
    let mut deciding = Deciding { session, merging, fates: vec![None; open.len()], open, typed };
    let words = || wishes.iter().flat_map(|(wish, words)| words.iter().map(move |word| (*wish, word.as_str())));
    let (rest, named): (Vec<_>, Vec<_>) = words().partition(|(wish, word)| partner_of(*wish, word) == "all");
    for (wish, word) in named {
        deciding.decide(wish, word)?;
    }
    if let [first, second, ..] = rest[..] {
        return Err(Failure::new(2, format!("`{}` and `{}` both mean all the rest", option(first), option(second))));
    }
    if let Some((wish, word)) = rest.first() {
        let fate = deciding.fate(*wish, word)?;
        deciding.fates.iter_mut().filter(|known| known.is_none()).for_each(|known| *known = Some(fate));
    }
    deciding.finish()
}

fn option((wish, word): (Wish, &str)) -> String {
    let name = match wish {
        Wish::Carry => "--carry",
        Wish::End => "--end",
        Wish::Undecided => "--undecided",
    };
    format!("{name} {word}")
}

/// Returns the partner that an option names, without the place that the partnership goes to.
fn partner_of(wish: Wish, word: &str) -> &str {
    match word.rsplit_once('=') {
        Some((partner, _)) if wish == Wish::Carry => partner,
        _ => word,
    }
}

impl<'r> Deciding<'r, '_> {
    /// Names a partnership as people know it, and as it is typed.
    fn name(&self, open: Open<'r>, between: &str) -> String {
        let context = self.session.context();
        format!("{}{between}{}", context.name_of(open.own), context.name_of(open.partner))
    }

    /// Decides the partnerships that an option names.
    fn decide(&mut self, wish: Wish, word: &str) -> Result<(), Failure> {
        let fate = self.fate(wish, word)?;
        let meant = self.meant(word, partner_of(wish, word))?;
        for nth in meant {
            let is_same = match (self.fates[nth], fate) {
                (None, _) | (Some(Fate::Ended), Fate::Ended) | (Some(Fate::Undecided), Fate::Undecided) => true,
                (Some(Fate::Carried(one)), Fate::Carried(other)) => one.id() == other.id(),
                _ => false,
            };
            if !is_same {
                return Err(Failure::new(2, format!("{} is decided twice", self.name(self.open[nth], " – "))));
            }
            self.fates[nth] = Some(fate);
        }
        Ok(())
    }

    /// Returns what an option wishes for the partnerships it names.
    fn fate(&self, wish: Wish, word: &str) -> Result<Fate<'r>, Failure> {
        match wish {
            Wish::End => Ok(Fate::Ended),
            Wish::Undecided => Ok(Fate::Undecided),
            Wish::Carry => Ok(Fate::Carried(self.successor(word)?)),
        }
    }

    /// Finds the place that a partnership goes to.
    fn successor(&self, word: &str) -> Result<Municipality<'r>, Failure> {
        let into = &self.merging.into;
        let name = |place: &Municipality<'r>| self.session.context().name(*place);
        match (word.rsplit_once('='), &into[..]) {
            (None, [only]) => Ok(*only),
            (None, _) => {
                let failure = Failure::new(2, format!("`{}` does not say where it goes", option((Wish::Carry, word))));
                Err(match into.first() {
                    Some(first) => failure.hint(self.retyped(word, &format!("{word}={}", name(first)))),
                    None => failure,
                })
            }
            (Some((_, to)), _) => {
                let found = find::among(self.session.registry, to, into);
                found.map_err(|error| self.unresolved(error, word, to))?.ok_or_else(|| {
                    let names: Vec<&str> = into.iter().map(name).collect();
                    Failure::new(2, format!("`{to}` is not what they are merged into; that is {}", names.join(", ")))
                })
            }
        }
    }

    /// Returns the command as it was typed, with one word in place of another.
    fn retyped(&self, word: &str, other: &str) -> String {
        let words = self.typed.iter().skip(1).map(|typed| typed.to_string_lossy());
        let words: Vec<String> = words.map(|typed| quoted(if typed == word { other } else { &typed })).collect();
        format!("twin {}", words.join(" "))
    }

    /// Says that a name in an option was not resolved, with the option mended.
    fn unresolved(&self, error: FindError, option: &str, name: &str) -> Failure {
        let (FindError::Unknown { suggestions: near, .. }
        | FindError::Ambiguous { candidates: near, .. }
        | FindError::Gone { candidates: near, .. }) = &error;
        let mended = near.first().map(|first| option.replacen(name, &first.id, 1));
        let failure = Failure::from(error);
        match mended {
            Some(mended) if option != name => failure.hint(self.retyped(option, &mended)),
            // The name is all that was typed, so that it is mended as everywhere.
            _ => failure,
        }
    }

    /// Returns the partnerships that a partner, or `place~partner`, means.
    fn meant(&self, option: &str, word: &str) -> Result<Vec<usize>, Failure> {
        let context = self.session.context();
        let registry = self.session.registry;
        let dissolved: Vec<Municipality<'r>> = self.merging.dissolved().collect();
        let own_among =
            |name: &str| find::among(registry, name, &dissolved).map_err(|error| self.unresolved(error, option, name));
        let (own, partner) = match word.split_once('~') {
            None => (None, word),
            // The id of a partnership may have the partner first.
            Some((one, other)) => match (own_among(one)?, own_among(other)?) {
                (Some(own), _) => (Some(own.id()), other),
                (None, Some(own)) => (Some(own.id()), one),
                (None, None) => {
                    return Err(Failure::new(2, format!("neither `{one}` nor `{other}` is dissolved here")));
                }
            },
        };
        // Of two that are both dissolved each is the other's partner.
        let sides = |open: &Open<'r>| {
            let is_open = |id: &str| dissolved.iter().any(|place| place.id() == id);
            let pairs = [[open.own, open.partner], [open.partner, open.own]];
            pairs.into_iter().filter(move |[one, _]| is_open(one) && own.is_none_or(|own| own == *one))
        };
        let mut partners: Vec<Municipality<'r>> =
            self.open.iter().flat_map(sides).filter_map(|[_, partner]| registry.municipality(partner)).collect();
        partners.sort_by_key(|place| place.id());
        let found = match find::among(registry, partner, &partners) {
            Ok(Some(found)) => Ok(found.id().to_owned()),
            Ok(None) => find::municipality(registry, partner, None).map(|found| found.id().to_owned()),
            Err(error) => Err(error),
        };
        let found = found.map_err(|error| self.unresolved(error, option, partner))?;
        let is_meant = |nth: &usize| sides(&self.open[*nth]).any(|[_, partner]| partner == found);
        let meant: Vec<usize> = (0..self.open.len()).filter(is_meant).collect();
        if !meant.is_empty() {
            return Ok(meant);
        }
        let named = dissolved.iter().filter(|place| own.is_none_or(|own| own == place.id()));
        let named: Vec<&str> = named.map(|place| context.name(*place)).collect();
        let failure = Failure::new(2, format!("`{partner}` has no partnership in force with {}", named.join(" or ")));
        Err(match named.first() {
            Some(name) => failure.hint(format!("twin list {}", quoted(name))),
            None => failure,
        })
    }

    /// Refuses what is not decided, and what cannot be carried over.
    fn finish(self) -> Result<Vec<(Open<'r>, Fate<'r>)>, Failure> {
        let decided = self.open.iter().zip(&self.fates);
        let left: Vec<Open<'r>> = decided.clone().filter(|(_, fate)| fate.is_none()).map(|(open, _)| *open).collect();
        if !left.is_empty() {
            return Err(self.not_decided(&left));
        }
        let decided: Vec<(Open<'r>, Fate<'r>)> = decided.filter_map(|(open, fate)| Some((*open, (*fate)?))).collect();
        for (open, fate) in &decided {
            let Fate::Carried(to) = fate else { continue };
            if let Some(obstacle) = self.merging.obstacle(self.session.registry, *open, *to) {
                return Err(self.not_carried(*open, *to, obstacle));
            }
        }
        Ok(decided)
    }

    fn not_decided(&self, left: &[Open<'r>]) -> Failure {
        let names: Vec<String> = left.iter().map(|open| self.name(*open, " – ")).collect();
        let message = format!("not decided: {}; nothing was written", names.join(", "));
        let rest = match &self.merging.into[..] {
            [] => "--end all".to_owned(),
            [_] => "--carry all".to_owned(),
            [first, ..] => format!("--carry {}", quoted(&format!("all={}", self.session.context().name(*first)))),
        };
        let others = if self.merging.into.is_empty() { "--undecided" } else { "--end and --undecided" };
        Failure::new(6, message).hint(format!("{}, or name partners after {others}", with_more(self.typed, &rest)))
    }

    fn not_carried(&self, open: Open<'r>, to: Municipality<'r>, obstacle: Obstacle) -> Failure {
        let (pair, to) = (self.name(open, " – "), self.session.context().name(to));
        let partner = self.session.context().name_of(open.partner);
        let why = match obstacle {
            Obstacle::OnePlace => format!("both sides become {to}"),
            Obstacle::BothDissolved => "both sides are dissolved".to_owned(),
            Obstacle::Ended => format!("{to} and {partner} had a partnership that has ended"),
        };
        let end = format!("--end {}", quoted(&self.name(open, "~")));
        let message = format!("{pair} cannot be carried over: {why}; nothing was written");
        Failure::new(6, message).hint(format!("{end} ends it; {} leaves it open", end.replace("--end", "--undecided")))
    }
}
