//! The fast reader reads what it accepts as the `csv` crate does, and accepts what is canonical.

use std::borrow::Cow;
use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;
use crate::model::{Grid, Table};

/// Reads a text with the fast reader, header and all; `None` where it leaves the text to `dress`.
fn fast(text: &str) -> Option<Vec<Vec<String>>> {
    let Tokens { cells, .. } = tokenize(Cow::Borrowed(text), Table::Sources.schema()).ok()?;
    let rows = 0..=cells.rows();
    Some(rows.map(|row| (0..cells.header.len()).map(|place| cells.get(row, place).to_owned()).collect()).collect())
}

/// Reads a text with the `csv` crate.
fn arbiter(text: &str) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Pieces of text that make a table, or spoil one; long ones reach over a block of the reader.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        ",",
        ",",
        ",",
        "\n",
        "\n",
        "\"",
        "\"\"",
        "a",
        "b-1",
        " ",
        "\r\n",
        "\0",
        "é",
        "e\u{301}",
        "Ю",
        "東",
        "0123456789012345678901234567890123456789012345678901234567890123456789",
    ])
}

fn cell() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec!['a', 'Z', '9', ' ', ',', '"', '\n', ';', '-', 'ä', 'ő', 'Ж', '京', '=', '\t']);
    prop::collection::vec(sign, 0..40).prop_map(|signs| signs.into_iter().collect())
}

proptest! {
    // The same cases at every run, and more than by default, for they are small.
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_it_accepts_it_reads_as_the_csv_crate_does(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        if let Some(rows) = fast(&text) {
            prop_assert_eq!(rows, arbiter(&text), "{:?}", text);
        }
    }

    #[test]
    fn what_reaches_over_batches_is_read_as_the_csv_crate_does(pieces in prop::collection::vec(piece(), 1..30), long in 0..5000usize) {
        let text = format!("id,{}\n{}", "h".repeat(long), pieces.concat().repeat(200));
        if let Some(rows) = fast(&text) {
            prop_assert_eq!(rows, arbiter(&text), "{:?}", text);
        }
    }

    #[test]
    fn it_accepts_every_canonical_table(rows in prop::collection::vec(prop::array::uniform3(cell()), 1..12)) {
        let header = vec![["id", "title", "of one's own"].map(str::to_owned).to_vec()];
        // A row without any content would be a blank one.
        let rows: Vec<Vec<String>> = rows.into_iter().map(|[id, title, more]| vec![format!("k{id}"), title, more]).collect();
        // Enough of them for several batches.
        let rows = [header, vec![rows; 40].concat()].concat();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(fast(&text), Some(rows), "{:?}", text);
    }

    #[test]
    fn it_knows_whether_the_keys_are_sorted(mut ids in prop::collection::vec("[a-c]{1,3}", 1..6)) {
        let order = |ids: &[String]| {
            let text = format!("id,title\n{}", ids.iter().map(|id| format!("{id},x\n")).collect::<String>());
            tokenize(Cow::Owned(text), Table::Sources.schema()).ok().and_then(|tokens| tokens.cells.order)
        };
        let worst = ids.windows(2).map(|pair| pair[0].cmp(&pair[1])).max().unwrap_or(Ordering::Less);
        prop_assert_eq!(order(&ids), Some(worst));
        ids.sort();
        prop_assert_ne!(order(&ids), Some(Ordering::Greater));
    }
}

#[test]
fn another_dress_is_left_to_the_slow_reader() {
    for text in [
        "",
        "a;b\r\n1;2\r\n",
        "a,b\n1\n",
        "a,b\n1,2,3,4\n",
        "a,b\n1,\"2\n",
        "a,b\n1,\"2\"x\n",
        "a,b\n1,2\"\n",
        "a,b\n\n1,2\n",
        "a\ne\u{301}\n",
        "a\n\0\n",
    ] {
        assert_eq!(fast(text), None, "{text:?}");
    }
}

#[test]
fn a_table_in_another_order_is_found_by_its_keys() {
    let text = "id,title,rank\nc,third,other\na,first,other\nb,\"se\"\"cond\",other\n";
    let Ok(tokens) = tokenize(Cow::Borrowed(text), Table::Sources.schema()) else {
        panic!("it is canonical but for the order")
    };
    let grid = Grid::new(Table::Sources, tokens.cells);
    let titles: Vec<&str> = grid.by_key().map(|row| row.at(1)).collect();
    assert_eq!(titles, ["first", "se\"cond", "third"]);
    assert_eq!(grid.find(&["b"]).map(|row| row.number()), Some(2));
    assert!(grid.find(&["d"]).is_none());
}
