//! Where an answer goes and how it is drawn: format, fields, file, terminal.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::Global;
use super::failure::Failure;
use super::filter::one_of;
use crate::export::harmless::harmless;
use crate::export::{DocumentFormat, Format, Shown, Style, document, draw};
use crate::i18n::{Lang, words};
use crate::model::Registry;
use crate::report::document::Document;
use crate::report::field::choose;
use crate::report::plan::List;
use crate::report::{Answer, Field};
use crate::storage::{Place, commit};

/// The options of every command that answers.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// The format [default: table, or what the file's name says]
    #[arg(long, value_name = "FORMAT", value_parser = one_of(&Format::ALL))]
    format: Option<Format>,
    /// The fields to show, in this order
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    pub fields: Option<Vec<String>>,
    /// Write into a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// CSV as Excel opens it: semicolons, byte order mark, no cell that runs as a formula
    #[arg(long)]
    excel: bool,
}

impl Output {
    /// Makes them of what a command has taken itself.
    pub fn new(format: Option<Format>, fields: Option<Vec<String>>, output: Option<PathBuf>, excel: bool) -> Output {
        Output { format, fields, output, excel }
    }

    /// Returns the format: what was asked for, else Excel's, else what the file's name says, else a table.
    pub fn format(&self) -> Format {
        let named = || match self.output.as_deref().and_then(Path::extension)?.to_str()? {
            "md" => Some(Format::Markdown),
            extension => Format::ALL.into_iter().find(|(name, _)| *name == extension).map(|(_, format)| format),
        };
        self.format.or(self.excel.then_some(Format::Csv)).or_else(named).unwrap_or(Format::Table)
    }

    /// Returns the fields asked for, else all of them for programs, else those that suit people.
    pub fn fields<T>(
        &self,
        all: &'static [Field<T>],
        usual: &[&str],
        whole: bool,
    ) -> Result<Vec<&'static Field<T>>, Failure> {
        Ok(match &self.fields {
            Some(names) => choose(all, names)?,
            None if whole => all.iter().collect(),
            None => choose(all, usual)?,
        })
    }

    /// Refuses what does not go together.
    pub fn check(&self) -> Result<(), Failure> {
        if self.excel && self.format() != Format::Csv {
            return Err(Failure::new(2, "`--excel` makes CSV; it does not go with another `--format`"));
        }
        let extension = self.output.as_deref().and_then(Path::extension).map(|extension| extension.to_string_lossy());
        match extension.as_deref() {
            None | Some("txt" | "md") => Ok(()),
            Some(known)
                if self.format.is_some() || self.excel || Format::ALL.iter().any(|(name, _)| *name == known) =>
            {
                Ok(())
            }
            Some(other) => {
                let message = format!("no format is called `{other}`, and `--format` does not say which one to write");
                Err(Failure::new(2, message).hint("--format csv, or --excel for a file that Excel opens"))
            }
        }
    }

    /// Refuses what a sheet has no form for.
    pub fn check_sheet(&self) -> Result<(), Failure> {
        if matches!(self.format(), Format::Csv | Format::Tsv | Format::Xlsx) {
            return Err(Failure::new(2, "a sheet is no table; its formats are table, json, jsonl, markdown and html"));
        }
        if self.fields.is_some() {
            return Err(Failure::new(2, "a sheet has no `--fields`; they belong to listings"));
        }
        Ok(())
    }

    /// Writes an answer where it is to go, and its notes to stderr.
    pub fn finish(
        &self,
        answer: Answer<Option<Shown<'_>>>,
        colour: clap::ColorChoice,
        lang: Lang,
    ) -> Result<(), Failure> {
        let format = self.format();
        if format == Format::Html {
            return self.finish_page(answer, lang);
        }
        if let Some(shown) = &answer.shown {
            match &self.output {
                Some(path) => {
                    let style = Style { excel: self.excel, ..Style::default() };
                    commit::replace(path, |to| Ok(draw(shown, format, style, to)?))?;
                }
                None => print(shown, format, self.excel, colour)?,
            }
        } else if format == Format::Json && self.output.is_none() {
            silent_if_closed(io::stdout().lock().write_all(b"[]\n"))?;
        }
        if format.is_json() {
            return Ok(());
        }
        answer.notes.iter().for_each(say);
        Ok(())
    }

    /// Writes an answer as a page, which has the notes too.
    fn finish_page(&self, answer: Answer<Option<Shown<'_>>>, lang: Lang) -> Result<(), Failure> {
        let Answer { shown, notes } = answer;
        let page = match shown {
            Some(Shown::Table(title, table)) => Some(Document::of_table(title, notes.clone(), table)),
            Some(Shown::Sheet(sheet)) => Some(Document::of_sheet(lang, notes.clone(), sheet)),
            Some(Shown::Lists(_)) | None => None,
        };
        if let Some(page) = page {
            let draw = |to: &mut dyn Write| document(&page, DocumentFormat::Html, lang, Style::default(), to);
            write_whole(self.output.as_deref(), draw)?;
        }
        notes.iter().for_each(say);
        Ok(())
    }
}

