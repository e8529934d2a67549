"""Two sides by side: two waves, two parts of the organisation, two roles, two releases.

Belongs here: what each side may be, and the chart and table of a goal's figures on both.
Does not belong here: any test of a difference; those that were made come with the release.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from streamlit_app import evidence
from streamlit_app.blocks.change import (
    NOT_TESTED,
    SURVEY,
    change_in_words,
    change_of,
    outcome_of,
)
from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.figure import interval_words, role_words, value_words
from streamlit_app.blocks.filters import choose, place_filters, releases_offered, waves_offered
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.goal_data import GoalData, withheld_note
from streamlit_app.blocks.passport import Facts, passports
from streamlit_app.blocks.sentence import TESTED
from streamlit_app.catalogue import Say
from streamlit_app.charts.compare import pairs
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR, Row, is_missing, records
from streamlit_app.kept import kept
from streamlit_app.selection import (
    ABSENT,
    ALL_ROLES,
    Choice,
    both_sides,
    breaks_between,
    depends_on_role,
    indicators_of,
    why_absent,
    with_evidence,
)
from streamlit_app.tables import KIND_OF_UNIT, Column, Kind, Stamp

WIDE = 125
CHOICES = ("wave", "unit", "role")
Figure = dict[Any, Any]


@dataclass(frozen=True)
class Side:
    """One side: the release that it is read from, and what of it."""

    view: View
    choice: Choice
    name: str

    @property
    def release_id(self) -> str:
        return self.view.release.release_id

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What tells it from another."""
        choice = self.choice
        return (*self.view.key, choice.period, choice.node_id, choice.role_id)


@dataclass(frozen=True)
class Sides:
    """Two sides, for what is kept of both.

    own: the release that the page itself is of.
    """

    one: Side
    other: Side
    own: str

    @property
    def key(self) -> tuple[Hashable, ...]:
        return (*self.one.key, *self.other.key, self.own)

    def named(self) -> "Sides":
        """The sides with their releases in their names, unless both are the page's own."""
        if {self.one.release_id, self.other.release_id} == {self.own}:
            return self
        one, other = (
            replace(side, name=f"{side.name}{SEPARATOR}{side.release_id}")
            for side in (self.one, self.other)
        )
        return replace(self, one=one, other=other)


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
        show(_both(Sides(one, other, view.release.release_id).named(), goal_id), say)


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
    own = view.release.release_id
    clears = [f"{side}-{name}" for name in CHOICES]
    asked = choose(f"{side}-release", say("csv.release"), releases_offered(say), own, view, clears)
    release = evidence.release_of(asked)
    theirs = View(say, release) if release is not None else view
    if not waves_offered(theirs, goal_id):
        paragraph(say("overview.no_evidence"), "tm-small")
        return None
    indicators = _asked(goal_id, theirs)
    is_by_role = depends_on_role(indicators)
    choice = place_filters(goal_id, theirs, newest, f"{side}-", by_role=is_by_role)
    data = GoalData(theirs, goal_id, choice)
    stamp = data.stamp(role=None if is_by_role else role_words(indicators.iloc[0], theirs))
    return Side(theirs, choice, SEPARATOR.join(stamp.filters.values()))


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
    rows = _with_absent(rows, sides, goal_id)
    found = [_tested(row, one, other) for row in records(rows)]
    is_by_role = depends_on_role(indicators)
    rows = rows.assign(
        name=[_name(row, sides, goal_id, is_by_role=is_by_role) for row in records(rows)],
        change=[
            _change(row, test, one.view) for row, test in zip(records(rows), found, strict=True)
        ],
    )
    releases = dict.fromkeys(side.release_id for side in (one, other))
    filters = {say(f"compare.side_{end}"): s.name for end, s in (("a", one), ("b", other))}
    is_invented = one.view.is_demonstration or other.view.is_demonstration
    stamp = Stamp(" ".join(releases), filters, is_invented)
    title = outcomes_title(goal_id, [_outcome(test) for test in found], say)
    of_both = say("compare.sides", one=one.name, other=other.name)
    spoken = "; ".join(_in_words(row, one, other, say) for row in records(rows))
    broken = _break_notes(rows, sides, goal_id)
    spoken = " ".join([say("areas.alt", title=f"{title}. {of_both}", areas=spoken), *broken])
    mark = [say("chart.demonstration")] if is_invented else []
    heading = Heading(title, SEPARATOR.join([of_both, *mark]), spoken, WIDE)
    kind = _kind(rows)
    columns = [Column("name", say("column.indicator"))]
    for side, suffix in ((one, ""), (other, "_compared")):
        columns += [
            Column(f"value{suffix}", side.name, kind),
            Column(f"lower{suffix}", say("column.lower_of", what=side.name), kind),
            Column(f"upper{suffix}", say("column.upper_of", what=side.name), kind),
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
        [
            *(say("compare.one", name=row["name"], change=row["change"]) for row in records(rows)),
            *broken,
            say("compare.note"),
            *_withheld_note(rows, say),
        ],
    )


