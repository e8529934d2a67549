"""Two sides by side: two waves, two parts of the organisation, two roles, two releases.

Belongs here: what each side may be, and the chart and table of a goal's figures on both.
Does not belong here: any test of a difference; those that were made come with the release.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from streamlit_app import evidence
from streamlit_app.blocks.change import change_words
from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.figure import interval_words, value_words
from streamlit_app.blocks.filters import choose, place_filters, waves_offered
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.goal_data import GoalData, withheld_note
from streamlit_app.blocks.passport import Facts, passports
from streamlit_app.catalogue import Say
from streamlit_app.charts.compare import pairs
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import records
from streamlit_app.kept import kept
from streamlit_app.selection import Choice, both_sides, indicators_of, with_evidence
from streamlit_app.tables import Column, Stamp

WIDE = 125
SURVEY = "survey"
CHOICES = ("wave", "unit", "role")
Figure = dict[Any, Any]


@dataclass(frozen=True)
class Side:
    """One side: the release that it is read from, and what of it."""

    view: View
    choice: Choice
    name: str

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What tells it from another."""
        choice = self.choice
        return (*self.view.key, choice.period, choice.node_id, choice.role_id)


@dataclass(frozen=True)
class Sides:
    """Two sides, for what is kept of both."""

    one: Side
    other: Side

    @property
    def key(self) -> tuple[Hashable, ...]:
        return (*self.one.key, *self.other.key)


def render(view: View) -> None:
    """The goal, the two sides, and the figures of both."""
    say = view.say
    st.title(say("compare.title"), anchor=False)
    paragraph(say("compare.lead"), "tm-lead")
    goals = view.table("dim_goal").sort_values("goal_id")
    names = {
        str(goal["goal_id"]): f"{goal['goal_id']} {say.of(goal, 'short_name')}"
        for goal in records(goals)
        if len(_asked(int(goal["goal_id"]), view)) and waves_offered(view, int(goal["goal_id"]))
    }
    if not names:
        paragraph(say("overview.no_evidence"), "tm-lead")
        return
    goal_id = int(choose("of", say("column.goal"), names, next(iter(names)), view))
    left, right = st.columns(2, gap="medium")
    with left:
        one = _side("a", goal_id, view, newest=0)
    with right:
        other = _side("b", goal_id, view, newest=1)
    if one is not None and other is not None:
        show(_both(Sides(one, other), goal_id), say)


def _asked(goal_id: int, view: View) -> pd.DataFrame:
    """The goal's indicators of single figures that people were asked for."""
    indicators = indicators_of(view.table("dim_indicator"), goal_id, domain=SURVEY)
    single = indicators[indicators["measure"].isin(["share", "balance", "gap"])]
    return with_evidence(single, view.scorecard())


def _side(side: str, goal_id: int, view: View, newest: int) -> Side | None:
    """One side's choices, which stand in the address; None where its release lacks the goal.

    newest: which of the waves it begins with, counted from the newest.
    """
    say = view.say
    st.header(say(f"compare.side_{side}"), anchor=False)
    made = {
        release_id: say("compare.release", release=release_id, made=say.forms.moment(at))
        for release_id, at in evidence.released()
    }
    own = view.release.release_id
    clears = [f"{side}-{name}" for name in CHOICES]
    asked = choose(f"{side}-release", say("csv.release"), made, own, view, clears)
    release = evidence.release_of(asked)
    theirs = View(say, release) if release is not None else view
    if not waves_offered(theirs, goal_id):
        paragraph(say("overview.no_evidence"), "tm-small")
        return None
    choice = place_filters(goal_id, theirs, newest, f"{side}-")
    stamp = GoalData(theirs, goal_id, choice).stamp()
    parts = list(stamp.filters.values()) + ([asked] if asked != own else [])
    return Side(theirs, choice, " · ".join(parts))


@kept
def _both(sides: Sides, goal_id: int) -> Panel | str:
    """The goal's figures on both sides, as a chart and its table."""
    one, other, say = sides.one, sides.other, sides.one.view.say
    if one.name == other.name:
        return say("compare.same")
    indicators = _asked(goal_id, one.view)
    rows = both_sides(
        indicators,
        one.view.scorecard(one.choice.node_id),
        other.view.scorecard(other.choice.node_id),
        one.choice,
        other.choice,
    )
    if rows.empty:
        return say("chart.not_asked")
    rows = rows.assign(
        name=rows[f"name_{say.lang}"],
        change=[_tested(row, one, other, say) for row in records(rows)],
    )
    releases = dict.fromkeys(side.view.release.release_id for side in (one, other))
    filters = {say(f"compare.side_{end}"): s.name for end, s in (("a", one), ("b", other))}
    is_invented = one.view.is_demonstration or other.view.is_demonstration
    stamp = Stamp(" ".join(releases), filters, is_invented)
    title = say("compare.chart", count=len(rows), one=one.name, other=other.name)
    spoken = "; ".join(_in_words(row, one, other, say) for row in records(rows))
    mark = [say("chart.demonstration")] if is_invented else []
    heading = Heading(title, " · ".join(mark), say("areas.alt", title=title, areas=spoken), WIDE)
    columns = [Column("name", say("column.indicator"))]
    for side, suffix in ((one, ""), (other, "_compared")):
        columns += [
            Column(f"value{suffix}", side.name, "percent"),
            Column(f"lower{suffix}", say("column.lower_of", what=side.name), "percent"),
            Column(f"upper{suffix}", say("column.upper_of", what=side.name), "percent"),
            Column(f"n{suffix}", say("column.n_of", what=side.name), "count"),
        ]
    columns.append(Column("change", say("column.change")))
    return panel(
        "compare",
        pairs(rows, (one.name, other.name), heading, say),
        Behind(
            rows,
            columns,
            stamp,
            [say("csv.compare"), f"{say('csv.goal')}-{goal_id}"],
            about=partial(_passports, rows, sides),
        ),
        [say("compare.note"), *withheld_note(rows, say)],
    )


def _passports(rows: pd.DataFrame, sides: Sides) -> dict[str, Facts]:
    """The passport of each figure, of the one side and then of the other."""
    told = {}
    for side, end in ((sides.one, ""), (sides.other, "_compared")):
        there = rows.loc[rows[f"status{end}"].notna(), "indicator_id"]
        indicators = [side.view.indicator(one) for one in there]
        for name, facts in passports(indicators, side.choice, side.view).items():
            told[f"{name} · {side.name}"] = facts
    return told


def _tested(row: Figure, one: Side, other: Side, say: Say) -> str:
    """What the test says where the two sides are a wave and the one that it is tested against."""
    pair = [(side.choice.node_id, side.choice.role_id) for side in (one, other)]
    same = pair[0] == pair[1] and one.view.release.release_id == other.view.release.release_id
    if same:
        for later, earlier, figure in ((one, other, row), (other, one, _turned(row))):
            words = change_words(figure, figure, later.view)
            if words and later.choice.period > earlier.choice.period:
                return words
    return say("compare.not_tested")


def _turned(row: Figure) -> Figure:
    """The row with the other side's figure as its own."""
    return row | {"period": row["period_compared"]}


def _in_words(row: Figure, one: Side, other: Side, say: Say) -> str:
    """An indicator with its two figures."""
    theirs = {name: row[f"{name}_compared"] for name in ("value", "lower", "upper", "status")}
    figures = [
        f"{side.name} {value_words(figure, side.view)} ({interval_words(figure, side.view)})"
        for side, figure in ((one, row), (other, row | theirs))
    ]
    return say("areas.one", area=row["name"], figure=", ".join(figures))
