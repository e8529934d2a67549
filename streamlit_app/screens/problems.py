"""Friendly pages for when there is nothing to show: no release, a broken one, a wrong address.

Belongs here: one function for each problem; each says what a person can do.
Does not belong here: finding out that there is a problem (app.py).
"""

from html import escape

import streamlit as st

from dagster_project.release.reader import BrokenRelease
from streamlit_app import address
from streamlit_app.blocks.frame import link, same_page
from streamlit_app.catalogue import Say


def no_release(say: Say) -> None:
    """Nothing has been published yet."""
    st.title(say("problem.no_release"), anchor=False)
    st.markdown(say("problem.no_release_text"))


def broken_release(say: Say, problem: BrokenRelease) -> None:
    """The release is not whole: what is wrong with it, a way to the current one where the address
    asks for another, and the reader's own message, in English, for those who run the service."""
    st.title(say("problem.broken"), anchor=False)
    what = say(f"problem.{problem.fault}", release=problem.release_id, file=problem.file)
    st.markdown(f"{what} {say('problem.broken_text')}")
    st.html(f'<pre class="tm-code" lang="en">{escape(str(problem))}</pre>')
    here = st.query_params.to_dict()
    if here.pop("release", None) is not None:
        st.html(same_page(say("frame.current"), here))


def unknown_goal(say: Say, asked: str, goals: list[int], overview: st.Page) -> None:
    """The address asks for a goal that does not exist."""
    st.title(say("problem.unknown_goal"), anchor=False)
    known = ", ".join(str(goal) for goal in goals)
    st.text(say("problem.unknown_goal_text", asked=asked[:40], known=known))
    _way_back(say, overview)


def unknown_page(say: Say, asked: str, overview: st.Page) -> None:
    """The address asks for a page that does not exist."""
    st.title(say("problem.unknown_page"), anchor=False)
    st.text(say("problem.unknown_page_text", asked=asked[:40]))
    _way_back(say, overview)


def _way_back(say: Say, overview: st.Page) -> None:
    """A link to the first page, in the language of the address."""
    st.html(link(say("problem.to_overview"), overview, address.kept()))
