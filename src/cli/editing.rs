//! What every command that edits has in common: the plan is shown, kept, confirmed and carried out in one place.

use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::Global;
use super::clock::Clock;
use super::failure::Failure;
use super::output::{Output, Writing, print_lists, print_text, say};
use super::session::{Session, load};
use crate::edit::rebase::Rebase;
use crate::edit::status::Left;
use crate::edit::{Plan, Record};
use crate::edit::{field, freehand};
use crate::i18n::typed::quoted;
use crate::i18n::{Lang, words};
use crate::model::{Kind, Municipality, PartialDate, Table, Truth};
use crate::query::find;
use crate::report::plan::{self, Teller};
use crate::report::tidied;
use crate::storage::apply::{Done, Work, apply};
use crate::storage::lines::{Entry, SavedPlan, operations, write_plan};
use crate::storage::{OddFile, Oddity, Place, Source, commit, wipe};

/// The options of every command that edits.
#[derive(Clone, Debug, clap::Args)]
pub struct Edits {
    #[command(flatten)]
    pub writing: Writing,
    /// Keep the plan in a file instead of carrying it out; `twin apply FILE` does
    #[arg(long, value_name = "FILE")]
    save_plan: Option<PathBuf>,
    /// Why; it stands in the journal, and in the event if there is one
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub reason: String,
}

impl Edits {
    /// Tells whether the plan is kept in a file instead of being carried out.
    pub fn keeps_plan(&self) -> bool {
        self.save_plan.is_some()
    }
}

/// What a command wants done.
#[derive(Debug, Default)]
pub struct Proposal {
    /// What is to be changed.
    pub plan: Plan,
    /// The files that are rewritten along with it because they are not in canonical form.
    pub files: Vec<OddFile>,
    /// What is left as it is, and the kinds that were asked for.
    pub left: Vec<Left>,
    pub kinds: Vec<Kind>,
    /// What is shown instead of what the plan changes.
    pub shown: Option<String>,
    /// What its user should know.
    pub notes: Vec<String>,
    /// Whether each record must still be as it was when the plan was made.
    pub exact: bool,
    /// The operation that is taken back.
    pub undoes: Option<String>,
    /// What the journal is to tell instead of the command and the reason typed.
    pub told: Option<(String, String)>,
}

/// A registry that has been loaded to be edited by one command.
pub struct Editing<'r> {
    pub session: Session<'r>,
    pub clock: Clock,
    place: &'r Place,
    source: &'r Source,
    options: &'r Edits,
    command: String,
}

/// A date as it was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    pub date: PartialDate,
    typed: String,
}

impl Typed {
    /// Reads a date as people write it.
    pub fn parse(typed: &str) -> Result<Typed, String> {
        let date = freehand::date(typed).map_err(|error| error.to_string())?;
        Ok(Typed { date, typed: typed.to_owned() })
    }
}

/// Returns the command as it was typed, without where the registry lies and how its user is spoken to.
fn told(args: &[OsString]) -> String {
    let own = ["--registry", "--lang", "--color", "--save-plan"];
    let mut words = vec!["twin".to_owned()];
    let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        if own.contains(&&*arg) {
            _ = args.next();
        } else if arg != "--yes" && !own.iter().any(|own| arg.starts_with(&format!("{own}="))) {
            words.push(quoted(&arg));
        }
    }
    words.join(" ")
}

