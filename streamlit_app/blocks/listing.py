"""A table in the open, as it is read and as it is taken along.

Belongs here: the block that every table without a chart is shown in.
Does not belong here: its rows and columns (the other blocks), how a cell is written (tables.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind, is_taken, show_download, stamp_words
from streamlit_app.blocks.frame import paragraph_html
from streamlit_app.blocks.table import table_html
from streamlit_app.catalogue import Say
from streamlit_app.tables import Column, Stamp


@dataclass(frozen=True)
class Listing:
    """A table with what it is stamped by; made once, shown often.

    key: unique on the page; html: as it stands there; its title stands above it.
    """

    key: str
    title: str
    behind: Behind
    html: str


def listing(
    key: str,
    title: str,
    rows: pd.DataFrame,
    columns: Sequence[Column],
    stamp: Stamp,
    say: Say,
    file_parts: Sequence[str] = (),
) -> Listing:
    """The listing of a table; file_parts: of its files' name, the key without them."""
    below = paragraph_html(stamp_words(stamp, say), "tm-small")
    html = table_html(rows, columns, say) + below
    return Listing(key, title, Behind(rows, columns, stamp, file_parts or [key]), html)


def show_listing(shown: Listing, say: Say) -> None:
    """The table, its stamp and its files."""
    if is_taken(shown.key, None, shown.behind, shown.title):
        return
    st.html(shown.html)
    show_download(shown.key, shown.behind, say, title=shown.title)
