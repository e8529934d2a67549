"""The contract applied: each row of a file is kept, or set aside with a reason.

Belongs here: the raw tables, quarantine and bookkeeping among them. Does not belong here: opening
files (readers.py), what a cell holds (cells.py), what is wrong with it (faults.py), or judging what
came out (gates).

A fault in a row sets the row aside; a fault in one answer blanks that answer and is counted; a
fault in the file refuses the file. Rows in = rows kept + rows quarantined, for every file.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.fingerprint import file_sha256
from dagster_project.ingest.cells import among, make_typed
from dagster_project.ingest.codebook import Codebook
from dagster_project.ingest.contract import Column, Contract, FileFault
from dagster_project.ingest.described import DescriptionFault
from dagster_project.ingest.domains import Domain
from dagster_project.ingest.faults import find_faults, refuse_by_fault
from dagster_project.ingest.readers import Incoming, cannot_be_opened, has_any, read_file
from dagster_project.ingest.unchanged import FileLoad, Place, fingerprint, loads_of_before
from dagster_project.settings import PROJECT
from dagster_project.small_counts import told_parts
from dagster_project.warehouse import dicts, has_table, insert_rows, literal, rows_of

MARK_HEADING = "Datagrunnlag"
MARKS = {"demonstrasjon": True, "virkelig": False}

LINEAGE = {
    "is_demonstration": "boolean",
    "source_file": "varchar",
    "source_row": "integer",
    "source_sha256": "varchar",
}
# The tables about every domain's files, beside the domains' own; one row is what the name says.
BOOKKEEPING = {
    "quarantine": {
        "domain": "varchar",
        "table_name": "varchar",
        "source_file": "varchar",
        "source_row": "integer",
        "reason": "varchar",
        "column_name": "varchar",
        "message": "varchar",
        "content": "varchar",
    },
    "blanked_answer": {
        "domain": "varchar",
        "table_name": "varchar",
        "source_file": "varchar",
        "source_row": "integer",
        "reason": "varchar",
        "column_name": "varchar",
        "message": "varchar",
    },
    "input_file": {
        "domain": "varchar",
        "table_name": "varchar",
        "source_file": "varchar",
        "source_sha256": "varchar",
        "rows_in": "bigint",
        "rows_kept": "bigint",
        "rows_quarantined": "bigint",
        "rows_unaccounted": "bigint",
        "share_quarantined": "double",
        "answers_blanked": "bigint",
        "is_demonstration": "boolean",
        "fault": "varchar",
        "fingerprint": "varchar",
    },
    "column_profile": {
        "domain": "varchar",
        "table_name": "varchar",
        "source_file": "varchar",
        "column_name": "varchar",
        "is_answer": "boolean",
        "is_optional": "boolean",
        "cells": "bigint",
        "filled": "bigint",
        "blanked": "bigint",
        "share_filled": "double",
        "share_blanked": "double",
    },
}

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Source:
    """The file being read: its domain, name and SHA-256."""

    domain: str
    file: str
    sha256: str


# --- a whole domain --------------------------------------------------------------------------


def load_domain(
    con: Connection,
    domain: Domain,
    files: Sequence[Path],
    codebooks: Sequence[Codebook],
    seeds: Path = PROJECT / "seeds",
    code: str = "",
) -> list[FileLoad]:
    """Read `files` into the raw tables of `domain`, and take out what other files left there.

    seeds: where the reference seeds lie that the domain's columns are looked up in.
    code: the fingerprint of the code that reads; a file that has kept its fingerprint since it was
    last read is left as it is. seeds: where the reference seeds lie that columns are looked up in.
    Returns one FileLoad per table and file, refused ones too. Runs in the caller's transaction.
    """
    read_seeds(con, domain, seeds / "reference")
    drop_bookkeeping_of_another_shape(con)
    before = loads_of_before(con, domain.domain)
    read: list[tuple[Path, str, Contract | FileFault, FileLoad]] = []
    for path in files:
        contracts, sha256 = contracts_for(domain, path, codebooks), ""
        try:
            sha256 = file_sha256(path)
        except OSError as error:
            contracts = dict.fromkeys(contracts, cannot_be_opened(error))
        for table, contract in contracts.items():
            load = FileLoad(domain.domain, table, path.name, sha256)
            if isinstance(contract, Contract):
                digest = fingerprint(con, contract, sha256, code)
                was = before.get(load.place)
                is_same = was is not None and was.fingerprint == digest
                load = was if was and is_same else replace(load, fingerprint=digest)
            read.append((path, table, contract, load))
    prepare_tables(con, domain, codebooks, {load.place for *_, load in read if load.is_unchanged})
    loads: dict[Place, FileLoad] = {}
    holders: dict[object, str] = {}
    for path, table, contract, load in read:
        try:
            if isinstance(contract, FileFault):
                raise contract
            source = Source(domain.domain, path.name, load.sha256)
            if not load.is_unchanged:
                load = load_file(con, path, contract, source, load)
            refuse_second_file(con, contract, source, holders)
        except FileFault as fault:
            for other, why in getattr(fault, "others", {}).items():
                forget_file(con, table, other)
                loads[table, other] = loads[table, other].refused(why)
            forget_file(con, table, path.name)
            load = load.refused(str(fault))
        loads[load.place] = load
    con.execute("delete from raw.input_file where domain = ?", [domain.domain])
    insert_rows(con, "raw.input_file", [load.as_row() for load in loads.values()])
    return list(loads.values())


def contracts_for(
    domain: Domain, path: Path, codebooks: Sequence[Codebook]
) -> dict[str, Contract | FileFault]:
    """The contract that reads the file, for each table that it fills: a workbook may fill several.

    A file that no table or codebook takes, or that several codebooks take, is a fault of the
    domain's first table.
    """
    first = domain.tables[0]
    try:
        found: dict[str, Contract | FileFault] = {
            table.table: contract
            for table in domain.tables
            if (contract := table.contract_for(path, codebooks))
        }
    except FileFault as fault:
        return {first.table: fault}
    where = "no codebook in seeds/codebooks" if first.codebooks else "no table"
    return found or {
        first.table: FileFault(
            f"{where} reads a file of this name; rename it, describe it, or take it out of the "
            "inbox"
        )
    }


def prepare_tables(
    con: Connection, domain: Domain, codebooks: Sequence[Codebook], unchanged: Collection[Place]
) -> None:
    """Raw tables of the right shape with the rows of unchanged files alone, and their bookkeeping.

    A survey's table gets a column for each question of any wave, so a new wave may widen it.
    """
    con.execute("create schema if not exists raw")
    for table in domain.tables:
        name, columns = table.table, table.raw_columns(codebooks) | LINEAGE
        same = [file for of_table, file in unchanged if of_table == name]
        if same:
            con.execute(
                f"create or replace temp table unchanged as select * from raw.{name} "
                "where list_contains(?, source_file) order by source_file, source_row",
                [same],
            )
        create_table(con, name, columns, replace_it=True)
        if same:
            shared = [c for c, *_ in rows_of(con, "describe unchanged") if c in columns]
            con.execute(f"insert into raw.{name} by name select {', '.join(shared)} from unchanged")
    for name, columns in BOOKKEEPING.items():
        create_table(con, name, columns)
        con.execute(
            f"delete from raw.{name} where domain = ? "
            "and not list_contains(?, table_name || '/' || source_file)",
            [domain.domain, [f"{of_table}/{file}" for of_table, file in unchanged]],
        )


def read_seeds(con: Connection, domain: Domain, folder: Path) -> None:
    """The temporary table seed_<name> for each seed that the domain's columns are looked up in.

    Raises DescriptionFault when a seed is not there.
    """
    for name in domain.seeds:
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise DescriptionFault(
                f"seeds/domains: {domain.domain} looks values up in {name}, and there is no "
                f"seeds/reference/{name}.csv; write it"
            )
        con.execute(
            f"create or replace temp table seed_{name} as "
            "select * from read_csv(?, header = true, all_varchar = true)",
            [str(path)],
        )


def drop_bookkeeping_of_another_shape(con: Connection) -> None:
    """Take away what an earlier version of the code left; without it everything is read anew."""
    for name, columns in BOOKKEEPING.items():
        if has_table(con, "raw", name):
            described = [column for column, *_ in rows_of(con, f"describe raw.{name}")]
            if described != list(columns):
                con.execute(f"drop table raw.{name}")


def create_table(
    con: Connection, name: str, columns: dict[str, str], *, replace_it: bool = False
) -> None:
    """A raw table with these columns and SQL types; one that is there stays unless replaced."""
    described = ", ".join(f"{column} {sql_type}" for column, sql_type in columns.items())
    create = "create or replace table" if replace_it else "create table if not exists"
    con.execute(f"{create} raw.{name} ({described})")


def forget_file(con: Connection, table: str, file: str) -> None:
    """Take out of a table what an already read file left there: a refused file has no rows."""
    con.execute(f"delete from raw.{table} where source_file = ?", [file])
    for name in ("quarantine", "blanked_answer", "column_profile"):
        con.execute(
            f"delete from raw.{name} where source_file = ? and table_name = ?", [file, table]
        )


class SecondFile(FileFault):
    """Files that were read before hold partitions of this one; others: file → why it is refused."""

    def __init__(self, others: dict[str, str]) -> None:
        super().__init__("; ".join(others.values()))
        self.others = others


def refuse_second_file(
    con: Connection, contract: Contract, source: Source, holders: dict[object, str]
) -> None:
    """Refuse this file and each other that holds a partition of it too."""
    held = rows_of(
        con,
        f"select distinct {contract.partition} from raw.{contract.table} where source_file = ? "
        "order by 1",
        [source.file],
    )
    others: dict[str, str] = {}
    for (value,) in held:
        other = holders.setdefault((contract.table, value), source.file)
        if other != source.file:
            others[other] = (
                f"{other} and {source.file} both hold {contract.partition} {value}: neither is "
                "read; take one of them out of the inbox"
            )
    if others:
        raise SecondFile(others)


# --- one file --------------------------------------------------------------------------------


def load_file(
    con: Connection, path: Path, contract: Contract, source: Source, load: FileLoad
) -> FileLoad:
    """Read one file into raw.<table>, raw.quarantine and raw.blanked_answer; `load` with counts.

    Raises FileFault when the file cannot be taken in at all.
    """
    incoming = read_file(con, path, contract)
    check_headings(incoming, contract)
    check_labels(incoming, contract)
    place = {heading.casefold(): f"c{i}" for i, heading in enumerate(incoming.headings)}
    is_demonstration = demonstration_mark(con, place, incoming)
    make_typed(con, contract, place)
    find_faults(con, contract, place, incoming, source.file)
    refuse_by_fault(con)
    blank_answers(con, contract)
    keep_rows(con, contract, source, is_demonstration)
    set_rows_aside(con, contract, source, place)
    profile_columns(con, contract, source)
    counted = [
        rows_of(con, "select count(*) from incoming"),
        rows_of(
            con, f"select count(*) from raw.{contract.table} where source_file = ?", [source.file]
        ),
        *(
            rows_of(
                con,
                f"select count(distinct (source_row, {what})) from raw.{name} "
                "where table_name = ? and source_file = ?",
                [contract.table, source.file],
            )
            for name, what in (("quarantine", "0"), ("blanked_answer", "column_name"))
        ),
    ]
    rows_in, kept, quarantined, blanked = (rows[0][0] for rows in counted)
    known = {h.casefold() for c in contract.columns for h in c.headings} | {MARK_HEADING.casefold()}
    return replace(
        load,
        rows_in=rows_in,
        rows_kept=kept,
        rows_quarantined=quarantined,
        answers_blanked=blanked,
        is_demonstration=is_demonstration,
        not_read=tuple(h for h in incoming.headings if h and h.casefold() not in known),
    )


def check_headings(incoming: Incoming, contract: Contract) -> None:
    """Refuse a file that lacks a required column, naming each that is lacking."""
    missing = [
        " / ".join(names)
        for names in contract.required_headings
        if not has_any(incoming.headings, names)
    ]
    if missing:
        raise FileFault(
            f"row 1: the required column(s) {', '.join(missing)} are lacking; the file has "
            f"{', '.join(incoming.headings[:12])}{' …' if len(incoming.headings) > 12 else ''}"
        )


def check_labels(incoming: Incoming, contract: Contract) -> None:
    """Refuse a file whose own labels contradict the codebook: its codes mean something else."""
    own = {heading.casefold(): labels for heading, labels in incoming.labels.items()}
    for heading, labels in contract.labels.items():
        for code, label in own.get(heading.casefold(), {}).items():
            expected = labels.get(code, [label])
            if label.strip().casefold() not in map(str.casefold, expected):
                raise FileFault(
                    f"column {heading}: the file says that {code} is «{label}», the codebook says "
                    f"«{expected[0]}»; correct the one that is wrong"
                )


def demonstration_mark(con: Connection, place: dict[str, str], incoming: Incoming) -> bool:
    """Whether any row of the file says that it is demonstration data.

    A row with fields too few or too many is not asked, since its cells may stand elsewhere.
    Raises FileFault when the mark's column says neither yes nor no.
    """
    column = place.get(MARK_HEADING.casefold())
    if column is None:
        return False
    found = rows_of(
        con,
        f"select lower(trim({column})), min(source_row) from incoming "
        "where not list_contains(?::integer[], source_row) group by 1 order by 2",
        [[row for row, _ in incoming.short_rows]],
    )
    for mark, row in found:
        if mark not in MARKS:
            raise FileFault(
                f"row {row}, column {MARK_HEADING}: «{mark or ''}» is neither "
                f"{' nor '.join(MARKS)}; say which on every row, or leave the column out"
            )
    return any(MARKS[mark] for mark, _ in found)


# --- what is kept, and what is set aside -----------------------------------------------------


def keep_rows(con: Connection, contract: Contract, source: Source, is_demonstration: bool) -> None:
    """The rows without a fault go to the raw table, with where they came from."""
    con.execute(
        f"insert into raw.{contract.table} by name select *, "
        f"{literal(is_demonstration)} as is_demonstration, {literal(source.file)} as source_file, "
        f"{literal(source.sha256)} as source_sha256 from typed where source_row not in "
        "(select source_row from fault where level = 'row') order by source_row"
    )


def blank_answers(con: Connection, contract: Contract) -> None:
    """Empty the answers that have a fault although they could be read, such as one out of range.

    An answer whose heading depends on the role is read under the heading of the role alone.
    """
    wrong = {
        heading
        for (heading,) in rows_of(con, "select column_name from fault where level = 'answer'")
    }
    for column in contract.columns:
        if column.on_fault == "answer" and not column.asked and column.headings[0] in wrong:
            con.execute(
                f"update typed set {column.name} = null where {column.name} is not null and "
                "source_row in (select source_row from fault where level = 'answer' "
                "and column_name = ?)",
                [column.headings[0]],
            )


def set_rows_aside(
    con: Connection, contract: Contract, source: Source, place: dict[str, str]
) -> None:
    """Quarantine keeps the row's cells, but only those that the contract reads."""
    read = [h for c in contract.columns for h in c.headings if h.casefold() in place]
    content = ", ".join(f"{literal(h)}, {place[h.casefold()]}" for h in read)
    described = f"{literal(source.domain)}, {literal(contract.table)}, {literal(source.file)}"
    con.execute(
        f"insert into raw.quarantine select {described}, source_row, "
        "arg_min(reason, fault.rowid), arg_min(column_name, fault.rowid), "
        "string_agg(message, '; ' order by fault.rowid), "
        f"any_value(json_object({content})) from fault join incoming using (source_row) "
        "where level = 'row' group by source_row order by source_row"
    )
    con.execute(
        f"insert into raw.blanked_answer select {described}, source_row, reason, column_name, "
        "message from fault where level = 'answer' and source_row not in "
        "(select source_row from fault where level = 'row') order by source_row, column_name"
    )


