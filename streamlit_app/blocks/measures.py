"""Recommendations and measures of a goal: by status, and the register with what stands still first.

Belongs here: the title, text alternative and tables.
Does not belong here: drawing (charts/measures.py), or what counts as standing still (dbt).
"""

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import Listing, listing, show_listing
from streamlit_app.blocks.passport import Subject, about, about_subject
from streamlit_app.blocks.place import place_of
from streamlit_app.blocks.registers import register_stamp, register_subtitle
from streamlit_app.charts.measures import by_status
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR, Row, records
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import headline
from streamlit_app.tables import NORWEGIAN, Column, Table

WIDE = 125


def render(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """The goal's measures; the indicator is the one that counts them."""
    measures = view.table("mart_measure")
    measures = measures[measures["goal_id"] == goal_id]
    if measures.empty:
        return
    st.header(view.say("measures.heading"), anchor=False)
    if by_status_ := _by_status(view, goal_id, str(indicators["indicator_id"].iloc[0])):
        with place_of(*indicators["indicator_id"]):
            show(by_status_, view.say)
    as_of = measures["as_of"].iloc[0]
    limit = view.say.forms.number(measures["standing_still_days"].iloc[0])
    words = view.say("measures.text", day=view.say.forms.day(as_of), limit=limit)
    paragraph(words, "tm-small")
    show_listing(_register(view, goal_id), view.say)


@kept
def _by_status(view: View, goal_id: int, indicator_id: str) -> Panel | None:
    """How many are proposed, decided, under way, carried out, stopped."""
    say, indicator, measures = view.say, view.indicator(indicator_id), view.table("mart_measure")
    figure = headline(view.scorecard(), indicator)
    if figure is None:
        return None
    period = str(figure["period"])
    rows = view.goal_rows(goal_id, period, ROOT)
    rows = rows[
        (rows["indicator_id"] == indicator["indicator_id"]) & (rows["category_kind"] == "category")
    ].sort_values("category_order")
    stamp = register_stamp(view, period)
    still = int(measures.loc[measures["goal_id"] == goal_id, "is_standing_still"].sum())
    title = say("measures.title", count=say.forms.number(figure["value"]), still=still)
    label = f"category_label_{say.lang}"
    spoken = "; ".join(f"{row[label]} {say.forms.number(row['value'])}" for row in records(rows))
    name = say.of(indicator, "name")
    subtitle = f"{name}{SEPARATOR}{register_subtitle(stamp, view)}"
    heading = Heading(title, subtitle, f"{name}. {title}. {spoken}.", WIDE)
    columns = [
        Column(label, say("column.status")),
        Column("value", say("column.measures"), "count"),
    ]
    about_ = about(view, {indicator_id: rows})
    behind = Behind(rows, columns, stamp, [indicator_id, period], about=about_)
    return panel("measures-by-status", by_status(rows, heading, say), behind, subject=name)


@kept
def _register(view: View, goal_id: int) -> Listing:
    """The register, with what stands still first, then by due date."""
    measures = view.table("mart_measure")
    say = view.say
    table = register(measures[measures["goal_id"] == goal_id], view)
    subject = Subject(
        say("measures.definition"),
        say("measures.population"),
        "counted",
        "measures",
        ["mart_measure"],
        goal_id,
    )
    passport = about_subject(view, table.title, subject, table.rows)
    behind = Behind(table.rows, table.columns, table.stamp, ["measures"], about=passport)
    return listing("measures", table.title, behind, say)


def register(measures: pd.DataFrame, view: View) -> Table:
    """The measures as a table, in the order in which they are to be followed up."""
    say = view.say
    columns = [
        Column(f"title_{say.lang}", say("column.measure_title")),
        Column(f"status_{say.lang}", say("column.status")),
        Column("follow_up", say("column.follow_up")),
        Column(f"finding_{say.lang}", say("column.finding")),
        Column(f"kind_{say.lang}", say("column.kind")),
        Column("measure_owner", say("column.owner"), language=NORWEGIAN),
        Column(f"level_{say.lang}", say("column.measure_level")),
        Column("due_on", say("column.due"), "date"),
        Column("last_changed_on", say("column.changed"), "date"),
    ]
    rows = in_follow_up_order(measures)
    rows = rows.assign(follow_up=[_follow_up(row, view) for row in records(rows)])
    stamp = register_stamp(view, f"{measures['as_of'].iloc[0]:%Y}")
    return Table("measures", say("measures.heading"), rows, columns, stamp)


def in_follow_up_order(measures: pd.DataFrame) -> pd.DataFrame:
    """What stands still first; within each, the earliest due date first, without one last."""
    return measures.sort_values(
        ["is_standing_still", "due_on", "measure_id"],
        ascending=[False, True, True],
        na_position="last",
    )


def _follow_up(row: Row, view: View) -> str:
    """Whether it has stood still, and for how long, and whether its date has passed."""
    say = view.say
    words = []
    if row["is_standing_still"]:
        words.append(say("measures.still", days=say.forms.number(row["days_since_change"])))
    if row["is_overdue"]:
        words.append(say("measures.overdue"))
    return "; ".join(words)
