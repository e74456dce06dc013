//! What cannot be right is refused: every problem with its place, nothing on stdout, exit 3.

mod harness;

use harness::{Desk, Run};
use serde_json::Value;

const TABLES: [(&str, &str); 4] = [
    ("countries", "code,name,continent\nFI,Finland,Europe\nNO,Norway,Europe\n"),
    (
        "municipalities",
        "id,name,country,type,lat,dissolved\nfi-ii,Ii,FI,municipality,65.32,\nno-bo,Bø,NO,municipality,59.4,\n",
    ),
    ("partnerships", "a,b,kind,status,start\nfi-ii,no-bo,twin,active,1949\n"),
    ("events", "a,b,date,event,by\nfi-ii,no-bo,1949,signed,both\n"),
];

const FORM: &str = r#"{
  "twinning": {"format": 1, "home": ["FI"]},
  "countries": [
    {"code": "FI", "name": "Finland", "continent": "Europe"},
    {"code": "NO", "name": "Norway", "continent": "Europe"}
  ],
  "municipalities": [
    {"id": "fi-ii", "name": "Ii", "country": "FI", "type": "municipality", "lat": 65.32},
    {"id": "no-bo", "name": "Bø", "country": "NO", "type": "municipality"}
  ],
  "partnerships": [
    {"a": "fi-ii", "b": "no-bo", "kind": "twin", "status": "active", "themes": ["music", "schools"]}
  ]
}
"#;

/// Rows, and what is told of them: the beginning of a line without the file.
type Told = (&'static str, &'static str);

/// Tables and headers with rows that are broken.
const BROKEN: &[(&str, &str, &[Told])] = &[
    ("partnerships", "", &[("", "1:1: error[missing-column]: the file is empty")]),
    ("partnerships", "a,b,kind,start", &[("", "1:1: error[missing-column]: the table has no column `status`")]),
    (
        "partnerships",
        "a,b,kind,status,",
        &[("fi-ii,no-bo,twin,active,1949", "1:1: error[missing-column]: a column that is not empty has no name")],
    ),
    (
        "partnerships",
        "a,b,kind,status,kind",
        &[("", "1:17: error[missing-column]: the header names the column `kind`")],
    ),
    (
        "partnerships",
        "a,b,kind,status,x,x",
        &[("", "1:19: error[missing-column]: the header names the column `x` twice")],
    ),
    ("partnerships", "a,b,kind,status,term", &[("fi-ii,no-bo,twin,active,2022", "2:25: error[date]: term: `2022`")]),
    (
        "partnerships",
        "a,b,kind,status,start",
        &[
            ("fi-ii,no-bo,Twin,active,", "2:13: error[vocabulary]: kind is `Twin`; it must be one of twin, friendship"),
            ("fi-ii,no-bo,twin,,", "2:18: error[required]: status is empty; a row cannot be without it"),
            ("fi-ii,,twin,active,", "2:7: error[required]: b is empty"),
            (
                "fi-ii,no-bo,twin,active,1.1.1949",
                "2:25: error[date]: start: `1.1.1949` is no date; write 1965, 2022-03",
            ),
            ("fi-ii,no-bo,twin,active,1949-02-30", "2:25: error[date]: start: `1949-02-30` is no day of the calendar"),
            ("fi-ii,no-bo,twin,active,1949-13", "2:25: error[date]: start: `1949-13` is no day of the calendar"),
            ("fi-ii,no-bo,twin,active,[2016..2010]", "2:25: error[date]: start: `[2016..2010]` ends before it begins"),
            ("fi-ii,no-bo,twin,active", "2:1: error[ragged]: the row has 4 cells, the header 5"),
            ("fi-ii,no-bo,twin,active,1949,", "2:1: error[ragged]: the row has 6 cells, the header 5"),
            ("fi-ii,no-\0bo,twin,active,", "2:10: error[nul]: a NUL byte"),
            ("fi-ii,\"no-\0bo\",twin,active,", "2:11: error[nul]: a NUL byte"),
            (
                "fi-ii,no-bo,twin,active,\"1949\nfi-ii,no-os,twin,active,",
                "2:25: error[quote]: this quoted cell is not closed",
            ),
            ("fi-ii,\"no-bo\"x,twin,active,", "2:7: error[quote]: text follows the closing quote of this cell"),
            (
                "fi-ii,no-bo,twin,active,\nfi-ii,ax-geta,twin,active,\nfi-ii,no-bo,partner,active,",
                "4:1: error[duplicate-key]: `fi-ii,no-bo` stands here again",
            ),
        ],
    ),
    (
        "municipalities",
        "id,name,country,type,lat,dissolved",
        &[
            ("no-bo,Bø,NO,municipality,north,", "2:26: error[number]: lat is `north`; it must be a decimal number"),
            ("no-bo,Bø,NO,municipality,\"59,4\",", "2:26: error[number]: lat is `59,4`"),
            ("no-bo,,NO,municipality,,", "2:7: error[required]: name is empty"),
        ],
    ),
    (
        "events",
        "a,b,date,event,by",
        &[("fi-ii,no-bo,1949,signed,c", "2:25: error[vocabulary]: by is `c`; it must be one of")],
    ),
    ("contacts", "subject,name", &[("fi-ii,", "1:1: error[missing-column]: the table has no column `role`")]),
];

