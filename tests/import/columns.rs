//! Which column says what: recognised, typed, kept and used again.

use super::{desk, told, told_of, twin};

#[test]
fn columns_are_mapped_by_options_where_their_headers_do_not_tell() {
    let list = "Uno,Dos,Tres\nKuopio,Bodø,Norway\n";
    let desk = desk("list.csv", list);
    desk.fails(
        &["--registry", "reg", "import", "list.csv", "--dry-run"],
        2,
        "error: no column is known for place and partner; the columns are `Uno`, `Dos`, `Tres`\nhint: --map place=COLUMN,partner=COLUMN says which they are\n",
    );
    assert_eq!(told(list, &["--map", "place=Uno,partner=Dos,country=Tres"]), ["same row 2 Kuopio–Bodø"]);
    desk.fails(
        &["--registry", "reg", "import", "list.csv", "--dry-run", "--map", "place=Uno,partner=Duo"],
        2,
        "error: no column is called `Duo`; the columns are `Uno`, `Dos`, `Tres`\n",
    );
    let run = twin(&desk, &["import", "list.csv", "--dry-run", "--map", "mayor=Uno"]);
    assert_eq!(run.exit, 2);
    assert!(run.stderr.starts_with("error: no column can be `mayor`; it can be place, place_id, "), "{}", run.stderr);
}

#[test]
fn how_a_list_is_read_is_kept_and_used_again() {
    let desk = desk("list.csv", "Uno,Dos\nBodø / Győr,Norway / Hungary\n");
    let args =
        ["import", "list.csv", "--map", "partner=Uno,country=Dos", "--home", "Kuopio", "--split", " / ", "--all"];
    let first = told_of(&desk, &[&args[..], &["--save-mapping", "how.json", "--dry-run"]].concat());
    assert_eq!(first, ["same row 2 Kuopio–Bodø", "same row 2 Kuopio–Győr"]);
    assert_eq!(told_of(&desk, &["import", "list.csv", "--mapping", "how.json", "--all", "--dry-run"]), first);
    let bad = twin(&desk, &["import", "list.csv", "--split", "[", "--save-mapping", "bad.json", "--dry-run"]);
    assert_eq!((bad.exit, desk.path("bad.json").exists()), (2, false), "{}", bad.stderr);
    std::fs::write(desk.path("how.json"), "{\"mop\": 1}").unwrap();
    let run = twin(&desk, &["import", "list.csv", "--mapping", "how.json", "--dry-run"]);
    assert_eq!(run.exit, 3);
    assert!(run.stderr.starts_with("error: how.json:1:6: unknown field `mop`"), "{}", run.stderr);
}

#[test]
fn one_place_may_be_that_of_all_rows() {
    let list = "Ystävyyskaupunki,Maa\nBodø,Norja\nGyör,Unkari\n";
    assert_eq!(
        told(list, &["--home", "Kuopio"]),
        ["same row 2 Kuopio–Bodø", "same row 3 Kuopio–Győr (“Györ”, spelt otherwise)"]
    );
    let desk = desk("list.csv", list);
    desk.fails(
        &["--registry", "reg", "import", "list.csv", "--dry-run"],
        2,
        "error: no column is known for place; the columns are `Ystävyyskaupunki`, `Maa`\nhint: --home PLACE if all rows are about one, else --map place=COLUMN\n",
    );
}

#[test]
fn several_partners_in_one_cell_are_taken_apart() {
    let list = "Kunta;Ystävyyskunnat;Maa\nKuopio;\"Bodø | Győr\";\"Norja | Unkari\"\nKuopio;\"Pécs;Eger\";Unkari\n";
    let told = told(list, &["--map", "partner=Ystävyyskunnat", "--split", "[;|]"]);
    assert_eq!(
        told,
        [
            "new row 3 Kuopio–Pécs (Hungary): adds hu-pecs",
            "new row 3 Kuopio–Eger (Hungary): adds hu-eger",
            "same row 2 Kuopio–Bodø",
            "same row 2 Kuopio–Győr",
        ]
    );
    let desk = desk("list.csv", list);
    let run = twin(&desk, &["import", "list.csv", "--dry-run", "--map", "partner=Ystävyyskunnat", "--split", "[;"]);
    assert_eq!(run.exit, 2);
    assert!(run.stderr.starts_with("error: --split `[;` is no regular expression: "), "{}", run.stderr);
}

#[test]
fn a_default_country_is_that_of_places_of_which_no_column_says_it() {
    let list = "Gemeinde;Partnergemeinde;Land\nHamm;Bodø;Norwegen\nHamm;Unna;\n";
    assert_eq!(
        told(list, &["--default-country", "Germany"]),
        [
            "new row 2 Hamm (Germany)–Bodø: adds de-hamm",
            "rejected row 3 Hamm (Germany)–Unna: no place here is called “Unna”, and its country is not said",
        ]
    );
}

#[test]
fn titles_above_the_header_and_one_place_a_row_are_understood() {
    assert_eq!(
        told("Ystävyyskunnat 2026,,\n,,\nMaa,Kunta,Ystävyyskunta\nNorja,Kuopio,Bodø\n", &[]),
        ["same row 4 Kuopio–Bodø"]
    );
    assert_eq!(
        told(",0,1,2\n\"Kuopio, Finland\",\"Bodø, Norway\",\"Győr, Hungary\",\n\"Turku, Finland\",,,\n", &[]),
        ["same row 2 Kuopio–Bodø", "same row 2 Kuopio–Győr", "rejected row 3 Turku, Finland–: it names no partner"]
    );
}
