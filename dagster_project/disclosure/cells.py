"""The cells of the survey's tables: who they are about, how many gave each answer, which add up.

Belongs here: reading them from the warehouse. Does not belong here: which are hidden (suppress.py).

A cell is a set of units and a set of roles, in one wave: two nodes with the same units, or a later
organisation's node over the same units as an earlier one, are one cell. All respondents are one
table, and each question is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dagster_project.disclosure.suppress import Table

CLASSES = ("negative", "neutral", "positive")
RESPONDENTS = ""
NUMBERS = {answer: number for number, answer in enumerate(("all", *CLASSES))}

Units = frozenset[str]
Roles = frozenset[str]
Key = tuple[Units, Roles]
# a node of an organisation: whose it is (a wave), and its id
Place = tuple[str, str]


@dataclass(frozen=True)
class Group:
    """One table: a question, or RESPONDENTS; `cells` by their place in `table`, and `names`: the
    cell of each node and reporting role."""

    wave: str
    question_id: str
    cells: Sequence[Key]
    names: Mapping[tuple[Place, str], int]
    table: Table


def groups_of(con: duckdb.DuckDBPyConnection, wave: str) -> list[Group]:
    """All tables of a wave, the one of all respondents first."""
    places = _places(con, wave)
    counts = con.execute(
        "select question_id, unit_code, respondent_role, answer_class, sum(n) as n "
        "from intermediate.int_survey__answer_counts "
        "where wave = ? and answer_class <> 'missing' group by all",
        [wave],
    ).df()
    respondents = con.execute(
        "select coalesce(unit_code, ?) as unit_code, respondent_role, count(*) as n "
        "from staging.stg_survey__responses where wave = ? group by all",
        [root_of(con), wave],
    ).df()
    members = _members(
        con.execute("select role_id, respondent_role from reference.role_members").fetchall()
    )
    asked = defaultdict(list)
    for question, role, member in con.execute(
        "select distinct question_id, role_id, respondent_role "
        "from intermediate.int_survey__asked_roles where wave = ?",
        [wave],
    ).fetchall():
        asked[question].append((role, member))
    units, roles = _numbered(respondents["unit_code"]), _numbered(respondents["respondent_role"])
    counts, respondents = (
        frame.assign(
            unit=frame["unit_code"].map(units).astype(int),
            role=frame["respondent_role"].map(roles).astype(int),
            answer=frame["answer_class"].map(NUMBERS).astype(int),
        )
        for frame in (counts, respondents.assign(answer_class="all"))
    )
    by_question = {str(question): of_one for question, of_one in counts.groupby("question_id")}
    frame = _frame(places, members, units, roles)
    found = [_group(wave, RESPONDENTS, frame, respondents)]
    frames: dict[frozenset[tuple[str, Roles]], Frame] = {}
    for question in sorted(by_question):
        members = _members(asked[question])
        of_roles = frozenset(members.items())
        if of_roles not in frames:
            frames[of_roles] = _frame(places, members, units, roles)
        found.append(_group(wave, question, frames[of_roles], by_question[question]))
    return found


def root_of(con: duckdb.DuckDBPyConnection) -> str | None:
    """The node that holds all, which who is of no unit belongs to."""
    found = con.execute(
        "select node_id from intermediate.int_survey__unit_nodes where level = 'nav' limit 1"
    ).fetchone()
    return str(found[0]) if found else None


def _places(con: duckdb.DuckDBPyConnection, wave: str) -> dict[Place, tuple[Units, bool]]:
    """Each node with its units, and whether it is a unit itself; a node of a later wave where its
    units are not those that it has in this one."""
    rows = con.execute(
        "select wave, node_id, unit_code, level = 'unit' as is_unit "
        "from intermediate.int_survey__unit_nodes where wave = ? union all "
        "select node_wave, node_id, unit_code, level = 'unit' "
        "from intermediate.int_survey__carried_units where wave = ? and relation = 'carried'",
        [wave, wave],
    ).fetchall()
    units: dict[Place, set[str]] = defaultdict(set)
    is_unit: dict[Place, bool] = {}
    for of_wave, node, unit, is_one in rows:
        units[of_wave, node].add(unit)
        is_unit[of_wave, node] = is_one
    return {place: (frozenset(within), is_unit[place]) for place, within in units.items()}


def _members(rows: Iterable[tuple[str, str]]) -> dict[str, Roles]:
    found: dict[str, set[str]] = defaultdict(set)
    for role, member in rows:
        found[role].add(member)
    return {role: frozenset(within) for role, within in found.items()}


@dataclass(frozen=True)
class Frame:
    """What is the same in every question that the same roles were asked. keys: the cells; names,
    published, sums: by key. units, roles: those there are. in_units: which of them a node holds
    (nodes by units), and node: which of these each cell is of. in_roles: cells by roles."""

    keys: Sequence[Key]
    names: Mapping[tuple[Place, str], Key]
    published: set[Key]
    sums: Sequence[tuple[Key, tuple[Key, ...]]]
    units: Mapping[str, int]
    roles: Mapping[str, int]
    in_units: NDArray[np.float64]
    node: NDArray[np.int64]
    in_roles: NDArray[np.float64]


def _frame(
    places: Mapping[Place, tuple[Units, bool]],
    members: Mapping[str, Roles],
    units: Mapping[str, int],
    roles: Mapping[str, int],
) -> Frame:
    everybody = frozenset[str]().union(*members.values())
    names = {
        (place, role): (of_units, of_roles)
        for place, (of_units, is_unit) in places.items()
        for role, of_roles in members.items()
        # a role in a unit is never shown
        if not is_unit or role == "all"
    }
    published = set(names.values())
    sums = sums_of(
        nodes={of_units for of_units, is_unit in places.values() if not is_unit},
        single={of_units for of_units, is_unit in places.values() if is_unit},
        roles=set(members.values()),
        everybody=members.get("all", everybody),
    )
    keys = sorted(published.union(*((total, *parts) for total, parts in sums)), key=_order)
    nodes = {of_units: number for number, of_units in enumerate(dict(keys))}
    in_units = np.zeros((len(nodes), len(units)))
    for of_units, node in nodes.items():
        in_units[node, [units[unit] for unit in of_units if unit in units]] = 1
    in_roles = np.zeros((len(keys), len(roles)))
    for cell, (_, of_roles) in enumerate(keys):
        in_roles[cell, [roles[role] for role in of_roles if role in roles]] = 1
    node_of = np.array([nodes[of_units] for of_units, _ in keys], dtype=np.int64)
    return Frame(keys, names, published, sums, units, roles, in_units, node_of, in_roles)


def _numbered(column: "pd.Series[str]") -> dict[str, int]:
    return {value: number for number, value in enumerate(sorted(column.unique().tolist()))}


def _group(wave: str, question: str, frame: Frame, counts: pd.DataFrame) -> Group:
    by_answer = _counts(frame, counts)
    kept = np.flatnonzero(by_answer.sum(axis=1)).tolist()
    keys = [frame.keys[number] for number in kept]
    place_of = {key: place for place, key in enumerate(keys)}
    numbered = [
        (place_of[total], tuple(place_of[part] for part in parts if part in place_of))
        for total, parts in frame.sums
        if total in place_of
    ]
    table = Table(
        counts=by_answer[kept],
        sums=numbered,
        is_published=np.array([key in frame.published for key in keys], dtype=bool),
        most=np.full(len(kept), np.inf),
    )
    at = {name: place_of[key] for name, key in frame.names.items() if key in place_of}
    return Group(wave, question, keys, at, table)


def sums_of(
    nodes: set[Units], single: set[Units], roles: set[Roles], everybody: Roles
) -> list[tuple[Key, tuple[Key, ...]]]:
    """What adds up to what: a node to the nodes within it and at last to its units, a role to the
    roles within it. Where organisations overlap, or somebody belongs to no unit, what is left over
    is a group too, though in no table."""
    pieces = _pieces(nodes)
    sets = nodes | pieces
    roles = roles | {frozenset({one}) for role in roles if len(roles) > 1 for one in role}
    found = []
    for units in sorted(sets, key=sorted):
        parts = _cover(units, sets)
        for role in sorted(roles, key=sorted):
            if len(parts) > 1:
                found.append(((units, role), tuple((part, role) for part in parts)))
            if len(within := _cover(role, roles)) > 1:
                found.append(((units, role), tuple((units, part) for part in within)))
    for piece in sorted(pieces, key=sorted):
        parts = _cover(piece, single | {piece})
        left = piece.difference(*parts)
        parts += [left] if left and parts else []
        if len(parts) > 1:
            found.append(((piece, everybody), tuple((part, everybody) for part in parts)))
    return found


def _pieces(nodes: set[Units]) -> set[Units]:
    """The units apart by the nodes that they are in."""
    member_of: dict[str, set[Units]] = defaultdict(set)
    for node in nodes:
        for unit in node:
            member_of[unit].add(node)
    together: dict[frozenset[Units], set[str]] = defaultdict(set)
    for unit, of in member_of.items():
        together[frozenset(of)].add(unit)
    return {frozenset(units) for units in together.values()}


def _cover(whole: frozenset[str], sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The largest of the sets within `whole`, none of which overlap."""
    found: list[frozenset[str]] = []
    taken: set[str] = set()
    for one in sorted((one for one in sets if one < whole), key=lambda o: (-len(o), sorted(o))):
        if taken.isdisjoint(one):
            found.append(one)
            taken |= one
    return found


def _order(key: Key) -> tuple[int, list[str], list[str]]:
    return -len(key[0]), sorted(key[0]), sorted(key[1])


def _counts(frame: Frame, counts: pd.DataFrame) -> NDArray[np.int64]:
    """How many in each cell of the frame gave each answer that anybody gave."""
    by = np.zeros((len(frame.units), len(frame.roles), len(NUMBERS)))
    place = tuple(counts[column].to_numpy() for column in ("unit", "role", "answer"))
    np.add.at(by, place, counts["n"].to_numpy(int))
    in_units = np.tensordot(frame.in_units, by[..., np.unique(place[2])], axes=(1, 0))
    within: NDArray[np.int64] = (
        np.einsum("cr,cra->ca", frame.in_roles, in_units[frame.node]).round().astype(np.int64)
    )
    return within
