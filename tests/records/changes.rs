//! What becomes of the tables, row by row, and that undo brings them back.

use std::collections::BTreeMap;
use std::fs;

use super::harness::{Desk, differences};
use super::{desk, done, tables};

/// Returns what a command takes from the tables and adds to them, a line each: `- claims: fi-ii,…`.
fn changed(desk: &Desk, line: &str) -> Vec<String> {
    let before = tables(desk);
    done(desk, line);
    let after = tables(desk);
    let lines = |files: &BTreeMap<String, String>, name: &str| -> Vec<String> {
        files[name].lines().map(str::to_owned).collect()
    };
    let told = before.keys().flat_map(|name| {
        let (old, new) = (lines(&before, name), lines(&after, name));
        let table = name.trim_end_matches(".csv").to_owned();
        let gone = old.iter().filter(|row| !new.contains(row)).map(|row| format!("- {table}: {row}"));
        let come = new.iter().filter(|row| !old.contains(row)).map(|row| format!("+ {table}: {row}"));
        gone.chain(come).collect::<Vec<_>>()
    });
    told.collect()
}

/// What each command is to change, on the registry as it is at first.
const CHANGES: &[(&str, &[&str])] = &[
    (
        r#"network add "Åland Ring" --type network --seat umea --since 1.2.1999 --term 1999/.. --website https://ring.example --note hi --cite wiki --cite https://a.example/x --cite https://a.example/y"#,
        &[
            "+ networks: aland-ring,Åland Ring,network,se-umea,1999/..,1999-02-01,,https://ring.example,wiki;a-example-2026;a-example-2026-2,hi",
            "+ sources: a-example-2026,https://a.example/x,,other,https://a.example/x,,2026-11-25,",
            "+ sources: a-example-2026-2,https://a.example/y,,other,https://a.example/y,,2026-11-25,",
        ],
    ),
    (r#"network add "The Chain" --type chain --id chain-2"#, &["+ networks: chain-2,The Chain,chain,,,,,,,"]),
    ("network join pole Ii", &["+ members: pole,fi-ii,represented,,,,"]),
    ("network join chain Bo --since 2001-05 --cite town --note n", &["+ members: chain,no-bo,member,2001-05,,town,n"]),
    ("network join chain Bo --role guest", &["+ members: chain,no-bo,guest,,,,"]),
    (
        r#"network join "the chain" Pori --since 2005 --cite town"#,
        &[
            "- members: chain,fi-pori,member,1991,2000,wiki,kept",
            "+ members: chain,fi-pori,member,2005,,wiki;town,kept",
        ],
    ),
    (
        "network join chain Pori",
        &["- members: chain,fi-pori,member,1991,2000,wiki,kept", "+ members: chain,fi-pori,member,,,wiki,kept"],
    ),
    (
        "network leave chain Ii --on 1.1.2020",
        &["- members: chain,fi-ii,member,1990,,,", "+ members: chain,fi-ii,member,1990,2020-01-01,,"],
    ),
    ("network leave chain Pori --on 2020", &[]),
    (
        "network close chain --on 2020",
        &[
            "- members: chain,fi-ii,member,1990,,,",
            "- members: chain,se-umea,member,1992,,,",
            "+ members: chain,fi-ii,member,1990,2020,,",
            "+ members: chain,se-umea,member,1992,2020,,",
            "- networks: chain,The Chain,chain,,,1990,,,,",
            "+ networks: chain,The Chain,chain,,,1990,2020,,,",
        ],
    ),
    ("network close old --on 2020", &[]),
    (
        r#"contact add Bø --role Clerk --name "Maija Meri" --topic Twins --email maija@bo.example --phone "+47 1" --since 6/2020"#,
        &["+ contacts: no-bo,Clerk,Maija Meri,Twins,maija@bo.example,+47 1,2020-06,,"],
    ),
    (
        "contact retire Ii mayor --on 2026",
        &["- contacts: fi-ii,Mayor,,Twins,,,,,", "+ contacts: fi-ii,Mayor,,Twins,,,,2026,"],
    ),
    (
        r#"source add new-1 --title "A, b" --rank register --publisher P --url https://new.example/ --published 2020 --retrieved 1.2.2026 --licence CC0"#,
        &[r#"+ sources: new-1,"A, b",P,register,https://new.example/,2020,2026-02-01,CC0"#],
    ),
    ("source add new-1 --title T --rank other", &["+ sources: new-1,T,,other,,,,"]),
    (
        "claim add Pori Umea kind friendship --source https://c.example --seen-on 1.2.2020 --note n",
        &[
            "+ claims: se-umea,fi-pori,kind,friendship,c-example-2026,2020-02-01,n",
            "+ sources: c-example-2026,https://c.example,,other,https://c.example,,2026-11-25,",
        ],
    ),
    ("claim add Umea Ii exists yes --source town", &["+ claims: se-umea,fi-ii,exists,yes,town,,"]),
    ("claim add Bo Ii status suspended --source town", &["+ claims: fi-ii,no-bo,status,suspended,town,,"]),
    ("claim add Bo Ii start 1948 --source press", &[]),
    (
        "claim accept Ii Pori exists --source wiki",
        &[
            "- claims: fi-ii,fi-pori,exists,yes,wiki,,",
            "- claims: fi-ii,fi-pori,kind,friendship,wiki,,",
            "- claims: fi-ii,fi-pori,start,1999,wiki,,",
            "+ partnerships: fi-ii,fi-pori,friendship,active,1999,,,,wiki,,",
        ],
    ),
    (
        "claim accept Ii Pori exists --source wiki --kind twin",
        &[
            "- claims: fi-ii,fi-pori,exists,yes,wiki,,",
            "- claims: fi-ii,fi-pori,start,1999,wiki,,",
            "+ partnerships: fi-ii,fi-pori,twin,active,1999,,,,wiki,,",
        ],
    ),
    ("claim accept Bo Ii exists --source press-2 --kind twin", &["- claims: fi-ii,no-bo,exists,yes,press-2,,"]),
    (
        // The official source of the two is taken to have said what stood there.
        "claim accept Ii Bo start",
        &[
            "- claims: fi-ii,no-bo,start,1948,press,2020,said so",
            "+ claims: fi-ii,no-bo,start,1949,town,,",
            "- partnerships: fi-ii,no-bo,twin,active,1949,,,,town;wiki,,",
            "+ partnerships: fi-ii,no-bo,twin,active,1948,,,,town;wiki;press,,",
        ],
    ),
    (
        // The claim is entered the other way round; its own source is not taken to say the contrary too.
        "claim accept Ii Bo kind",
        &[
            "- claims: no-bo,fi-ii,kind,partner,town,,",
            "+ claims: fi-ii,no-bo,kind,twin,wiki,,",
            "- partnerships: fi-ii,no-bo,twin,active,1949,,,,town;wiki,,",
            "+ partnerships: fi-ii,no-bo,partner,active,1949,,,,town;wiki,,",
        ],
    ),
    (
        // Nothing stood there; the source is known.
        "claim accept Ii Bo term",
        &[
            "- claims: fi-ii,no-bo,term,2022/..,wiki,,",
            "- partnerships: fi-ii,no-bo,twin,active,1949,,,,town;wiki,,",
            "+ partnerships: fi-ii,no-bo,twin,active,1949,,2022/..,,town;wiki,,",
        ],
    ),
    (
        "claim accept Umea Pori --recorded-by https://d.example",
        &[
            "- claims: se-umea,fi-pori,start,1951,press,,",
            "+ claims: se-umea,fi-pori,start,1950,d-example-2026,,",
            "- partnerships: se-umea,fi-pori,twin,active,1950,,,,,,",
            "+ partnerships: se-umea,fi-pori,twin,active,1951,,,,press,,",
            "+ sources: d-example-2026,https://d.example,,other,https://d.example,,2026-11-25,",
        ],
    ),
    ("claim reject Ii Pori exists --source press", &["- claims: fi-ii,fi-pori,exists,yes,press,,"]),
];

#[test]
fn each_command_changes_these_rows_and_undo_brings_them_back() {
    let desk = desk();
    let before = tables(&desk);
    for (line, rows) in CHANGES {
        let dry = done(&desk, &format!("{line} --dry-run"));
        assert_eq!(differences(&before, &tables(&desk)), [""; 0], "{line} --dry-run");
        assert_eq!(dry.stderr.contains("Nothing to do."), rows.is_empty(), "{line}: {}", dry.stderr);
        let journal = || fs::read_to_string(desk.path("r/journal.jsonl")).unwrap_or_default().lines().count();
        let operations = journal();
        assert_eq!(changed(&desk, line), *rows, "{line}");
        assert_eq!(journal(), operations + usize::from(!rows.is_empty()), "{line}");
        if !rows.is_empty() {
            done(&desk, "undo");
            assert_eq!(differences(&before, &tables(&desk)), [""; 0], "{line}, undo");
        }
    }
}

#[test]
fn a_closed_network_is_listed_with_its_end_and_selects_nothing_today() {
    let desk = desk();
    let rows = |line: &str| done(&desk, &format!("{line} --format csv")).rows();
    done(&desk, "network join chain Pori --since 2005");
    let members = "networks --fields id,members,member_names,until";
    assert_eq!(rows(members)[2], ["chain", "3", "Ii;Pori;Umeå", ""]);
    let listed = "list --network chain --fields place,partner";
    assert_eq!(rows(listed), [["Umeå", "Pori"]]);
    let said = done(&desk, "network close chain --on 2020").stdout;
    assert!(said.ends_with("  The Chain    until → 2020; 3 memberships: until → 2020\n"), "{said}");
    assert_eq!(rows(members)[2], ["chain", "3", "Ii;Pori;Umeå", "2020"]);
    assert_eq!(rows(listed).len(), 0);
    assert_eq!(rows(&format!("{listed} --as-of 2019")), [["Umeå", "Pori"]]);
    assert_eq!(rows("networks Ii --fields network,until"), [["The Chain", "2020"]]);
    assert!(done(&desk, "undo").stdout.ends_with("  The Chain    until 2020 →; 3 memberships: until 2020 →\n"));
}
