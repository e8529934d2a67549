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


def goal_titles(say: Say, view: View | None) -> dict[int, str]:
    """What the goals are called in the navigation; their numbers alone without a release."""
    if view is None:
        return {number: say("frame.goal", number=number) for number in GOALS}
    names = view.table("dim_goal").set_index("goal_id")[f"short_name_{say.lang}"]
    return {number: f"{number} {names[number]}" for number in GOALS}


@dataclass(frozen=True)
class Pages:
    """The pages as the navigation lists them, and what stands under an address that is none."""

    first: st.Page
    goals: dict[int, st.Page]
    around: list[st.Page]
    behind: list[st.Page]
    unknown: list[st.Page]

    def listed(self) -> list[st.Page]:
        return [self.first, *self.goals.values(), *self.around, *self.behind]


def known_pages(say: Say, view: View | None, problem: Problem) -> Pages:
    """Every page with its address; and a friendly one under the address asked for, where that is
    none of them."""
    goals: dict[int, st.Page] = {}

    def page(path: str, title: str, render: Callable[[], None]) -> st.Page:
        @st.fragment  # what is chosen on a page is followed without the frame being shown again
        def part() -> None:
            with evidence.reading():
                show_part(say, view, known, path, render)

        return st.Page(part, title=title, url_path=path, default=path == "")

    def of_release(path: str, title: str, render: Callable[..., None], *rest: object) -> st.Page:
        """A page that shows why, where there is no release to show anything of."""
        shown = (
            partial(show_problem, say, problem) if view is None else partial(render, view, *rest)
        )
        return page(path, title, shown)

    for number, title in goal_titles(say, view).items():
        goals[number] = of_release(f"goal-{number}", title, goal.render, number)
    known = Pages(
        of_release("", say("overview.title"), overview.render, goals),
        goals,
        [
            of_release("compare", say("compare.title"), compare.render),
            of_release("search", say("search.title"), search.render, goals),
            of_release("news", say("news.title"), news.render),
        ],
        [
            of_release("export", say("export.page"), export.render),
            page(
                "data-quality",
                say("quality.title"),
                lambda: data_quality.render(say, view, evidence.records()),
            ),
            of_release("lineage", say("lineage.title"), lineage.render),
            of_release("data-dictionary", say("dictionary.title"), dictionary.render),
            page("about", say("about.title"), lambda: about.render(say, view)),
            page("accessibility", say("accessibility.title"), lambda: accessibility.render(say)),
        ],
        [],
    )
    asked = address.page_name()
    if asked not in {page.url_path for page in known.listed()}:
        unknown = partial(problems.unknown_page, say, asked, known.first)
        known.unknown.append(page(asked, say("problem.unknown_page"), unknown))
    return known


def show_part(
    say: Say, view: View | None, pages: Pages, path: str, render: Callable[[], None]
) -> None:
    """What follows the choices made on the page under `path`: the links, which carry them along,
    and the page itself. All is shown anew where the release is another than it was."""
    now, _ = open_view(say)
    if (now and now.key) != (view and view.key):
        st.rerun()
    here = next((page for page in pages.listed() if page.url_path == path), None)
    with st.sidebar:
        groups = [
            ("", [pages.first]),
            (say("frame.goals"), list(pages.goals.values())),
            (say("frame.around"), pages.around),
            (say("frame.behind"), pages.behind),
        ]
        frame.sidebar(groups, here or pages.first, say, view)
    frame.marks(view, here or pages.first)
    asked_goal = st.query_params.get("goal")
    if asked_goal in {str(number) for number in GOALS}:
        st.switch_page(pages.goals[int(asked_goal)], query_params=address.kept())
    try:
        if asked_goal is None:
            render()
        else:
            problems.unknown_goal(say, asked_goal, list(GOALS), pages.first)
    except BrokenRelease as broken:
        show_problem(say, broken)


def main() -> None:
    """One run of the script: one page for one reader."""
    schemapi.disable_debug_mode()  # charts are validated in the tests, not for every reader
    say = Say(address.language())
    with evidence.reading():
        view, problem = open_view(say)
        pages = known_pages(say, view, problem)
        page = st.navigation([*pages.listed(), *pages.unknown], position="hidden")
        tab = say("frame.tab", page=page.title, product=say("product"))
        st.set_page_config(page_title=tab, layout="wide", page_icon=say("icon"))
        frame.prepare_page(say, page.url_path)
        frame.style()
        page.run()


main()
