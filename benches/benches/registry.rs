//! Loading a registry and asking it, in one process, on data made by `gen.py`.
//!
//! `cargo bench -p twinning-benches`; the data are made once for each size, below the target folder. Whole commands are
//! compared with their peers by `compare.py`.

use std::path::{Path, PathBuf};
use std::process::Command;

use divan::{Bencher, black_box};
use twinning::i18n::Language;
use twinning::model::Status;
use twinning::query::{CountryChoice, Filter, find};
use twinning::report::statistics::{By, statistics};
use twinning::report::{Context, listing};
use twinning::storage::{Place, Source};

const SIZES: [&str; 2] = ["finland", "world"];

fn main() {
    divan::main();
}

/// Makes the data of a size, unless they are there.
fn data(size: &str) -> Source {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(size);
    if !Place::is_registry(&folder) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("gen.py");
        let made = Command::new("python3").arg(script).args(["--size", size]).arg(&folder).output();
        assert!(made.is_ok_and(|made| made.status.success()), "gen.py made no data");
    }
    Source::open(&Place::Folder(folder)).expect("the data were just made")
}

fn russian() -> Filter {
    let russia = CountryChoice { code: "RU".to_owned(), with_territories: false };
    Filter { countries: vec![russia], statuses: vec![Status::Active], ..Filter::default() }
}

#[divan::bench(args = SIZES)]
fn load(bencher: Bencher, size: &str) {
    let source = data(size);
    bencher.bench_local(|| black_box(&source).load().map(|registry| registry.partnerships().len()));
}

#[divan::bench(args = SIZES)]
fn resolve(bencher: Bencher, size: &str) {
    let source = data(size);
    let load = || source.load().expect("the data are sound");
    bencher.with_inputs(load).bench_local_values(|registry| registry.resolve_all());
}

#[divan::bench(args = ["Kuopio", "kuopio", "Åbo", "fi-kuopio"])]
fn find_place(bencher: Bencher, name: &str) {
    let source = data("world");
    let registry = source.load().expect("the data are sound");
    bencher.bench_local(|| find::municipality(&registry, black_box(name), None).is_ok());
}

#[divan::bench(args = SIZES)]
fn list_a_country(bencher: Bencher, size: &str) {
    let source = data(size);
    let registry = source.load().expect("the data are sound");
    let language = Language::of("en");
    let filter = russian();
    bencher.bench_local(|| {
        let selection = filter.select(&registry);
        let context = Context::new(&registry, &language, None);
        listing::listing(context, &filter, &selection, None, false).map(|answer| answer.shown.rows().count())
    });
}

#[divan::bench(args = SIZES)]
fn count_by_country(bencher: Bencher, size: &str) {
    let source = data(size);
    let registry = source.load().expect("the data are sound");
    let language = Language::of("en");
    let filter = Filter { all: true, ..Filter::default() };
    bencher.bench_local(|| {
        let selection = filter.select(&registry);
        statistics(Context::new(&registry, &language, None), &filter, &selection, By::Country, false).shown.len()
    });
}
