"""One indicator in each part of the organisation, user group or service, with its interval.

Belongs here: the bars; they stand in the order given, in one colour, never ranked.
Does not belong here: the order itself (organisation.py).
"""

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import (
    FIGURE,
    down,
    drawn,
    figure_axis,
    figure_scale,
    row_height,
    shown,
    tips,
    with_words,
    withheld_words,
)
from streamlit_app.charts.theme import BLUE, GREY, MUTED, PALE_BLUE, TEXT, Heading, Layered, finish

ROW = 30  # two lines of a name
LABEL = 0.2  # how far a figure reaches on a phone, as a share of the axis


def bars_by_area(
    areas: pd.DataFrame, whole: float | None, heading: Heading, say: Say, of: str
) -> Layered:
    """A bar with interval for each part, and a dashed line at the whole of NAV.

    areas: one row per part with its `name`; whole: NAV's own figure, None where withheld.
    of: what a part is called, as over its column in the table.
    """
    y = down("name", list(areas["name"]), padding=0.3)
    scale = figure_scale(areas, room=0.2)
    x = alt.X("value:Q", title=None, scale=scale, axis=figure_axis(areas))
    tip = tips(say, ("name", of), ("written", say("column.share")))
    told = with_words(shown(areas), say).assign(nothing=0.0)
    told = told.assign(at=[_beside(upper, whole) for upper in told["upper"]])
    base = drawn(told, "name", "nothing", "at", *FIGURE)
    layers = [
        base.mark_bar(color=PALE_BLUE, stroke=GREY, strokeWidth=1).encode(
            y=y, x=x, x2=alt.X2("nothing"), tooltip=tip
        ),
        base.mark_rule(color=BLUE, strokeWidth=2).encode(
            y=y, x=alt.X("lower:Q"), x2=alt.X2("upper")
        ),
        base.mark_tick(color=BLUE, thickness=3, size=13).encode(y=y, x=alt.X("value:Q")),
        base.mark_text(align="left", dx=6, color=TEXT).encode(
            y=y, x=alt.X("at:Q"), text=alt.Text("written:N")
        ),
        *withheld_words(areas, y, "name", alt.X("nothing:Q", title=None, scale=scale), say),
    ]
    if whole is not None:
        line = drawn(pd.DataFrame({"x": [whole]}), "x").mark_rule(color=MUTED, strokeDash=[4, 3])
        layers.append(line.encode(x=alt.X("x:Q")))
    return finish(layers, row_height(areas["name"], ROW) * len(areas), heading, say.lang)


def _beside(upper: float, whole: float | None) -> float:
    """Where a figure is written: past its interval, and past the line where that would cross it."""
    return whole if whole is not None and 0 < whole - upper < LABEL else upper
