"""A cell's text and its type, in SQL.

Belongs here: how text becomes a number, a date or a code, and what surely does not fit.
Does not belong here: what is said of a cell that does not fit (faults.py).
"""

from collections.abc import Sequence

import duckdb

from dagster_project.ingest.contract import Column, Contract
from dagster_project.warehouse import literal

Connection = duckdb.DuckDBPyConnection

SPACES = " \u00a0\u202f"  # between thousands: plain, hard, and hard and narrow
DATES = ("date", "month")
DIGITS = rf"-?(\d+|\d{{1,3}}([{SPACES}]\d{{3}})+)"


def raw_cell(column: Column, place: dict[str, str]) -> str:
    """SQL for the cell that counts for a column; by role where the heading depends on it."""
    if column.asked:
        branches = " ".join(
            f"when {among('asked_role', roles)} then {place[heading.casefold()]}"
            for heading, roles in column.asked.items()
        )
        return f"case {branches} end"
    found = [place[h.casefold()] for h in column.header if h.casefold() in place]
    if not found:
        return "cast(null as varchar)"
    if not column.missing:
        return found[0]
    none = among(f"lower({found[0]})", [said.casefold() for said in column.missing])
    return f"case when {none} then null else {found[0]} end"


def among(name: str, values: Sequence[str]) -> str:
    """SQL for whether a column holds one of the values."""
    return f"{name} in ({', '.join(map(literal, values))})"


def typed_cell(column: Column, text: str) -> str:
    """SQL that turns a cell's text into the column's type, null where it does not surely fit.

    1.000 is no whole number: it may be one, and it may be a thousand.
    """
    whole = f"regexp_replace({text}, '[.,]0+$', '')"
    if column.type == "integer":
        plain = f"translate({whole}, '{SPACES}', '')"
        fits = f"regexp_full_match({text}, '{DIGITS}([.,]0{{1,2}})?')"
        return f"case when {fits} then try_cast({plain} as integer) end"
    if column.type == "decimal":
        plain = f"translate({text}, '{SPACES}', '')"
        return (
            f"try_cast(case when regexp_full_match({text}, '{DIGITS}([.,]\\d+)?') "
            f"then replace({plain}, ',', '.') "
            f"when regexp_full_match({text}, '-?\\d{{1,3}}(\\.\\d{{3}})+,\\d+') "
            f"then translate({plain}, ',.', '.') end as {column.sql_type})"
        )
    if column.type in DATES:
        # a day as ISO or Norwegian, or a month, which is its first day; a time of day is let go
        day = f"regexp_replace({text}, '[T ]\\d{{2}}:\\d{{2}}.*$', '')"
        found = (
            f"cast(coalesce(try_strptime({day}, '%Y-%m-%d'), try_strptime({day}, '%d.%m.%Y'), "
            f"try_strptime({day} || '-01', '%Y-%m-%d')) as date)"
        )
        return f"cast(date_trunc('month', {found}) as date)" if column.type == "month" else found
    if column.type == "code":
        numbers = [said for said in column.codes if said.lstrip("-").isdigit()]
        words = [said for said in column.codes if said not in numbers]
        # nearly every cell is a code as it stands; only the others are looked at closely
        closely = _coded(column, whole, numbers)
        kept = [_coded(column, text, numbers, closely), _coded(column, f"lower({text})", words)]
        return f"cast(coalesce({', '.join(filter(None, kept))}) as {column.sql_type})"
    return text


def _coded(column: Column, subject: str, says: Sequence[str], otherwise: str = "null") -> str:
    """SQL for what is kept where `subject` is one of `says`; empty where there is none."""
    branches = " ".join(
        f"when {literal(said.casefold())} then {literal(column.codes[said])}" for said in says
    )
    return branches and f"case {subject} {branches} else {otherwise} end"


def make_typed(con: Connection, contract: Contract, place: dict[str, str]) -> None:
    """The temporary tables `read` (text per column) and `typed` (value per column)."""
    role = next((c for c in contract.columns if c.name == "role"), None)
    asked_role = literal(contract.constants.get("role"))
    if role:
        asked_role = typed_cell(role, raw_cell(role, place))
    texts = ", ".join(f"{raw_cell(c, place)} as {c.name}" for c in contract.columns)
    con.execute(
        f"create or replace temp view read as select source_row, {texts} "
        f"from (select *, {asked_role} as asked_role from incoming)"
    )
    values = ", ".join(f"{typed_cell(c, c.name)} as {c.name}" for c in contract.columns)
    others = {name: literal(value) for name, value in contract.constants.items()}
    if contract.numbered:
        others[contract.numbered] = "source_row"
    given = "".join(f", cast({value} as varchar) as {name}" for name, value in others.items())
    con.execute(
        f"create or replace temp table typed as select source_row, {values}{given} from read"
    )
