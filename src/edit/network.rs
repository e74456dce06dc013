//! Networks and who is in them: joined, left, closed. A membership is one row for all times, so that who joins again
//! has a new beginning in it; the journal keeps the old one.

use super::draft::Draft;
use super::record::Record;
use crate::model::{Member, Network, NetworkType, PartialDate, Table, Truth};

/// Returns the role of a member that none is said of: an office represents, all else has members.
pub fn usual_role(network: Network<'_>) -> &'static str {
    if network.network_type() == Some(NetworkType::Office) { "represented" } else { "member" }
}

/// Makes a membership current from a day on, known or not; what else was known of an earlier one stays.
pub fn join(draft: &mut Draft<'_>, network: &str, municipality: &str, since: &str) -> Record {
    let record = draft.get(Table::Members, &[network, municipality]);
    let fresh = || Record::new(Table::Members).with("network", network).with("municipality", municipality);
    record.unwrap_or_else(fresh).with("since", since).with("until", "")
}

/// Ends a network, and the memberships that have not ended before.
///
/// # Errors
/// A member that joined only later.
pub fn close<'r>(draft: &mut Draft<'r>, network: Network<'r>, on: PartialDate) -> Result<(), Member<'r>> {
    let until = on.to_string();
    draft.put(Record::of(network.row()).with("until", until.as_str()));
    let registry = draft.registry;
    for member in registry.members_of(network.id()).filter(|member| is_current(*member)) {
        if is_before(on, member.since()) {
            return Err(member);
        }
        draft.put(Record::of(member.row()).with("until", until.as_str()));
    }
    Ok(())
}

/// Tells whether a membership has not ended.
pub fn is_current(member: Member<'_>) -> bool {
    member.until().is_none()
}

/// Tells whether an end lies before a beginning.
pub fn is_before(end: PartialDate, beginning: Option<PartialDate>) -> bool {
    beginning.is_some_and(|beginning| end.before(beginning) == Truth::Yes)
}
