//! The command line: options, the registry they mean, exit codes. Decides nothing about twinning.

mod add;
mod apply;
mod check;
mod claim;
mod claims;
mod clock;
mod compare;
mod contact;
mod contacts;
mod convert;
mod edit;
mod editing;
mod export;
mod failure;
mod filter;
mod fmt;
mod gone_through;
mod import;
mod init;
mod later;
mod list;
mod list_file;
mod log;
mod network;
mod networks;
mod output;
mod place;
mod progress;
mod remove;
mod report;
mod session;
mod set;
mod show;
mod source;
mod sources;
mod stats;
mod status;
mod subject;
mod survey;
mod undo;
mod which;

use std::ffi::OsString;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::edit::status::Verb;
use crate::export::harmless::harmless;
use failure::Failure;
use later::Later;
use session::Session;

/// Who is twinned with whom, in what standing, since when, by whose decision, and how we know.
#[derive(Debug, Parser)]
#[command(name = "twin", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  twin list Kuopio                         Kuopio's sister cities
  twin list --country RU --status suspended --lang fi
  twin show Helsinki                       everything about Helsinki
  twin list Kuopio --excel -o kuopio.csv   a file that Excel opens
  twin init my-registry                    a registry of your own

Exit codes: 0 done (an empty list too), 2 wrong usage, 3 the registry cannot be read,
4 a name was not resolved, 5 somebody else's change, 6 refused, 7 a file could not be written.")]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// The options that every command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// The registry: a folder of tables or a .json file [default: the nearest one from here upwards, else the one built
    /// into the program]
    #[arg(long, global = true, value_name = "PATH", env = "TWIN_REGISTRY", hide_env_values = true)]
    // Not a path, which may not be empty as the variable may be.
    registry: Option<OsString>,
    /// The language of labels and names: en, fi, sv, or any other that the registry has names in [default: the locale's]
    #[arg(long, global = true, value_name = "LANGUAGE", env = "TWIN_LANG", hide_env_values = true)]
    lang: Option<String>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List partnerships: one place's partners, or pairs
    List(Later<list::Args>),
    /// Show everything about one place, or about the partnership of two
    Show(Later<show::Args>),
    /// Count partnerships
    Stats(Later<stats::Args>),
    /// List chains, networks and offices, those of one place, or the members of one
    Networks(Later<networks::Args>),
    /// List whom to ask
    Contacts(Later<contacts::Args>),
    /// List what single sources say where they disagree, or where no partnership is confirmed
    Claims(Later<claims::Args>),
    /// List where the statements come from
    Sources(Later<sources::Args>),
    /// List the operations on the registry: when, who, what, why
    Log(Later<log::Args>),
    /// Check the registry: every finding of every rule, each with a way out
    Check(Later<check::Args>),
    /// Make a report to publish: a web page, a workbook, Markdown or text
    Report(Later<report::Args>),
    /// Compare the registry with a foreign list: what they have, what we have, what disagrees
    Compare(Later<compare::Args>),
    /// Write the registry, or a selection of it, for maps, graphs, databases and other programs
    Export(Later<export::Args>),
    /// Add a partnership
    Add(Later<add::Args>),
    /// Set fields of a place or a partnership
    Set(Later<set::Args>),
    /// Edit a place or a partnership as text, in your editor
    Edit(Later<edit::Args>),
    /// Remove a partnership that was entered by mistake
    Remove(Later<remove::Args>),
    /// Suspend partnerships: put them on hold
    #[command(after_help = "Examples:
  twin suspend Kuopio Pskov --on 2022-03-01 --by a --body Kaupunginhallitus
  twin suspend --country BY --country RU --kind twin --on 2022-03-01 --reason \"attack on Ukraine\" --dry-run")]
    Suspend(Later<status::Args>),
    /// Resume suspended partnerships
    #[command(after_help = "Example:
  twin resume Kuopio Pskov --on 2030-01-01 --cite https://www.kuopio.fi/decision")]
    Resume(Later<status::Args>),
    /// End partnerships; for mistakes there is `twin remove`
    #[command(after_help = "Examples:
  twin end Kuopio Pskov --on 12.5.2023 --body Kaupunginvaltuusto --reference \"12.5.2023 § 40\"
  twin end --place Kuopio --country RU --on 2027-01-01 --planned")]
    End(Later<status::Args>),
    /// Record that partnerships were looked at and stay as they are
    #[command(after_help = "Example:
  twin keep Kouvola Vologda --on 2022-04-25 --review-on 2027 --reason \"contacts of citizens\"")]
    Keep(Later<status::Args>),
    /// Add, rename, merge or dissolve a place
    Place(Later<place::Args>),
    /// Add a chain, network, association or office, let places join and leave it, or close it
    #[command(subcommand)]
    Network(Later<network::Command>),
    /// Add whom to ask, or retire a contact and wipe who it was
    #[command(subcommand)]
    Contact(Later<contact::Command>),
    /// Add where statements come from
    #[command(subcommand)]
    Source(Later<source::Command>),
    /// Add what a single source says, accept it into the registry, or reject it
    #[command(subcommand)]
    Claim(Later<claim::Command>),
    /// Take over what foreign lists say, row by row, as a reviewed plan
    Import(Later<import::Args>),
    /// Ask municipalities what their partnerships are, and read their answers
    #[command(subcommand)]
    Survey(Later<survey::Command>),
    /// Bring a registry into canonical form: order, blanks, accents, line ends
    Fmt(Later<fmt::Args>),
    /// Carry out a plan that was kept in a file
    Apply(Later<apply::Args>),
    /// Take an operation back
    Undo(Later<undo::Args>),
    /// Write a registry in the other form: a folder of tables, or one .json file
    Convert(Later<convert::Args>),
    /// Make a registry of one's own: a copy of the built-in one, or an empty one
    Init(Later<init::Args>),
}

