"""The overview: where the five goals stand, on one screen.

Belongs here: the five rows.
Does not belong here: how a figure is shown (blocks/figure.py).
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from streamlit_app import address
from streamlit_app.blocks.change import change_of
from streamlit_app.blocks.figure import figure_tile, gates_of
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.sentence import Named, goal_sentence
from streamlit_app.blocks.trend import small_trend
from streamlit_app.evidence import View
from streamlit_app.formats import Row
from streamlit_app.selection import headline, indicators_of, with_evidence

SIDE_BY_SIDE = 3


def render(view: View, goal_pages: Mapping[int, st.Page]) -> None:
    """All goals with their headline indicators; goals without evidence say so."""
    say = view.say
    st.title(say("overview.title"), anchor=False)
    paragraph(say("overview.lead"), "tm-small")
    with st.container(gap="xxsmall"):
        for goal in view.table("dim_goal").sort_values("goal_id").to_dict("records"):
            _row(goal, goal_pages[int(goal["goal_id"])], view)


def _row(goal: Row, page: st.Page, view: View) -> None:
    """A goal: its name, what may be said of it, and its headline figures."""
    say, number = view.say, int(goal["goal_id"])
    with st.container(key=f"row-{number}"):
        name, figures = st.columns([1, 2], gap="small")
        with name, st.container(gap=None):
            st.header(f"{number} {say.of(goal, 'short_name')}", anchor=False)
            paragraph(goal_sentence(_changes(number, view), say), "tm-small")
            paragraph(_fresh_and_checked(number, view), "tm-small tm-checked")
            st.page_link(page, label=say("overview.open"), query_params=address.kept())
        with figures, st.container(gap=None):
            _headlines(number, view)


def _there(goal_id: int, view: View) -> tuple[list[pd.Series], pd.DataFrame]:
    """The goal's headline indicators that have evidence, and those that wait for it."""
    indicators = indicators_of(view.table("dim_indicator"), goal_id, is_headline=True)
    there = with_evidence(indicators, view.scorecard())
    awaited = indicators[~indicators["indicator_id"].isin(there["indicator_id"])]
    return [row for _, row in there.iterrows()], awaited


def _changes(goal_id: int, view: View) -> list[Named]:
    """Each headline figure's name, and how it is set beside the wave before."""
    scorecard = view.scorecard()
    figures = [(row, headline(scorecard, row)) for row in _there(goal_id, view)[0]]
    return [
        (
            view.say.of(indicator, "name"),
            change_of(indicator, figure, view) if indicator["domain"] == "survey" else None,
        )
        for indicator, figure in figures
        if figure is not None
    ]


def _fresh_and_checked(goal_id: int, view: View) -> str:
    """How new the evidence behind the goal's headline figures is, and how well it was checked."""
    say, scorecard = view.say, view.scorecard()
    there, _ = _there(goal_id, view)
    figures = [headline(scorecard, indicator) for indicator in there]
    newest = sorted({str(figure["period"]) for figure in figures if figure is not None})
    if not newest:
        return ""
    gates = [gate for indicator in there for gate in gates_of(indicator, view)]
    checked = {gate["gate"]: (gate["checks"], gate["failed"]) for gate in gates}.values()
    checks = sum(checks for checks, _ in checked)
    passed = checks - sum(failed for _, failed in checked)
    return say(
        "overview.checked",
        newest="\u2013".join(dict.fromkeys([newest[0], newest[-1]])),
        passed=say.forms.number(passed),
        checks=say.forms.number(checks),
    )


def _headlines(goal_id: int, view: View) -> None:
    """The goal's headline figures side by side, or the plain word that there are none."""
    scorecard = view.scorecard()
    rows, awaited = _there(goal_id, view)
    if not rows:
        paragraph(view.say("overview.no_evidence"), "tm-lead")
    for start in range(0, len(rows), SIDE_BY_SIDE):
        _side_by_side(rows[start : start + SIDE_BY_SIDE], scorecard, view)
    if len(awaited):
        names = ", ".join(awaited[f"name_{view.say.lang}"])
        paragraph(view.say("overview.awaits", names=names), "tm-small")


def _side_by_side(indicators: list[pd.Series], scorecard: pd.DataFrame, view: View) -> None:
    """Up to three figures in columns of one width, so that rows line up between goals."""
    columns = st.columns(SIDE_BY_SIDE)
    for column, indicator in zip(columns, indicators, strict=False):
        with column:
            figure = headline(scorecard, indicator)
            beside = "" if figure is None else small_trend(indicator, figure, view)
            figure_tile(indicator, figure, view, beside)
