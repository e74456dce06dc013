//! Which place a name means, and when that is not certain.

use super::{TABLES, added, counts, desk, told, twin};

fn partner(header: &str, cells: &str) -> String {
    let told = told(&format!("Kunta;{header}\nKuopio;{cells}\n"), &[]);
    assert_eq!(told.len(), 1);
    told[0].clone()
}

#[test]
fn a_place_is_known_by_all_that_may_be_said_of_it() {
    for (header, cells, how) in [
        ("partner_id", "no-bodo", "same row 2 Kuopio–Bodø"),
        ("partner;partner_wikidata", "Buda;Q8114", "same row 2 Kuopio–Bodø (“Buda”, Wikidata item)"),
        ("partner;country", "Bodø;Norway", "same row 2 Kuopio–Bodø"),
        ("partner;country", "BODO;Norwegen", "same row 2 Kuopio–Bodø (“BODO”, spelt otherwise)"),
        ("partner;country", "Raab;Hungary", "same row 2 Kuopio–Győr (“Raab”, another name)"),
        ("partner;country", "Győr (Raab);Hungary", "same row 2 Kuopio–Győr (“Győr (Raab)”, another name)"),
        ("partner", "Bodø, Norway", "same row 2 Kuopio–Bodø"),
        (
            "partner;country",
            "Bodø Municipality;Norway",
            "same row 2 Kuopio–Bodø (“Bodø Municipality”, spelt otherwise)",
        ),
        ("partner;country", "Bodø kommune;NO", "same row 2 Kuopio–Bodø (“Bodø kommune”, spelt otherwise)"),
        ("partner;country", "Kil Municipality;SE", "new row 2 Kuopio–Kil (Sweden): adds se-kil"),
        ("partner", "Gyor", "same row 2 Kuopio–Győr (“Gyor”, a partner so called)"),
        (
            "partner;country;partner_lat;partner_lon",
            "Bodøen;Norway;67.28;14.41",
            "same row 2 Kuopio–Bodø (“Bodøen”, 0.4 km away)",
        ),
        ("partner;country;partner_region", "Halle;Germany;Sachsen-Anhalt", "new row 2 Kuopio–Halle"),
        ("partner;country;partner_lat;partner_lon", "Halle;Germany;51.5;12", "new row 2 Kuopio–Halle"),
        ("partner;country", "Springfield;Illinois, United States", "new row 2 Kuopio–Springfield"),
        ("partner;country", "Springfield, Illinois;USA", "new row 2 Kuopio–Springfield"),
        ("partner;country", "Springfield (IL);USA", "new row 2 Kuopio–Springfield"),
        ("partner;country", "Salem (MA);USA", "new row 2 Kuopio–Salem (MA)"),
        ("partner", "Bodø (Norja)", "same row 2 Kuopio–Bodø"),
        ("partner", "Bodø, NO", "same row 2 Kuopio–Bodø"),
        ("partner;country", "Bodø, Norway;NO", "same row 2 Kuopio–Bodø"),
        (
            "partner;country",
            "Halle, Sachsen-Anhalt;DE",
            "new row 2 Kuopio–Halle (“Halle, Sachsen-Anhalt”, another name)",
        ),
    ] {
        assert_eq!(partner(header, cells), how, "{cells}");
    }
}

#[test]
fn what_is_not_certain_is_doubtful_with_what_it_may_be() {
    for (header, cells, doubt) in [
        ("partner;country", "Halle;Germany", "“Halle” may be Halle (de-halle-saale) or Halle (de-halle-westfalen)"),
        ("partner;country", "Vologdaa;Russia", "“Vologdaa” is not here; is it Vologda (ru-vologda)?"),
        ("partner", "Vologda", "the country of “Vologda” is not said; is it Vologda (ru-vologda)?"),
        (
            "partner;country;partner_lat;partner_lon",
            "Győr;Hungary;47.5;19.04",
            "Győr (hu-gyor) is 108 km from where the file has it",
        ),
        ("partner;country;partner_wikidata", "Győr;Hungary;Q1", "Győr (hu-gyor) is Q43274 on Wikidata, not Győr"),
        (
            "partner;country",
            "Győr (Ráth);Hungary",
            "what “Győr (Ráth)” adds to the name is not known; is it Győr (hu-gyor)?",
        ),
        ("partner;country", "Pécs (Fünfkirchen);Hungary", "what “Pécs (Fünfkirchen)” adds to the name is not known"),
        (
            "partner;country;partner_lat;partner_lon",
            "Kil;Denmark;59.5;13.3",
            "“Kil” is said to be in Denmark, and its coordinates are elsewhere",
        ),
        (
            "partner;country;partner_lat;partner_lon",
            "Bodø;Denmark;67.28;14.4",
            "“Bodø” is said to be in Denmark, and its coordinates are elsewhere; is it Bodø (no-bodo)?",
        ),
    ] {
        let told = partner(header, cells);
        let (_, reason) = told.split_once(": ").unwrap_or_else(|| panic!("{told}"));
        assert_eq!((told.starts_with("doubtful row 2 "), reason), (true, doubt), "{cells}");
    }
}

