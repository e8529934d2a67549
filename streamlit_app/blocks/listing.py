"""A table in the open, as it is read and as it is taken along.

Belongs here: the block that every table without a chart is shown in.
Does not belong here: its rows and columns (the other blocks), how a cell is written (tables.py).
"""

from dataclasses import dataclass

import streamlit as st

from streamlit_app.blocks.chart import (
    Behind,
    is_taken,
    show_download,
    show_passports,
    stamp_words,
)
from streamlit_app.blocks.frame import paragraph_html
from streamlit_app.blocks.table import table_html
from streamlit_app.catalogue import Say


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
    behind: Behind,
    say: Say,
    on_page: str | None = None,
) -> Listing:
    """The listing of a table; on_page: the table as HTML, where the files have more than it."""
    html = on_page or table_html(behind.rows, behind.columns, say)
    below = paragraph_html(stamp_words(behind.stamp, say), "tm-small")
    return Listing(key, title, behind, html + below)


def show_listing(shown: Listing, say: Say) -> None:
    """The table, its stamp, its files, and when asked for the passports of its figures."""
    behind = shown.behind
    if is_taken(shown.key, None, behind, shown.title):
        return
    st.html(shown.html)
    show_download(shown.key, behind, say, title=shown.title)
    if behind.has_passports:
        fold = st.expander(say("chart.passport"), key=f"passports-{shown.key}", on_change="rerun")
        if fold.open:
            with fold:
                show_passports(behind)
