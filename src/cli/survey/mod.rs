//! `twin survey`: municipalities are asked what their partnerships are, and their answers are taken over.

mod make;
mod read;

use std::ffi::OsString;

use super::Global;
use super::failure::Failure;
use super::session::Session;
use crate::model::Municipality;
use crate::query::find;
use crate::report::survey;

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Write a form for each municipality: a workbook with its partnerships as recorded
    Make(make::Args),
    /// Read the answers back, and show who has not answered
    Read(read::Args),
}

/// Whom a survey asks.
#[derive(Clone, Debug, clap::Args)]
struct Asked {
    /// Only these municipalities
    #[arg(long, value_name = "PLACE")]
    place: Vec<String>,
    /// Only those of this region
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
}

impl Asked {
    /// Returns the municipalities that are asked.
    fn find<'r>(&self, session: &Session<'r>) -> Result<Vec<Municipality<'r>>, Failure> {
        let registry = session.registry;
        let find = |typed: &String| Ok(find::municipality(registry, typed, None)?.id().to_owned());
        let places: Vec<String> = self.place.iter().map(find).collect::<Result<_, Failure>>()?;
        let region = |typed: &String| Ok(find::region(registry, typed)?.to_owned());
        let regions: Vec<String> = self.region.iter().map(region).collect::<Result<_, Failure>>()?;
        let asked = survey::asked(session.context(), &places, &regions);
        if asked.is_empty() {
            let message = "no municipality at home is asked; a survey is for those of the registry's home countries";
            return Err(Failure::new(4, message).hint("twin stats --by region --all"));
        }
        Ok(asked)
    }
}

pub fn run(command: &Command, global: &Global, typed: &[OsString]) -> Result<(), Failure> {
    match command {
        Command::Make(args) => make::run(args, global),
        Command::Read(args) => read::run(args, global, typed),
    }
}
