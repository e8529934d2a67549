"""What units do: projects by county and theme, conversation packages, user councils by stage.

Belongs here: the block's titles, text alternatives and tables.
Does not belong here: drawing (charts/activities.py).
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.goal_data import shown
from streamlit_app.blocks.outside import stamp_of, subtitle, year_chosen
from streamlit_app.blocks.passport import about
from streamlit_app.blocks.place import place_of
from streamlit_app.blocks.tile import figure_tile
from streamlit_app.catalogue import Say
from streamlit_app.charts.activities import count_bars, stacked_stages
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import Row, records
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import WHOLE, in_result_areas
from streamlit_app.tables import Column

WIDE, HALF, THIRD = 125, 60, 40
LINES = {HALF: 2, THIRD: 3}  # that a title takes where charts stand side by side
CATEGORY = "category"


def render(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """Each indicator as its measure asks for: shares by category over the years; then, in the year
    chosen, counts and a battery of themes."""
    say = view.say
    st.header(say(f"activities.heading_{goal_id}"), anchor=False)
    figures = {i: view.indicator_rows(goal_id, i) for i in indicators["indicator_id"]}
    is_over_years = indicators["measure"] == "share"
    for _, indicator in indicators[is_over_years].iterrows():
        with place_of(str(indicator["indicator_id"])):
            st.subheader(say.of(indicator, "name"), anchor=False)
            show(_stages(view, goal_id, str(indicator["indicator_id"])), say)
    by_year = indicators[~is_over_years]
    periods = {
        period for one in by_year["indicator_id"] for period in shown(figures[one])["period"]
    }
    period = year_chosen("activity-year", sorted(periods), view) if periods else ""
    for _, indicator in by_year.iterrows():
        rows = figures[indicator["indicator_id"]]
        with place_of(str(indicator["indicator_id"])):
            _in_year(indicator, rows, view, goal_id, period)


def _in_year(indicator: Row, rows: pd.DataFrame, view: View, goal_id: int, period: str) -> None:
    """One indicator in the year chosen. rows: its figures."""
    say = view.say
    rows = rows[rows["period"] == period]
    if rows.empty:
        paragraph(say("activities.none", name=say.of(indicator, "name"), year=period), "tm-small")
    elif indicator["measure"] == "battery":
        st.subheader(say.of(indicator, "name"), anchor=False)
        paragraph(say("activities.themes_text"), "tm-small")
        _row(_themes_by_arena(view, goal_id, str(indicator["indicator_id"]), period), view)
    elif rows["category_kind"].eq(CATEGORY).any():
        st.subheader(say.of(indicator, "name"), anchor=False)
        _row(_counts(view, goal_id, str(indicator["indicator_id"]), period), view)
        paragraph(say("activities.count_note"), "tm-small")
    else:
        figure_tile(str(indicator["indicator_id"]), view, period=period)


def _row(panels: Sequence[Panel], view: View) -> None:
    """Panels side by side; three of them below each other where the page is not wide."""
    with st.container(key=f"pair-{panels[0].key}" if len(panels) > 2 else None):
        columns = st.columns(max(len(panels), 2), gap="medium")
    for column, panel_ in zip(columns, panels, strict=False):
        with column:
            show(panel_, view.say)


@kept
def _counts(view: View, goal_id: int, indicator_id: str, period: str) -> list[Panel]:
    """One register in one year: by county and by theme."""
    say, label = view.say, f"category_label_{view.say.lang}"
    name = say.of(view.indicator(indicator_id), "name")
    rows = view.indicator_rows(goal_id, indicator_id)
    rows = rows[rows["period"] == period]
    whole = rows[(rows["node_id"] == ROOT) & (rows["category_id"] == WHOLE)]
    total = say.forms.number(whole["value"].iloc[0])
    counties = in_result_areas(rows[rows["category_id"] == WHOLE], view.table("dim_node"), period)
    themes = rows[rows["category_kind"] == CATEGORY].sort_values("category_order")
    themes = themes.assign(name=themes[label])
    panels = []
    order = [say("activities.county_note")]
    for parts, by, notes in ((counties, "county", order), (themes, "theme", [])):
        if len(parts):
            words = say(f"activities.by_{by}")
            title = say("activities.count_title", name=name, count=total, year=period, by=words)
            key, chosen = f"{by}-{indicator_id}", [period, words]
            panels.append(_bars(key, title, parts, chosen, indicator_id, view, notes=notes))
    return panels


def _bars(
    key: str,
    title: str,
    rows: pd.DataFrame,
    chosen: list[str],
    indicator_id: str,
    view: View,
    *,
    of: int | None = None,
    width: int = HALF,
    notes: Sequence[str] = (),
) -> Panel:
    """Bars of counts with their table; chosen: the year, and what the bars are by."""
    say = view.say
    filters = dict(zip((say("filter.year"), say("column.broken_down")), chosen, strict=True))
    stamp = stamp_of(rows, filters, view)
    spoken = "; ".join(
        say("areas.one", area=row["name"], figure=say.forms.number(row["value"]))
        for row in records(rows)
    )
    spoken = say("areas.alt", title=title, areas=spoken)
    heading = Heading(title, subtitle(stamp, rows, view), spoken, width, LINES[width])
    columns = [
        Column("name", say("column.name")),
        Column("value", say("column.count"), "count"),
        Column("base", say("column.base"), "count"),
    ]
    return panel(
        key,
        count_bars(rows, heading, say, of),
        Behind(rows, columns, stamp, [key, chosen[0]], about=about(view, {indicator_id: rows})),
        notes,
    )


@kept
def _themes_by_arena(view: View, goal_id: int, indicator_id: str, period: str) -> list[Panel]:
    """One chart for each arena, its bars of all packages there, with the themes in one order."""
    say, rows = view.say, view.indicator_rows(goal_id, indicator_id)
    rows = rows[rows["period"] == period]
    arenas = rows[rows["category_kind"] == CATEGORY].sort_values(["category_order", "item_order"])
    arenas = arenas.assign(name=arenas[f"item_label_{say.lang}"])
    panels = []
    for arena, themes in arenas.groupby("category_id", sort=False):
        words = str(themes[f"category_label_{say.lang}"].iloc[0])
        base = int(themes["base"].iloc[0])
        title = themes_title(words, themes, say)
        chosen = [period, words]
        panels.append(
            _bars(
                f"themes-{arena}",
                title,
                themes,
                chosen,
                indicator_id,
                view,
                of=base,
                width=THIRD,
            )
        )
    return panels


def themes_title(arena: str, themes: pd.DataFrame, say: Say) -> str:
    """Which theme is most often taken up in an arena, in how many of the packages held there."""
    most = themes[themes["value"] == themes["value"].max()]
    first, others = most.iloc[0], len(most) - 1
    return say(
        "activities.themes_title_one_of" if others else "activities.themes_title",
        arena=arena,
        theme=first["name"],
        others=others,
        count=say.forms.number(first["value"]),
        base=say.forms.number(first["base"]),
    )


@kept
def _stages(view: View, goal_id: int, indicator_id: str) -> Panel:
    """When the user councils came in, over the years; the first stage is the indicator's own."""
    say, label = view.say, f"category_label_{view.say.lang}"
    name = say.of(view.indicator(indicator_id), "name")
    rows = view.indicator_rows(goal_id, indicator_id)
    at_root = rows[rows["node_id"] == ROOT]
    stages = at_root[at_root["category_kind"] == CATEGORY]
    listed = ", ".join(
        say("waves.one", wave=row["period"], figure=say.forms.percent(row["value"]))
        for row in records(at_root[at_root["category_id"] == WHOLE].sort_values("period"))
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
        for row in records(stages.sort_values(["period", "category_order"]))
    )
    spoken = say("areas.alt", title=title, areas=spoken)
    columns = [
        Column("period", say("column.year")),
        Column(label, say("column.stage")),
        Column("value", say("column.share"), "percent"),
        Column("base", say("column.matters"), "count"),
    ]
    return panel(
        f"stages-{indicator_id}",
        stacked_stages(stages, Heading(title, subtitle(stamp, stages, view), spoken, WIDE), say),
        Behind(
            stages.sort_values(["period", "category_order"]),
            columns,
            stamp,
            [indicator_id, say("csv.waves")],
            about=about(view, {indicator_id: stages}),
        ),
        [say("activities.stages_note")],
    )
