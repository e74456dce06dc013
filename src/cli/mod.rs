//! The command line: options, the registry they mean, exit codes. Decides nothing about twinning.

mod claims;
mod contacts;
mod convert;
mod failure;
mod filter;
mod init;
mod list;
mod networks;
mod output;
mod session;
mod show;
mod sources;
mod stats;
mod which;

use std::ffi::OsString;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::Failure;
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
4 a name was not resolved, 6 refused, 7 a file could not be written.")]
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
    List(list::Args),
    /// Show everything about one place, or about the partnership of two
    Show(show::Args),
    /// Count partnerships
    Stats(stats::Args),
    /// List chains, networks and offices, those of one place, or the members of one
    Networks(networks::Args),
    /// List whom to ask
    Contacts(contacts::Args),
    /// List what single sources say where they disagree, or where no partnership is confirmed
    Claims(claims::Args),
    /// List where the statements come from
    Sources(sources::Args),
    /// Write a registry in the other form: a folder of tables, or one .json file
    Convert(convert::Args),
    /// Make a registry of one's own: a copy of the built-in one, or an empty one
    Init(init::Args),
}

/// Runs the program and returns its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let is_json = failure::asks_for_json(&args);
    let parsed = Cli::command().try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches));
    let result = match parsed {
        Ok(cli) => dispatch(cli, &args),
        Err(error) if !error.use_stderr() => return output::print_help(&error),
        Err(error) => Err(Failure::usage(&error)),
    };
    match result {
        Ok(()) => 0,
        Err(failure) => failure.report(is_json),
    }
}

fn dispatch(cli: Cli, args: &[OsString]) -> Result<(), Failure> {
    let Cli { global, command } = cli;
    let result = match command {
        Command::Convert(args) => return convert::run(&args, &global),
        Command::Init(args) => return init::run(&args, &global),
        Command::List(args) => Session::with(&global, &args.output, |session| list::run(session, &args)),
        Command::Show(args) => Session::with(&global, &args.output, |session| show::run(session, &args)),
        Command::Stats(args) => Session::with(&global, &args.output, |session| stats::run(session, &args)),
        Command::Networks(args) => Session::with(&global, &args.output, |session| networks::run(session, &args)),
        Command::Contacts(args) => Session::with(&global, &args.output, |session| contacts::run(session, &args)),
        Command::Claims(args) => Session::with(&global, &args.output, |session| claims::run(session, &args)),
        Command::Sources(args) => Session::with(&global, &args.output, |session| sources::run(session, &args)),
    };
    result.map_err(|failure| failure.with_command(args))
}
