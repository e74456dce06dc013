//! What is too much in a registry, and is refused with its place.

use super::harness::Desk;

/// Makes a small registry with another file in it.
fn small(name: &str, text: &str) -> Desk {
    Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\n")
        .with("r/municipalities.csv", "id,name,country,type\nfi-ii,Ii,FI,municipality\n")
        .with("r/partnerships.csv", "a,b,kind,status\nfi-ii,fi-oulu,twin,active\n")
        .with(&format!("r/{name}"), text)
}

#[test]
fn what_is_too_much_is_refused_with_its_place() {
    let row = |number: usize| format!("fi-ii,no-{number:05},x,active\n");
    let long = "x".repeat(1001);
    let deep = "[".repeat(500) + &"]".repeat(500);
    for (name, text, told) in [
        (
            "events.csv",
            "a,b,date,event".to_owned() + &",c".repeat(1021),
            "events.csv:1:2056: error[size]: the header names",
        ),
        ("events.csv", ",".repeat(100_000), "events.csv:1:1025: error[size]: the header names more columns than"),
        (
            "sources.csv",
            format!("id,title,rank\n{long},T,other\n"),
            "sources.csv:2:1: error[required]: id has 1001 bytes",
        ),
        (
            "datapackage.json",
            format!("{{\"x\": \"{}\"}}", "x".repeat(600_000)),
            "datapackage.json:1:1: error[json]: what describes",
        ),
        (
            "datapackage.json",
            format!("{{\"x\": {deep}}}"),
            "datapackage.json:1:133: error[json]: recursion limit exceeded",
        ),
        (
            "datapackage.json",
            "{\"x\": \"\\ud800\"}".to_owned(),
            "datapackage.json:1:14: error[json]: unexpected end of hex",
        ),
        (
            "journal.jsonl",
            "{\"id\": \"\\udc00\"}\n".to_owned(),
            "journal.jsonl:1:14: error[json]: lone leading surrogate",
        ),
        (
            "journal.jsonl",
            "{}\n[]\n".to_owned(),
            "journal.jsonl:2:1: error[json]: a line of the journal must be an object",
        ),
    ] {
        let run = small(name, &text).twin(&["--registry", "r", "list"]);
        assert!(
            run.exit == 3 && run.stderr.starts_with(told) && run.stderr.lines().count() == 1,
            "{told}\n{}",
            run.stderr
        );
    }
    // Many problems: the first are told, in the order of the file, and that there are more.
    let rows: String = (0..3000).map(row).collect();
    for (name, text) in [
        ("partnerships.csv", format!("a,b,kind,status\n{rows}")),
        ("partnerships.csv", format!("a;b;kind;status\n{}", rows.replace(',', ";"))),
        ("partnerships.csv", "a,b,kind,status\n".to_owned() + &"x,y,twin,active\n".repeat(3000)),
        ("partnerships.csv", "a,b,kind,status\n".to_owned() + &"x\n".repeat(3000)),
        ("partnerships.csv", "a,b,kind,status\n".to_owned() + &"\0\n".repeat(3000)),
    ] {
        let run = small(name, &text).twin(&["--registry", "r", "list"]);
        let lines: Vec<&str> = run.stderr.lines().collect();
        let is_more = lines[1000].contains("error[more]: there are more problems than these 1000");
        assert!(run.exit == 3 && lines.len() == 1001 && is_more, "{:?}", &lines[995..]);
        let places = lines.iter().map(|line| line.split(':').nth(1).and_then(|at| at.parse::<usize>().ok()));
        assert!(places.is_sorted(), "{name}");
    }
    // A comma for each member that a row leaves out.
    let members: Vec<String> = (0..250).map(|number| format!("\"m{number}\": \"\"")).collect();
    let form = |rows: usize| {
        let rows = format!("{{{}}}{}", members.join(","), ",{}".repeat(rows));
        format!("{{\"countries\": [], \"municipalities\": [], \"partnerships\": [{rows}]}}")
    };
    let run = Desk::new().with("r.json", form(20_000)).twin(&["--registry", "r.json", "list"]);
    assert!(run.exit == 3 && run.stderr.contains("the rows of `partnerships` leave out too much"), "{}", run.stderr);
    let run = Desk::new().with("r.json", form(2_000)).twin(&["--registry", "r.json", "list"]);
    assert!(!run.stderr.contains("too much"), "{}", run.stderr);
}
