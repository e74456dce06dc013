"""Foreign lists by those who make them: real ones, what LibreOffice saves, a survey that is answered there, and files that
attack whoever imports them. run.py calls it.
"""
import csv, io, json, os, random, re, subprocess, zipfile

import openpyxl, xlwt

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data")
MESSY = os.path.join(HERE, "..", "..", "..", "shared", "data", "messy")
OUTCOMES = ["new", "filled in", "same", "conflict", "doubtful", "rejected"]
# What the rows of real lists are to data/, in the order of OUTCOMES, and what is messy about them.
COUNTS = {
    "01-rgre-germany.csv": [127, 0, 1, 2, 65, 4],  # the country in an address, brackets, positions of whole countries
    "01b-rgre-cp1252-semicolon-crlf.csv": [0, 0, 0, 0, 97, 102],  # the country of the German side is nowhere said
    "01b-rgre-utf8bom-semicolon-crlf.csv": [0, 0, 0, 0, 97, 102],
    "01b-rgre-utf16le-bom-tab.txt": [0, 0, 0, 0, 97, 102],
    "05-wdqs-simple-json.json": [5, 0, 4, 0, 30, 161],  # items without countries, of which few are known
    "05b-wdqs-sparql-results.json": [5, 0, 4, 0, 30, 161],
    "05b-wdqs.csv": [5, 0, 4, 0, 30, 161],
    "05b-wdqs.tsv": [5, 0, 4, 0, 30, 161],
    "05b-wdqs-sparql-results-with-start.json": [0, 0, 1, 0, 0, 4],
    "07-wdqs-gui-tsv-wrong-country.tsv": [0, 0, 0, 0, 200, 0],  # Swedish places said to be in Denmark
    "08-wide-adjacency.csv": [373, 0, 6, 0, 5, 46],  # a place a row; no states of the United States
    "13-enwiki-country-name-mess.csv": [146, 0, 1, 0, 2, 15],  # misspelt countries, self pairs
}
FILTERS = {"xlsx": ["Calc MS Excel 2007 XML", ""], "ods": ["calc8", ""], "xls": ["MS Excel 97", ""],
           "csv": ["Text - txt - csv (StarCalc)", "59,34,76,1,,0,false,true"]}


def counts(complaint):
    found = re.search(", ".join(rf"(\d+) {outcome}" for outcome in OUTCOMES), complaint)
    return [int(number) for number in found.groups()] if found else complaint[:300]


