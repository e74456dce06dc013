//! The same commands on a copy of the shipped registry.

use super::harness::{Desk, differences, shipped};
use super::{done, tables};

#[test]
fn the_shipped_registry_is_edited_and_brought_back() {
    let desk = Desk::new();
    desk.done(&["init", "r"]);
    for (line, said) in [
        ("network close douzelage --on 2024", "Douzelage    until → 2024; 29 memberships: until → 2024"),
        ("network join eurocities Oulu --role member", "Eurocities  Oulu  new: member"),
        ("contact retire Kuopio \"business coordinator\" --on 2026-11", "Business coordinator  until → 2026-11"),
        (
            "claim accept Forssa Aschersleben exists",
            "new: contact, active, 2000; claim removed: kind contact (rgre-2015); claim removed: start 2000 (rgre-2015); claim removed: exists yes (rgre-2015)",
        ),
        (
            "claim accept Joensuu Petrozavodsk kind --source list-old",
            "kind partner → twin; claim: kind partner (joensuu-fi); claim removed: kind twin (list-old)",
        ),
        ("claim reject Espoo Mumbai exists --source list-old", "Espoo  Mumbai  claim removed: exists yes (list-old)"),
    ] {
        let run = done(&desk, line);
        assert!(run.stdout.contains(said), "{line}: {}", run.stdout);
        done(&desk, "undo");
        assert_eq!(differences(&shipped(), &tables(&desk)), [""; 0], "{line}");
    }
}
