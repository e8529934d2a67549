"""About and method: what this is, how figures are made, what does not work yet, the sources.

Belongs here: the order of the sections.
Does not belong here: their words (texts/).
"""

from html import escape

import streamlit as st

from streamlit_app.blocks.chart import Behind
from streamlit_app.blocks.listing import listing, show_listing
from streamlit_app.blocks.published import published_figures
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.tables import NORWEGIAN, Column, Stamp

WHOLE_REFORM = 0  # the goal_id of what concerns no single goal


def render(say: Say, view: View | None) -> None:
    """The whole page; the goals and sources need a release."""
    st.title(say("about.title"), anchor=False)
    st.markdown(say("about.what"))
    title = say("about.goals_heading")
    st.header(title, anchor=False)
    st.markdown(say("about.goals"))
    if view is not None:
        goals = view.table("dim_goal").sort_values("goal_id")
        columns = [
            Column("goal_id", say("column.goal"), "count"),
            Column(f"short_name_{say.lang}", say("column.name")),
            Column(f"description_{say.lang}", say("column.description")),
        ]
        stamp = Stamp(view.release.release_id, {}, is_demonstration=False)
        behind = Behind(goals, columns, stamp, [say("csv.goals")])
        show_listing(listing("goals", title, behind, say), say)
    st.header(say("about.method_heading"), anchor=False)
    st.markdown(say("about.method"))
    st.header(say("about.privacy_heading"), anchor=False)
    st.markdown(say("about.privacy"))
    st.header(say("about.demonstration_heading"), anchor=False)
    st.markdown(say("about.demonstration"))
    st.header(say("about.not_yet_heading"), anchor=False)
    st.markdown(say("about.not_yet"))
    st.header(say("about.sources_heading"), anchor=False)
    st.markdown(say("about.sources"))
    if view is not None:
        _sources(view)
        _whole_reform(view)


def _sources(view: View) -> None:
    """The public documents that published figures and findings come from."""
    names = ("mart_published_figure", "mart_published_finding")
    titles = sorted({title for name in names for title in view.table(name)["source_title"]})
    listed = "".join(f'<li lang="{NORWEGIAN}">{escape(title)}</li>' for title in titles)
    st.html(f"<ul>{listed}</ul>")


def _whole_reform(view: View) -> None:
    """Published figures about the reform as a whole, which belong to no single goal."""
    figures = published_figures(view, WHOLE_REFORM)
    if figures is not None:
        st.header(view.say("about.reform_heading"), anchor=False)
        show_listing(figures, view.say)
