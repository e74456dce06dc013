//! What goes where: formats, fields, files, languages, and the exit code of every failure.

mod harness;

use std::io::Read;
use std::process::Stdio;

use harness::{Desk, done, twin};
use serde_json::{Value, json};

const FIELDS: &str = "id,place,place_id,place_country,partner,partner_id,country,country_name,kind,status,status_since,\
    start,end,term,themes,sources,verified_on,note";

#[test]
fn json_has_every_field_unknown_as_null_and_lists_as_arrays() {
    let rows = done(&["list", "Helsinki", "--format", "json"]).json();
    for row in rows.as_array().unwrap() {
        let members: Vec<&String> = row.as_object().unwrap().keys().collect();
        assert_eq!(members, FIELDS.split(',').collect::<Vec<_>>());
    }
    let moscow = rows.as_array().unwrap().iter().find(|row| row["partner_id"] == "ru-moskva").unwrap();
    assert_eq!(
        *moscow,
        json!({
            "id": "fi-helsinki~ru-moskva", "place": "Helsinki", "place_id": "fi-helsinki", "place_country": "FI",
            "partner": "Moscow", "partner_id": "ru-moskva", "country": "RU", "country_name": "Russia", "kind": "partner",
            "status": "suspended", "status_since": "2022-03-01", "start": null, "end": null, "term": null, "themes": [],
            "sources": ["hel-fi-2020", "nord-news-2022", "list-old"], "verified_on": null,
            "note": "Special long-term partnership."
        })
    );
    let lines = done(&["list", "Helsinki", "--format", "jsonl"]).stdout;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(lines), rows);
    // Words for programs are English and codes, whatever the language of the names.
    let finnish = done(&["list", "Helsinki", "Moskova", "--format", "json", "--lang", "fi"]).json();
    assert_eq!((&finnish[0]["partner"], &finnish[0]["status"]), (&json!("Moskova"), &json!("suspended")));
}

#[test]
fn an_empty_answer_is_an_answer() {
    for (format, printed) in [("json", "[]\n"), ("jsonl", ""), ("csv", &*format!("{FIELDS}\n")), ("table", "")] {
        let run = done(&["list", "Kuopio", "Tallinn", "--format", format]);
        assert_eq!(run.stdout, printed, "{format}");
        assert_eq!(run.stderr.is_empty(), format.starts_with("json"), "{format}");
    }
    assert_eq!(done(&["contacts", "Helsinki", "--format", "json"]).stdout, "[]\n");
}

#[test]
fn fields_are_chosen_in_any_order() {
    let list =
        |format: &str| done(&["list", "Kuopio", "Bodø", "--fields", "partner,status,id,sources", "--format", format]);
    let sources = ["business-kuopio", "kuopio-fi", "wikipedia-fi-list-2026", "wikipedia-lists-2023", "list-old"];
    assert_eq!(
        list("csv").stdout,
        format!("partner,status,id,sources\nBodø,active,fi-kuopio~no-bodo,{}\n", sources.join(";"))
    );
    assert_eq!(list("tsv").stdout, list("csv").stdout.replace(',', "\t"));
    let row = format!(
        "{{\"partner\":\"Bodø\",\"status\":\"active\",\"id\":\"fi-kuopio~no-bodo\",\"sources\":{}}}",
        json!(sources)
    );
    assert_eq!(list("jsonl").stdout, format!("{row}\n"));
    assert_eq!(list("json").stdout, format!("[\n  {row}\n]\n"));
    let markdown = list("markdown").stdout;
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lines: Vec<Vec<String>> = markdown.lines().map(cells).collect();
    assert_eq!(lines[0], ["", "partner", "status", "id", "sources", ""]);
    assert!(lines[1][1..5].iter().all(|rule| rule.len() >= 3 && rule.chars().all(|sign| "-:".contains(sign))));
    assert_eq!(lines[2][1..4], ["Bodø", "active", "fi-kuopio~no-bodo"]);
}

