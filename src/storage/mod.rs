//! Where registries lie: a folder of CSV tables, one JSON file, or the one built into the program.
//!
//! Reads all three into the same model and is the only room that writes files. It prints nothing.

pub mod apply;
mod buffer;
mod builtin;
pub mod canonical;
pub mod commit;
mod decode;
pub mod describe;
mod dress;
mod examined;
mod extract;
pub mod folder;
mod form;
mod json;
pub mod lines;
pub mod package;
mod problem;
mod snapshot;
mod source;
mod tokens;
pub mod wipe;

pub use decode::decode;
pub use dress::separator_line;
pub use examined::Examined;
pub use extract::extract;
pub use form::{OddFile, Oddity};
pub use problem::{LoadError, Problem};
pub use source::{Place, Source, foreign_rows, read_bytes, read_text};