#[test]
fn a_name_means_no_place_of_another_country() {
    // Two letters behind a name may be a state: Vienna, VA is not in the Vatican.
    assert_eq!(
        partner("partner", "Vienna, VA"),
        "rejected row 2 Kuopio–Vienna, VA: no place here is called “Vienna, VA”, and its country is not said"
    );
    assert_eq!(partner("partner;country", "Bodø;Sweden"), "new row 2 Kuopio–Bodø (Sweden): adds se-bodo");
    assert_eq!(partner("partner;country", "Turku;Sweden"), "new row 2 Kuopio–Turku (Sweden): adds se-turku");
    // The place is meant to be at home, but only where no column says otherwise.
    assert_eq!(
        told("place,place_country,partner,country\nÅbo,Sweden,Bodø,Norway\n", &[]),
        ["new row 2 Åbo (Sweden)–Bodø: adds se-abo"]
    );
    assert_eq!(told("place,partner,country\nÅbo,Bodø,Norway\n", &[]), ["new row 2 Turku–Bodø"]);
    assert_eq!(
        told("place,partner,country\n297,Bodø,Norway\n", &[]),
        ["rejected row 2 297–Bodø: no place here is called “297”, and its country is not said"]
    );
    assert_eq!(
        told("kuntanumero,kunta,partner,country\n297,K,Bodø,Norway\n", &[]),
        ["same row 2 Kuopio (“K”, national code)–Bodø"]
    );
}

#[test]
fn the_region_keeps_two_ids_apart_where_the_same_list_adds_both_places() {
    // The names differ and their slugs do not; what the list adds is taken like what is there.
    let list = "kunta;partner;country;partner_region\nKuopio;Ø!;NO;\nKuopio;Ø;NO;Viken\nKuopio;Ø?;NO;\n";
    assert_eq!(
        told(list, &[]),
        [
            "new row 2 Kuopio–Ø! (Norway): adds no-o",
            "new row 3 Kuopio–Ø (Norway): adds no-o-viken",
            "rejected row 4 Kuopio–Ø?: its id would be that of Ø! (no-o)",
        ]
    );
}

#[test]
fn a_name_that_means_a_place_by_its_position_adds_no_other_place() {
    let list = "kunta;partner;country;partner_lat;partner_lon;partner_id\nKuopio;Bodøen;NO;67.28;14.41;\n";
    assert_eq!(
        told(&format!("{list}Turku;Bodøen;NO;;;\nTurku;Bodøen;NO;;;no-bodoen\nTurku;Tromsø;NO;;;\n"), &[]),
        [
            "new row 5 Turku–Tromsø (Norway): adds no-tromso",
            "same row 2 Kuopio–Bodø (“Bodøen”, 0.4 km away)",
            "doubtful row 3 Turku–Bodøen: “Bodøen” is not here; is it Bodø (no-bodo)?",
            "doubtful row 4 Turku–Bodøen: “Bodøen” is not here; is it Bodø (no-bodo)?",
        ]
    );
}