#[test]
fn an_unknown_field_is_refused_with_the_fields_there_are() {
    for (command, field) in
        [("list", "verified_on"), ("networks", "member_names"), ("claims", "recorded"), ("sources", "rank")]
    {
        let run = twin(&[command, "--fields", "colour"]);
        assert_eq!((run.exit, run.stdout.as_str()), (2, ""), "{command}");
        let told = run.stderr.lines().last().unwrap_or_default();
        assert!(
            told.starts_with("error: no field is called `colour`; the fields are ") && told.contains(field),
            "{told}"
        );
    }
    assert!(twin(&["list", "--fields", "x"]).stderr.trim_end().ends_with(&FIELDS.replace(',', ", ")));
}

#[test]
fn excel_opens_what_is_made_for_it() {
    let run = done(&["list", "Kuopio", "--excel", "--fields", "partner,status,note"]);
    let lines: Vec<&str> = run.stdout.split_inclusive("\r\n").collect();
    assert_eq!(lines[..2], ["\u{FEFF}partner;status;note\r\n", "Alūksne;active;\r\n"]);
    assert!(lines.len() == 14 && lines.iter().all(|line| line.ends_with("\r\n") && !line.starts_with("sep=")));
    // No cell is run as a formula.
    let table =
        "a,b,kind,status,start,note\nfi-ii,no-bo,twin,active,1949,=1+1\nfi-ii,no-os,twin,active,1950,\"+1;-2\"\n";
    let desk = Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\n")
        .with("r/municipalities.csv", "id,name,country,type\nfi-ii,Ii,FI,municipality\n")
        .with("r/partnerships.csv", table);
    let cells =
        |args: &[&str]| desk.done(&[&["list", "--registry", "r", "--fields", "note,start"], args].concat()).stdout;
    assert_eq!(cells(&["--excel"]), "\u{FEFF}note;start\r\n'=1+1;1949\r\n\"'+1;-2\";1950\r\n");
    assert_eq!(cells(&["--format", "csv"]), "note,start\n=1+1,1949\n+1;-2,1950\n");
    assert_eq!(twin(&["list", "--excel", "--format", "json"]).exit, 2);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let desk = Desk::new().with("old.csv", "old ".repeat(10_000));
    let missing = desk.twin(&["list", "Kuopio", "-o", "no/kuopio.csv"]);
    assert_eq!((missing.exit, missing.stdout.as_str()), (7, ""));
    let told = missing.stderr.lines().last().unwrap();
    assert!(
        told.starts_with("error: no/kuopio.csv could not be written: ") && told.ends_with("; nothing was changed"),
        "{told}"
    );
    // The same question is answered in the same words every time.
    assert_eq!(desk.twin(&["list", "Kuopio", "-o", "no/kuopio.csv"]).stderr, missing.stderr);
    let failed = desk.twin(&["list", "Kuopo", "-o", "old.csv"]);
    assert_eq!((failed.exit, desk.read("old.csv").len()), (4, 40_000));
    let run = desk.done(&["list", "Bodø", "-o", "old.csv", "--fields", "partner,status"]);
    assert_eq!((run.stdout.as_str(), desk.read("old.csv").as_str()), ("", "partner,status\nKuopio,active\n"));
    // The name tells the format, unless one is asked for.
    let list = |args: &[&str]| desk.done(&[&["list", "Bodø", "--fields", "partner"], args].concat());
    list(&["-o", "a.json"]);
    list(&["-o", "a.md"]);
    list(&["-o", "b.csv", "--format", "jsonl"]);
    assert_eq!(desk.read("a.json"), "[\n  {\"partner\":\"Kuopio\"}\n]\n");
    assert!(desk.read("a.md").starts_with("| partner"));
    assert_eq!(desk.read("b.csv"), "{\"partner\":\"Kuopio\"}\n");
    let names: Vec<String> = desk.files("").into_keys().collect();
    assert_eq!(names, ["a.json", "a.md", "b.csv", "old.csv"]);
}

