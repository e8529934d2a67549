"""A chart with its text alternative, and the table behind it one click away.

Belongs here: the block that every chart is shown in.
Does not belong here: drawing (charts/), the table's form (tables.py, blocks/table.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from streamlit_app.blocks.frame import paragraph, theme
from streamlit_app.blocks.table import show_table
from streamlit_app.catalogue import Say
from streamlit_app.charts.on_page import on_page
from streamlit_app.export.files import FORMATS, file_name
from streamlit_app.tables import Column, Stamp, Table


@dataclass(frozen=True)
class Behind:
    """The table behind a chart: its rows and columns, its stamp, and its file name's parts."""

    rows: pd.DataFrame
    columns: Sequence[Column]
    stamp: Stamp
    file_parts: Sequence[str]


def show_chart(
    key: str, chart: alt.LayerChart, behind: Behind, say: Say, notes: Sequence[str] = ()
) -> None:
    """The chart, its notes, and the table behind it when asked for.

    key: unique on the page; notes: what must be known to read the chart, below it.
    """
    # the tests validate; here it would take most of the time
    page = on_page(chart.to_dict(validate=False), theme())
    with st.container(gap="xsmall"):
        st.html(page.heading)
        st.vega_lite_chart(page.spec, theme=None, alt=page.alt, key=f"chart-{key}")
        for note in notes:
            paragraph(note, "tm-small")
        show_behind(key, behind, say)


def show_behind(key: str, behind: Behind, say: Say) -> None:
    """A closed fold with the table and its CSV; nothing is made before it is opened."""
    fold = st.expander(say("chart.table"), key=f"table-{key}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        show_table(behind.rows, behind.columns, say)
        paragraph(stamp_words(behind.stamp, say), "tm-small")
        show_download(key, behind, say)


def show_download(key: str, behind: Behind, say: Say) -> None:
    """The table as CSV, made when the button is pressed."""
    made = FORMATS["csv_norwegian" if say.forms.is_norwegian else "csv"]
    name = " ".join(behind.file_parts)
    table = Table(name, name, behind.rows, behind.columns, behind.stamp)
    st.download_button(
        say("chart.csv"),
        data=lambda: made.write(table, say),
        file_name=file_name(behind.file_parts, behind.stamp, say, made.ending),
        mime=made.media_type,
        key=f"csv-{key}",
        on_click="ignore",
    )


def stamp_words(stamp: Stamp, say: Say) -> str:
    """Release, filters and mark, as a footnote."""
    parts = [f"{heading}: {value}" for heading, value in stamp.filters.items()]
    parts.append(f"{say('csv.release')}: {stamp.release_id}")
    if stamp.is_demonstration:
        parts.append(say("chart.demonstration"))
    return " · ".join(parts)
