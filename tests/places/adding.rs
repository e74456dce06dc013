//! Places that are added and renamed.

use super::*;

#[test]
fn a_place_is_added_under_an_id_made_of_its_country_and_name() {
    let desk = made_up();
    for (command, row) in [
        ("place add Ähtäri-Säästö --country Finland", "fi-ahtari-saasto,Ähtäri-Säästö,FI,municipality"),
        ("place add Győr --country HU --region Pest", "hu-gyor-pest,Győr,HU,municipality,Pest"),
        ("place add Győr --country HU --id hu-gyor-2", "hu-gyor-2,Győr,HU,municipality"),
        ("place add Utica --country US --region new_york", "us-utica-ny,Utica,US,municipality,new york"),
        ("place add Salem --country US --region Oregon --id us-salem-or", "us-salem-or,Salem,US,municipality,Oregon"),
        ("place add Troy --country US --region Ohio --id us-troy-oh", "us-troy-oh,Troy,US,municipality,Ohio"),
        ("place add Mill --country FI --type district --part-of Å", "fi-mill,Mill,FI,district,,fi-aa"),
    ] {
        assert_eq!(effect(&desk, command).0, [format!("municipalities +{row}")], "{command}");
    }
}

#[test]
fn a_place_is_added_with_all_that_is_known_of_it() {
    let desk = made_up();
    let command = "place add Szeged --country HU --region Csongrád --code 33367 --name-en Segedin --name-fi Segedi \
        --name-sv Segedinum --alias Seged --alias Segedín --lat 46,25 --lon -20.15 --wikidata Q81581 \
        --website https://szeged.hu --note Big --cite s1 --cite https://www.new.example/x --reason why";
    let (rows, run) = effect(&desk, command);
    let row = "hu-szeged,Szeged,HU,municipality,Csongrád,,33367,Segedi,Segedinum,Segedin,Seged;Segedín,46.25,-20.15,\
        Q81581,https://szeged.hu,,,,,s1;new-example-2026,Big";
    let source = "new-example-2026,https://www.new.example/x,,other,https://www.new.example/x,,2026-03-01";
    assert_eq!(rows, [format!("municipalities +{row}"), format!("sources +{source}")]);
    assert_eq!(run.stdout.lines().next(), Some("CHANGES 1"));
    assert!(run.stdout.contains("new: Hungary, hu-szeged"), "{}", run.stdout);
}

#[test]
fn a_place_that_may_be_there_is_not_added() {
    let is = "--region or --id says that it is another one: ";
    refused(
        &made_up(),
        &[
            (
                "place add gyor --country HU",
                5,
                "`gyor` is there already: Győr (Hungary), hu-gyor",
                &format!("{is}twin place add gyor --country HU --id hu-gyor-2"),
            ),
            (
                "place add Raab --country HU",
                5,
                "`Raab` is there already: Győr (Hungary), hu-gyor",
                &format!("{is}twin place add Raab --country HU --id hu-raab-2"),
            ),
            (
                "place add Bø --country NO --region nordland",
                5,
                "`Bø` is there already: Bø (Norway), no-bo-nordland",
                &format!("{is}twin place add Bø --country NO --region nordland --id no-bo-nordland-2"),
            ),
            ("place add Ny --country NO --id no-bo", 5, "id `no-bo` is that of Bø (Norway), no-bo", "twin show no-bo"),
            (
                "place add Aa --country NO --id no-aa --wikidata Q1",
                5,
                "wikidata `Q1` is that of Aa (Finland), fi-aa",
                "twin show fi-aa",
            ),
            (
                "place add Ny --country FI --id fi-ny --code 001",
                5,
                "code `001` is that of Aa (Finland), fi-aa",
                "twin show fi-aa",
            ),
            (
                "place add Utica --country US",
                2,
                "a place in the United States has its state in its id; its region is wanted",
                "twin place add Utica --country US --region STATE",
            ),
            (
                "place add Salem --country US --region Oregonia",
                2,
                "`Oregonia` is no state of the United States; the id must be chosen",
                "twin place add Salem --country US --region Oregonia --id us-salem-XX, with the two letters of the state",
            ),
            (
                "place add Волга --country RU",
                2,
                "no id can be made of `Волга`; it must be chosen",
                "twin place add Волга --country RU --id ru-NAME",
            ),
            (
                "place add Ny --country NO --id fi-ny",
                2,
                "`fi-ny` is no id of a place in NO; it must be `no-` and small letters, digits and single hyphens",
                "",
            ),
            (
                "place add Ny --country NO --id no-Ny",
                2,
                "`no-Ny` is no id of a place in NO; it must be `no-` and small letters, digits and single hyphens",
                "",
            ),
            ("place add _ --country NO", 2, "name is empty; a row cannot be without it", ""),
            (
                "place add Ny --country NO --lat north --lon 1",
                2,
                "lat is `north`; it must be a decimal number such as 62.893",
                "",
            ),
            (
                "place add Ny --country Norwey",
                4,
                "no country is called `Norwey`",
                "did you mean Norway? twin place add Ny --country Norway",
            ),
            (
                "place add Ny --country NO --cite s9",
                4,
                "no source is called `s9`",
                "did you mean s1? twin place add Ny --country NO --cite s1",
            ),
        ],
    );
}

#[test]
fn a_place_is_renamed_and_keeps_its_id_and_its_old_name() {
    let desk = made_up();
    let (rows, run) = effect(&desk, "place rename aa New_Aa --on 1.1.2020 --cite s1");
    assert_eq!(
        rows,
        [
            "mergers +2020-01-01,rename,fi-aa,fi-aa,s1,Aa → New Aa",
            "municipalities -fi-aa,Aa,FI,municipality,North,,001,Aa,Å,,,,,Q1",
            "municipalities +fi-aa,New Aa,FI,municipality,North,,001,New Aa,Å,,Aa,,,Q1,,,,,,s1",
        ]
    );
    for note in ["`1.1.2020` read as 2020-01-01.", "`aa` read as Aa (Finland).", "left as they are: name_sv Å."] {
        assert!(run.stderr.contains(note), "{}", run.stderr);
    }
    assert_eq!(run.stdout.lines().next(), Some("CHANGES 1"));
    let shown = done(&desk, &["show", "Aa"]).stdout;
    assert!(shown.starts_with("New Aa (Finland)\n"), "{shown}");
    let change = shown.lines().find(|line| line.contains("2020-01-01")).unwrap();
    assert_eq!(change.split_whitespace().collect::<Vec<_>>().join(" "), "2020-01-01 New Aa renamed Aa → New Aa");
    // And back again: an alias that has become the name is none any more.
    done(&desk, &["place", "rename", "fi-aa", "Aa", "--on", "2021"]);
    let row = desk.read("r/municipalities.csv");
    assert!(row.contains("\nfi-aa,Aa,FI,municipality,North,,001,Aa,Å,,New Aa,,,Q1,,,,,,s1,\n"), "{row}");
}

#[test]
fn what_is_no_renaming_is_refused() {
    refused(
        &made_up(),
        &[
            ("place rename Aa Aa --on 2020", 2, "`Aa` is its name already", ""),
            ("place rename Aa _ --on 2020", 2, "name is empty; a row cannot be without it", ""),
            ("place rename Aa Ny --on 2027", 6, "`2027` lies in the future; nothing was written", ""),
            ("place rename Old Ny --on 2020", 5, "Old was dissolved already, 2001", "twin show Old"),
            (
                "place rename Eal Ny --on 2020",
                4,
                "no municipality is called `Eal`",
                "did you mean Eel (Finland)? twin place rename Eel Ny --on 2020",
            ),
        ],
    );
}
