//! `twin place`: municipalities and other parties that are added, renamed, merged and dissolved.

mod add;
mod fates;
mod merge;
mod rename;

use std::ffi::OsString;

use clap::Subcommand;

use super::Global;
use super::failure::Failure;
use super::session::Session;
use crate::i18n::typed::quoted;
use crate::model::Municipality;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a place, at home or abroad
    Add(add::Args),
    /// Give a place another name; its id stays, and the old name still finds it
    Rename(rename::Args),
    /// Merge municipalities, and decide what becomes of each partnership
    Merge(merge::MergeArgs),
    /// Dissolve a municipality without a successor
    Dissolve(merge::DissolveArgs),
}

pub fn run(args: &Args, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    match &args.command {
        Command::Add(args) => add::run(args, global, typed),
        Command::Rename(args) => rename::run(args, global, typed),
        Command::Merge(args) => merge::merge(args, global, typed),
        Command::Dissolve(args) => merge::dissolve(args, global, typed),
    }
}

/// Returns a command as it was typed, with more behind it.
fn with_more(typed: &[OsString], more: &str) -> String {
    let words: Vec<String> = typed.iter().skip(1).map(|word| quoted(&word.to_string_lossy())).collect();
    format!("twin {} {more}", words.join(" "))
}

/// Refuses a place that is no more.
fn still_there<'r>(session: &Session<'r>, place: Municipality<'r>) -> Result<(), Failure> {
    match place.dissolved() {
        None => Ok(()),
        Some(on) => {
            let name = session.context().name(place);
            let message = format!("{name} was dissolved already, {on}");
            Err(Failure::new(5, message).hint(format!("twin show {}", quoted(name))))
        }
    }
}
