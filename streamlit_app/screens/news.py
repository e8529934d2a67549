"""What is new since another release: figures new, changed, and newly hidden or shown, by rule.

Belongs here: the counts, and the whole of NAV figure by figure.
Does not belong here: what a newly hidden figure was, though the release before would tell it.
"""

import pandas as pd
import streamlit as st

from streamlit_app import evidence
from streamlit_app.blocks.chart import Behind
from streamlit_app.blocks.figure import unit_words, value_words
from streamlit_app.blocks.filters import choose
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import listing, show_listing
from streamlit_app.blocks.passport import about
from streamlit_app.evidence import View
from streamlit_app.formats import Row, records
from streamlit_app.organisation import ROOT
from streamlit_app.tables import Column, Stamp

# What can have happened to a figure, in the order of the page.
KINDS = ("new", "changed", "hidden", "shown_again", "gone")


def render(view: View) -> None:
    """The release compared with, how much of each kind, and the figures of the whole of NAV."""
    say = view.say
    st.title(say("news.title"), anchor=False)
    others = {
        release_id: say("compare.release", release=release_id, made=say.forms.moment(made))
        for release_id, made in evidence.released()
        if made < str(view.release.manifest["created_at"])
    }
    if not others:
        paragraph(say("news.first"), "tm-lead")
        return
    paragraph(say("news.lead"), "tm-lead")
    asked = choose("since", say("news.since"), others, next(iter(others)), view)
    before = evidence.release_of(asked)
    if before is None:
        return
    news = view.news(before)
    if news.empty:
        paragraph(say("news.nothing"), "tm-lead")
        return
    stamp = Stamp(view.release.release_id, {say("news.since"): asked}, view.is_demonstration)
    _counts(news, stamp, view)
    _whole(news[news["node_id"] == ROOT], stamp, view)


def _counts(news: pd.DataFrame, stamp: Stamp, view: View) -> None:
    """How many figures of each kind, for each goal."""
    say = view.say
    st.header(say("news.counts"), anchor=False)
    goals = view.table("dim_goal").sort_values("goal_id")
    counts = news.pivot_table(
        index="goal_id", columns="kind", values="figures", aggfunc="sum", fill_value=0
    ).reindex(index=goals["goal_id"], columns=list(KINDS), fill_value=0)
    rows = goals.merge(counts, left_on="goal_id", right_index=True)
    rows = rows.assign(name=[f"{g} {n}" for g, n in _names(rows, say.lang)])
    columns = [Column("name", say("column.goal"))]
    columns += [Column(kind, say(f"news.{kind}"), "count") for kind in KINDS]
    behind = Behind(rows, columns, stamp, [say("csv.news_counts")])
    show_listing(listing("news-counts", say("news.counts"), behind, say), say)
    paragraph(say("news.note"), "tm-small")


def _names(goals: pd.DataFrame, lang: str) -> list[tuple[int, str]]:
    return list(zip(goals["goal_id"], goals[f"short_name_{lang}"], strict=True))


def _whole(news: pd.DataFrame, stamp: Stamp, view: View) -> None:
    """Each figure of the whole of NAV that is new, changed or hidden."""
    say = view.say
    st.header(say("news.whole"), anchor=False)
    if news.empty:
        paragraph(say("news.nothing_whole"), "tm-small")
        return
    indicators = view.table("dim_indicator").set_index("indicator_id")[f"name_{say.lang}"]
    roles = view.table("dim_role").set_index("role_id")[f"name_{say.lang}"]
    rows = news.sort_values(["goal_id", "indicator_id", "period", "role_id"])
    rows = rows.assign(
        name=rows["indicator_id"].map(indicators).fillna(rows["indicator_id"]),
        role=rows["role_id"].map(roles).fillna(""),
        what=[say(f"news.{kind}") for kind in rows["kind"]],
        was=[_figure(row, "_before", view) for row in records(rows)],
        now=[_figure(row, "_now", view) for row in records(rows)],
    )
    newest = view.scorecard()
    passports = about(
        view, {one: newest[newest["indicator_id"] == one] for one in rows["indicator_id"].unique()}
    )
    columns = [
        Column("name", say("column.indicator")),
        Column("period", say("column.period")),
        Column("role", say("column.role")),
        Column("what", say("news.what")),
        Column("was", say("news.was")),
        Column("now", say("news.now")),
    ]
    behind = Behind(rows, columns, stamp, [say("csv.news")], about=passports)
    show_listing(listing("news", say("news.whole"), behind, say), say)


def _figure(row: Row, end: str, view: View) -> str:
    """The figure then or now; nothing of what has become hidden, and nothing where it was not."""
    status, value = row[f"status{end}"], row[f"value{end}"]
    if row["kind"] == "hidden" and end == "_before":
        return view.say("news.not_repeated")
    if pd.isna(status):
        return ""
    figure = {"status": status, "value": value, "unit": row["unit"]}
    return f"{value_words(figure, view)} {unit_words(figure, view)}".strip()