/// Loads the registry, asks the command for its plan, and does with it what its options say.
pub fn edit(
    global: &Global,
    options: &Edits,
    args: &[OsString],
    command: impl FnOnce(&Editing<'_>) -> Result<Proposal, Failure>,
) -> Result<(), Failure> {
    if global.place() == Place::Builtin && !options.writing.dry_run && options.save_plan.is_none() {
        return Err(commit::WriteError::Builtin.into());
    }
    let clock = Clock::read()?;
    let output = Output::default();
    load(global, |place, source, registry, language| {
        let session = Session::new(registry, language, &output, global.color);
        let editing = Editing { session, clock, place, source, options, command: told(args) };
        let proposal = command(&editing)?;
        editing.finish(proposal)
    })
}

impl<'r> Editing<'r> {
    /// Says on stderr how a date was read that was not typed as it is written.
    pub fn date(&self, typed: &Typed) -> PartialDate {
        let read = typed.date.to_string();
        if read != typed.typed {
            say(words::date_read_as(self.session.context().lang(), &typed.typed, &read));
        }
        typed.date
    }

    /// Returns a date that must not lie in the future.
    pub fn past(&self, typed: &Typed) -> Result<PartialDate, Failure> {
        self.not_future(self.date(typed))
    }

    /// Refuses a date that lies in the future.
    pub fn not_future(&self, date: PartialDate) -> Result<PartialDate, Failure> {
        match date.by(self.clock.today) {
            Truth::No => Err(Failure::new(6, format!("`{date}` lies in the future; nothing was written"))),
            _ => Ok(date),
        }
    }

    /// Returns a text as it stands in a column of the events.
    pub fn event_text(&self, column: &str, typed: &str) -> Result<String, Failure> {
        let column = field::column(self.session.registry.grid(Table::Events), column)?;
        Ok(field::cell(column.map_or("", |column| column.name), column, typed)?)
    }

    /// Returns the code of the country that places are meant to be in.
    pub fn within(&self, typed: Option<&'r str>) -> Result<Option<&'r str>, Failure> {
        match typed {
            Some(typed) => Ok(Some(find::country(self.session.registry, typed)?.code())),
            None => Ok(None),
        }
    }

    /// Finds the two places of a pair, and says how their names were read.
    pub fn pair(
        &self,
        typed: &'r [String],
        within: Option<&str>,
    ) -> Result<([Municipality<'r>; 2], Vec<String>), Failure> {
        let session = &self.session;
        let found = typed.iter().map(|typed| session.find(typed, within)).collect::<Result<Vec<_>, _>>()?;
        let notes = typed.iter().zip(&found).filter_map(|(typed, place)| session.read_as(typed, *place)).collect();
        match found[..] {
            [one, other] if one.id() != other.id() => Ok(([one, other], notes)),
            [one, ..] => Err(Failure::new(2, format!("both places are {}", session.context().name(one)))),
            [] => Err(Failure::new(2, "two places are wanted")),
        }
    }

    /// Returns the id of a source that was named by its id or its address; an address that no source has adds one to
    /// the records.
    pub fn cite(&self, cited: Option<&str>, added: &mut Vec<Record>) -> Result<String, Failure> {
        let registry = self.session.registry;
        let Some(cited) = cited else { return Ok(String::new()) };
        let Some((_, rest)) = cited.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme)) else {
            return Ok(find::source(registry, cited).map(|source| source.id().to_owned())?);
        };
        let known = registry.sources().find(|source| source.url() == cited).map(|source| source.id());
        let known =
            known.or_else(|| added.iter().find(|source| source.get("url") == cited).map(|source| source.get("id")));
        if let Some(known) = known {
            return Ok(known.to_owned());
        }
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = crate::edit::slug(&host.strip_prefix("www.").unwrap_or(host).replace('.', "-"));
        let base = format!("{}-{}", if host.is_empty() { "web" } else { &host }, self.clock.today.year());
        let numbered = std::iter::once(base.clone()).chain((2..).map(|nth| format!("{base}-{nth}")));
        let is_free = |id: &String| registry.source(id).is_none() && added.iter().all(|source| source.get("id") != id);
        let id = numbered.into_iter().find(is_free).unwrap_or(base);
        let record = Record::new(Table::Sources)
            .with("id", id.as_str())
            .with("title", cited)
            .with("rank", "other")
            .with("url", cited)
            .with("retrieved", self.clock.today.to_string());
        added.push(record);
        Ok(id)
    }

    /// Shows the plan, and keeps it, asks, or carries it out.
    fn finish(&self, proposal: Proposal) -> Result<(), Failure> {
        let lang = self.session.context().lang();
        self.show(&proposal)?;
        let Proposal { plan, files, notes, exact, undoes, told, .. } = proposal;
        notes.into_iter().for_each(say);
        if plan.is_empty() && files.is_empty() {
            say(words::nothing_to_do(lang));
            return Ok(());
        }
        if !wipe::wiped(&plan).is_empty() {
            say(words::wiped(lang));
        }
        let (command, reason) = told.unwrap_or_else(|| (self.command.clone(), self.options.reason.clone()));
        if let Some(path) = &self.options.save_plan {
            if !files.is_empty() {
                say(words::rewrites_not_kept(lang));
            }
            return self.keep(path, SavedPlan { command, reason, plan });
        }
        if self.options.writing.dry_run {
            say(words::dry_run(lang));
            return Ok(());
        }
        self.confirm(plan.subjects().len() + files.len())?;
        let Clock { now: at, user: by, .. } = self.clock.clone();
        let entry = Entry { at, by, command, reason, undoes };
        let how = if exact { Rebase::Exact } else { Rebase::Merge };
        let work = Work { plan: &plan, how, forms: !files.is_empty() };
        let Done { id, subjects, files, unfinished } =
            apply(self.place, self.source, self.session.registry, work, &entry)?;
        if let Some(error) = unfinished {
            say(format!(
                "note: the change is decided and everybody sees it, but not all tables could be moved into place ({error}); the next edit does that"
            ));
        }
        if files > 0 {
            say(words::rewritten(lang, files));
        }
        match id {
            Some(id) if subjects == 1 => say(words::one_done(lang, &id)),
            Some(id) => say(words::done(lang, subjects, &id)),
            None if files > 0 => {}
            None => say(words::nothing_to_do(lang)),
        }
        Ok(())
    }

    /// Shows what is to be changed and rewritten, and what is left as it is.
    fn show(&self, Proposal { plan, files, left, kinds, shown, .. }: &Proposal) -> Result<(), Failure> {
        if let Some(shown) = shown {
            return print_text(shown);
        }
        let context = self.session.context();
        let lang = context.lang();
        let is_dry = self.options.writing.dry_run;
        let mut lists = Vec::new();
        if !plan.is_empty() {
            let subjects = plan.subjects().len();
            let title = if is_dry { words::would_change(lang, subjects) } else { words::changing(lang, subjects) };
            lists.push(plan::changes(context, plan, title));
        }
        if !files.is_empty() {
            let title =
                if is_dry { words::would_rewrite(lang, files.len()) } else { words::rewriting(lang, files.len()) };
            let told = |file: &OddFile| {
                let what = file.what.iter().map(|oddity| oddity_in_words(lang, *oddity));
                [file.name.clone(), what.collect::<Vec<_>>().join(", ")]
            };
            lists.push(tidied::files(title, files.iter().map(told).collect()));
        }
        if !left.is_empty() {
            lists.push(plan::left(context, left, kinds));
        }
        print_lists(lists, self.session.colour())
    }

    /// Keeps a plan in a file instead of carrying it out.
    fn keep(&self, path: &Path, saved: SavedPlan) -> Result<(), Failure> {
        let context = self.session.context();
        if saved.plan.is_empty() {
            return Ok(());
        }
        let teller = Teller::of(context, &saved.plan);
        let lines: Vec<String> = saved.plan.steps.iter().map(|step| teller.line(step).sentence()).collect();
        let text = write_plan(&saved, &lines);
        let text = text.map_err(|error| Failure::new(7, error.to_string()))?;
        commit::replace(path, |to| Ok(to.write_all(text.as_bytes())?))?;
        say(words::plan_saved(context.lang(), &path.display().to_string()));
        Ok(())
    }

    /// Asks for the count of what is to be changed, if it is more than one thing.
    fn confirm(&self, subjects: usize) -> Result<(), Failure> {
        if subjects < 2 || self.options.writing.yes {
            return Ok(());
        }
        if !io::stdin().is_terminal() {
            let message =
                format!("{subjects} would be changed, and nobody is there to confirm it; nothing was written");
            return Err(Failure::new(6, message).hint("add --yes to confirm, or --dry-run to see the plan alone"));
        }
        let mut stderr = io::stderr().lock();
        _ = write!(stderr, "{}", words::type_the_count(self.session.context().lang(), subjects));
        _ = stderr.flush();
        let mut typed = String::new();
        _ = io::stdin().lock().read_line(&mut typed);
        if typed.trim() == subjects.to_string() {
            return Ok(());
        }
        Err(Failure::new(6, "the count was not typed; nothing was written"))
    }

    /// Returns the files of the registry that are not in canonical form.
    pub fn odd_files(&self) -> Vec<OddFile> {
        self.source.odd_files(self.session.registry)
    }

    /// Reads the operations of the journal.
    pub fn operations(&self) -> Result<Vec<crate::edit::Operation>, Failure> {
        Ok(operations(self.session.registry)?)
    }
}

/// Says what about a file is not in canonical form.
fn oddity_in_words(lang: Lang, oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::Encoding => words::encoding(lang),
        Oddity::LineEnds => words::line_ends(lang),
        Oddity::Separators => words::separators(lang),
        Oddity::Columns => words::columns(lang),
        Oddity::Rows => words::order_of_rows(lang),
        Oddity::Accents => words::accents(lang),
        Oddity::Spelling => words::spelling(lang),
    }
}
