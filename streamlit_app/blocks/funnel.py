"""Result areas, or units, side by side: against the spread that chance alone gives.

Belongs here: which level is looked at, the title, text alternative and table.
Does not belong here: the limits and the drawing (charts/funnel.py).
"""

from dataclasses import replace
from functools import partial

import pandas as pd

from streamlit_app.blocks.change import difference_in_words
from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.filters import choose
from streamlit_app.blocks.goal_data import GoalData, shown
from streamlit_app.charts.funnel import (
    funnel,
    spread_of_balance,
    spread_of_share,
    within_limits,
)
from streamlit_app.charts.parts import is_difference, with_words
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import Row, records
from streamlit_app.kept import kept
from streamlit_app.organisation import RESULT_AREA, ROOT, UNIT, in_order
from streamlit_app.selection import ALL_ROLES, parts_at, side_by_side
from streamlit_app.tables import Column, figure_columns

WIDE = 125


def against_chance(indicator: Row, data: GoalData) -> None:
    """The indicator in each part of one level, for the wave and role chosen."""
    indicator_id = str(indicator["indicator_id"])
    show(_panel(data, indicator_id, _level(data, indicator_id)), data.say)


@kept
def levels_shown(data: GoalData, indicator_id: str) -> list[str]:
    """The levels at which the indicator may be shown beside the whole, for the choice made; roles
    are told apart in result areas alone."""
    view, choice = data.view, data.choice
    if _whole(view, indicator_id, choice.period, choice.role_id) is None:
        return []
    levels = [RESULT_AREA, UNIT] if choice.role_id == ALL_ROLES else [RESULT_AREA]
    there = _where_shown(view, indicator_id, choice.period, choice.role_id)
    return [level for level in levels if not there.isdisjoint(_parts(data, level)["node_id"])]


@kept
def _where_shown(view: View, indicator_id: str, period: str, role_id: str) -> set[str]:
    """In which parts of the organisation the indicator may be shown."""
    rows = shown(view.figures(indicator_id, period))
    return set(rows.loc[rows["role_id"] == role_id, "node_id"])


def _parts(data: GoalData, level: str) -> pd.DataFrame:
    """All result areas, or the units in the part of the organisation chosen."""
    root = ROOT if level == RESULT_AREA else data.choice.node_id
    return _parts_in(data.view, data.choice.period, root, level)


@kept
def _parts_in(view: View, period: str, root: str, level: str) -> pd.DataFrame:
    return parts_at(_ordered(view, period), root, level)


@kept
def _ordered(view: View, period: str) -> pd.DataFrame:
    """The organisation in its order."""
    return in_order(view.table("dim_node"), period)


@kept
def _panel(data: GoalData, indicator_id: str, level: str) -> Panel | str:
    """The funnel with its table. That of all result areas is one, whichever part of the
    organisation is chosen, but for the passports."""
    indicator, choice = data.view.indicator(indicator_id), data.choice
    if level == RESULT_AREA and choice.node_id != ROOT:
        of_all = _panel(replace(data, choice=replace(choice, node_id=ROOT)), indicator_id, level)
        if isinstance(of_all, str):
            return of_all
        return replace(of_all, behind=replace(of_all.behind, about=data.about(indicator)))
    say, name = data.say, data.say.of(indicator, "name")
    figures = data.view.figures(indicator_id, choice.period)
    rows = side_by_side(figures, _parts(data, level), indicator_id, choice)
    whole = _whole(data.view, indicator_id, choice.period, choice.role_id)
    spread = None if whole is None else _spread(indicator, whole, data)
    if shown(rows).empty or whole is None or spread is None:
        key = "chart.not_asked_about" if rows.empty else "single.all_withheld"
        return say(key, name=name)
    there = shown(rows)
    inside = int(within_limits(there, whole, spread).sum())
    title = say(f"funnel.title_{level}", name=name, inside=inside, of=len(there))
    place = say("funnel.all") if level == RESULT_AREA else data.node_name()
    stamp = data.stamp(place=place, role=data.asked_name(str(indicator["indicator_id"])))
    (of_whole,) = with_words(there.head(1).assign(value=whole), say)["written"]
    unit = say("figure.points") if is_difference(rows) else ""
    spoken = say("funnel.alt", title=title, whole=of_whole)
    columns = [
        Column("within", say("column.line" if level == RESULT_AREA else "column.area")),
        Column("name", say(f"funnel.level_{level}")),
        *figure_columns(say, "points" if unit else "percent"),
        Column("difference", say("column.difference")),
    ]
    parts = [indicator["indicator_id"], say("csv.areas"), choice.period, choice.role_id]
    heading = Heading(title, data.subtitle(stamp, rows, unit), spoken, WIDE)
    n_hidden = len(rows) - len(there)
    return panel(
        f"areas-{indicator['indicator_id']}",
        funnel(rows, whole, spread, heading, say),
        Behind(
            rows,
            columns,
            stamp,
            parts,
            partial(_with_differences, indicator, data),
            data.about(indicator),
        ),
        [
            say("funnel.note", whole=of_whole),
            *([say("funnel.withheld", count=n_hidden)] if n_hidden else []),
        ],
    )


def _with_differences(indicator: Row, data: GoalData, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with how each part stands to the rest of NAV, in words."""
    choice = data.choice
    found = data.view.differences(str(indicator["indicator_id"]), choice.period, choice.role_id)
    words = {}
    if found is not None:
        words = {
            row["node_id"]: difference_in_words("nodes", row, data.view) for row in records(found)
        }
    return rows.assign(difference=rows["node_id"].map(words).fillna(""))


def _level(data: GoalData, indicator_id: str) -> str:
    """Result areas, or the units of the part of the organisation chosen; asked only where both may
    be shown."""
    offered = levels_shown(data, indicator_id)
    if len(offered) < 2:
        return offered[0] if offered else RESULT_AREA
    names = {
        RESULT_AREA: data.say("funnel.areas"),
        UNIT: data.say("funnel.units", place=data.node_name()),
    }
    return choose("level", data.say("funnel.level"), names, RESULT_AREA, data.view)


@kept
def _whole(view: View, indicator_id: str, period: str, role_id: str) -> float | None:
    """The indicator for the whole of NAV, in one wave and role; None where withheld."""
    card = shown(view.scorecard())
    rows = card[
        (card["indicator_id"] == indicator_id)
        & (card["node_id"] == ROOT)
        & (card["period"] == period)
        & (card["role_id"] == role_id)
    ]
    return None if rows.empty else float(rows["value"].iloc[0])


def _spread(indicator: Row, whole: float, data: GoalData) -> float | None:
    """The spread of one answer in the whole of NAV; None where it is withheld."""
    if indicator["measure"] == "share":
        return spread_of_share(whole)
    rows = shown(data.view.goal_rows(data.goal_id, data.choice.period, ROOT))
    classes = rows[
        (rows["indicator_id"] == indicator["indicator_id"])
        & (rows["measure"] == "share")
        & (rows["category_kind"] == "class")
        & rows["category_class"].isin(["positive", "negative"])
        & (rows["role_id"] == data.choice.role_id)
    ]
    return spread_of_balance(whole, float(classes["value"].sum())) if len(classes) == 2 else None
