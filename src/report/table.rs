//! The table: what any answer is made of, typed cells under named columns.

use std::borrow::Cow;

use crate::i18n::Lang;
use crate::i18n::labels::Label;
use crate::model::{Interval, PartialDate};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'r> {
    /// Not known, or nothing.
    Unknown,
    /// A text.
    Text(Cow<'r, str>),
    /// A word of a vocabulary: for programs, and for people.
    Word(&'static str, &'static str),
    /// A date, as exact as is known.
    Date(PartialDate),
    /// Texts.
    List(Vec<Cow<'r, str>>),
    /// A count.
    Count(usize),
}

impl<'r> Cell<'r> {
    /// Makes a cell of a text; an empty one is unknown.
    pub fn text(text: impl Into<Cow<'r, str>>) -> Cell<'r> {
        let text = text.into();
        if text.is_empty() { Cell::Unknown } else { Cell::Text(text) }
    }

    /// Makes a cell of a word of a vocabulary.
    pub fn word(word: Option<impl Label>, lang: Lang) -> Cell<'r> {
        word.map_or(Cell::Unknown, |word| Cell::Word(word.code(), word.label(lang)))
    }

    /// Makes a cell of a list.
    pub fn list(items: impl IntoIterator<Item = &'r str>) -> Cell<'r> {
        Cell::List(items.into_iter().map(Cow::Borrowed).collect())
    }

    /// Makes a cell of a date.
    pub fn date(date: Option<PartialDate>) -> Cell<'r> {
        date.map_or(Cell::Unknown, Cell::Date)
    }

    /// Makes a cell of a term, written as in the tables.
    pub fn interval(term: Option<Interval>) -> Cell<'r> {
        let end = |date: Option<PartialDate>| date.map_or("..".to_owned(), |date| date.to_string());
        term.map_or(Cell::Unknown, |term| Cell::Text(format!("{}/{}", end(term.from), end(term.to)).into()))
    }

    /// Returns what people read; lists are joined by `; `.
    pub fn display(&self) -> Cow<'_, str> {
        match self {
            Cell::Unknown => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Word(_, label) => Cow::Borrowed(label),
            Cell::List(items) => Cow::Owned(items.join("; ")),
            Cell::Date(date) => Cow::Owned(date.to_string()),
            Cell::Count(count) => Cow::Owned(count.to_string()),
        }
    }

    /// Returns the same, without a copy of a text.
    pub fn into_display(self) -> Cow<'r, str> {
        match self {
            Cell::Text(text) => text,
            Cell::Word(_, label) => Cow::Borrowed(label),
            other => Cow::Owned(other.display().into_owned()),
        }
    }

    /// Returns what programs read in a CSV cell: words of vocabularies, lists joined by `;`.
    pub fn raw(&self) -> Cow<'_, str> {
        match self {
            Cell::Word(word, _) => Cow::Borrowed(word),
            Cell::List(items) => match &items[..] {
                [] => Cow::Borrowed(""),
                [one] => Cow::Borrowed(one),
                several => Cow::Owned(several.join(";")),
            },
            other => other.display(),
        }
    }

    /// Tells whether it is a number, which stands at the right.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Count(_))
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs: the key in JSON, the header in CSV.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// Whether a cell that equals the one above need not be shown again.
    pub grouped: bool,
}

impl Column {
    /// Makes a column that shows every cell.
    pub fn new(key: &'static str, label: &'static str) -> Column {
        Column { key, label, grouped: false }
    }
}

/// Columns and rows; the rows are made when they are drawn, as often as the drawer needs them.
pub struct Table<'r> {
    /// The columns.
    pub columns: Vec<Column>,
    len: usize,
    row: Box<dyn Fn(usize) -> Vec<Cell<'r>> + 'r>,
}

impl<'r> Table<'r> {
    /// Makes a table whose rows are made on demand.
    pub fn new(columns: Vec<Column>, len: usize, row: impl Fn(usize) -> Vec<Cell<'r>> + 'r) -> Table<'r> {
        Table { columns, len, row: Box::new(row) }
    }

    /// Makes a table of rows.
    pub fn of_rows(columns: Vec<Column>, rows: Vec<Vec<Cell<'r>>>) -> Table<'r> {
        Table::new(columns, rows.len(), move |nth| rows[nth].clone())
    }

    /// Returns how many rows it has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Tells whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Tells of each column whether it holds numbers, by the first row.
    pub fn numeric(&self) -> Vec<bool> {
        let first = self.rows().next().unwrap_or_default();
        (0..self.columns.len()).map(|nth| first.get(nth).is_some_and(Cell::is_number)).collect()
    }

    /// Returns the rows, top down.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell<'r>>> + '_ {
        (0..self.len).map(|nth| (self.row)(nth))
    }
}
