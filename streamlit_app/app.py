"""The frame of the dashboard: `streamlit run streamlit_app/app.py`.

Belongs here: which pages there are and under which address, and what is shown when the release
or the address is not right.
Does not belong here: what is on a page (screens/), how the frame looks (blocks/frame.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st
from altair.utils import schemapi

from dagster_project.release.reader import BrokenRelease, NoRelease
from streamlit_app import address, evidence
from streamlit_app.blocks import frame
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.screens import (
    about,
    accessibility,
    compare,
    data_quality,
    dictionary,
    export,
    goal,
    lineage,
    news,
    overview,
    problems,
    search,
)

GOALS = (1, 2, 3, 4, 5)
Problem = NoRelease | BrokenRelease | None


def open_view(say: Say) -> tuple[View | None, Problem]:
    """The release asked for, or the current one, as the pages see it; or what is wrong with it."""
    try:
        asked = evidence.release_of(st.query_params.get("release", ""))
        view = View(say, asked or evidence.current())
        view.table("dim_goal")
        return view, None
    except (NoRelease, BrokenRelease) as problem:
        return None, problem


def show_problem(say: Say, problem: Problem) -> None:
    """The friendly page for a release that is not there or not whole."""
    if isinstance(problem, NoRelease):
        problems.no_release(say)
    elif problem is not None:
        problems.broken_release(say, problem)


def needs_release(
    page: Callable[..., None], view: View | None, problem: Problem, say: Say, *rest: object
) -> None:
    """Show `page`, or why there is nothing to show on it."""
    if view is None:
        show_problem(say, problem)
    else:
        page(view, *rest)


def goal_titles(say: Say, view: View | None) -> dict[int, str]:
    """What the goals are called in the navigation; their numbers alone without a release."""
    if view is None:
        return {number: say("frame.goal", number=number) for number in GOALS}
    names = view.table("dim_goal").set_index("goal_id")[f"short_name_{say.lang}"]
    return {number: f"{number} {names[number]}" for number in GOALS}


@dataclass(frozen=True)
class Pages:
    """The pages as the navigation lists them."""

    first: st.Page
    goals: dict[int, st.Page]
    around: list[st.Page]
    behind: list[st.Page]

    def listed(self) -> list[st.Page]:
        return [self.first, *self.goals.values(), *self.around, *self.behind]

    def at(self, title: str) -> st.Page:
        """The page of that title; the first where it is none of them."""
        return next((page for page in self.listed() if page.title == title), self.first)


def known_pages(say: Say, view: View | None, problem: Problem) -> Pages:
    """Every page with its address."""
    goals: dict[int, st.Page] = {}

    def page(path: str, title: str, render: Callable[..., None], *rest: object) -> st.Page:
        shown = partial(needs_release, render, view, problem, say, *rest)
        return st.Page(shown, title=title, url_path=path, default=path == "")

    def without_release(path: str, title: str, render: Callable[[], None]) -> st.Page:
        return st.Page(render, title=title, url_path=path)

    for number, title in goal_titles(say, view).items():
        goals[number] = page(f"goal-{number}", title, goal.render, number)
    return Pages(
        page("", say("overview.title"), overview.render, goals),
        goals,
        [
            page("compare", say("compare.title"), compare.render),
            page("search", say("search.title"), search.render, goals),
            page("news", say("news.title"), news.render),
        ],
        [
            page("export", say("export.page"), export.render),
            without_release(
                "data-quality",
                say("quality.title"),
                lambda: data_quality.render(say, view, evidence.records()),
            ),
            page("lineage", say("lineage.title"), lineage.render),
            page("data-dictionary", say("dictionary.title"), dictionary.render),
            without_release("about", say("about.title"), lambda: about.render(say, view)),
            without_release(
                "accessibility", say("accessibility.title"), lambda: accessibility.render(say)
            ),
        ],
    )


def unknown_pages(say: Say, known: Pages) -> list[st.Page]:
    """A friendly page under the address asked for, where that is none of the known ones."""
    asked = address.page_name()
    if asked in {page.url_path for page in known.listed()}:
        return []
    page = partial(problems.unknown_page, say, asked, known.first)
    return [st.Page(page, title=say("problem.unknown_page"), url_path=asked)]


def show_frame(say: Say, view: View | None, pages: Pages, title: str) -> None:
    """What stands around every page."""
    tab = say("frame.tab", page=title, product=say("product"))
    st.set_page_config(page_title=tab, layout="wide", page_icon=say("icon"))
    frame.prepare_page(say, pages.at(title).url_path)
    frame.style()
    with st.sidebar:
        groups = [
            ("", [pages.first]),
            (say("frame.goals"), list(pages.goals.values())),
            (say("frame.around"), pages.around),
            (say("frame.behind"), pages.behind),
        ]
        frame.navigation(groups, say)
        frame.language_switch(say)
        if view is not None:
            frame.release_line(view, pages.at(title))
    frame.unknown_language_mark()
    if view is not None:
        frame.earlier_release_mark(view, pages.at(title))
        frame.print_line(view)
        frame.demonstration_mark(view)
        frame.erased_mark(view)


def main() -> None:
    """One run of the script: one page for one reader."""
    with evidence.reading():
        show_page()


def show_page() -> None:
    """The page that the address asks for."""
    schemapi.disable_debug_mode()  # charts are validated in the tests, not for every reader
    say = Say(address.language())
    view, problem = open_view(say)
    pages = known_pages(say, view, problem)
    page = st.navigation([*pages.listed(), *unknown_pages(say, pages)], position="hidden")
    show_frame(say, view, pages, page.title)

    asked_goal = st.query_params.get("goal")
    if asked_goal in {str(number) for number in GOALS}:
        st.switch_page(pages.goals[int(asked_goal)], query_params=address.kept())
    elif asked_goal is not None:
        problems.unknown_goal(say, asked_goal, list(GOALS), pages.first)
    else:
        try:
            page.run()
        except BrokenRelease as broken:
            show_problem(say, broken)


main()
