"""What registers say of themselves: their stamp and subtitle.

Belongs here: what the pilots' and the measures' blocks share.
Does not belong here: any one register (pilots.py, measures.py).
"""

from collections.abc import Sequence

import pandas as pd

from streamlit_app.blocks.chart import Behind, is_taken, show_download, stamp_words
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.table import show_table
from streamlit_app.evidence import View
from streamlit_app.tables import Column, Stamp


def register_stamp(view: View, period: str) -> Stamp:
    """Of the whole of NAV, in the register of a year."""
    say = view.say
    filters = {say("filter.register"): period, say("filter.unit"): say("filter.whole")}
    return Stamp(str(view.release.manifest["release_id"]), filters, view.is_demonstration)


def register_subtitle(stamp: Stamp, view: View) -> str:
    """The year, the whole of NAV, and the demonstration mark."""
    mark = [view.say("chart.demonstration")] if stamp.is_demonstration else []
    return " · ".join([*stamp.filters.values(), *mark])


def show_register(
    key: str, title: str, rows: pd.DataFrame, columns: Sequence[Column], stamp: Stamp, view: View
) -> None:
    """A table in the open, with its stamp and its CSV; its title stands above it on the page."""
    if is_taken(key, None, Behind(rows, columns, stamp, [key]), title):
        return
    show_table(rows, columns, view.say)
    paragraph(stamp_words(stamp, view.say), "tm-small")
    show_download(key, Behind(rows, columns, stamp, [key]), view.say)
