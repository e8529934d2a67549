"""Choices that stand in the address: wave, part of the organisation, role, indicator, words.

Belongs here: the select boxes, each offering only what exists, and the search box.
Does not belong here: which choices exist (selection.py).
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from streamlit_app import address
from streamlit_app.blocks.frame import paragraph
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View, released
from streamlit_app.kept import kept
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


def choose_many(name: str, label: str, options: Mapping[str, str], view: View) -> list[str]:
    """Pills of which all are chosen unless the address says otherwise; says so when that asks for
    what is not there. name, options: as in choose()."""
    chosen, unknown = address.asked_many(name, list(options))
    key = f"choose-{name}"
    st.session_state[key] = chosen
    st.pills(
        label,
        list(options),
        selection_mode="multi",
        format_func=lambda option: options.get(option, option),
        key=key,
        on_change=address.write_many,
        args=(name, key, list(options)),
    )
    for one in unknown:
        paragraph(view.say("filter.not_offered", choice=one[:40]), "tm-small")
    return chosen


def releases_offered(say: Say) -> dict[str, str]:
    """What each release is called by its id, the newest first: id and when it was made."""
    return {
        release_id: say("compare.release", release=release_id, made=say.forms.moment(made))
        for release_id, made in released()
    }


def search_box(name: str, label: str) -> str:
    """A field for words to search for, which stand in the address; what is asked for now."""
    key = f"search-{name}"
    st.session_state[key] = st.query_params.get(name, "")
    st.text_input(label, key=key, on_change=address.write, args=(name, key, ""))
    return str(st.session_state[key])


def place_filters(
    goal_id: int, view: View, newest: int = 0, prefix: str = "", *, by_role: bool = True
) -> Choice:
    """Wave, part of the organisation and role; each offers only what has answers to show.

    newest: which wave it is unless the address says otherwise, counted from the newest;
    prefix: of the names in the address; by_role: whether any figure depends on the role, without
    which none is offered and the choice is of all roles. Raises IndexError where there is nothing
    to offer.
    """
    say, waves = view.say, waves_offered(view, goal_id)
    # beside another set there is room for one box in a row only
    wave_box, node_box, role_box = (
        (st.container(), st.container(), st.container()) if prefix else st.columns([1, 2, 1.5])
    )
    with wave_box:
        first = waves[min(newest, len(waves) - 1)]
        period = choose(f"{prefix}wave", say("filter.wave"), {w: w for w in waves}, first, view)
    with node_box:
        names = _nodes(view, goal_id, period)
        first = ROOT if ROOT in names else next(iter(names))
        node_id = choose(f"{prefix}unit", say("filter.unit"), names, first, view)
    if not by_role:
        return Choice(period, node_id, ALL_ROLES)
    with role_box:
        roles = _roles(view, goal_id, period, node_id)
        default = ALL_ROLES if ALL_ROLES in roles else next(iter(roles))
        role_id = choose(f"{prefix}role", say("filter.role"), roles, default, view)
    return Choice(period, node_id, role_id)


@kept
def waves_offered(view: View, goal_id: int) -> list[str]:
    """The waves with answers that may be shown, the newest first; none where all is withheld."""
    return periods(view.goal_places(goal_id))


@kept
def _roles(view: View, goal_id: int, period: str, node_id: str) -> dict[str, str]:
    """The names of the roles offered, by their ids."""
    roles = view.table("dim_role")
    names = roles.set_index("role_id")[f"name_{view.say.lang}"]
    offered = roles_offered(view.goal_places(goal_id), roles, period, node_id)
    return {role: str(names[role]) for role in offered}


@kept
def _nodes(view: View, goal_id: int, period: str) -> dict[str, str]:
    """The parts of the organisation offered, each indented under the one it belongs to."""
    nodes = nodes_offered(view.goal_places(goal_id), view.table("dim_node"), period)
    names = nodes["name"].where(nodes["node_id"] != ROOT, view.say("filter.whole"))
    rows = zip(nodes["node_id"], nodes["depth"], names, strict=True)
    return {node_id: f"{INDENT * depth}{name}" for node_id, depth, name in rows}
