"""What `twin export` writes, read by those it is written for: PostgreSQL, SQLite, geopandas, networkx, Graphviz, PyLD,
frictionless, DuckDB, openpyxl and LibreOffice. run.py calls it.
"""
import contextlib, csv, datetime, glob, json, os, pty, pwd, re, shutil, sqlite3, subprocess, sys, warnings

import duckdb, geopandas, networkx, openpyxl
from pyld import jsonld

import lists

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")
# A registry that attacks whoever reads it: quotes, markup, backslashes, ends of COPY, ends of lines, an id that leads nowhere.
HOSTILE = {
    "countries.csv": "code,name,continent\nFI,Finland,Europe\nFJ,Fiji,Oceania\n",
    "municipalities.csv": "id,name,country,type,lat,lon,note,mayor's \"pet\"\n"
                          "fi-ii,\"<script>\"\"'--\\\",FI,municipality,65.3,25.37,\"]]>\nDROP TABLE x;\n\\.\n\\! false\",cat\n"
                          "fj-suva,\"a\tb; &amp; \\N\",FJ,municipality,-18.14,178.44,'); --,\n"
                          "us-x,\"\\\",FI,other,10.50,-170,\\.,\n",
    "partnerships.csv": "a,b,kind,status,start,note\nfi-ii,fj-suva,twin,active,1949,\"x\ny\"\nfi-ii,zz-gone,twin,suspended,,\\\\N\n"
                        "fj-suva,us-x,partner,historic,,\"=HYPERLINK(\"\"http://x.example\"\")\"\n",
    "contacts.csv": "subject,role,name\nfi-ii,mayor,Secret Person\n",
    "datapackage.json": '{"twinning":{"format":1,"home":["FI"]}}',
}


def call(*command, **more):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TWIN_", "PG"))}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, **more)
    return done.returncode == 0, done.stdout if done.returncode == 0 else done.stdout + done.stderr


