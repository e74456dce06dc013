//! What the journal keeps of each edit.

use std::collections::HashMap;

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
        let undone = undone(operations);
        let last = (0..operations.len()).rfind(|nth| operations[*nth].undoes.is_none() && !undone[*nth]);
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

/// Tells of each operation whether all of it has been taken back by later ones, and not been brought back since.
pub fn undone(operations: &[Operation]) -> Vec<bool> {
    let mut undone = vec![false; operations.len()];
    // How many steps of an operation are taken back by those behind it.
    let mut taken: HashMap<&str, usize> = HashMap::new();
    for (operation, undone) in operations.iter().zip(&mut undone).rev() {
        let steps = operation.steps.len();
        *undone = steps > 0 && taken.get(&*operation.id).is_some_and(|taken| *taken >= steps);
        if let (Some(target), false) = (&operation.undoes, *undone) {
            *taken.entry(target).or_default() += steps;
        }
    }
    undone
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_undone_is_told_of_any_journal() {
        let undone = |lines: &[(&str, Option<&str>)]| {
            let operation = |(id, undoes): &(&str, Option<&str>)| Operation {
                id: (*id).to_owned(),
                at: Timestamp::UNIX_EPOCH,
                by: String::new(),
                command: String::new(),
                reason: String::new(),
                steps: vec![Step(Vec::new())],
                undoes: undoes.map(str::to_owned),
            };
            undone(&lines.iter().map(operation).collect::<Vec<_>>())
        };
        assert_eq!(undone(&[("a", None), ("b", None), ("c", Some("a"))]), [true, false, false]);
        assert_eq!(undone(&[("a", None), ("b", Some("a")), ("c", Some("b"))]), [false, true, false]);
        // No edit writes such lines: one that takes itself back, two that take back each other, one id for all.
        assert_eq!(undone(&[("a", Some("a"))]), [false]);
        assert_eq!(undone(&[("a", Some("b")), ("b", Some("a"))]), [true, false]);
        assert_eq!(undone(&vec![("a", Some("a")); 10_000]).len(), 10_000);
    }
}
