#!/usr/bin/env python3
"""Plants errors into copies of the shipped registry, and holds what `twin check` says of them against what frictionless
says. The comparison is the table of docs/frictionless.md.

  planted.py TWIN            tells whether they agree, and whether the table is what they say
  planted.py TWIN --write    writes the table
"""
import csv, io, json, multiprocessing, os, re, shutil, subprocess, sys, tempfile

import frictionless

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATA, DOCS = os.path.join(ROOT, "data"), os.path.join(ROOT, "docs", "frictionless.md")
OPEN, CLOSE = "<!-- planted -->\n", "<!-- /planted -->"
SHIPPED = [name for name in os.listdir(DATA) if name.endswith(".csv") or name == "datapackage.json"]
with open(os.path.join(DATA, "datapackage.json"), encoding="utf-8") as file:
    SCHEMAS = {resource["name"]: resource["schema"] for resource in json.load(file)["resources"]}


class Table:
    """A table in a folder, as lines of cells, the header first."""

    def __init__(self, folder, name):
        self.name, self.path = name, os.path.join(folder, name + ".csv")
        with open(self.path, encoding="utf-8", newline="") as file:
            self.lines = list(csv.reader(file))
        # What is written instead of the lines, if anything is; None is no file.
        self.bytes = ...

    def place(self, column):
        return self.lines[0].index(column)

    def text(self, lines):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(lines)
        return text.getvalue()

    def write(self):
        text = self.text(self.lines).encode() if self.bytes is ... else self.bytes
        os.remove(self.path)
        if text is not None:
            with open(self.path, "wb") as file:
                file.write(text)

    def column(self, line, character):
        """Returns the name of the column in whose cell a character of a line stands, both from 1."""
        cells = [cell for cells in self.lines[line - 1:line] for cell in cells]
        ends = [len(self.text([cells[:count]])) for count in range(1, len(cells) + 1)]
        return next((name for name, end in zip(self.lines[0], ends) if character <= end), None)


# How an error is planted: a function of a table, that changes its lines and returns where the error is then, as pairs
# of a line and a column; a column of None is the row as a whole, a line of None the file.

def cells(values):
    """Plants each value in its column, each in a row of its own as far as there are rows."""
    def plant(table):
        places = [(2 + count % (len(table.lines) - 1), column) for count, column in enumerate(values)]
        for line, column in places:
            table.lines[line - 1][table.place(column)] = values[column]
        return places
    return plant


def cell(where, **values):
    """Plants values in the first row that has these cells."""
    def plant(table):
        line = next(number for number, line in enumerate(table.lines, 1)
                    if all(line[table.place(column)] == value for column, value in where.items()))
        for column, value in values.items():
            table.lines[line - 1][table.place(column)] = value
        return [(line, column) for column in values]
    return plant


def row(*cells):
    """Plants a row at the end."""
    def plant(table):
        table.lines.append(list(cells) + [""] * (len(table.lines[0]) - len(cells)))
        return [(len(table.lines), None)]
    return plant


def twice(table):
    """Plants the first row again at the end."""
    table.lines.append(list(table.lines[1]))
    return [(len(table.lines), None)]


def swapped(table):
    """Turns the first pair of a party at home and one abroad."""
    homes = ("fi-", "ax-")
    line = next(number for number, line in enumerate(table.lines[1:], 2) if not line[1].startswith(homes))
    cells = table.lines[line - 1]
    cells[0], cells[1] = cells[1], cells[0]
    return [(line, None)]


def mirrored(table):
    """Plants a pair again, turned, at the end."""
    before = [list(line) for line in table.lines]
    [(line, _)] = swapped(table)
    table.lines = before + [table.lines[line - 1]]
    return [(len(table.lines), None)]


def short(table):
    """Plants a row with a cell less."""
    table.lines[1].pop()
    return [(2, None)]


def long(table):
    """Plants a row with a cell more."""
    table.lines[1].append("more")
    return [(2, None)]


def without(column):
    """Takes a column away."""
    def plant(table):
        place = table.place(column)
        for line in table.lines:
            del line[place]
        return [(None, None)]
    return plant


def headed(**names):
    """Gives columns other names."""
    def plant(table):
        for name, other in names.items():
            table.lines[0][table.place(name)] = other
        return [(None, None)]
    return plant


def octets(change):
    """Plants as a file what a function makes of its text."""
    def plant(table):
        table.bytes = change(table.text(table.lines))
        return [(None, None)]
    return plant


def gone(table):
    """Takes the file away."""
    table.bytes = None
    return [(None, None)]


def reordered(table):
    """Turns the order of the columns."""
    table.lines = [line[::-1] for line in table.lines]
    return [(None, None)]


