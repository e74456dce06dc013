//! Reports: what they count, held against the tables; their formats; what they leave to nobody's guess.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod harness;
#[path = "report/networks.rs"]
mod networks;
#[path = "report/review.rs"]
mod review;

use harness::{Desk, Record, records};

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
fn a_city_has_its_partners_networks_and_statements_and_nobody_to_ask() {
    let desk = Desk::new();
    desk.twin(&["init", "."]);
    let add = ["contact", "add", "Kuopio", "--role", "Clerk of twinning", "--email", "clerk@example.org"];
    assert_eq!(desk.twin(&add).exit, 0);
    let text = desk.twin(&["report", "municipality", "Kuopio", "--format", "markdown"]).stdout;
    assert!(!text.contains("Clerk of twinning") && !text.contains("clerk@example.org"), "contacts are in no report");
    let tables = tables(&text);
    let part = |title: &str| &tables.iter().find(|(own, _)| own == title).unwrap_or_else(|| panic!("no {title}")).1;
    let own = shipped().into_iter().filter(|pair| pair[..2].contains(&"fi-kuopio".to_owned())).count();
    assert_eq!(part("Kuopio: Partners").len(), own);
    assert!(part("Kuopio (Finland)").contains(&vec!["national code".into(), "297".into()]));
    assert!(part("Kuopio: Networks and offices").iter().any(|row| row[1] == "chain"));
    assert!(part("Kuopio: Stated by itself").iter().any(|row| row[1] == "15" && row[2] == own.to_string()));

    let both = desk.twin(&["report", "municipality", "Kuopio", "Helsinki", "--format", "markdown"]).stdout;
    assert!(both.contains("## Kuopio: Partners") && both.contains("## Helsinki: Partners"));
    for args in [&["report", "municipality"][..], &["report", "countries", "Kuopio"]] {
        assert_eq!(desk.twin(args).exit, 2, "{args:?}");
    }
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
fn each_report_says_in_each_language_what_was_counted_and_where_it_comes_from() {
    for (lang, newest, licence) in [
        ("en", "newest information: 20", "licence: "),
        ("fi", "uusin tieto: 20", "lisenssi: "),
        ("sv", "senaste uppgift: 20", "licens: "),
    ] {
        for name in ["countries", "coverage", "map", "networks", "review", "status", "timeline"] {
            let text = report(&[name, "--lang", lang]);
            assert!(text.contains(newest) && text.contains(licence), "{name}, {lang}");
            assert!(text.contains("Creative Commons Attribution-ShareAlike 4.0"), "{name}, {lang}");
            let page = report(&[name, "--lang", lang, "--format", "html"]);
            assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\">")), "{name}, {lang}");
            assert_eq!(page, report(&[name, "--lang", lang, "--format", "html"]), "twice the same bytes");
        }
    }
}