def quarantine_by_reason(con: Connection, where: str = "true") -> list[dict[str, Any]]:
    """One row per file, level (row or answer), reason and column, with how many, None where a small
    count could be told from it; no content."""
    rows = dicts(
        con,
        "with aside as (select 'row' as level, domain, source_file, reason, column_name "
        "from raw.quarantine union all select 'answer', domain, source_file, reason, column_name "
        "from raw.blanked_answer) select domain, source_file as file, level, reason, "
        'column_name as "column", count(*) as rows '
        f"from aside where {where} group by all order by all",
    )
    return told_parts(rows, ("domain", "file", "level"))


def profile_columns(con: Connection, contract: Contract, source: Source) -> None:
    """How far each column of the kept rows is filled; for answers, among those asked."""
    blanked = dict(
        rows_of(
            con,
            "select column_name, count(*) from raw.blanked_answer "
            "where table_name = ? and source_file = ? group by 1",
            [contract.table, source.file],
        )
    )
    asked = {c.name: _asked_rows(c) for c in contract.columns}
    counts = ", ".join(
        f"count(*) filter (where {where}), count({name})" for name, where in asked.items()
    )
    (found,) = rows_of(
        con, f"select {counts} from raw.{contract.table} where source_file = ?", [source.file]
    )
    profiles: list[list[object]] = []
    for index, column in enumerate(contract.columns):
        cells, filled = found[2 * index : 2 * index + 2]
        gone = sum(blanked.get(heading, 0) for heading in column.headings)
        profiles.append(
            [
                source.domain,
                contract.table,
                source.file,
                column.name,
                column.on_fault == "answer",
                column.optional or (column.nullable and column.on_fault == "row"),
                cells,
                filled,
                gone,
                filled / cells if cells else 0,
                gone / cells if cells else 0,
            ]
        )
    insert_rows(con, "raw.column_profile", profiles)