def run(twin, registry, *words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TWIN_")}
    environment["TWIN_NOW"] = "2026-11-25T10:00:00Z"
    return subprocess.run([twin, "--registry", registry, "--lang", "en", *words], capture_output=True, text=True, encoding="utf-8",
                          env=environment)


def office(work, jobs):
    """Has LibreOffice carry out what office.py takes."""
    with open(os.path.join(work, "jobs.json"), "w") as to:
        json.dump(jobs, to)
    with open(os.path.join(work, "jobs.json")) as jobs:
        done = subprocess.run(["/usr/bin/python3", os.path.join(HERE, "office.py"), work], stdin=jobs, capture_output=True,
                              text=True, timeout=300)
    return done.returncode == 0, done.stderr


def real(check, twin, _):
    if not os.path.isdir(MESSY):
        return
    for name, expected in COUNTS.items():
        done = run(twin, DATA, "import", os.path.join(MESSY, name), "--dry-run")
        found = counts(done.stderr)
        check(f"{name} is {expected}", found == expected, found)
        check(f"{name} ends as it should", done.returncode == (5 if expected[3] else 0), done.returncode)


def ours(check, twin, work):
    """Our workbooks in LibreOffice and openpyxl."""
    made, same = os.path.join(work, "ours.xlsx"), [0, 0, 777, 0, 0, 0]
    for lang in ("en", "fi", "sv"):
        run(twin, DATA, "list", "--all", "-o", made, "--lang", lang)
        jobs = [{"open": made, "save": {os.path.join(work, f"saved.{ending}"): how for ending, how in FILTERS.items()}}]
        check(f"LibreOffice opens and saves our list ({lang})", *office(work, jobs))
        for ending in FILTERS:
            found = counts(run(twin, DATA, "import", os.path.join(work, f"saved.{ending}"), "--dry-run").stderr)
            check(f"all of it is the same from LibreOffice's {ending} ({lang})", found == same, found)
    book = openpyxl.load_workbook(made)
    sheet = book.active
    rows = list(sheet.iter_rows(min_row=2))
    kinds = {type(cell.value).__name__ for row in rows for cell in row}
    check("openpyxl finds texts, years, days and nothing else", kinds == {"NoneType", "str", "int", "datetime"}, kinds)
    check("openpyxl finds all rows, a header that stays and filters",
          (len(rows), sheet.freeze_panes, bool(sheet.auto_filter.ref)) == (777, "A2", True), len(rows))
    check("openpyxl finds no formula", not any(cell.data_type == "f" for row in rows for cell in row))
    run(twin, DATA, "sources", "-o", made)
    links = [cell.hyperlink.target for row in openpyxl.load_workbook(made).active.iter_rows() for cell in row if cell.hyperlink]
    check("openpyxl finds the links of sources", len(links) > 100 and all(link.startswith("http") for link in links), len(links))


def survey(check, twin, work):
    """A survey makes the round: made, answered in LibreOffice, saved in three formats, read."""
    registry, forms = os.path.join(work, "survey-registry"), os.path.join(work, "forms")
    subprocess.run([twin, "init", registry], capture_output=True)
    done = run(twin, registry, "survey", "make", "--out", forms, "--region", "Pohjois-Savo", "--lang", "fi")
    check("forms are made", done.returncode == 0 and len(os.listdir(forms)) == 19, done.stderr)
    form = os.path.join(forms, "fi-kuopio.xlsx")
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 20) if sheet.cell(row, 2).value == "kumppani")
    pairs = {sheet.cell(row, 1).value: row for row in range(head + 1, head + 14)}
    lists = sorted(validation.formula1 for validation in sheet.data_validations.dataValidation)
    check("openpyxl finds the lists of kinds, standings and answers", lists == [
        '"kyllä,ei"', '"voimassa,keskeytetty,päättynyt"', '"ystävyyskunta,ystävyyssopimus,kumppanuus,yhteys"'], lists)
    locked = [sheet.cell(head + 1, column).protection.locked for column in range(1, 12)]
    check("keys are locked and answers are not", sheet.protection.sheet and locked == [True] * 3 + [False] * 8, locked)
    check("the sheet that says whose form it is is hidden", [s.sheet_state for s in book.worksheets] == ["visible", "hidden"])
    check("13 partnerships are asked about", len(pairs) == 13 and all("~" in pair for pair in pairs), pairs)
    bodo, gera, free = pairs["fi-kuopio~no-bodo"], pairs["fi-kuopio~de-gera"], head + 16
    cells = {f"G{row}": "kyllä" for row in pairs.values() if row != gera} | {
        "B6": "5.10.2026", f"F{bodo}": "1949", f"E{gera}": "päättynyt", f"H{gera}": "12.5.2026", f"I{gera}": "Kaupunginvaltuusto",
        f"J{gera}": "12.5.2026 § 40", f"G{gera}": "ei", f"B{free}": "Pskov", f"C{free}": "Venäjä", f"D{free}": "ystävyyskunta",
        f"E{free}": "keskeytetty", f"H{free}": "1.3.2022", f"K{free}": "Uusi"}
    answers = {ending: os.path.join(work, f"answers-{ending}") for ending in ("xlsx", "ods", "xls")}
    for folder in answers.values():
        os.mkdir(folder)
    job = {"open": form, "cells": cells, "delete": [pairs["fi-kuopio~hu-gyor"]], "widths": {"B": 9000},
           "save": {os.path.join(folder, f"vastaus.{ending}"): FILTERS[ending] for ending, folder in answers.items()}}
    check("LibreOffice answers a form", *office(work, [job]))
    told = {ending: run(twin, registry, "survey", "read", folder, "--place", "Kuopio", "--dry-run") for ending, folder in answers.items()}
    for ending, done in told.items():
        check(f"the answer is read from {ending}", counts(done.stderr) == [1, 11, 0, 1, 0, 0] and done.returncode == 5,
              done.stdout + done.stderr)
        check(f"the deleted row is asked about, the remark told ({ending})",
              "Kuopio–Győr has no row in the answer any more" in done.stdout and "“Uusi”" in done.stdout, done.stdout)
    same = {re.sub(r"vastaus\.\w+", "", done.stdout) for done in told.values()}
    check("all three say the same", len(same) == 1, same)
    done = run(twin, registry, "survey", "read", answers["ods"], "--place", "Kuopio", "--yes", "--on-conflict", "theirs")
    check("the answer is taken over", done.returncode == 0, done.stderr)
    with open(os.path.join(registry, "partnerships.csv"), encoding="utf-8", newline="") as table:
        rows = {(row["a"], row["b"]): row for row in csv.DictReader(table)}
    found = [rows["fi-kuopio", b][column] for b, column in
             [("no-bodo", "start"), ("no-bodo", "verified_on"), ("de-gera", "status"), ("de-gera", "end"), ("hu-gyor", "status"),
              ("ru-pskov", "status")]]
    check("the registry says what the answer said",
          found == ["1949", "2026-10-05", "historic", "2026-05-12", "active", "suspended"], found)
    again = run(twin, registry, "survey", "read", answers["xls"], "--place", "Kuopio", "--yes", "--on-conflict", "theirs")
    check("read again, nothing is new", "Nothing to do." in again.stderr, again.stdout + again.stderr)


