"""The jobs of compare.py as its peers would be asked to do them, from the same files, as one would write it down.

a1: the partners of fi-kuopio with their names and countries. b: the active partnerships with Russia, by name.
d: counts by country and status. e: all tables as JSON.
"""
import importlib.util, os, shutil, sys

SQL = {
    "a1": "SELECT o.name, c.name, p.kind, p.status, p.start FROM partnerships p"
          " JOIN municipalities o ON o.id = CASE p.a WHEN 'fi-kuopio' THEN p.b ELSE p.a END"
          " JOIN countries c ON c.code = o.country WHERE 'fi-kuopio' IN (p.a, p.b) ORDER BY o.name",
    "b": "SELECT x.name, y.name, p.kind, p.start FROM partnerships p JOIN municipalities x ON x.id = p.a"
         " JOIN municipalities y ON y.id = p.b WHERE p.status = 'active' AND 'RU' IN (x.country, y.country)"
         " ORDER BY x.name, y.name",
    "d": "SELECT y.country, p.status, count(*) FROM partnerships p JOIN municipalities y ON y.id = p.b"
         " GROUP BY 1, 2 ORDER BY 1, 2",
}
POLARS = {
    "a1": "p = p.filter((pl.col('a') == 'fi-kuopio') | (pl.col('b') == 'fi-kuopio'))\n"
          "p = p.with_columns(o=pl.when(pl.col('a') == 'fi-kuopio').then('b').otherwise('a'))\n"
          "r = p.join(m, left_on='o', right_on='id').join(c, left_on='country', right_on='code')\n"
          "r = r.select('name', 'name_right', 'kind', 'status', 'start').sort('name')\n",
    "b": "r = p.filter(pl.col('status') == 'active').join(m, left_on='a', right_on='id')\n"
         "r = r.join(m, left_on='b', right_on='id', suffix='_b')\n"
         "r = r.filter((pl.col('country') == 'RU') | (pl.col('country_b') == 'RU'))\n"
         "r = r.select('name', 'name_b', 'kind', 'start').sort('name', 'name_b')\n",
    "d": "r = p.join(m, left_on='b', right_on='id').group_by('country', 'status').len().sort('country', 'status')\n",
}
PANDAS = {
    "a1": "p = p[(p.a == 'fi-kuopio') | (p.b == 'fi-kuopio')]\n"
          "p = p.assign(o=p.b.where(p.a == 'fi-kuopio', p.a)).merge(m, left_on='o', right_on='id')\n"
          "r = p.merge(c, left_on='country', right_on='code', suffixes=('', '_c'))\n"
          "r = r[['name', 'name_c', 'kind', 'status', 'start']].sort_values('name')\n",
    "b": "r = p[p.status == 'active'].merge(m, left_on='a', right_on='id')\n"
         "r = r.merge(m, left_on='b', right_on='id', suffixes=('', '_b'))\n"
         "r = r[(r.country == 'RU') | (r.country_b == 'RU')]\n"
         "r = r[['name', 'name_b', 'kind', 'start']].sort_values(['name', 'name_b'])\n",
    "d": "r = p.merge(m, left_on='b', right_on='id').groupby(['country', 'status'], as_index=False).size()\n",
}
XAN = {
    "a1": "xan search -e -s a,b fi-kuopio {0}/partnerships.csv | xan map 'if(a eq \"fi-kuopio\", b, a) as o'"
          " | xan join o - id {0}/municipalities.csv | xan join country - code {0}/countries.csv --prefix-right c_"
          " | xan sort -s name | xan select name,c_name,kind,status,start",
    "b": "xan search -e -s status active {0}/partnerships.csv | xan join a - id {0}/municipalities.csv"
         " | xan join b - id {0}/municipalities.csv --prefix-right b_"
         " | xan filter 'country eq \"RU\" or b_country eq \"RU\"' | xan sort -s name,b_name"
         " | xan select name,b_name,kind,start",
    "d": "xan join b {0}/partnerships.csv id {0}/municipalities.csv | xan groupby country,status 'count()'"
         " | xan sort -s country,status",
}
# INDEX of jq 1.6 takes quadratic time.
KEYED = "def keyed(rows; key): reduce rows as $row ({}; .[$row | key] = $row); "
JQ = {
    "a1": "keyed(.municipalities[]; .id) as $m | keyed(.countries[]; .code) as $c | .partnerships[]"
          ' | select(.a == "fi-kuopio" or .b == "fi-kuopio")'
          ' | $m[if .a == "fi-kuopio" then .b else .a end] as $o'
          " | [$o.name, $c[$o.country].name, .kind, .status, .start] | @csv",
    "b": 'keyed(.municipalities[]; .id) as $m | [.partnerships[] | select(.status == "active")'
         ' | [$m[.a], $m[.b], .kind, .start] | select(.[0].country == "RU" or .[1].country == "RU")'
         " | [.[0].name, .[1].name, .[2], .[3]]] | sort[] | @csv",
    "d": "keyed(.municipalities[]; .id) as $m | [.partnerships[] | [$m[.b].country, .status]] | group_by(.)[]"
         " | [.[0][0], .[0][1], length] | @csv",
}


