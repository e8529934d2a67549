"""A table's cells as every format writes them, so that all formats hold the same numbers.

Belongs here: the columns that a file has beside the table's own, the cells' values, what keeps a
text from becoming a formula, the lines that say where something is from.
Does not belong here: any one format (files.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.formats import HARD_SPACE, SEPARATOR, Row, is_missing, records
from streamlit_app.selection import INSTEAD, NO_FIGURE, NOT_ASKED, WITHHELD
from streamlit_app.tables import (
    STATUS_OF,
    Column,
    Kind,
    Stamp,
    Table,
    kind_of,
    status_of,
    written,
)

NUMBERS = ("percent", "points", "count", "score")
DECIMALS = 10  # of what was multiplied by a hundred, so that 57,5 is not 57,49999999999999

# What a spreadsheet takes for the start of a formula, also in the wide letters of East Asia.
STARTS = "=+\\-@＝＋－＠"
# At the start, and after what may divide cells where a file is read with another divider.
FORMULA = re.compile(f"^(?=\\s*[{STARTS}\t\r\n])|(?<=[;,\t\r\n])(?=[{STARTS}][^\\s;,])")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Instead(Enum):
    """A cell without its number, by why: it is withheld, those chosen were not asked, or they were
    and there is none."""

    WITHHELD = WITHHELD
    NOT_ASKED = NOT_ASKED
    NO_FIGURE = NO_FIGURE


Cell = str | int | float | date | Instead | None


@dataclass(frozen=True)
class Sheet:
    """A table as it leaves: its own columns, then note, release, data, filters and what must be
    known to read it on each row.

    columns: their headings differ from each other; rows: shares and differences are proportions.
    kinds: of each cell, how it is to be written.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    kinds: Sequence[Sequence[Kind]]


def sheet(table: Table, say: Say) -> Sheet:
    """The table with what it is stamped by. No text in it can become a formula."""
    stamp = table.stamp
    stamps = {
        **release_words(stamp, say),
        say("csv.data"): data_words(stamp, say),
        **stamp.filters,
        **({say("csv.notes"): " ".join(table.notes)} if table.notes else {}),
    }
    own = [replace(c, kind="count") if c.kind == "few" else c for c in table.columns]
    few = [WITHHELD if column.kind == "few" else None for column in table.columns]
    beside = [Column("", heading) for heading in (say("csv.note"), *stamps)]
    rows: list[Sequence[Cell]] = []
    kinds: list[Sequence[Kind]] = []
    for row in records(table.rows):
        of_row = [kind_of(column, row) for column in own]
        values = (row[column.name] for column in own)
        why = [one or status_of(column, row) for one, column in zip(few, own, strict=True)]
        cells = [_cell(*cell) for cell in zip(values, of_row, why, strict=True)]
        rows.append([*cells, *(safe(text) for text in (_note(row, own, say), *stamps.values()))])
        kinds.append([*of_row, *(column.kind for column in beside)])
    return Sheet(_told_apart([*own, *beside]), rows, kinds)


def passport_cells(table: Table) -> list[list[str]]:
    """For each row the cell that a file without a front sheet has behind all others: the passports
    of what the row names, or of all in the table where it names none; no cell without passports."""
    if not table.passports:
        return [[] for _ in range(len(table.rows))]
    whole = {
        name: f"{name}: {' · '.join(text.split(chr(10)))}" for name, text in table.passports.items()
    }
    cells = []
    for row in records(table.rows):
        named = {str(row[column.name]) for column in table.columns if column.kind == "text"}
        told = [text for name, text in whole.items() if name in named] or whole.values()
        cells.append([safe(" · ".join(told))])
    return cells


def words(cell: Cell, kind: Kind, say: Say) -> str:
    """A cell as it is read: as on screen, with the word for what stands in a number's place."""
    return word(cell, say) if isinstance(cell, Instead) else written(cell, kind, say)


def word(cell: Instead, say: Say) -> str:
    """The word for why a cell has no number: skjermet, ikke spurt, uten tall."""
    return say(f"figure.{cell.value}")


def safe(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet would take what follows for a formula, and
    without the letters that no document may hold.

    OWASP, CSV Injection: the letters that begin a formula, and that dividers may be others.
    """
    return FORMULA.sub("'", UNPRINTABLE.sub("", text))


def in_unit(value: float, kind: Kind) -> float:
    """A proportion in per cent or percentage points; every other number as it is."""
    is_share = kind in ("percent", "points")
    return round(value * 100, DECIMALS) if is_share else value


def heading_with_unit(column: Column, say: Say) -> str:
    """The heading with its unit, where the cells hold bare numbers."""
    unit = {"percent": say("csv.percent"), "points": say("csv.points")}.get(column.kind)
    return f"{column.heading} ({unit})" if unit else column.heading


def release_words(stamp: Stamp, say: Say) -> dict[str, str]:
    """The release by its heading; nothing of what is of none."""
    return {say("csv.release"): stamp.release_id} if stamp.release_id else {}


def data_words(stamp: Stamp, say: Say) -> str:
    """Whether the table is of evidence or of invented data."""
    return say("csv.demonstration" if stamp.is_demonstration else "csv.real")


def foot_lines(table: Table, say: Say) -> list[str]:
    """What stands below a chart or table that has left: what must be known to read it,
    sources, release, mark, filters."""
    parts = [f"{heading}: {one}" for heading, one in release_words(table.stamp, say).items()]
    parts += [say("chart.demonstration")] if table.stamp.is_demonstration else []
    parts += [f"{heading}: {value}" for heading, value in table.stamp.filters.items()]
    return [*table.notes, *source_lines(table.rows, say), SEPARATOR.join([say("product"), *parts])]


def source_lines(rows: pd.DataFrame, say: Say) -> list[str]:
    """The files that the rows were read from, and the documents where they were published."""
    named = [
        str(source)
        for column in ("source_file", "source_title")
        if column in rows
        for source in sorted(rows[column].dropna().unique())
    ]
    return [say("export.source", sources="; ".join(named))] if named else []


def _note(row: Row, columns: Sequence[Column], say: Say) -> str:
    """Why figures of a row are missing; of which side where there are two."""
    if "status_compared" not in row:
        return say("csv.withheld") if row.get("status") == WITHHELD else ""
    sides = {one.heading: status_of(one, row) for one in columns if one.name in STATUS_OF}
    return "; ".join(
        f"{side}: {say(f'csv.{status}')}" for side, status in sides.items() if status in INSTEAD
    )


def _cell(value: Any, kind: Kind, status: str | None) -> Cell:
    """A value of the release as a number, a day or a safe text; status: of what it belongs to."""
    if is_missing(value):
        return Instead(status) if status in INSTEAD and kind in NUMBERS else None
    if kind == "text":
        return safe(str(value))
    if kind == "date":
        return value.date() if isinstance(value, datetime) else pd.Timestamp(value).date()
    number = float(value)
    return int(number) if kind == "count" and number.is_integer() else number


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """The columns with safe headings, a number behind those that stand there already."""
    seen: dict[str, int] = {}
    apart = []
    for column in columns:
        heading = safe(column.heading.replace(HARD_SPACE, " "))  # programs look columns up by it
        seen[heading] = seen.get(heading, 0) + 1
        number = seen[heading]
        apart.append(replace(column, heading=heading if number == 1 else f"{heading} ({number})"))
    return apart
