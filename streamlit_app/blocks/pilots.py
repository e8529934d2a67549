"""Pilots: when they run, what is missing of the mandate, costs, and the metric before and after.

Belongs here: their titles, text alternatives and tables.
Does not belong here: drawing (charts/pilots.py); any claim of an effect.
"""

from collections import Counter

import pandas as pd
import streamlit as st

from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import Listing, listing, show_listing
from streamlit_app.blocks.passport import Subject, about, about_subject
from streamlit_app.blocks.place import place_of
from streamlit_app.blocks.registers import register_stamp, register_subtitle
from streamlit_app.catalogue import Say
from streamlit_app.charts.pilots import GROUPS, before_and_after, cost_words, costs, timeline
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR, Row, records
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import WITHHELD
from streamlit_app.tables import NORWEGIAN, Column

WIDE, HALF = 125, 58
IN_A_ROW = 2


def render(indicators: pd.DataFrame, view: View, goal_id: int) -> None:
    """All pilots of the newest register, and the goal's figures on the mandate's parts."""
    say = view.say
    pilots = _pilots(view)
    if pilots.empty:
        return
    figures = view.goal_rows(goal_id, str(pilots["period"].iloc[0]), ROOT)
    figures = figures[figures["indicator_id"].isin(indicators["indicator_id"])]
    st.header(say("pilots.heading"), anchor=False)
    counted, shared = (_of_measure(indicators, one) for one in ("count", "share"))
    with place_of(*counted):
        show(_timeline(view, *counted), say)
    st.subheader(say("pilots.mandate"), anchor=False)
    shares = figures[figures["measure"] == "share"]
    paragraph(_parts_there(pilots, shares, say), "tm-small")
    with place_of(*shared):
        show_listing(_mandate(view, *shared), say)
    st.subheader(say("pilots.costs"), anchor=False)
    show(_costs(view, goal_id), say)
    st.subheader(say("pilots.metrics"), anchor=False)
    paragraph(say("pilots.no_effect"), "tm-lead")
    _metrics(pilots, view, goal_id)


def _of_measure(indicators: pd.DataFrame, measure: str) -> list[str]:
    """The indicators of one measure."""
    return list(indicators.loc[indicators["measure"] == measure, "indicator_id"])


@kept
def _timeline(view: View, *indicator_ids: str) -> Panel:
    """When each pilot runs, with status and milestones."""
    pilots = _pilots(view)
    say, stamp = view.say, register_stamp(view, str(pilots["period"].iloc[0]))
    milestones = view.table("mart_pilot_milestone")
    title = say("pilots.timeline", count=len(pilots), statuses=status_words(pilots, say))
    spoken = "; ".join(
        say("pilots.timeline_one", name=say.of(row, "name"), status=say.of(row, "status").lower(),
            start=_day(row["start_date"], say), end=_day(row["end_date"], say))
        for row in records(pilots)
    )  # fmt: skip
    heading = Heading(title, register_subtitle(stamp, view), f"{title}. {spoken}.", WIDE)
    name = f"name_{say.lang}"
    behind = pilots.merge(milestones[["pilot_id", "milestone", "milestone_date"]], how="left")
    columns = [
        Column(name, say("column.pilot")),
        Column(f"status_{say.lang}", say("column.status")),
        Column("start_date", say("column.start"), "date"),
        Column("end_date", say("column.end"), "date"),
        Column("milestone", say("column.milestone"), language=NORWEGIAN),
        Column("milestone_date", say("column.date"), "date"),
    ]
    undated = pilots.loc[pilots["start_date"].isna() | pilots["end_date"].isna(), name]
    notes = [say("pilots.milestone_key")] if len(milestones) else []
    notes += [say("pilots.undated", names=", ".join(undated))] if len(undated) else []
    chart = timeline(pilots, milestones, heading, say)
    passports = about(view, dict.fromkeys(indicator_ids, pilots))
    behind_ = Behind(behind, columns, stamp, ["pilots"], about=passports)
    return panel("pilots-timeline", chart, behind_, notes)


def _pilots(view: View) -> pd.DataFrame:
    """The register, in its order."""
    return view.table("mart_pilot").sort_values("pilot_id")


