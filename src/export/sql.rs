//! SQL for PostgreSQL and SQLite: the tables of the registry as the schema describes them, all rows, and a view of every
//! partnership from both sides. It is one transaction.

use std::io::{self, BufWriter, Write};

use foldhash::HashSet;

use crate::model::{Column, Grid, Row, Table, Type};

/// Whose SQL it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// PostgreSQL, as `psql` reads it.
    #[default]
    PostgreSql,
    /// SQLite.
    Sqlite,
}

impl Dialect {
    /// Every dialect by its name.
    pub const ALL: [(&'static str, Dialect); 2] = [("postgresql", Dialect::PostgreSql), ("sqlite", Dialect::Sqlite)];
}

/// A foreign key: columns of a table that hold the key of another.
pub struct ForeignKey {
    columns: Vec<&'static str>,
    target: Table,
    /// How many rows it leads nowhere.
    pub dangling: usize,
}

impl ForeignKey {
    /// Tells which columns of a table lead where.
    pub fn named(&self, table: Table) -> String {
        format!("{}.{} → {}", table.name(), self.columns.join("+"), self.target.name())
    }
}

/// A table with its foreign keys.
pub struct Exported<'r> {
    /// The table.
    pub grid: &'r Grid<'r>,
    /// Its keys, those to tables that are not exported left out.
    pub keys: Vec<ForeignKey>,
}

/// How many rows a statement of SQLite adds.
const ROWS: usize = 500;

/// The view of every partnership from both sides.
const PARTNERS: &str = r#"
CREATE VIEW "partners" AS
SELECT "side"."place_id", coalesce("place"."name", "side"."place_id") AS "place", "place"."country" AS "place_country",
  "side"."partner_id", coalesce("partner"."name", "side"."partner_id") AS "partner", "partner"."country" AS "partner_country",
  "side"."kind", "side"."status", "side"."start", "side"."end"
FROM (
  SELECT "a" AS "place_id", "b" AS "partner_id", "kind", "status", "start", "end" FROM "partnerships"
  UNION ALL
  SELECT "b", "a", "kind", "status", "start", "end" FROM "partnerships"
) AS "side"
LEFT JOIN "municipalities" AS "place" ON "place"."id" = "side"."place_id"
LEFT JOIN "municipalities" AS "partner" ON "partner"."id" = "side"."partner_id";
"#;

/// Returns tables that are exported together, with the keys among them.
pub fn exported<'r>(grids: &[&'r Grid<'r>]) -> Vec<Exported<'r>> {
    let keys = |grid: &Grid<'_>| {
        let keys = grid.schema().foreign_keys().filter_map(|(columns, target)| {
            let to = grids.iter().find(|grid| grid.table() == target)?;
            let dangling = dangling(grid, &columns, to);
            Some(ForeignKey { columns, target, dangling })
        });
        keys.collect()
    };
    grids.iter().map(|grid| Exported { grid, keys: keys(grid) }).collect()
}

/// Counts the rows whose cells in these columns are no key of another table.
fn dangling(grid: &Grid<'_>, columns: &[&str], target: &Grid<'_>) -> usize {
    let numbers: Vec<usize> = columns.iter().filter_map(|name| grid.schema().column(name)).collect();
    if let [number] = numbers[..] {
        // To look up a hash costs a fifth of searching in the order of keys.
        let key = target.schema().key.first().and_then(|name| target.schema().column(name)).unwrap_or(0);
        let ids: HashSet<&str> = target.rows().map(|row| row.get(key)).collect();
        let leads_nowhere = |id: &&str| !id.is_empty() && !ids.contains(id);
        return grid.rows().map(|row| row.get(number)).filter(leads_nowhere).count();
    }
    let leads_nowhere = |row: &Row<'_>| {
        let key: Vec<&str> = numbers.iter().map(|number| row.get(*number)).collect();
        !key.contains(&"") && target.find(&key).is_none()
    };
    grid.rows().filter(leads_nowhere).count()
}

