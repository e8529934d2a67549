"""Parts of the organisation set beside what chance alone would give: a funnel plot.

Belongs here: the control limits and the chart. Nobody is ranked, and no part is pointed at.
Does not belong here: which parts there are, or their order (selection.py).

Where all parts had the same share beneath, a figure on n answers would lie within centre ± z·s/√n
as often as z says; s is the spread of one answer. D. J. Spiegelhalter, Funnel plots for comparing
institutional performance, Statistics in Medicine 24 (2005), with its limits of 95 and 99.8 %.
"""

import math
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import (
    FIGURE,
    drawn,
    figure_axis,
    figure_scale,
    shown,
    tips,
    with_words,
)
from streamlit_app.charts.theme import BLUE, GREY, MUTED, Heading, Layered, finish

HEIGHT = 340
LIMITS = {"95": 1.959963984540054, "99.8": 3.090232306167814}  # the level, and its two-sided z
OUTER = LIMITS["99.8"]
ENDS = ("upper", "lower")
STEPS, LABEL_AT = 80, 10  # no level is written where the curves are steep


def spread_of_share(share: float) -> float:
    """The spread of one answer, where so many of all answer so."""
    return math.sqrt(share * (1 - share))


def spread_of_balance(balance: float, strength: float) -> float:
    """The same where an answer counts 1, 0 or −1: balance is the mean of it, strength that of its
    square."""
    return math.sqrt(max(strength - balance * balance, 0.0))


def limits(centre: float, spread: float, n: float, z: float) -> tuple[float, float]:
    """Between what a figure on `n` answers lies by chance alone."""
    reach = z * spread / math.sqrt(n)
    return centre - reach, centre + reach


def within_limits(rows: pd.DataFrame, centre: float, spread: float) -> pd.Series:
    """Whether chance alone explains each figure, at 99.8 %."""
    reach = OUTER * spread / np.sqrt(rows["n"].astype(float))
    return (rows["value"] - centre).abs() <= reach


def funnel(
    parts: pd.DataFrame, centre: float, spread: float, heading: Heading, say: Say
) -> Layered:
    """A point for each part by its number of answers, within the limits round the whole.

    parts: as selection.side_by_side gives them; a withheld one has no place in the chart.
    centre: the figure of the whole of NAV; spread: of one answer.
    """
    there = with_words(shown(parts), say)
    most = float(there["n"].max()) * 1.05
    low, high = figure_scale(parts).domain
    curves = _curves(centre, spread, most).assign(
        lower=lambda c: c["lower"].clip(low, high), upper=lambda c: c["upper"].clip(low, high)
    )
    x_scale = alt.Scale(domain=[0, most], nice=False, zero=True)
    x_axis = alt.Axis(title=say("column.n"), grid=False, tickCount=6, format=",d")
    x = alt.X("n:Q", scale=x_scale, axis=x_axis)
    y = alt.Y("value:Q", title=None, scale=figure_scale(parts), axis=figure_axis(parts))
    tip = tips(say, ("name", say("column.area")), ("written", say("column.share")))
    layers = [
        *_limit_marks(curves, x, figure_scale(parts), say),
        drawn(pd.DataFrame({"value": [centre]}), "value")
        .mark_rule(color=MUTED, strokeDash=[4, 3])
        .encode(y=y),
        drawn(there, "name", "n", *FIGURE)
        .mark_circle(color=BLUE, size=70, opacity=0.75)
        .encode(x=x, y=y, tooltip=tip),
    ]
    return finish(layers, HEIGHT, heading, say.lang)


def _curves(centre: float, spread: float, most: float) -> pd.DataFrame:
    """The limits along n. One row per level and n."""
    along = np.linspace(max(most / STEPS, 1.0), most, STEPS)
    rows: list[tuple[str, float, float, float]] = [
        (level, n, *limits(centre, spread, n, z)) for level, z in LIMITS.items() for n in along
    ]
    return pd.DataFrame(rows, columns=["level", "n", "lower", "upper"])


def _limit_marks(curves: pd.DataFrame, x: alt.X, scale: alt.Scale, say: Say) -> Sequence[alt.Chart]:
    """Each limit as a line above and one below, with its level: outside of the outer curve and
    inside of the inner one, so that neither is written over the other."""
    marks = []
    end, place = label_place(curves)
    for level, of_level in curves.groupby("level"):
        is_outer = level == "99.8"
        for side in ENDS:
            y = alt.Y(f"{side}:Q", title=None, scale=scale)
            mark = drawn(of_level, "n", side).mark_line(
                color=GREY, strokeWidth=1, strokeDash=[1, 0] if is_outer else [2, 3]
            )
            marks.append(mark.encode(x=x, y=y))
        written = say.forms.percent(float(str(level)) / 100, 1 if is_outer else 0)
        is_above = is_outer == (end == "upper")
        word = drawn(of_level.iloc[[place]].assign(word=written), "n", end, "word").mark_text(
            align="left",
            baseline="bottom" if is_above else "top",
            dx=2,
            dy=-1 if is_above else 2,
            color=MUTED,
        )
        y = alt.Y(f"{end}:Q", title=None, scale=scale)
        marks.append(word.encode(x=x, y=y, text=alt.Text("word:N")))
    return marks


def label_place(curves: pd.DataFrame) -> tuple[str, int]:
    """Above or below, and how far along, the limits are furthest apart as they are drawn."""
    apart = {
        end: np.ptp(np.stack([c[end].to_numpy() for _, c in curves.groupby("level")]), axis=0)
        for end in ENDS
    }
    far = {end: LABEL_AT + int(apart[end][LABEL_AT:].argmax()) for end in ENDS}
    end = max(ENDS, key=lambda end: round(float(apart[end][far[end]]), 9))
    return end, far[end]
