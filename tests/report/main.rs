//! Reports: what they count, held against the tables; their formats; what they leave to nobody's guess.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod cities;
mod formats;
#[path = "../harness/mod.rs"]
mod harness;
mod networks;
mod review;

use harness::Desk;

/// The partnerships of a small registry; how they stand is told by its events.
const PARTNERSHIPS: &str = "a,b,kind,status,start,end,term,themes,sources,verified_on,note
fi-kuopio,no-bodo,twin,active,1949,,,,s,,
";

/// Makes a desk with a small registry in `r`, which has no claims.
fn small() -> Desk {
    let municipalities = "id,name,country,type,region,code\nfi-kuopio,Kuopio,FI,municipality,Pohjois-Savo,297
fi-lahti,Lahti,FI,municipality,Päijät-Häme,398\nno-bodo,Bodø,NO,municipality,,\nse-jonkoping,Jönköping,SE,municipality,,\n";
    Desk::new()
        .with("r/countries.csv", "code,name,continent\nFI,Finland,Europe\nNO,Norway,Europe\nSE,Sweden,Europe\n")
        .with("r/municipalities.csv", municipalities)
        .with("r/partnerships.csv", PARTNERSHIPS)
        .with("r/sources.csv", "id,title,publisher,rank\ns,A list,A town,official\n")
}

/// The partnerships of the shipped tables: a, b, status.
fn shipped() -> Vec<[String; 3]> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/partnerships.csv");
    let rows = csv::Reader::from_path(path).unwrap().into_records();
    rows.map(|row| row.unwrap()).map(|row| [0, 1, 3].map(|place| row[place].to_owned())).collect()
}

fn report(args: &[&str]) -> String {
    let run = Desk::new().twin(&[&["report"], args].concat());
    assert_eq!(run.exit, 0, "{}", run.stderr);
    run.stdout
}

/// Returns the tables of a report in Markdown by their headings, their cells trimmed; a cell holds no `|`.
fn tables(markdown: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let part = |part: &str| {
        let (title, rest) = part.split_once('\n').unwrap();
        let lines = rest.lines().filter(|line| line.starts_with('|')).skip(2);
        let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        (title.to_owned(), lines.map(cells).collect())
    };
    markdown.split("\n## ").skip(1).map(part).collect()
}

fn number(cell: &str) -> usize {
    cell.parse().unwrap_or_else(|_| panic!("`{cell}` is no number"))
}

/// Returns the rows of the part of that heading, none where there is no such part.
fn part<'t>(tables: &'t [(String, Vec<Vec<String>>)], title: &str) -> &'t [Vec<String>] {
    tables.iter().find(|(own, _)| own == title).map_or(&[], |(_, rows)| rows)
}

/// Returns the only part whose heading begins so; its rows, none where there is no such part.
fn beginning<'t>(tables: &'t [(String, Vec<Vec<String>>)], title: &str) -> (&'t str, &'t [Vec<String>]) {
    let mut own = tables.iter().filter(|(own, _)| own.starts_with(title));
    let found = own.next().map_or(("", &[][..]), |(title, rows)| (&**title, &**rows));
    assert!(own.next().is_none(), "`{title}` begins two headings");
    found
}

#[test]
fn every_country_has_its_partnerships_once_and_the_suspended_are_told_apart() {
    let tables = tables(&report(&["countries", "--lang", "sv", "--format", "markdown"]));
    let (overview, rest) = tables.split_first().unwrap();
    let (sources, countries) = rest.split_last().unwrap();
    assert_eq!((&*overview.0, &*sources.0), ("Översikt", "Källor"));
    assert_eq!(overview.1.len(), countries.len());
    for (line, (title, rows)) in overview.1.iter().zip(countries) {
        assert!(title.starts_with(&format!("{}: ", line[0])), "{title} stands where {} should", line[0]);
        assert_eq!(rows.len(), number(&line[3]), "{title}");
        let suspended = rows.iter().filter(|row| row[3] == "avbruten").count();
        assert_eq!(suspended, number(&line[2]), "{title}");
    }
    // The pairs of two home countries, Finland and Åland, stand under both.
    let is_home = |id: &str| id.starts_with("fi-") || id.starts_with("ax-");
    let in_force = shipped().into_iter().filter(|[.., status]| status != "historic");
    let times = |[a, b, _]: [String; 3]| if is_home(&a) == is_home(&b) && a[..2] != b[..2] { 2 } else { 1 };
    let lines: usize = countries.iter().map(|(_, rows)| rows.len()).sum();
    assert_eq!(lines, in_force.map(times).sum::<usize>());
    let names: Vec<&str> = overview.1.iter().map(|line| &*line[0]).collect();
    assert!(names.ends_with(&["Åland", "Österrike"]), "å and ö come last: {names:?}");
    let russia = &countries.iter().find(|(title, _)| title.starts_with("Ryssland")).unwrap().1;
    assert!(!russia.is_empty() && russia.iter().all(|row| row[3] == "avbruten"), "Russia is there, and suspended");
    assert_eq!(names.iter().filter(|name| **name == "Kazakstan").count(), 1);
}

#[test]
fn a_filter_narrows_a_report_and_what_is_left_out_is_said() {
    let tables = tables(&report(&["countries", "--country", "NO", "--all", "--format", "markdown"]));
    let of_norway = shipped().into_iter().filter(|pair| pair[..2].iter().any(|id| id.starts_with("no-"))).count();
    assert_eq!(tables[1].1.len(), of_norway);
    let text = report(&["countries", "--country", "NO", "--format", "markdown"]);
    assert!(text.contains("\nNot shown: 2 historic.\n") && !text.contains("--all"), "{text}");
}

