"""What units do: projects by county and theme, conversation packages, user councils by stage.

Belongs here: the block's titles, text alternatives and tables.
Does not belong here: drawing (charts/activities.py).
"""

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind, show_chart
from streamlit_app.blocks.figure import figure_tile
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.outside import stamp_of, subtitle, year_chosen
from streamlit_app.catalogue import Say
from streamlit_app.charts.activities import count_bars, stacked_stages
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import Row
from streamlit_app.organisation import ROOT
from streamlit_app.selection import WHOLE, headline, in_result_areas
from streamlit_app.tables import Column

WIDE, HALF, THIRD = 125, 60, 40
CATEGORY = "category"


def render(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """Each indicator as its measure asks for: counts, shares by category, a battery of themes."""
    say = view.say
    st.header(say(f"activities.heading_{goal_id}"), anchor=False)
    figures = {i: view.indicator_rows(goal_id, i) for i in indicators["indicator_id"]}
    periods = sorted({period for rows in figures.values() for period in rows["period"]})
    period = year_chosen("activity-year", periods, view)
    for _, indicator in indicators.iterrows():
        rows = figures[indicator["indicator_id"]]
        if indicator["measure"] == "share":
            _stages(indicator, rows, view)
            continue
        rows = rows[rows["period"] == period]
        if rows.empty:
            paragraph(
                say("activities.none", name=say.of(indicator, "name"), year=period), "tm-small"
            )
        elif indicator["measure"] == "battery":
            _themes_by_arena(indicator, rows, period, view)
        elif rows["category_kind"].eq(CATEGORY).any():
            _counts(indicator, rows, period, view)
        else:
            _tile(indicator, period, view)


def _tile(indicator: pd.Series, period: str, view: View) -> None:
    """A count that is broken down by nothing, with its passport, in the year chosen."""
    card = view.scorecard()
    figure_tile(indicator, headline(card[card["period"] == period], indicator), view)


def _counts(indicator: Row, rows: pd.DataFrame, period: str, view: View) -> None:
    """One register in one year: by county and, beside it, by theme."""
    say, label = view.say, f"category_label_{view.say.lang}"
    name = say.of(indicator, "name")
    st.subheader(name, anchor=False)
    whole = rows[(rows["node_id"] == ROOT) & (rows["category_id"] == WHOLE)]
    total = say.forms.number(whole["value"].iloc[0])
    counties = in_result_areas(rows[rows["category_id"] == WHOLE], view.table("dim_node"), period)
    themes = rows[rows["category_kind"] == CATEGORY].sort_values("category_order")
    themes = themes.assign(name=themes[label])
    left, right = st.columns(2, gap="medium")
    for column, parts, by in ((left, counties, "county"), (right, themes, "theme")):
        if parts.empty:
            continue
        with column:
            words = say(f"activities.by_{by}")
            title = say("activities.count_title", name=name, count=total, year=period, by=words)
            _bars(f"{by}-{indicator['indicator_id']}", title, parts, [period, words], view)
    paragraph(say("activities.count_note"), "tm-small")


def _bars(
    key: str,
    title: str,
    rows: pd.DataFrame,
    chosen: list[str],
    view: View,
    *,
    most: float | None = None,
    of: int | None = None,
    width: int = HALF,
) -> None:
    """Bars of counts with their table; chosen: the year, and what the bars are by."""
    say = view.say
    filters = dict(zip((say("filter.year"), say("column.broken_down")), chosen, strict=True))
    stamp = stamp_of(rows, filters, view)
    spoken = "; ".join(
        say("areas.one", area=row["name"], figure=say.forms.number(row["value"]))
        for row in rows.to_dict("records")
    )
    spoken = say("areas.alt", title=title, areas=spoken)
    heading = Heading(title, subtitle(stamp, rows, view), spoken, width, lines=2)
    columns = [
        Column("name", say("column.name")),
        Column("value", say("column.count"), "count"),
        Column("base", say("column.base"), "count"),
    ]
    longest = float(rows["value"].max()) if most is None else most
    show_chart(
        key,
        count_bars(rows, longest, heading, say, of),
        Behind(rows, columns, stamp, [key, chosen[0]]),
        say,
    )


def _themes_by_arena(indicator: Row, rows: pd.DataFrame, period: str, view: View) -> None:
    """One chart for each arena, on one scale, with the themes in one order."""
    say = view.say
    st.subheader(say.of(indicator, "name"), anchor=False)
    paragraph(say("activities.themes_text"), "tm-small")
    arenas = rows[rows["category_kind"] == CATEGORY].sort_values(["category_order", "item_order"])
    arenas = arenas.assign(name=arenas[f"item_label_{say.lang}"])
    groups = list(arenas.groupby("category_id", sort=False))
    most = float(arenas["value"].max())
    for column, (arena, themes) in zip(st.columns(len(groups), gap="medium"), groups, strict=True):
        with column:
            words = str(themes[f"category_label_{say.lang}"].iloc[0])
            base = int(themes["base"].iloc[0])
            title = themes_title(words, base, say)
            _bars(
                f"themes-{arena}", title, themes, [period, words], view,
                most=most, of=base, width=THIRD,
            )  # fmt: skip


def themes_title(arena: str, base: int, say: Say) -> str:
    """The arena, and how many packages were held there."""
    return say("activities.themes_title", arena=arena, base=say.forms.number(base))


def _stages(indicator: Row, rows: pd.DataFrame, view: View) -> None:
    """When the user councils came in, over the years; the first stage is the indicator's own."""
    say, label = view.say, f"category_label_{view.say.lang}"
    name = say.of(indicator, "name")
    st.subheader(name, anchor=False)
    at_root = rows[rows["node_id"] == ROOT]
    stages = at_root[at_root["category_kind"] == CATEGORY]
    listed = ", ".join(
        say("waves.one", wave=row["period"], figure=say.forms.percent(row["value"]))
        for row in at_root[at_root["category_id"] == WHOLE].sort_values("period").to_dict("records")
    )
    title = say("waves.title", name=name, waves=listed)
    stamp = stamp_of(stages, {say("filter.unit"): say("filter.whole")}, view)
    spoken = "; ".join(
        say(
            "activities.stage",
            year=row["period"],
            stage=row[label],
            share=say.forms.percent(row["value"]),
        )
        for row in stages.sort_values(["period", "category_order"]).to_dict("records")
    )
    spoken = say("areas.alt", title=title, areas=spoken)
    columns = [
        Column("period", say("column.year")),
        Column(label, say("column.stage")),
        Column("value", say("column.share"), "percent"),
        Column("base", say("column.matters"), "count"),
    ]
    show_chart(
        f"stages-{indicator['indicator_id']}",
        stacked_stages(stages, Heading(title, subtitle(stamp, stages, view), spoken, WIDE), say),
        Behind(
            stages.sort_values(["period", "category_order"]),
            columns,
            stamp,
            [indicator["indicator_id"], say("csv.waves")],
        ),
        say,
        [say("activities.stages_note")],
    )
