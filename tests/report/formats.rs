//! What all reports have alike: what they say of their data, their formats, and the options that they refuse.

use super::harness::Desk;
use super::{report, small};

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
