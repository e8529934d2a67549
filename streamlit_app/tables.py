"""Tables as they are read on screen, and as CSV files that say where they come from.

Belongs here: columns, how a cell is written, the CSV with release, filters and mark on each row.
Does not belong here: choosing rows (selection.py), buttons (blocks/).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.formats import is_missing
from streamlit_app.selection import WITHHELD

Kind = Literal["text", "percent", "points", "count", "score", "date"]


@dataclass(frozen=True)
class Column:
    """One column: its name in the frame, its heading, and how its cells are written.

    Cells of kind percent and points hold proportions, those of kind score numbers from 0 to 100.
    """

    name: str
    heading: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Stamp:
    """What a table says of itself once it has left the dashboard.

    release_id: the release; filters: what was chosen, by heading; is_demonstration: the mark.
    """

    release_id: str
    filters: Mapping[str, str]
    is_demonstration: bool


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
        return ""
    if kind == "percent":
        return say.forms.percent(value, 1)
    if kind == "points":
        return say.forms.points(value, 1)
    if kind == "date":
        return say.forms.day(value)
    if kind == "score":
        return say.forms.number(value, 1)
    return say.forms.number(value) if kind == "count" else str(value)


def on_screen(rows: pd.DataFrame, columns: Sequence[Column], say: Say) -> pd.DataFrame:
    """The table as text; a withheld figure reads as the word for it, never as a number."""
    withheld = _is_withheld(rows)
    table = {}
    for column in columns:
        cells = [written(value, column.kind, say) for value in rows[column.name]]
        if column.name == "value":
            pairs = zip(cells, withheld, strict=True)
            cells = [say("figure.withheld") if hidden else cell for cell, hidden in pairs]
        table[column.heading] = cells
    return pd.DataFrame(table)


def _is_withheld(rows: pd.DataFrame) -> list[bool]:
    """Which rows are withheld; none in a table without a status."""
    if "status" not in rows:
        return [False] * len(rows)
    return list(rows["status"] == WITHHELD)


def csv_bytes(rows: pd.DataFrame, columns: Sequence[Column], stamp: Stamp, say: Say) -> bytes:
    """The table as a CSV file: one row per row, stamped with release, filters and mark.

    Bokmål: semicolon, decimal comma, UTF-8 with BOM, as Norwegian Excel opens it. English: RFC
    4180. Shares are in per cent. A withheld figure is an empty cell, with the word beside it.
    """
    stamps = {
        say("csv.release"): stamp.release_id,
        say("csv.data"): say("csv.demonstration" if stamp.is_demonstration else "csv.real"),
        **stamp.filters,
    }
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";" if say.forms.is_norwegian else ",")
    writer.writerow([_csv_heading(c, say) for c in columns] + [say("csv.note"), *stamps])
    for row, hidden in zip(rows.to_dict("records"), _is_withheld(rows), strict=True):
        cells = [_csv_cell(row[c.name], c.kind, say) for c in columns]
        writer.writerow([*cells, say("csv.withheld") if hidden else "", *stamps.values()])
    return target.getvalue().encode("utf-8-sig" if say.forms.is_norwegian else "utf-8")


def _csv_heading(column: Column, say: Say) -> str:
    """The heading with its unit, since the cells hold bare numbers."""
    unit = {"percent": say("csv.percent"), "points": say("csv.points")}.get(column.kind)
    return f"{column.heading} ({unit})" if unit else column.heading


def _csv_cell(value: Any, kind: Kind, say: Say) -> str:
    """A cell for a spreadsheet: a bare number, without thousands' marks or a per cent sign, or a
    day as ISO.

    Text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    if is_missing(value):
        return ""
    if kind == "text":
        text = str(value)
        return f"'{text}" if text[:1] in "=+-@" and text else text
    if kind == "count":
        return str(int(value))
    if kind == "date":
        return f"{value:%Y-%m-%d}"
    number = f"{value if kind == 'score' else value * 100:.2f}"
    return number.replace(".", ",") if say.forms.is_norwegian else number


def file_name(parts: Sequence[str], stamp: Stamp, say: Say) -> str:
    """A file name that says what is in the file, from which release, and the mark."""
    ends = [stamp.release_id] + ([say("csv.file_mark")] if stamp.is_demonstration else [])
    return "_".join(["tillitsmonitor", *parts, *ends]) + ".csv"
