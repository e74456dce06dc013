//! A list beside the registry, and the statements that Wikidata lacks.

use super::{desk, twin};

const LIST: &str = "item,itemLabel,twin,twinLabel
http://www.wikidata.org/entity/Q1757,Kuopio,http://www.wikidata.org/entity/Q8114,Bodø
http://www.wikidata.org/entity/Q8114,Bodø,http://www.wikidata.org/entity/Q38511,Turku
http://www.wikidata.org/entity/Q1757,Kuopio,http://www.wikidata.org/entity/Q42,Nowhere
";

#[test]
fn what_they_have_what_we_have_and_what_one_side_alone_states() {
    let desk = desk("list.csv", LIST);
    let before = desk.files("reg");
    let run = twin(
        &desk,
        &["compare", "list.csv", "--format", "csv", "--fields", "difference,row,place_id,partner_id,reason"],
    );
    assert_eq!(run.exit, 1, "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "difference,row,place_id,partner_id,reason
theirs,3,no-bodo,fi-turku,
ours,,fi-kuopio,hu-gyor,
one-sided,2,fi-kuopio,no-bodo,
rejected,4,fi-kuopio,,\"no place here is called “Nowhere”, and its country is not said\"
"
    );
    assert!(run.stderr.contains("1 new, 0 filled in, 1 same, 0 conflict, 0 doubtful, 1 rejected.\n1 only in the file, 1 only here among the places of the file, 1 stated by one side alone.\n"), "{}", run.stderr);
    assert_eq!(desk.files("reg"), before);
}

#[test]
fn what_is_the_same_differs_in_nothing() {
    let desk = desk("list.csv", "place,partner,country\nKuopio,Bodø,Norway\nKuopio,Győr,Hungary\n");
    let run = twin(&desk, &["compare", "list.csv"]);
    assert_eq!((run.exit, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let run = twin(&desk, &["compare", "list.csv", "--format", "json"]);
    assert_eq!(run.json(), serde_json::json!([]));
    let run = twin(&desk, &["compare", "list.csv", "--fields", "colour"]);
    assert_eq!(run.exit, 2);
    assert!(
        run.stderr.starts_with("error: no field is called `colour`; the fields are difference, row, "),
        "{}",
        run.stderr
    );
}

#[test]
fn values_that_disagree_stand_beside_each_other() {
    let desk = desk(
        "list.csv",
        "place,partner,country,start,kind\nKouvola,Vologda,Russia,1998,friendship\nKuopio,Bodø,Norway,1949,\n",
    );
    let run =
        twin(&desk, &["compare", "list.csv", "--format", "csv", "--fields", "difference,place_id,field,here,there"]);
    assert_eq!(
        run.stdout,
        "difference,place_id,field,here,there
ours,fi-kuopio,,,
fuller,fi-kuopio,start,,1949
conflict,fi-kouvola,kind,twin,friendship
conflict,fi-kouvola,start,1997,1998
"
    );
}

#[test]
fn wikidata_gets_what_it_lacks_in_both_directions_and_nothing_twice() {
    let desk = desk("list.csv", LIST);
    twin(&desk, &["suspend", "Kouvola", "Vologda", "--on", "2022-03-01"]);
    let run = twin(&desk, &["compare", "list.csv", "--format", "quickstatements"]);
    assert_eq!(run.exit, 1, "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "Q1757\tP190\tQ43274\tP580\t+1977-05-17T00:00:00Z/11\tS854\t\"https://example.org/town\"
Q43274\tP190\tQ1757\tP580\t+1977-05-17T00:00:00Z/11\tS854\t\"https://example.org/town\"
Q8114\tP190\tQ1757\tS854\t\"https://example.org/wiki\"
"
    );
    assert_eq!(
        run.stderr
            .lines()
            .filter(|line| line.contains("that the file lacks") || line.contains("suspended"))
            .collect::<Vec<_>>(),
        ["3 statements that the file lacks.", "1 are suspended, which Wikidata cannot say: Kouvola–Vologda"]
    );
    // What was sent is lacking no more.
    let sent: String = run
        .stdout
        .lines()
        .map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            format!("http://www.wikidata.org/entity/{},x,http://www.wikidata.org/entity/{},y\n", parts[0], parts[2])
        })
        .collect();
    std::fs::write(desk.path("list.csv"), format!("{LIST}{sent}")).unwrap();
    let run = twin(&desk, &["compare", "list.csv", "--format", "quickstatements"]);
    assert_eq!((run.exit, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}
