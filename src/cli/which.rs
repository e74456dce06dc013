//! Which registry a command is about, in which language, and which editor its user has.
#![allow(clippy::disallowed_methods, reason = "the environment is read here and nowhere else")]

use std::env;
use std::path::Path;

use super::Global;
use crate::i18n::Language;
use crate::storage::Place;

impl Global {
    /// Returns where the registry lies: what was asked for, else the nearest folder from here upwards that is a
    /// registry or whose `data/` is one, else the program itself.
    pub fn place(&self) -> Place {
        if let Some(path) = self.registry.as_deref().filter(|path| !path.is_empty()) {
            return Place::of(Path::new(path));
        }
        let here = env::current_dir().unwrap_or_default();
        let candidates = here.ancestors().flat_map(|folder| [folder.to_owned(), folder.join("data")]);
        let nearest = candidates.into_iter().find(|folder| Place::is_registry(folder));
        nearest.map_or(Place::Builtin, |folder| Place::Folder(shortest(&here, &folder).to_owned()))
    }

    /// Returns the language: what was asked for, else the locale's, else English.
    pub fn language(&self) -> Language {
        if let Some(tag) = self.lang.as_deref().filter(|tag| !tag.is_empty()) {
            return Language::of(tag);
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
        let language = Language::of(&locale.unwrap_or_default());
        if language.is_spoken() { language } else { Language::of("en") }
    }

    /// Tells whether the language was asked for by an option or the variable of this program.
    pub fn names_language(&self) -> bool {
        self.lang.as_deref().is_some_and(|tag| !tag.is_empty())
    }
}

/// Returns the command that opens the user's editor, if there is one.
pub fn editor() -> Option<String> {
    ["VISUAL", "EDITOR"].iter().find_map(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()))
}

/// Returns the folder as seen from here, if it lies below.
fn shortest<'p>(here: &Path, folder: &'p Path) -> &'p Path {
    match folder.strip_prefix(here) {
        Ok(below) if !below.as_os_str().is_empty() => below,
        _ => folder,
    }
}
