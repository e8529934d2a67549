"""What is new since another release: figures new, changed, and newly hidden or shown, by rule.

Belongs here: the counts, and the whole of NAV figure by figure.
Does not belong here: what a newly hidden figure was, though the release before would tell it.
"""

import pandas as pd
import streamlit as st

from streamlit_app import evidence
from streamlit_app.blocks.chart import Behind
from streamlit_app.blocks.figure import (
    interval_words,
    n_words,
    role_names,
    role_words,
    status_words,
    unit_words,
    value_words,
)
from streamlit_app.blocks.filters import choose, releases_offered
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import Listing, listing, show_listing
from streamlit_app.blocks.passport import about
from streamlit_app.blocks.table import table_html
from streamlit_app.catalogue import Say
from streamlit_app.evidence import TOLD, View
from streamlit_app.formats import Row, records
from streamlit_app.selection import WITHHELD
from streamlit_app.tables import Column, Stamp

# What can have happened to a figure, in the order of the page.
KINDS = ("new", "changed", "hidden", "shown_again", "gone")


def render(view: View) -> None:
    """The release compared with, how much of each kind, and the figures of the whole of NAV."""
    say = view.say
    st.title(say("news.title"), anchor=False)
    own = str(view.release.manifest["created_at"])
    earlier = {release_id for release_id, made in evidence.released() if made < own}
    others = {one: name for one, name in releases_offered(say).items() if one in earlier}
    if not others:
        paragraph(say("news.first"), "tm-lead")
        return
    paragraph(say("news.lead"), "tm-lead")
    asked = choose("since", say("news.since"), others, next(iter(others)), view)
    before = evidence.release_of(asked)
    if before is None:
        return
    counts = view.news_counts(before)
    if counts.empty:
        paragraph(say("news.nothing"), "tm-lead")
        return
    stamp = Stamp(view.release.release_id, {say("news.since"): asked}, view.is_demonstration)
    _counts(counts, stamp, view)
    st.header(say("news.whole"), anchor=False)
    figures = view.news(before)
    if figures.empty:
        paragraph(say("news.nothing_whole"), "tm-small")
    else:
        show_listing(whole(figures, stamp, view), say)


def _counts(news: pd.DataFrame, stamp: Stamp, view: View) -> None:
    """How many figures of each kind, for each goal. news: the rows of View.news_counts."""
    say = view.say
    st.header(say("news.counts"), anchor=False)
    goals = view.table("dim_goal").sort_values("goal_id")
    counts = news.pivot(index="goal_id", columns="kind", values="figures")
    counts = counts.reindex(index=goals["goal_id"], columns=list(KINDS)).fillna(0).astype(int)
    rows = goals.merge(counts, left_on="goal_id", right_index=True)
    rows = rows.assign(name=[f"{g} {n}" for g, n in _names(rows, say.lang)])
    columns = [Column("name", say("column.goal"))]
    columns += [Column(kind, say(f"news.{kind}"), "count") for kind in KINDS]
    behind = Behind(rows, columns, stamp, [say("csv.news_counts")])
    show_listing(listing("news-counts", say("news.counts"), behind, say), say)
    paragraph(say("news.note"), "tm-small")


def _names(goals: pd.DataFrame, lang: str) -> list[tuple[int, str]]:
    return list(zip(goals["goal_id"], goals[f"short_name_{lang}"], strict=True))


def whole(news: pd.DataFrame, stamp: Stamp, view: View) -> Listing:
    """Each figure of the whole of NAV that is new, changed or hidden; in words on the page, and in
    the files as numbers. news: the rows of View.news."""
    say = view.say
    indicators = view.table("dim_indicator").set_index("indicator_id")[f"name_{say.lang}"]
    roles = role_names(view)
    order = {role_id: place for place, role_id in enumerate(roles)}
    rows = news.assign(role_order=news["role_id"].map(order))
    rows = rows.sort_values(["goal_id", "indicator_id", "period", "role_order"])
    then, now = (_at(end, rows) for end in ("before", "now"))
    rows = rows.assign(
        name=rows["indicator_id"].map(indicators).fillna(rows["indicator_id"]),
        role=[role_words(row, view) or roles.get(row["role_id"], "") for row in records(rows)],
        what=[say(f"news.{kind}") for kind in rows["kind"]],
        unit_words=[say(f"package.units.{unit}") for unit in rows["unit"]],
        was=[_figure(row, view) for row in records(then)],
        now=[_figure(row, view) for row in records(now)],
        # for the files; what a figure was before it was hidden is in none of them
        **{f"{one}_before": then[one].mask(rows["kind"] == "hidden") for one in TOLD[1:]},
        status=now["status"],
    )
    newest = view.scorecard()
    passports = about(
        view, {one: newest[newest["indicator_id"] == one] for one in rows["indicator_id"].unique()}
    )
    named = [
        Column("name", say("column.indicator")),
        Column("period", say("column.period")),
        Column("role", say("column.role")),
        Column("what", say("news.what")),
    ]
    on_page = [Column("was", say("news.was")), Column("now", say("news.now"))]
    columns = [
        *named,
        Column("unit_words", say("package.unit")),
        *_in_numbers("before", say("news.was"), say),
        *_in_numbers("now", say("news.now"), say),
    ]
    behind = Behind(rows, columns, stamp, [say("csv.news")], about=passports)
    html = table_html(rows, [*named, *on_page], say)
    return listing("news", say("news.whole"), behind, say, html)


def _in_numbers(end: str, when: str, say: Say) -> list[Column]:
    """The figure then or now as the files have it, with its interval and what it is of."""
    return [
        Column(f"value_{end}", when, "by_unit"),
        Column(f"lower_{end}", say("column.lower_of", what=when), "by_unit"),
        Column(f"upper_{end}", say("column.upper_of", what=when), "by_unit"),
        Column(f"n_{end}", say("column.n_of", what=when), "count"),
        Column(f"n_compared_{end}", say("news.n_compared_of", what=when), "count"),
        Column(f"base_{end}", say("news.base_of", what=when), "count"),
    ]


def _at(end: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The figures as they were before, or as they are now, each as the scorecard has it."""
    own = rows[["kind", "unit", *(f"{name}_{end}" for name in TOLD)]]
    return own.rename(columns=lambda name: name.removesuffix(f"_{end}")).assign(end=end)


def _figure(row: Row, view: View) -> str:
    """The figure then or now with its interval and n; nothing of what has become hidden, and
    nothing where it was not."""
    if row["kind"] == "hidden" and row["end"] == "before":
        return view.say("news.not_repeated")
    if pd.isna(row["status"]):
        return ""
    figure = f"{value_words(row, view)} {unit_words(row, view)}".strip()
    if row["status"] == WITHHELD:
        return figure
    told = (interval_words(row, view), n_words(row, view), status_words(row, view))
    return f"{figure} ({', '.join(part for part in told if part)})"
