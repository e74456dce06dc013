//! The words of foreign lists for kinds and standings: ours, their labels in the program's languages, and others.

use crate::i18n::Lang;
use crate::i18n::labels::Label;
use crate::model::{Kind, Status};
use crate::query::fold::fold;

/// Other words for a kind, folded; one letter stands in RGRE's lists (Partnerschaft, Freundschaft, Kontakt).
const KINDS: &[(Kind, &[&str])] = &[
    (
        Kind::Twin,
        &[
            "p",
            "partnerschaft",
            "stadtepartnerschaft",
            "jumelage",
            "twinning",
            "twin town",
            "twin city",
            "sister city",
            "sister cities",
            "sister town",
            "ystavyyskaupunki",
            "ystavyyskuntasuhde",
            "vanortsavtal",
            "vanortssamarbete",
            "ville jumelee",
        ],
    ),
    (
        Kind::Friendship,
        &[
            "f",
            "freundschaft",
            "friendship city",
            "friendship agreement",
            "friendship city agreement",
            "amitie",
            "ystavyyskaupunkisopimus",
        ],
    ),
    (
        Kind::Partner,
        &[
            "partner city",
            "partnership",
            "kumppanikaupunki",
            "yhteistyosopimus",
            "kooperation",
            "cooperation",
            "co operation agreement",
            "samarbetsavtal",
            "partenariat",
        ],
    ),
    (Kind::Contact, &["k", "yhteydet", "kontakter", "contacts"]),
];
/// Other words for a standing, folded.
const STANDINGS: &[(Status, &[&str])] = &[
    (
        Status::Active,
        &[
            "aktiivinen",
            "toiminnassa",
            "voimassaoleva",
            "aktiv",
            "gallande",
            "pagaende",
            "in force",
            "current",
            "in kraft",
            "bestehend",
            "actif",
            "active",
            "en vigueur",
        ],
    ),
    (
        Status::Suspended,
        &[
            "keskeytynyt",
            "keskeytetty toistaiseksi",
            "jaadytetty",
            "tauolla",
            "vilande",
            "suspenderad",
            "pausad",
            "on hold",
            "frozen",
            "paused",
            "ruhend",
            "ausgesetzt",
            "suspendu",
            "gele",
        ],
    ),
    (
        Status::Historic,
        &[
            "lopetettu",
            "paattynyt",
            "lakkautettu",
            "irtisanottu",
            "upphord",
            "avslutat",
            "ended",
            "terminated",
            "former",
            "inactive",
            "beendet",
            "erloschen",
            "termine",
            "ancien",
        ],
    ),
];

/// Returns the kind that a word means.
pub fn kind(word: &str) -> Option<Kind> {
    meaning(word, Kind::parse, Kind::ALL, KINDS)
}

/// Returns the status that a word means.
pub fn status(word: &str) -> Option<Status> {
    meaning(word, Status::parse, Status::ALL, STANDINGS)
}

fn meaning<T: Label>(word: &str, parse: fn(&str) -> Option<T>, all: &[T], others: &[(T, &[&str])]) -> Option<T> {
    if let Some(own) = parse(word) {
        return Some(own);
    }
    let folded = fold(word);
    let is_labelled = |value: &&T| Lang::ALL.into_iter().any(|lang| fold(value.label(lang)) == folded);
    let labelled = all.iter().find(is_labelled).copied();
    labelled.or_else(|| others.iter().find(|(_, words)| words.contains(&&*folded)).map(|(value, _)| *value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_five_languages_mean_the_same() {
        for (word, meant) in [
            ("twin", Some(Kind::Twin)),
            ("Ystävyyskunta", Some(Kind::Twin)),
            ("vänort", Some(Kind::Twin)),
            ("Partnerschaft", Some(Kind::Twin)),
            ("f", Some(Kind::Friendship)),
            ("partner", Some(Kind::Partner)),
            ("Kontakt", Some(Kind::Contact)),
            ("marriage", None),
        ] {
            assert_eq!(kind(word), meant, "{word}");
        }
        for (word, meant) in [
            ("Voimassa", Some(Status::Active)),
            ("i kraft", Some(Status::Active)),
            ("keskeytetty", Some(Status::Suspended)),
            ("Päättynyt", Some(Status::Historic)),
            ("beendet", Some(Status::Historic)),
            ("on hold", Some(Status::Suspended)),
            ("?", None),
        ] {
            assert_eq!(status(word), meant, "{word}");
        }
    }
}
