"""Parts that several charts share: axes, the words on marks, and the word for withheld.

Belongs here: what two charts would otherwise both say.
Does not belong here: colours and type (theme.py), a whole chart.
"""

import json
import math
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.theme import FONT_SIZE, GREY, MUTED, WHITE
from streamlit_app.formats import Record, is_missing, records
from streamlit_app.palette import PALE
from streamlit_app.selection import WITHHELD

WHOLE = alt.Scale(domain=[0, 1])
WITH_ROOM = alt.Scale(domain=[0, 1.2])  # for words to the right of a high share
TICKS: dict[str, Any] = {"labelOverlap": "parity", "labelSeparation": 8}  # even steps, always
PERCENT = alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1], **TICKS)
POINTS = alt.Axis(
    labelExpr="datum.value == 0 ? '0' : format(datum.value * 100, '+d')", tickCount=5, **TICKS
)
ROUND_TO = 0.2
DOT = 25  # square pixels, so few that the interval of some thousand answers reaches out of it
NUMBER_WIDTH = 36  # pixels that a number in a bar takes
# Names break into lines of as many letters as there is room for; fewer where the page is narrow, on
# a phone or at great zoom.
NARROW = "containerSize()[0] < 380"
FEWER, MORE = 24, 48  # letters on a line
ON_LINES = (
    f"split(trim(replace(datum.label, regexp('(.{{1,' + ({NARROW} ? {FEWER} : {MORE}) + '}})"
    "( +|$)', 'g'), '$1\\n')), '\\n')"
)
LINE = 12  # pixels from line to line where the page is narrow
BETWEEN = 8  # pixels between one name and the next
SMALLER = alt.ExprRef(expr=f"{NARROW} ? {LINE} : {FONT_SIZE}")  # and so they fit
CLOSE = alt.ExprRef(expr=f"{NARROW} ? {LINE} : {FONT_SIZE + 2}")  # pixels from line to line
# Vega would put the first line where the only one stands.
CENTRED = alt.ExprRef(expr=f"(1 - length({ON_LINES})) / 2 * ({CLOSE.expr})")
EDGED: dict[str, Any] = {"symbolStrokeColor": GREY, "symbolStrokeWidth": 1}  # a legend's marks
FIGURE = ("value", "lower", "upper", "written", "interval", "answered")  # from with_words


def is_difference(rows: pd.DataFrame) -> bool:
    """Whether a table's figures are differences of shares, around zero, rather than shares."""
    return bool((rows["unit"] == "share_difference").any())


def figure_scale(rows: pd.DataFrame, room: float = 0.0) -> alt.Scale:
    """The whole scale for shares; for differences as far to both sides as any interval reaches, for
    gaps between two roles to zero alone where none goes below it.

    room: how much wider to the right, for words.
    """
    if not is_difference(rows):
        return alt.Scale(domain=[0, 1 + room])
    ends = rows[["value", "lower", "upper"]]
    reach = ends.abs().max().max()
    side = ROUND_TO if pd.isna(reach) else ROUND_TO * math.ceil(reach / ROUND_TO)
    is_gap = "compared_role_id" in rows and rows["compared_role_id"].notna().any()
    is_one_way = is_gap and not (ends < 0).any(axis=None)
    return alt.Scale(domain=[0 if is_one_way else -side, side * (1 + room)])


def figure_axis(rows: pd.DataFrame) -> alt.Axis:
    """Per cent for shares, signed percentage points for differences."""
    return POINTS if is_difference(rows) else PERCENT


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are not withheld: only these get a mark that stands for a number."""
    return rows[rows["status"] != WITHHELD]


def answered_words(n: float, say: Say, other: float | None = None) -> str:
    """How many answered, also in the role compared with; of a published share it may not be
    known."""
    known = say("figure.no_n") if is_missing(n) else say.forms.number(n)
    if other is None or is_missing(other):
        return known
    return say("figure.answered", n=known, other=say.forms.number(other))


def figure_words(rows: pd.DataFrame, say: Say) -> list[str]:
    """Figures as they are written; without a column `unit` they are shares."""
    write = say.forms.points if "unit" in rows and is_difference(rows) else say.forms.percent
    return [write(value) for value in rows["value"]]


def with_words(rows: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Figures as they are written: `written`, `interval` and `answered`, for labels and tips.

    Without a column `unit` the figures are shares.
    """
    points = "unit" in rows and is_difference(rows)
    write_interval = say.forms.points_interval if points else say.forms.percent_interval
    bounds = zip(rows["lower"], rows["upper"], strict=True)
    compared = rows["n_compared"] if "n_compared" in rows else [None] * len(rows)
    answered = zip(rows["n"], compared, strict=True)
    return rows.assign(
        written=figure_words(rows, say),
        interval=[
            say("figure.no_interval") if is_missing(low) else write_interval(low, high)
            for low, high in bounds
        ],
        answered=[answered_words(n, say, other) for n, other in answered],
    )


