#!/usr/bin/env python3
"""Asks real peers whether they read what twin ships and writes: frictionless validates it, and refuses what twin check
refuses; DuckDB counts its rows, Git shows what an edit has changed, a full disk refuses one. Lists come in (lists.py), and
exports and reports go out (exports.py, pages.py). Then files that attack are measured.

  run.py TWIN    (with the packages of requirements.txt; .ci/run calls it)
"""
import collections, csv, json, os, pty, re, shutil, subprocess, sys, tempfile

import duckdb
import exports
import lists
import pages
import planted
import sarif_pydantic

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")
# The tables whose every row a command prints.
PRINTED_BY = {"partnerships": ["list", "--all"], "networks": ["networks"], "claims": ["claims"], "sources": ["sources"]}
results = {True: 0, False: 0}


def check(what, good, found=""):
    results[good] += 1
    print("ok    " if good else "FAILED", what, "" if good else found, flush=True)


def call(*command):
    """Runs a command; returns whether it succeeded, and what it printed or complained of."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TWIN_")}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment)
    return done.returncode == 0, done.stdout if done.returncode == 0 else done.stdout + done.stderr


def rows(path):
    """Returns how many rows DuckDB reads from a CSV file, or its complaint."""
    try:
        return len(duckdb.execute("FROM read_csv(?, header = true, all_varchar = true)", [path]).fetchall())
    except duckdb.Error as error:
        return str(error)


def same(what, *found):
    check(what, isinstance(found[0], int) and len(set(found)) == 1, found)


def files(folder):
    """Returns the tables of a registry and its description, as bytes by name."""
    named = [name for name in sorted(os.listdir(folder)) if re.search(r"\.(csv|jsonl)$|^datapackage\.json$", name)]
    return {name: open(os.path.join(folder, name), "rb").read() for name in named}


def validate(folder, what):
    good, found = call(sys.executable, "-m", "frictionless", "validate", os.path.join(folder, "datapackage.json"))
    check(f"frictionless finds {what} valid", good, found)


def main(twin, work):
    form, back = os.path.join(work, "registry.json"), os.path.join(work, "back")
    validate(DATA, "data/")
    for what, *paths in [("data/ becomes JSON", DATA, form), ("the JSON becomes a folder", form, back)]:
        check(what, *call(twin, "convert", *paths))
    validate(back, "the folder converted back")
    shipped, returned = files(DATA), files(back)
    for name in sorted(shipped.keys() | returned.keys()):
        check(f"{name} came back byte for byte", shipped.get(name) == returned.get(name))

    tables = json.load(open(form, encoding="utf-8"))
    for table in sorted(name[:-4] for name in shipped if name.endswith(".csv")):
        counts = [rows(os.path.join(folder, table + ".csv")) for folder in (DATA, back)]
        same(f"DuckDB and the JSON count the same {table}", *counts, len(tables.get(table, [])))
        if table in PRINTED_BY:
            printed = os.path.join(work, table + ".csv")
            words = PRINTED_BY[table]
            good, found = call(twin, "--registry", DATA, *words, "--format", "csv", "-o", printed)
            same(f"twin {' '.join(words)} prints as many", rows(printed) if good else found, counts[0])


# A registry whose owner describes one table, as a spreadsheet saved it, and adds what twin does not know.
OWN = {
    "twinning": {"format": 1, "home": ["SE"]},
    "licenses": [{"name": "CC0-1.0"}],
    "resources": [{
        "name": "partnerships", "title": "Vänorter", "path": "partnerships.csv", "encoding": "windows-1252", "bytes": 1,
        "dialect": {"delimiter": ";"}, "schema": {"fields": [
            {"name": "b", "title": "Vänort", "constraints": {"minLength": 4}}, {"name": "a"}, {"name": "kind"},
            {"name": "status"}, {"name": "mayor", "type": "string", "title": "Borgmästare"}]},
    }],
}
PARTNERSHIPS = "b;a;kind;status;mayor\r\nfi-kuopio;se-jonkoping;twin;active;Åsa\r\n"


def described(twin, work):
    """Makes registries of every origin, and shows each to frictionless."""
    for what, *words in [("a copy", "copy"), ("an empty registry", "empty", "--empty", "--home", "SE")]:
        registry = os.path.join(work, words[0])
        check(f"{what} is made", *call(twin, "init", registry, *words[1:]))
        validate(registry, what)
    empty = json.load(open(os.path.join(work, "empty", "datapackage.json"), encoding="utf-8"))
    check("an empty registry has no licence", "licenses" not in empty, empty.get("licenses"))

    registry = os.path.join(work, "own")
    os.mkdir(registry)
    for name in ("countries.csv", "municipalities.csv"):
        with open(os.path.join(registry, name), "wb") as file:
            file.write(files(DATA)[name])
    with open(os.path.join(registry, "partnerships.csv"), "w", encoding="cp1252", newline="") as file:
        file.write(PARTNERSHIPS)
    with open(os.path.join(registry, "datapackage.json"), "w", encoding="utf-8") as file:
        json.dump(OWN, file)
    bare = os.path.join(work, "bare")
    shutil.copytree(DATA, bare, ignore=lambda _, names: {name for name in names if not name.endswith(".csv")})
    os.remove(os.path.join(bare, "networks.csv"))
    for what, *words in [("one without a package, converted", "convert", bare, os.path.join(work, "packed")),
                         ("one of an owner, converted", "convert", registry, os.path.join(work, "converted")),
                         ("one of an owner, edited", "--registry", registry, "suspend", "Kuopio", "Jönköping", "--on", "2022")]:
        check(f"twin makes {what}", *call(twin, *words))
        validate(words[1] if words[0] == "--registry" else words[2], what)
    for name in ("converted", "own"):
        package = json.load(open(os.path.join(work, name, "datapackage.json"), encoding="utf-8"))
        own = package["resources"][0]
        kept = (package["licenses"], own["title"], own["schema"]["fields"][1]["title"], own["schema"]["fields"][-1]["title"])
        check(f"{name}: what the owner says is kept",
              kept == ([{"name": "CC0-1.0"}], "Vänorter", "Vänort", "Borgmästare"), kept)


def compared(twin, _):
    """Holds twin check against frictionless, and the table in the docs against what they say."""
    table, found = planted.compare(twin)
    for what, amiss in found:
        check(f"planted: {what}", not amiss, amiss)
    check("docs/frictionless.md has what they say", planted.shown()[1] == table, "planted.py TWIN --write writes it")


# Edits of every kind, on a copy of what is shipped.
EDITS = [
    ["suspend", "--country", "DE", "--on", "2022-03-01", "--yes", "--by", "a", "--cite", "https://example.org/decision"],
    ["add", "Kuopio", "Pskov", "--kind", "twin", "--start", "17.6.1967", "--cite", "kuopio-fi"],
    ["set", "Kuopio", "Bodø", "start=1949", "themes=youth;art", "note=a, b"],
    ["place", "add", "Hódmezővásárhely", "--country", "HU", "--wikidata", "Q1"],
    ["network", "join", "eurocities", "Kuopio", "--since", "2026"],
    ["contact", "add", "Oulu", "--role", "Clerk", "--email", "kirjaamo@example.org"],
    ["place", "merge", "Leppävirta", "--into", "Varkaus", "--on", "2026-01-01", "--carry", "all", "--yes"],
]


def checked(twin, work):
    """`twin check` finds what a generator has planted, no less and no more, and its log is SARIF."""
    folder = os.path.join(work, "defects")
    generator = os.path.join(DATA, "..", "benches", "gen.py")
    check("100 defects of each sort are planted", *call(sys.executable, generator, "--size", "world", "--defects", "100", folder))
    with open(os.path.join(folder, "partnerships.csv"), encoding="utf-8", newline="") as file:
        pairs = collections.Counter(tuple(sorted((row["a"], row["b"]))) for row in csv.DictReader(file))
    expected = {
        "dangling-reference": sum("zz-nowhere" in b for _, b in pairs),
        "self-pair": sum(count for (a, b), count in pairs.items() if a == b),
        "duplicate-pair": sum(count > 1 for (a, b), count in pairs.items() if a != b),
    }
    log = os.path.join(work, "twin.sarif")
    done = subprocess.run([twin, "check", "--registry", folder, "--format", "sarif", "-o", log], capture_output=True)
    check("errors end check with 1", done.returncode == 1, done.returncode)
    with open(log, encoding="utf-8") as file:
        results = sarif_pydantic.Sarif.model_validate_json(file.read()).runs[0].results
    found = collections.Counter(result.rule_id for result in results if result.level == sarif_pydantic.Level.ERROR)
    check("exactly the planted errors are found", found == expected, (found, expected))
    check("of each sort there are about a hundred", all(95 <= count <= 100 for count in expected.values()), expected)


def edited(twin, work):
    """Edits a registry under Git, and shows the result to Git and frictionless."""
    registry = os.path.join(work, "edited")
    git = ["git", "-C", registry, "-c", "user.name=x", "-c", "user.email=x@example.org"]
    check("a registry is made", *call(twin, "init", registry))
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "before"]):
        check(f"git {words[0]}", *call(*git, *words))
    before = files(registry)
    check("one partnership is edited", *call(twin, "--registry", registry, "suspend", "Kuopio", "Gera", "--on", "2022"))
    _, found = call(*git, "diff", "--numstat")
    check("git sees one changed line and one new one", found == "1\t0\tevents.csv\n1\t1\tpartnerships.csv\n", found)
    _, found = call(*git, "status", "--porcelain")
    lines = [" M events.csv", " M partnerships.csv", "?? journal.jsonl"]
    check("git sees the tables and the journal, not the room of the writers", found.splitlines() == lines, found)
    check("it is taken back", *call(twin, "--registry", registry, "undo"))
    _, found = call(*git, "diff", "--stat")
    check("git sees no difference any more", found == "", found)
    for words in EDITS:
        check(f"twin {' '.join(words[:2])} edits", *call(twin, "--registry", registry, *words))
    validate(registry, "the edited registry")
    for _ in EDITS:
        check("an edit is taken back", *call(twin, "--registry", registry, "undo", "--yes"))
    after = files(registry)
    journal = after.pop("journal.jsonl")
    check("the tables are byte for byte what they were", after == before)
    check("the journal has every operation", journal.count(b"\n") == 2 * (len(EDITS) + 1), journal.count(b"\n"))


def asked(twin, work):
    """Edits many partnerships at a terminal, where the count is asked for."""
    registry = os.path.join(work, "asked")
    check("a registry is made", *call(twin, "init", registry))
    before = files(registry)
    for typed, code in [("6", 6), ("5", 0)]:
        child, terminal = pty.fork()
        if child == 0:
            os.execv(twin, [twin, "--registry", registry, "suspend", "--country", "DE", "--region", "Pohjois-Savo",
                            "--on", "2022"])
        shown = b""
        while b"Type 5 to change 5: " not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, typed.encode() + b"\n")
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        found = os.waitstatus_to_exitcode(status)
        check(f"`{typed}` typed at a terminal ends with {code}", found == code, found)
        check(f"`{typed}` typed {'changes nothing' if code else 'changes the tables'}",
              ("journal.jsonl" in files(registry), files(registry) == before) == ((False, True) if code else (True, False)))


def full(twin, work):
    """Edits a registry on a disk that is full but for a few kilobytes."""
    disk = os.path.join(work, "disk")
    os.mkdir(disk)
    if os.geteuid() != 0:
        print("left out: a full disk wants root, who may mount one")
        return
    check("a small disk is mounted", *call("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk))
    try:
        registry = os.path.join(disk, "registry")
        check("a registry is made on it", *call(twin, "init", registry))
        with open(os.path.join(disk, "filler"), "wb") as filler:
            space = os.statvfs(disk)
            filler.write(bytes(space.f_bavail * space.f_frsize - 40_000))
        before = files(registry)
        done = subprocess.run([twin, "--registry", registry, "set", "Kuopio", "Bodø", "note=x"], capture_output=True,
                              text=True)
        told = f"error: {registry}/partnerships.csv could not be written: No space left on device (os error 28); nothing was changed\n"
        check("a full disk is told, exit code 7", (done.returncode, done.stderr) == (7, told), done)
        check("it changed nothing", files(registry) == before)
        left = sorted(os.listdir(os.path.join(registry, ".twin")))
        check("it left nothing behind", left == [".gitignore", "lock"], left)
        os.remove(os.path.join(disk, "filler"))
        check("with space it is written", *call(twin, "--registry", registry, "set", "Kuopio", "Bodø", "note=x"))
    finally:
        call("umount", disk)


# Small tables that are right.
SMALL = {
    "countries.csv": "code,name,continent\nFI,Finland,Europe\nNO,Norway,Europe\n",
    "municipalities.csv": "id,name,country,type\nfi-ii,Ii,FI,municipality\nno-bo,Bo,NO,municipality\n",
    "partnerships.csv": "a,b,kind,status\nfi-ii,no-bo,twin,active\n",
    "contacts.csv": "subject,role,name\nfi-ii,Clerk,N1\n",
}
PAIRS = "a,b,kind,status"
FORM = """{"twinning":{"format":1,"home":["FI"]},"countries":[],"municipalities":[],"partnerships":[%s]%s}"""


def rows_of(row, size):
    """Returns so many bytes of rows, each with a number of its own."""
    return "".join(row % number for number in range(size // len(row % 0)))


def line(size, undoes=""):
    """Returns so many bytes of operations."""
    line = ('{"id":"%012x","at":"2026-01-01T00:00:00Z","by":"c","command":"twin x","changes":[[{"table":"contacts",'
            '"new":{"subject":"fi-ii","role":"Clerk","name":"N%09d"}}]]' + undoes + "}\n")
    return "".join(line % (number, number) for number in range(size // 160))


# Files that attack, made of a size: what they are, what is asked, and one file of the folder, or the JSON form.
ATTACKS = [
    ("one line", ["list"], "partnerships.csv", lambda size: "x" * size),
    ("commas", ["list"], "partnerships.csv", lambda size: "," * size),
    ("quotes", ["list"], "partnerships.csv", lambda size: '"' * size),
    ("lines of a quote", ["list"], "partnerships.csv", lambda size: PAIRS + '\n"' * (size // 2)),
    ("blank lines", ["list"], "partnerships.csv", lambda size: PAIRS + "\n" * size),
    ("NULs", ["list"], "partnerships.csv", lambda size: PAIRS + "\n" + "\0" * size),
    ("two encodings", ["list"], "partnerships.csv", lambda size: PAIRS.encode() + "\nå".encode() + b"\xe5\n" * (size // 2)),
    ("columns", ["list"], "partnerships.csv", lambda size: PAIRS + ",c" * (size // 2) + "\n"),
    ("rows of one cell", ["list"], "partnerships.csv", lambda size: PAIRS + "\nx" * (size // 2)),
    ("a list", ["list"], "partnerships.csv",
     lambda size: PAIRS + ",themes\nfi-ii,no-bo,twin,active," + "a;" * (size // 2) + "\n"),
    ("letters to compose", ["list"], "partnerships.csv",
     lambda size: PAIRS + ",note\n" + rows_of("fi-ii,no-%07d,twin,active,a\u0308\n", size)),
    ("marks on one letter", ["list", "Nowhere"], "municipalities.csv",
     lambda size: "id,name,country,type\nfi-ii,a" + "\u0315\u0300\u05ae" * (size // 6) + ",FI,municipality\n"),
    ("one key", ["list"], "partnerships.csv", lambda size: PAIRS + "\na,b,twin,active" * (size // 16)),
    ("one hub", ["list", "fi-ii"], "partnerships.csv",
     lambda size: PAIRS + "\n" + rows_of("fi-ii,no-%07d,twin,active\n", size)),
    ("one long cell", ["sources"], "sources.csv",
     lambda size: "id,title,rank\n" + "x" * (size // 2) + ",T,other\n" + rows_of("s%07d,T,other\n", size // 2)),
    ("one name", ["list", "Same"], "municipalities.csv",
     lambda size: "id,name,country,type\n" + rows_of("no-%07d,Same,NO,municipality\n", size)),
    ("many totals", ["list", "fi-ii"], "declarations.csv",
     lambda size: "subject,kind,count,source\n" + rows_of("fi-ii,twin,1,s%07d\n", size)),
    ("a journal", ["log"], "journal.jsonl", line),
    ("a journal undone", ["undo", "--dry-run"], "journal.jsonl", lambda size: line(size, ',"undoes":"000000000001"')),
    ("a journal wiped", ["contact", "retire", "fi-ii", "Clerk", "--on", "2022"], "journal.jsonl", line),
    ("journal lines of nothing", ["log"], "journal.jsonl", lambda size: "{}\n" * (size // 3)),
    ("JSON of brackets", ["list"], "r.json", lambda size: '{"x":' + "[" * size),
    ("JSON of objects", ["list"], "r.json", lambda size: '{"x":' + '{"a":' * (size // 5)),
    ("JSON of one key", ["list"], "r.json", lambda size: '{"' + "x" * size + '":1}'),
    ("JSON of numbers", ["list"], "r.json", lambda size: FORM % ("", ',"x":[' + "1," * (size // 2) + "1]")),
    ("JSON of members", ["list"], "r.json", lambda size: FORM % ("", rows_of(',"m%07d":1', size))),
    ("JSON of sparse rows", ["list"], "r.json",
     lambda size: FORM % ("{" + ",".join('"m%d":""' % n for n in range(250)) + "}" + ",{}" * (size // 3), "")),
]
# Runs a command with its output in a file, and prints its exit code, the most memory it held, and its CPU time. The
# memory of who starts a process counts as its own, so this is started between.
MEASURE = """
import os, resource, sys
child = os.fork()
if child == 0:
    for stream in (1, 2):
        os.dup2(os.open("printed", os.O_WRONLY | os.O_CREAT), stream)
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    os.execv(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss * 1024, used.ru_utime + used.ru_stime)
"""
# In bytes: what the program takes for itself, and how many times more than its file a registry may.
LEAST, TIMES = 20_000_000, 10


def measured(twin, folder, words):
    """Returns the exit code of a command, the most memory it held, and its CPU time."""
    done = subprocess.run([sys.executable, "-S", "-c", MEASURE, twin, *words], cwd=folder, capture_output=True, text=True)
    return [float(part) for part in done.stdout.split()]


def listed(twin, work):
    for part in (lists.real, lists.ours, lists.survey):
        part(check, twin, work)
    lists.attacks(check, twin, work, measured)


def published(twin, work):
    pages.all_of(check, twin, work)


def exported(twin, work):
    exports.run(twin, work, check)


def attacked(twin, work):
    """Has registries read that attack: memory and time grow with the file and no faster."""
    for nth, (what, words, name, made) in enumerate(ATTACKS):
        folder = os.path.join(work, f"attack{nth}")
        os.mkdir(folder)
        times = []
        for size in (2_000_000, 4_000_000, 8_000_000):
            for file, content in {**({} if name == "r.json" else SMALL), name: made(size)}.items():
                with open(os.path.join(folder, file), "wb") as to:
                    to.write(content if isinstance(content, bytes) else content.encode())
            registry = os.path.join(folder, "r.json") if name == "r.json" else folder
            code, memory, time = measured(twin, folder, ["--registry", registry, *words])
            times.append(time)
        check(f"{what}: it ends as it should", code in (0, 2, 3, 4, 5), code)
        check(f"{what}: {memory / 1e6:.0f} MB for 8", memory <= LEAST + TIMES * size, memory)
        # Half a second of noise, and on a busy machine twice what it would be on an idle one; quadratic is sixteenfold.
        check(f"{what}: {times[2]:.2f} s, {times[0]:.2f} s for a fourth", times[2] <= 0.5 + 8 * times[0], times)


with tempfile.TemporaryDirectory() as folder:
    try:
        for part in (main, described, edited, asked, full, checked, compared, listed, exported, published, attacked):
            part(os.path.abspath(sys.argv[1]), folder)
    except OSError as error:
        check("every file is there", False, error)
print(f"{results[True]} passed, {results[False]} failed")
sys.exit(1 if results[False] else 0)
