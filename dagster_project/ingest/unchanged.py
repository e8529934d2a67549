"""What need not be read again: files whose rows in the raw tables are what reading would give.

Belongs here: a file's fingerprint, which files have kept theirs, and forgetting one.
Does not belong here: reading (load.py), or deciding whether a gate must run again (assets.py).
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from dagster_project.fingerprint import quick_hash
from dagster_project.ingest.contract import Contract
from dagster_project.warehouse import has_table

Connection = duckdb.DuckDBPyConnection
Place = tuple[str, str]  # a raw table, and a file that fills it


@dataclass(frozen=True)
class FileLoad:
    """What became of one file; counts are rows of the file, fault is why it was refused.

    fingerprint: of all that decided what became of it. is_unchanged: it was not read again.
    """

    domain: str
    table: str
    file: str
    sha256: str
    rows_in: int = 0
    rows_kept: int = 0
    rows_quarantined: int = 0
    answers_blanked: int = 0
    is_demonstration: bool = False
    fault: str | None = None
    fingerprint: str = ""
    is_unchanged: bool = False
    not_read: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return self.table, self.file

    def refused(self, fault: str) -> "FileLoad":
        """The same file, refused after it had been read."""
        return replace(
            self,
            rows_in=0,
            rows_kept=0,
            rows_quarantined=0,
            answers_blanked=0,
            fault=fault,
            fingerprint="",
            is_unchanged=False,
        )

    def as_row(self) -> list[Any]:
        """The file as a row of raw.input_file."""
        share = self.rows_quarantined / self.rows_in if self.rows_in else 0
        return [
            self.domain,
            self.table,
            self.file,
            self.sha256,
            self.rows_in,
            self.rows_kept,
            self.rows_quarantined,
            self.rows_in - self.rows_kept - self.rows_quarantined,
            share,
            self.answers_blanked,
            self.is_demonstration,
            self.fault,
            self.fingerprint,
        ]


def fingerprint(con: Connection, contract: Contract, sha256: str, code: str) -> str:
    """Of the file, its contract, what it refers to, and the code that reads it.

    code: the fingerprint of the code. Of a table that the contract refers to in periods that it
    names, those periods count.
    """
    parts = [sha256, code, repr(contract)]
    for column in contract.columns:
        parts += [quick_hash(con, f"seed_{seed}") for seed in column.seeds]
        reference = column.references
        if (
            reference
            and reference.table
            and reference.table != contract.table
            and not reference.same_file
            and has_table(con, "raw", reference.table)
        ):
            periods = reference.period if isinstance(reference.period, dict) else {}
            named = ", ".join(str(period) for period in periods.values())
            where = f"period in ({named})" if named else "true"
            parts.append(quick_hash(con, f"raw.{reference.table}", where))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def loads_of_before(con: Connection, domain: str) -> dict[Place, FileLoad]:
    """What became of the domain's files when they were last read, refused ones left out."""
    if not has_table(con, "raw", "input_file"):
        return {}
    columns = {column for column, *_ in con.execute("describe raw.input_file").fetchall()}
    if "fingerprint" not in columns:  # a warehouse that an earlier version of the code left
        return {}
    rows = con.execute(
        "select domain, table_name, source_file, source_sha256, rows_in, rows_kept, "
        "rows_quarantined, answers_blanked, is_demonstration, fault, fingerprint "
        "from raw.input_file where domain = ? and fault is null",
        [domain],
    ).fetchall()
    loads = [replace(FileLoad(*row), is_unchanged=True) for row in rows]
    return {load.place: load for load in loads}


def all_unchanged(table: str, before: Collection[Place], after: Collection[FileLoad]) -> bool:
    """Whether the table is filled by the same files as before, none of them read again."""
    same = {load.place for load in after if load.table == table and load.is_unchanged}
    return (
        same
        == {place for place in before if place[0] == table}
        == {load.place for load in after if load.table == table}
    )


def forget_files(con: Connection, table: str, column: str, value: str) -> None:
    """Let the files be read again that hold rows with this value; none, where it is not there."""
    if has_table(con, "raw", table) and has_table(con, "raw", "input_file"):
        con.execute(
            "update raw.input_file set fingerprint = '' where source_file in "
            f"(select source_file from raw.{table} where {column}::varchar = ?)",
            [value],
        )


def forget_table(con: Connection, table: str) -> None:
    """Let all files be read again that fill the table."""
    if has_table(con, "raw", "input_file"):
        con.execute("delete from raw.input_file where table_name = ?", [table])
