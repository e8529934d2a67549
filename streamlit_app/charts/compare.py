"""Two figures of each indicator on one scale, each with its interval.

Belongs here: the chart. Does not belong here: which figures (selection.py), or whether they differ.
"""

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import POINTS, TICKS, down, drawn, row_height, tips, with_words
from streamlit_app.charts.theme import BLUE, MUTED, PURPLE, TEXT, Heading, Layered, finish
from streamlit_app.selection import INSTEAD

ROW = 58
FLUSH = 24  # pixels from an end within which a number on the axis is moved in
MARK = 45  # square pixels: room for two shapes, and for the interval of some thousand answers
END = 12  # pixels that the ends of an interval are high, so that no mark hides them
ROOM = 0.3  # to the right, for the numbers, on a phone too


def pairs(rows: pd.DataFrame, names: tuple[str, str], heading: Heading, say: Say) -> Layered:
    """Two points with interval and number for each indicator, one above the other.

    rows: as selection.both_sides gives them, with `name`; names: of the sides, told apart by shape
    as well as colour. A side that is withheld or has no figure reads as the word for that.
    """
    ends = pd.concat([_end(rows, "", names[0]), _end(rows, "_compared", names[1])])
    ends = pd.concat([with_words(of_unit, say) for _, of_unit in ends.groupby("unit", sort=False)])
    is_hidden = ends["status"].isin(INSTEAD)
    ends["written"] = [
        say(f"figure.{status}") if status in INSTEAD else written
        for status, written in zip(ends["status"], ends["written"], strict=True)
    ]
    low = min(0.0, float(ends["lower"].min()))
    high = max(0.2, float(ends["upper"].max()))
    scale = alt.Scale(domain=[low, high + (high - low) * ROOM], nice=False)
    units = set(rows["unit"])
    room = {**TICKS, "labelFlush": FLUSH}
    mixed = alt.Axis(labelExpr="format(datum.value * 100, 'd')", tickCount=5, **room)
    of_unit = {"share": alt.Axis(format=".0%", tickCount=5, **room), "share_difference": POINTS}
    axis = of_unit[units.pop()] if len(units) == 1 else mixed
    y = down("name", list(rows["name"]), padding=0.35)
    offset = alt.YOffset("who:N", sort=list(names), scale=alt.Scale(domain=list(names)))
    colour = alt.Color("who:N", scale=alt.Scale(domain=list(names), range=[BLUE, PURPLE]))
    shape = alt.Shape("who:N", scale=alt.Scale(domain=list(names), range=["circle", "diamond"]))
    x = alt.X("value:Q", title=None, scale=scale, axis=axis)
    known, of = ends[~is_hidden], ["name", "who"]
    reached = pd.concat([known[of].assign(end=known[end]) for end in ("lower", "upper")]).dropna()
    there = drawn(
        known,
        "name",
        "who",
        "value",
        "lower",
        "upper",
        "written",
        "interval",
        "answered",
    )
    words = ends.assign(at=ends["upper"].fillna(ends["value"]).fillna(0.0))
    tip = tips(say, ("name", say("column.indicator")), ("who", say("column.side")),
               ("written", say("column.figure")))  # fmt: skip
    layers = [
        there.mark_rule(strokeWidth=2).encode(
            y=y, yOffset=offset, x=alt.X("lower:Q"), x2=alt.X2("upper"), color=colour
        ),
        drawn(reached, *of, "end")
        .mark_tick(orient="vertical", size=END, thickness=1, opacity=1)
        .encode(y=y, yOffset=offset, x=alt.X("end:Q"), color=colour),
        there.mark_point(filled=True, size=MARK, opacity=1).encode(
            y=y, yOffset=offset, x=x, color=colour, shape=shape, tooltip=tip
        ),
        drawn(words[~is_hidden], "name", "who", "at", "written")
        .mark_text(align="left", dx=9, color=TEXT)
        .encode(y=y, yOffset=offset, x=alt.X("at:Q"), text=alt.Text("written:N")),
    ]
    if is_hidden.any():
        layers.append(
            drawn(words[is_hidden], "name", "who", "at", "written")
            .mark_text(align="left", dx=9, color=MUTED, fontStyle="italic")
            .encode(y=y, yOffset=offset, x=alt.X("at:Q"), text=alt.Text("written:N"))
        )
    return finish(layers, row_height(rows["name"], ROW) * len(rows), heading, say.lang)


def _end(rows: pd.DataFrame, suffix: str, who: str) -> pd.DataFrame:
    """One side's figures."""
    found = pd.DataFrame(
        {name: rows[f"{name}{suffix}"] for name in ("value", "lower", "upper", "n", "status")}
    )
    return found.assign(name=rows["name"], unit=rows["unit"], who=who)
