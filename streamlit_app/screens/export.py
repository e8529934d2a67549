"""Taking a package along: choose release, goals, tables and language, and get one zip.

Belongs here: the choices and the button. Does not belong here: what is in a package (package/),
making one, which is `tillit export` in a process of its own, so that the log has it too.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from streamlit_app import evidence
from streamlit_app.blocks.filters import choose, choose_many, releases_offered
from streamlit_app.blocks.frame import paragraph
from streamlit_app.catalogue import LANGUAGES, Say
from streamlit_app.evidence import View
from streamlit_app.formats import records
from streamlit_app.package.contents import KINDS, Choices

MADE = "package-made"  # the last package of this reader, with what it was asked for


@dataclass(frozen=True)
class Request:
    """What a reader asks for."""

    release_id: str
    choices: Choices


@dataclass(frozen=True)
class Made:
    """A package, or why there is none."""

    request: Request
    name: str = ""
    data: bytes = b""
    fault: str = ""


def render(view: View) -> None:
    """The whole page."""
    say = view.say
    st.title(say("export.page"), anchor=False)
    paragraph(say("export.lead"), "tm-lead")
    request = _asked(view)
    if not request.choices.goals or not request.choices.kinds:
        paragraph(say("export.nothing_chosen"), "tm-small")
        return
    if st.button(say("export.make"), type="primary"):
        with st.spinner(say("export.making")):
            st.session_state[MADE] = make(request)
    made = st.session_state.get(MADE)
    if isinstance(made, Made) and made.request == request:
        _take(made, say)
    st.header(say("export.what_heading"), anchor=False)
    st.markdown(say("export.what"))


def _asked(view: View) -> Request:
    """The choices, all of them made to begin with; they stand in the address."""
    say = view.say
    goals = view.table("dim_goal").sort_values("goal_id")
    names = {
        str(goal["goal_id"]): f"{goal['goal_id']} {say.of(goal, 'short_name')}"
        for goal in records(goals)
    }
    tables = {kind: say(f"export.kind.{kind}") for kind in KINDS}
    languages = {lang: say(f"languages.{lang}") for lang in LANGUAGES}
    own = view.release.release_id
    chosen = choose_many("package-goals", say("export.goals"), names, view)
    kinds = choose_many("package-tables", say("export.tables"), tables, view)
    left, right = st.columns(2)
    with left:
        offered = releases_offered(say)
        release_id = choose("package-release", say("csv.release"), offered, own, view)
    with right:
        lang = choose("package-language", say("frame.language"), languages, say.lang, view)
    return Request(release_id, Choices(tuple(map(int, chosen)), tuple(kinds), lang))


def make(request: Request) -> Made:
    """The package, made by `tillit export`."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command(request, Path(folder)), capture_output=True, text=True, env=os.environ,
            cwd=evidence.PROJECT,
        )  # fmt: skip
        if done.returncode:
            return Made(request, fault=done.stderr.strip())
        path = Path(done.stdout.strip())
        return Made(request, path.name, path.read_bytes())


def command(request: Request, folder: Path) -> Sequence[str]:
    """`tillit export` with the choices."""
    choices = request.choices
    return [
        *(sys.executable, "-m", "dagster_project.cli", "export"),
        *("--data", str(evidence.data_folder()), "--to", str(folder)),
        *("--release", request.release_id, "--language", choices.lang),
        *(part for goal in choices.goals for part in ("--goal", str(goal))),
        *(part for kind in choices.kinds for part in ("--table", kind)),
    ]


def _take(made: Made, say: Say) -> None:
    """The button that downloads the package, or what went wrong."""
    if made.fault:
        paragraph(say("export.failed"), "tm-small")
        st.code(made.fault, language=None, wrap_lines=True)
        return
    st.download_button(
        say("export.take"), made.data, made.name, "application/zip", on_click="ignore"
    )