def status_words(pilots: pd.DataFrame, say: Say) -> str:
    """How many are planned, run, are completed, were stopped: 2 pågår, 1 avsluttet."""
    ordered = pilots.sort_values("status_order")[f"status_{say.lang}"]
    return ", ".join(f"{n} {word.lower()}" for word, n in Counter(ordered).items())


def _day(day: pd.Timestamp, say: Say) -> str:
    return say("pilots.missing") if pd.isna(day) else say.forms.day(day)


def _parts_there(pilots: pd.DataFrame, shares: pd.DataFrame, say: Say) -> str:
    """How many of the pilots have each of the mandate's parts."""
    parts = "; ".join(
        say("pilots.part", part=say.of(row, "item_label"), share=say.forms.percent(row["value"]))
        for row in records(shares.sort_values("item_order"))
    )
    return say("pilots.mandate_text", count=len(pilots), parts=parts)


@kept
def _mandate(view: View, *indicator_ids: str) -> Listing:
    """What each pilot has of the mandate's three parts, what is missing, and whether in frames."""
    say, pilots = view.say, _pilots(view)
    stamp = register_stamp(view, str(pilots["period"].iloc[0]))
    columns = [
        Column(f"name_{say.lang}", say("column.pilot")),
        Column("purpose_words", say("column.purpose"), language=NORWEGIAN, where="has_purpose"),
        Column("plan_words", say("column.plan")),
        Column(
            "evaluation_words",
            say("column.evaluation"),
            language=NORWEGIAN,
            where="has_evaluation",
        ),
        Column(f"frames_{say.lang}", say("column.frames")),
        Column("unit_names", say("column.units"), language=NORWEGIAN),
        Column("comparison_unit_names", say("column.comparison_units"), language=NORWEGIAN),
    ]
    title = say("pilots.mandate")
    passports = about(view, dict.fromkeys(indicator_ids, pilots))
    rows = with_parts(pilots, say)
    behind = Behind(rows, columns, stamp, ["pilots-mandate"], about=passports)
    return listing("pilots-mandate", title, behind, say)


