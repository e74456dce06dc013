//! Workbooks as lists, and ours read back.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::harness::{Desk, workbook};
use super::{counts, desk, told_of, twin};

#[test]
fn our_own_workbooks_are_the_same_in_each_language() {
    let desk = Desk::new();
    desk.done(&["init", "reg"]);
    for lang in ["en", "fi", "sv"] {
        twin(&desk, &["list", "--all", "--lang", lang, "-o", "list.xlsx"]);
        let bytes = std::fs::read(desk.path("list.xlsx")).unwrap();
        let run = twin(&desk, &["import", "list.xlsx", "--dry-run"]);
        assert_eq!(counts(&run), "0 new, 0 filled in, 777 same, 0 conflict, 0 doubtful, 0 rejected.", "{lang}");
        twin(&desk, &["list", "--all", "--lang", lang, "-o", "again.xlsx"]);
        assert!(std::fs::read(desk.path("again.xlsx")).unwrap() == bytes, "two runs differ");
    }
    // A sheet is no table.
    assert_eq!(desk.twin(&["show", "Kuopio", "-o", "kuopio.xlsx"]).exit, 2);
}

#[test]
fn dates_and_numbers_are_read_as_they_are_meant() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("d.m.yyyy");
    for (column, name) in ["Kunta", "Ystävyyskunta", "Maa", "Alku"].into_iter().enumerate() {
        sheet.write_string(3, column as u16, name).unwrap();
    }
    for (row, partner) in [(4, "Győr"), (9, "Bodø"), (12, "Vologda, Venäjä")] {
        sheet.write_string(row, 0, "Kuopio").unwrap();
        sheet.write_string(row, 1, partner).unwrap();
    }
    sheet.write_string(0, 0, "Ystävyyskunnat").unwrap();
    sheet.write_datetime_with_format(4, 3, ExcelDateTime::from_ymd(1977, 5, 17).unwrap(), &day).unwrap();
    sheet.write_number(9, 3, 1949).unwrap();
    // A year in a cell for days, which a spreadsheet shows as 1905-06-06.
    sheet.write_number_with_format(12, 3, 1983, &day).unwrap();
    let desk = desk("list.xlsx", book.save_to_buffer().unwrap());
    let run = twin(&desk, &["import", "list.xlsx", "--save-plan", "plan.jsonl"]);
    assert!(desk.read("plan.jsonl").contains(r#""start":"1983""#), "{}", run.stderr);
    assert_eq!(
        told_of(&desk, &["import", "list.xlsx", "--dry-run", "--all"]),
        ["new row 13 Kuopio–Vologda", "filled in row 10 Kuopio–Bodø: start → 1949", "same row 5 Kuopio–Győr"]
    );
}

#[test]
fn the_sheet_with_a_list_is_the_one_that_is_read() {
    let sheets = |names: &[(&str, &[&str])]| {
        let mut book = Workbook::new();
        for (name, header) in names {
            let sheet = book.add_worksheet().set_name(*name).unwrap();
            for (column, text) in header.iter().enumerate() {
                sheet.write_string(0, column as u16, *text).unwrap();
                sheet.write_string(1, column as u16, if column == 0 { "Kuopio" } else { "Bodø" }).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    };
    let list: &[&str] = &["Kunta", "Ystävyyskunta"];
    let one = desk("list.xlsx", sheets(&[("Ohje", &["Lue", "tämä"]), ("Lista", list)]));
    assert_eq!(told_of(&one, &["import", "list.xlsx", "--dry-run", "--all"]), ["same row 2 Kuopio–Bodø"]);
    let two = desk("list.xlsx", sheets(&[("Vanha", list), ("Uusi lista", list)]));
    two.fails(
        &["--registry", "reg", "import", "list.xlsx", "--dry-run"],
        3,
        "error: list.xlsx has several sheets that may be meant\nhint: --sheet Vanha, or --sheet \"Uusi lista\"\n",
    );
    assert_eq!(
        told_of(&two, &["import", "list.xlsx", "--dry-run", "--all", "--sheet", "Uusi lista"]),
        ["same row 2 Kuopio–Bodø"]
    );
    two.fails(
        &["--registry", "reg", "import", "list.xlsx", "--dry-run", "--sheet", "Toinen"],
        2,
        "error: list.xlsx has no such sheet\nhint: --sheet Vanha, or --sheet \"Uusi lista\"\n",
    );
}

#[test]
fn what_is_no_workbook_or_an_empty_one_is_refused() {
    let mut far = Workbook::new();
    far.add_worksheet().write_string(1_048_575, 16_383, "x").unwrap();
    for (bytes, exit, error) in [
        (workbook(&[]), 3, "error: list.xlsx is empty\n"),
        (
            workbook(&[&["a", "b"], &["c", "d"]]),
            2,
            "error: no column is known for place and partner; the columns are `a`, `b`\nhint: --map place=COLUMN,partner=COLUMN says which they are\n",
        ),
        (
            far.save_to_buffer().unwrap(),
            3,
            "error: list.xlsx: the spreadsheet is too large: a cell stands in a column beyond the 1024th; save what is wanted as CSV\n",
        ),
    ] {
        let desk = desk("list.xlsx", bytes);
        desk.fails(&["--registry", "reg", "import", "list.xlsx", "--dry-run"], exit, error);
    }
    let whole = workbook(&[&["Kunta", "Ystävyyskunta"], &["Kuopio", "Bodø"]]);
    for end in [4, 40, whole.len() / 2, whole.len() - 5] {
        let desk = desk("list.xlsx", &whole[..end]);
        let run = twin(&desk, &["import", "list.xlsx", "--dry-run"]);
        assert_eq!(run.exit, 3, "{}", run.stderr);
        assert!(run.stderr.starts_with("error: list.xlsx: the spreadsheet is damaged: "), "{}", run.stderr);
    }
}

/// Makes an XLS workbook (MS-XLS) of sheets of records.
fn xls(sheets: &[&[(u16, &[u16])]]) -> Vec<u8> {
    let record = |number: u16, content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap();
        [&number.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
    };
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let bodies = sheets.iter().map(|records| {
        let records = records.iter().flat_map(|(number, words)| {
            record(*number, &words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>())
        });
        [begin(0x10), records.collect(), end.clone()].concat()
    });
    let bodies: Vec<Vec<u8>> = bodies.collect();
    let named = |place: usize, nth: usize| {
        let place = u32::try_from(place).unwrap().to_le_bytes();
        record(0x0085, &[&place[..], &[0, 0, 1, 0, b'a' + u8::try_from(nth).unwrap()]].concat())
    };
    let mut place = begin(5).len() + named(0, 0).len() * bodies.len() + end.len();
    let mut stream = begin(5);
    for (nth, body) in bodies.iter().enumerate() {
        stream.extend(named(place, nth));
        place += body.len();
    }
    stream.extend(end);
    stream.extend(bodies.concat());
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}

/// A number in a cell.
fn cell(row: u16, column: u16) -> (u16, [u16; 7]) {
    (0x0203, [row, column, 0, 0, 0, 0, 0x3FF0])
}

#[test]
fn old_workbooks_are_read_in_bounds() {
    let (first, last, middle) = (cell(0, 0), cell(65_535, 255), cell(39_999, 49));
    let [first, last, middle] = [&first, &last, &middle].map(|(number, words)| (*number, &words[..]));
    let several = |row: u16| {
        let numbers = std::iter::repeat_n([0, 0, 0x3FF0], 256).flatten();
        [row, 0].into_iter().chain(numbers).chain([255]).collect::<Vec<u16>>()
    };
    let (upper, lower) = (several(0), several(65_535));
    let many = "the spreadsheet is too large: it has more than four million cells; save what is wanted as CSV\n";
    let read = "no column is known for place and partner; the columns are `1`\n";
    let long =
        "the spreadsheet is too large: its cells hold more than 64 megabytes of text; save what is wanted as CSV\n";
    // One string of 20,000 letters, and a cell in which it stands.
    let letters = [0, 0, 1, 0, 20_000, 0x7800].into_iter().chain(std::iter::repeat_n(0x7878, 10_000));
    let shared = (0x00FC, letters.collect::<Vec<u16>>());
    let stands = |count: u16| {
        let cells = (0..count).map(|row| (0x00FD, vec![row, 0, 0, 0, 0]));
        std::iter::once(shared.clone()).chain(cells).collect::<Vec<(u16, Vec<u16>)>>()
    };
    let (enough, too_much) = (stands(3_200), stands(3_201));
    let [enough, too_much] = [&enough, &too_much]
        .map(|records| records.iter().map(|(record, words)| (*record, &words[..])).collect::<Vec<_>>());
    let dimensions = |rows: u32, columns: u16| [0, 0, rows as u16, (rows >> 16) as u16, 0, columns, 0];
    let [whole, huge, wide] = [dimensions(65_536, 256), dimensions(u32::MAX, 256), dimensions(65_536, u16::MAX)];
    for (sheets, exit, told) in [
        // Two million cells, once and three times.
        (&[&[first, middle][..]][..], 2, read),
        (&[&[first, middle], &[first, middle], &[first, middle]], 3, many),
        (&[&[first, last]], 3, many),
        (&[&[(0x00BD, &upper[..]), (0x00BD, &lower[..])]], 3, many),
        // The text of a formula stands where the formula does.
        (&[&[last, (0x0207, &[1, 0x7800])]], 3, many),
        // What is only stated takes room as well.
        (&[&[(0x0200, &whole), first]], 2, read),
        (&[&[(0x0200, &huge), first]], 3, many),
        (&[&[(0x0200, &wide), first]], 3, many),
        // Of the first no more can be read: its stream is none that a spreadsheet would write.
        (&[&enough], 3, "the spreadsheet is damaged: Cfb error: Empty Root directory\n"),
        (&[&too_much], 3, long),
    ] {
        let run = twin(&desk("list.xls", xls(sheets)), &["import", "list.xls", "--dry-run"]);
        let error = run.stderr.lines().next().unwrap_or_default().to_owned() + "\n";
        assert_eq!((run.exit, error.ends_with(told)), (exit, true), "{}", run.stderr);
    }
}

/// Makes an ODS workbook of so many sheets, each of two million cells of which the first and the last hold something.
fn ods(sheets: usize) -> Vec<u8> {
    let cell = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
    let blank = |rows: usize, columns: usize| {
        format!(
            r#"<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}"/></table:table-row>"#
        )
    };
    let tables = (0..sheets).map(|nth| {
        let last = format!(r#"<table:table-cell table:number-columns-repeated="49"/>{cell}"#);
        let rows = format!(
            "<table:table-row>{cell}</table:table-row>{}<table:table-row>{last}</table:table-row>",
            blank(39_998, 50)
        );
        format!(r#"<table:table table:name="t{nth}">{rows}</table:table>"#)
    });
    let namespace = |name: &str| format!(r#"xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0""#);
    let content = format!(
        "<office:document-content {}><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>",
        ["office", "table", "text"].map(namespace).join(" "),
        tables.collect::<String>()
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [("mimetype", mimetype), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn the_sheets_of_a_workbook_are_counted_together() {
    for (sheets, exit, told) in [(1, 2, "the columns are `x`"), (3, 3, "it has more than four million cells")] {
        let run = twin(&desk("list.ods", ods(sheets)), &["import", "list.ods", "--dry-run"]);
        assert_eq!((run.exit, run.stderr.contains(told)), (exit, true), "{}", run.stderr);
    }
}

#[test]
fn workbooks_that_would_take_all_memory_or_never_end_are_refused() {
    let mut long = Workbook::new();
    let text = "x".repeat(32_000);
    let sheet = long.add_worksheet();
    (0..2_500).for_each(|row| _ = sheet.write_string(row, 0, &text).unwrap());
    let large = "too large: its cells hold more than 64 megabytes of text; save what is wanted as CSV";
    for (bytes, reason) in [
        (long.save_to_buffer().unwrap(), large),
        // It states a hundred billion shared texts, and has one.
        (
            include_bytes!("declared.xlsx").to_vec(),
            "too large: it has more than four million cells; save what is wanted as CSV",
        ),
        // It ends within a table.
        (include_bytes!("endless.ods").to_vec(), "damaged: it ends too soon"),
        // A few bytes changed at random, on which the reader panics.
        (include_bytes!("damaged.xls").to_vec(), "damaged: it cannot be made out"),
    ] {
        let desk = desk("list.bin", bytes);
        let told = format!("error: list.bin: the spreadsheet is {reason}\n");
        desk.fails(&["--registry", "reg", "import", "list.bin", "--dry-run"], 3, &told);
    }
}
