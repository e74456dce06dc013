//! `twin fmt`: what it puts right, what it names and leaves, and what it does not touch.
#![allow(clippy::disallowed_methods, reason = "the test makes the files that the program is to edit")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "../harness/mod.rs"]
mod harness;

mod mess;

use std::collections::BTreeMap;

use harness::{Desk, Run, differences};

const MUNICIPALITIES: &str = "id,name,country,type,aliases,policy
ee-tartu,Tartu,EE,municipality,,
fi-kuopio,Kuopio,FI,municipality,,
fi-lahti,Lahti,FI,municipality,,
no-bodo,Bodø,NO,municipality,,
no-oslo,Oslo,NO,municipality,,
";

/// Makes a registry of these tables; those left out are empty but for the parties and their countries.
fn desk(tables: &[(&str, &str)]) -> Desk {
    let given: BTreeMap<&str, &str> = tables.iter().copied().collect();
    let mut all = BTreeMap::from([
        ("countries", "code,name,continent\nEE,Estonia,Europe\nFI,Finland,Europe\nNO,Norway,Europe\n"),
        ("municipalities", MUNICIPALITIES),
        ("partnerships", "a,b,kind,status\n"),
        ("sources", "id,title,rank\nlist,A list,other\n"),
    ]);
    all.extend(given);
    let messy = all.iter().fold(Desk::new(), |desk, (name, text)| desk.with(&format!("messy/{name}.csv"), text));
    let messy = messy.with("messy/datapackage.json", r#"{"twinning":{"format":1,"home":["FI"]}}"#);
    messy.done(&["convert", "messy", "data"]);
    messy
}

/// Returns the rows of a table below its header that hold something, each without the empty cells at its end.
fn rows(desk: &Desk, table: &str) -> Vec<String> {
    let text = desk.read(&format!("data/{table}.csv"));
    text.lines().skip(1).map(|line| line.trim_end_matches(',').to_owned()).collect()
}

/// Runs `fmt` first dry, then in earnest, then again, when there is to be nothing left to do.
fn formatted(desk: &Desk) -> Run {
    let dry = desk.done(&["fmt", "--dry-run"]);
    let run = desk.done(&["fmt", "--yes"]);
    let would = dry.stdout.replace("WOULD CHANGE", "CHANGES").replace("WOULD REWRITE", "REWRITES");
    assert_eq!(would, run.stdout);
    let files = desk.files_of_registry("data");
    let again = desk.done(&["fmt"]);
    assert_eq!((again.stdout.as_str(), again.stderr.lines().last()), ("", Some("Nothing to do.")));
    assert_eq!(differences(&files, &desk.files_of_registry("data")), [""; 0]);
    run
}

#[test]
fn a_registry_in_canonical_form_is_not_touched() {
    for form in ["data", "data.json"] {
        let desk = Desk::new();
        desk.done(&["init", form]);
        let files = || if form == "data" { desk.files(form) } else { desk.files("") };
        let before = files();
        let run = desk.done(&["--registry", form, "fmt"]);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", "Nothing to do.\n"));
        assert_eq!(differences(&before, &files()), [""; 0]);
    }
}

#[test]
fn a_pair_is_turned_with_its_events_and_claims() {
    let desk = desk(&[
        (
            "partnerships",
            "a,b,kind,status,note\nno-bodo,fi-kuopio,twin,suspended,mine\nno-oslo,ee-tartu,twin,active,\n",
        ),
        (
            "events",
            "a,b,date,event,by,reason\n\
             fi-kuopio,no-bodo,1950,signed,both,\n\
             no-bodo,fi-kuopio,1949,decided,b,\n\
             no-bodo,fi-kuopio,2022,suspended,a,cold\n\
             no-oslo,ee-tartu,1999,signed,third,\n",
        ),
        ("claims", "a,b,field,value,source\nno-bodo,fi-kuopio,start,1948,list\nno-bodo,fi-lahti,exists,yes,list\n"),
    ]);
    let run = formatted(&desk);
    assert_eq!(
        run.stdout,
        "CHANGES 3\n  \
         Kuopio  Bodø  sides exchanged; sides exchanged in events and claims: 3\n  \
         Lahti   Bodø  sides exchanged in events and claims: 1\n  \
         Tartu   Oslo  sides exchanged; sides exchanged in events and claims: 1\n"
    );
    assert_eq!(
        rows(&desk, "partnerships"),
        ["ee-tartu,no-oslo,twin,active", "fi-kuopio,no-bodo,twin,suspended,,,,,,,mine"]
    );
    assert_eq!(
        rows(&desk, "events"),
        [
            "ee-tartu,no-oslo,1999,signed,third",
            "fi-kuopio,no-bodo,1949,decided,a",
            "fi-kuopio,no-bodo,1950,signed,both",
            "fi-kuopio,no-bodo,2022,suspended,b,,,,cold",
        ]
    );
    assert_eq!(rows(&desk, "claims"), ["fi-kuopio,no-bodo,start,1948,list", "fi-lahti,no-bodo,exists,yes,list"]);
    let back = desk.done(&["undo", "--yes"]);
    assert!(back.stdout.contains("  Bodø  Kuopio  sides exchanged; "), "{}", back.stdout);
    assert_eq!(rows(&desk, "partnerships")[0], "no-bodo,fi-kuopio,twin,suspended,,,,,,,mine");
    assert_eq!(rows(&desk, "events")[2], "no-bodo,fi-kuopio,2022,suspended,a,,,,cold");
    assert_eq!(rows(&desk, "claims")[0], "no-bodo,fi-kuopio,start,1948,list");
}

#[test]
fn a_pair_that_is_entered_twice_is_named_and_left_with_all_that_is_about_it() {
    let desk = desk(&[
        ("partnerships", "a,b,kind,status\nfi-kuopio,no-bodo,twin,active\nno-bodo,fi-kuopio,friendship,active\n"),
        ("events", "a,b,date,event\nno-bodo,fi-kuopio,1949,signed\n"),
        ("claims", "a,b,field,value,source\nfi-lahti,no-oslo,exists,yes,list\nno-oslo,fi-lahti,exists,no,list\n"),
    ]);
    let files = desk.files_of_registry("data");
    let run = desk.done(&["fmt"]);
    assert_eq!(
        run.stderr,
        "Left as it is: Bodø – Kuopio (partnerships) is entered in both orders.\n\
         Left as it is: Oslo – Lahti (claims, exists, list) is entered in both orders.\nNothing to do.\n"
    );
    assert_eq!(differences(&files, &desk.files_of_registry("data")), [""; 0]);
}

#[test]
fn a_pair_with_a_party_that_nobody_knows_has_no_order_of_its_own() {
    let desk = desk(&[
        ("partnerships", "a,b,kind,status\nno-gone,fi-kuopio,twin,active\n"),
        ("events", "a,b,date,event,by\nfi-kuopio,no-gone,1949,signed,a\n"),
        ("claims", "a,b,field,value,source\nno-none,fi-kuopio,exists,yes,list\n"),
    ]);
    // An event is about the partnership as that stands.
    formatted(&desk);
    assert_eq!(rows(&desk, "partnerships"), ["no-gone,fi-kuopio,twin,active"]);
    assert_eq!(rows(&desk, "events"), ["no-gone,fi-kuopio,1949,signed,b"]);
    assert_eq!(rows(&desk, "claims"), ["no-none,fi-kuopio,exists,yes,list"]);
}

#[test]
fn stray_blanks_go_and_lines_of_prose_stay() {
    let desk = desk(&[
        (
            "municipalities",
            "id,name,country,type,aliases,policy,own\n\
             fi-kuopio,\u{A0}Kuopio ,FI,municipality,Kuopio  stad;Idän portti;Kuopio stad,\" First  line:\n  - second \n\", kept  so \n\
             fi-lahti,\"Lah\tti\",FI,municipality,,Only  one,\n\
             no-bodo , Bodø,NO ,municipality,,,\n",
        ),
        (
            "partnerships",
            "a,b,kind,status,note\nfi-kuopio,no-bodo,twin,active,\nno-bodo , fi-lahti,twin,active,\"a\n\nb\"\n",
        ),
        ("events", "a,b,date,event,by,body\nno-bodo,\"fi-lahti \",1949,signed,a,\"Town\ncouncil\"\n"),
    ]);
    let run = formatted(&desk);
    assert_eq!(
        run.stdout,
        "CHANGES 4\n  \
         \u{A0}Kuopio         stray blanks: name, policy; aliases Kuopio  stad;Idän portti;Kuopio stad → Kuopio stad;Idän portti\n  \
         Bodø            stray blanks: id, name, country\n  \
         Lah ti          stray blanks: name, policy\n  \
         Lah ti    Bodø  sides exchanged; signed 1949: sides exchanged; stray blanks: body\n"
    );
    let of = |id: &str, text: &str| format!("{id},{text}");
    assert_eq!(
        desk.read("data/municipalities.csv").split_once('\n').unwrap().1,
        [
            of("fi-kuopio", "Kuopio,FI,municipality,,,,,,,Kuopio stad;Idän portti,,,,,,,\"First  line:\n  - second\",,,, kept  so \n"),
            of("fi-lahti", "Lah ti,FI,municipality,,,,,,,,,,,,,,Only one,,,,\n"),
            of("no-bodo", "Bodø,NO,municipality,,,,,,,,,,,,,,,,,,\n"),
        ]
        .concat()
    );
    assert!(desk.read("data/partnerships.csv").ends_with("fi-lahti,no-bodo,twin,active,,,,,,,\"a\n\nb\"\n"));
    assert_eq!(rows(&desk, "events"), ["fi-lahti,no-bodo,1949,signed,b,Town council"]);
}

#[test]
fn blanks_that_keep_records_apart_or_are_all_there_is_are_named_and_left() {
    let desk = desk(&[
        (
            "municipalities",
            "id,name,country,type,part_of\n\
             fi-kuopio,Kuopio,FI,municipality,\n\
             \"fi-kuopio \",Kuopio stad,FI,municipality,\n\
             fi-x,\" \",FI,district,\"fi-kuopio \"\n\
             no-y,Y ,NO,district,\" no-z\"\n\
             \" no-z\",Z,NO,municipality,\n",
        ),
        ("partnerships", "a,b,kind,status\n\"fi-kuopio \",no-y,twin,active\n"),
        ("members", "network,municipality\nchain,no-y\nchain , no-y\n chain,\" no-y \"\n"),
    ]);
    let run = formatted(&desk);
    assert_eq!(run.stdout, "CHANGES 2\n  Y     stray blanks: name, part_of\n  Z     stray blanks: id\n");
    assert!(
        run.stderr.starts_with(
            "Left as it is: municipalities `fi-kuopio ` has stray blanks in its key, and without them there is another one.\n\
             Left as it is: municipalities `fi-x` has nothing but blanks in name.\n\
             Left as it is: members ` chain, no-y ` has stray blanks in its key, and without them there is another one.\n\
             Left as it is: members `chain , no-y` has stray blanks in its key, and without them there is another one.\n"
        ),
        "{}",
        run.stderr
    );
    // What refers to the one that is left goes on referring to it.
    assert_eq!(rows(&desk, "partnerships"), ["fi-kuopio ,no-y,twin,active"]);
    assert!(rows(&desk, "municipalities").contains(&"fi-x, ,FI,district,,fi-kuopio ".to_owned()));
}

#[test]
fn what_is_said_is_said_in_three_languages() {
    let desk = desk(&[
        ("partnerships", "a,b,kind,status,note\nno-bodo,fi-kuopio,twin,active,x \nfi-lahti,no-bodo,twin,active,x \n"),
        ("events", "a,b,date,event\nno-bodo,fi-kuopio,1949,signed\n"),
        ("claims", "a,b,field,value,source\nfi-lahti,no-oslo,exists,yes,list\nno-oslo,fi-lahti,exists,no,list\n"),
    ]);
    let desk = desk.with("data/sources.csv", "\u{FEFF}rank,id,title\r\nother,b,B\r\nother,a,A\r\n");
    let countries = desk.read("data/countries.csv").replace("Finland", "\"Finland\"");
    let desk = desk.with("data/countries.csv", countries);
    for (lang, stdout, stderr) in [
        (
            "en",
            "WOULD CHANGE 2\n  Kuopio  Bodø  sides exchanged; stray blanks: note; sides exchanged in events and claims: 1\n  Lahti   Bodø  stray blanks: note\n\
             WOULD REWRITE 2\n  countries.csv  way of writing\n  sources.csv    encoding, line ends, columns, order of rows\n",
            "Left as it is: Oslo – Lahti (claims, exists, list) is entered in both orders.\nDry run: nothing was written.\n",
        ),
        (
            "fi",
            "MUUTTUISI 2\n  Kuopio  Bodø  osapuolet vaihtavat paikkaa; turhat välilyönnit: note; osapuolet vaihtavat paikkaa tapahtumissa ja väitteissä: 1\n  Lahti   Bodø  turhat välilyönnit: note\n\
             KIRJOITETTAISIIN UUDELLEEN 2\n  countries.csv  kirjoitustapa\n  sources.csv    merkistö, rivinvaihdot, sarakkeet, rivien järjestys\n",
            "Jää ennalleen: Oslo – Lahti (claims, exists, list) on kirjattu molemmin päin.\nKoeajo: mitään ei kirjoitettu.\n",
        ),
        (
            "sv",
            "SKULLE ÄNDRAS 2\n  Kuopio  Bodø  parterna byter plats; överflödiga blanksteg: note; parterna byter plats i händelser och påståenden: 1\n  Lahti   Bodø  överflödiga blanksteg: note\n\
             SKULLE SKRIVAS OM 2\n  countries.csv  skrivsätt\n  sources.csv    teckenkodning, radslut, kolumner, radernas ordning\n",
            "Lämnas som det är: Oslo – Lahti (claims, exists, list) är infört åt båda hållen.\nProvkörning: inget skrevs.\n",
        ),
    ] {
        let run = desk.done(&["fmt", "--dry-run", "--lang", lang]);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (stdout, stderr));
    }
}

