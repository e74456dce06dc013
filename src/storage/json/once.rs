//! JSON held to be what a [`Value`] can hold, without making one: texts and numbers that can be read, a depth that can be
//! gone down, and where it is asked for no member twice, of which `serde_json` itself would keep the last.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

/// Reads a value.
///
/// # Errors
/// A member stands twice in an object; without the place, which is not that in the file.
pub fn value<E: Error>(raw: &RawValue) -> Result<Value, E> {
    let read = check(raw.get(), true).and_then(|_| serde_json::from_str(raw.get()));
    read.map_err(|error| E::custom(error.to_string().split(" at line ").next().unwrap_or_default()))
}

/// Tells of a text that holds one value whether that is an object; each member may be asked to stand in its object `once`.
///
/// # Errors
/// It is no JSON, holds what cannot be kept, or has a member twice.
pub fn check(text: &str, once: bool) -> serde_json::Result<bool> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let is_object = Sound { once }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(is_object)
}

/// The members by which `serde_json` hands on numbers, and raw JSON, which no text may: it would be read once more.
const NUMBER: &str = "$serde_json::private::Number";
const RAW: &str = "$serde_json::private::RawValue";

/// Any value; yields whether it is an object.
#[derive(Clone, Copy)]
struct Sound {
    once: bool,
}

impl<'de> DeserializeSeed<'de> for Sound {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Sound {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        while seq.next_element_seed(self)?.is_some() {}
        Ok(false)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut names = HashSet::new();
        let mut name = String::new();
        while map.next_key_seed(Name(&mut name))?.is_some() {
            match &*name {
                NUMBER => {
                    let number: String = map.next_value()?;
                    return number.parse::<Number>().map(|_| false).map_err(A::Error::custom);
                }
                RAW => return Err(A::Error::custom(format!("no member is called `{RAW}`"))),
                _ => _ = map.next_value_seed(self)?,
            }
            if self.once && !names.insert(name.clone()) {
                return Err(A::Error::custom(format!("the member `{name}` stands here a second time")));
            }
        }
        Ok(true)
    }
}

/// The name of a member, read into a text that is used again.
struct Name<'n>(&'n mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sound_can_be_kept_and_what_can_be_kept_is_sound() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let raw = format!(r#"{{"{RAW}":"[[1]]"}}"#);
        for text in [
            "null",
            "1",
            "-0",
            "1.50e400",
            "123456789012345678901234567890",
            r#""\ud83d\ude00""#,
            r#"{"a":{"a":1}}"#,
            "{}",
            "[]",
            r#""\ud800""#,
            r#"{"\ud800":1}"#,
            r#"{"a":"\ud800"}"#,
            "01",
            "1e",
            "[1,]",
            "{} x",
            "",
            &deep(127),
            &deep(128),
            &deep(5000),
            r#"{"$serde_json::private::Number":"1"}"#,
            r#"{"$serde_json::private::Number":"x"}"#,
            r#"{"$serde_json::private::Number":"1","b":2}"#,
            r#"{"b":2,"$serde_json::private::Number":"1"}"#,
        ] {
            let sound = check(text, false);
            assert!(sound.is_err() || serde_json::from_str::<Value>(text).is_ok(), "{text}");
            let is_odd = text.contains("private");
            assert!(is_odd || sound.is_ok() == serde_json::from_str::<Value>(text).is_ok(), "{text}: {sound:?}");
        }
        assert!(check(&raw, false).is_err());
        let twice = r#"{"a":[{"b":1,"b":2}]}"#;
        assert!(check(twice, false).is_ok() && check(twice, true).is_err());
        assert!(
            check("{}", true).is_ok_and(|is_object| is_object) && check("[{}]", true).is_ok_and(|is_object| !is_object)
        );
    }
}
