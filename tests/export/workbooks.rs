//! Workbooks of all tables, read cell by cell.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::harness::{Desk, shipped};
use super::published;

const DATES: [&str; 12] = [
    "start",
    "end",
    "verified_on",
    "date",
    "review_on",
    "seen_on",
    "stated_on",
    "since",
    "until",
    "dissolved",
    "published",
    "retrieved",
];

fn read(desk: &Desk, name: &str) -> Vec<u8> {
    std::fs::read(desk.path(name)).unwrap()
}

/// Reads the sheets of a workbook: their names, and all cells as texts that say what they are.
fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let told = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => format!("text {text}"),
        Data::Float(number) => format!("number {number}"),
        Data::DateTime(date) => {
            let (year, month, day, hour, ..) = date.to_ymd_hms_milli();
            assert_eq!(hour, 0);
            format!("day {year:04}-{month:02}-{day:02}")
        }
        other => panic!("{other:?}"),
    };
    let sheets = book.worksheets().into_iter();
    sheets.map(|(name, cells)| (name, cells.rows().map(|row| row.iter().map(told).collect()).collect())).collect()
}

/// Says what a cell of a table is to be in a sheet.
fn wanted(column: &str, cell: &str) -> String {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = cell.split('-').collect();
    let is_day = matches!(parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2));
    match column {
        _ if cell.is_empty() => String::new(),
        "lat" | "lon" => format!("number {}", cell.parse::<f64>().unwrap()),
        date if DATES.contains(&date) && digits(cell, 4) => format!("number {}", cell.parse::<f64>().unwrap()),
        date if DATES.contains(&date) && is_day && cell >= "1905" => format!("day {cell}"),
        _ => format!("text {cell}"),
    }
}

/// Says what a table is to be as a sheet.
fn wanted_sheet(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| row.unwrap());
    let rows = rows.map(|row| header.iter().zip(&row).map(|(column, cell)| wanted(column, cell)).collect());
    [header.iter().map(|name| format!("text {name}")).collect()].into_iter().chain(rows).collect()
}

#[test]
fn a_workbook_has_every_table_as_a_sheet_cell_by_cell() {
    let (desk, shipped) = (Desk::new(), shipped());
    let run = desk.done(&["export", "-o", "all.xlsx"]);
    assert_eq!((run.stdout.as_str(), run.stderr.lines().count()), ("", 1), "{}", run.stderr);
    let found = sheets(read(&desk, "all.xlsx"));
    assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), published().collect::<Vec<_>>());
    for (name, cells) in &found {
        let wanted = wanted_sheet(&shipped[&format!("{name}.csv")]);
        assert_eq!(cells.len(), wanted.len(), "{name}");
        for (row, wanted) in cells.iter().zip(&wanted) {
            // Where nothing stands in the last columns, the reader leaves them out.
            let (told, rest) = wanted.split_at(row.len());
            assert_eq!((row.as_slice(), rest.concat().as_str()), (told, ""), "{name}");
        }
    }
    let count = |kind: &str| {
        let cells = found.iter().flat_map(|(_, rows)| rows).flatten();
        cells.filter(|cell| cell.starts_with(kind)).count()
    };
    assert!(count("day ") > 100 && count("number ") > 1000, "{} {}", count("day "), count("number "));
    desk.done(&["export", "--format", "xlsx", "-o", "again", "--all"]);
    assert!(read(&desk, "again") == read(&desk, "all.xlsx"));
    // The second that it was made in is not told either.
    assert!(part(&read(&desk, "again"), "docProps/core.xml").contains("2000-01-01T00:00:00Z</dcterms:created>"));

    desk.done(&["export", "Kuopio", "-o", "kuopio.xlsx"]);
    desk.done(&["export", "Kuopio", "--format", "datapackage", "-o", "kuopio"]);
    for (name, cells) in sheets(read(&desk, "kuopio.xlsx")) {
        assert_eq!(cells.len(), wanted_sheet(&desk.read(&format!("kuopio/{name}.csv"))).len(), "{name}");
    }
    desk.done(&["export", "--with-contacts", "-o", "with.xlsx"]);
    let names: Vec<String> = sheets(read(&desk, "with.xlsx")).into_iter().map(|(name, _)| name).collect();
    assert_eq!((names.len(), names[9].as_str(), names[10].as_str()), (11, "contacts", "sources"));
}

/// Returns a file of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_sheet_has_a_header_that_stays_filters_and_links() {
    let desk = Desk::new();
    desk.done(&["export", "-o", "all.xlsx"]);
    let bytes = read(&desk, "all.xlsx");
    let shipped = shipped();
    for (name, nth) in published().zip(1..) {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{nth}.xml"));
        let text = &shipped[&format!("{name}.csv")];
        let rows = csv::Reader::from_reader(text.as_bytes()).records().count() + 1;
        assert!(sheet.contains("<pane ySplit=\"1\"") && sheet.contains("state=\"frozen\""), "{name}");
        let filter = sheet.split_once("<autoFilter ref=\"A1:").unwrap().1.split_once('"').unwrap().0;
        assert!(filter.ends_with(&rows.to_string()), "{name}: {filter}");
        let addresses =
            csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).fold(0, |sum, row| {
                sum + row.iter().filter(|cell| cell.starts_with("http") && !cell.contains(' ')).count()
            });
        assert_eq!(sheet.matches("<hyperlink ").count(), addresses, "{name}");
        assert!(sheet.contains("<cols>") && !sheet.contains("<f>"), "{name}");
    }
}

