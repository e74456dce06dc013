//! What a row of a foreign list says: two places, and how they stand to each other.

use regex_lite::Regex;

use super::columns::{Field, Part, Role};
use super::foreign::Row;
use super::mapping::Mapping;
use super::vocabulary;
use super::wikidata;
use crate::edit::freehand;
use crate::edit::record::listed;
use crate::model::date::DateError;
use crate::model::{Interval, Kind, PartialDate, Status};

/// What is said of one place, each part empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said<'f> {
    /// A name.
    pub name: &'f str,
    /// An id, of this or another registry.
    pub id: &'f str,
    /// An item of Wikidata.
    pub wikidata: &'f str,
    /// The national code.
    pub code: &'f str,
    /// The country, as each column that tells it does.
    pub countries: Vec<&'f str>,
    /// Whether there is a column for the country.
    pub has_country: bool,
    /// The region.
    pub region: &'f str,
    /// Latitude and longitude.
    pub at: Option<[f64; 2]>,
    /// Name, region and country in one.
    pub address: &'f str,
}

/// What a row says of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement<'f> {
    /// The place and its partner.
    pub sides: [Said<'f>; 2],
    /// The kind.
    pub kind: Option<Kind>,
    /// The status.
    pub status: Option<Status>,
    /// When it began.
    pub start: Option<PartialDate>,
    /// Since when it has its status.
    pub since: Option<PartialDate>,
    /// When it ended.
    pub end: Option<PartialDate>,
    /// When it was last attested.
    pub verified: Option<PartialDate>,
    /// For how long it is agreed.
    pub term: Option<Interval>,
    /// Its themes, as a list cell.
    pub themes: String,
    /// A remark.
    pub note: &'f str,
    /// The body that decided how it stands.
    pub body: &'f str,
    /// What names its decision.
    pub reference: &'f str,
}

/// Why a row says nothing that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It names no place (0) or no partner (1).
    Missing(usize),
    /// It says that there is a place, and not which one.
    Blank(usize),
    /// Several partners stand in one cell.
    Several,
    /// A date is none.
    Date(Field, DateError),
    /// A word that says nothing known of the kind or the status.
    Word(Field, String),
}

/// How rows are read.
pub struct Reader<'m> {
    /// What the columns mean.
    pub mapping: &'m Mapping,
    /// What the place of all rows is called, if no column says it.
    pub home: Option<&'m str>,
    /// What stands between several partners in one cell.
    pub split: Option<Regex>,
}

/// The signs that stand between several partners in a cell, and in the name of none.
const BETWEEN: [char; 3] = [';', '|', '\n'];

