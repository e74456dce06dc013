//! Which column of a list says what, as it is recognised, typed, printed and kept.

use serde::{Deserialize, Serialize};

use super::columns::{Part, Role, Roles, recognise, roles_under};
use super::foreign::{Foreign, Row};

/// Which columns say what, and what stands above them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Which row names the columns.
    pub header: usize,
    /// The roles of columns, in the order of the columns.
    pub roles: Roles,
}

/// What a user says of a list, to be used again for the next one of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hints {
    /// Headers by the roles of their columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub map: Vec<(String, String)>,
    /// The place that all rows are about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// What stands between several partners in one cell: a regular expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Where the objects stand in a JSON file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The country of places where no column says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_country: Option<String>,
}

/// Why the columns of a list are not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// No column is called what was typed.
    #[error("no column is called `{typed}`; the columns are {}", named(.columns))]
    NoColumn {
        /// What was typed.
        typed: String,
        /// What there is.
        columns: Vec<String>,
    },
    /// A column may not have such a role.
    #[error("no column can be `{0}`; it can be {roles}", roles = Role::ALL.map(|(name, _)| name).join(", "))]
    NoRole(String),
    /// Nothing tells places and partners.
    #[error("no column is known for {what}; the columns are {}", named(.columns))]
    Unknown {
        /// What no column is known for.
        what: &'static str,
        /// What there is.
        columns: Vec<String>,
    },
}

/// How many columns of a list are named.
const MOST_NAMED: usize = 12;

fn named(columns: &[String]) -> String {
    let named: Vec<String> =
        columns.iter().filter(|name| !name.is_empty()).take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    let more = columns.len().saturating_sub(MOST_NAMED);
    if more == 0 { named.join(", ") } else { format!("{} and {more} more", named.join(", ")) }
}

impl Mapping {
    /// Finds out what the columns of a list mean: as was said, else as they are recognised.
    ///
    /// # Errors
    /// No column is called so, or no place or partner can be told.
    pub fn of(foreign: &Foreign, said: &Hints) -> Result<Mapping, MappingError> {
        let rows = &foreign.rows;
        let recognised = recognise(rows, said.home.is_some());
        let mapped = said.map.iter().map(|(name, header)| {
            let role = Role::ALL.iter().find(|(known, _)| known == name);
            Ok((role.ok_or_else(|| MappingError::NoRole(name.clone()))?.1, header.as_str()))
        });
        let mapped: Vec<(Role, &str)> = mapped.collect::<Result<_, _>>()?;
        let has_all = |row: &Row| mapped.iter().all(|(_, header)| column(row, header).is_some());
        let (header, mut roles) = match recognised {
            Some((header, roles)) if has_all(&rows[header]) => (header, roles),
            _ => {
                let header = if mapped.is_empty() { None } else { rows.iter().position(has_all) }.unwrap_or(0);
                (header, roles_under(rows, header))
            }
        };
        for (role, name) in mapped {
            let Some(column) = column(&rows[header], name) else {
                return Err(MappingError::NoColumn { typed: name.to_owned(), columns: rows[header].cells.clone() });
            };
            roles.retain(|(known, _)| *known != column);
            if !said.map.iter().any(|(other, header)| other == role.name() && header != name) {
                roles.retain(|(_, known)| *known != role);
            }
            roles.push((column, role));
        }
        roles.sort_unstable();
        let mapping = Mapping { header, roles };
        let unknown = |what| MappingError::Unknown { what, columns: rows[header].cells.clone() };
        let tells = |side| {
            [Part::Name, Part::Id, Part::Wikidata]
                .iter()
                .any(|part| mapping.columns(Role::Side(side, *part)).next().is_some())
        };
        match (tells(0) || said.home.is_some(), tells(1)) {
            (true, true) => Ok(mapping),
            (false, false) => Err(unknown("place and partner")),
            (true, false) => Err(unknown("partner")),
            (false, true) => Err(unknown("place")),
        }
    }

    /// Returns the columns of a role.
    pub fn columns(&self, role: Role) -> impl Iterator<Item = usize> {
        self.roles.iter().filter(move |(_, known)| *known == role).map(|(column, _)| *column)
    }

    /// Tells whether a column says where places lie.
    pub fn says_positions(&self) -> bool {
        self.roles.iter().any(|(_, role)| matches!(role, Role::Side(_, Part::Lat | Part::Lon | Part::Point)))
    }

    /// Returns the header and the role of each column that says something.
    pub fn named<'f>(&self, foreign: &'f Foreign) -> Vec<(&'f str, &'static str)> {
        let header = |column: usize| foreign.rows[self.header].cells.get(column).map_or("", String::as_str);
        self.roles.iter().map(|(column, role)| (header(*column), role.name())).collect()
    }
}

/// Finds the column of a header.
fn column(row: &Row, header: &str) -> Option<usize> {
    let same = |is: &dyn Fn(&str) -> bool| row.cells.iter().position(|cell| is(cell.trim()));
    same(&|cell| cell == header.trim())
        .or_else(|| same(&|cell| super::headers::compact(cell) == super::headers::compact(header)))
}
