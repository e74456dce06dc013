//! The registry built into the program: the project's `data/`.

use crate::model::Table;

/// The tables, in the order of [`Table::ALL`].
pub const TABLES: [&str; Table::ALL.len()] = [
    include_str!("../../data/countries.csv"),
    include_str!("../../data/municipalities.csv"),
    include_str!("../../data/partnerships.csv"),
    include_str!("../../data/events.csv"),
    include_str!("../../data/claims.csv"),
    include_str!("../../data/declarations.csv"),
    include_str!("../../data/networks.csv"),
    include_str!("../../data/members.csv"),
    include_str!("../../data/mergers.csv"),
    include_str!("../../data/contacts.csv"),
    include_str!("../../data/sources.csv"),
];

/// Its `datapackage.json`.
pub const PACKAGE: &str = include_str!("../../data/datapackage.json");