def commands(registry):
    """Yields of each peer its name, whether it is installed, and its command for each job on the tables of a folder."""
    tables = sorted(name[:-4] for name in os.listdir(registry) if name.endswith(".csv"))
    used = lambda sql: [table for table in tables if f" {table} " in sql]
    path = lambda table: f"{registry}/{table}.csv"
    python = lambda program, *words: [sys.executable, "-c", program, *words]
    has = lambda module: importlib.util.find_spec(module) is not None

    load = lambda tables: ["sqlite3", "-csv", ":memory:", *(f".import {path(table)} {table}" for table in tables)]
    jobs = {name: [*load(used(sql)), sql] for name, sql in SQL.items()}
    jobs["e"] = [*load(tables), ".mode json", *(f"SELECT * FROM {table}" for table in tables)]
    yield "sqlite3", shutil.which("sqlite3"), jobs

    # The dialect is given: guessed from a sample it misses the quotes that come later.
    dialect = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"'"
    views = lambda tables: "".join(
        f"CREATE VIEW {table} AS FROM read_csv('{path(table)}', {dialect});\n" for table in tables)
    queries = {name: views(used(sql)) + sql for name, sql in SQL.items()}
    queries["e"] = views(tables) + ";\n".join(f"COPY {table} TO 'peer-{table}.json' (ARRAY true)" for table in tables)
    ask = "import csv, sys, duckdb\ncsv.writer(sys.stdout).writerows(duckdb.execute(sys.argv[1]).fetchall())"
    command = ["duckdb", "-csv", "-c"] if shutil.which("duckdb") else python(ask)
    yield "duckdb", shutil.which("duckdb") or has("duckdb"), {name: [*command, sql] for name, sql in queries.items()}

    jobs = {name: ["sh", "-c", pipe.format(registry)] for name, pipe in XAN.items()}
    jobs["e"] = ["sh", "-c", "; ".join(f"xan to json {path(table)}" for table in tables)]
    yield "xan", shutil.which("xan"), jobs

    read = lambda call: "".join(
        f"{table[0]} = {call.format(path(table))}\n" for table in ("partnerships", "municipalities", "countries"))
    start, scan = "import sys, polars as pl\n", read("pl.scan_csv('{}', infer_schema=False)")
    jobs = {name: python(start + scan + job + "r.collect().write_csv(sys.stdout)") for name, job in POLARS.items()}
    jobs["e"] = python(f"{start}for t in {tables}:\n    pl.read_csv(f'{registry}/{{t}}.csv', infer_schema=False)"
                       f".write_json(f'peer-{{t}}.json')")
    yield "polars", has("polars"), jobs

    text = "dtype=str, keep_default_na=False"
    start, load = "import sys, pandas as pd\n", read(f"pd.read_csv('{{}}', {text})")
    jobs = {name: python(start + load + job + "r.to_csv(sys.stdout, index=False)") for name, job in PANDAS.items()}
    jobs["e"] = python(f"{start}for t in {tables}:\n    pd.read_csv(f'{registry}/{{t}}.csv', {text})"
                       f".to_json(f'peer-{{t}}.json', orient='records')")
    yield "pandas", has("pandas"), jobs

    jobs = {name: ["jq", "-r", KEYED + job, f"{registry}.json"] for name, job in JQ.items()}
    yield "jq (JSON form)", shutil.which("jq"), jobs
