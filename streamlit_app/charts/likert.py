"""Batteries of questions: answers as diverging bars, and strength of influence either way.

Belongs here: the geometry of the stacked bars and the two charts.
Does not belong here: which items there are and in which order they stand (selection.py).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import (
    DOT,
    EDGED,
    FIGURE,
    PERCENT,
    WITH_ROOM,
    down,
    drawn,
    edges,
    row_height,
    shown,
    tips,
    where_it_fits,
    with_words,
    withheld_words,
)
from streamlit_app.charts.theme import (
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    PURPLE,
    TEXT,
    WHITE,
    Heading,
    Layered,
    finish,
)
from streamlit_app.formats import EN_DASH, Row, is_missing, records
from streamlit_app.palette import shades

ROW = 34
END = (
    15  # pixels that the ends of an interval are high, so that no dot hides how far apart they are
)
CLASS_ORDER = {"negative": 0, "neutral": 1, "positive": 2}


def stacked(answers: pd.DataFrame) -> pd.DataFrame:
    """Where each answer's bar begins and ends (`start`, `end`), neutral in the middle at zero.

    Negative answers go left, positive ones right, the strongest outermost. Withheld items get
    no bar at all.
    """
    of_item: dict[str, list[Row]] = {}
    for row in records(shown(answers)):
        of_item.setdefault(row["item_id"], []).append(row)
    parts = [part for rows in of_item.values() for part in _stack_item(rows)]
    return pd.DataFrame(parts, columns=[*answers.columns, "start", "end"])


def _stack_item(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """One item's answers from left to right with their places."""
    ordered = from_negative(rows)
    of_class = dict.fromkeys(CLASS_ORDER, 0.0)
    for row in ordered:
        of_class[row["category_class"]] += row["value"]
    start = -of_class["negative"] - of_class["neutral"] / 2
    for row in ordered:
        yield {**row, "start": start, "end": start + row["value"]}
        start += row["value"]


def from_negative(rows: Sequence[Row]) -> list[Row]:
    """The answers of one scale from the most negative to the most positive."""
    ordered = sorted(rows, key=lambda row: row["category_order"])
    classes = [CLASS_ORDER[row["category_class"]] for row in ordered]
    return ordered if classes == sorted(classes) else ordered[::-1]


def colours(answers: pd.DataFrame, label: str) -> tuple[list[str], list[str]]:
    """The answers' labels from negative to positive, and a colour for each, strongest darkest."""
    scale = from_negative(records(answers.drop_duplicates(["category_id", label])))
    class_of = {row[label]: row["category_class"] for row in reversed(scale)}
    labels = list(dict.fromkeys(row[label] for row in scale))
    classes = [class_of[name] for name in labels]
    negative, positive = classes.count("negative"), classes.count("positive")
    colour = [
        *reversed(shades(*NEGATIVE, negative)),
        *[NEUTRAL] * classes.count("neutral"),
        *shades(*POSITIVE, positive),
    ]
    return labels, colour


def diverging_bars(
    answers: pd.DataFrame, heading: Heading, say: Say, legend_columns: int = 5
) -> Layered:
    """Diverging stacked bars, one row per item in the order given.

    answers: one row per item and answer, as selection.answers gives them.
    """
    label, item = f"category_label_{say.lang}", f"item_label_{say.lang}"
    parts = with_words(stacked(answers), say)
    side = max(-parts["start"].min(), parts["end"].max()) if len(parts) else 1.0
    parts = parts.assign(
        middle=(parts["start"] + parts["end"]) / 2,
        is_dark=parts["category_class"] != "neutral",
    )
    order = list(answers[item].drop_duplicates())
    y = down(item, order)
    scale = alt.Scale(domain=[-side, side], nice=False)
    x = alt.X("start:Q", axis=None, scale=scale)
    labels, colour = colours(answers, label)
    legend = alt.Legend(columns=legend_columns, columnPadding=14, **EDGED)
    placed = ("start", "end", "middle", "is_dark")
    base = drawn(parts, item, label, *placed, "written", "interval", "answered")
    bars = base.mark_bar(strokeWidth=1).encode(
        y=y,
        x=x,
        x2=alt.X2("end"),
        color=alt.Color(f"{label}:N", scale=alt.Scale(domain=labels, range=colour), legend=legend),
        stroke=edges(label, labels, colour),
        tooltip=tips(
            say,
            (item, say("column.item")),
            (label, say("column.answer")),
            ("written", say("column.share")),
        ),
    )
    ink = alt.ColorValue(value=TEXT, condition={"test": "datum.is_dark", "value": WHITE})
    numbers = base.mark_text().encode(
        y=y,
        x=alt.X("middle:Q", axis=None, scale=scale),
        text=alt.Text("written:N"),
        color=ink,
        opacity=where_it_fits(2 * side),
    )
    nothing = alt.X("nothing:Q", axis=None, scale=scale)
    layers = [bars, numbers, *withheld_words(answers, y, item, nothing, say)]
    return finish(layers, row_height(order, ROW) * len(order), heading, say.lang)


def strength_points(strength: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """Strength of influence either way with interval, the strongest first, with its rank.

    strength: one row per item, as selection.strengths gives them.
    """
    item = "ranked"
    strength = strength.assign(ranked=ranked(strength, say))
    rows = with_words(shown(strength), say)
    y = down(item, list(strength[item]))
    x = alt.X("value:Q", title=None, scale=WITH_ROOM, axis=PERCENT)
    base = drawn(rows, item, *FIGURE)
    end = base.mark_tick(orient="vertical", color=PURPLE, size=END, thickness=1, opacity=1)
    tip = tips(say, (item, say("column.item")), ("written", say("column.strength")))
    layers = [
        base.mark_rule(color=PURPLE, strokeWidth=2).encode(
            y=y, x=alt.X("lower:Q"), x2=alt.X2("upper")
        ),
        end.encode(y=y, x=alt.X("lower:Q")),
        end.encode(y=y, x=alt.X("upper:Q")),
        base.mark_circle(color=PURPLE, size=DOT, opacity=1).encode(y=y, x=x, tooltip=tip),
        base.mark_text(align="left", dx=8, color=TEXT).encode(
            y=y, x=alt.X("upper:Q"), text=alt.Text("written:N")
        ),
        *withheld_words(strength, y, item, alt.X("nothing:Q", title=None, scale=WITH_ROOM), say),
    ]
    return finish(layers, row_height(strength[item], ROW) * len(strength), heading, say.lang)


def ranked(strength: pd.DataFrame, say: Say) -> list[str]:
    """The items' names led by their rank; a withheld item has no rank."""
    return [_ranked(row, say) for row in records(strength)]


def _ranked(row: Row, say: Say) -> str:
    """3. Tid (2–4): the rank, and the places that the item may have where there are several."""
    name = str(row[f"item_label_{say.lang}"])
    if is_missing(row["rank"]):
        return name
    words = say("strength.ranked", rank=say.forms.number(row["rank"]), name=name)
    places = rank_places(row, say)
    return f"{words} ({places})" if places else words


def rank_places(row: Row, say: Say) -> str:
    """The places that an item may have, 2–4; empty for one place, or where they are not known."""
    low, high = row["rank_lower"], row["rank_upper"]
    if is_missing(low) or is_missing(high) or low == high:
        return ""
    return f"{say.forms.number(low)}{EN_DASH}{say.forms.number(high)}"