def _name(row: Figure, sides: Sides, goal_id: int, *, is_by_role: bool) -> str:
    """An indicator's name, with whom its figures are of where the sides' roles do not say that: its
    own two roles, or those that it was put to, in which wave where the waves differ in it."""
    say, indicator_id = sides.one.view.say, str(row["indicator_id"])
    name = say.of(row, "name")
    if row["measure"] == "gap":
        pair = role_words(sides.one.view.indicator(indicator_id), sides.one.view)
        return say("compare.name_of", name=name, of=pair.lower()) if is_by_role else name
    asked = [
        (side.choice.period, GoalData(side.view, goal_id, side.choice))
        for side, status in ((sides.one, row["status"]), (sides.other, row["status_compared"]))
        if side.choice.role_id == ALL_ROLES and status not in ABSENT
    ]
    told = {period: data.asked_of(indicator_id, period) for period, data in asked}
    if not any(told.values()):
        return name
    is_same = len(set(told.values())) == 1
    each = told.values() if is_same else (f"{one}: {of}" for one, of in told.items() if of)
    return say("compare.name_of", name=name, of="; ".join(dict.fromkeys(each)))


def outcomes_title(goal_id: int, outcomes: Sequence[str], say: Say) -> str:
    """How many of a goal's figures have increased, decreased or not surely changed by the tests,
    and how many are not tested; that none is where none is.

    outcomes: of each figure, as change.outcome_of gives them.
    """
    goal, counted = say("frame.goal", number=goal_id), Counter(outcomes)
    if set(counted) <= {NOT_TESTED}:
        number = "one" if len(outcomes) == 1 else "many"
        return say(f"compare.none_tested_{number}", goal=goal, count=len(outcomes))
    told = [
        say(f"compare.{outcome}", count=counted[outcome])
        for outcome in (*TESTED, NOT_TESTED)
        if counted[outcome]
    ]
    return say("compare.outcomes", goal=goal, outcomes=", ".join(told))


def _with_absent(rows: pd.DataFrame, sides: Sides, goal_id: int) -> pd.DataFrame:
    """The rows with a word in place of the status where one side has no figure."""
    for side, column in ((sides.one, "status"), (sides.other, "status_compared")):
        questions = side.view.table("dim_question")
        rows = rows.assign(
            **{
                column: [
                    why_absent(questions, _items(row, sides, goal_id), side.choice)
                    if is_missing(row[column])
                    else row[column]
                    for row in records(rows)
                ]
            }
        )
    return rows


def _items(row: Figure, sides: Sides, goal_id: int) -> list[str]:
    """The questions of an indicator, from the side that has it."""
    found = (side.view.items(row["indicator_id"], goal_id) for side in (sides.one, sides.other))
    return next((items for items in found if items), [])


