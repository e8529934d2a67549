"""Pilots: when they run, what they cost, and what their metric was month by month.

Belongs here: the three charts, in the register's order. None says that a pilot works.
Does not belong here: what is missing of the mandate, which is a table; an effect.
"""

from typing import Literal

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import TICKS, at_height, down, drawn, edges
from streamlit_app.charts.theme import (
    BLUE,
    DARK_BLUE,
    GREY,
    MUTED,
    PALE_BLUE,
    PURPLE,
    TEXT,
    WHITE,
    Heading,
    Layered,
    finish,
)
from streamlit_app.formats import Row, is_missing, records

Side = Literal["left", "center", "right"]
ROW, COST_ROW, HEIGHT = 74, 56, 230
BAR, TICK = 16, 22
PAST = 1.01  # how far the axis of costs goes past the highest, so that its tick is not cut
APART = 56  # pixels from one month to the next, about
ROOM = 12  # pixels round what is drawn, so that no mark is cut or stands on a name
ROOM_ABOVE = 18  # with the word at the top, that no line runs through it
TIME = alt.Scale(type="utc", padding=ROOM)
STATUSES = ("planned", "in_progress", "completed", "stopped")
STATUS_COLOURS = (PALE_BLUE, BLUE, DARK_BLUE, GREY)
GROUPS = ("pilot", "comparison")
WIDE_ENOUGH = 480  # pixels, for the words of all milestones


def months(say: Say) -> alt.Axis:
    """An axis of months, in steps as even as its width has room for."""
    return alt.Axis(
        format=say.forms.month_on_axis,
        grid=True,
        tickCount=alt.ExprRef(expr=f"width / {APART}"),
        labelFlush=False,
        labelBound=True,
        **TICKS,
    )


def iso(days: pd.Series) -> list[str]:
    """Days as text, since a day has no time zone."""
    return [f"{day:%Y-%m-%d}" for day in days]


