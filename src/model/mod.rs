//! The registry in memory: its tables, what their columns mean, partial dates and vocabularies.
//!
//! Everything here is plain data. This room opens no file, reads no clock, knows no file format beyond the
//! names of tables and columns, and holds no words for people but the documentation of the schema.

pub mod cell;
pub mod cells;
pub mod date;
pub mod fault;
pub mod grid;
pub mod marks;
pub mod pattern;
pub mod registry;
pub mod schema;
pub mod tables;
pub mod vocabulary;

pub use date::{Interval, PartialDate, Truth};
pub use grid::{Grid, Row};
pub use registry::Registry;
pub use schema::{Column, Schema, Table, Type};
pub use tables::{
    Claim, Contact, Country, Declaration, Event, Member, Merger, Municipality, Network, Partnership, Source,
};
pub use vocabulary::{Acted, EventKind, Kind, MergerKind, NetworkType, PlaceType, Rank, Status};
