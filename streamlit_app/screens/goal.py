"""One goal, from what it means to what its figures show. The same page serves all five.

Belongs here: the order of the page, and which chart an indicator's measure asks for.
Does not belong here: naming any one indicator, question or goal.
"""

from collections.abc import Callable
from contextlib import nullcontext

import pandas as pd
import streamlit as st

from streamlit_app.blocks import activities, directives, measures, pilots, user_survey
from streamlit_app.blocks.battery import battery
from streamlit_app.blocks.change import response_words
from streamlit_app.blocks.chart import Behind, is_taking
from streamlit_app.blocks.filters import choose, place_filters, waves_offered
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.funnel import against_chance, levels_shown
from streamlit_app.blocks.gap import gap
from streamlit_app.blocks.goal_data import GoalData
from streamlit_app.blocks.listing import listing, show_listing
from streamlit_app.blocks.place import bring_into_view, place_of
from streamlit_app.blocks.published import published_figures, published_findings
from streamlit_app.blocks.single import rank, waves
from streamlit_app.blocks.tile import figure_tile
from streamlit_app.evidence import View
from streamlit_app.kept import kept
from streamlit_app.selection import depends_on_role, indicators_of, with_evidence
from streamlit_app.tables import Column, Stamp

TILES = 4
WAVES_IN_A_ROW = 3


def render(view: View, goal_id: int) -> None:
    """The page of one goal."""
    goals = view.table("dim_goal")
    goal = goals[goals["goal_id"] == goal_id].iloc[0]
    st.title(f"{goal_id} {view.say.of(goal, 'short_name')}", anchor=False)
    paragraph(view.say.of(goal, "description"), "tm-lead")
    indicators, there = _evidence(view, goal_id)
    bring_into_view(set(there["indicator_id"]))
    _headlines(there[there["is_headline"]], view)
    for domain, render_domain in BY_DOMAIN.items():
        evidence = there[there["domain"] == domain]
        if len(evidence):
            render_domain(evidence, view, goal_id)
    _awaited(indicators[~indicators["indicator_id"].isin(there["indicator_id"])], view)
    _published(goal_id, view)


@kept
def _evidence(view: View, goal_id: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The goal's indicators in their order, and those of them that have evidence."""
    indicators = indicators_of(view.table("dim_indicator"), goal_id)
    return indicators, with_evidence(indicators, view.scorecard())


def _headlines(indicators: pd.DataFrame, view: View) -> None:
    """The headline figures for the whole of NAV, or the plain word that there are none."""
    say = view.say
    st.header(say("goal.headlines"), anchor=False)
    if indicators.empty:
        paragraph(say("overview.no_evidence"), "tm-lead")
        return
    paragraph(say("goal.headlines_of"), "tm-small")
    columns = st.columns(TILES)
    for place, indicator_id in enumerate(indicators["indicator_id"]):
        with columns[place % TILES]:
            figure_tile(str(indicator_id), view)


def survey(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """Filters, then what each indicator's measure asks for."""
    st.header(view.say("goal.details"), anchor=False)
    if not waves_offered(view, goal_id):
        paragraph(view.say("chart.all_withheld"), "tm-small")
        return
    data = GoalData(
        view, goal_id, place_filters(goal_id, view, by_role=depends_on_role(indicators))
    )
    if answered := response_words(data.choice, view):
        paragraph(answered, "tm-small")
    of_measure = dict(list(indicators.groupby("measure")))
    if "gap" in of_measure:
        with place_of(*of_measure["gap"]["indicator_id"]):
            gap(of_measure["gap"], data)
    for _, indicator in of_measure.get("battery", indicators.head(0)).iterrows():
        with place_of(indicator["indicator_id"]):
            battery(indicator, data)
    for _, indicator in of_measure.get("rank", indicators.head(0)).iterrows():
        with place_of(indicator["indicator_id"]):
            rank(indicator, data)
    over_time = indicators[indicators["measure"].isin(["share", "balance", "gap"])]
    if len(over_time):
        _over_time(over_time, data)
    single = over_time[over_time["measure"] != "gap"]
    if len(single):
        _by_area(single, data)


def _over_time(indicators: pd.DataFrame, data: GoalData) -> None:
    """Each single figure and each gap over the waves, side by side."""
    st.subheader(data.say("waves.heading"), anchor=False)
    rows = [row for _, row in indicators.iterrows()]
    in_a_row = 2 if len(rows) in (2, 4) else WAVES_IN_A_ROW  # none stands alone in its row
    for start in range(0, len(rows), in_a_row):
        columns = st.columns(in_a_row, gap="medium")
        some = rows[start : start + in_a_row]
        for column, indicator in zip(columns, some, strict=False):
            is_placed = indicator["measure"] == "gap"  # where the two roles stand side by side
            with column, nullcontext() if is_placed else place_of(indicator["indicator_id"]):
                waves(indicator, data)


def _by_area(indicators: pd.DataFrame, data: GoalData) -> None:
    """One single figure at a time in the parts of the organisation, beside what chance gives; a
    package takes each that is a headline."""
    say = data.say
    if is_taking():
        headlines = indicators[indicators["is_headline"]]
        for _, indicator in (headlines if len(headlines) else indicators.head(1)).iterrows():
            against_chance(indicator, data)
        return
    st.subheader(say("funnel.heading"), anchor=False)
    offered = [one for one in indicators["indicator_id"] if levels_shown(data, one)]
    if not offered:
        paragraph(say("chart.all_withheld"), "tm-small")
        return
    names = {one: say.of(data.view.indicator(one), "name") for one in offered}
    asked = choose("indicator", say("column.indicator"), names, next(iter(names)), data.view)
    against_chance(indicators[indicators["indicator_id"] == asked].iloc[0], data)


def _awaited(indicators: pd.DataFrame, view: View) -> None:
    """Indicators that wait for evidence, with what they will say."""
    if indicators.empty or is_taking():
        return
    say, title = view.say, view.say("goal.awaited")
    st.header(title, anchor=False)
    paragraph(say("goal.awaited_text"), "tm-small")
    columns = [
        Column(f"name_{say.lang}", say("column.indicator")),
        Column(f"definition_{say.lang}", say("column.definition")),
    ]
    stamp = Stamp(view.release.release_id, {}, is_demonstration=False)
    goal = f"{say('csv.goal')}-{indicators['goal_id'].iloc[0]}"
    behind = Behind(indicators, columns, stamp, [say("csv.awaited"), goal])
    show_listing(listing("awaited", title, behind, say), say)


def _published(goal_id: int, view: View) -> None:
    """Figures and findings from public documents: context, never the goal's own figure."""
    say = view.say
    figures, findings = published_figures(view, goal_id), published_findings(view, goal_id)
    if figures is None and findings is None:
        return
    st.header(say("goal.published"), anchor=False)
    paragraph(say("goal.published_text"), "tm-small")
    if findings is not None:
        st.subheader(say("goal.findings"), anchor=False)
        show_listing(findings, say)
    if figures is not None:
        st.subheader(say("goal.figures"), anchor=False)
        show_listing(figures, say)


# How evidence of each domain is shown, in the order of the page.
BY_DOMAIN: dict[str, Callable[[pd.DataFrame, View, int], None]] = {
    "survey": survey,
    "directives": directives.render,
    "user_survey": user_survey.render,
    "activities": activities.render,
    "pilots": pilots.render,
    "measures": measures.render,
}
