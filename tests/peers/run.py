#!/usr/bin/env python3
"""Asks real peers whether they read what twin ships and writes: frictionless validates it, DuckDB counts its rows.

  run.py TWIN    (with the packages of requirements.txt; .ci/run calls it)
"""
import json, os, re, subprocess, sys, tempfile

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


with tempfile.TemporaryDirectory() as folder:
    try:
        main(os.path.abspath(sys.argv[1]), folder)
    except OSError as error:
        check("every file is there", False, error)
print(f"{results[True]} passed, {results[False]} failed")
sys.exit(1 if results[False] else 0)
