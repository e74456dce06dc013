//! How the partnerships of dissolved municipalities are decided, and what is refused.

use super::*;

#[test]
fn what_is_ended_says_so_and_what_nobody_decided_says_nothing() {
    let desk = made_up();
    let (rows, _) =
        effect(&desk, "place merge Aa --into Eel --on 2020 --end raab --undecided fi-aa~no-bo --body Council");
    let rows: Vec<&str> = rows.iter().map(String::as_str).filter(|row| !row.starts_with("mu")).collect();
    assert_eq!(
        rows,
        [
            "events +fi-aa,hu-gyor,2020,ended,,Council",
            "mergers +2020,merge,fi-aa,fi-eel",
            "partnerships -fi-aa,hu-gyor,twin,active,1990-05,,1990/..,youth;art,s1,2020,Made at a fair.",
            "partnerships -fi-aa,no-bo,friendship,suspended,1972",
            "partnerships +fi-aa,hu-gyor,twin,historic,1990-05,2020,1990/..,youth;art,s1,2020,Made at a fair.",
            "partnerships +fi-aa,no-bo,friendship,historic,1972",
        ]
    );
}

#[test]
fn what_is_not_decided_once_or_cannot_be_is_refused() {
    let (merge, split) = ("place merge Aa --into Eel --on 2020", "place merge Aa --into Dee --into Eel --on 2020");
    let c = |command: &str| command.to_owned();
    let commands: Vec<(String, i32, &str, &str)> = vec![
        (
            c(merge),
            6,
            "not decided: Aa – Győr, Aa – Bø; nothing was written",
            "twin place merge Aa --into Eel --on 2020 --carry all, or name partners after --end and --undecided",
        ),
        (
            format!("{merge} --end Győr"),
            6,
            "not decided: Aa – Bø; nothing was written",
            "twin place merge Aa --into Eel --on 2020 --end Győr --carry all, or name partners after --end and --undecided",
        ),
        (
            c(split),
            6,
            "not decided: Aa – Győr, Aa – Bø; nothing was written",
            "twin place merge Aa --into Dee --into Eel --on 2020 --carry \"all=Dee\", or name partners after --end and --undecided",
        ),
        (
            c("place dissolve Aa --on 2020"),
            6,
            "not decided: Aa – Győr, Aa – Bø; nothing was written",
            "twin place dissolve Aa --on 2020 --end all, or name partners after --undecided",
        ),
        (
            format!("{split} --carry Győr"),
            2,
            "`--carry Győr` does not say where it goes",
            "twin place merge Aa --into Dee --into Eel --on 2020 --carry \"Győr=Dee\"",
        ),
        (
            format!("{split} --carry all"),
            2,
            "`--carry all` does not say where it goes",
            "twin place merge Aa --into Dee --into Eel --on 2020 --carry \"all=Dee\"",
        ),
        (format!("{split} --carry Győr=Bee"), 2, "`Bee` is not what they are merged into; that is Dee, Eel", ""),
        (format!("{merge} --carry Győr --end Raab"), 2, "Aa – Győr is decided twice", ""),
        (format!("{split} --carry Győr=Eel --carry Győr=Dee"), 2, "Aa – Győr is decided twice", ""),
        (format!("{merge} --carry all --end all"), 2, "`--carry all` and `--end all` both mean all the rest", ""),
        (format!("{merge} --end Volga"), 2, "`Volga` has no partnership in force with Aa", "twin list Aa"),
        (format!("{merge} --end Troy"), 2, "`Troy` has no partnership in force with Aa", "twin list Aa"),
        (
            format!("{merge} --end all=Eel"),
            4,
            "no municipality is called `all=Eel`",
            "twin stats --by municipality --all",
        ),
        (format!("{merge} --end Bee~Győr"), 2, "neither `Bee` nor `Győr` is dissolved here", ""),
        (
            format!("{merge} --end Gyir"),
            4,
            "no municipality is called `Gyir`",
            "did you mean Győr (Hungary)? twin place merge Aa --into Eel --on 2020 --end Győr",
        ),
        (
            format!("{merge} --carry Gyir=Eel"),
            4,
            "no municipality is called `Gyir`",
            "twin place merge Aa --into Eel --on 2020 --carry \"hu-gyor=Eel\"",
        ),
        (
            c("place merge Eel --into Dee --on 2020 --carry all"),
            6,
            "Eel – Dee cannot be carried over: both sides become Dee; nothing was written",
            "--end Eel~Dee ends it; --undecided Eel~Dee leaves it open",
        ),
        (
            c("place merge Eel Dee --into Cee --on 2020 --carry Eel"),
            6,
            "Dee – Eel cannot be carried over: both sides become Cee; nothing was written",
            "--end Dee~Eel ends it; --undecided Dee~Eel leaves it open",
        ),
        (
            c("place merge Eel Dee --into Cee --into Bee --on 2020 --carry Eel=Bee"),
            6,
            "Dee – Eel cannot be carried over: both sides are dissolved; nothing was written",
            "--end Dee~Eel ends it; --undecided Dee~Eel leaves it open",
        ),
        (
            c("place merge Bee --into Dee --on 2020 --carry all"),
            6,
            "Bee – Győr cannot be carried over: Dee and Győr had a partnership that has ended; nothing was written",
            "--end Bee~Győr ends it; --undecided Bee~Győr leaves it open",
        ),
        (
            c("place merge Aa --into Aa --on 2020"),
            2,
            "Aa into itself alone is no merger",
            "--into names another place, the successor",
        ),
        (c("place merge Old --into Aa --on 2020"), 5, "Old was dissolved already, 2001", "twin show Old"),
        (c("place merge Bee --into Old --on 2020 --end all"), 5, "Old was dissolved already, 2001", "twin show Old"),
        (c("place dissolve Old --on 2020"), 5, "Old was dissolved already, 2001", "twin show Old"),
        (
            c("place merge Aa --into Eel --on 2026-03-02 --end all"),
            6,
            "`2026-03-02` lies in the future; nothing was written",
            "",
        ),
        (
            c("place merge Aa --into Eal --on 2020"),
            4,
            "no municipality is called `Eal`",
            "did you mean Eel (Finland)? twin place merge Aa --into Eel --on 2020",
        ),
    ];
    let commands: Vec<_> =
        commands.iter().map(|(command, exit, message, hint)| (&**command, *exit, *message, *hint)).collect();
    refused(&made_up(), &commands);
}

