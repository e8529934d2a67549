"""Fingerprints: of a file's bytes, of a table's content, of the code that makes a release.

Belongs here: hashing, and nothing else. Does not belong here: what a fingerprint is used for.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from dagster_project.settings import PROJECT, Settings

# What decides a release beside its inputs: code and descriptions, not what running them leaves.
SUFFIXES = {".py", ".sql", ".yml", ".json", ".csv", ".j2"}
MADE_BY_RUNNING = {"target", "logs", "dbt_packages", "__pycache__"}


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def table_hash(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """A fingerprint of a table's columns, types and rows, whatever their order.

    `table` is written as in SQL (`marts.mart_scorecard`). Two tables with the same columns and the
    same rows, duplicates counted, have the same fingerprint.
    """
    columns = con.execute(f"describe {table}").fetchall()
    schema = ", ".join(f"{name} {sql_type}" for name, sql_type, *_ in columns)
    cells = ", ".join(_written(f'"{name}"', sql_type) for name, sql_type, *_ in columns)
    content = con.execute(
        "select count(*), bit_xor(digest), sum((digest >> 64)::hugeint) "
        f"from (select md5_number(concat_ws(',', {cells})) as digest from {table})"
    ).fetchall()
    return hashlib.sha256(f"{schema}|{content}".encode()).hexdigest()


def quick_hash(con: duckdb.DuckDBPyConnection, table: str, where: str = "true") -> str:
    """Like `table_hash`, many times quicker, and good only within one version of DuckDB: it tells
    whether a table in the warehouse, or its rows `where`, has changed since it was looked at."""
    columns = con.execute(f"describe {table}").fetchall()
    content = con.execute(
        "select count(*), bit_xor(digest), sum(digest::hugeint) "
        f"from (select hash(row) as digest from {table} as row where {where})"
    ).fetchall()
    return hashlib.sha256(f"{columns}|{content}".encode()).hexdigest()


def _written(column: str, sql_type: str) -> str:
    """SQL for a cell as text that no other row's cells can run together to; null is a dash."""
    text = f"cast({column} as varchar)"
    if sql_type == "VARCHAR":
        text = f"strlen({column}) || ':' || {column}"
    return f"coalesce({text}, '-')"


def code_hash(settings: Settings) -> str:
    """A fingerprint of all that decides what a release holds beside its inputs and settings."""
    return _hash_of([PACKAGE, settings.dbt, settings.expectations, settings.seeds])


def reading_hash(*described: Path) -> str:
    """A fingerprint of the code that reads, and of the descriptions it reads by, if any."""
    return _hash_of([PACKAGE, *described])


def counting_hash(settings: Settings) -> str:
    """A fingerprint of the code that counts: the models and their reference tables."""
    return _hash_of([PACKAGE, settings.dbt, settings.seeds / "reference"])


PACKAGE = PROJECT / "dagster_project"


def _hash_of(described: Sequence[Path]) -> str:
    """Of files and folders: their names from the folder on, and their bytes; the lock with them."""
    digest = hashlib.sha256()
    for place in described:
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for path in files:
            inside = path.relative_to(place.parent)
            if (
                path.suffix in SUFFIXES
                and path.is_file()
                and not MADE_BY_RUNNING & set(inside.parts)
            ):
                digest.update(f"{inside}\0".encode())
                digest.update(path.read_bytes())
    lock = PROJECT / "uv.lock"
    if lock.exists():
        digest.update(lock.read_bytes())
    return digest.hexdigest()
