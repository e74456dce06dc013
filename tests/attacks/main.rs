//! Registries and words that attack: nothing in them steers a terminal, makes a row, runs in a spreadsheet or has a file
//! opened.
#![allow(clippy::disallowed_methods, reason = "the test makes the files that the program is to read")]
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "../harness/mod.rs"]
mod harness;

mod opened;
mod size;

use harness::{Desk, Run};
use twinning::model::{Table, Type};

/// What steers a terminal, turns the reading round, is not seen, or ends a line: colour, a link, the clipboard, C1, marks
/// for right-to-left, no width, line ends of all kinds. What stands behind each line end is looked for.
const EVIL: &str = "\u{1b}[31m\u{1b}]8;;x\u{7}\u{1b}]52;c;eqaa\u{1b}\\\u{9b}2j\u{90}\u{7f}\u{8}\u{202e}\u{2066}\u{2069}\u{200f}\
    \u{61c}\u{200b}\u{feff}\u{ad}\u{e0041}\rforged\nforged\u{85}forged\u{2028}forged\u{b}forged\tend";

/// Two parties at home, two abroad of one name, by their ids without what attacks.
const PARTIES: [&str; 4] = ["fi-ii", "fi-oulu", "no-bo", "no-bo-two"];

/// Returns a name that attacks, with its line ends as a cell has them.
fn evil(name: &str) -> String {
    format!("{name}{EVIL}").replace('\r', "\n")
}

/// Returns a cell of a column for a row that stands for a pair of parties.
fn cell(table: Table, name: &str, kind: Type, pair: [&str; 2]) -> String {
    match (table, name) {
        (_, "a" | "subject" | "from") => evil(pair[0]),
        (_, "b" | "to") => evil(pair[1]),
        (Table::Municipalities, "id") => evil(pair[0]),
        (Table::Municipalities, "name") if pair[0].starts_with("no") => evil("Bø"),
        (Table::Municipalities, "country") => pair[0][..2].to_uppercase(),
        (Table::Countries, "code") => pair[0][..2].to_uppercase(),
        (Table::Claims, "field") => "start".to_owned(),
        (Table::Events, "date") | (Table::Mergers, "date") => "2020".to_owned(),
        (_, "municipality" | "seat") => evil(pair[0]),
        (Table::Networks, "id") | (_, "network") => evil("chain"),
        (Table::Sources, "id") | (_, "source" | "sources") => "page".to_owned(),
        (_, "dissolved" | "end" | "until" | "term") => String::new(),
        _ => match kind {
            Type::Vocabulary(words) => words[0].to_owned(),
            Type::Date => "2020".to_owned(),
            Type::Number(..) | Type::Interval | Type::Reference(_) => String::new(),
            _ => evil(name),
        },
    }
}

/// Returns a table whose cells attack wherever a text may stand.
fn table(table: Table, pairs: &[[&str; 2]]) -> Vec<u8> {
    let columns = table.schema().columns;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(columns.iter().map(|column| column.name.to_owned()).chain([evil("own")])).unwrap();
    for pair in pairs {
        let cells = columns.iter().map(|column| cell(table, column.name, column.kind, *pair));
        csv.write_record(cells.chain([evil("own")])).unwrap();
    }
    csv.into_inner().unwrap()
}

/// Makes a registry that attacks, with a journal and a plan that do.
fn desk() -> Desk {
    let [ii, oulu, bo, two] = PARTIES;
    let package = serde_json::json!({"title": EVIL, "twinning": {"format": 1, "home": ["FI", evil("XX")]}});
    let desk = Desk::new().with("r/datapackage.json", package.to_string());
    let desk = Table::ALL.into_iter().fold(desk, |desk, own| {
        let pairs: &[[&str; 2]] = match own {
            Table::Countries => &[[ii, ii], [bo, bo]],
            Table::Municipalities => &[[ii, ii], [oulu, oulu], [bo, bo], [two, two]],
            Table::Partnerships | Table::Claims => &[[ii, bo], [ii, two], [oulu, bo]],
            Table::Mergers => &[[oulu, ii]],
            _ => &[[ii, bo]],
        };
        desk.with(&format!("r/{}.csv", own.name()), table(own, pairs))
    });
    let mut suspend = desk.command(
        &[&["--registry", "r", "suspend", &evil(ii), &evil(bo), "--on", "2022", "--reason", "r"][..], &["--body", "b"]]
            .concat(),
    );
    suspend.env("TWIN_USER", evil("clerk"));
    let run = Run::of(&mut suspend);
    assert_eq!(run.exit, 0, "{}", run.stderr);
    let journal = desk.read("r/journal.jsonl");
    let told = serde_json::to_string(&evil("told")).unwrap();
    let journal = journal.replace("\"reason\":\"r\",\"changes\"", &format!("\"reason\":{told},\"changes\""));
    desk.with("r/journal.jsonl", journal)
}

