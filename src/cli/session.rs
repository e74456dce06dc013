//! What a command that answers has at hand: the registry, the language of its reader, and where its answer goes.

use jiff::civil::Date;

use super::Global;
use super::failure::Failure;
use super::output::{Output, say};
use crate::export::Shown;
use crate::i18n::{Language, words};
use crate::model::{self, Municipality, Registry};
use crate::query::find;
use crate::report::{Answer, Context, Table};
use crate::storage::{Place, Source};

/// A registry that has been loaded for one command.
pub struct Session<'r> {
    /// The registry.
    pub registry: &'r Registry<'r>,
    language: &'r Language,
    output: &'r Output,
    colour: clap::ColorChoice,
}

/// Loads the registry that is meant and hands it to a command.
pub fn load(
    global: &Global,
    command: impl FnOnce(&Place, &Source, &Registry<'_>, &Language) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let place = global.place();
    let source = Source::open(&place)?;
    let registry = source.load()?;
    let language = global.language();
    if global.names_language() && !language.is_spoken() && !has_names(&registry, &language) {
        let message = format!("the registry has no names in `{}`, and the program does not speak it", language.names);
        return Err(Failure::new(2, message).hint("--lang en, fi or sv"));
    }
    command(&place, &source, &registry, &language)
}

impl Session<'_> {
    /// Loads the registry that is meant and runs a command on it that answers.
    pub fn with(
        global: &Global,
        output: &Output,
        command: impl FnOnce(&Session<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        output.check()?;
        load(global, |place, _, registry, language| {
            if *place == Place::Builtin && !output.format().is_json() {
                say("note: this is the registry built into twin; `twin init DIR` makes one that can be edited");
            }
            command(&Session::new(registry, language, output, global.color))
        })
    }
}

impl<'r> Session<'r> {
    /// Makes what a command has at hand.
    pub fn new(
        registry: &'r Registry<'r>,
        language: &'r Language,
        output: &'r Output,
        colour: clap::ColorChoice,
    ) -> Session<'r> {
        Session { registry, language, output, colour }
    }

    /// Returns when there is to be colour.
    pub fn colour(&self) -> clap::ColorChoice {
        self.colour
    }

    /// Returns what an answer about today is made for.
    pub fn context(&self) -> Context<'r> {
        self.on(None)
    }

    /// Returns what an answer about a day is made for.
    pub fn on(&self, as_of: Option<Date>) -> Context<'r> {
        Context::new(self.registry, self.language, as_of)
    }

    /// Finds a party by what was typed.
    pub fn find(&self, typed: &'r str, within: Option<&str>) -> Result<Municipality<'r>, Failure> {
        Ok(find::municipality(self.registry, typed, within)?)
    }

    /// Says how a name was read, where it was not typed as it is shown.
    pub fn read_as(&self, typed: &str, place: Municipality<'r>) -> Option<String> {
        let (context, name) = (self.context(), self.context().name(place));
        let country = context.country(place.country());
        (typed != name && typed != place.id()).then(|| words::read_as(context.lang(), typed, name, country))
    }

    /// Writes the answer.
    pub fn finish(&self, answer: Answer<Option<Shown<'r>>>) -> Result<(), Failure> {
        self.output.finish(answer, self.colour, self.context().lang())
    }

    /// Writes a table, or says that there is nothing in it.
    pub fn finish_table(&self, title: &'static str, table: Table<'r>, mut notes: Vec<String>) -> Result<(), Failure> {
        if table.is_empty() {
            notes.push(words::empty_table(self.context().lang()).to_owned());
        }
        self.finish(Answer { shown: Some(Shown::Table(title, table)), notes })
    }

    /// Tells whether the answer shows all fields, where none are asked for.
    pub fn shows_all(&self) -> bool {
        self.output.format().shows_all()
    }
}

fn has_names(registry: &Registry<'_>, language: &Language) -> bool {
    let column = format!("name_{}", language.names);
    [model::Table::Municipalities, model::Table::Countries]
        .iter()
        .any(|table| registry.grid(*table).header().any(|name| name == column))
}
