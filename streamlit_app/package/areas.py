"""Each headline figure in the result areas: the tables that no page has, and why one has none.

Belongs here: which headline figures have such a table, and its columns.
Does not belong here: what a page shows, which is taken from it (contents.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from streamlit_app.blocks.figure import status_words
from streamlit_app.blocks.goal_data import shown, withheld_note
from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing, records
from streamlit_app.organisation import RESULT_AREA, ROOT, in_order
from streamlit_app.selection import ALL_ROLES, Choice, headline, parts_at, side_by_side
from streamlit_app.tables import Column, Stamp, Table


@dataclass(frozen=True)
class ByArea:
    """tables: each with the domain that it is of. remarks: why a headline figure has none."""

    tables: Sequence[tuple[str, Table]]
    remarks: Sequence[str]


def of_headlines(indicators: pd.DataFrame, taken: Sequence[pd.DataFrame], view: View) -> ByArea:
    """The newest figure of each headline indicator in the result areas.

    taken: rows of the tables that are there already; what they tell by area is not told again.
    """
    told = {one for rows in taken for one in _told_by_area(rows, view)}
    tables, remarks = [], []
    for _, indicator in indicators[indicators["is_headline"]].iterrows():
        figure = headline(view.table("mart_scorecard"), indicator)
        if figure is None or indicator["indicator_id"] in told:
            continue
        rows = _rows(indicator, figure, view)
        if shown(rows).empty:
            why = "whole_only" if rows.empty else "all_withheld"
            name = view.say.of(indicator, "name")
            remarks.append(view.say(f"package.areas_{why}", name=name))
        else:
            tables.append((str(indicator["domain"]), _table(indicator, figure, rows, view)))
    return ByArea(tables, remarks)


def _told_by_area(rows: pd.DataFrame, view: View) -> set[str]:
    """The indicators that a table tells of result areas."""
    if not {"indicator_id", "node_id"} <= {*rows}:
        return set()
    nodes = view.table("dim_node")
    areas = nodes.loc[nodes["level"] == RESULT_AREA, "node_id"]
    return {str(one) for one in rows.loc[rows["node_id"].isin(areas), "indicator_id"]}


def _rows(indicator: Row, figure: Row, view: View) -> pd.DataFrame:
    """The indicator in each result area, in the period and of the role of its headline."""
    card = view.table("mart_scorecard")
    card = card.assign(role_id=card["role_id"].fillna(ALL_ROLES))
    role_id = ALL_ROLES if is_missing(figure["role_id"]) else str(figure["role_id"])
    choice = Choice(str(figure["period"]), ROOT, role_id)
    parts = parts_at(in_order(view.table("dim_node"), choice.period), ROOT, RESULT_AREA)
    return side_by_side(card, parts, indicator["indicator_id"], choice)


def _table(indicator: Row, figure: Row, rows: pd.DataFrame, view: View) -> Table:
    """The table, with the columns that have something in them."""
    say, name = view.say, view.say.of(indicator, "name")
    rows = rows.assign(status_words=[status_words(row, view) for row in records(rows)])
    columns = [
        Column("within", say("column.line")),
        Column("name", say("funnel.level_result_area")),
        Column("value", say("column.figure"), "by_unit"),
        Column("lower", say("column.lower"), "by_unit"),
        Column("upper", say("column.upper"), "by_unit"),
        Column("n", say("column.n"), "count"),
        Column("n_compared", say("package.n_compared"), "count"),
        Column("base", say("package.base"), "count"),
        Column("status_words", say("column.status")),
    ]
    used = [c for c in columns if (rows[c.name].notna() & rows[c.name].ne("")).any()]
    filters = {
        say("column.period"): str(figure["period"]),
        say("filter.unit"): say("funnel.all"),
    }
    release_id = str(view.release.manifest["release_id"])
    stamp = Stamp(release_id, filters, bool(rows["is_demonstration"].any()))
    title = say("package.areas", name=name, period=figure["period"])
    unit = say(f"package.units.{figure['unit']}")
    notes = [say("package.areas_unit", unit=unit), *withheld_note(rows, say)]
    key = f"goal-{indicator['goal_id']}-areas-{indicator['indicator_id']}"
    return Table(key, title, rows, used, stamp, notes)