def sheet_xml(rows):
    return ('<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + rows + "</sheetData></worksheet>")


def archive(path, whole, members):
    """Copies a workbook with some of its members changed; what a function makes is written bit by bit."""
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *members}:
            with new.open(name, "w") as to:
                content = members.get(name) or old.read(name)
                for part in content() if callable(content) else [content]:
                    to.write(part.encode() if isinstance(part, str) else part)


# In bytes and seconds: what reading a workbook that attacks may take.
MOST_MEMORY, MOST_TIME = 700_000_000, 60


def attacks(check, twin, work, measure):
    """Workbooks that attack end with one error, in bounded memory, and the registry stays as it is."""
    folder = os.path.join(work, "hostile")
    os.mkdir(folder)
    path = lambda name: os.path.join(folder, name)
    whole = path("whole.xlsx")
    book = openpyxl.Workbook()
    for row in [["Kunta", "Ystävyyskunta", "Maa"]] + [["Kuopio", "Bodø", "Norja"]] * 50:
        book.active.append(row)
    book.save(whole)
    check("LibreOffice makes the other formats", *office(work, [{"open": whole, "save": {
        path(f"whole.{ending}"): FILTERS[ending] for ending in ("ods", "xls")}}]))
    sheet = "xl/worksheets/sheet1.xml"
    before, behind = sheet_xml("|").split("|")
    def blank_rows():
        yield before
        for n in range(1, 1_000_001):
            yield f"<row r='{n}'><c r='A{n}' s='0'/></row>"
        yield behind
    def blanks():
        yield before
        for _ in range(1000):
            yield " " * 1_000_000
        yield behind
    def strings():
        yield '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        for _ in range(1000):
            yield "<si><t>%s</t></si>" % ("x" * 1_000_000)
        yield "</sst>"
    far = "<row r='1'><c r='A1' t='inlineStr'><is><t>a</t></is></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    archive(path("blank.xlsx"), whole, {sheet: blank_rows})
    archive(path("bomb.xlsx"), whole, {sheet: blanks})
    archive(path("strings.xlsx"), whole, {"xl/sharedStrings.xml": strings})
    archive(path("far.xlsx"), whole, {sheet: sheet_xml(far)})
    archive(path("deep.xlsx"), whole, {sheet: "<a>" * 2_000_000})
    with zipfile.ZipFile(path("whole.ods")) as ods:
        content = ods.read("content.xml").decode()
    start = content.index("<table:table-row")
    huge = ('<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>')
    archive(path("repeated.ods"), path("whole.ods"), {"content.xml": content[:start] + huge + content[start:]})
    rows = '<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    archive(path("wide.ods"), path("whole.ods"), {"content.xml": content[:start] + rows * 1000 + content[start:]})
    archive(path("short.ods"), path("whole.ods"), {"content.xml": content[:content.index("</table:table>")]})
    same = openpyxl.Workbook(write_only=True)
    page = same.create_sheet()
    for _ in range(3_000):
        page.append(["x" * 32_000])
    same.save(path("same.xlsx"))
    old = xlwt.Workbook()
    for nth in range(20):
        old_sheet = old.add_sheet(f"s{nth}")
        old_sheet.write(0, 0, "a")
        old_sheet.write(65535, 255, "b")
    old.save(path("far.xls"))
    alike = xlwt.Workbook()
    for row, page in ((row, page) for page in [alike.add_sheet("s")] for row in range(3_000)):
        page.write(row, 0, "x" * 32_000)
    alike.save(path("same.xls"))
    with zipfile.ZipFile(path("text.xlsx"), "w") as text:
        text.writestr("readme.txt", "no spreadsheet")
    with open(path("secret.xlsx"), "wb") as to:
        to.write(protected(whole))
    expected = {"blank.xlsx": "is empty", "bomb.xlsx": "too large", "strings.xlsx": "too large", "far.xlsx": "too large",
                "deep.xlsx": "damaged", "repeated.ods": "too large", "wide.ods": "too large", "far.xls": "too large", "same.xls": "too large",
                "text.xlsx": "no spreadsheet", "secret.xlsx": "password", "same.xlsx": "too large", "short.ods": "damaged"}
    stood = {name: open(os.path.join(DATA, name), "rb").read() for name in os.listdir(DATA)}
    for name, what in expected.items():
        code, memory, time = measure(twin, folder, ["--registry", DATA, "import", path(name), "--dry-run"])
        complaint = run(twin, DATA, "import", path(name), "--dry-run").stderr
        check(f"{name} is refused, and why", code == 3 and complaint.startswith("error: ") and what in complaint, (code, complaint[:300]))
        check(f"{name}: {memory / 1e6:.0f} MB, {time:.1f} s", memory < MOST_MEMORY and time < MOST_TIME, (memory, time))
    amiss, dice = [], random.Random(1)
    for ending in ("xlsx", "ods", "xls"):
        content = open(path(f"whole.{ending}"), "rb").read()
        for _ in range(100):
            broken = bytearray(content[:dice.randrange(4, len(content))] if dice.random() < 0.3 else content)
            for _ in range(dice.randrange(1, 20)):
                broken[dice.randrange(4, len(broken))] = dice.randrange(256)
            with open(path("broken"), "wb") as to:
                to.write(broken)
            done = run(twin, DATA, "import", path("broken"), "--dry-run")
            if done.returncode not in (0, 2, 3, 5) or "panicked" in done.stderr:
                amiss.append((ending, done.returncode, done.stderr[:300]))
    check("300 broken workbooks end with an error or are read", not amiss, amiss[:3])
    check("the registry is as it was", stood == {name: open(os.path.join(DATA, name), "rb").read() for name in os.listdir(DATA)})


def protected(path):
    """Encrypts a workbook with a password, as Excel does."""
    import msoffcrypto.format.ooxml as ooxml

    made = io.BytesIO()
    with open(path, "rb") as file:
        ooxml.OOXMLFile(file).encrypt("secret", made)
    return made.getvalue()
