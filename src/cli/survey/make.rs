//! `twin survey make`: a form for each municipality.

use std::path::PathBuf;

use super::super::Global;
use super::super::clock::Clock;
use super::super::failure::Failure;
use super::super::output::{Output, Writing, say};
use super::super::session::Session;
use super::Asked;
use crate::export;
use crate::i18n::{survey as words, words as common};
use crate::report::{Context, survey};
use crate::storage::commit;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin survey make --out survey-2027
  twin survey make --out savo --region Pohjois-Savo --lang fi
The forms are in the language of --lang, else in Swedish where a municipality's official name is Swedish, else in that of its
country. They hold no personal data. A form that is there already is never written over: it may hold an answer.")]
pub struct Args {
    /// The folder for the forms
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    writing: Writing,
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    let year = Clock::read()?.today.year();
    Session::with(global, &Output::default(), |session| {
        let mut files = Vec::new();
        for place in args.asked.find(session)? {
            let language = if global.names_language() { global.language() } else { survey::language(place) };
            let path = args.out.join(format!("{}.xlsx", place.id()));
            if path.symlink_metadata().is_ok() {
                let message =
                    format!("{} is there already, and may hold an answer; nothing was written", path.display());
                return Err(Failure::new(6, message).hint("--out names another folder"));
            }
            let form = survey::form(Context::new(session.registry, &language, None), place, year);
            let bytes =
                export::survey(&form).map_err(|error| Failure::new(7, format!("{}: {error}", path.display())))?;
            files.push((path, bytes));
        }
        let (lang, folder) = (session.context().lang(), args.out.display().to_string());
        if args.writing.dry_run {
            say(words::would_make(lang, files.len(), &folder));
            say(common::dry_run(lang));
            return Ok(());
        }
        commit::make_folder(&args.out)?;
        for (path, bytes) in &files {
            commit::replace(path, |to| Ok(to.write_all(bytes)?))?;
        }
        say(words::made(lang, files.len(), &folder));
        Ok(())
    })
}
