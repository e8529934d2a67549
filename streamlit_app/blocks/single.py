"""Indicators of one figure: over the waves, and ranks.

Belongs here: their titles, text alternatives and tables.
Does not belong here: drawing (charts/waves.py).
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from streamlit_app.blocks.change import change_words
from streamlit_app.blocks.chart import Behind, Panel, panel, show
from streamlit_app.blocks.figure import role_words
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.goal_data import GoalData, shown, withheld_note
from streamlit_app.blocks.listing import Listing, listing, show_listing
from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import figure_words, is_difference
from streamlit_app.charts.theme import Heading
from streamlit_app.charts.waves import over_waves as waves_chart
from streamlit_app.formats import Record, Row, records
from streamlit_app.kept import kept
from streamlit_app.selection import (
    CARRIED,
    PUBLISHED,
    WITHHELD,
    in_own_role,
    of_the_fewer,
    over_waves,
)
from streamlit_app.tables import Column, Kind, figure_columns

THIRD = 38


def waves(indicator: Row, data: GoalData) -> None:
    """The indicator in each wave, for the part of the organisation and role chosen; a gap is
    between its own two roles, whichever is chosen."""
    show(_panel(data, str(indicator["indicator_id"])), data.say)


@kept
def _panel(data: GoalData, indicator_id: str) -> Panel | str:
    """The waves with their table."""
    indicator = data.view.indicator(indicator_id)
    say, name = data.say, data.say.of(indicator, "name")
    items = data.view.items(indicator["indicator_id"], data.goal_id)
    questions, choice = data.view.table("dim_question"), in_own_role(indicator, data.choice)
    rows = over_waves(
        data.view.scorecard(data.choice.node_id),
        questions,
        indicator["indicator_id"],
        items,
        choice,
        data.view.comparisons(indicator["indicator_id"], data.choice.node_id),
    )
    if rows.empty:
        return say("chart.not_asked_about", name=name)
    listed = records(rows)
    rows = rows.assign(
        change=[
            "" if row["form"] == CARRIED else change_words(indicator, row, data.view)
            for row in listed
        ],
        form_words=[say(f"waves.form_{row['form']}", wave=row["carried_to"]) for row in listed],
    )
    is_of_the_fewer = pd.Series([of_the_fewer(row) for row in listed], rows.index)
    own = rows[rows["form"] != CARRIED]
    words = _words(own, say)
    waves = ", ".join(
        say("waves.one", wave=row["period"], figure=_figure_in_form(row, written, say))
        for row, written in words
    )
    told = say("waves.title", name=name, waves=waves) if waves else _all_withheld(name, say)
    pair = role_words(indicator, data.view) if indicator["measure"] == "gap" else ""
    stamp = data.stamp(wave=False, role=pair or data.asked_name(indicator_id, wave=False))
    broken = list(dict.fromkeys(rows[f"break_note_{say.lang}"].dropna()))
    forms = _form_notes(listed, say)
    unit = _unit(rows, say)
    subtitle = data.subtitle(stamp, own, unit)
    title = _changed(name, words, data) or told
    in_unit = f"{told} ({unit})" if unit else told
    of_pair = [f"{pair}."] if pair else []
    spoken = " ".join([f"{title}.", f"{in_unit}.", *of_pair, *broken, *forms])
    columns = [
        Column("period", say("column.wave")),
        *figure_columns(say, _kind(rows))[:-1],
        *_n_columns(indicator, data),
        *([Column("form_words", say("column.form"))] if forms else []),
        Column("change", say("column.change")),
        Column(f"break_note_{say.lang}", say("column.break")),
    ]
    card = data.view.scorecard(choice.node_id)
    alike = card[card["measure"].eq("gap") & card["goal_id"].eq(data.goal_id)] if pair else None
    parts = [indicator["indicator_id"], say("csv.waves"), choice.node_id, choice.role_id]
    return panel(
        f"waves-{indicator['indicator_id']}",
        waves_chart(rows, Heading(title, subtitle, spoken, THIRD, lines=3), say, alike),
        Behind(
            rows.assign(n=rows["n"].mask(is_of_the_fewer)),  # of neither role; a note tells it
            columns,
            stamp,
            parts,
            about=data.about(indicator, beside=own),
        ),
        [
            *broken,
            *forms,
            *withheld_note(rows, say),
        ],
    )


def _n_columns(indicator: Row, data: GoalData) -> list[Column]:
    """How many answered, of both roles where the indicator sets two against each other."""
    if indicator["measure"] != "gap":
        return [Column("n", data.say("column.n"), "count")]
    of = {"n": indicator["role_id"], "n_compared": indicator["compared_role_id"]}
    return [
        Column(name, data.say("column.n_of", what=data.role_name(role_id)), "count")
        for name, role_id in of.items()
    ]


def _changed(name: str, words: Sequence[tuple[Record, str]], data: GoalData) -> str:
    """What may be said of the change to the wave chosen; empty where there is nothing to say.

    words: each wave of its own with its figure as it is written.
    """
    for row, written in words:
        if row["period"] == data.choice.period and row["change"]:
            told = {"name": name, "figure": written, "wave": row["period"]}
            return data.say("waves.title_changed", **told, change=row["change"])
    return ""


def _form_notes(waves: Sequence[Record], say: Say) -> list[str]:
    """What the open marks are, and where they come from; nothing without any."""
    notes = []
    published = [row for row in waves if row["form"] == PUBLISHED]
    carried = [row for row in waves if row["form"] == CARRIED]
    if published:
        sources = "; ".join(dict.fromkeys(row["source_ref"] for row in published))
        listed = ", ".join(row["period"] for row in published)
        notes.append(say("waves.published_note", waves=listed, sources=sources))
    notes += [
        say("waves.carried_note", wave=row["period"], to=row["carried_to"]) for row in carried
    ]
    for row in carried:
        if of_the_fewer(row) and row["status"] != WITHHELD:
            n = say("figure.answered_fewer", n=say.forms.number(row["n"]))
            notes.append(say("waves.carried_fewer", wave=row["period"], answered=n))
    return notes


def _figure_in_form(row: Row, written: str, say: Say) -> str:
    """A figure as it is written, with the word for published where it is."""
    return say("waves.published", figure=written) if row["form"] == PUBLISHED else written


def rank(indicator: Row, data: GoalData) -> None:
    """A rank in each wave, as a table: a chart of single ranks would say no more."""
    say = data.say
    st.subheader(say.of(indicator, "name"), anchor=False)
    ranks = _ranks(data, str(indicator["indicator_id"]))
    if ranks is None:
        paragraph(say("chart.not_asked"), "tm-small")
        return
    rows = ranks.behind.rows
    paragraph(data.subtitle(ranks.behind.stamp, rows), "tm-small")
    show_listing(ranks, say)
    for note in [say("method.rank"), *withheld_note(rows, say)]:
        paragraph(note, "tm-small")


@kept
def _ranks(data: GoalData, indicator_id: str) -> Listing | None:
    """The ranks; None where there are none."""
    say, choice, card = data.say, data.choice, data.view.scorecard(data.choice.node_id)
    rows = card[
        (card["indicator_id"] == indicator_id)
        & (card["node_id"] == choice.node_id)
        & (card["role_id"] == choice.role_id)
    ].sort_values("period")
    if rows.empty:
        return None
    columns = [
        Column("period", say("column.wave")),
        Column("value", say("column.rank"), "count"),
        Column("lower", say("column.rank_lower"), "count"),
        Column("upper", say("column.rank_upper"), "count"),
        Column("n", say("column.n"), "count"),
    ]
    title = say.of(data.view.indicator(indicator_id), "name")
    about = data.about(data.view.indicator(indicator_id), beside=rows)
    stamp = data.stamp(wave=False, role=data.asked_name(indicator_id, wave=False))
    behind = Behind(rows, columns, stamp, [f"rank-{indicator_id}"], about=about)
    return listing(f"rank-{indicator_id}", title, behind, say)


def _all_withheld(name: str, say: Say) -> str:
    return say("single.all_withheld", name=name)


def _words(rows: pd.DataFrame, say: Say) -> list[tuple[Record, str]]:
    """Each shown row with its figure as it is written, in its unit."""
    there = shown(rows)
    return list(zip(records(there), figure_words(there, say), strict=True))


def _kind(rows: pd.DataFrame) -> Kind:
    """How the table's figures are written."""
    return "points" if is_difference(rows) else "percent"


def _unit(rows: pd.DataFrame, say: Say) -> str:
    """The unit in words, of differences; per cent stands with its number."""
    return say("figure.points") if is_difference(rows) else ""
