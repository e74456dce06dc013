//! The command `twin`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(twinning::cli::run(std::env::args_os()))
}
