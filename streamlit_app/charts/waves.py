"""One indicator over the survey's waves: points with intervals, a line only where it may be drawn.

Belongs here: the chart over waves, and which waves a line may join.
Does not belong here: whether a change is sure; no line says that.
"""

from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import (
    DOT,
    FIGURE,
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
from streamlit_app.formats import Row, records
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


def joined(waves: pd.DataFrame) -> pd.DataFrame:
    """The lines that may be drawn: from a wave to the one before it, where nothing broke.

    One row per line with `year`, `value`, `year_before`, `value_before`. A withheld wave has no
    line on either side, and what was carried back has lines of its own.
    """
    own = _own(waves)
    return _lines((row, own.get(row["compared_with"])) for row in own.values())


def carried(waves: pd.DataFrame) -> pd.DataFrame:
    """The lines from what was carried back to the wave that it was carried from, as joined()."""
    own = _own(waves)
    before = records(shown(waves[waves["form"] == CARRIED]))
    return _lines((own.get(row["carried_to"]), row) for row in before)


def _own(waves: pd.DataFrame) -> dict[str, Row]:
    """What is shown of each wave itself, by the wave."""
    return {row["period"]: row for row in records(shown(waves)) if row["form"] != CARRIED}


def _lines(ends: Iterable[tuple[Row | None, Row | None]]) -> pd.DataFrame:
    """A line for each pair of a wave and the one before it of which both are there."""
    return pd.DataFrame(
        [
            (year_of(row), row["value"], year_of(before), before["value"])
            for row, before in ends
            if row is not None and before is not None
        ],
        columns=["year", "value", "year_before", "value_before"],
    )


def breaks(waves: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Where comparison breaks: halfway between the wave and the one before it, with its kind."""
    own = waves[waves["form"] != CARRIED]
    year = years(own)
    rows = own.assign(place=(year + year.shift()) / 2)
    rows = rows[rows["break_kind"].notna() & rows["place"].notna()]
    return rows.assign(word=[say(f"break.{kind}") for kind in rows["break_kind"]])


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
    there = with_words(shown(rows), say)
    there["answered"] = there["answered"].mask(
        of_the_fewer(there), [say("figure.answered_fewer", n=n) for n in there["answered"]]
    )
    layers = [
        *line_marks(joined(waves), along("year_before")),
        *line_marks(carried(waves), along("year_before"), dash=[2, 3]),
        *break_marks(breaks(waves, say), along("place")),
        *computed_marks(there[there["form"] == ANSWERS], along("year"), figure, tip),
        *(
            mark
            for form in OPEN
            for mark in open_marks(
                there[there["form"] == form], form, along("year"), figure, tip, say
            )
        ),
        *withheld_marks(rows[rows["status"] == WITHHELD], along("year"), say),
    ]
    return finish(layers, HEIGHT, heading, say.lang)


def computed_marks(
    rows: pd.DataFrame, x: alt.X, y: alt.Y, tip: Sequence[alt.Tooltip]
) -> list[alt.Chart]:
    """Points with their interval and number; no layer without any."""
    if rows.empty:
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
    rows: pd.DataFrame,
    form: str,
    x: alt.X,
    y: alt.Y,
    tip: Sequence[alt.Tooltip],
    say: Say,
) -> list[alt.Chart]:
    """Open marks with the word for what they are, and their interval where there is one; no layer
    without any."""
    if rows.empty:
        return []
    shape, colour = OPEN[form]
    told = [f"{written}\n{say(f'waves.mark_{form}')}" for written in rows["written"]]
    foot = rows["lower"].fillna(rows["value"])
    base = drawn(rows.assign(told=told, foot=foot), "year", "period", "told", "foot", *FIGURE)
    known = drawn(rows[rows["lower"].notna()], "year", "period", *FIGURE)
    return [
        known.mark_rule(color=colour, strokeWidth=2).encode(
            x=x, y=alt.Y("lower:Q"), y2=alt.Y2("upper")
        ),
        base.mark_point(
            shape=shape, color=colour, size=110, strokeWidth=2, fill=WHITE, opacity=1
        ).encode(x=x, y=y, tooltip=list(tip)),
        base.mark_text(baseline="top", dy=10, color=TEXT, lineBreak="\n").encode(
            x=x, y=alt.Y("foot:Q"), text=alt.Text("told:N")
        ),
    ]


def line_marks(lines: pd.DataFrame, x: alt.X, dash: Sequence[int] = (1, 0)) -> list[alt.Chart]:
    """The lines between waves that may be compared; no layer without any."""
    if lines.empty:
        return []
    mark = drawn(lines, *lines.columns).mark_rule(color=BLUE, strokeWidth=2, strokeDash=list(dash))
    return [mark.encode(x=x, y=alt.Y("value_before:Q"), x2=alt.X2("year"), y2=alt.Y2("value"))]


def break_marks(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """A dashed line and a word at each break; no layer without any."""
    if rows.empty:
        return []
    base = drawn(rows, "place", "word")
    word = base.mark_text(color=MUTED, align="center", baseline="bottom", dy=-3)
    return [
        base.mark_rule(color=GREY, strokeDash=[4, 3]).encode(x=x),
        word.encode(x=x, y=alt.value(0), text=alt.Text("word:N")),
    ]


def withheld_marks(rows: pd.DataFrame, x: alt.X, say: Say) -> list[alt.Chart]:
    """The word for withheld above its wave, at the foot of the chart; no layer without any."""
    if rows.empty:
        return []
    words = rows[["year"]].assign(word=say("figure.withheld"), why=say("figure.withheld_long"))
    mark = drawn(words, "year", "word", "why").mark_text(
        color=MUTED, fontStyle="italic", baseline="bottom", dy=-4
    )
    place, why = alt.value(HEIGHT), alt.Tooltip("why:N")
    return [mark.encode(x=x, y=place, text=alt.Text("word:N"), tooltip=why)]
