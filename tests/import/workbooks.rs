//! Workbooks as lists, and ours read back.

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