def _break_notes(rows: pd.DataFrame, sides: Sides, goal_id: int) -> list[str]:
    """What broke between the two waves, of each indicator that has both figures."""
    one, other = sides.one, sides.other
    say, waves = one.view.say, (one.choice.period, other.choice.period)
    later = one if waves[0] >= waves[1] else other
    questions = later.view.table("dim_question")
    notes = [
        say("compare.break", name=row["name"], note=note)
        for row in records(rows)
        if not {row["status"], row["status_compared"]} & set(ABSENT)
        for note in breaks_between(questions, _items(row, sides, goal_id), *waves)[
            f"break_note_{say.lang}"
        ].dropna()
    ]
    return list(dict.fromkeys(notes))


def _withheld_note(rows: pd.DataFrame, say: Say) -> list[str]:
    """What the word for withheld means, where it stands on either side."""
    return withheld_note(pd.DataFrame({"status": [*rows["status"], *rows["status_compared"]]}), say)


def _kind(rows: pd.DataFrame) -> Kind:
    """How the table's figures are written: in one unit, or each in its own."""
    units = set(rows["unit"])
    return KIND_OF_UNIT.get(units.pop(), "by_unit") if len(units) == 1 else "by_unit"


def _passports(rows: pd.DataFrame, sides: Sides) -> dict[str, Facts]:
    """The passport of each figure, of the one side and then of the other."""
    told = {}
    for side, end in ((sides.one, ""), (sides.other, "_compared")):
        there = rows.loc[~rows[f"status{end}"].isin(ABSENT), "indicator_id"]
        indicators = [side.view.indicator(one) for one in there]
        for name, facts in passports(indicators, side.choice, side.view).items():
            told[f"{name}{SEPARATOR}{side.name}"] = facts
    return told


def _tested(row: Figure, one: Side, other: Side) -> Row | None:
    """The test of the one side against the other; None unless they are a wave and the one that it
    is tested against, of the same people in one release."""
    is_gap = row["measure"] == "gap"  # between its own two roles, whichever is chosen
    pair = [(side.choice.node_id, is_gap or side.choice.role_id) for side in (one, other)]
    is_of_both = not {row["status"], row["status_compared"]} & set(ABSENT)
    if not is_of_both or pair[0] != pair[1] or one.release_id != other.release_id:
        return None
    for later, earlier, figure in ((one, other, row), (other, one, _turned(row))):
        if later.choice.period > earlier.choice.period:
            found = change_of(figure, figure, later.view)
            is_pair = found is not None and found["compared_period"] == earlier.choice.period
            return found if is_pair else None
    return None


def _outcome(found: Row | None) -> str:
    """What a test says of the two figures shown; a figure that was carried back is neither."""
    return NOT_TESTED if found is None or _is_carried(found) else outcome_of(found)


def _change(row: Figure, found: Row | None, view: View) -> str:
    """What may be said of the two figures, or why nothing may."""
    say = view.say
    if {row["status"], row["status_compared"]} & set(ABSENT):
        return say("compare.one_side")
    if found is None:
        return say("compare.untested")
    if _is_carried(found):
        return say("compare.carried", wave=found["compared_period"])
    return change_in_words(found, view)


def _is_carried(found: Row) -> bool:
    return not is_missing(found["is_carried"]) and bool(found["is_carried"])


def _turned(row: Figure) -> Figure:
    """The row with the other side's figure as its own."""
    return row | {
        name: row[f"{name}_compared"] for name in ("period", "node_id", "role_id", "status")
    }


def _in_words(row: Figure, one: Side, other: Side, say: Say) -> str:
    """An indicator with its two figures, and what may be said of them."""
    theirs = {name: row[f"{name}_compared"] for name in ("value", "lower", "upper", "status")}
    figures = [
        _figure_in_words(figure, side) for side, figure in ((one, row), (other, row | theirs))
    ]
    told = say("areas.one", area=row["name"], figure=", ".join(figures))
    return f"{told}, {row['change']}"


def _figure_in_words(figure: Figure, side: Side) -> str:
    """A side's figure with its interval, or the word for what stands in its place."""
    interval = interval_words(figure, side.view)
    told = f"{side.name} {value_words(figure, side.view)}"
    return f"{told} ({interval})" if interval else told