def drawn(rows: pd.DataFrame | Sequence[Record], *columns: str) -> alt.Chart:
    """A chart of the columns named and no others: less to send, and nothing unmeant in it."""
    listed = records(rows[list(columns)]) if isinstance(rows, pd.DataFrame) else rows
    values = [{name: _plain(row[name]) for name in columns} for row in listed]
    return alt.Chart(Rows(values=values))


def _plain(cell: Any) -> Any:
    """A cell as JSON can have it."""
    if is_missing(cell):
        return None
    return cell.item() if isinstance(cell, np.generic) else cell


class Rows(alt.InlineData):
    """Rows that layers share. Nobody changes them, so that Altair, which copies a chart with each
    word that is said of it, need not copy them."""

    def __deepcopy__(self, memo: object) -> "Rows":
        return self

    def to_dict(self, *_: Any, **__: Any) -> dict[str, Any]:
        """As they are."""
        return {key: value for key, value in self._kwds.items() if value is not alt.Undefined}


def tips(say: Say, *named: tuple[str, str]) -> list[alt.Tooltip]:
    """A tooltip of the columns named with their headings, then interval and n."""
    columns = [*named, ("interval", say("column.interval")), ("answered", say("column.n"))]
    return [alt.Tooltip(f"{column}:N", title=heading) for column, heading in columns]


def where_it_fits(span: float) -> Any:
    """The opacity of a number inside a bar from `start` to `end`: none where the bar is narrower
    than the number, however wide the chart happens to be.

    span: how much the whole axis spans.
    """
    is_wide = f"(datum.end - datum.start) / {span} * width > {NUMBER_WIDTH}"
    return alt.OpacityValue(value=0, condition={"test": is_wide, "value": 1})


def edges(column: str, names: Iterable[str], colours: Iterable[str]) -> alt.StrokeValue:
    """The edges of bars: grey round the pale ones, for these are hardly seen on the page.

    column: what gives a bar its colour; names: its values, in the order of their colours.
    """
    pale = [name for name, colour in zip(names, colours, strict=True) if colour in PALE]
    test = f"indexof({json.dumps(pale, ensure_ascii=False)}, datum['{column}']) >= 0"
    return alt.StrokeValue(value=WHITE, condition={"test": test, "value": GREY})


def down(column: str, order: Sequence[str], padding: float = 0.2) -> alt.Y:
    """One row for each name, in the order given and in no other."""
    scale = alt.Scale(domain=list(order), paddingInner=padding, paddingOuter=padding / 2)
    axis = alt.Axis(
        labelExpr=ON_LINES,
        labelLineHeight=CLOSE,
        labelFontSize=SMALLER,
        labelOffset=CENTRED,
    )
    return alt.Y(f"{column}:N", sort=list(order), title=None, scale=scale, axis=axis)


def row_height(names: Iterable[str], least: int) -> int:
    """Pixels that each row takes, so that the longest name has room on a narrow page."""
    lines = max((len(textwrap.wrap(name, FEWER)) for name in names), default=1)
    return max(least, lines * LINE + BETWEEN)


def at_height(pixels: int) -> alt.YValue:
    """So far from the top of the chart; what alt.value gives, Altair would look for among all that
    it knows, which takes as long as the rest of a small chart."""
    return alt.YValue(pixels)  # type: ignore[no-untyped-call]


def at_left(pixels: int) -> alt.XValue:
    """So far from the left of the chart, as at_height()."""
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]


def withheld_words(
    rows: pd.DataFrame, y: alt.Y, column: str, x: alt.X, say: Say
) -> list[alt.Chart]:
    """The word for withheld where a withheld figure would have begun; no layer without any.

    x: the chart's own axis, whose field is `nothing`, a place and no value.
    """
    words = rows.loc[rows["status"] == WITHHELD, [column]].drop_duplicates()
    if words.empty:
        return []
    why = say("figure.withheld_long")
    words = words.assign(word=say("figure.withheld"), why=why, nothing=0.0)
    mark = drawn(words, column, "word", "why", "nothing").mark_text(
        align="left", dx=6, fontStyle="italic", color=MUTED
    )
    return [mark.encode(y=y, x=x, text=alt.Text("word:N"), tooltip=alt.Tooltip("why:N"))]