#[test]
fn a_name_without_a_country_may_mean_a_partner_that_any_row_adds() {
    for [one, other] in [["FI;1950", ";1949"], [";1950", "FI;1949"]] {
        let told = told(&format!("kunta;partner;country;start\nKuopio;Bodo;{one}\nKuopio;Bodo;{other}\n"), &[]);
        let told: Vec<&str> = told.iter().map(|line| line.split(';').next().unwrap_or_default()).collect();
        assert_eq!(
            told,
            [
                "new row 2 Kuopio–Bodo (Finland): adds fi-bodo",
                "conflict row 3 Kuopio–Bodo (Finland): start 1950 here, 1949 in the file",
            ]
        );
    }
}

#[test]
fn a_partner_that_is_known_by_code_or_by_an_id_of_the_list_is_one_for_rows_that_have_only_a_name() {
    for (args, list, lines) in [
        (
            ["--map", "partner_code=kuntanumero"].as_slice(),
            "place;partner;kuntanumero;start\nKuopio;Turku;;1950\nKuopio;Turku;853;1950\n",
            ["new row 2 Kuopio–Turku", "same row 3 Kuopio–Turku"].as_slice(),
        ),
        (
            &[],
            "place;partner;country;partner_id\nKuopio;Oy;;\nKuopio;Oy;;no-oy\nTurku;Oy;NO;no-oy\n",
            &[
                "new row 2 Kuopio–Oy (Norway): adds no-oy",
                "new row 4 Turku–Oy (Norway)",
                "same row 3 Kuopio–Oy (Norway)",
            ],
        ),
    ] {
        assert_eq!(told(list, args), lines);
    }
}

#[test]
fn a_position_between_places_of_similar_names_means_none_of_them_for_certain() {
    let list = "kunta;partner;country;partner_lat;partner_lon;partner_id\n\
                Kuopio;Bodøya;NO;67.285;14.4;no-bodoya\nKuopio;Bodøen;NO;67.28;14.41;\nTurku;Bodøen;NO;;;\n";
    assert_eq!(
        told(list, &[]),
        [
            "new row 2 Kuopio–Bodøya (Norway): adds no-bodoya",
            "doubtful row 3 Kuopio–Bodøen: “Bodøen” may be Bodø (no-bodo) or Bodøya (no-bodoya)",
            "doubtful row 4 Turku–Bodøen: “Bodøen” is not here; is it Bodø (no-bodo) or Bodøya (no-bodoya)?",
        ]
    );
}

#[test]
fn a_row_means_the_same_whatever_stands_in_front_of_it() {
    for (one, other, lines) in [
        // A place that another row adds is the one of its name.
        (
            "Kuopio;Columbus;US;;",
            "Turku;Columbus, Ohio;US;;",
            ["new Kuopio–Columbus (United States)", "new Turku–Columbus (United States)"],
        ),
        // An id decides, also one that another row gives to a place.
        (
            "Kuopio;Bodø;NO;no-a;",
            "Turku;Tromsø;NO;no-a;",
            ["new Kuopio–Tromsø (Norway) (“Bodø”, id)", "new Turku–Tromsø (Norway)"],
        ),
        // A territory is in its state.
        ("Kuopio;Eide;DK;;", "Turku;Eide;FO;;", ["new Kuopio–Eide (Faroe Islands)", "new Turku–Eide (Faroe Islands)"]),
        // A region is one where a place is in it.
        (
            "Kuopio;Moss;Viken, Norway;;",
            "Turku;Oslo;NO;;Viken",
            ["new Kuopio–Moss (Norway)", "new Turku–Oslo (Norway)"],
        ),
    ] {
        for rows in [[one, other], [other, one]] {
            let list = format!("kunta;partner;country;partner_id;partner_region\n{}\n{}\n", rows[0], rows[1]);
            let place = |line: &str| {
                line.split(": adds ").next().unwrap_or_default().replace(" row 2", "").replace(" row 3", "")
            };
            let mut places: Vec<String> = told(&list, &[]).iter().map(|line| place(line)).collect();
            places.sort();
            assert_eq!(places, lines, "{list}");
        }
    }
}

