//! The form of a survey as a workbook: what is asked is open, what tells the rows apart is not.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatBorder, ProtectionOptions, Worksheet, XlsxError,
};

use super::xlsx::{merged_text, workbook, write_text};
use crate::i18n::labels::Label;
use crate::i18n::survey::{self as words, Column};
use crate::model::{Kind, Status};
use crate::report::survey::Form;

/// The name of the hidden sheet that says whose form it is.
const HIDDEN: &str = "twin";
/// How many empty rows there are for what is missing.
const EMPTY: u32 = 20;
/// How wide the columns are, in digits.
const WIDTHS: [f64; 11] = [26.0, 26.0, 18.0, 17.0, 15.0, 12.0, 15.0, 17.0, 24.0, 22.0, 34.0];

/// Makes the workbook of a form.
///
/// # Errors
/// It is larger than a sheet.
pub fn survey(form: &Form<'_>) -> Result<Vec<u8>, XlsxError> {
    let lang = form.lang;
    let mut book = workbook()?;
    let sheet = book.add_worksheet().set_name(words::sheet_name(lang))?;
    let styles = Styles::new();
    write_text(sheet, (0, 0), &form.title, Some(&Format::new().set_bold().set_font_size(14)))?;
    let mut row = 1;
    for line in form.instructions {
        let text = Format::new().set_text_wrap();
        merged_text(sheet, row, Column::ALL.len() as u16 - 1, line, &text)?;
        row += 1;
    }
    for (label, style) in [(words::answered_on(lang), &styles.date), (words::answered_by(lang), &styles.open)] {
        sheet.write_string_with_format(row, 0, label, &styles.head)?;
        sheet.write_blank(row, 1, style)?;
        row += 1;
    }
    row += 1;
    for (nth, column) in Column::ALL.into_iter().enumerate() {
        sheet.write_string_with_format(row, nth as u16, column.header(lang), &styles.head)?;
        sheet.set_column_width(nth as u16, WIDTHS[nth])?;
    }
    sheet.set_freeze_panes(row + 1, 2)?;
    sheet.set_repeat_rows(row, row)?;
    let first = row + 1;
    for line in &form.rows {
        row += 1;
        for (nth, text) in [&*line.pair, line.partner, line.country].into_iter().enumerate() {
            write_text(sheet, (row, nth as u16), text, Some(&styles.closed))?;
        }
        sheet.write_string_with_format(row, 3, line.kind.map_or("", |kind| kind.label(lang)), &styles.open)?;
        sheet.write_string_with_format(row, 4, line.status.map_or("", |status| status.label(lang)), &styles.open)?;
        let start = line.start.map(|start| start.to_string()).unwrap_or_default();
        sheet.write_string_with_format(row, 5, start, &styles.date)?;
        blanks(sheet, row, 6, &styles)?;
    }
    for _ in 0..EMPTY {
        row += 1;
        blanks(sheet, row, 0, &styles)?;
    }
    let labels = |all: &[&str]| {
        DataValidation::new().allow_list_strings(all).map(|list| list.set_error_style(DataValidationErrorStyle::Stop))
    };
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.label(lang)).collect();
    let standings: Vec<&str> = Status::ALL.iter().map(|status| status.label(lang)).collect();
    sheet.add_data_validation(first, 3, row, 3, &labels(&kinds)?)?;
    sheet.add_data_validation(first, 4, row, 4, &labels(&standings)?)?;
    sheet.add_data_validation(first, 6, row, 6, &labels(&[words::yes(lang), words::no(lang)])?)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    whose(book.add_worksheet(), form)?;
    book.save_to_buffer()
}

/// The number of the paper size A4 (ECMA-376, `ST_PageSetup`).
const A4: u8 = 9;

/// Writes whose form it is, and which partnerships were in it.
fn whose(sheet: &mut Worksheet, form: &Form<'_>) -> Result<(), XlsxError> {
    sheet.set_name(HIDDEN)?.set_hidden(true);
    let pairs = form.rows.iter().map(|line| ("pair", &*line.pair));
    for (row, (name, value)) in std::iter::once(("municipality", form.id)).chain(pairs).enumerate() {
        sheet.write_string(row as u32, 0, name)?;
        sheet.write_string(row as u32, 1, value)?;
    }
    Ok(())
}

struct Styles {
    head: Format,
    closed: Format,
    open: Format,
    /// For dates, as text: a year that is typed into a cell for days would become a day of 1905.
    date: Format,
}

impl Styles {
    fn new() -> Styles {
        let cell = || Format::new().set_border(FormatBorder::Hair);
        let open = || cell().set_unlocked();
        Styles {
            head: cell().set_bold().set_text_wrap().set_background_color(Color::RGB(0xE7_EC_F2)),
            closed: cell().set_background_color(Color::RGB(0xF4_F4_F4)),
            open: open(),
            date: open().set_num_format("@"),
        }
    }
}

/// Makes the rest of a row open, from a column on.
fn blanks(sheet: &mut Worksheet, row: u32, from: u16, styles: &Styles) -> Result<(), XlsxError> {
    for column in from..Column::ALL.len() as u16 {
        let is_date = matches!(Column::ALL[usize::from(column)], Column::Start | Column::Since);
        sheet.write_blank(row, column, if is_date { &styles.date } else { &styles.open })?;
    }
    Ok(())
}