#[test]
fn a_page_asks_for_nothing_and_no_value_is_markup() {
    let municipality = "fi-script,\"<script>alert(\"\"1\"\")</script>\",FI,municipality,,,,,,,,,,,,,,,,,\n";
    let mut desk = Desk::new();
    desk.twin(&["init", "."]);
    for (name, row) in [
        ("municipalities.csv", municipality),
        ("partnerships.csv", "fi-script,se-jonkoping,twin,suspended,,,,,javascript-source,,\n"),
        ("members.csv", "espoo-ring,fi-script,<script>,,,,\n"),
        ("sources.csv", "javascript-source,A & B,x,other,https://example.org/?a=1&b=\"\"2,,,\n"),
    ] {
        let table = desk.read(name) + row;
        desk = desk.with(name, table);
    }
    for name in ["countries", "map", "networks", "review", "status"] {
        let page = desk.twin(&["report", name, "--format", "html"]).stdout;
        assert_eq!(page.matches("<script").count(), 1, "the page's own alone");
        assert!(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"), "{name}");
        for asking in [" src=", "url(", "@import", "<link", "<iframe", " onclick=", " onload=", " onerror="] {
            assert!(!page.contains(asking), "{name}: {asking}");
        }
    }
}

#[test]
fn formats_follow_the_files_name_and_what_there_is_none_of_is_refused() {
    let desk = Desk::new();
    for (file, begins) in [("a.html", "<!DOCTYPE html>"), ("a.md", "# "), ("a.txt", "Municipal")] {
        assert_eq!(desk.twin(&["report", "countries", "-o", file]).exit, 0);
        assert!(desk.read(file).starts_with(begins), "{file}");
    }
    assert_eq!(desk.twin(&["report", "countries", "-o", "a.xlsx"]).exit, 0);
    for (args, exit, told) in [
        (&["report", "countries", "-o", "a.csv"][..], 2, "error: a report has no format `csv`"),
        (&["report", "nothing"][..], 2, "invalid value 'nothing'"),
        (&["report", "countries", "--country", "Japa"][..], 4, "Japa"),
        (&["report", "countries", "-o", "no/such/folder.html"][..], 7, "error: "),
    ] {
        let run = desk.twin(args);
        assert_eq!((run.exit, run.stdout.is_empty()), (exit, true), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(told), "{args:?}: {}", run.stderr);
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

/// Returns the rows of the part of that heading, none where there is no such part.
fn part<'t>(tables: &'t [(String, Vec<Vec<String>>)], title: &str) -> &'t [Vec<String>] {
    tables.iter().find(|(own, _)| own == title).map_or(&[], |(_, rows)| rows)
}

/// Tells of a partnership with a partner of that id whether a filter means it.
type IsMeant<'a> = &'a dyn Fn(&Record, &str) -> bool;

#[test]
fn the_partners_of_a_city_are_those_that_the_filters_select() {
    let pairs = records("partnerships");
    let of = |id: &str, is_meant: IsMeant<'_>| {
        let partner = |row: &Record| match [&*row["a"], &*row["b"]] {
            [a, b] if a == id => Some(b.to_owned()),
            [a, b] if b == id => Some(a.to_owned()),
            _ => None,
        };
        pairs.iter().filter(|row| partner(row).is_some_and(|other| is_meant(row, &other))).count()
    };
    let places = [("Turku", "fi-turku"), ("Oulu", "fi-oulu")];
    let is_norway = |_: &Record, other: &str| other.starts_with("no-");
    let is_twin = |row: &Record, _: &str| row["kind"] == "twin";
    let is_suspended = |row: &Record, _: &str| row["status"] == "suspended";
    let checks: [(&[&str], IsMeant<'_>); 4] = [
        (&[], &|_, _| true),
        (&["--country", "NO"], &is_norway),
        (&["--kind", "twin"], &is_twin),
        (&["--status", "suspended"], &is_suspended),
    ];
    for (filter, is_meant) in checks {
        let args = [&["municipality", "Turku", "Oulu", "--format", "markdown"], filter].concat();
        let tables = tables(&report(&args));
        for (name, id) in places {
            assert_eq!(part(&tables, &format!("{name}: Partners")).len(), of(id, is_meant), "{name} {filter:?}");
        }
    }
    for (_, is_meant) in &checks[1..] {
        assert!((1..of("fi-turku", &|_, _| true)).contains(&of("fi-turku", is_meant)), "each filter narrows");
    }
    // What `show` tells is what the report tells without a filter.
    let shown = Desk::new().done(&["show", "Turku", "--format", "markdown"]).stdout;
    let told = report(&["municipality", "Turku", "--format", "markdown"]);
    let partners = |text: &str, heading: &str| part(&tables(text), heading).to_vec();
    assert_eq!(partners(&shown, "Partners"), partners(&told, "Turku: Partners"));
}

#[test]
fn each_of_two_partners_has_the_other_in_its_table() {
    let registry =
        small().with("r/partnerships.csv", PARTNERSHIPS.to_owned() + "fi-kuopio,fi-lahti,twin,active,,,,,s,,\n");
    let run = registry.done(&["--registry", "r", "report", "municipality", "Kuopio", "Lahti", "--format", "markdown"]);
    let tables = tables(&run.stdout);
    for (own, other) in [("Kuopio", "Lahti"), ("Lahti", "Kuopio")] {
        let partners: Vec<&str> = part(&tables, &format!("{own}: Partners")).iter().map(|row| &*row[1]).collect();
        assert!(partners.contains(&other) && !partners.contains(&own), "{own}: {partners:?}");
    }
}

#[test]
fn what_single_sources_claim_of_a_city_is_told_with_who_says_so_and_who_denies_it() {
    let recorded: Vec<[String; 2]> =
        records("partnerships").iter().map(|row| [&row["a"], &row["b"]].map(Clone::clone)).collect();
    let sources = records("sources");
    let ranks = |id: &str| sources.iter().find(|row| row["id"] == id).map_or("", |row| &*row["rank"]);
    let claims = records("claims");
    for (name, id) in [("Helsinki", "fi-helsinki"), ("Turku", "fi-turku"), ("Huittinen", "fi-huittinen")] {
        let text = report(&["municipality", name, "--format", "markdown"]);
        let tables = tables(&text);
        let rows = part(&tables, &format!("{name}: Unconfirmed"));
        let pair = |row: &Record| [&row["a"], &row["b"]].map(Clone::clone);
        let own = |value: &'static str| {
            let about = claims.iter().filter(move |row| row["field"] == "exists" && row["value"] == value);
            about.filter(|row| pair(row).contains(&id.to_owned()) && !recorded.contains(&pair(row)))
        };
        let denied: Vec<_> = own("no").filter(|row| ranks(&row["source"]) == "official").map(pair).collect();
        let wanted = own("yes").filter(|row| denied.contains(&pair(row))).count();
        assert!(!rows.is_empty() && rows.len() == own("yes").count(), "{name}: {rows:?}");
        assert_eq!(rows.iter().filter(|row| row[4] == "yes").count(), wanted, "{name}: {rows:?}");
        let mut seen: Vec<&str> = own("yes").map(|row| &*row["seen_on"]).collect();
        let mut told: Vec<&str> = rows.iter().map(|row| &*row[3]).collect();
        seen.sort_unstable();
        told.sort_unstable();
        assert_eq!(seen, told, "{name}");
        assert!(!text.contains("twin claims"), "a published report names no command");
        let titles: Vec<String> = part(&tables, "Sources").iter().map(|row| row[0].replace('\\', "")).collect();
        let official = own("no").filter(|row| ranks(&row["source"]) == "official");
        for claim in own("yes").chain(official) {
            let source = sources.iter().find(|row| row["id"] == claim["source"]).unwrap();
            assert!(titles.contains(&source["title"]), "{name}: {} is among the sources", source["title"]);
        }
    }
    let helsinki = tables(&report(&["municipality", "Helsinki", "--lang", "fi", "--format", "markdown"]));
    let rows = part(&helsinki, "Helsinki: Vahvistamattomat");
    assert!(rows.iter().any(|row| row[4] == "kyllä"), "{rows:?}");
    let without = small().done(&["--registry", "r", "report", "municipality", "Kuopio"]).stdout;
    assert!(!without.contains("nconfirmed"), "only where there are any: {without}");
    let narrowed = report(&["municipality", "Helsinki", "--kind", "partner"]);
    assert!(!narrowed.contains("nconfirmed"), "a claim has no kind");
}

