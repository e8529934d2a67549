"""What units do, as counts: bars by county or theme, and shares of matters by stage.

Belongs here: these two charts. Does not belong here: the order of counties (organisation.py), nor
any comparison of them; a count says what is registered, not who does most.
"""

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
from streamlit_app.charts.theme import (
    BLUE,
    DARK_BLUE,
    NEUTRAL,
    PALE_BLUE,
    TEXT,
    WHITE,
    Heading,
    Layered,
    finish,
)

ROW = 30  # two lines of a name
STAGE_ROW = 40
ROOM = 1.25  # how much wider than the longest bar, for the number
WORDS = 70  # pixels past the whole, for the number and what it is of
STAGES = (DARK_BLUE, BLUE, PALE_BLUE, NEUTRAL)  # from the start to not at all
LETTERS = (WHITE, WHITE, TEXT, TEXT)


def count_bars(counts: pd.DataFrame, heading: Heading, say: Say, of: int | None = None) -> Layered:
    """A bar and a number for each `name`, in the order given.

    of: what each number is of, where the bars are parts of one whole; a bar as long as the whole is
    then as long in charts beside each other, whatever their wholes are.
    """
    y = down("name", list(counts["name"]), padding=0.3)
    most = float(max(counts["value"].max(), 1)) * ROOM
    past = alt.ExprRef(expr=f"{of} * width / max(width - {WORDS}, 1)")
    scale = alt.Scale(domainMin=0, domainMax=most if of is None else past, nice=False)
    x = alt.X("value:Q", title=None, scale=scale, axis=None)
    rows = counts.assign(
        written=[_count_words(value, of, say) for value in counts["value"]], nothing=0.0
    )
    base = drawn(rows, "name", "value", "written", "nothing")
    tip = [
        alt.Tooltip("name:N", title=say("column.name")),
        alt.Tooltip("written:N", title=say("column.count")),
    ]
    layers = [
        base.mark_bar(color=BLUE).encode(y=y, x=x, x2=alt.X2("nothing"), tooltip=tip),
        base.mark_text(align="left", dx=6, color=TEXT).encode(
            y=y, x=alt.X("value:Q"), text=alt.Text("written:N")
        ),
    ]
    return finish(layers, row_height(counts["name"], ROW) * len(counts), heading, say.lang)


def _count_words(value: float, of: int | None, say: Say) -> str:
    number = say.forms.number(value)
    return number if of is None else say("activities.of", count=number, base=say.forms.number(of))


def stacked_stages(stages: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """One bar a year, its parts the stages in their order, from dark to pale.

    stages: rows with `period`, `category_order`, `value` and the label of the stage.
    """
    label = f"category_label_{say.lang}"
    rows = stages.sort_values(["period", "category_order"])
    end = rows.groupby("period")["value"].cumsum()
    rows = rows.assign(
        stage=rows[label],
        start=end - rows["value"],
        end=end,
        middle=end - rows["value"] / 2,
        percent=[say.forms.percent(share) for share in rows["value"]],
        base_words=[say.forms.number(base) for base in rows["base"]],
    )
    names = list(rows.sort_values("category_order")["stage"].drop_duplicates())
    y = down("period", sorted(rows["period"].unique()), padding=0.3)
    columns = ("period", "stage", "start", "end", "middle", "percent", "base_words")
    base = drawn(rows, *columns)
    colours = alt.Scale(domain=names, range=list(STAGES[: len(names)]))
    letters = alt.Scale(domain=names, range=list(LETTERS[: len(names)]))
    tip = [
        alt.Tooltip("period:N", title=say("column.year")),
        alt.Tooltip("stage:N", title=say("column.stage")),
        alt.Tooltip("percent:N", title=say("column.share")),
        alt.Tooltip("base_words:N", title=say("column.matters")),
    ]
    x = alt.X("start:Q", title=None, scale=WHOLE, axis=PERCENT)
    layers = [
        base.mark_bar().encode(
            y=y,
            x=x,
            x2=alt.X2("end"),
            color=alt.Color(
                "stage:N", scale=colours, sort=names, legend=alt.Legend(columns=4, **EDGED)
            ),
            stroke=edges("stage", names, STAGES[: len(names)]),
            tooltip=tip,
        ),
        base.mark_text().encode(
            y=y,
            x=alt.X("middle:Q"),
            text=alt.Text("percent:N"),
            opacity=where_it_fits(1),
            color=alt.Color("stage:N", scale=letters, legend=None),
        ),
    ]
    height = STAGE_ROW * rows["period"].nunique()
    return finish(layers, height, heading, say.lang, own_scales=["color"])
