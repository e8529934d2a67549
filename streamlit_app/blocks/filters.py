"""Choices that stand in the address: wave, part of the organisation, role, indicator, words.

Belongs here: the select boxes, each offering only what exists, and the search box.
Does not belong here: which choices exist (selection.py).
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from streamlit_app import address
from streamlit_app.blocks.frame import paragraph
from streamlit_app.evidence import View
from streamlit_app.organisation import ROOT
from streamlit_app.selection import ALL_ROLES, Choice, nodes_offered, periods, roles_offered

INDENT = "\u2002"


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    view: View,
    clears: Sequence[str] = (),
) -> str:
    """A select box whose choice stands in the address; says so when that asks for more.

    name: in the address; options: what each choice is called, by the choice; clears: choices that
    another choice here makes void.
    """
    value, unknown = address.asked(name, list(options), default)
    key = f"choose-{name}"
    st.session_state[key] = value
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        on_change=address.write,
        args=(name, key, default, clears),
    )
    if unknown is not None:
        paragraph(view.say("filter.not_offered", choice=unknown[:40]), "tm-small")
    return value


def search_box(name: str, label: str) -> str:
    """A field for words to search for, which stand in the address; what is asked for now."""
    key = f"search-{name}"
    st.session_state[key] = st.query_params.get(name, "")
    st.text_input(label, key=key, on_change=address.write, args=(name, key, ""))
    return str(st.session_state[key])


def goal_filters(goal_id: int, view: View) -> Choice:
    """Wave, part of the organisation and role; each offers only what has answers."""
    places = view.goal_places(goal_id)
    return place_filters(places, view, periods(places)[0])


def place_filters(places: pd.DataFrame, view: View, newest: str, prefix: str = "") -> Choice:
    """The same of any places; newest: the wave unless the address says otherwise; prefix: of the
    names in the address."""
    say = view.say
    # beside another set there is room for one box in a row only
    wave_box, node_box, role_box = (
        (st.container(), st.container(), st.container()) if prefix else st.columns([1, 2, 1.5])
    )
    with wave_box:
        waves = {wave: wave for wave in periods(places)}
        period = choose(f"{prefix}wave", say("filter.wave"), waves, newest, view)
    with node_box:
        nodes = nodes_offered(places, view.table("dim_node"), period)
        names = _node_names(nodes, view)
        first = ROOT if ROOT in names else next(iter(names))
        node_id = choose(f"{prefix}unit", say("filter.unit"), names, first, view)
    with role_box:
        roles = view.table("dim_role").set_index("role_id")[f"name_{say.lang}"]
        offered = roles_offered(places, view.table("dim_role"), period, node_id)
        told = {role: str(roles[role]) for role in offered}
        default = ALL_ROLES if ALL_ROLES in told else offered[0]
        role_id = choose(f"{prefix}role", say("filter.role"), told, default, view)
    return Choice(period, node_id, role_id)


def _node_names(nodes: pd.DataFrame, view: View) -> dict[str, str]:
    """The parts of the organisation, each indented under the one it belongs to."""
    names = nodes["name"].where(nodes["node_id"] != ROOT, view.say("filter.whole"))
    rows = zip(nodes["node_id"], nodes["depth"], names, strict=True)
    return {node_id: f"{INDENT * depth}{name}" for node_id, depth, name in rows}