def spreadsheet(text):
    """Returns the text as a spreadsheet in much of Europe saves it."""
    lines = io.StringIO()
    csv.writer(lines, delimiter=";", lineterminator="\r\n").writerows(csv.reader(io.StringIO(text, newline="")))
    return lines.getvalue().encode("cp1252", "ignore")


def constrained(kind):
    """Returns the columns of each table that have a constraint, with it."""
    for table, schema in SCHEMAS.items():
        found = {field["name"]: field["constraints"][kind] for field in schema["fields"]
                 if kind in field.get("constraints", {})}
        if found:
            yield table, found


def listed(columns):
    return ", ".join(f"`{column}`" for column in columns)


def in_every_table(what, plants):
    return [(f"{what} {listed(values)} of {table}", table, cells(values)) for table, values in plants]


def misformed():
    """Returns for every column with a pattern a value that is not of that form."""
    forms = {"fi-kuopio": "Kuopio", "FI": "fi", "Q1": "Q01", "2022-03-01": "1.3.2022", "2022/2029": "2022-2029",
             "~900": "many"}
    for table, patterns in constrained("pattern"):
        yield table, {column: next(wrong for right, wrong in forms.items() if re.fullmatch(pattern, right))
                      for column, pattern in patterns.items()}


def dangling():
    """Returns for every foreign key of one column a value that no row has."""
    for table, schema in SCHEMAS.items():
        keys = [key for key in schema.get("foreignKeys", []) if len(key["fields"]) == 1]
        targets = {key["fields"][0]: key["reference"].get("resource", table) for key in keys}
        if targets:
            yield table, {column: "QQ" if target == "countries" else "xx-nowhere" for column, target in targets.items()}


LISTS = [(table, {"sources": "xx-nowhere"}) for table, schema in SCHEMAS.items()
         if any(field["name"] == "sources" for field in schema["fields"])]

# Each section, whether frictionless refuses what is planted in it, and what is planted: its name, its table, and how.
PLANTED = [
    ("Keys", True, [(f"a row of {table} twice", table, twice) for table in SCHEMAS]),
    ("References", True, in_every_table("no such row:", dangling()) + [
        ("an event of a pair that is no partnership: `a`, `b` of events", "events",
         row("fi-kuopio", "fi-turku", "2022", "signed")),
    ]),
    ("Vocabularies", True, in_every_table("another word:", ((table, {column: "nothing" for column in words})
                                                            for table, words in constrained("enum")))),
    ("Required cells", True, in_every_table("empty:", ((table, {column: "" for column in found})
                                                       for table, found in constrained("required")))),
    ("Forms", True, in_every_table("another form:", misformed()) + [
        ("no number: `lat`, `lon` of municipalities", "municipalities", cells({"lat": "north", "lon": "NaN"})),
        ("out of bounds: `lat`, `lon` of municipalities", "municipalities", cells({"lat": "90.1", "lon": "-180.1"})),
        ("no address: `website` of municipalities", "municipalities", cells({"website": "kuopio"})),
        ("no address: `email` of municipalities", "municipalities", cells({"email": "kuopio.example"})),
        ("no address: `url` of sources", "sources", cells({"url": "kuopio"})),
        ("a mail address at a host without a dot: `email` of contacts", "contacts", cells({"email": "kirjaamo@kuopio"})),
    ]),
    ("Files", True, [
        ("a cell less", "partnerships", short),
        ("a cell more", "partnerships", long),
        ("a required column less", "partnerships", without("kind")),
        ("a column twice", "partnerships", headed(note="kind")),
        ("bytes that are no text", "partnerships", octets(lambda text: text.encode() + b"\x81\n")),
        ("a required table less", "countries", gone),
    ]),
    ("What the standard has no words for", False, in_every_table("no such row in a list:", LISTS) + [
        ("no such party or country: `subject` of declarations", "declarations", cells({"subject": "xx-nowhere"})),
        ("a pair again, turned", "partnerships", mirrored),
        ("a pair, turned", "partnerships", swapped),
        ("a party twinned with itself", "partnerships", row("fi-kuopio", "fi-kuopio", "twin", "active")),
        ("an end before the start: `end` of partnerships", "partnerships",
         lambda table: cell({"status": "historic"}, start="2020", end="2019")(table)[1:]),
        ("a day that no calendar has: `start` of partnerships", "partnerships", cells({"start": "2022-02-30"})),
        ("latitude and longitude turned: `lat` of municipalities", "municipalities",
         lambda table: cell({"id": "fi-kuopio"}, lat="27.67703", lon="62.89238")(table)[:1]),
        ("no kuntanumero: `code` of municipalities", "municipalities", cell({"id": "fi-kuopio"}, code="9999")),
        ("a number with an exponent, with a plus: `lat`, `lon` of municipalities", "municipalities",
         cells({"lat": "1e1", "lon": "+5"})),
    ]),
    ("What twin does not mind", None, [
        ("semicolons, CRLF, Windows-1252", "networks", octets(spreadsheet)),
        ("UTF-16", "partnerships", octets(lambda text: text.encode("utf-16"))),
        ("a byte order mark", "partnerships", octets(lambda text: text.encode("utf-8-sig"))),
        ("columns in another order", "members", reordered),
        ("a column less that may be empty", "partnerships", without("note")),
        ("a blank line", "partnerships", octets(lambda text: text.replace("\n", "\n\n", 1).encode())),
    ]),
]


