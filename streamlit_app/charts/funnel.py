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
STEPS = 60
LINE = ("value", "first", "last")  # of the whole of NAV
PAST = 50  # pixels past the last point, for the levels


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
    room = alt.ExprRef(expr=f"{most} * width / max(width - {PAST}, 1)")
    x_scale = alt.Scale(domainMin=0, domainMax=room, nice=False)
    x_axis = alt.Axis(title=say("column.n"), grid=False, tickCount=6, format=",d")
    x = alt.X("n:Q", scale=x_scale, axis=x_axis)
    y = alt.Y("value:Q", title=None, scale=figure_scale(parts), axis=figure_axis(parts))
    tip = tips(say, ("name", say("column.area")), ("written", say("column.share")))
    layers = [
        *_limit_marks(centre, spread, most, x, figure_scale(parts), say),
        drawn(pd.DataFrame({"value": [centre], "first": [0.0], "last": [most]}), *LINE)
        .mark_rule(color=MUTED, strokeDash=[4, 3])
        .encode(y=y, x=alt.X("first:Q", scale=x_scale), x2=alt.X2("last")),
        drawn(there, "name", "n", *FIGURE)
        .mark_circle(color=BLUE, size=70, opacity=0.75)
        .encode(x=x, y=y, tooltip=tip),
    ]
    return finish(layers, HEIGHT, heading, say.lang)


def curve(
    side: str, z: float, centre: float, spread: float, most: float, domain: Sequence[float]
) -> pd.DataFrame:
    """One limit along n as far as it lies within the axis, closest where it is steep: it begins
    where it comes in. One row per n; none where it never does.

    side: above or below the centre; most: the largest n; domain: the axis's ends.
    """
    way = 1 if side == "upper" else -1
    room = domain[1] - centre if way > 0 else centre - domain[0]
    if spread <= 0 or room <= 0:
        return pd.DataFrame(columns=["n", side])
    first = max((z * spread / room) ** 2, 1.0)
    if first >= most:
        return pd.DataFrame(columns=["n", side])
    n = np.geomspace(first, most, STEPS)
    values = centre + way * z * spread / np.sqrt(n)
    return pd.DataFrame({"n": n, side: values.clip(domain[0], domain[1])})  # but for rounding


def _limit_marks(
    centre: float, spread: float, most: float, x: alt.X, scale: alt.Scale, say: Say
) -> list[alt.Chart]:
    """Each limit as a line above and one below, with its level past the last point: outside of the
    outer curve and inside of the inner one, so that neither is written over the other."""
    marks = []
    domain = scale.domain
    is_above = centre - domain[0] <= domain[1] - centre  # where there is more room
    for level, z in LIMITS.items():
        is_outer = z == OUTER
        for side in ENDS:
            of_level = curve(side, z, centre, spread, most, domain)
            if of_level.empty:
                continue
            y = alt.Y(f"{side}:Q", title=None, scale=scale)
            mark = drawn(of_level, "n", side).mark_line(
                color=GREY, strokeWidth=1, strokeDash=[1, 0] if is_outer else [2, 3]
            )
            marks.append(mark.encode(x=x, y=y))
            if is_above == (side == "upper"):
                written = say.forms.percent(float(level) / 100, 1 if is_outer else 0)
                is_over = is_outer == is_above
                word = drawn(of_level.tail(1).assign(word=written), "n", side, "word").mark_text(
                    align="left",
                    baseline="bottom" if is_over else "top",
                    dx=4,
                    dy=2 if is_over else -2,
                    color=MUTED,
                )
                marks.append(word.encode(x=x, y=y, text=alt.Text("word:N")))
    return marks