#[test]
fn texts_that_would_run_or_break_a_sheet_are_texts() {
    // Sheets of more than five hundred rows are written in another way.
    texts_are_texts(0);
    texts_are_texts(600);
}

/// Holds to be so what the test says, in a sheet with so many more rows.
fn texts_are_texts(more: usize) {
    // The package that writes workbooks takes a text between these tags for markup of its own.
    let nasty = [
        "=1+1",
        "=HYPERLINK(\"\"http://x.example\"\")",
        "+1",
        "@SUM(A1)",
        "<r>&broken</r>",
        "<r><t>hidden</t></r>",
        "_x0041_",
        "http://a.example/\u{1}",
        "https://a.example/?q=<\"\"&'>#x",
        " padded ",
        "a\u{1}\u{b}b]]>",
        "two\nlines",
        "\u{202e}turned",
        "007",
        "2020-01-01",
        "TRUE",
        "ääkkönen 🏙",
    ];
    let rows = (1..).zip(nasty).map(|(nth, text)| format!("s{nth:02},\"{text}\",other,\"{text}\"\n"));
    let more: String = (0..more).map(|nth| format!("t{nth:03},plain,other,plain\n")).collect();
    let sources = format!("id,title,rank,<r>own</r>\n{}{more}", rows.collect::<String>());
    let dates = [
        "1904-02-29",
        "1905-01-01",
        "1850",
        "0950",
        "196X",
        "1965~",
        "2022-03",
        "[2010..2022]",
        "1982-06-11?",
        "2099-12-31",
    ];
    let events: String = dates.iter().map(|date| format!("fi-ii,fj-suva,{date},signed\n")).collect();
    let desk =
        super::hostile().with("r/sources.csv", &sources).with("r/events.csv", format!("a,b,date,event\n{events}"));
    let export = |name: &str| desk.done(&["--registry", "r", "export", "-o", name]);
    export("x.xlsx");
    export("y.xlsx");
    assert!(read(&desk, "x.xlsx") == read(&desk, "y.xlsx"));
    let found = sheets(read(&desk, "x.xlsx"));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["countries", "municipalities", "partnerships", "events", "sources"]);

    let cells = |name: &str, column: &str| {
        let (_, rows) = found.iter().find(|(known, _)| known == name).unwrap();
        let at = rows[0].iter().position(|label| *label == format!("text {column}")).unwrap();
        rows[1..].iter().map(|row| row.get(at).cloned().unwrap_or_default()).collect::<Vec<_>>()
    };
    let texts = nasty.map(|text| format!("text {}", text.replace("\"\"", "\"")));
    assert_eq!(cells("sources", "title")[..texts.len()], texts);
    assert_eq!(cells("sources", "<r>own</r>")[..texts.len()], texts, "an unknown column is a column");
    let mut days = dates.map(|date| wanted("date", date)).to_vec();
    // The rows stand in the order of their keys.
    days.sort_by_key(|told| told.split_once(' ').unwrap().1.to_owned());
    let mut told = cells("events", "date");
    told.sort_by_key(|told| told.split_once(' ').unwrap().1.to_owned());
    assert_eq!(told, days);
    assert_eq!(cells("municipalities", "lat"), ["number 65.3", "number -18.14", "number 10.5"]);
    assert_eq!(cells("municipalities", "the \"pet\""), ["text cat", "", ""]);
    assert_eq!(cells("partnerships", "b"), ["text fj-suva", "text us-x", "text zz \"gone\\", "text us-x"]);
    assert_eq!(cells("partnerships", "note"), ["", "", "text \\N", ""]);
    let bytes = read(&desk, "x.xlsx");
    for nth in 1..=names.len() {
        assert!(!part(&bytes, &format!("xl/worksheets/sheet{nth}.xml")).contains("<f>"));
    }
    let links = part(&bytes, "xl/worksheets/_rels/sheet5.xml.rels");
    assert!(links.contains("https://a.example/?q=") && !links.contains("http://a.example/"), "{links}");
    assert!(!bytes.windows(6).any(|bytes| bytes == b"Secret"));
}

#[test]
fn what_no_sheet_holds_is_told_with_its_table_and_row_and_nothing_is_written() {
    let sources = |cell: &str| {
        super::hostile().with("r/sources.csv", format!("id,title,rank,own\na,A,other,\nb,B,other,{cell}\n"))
    };
    let export = |desk: &Desk| desk.twin(&["--registry", "r", "export", "-o", "x.xlsx"]);
    let told = "error: no workbook was written: table `sources`, row 3: `own` has more than the 32767 characters that a cell \
                holds\nhint: --format datapackage -o FOLDER holds it\n";
    // A character beyond the first 65,536 counts as two there.
    for (longest, more) in [("x".repeat(32_767), "x"), ("🏙".repeat(16_383), "🏙")] {
        let desk = sources(&longest);
        assert_eq!(export(&desk).exit, 0);
        let before = read(&desk, "x.xlsx");
        let desk = sources(&(longest + more)).with("x.xlsx", &before);
        let run = export(&desk);
        assert_eq!((run.exit, run.stderr.as_str()), (7, told));
        assert!(read(&desk, "x.xlsx") == before);
    }
    let rows: String = (0..1_048_576).map(|nth| format!("s{nth:07},T,other\n")).collect();
    let desk = super::hostile().with("r/sources.csv", format!("id,title,rank\n{rows}"));
    let run = export(&desk);
    let told = "error: no workbook was written: table `sources` has 1048576 rows, and a sheet holds 1048575\n";
    assert_eq!((run.exit, run.stderr.starts_with(told)), (7, true), "{}", run.stderr);
    assert!(!desk.path("x.xlsx").exists());
}
