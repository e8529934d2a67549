"""Gaps between what two roles say, all of a goal's in one chart.

Belongs here: the gaps' title, text alternative and table.
Does not belong here: drawing (charts/gaps.py).
"""

import pandas as pd
import streamlit as st

from streamlit_app.blocks.change import change_words, difference_words
from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.figure import role_words
from streamlit_app.blocks.goal_data import GoalData, n_words, shown, withheld_note
from streamlit_app.catalogue import Say
from streamlit_app.charts.gaps import dumbbells, gap_words
from streamlit_app.charts.theme import Heading
from streamlit_app.formats import SEPARATOR, records
from streamlit_app.kept import kept
from streamlit_app.selection import PUBLISHED, gaps
from streamlit_app.tables import Column, figure_columns

WIDE = 125


def gap(indicators: pd.DataFrame, data: GoalData) -> None:
    """Dumbbells for all gaps of the goal; the two roles compared are the indicators' own."""
    st.subheader(data.say("gap.heading"), anchor=False)
    show(_panel(data, *indicators["indicator_id"]), data.say)


@kept
def _panel(data: GoalData, *indicator_ids: str) -> Panel | str:
    """The gaps of these indicators with their table."""
    say, known = data.say, data.view.table("dim_indicator")
    indicators = known[known["indicator_id"].isin(indicator_ids)].sort_values("sort_order")
    rows = gaps(
        data.view.scorecard(data.choice.node_id),
        data.rows,
        indicators,
        data.choice,
    )
    if rows.empty:
        return say("chart.not_asked")
    role, other = (data.role_name(rows[c].iloc[0]) for c in ("role_id", "compared_role_id"))
    there = shown(rows)
    ahead = int((there["lower"] > 0).sum())  # the interval leaves no doubt of it
    title = say("gap.title", role=role, other=other.lower(), ahead=ahead, count=len(there))
    if there.empty:
        title = say("chart.all_withheld")
    stamp = data.stamp(role=role_words(rows.iloc[0], data.view))
    spoken = "; ".join(
        say("gap.alt_item", item=say.of(row, "name"), gap=gap_words(row, say))
        for row in records(there)
    )
    spoken = say("gap.alt", title=title, items=spoken)
    asked = [_asked(role, there["n"], say), _asked(other, there["n_compared"], say)]
    subtitle = SEPARATOR.join([data.subtitle(stamp, rows.head(0)), *(a for a in asked if a)])
    heading = Heading(title, subtitle, spoken, WIDE)
    listed = records(rows)
    rows = rows.assign(
        change=[change_words(row, row, data.view) for row in listed],
        difference=[difference_words("roles", row, row, data.view) for row in listed],
    )
    columns = [
        Column(f"name_{say.lang}", say("column.item")),
        *_share_columns(role, "", say),
        *_share_columns(other, "_compared", say),
        *figure_columns(say, "points")[:-1],
        Column("difference", say("column.difference")),
        Column("change", say("column.change")),
    ]
    return panel(
        "gaps",
        dumbbells(rows, (role, other), heading, say),
        Behind(
            rows,
            columns,
            stamp,
            [say("csv.gaps"), data.choice.period, data.choice.node_id],
            about=data.about(*(row for _, row in indicators.iterrows())),
        ),
        [say("gap.note"), *_published_note(rows, say), *withheld_note(rows, say)],
    )


def _published_note(rows: pd.DataFrame, say: Say) -> list[str]:
    """That the shares were published, and where; nothing of what was computed."""
    published = rows[rows["status"] == PUBLISHED]
    if published.empty:
        return []
    sources = "; ".join(dict.fromkeys(published["source_ref"]))
    return [say("gap.published_note", sources=sources)]


def _asked(role: str, n: pd.Series, say: Say) -> str:
    """How many of a role answered: Ledere n = 560 til 566; nothing where all is withheld."""
    return " ".join([role, *n_words(n, say)]) if len(n) else ""


def _share_columns(role: str, suffix: str, say: Say) -> list[Column]:
    """One role's share with its interval and n."""
    return [
        Column(f"share{suffix}", role, "percent"),
        Column(f"share_lower{suffix}", say("column.lower_of", what=role), "percent"),
        Column(f"share_upper{suffix}", say("column.upper_of", what=role), "percent"),
        Column(f"n{suffix}", say("column.n_of", what=role), "count"),
    ]