/// Writes the tables with all their rows. A key that leads nowhere in some row is left out, for no database would take it.
pub fn sql(tables: &[Exported<'_>], dialect: Dialect, to: &mut dyn Write) -> io::Result<()> {
    // Many small pieces: a buffer of a known kind takes them at once.
    let to = &mut BufWriter::with_capacity(1 << 16, to);
    if dialect == Dialect::PostgreSql {
        // Where a statement fails, psql is not to read the rows below it as statements.
        to.write_all(
            b"\\set ON_ERROR_STOP on\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n",
        )?;
    }
    to.write_all(b"BEGIN;\n")?;
    tables.iter().try_for_each(|table| create(table, dialect, to))?;
    // SQLite looks at the tables that a row refers to, be they empty.
    tables.iter().try_for_each(|table| match dialect {
        Dialect::PostgreSql => copy(table.grid, to),
        Dialect::Sqlite => insert(table.grid, to),
    })?;
    if dialect == Dialect::PostgreSql {
        for table in tables {
            for key in table.keys.iter().filter(|key| key.dangling == 0) {
                to.write_all(b"\nALTER TABLE ")?;
                quoted(table.grid.schema().name, '"', to)?;
                to.write_all(b" ADD ")?;
                foreign_key(key, to)?;
                to.write_all(b";")?;
            }
        }
        to.write_all(b"\n")?;
        tables.iter().try_for_each(|table| comments(table.grid, to))?;
    }
    to.write_all(PARTNERS.as_bytes())?;
    to.write_all(b"COMMIT;\n")?;
    to.flush()
}

fn create(table: &Exported<'_>, dialect: Dialect, to: &mut impl Write) -> io::Result<()> {
    let schema = table.grid.schema();
    to.write_all(b"\nCREATE TABLE ")?;
    quoted(schema.name, '"', to)?;
    to.write_all(b" (\n  ")?;
    for column in schema.columns {
        described(column, to)?;
        to.write_all(b",\n  ")?;
    }
    for (_, name) in table.grid.unknown() {
        quoted(name, '"', to)?;
        to.write_all(b" text,\n  ")?;
    }
    to.write_all(b"PRIMARY KEY ")?;
    names(schema.key.iter().copied(), to)?;
    if dialect == Dialect::Sqlite {
        for key in table.keys.iter().filter(|key| key.dangling == 0) {
            to.write_all(b",\n  ")?;
            foreign_key(key, to)?;
            to.write_all(b" DEFERRABLE INITIALLY DEFERRED")?;
        }
    }
    to.write_all(b"\n);\n")
}

/// Writes the definition of a column.
fn described(column: &Column, to: &mut impl Write) -> io::Result<()> {
    quoted(column.name, '"', to)?;
    to.write_all(if matches!(column.kind, Type::Number(..)) { b" numeric" } else { b" text" })?;
    if column.required {
        to.write_all(b" NOT NULL")?;
    }
    match column.kind {
        Type::Vocabulary(words) => {
            to.write_all(b" CHECK (")?;
            quoted(column.name, '"', to)?;
            for (nth, word) in words.iter().enumerate() {
                to.write_all(if nth == 0 { b" IN (" } else { b", " })?;
                quoted(word, '\'', to)?;
            }
            to.write_all(b"))")
        }
        Type::Number(min, max) => {
            to.write_all(b" CHECK (")?;
            quoted(column.name, '"', to)?;
            write!(to, " BETWEEN {min} AND {max})")
        }
        _ => Ok(()),
    }
}

fn foreign_key(key: &ForeignKey, to: &mut impl Write) -> io::Result<()> {
    let target = key.target.schema();
    to.write_all(b"FOREIGN KEY ")?;
    names(key.columns.iter().copied(), to)?;
    to.write_all(b" REFERENCES ")?;
    quoted(target.name, '"', to)?;
    to.write_all(b" ")?;
    names(target.key.iter().copied(), to)
}

/// Writes the rows as PostgreSQL copies them in.
fn copy(grid: &Grid<'_>, to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"\nCOPY ")?;
    header(grid, to)?;
    to.write_all(b" FROM stdin;\n")?;
    each_row(grid, |_, cells| {
        for (nth, cell) in cells.enumerate() {
            if nth > 0 {
                to.write_all(b"\t")?;
            }
            if cell.is_empty() { to.write_all(b"\\N")? } else { copied(cell, to)? }
        }
        to.write_all(b"\n")
    })?;
    to.write_all(b"\\.\n")
}

/// Writes a cell as PostgreSQL copies it in; it has no way to hold a NUL.
fn copied(text: &str, to: &mut impl Write) -> io::Result<()> {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\\' | b'\n' | b'\r' | b'\t' | 0)) {
        to.write_all(&rest[..at])?;
        to.write_all(match rest[at] {
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            _ => b"",
        })?;
        rest = &rest[at + 1..];
    }
    to.write_all(rest)
}