/// Returns the commands and their options, as the program takes them.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program and returns its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let is_json = failure::asks_for_json(&args);
    let parsed = command().try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches));
    let result = match parsed {
        Ok(cli) => dispatch(cli, &args),
        Err(error) if !error.use_stderr() => return output::print_help(&error),
        // What was typed stands in what is wrong with it: it is told of words that cannot steer a terminal.
        Err(error) => {
            let shown = |arg: &OsString| arg.to_str().map_or_else(|| arg.clone(), |arg| (&*harmless(arg)).into());
            Err(Failure::usage(&command().try_get_matches_from(args.iter().map(shown)).err().unwrap_or(error)))
        }
    };
    match result {
        Ok(()) => 0,
        Err(failure) => failure.report(is_json),
    }
}

fn dispatch(cli: Cli, args: &[OsString]) -> Result<(), Failure> {
    let Cli { global, command } = cli;
    let typed = args;
    let result = match command {
        Command::Log(Later(args)) => Session::with(&global, &args.output, |session| log::run(session, &args)),
        Command::Add(Later(args)) => add::run(&args, &global, typed),
        Command::Set(Later(args)) => set::run(&args, &global, typed),
        Command::Edit(Later(args)) => edit::run(&args, &global, typed),
        Command::Remove(Later(args)) => remove::run(&args, &global, typed),
        Command::Suspend(Later(args)) => status::run(Verb::Suspend, &args, &global, typed),
        Command::Resume(Later(args)) => status::run(Verb::Resume, &args, &global, typed),
        Command::End(Later(args)) => status::run(Verb::End, &args, &global, typed),
        Command::Keep(Later(args)) => status::run(Verb::Keep, &args, &global, typed),
        Command::Place(Later(args)) => place::run(&args, &global, typed),
        Command::Network(Later(command)) => network::run(&command, &global, typed),
        Command::Contact(Later(command)) => contact::run(&command, &global, typed),
        Command::Source(Later(command)) => source::run(&command, &global, typed),
        Command::Claim(Later(command)) => claim::run(&command, &global, typed),
        Command::Report(Later(args)) => report::run(&args, &global),
        Command::Export(Later(args)) => export::run(&args, &global),
        Command::Compare(Later(args)) => compare::run(&args, &global),
        Command::Survey(Later(command)) => survey::run(&command, &global, typed),
        Command::Import(Later(args)) => import::run(&args, &global, typed),
        Command::Fmt(Later(args)) => fmt::run(&args, &global, typed),
        Command::Apply(Later(args)) => apply::run(&args, &global, typed),
        Command::Undo(Later(args)) => undo::run(&args, &global, typed),
        Command::Check(Later(args)) => check::run(&args, &global),
        Command::Convert(Later(args)) => return convert::run(&args, &global),
        Command::Init(Later(args)) => return init::run(&args, &global),
        Command::List(Later(args)) => Session::with(&global, &args.output, |session| list::run(session, &args)),
        Command::Show(Later(args)) => Session::with(&global, &args.output, |session| show::run(session, &args)),
        Command::Stats(Later(args)) => Session::with(&global, &args.output, |session| stats::run(session, &args)),
        Command::Networks(Later(args)) => Session::with(&global, &args.output, |session| networks::run(session, &args)),
        Command::Contacts(Later(args)) => Session::with(&global, &args.output, |session| contacts::run(session, &args)),
        Command::Claims(Later(args)) => Session::with(&global, &args.output, |session| claims::run(session, &args)),
        Command::Sources(Later(args)) => Session::with(&global, &args.output, |session| sources::run(session, &args)),
    };
    result.map_err(|failure| failure.with_command(typed))
}
