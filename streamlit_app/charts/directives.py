"""Coded letters: figures by letter over the years, and what the directives are coded as.

Belongs here: the grouped bars and the stacked bars.
Does not belong here: which letters there are (blocks/directives.py), any judgement of more or less:
neither many directives nor few has a colour of its own.
"""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import (
    EDGED,
    PERCENT,
    WHOLE,
    down,
    drawn,
    edges,
    row_height,
    where_it_fits,
)
from streamlit_app.charts.theme import BLUE, MUTED, TEXT, WHITE, Heading, Layered, finish
from streamlit_app.formats import records
from streamlit_app.palette import MOST_COLOURS, light

BAR, GAP, ROW = 15, 14, 34
ROOM = 1.4  # of a share's axis, for names to the right of a bar
# From the palest to the darkest, for what has an order; text on each has 4.5:1 or more.
SHADES = tuple(light(f"blue_{step}") for step in range(1, 7))
DARK_FROM = 3  # the first shade that white text reads on


def shades(count: int) -> list[str]:
    """So many shades, as far apart as there is room for, the palest first; six at most."""
    if count <= 1:
        return [BLUE]
    step = (len(SHADES) - 1) / (count - 1)
    return [SHADES[round(place * step)] for place in range(count)]


def bars_over_years(
    rows: pd.DataFrame, waiting: pd.DataFrame, heading: Heading, say: Say, *, is_share: bool = False
) -> Layered:
    """For each item one bar a year, the oldest uppermost; a word where a letter waits.

    rows: item, period, value and written, in the order of the items. waiting: item, period and the
    word for why there is no bar; it is never a zero.
    """
    years = sorted({*rows["period"], *waiting["period"]})
    order = list(dict.fromkeys([*rows["item"], *waiting["item"]]))
    scale = WHOLE if is_share else alt.Scale(domain=[0, float(rows["value"].max()) * 1.1])
    axis = PERCENT if is_share else alt.Axis(tickCount=5)
    y, x = down("item", order, padding=0.18), alt.X("value:Q", title=None, scale=scale, axis=axis)
    offset = alt.YOffset("period:N", sort=years, scale=alt.Scale(domain=years))
    tones = shades(len(years) + 1)[1:]
    colour = alt.Color(
        "period:N",
        sort=years,
        scale=alt.Scale(domain=years, range=tones),
        legend=alt.Legend(**EDGED),
    )
    base = drawn(rows.assign(nothing=0.0), "item", "period", "value", "written", "nothing")
    tip = [
        alt.Tooltip("item:N", title=say("directives.column.letter")),
        alt.Tooltip("period:N", title=say("directives.column.year")),
        alt.Tooltip("written:N", title=say("column.figure")),
    ]
    layers = [
        base.mark_bar().encode(
            y=y,
            yOffset=offset,
            x=x,
            x2=alt.X2("nothing"),
            color=colour,
            tooltip=tip,
            stroke=edges("period", years, tones),
        ),
        base.mark_text(align="left", dx=5, color=TEXT, fontSize=12).encode(
            y=y, yOffset=offset, x=x, text=alt.Text("written:N")
        ),
    ]
    if len(waiting):
        words = drawn(waiting.assign(nothing=0.0), "item", "period", "word", "nothing")
        nothing = alt.X("nothing:Q", title=None, scale=scale, axis=axis)
        layers.append(
            words.mark_text(
                align="left", dx=5, fontStyle="italic", fontSize=12, color=MUTED
            ).encode(y=y, yOffset=offset, x=nothing, text=alt.Text("word:N"))
        )
    return finish(layers, len(order) * (len(years) * BAR + GAP), heading, say.lang)


def stacked_parts(rows: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Where each category's part of an item's bar begins and ends, in the categories' order."""
    ordered = rows.sort_values("category_order", kind="stable")
    end = ordered.groupby("item")["value"].cumsum()
    parts = ordered.assign(end=end, start=end - ordered["value"])
    return parts.sort_values("item", key=lambda items: items.map(list(order).index), kind="stable")


def stacked_bars(rows: pd.DataFrame, waiting: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """One bar for each item, divided by what its directives are coded as; small multiples, one for
    each category, where there are more of them than colours can tell apart.

    rows: item, item_order, category, category_order, value and written. waiting: item, item_order
    and the word for why there is no bar.
    """
    if rows["category"].nunique() > MOST_COLOURS:
        return multiples(rows, heading, say)
    items = pd.concat([frame[["item", "item_order"]] for frame in (rows, waiting)])
    order = list(items.sort_values("item_order", kind="stable")["item"].drop_duplicates())
    categories = list(rows.sort_values("category_order")["category"].drop_duplicates())
    colours = shades(len(categories))
    dark = {c for c, shade in zip(categories, colours, strict=True) if _is_dark(shade)}
    parts = stacked_parts(rows, order)
    parts = parts.assign(
        middle=(parts["start"] + parts["end"]) / 2,
        is_dark=parts["category"].isin(dark),
    )
    y = down("item", order)
    x = alt.X("start:Q", axis=None, scale=WHOLE)
    base = drawn(parts, "item", "category", "start", "end", "middle", "is_dark", "written")
    bars = base.mark_bar(strokeWidth=1).encode(
        y=y,
        x=x,
        x2=alt.X2("end"),
        color=alt.Color(
            "category:N",
            scale=alt.Scale(domain=categories, range=colours),
            legend=alt.Legend(columnPadding=14, **EDGED),
        ),
        stroke=edges("category", categories, colours),
        tooltip=[
            alt.Tooltip("item:N", title=say("directives.column.group")),
            alt.Tooltip("category:N", title=say("directives.column.category")),
            alt.Tooltip("written:N", title=say("column.share")),
        ],
    )
    ink = alt.ColorValue(value=TEXT, condition={"test": "datum.is_dark", "value": WHITE})
    numbers = base.mark_text().encode(
        y=y,
        x=alt.X("middle:Q", axis=None, scale=WHOLE),
        text=alt.Text("written:N"),
        color=ink,
        opacity=where_it_fits(1),
    )
    layers = [bars, numbers]
    if len(waiting):
        words = drawn(waiting.assign(nothing=0.0), "item", "word", "nothing")
        nothing = alt.X("nothing:Q", axis=None, scale=WHOLE)
        words = words.mark_text(align="left", dx=5, fontStyle="italic", color=MUTED)
        layers.append(words.encode(y=y, x=nothing, text=alt.Text("word:N")))
    return finish(layers, row_height(order, ROW) * len(order), heading, say.lang)


def multiples(rows: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """For each category one small chart: a bar for each item, named, all in one colour."""
    order = list(rows.sort_values("item_order", kind="stable")["item"].drop_duplicates())
    categories = list(rows.sort_values("category_order")["category"].drop_duplicates())
    named = [f"{row['written']} {row['item']}" for row in records(rows)]
    base = drawn(
        rows.assign(named=named, nothing=0.0), "item", "category", "value", "named", "nothing"
    )
    y = down("category", categories, padding=0.18)
    offset = alt.YOffset("item:N", sort=order, scale=alt.Scale(domain=order))
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, ROOM]), axis=PERCENT)
    layers = [
        base.mark_bar(color=BLUE).encode(y=y, yOffset=offset, x=x, x2=alt.X2("nothing")),
        base.mark_text(align="left", dx=5, color=TEXT, fontSize=12).encode(
            y=y, yOffset=offset, x=x, text=alt.Text("named:N")
        ),
    ]
    return finish(layers, len(categories) * (len(order) * BAR + GAP), heading, say.lang)


def _is_dark(shade: str) -> bool:
    return shade in SHADES[DARK_FROM:]