/// What stands in the form, what takes its place, and what is told of it first.
const BROKEN_FORM: &[(&str, &str, &str)] = &[
    ("\"format\": 1", "\"format\": 2", "1:1: error[format]: the registry has format 2; this program reads up to 1"),
    ("\"countries\"", "\"lands\"", "1:1: error[missing-table]: there is no table `countries`"),
    ("\"Ii\"", "\"I\0i\"", "8:31: error[nul]: a NUL byte"),
    ("\"Ii\"", "\"I\\u0000i\"", "8:29: error[json]: name holds a NUL character"),
    ("\"twin\"", "\"twin\", \"x\": \"\\u0000\"", "12:55: error[json]: x holds a NUL character"),
    ("\"twin\"", "\"Twin\"", "12:42: error[vocabulary]: kind is `Twin`; it must be one of twin, friendship"),
    ("\"kind\": \"twin\", ", "", "12:5: error[required]: kind is empty; a row cannot be without it"),
    ("\"name\": \"Bø\", ", "", "9:5: error[required]: name is empty"),
    ("\"active\"", "\"active\", \"end\": \"1949-02-30\"", "12:77: error[date]: end: `1949-02-30` is no day"),
    ("65.32", "\"north\"", "8:83: error[number]: lat is `north`"),
    ("65.32", "true", "8:83: error[json]: lat is `true`"),
    ("\"Bø\"", "true", "9:29: error[json]: name is `true`; it must be a text"),
    ("\"Bø\"", "{\"nb\": \"Bø\"}", "9:29: error[json]: name is an object; it must be a text"),
    ("\"Bø\"", "[\"Bø\"]", "9:29: error[json]: name is a list; it must be one text"),
    ("[\"music\", \"schools\"]", "[\"music\", 3]", "12:80: error[json]: themes holds 3"),
    ("[\"music\", \"schools\"]", "[\"music;schools\"]", "12:80: error[json]: themes holds \"music;schools\""),
    ("[\"music\", \"schools\"]", "{\"music\": 1}", "12:80: error[json]: themes is an object"),
    ("\"twin\"", "\"twin\", \"kind\": \"contact\"", "12:58: error[json]: the member `kind` stands here a second time"),
    (
        "\"twin\"",
        "\"twin\", \"x\": \"1\", \"x\": \"2\"",
        "12:65: error[json]: the member `x` stands here a second time",
    ),
    // Of a member that stands twice in what nobody knows one value would be lost.
    ("\"twin\"", "\"twin\", \"x\": {\"y\": 1, \"y\": 2}", "12:"),
    ("\"format\": 1", "\"format\": 1, \"format\": 1", "2:"),
    ("\"twin\"", "\"twin\", \"x\\u0000\": \"1\"", "12:"),
    (
        "\"twinning\"",
        "\"events\": [], \"events\": [], \"twinning\"",
        "2:24: error[json]: the member `events` stands here a",
    ),
    ("\"Norway\"", "\"Norge\" \"Norway\"", "5:36: error[json]: expected `,` or `}`"),
    ("\"Bø\", \"country\"", "\"Bø\" \"country\"", "9:34: error[json]: expected `,` or `}`"),
    (
        "\"partnerships\": [",
        "\"partnerships\": [{\"a\": \"fi-ii\", \"b\": \"no-bo\", \"kind\": \"contact\", \"status\": \"active\"},",
        "12:11: error[duplicate-key]: `fi-ii,no-bo` stands here again",
    ),
    ("[\n    {\"id\"", "[\"no-bo\", {\"id\"", "7:28: error[json]: invalid type: string \"no-bo\", expected a row"),
    ("[\n    {\"id\"", "[null, {\"id\"", "7:25: error[json]: invalid type: null, expected a row of `municipalities`"),
    (
        "[\n    {\"a\"",
        "{\"1\": [\n    {\"a\"",
        "11:18: error[json]: invalid type: map, expected the rows of `partnerships`",
    ),
];

