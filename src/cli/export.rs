//! `twin export`: the registry, or a selection of it, in the formats of other programs.

mod tables;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::failure::Failure;
use super::filter::{Filters, one_of};
use super::output::{Output, say, write_whole};
use super::session::Session;
use super::{Global, list};
use crate::export::sql::Dialect;
use crate::export::{Format, dot, geojson, graphml, jsonld};
use crate::i18n::{Lang, words};
use crate::model::Table;
use crate::report::graph::Graph;
use crate::report::listing;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  twin export --format csv                        all fields of what is in force
  twin export -o partnerships.geojson --all       a map: points, and lines between them
  twin export -o twinnings.graphml --country DE   a graph for Gephi, yEd or networkx
  twin export --format dot --kind twin | dot -Tsvg -o twinnings.svg
  twin export -o twinnings.jsonld --base https://example.org/twinning/
  twin export --format sql | psql twinnings       every table, with keys and a view
  twin export --format sql --dialect sqlite | sqlite3 twinnings.db
  twin export -o registry.xlsx                    every table as a sheet of a workbook
  twin export --format datapackage -o published   a folder of tables with their description
  twin export Kuopio -o kuopio.zip                the same as one file, of what is about Kuopio
SQL, workbooks and Data Packages hold tables: of the whole registry, or of what PLACE and filters
select and all that belongs to it. They take every status where --status names none.")]
pub struct Args {
    /// Places, by any name, id, Wikidata id or national code; two or more export the pairs among them
    #[arg(value_name = "PLACE")]
    places: Vec<String>,
    /// The format [default: what the file's name says]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Target>,
    /// Write into a file, whole or not at all
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// CSV as Excel opens it: semicolons, byte order mark, no cell that runs as a formula
    #[arg(long, help_heading = "Output")]
    excel: bool,
    /// What the IRIs of JSON-LD begin with [default: urn:twinning:]
    #[arg(long, value_name = "IRI", help_heading = "Output", value_parser = base)]
    base: Option<String>,
    /// Whose SQL it is [default: postgresql]
    #[arg(long, value_name = "DIALECT", help_heading = "Output", value_parser = one_of(&Dialect::ALL))]
    dialect: Option<Dialect>,
    /// The contacts as well, which are personal data; for the formats that hold tables
    #[arg(long, help_heading = "Output")]
    with_contacts: bool,
    #[command(flatten)]
    filters: Filters,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    Csv,
    Tsv,
    Json,
    Jsonl,
    Geojson,
    Graphml,
    #[value(alias = "gv")]
    Dot,
    Jsonld,
    Sql,
    Xlsx,
    Datapackage,
}

/// Reads what IRIs begin with.
fn base(typed: &str) -> Result<String, &'static str> {
    let is_forbidden = |sign: char| sign.is_whitespace() || sign.is_control() || "<>\"{}|\\^`".contains(sign);
    let scheme = typed.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign));
    if !is_scheme || typed.contains(is_forbidden) {
        return Err("an IRI begins like https://example.org/ and has no blanks");
    }
    Ok(typed.to_owned())
}

impl Args {
    /// Returns the format: what was asked for, else Excel's, else what the file's name says.
    fn target(&self) -> Result<Target, Failure> {
        let extension = self.output.as_deref().and_then(Path::extension);
        let of_extension = |extension: &str| match extension {
            zip if zip.eq_ignore_ascii_case(tables::ARCHIVE) => Some(Target::Datapackage),
            other => Target::from_str(other, true).ok(),
        };
        let named = extension.and_then(|extension| of_extension(extension.to_str()?));
        self.format.or(self.excel.then_some(Target::Csv)).or(named).ok_or_else(|| {
            let names: Vec<String> = Target::value_variants()
                .iter()
                .filter_map(|target| Some(target.to_possible_value()?.get_name().to_owned()))
                .collect();
            let message = format!("nothing says which format to write; the formats are {}", names.join(", "));
            Failure::new(2, message).hint("--format geojson, or -o FILE.geojson; -o FILE.zip is a Data Package")
        })
    }

    /// Refuses options of another format.
    fn check(&self, target: Target) -> Result<(), Failure> {
        let of: [(&str, bool, &[Target]); 4] = [
            ("--base", self.base.is_some(), &[Target::Jsonld]),
            ("--dialect", self.dialect.is_some(), &[Target::Sql]),
            ("--with-contacts", self.with_contacts, &[Target::Sql, Target::Xlsx, Target::Datapackage]),
            ("--excel", self.excel, &[Target::Csv]),
        ];
        match of.into_iter().find(|(_, is_given, of)| *is_given && !of.contains(&target)) {
            Some((option, ..)) => Err(Failure::new(2, format!("`{option}` does not go with this format"))),
            None => Ok(()),
        }
    }

    /// Tells whether a table is written.
    fn takes(&self, table: Table) -> bool {
        table != Table::Contacts || self.with_contacts
    }
}

pub fn run(args: &Args, global: &Global) -> Result<(), Failure> {
    let target = args.target()?;
    args.check(target)?;
    let flat = |format| {
        let output = Output::new(Some(format), None, args.output.clone(), args.excel);
        let list = list::Args { places: args.places.clone(), filters: args.filters.clone(), output };
        Session::with(global, &list.output, |session| list::run(session, &list))
    };
    match target {
        Target::Csv => flat(Format::Csv),
        Target::Tsv => flat(Format::Tsv),
        Target::Json => flat(Format::Json),
        Target::Jsonl => flat(Format::Jsonl),
        Target::Sql => Session::with(global, &Output::default(), |session| tables::sql(session, args)),
        Target::Xlsx => Session::with(global, &Output::default(), |session| tables::workbook(session, args)),
        Target::Datapackage => Session::with(global, &Output::default(), |session| tables::data_package(session, args)),
        Target::Geojson => graph(args, global, &geojson::FIELDS, geojson::geojson, without_coordinates),
        Target::Graphml => graph(args, global, &graphml::FIELDS, graphml::graphml, |_, _| None),
        Target::Dot => graph(args, global, &dot::FIELDS, dot::dot, |_, _| None),
        Target::Jsonld => {
            let base = args.base.as_deref().unwrap_or("urn:twinning:");
            let draw = |graph: &Graph<'_>, to: &mut dyn Write| jsonld::jsonld(graph, base, to);
            graph(args, global, &jsonld::FIELDS, draw, |_, _| None)
        }
    }
}

/// Writes the graph of a selection, and notes what it leaves out.
fn graph(
    args: &Args,
    global: &Global,
    fields: &[&str],
    draw: impl FnOnce(&Graph<'_>, &mut dyn Write) -> io::Result<()>,
    left_out: impl FnOnce(&Graph<'_>, Lang) -> Option<String>,
) -> Result<(), Failure> {
    Session::with(global, &Output::default(), |session| {
        let (filter, reads) = args.filters.resolve(session, &args.places)?;
        let context = session.on(filter.as_of);
        let selection = filter.select(session.registry);
        let graph = Graph::of(context, &selection.rows, fields);
        write_whole(args.output.as_deref(), |to| draw(&graph, to))?;
        let notes = list::with_reads(listing::notes(context, &filter, &selection), reads);
        notes.into_iter().chain(left_out(&graph, context.lang())).for_each(say);
        Ok(())
    })
}

/// Says what stands on no map.
fn without_coordinates(graph: &Graph<'_>, lang: Lang) -> Option<String> {
    let [places, partnerships] = geojson::without_coordinates(graph);
    (places > 0).then(|| words::without_coordinates(lang, places, partnerships))
}
