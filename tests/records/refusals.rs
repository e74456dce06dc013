//! What is refused, with every message and its exit code, and nothing written.

use super::harness::differences;
use super::{desk, tables, twin};

/// What is refused, with the exit code and all that is said.
const REFUSALS: &[(&str, i32, &str)] = &[
    ("network add Chain --type chain", 5, "there is a network `chain` already: The Chain\nhint: twin networks chain"),
    (
        "network add Лада --type chain",
        2,
        "no id can be made of `Лада`, for it has no letters from a to z and no digits\nhint: twin network add Лада --type chain --id ID",
    ),
    ("network add X --type chain --id X", 2, "id is `X`; it must be small letters and digits, apart by single hyphens"),
    (
        "network add X --type chain --website ring.example",
        2,
        "website is `ring.example`; it must be an address such as https://www.kuopio.fi",
    ),
    (
        "network add X --type chain --term 2020",
        2,
        "term: `2020` is no date; write 1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016] or [2010..2022] (a term is 2022/2029 or 2022/..)",
    ),
    ("network add X --type chain --since 2027", 6, "`2027` lies in the future; nothing was written"),
    ("network add X --type chain --seat Bodo", 4, "no municipality is called `Bodo`\nhint: did you mean"),
    ("network join chain Ii", 5, "Ii is in The Chain already\nhint: twin networks chain"),
    ("network join old Ii", 5, "Old was closed in `2001`\nhint: twin networks old"),
    ("network join chane Ii", 4, "no network is called `chane`\nhint: did you mean"),
    ("network leave chain Bø --on 2020", 4, "Bø is not in The Chain; nor in any other\nhint: twin networks chain"),
    ("network leave pole Ii --on 2020", 4, "Ii is not in Pole; it is in The Chain\nhint: twin networks pole"),
    ("network leave chain Ii --on 1989", 2, "`1989` lies before `1990`, when Ii joined"),
    ("network leave chain Ii --on 2027", 6, "`2027` lies in the future; nothing was written"),
    ("network close chain --on 1989", 2, "`1989` lies before `1990`, when The Chain began"),
    ("network close chain --on 1991", 2, "`1991` lies before `1992`, when Umeå joined"),
    (
        "contact add Ii --role mayor --name X",
        5,
        "Ii has a contact `Mayor` already\nhint: twin contact retire Ii Mayor --on DATE",
    ),
    ("contact add Bø --role Clerk --email maija", 2, "email must be an address such as kirjaamo@kuopio.fi"),
    ("contact add Bø --role \"\"", 2, "role is empty; a row cannot be without it"),
    ("contact retire Ii Clerk --on 2026", 4, "Ii has no contact `Clerk`; there is `Mayor`\nhint: twin contacts Ii"),
    ("contact retire Bø Clerk --on 2026", 4, "Bø has no contact `Clerk`; there is none at all\nhint: twin contacts Bø"),
    ("contact retire Ii Mayor --on 2026-11-26", 6, "`2026-11-26` lies in the future; nothing was written"),
    ("source add wiki --title W --rank other", 5, "there is a source `wiki` already: Wiki\nhint: twin sources wiki"),
    (
        "source add town-2 --title W --rank other --url https://town.example/",
        5,
        "`https://town.example/` is the address of the source `town` already\nhint: twin sources town",
    ),
    (
        "source add Town --title W --rank other",
        2,
        "id is `Town`; it must be small letters and digits, apart by single hyphens",
    ),
    ("source add t --title W --rank other --retrieved 2027", 6, "`2027` lies in the future; nothing was written"),
    (
        "claim add Bø Ii start 1947 --source press",
        5,
        "Bø – Ii: start `1948` (press) is claimed already\nhint: twin claim reject Bø Ii start --source press",
    ),
    (
        "claim add Bø Ii kind red --source wiki",
        2,
        "kind is `red`; it must be one of twin, friendship, partner, contact",
    ),
    ("claim add Bø Ii start 31.2.1982 --source wiki", 2, "start: `31.2.1982` is no day of the calendar"),
    ("claim add Bø Ii note \"\" --source wiki", 2, "note is empty; a claim says something"),
    ("claim add Bø Ii exists maybe --source wiki", 2, "exists is `maybe`; it must be one of yes, no"),
    ("claim add Bø Ii a x --source wiki", 2, "`a` is part of the key, which does not change"),
    (
        "claim add Bø Ii colour red --source wiki",
        2,
        "`claims` has no field `colour`; the fields are exists, kind, status, start, end, term, themes, sources, verified_on, note",
    ),
    ("claim add Bø Ii kind twin --source wikk", 4, "no source is called `wikk`\nhint: did you mean"),
    ("claim add Bø Bø kind twin --source wiki", 2, "both places are Bø"),
    (
        "claim accept Ii Pori",
        4,
        "Ii – Pori: several claims match: exists `yes` (press), exists `yes` (wiki), kind `friendship` (wiki), start `1999` (wiki), status `historic` (wiki)\nhint: twin claim accept Ii Pori exists --source press",
    ),
    (
        "claim reject Ii Pori exists",
        4,
        "Ii – Pori: several claims match: exists `yes` (press), exists `yes` (wiki)\nhint: twin claim reject Ii Pori exists --source press",
    ),
    ("claim accept Ii Umeå", 4, "Ii – Umeå: no source claims anything\nhint: twin claims Ii"),
    (
        "claim accept Umeå Pori term",
        4,
        "Umeå – Pori: no claim matches; there is start `1951` (press)\nhint: twin claims Umeå",
    ),
    (
        "claim accept Ii Pori exists --source press",
        2,
        "Ii – Pori: `press` does not say what kind of partnership it is\nhint: twin claim accept Ii Pori exists --source press --kind twin",
    ),
    (
        "claim accept Ii Pori start",
        4,
        "Ii – Pori: there is no partnership whose start could be set\nhint: twin claim accept Ii Pori exists",
    ),
    (
        "claim accept Ii Bø end",
        2,
        "Ii – Bø: end `2001` (press) is not accepted by itself: the decision would be missing\nhint: twin end Ii Bø --on 2001 --cite press",
    ),
    (
        "claim accept Ii Bø exists --source press",
        2,
        "Ii – Bø: exists `no` (press) is not accepted by itself: that it ended, or never was, is decided\nhint: twin end Ii Bø --on DATE, or twin remove Ii Bø",
    ),
    (
        "claim accept Pori Bø exists",
        2,
        "Pori – Bø: there is no partnership, as exists `no` (press) says\nhint: twin claims Pori",
    ),
    (
        "claim accept Ii Bø exists --source press-2 --kind partner",
        5,
        "Ii – Bø: there is a partnership already; its kind is `twin`\nhint: twin set Ii Bø kind=partner",
    ),
    (
        "claim accept Ii Bø start --kind twin",
        2,
        "start `1948` (press) is no claim that there is a partnership, so `--kind` says nothing",
    ),
    (
        "claim accept Umeå Pori start",
        6,
        "Umeå – Pori: no other source of the partnership can be named for start `1950`, which stands there now\nhint: twin claim accept Umeå Pori start --source press --recorded-by SOURCE",
    ),
    (
        "claim accept Umeå Pori start --recorded-by press",
        5,
        "Umeå – Pori: `press` claims another start than stands there now\nhint: twin claims Umeå",
    ),
    (
        "claim accept Umeå Bø start",
        2,
        "start: `soon` is no date; write 1965, 2022-03, 1982-06-11, 196X, 2011~, 2024-06-11?, [..2016] or [2010..2022]",
    ),
];

#[test]
fn what_is_refused_is_told_and_nothing_is_written() {
    let desk = desk();
    let before = tables(&desk);
    for (line, exit, said) in REFUSALS {
        let run = twin(&desk, line);
        let told = run.stderr.lines().filter(|told| !told.contains("` read as ")).collect::<Vec<_>>().join("\n");
        let expected = format!("error: {said}");
        let is_said = told == expected || said.ends_with("did you mean") && told.starts_with(&expected);
        assert!(is_said && (run.exit, run.stdout.as_str()) == (*exit, ""), "{line}: {}\n{told}\n{expected}", run.exit);
    }
    assert_eq!(differences(&before, &tables(&desk)), [""; 0]);
    assert!(!desk.path("r/.twin").exists() && !desk.path("r/journal.jsonl").exists());
}
