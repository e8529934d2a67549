"""Searching for an indicator or a question, by name, definition or wording, in either language.

Belongs here: what a search finds, and the way to the page that shows it.
Does not belong here: what a column means (dictionary.py).
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from streamlit_app import address
from streamlit_app.blocks.chart import Behind, show_download
from streamlit_app.blocks.filters import search_box
from streamlit_app.blocks.frame import link, paragraph
from streamlit_app.blocks.place import SHOWN
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.formats import Row, records
from streamlit_app.selection import fits
from streamlit_app.tables import Column, Stamp

MOST_SHOWN = 20
TEXTS = {
    "indicator": ("name", "definition", "population"),
    "question": ("label", "wording"),
}


def render(view: View, goal_pages: Mapping[int, st.Page]) -> None:
    """The box, and what fits the words in it, each with its way to the figure."""
    say = view.say
    st.title(say("search.title"), anchor=False)
    paragraph(say("search.lead"), "tm-lead")
    words = search_box("q", say("search.box"))
    if not words.strip():
        return
    indicators = found_indicators(view.table("dim_indicator"), words)
    questions = found_questions(view.table("dim_question"), words)
    count = len(indicators) + len(questions)
    paragraph(say("search.none" if count == 0 else "search.count", count=count), "tm-small")
    if len(indicators):
        st.header(say("search.indicators"), anchor=False)
    for indicator in records(indicators.head(MOST_SHOWN)):
        with st.container(gap="xsmall", key=f"found-indicator-{indicator['indicator_id']}"):
            _way(say.of(indicator, "name"), indicator, view, goal_pages)
            paragraph(say.of(indicator, "definition"), "tm-small")
    if len(questions):
        st.header(say("search.questions"), anchor=False)
    for question in records(questions.head(MOST_SHOWN)):
        with st.container(gap="xsmall", key=f"found-question-{question['question_id']}"):
            _question(question, view, goal_pages)
    if count:
        stamp = Stamp(view.release.release_id, {say("search.box"): words}, is_demonstration=False)
        behind = Behind(listed(indicators, questions, say), columns(say), stamp, [say("csv.found")])
        show_download("found", behind, say, title=say("search.title"))


def columns(say: Say) -> list[Column]:
    """The columns of the table of all that was found."""
    return [
        Column("what", say("search.what")),
        Column("goal_id", say("column.goal"), "count"),
        Column("name", say("column.name")),
        Column("period", say("column.wave")),
        Column("text", say("search.text")),
    ]


def listed(indicators: pd.DataFrame, questions: pd.DataFrame, say: Say) -> pd.DataFrame:
    """All that was found as one table: indicators by definition, questions by wording and wave."""
    rows = [
        {"what": say("search.indicators"), "goal_id": row["goal_id"], "name": say.of(row, "name"),
         "period": None, "text": say.of(row, "definition")}
        for row in records(indicators)
    ] + [
        {"what": say("search.questions"), "goal_id": row["goal_id"], "name": say.of(row, "label"),
         "period": wave["period"], "text": say.of(wave, "wording")}
        for row in records(questions) for wave in row["waves"]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "goal_id", "name", "period", "text"])


def found_indicators(indicators: pd.DataFrame, words: str) -> pd.DataFrame:
    """The indicators in which each of the words stands, in their order."""
    rows = indicators[fits(indicators, TEXTS["indicator"], words)]
    return rows.sort_values(["goal_id", "sort_order"])


def found_questions(questions: pd.DataFrame, words: str) -> pd.DataFrame:
    """One row per question in which each of the words stands in any wave: the newest, with
    `waves`, what each wave asked, the newest first."""
    hits = questions.loc[fits(questions, TEXTS["question"], words), "question_id"]
    rows = questions[questions["question_id"].isin(hits)]
    rows = rows.sort_values(["period", "question_order"], ascending=[False, True])
    waves = rows.groupby("question_id")[["period", "wording_nb", "wording_en"]].apply(
        lambda of_one: records(of_one.drop_duplicates())
    )
    newest = rows.drop_duplicates("question_id").sort_values(["goal_id", "question_order"])
    return newest.assign(waves=[waves[question] for question in newest["question_id"]])


def _question(question: Row, view: View, pages: Mapping[int, st.Page]) -> None:
    """A question: the way to what is made of it, and its wording in each wave."""
    say = view.say
    indicators = view.table("dim_indicator")
    used = [
        row
        for row in records(indicators.sort_values(["goal_id", "sort_order"]))
        if question["question_id"] in view.items(str(row["indicator_id"]), int(row["goal_id"]))
    ]
    for indicator in used[:1]:
        _way(f"{say.of(question, 'label')}: {say.of(indicator, 'name')}", indicator, view, pages)
    if not used:
        paragraph(say("search.unused", name=say.of(question, "label")), "tm-small")
    for wave in question["waves"]:
        paragraph(
            say("search.wording", wave=wave["period"], wording=say.of(wave, "wording")), "tm-small"
        )


def _way(label: str, indicator: Row, view: View, pages: Mapping[int, st.Page]) -> None:
    """A link to the place on the goal's page where the indicator is, as the one chosen."""
    goal_id = int(indicator["goal_id"])
    query = address.kept() | {SHOWN: str(indicator["indicator_id"])}
    if indicator["measure"] in ("share", "balance") and indicator["domain"] == "survey":
        query |= {"indicator": str(indicator["indicator_id"])}
    st.html(link(view.say("search.way", name=label, goal=goal_id), pages[goal_id], query))