/// Writes the rows as statements that add many at once.
fn insert(grid: &Grid<'_>, to: &mut impl Write) -> io::Result<()> {
    each_row(grid, |nth, cells| {
        if nth % ROWS == 0 {
            to.write_all(if nth == 0 { b"INSERT INTO " } else { b";\nINSERT INTO " })?;
            header(grid, to)?;
            to.write_all(b" VALUES")?;
        }
        to.write_all(if nth % ROWS == 0 { b"\n  (" } else { b",\n  (" })?;
        for (nth, cell) in cells.enumerate() {
            if nth > 0 {
                to.write_all(b", ")?;
            }
            if cell.is_empty() { to.write_all(b"NULL")? } else { quoted(cell, '\'', to)? }
        }
        to.write_all(b")")
    })?;
    to.write_all(if grid.is_empty() { b"" } else { b";\n" })
}

/// Writes what a table and its columns are for.
fn comments(grid: &Grid<'_>, to: &mut impl Write) -> io::Result<()> {
    let schema = grid.schema();
    to.write_all(b"\nCOMMENT ON TABLE ")?;
    quoted(schema.name, '"', to)?;
    to.write_all(b" IS ")?;
    quoted(schema.title, '\'', to)?;
    to.write_all(b";\n")?;
    for Column { name, title, doc, .. } in schema.columns {
        to.write_all(b"COMMENT ON COLUMN ")?;
        quoted(schema.name, '"', to)?;
        to.write_all(b".")?;
        quoted(name, '"', to)?;
        to.write_all(b" IS ")?;
        quoted(&if doc.is_empty() { (*title).to_owned() } else { format!("{title}: {doc}") }, '\'', to)?;
        to.write_all(b";\n")?;
    }
    Ok(())
}

/// Writes the name of a table and those of its columns.
fn header(grid: &Grid<'_>, to: &mut impl Write) -> io::Result<()> {
    quoted(grid.schema().name, '"', to)?;
    to.write_all(b" ")?;
    names(grid.columns().map(|(name, ..)| name), to)
}

/// Calls `write` with the number of each row and its cells in the order of the columns; each row is walked along once.
fn each_row<'r>(
    grid: &'r Grid<'r>,
    mut write: impl FnMut(usize, &mut dyn Iterator<Item = &'r str>) -> io::Result<()>,
) -> io::Result<()> {
    let places: Vec<Option<usize>> = grid.columns().map(|(_, place, _)| place).collect();
    grid.rows().enumerate().try_for_each(|(nth, row)| {
        let all = row.all();
        write(nth, &mut places.iter().map(|place| place.map_or("", |place| all[place])))
    })
}

/// Writes names in brackets.
fn names<'t>(names: impl Iterator<Item = &'t str>, to: &mut impl Write) -> io::Result<()> {
    for (nth, name) in names.enumerate() {
        to.write_all(if nth == 0 { b"(" } else { b", " })?;
        quoted(name, '"', to)?;
    }
    to.write_all(b")")
}

/// Writes a name or a text in its quotes, which stand doubled in it; it has no way to hold a NUL.
fn quoted(text: &str, quote: char, to: &mut impl Write) -> io::Result<()> {
    let mut sign = [0; 4];
    let quote = quote.encode_utf8(&mut sign);
    to.write_all(quote.as_bytes())?;
    for (nth, part) in text.split(&*quote).enumerate() {
        if nth > 0 {
            to.write_all(quote.as_bytes())?;
            to.write_all(quote.as_bytes())?;
        }
        part.split('\0').try_for_each(|part| to.write_all(part.as_bytes()))?;
    }
    to.write_all(quote.as_bytes())
}
