"""The warehouse: one connection at a time, in one transaction.

Belongs here: what every stop needs of the DuckDB file, and of a connection to it.
Does not belong here: any table by name.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from dagster_project.settings import Settings


class WarehouseBusy(Exception):
    """Another process has the warehouse open; the message says what to do."""


# The one in dbt/profiles.yml, since DuckDB refuses a second one.
CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {"threads": 2}


@contextmanager
def warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in one transaction: committed at the end, rolled back on any error.

    Raises WarehouseBusy when another process has the file open.
    """
    con = _connect(settings)
    try:
        con.begin()
        yield con
        con.commit()
    except BaseException:
        con.rollback()
        raise
    finally:
        con.close()


@contextmanager
def held_open(settings: Settings) -> Iterator[None]:
    """Within, the file is open in this process: no step waits for it to be read in and written out.

    A file that cannot be opened is left to the first step, which says why.
    """
    try:
        con = _connect(settings)
    except (WarehouseBusy, duckdb.Error):
        yield
        return
    try:
        yield
    finally:
        con.close()


def _connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    settings.data.mkdir(parents=True, exist_ok=True)
    try:
        return duckdb.connect(str(settings.warehouse), config=CONFIGURATION)
    except duckdb.IOException as error:
        if "lock" not in str(error):
            raise
        raise WarehouseBusy(
            f"{settings.warehouse} is open in another process. Wait for the other run to end, or "
            "close the program that has it open."
        ) from error


def has_table(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    """Whether the table has been made."""
    try:
        con.table(f'"{schema}"."{table}"')  # many times quicker than the information schema
    except duckdb.CatalogException:
        return False
    return True


def insert_rows(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]
) -> None:
    """Insert the rows in one statement: each takes longer than what it does to the table."""
    if rows:
        marks = "(" + ", ".join("?" for _ in rows[0]) + ")"
        values = ", ".join(marks for _ in rows)
        con.execute(f"insert into {table} values {values}", [cell for row in rows for cell in row])


def literal(value: object) -> str:
    """A Python value as an SQL literal."""
    if value is None:
        return "null"
    if isinstance(value, (bool, int, float)):
        return str(value).lower()
    return "'" + str(value).replace("'", "''") + "'"


def rows_of(
    con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()
) -> list[Any]:
    """The rows of a query as tuples."""
    return con.execute(sql, list(parameters)).fetchall()


def dicts(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, each as column → value."""
    result = con.execute(sql)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
