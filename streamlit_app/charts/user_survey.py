"""The user survey over the years: computed figures, and published shares with a mark of their own.

Belongs here: the chart over the years. Does not belong here: the same indicator by county or group,
which is drawn as for the employee survey (shares.py); whether a change is sure, no line says that.
"""

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import PERCENT, WHOLE, shown
from streamlit_app.charts.theme import Heading, Layered, finish
from streamlit_app.charts.waves import (
    break_marks,
    breaks,
    by_form,
    computed_marks,
    joined,
    line_marks,
    open_marks,
    withheld_marks,
)
from streamlit_app.formats import Row, is_missing, records
from streamlit_app.selection import ANSWERS, PUBLISHED

HEIGHT = 230
ROOM = 0.6  # years on either side, for the numbers
SCORES = alt.Scale(domain=[0, 100])


def is_score(rows: pd.DataFrame) -> bool:
    """Whether the figures are mean scores from 0 to 100, rather than shares."""
    return bool((rows["measure"] == "mean").any())


def figure_words(row: Row, say: Say) -> str:
    """A share or score as it is written; a published share with the word for how exact it is."""
    if row["measure"] == "mean":
        return say.forms.number(row["value"], 1)
    written = say.forms.percent(row["value"])
    return say(f"comparator.{row['comparator']}", value=written)


def with_figure_words(rows: pd.DataFrame, say: Say) -> pd.DataFrame:
    """`written`, `interval` and `answered` for labels and tips; words where the source has none."""
    found = []
    for row in records(rows):
        low, high = row["lower"], row["upper"]
        interval = say("figure.no_interval")
        if not is_missing(low):
            interval = say.forms.percent_interval(low, high)
            if row["measure"] == "mean":
                interval = f"{say.forms.number(low, 1)} {say.forms.to} {say.forms.number(high, 1)}"
        answered = say("figure.no_n") if is_missing(row["n"]) else say.forms.number(row["n"])
        found.append((figure_words(row, say), interval, answered))
    columns = pd.DataFrame(found, columns=["written", "interval", "answered"], index=rows.index)
    return rows.assign(**columns)


def over_years(years: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """Computed figures as points with interval, published shares as open diamonds without.

    years: as selection.over_years gives them. A line joins computed figures on one scale; where the
    scale changed there is a dashed line and the word for it.
    """
    rows = years.assign(year=years["period"].astype(int))
    ticks = sorted(rows["year"])
    scale = alt.Scale(domain=[ticks[0] - ROOM, ticks[-1] + ROOM], nice=False)
    axis = alt.Axis(values=ticks, format="d", grid=False, labelAngle=0)
    value_scale, value_axis = (SCORES, alt.Axis()) if is_score(rows) else (WHOLE, PERCENT)

    def along(column: str) -> alt.X:
        return alt.X(f"{column}:Q", title=None, scale=scale, axis=axis)

    figure = alt.Y("value:Q", title=None, scale=value_scale, axis=value_axis)
    listed = records(rows)
    there = by_form(records(with_figure_words(shown(rows), say)))
    year, tip = along("year"), _tips(say)
    layers = [
        *line_marks(joined(listed), along("year_before")),
        *break_marks(breaks(listed, say), along("place")),
        *computed_marks(there[ANSWERS], year, figure, tip),
        *open_marks(there[PUBLISHED], PUBLISHED, year, figure, tip, say),
        *withheld_marks(listed, along("year"), say),
    ]
    return finish(layers, HEIGHT, heading, say.lang)


def _tips(say: Say) -> list[alt.Tooltip]:
    named = [
        ("period", "column.year"),
        ("written", "column.figure"),
        ("interval", "column.interval"),
        ("answered", "column.n"),
    ]
    return [alt.Tooltip(f"{column}:N", title=say(heading)) for column, heading in named]
