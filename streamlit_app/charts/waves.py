"""One indicator over the survey's waves: points with intervals, a line only where it may be drawn.

Belongs here: the chart over waves, and which waves a line may join.
Does not belong here: whether a change is sure; no line says that.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import (
    DOT,
    FIGURE,
    at_height,
    at_left,
    drawn,
    figure_axis,
    figure_scale,
    shown,
    tips,
    with_words,
)
from streamlit_app.charts.theme import (
    BLUE,
    GREY,
    MUTED,
    PURPLE,
    TEXT,
    WHITE,
    Heading,
    Layered,
    finish,
)
from streamlit_app.formats import HARD_SPACE, Record, Row, is_missing, records
from streamlit_app.selection import ANSWERS, CARRIED, PUBLISHED, WITHHELD, of_the_fewer

HEIGHT = 230
ROOM = 1.2  # years on either side, for the numbers
ROOM_SHARE = 0.16  # of all the years, where they are many
ON_SCALE = ["value", "lower", "upper", "unit", "compared_role_id"]
OPEN = {PUBLISHED: ("diamond", PURPLE), CARRIED: ("circle", BLUE)}  # what is not of own answers


def years(waves: pd.DataFrame) -> pd.Series:
    """The year of each wave, so that time between waves is drawn as long as it was."""
    return pd.Series([year_of(row) for row in records(waves[["period"]])], waves.index, dtype=int)


def year_of(wave: Row) -> int:
    """The year of one wave."""
    return int(wave["period"][:4])


def joined(waves: Sequence[Record]) -> list[Record]:
    """The lines that may be drawn: from a wave to the one before it, where nothing broke.

    One for each, with `year`, `value`, `year_before`, `value_before`. A withheld wave has no line
    on either side, and what was carried back has lines of its own.
    """
    own = _own(waves)
    return _lines((row, own.get(row["compared_with"])) for row in own.values())


def carried(waves: Sequence[Record]) -> list[Record]:
    """The lines from what was carried back to the wave that it was carried from, as joined()."""
    own = _own(waves)
    before = [row for row in waves if row["form"] == CARRIED and row["status"] != WITHHELD]
    return _lines((own.get(row["carried_to"]), row) for row in before)


def _own(waves: Sequence[Record]) -> dict[str, Record]:
    """What is shown of each wave itself, by the wave."""
    is_own = (row for row in waves if row["form"] != CARRIED and row["status"] != WITHHELD)
    return {row["period"]: row for row in is_own}


def _lines(ends: Iterable[tuple[Record | None, Record | None]]) -> list[Record]:
    """A line for each pair of a wave and the one before it of which both are there."""
    return [
        {
            "year": year_of(row),
            "value": row["value"],
            "year_before": year_of(before),
            "value_before": before["value"],
        }
        for row, before in ends
        if row is not None and before is not None
    ]


def breaks(waves: Sequence[Record], say: Say) -> list[Record]:
    """Where comparison breaks: halfway between the wave and the one before it, with its kind."""
    own = [row for row in waves if row["form"] != CARRIED]
    return [
        {"place": (year_of(before) + year_of(row)) / 2, "word": say(f"break.{row['break_kind']}")}
        for before, row in pairwise(own)
        if not is_missing(row["break_kind"])
    ]


def over_waves(
    waves: pd.DataFrame, heading: Heading, say: Say, alike: pd.DataFrame | None = None
) -> Layered:
    """Points with intervals over the waves, breaks as dashed lines, nothing drawn through them.

    What was published is an open diamond; what was carried back is an open circle on a dotted line.
    waves: as selection.over_waves gives them; alike: the figures of charts that stand beside this
    one, which have its scale.
    """
    rows = waves.assign(year=years(waves))
    ticks = sorted(set(rows["year"]))
    room = max(ROOM, (ticks[-1] - ticks[0]) * ROOM_SHARE)
    scale = alt.Scale(domain=[ticks[0] - room, ticks[-1] + room], nice=False)
    axis = alt.Axis(values=ticks, format="d", grid=False, labelAngle=0)
    on_scale = rows if alike is None else pd.concat([rows[ON_SCALE], alike[ON_SCALE]])
    figure = alt.Y("value:Q", title=None, scale=figure_scale(on_scale), axis=figure_axis(rows))

    def along(column: str) -> alt.X:
        return alt.X(f"{column}:Q", title=None, scale=scale, axis=axis)

    tip = tips(say, ("period", say("column.wave")), ("written", say("column.share")))
    listed, told = records(rows), records(with_words(shown(rows), say))
    for row in filter(of_the_fewer, told):
        row["answered"] = say("figure.answered_fewer", n=row["answered"])
    there = by_form(told)
    layers = [
        *line_marks(joined(listed), along("year_before")),
        *line_marks(carried(listed), along("year_before"), dash=[2, 3]),
        *break_marks(breaks(listed, say), along("place")),
        *computed_marks(there[ANSWERS], along("year"), figure, tip),
        *(
            mark
            for form in OPEN
            for mark in open_marks(there[form], form, along("year"), figure, tip, say)
        ),
        *withheld_marks(listed, along("year"), say),
    ]
    return finish(layers, HEIGHT, heading, say.lang)


def by_form(waves: Sequence[Record]) -> dict[str, list[Record]]:
    """The waves by where their figures are from; each form has a mark of its own."""
    return {form: [row for row in waves if row["form"] == form] for form in (ANSWERS, *OPEN)}


def computed_marks(
    rows: Sequence[Record], x: alt.X, y: alt.Y, tip: Sequence[alt.Tooltip]
) -> list[alt.Chart]:
    """Points with their interval and number; no layer without any."""
    if not rows:
        return []
    base = drawn(rows, "year", "period", *FIGURE)
    return [
        base.mark_rule(color=BLUE, strokeWidth=2).encode(
            x=x, y=alt.Y("lower:Q"), y2=alt.Y2("upper")
        ),
        base.mark_circle(color=BLUE, size=DOT, opacity=1).encode(x=x, y=y, tooltip=list(tip)),
        base.mark_text(baseline="bottom", dy=-4, color=TEXT).encode(
            x=x, y=alt.Y("upper:Q"), text=alt.Text("written:N")
        ),
    ]


def open_marks(
    rows: Sequence[Record],
    form: str,
    x: alt.X,
    y: alt.Y,
    tip: Sequence[alt.Tooltip],
    say: Say,
) -> list[alt.Chart]:
    """Open marks with the word for what they are, and their interval where there is one; no layer
    without any."""
    if not rows:
        return []
    shape, colour = OPEN[form]
    known = [row for row in rows if not is_missing(row["lower"])]
    told = [
        {
            **row,
            "told": f"{row['written']}\n{say(f'waves.mark_{form}')}",
            "foot": row["value"] if is_missing(row["lower"]) else row["lower"],
        }
        for row in rows
    ]
    interval = drawn(known, "year", "period", *FIGURE)
    base = drawn(told, "year", "period", "told", "foot", *FIGURE)
    return [
        interval.mark_rule(color=colour, strokeWidth=2).encode(
            x=x, y=alt.Y("lower:Q"), y2=alt.Y2("upper")
        ),
        base.mark_point(
            shape=shape, color=colour, size=110, strokeWidth=2, fill=WHITE, opacity=1
        ).encode(x=x, y=y, tooltip=list(tip)),
        base.mark_text(baseline="top", dy=10, color=TEXT, lineBreak="\n").encode(
            x=x, y=alt.Y("foot:Q"), text=alt.Text("told:N")
        ),
    ]


def line_marks(lines: Sequence[Record], x: alt.X, dash: Sequence[int] = (1, 0)) -> list[alt.Chart]:
    """The lines between waves that may be compared; no layer without any."""
    if not lines:
        return []
    mark = drawn(lines, *lines[0]).mark_rule(color=BLUE, strokeWidth=2, strokeDash=list(dash))
    return [mark.encode(x=x, y=alt.Y("value_before:Q"), x2=alt.X2("year"), y2=alt.Y2("value"))]


def break_marks(rows: Sequence[Record], x: alt.X) -> list[alt.Chart]:
    """A dashed line and a word at each break; without any an empty word, so that charts side by
    side begin at one height."""
    if not rows:
        mark = drawn([{"word": HARD_SPACE}], "word").mark_text(baseline="bottom", dy=-3)
        return [mark.encode(x=at_left(0), y=at_height(0), text=alt.Text("word:N"))]
    base = drawn(rows, "place", "word")
    word = base.mark_text(color=MUTED, align="center", baseline="bottom", dy=-3)
    return [
        base.mark_rule(color=GREY, strokeDash=[4, 3]).encode(x=x),
        word.encode(x=x, y=at_height(0), text=alt.Text("word:N")),
    ]


def withheld_marks(waves: Sequence[Record], x: alt.X, say: Say) -> list[alt.Chart]:
    """The word for withheld above its wave, at the foot of the chart; no layer without any."""
    word = {"word": say("figure.withheld"), "why": say("figure.withheld_long")}
    words = [{"year": row["year"], **word} for row in waves if row["status"] == WITHHELD]
    if not words:
        return []
    mark = drawn(words, "year", "word", "why").mark_text(
        color=MUTED, fontStyle="italic", baseline="bottom", dy=-4
    )
    place, why = at_height(HEIGHT), alt.Tooltip("why:N")
    return [mark.encode(x=x, y=place, text=alt.Text("word:N"), tooltip=why)]
