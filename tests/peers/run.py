#!/usr/bin/env python3
"""Asks real peers whether they read what twin ships and writes: frictionless validates it, DuckDB counts its rows, Git
shows what an edit has changed, a full disk refuses one.

  run.py TWIN    (with the packages of requirements.txt; .ci/run calls it)
"""
import json, os, pty, re, subprocess, sys, tempfile

import duckdb

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


with tempfile.TemporaryDirectory() as folder:
    try:
        for part in (main, edited, asked, full):
            part(os.path.abspath(sys.argv[1]), folder)
    except OSError as error:
        check("every file is there", False, error)
print(f"{results[True]} passed, {results[False]} failed")
sys.exit(1 if results[False] else 0)