#[test]
fn files_alone_are_rewritten_without_a_line_in_the_journal() {
    for form in ["data", "data.json"] {
        let desk = Desk::new();
        desk.done(&["init", form]);
        let clean = if form == "data" { desk.files("data") } else { BTreeMap::from([(form.into(), desk.read(form))]) };
        let (file, name) = if form == "data" { ("data/events.csv", "events.csv") } else { (form, form) };
        let crlf = desk.read(file).replace('\n', "\r\n");
        let desk = desk.with(file, crlf);
        let run = desk.done(&["--registry", form, "fmt"]);
        assert_eq!(run.stdout, format!("REWRITES 1\n  {name}  line ends\n"));
        assert_eq!(run.stderr, "Files rewritten in canonical form: 1.\n");
        let after = if form == "data" {
            desk.files_of_registry("data")
        } else {
            BTreeMap::from([(form.into(), desk.read(form))])
        };
        assert_eq!(differences(&clean, &after), [""; 0]);
        assert_eq!(desk.twin(&["--registry", form, "undo"]).exit, 4);
    }
}

#[test]
fn several_want_a_confirmation_and_the_built_in_registry_is_not_edited() {
    let desk = desk(&[("partnerships", "a,b,kind,status\nno-bodo,fi-kuopio,twin,active\n")]);
    let crlf = desk.read("data/sources.csv").replace('\n', "\r\n");
    let desk = desk.with("data/sources.csv", crlf);
    let files = desk.files_of_registry("data");
    desk.fails(
        &["fmt"],
        6,
        "error: 2 would be changed, and nobody is there to confirm it; nothing was written\n\
         hint: add --yes to confirm, or --dry-run to see the plan alone\n",
    );
    assert_eq!(differences(&files, &desk.files_of_registry("data")), [""; 0]);
    // A plan keeps the records alone.
    let kept = desk.done(&["fmt", "--save-plan", "plan.jsonl"]);
    assert!(
        kept.stderr.starts_with("The plan keeps changes of records; twin fmt rewrites the files.\n"),
        "{}",
        kept.stderr
    );
    desk.done(&["apply", "plan.jsonl"]);
    assert_eq!(rows(&desk, "partnerships"), ["fi-kuopio,no-bodo,twin,active"]);
    assert_eq!(desk.done(&["fmt"]).stdout, "REWRITES 1\n  sources.csv  line ends\n");
    let error = "error: the registry built into the program cannot be changed\nhint: twin init DIR\n";
    Desk::new().fails(&["fmt", "--yes"], 6, error);
}

