"""A table on the page, as plain HTML: read by screen readers and printed as it stands.

Belongs here: how a table looks on the page.
Does not belong here: how a cell is written, CSV (tables.py).
"""

import re
from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import streamlit as st

from streamlit_app.catalogue import Say
from streamlit_app.formats import records
from streamlit_app.tables import Column, language_of, on_screen

LONG_NAME = re.compile(r"\S{41,}")
# of more letters than so, as much room
ROOM = {100: ' class="tm-longest"', 60: ' class="tm-long"', 20: ' class="tm-some"'}
SHOWN_WHOLE = 40  # rows; a longer table scrolls


def show_table(rows: pd.DataFrame, columns: Sequence[Column], say: Say) -> None:
    """The table; a long one scrolls, with the keyboard too."""
    st.html(table_html(rows, columns, say))


def table_html(rows: pd.DataFrame, columns: Sequence[Column], say: Say) -> str:
    """Numbers to the right, text to the left, the first column as the rows' headings."""
    cells = on_screen(rows, columns, say)
    classes = ["" if column.kind == "text" else ' class="tm-number"' for column in columns]
    heads = "".join(
        f'<th scope="col"{style}>{escape(column.heading)}</th>'
        for column, style in zip(columns, classes, strict=True)
    )
    why = {say("figure.withheld"): say("figure.withheld_long")}
    written = cells.itertuples(index=False, name=None)
    body = "".join(
        _row(row, classes, why, languages)
        for row, languages in zip(written, _languages(rows, columns, say), strict=True)
    )
    table = f'<table class="tm-table"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    where = "tm-across" if len(rows) <= SHOWN_WHOLE else "tm-scroll"
    label = escape(say("table.label"))
    return f'<div class="{where}" tabindex="0" role="group" aria-label="{label}">{table}</div>'


def _languages(rows: pd.DataFrame, columns: Sequence[Column], say: Say) -> list[list[str]]:
    """For each row the language of each cell, as an attribute, where it is not the page's."""
    if not any(column.language for column in columns):
        return [[""] * len(columns)] * len(rows)
    spoken = [[language_of(column, row, say) for column in columns] for row in records(rows)]
    return [[f' lang="{lang}"' if lang else "" for lang in row] for row in spoken]


def _row(
    cells: Sequence[str],
    classes: Sequence[str],
    why: Mapping[str, str],
    languages: Sequence[str],
) -> str:
    """One row of HTML; a word in `why` says on hover what it means."""
    titles = (f' title="{escape(why[cell])}"' if cell in why else "" for cell in cells)
    styled = zip(cells, classes, titles, languages, strict=True)
    first, *rest = (
        f"{style or _room(cell)}{title}{lang}>{in_html(cell)}"
        for cell, style, title, lang in styled
    )
    head = f'<th scope="row"{first}</th>' if cells[0] else f"<td{first}</td>"  # none is empty
    return f"<tr>{head}" + "".join(f"<td{c}</td>" for c in rest) + "</tr>"


def _room(cell: str) -> str:
    """The class of a text that is not to stand in too narrow a column."""
    return next((style for letters, style in ROOM.items() if len(cell) > letters), "")


def in_html(cell: str) -> str:
    """A cell as HTML; a very long name may be broken, so that the table keeps to the page."""
    return LONG_NAME.sub(lambda name: name[0].replace("_", "_<wbr>"), escape(cell))