/// Returns the only part whose heading begins so; its rows, none where there is no such part.
fn beginning<'t>(tables: &'t [(String, Vec<Vec<String>>)], title: &str) -> (&'t str, &'t [Vec<String>]) {
    let mut own = tables.iter().filter(|(own, _)| own.starts_with(title));
    let found = own.next().map_or(("", &[][..]), |(title, rows)| (&**title, &**rows));
    assert!(own.next().is_none(), "`{title}` begins two headings");
    found
}

#[test]
fn options_that_say_nothing_in_a_report_are_refused() {
    let desk = Desk::new();
    let refused = |args: &[&str], told: &str, hint: &str| {
        let run = desk.twin(&[&["report"], args].concat());
        assert_eq!((run.exit, run.stdout.is_empty()), (2, true), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(told) && run.stderr.contains(hint), "{args:?}: {}", run.stderr);
    };
    for filter in [
        "--kind twin",
        "--status active",
        "--all",
        "--theme sport",
        "--type region",
        "--started-before 2000",
        "--started-after 2000",
        "--ended-before 2000",
        "--ended-after 2000",
        "--unverified",
        "--source turku-fi",
        "--maybe",
    ] {
        let words: Vec<&str> = filter.split(' ').collect();
        let told = format!("error: `{}` is about partnerships, and says nothing of networks\n", words[0]);
        refused(&[&["networks"], &words[..]].concat(), &told, "hint: twin report networks");
    }
    for option in ["--within", "--stale"] {
        for name in ["countries", "coverage", "networks", "status", "timeline", "municipality"] {
            let places: &[&str] = if name == "municipality" { &["Kuopio"] } else { &[] };
            let told = format!("error: `{option}` is of a report of what is to be looked at again");
            refused(&[&[name, option, "1y"], places].concat(), &told, &format!("hint: twin report review {option} 1y"));
        }
    }
    refused(&["review", "--as-of", "2020"], "is about today, and takes no `--as-of`", "hint: twin report review");
    for option in ["--all", "--ended-before 2000", "--ended-after 2000", "--status historic"] {
        let words: Vec<&str> = option.split(' ').collect();
        refused(&[&["review"], &words[..]].concat(), "about what is in force", "hint: twin report review");
    }
    for time in ["18min", "1h", "-1y", "1y ago", "1.5y", "soon", "", "99999"] {
        for option in ["--within", "--stale"] {
            refused(&["review", &format!("{option}={time}")], "a number of years", "");
        }
    }
    for name in ["networks", "review"] {
        refused(&[name, "Kuopio"], "the others take `--place`", "hint: ");
    }
}

#[test]
fn sheets_of_one_name_are_told_apart_in_time_that_grows_with_their_number() {
    let networks: String =
        (0..3_000).map(|nth| format!("n{nth},One name of all the networks number {nth},network\n")).collect();
    let desk = small().with("r/networks.csv", format!("id,name,type\n{networks}"));
    let members: String = (0..3_000).map(|nth| format!("n{nth},fi-kuopio\n")).collect();
    let desk = desk.with("r/members.csv", format!("network,municipality\n{members}"));
    desk.done(&["--registry", "r", "report", "networks", "-o", "n.xlsx"]);
    let book: calamine::Xlsx<_> = calamine::open_workbook(desk.path("n.xlsx")).unwrap();
    let names: std::collections::BTreeSet<String> =
        calamine::Reader::sheet_names(&book).into_iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(names.len(), 3_002);
    assert!(names.iter().all(|name| name.chars().count() <= 31), "{names:?}");
}
