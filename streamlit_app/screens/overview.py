"""The overview: where the five goals stand, on one screen.

Belongs here: the five rows.
Does not belong here: how a figure is shown (blocks/tile.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from streamlit_app import address
from streamlit_app.blocks.change import change_of
from streamlit_app.blocks.frame import link, paragraph, paragraph_html, theme
from streamlit_app.blocks.passport import gates_of
from streamlit_app.blocks.sentence import Named, goal_sentence
from streamlit_app.blocks.tile import figure_tile
from streamlit_app.blocks.trend import small_trend
from streamlit_app.evidence import View
from streamlit_app.formats import Row, records
from streamlit_app.kept import kept
from streamlit_app.selection import has_earlier, headline, indicators_of, with_evidence

SIDE_BY_SIDE = 3
Figures = Sequence[tuple[Row, Row]]  # an indicator, and its newest figure


def render(view: View, goal_pages: Mapping[int, st.Page]) -> None:
    """All goals with their headline indicators; goals without evidence say so."""
    say = view.say
    st.title(say("overview.title"), anchor=False)
    paragraph(say("overview.lead"), "tm-small")
    with st.container(gap="xxsmall"):
        for goal in records(view.table("dim_goal").sort_values("goal_id")):
            _row(goal, goal_pages[int(goal["goal_id"])], view)


def _row(goal: Row, page: st.Page, view: View) -> None:
    """A goal: its name, what may be said of it, and its headline figures."""
    say, number = view.say, int(goal["goal_id"])
    said = _said(view, number)
    with st.container(key=f"row-{number}"):
        name, figures = st.columns([1, 2], gap="small")
        with name, st.container(gap=None):
            st.header(f"{number} {say.of(goal, 'short_name')}", anchor=False)
            sentence = paragraph_html(said.sentence, "tm-small")
            checked = paragraph_html(said.checked, "tm-small tm-checked")
            way = link(say("overview.open", goal=number), page, address.kept())
            st.html(f'{sentence}{checked}<p class="tm-small">{way}</p>')
        with figures, st.container(gap=None):
            _headlines(said, view)


@dataclass(frozen=True)
class Said:
    """What the overview says of a goal.

    sentence: what has changed for sure; checked: how new the evidence is, and how well checked;
    indicators: the headline indicators that have evidence; awaits: the names of those that wait.
    """

    sentence: str
    checked: str
    indicators: Sequence[str]
    awaits: str


@kept
def _said(view: View, goal_id: int) -> Said:
    """All that the overview says of a goal."""
    indicators = indicators_of(view.table("dim_indicator"), goal_id, is_headline=True)
    card = view.scorecard()
    there = with_evidence(indicators, card)
    awaited = indicators[~indicators["indicator_id"].isin(there["indicator_id"])]
    figures = [(row, headline(card, row)) for row in records(there)]
    found = [(row, figure) for row, figure in figures if figure is not None]
    return Said(
        goal_sentence(_changes(found, view), view.say),
        _fresh_and_checked(found, view),
        list(there["indicator_id"]),
        ", ".join(awaited[f"name_{view.say.lang}"]),
    )


def _changes(figures: Figures, view: View) -> list[Named]:
    """Each headline figure's name, how it is set beside the wave before, and whether there is
    anything before it."""
    return [
        Named(
            view.say.of(indicator, "name"),
            change_of(indicator, figure, view) if indicator["domain"] == "survey" else None,
            has_earlier(view.scorecard(), indicator, figure),
        )
        for indicator, figure in figures
    ]


def _fresh_and_checked(figures: Figures, view: View) -> str:
    """How new the evidence behind the goal's headline figures is, and how well it was checked."""
    say = view.say
    newest = sorted({str(figure["period"]) for _, figure in figures})
    if not newest:
        return ""
    gates = [gate for indicator, _ in figures for gate in gates_of(indicator, view)]
    checked = {gate["gate"]: (gate["checks"], gate["failed"]) for gate in gates}.values()
    checks = sum(checks for checks, _ in checked)
    passed = checks - sum(failed for _, failed in checked)
    return say(
        "overview.checked",
        newest="\u2013".join(dict.fromkeys([newest[0], newest[-1]])),
        passed=say.forms.number(passed),
        checks=say.forms.number(checks),
    )


def _headlines(said: Said, view: View) -> None:
    """The goal's headline figures side by side, or the plain word that there are none."""
    if not said.indicators:
        paragraph(view.say("overview.no_evidence"), "tm-lead")
    for start in range(0, len(said.indicators), SIDE_BY_SIDE):
        # in columns of one width, so that rows line up between goals
        columns = st.columns(SIDE_BY_SIDE)
        some = said.indicators[start : start + SIDE_BY_SIDE]
        for column, indicator_id in zip(columns, some, strict=False):
            with column:
                figure_tile(indicator_id, view, small_trend(view, indicator_id, theme()))
    if said.awaits:
        paragraph(view.say("overview.awaits", names=said.awaits), "tm-small")
