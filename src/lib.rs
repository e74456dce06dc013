//! The registry of municipal twinnings behind the command `twin`: who is twinned with whom, in what standing, since
//! when, by whose decision, and how we know. ARCHITECTURE.md says which module may use which.

pub mod check;
pub mod cli;
pub mod edit;
pub mod export;
pub mod i18n;
pub mod import;
pub mod model;
pub mod query;
pub mod report;
pub mod storage;
