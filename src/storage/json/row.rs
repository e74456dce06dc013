//! One row of the JSON form, read into cells.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Unknown, once};
use crate::model::{Table, Type};
use crate::storage::dress::normal;

/// What is wrong with a text that holds a zero byte.
const NUL: &str = "holds a NUL character; no table holds one";

/// The cells of one row, in one reused buffer.
pub struct Slots {
    text: String,
    spans: Vec<Option<(usize, usize)>>,
}

impl Slots {
    pub fn new(width: usize) -> Slots {
        Slots { text: String::new(), spans: vec![None; width] }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.spans.fill(None);
    }

    fn set(&mut self, slot: usize, cell: &str) {
        let start = self.text.len();
        if cell.is_ascii() && !cell.contains('\r') {
            self.text.push_str(cell)
        } else {
            self.text.push_str(&normal(cell))
        }
        self.spans[slot] = Some((start, self.text.len()));
    }

    /// Returns how long the row is as CSV, quotes aside.
    pub fn len(&self) -> usize {
        self.text.len() + self.spans.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().map(|span| span.map_or("", |(start, end)| &self.text[start..end]))
    }
}

/// One row; yields what is wrong with its members, by name.
pub struct RowSeed<'s> {
    pub table: Table,
    pub cells: &'s mut Slots,
    pub unknown: &'s mut Unknown,
    pub flaws: Vec<(String, String)>,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Vec<(String, String)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = Vec<(String, String)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of `{}`: an object", self.table.name())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let schema = self.table.schema();
        self.cells.clear();
        let mut next = 0;
        while let Some(Text(name)) = map.next_key()? {
            // Members mostly come in the order of the columns.
            let columns = (next..schema.columns.len()).chain(0..next);
            let known = columns.into_iter().find(|column| schema.columns[*column].name == name);
            if let Some(column) = known {
                next = column + 1;
                if self.cells.spans[column].is_some() && !self.flaws.iter().any(|(member, _)| *member == name) {
                    self.flaws.push((name.to_string(), format!("the member `{name}` stands here a second time")));
                }
                let kind = schema.columns[column].kind;
                if let Err(message) = map.next_value_seed(CellSeed { kind, slot: column, cells: &mut *self.cells })? {
                    self.flaws.push((name.to_string(), format!("{name} {message}")));
                }
                continue;
            }
            let name = normal(name);
            let raw: &RawValue = map.next_value()?;
            let text = serde_json::from_str::<Text<'_>>(raw.get()).ok();
            if name.is_empty()
                || name.contains('\0')
                || name.trim() != name
                || schema.columns.iter().any(|known| known.name.eq_ignore_ascii_case(&name))
            {
                return Err(A::Error::custom(format!(
                    "`{name}` is no name of a member; known ones are in small letters"
                )));
            }
            let number = self.unknown.number(&name)?;
            if text.as_ref().is_some_and(|text| text.0.contains('\0')) {
                self.flaws.push((name.to_string(), format!("{name} {NUL}")));
                continue;
            }
            self.unknown.any[number] |= text.is_none();
            let slot = schema.columns.len() + number;
            if slot >= self.cells.spans.len() {
                continue;
            }
            if self.cells.spans[slot].is_some() {
                if !self.flaws.iter().any(|(member, _)| *member == name) {
                    self.flaws.push((name.to_string(), format!("the member `{name}` stands here a second time")));
                }
                continue;
            }
            match text {
                Some(Text(text)) if !self.unknown.any[number] => self.cells.set(slot, &text),
                _ => {
                    // A number keeps its digits; what is nested is made compact.
                    let value = once::value::<A::Error>(raw)?;
                    let is_nested = value.is_object() || value.is_array();
                    self.cells.set(slot, &if is_nested { value.to_string() } else { raw.get().to_owned() });
                }
            }
        }
        Ok(self.flaws)
    }
}

/// A text, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

/// A cell of a known column: a text, a number, a list of texts, or nothing; says what else it is.
struct CellSeed<'s> {
    kind: Type,
    slot: usize,
    cells: &'s mut Slots,
}

impl<'de> DeserializeSeed<'de> for CellSeed<'_> {
    type Value = Result<(), String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed<'_> {
    type Value = Result<(), String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.contains('\0') {
            return Ok(Err(NUL.to_owned()));
        }
        self.cells.set(self.slot, text);
        Ok(Ok(()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Ok(()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Err(format!("is `{value}`; it must be a text")))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        self.visit_str(&number.to_string())
    }

    /// Other numbers come as a map of one private member, with every digit they were written with.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => self.visit_str(&number.to_string()),
            _ => Ok(Err("is an object; it must be a text".to_owned())),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        if !matches!(self.kind, Type::List) {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Err("is a list; it must be one text".to_owned()));
        }
        let mut list = String::new();
        while let Some(item) = seq.next_element::<Value>()? {
            match item.as_str() {
                Some(item) if !item.contains(';') => {
                    list += if list.is_empty() { "" } else { ";" };
                    list += item;
                }
                _ => {
                    while seq.next_element::<IgnoredAny>()?.is_some() {}
                    return Ok(Err(format!("holds {item}; its items must be texts without `;`")));
                }
            }
        }
        self.visit_str(&list)
    }
}
