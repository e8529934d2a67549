"""Recommendations and measures by status.

Belongs here: the bars. Does not belong here: the register itself, which is a table.
"""

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import down, drawn
from streamlit_app.charts.theme import BLUE, TEXT, Heading, Layered, finish

ROW = 30
LEAST = 10  # the scale's end where there are few, so that one measure is not a long bar


def by_status(rows: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """A bar for each status, in the order in which a measure goes through them.

    rows: a goal's figures by status, with category_label, category_order and value.
    """
    label = f"category_label_{say.lang}"
    rows = rows.sort_values("category_order")
    rows = rows.assign(written=[say.forms.number(value) for value in rows["value"]])
    y = down(label, list(rows[label]), padding=0.35)
    scale = alt.Scale(domain=[0, max(float(rows["value"].max()), LEAST)], nice=False)
    base = drawn(rows, label, "value", "written")
    x = alt.X("value:Q", title=None, scale=scale, axis=None)
    layers = [
        base.mark_bar(color=BLUE).encode(y=y, x=x),
        base.mark_text(align="left", dx=6, color=TEXT).encode(y=y, x=x, text=alt.Text("written:N")),
    ]
    return finish(layers, ROW * len(rows), heading, say.lang)
