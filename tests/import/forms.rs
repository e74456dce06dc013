//! The forms a list may have, our own among them, and files that are none.

use super::harness::Desk;
use super::{counts, desk, told_of, twin};

#[test]
fn our_own_exports_are_the_same() {
    let desk = Desk::new();
    desk.done(&["init", "reg"]);
    desk.done(&["convert", "reg", "reg.json"]);
    for (name, args) in [
        ("list.csv", &["--format", "csv"][..]),
        ("excel.csv", &["--excel"]),
        ("list.tsv", &["--format", "tsv"]),
        ("list.json", &["--format", "json"]),
        ("reg", &[]),
        ("reg.json", &[]),
    ] {
        if !args.is_empty() {
            twin(&desk, &[&["list", "--all", "-o", name], args].concat());
        }
        let run = twin(&desk, &["import", name, "--dry-run"]);
        assert_eq!(counts(&run), "0 new, 0 filled in, 777 same, 0 conflict, 0 doubtful, 0 rejected.", "{name}");
        assert_eq!(run.exit, 0);
    }
}

#[test]
fn a_registry_is_taken_over_into_an_empty_one() {
    let desk = Desk::new();
    desk.done(&["init", "from"]);
    desk.done(&["init", "reg", "--empty", "--home", "FI", "--home", "AX"]);
    let run = twin(&desk, &["import", "from", "--yes"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    assert_eq!(counts(&run), "777 new, 0 filled in, 0 same, 0 conflict, 0 doubtful, 0 rejected.");
    let pairs = |folder: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_path(desk.path(&format!("{folder}/partnerships.csv"))).unwrap();
        // Everything but where it comes from, which is another registry's.
        reader
            .records()
            .map(|row| {
                row.unwrap()
                    .iter()
                    .enumerate()
                    .filter(|(nth, _)| *nth != 8)
                    .map(|(_, cell)| cell.to_owned() + ",")
                    .collect()
            })
            .collect()
    };
    assert_eq!(pairs("reg"), pairs("from"));
}

#[test]
fn text_is_read_in_any_dress() {
    let list = "Kunta;Ystävyyskunta;Maa\nKuopio;Bodø;Norja\nKuopio;Győr;Unkari\n";
    let latin = list.replace('ő', "ö");
    let cp1252: Vec<u8> = latin.chars().map(|letter| letter as u8).collect();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(list.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, second) in [
        (list.as_bytes().to_vec(), "same row 3 Kuopio–Győr"),
        (list.replace(';', "\t").into_bytes(), "same row 3 Kuopio–Győr"),
        (list.replace('\n', "\r\n").into_bytes(), "same row 3 Kuopio–Győr"),
        (list.replace(';', "|").into_bytes(), "same row 3 Kuopio–Győr"),
        (format!("sep=;\n{list}").into_bytes(), "same row 4 Kuopio–Győr"),
        (cp1252, "same row 3 Kuopio–Győr (“Györ”, spelt otherwise)"),
        (utf16, "same row 3 Kuopio–Győr"),
    ] {
        let told = told_of(&desk("list.txt", bytes), &["import", "list.txt", "--dry-run", "--all"]);
        assert_eq!(told.last().map(String::as_str), Some(second));
        assert_eq!(told.len(), 2);
    }
}

#[test]
fn json_is_read_where_its_objects_stand() {
    let inner =
        r#"[{"city": "Kuopio", "partners": [{"twin": "Bodø", "country": "NO"}, {"twin": "Győr", "country": "HU"}]}]"#;
    for (text, args) in
        [(inner.to_owned(), &[][..]), (format!(r#"{{"a": {inner}, "b": [{{"x": 1}}]}}"#), &["--pointer", "/a"])]
    {
        let desk = desk("list.json", text);
        let map = ["--map", "partner=partners.twin,country=partners.country"];
        let told = told_of(&desk, &[&["import", "list.json", "--dry-run", "--all"], &map[..], args].concat());
        assert_eq!(told, ["same row 1 Kuopio–Bodø", "same row 1 Kuopio–Győr"]);
    }
}

#[test]
fn what_is_no_list_is_refused_and_says_why() {
    for (name, text, exit, error) in [
        ("a.csv", "", 3, "error: a.csv is empty\n"),
        ("a.csv", "\n\n;;\n", 3, "error: a.csv is empty\n"),
        (
            "a.csv",
            "Kunta,Ystävyyskunta\n\"Kuopio,Bodø\n",
            3,
            "a.csv:2:1: error[quote]: this quoted cell is not closed; write a quote inside a cell twice\n",
        ),
        (
            "a.csv",
            "x\n1\n",
            2,
            "error: no column is known for place and partner; the columns are `x`\nhint: --map place=COLUMN,partner=COLUMN says which they are\n",
        ),
        ("a.json", "{", 3, "error: a.json:1:1: EOF while parsing an object\n"),
        ("a.json", "[1]", 3, "error: a.json holds no list of objects\n"),
        (
            "a.json",
            r#"{"a": [{"x": 1}], "b": [{"y": 1}]}"#,
            3,
            "error: a.json holds no list of objects\nhint: --pointer /a, or --pointer /b\n",
        ),
        ("a.csv", "Kunta\0Ystävyyskunta\n", 3, "a.csv:1:6: error[nul]: a NUL byte stands here; no table holds one\n"),
    ] {
        let desk = desk(name, text);
        let before = desk.files("reg");
        desk.fails(&["--registry", "reg", "import", name, "--yes"], exit, error);
        assert_eq!(desk.files("reg"), before);
    }
    let desk = desk("list.csv", "");
    let run = twin(&desk, &["import", "missing.csv", "--yes"]);
    assert_eq!(run.exit, 3);
    assert!(run.stderr.starts_with("error: missing.csv: "), "{}", run.stderr);
}

#[test]
fn several_lists_are_taken_over_as_one() {
    let desk = desk("one.csv", "place,partner,country\nTurku,Bodø,Norway\nTurku,Halle,Germany\n")
        .with("two.csv", "place,partner,country\nTurku,Bodo,Norway\nTurku,,\n");
    let run = twin(&desk, &["import", "one.csv", "two.csv", "--yes"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    let counted: Vec<&str> = run.stderr.lines().filter(|line| line.contains(" new, ")).collect();
    assert_eq!(
        counted,
        [
            "1 new, 0 filled in, 0 same, 0 conflict, 1 doubtful, 0 rejected.",
            "0 new, 0 filled in, 1 same, 0 conflict, 0 doubtful, 1 rejected."
        ]
    );
    assert!(desk.path("one.rejects.csv").exists() && desk.path("two.rejects.csv").exists());
    let log = twin(&desk, &["log", "--format", "json"]);
    assert_eq!(log.json().as_array().map(Vec::len), Some(1));
}

#[test]
fn a_row_of_one_list_may_mean_what_a_later_list_adds() {
    let desk =
        desk("one.csv", "place,partner\nTurku,Tromsø\n").with("two.csv", "place,partner,country\nTurku,Tromsø,NO\n");
    for (first, counts) in [("1 new, 0 filled in, 0 same", 1), ("0 new, 0 filled in, 1 same", 2)] {
        let run = twin(&desk, &["import", "one.csv", "two.csv", "--yes"]);
        assert_eq!((run.exit, run.stderr.matches(first).count()), (0, counts), "{}{}", run.stdout, run.stderr);
    }
    assert!(desk.read("reg/partnerships.csv").contains("fi-turku,no-tromso,"));
}

#[test]
fn rejects_never_take_the_place_of_a_file() {
    let desk = desk("list.csv", "place,partner,country\nTurku,,\n").with("list.rejects.csv", "kept");
    let run = twin(&desk, &["import", "list.csv"]);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    assert_eq!(desk.read("list.rejects.csv"), "kept");
    assert!(desk.read("list.rejects-2.csv").contains("it names no partner"));
    twin(&desk, &["import", "list.csv", "--rejects", "mine.csv"]);
    assert!(desk.read("mine.csv").contains("it names no partner"));
}

#[test]
fn what_a_list_says_cannot_run_or_steer() {
    let desk = desk(
        "list.csv",
        "place,partner,country,start\nTurku,=1+1,Norway\u{1B}[2J,\nTurku,\"Bo\u{202E}dø\",Norja,soon\n",
    );
    let run = twin(&desk, &["import", "list.csv"]);
    assert!(!run.stdout.contains(['\u{1B}', '\u{202E}']) && !run.stderr.contains('\u{1B}'), "{:?}", run.stdout);
    assert!(desk.read("list.rejects.csv").contains(";'=1+1;"));
    // What was made harmless is read as it was.
    let again = twin(&desk, &["import", "list.rejects.csv", "--rejects", "again.csv"]);
    assert_eq!(again.exit, 0, "{}", again.stderr);
    assert!(again.stdout.contains("=1+1") && !again.stdout.contains("'=1+1"), "{}", again.stdout);
    assert_eq!(desk.read("again.csv").matches("'=1+1").count(), 1);
    assert!(!desk.read("again.csv").contains("''"));
}
