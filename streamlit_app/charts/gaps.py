"""The gap between what two roles say, as a dumbbell for each question.

Belongs here: the dumbbell chart.
Does not belong here: computing a gap; it comes with its interval from the release.
"""

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import (
    PERCENT,
    WHOLE,
    answered_words,
    down,
    drawn,
    row_height,
    shown,
    withheld_words,
)
from streamlit_app.charts.theme import BLUE, GREY, PURPLE, TEXT, Heading, Layered, finish
from streamlit_app.formats import Row, is_missing, records

ROW = 54
NEAR_END = 0.25  # of the scale


def gap_words(row: Row, say: Say, how: str = "label") -> str:
    """The gap with its interval: +12 prosentpoeng (+8 til +16); as a `mark`, without the unit."""
    interval = say("figure.no_interval")
    if not is_missing(row["lower"]):
        interval = say.forms.points_interval(row["lower"], row["upper"])
    return say(f"gap.{how}", gap=say.forms.points(row["value"]), interval=interval)


def ends(gaps: pd.DataFrame, names: tuple[str, str], say: Say) -> pd.DataFrame:
    """One row for each end of each gap: who, what share said so, of how many."""
    columns = zip(names, ("share", "share_compared"), ("n", "n_compared"), strict=True)
    rows = pd.concat(
        [gaps.assign(who=name, said=gaps[share], asked=gaps[n]) for name, share, n in columns]
    )
    return rows.assign(
        percent=[say.forms.percent(value) for value in rows["said"]],
        answered=[answered_words(n, say) for n in rows["asked"]],
    )


def _place_of_words(gaps: pd.DataFrame) -> dict[str, pd.Series]:
    """Where the words over each line stand, and how they are aligned: over its middle, or from its
    outer end inwards where they would reach out of a narrow picture."""
    both = gaps[["share", "share_compared"]]
    middle = both.mean(axis=1)
    is_left, is_right = middle < NEAR_END, middle > 1 - NEAR_END
    align = pd.Series("center", gaps.index).mask(is_left, "left").mask(is_right, "right")
    place = middle.mask(is_left, both.min(axis=1)).mask(is_right, both.max(axis=1))
    return {"place": place, "align": align}


def dumbbells(gaps: pd.DataFrame, names: tuple[str, str], heading: Heading, say: Say) -> Layered:
    """Two points and a line between them for each gap, the gap written above the line.

    gaps: as selection.gaps gives them; names: of the role and of the one it is compared with.
    The roles differ in shape and in colour.
    """
    item = f"name_{say.lang}"
    rows = shown(gaps)
    rows = rows.assign(
        written=[gap_words(row, say) for row in records(rows)],
        mark=[gap_words(row, say, "mark") for row in records(rows)],
        **_place_of_words(rows),
    )
    y = down(item, list(gaps[item]))
    x = alt.X("said:Q", title=None, scale=WHOLE, axis=PERCENT)
    tip = [
        alt.Tooltip(f"{item}:N", title=say("column.item")),
        alt.Tooltip("who:N", title=say("column.role")),
        alt.Tooltip("percent:N", title=say("column.share")),
        alt.Tooltip("answered:N", title=say("column.n")),
        alt.Tooltip("written:N", title=say("column.gap")),
    ]
    line = drawn(rows, item, "share", "share_compared").mark_rule(color=GREY, strokeWidth=3)
    points = ends(rows, names, say)[[item, "who", "said", "percent", "answered", "written"]]
    dots = drawn(points, *points.columns).mark_point(filled=True, size=150, opacity=1)
    own = alt.ExprRef(expr="datum.align")
    words = drawn(rows, item, "place", "align", "mark").mark_text(align=own, dy=-17, color=TEXT)
    layers = [
        line.encode(y=y, x=alt.X("share:Q", title=None, scale=WHOLE), x2=alt.X2("share_compared")),
        dots.encode(
            y=y,
            x=x,
            color=alt.Color("who:N", scale=alt.Scale(domain=names, range=[BLUE, PURPLE])),
            shape=alt.Shape("who:N", scale=alt.Scale(domain=names, range=["circle", "diamond"])),
            tooltip=tip,
        ),
        words.encode(y=y, x=alt.X("place:Q", title=None, scale=WHOLE), text=alt.Text("mark:N")),
        *withheld_words(gaps, y, item, alt.X("nothing:Q", title=None, scale=WHOLE), say),
    ]
    return finish(layers, row_height(gaps[item], ROW) * len(gaps), heading, say.lang)