#[test]
fn a_contact_whose_key_is_put_right_is_not_forgotten_until_it_is_retired() {
    let desk = desk(&[("contacts", "subject,role,name\nfi-kuopio,\" Clerk\",Maija  Meri\n")]);
    let run = desk.done(&["fmt"]);
    assert_eq!(run.stdout, "CHANGES 1\n  Kuopio  Clerk  stray blanks: role, name\n");
    assert!(!run.stderr.contains("wiped"), "{}", run.stderr);
    assert_eq!(rows(&desk, "contacts"), ["fi-kuopio,Clerk,Maija Meri"]);
    desk.done(&["undo"]);
    assert_eq!(rows(&desk, "contacts"), ["fi-kuopio, Clerk,Maija  Meri"]);
    desk.done(&["fmt"]);
    desk.done(&["contact", "retire", "Kuopio", "Clerk", "--on", "2026"]);
    let journal = desk.read("data/journal.jsonl");
    assert!(!journal.contains("Maija") && !journal.contains("Meri"), "{journal}");
}

#[test]
fn an_id_is_put_right_and_the_old_one_comes_back() {
    let with_blank = MUNICIPALITIES.replace("no-bodo,", "no-bodo ,");
    let desk =
        desk(&[("municipalities", &with_blank), ("partnerships", "a,b,kind,status\nno-bodo,fi-kuopio,twin,active\n")]);
    let before = desk.files_of_registry("data");
    formatted(&desk);
    assert_eq!(rows(&desk, "partnerships"), ["fi-kuopio,no-bodo,twin,active"]);
    desk.done(&["undo", "--yes"]);
    let mut after = desk.files_of_registry("data");
    after.remove("journal.jsonl");
    assert_eq!(differences(&before, &after), [""; 0]);
    // What was added since goes with the id as it is now.
    desk.done(&["fmt", "--yes"]);
    desk.done(&["add", "Lahti", "Bodø", "--kind", "twin"]);
    let blocked = desk.twin(&["undo", &desk.done(&["log", "--format", "csv", "--fields", "id"]).rows()[1][0], "--yes"]);
    assert_eq!(blocked.exit, 5, "{}", blocked.stderr);
    assert!(blocked.stderr.contains("stands in the way: Lahti – Bodø: new"), "{}", blocked.stderr);
}