def with_parts(pilots: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Each part in words: as registered, or that it is missing, and of the plan which half."""
    missing = f"✕ {say('pilots.missing')}"

    def plan(row: Row) -> str:
        if row["has_plan"]:
            return f"✓ {say('pilots.in_place')}"
        one, other = say("pilots.timeline_part"), say("pilots.cost_part")
        lacking = other if row["has_timeline"] else one
        if not row["has_timeline"] and not row["has_cost_estimate"]:
            lacking = say("pilots.and", one=one, other=other)
        return f"✕ {say('pilots.lacks', parts=lacking)}"

    listed = records(pilots)
    return pilots.assign(
        purpose_words=[row["purpose"] if row["has_purpose"] else missing for row in listed],
        plan_words=[plan(row) for row in listed],
        evaluation_words=[
            row["evaluation_design"] if row["has_evaluation"] else missing for row in listed
        ],
    )


def parts_in_full(row: Row, milestones: pd.DataFrame, say: Say) -> list[tuple[str, str]]:
    """What the mandate asks of a pilot: each as it is registered, or the word that it is missing.

    row: of with_parts; milestones: mart_pilot_milestone, of all pilots.
    """
    own = milestones[milestones["pilot_id"] == row["pilot_id"]].sort_values("milestone_date")
    dates = say("pilots.dates", start=_day(row["start_date"], say), end=_day(row["end_date"], say))
    steps = [f"{say.forms.day(m['milestone_date'])}: {m['milestone']}" for m in records(own)]
    return [
        (say("column.purpose"), row["purpose_words"]),
        (say("pilots.timeline_words"), "; ".join([dates, *steps])),
        (say("pilots.cost_words"), cost_words(row, say)),
        (say("column.evaluation"), row["evaluation_words"]),
        (say("column.frames"), say.of(row, "frames")),
        (say("column.status"), say.of(row, "status")),
        (say("column.units"), row["unit_names"]),
    ]


@kept
def _costs(view: View, goal_id: int) -> Panel:
    """Estimate and cost so far."""
    pilots = _pilots(view)
    say, stamp = view.say, register_stamp(view, str(pilots["period"].iloc[0]))
    estimated = int(pilots["has_cost_estimate"].sum())
    title = say("pilots.costs_title", estimated=estimated, count=len(pilots))
    spoken = "; ".join(f"{say.of(row, 'name')}: {cost_words(row, say)}" for row in records(pilots))
    heading = Heading(title, register_subtitle(stamp, view), f"{title}. {spoken}.", WIDE)
    columns = [
        Column(f"name_{say.lang}", say("column.pilot")),
        Column("cost_so_far", say("column.cost_so_far"), "count"),
        Column("cost_estimate", say("column.cost_estimate"), "count"),
    ]
    subject = Subject(
        say("pilots.costs_definition"),
        say("pilots.heading"),
        "counted",
        "pilots",
        ["mart_pilot"],
        goal_id,
    )
    passport = about_subject(view, say("pilots.costs"), subject, pilots)
    behind = Behind(pilots, columns, stamp, ["pilots", say("csv.costs")], about=passport)
    return panel("pilots-costs", costs(pilots, heading, say), behind, [say("pilots.costs_note")])


def _metrics(pilots: pd.DataFrame, view: View, goal_id: int) -> None:
    """Each pilot's primary metric, side by side."""
    ids = list(pilots["pilot_id"])
    for start in range(0, len(ids), IN_A_ROW):
        columns = st.columns(IN_A_ROW, gap="medium")
        for column, pilot_id in zip(columns, ids[start : start + IN_A_ROW], strict=False):
            with column:
                show(_metric(view, goal_id, str(pilot_id)), view.say)


@kept
def _metric(view: View, goal_id: int, pilot_id: str) -> Panel | str:
    """One pilot's metric in the units that take part and in those it is compared with."""
    pilots, rows = view.table("mart_pilot"), view.table("mart_pilot_metric")
    pilot = pilots[pilots["pilot_id"] == pilot_id].iloc[0]
    rows = rows[rows["pilot_id"] == pilot_id]
    say, stamp = view.say, register_stamp(view, str(pilot["period"]))
    name = say.of(pilot, "name")
    shown = rows[rows["status"] != WITHHELD]
    if shown.empty or pd.isna(pilot["start_date"]):
        return say("pilots.no_metric", name=name)
    title = say("pilots.metric_title", name=name, metric=say.of(pilot, "primary_metric"))
    groups = [shown[shown["group_id"] == group_id] for group_id in GROUPS]
    seen = "; ".join(seen_words(group, say) for group in groups if len(group))
    spoken = f"{title}. {seen}. {say('pilots.no_effect')}"
    subtitle = f"{register_subtitle(stamp, view)}{SEPARATOR}{seen}"
    heading = Heading(title, subtitle, spoken, HALF, lines=2)
    columns = [
        Column("metric_month", say("column.month"), "date"),
        Column(f"group_{say.lang}", say("column.group")),
        Column("value", say("column.mean"), "score"),
        Column("n_units", say("column.n_units"), "count"),
        Column("n_cases", say("column.cases"), "count"),
    ]
    withheld = [say("pilots.withheld")] if len(shown) < len(rows) else []
    subject = Subject(
        say("pilots.metric_definition", metric=say.of(pilot, "primary_metric")),
        say("pilots.metric_population", units=pilot["unit_names"],
            others=pilot["comparison_unit_names"]),
        "cases",
        "pilots",
        ["mart_pilot_metric"],
        goal_id,
    )  # fmt: skip
    passport = about_subject(view, name, subject, rows)
    return panel(
        f"pilots-metric-{pilot_id}",
        before_and_after(rows, pilot["start_date"], heading, say),
        Behind(rows, columns, stamp, ["pilots", pilot_id], about=passport),
        [say("pilots.metric_note"), *withheld],
    )


def seen_words(rows: pd.DataFrame, say: Say) -> str:
    """What is seen of one group, from its first month to its last; no change is claimed."""
    ordered = rows.sort_values("metric_month")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    return say(
        "pilots.seen",
        group=say.of(first, "group"),
        first=say.forms.number(first["value"], 1),
        first_month=say.forms.month(first["metric_month"]),
        last=say.forms.number(last["value"], 1),
        last_month=say.forms.month(last["metric_month"]),
    )