/// A small registry that is right.
fn folder() -> Desk {
    TABLES.iter().fold(Desk::new(), |desk, (table, text)| desk.with(&format!("r/{table}.csv"), text))
}

fn form(text: &str) -> Desk {
    Desk::new().with("r.json", text)
}

/// Runs `list` on a registry that is to be refused with lines of these beginnings; returns what is amiss.
fn amiss(desk: &Desk, registry: &str, told: &[impl AsRef<str>]) -> Option<String> {
    let run = desk.twin(&["list", "--registry", registry]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    let is_told =
        lines.len() == told.len() && lines.iter().zip(told).all(|(line, told)| line.starts_with(told.as_ref()));
    let told: String = told.iter().map(|told| format!("- {}\n", told.as_ref())).collect();
    (run.exit != 3 || !run.stdout.is_empty() || !is_told).then(|| format!("{run:#?}\nexpected\n{told}"))
}

#[track_caller]
fn nothing(amiss: impl IntoIterator<Item = String>) {
    let amiss: Vec<String> = amiss.into_iter().collect();
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

fn loads(desk: &Desk, registry: &str) {
    let Run { stderr, exit, .. } = desk.twin(&["list", "--registry", registry]);
    assert_eq!((exit, stderr.as_str()), (0, "1 in force.\n"));
}

#[test]
fn what_is_right_loads() {
    loads(&folder(), "r");
    loads(&form(FORM), "r.json");
}

#[test]
fn a_table_that_cannot_be_right_is_refused() {
    nothing(BROKEN.iter().flat_map(|(table, header, cases)| {
        cases.iter().filter_map(move |(rows, told)| {
            let text = if header.is_empty() { String::new() } else { format!("{header}\n{rows}\n") };
            amiss(&folder().with(&format!("r/{table}.csv"), text), "r", &[format!("{table}.csv:{told}")])
        })
    }));
}

#[test]
fn a_form_that_cannot_be_right_is_refused() {
    nothing(BROKEN_FORM.iter().filter_map(|(from, to, told)| {
        assert_eq!(FORM.matches(from).count(), 1, "{from}");
        amiss(&form(&FORM.replace(from, to)), "r.json", &[format!("r.json:{told}")])
    }));
}

#[test]
fn a_form_that_stops_anywhere_is_refused() {
    let whole = FORM.trim_end();
    let stops = (0..whole.len()).step_by(7).filter(|stop| whole.is_char_boundary(*stop));
    nothing(stops.filter_map(|stop| {
        let line = whole[..stop].matches('\n').count() + 1;
        let run = form(&whole[..stop]).twin(&["list", "--registry", "r.json"]);
        let is_told =
            run.stderr.starts_with(&format!("r.json:{line}:")) && run.stderr.contains(": error[json]: EOF while");
        (run.exit != 3 || !run.stdout.is_empty() || !is_told).then(|| format!("{stop}: {run:?}"))
    }));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let table = TABLES[1].1.as_bytes();
    let undefined = [0x81, 0x8D, 0x8F, 0x90, 0x9D].map(|byte| {
        let bytes = [&TABLES[1].1.replace('ø', "o").into_bytes(), &b"se-malmo,M\xE4lm"[..], &[byte]].concat();
        (bytes, format!("4:14: error[encoding]: byte {byte:02X} is neither UTF-8 nor Windows-1252"))
    });
    let both = ([table, b"se-malmo,Malm\xF6,SE,district,,\n"].concat(), "4:14: error[encoding]: byte F6 is no UTF-8");
    let half = (b"\xFF\xFEi\0\x00\xD8\n\0".to_vec(), "1:2: error[encoding]: the UTF-16 text is broken");
    let cases = undefined.into_iter().chain([both, half].map(|(bytes, told)| (bytes, told.to_owned())));
    nothing(cases.filter_map(|(bytes, told)| {
        amiss(&folder().with("r/municipalities.csv", bytes), "r", &[format!("municipalities.csv:{told}")])
    }));
}

#[test]
fn a_table_that_there_must_be_is_missed() {
    let without = |missing: &str| {
        let there = TABLES.iter().filter(|(table, _)| *table != missing);
        there.fold(Desk::new(), |desk, (table, text)| desk.with(&format!("r/{table}.csv"), text))
    };
    loads(&without("events"), "r");
    let no_registry = ["error: `r` is no registry: a registry is a folder with partnerships.csv", "hint: twin init"];
    nothing(amiss(
        &without("countries"),
        "r",
        &["countries.csv:1:1: error[missing-table]: there is no table `countries`"],
    ));
    nothing(amiss(&without("partnerships"), "r", &no_registry));
    nothing(amiss(&without("municipalities"), "r", &no_registry));
}

#[test]
fn a_description_that_cannot_be_right_is_refused() {
    let cases = [
        ("{\"twinning\": {\"format\": 1", "1:25: error[json]: EOF while parsing an object"),
        ("{\"twinning\": {\"format\": 2, \"home\": [\"FI\"]}}", "1:1: error[format]: the registry has format 2"),
        ("[null]", "1:1: error[json]: it must be an object"),
        ("{\"twinning\": [1, [\"FI\"]]}", "1:1: error[json]: `twinning` must be an object"),
        ("{\"twinning\": {\"format\": 1, \"home\": \"FI\"}}", "1:39: error[json]: invalid type: string \"FI\""),
    ];
    nothing(cases.into_iter().filter_map(|(text, told)| {
        amiss(&folder().with("r/datapackage.json", text), "r", &[format!("datapackage.json:{told}")])
    }));
}

#[test]
fn every_problem_is_told_in_the_order_of_files_and_lines() {
    let told = [
        "countries.csv:2:12: error[vocabulary]: continent is `Evropa`",
        "countries.csv:3:4: error[required]: name is empty",
        "events.csv:1:1: error[missing-column]: the table has no column `event`",
        "municipalities.csv:2:13: error[vocabulary]: type is `town`",
        "municipalities.csv:2:18: error[number]: lat is `north`",
        "municipalities.csv:2:24: error[date]: dissolved: `never`",
        "municipalities.csv:6:8: error[vocabulary]: type is `city`",
        "partnerships.csv:2:1: error[ragged]: the row has 4 cells",
        "partnerships.csv:3:1: error[quote]: text follows the closing quote",
    ];
    // The places are those of the file as it stands, whatever its dress.
    let head = "id;name;country;type;lat;dissolved\r\nfi-ii;Ii;FI;town;north;never\r\n";
    let dressed = [head, "\r\n;;;;;\r\nno-bo;\"B\r\nøy\";NO;city;59,4;\r\n"].concat();
    let desk = folder()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Evropa\nNO,,Europe\n")
        .with("r/events.csv", "a,b,date\n")
        .with("r/municipalities.csv", dressed)
        .with("r/partnerships.csv", "a,b,kind,status,start\nfi-ii,no-bo,twin,active\n\"fi-ii\"!,no-bo,twin,active,\n");
    nothing(amiss(&desk, "r", &told));

    // To a program the same is told in one object.
    for format in ["json", "jsonl"] {
        let run = desk.twin(&["list", "--registry", "r", "--format", format]);
        assert_eq!((run.exit, run.stdout.as_str(), run.stderr.lines().count()), (3, "", 1));
        let error = &serde_json::from_str::<Value>(&run.stderr).unwrap()["error"];
        assert_eq!(
            (&error["exit"], &error["candidates"], &error["hint"]),
            (&3.into(), &Value::Array(Vec::new()), &Value::Null)
        );
        assert!(error["message"].is_string());
        let problems = error["problems"].as_array().unwrap();
        assert_eq!(problems.len(), told.len());
        for (problem, told) in problems.iter().zip(told) {
            let [file, rule, message] = ["file", "rule", "message"].map(|member| problem[member].as_str().unwrap());
            let line = format!("{file}:{}:{}: error[{rule}]: {message}", problem["line"], problem["column"]);
            assert!(line.starts_with(told), "{line}");
        }
    }
}

#[test]
fn every_problem_of_a_form_is_told_in_the_order_of_lines() {
    let broken = FORM.replacen("Europe", "Evropa", 1).replace("65.32", "\"north\"").replace("\"twin\"", "\"Twin\"");
    let told = [
        "r.json:4:52: error[vocabulary]: continent is `Evropa`",
        "r.json:8:83: error[number]: lat is `north`",
        "r.json:12:42: error[vocabulary]: kind is `Twin`",
    ];
    nothing(amiss(&form(&broken), "r.json", &told));
}

#[test]
fn a_reference_to_nothing_is_no_reason_to_refuse() {
    for (nth, from, to) in [(1, ",NO,", ",QQ,"), (2, "no-bo", "no-nowhere"), (3, "no-bo", "no-nowhere")] {
        let (table, text) = TABLES[nth];
        loads(&folder().with(&format!("r/{table}.csv"), text.replace(from, to)), "r");
    }
    loads(&form(&FORM.replace("\"b\": \"no-bo\"", "\"b\": \"no-nowhere\"")), "r.json");
}