def by_twin(twin, folder, table):
    """Returns what `twin check` finds in a table: rule, severity, line, and column."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TWIN_")}
    done = subprocess.run([twin, "check", "--registry", folder, "--format", "json"], capture_output=True, encoding="utf-8",
                          env=environment)
    if done.returncode in (0, 1):
        found = json.loads(done.stdout)
    else:
        found = [dict(problem, severity="error") for problem in json.loads(done.stderr)["error"]["problems"]]
    return [(one["rule"], one["severity"], one["line"], table.column(one["line"], one["column"]))
            for one in found if one["file"] == os.path.basename(table.path)]


def by_frictionless(folder, table):
    """Returns the errors that frictionless finds in a table: type, severity, line, and column, if it names one."""
    report = frictionless.validate(os.path.join(folder, "datapackage.json"))
    errors = [error for task in report.tasks if task.name == table.name for error in task.errors] + report.errors
    names = [getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", ())) for error in errors]
    return [(error.type, "error", getattr(error, "row_number", None), name or None)
            for error, name in zip(errors, names)]


def at(place, found):
    """Returns what was found at a place: of a cell errors and warnings, of a row warnings where there is no error, and of
    a file errors."""
    line, column = place
    errors = [one for one in found if one[1] == "error" and line in (None, one[2])]
    warnings = [one for one in found if one[1] == "warning" and one[2] == line]
    if column is not None:
        return [one for one in errors + warnings if one[3] in (column, None)]
    return errors or warnings


def told(found):
    """Returns the rules or types that were found, for the table."""
    names = {f"`{name}`" + ("" if severity == "error" else f" ({severity})") for name, severity, *_ in found}
    return ", ".join(sorted(names)) or "–"


def held(task):
    """Plants an error; returns its row of the table, what was planted, and what is amiss with what the two say of it."""
    twin, section, number = task
    _, refused, plants = PLANTED[section]
    what, name, plant = plants[number]
    with tempfile.TemporaryDirectory() as folder:
        for file in SHIPPED:
            shutil.copy(os.path.join(DATA, file), folder)
        table = Table(folder, name)
        places = plant(table)
        table.write()
        ours, theirs = by_twin(twin, folder, table), by_frictionless(folder, table)
    ours, theirs = ([at(place, found) for place in places] for found in (ours, theirs))
    amiss = {
        "twin check finds it": refused is None and any(ours),
        "twin check misses it": refused is not None and not all(ours),
        "frictionless misses it": refused is True and not all(theirs),
        "frictionless finds it, too": refused is False and any(theirs),
    }
    shown = f"| {what} | {told(sum(ours, []))} | {told(sum(theirs, []))} |"
    return shown, what, ", ".join(why for why, is_so in amiss.items() if is_so)


def compare(twin):
    """Returns the table of what was planted and found, and of each planted error whether something is amiss, and what."""
    tasks = [(twin, section, number) for section, (*_, plants) in enumerate(PLANTED) for number in range(len(plants))]
    with multiprocessing.get_context("fork").Pool() as pool:
        found = pool.map(held, tasks, chunksize=1)
    lines = ["| planted error | `twin check` | frictionless |", "| --- | --- | --- |"]
    for section, (title, *_) in enumerate(PLANTED):
        lines.append(f"| **{title}** | | |")
        lines += [shown for (_, own, _), (shown, *_) in zip(tasks, found) if own == section]
    return "\n".join(lines) + "\n", [(what, amiss) for _, what, amiss in found]


def shown():
    """Returns the text of docs/frictionless.md before the table, the table, and the text behind it."""
    with open(DOCS, encoding="utf-8") as file:
        before, rest = file.read().split(OPEN)
    table, after = rest.split(CLOSE)
    return before, table, after


def main(twin, *options):
    table, found = compare(os.path.abspath(twin))
    before, written, after = shown()
    if "--write" in options:
        with open(DOCS, "w", encoding="utf-8") as file:
            file.write(before + OPEN + table + CLOSE + after)
    elif written != table:
        found.append(("docs/frictionless.md", "the table is another one; planted.py TWIN --write writes it"))
    for what, amiss in found:
        print(f"{what}: {amiss}" if amiss else f"{what}: ok")
    sys.exit(1 if any(amiss for _, amiss in found) else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