def table(path):
    """Returns the header and the sorted rows of a CSV file."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, sorted(rows)


@contextlib.contextmanager
def postgres(work):
    """Runs a PostgreSQL server that is nobody else's; yields how to call psql."""
    binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    home = os.path.join(work, "postgres")
    os.mkdir(home)
    who = {}
    if os.getuid() == 0:
        # The server does not run as root.
        user = pwd.getpwnam("postgres")
        os.chown(home, user.pw_uid, user.pw_gid)
        os.chmod(work, 0o711)
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data, log = os.path.join(home, "data"), os.path.join(home, "log")
    made = call(f"{binaries}/initdb", "-D", data, "-U", "twin", "-A", "trust", "-E", "UTF8", "--locale=C", "-N", cwd=home, **who)
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off"
    started = made[0] and call(f"{binaries}/pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start", cwd=home, **who)
    if not made[0] or not started[0]:
        raise OSError(f"no PostgreSQL: {made}, {started}")
    try:
        yield lambda database, *words: call(f"{binaries}/psql", "-X", "-q", "-h", home, "-U", "twin", "-d", database, *words)
    finally:
        call(f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop", cwd=home, **who)


def tables_of(registry):
    return sorted(name[:-4] for name in os.listdir(registry) if name.endswith(".csv"))


def in_postgres(psql, check, twin, work, name, registry, exported):
    """Loads what is exported into PostgreSQL, and takes it out again: it is to be the tables of a registry."""
    script, back = os.path.join(work, f"{name}.sql"), os.path.join(work, f"{name}-back")
    check(f"SQL of {name} is written", *call(twin, *exported, "-o", script, "--with-contacts"))
    psql("postgres", "-c", f'CREATE DATABASE "{name}"')
    check(f"PostgreSQL takes {name}", *psql(name, "-f", script))
    again, complaint = psql(name, "-f", script)
    tables = tables_of(registry)
    same = psql(name, "-At", "-c", 'SELECT count(*) FROM "partnerships"')[1].strip()
    check(f"PostgreSQL takes {name} once", not again and "already exists" in complaint, complaint)
    os.mkdir(back)
    shutil.copy(os.path.join(registry, "datapackage.json"), back)
    for each in tables:
        header, rows = table(os.path.join(registry, f"{each}.csv"))
        columns = ", ".join('"' + column.replace('"', '""') + '"' for column in header)
        path = os.path.join(back, f"{each}.csv")
        copied = psql(name, "-c", f"\\copy (SELECT {columns} FROM \"{each}\") TO '{path}' CSV HEADER")
        check(f"{each} of {name} come out of PostgreSQL as they went in", copied[0] and table(path) == (header, rows), copied)
    count = psql(name, "-At", "-c", 'SELECT count(*) FROM "partners"')[1].strip()
    check(f"each partnership of {name} is seen from both sides", int(count) == 2 * int(same), (count, same))
    return back


def in_sqlite(check, twin, work, name, registry, exported):
    script = os.path.join(work, f"{name}-lite.sql")
    check(f"SQLite's SQL of {name} is written", *call(twin, *exported, "-o", script, "--dialect", "sqlite"))
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.executescript(open(script, encoding="utf-8").read())
        count = lambda what: base.execute(f'SELECT count(*) FROM "{what}"').fetchone()[0]
        check(f"SQLite finds no broken key in {name}", not base.execute("PRAGMA foreign_key_check").fetchall())
        names = {row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        check(f"contacts of {name} are not in it", "contacts" not in names and "Secret" not in open(script, encoding="utf-8").read())
        for each in sorted(names & set(tables_of(registry))):
            header, rows = table(os.path.join(registry, f"{each}.csv"))
            columns = ", ".join('"' + column.replace('"', '""') + '"' for column in header)
            numbers = [at for at, column in enumerate(header) if column in ("lat", "lon")]
            plain = lambda row: ["" if cell is None else float(cell) if at in numbers and cell != "" else cell
                                 for at, cell in enumerate(row)]
            found = [plain(row) for row in base.execute(f'SELECT {columns} FROM "{each}"')]
            check(f"{each} of {name} are in SQLite", sorted(map(str, found)) == sorted(str(plain(row)) for row in rows))
        check(f"SQLite sees {name} from both sides", count("partners") == 2 * count("partnerships"))


def graphs(check, twin, work, name, registry):
    """The other formats, against what `twin list` counts."""
    listed = json.loads(call(twin, "--registry", registry, "list", "--all", "--format", "json")[1])
    ids = {row[side] for row in listed for side in ("place_id", "partner_id")}
    path = {form: os.path.join(work, f"{name}.{form}") for form in ("geojson", "graphml", "dot", "jsonld", "svg")}
    for form in ("geojson", "graphml", "dot", "jsonld"):
        check(f"{form} of {name} is written", *call(twin, "--registry", registry, "export", "--all", "-o", path[form]))

    _, places = table(os.path.join(registry, "municipalities.csv"))
    header = table(os.path.join(registry, "municipalities.csv"))[0]
    known = {row[0] for row in places if row[header.index("lat")] and row[header.index("lon")]}
    frame = geopandas.read_file(path["geojson"], engine="pyogrio")
    kinds = frame.geometry.geom_type.value_counts().to_dict()
    lines = sum(row["place_id"] in known and row["partner_id"] in known for row in listed)
    drawn = kinds.get("LineString", 0) + kinds.get("MultiLineString", 0)
    check(f"geopandas counts points and lines of {name}", (kinds.get("Point"), drawn) == (len(ids & known), lines), kinds)
    check(f"geopandas finds all of {name} valid and on the map", frame.geometry.is_valid.all()
          and all(-180 <= edge <= 180 for edge in frame.total_bounds), frame.total_bounds)

    graph = networkx.read_graphml(path["graphml"])
    check(f"networkx counts nodes and edges of {name}", (len(graph), graph.number_of_edges()) == (len(ids), len(listed)))
    check(f"networkx finds the names of {name}", all(graph.nodes[row["place_id"]]["name"] == row["place"] for row in listed))

    good, found = call("dot", "-Tsvg", "-Kneato", "-Gmaxiter=1", path["dot"], "-o", path["svg"])
    svg = open(path["svg"], encoding="utf-8").read() if good else ""
    counted = svg.count('class="node"'), svg.count('class="edge"'), "<script>" in svg
    check(f"Graphviz draws nodes and edges of {name}", counted == (len(ids), len(listed), False), found or counted)

    document = json.load(open(path["jsonld"], encoding="utf-8"))
    quads = jsonld.to_rdf(document)["@default"]
    types = [quad["object"]["value"] for quad in quads if quad["predicate"]["value"].endswith("#type")]
    counted = types.count("urn:twinning:term/Partnership"), types.count("http://www.w3.org/2004/02/skos/core#Concept")
    check(f"PyLD finds partnerships and concepts of {name}", counted == (len(listed), 7), counted)
    parties = {quad["object"]["value"] for quad in quads if quad["predicate"]["value"] == "urn:twinning:term/party"}
    named = {quad["subject"]["value"] for quad in quads if quad["predicate"]["value"] == "https://schema.org/name"}
    check(f"PyLD finds every party of {name}", len(parties) == len(ids) and parties <= named)
    check(f"PyLD expands all nodes of {name}", len(jsonld.expand(document)) == len(document["@graph"]))


# The columns that hold dates, and those that hold numbers.
DATES = {"start", "end", "verified_on", "date", "review_on", "seen_on", "stated_on", "since", "until", "dissolved",
         "published", "retrieved", "checked_on"}
NUMBERS = {"lat", "lon"}
DAY, YEAR = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}")
# The day that spreadsheets count from, those after February of 1900.
FIRST = datetime.date(1899, 12, 30)


def sheet_of(path):
    """Returns what a table is to be as a sheet: its cells, days as days, years and coordinates as numbers."""
    def cell(column, text):
        if column in NUMBERS and text or column in DATES and YEAR.fullmatch(text):
            return float(text)
        # Spreadsheets do not count the days before alike.
        return datetime.date.fromisoformat(text) if column in DATES and DAY.fullmatch(text) and text >= "1905" else text
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return [header, *([cell(*pair) for pair in zip(header, row)] for row in rows)]


def in_spreadsheets(check, twin, work, name, package, exported):
    """Opens a workbook: it is to have the tables of a Data Package."""
    path, seen = os.path.join(work, f"{name}.xlsx"), os.path.join(work, f"{name}-xlsx.json")
    check(f"a workbook of {name} is written", *call(twin, *exported, "-o", path))
    tables = [resource["name"] for resource in json.load(open(os.path.join(package, "datapackage.json"), encoding="utf-8"))["resources"]]
    wanted = {each: sheet_of(os.path.join(package, f"{each}.csv")) for each in tables}

    book = openpyxl.load_workbook(path)
    check(f"openpyxl finds a sheet for each table of {name}", sorted(book.sheetnames) == sorted(tables), book.sheetnames)
    plain = lambda value: "" if value is None else value.date() if isinstance(value, datetime.datetime) else value
    for sheet in book:
        found = [[plain(cell.value) for cell in row] for row in sheet.iter_rows()]
        amiss = [pair for pair in zip(found, wanted[sheet.title]) if pair[0] != pair[1]][:1]
        check(f"openpyxl finds the rows of {sheet.title} of {name}", not amiss and len(found) == len(wanted[sheet.title]), amiss)
        cells = [cell for row in sheet.iter_rows() for cell in row]
        kinds = {cell.data_type for cell in cells}
        addresses = sum(str(cell.value).startswith(("http://", "https://")) for cell in cells)
        dressed = (sheet.freeze_panes, sheet.auto_filter.ref, sum(cell.hyperlink is not None for cell in cells))
        check(f"openpyxl finds no formula in {sheet.title} of {name}", kinds <= {"s", "n", "d"}, kinds)
        check(f"openpyxl finds {sheet.title} of {name} dressed", dressed == ("A2", sheet.dimensions, addresses), dressed)

    check(f"LibreOffice opens the workbook of {name}", *lists.office(work, [{"open": path, "tell": seen}]))
    for sheet in json.load(open(seen, encoding="utf-8")):
        rows = wanted[sheet["name"]]
        count = lambda cell: float((cell - FIRST).days) if isinstance(cell, datetime.date) else cell
        amiss = [pair for pair in zip(sheet["rows"], rows) if pair[0] != [count(cell) for cell in pair[1]]][:1]
        check(f"LibreOffice finds the rows of {sheet['name']} of {name}", not amiss and len(sheet["rows"]) == len(rows), amiss)
        days = [[row, column] for row, cells in enumerate(rows) for column, cell in enumerate(cells) if isinstance(cell, datetime.date)]
        check(f"LibreOffice finds the days of {sheet['name']} of {name}", sorted(sheet["days"]) == days, sheet["days"][:5])
        check(f"LibreOffice finds no formula in {sheet['name']} of {name}", sheet["formulas"] == 0, sheet["formulas"])


def flat(check, twin, work, name, registry):
    """Opens CSV in DuckDB, and CSV for Excel in a LibreOffice that is Finnish."""
    path = {form: os.path.join(work, f"{name}-{form}.csv") for form in ("plain", "excel", "control")}
    for form, words in ("plain", []), ("excel", ["--excel"]):
        check(f"{form} CSV of {name} is written", *call(twin, "--registry", registry, "export", "--all", "-o", path[form], *words))
    with open(path["plain"], encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    found = duckdb.execute("FROM read_csv(?, header = true, all_varchar = true)", [path["plain"]])
    same = [column[0] for column in found.description] == header
    found = [["" if cell is None else cell for cell in row] for row in found.fetchall()]
    check(f"DuckDB finds the cells of {name}", same and found == rows, [pair for pair in zip(found, rows) if pair[0] != pair[1]][:1])

    with open(path["control"], "w", encoding="utf-8") as file:
        file.write("1,5;1.5.2022;1.5\n")
    finnish = os.path.join(work, f"finnish-{name}")
    os.makedirs(os.path.join(finnish, "profile", "user"))
    with open(os.path.join(finnish, "profile", "user", "registrymodifications.xcu"), "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
                   '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
                   '<value>fi-FI</value></prop></item></oor:items>')
    # Semicolons, UTF-8, the language of the program, and all that looks like a number or a date taken for one.
    how = ["Text - txt - csv (StarCalc)", "59,34,76,1,,0,false,true"]
    jobs = [{"open": path[form], "as": how, "tell": os.path.join(work, f"{name}-{form}.json")} for form in ("control", "excel")]
    check(f"a Finnish LibreOffice opens CSV of {name}", *lists.office(finnish, jobs))
    control, excel = (json.load(open(job["tell"], encoding="utf-8"))[0] for job in jobs)
    day = float((datetime.date(2022, 5, 1) - FIRST).days)
    check("it is Finnish: a comma is decimal, a day comes first", control["rows"] == [[1.5, day, "1.5"]], control)
    # A cell that would run has an apostrophe before it, the one thing that is not as it stands in plain CSV.
    runs = lambda cell: "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell
    amiss = [pair for pair in zip(excel["shown"], [header, *([runs(cell) for cell in row] for row in rows)]) if pair[0] != pair[1]]
    check(f"it shows the cells of {name}", not amiss and len(excel["shown"]) == len(rows) + 1, amiss[:1])
    check(f"it finds no formula in {name}", excel["formulas"] == 0, excel["formulas"])


def refused_at_a_terminal(check, twin):
    child, terminal = pty.fork()
    if child == 0:
        os.execv(twin, [twin, "--registry", DATA, "export", "--format", "xlsx"])
    shown = b""
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 1000):
            shown += part
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)
    check("a workbook is not written to a terminal", code == 2 and shown.startswith(b"error: a workbook is not for a terminal"), shown)


