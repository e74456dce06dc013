//! The three languages of the program: which one is asked for, its words, and its order of names.
//!
//! Words are functions of `words`, so that a missing one does not compile. Options, ids, keys and the texts of errors
//! are English everywhere and do not stand here.

pub mod collate;
pub mod documents;
pub mod findings;
pub mod importing;
pub mod labels;
pub mod survey;
pub mod typed;
pub mod words;

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
}

impl Lang {
    /// Every language.
    pub const ALL: [Lang; 3] = [Lang::En, Lang::Fi, Lang::Sv];

    /// Returns its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fi => "fi",
            Lang::Sv => "sv",
        }
    }
}

/// What is asked for: the language of labels, and that of names, which any `name_xx` column may add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// The language of labels, statuses, kinds and footers.
    pub words: Lang,
    /// The BCP 47 tag of the names of places and countries.
    pub names: String,
}

impl Language {
    /// Reads a BCP 47 tag or a POSIX locale (`sv`, `sv-FI`, `fi_FI.UTF-8`); labels are English where the program does
    /// not speak the language.
    pub fn of(tag: &str) -> Language {
        let names = tag.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        let words = Lang::ALL.into_iter().find(|lang| lang.tag() == names).unwrap_or(Lang::En);
        Language { words, names }
    }

    /// Tells whether the program speaks the language.
    pub fn is_spoken(&self) -> bool {
        self.words.tag() == self.names
    }
}