def _asked_rows(column: Column) -> str:
    roles = {role for of in column.asked.values() for role in of}
    return among("role", sorted(roles)) if roles else "true"


def load_codebooks(con: Connection, codebooks: dict[Path, Codebook]) -> list[str]:
    """Write raw.codebook_question, _answer and _question_indicator, one row each as named.

    Returns the tables' names.
    """
    makers = {
        "codebook_question": Codebook.question_rows,
        "codebook_answer": Codebook.answer_rows,
        "codebook_question_indicator": Codebook.indicator_rows,
    }
    con.execute("create schema if not exists raw")
    for table, make in makers.items():
        columns: dict[str, str] = {}
        rows = []
        for path, book in codebooks.items():
            sha256 = file_sha256(path)
            for number, row in enumerate(make(book), start=1):
                rows.append(row | _lineage(path, number, sha256))
                columns |= {k: SQL_TYPES.get(k, "varchar") for k in rows[-1]}
        create_table(con, table, columns, replace_it=True)
        insert_rows(con, f"raw.{table}", [[*row.values()] for row in rows])
    return list(makers)


SQL_TYPES = {
    "organisation_period": "integer",
    "goal_id": "integer",
    "is_illustrative": "boolean",
    "question_order": "integer",
    "answer_code": "integer",
    "answer_order": "integer",
} | LINEAGE


def _lineage(path: Path, row: int, sha256: str) -> dict[str, object]:
    return {
        "is_demonstration": False,
        "source_file": path.name,
        "source_row": row,
        "source_sha256": sha256,
    }