#[test]
fn what_a_row_meant_first_does_not_count_once_it_means_another_place() {
    let list = "kunta;partner;country;partner_id\nKuopio;Turku;FI;fi-x\nKuopio;Turku;;\nTurku;Oulu;FI;fi-x\n";
    assert_eq!(
        told(list, &[]),
        [
            "new row 2 Kuopio–Oulu (Finland) (“Turku”, id): adds fi-x",
            "new row 4 Turku–Oulu (Finland)",
            "doubtful row 3 Kuopio–Turku: the country of “Turku” is not said; is it Turku (fi-turku)?",
        ]
    );
    let list = "kunta;partner;country;partner_lat;partner_lon;partner_region\nKuopio;Bodøen;Viken, Norway;;;\n\
                Kuopio;Bodøen;NO;67.28;14.41;\nTurku;Oslo;NO;;;Viken\n";
    assert_eq!(
        told(list, &[]),
        [
            "new row 2 Kuopio–Bodøen (Norway): adds no-bodoen",
            "new row 4 Turku–Oslo (Norway): adds no-oslo",
            "same row 3 Kuopio–Bodøen (Norway)",
        ]
    );
}

#[test]
fn a_row_that_is_left_adds_nothing_to_what_others_add() {
    let list = "place;place_country;partner;country;partner_wikidata;partner_region\n\
                Kuopio;FI;Nybo;NO;Q555;Viken\nTurku;FI;Nybo;NO;;\nTurku;FI;Kuopio;AX;;\n";
    let desk = desk("list.csv", list);
    let run = twin(&desk, &["import", "list.csv", "--yes"]);
    assert_eq!(counts(&run), "2 new, 0 filled in, 0 same, 0 conflict, 1 doubtful, 0 rejected.");
    let added = added(&desk, "municipalities");
    let added: Vec<&str> = added.iter().map(|row| row.trim_end_matches(',')).collect();
    assert_eq!(added, ["ax-kuopio,Kuopio,AX,municipality", "no-nybo,Nybo,NO,municipality"]);
}

#[test]
fn a_row_whose_own_additions_contradict_it_is_left() {
    for (list, line) in [
        (
            "place;partner;place_country;country\nEide;Eide;DK;FO\n",
            "doubtful row 2 Eide–Eide: “Eide” may be Eide (dk-eide) or Eide (fo-eide)",
        ),
        (
            "place;partner;partner_wikidata;place_wikidata\nNybo, Norway;Raab, Norway;Q1;Q1\n",
            "rejected row 2 Nybo (Norway)–Raab (Norway): both places are Nybo",
        ),
    ] {
        assert_eq!(told(list, &[]), [line]);
    }
}

#[test]
fn a_place_that_is_wanting_of_what_is_recorded_is_added_by_who_adds_a_pair() {
    let [(_, municipalities), (_, partnerships), ..] = TABLES;
    let desk = desk("list.csv", "place,partner,country\nKuopio,Eide,NO\nTurku,Eide,NO\n")
        .with("reg/municipalities.csv", municipalities)
        .with("reg/partnerships.csv", format!("{partnerships}fi-kuopio,no-eide,twin,active,,,,,wiki,,\n"));
    let run = twin(&desk, &["import", "list.csv", "--yes"]);
    assert!(run.stdout.contains("Turku–Eide (Norway): adds no-eide"), "{}", run.stdout);
    assert!(desk.read("reg/municipalities.csv").contains("\nno-eide,Eide,NO,"));
}

#[test]
fn a_list_whose_countries_its_own_coordinates_belie_adds_no_place_there() {
    let mut list = "place;place_country;place_lat;place_lon;partner;country\n".to_owned();
    for nth in 0..9 {
        list += &format!("Ort {}n;Denmark;59.{nth};15.{nth};Bodø;Norway\n", "abcdefghi".as_bytes()[nth] as char);
    }
    list += "Landsby;Denmark;55.5;11.5;Bodø;Norway\n";
    let told = told(&list, &[]);
    assert_eq!(told.len(), 10);
    assert_eq!(
        told[9],
        "doubtful row 11 Landsby–Bodø: “Landsby” is not here, and of 10 places that the file has in Denmark 9 stand elsewhere"
    );
}

#[test]
fn territories_are_in_their_state() {
    let list = "place,partner,country\nKuopio,Tórshavn,Faroe Islands\nKuopio,Torshavn,Denmark\n";
    assert_eq!(
        told(list, &[]),
        [
            "new row 2 Kuopio–Tórshavn (Faroe Islands): adds fo-torshavn",
            "same row 3 Kuopio–Tórshavn (Faroe Islands) (“Torshavn”, spelt otherwise)"
        ]
    );
}