/// Tells whether a sign steers a terminal or is not seen; a line end is none of them, nor is what joins letters.
fn steers(sign: char) -> bool {
    sign.is_control() && sign != '\n'
        || "\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{feff}".contains(sign)
        || ('\u{202a}'..='\u{202e}').contains(&sign)
        || ('\u{2060}'..='\u{206f}').contains(&sign)
        || ('\u{e0000}'..='\u{e007f}').contains(&sign)
}

/// Holds what was printed to be harmless and no line to be made by the data.
#[track_caller]
fn harmless(what: &str, printed: &str) {
    if let Some(sign) = printed.chars().find(|sign| steers(*sign)) {
        panic!("{what} prints {sign:?}:\n{printed:?}");
    }
    let is_forged = |line: &str| line.trim_start_matches(['|', '-', '#', ' ']).starts_with("forged");
    assert!(!printed.lines().any(is_forged), "{what} makes a line of data:\n{printed}");
}

/// Returns the text without the colours that the program gives.
fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

/// Runs a command on the registry that attacks, as people have it shown.
#[track_caller]
fn shown(desk: &Desk, args: &[&str]) -> Run {
    let args = [&["--registry", "r"], args].concat();
    let run = desk.twin(&args);
    let what = format!("twin {}", args.join(" ").escape_debug());
    harmless(&what, &run.stdout);
    harmless(&what, &run.stderr);
    let coloured = desk.twin(&[&["--color", "always"], &args[..]].concat());
    assert_eq!(uncoloured(&coloured.stdout), run.stdout, "{what}");
    run
}

#[test]
fn no_cell_steers_a_terminal_or_makes_a_row() {
    let desk = desk();
    let [ii, oulu, bo, two] = PARTIES.map(evil);
    let chain = evil("chain");
    let asking: [&[&str]; 16] = [
        &["list"],
        &["list", &ii],
        &["list", "--all", "--fields", "id,place,partner,place_id,partner_id,country_name,themes,sources,note"],
        &["list", &oulu, &two],
        &["show", &ii],
        &["show", &ii, &bo],
        &["show", &ii, "--as-of", "2021"],
        &["stats", "--by", "country"],
        &["stats", "--by", "region"],
        &["stats", "--by", "municipality"],
        &["networks"],
        &["networks", &chain],
        &["contacts", &ii],
        &["claims"],
        &["sources"],
        &["sources", "page"],
    ];
    for args in asking.into_iter().chain([&["log"][..], &["log", "--fields", "id,by,what,reason,command"]]) {
        for lang in ["en", "fi"] {
            for format in ["table", "markdown"] {
                let run = shown(&desk, &[args, &["--lang", lang, "--format", format]].concat());
                assert_eq!(run.exit, 0, "{args:?}: {}", run.stderr);
                let printed = run.stdout + &run.stderr;
                assert!(printed.contains("forged"), "{args:?} shows nothing that attacks: {printed}");
            }
        }
    }
    for (args, rows) in [("list", 3), ("networks", 1), ("claims", 3), ("sources", 1), ("log", 1)] {
        let lines = |format| shown(&desk, &[args, "--format", format]).stdout.lines().count();
        assert_eq!((lines("table"), lines("markdown")), (rows + 1, rows + 2), "{args}");
    }
}

