"""A figure over its waves as a picture of the size of a word, beside the figure itself.

Belongs here: the drawing, as an SVG image without a chart's machinery: an overview has many.
Does not belong here: a chart that is read by itself (waves.py), which this follows in what a line
may join.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import shown
from streamlit_app.charts.waves import breaks, carried, joined, years
from streamlit_app.formats import Record, is_missing, records
from streamlit_app.palette import COLOURS, DARK
from streamlit_app.selection import ANSWERS

WIDTH, HEIGHT, MARGIN = 66, 28, 4
# The least that the height stands for, so that what chance does is not drawn as a cliff.
LEAST_SPAN = {"share": 0.2, "share_difference": 0.2, "score": 20.0, "rank": 6.0}


def trend(waves: pd.DataFrame, label: str, theme: str, say: Say) -> str:
    """The waves as an image with `label` for those who hear it; empty where there is but one.

    waves: as selection.over_waves gives them: a line joins only what may be compared, a dashed
    one marks a break, a dotted one leads from what was carried back; open marks are not of answers.
    """
    there = shown(waves.assign(year=years(waves)))
    if there["year"].nunique() < 2:
        return ""
    place, listed = _Places(there), records(waves)
    marks = [
        *(place.upright(one["place"]) for one in breaks(listed, say)),
        *place.lines(joined(listed), "line"),
        *place.lines(carried(listed), "carried"),
        *place.intervals(there),
        *place.points(there),
    ]
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    xmlns = 'xmlns="http://www.w3.org/2000/svg"'
    svg = f"<svg {xmlns} {size}><style>{_style(theme)}</style>{''.join(marks)}</svg>"
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img class="tm-trend" alt="{escape(label)}" src="{source}" {size.split(" view")[0]}>'


def _style(theme: str) -> str:
    """How each kind of mark looks; an image knows nothing of the page's own style sheet."""
    blue, grey, page = (COLOURS[name][theme == DARK] for name in ("blue_4", "grey", "page"))
    return (
        f".line,.carried{{stroke:{blue};stroke-width:1.5}}.carried{{stroke-dasharray:1.5 2.5}}"
        f".break{{stroke:{grey};stroke-dasharray:3 2}}.interval{{stroke:{blue};stroke-width:1}}"
        f".answers,.open{{fill:{blue};stroke:{blue};stroke-width:1.5}}.open{{fill:{page}}}"
    )


class _Places:
    """Where a year and a value stand in the picture."""

    def __init__(self, there: pd.DataFrame) -> None:
        low, high = there[["value", "lower"]].min().min(), there[["value", "upper"]].max().max()
        unit = there["unit"].iloc[0]
        span = max(high - low, LEAST_SPAN.get(unit, high / 2), 1e-9)
        self.bottom, self.span = (low + high - span) / 2, span
        self.first = there["year"].min()
        self.years = there["year"].max() - self.first

    def x(self, year: float) -> str:
        part = (year - self.first) / self.years
        return f"{MARGIN + part * (WIDTH - 2 * MARGIN):.1f}"

    def y(self, value: float) -> str:
        part = (value - self.bottom) / self.span
        return f"{HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN):.1f}"

    def upright(self, year: float) -> str:
        x = self.x(year)
        return f'<line class="break" x1="{x}" x2="{x}" y1="0" y2="{HEIGHT}"/>'

    def lines(self, lines: Sequence[Record], css_class: str) -> Iterator[str]:
        for row in lines:
            from_x, from_y = self.x(row["year_before"]), self.y(row["value_before"])
            to_x, to_y = self.x(row["year"]), self.y(row["value"])
            ends = f'x1="{from_x}" y1="{from_y}" x2="{to_x}" y2="{to_y}"'
            yield f'<line class="{css_class}" {ends}/>'

    def intervals(self, there: pd.DataFrame) -> Iterator[str]:
        for row in records(there):
            if not is_missing(row["lower"]):
                x, low, high = self.x(row["year"]), self.y(row["lower"]), self.y(row["upper"])
                yield f'<line class="interval" x1="{x}" x2="{x}" y1="{low}" y2="{high}"/>'

    def points(self, there: pd.DataFrame) -> Iterator[str]:
        for row in records(there):
            css_class = ANSWERS if row["form"] == ANSWERS else "open"
            at = f'cx="{self.x(row["year"])}" cy="{self.y(row["value"])}"'
            yield f'<circle class="{css_class}" {at} r="2.6"/>'
