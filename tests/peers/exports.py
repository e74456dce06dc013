"""What `twin export` writes, read by those it is written for: PostgreSQL, SQLite, geopandas, networkx, Graphviz and PyLD.
run.py calls it.
"""
import contextlib, csv, glob, json, os, pwd, shutil, sqlite3, subprocess, sys, warnings

import geopandas, networkx
from pyld import jsonld

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")
# A registry that attacks whoever reads it: quotes, markup, backslashes, ends of COPY, ends of lines, an id that leads nowhere.
HOSTILE = {
    "countries.csv": "code,name,continent\nFI,Finland,Europe\nFJ,Fiji,Oceania\n",
    "municipalities.csv": "id,name,country,type,lat,lon,note,mayor's \"pet\"\n"
                          "fi-ii,\"<script>\"\"'--\\\",FI,municipality,65.3,25.37,\"]]>\nDROP TABLE x;\n\\.\n\\! false\",cat\n"
                          "fj-suva,\"a\tb; &amp; \\N\",FJ,municipality,-18.14,178.44,'); --,\n"
                          "us-x,\"\\\",FI,other,10.50,-170,\\.,\n",
    "partnerships.csv": "a,b,kind,status,start,note\nfi-ii,fj-suva,twin,active,1949,\"x\ny\"\nfi-ii,zz-gone,twin,suspended,,\\\\N\n"
                        "fj-suva,us-x,partner,historic,,\n",
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


def in_postgres(psql, check, twin, work, name, registry):
    """Loads a registry into PostgreSQL, and takes it out again."""
    script, back = os.path.join(work, f"{name}.sql"), os.path.join(work, f"{name}-back")
    check(f"SQL of {name} is written", *call(twin, "--registry", registry, "export", "-o", script, "--with-contacts"))
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


def in_sqlite(check, twin, work, name, registry):
    script = os.path.join(work, f"{name}-lite.sql")
    check(f"SQLite's SQL of {name} is written", *call(twin, "--registry", registry, "export", "-o", script, "--dialect", "sqlite"))
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


def run(twin, work, check):
    hostile = os.path.join(work, "hostile-exports")
    os.mkdir(hostile)
    for name, text in HOSTILE.items():
        with open(os.path.join(hostile, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    registries = {"shipped": DATA, "hostile": hostile}
    with postgres(work) as psql:
        for name, registry in registries.items():
            back = in_postgres(psql, check, twin, work, f"pg_{name}", registry)
            code = lambda of: subprocess.run([twin, "--registry", of, "check"], capture_output=True).returncode
            check(f"twin check finds {name} as it was", code(back) == code(registry), code(back))
    for name, registry in registries.items():
        in_sqlite(check, twin, work, name, registry)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            graphs(check, twin, work, name, registry)
        package = os.path.join(work, f"package-{name}")
        good, found = call(twin, "--registry", registry, "export", "--format", "datapackage", "-o", package)
        check(f"{name} is written as a Data Package", good, found)
        # The hostile one holds a key that leads nowhere, which frictionless refuses as it should.
        good, found = call(sys.executable, "-m", "frictionless", "validate", os.path.join(package, "datapackage.json"))
        check(f"frictionless finds the Data Package of {name} as sound as the registry", good == (registry == DATA), found)