#[test]
fn no_plan_steers_a_terminal_or_makes_a_row() {
    let desk = desk();
    let [ii, oulu, bo, two] = PARTIES.map(evil);
    let chain = evil("chain");
    let editing: [&[&str]; 14] = [
        &["suspend", "--country", "NO", "--on", "2023"],
        &["end", &ii, &bo, "--on", "2023"],
        &["keep", "--everything", "--on", "2023"],
        &["add", &oulu, &two, "--kind", "twin"],
        &["remove", &ii, &two],
        &["set", &ii, "note=x"],
        &["set", &ii, &bo, "note="],
        &["place", "rename", &ii, "Ij", "--on", "2023"],
        &["place", "merge", &oulu, "--into", &ii, "--on", "2023", "--carry", "all"],
        &["network", "join", &chain, &oulu],
        &["network", "close", &chain, "--on", "2023"],
        &["contact", "retire", &ii, &evil("role"), "--on", "2023"],
        &["claim", "reject", &ii, &bo, "start"],
        &["undo"],
    ];
    for args in editing {
        let run = shown(&desk, &[args, &["--dry-run"]].concat());
        assert_eq!(run.exit, 0, "{args:?}: {}", run.stderr);
        assert!(run.stdout.starts_with("WOULD CHANGE") && run.stdout.contains("forged"), "{args:?}: {}", run.stdout);
        shown(&desk, &[args, &["--save-plan", "plan.jsonl"]].concat());
        shown(&desk, &["apply", "plan.jsonl", "--dry-run"]);
    }
}

#[test]
fn no_error_steers_a_terminal_or_makes_a_line() {
    let desk = desk();
    let [ii, _, bo, _] = PARTIES.map(evil);
    let near = format!("{}x", evil("Bø"));
    let page = evil("page");
    let failing: [(&[&str], i32); 23] = [
        (&["list", EVIL], 4),
        (&["list", &evil("Bø")], 4),
        (&["list", &near], 4),
        (&["list", &ii, "--in", EVIL], 4),
        (&["list", "--country", EVIL], 4),
        (&["list", "--region", EVIL], 4),
        (&["list", "--network", &format!("{}x", evil("chain"))], 4),
        (&["list", "--source", &page], 4),
        (&["list", "--kind", EVIL], 2),
        (&["list", "--started-before", EVIL], 2),
        (&["list", "--started-before", "2020\nforged"], 2),
        (&["list", "--fields", EVIL], 2),
        (&["list", "--format", EVIL], 2),
        (&["list", EVIL, "--nothing", EVIL], 2),
        (&["list", "--lang", EVIL], 2),
        (&[EVIL], 2),
        (&["show", EVIL, EVIL], 4),
        (&["log", EVIL], 4),
        (&["undo", EVIL], 4),
        (&["apply", EVIL], 3),
        (&["set", &ii, &format!("{EVIL}=x")], 2),
        (&["suspend", &ii, &bo, "--on", EVIL], 2),
        (&["convert", "r", EVIL, EVIL], 2),
    ];
    for (args, exit) in failing {
        let run = shown(&desk, args);
        assert_eq!((run.exit, run.stdout.as_str()), (exit, ""), "{args:?}: {}", run.stderr);
        // What clap says has lines of its own, none of them longer for what was typed.
        let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains("forged")).collect();
        let known = ["error: ", "hint: ", "  tip: "];
        assert!(told.iter().all(|line| known.iter().any(|known| line.starts_with(known))), "{args:?}: {}", run.stderr);
        // As JSON it is one line that holds no such sign either.
        let json = shown(&desk, &[args, &["--format=json"]].concat());
        assert_eq!(json.stderr.lines().count(), 1, "{args:?}: {}", json.stderr);
        assert!(serde_json::from_str::<serde_json::Value>(&json.stderr).unwrap()["error"]["message"].is_string());
    }
    assert_eq!(shown(&desk, &["list", "-o", &format!("x.{EVIL}")]).exit, 2);
    // Neither does where the registry lies, nor what is wrong with it.
    for registry in [EVIL, &evil("r/")] {
        let run = desk.twin(&["--registry", registry, "list"]);
        assert_eq!(run.exit, 3);
        harmless("an unknown registry", &run.stderr);
    }
    let broken = format!("a,b,kind,status,{0},{0}\n", csv_cell(EVIL));
    let row = format!("fi-ii,no-bo,{0},{0}\n", csv_cell(EVIL));
    for table in [broken, format!("a,b,kind,status\n{row}"), format!("a,b,kind,status,start\n{row}")] {
        let desk = self::desk().with("r/partnerships.csv", table);
        let run = shown(&desk, &["list"]);
        assert!(
            run.exit == 3 && run.stderr.lines().all(|line| line.starts_with("partnerships.csv:")),
            "{}",
            run.stderr
        );
        assert_eq!(shown(&desk, &["list", "--format", "json"]).stderr.lines().count(), 1);
    }
}

