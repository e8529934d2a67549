"""What differs between a release and the same release made again, table by table.

Belongs here: finding and wording differences. Does not belong here: making a release (again.py).
A difference is told by table, number of rows, columns, and what identifies the first row; no other
value is told, since what one release hides another may show.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import duckdb

from dagster_project.warehouse import literal, rows_of

# Columns that tell when something was, which no rerun gives again, or which release it is in, which
# is another one where the code is.
NOT_COMPARED = ("since", "release_id")
Connection = duckdb.DuckDBPyConnection


def differences(release: Path, again: Path) -> list[str]:
    """What differs between the tables of two release folders, in words; nothing where none does.

    Compared are the tables of marts.duckdb and every CSV file, as tables of text.
    """
    with duckdb.connect() as con:
        for name, folder in (("release", release), ("again", again)):
            con.execute(f"attach '{folder / 'marts.duckdb'}' as {name} (read_only)")
        marts = [
            {
                table
                for (table,) in rows_of(
                    con, "select table_name from duckdb_tables() where database_name = ?", [name]
                )
            }
            for name in ("release", "again")
        ]
        files = [
            {str(path.relative_to(folder)) for path in folder.rglob("*.csv")}
            for folder in (release, again)
        ]
        return [
            *_lacking(*marts),
            *_lacking(*files),
            *(
                f"{table}: {said}"
                for table in sorted(marts[0] & marts[1])
                for said in in_table(con, f'release."{table}"', f'again."{table}"')
            ),
            *(
                f"{file}: {said}"
                for file in sorted(files[0] & files[1])
                for said in in_table(con, _csv(release / file), _csv(again / file))
            ),
        ]


def _lacking(release: Collection[str], again: Collection[str]) -> Iterator[str]:
    for name in sorted({*release} ^ {*again}):
        yield f"{name}: is only in {_place(name in release)}"


def _place(is_release: bool) -> str:
    return "the release" if is_release else "what was made again"


def _csv(path: Path) -> str:
    return f"read_csv({literal(str(path))}, all_varchar = true, header = true)"


def in_table(con: Connection, release: str, again: str) -> Iterator[str]:
    """What differs between two tables, each written as in SQL."""
    columns = [dict(_columns(con, table)) for table in (release, again)]
    for name in sorted({*columns[0]} ^ {*columns[1]}):
        yield f"the column {name} is only in {_place(name in columns[0])}"
    both = [name for name in columns[0] if name in columns[1] and name not in NOT_COMPARED]
    for name in both:
        if columns[0][name] != columns[1][name]:
            yield f"the column {name} is {columns[0][name]} in the release, now {columns[1][name]}"
    listed = ", ".join(f'"{name}"' for name in both)
    halves = (f"select {listed} from {release}", f"select {listed} from {again}")
    counted = [
        rows_of(con, f"select count(*) from ({one} except all {other})")[0][0]
        for one, other in (halves, halves[::-1])
    ]
    if any(counted):
        key = _key(con, both, release, again)
        yield from _by_row(con, both, key, release, again) if key else _by_count(counted)


def _columns(con: Connection, table: str) -> list[tuple[str, str]]:
    return [(name, kind) for name, kind, *_ in rows_of(con, f"describe select * from {table}")]


def _key(con: Connection, columns: Sequence[str], *tables: str) -> list[str]:
    """The fewest first columns that tell the rows apart in both; none where rows repeat."""
    for length in range(1, len(columns) + 1):
        key = list(columns[:length])
        listed = ", ".join(f'"{name}"' for name in key)
        repeated = "select 1 from {} group by {} having count(*) > 1 limit 1"
        if not any(rows_of(con, repeated.format(table, listed)) for table in tables):
            return key
    return []


def _by_count(counted: Sequence[int]) -> Iterator[str]:
    for is_release, count in ((True, counted[0]), (False, counted[1])):
        if count:
            yield f"{count} row(s) are only in {_place(is_release)}"


def _by_row(
    con: Connection, columns: Sequence[str], key: Sequence[str], release: str, again: str
) -> Iterator[str]:
    """Rows in one alone, and the columns that differ in rows that both have."""
    met = " and ".join(f'a."{name}" is not distinct from b."{name}"' for name in key)
    joined = (
        f"(select true as here, * from {release}) as a "
        f"full join (select true as here, * from {again}) as b on {met}"
    )
    for is_release, lacks in ((True, "b"), (False, "a")):
        has = "a" if is_release else "b"
        said = _counted(con, joined, f"{lacks}.here is null", key, has)
        if said:
            yield f"{said} only in {_place(is_release)}"
    differ = {
        name: f'a."{name}" is distinct from b."{name}"' for name in columns if name not in key
    }
    where = f"a.here and b.here and ({' or '.join(differ.values())})" if differ else "false"
    said = _counted(con, joined, where, key, "a")
    if said:
        sums = ", ".join(f"bool_or({condition})" for condition in differ.values())
        (found,) = rows_of(con, f"select {sums} from {joined} where {where}")
        named = ", ".join(name for name, is_so in zip(differ, found, strict=True) if is_so)
        yield f"{said} with other values in {named}"


def _counted(con: Connection, joined: str, where: str, key: Sequence[str], side: str) -> str:
    """How many rows, and what identifies the first one; empty where there are none."""
    named = ", ".join(f'{side}."{name}"' for name in key)
    (count,) = rows_of(con, f"select count(*) from {joined} where {where}")[0]
    if not count:
        return ""
    first = rows_of(con, f"select {named} from {joined} where {where} order by all limit 1")[0]
    told = ", ".join(f"{name} {value}" for name, value in zip(key, first, strict=True))
    return f"{count} row(s), the first of them {told},"
