"""Tables: their columns, what they say of themselves, and how they are read on screen.

Belongs here: what a table is, and how a cell is written on screen.
Does not belong here: choosing rows (selection.py), files (export/), buttons (blocks/).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.formats import Row, is_missing, records
from streamlit_app.selection import INSTEAD

Kind = Literal["text", "percent", "points", "count", "few", "score", "date", "by_unit"]
KIND_OF_UNIT: Mapping[str, Kind] = {
    "share": "percent",
    "share_difference": "points",
    "score": "score",
}

NORWEGIAN = "nb"  # what registers, documents and files hold in one language only
STATUS_OF = {"value": "status", "value_compared": "status_compared"}


@dataclass(frozen=True)
class Column:
    """One column: its name in the frame, its heading, and how its cells are written.

    Cells of kind percent and points hold proportions, those of kind score numbers from 0 to 100,
    those of kind few counts that are withheld where they are missing; those of kind by_unit are
    each what the row's `unit` says.

    language: that of the cells where they have but one, whatever the page's is; where: the column
    that tells in which rows they are in it, of cells of which some are the page's own words.
    """

    name: str
    heading: str
    kind: Kind = "text"
    language: str = ""
    where: str = ""


@dataclass(frozen=True)
class Stamp:
    """What a table says of itself once it has left the dashboard.

    release_id: the release; empty where the table is of runs, and of no release.
    filters: what was chosen, by heading; is_demonstration: the mark.
    """

    release_id: str
    filters: Mapping[str, str]
    is_demonstration: bool


@dataclass(frozen=True)
class Table:
    """A table with all that it takes along when it leaves the dashboard.

    name: short, for a file or a sheet; title: what the table shows; stamp: what it is from.
    notes: what must be known to read it; definitions: what its words mean, word by word.
    passports: of its figures, by the name of what they are of, each a line for every fact.
    """

    name: str
    title: str
    rows: pd.DataFrame
    columns: Sequence[Column]
    stamp: Stamp
    notes: Sequence[str] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    passports: Mapping[str, str] = field(default_factory=dict)


def kind_of(column: Column, row: Row) -> Kind:
    """How the column's cell in this row is written."""
    return KIND_OF_UNIT.get(row["unit"], "count") if column.kind == "by_unit" else column.kind


def language_of(column: Column, row: Row, say: Say) -> str:
    """The language of the column's cell in this row, where it is another than the page's."""
    is_in_it = not column.where or bool(row[column.where])
    return column.language if is_in_it and column.language != say.lang else ""


def figure_columns(say: Say, kind: Kind = "percent") -> list[Column]:
    """The columns no table of figures goes without: the figure, its interval, n."""
    heading = {"percent": say("column.share"), "score": say("column.score")}.get(kind)
    heading = heading or say("column.gap")
    return [
        Column("value", heading, kind),
        Column("lower", say("column.lower"), kind),
        Column("upper", say("column.upper"), kind),
        Column("n", say("column.n"), "count"),
    ]


def written(value: Any, kind: Kind, say: Say) -> str:
    """A cell as it is read on screen; empty where there is nothing."""
    if is_missing(value):
        return say("figure.withheld") if kind == "few" else ""
    if kind == "percent":
        return say.forms.percent(value, 1)
    if kind == "points":
        return say.forms.points(value, 1)
    if kind == "date":
        return say.forms.day(value)
    if kind == "score":
        return say.forms.number(value, 1)
    return say.forms.number(value) if kind in ("count", "few") else str(value)


def on_screen(rows: pd.DataFrame, columns: Sequence[Column], say: Say) -> pd.DataFrame:
    """The table as text; a figure that is withheld, or that one of two sides lacks, reads as the
    word for that, never as a number."""
    listed = records(rows)
    table = {}
    for column in columns:
        cells = [written(row[column.name], kind_of(column, row), say) for row in listed]
        if column.name in STATUS_OF:
            told = [row.get(STATUS_OF[column.name]) for row in listed]
            pairs = zip(cells, told, strict=True)
            cells = [say(f"figure.{one}") if one in INSTEAD else cell for cell, one in pairs]
        table[column.heading] = cells
    return pd.DataFrame(table)


def status_of(column: Column, row: Row) -> str | None:
    """The status of what a cell belongs to: of its own side where the row has two; None in a table
    without one."""
    is_other = column.name.endswith("_compared") and "status_compared" in row
    status = row.get("status_compared" if is_other else "status")
    return None if is_missing(status) else str(status)