/// Returns a text as a quoted cell.
fn csv_cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[test]
fn programs_get_what_stands_there() {
    let desk = desk();
    let [ii, note] = ["fi-ii", "note"].map(evil);
    let args = ["--registry", "r", "list", "--fields", "place_id,note", "--format"];
    for format in ["json", "jsonl"] {
        let run = desk.twin(&[&args[..], &[format]].concat());
        harmless(format, &run.stdout);
        let first = run.stdout.lines().find(|line| line.contains("{")).unwrap().trim_end_matches(',');
        let first: serde_json::Value = serde_json::from_str(first).unwrap();
        assert_eq!((first["place_id"].as_str(), first["note"].as_str()), (Some(&*ii), Some(&*note)), "{format}");
    }
    let rows = desk.twin(&[&args[..], &["csv"]].concat()).rows();
    assert!(rows.len() == 3 && rows.iter().any(|row| *row == [&*ii, &*note]));
    let sheet = desk.done(&["--registry", "r", "show", &evil("fi-ii"), "--format", "json"]);
    harmless("a sheet", &sheet.stdout);
    assert_eq!(sheet.json()[0]["note"], note);
}

#[test]
#[cfg(unix)]
fn a_cell_makes_no_field_of_the_text_that_is_edited() {
    let desk = Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\n")
        .with("r/partnerships.csv", "a,b,kind,status\n")
        .with(
            "r/municipalities.csv",
            "id,name,country,type,note,website\nfi-ii,\"Ii\nwebsite: https://forged.example\",FI,municipality,\"x\npolicy: forged\",\n",
        );
    let before = desk.files_of_registry("r");
    // An editor in which nothing is typed changes nothing; one line changes one field.
    let mut command = desk.command(&["--registry", "r", "edit", "fi-ii"]);
    let run = Run::of(command.env("EDITOR", "true"));
    assert_eq!((run.exit, run.stderr.as_str()), (0, "Nothing to do.\n"));
    assert_eq!(desk.files_of_registry("r"), before);
    let mut command = desk.command(&["--registry", "r", "edit", "fi-ii"]);
    let run = Run::of(command.env("EDITOR", "sed -i 's/^region:.*/region: North/'"));
    assert_eq!(run.exit, 0, "{}", run.stderr);
    let municipalities = desk.read("r/municipalities.csv");
    assert!(municipalities.contains("North") && municipalities.contains("\"x\npolicy: forged\""), "{municipalities}");
    assert!(!desk.read("r/journal.jsonl").contains("\"website\""));
}

#[test]
fn no_cell_runs_in_a_spreadsheet() {
    let starts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];
    let formulas = starts.map(|start| format!("{start}1+cmd|' /C calc'!A0"));
    let safe = ["+358 17 185 111", "-62.5", "a=b", "Ii"].map(str::to_owned);
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["a", "b", "kind", "status", "note", "themes"]).unwrap();
    for (nth, note) in formulas.iter().chain(&safe).enumerate() {
        csv.write_record(["=fi", &format!("=b{nth:02}"), "twin", "active", note, &format!("{note};x")]).unwrap();
    }
    let desk = Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,=Finland,Europe\n")
        .with("r/municipalities.csv", "id,name,country,type\n=fi,@Ii,FI,municipality\n")
        .with("r/partnerships.csv", csv.into_inner().unwrap());
    let run = desk.done(&["--registry", "r", "list", "--excel"]);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(run.stdout.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), formulas.len() + safe.len());
    for cell in rows.iter().flatten() {
        let is_safe = safe.iter().any(|safe| cell == safe || cell == format!("{safe};x"));
        assert!(is_safe || !starts.iter().any(|start| cell.starts_with(start)), "{cell:?}");
    }
    let notes: Vec<&str> = rows.iter().filter_map(|row| row.get(17)).collect();
    assert!(safe.iter().all(|safe| notes.contains(&&**safe)), "{notes:?}");
}