/// Tells a note on stderr, on one line and without what steers a terminal.
pub fn say(note: impl AsRef<str>) {
    // What is done is done, whether it can be told or not.
    _ = writeln!(io::stderr(), "{}", harmless(note.as_ref()));
}

fn print(shown: &Shown<'_>, format: Format, excel: bool, colour: clap::ColorChoice) -> Result<(), Failure> {
    let style = Style { excel, ..style(colour, format == Format::Xlsx)? };
    write_whole(None, |to| draw(shown, format, style, to))
}

/// Returns how an answer is drawn on stdout, which may be a terminal.
///
/// # Errors
/// It is a workbook, and would go to a terminal.
pub fn style(colour: clap::ColorChoice, is_workbook: bool) -> Result<Style, Failure> {
    let stdout = io::stdout();
    let is_terminal = stdout.is_terminal();
    if is_terminal && is_workbook {
        return Err(Failure::new(2, "a workbook is not for a terminal").hint("-o FILE.xlsx writes it into a file"));
    }
    let colour = match colour {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        clap::ColorChoice::Auto => is_terminal && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    };
    let width = is_terminal.then(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).flatten();
    Ok(Style { width, colour, excel: false })
}

/// Prints what a plan does, on stdout.
pub fn print_lists(lists: Vec<List<'_>>, colour: clap::ColorChoice) -> Result<(), Failure> {
    print(&Shown::Lists(lists), Format::Table, false, colour)
}

/// Prints a text on stdout.
pub fn print_text(text: &str) -> Result<(), Failure> {
    silent_if_closed(io::stdout().lock().write_all(text.as_bytes()))
}

/// Writes into a file, whole or not at all, or else on stdout.
pub fn write_whole(path: Option<&Path>, draw: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    if let Some(path) = path {
        return Ok(commit::replace(path, |to| Ok(draw(to)?))?);
    }
    let mut buffer = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    silent_if_closed(draw(&mut buffer).and_then(|()| buffer.flush()))
}

/// Takes a closed pipe for success: its reader has read enough.
fn silent_if_closed(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(7, format!("the output could not be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints help or the version, and returns the exit code.
pub fn print_help(text: &clap::Error) -> u8 {
    // A closed pipe is silent success here too.
    _ = text.print();
    0
}

/// The options of every command that writes.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Writing")]
pub struct Writing {
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Answer yes to what would be asked; only more than one change is
    #[arg(long)]
    pub yes: bool,
}

/// Writes a registry where there is none, and says so.
pub fn write_new(registry: &Registry<'_>, path: &Path, writing: &Writing, global: &Global) -> Result<(), Failure> {
    let place = Place::of(path);
    if writing.dry_run {
        commit::check_free(&place)?;
    } else {
        commit::create(registry, &place)?;
    }
    let (places, partnerships) = (registry.municipalities().len(), registry.partnerships().len());
    let (lang, path) = (global.language().words, path.display().to_string());
    let mut note = words::wrote(lang, &path, places, partnerships);
    if writing.dry_run {
        note = format!("{} {}", words::would_write(lang, &path, places, partnerships), words::dry_run(lang));
    }
    say(&note);
    Ok(())
}
