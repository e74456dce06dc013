//! What the journal keeps of each edit.

use jiff::Timestamp;

use super::plan::Step;

/// One operation on the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Twelve hexadecimal digits; any prefix that no other operation has names it.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The command as it was typed.
    pub command: String,
    /// Why, as its user put it; may be empty.
    pub reason: String,
    /// What was changed.
    pub steps: Vec<Step>,
    /// The operation it took back, if it took back one.
    pub undoes: Option<String>,
}

/// Why an operation is not named.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOperation {
    /// Nothing was ever written.
    #[error("the journal holds no operation that could be taken back")]
    None,
    /// No id begins so.
    #[error("no operation is called `{0}`")]
    Unknown(String),
    /// Several ids begin so.
    #[error("`{typed}` may be {}", .ids.join(" or "))]
    Ambiguous {
        /// What was typed.
        typed: String,
        /// The ids that begin so.
        ids: Vec<String>,
    },
}

/// Finds an operation by the beginning of its id; without one the last that was not taken back and takes back none.
///
/// # Errors
/// There is none, or several begin so.
pub fn find(operations: &[Operation], typed: Option<&str>) -> Result<usize, NoOperation> {
    let Some(typed) = typed else {
        let is_undone = |id: &str| is_undone(operations, id);
        let last = operations.iter().rposition(|operation| operation.undoes.is_none() && !is_undone(&operation.id));
        return last.ok_or(NoOperation::None);
    };
    let is_meant = |operation: &Operation| !typed.is_empty() && operation.id.starts_with(&typed.to_ascii_lowercase());
    let hits: Vec<usize> = (0..operations.len()).filter(|nth| is_meant(&operations[*nth])).collect();
    match hits[..] {
        [one] => Ok(one),
        [] => Err(NoOperation::Unknown(typed.to_owned())),
        _ => Err(NoOperation::Ambiguous {
            typed: typed.to_owned(),
            ids: hits.into_iter().map(|hit| operations[hit].id.clone()).collect(),
        }),
    }
}

/// Tells whether all of an operation has been taken back, and not brought back since.
pub fn is_undone(operations: &[Operation], id: &str) -> bool {
    let steps = operations.iter().find(|operation| operation.id == id).map_or(0, |operation| operation.steps.len());
    let undoing = operations.iter().filter(|operation| operation.undoes.as_deref() == Some(id));
    let undone: usize =
        undoing.filter(|undoing| !is_undone(operations, &undoing.id)).map(|undoing| undoing.steps.len()).sum();
    steps > 0 && undone >= steps
}

/// Returns to how many digits ids can be cut so that they stay clear, four at least.
pub fn clear_digits(operations: &[Operation]) -> usize {
    let mut ids: Vec<&str> = operations.iter().map(|operation| operation.id.as_str()).collect();
    ids.sort_unstable();
    let shared = |pair: &[&str]| pair[0].bytes().zip(pair[1].bytes()).take_while(|(one, other)| one == other).count();
    ids.windows(2).map(|pair| shared(pair) + 1).max().unwrap_or(0).max(4)
}

/// Returns the id of an operation as it is shown.
pub fn short(id: &str, digits: usize) -> &str {
    id.get(..digits).unwrap_or(id)
}