def timeline(pilots: pd.DataFrame, milestones: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """A bar from start to end for each pilot, its status below it, its milestones on it.

    pilots: mart_pilot; milestones: mart_pilot_milestone.
    """
    name, status = f"name_{say.lang}", f"status_{say.lang}"
    y = down(name, list(pilots[name]), padding=0.1)
    dated = pilots[pilots["start_date"].notna() & pilots["end_date"].notna()]
    bars = dated.assign(start=iso(dated["start_date"]), end=iso(dated["end_date"]))
    bars = bars.assign(
        days=[
            f"{say.forms.day(start)} – {say.forms.day(end)}"
            for start, end in zip(dated["start_date"], dated["end_date"], strict=True)
        ]
    )
    points = milestones.merge(pilots[["pilot_id", name]], on="pilot_id")
    points = points.assign(
        at=iso(points["milestone_date"]),
        day=[say.forms.day(day) for day in points["milestone_date"]],
        align=_alignments(points),
    )
    colour = alt.Color(
        "status_id:N",
        scale=alt.Scale(domain=list(STATUSES), range=list(STATUS_COLOURS)),
        legend=None,
    )
    base = drawn(bars, name, "start", "end", "days", "status_id", status)
    x = alt.X("start:T", title=None, scale=TIME, axis=months(say))
    tip = [
        alt.Tooltip(f"{name}:N", title=say("column.pilot")),
        alt.Tooltip(f"{status}:N", title=say("column.status")),
        alt.Tooltip("days:N", title=say("column.period")),
    ]
    layers = [
        base.mark_bar(height=BAR).encode(
            y=y,
            x=x,
            x2=alt.X2("end"),
            color=colour,
            tooltip=tip,
            stroke=edges("status_id", STATUSES, STATUS_COLOURS),
        ),
        base.mark_text(align="left", dy=20, color=MUTED).encode(
            y=y, x=alt.X("start:T", scale=TIME), text=alt.Text(f"{status}:N")
        ),
        *_milestones(points, y, name, say),
    ]
    return finish(layers, ROW * len(pilots), heading, say.lang)


def _alignments(points: pd.DataFrame) -> "pd.Series[str]":
    """Words of the first milestone to the right of it, of the last to the left."""
    order = points.groupby("pilot_id")["milestone_date"]
    align = pd.Series("center", index=points.index)
    align[points["milestone_date"] == order.transform("max")] = "right"
    align[points["milestone_date"] == order.transform("min")] = "left"
    return align


def _milestones(points: pd.DataFrame, y: alt.Y, name: str, say: Say) -> list[alt.Chart]:
    """A diamond at each milestone, its words above where there is room; no layer without any."""
    if points.empty:
        return []
    columns = (name, "at", "day", "milestone", "align")
    x = alt.X("at:T", title=None, scale=TIME, axis=months(say))
    tip = [
        alt.Tooltip("milestone:N", title=say("column.milestone")),
        alt.Tooltip("day:N", title=say("column.date")),
    ]
    diamond = drawn(points, *columns).mark_point(
        shape="diamond", filled=True, fill=WHITE, stroke=TEXT, strokeWidth=1.5, size=110, opacity=1
    )
    where_wide = alt.OpacityValue(value=0, condition={"test": f"width > {WIDE_ENOUGH}", "value": 1})
    sides: tuple[Side, ...] = ("left", "center", "right")
    words = [
        drawn(points[points["align"] == align], *columns)
        .mark_text(align=align, dy=-17, color=TEXT, fontSize=13)
        .encode(y=y, x=x, text=alt.Text("milestone:N"), opacity=where_wide)
        for align in sides
        if (points["align"] == align).any()
    ]
    return [diamond.encode(y=y, x=x, tooltip=tip), *words]


def costs(pilots: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """What each pilot has cost so far as a bar, and its estimate as a tick; in words above them.

    pilots: mart_pilot.
    """
    name = f"name_{say.lang}"
    rows = pilots.assign(
        cost_so_far=pilots["cost_so_far"].fillna(0),
        words=[cost_words(row, say) for row in records(pilots)],
        nothing=0.0,
    )
    y = down(name, list(pilots[name]), padding=0.4)
    most = pilots[["cost_so_far", "cost_estimate"]].max().max()
    end = 1.0 if is_missing(most) else float(most) * PAST
    scale = alt.Scale(domain=[0, end], nice=False)
    base = drawn(rows, name, "cost_so_far", "words", "nothing")
    estimated = drawn(rows[rows["cost_estimate"].notna()], name, "cost_estimate")
    layers = [
        base.mark_bar(color=BLUE, height=BAR).encode(
            y=y,
            x=alt.X("cost_so_far:Q", title=None, scale=scale, axis=None),
            x2=alt.X2("nothing"),
        ),
        estimated.mark_tick(color=TEXT, thickness=3, size=TICK).encode(
            y=y, x=alt.X("cost_estimate:Q", scale=scale)
        ),
        base.mark_text(align="left", dy=-19, color=TEXT).encode(
            y=y, x=alt.X("nothing:Q", scale=scale), text=alt.Text("words:N")
        ),
    ]
    return finish(layers, COST_ROW * len(pilots), heading, say.lang)


def cost_words(pilot: Row, say: Say) -> str:
    """So far, and of what estimate; says so where either is missing."""

    def kroner(value: float) -> str:
        return say("unit.NOK", value=say.forms.number(value))

    so_far, estimate = pilot["cost_so_far"], pilot["cost_estimate"]
    spent = say("pilots.cost_missing") if is_missing(so_far) else kroner(so_far)
    if is_missing(estimate):
        return say("pilots.no_estimate", so_far=spent)
    return say("pilots.of_estimate", so_far=spent, estimate=kroner(estimate))


def before_and_after(
    rows: pd.DataFrame, start: pd.Timestamp, heading: Heading, say: Say
) -> Layered:
    """A line for the pilot units and one for the comparison units, and a rule at the start.

    rows: one pilot's of mart_pilot_metric. A withheld month breaks its line.
    """
    group = f"group_{say.lang}"
    rows = rows.sort_values(["group_id", "metric_month"])
    rows = rows.assign(
        month=iso(rows["metric_month"]),
        when=[say.forms.month(month) for month in rows["metric_month"]],
        value=rows["value"].astype(object).where(rows["value"].notna(), None),
        written=[
            say("figure.withheld") if is_missing(value) else say.forms.number(value, 1)
            for value in rows["value"]
        ],
        cases=["" if is_missing(n) else say.forms.number(n) for n in rows["n_cases"]],
    )
    names = [
        str(rows.loc[rows["group_id"] == group_id, group].iloc[0])
        for group_id in GROUPS
        if (rows["group_id"] == group_id).any()
    ]
    base = drawn(rows, "month", "when", "value", "written", "cases", group)
    x = alt.X("month:T", title=None, scale=TIME, axis=months(say))
    scale = alt.Scale(zero=False, nice=False, padding=ROOM_ABOVE)
    y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5, labelBound=True))
    colour = alt.Color(f"{group}:N", scale=alt.Scale(domain=names, range=[BLUE, PURPLE]))
    dash = alt.StrokeDash(f"{group}:N", scale=alt.Scale(domain=names, range=[[1, 0], [6, 4]]))
    shape = alt.Shape(f"{group}:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]))
    tip = [
        alt.Tooltip("when:N", title=say("column.month")),
        alt.Tooltip(f"{group}:N", title=say("column.group")),
        alt.Tooltip("written:N", title=say("column.mean")),
        alt.Tooltip("cases:N", title=say("column.cases")),
    ]
    at = drawn(
        pd.DataFrame({"at": iso(pd.Series([start])), "word": [say("pilots.start")]}), "at", "word"
    )
    layers = [
        at.mark_rule(color=GREY, strokeDash=[4, 3]).encode(x=alt.X("at:T", scale=TIME)),
        at.mark_text(color=MUTED, align="left", dx=5, baseline="top").encode(
            x=alt.X("at:T", scale=TIME), y=at_height(0), text=alt.Text("word:N")
        ),
        base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash),
        base.mark_point(filled=True, size=42, opacity=1).encode(
            x=x, y=y, color=colour, shape=shape, tooltip=tip
        ),
    ]
    return finish(layers, HEIGHT, heading, say.lang)