#[test]
fn what_is_suspended_or_ended_is_told_with_its_decision_or_that_none_is_recorded() {
    let tables = tables(&report(&["status", "--format", "markdown"]));
    let of = |wanted: &str| shipped().into_iter().filter(|[.., status]| status == wanted).count();
    let [by_country, by_year, suspended, ended, _sources] = &tables[..] else { panic!("five tables are wanted") };
    for (title, lines) in [by_country, by_year] {
        let sum = |column: usize| lines.iter().map(|line| number(&line[column])).sum::<usize>();
        assert_eq!([sum(1), sum(2)], [of("suspended"), of("historic")], "{title}");
    }
    for ((title, rows), name) in [(suspended, "Suspended"), (ended, "Ended")] {
        let without = rows.iter().filter(|row| row[6] == "no decision recorded").count();
        assert_eq!(*title, format!("{name}: {}; {without} without a recorded decision", rows.len()));
    }
    let kouvola = |row: &&Vec<String>| row[0] == "Kouvola" && row[1] == "Vologda";
    let row = suspended.1.iter().find(kouvola).unwrap();
    assert_eq!(row[2..6], ["Russia", "twin", "2022", "Kouvola"]);
}

#[test]
fn the_decision_of_the_last_turn_is_told_by_the_name_of_who_took_it() {
    let desk = Desk::new();
    desk.twin(&["init", "."]);
    let on = |words: &[&str]| assert_eq!(desk.twin(words).exit, 0, "{words:?}");
    on(&["suspend", "Kuopio", "Bodø", "--on", "2020-05-04", "--by", "a", "--body", "first"]);
    on(&["resume", "Kuopio", "Bodø", "--on", "2021-05-04"]);
    on(&["suspend", "Kuopio", "Bodø", "--on", "2022-05-04", "--by", "b", "--body", "Bystyret", "--reference", "§ 12"]);
    let run = desk.twin(&["report", "status", "--country", "NO", "--status", "suspended", "--format", "markdown"]);
    let row = "| Kuopio | Bodø | Norway | twin | 2022-05-04 | Bodø | Bystyret, § 12 |";
    assert!(run.stdout.contains(row), "{}", run.stdout);
    assert!(run.stdout.contains("## Suspended: 1; 0 without a recorded decision"), "{}", run.stdout);
}

#[test]
fn coverage_counts_each_municipality_once_and_agrees_with_the_statistics() {
    let tables = tables(&report(&["coverage", "--format", "markdown"]));
    let sum = |column: usize| tables[0].1.iter().map(|line| number(&line[column])).sum::<usize>();
    let [all, with] = [sum(1), sum(2)];
    assert_eq!(tables[1].1.len(), all - with, "those without a partner are listed");
    let stats = Desk::new().twin(&["stats"]).stderr;
    assert!(stats.contains(&format!("Coverage: {with} of {all} municipalities")), "{stats}");
    for line in &tables[0].1 {
        let share = number(&line[2]) as f64 * 100.0 / number(&line[1]) as f64;
        assert!((share - number(&line[3]) as f64).abs() <= 0.5, "{line:?}");
    }
}

#[test]
fn the_timeline_has_every_start_suspension_and_end_by_decade_and_by_year() {
    let tables = tables(&report(&["timeline", "--format", "markdown"]));
    let shipped = shipped();
    let of = |wanted: &str| shipped.iter().filter(|[.., status]| status == wanted).count();
    for (title, lines) in &tables[..2] {
        let sum = |column: usize| lines.iter().map(|line| number(&line[column])).sum::<usize>();
        assert_eq!([sum(1), sum(2), sum(3)], [shipped.len(), of("suspended"), of("historic")], "{title}");
    }
    let sum_of = |decade: &str, column: usize| {
        let years = tables[1].1.iter().filter(|line| line[0].len() == 4 && line[0][..3] == decade[..3]);
        years.map(|line| number(&line[column])).sum::<usize>()
    };
    for line in tables[0].1.iter().filter(|line| line[0].len() > 4 && line[0].starts_with(['1', '2'])) {
        // A decade may be known of what has no year.
        assert!((1..4).all(|column| number(&line[column]) >= sum_of(&line[0], column)), "{line:?}");
    }
}

#[test]
fn a_report_as_of_a_day_tells_the_turn_of_that_day_and_no_later_one() {
    let desk = Desk::new();
    desk.twin(&["init", "."]);
    for words in [
        &["suspend", "Kuopio", "Bodø", "--on", "2020-05-04", "--body", "first"][..],
        &["resume", "Kuopio", "Bodø", "--on", "2021-05-04"],
        &["suspend", "Kuopio", "Bodø", "--on", "2022-05-04", "--body", "second"],
    ] {
        assert_eq!(desk.twin(words).exit, 0, "{words:?}");
    }
    let of = |name: &str| {
        let run = desk.twin(&["report", name, "--place", "Kuopio", "--as-of", "2020-12-31", "--format", "markdown"]);
        assert_eq!(run.exit, 0, "{}", run.stderr);
        tables(&run.stdout)
    };
    let status = of("status");
    let suspended = &status.iter().find(|(title, _)| title.starts_with("Suspended: 1")).unwrap().1;
    assert_eq!([&suspended[0][1], &suspended[0][4], &suspended[0][6]], ["Bodø", "2020-05-04", "first"]);
    let years = &of("timeline").into_iter().find(|(title, _)| title == "By year").unwrap().1;
    let suspensions = |year: &str| years.iter().find(|line| line[0] == year).map(|line| number(&line[2]));
    assert_eq!([suspensions("2020"), suspensions("2022")], [Some(1), None]);
}
