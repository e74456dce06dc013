//! The answers to a survey, read back from the forms: moved, widened, sorted, saved by another program.

use super::foreign::{Foreign, Form, Row};
use super::mapping::{Hints, Mapping, MappingError};
use super::workbook::Sheet;
use crate::edit::freehand;
use crate::i18n::Lang;
use crate::i18n::survey::{self as words, Column};
use crate::model::PartialDate;
use crate::model::date::DateError;
use crate::query::fold::fold;

/// What a municipality has answered.
#[derive(Debug)]
pub struct Answer {
    /// The municipality's id, if the form still says it.
    pub place: Option<String>,
    /// When it was answered, if that is said.
    pub on: Option<PartialDate>,
    /// The pairs that were in the form, by their ids; empty if it does not say them any more.
    pub asked: Vec<String>,
    /// Its rows, in their order.
    pub rows: Vec<Answered>,
}

/// A row of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its number, as a spreadsheet shows it.
    pub number: usize,
    /// Its cells, by column.
    cells: [String; Column::ALL.len()],
}

impl Answered {
    /// Returns a cell.
    pub fn get(&self, column: Column) -> &str {
        self.cells[column as usize].trim()
    }

    /// Tells whether it says that what stands there is right, or that it is not; `None` is that it says neither.
    pub fn is_right(&self) -> Option<bool> {
        let said = fold(self.get(Column::Confirmed));
        let is = |word: fn(Lang) -> &'static str| Lang::ALL.into_iter().any(|lang| fold(word(lang)) == said);
        if is(words::yes) { Some(true) } else { is(words::no).then_some(false) }
    }

    /// Returns the ids of the pair that the form had in the row.
    pub fn pair(&self) -> Option<[&str; 2]> {
        self.get(Column::Pair).split_once('~').map(|(one, other)| [one.trim(), other.trim()])
    }
}

/// Reads an answer; `None` is that no sheet is the form's.
///
/// # Errors
/// The day of the answer is none; with the number of its row.
pub fn read(sheets: &[Sheet]) -> Result<Option<Answer>, (usize, DateError)> {
    let form = sheets.iter().find_map(|sheet| {
        let (at, places) = sheet.rows.iter().enumerate().find_map(|(nth, row)| Some((nth, header(row)?)))?;
        Some((sheet, at, places))
    });
    let Some((sheet, at, places)) = form else { return Ok(None) };
    let cell = |row: &Row, column: Column| {
        places[column as usize].and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
    };
    let rows = sheet.rows[at + 1..]
        .iter()
        .map(|row| Answered { number: row.number, cells: Column::ALL.map(|column| cell(row, column)) });
    let rows: Vec<Answered> = rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect();
    let on = sheet.rows[..at].iter().find_map(|row| {
        let label = row
            .cells
            .iter()
            .position(|cell| Lang::ALL.into_iter().any(|lang| fold(cell) == fold(words::answered_on(lang))))?;
        let day = row.cells[label + 1..].iter().find(|cell| !cell.trim().is_empty())?;
        Some(freehand::date(day).map_err(|error| (row.number, error)))
    });
    let facts = |name: &str| -> Vec<String> {
        let hidden = sheets.iter().filter(|other| other.name != sheet.name).flat_map(|other| &other.rows);
        let named = hidden.filter(|row| row.cells.first().is_some_and(|cell| cell == name));
        named.filter_map(|row| row.cells.get(1).cloned()).collect()
    };
    Ok(Some(Answer {
        place: facts("municipality").into_iter().next(),
        on: on.transpose()?,
        asked: facts("pair"),
        rows,
    }))
}

/// Finds the columns by their headers, in any of the languages; a form without partner or status is none.
fn header(row: &Row) -> Option<[Option<usize>; Column::ALL.len()]> {
    let place = |column: Column| {
        let is = |cell: &String| Lang::ALL.into_iter().any(|lang| fold(cell) == fold(column.header(lang)));
        row.cells.iter().position(is)
    };
    let places = Column::ALL.map(place);
    [Column::Pair, Column::Partner, Column::Status]
        .iter()
        .all(|column| places[*column as usize].is_some())
        .then_some(places)
}

impl Answer {
    /// Tells whether anything was answered, besides what the form said itself: `is_as_asked` tells that of a row.
    pub fn is_answered(&self, is_as_asked: impl Fn(&Answered) -> bool) -> bool {
        self.on.is_some() || self.rows.iter().any(|row| row.is_right().is_some() || !is_as_asked(row))
    }

    /// Makes a list of some of its rows, that a place says on a day.
    ///
    /// # Errors
    /// None that can be caused.
    pub fn list(
        &self,
        place: &str,
        on: PartialDate,
        is_taken: impl Fn(&Answered) -> bool,
    ) -> Result<(Foreign, Mapping), MappingError> {
        let header = [
            "place_id",
            "partner_id",
            "partner",
            "country",
            "kind",
            "status",
            "start",
            "status_since",
            "body",
            "reference",
            "verified_on",
        ];
        let mut rows = vec![Row { number: 0, cells: header.map(str::to_owned).to_vec() }];
        for row in self.rows.iter().filter(|row| is_taken(row)) {
            let partner = row.pair().and_then(|pair| pair.into_iter().find(|id| *id != place)).unwrap_or_default();
            let columns = [
                Column::Partner,
                Column::Country,
                Column::Kind,
                Column::Status,
                Column::Start,
                Column::Since,
                Column::Body,
                Column::Reference,
            ];
            let cells = [place, partner].into_iter().chain(columns.map(|column| row.get(column)));
            let verified = on.to_string();
            rows.push(Row { number: row.number, cells: cells.map(str::to_owned).chain([verified]).collect() });
        }
        let foreign = Foreign { form: Form::Registry, rows };
        let mapping = Mapping::of(&foreign, &Hints::default())?;
        Ok((foreign, mapping))
    }
}