#[test]
fn a_closed_pipe_is_silent_success() {
    let desk = Desk::new();
    // More than a pipe holds, so that the program is still writing when nobody reads any more.
    for format in ["table", "csv", "json", "markdown"] {
        let args = ["list", "--all", "--fields", FIELDS, "--format", format];
        assert!(desk.done(&args).stdout.len() > 1 << 17, "{format}");
        let mut child = desk.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let mut first = [0; 10];
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{stderr}");
    }
}

#[test]
fn an_error_told_to_a_program_is_one_object() {
    for (exit, args) in [
        (2, &["list", "--fields", "colour"][..]),
        (2, &["list", "--kind", "twins"]),
        (2, &["list", "--colour"]),
        (3, &["list", "--registry", "nowhere"]),
        (4, &["list", "Kuopo"]),
        (4, &["show", "Kuopio", "Kirovsk"]),
        (7, &["list", "-o", "no/list.json"]),
    ] {
        for format in [&["--format", "json"][..], &["--format=jsonl"]] {
            let run = twin(&[args, format].concat());
            assert_eq!(
                (run.exit, run.stdout.as_str(), run.stderr.lines().count()),
                (exit, "", 1),
                "{args:?}\n{}",
                run.stderr
            );
            let told: Value = serde_json::from_str(&run.stderr).unwrap();
            let members: Vec<&String> = told["error"].as_object().unwrap().keys().collect();
            assert_eq!(members, ["exit", "message", "hint", "candidates"], "{args:?}");
            assert!(
                told["error"]["exit"] == exit
                    && told["error"]["message"].is_string()
                    && told["error"]["candidates"].is_array()
            );
        }
    }
    // Notes are left out too.
    assert_eq!(done(&["list", "Kuopio", "--format", "json"]).stderr, "");
}

#[test]
fn labels_come_in_three_languages_and_errors_in_one() {
    for (lang, header, row, footer) in [
        ("en", "PARTNER COUNTRY KIND STATUS SINCE", "Gera Germany twin active 1972", "13 in force."),
        ("fi", "KUMPPANI MAA LAJI TILA ALKAEN", "Gera Saksa ystävyyskunta voimassa 1972", "13 voimassa."),
        ("sv", "PARTNER LAND SLAG STATUS SEDAN", "Gera Tyskland vänort i kraft 1972", "13 i kraft."),
    ] {
        let run = done(&["--lang", lang, "list", "Kuopio"]);
        let lines = run.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = lines.collect();
        assert!(lines[0] == header && lines.iter().any(|line| line == row), "{lines:#?}");
        assert!(run.stderr.lines().any(|line| line == footer), "{}", run.stderr);
        let error = twin(&["list", "Kuopo", "--lang", lang]);
        assert!(error.stderr.contains("error: no municipality is called `Kuopo`"));
        // Fields and words of CSV do not depend on it.
        let csv =
            done(&["list", "Kuopio", "Gera", "--lang", lang, "--format", "csv", "--fields", "kind,status,country"]);
        assert_eq!(csv.stdout, "kind,status,country\ntwin,active,DE\n");
    }
    assert_eq!(twin(&["list", "Kuopio", "--lang", "xx"]).exit, 2);
}