#[test]
fn a_partner_is_looked_for_among_those_at_hand_first() {
    let desk = made_up();
    // There are two Bø in Norway; one is a partner.
    done(&desk, &["place", "merge", "Cee", "--into", "Eel", "--on", "2020", "--carry", "bø", "--yes"]);
    assert!(desk.read("r/partnerships.csv").contains("fi-eel,no-bo,twin,active,1999"));
    done(&desk, &["add", "Eel", "no-bo-nordland", "--kind", "twin"]);
    let merge = "place merge Eel --into Dee --on 2021 --end Dee";
    refused(
        &desk,
        &[(
            &format!("{merge} --carry bo"),
            4,
            "`bo` may be Bø (Telemark, Norway), no-bo or Bø (Nordland, Norway), no-bo-nordland",
            "twin place merge Eel --into Dee --on 2021 --end Dee --carry no-bo",
        )],
    );
    let (rows, _) = effect(&desk, &format!("{merge} --carry no-bo no-bo-nordland"));
    assert!(rows.contains(&"partnerships +fi-dee,no-bo-nordland,twin,active".to_owned()), "{rows:?}");
}

#[test]
fn many_changes_want_a_yes_and_a_plan_can_be_thinned_out() {
    let desk = made_up();
    let merge = "place merge Aa --into Eel --on 2020 --carry all";
    let run_without = run(&desk, merge);
    assert_eq!(run_without.exit, 6, "{}", run_without.stderr);
    assert_eq!(run(&desk, &format!("{merge} --save-plan plan")).exit, 0);
    let plan = desk.read("plan");
    let lines: Vec<&str> = plan.lines().filter(|line| !line.contains("hu-gyor")).collect();
    assert_eq!(lines.len() + 1, plan.lines().count(), "a partnership and its successor's are one line: {plan}");
    let desk = desk.with("plan", lines.join("\n") + "\n");
    let before = tables(&desk);
    done(&desk, &["apply", "plan", "--yes"]);
    assert!(changed(&before, &tables(&desk)).iter().all(|row| !row.contains("hu-gyor")));
    // What is left open is in force still, and can be decided.
    assert!(desk.read("r/partnerships.csv").contains("fi-aa,hu-gyor,twin,active"));
}