impl<'m> Reader<'m> {
    /// Returns what a row says, once for each partner that it names.
    pub fn read<'f>(&self, row: &'f Row) -> Vec<Result<Statement<'f>, Unread>>
    where
        'm: 'f,
    {
        let cell = |column: usize| row.cells.get(column).map_or("", |cell| cell.trim());
        let names: Vec<&str> =
            self.mapping.columns(Role::Side(1, Part::Name)).map(cell).filter(|name| !name.is_empty()).collect();
        let partners: Vec<&str> = match &self.split {
            Some(split) => {
                names.iter().flat_map(|name| split.split(name)).map(str::trim).filter(|name| !name.is_empty()).collect()
            }
            None => names,
        };
        if self.split.is_none() && partners.iter().any(|name| name.contains(BETWEEN)) {
            return vec![Err(Unread::Several)];
        }
        let partners = if partners.is_empty() { vec![""] } else { partners };
        let count = partners.len();
        partners.into_iter().enumerate().map(|(nth, partner)| self.statement(row, partner, (nth, count))).collect()
    }

    /// Returns what the place and its partner are called in a row.
    pub fn names<'f>(&self, row: &'f Row) -> [&'f str; 2]
    where
        'm: 'f,
    {
        let cell = |side| {
            let mut columns = self.mapping.columns(Role::Side(side, Part::Name));
            columns.find_map(|column| row.cells.get(column)).map_or("", |cell| cell.trim())
        };
        [self.home.unwrap_or_else(|| cell(0)), cell(1)]
    }

    /// Returns what a row says of the nth of so many partners.
    fn statement<'f>(&self, row: &'f Row, partner: &'f str, nth: (usize, usize)) -> Result<Statement<'f>, Unread>
    where
        'm: 'f,
    {
        let mut place = self.side(row, 0);
        if let Some(home) = self.home {
            place.name = home;
        }
        let mut other = Said { name: partner, ..self.side(row, 1) };
        other.countries = other.countries.iter().map(|cell| self.of_nth(cell, nth)).collect();
        for (side, said) in [&place, &other].into_iter().enumerate() {
            if [said.name, said.wikidata].into_iter().any(wikidata::is_blank) {
                return Err(Unread::Blank(side));
            }
            if [said.name, said.id, said.wikidata].iter().all(|part| part.is_empty()) {
                return Err(Unread::Missing(side));
            }
        }
        let date = |field| self.date(row, field);
        Ok(Statement {
            kind: self.word(row, Field::Kind, vocabulary::kind)?,
            status: self.word(row, Field::Status, vocabulary::status)?,
            start: date(Field::Start)?,
            since: date(Field::Since)?,
            end: date(Field::End)?,
            verified: date(Field::Verified)?,
            term: match self.field(row, Field::Term) {
                "" => None,
                term => Some(Interval::parse(term).map_err(|error| Unread::Date(Field::Term, error))?),
            },
            themes: listed(self.field(row, Field::Themes)),
            note: self.field(row, Field::Note),
            body: self.field(row, Field::Body),
            reference: self.field(row, Field::Reference),
            sides: [place, other],
        })
    }

    /// Returns the part of a cell that belongs to the nth partner, if it has as many parts as there are partners.
    fn of_nth<'f>(&self, cell: &'f str, (nth, count): (usize, usize)) -> &'f str {
        let parts: Vec<&str> = match &self.split {
            Some(split) if count > 1 => split.split(cell).map(str::trim).collect(),
            _ => return cell,
        };
        if parts.len() == count { parts[nth] } else { cell }
    }

    /// Returns what a row says of a side, without the partner's name.
    fn side<'f>(&self, row: &'f Row, side: usize) -> Said<'f> {
        let cells = |part| {
            let columns = self.mapping.columns(Role::Side(side, part));
            columns.map(|column| row.cells.get(column).map_or("", |cell| cell.trim())).filter(|cell| !cell.is_empty())
        };
        let cell = |part| cells(part).next().unwrap_or_default();
        let number = |text: &str| text.replacen(',', ".", 1).parse::<f64>().ok();
        let at = match wikidata::point(cell(Part::Point)) {
            Some([lon, lat]) => [number(lat), number(lon)],
            None => [number(cell(Part::Lat)), number(cell(Part::Lon))],
        };
        let item = cell(Part::Wikidata);
        Said {
            name: if side == 0 { cell(Part::Name) } else { "" },
            id: cell(Part::Id),
            wikidata: wikidata::item(item).unwrap_or(item),
            code: cell(Part::Code),
            countries: cells(Part::Country).collect(),
            has_country: self.mapping.columns(Role::Side(side, Part::Country)).next().is_some(),
            region: cell(Part::Region),
            at: at[0].zip(at[1]).map(|(lat, lon)| [lat, lon]),
            address: cell(Part::Address),
        }
    }

    fn field<'f>(&self, row: &'f Row, field: Field) -> &'f str {
        let mut columns = self.mapping.columns(Role::Field(field));
        columns
            .find_map(|column| row.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()))
            .unwrap_or_default()
    }

    fn date(&self, row: &Row, field: Field) -> Result<Option<PartialDate>, Unread> {
        let text = self.field(row, field);
        if text.is_empty() || wikidata::is_blank(text) {
            return Ok(None);
        }
        let day = wikidata::day(text);
        freehand::date(day.as_deref().unwrap_or(text)).map(Some).map_err(|error| Unread::Date(field, error))
    }

    fn word<T>(&self, row: &Row, field: Field, read: fn(&str) -> Option<T>) -> Result<Option<T>, Unread> {
        match self.field(row, field) {
            "" => Ok(None),
            word => read(word).map(Some).ok_or_else(|| Unread::Word(field, word.to_owned())),
        }
    }
}