#[test]
fn the_language_is_that_of_the_option_else_the_variable_else_the_locale() {
    let header = |variables: &[(&str, &str)], args: &[&str]| {
        let desk = Desk::new();
        let output =
            desk.command(&[&["list", "Kuopio"], args].concat()).envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().split_whitespace().next().unwrap().to_owned()
            + "-"
            + lang_of(&output.stderr)
    };
    let (twin, locale) = (("TWIN_LANG", "fi"), ("LANG", "sv_FI.UTF-8"));
    assert_eq!(header(&[], &[]), "PARTNER-en");
    assert_eq!(header(&[locale], &[]), "PARTNER-sv");
    assert_eq!(header(&[locale, ("LC_ALL", "fi_FI.UTF-8")], &[]), "KUMPPANI-fi");
    assert_eq!(header(&[("LANG", "C.UTF-8")], &[]), "PARTNER-en");
    assert_eq!(header(&[("LANG", "de_DE.UTF-8")], &[]), "PARTNER-en");
    assert_eq!(header(&[twin, locale], &[]), "KUMPPANI-fi");
    assert_eq!(header(&[twin, locale], &["--lang", "sv"]), "PARTNER-sv");
}

/// Tells the language of a footer.
fn lang_of(stderr: &[u8]) -> &'static str {
    let stderr = String::from_utf8_lossy(stderr);
    let words = [("13 in force.", "en"), ("13 voimassa.", "fi"), ("13 i kraft.", "sv")];
    words.into_iter().find(|(footer, _)| stderr.contains(footer)).map_or("none", |(_, lang)| lang)
}

#[test]
fn names_in_any_language_can_be_added() {
    let desk = Desk::new();
    desk.done(&["init", "own"]);
    let countries = desk.read("own/countries.csv");
    let mut lines = countries.lines();
    let header = format!("{},name_de\n", lines.next().unwrap());
    let rows: String =
        lines.map(|row| row.to_owned() + if row.starts_with("DE,") { ",Deutschland\n" } else { ",\n" }).collect();
    let desk = desk.with("own/countries.csv", header + &rows);
    let run = desk.done(&["list", "Kuopio", "--registry", "own", "--lang", "de"]);
    assert!(run.stdout.contains("Deutschland") && run.stdout.contains("Norway"), "{}", run.stdout);
    assert_eq!(desk.done(&["list", "--country", "deutschland", "--registry", "own"]).stderr, {
        desk.done(&["list", "--country", "DE", "--registry", "own"]).stderr.replacen(
            "force.",
            "force. `deutschland` read as Germany (DE).",
            1,
        )
    });
}

#[test]
fn every_answer_is_a_page_too_with_its_notes_and_the_rows_that_markdown_has() {
    let questions: [&[&str]; 9] = [
        &["list", "Kuopio"],
        &["list", "Kuopio", "Tallinn"],
        &["stats", "--by", "country"],
        &["networks"],
        &["claims"],
        &["sources"],
        &["contacts", "Kuopio"],
        &["show", "Kuopio"],
        &["show", "Kuopio", "Bodø"],
    ];
    for question in questions {
        let draw = |format: &str| done(&[question, &["--lang", "sv", "--format", format]].concat());
        let (page, markdown) = (draw("html"), draw("markdown"));
        assert!(page.stdout.starts_with("<!DOCTYPE html>\n<html lang=\"sv\">"), "{question:?}");
        assert_eq!(page.stderr, markdown.stderr, "{question:?}");
        let lead = page.stdout.split("<h1>").nth(1).unwrap().split("</header>").next().unwrap();
        let notes: Vec<&str> = page.stderr.lines().filter(|line| !line.starts_with("note: ")).collect();
        assert_eq!(lead.matches("<p>").count(), notes.len(), "{question:?}: {lead}");
        // Of a sheet the facts are lines of a list in Markdown.
        let tables = markdown.stdout.lines().filter(|line| line.starts_with('|')).count();
        let heads = markdown.stdout.lines().filter(|line| line.starts_with("| -") || line.starts_with("|-")).count();
        let facts = markdown.stdout.lines().filter(|line| line.starts_with("- ")).count();
        let rows = page.stdout.matches("<th scope=\"row\">").count();
        assert_eq!(rows, tables - 2 * heads + facts, "{question:?}");
    }
    let desk = Desk::new();
    desk.done(&["list", "Kuopio", "-o", "kuopio.html"]);
    assert!(desk.read("kuopio.html").ends_with("</html>\n"));
}
