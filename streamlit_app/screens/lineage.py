"""Lineage: from a figure's table back to the files it is made of, and forward to where it is shown.

Belongs here: choosing a file, table or page, and what is behind and ahead of it.
Does not belong here: what is made from what, which the release itself says.
"""

from collections.abc import Set

import pandas as pd
import streamlit as st

from dagster_project.release.lineage import FILE, PAGE, RELEASED, Node, ahead, behind
from streamlit_app.blocks.chart import Behind
from streamlit_app.blocks.filters import choose
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import listing, show_listing
from streamlit_app.blocks.passport import page_words
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.tables import Column, Stamp

STOPS = (FILE, "reference", "raw", "staging", "intermediate", "marts", RELEASED, PAGE)
FIRST = (RELEASED, "mart_scorecard")


def render(view: View) -> None:
    """The whole page."""
    say = view.say
    st.title(say("lineage.title"), anchor=False)
    paragraph(say("lineage.lead"), "tm-lead")
    if not view.steps:
        paragraph(say("lineage.not_there"), "tm-small")
        return
    node = _chosen(view)
    _files(node, view)
    _table("back", node, behind(view.steps, node), view)
    _table("ahead", node, ahead(view.steps, node), view)
    _documentation(view)


def _chosen(view: View) -> Node:
    """The file, table or page to start from; the table of all goals' figures unless another is."""
    say = view.say
    nodes = sorted({one for step in view.steps for one in step}, key=_in_order, reverse=True)
    named = {"/".join(node): f"{_stop(node, say)}: {node_words(node, say)}" for node in nodes}
    first = "/".join(FIRST if FIRST in nodes else nodes[0])
    stop, _, name = choose("node", say("lineage.choose"), named, first, view).partition("/")
    return stop, name


def _in_order(node: Node) -> tuple[int, str]:
    """By stop on the data's way; stops that this dashboard does not know come first."""
    return STOPS.index(node[0]) if node[0] in STOPS else -1, node[1]


def _stop(node: Node, say: Say) -> str:
    return say.known(f"lineage.stop.{node[0]}") or node[0]


def node_words(node: Node, say: Say) -> str:
    """A page by its title; a file or table by its own name."""
    stop, name = node
    return page_words(name, say) if stop == PAGE else name


def beside_words(node: Node, say: Say) -> str:
    """The same as it is told beside another; a table of the release told from the one of the same
    name that it is made of."""
    words = node_words(node, say)
    return say("lineage.released", name=words) if node[0] == RELEASED else words


def _files(node: Node, view: View) -> None:
    """The files at the far end of what the node is made from, in one line."""
    files = sorted(name for stop, name in behind(view.steps, node) if stop == FILE)
    if files:
        key = "lineage.files_one" if len(files) == 1 else "lineage.files_many"
        words = view.say(key, count=len(files), files=", ".join(files))
        paragraph(words, "tm-small")


def _table(way: str, node: Node, found: Set[Node], view: View) -> None:
    """What is on one side of the node, nearest stop first, each with what it is next to."""
    say = view.say
    st.header(say(f"lineage.{way}"), anchor=False)
    if not found:
        paragraph(say(f"lineage.{way}_none"), "tm-small")
        return
    is_back = way == "back"
    next_to: dict[Node, list[str]] = {one: [] for one in found}
    for source, made in view.steps:
        one, other = (source, made) if is_back else (made, source)
        if one in found and other in {*found, node}:
            next_to[one].append(beside_words(other, say))
    rows = pd.DataFrame(
        {
            "name": node_words(one, say),
            "stop": _stop(one, say),
            "next_to": ", ".join(sorted(next_to[one])),
        }
        for one in sorted(found, key=_in_order, reverse=is_back)
    )
    columns = [
        Column("name", say("column.name")),
        Column("stop", say("lineage.stop_heading")),
        Column("next_to", say(f"lineage.{way}_next_to")),
    ]
    of = {say("lineage.choose"): node_words(node, say)}
    stamp = Stamp(view.release.release_id, of, view.is_demonstration)
    behind = Behind(rows, columns, stamp, ["lineage", way, node[1]])
    show_listing(listing(f"lineage-{way}", say(f"lineage.{way}"), behind, say), say)


def _documentation(view: View) -> None:
    """dbt's own page on every model, where the release has it."""
    page = view.release.documentation()
    if page is not None:
        say = view.say
        st.header(say("lineage.documentation"), anchor=False)
        paragraph(say("lineage.documentation_text"), "tm-small")
        st.download_button(
            say("lineage.documentation_download"),
            data=page,
            file_name=f"tillitsmonitor_dbt_{view.release.release_id}.html",
            mime="text/html",
            on_click="ignore",
        )