# Parts of the registry that are shipped: one place, all that is about one country, places that have none.
EXTRACTS = {"kuopio": ["Kuopio"], "russia": ["--country", "RU"], "none": ["Helsinki", "--kind", "twin"]}


def run(twin, work, check):
    hostile = os.path.join(work, "hostile-exports")
    os.mkdir(hostile)
    for name, text in HOSTILE.items():
        with open(os.path.join(hostile, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    registries = {"shipped": DATA, "hostile": hostile}
    # Each by its name: what words export it, and the folder whose tables it is to be.
    exports = {name: (["--registry", registry, "export"], registry) for name, registry in registries.items()}
    for name, words in EXTRACTS.items():
        folder = os.path.join(work, f"extract-{name}")
        exports[name] = ["--registry", DATA, "export", *words], folder
        check(f"an extract of {name} is written", *call(twin, *exports[name][0], "--format", "datapackage", "-o", folder, "--with-contacts"))
    with postgres(work) as psql:
        for name, (words, registry) in exports.items():
            back = in_postgres(psql, check, twin, work, f"pg_{name}", registry, words)
            code = lambda of: subprocess.run([twin, "--registry", of, "check"], capture_output=True).returncode
            check(f"twin check finds {name} as it was", code(back) == code(registry), code(back))
    for name, (words, registry) in exports.items():
        in_sqlite(check, twin, work, name, registry, words)
        package, archive = os.path.join(work, f"package-{name}"), os.path.join(work, f"package-{name}.zip")
        for path in package, archive:
            check(f"{os.path.basename(path)} is written", *call(twin, *words, "--format", "datapackage", "-o", path))
        for path in os.path.join(package, "datapackage.json"), archive:
            # The hostile one holds a key that leads nowhere, which frictionless refuses as it should.
            good, found = call(sys.executable, "-m", "frictionless", "validate", path)
            check(f"frictionless finds {os.path.relpath(path, work)} as sound as the registry", good == (name != "hostile"), found)
        in_spreadsheets(check, twin, work, name, package, words)
    refused_at_a_terminal(check, twin)
    for name, registry in registries.items():
        flat(check, twin, work, name, registry)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            graphs(check, twin, work, name, registry)
