"""Which weighted figures are hidden, since they would tell of a hidden cell beneath them.

Belongs here: the weighted figures of a table, what each says of the cells that it is made of, and
the choice. Does not belong here: what sums tell (suppress.py), or how a figure is weighted
(int_survey__sums).

A weighted share s is the sum of w x over the sum of w n, where w is what an answer of a cell
weighs, x how many in it gave the answer, and n how many answered. So beside the unweighted totals
it is one more equation of the polytope: the sum of w (x - s n) is nought, for some s that is
rounded to what is released. The outsider is taken to know the weights: they follow from how many
are employed in each role of a part of the organisation, and how many of them answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from dagster_project.disclosure.cells import Group
from dagster_project.disclosure.suppress import (
    Bools,
    CannotProtect,
    Limits,
    Polytope,
    Seen,
    Table,
    Tie,
    components,
    hide_until_safe,
    least_cost,
    primary,
)


@dataclass(frozen=True)
class Weighted:
    """A weighted figure: its cell, and what an answer of each of the cells that it is made of
    weighs."""

    cell: int
    weights: Mapping[int, float]


def hide_weighted(
    table: Table,
    limits: Limits,
    hidden: Bools,
    figures: Sequence[Weighted],
    decimals: int,
    known: Bools,
) -> Bools:
    """What is hidden, and with it the weighted figures that tell too much; of those that bound a
    number the one of fewest respondents, until none does. Where only such are left as were shown
    before, a group around is hidden.

    decimals: of a released share. known: what was shown before, which it does not help to hide.
    Raises CannotProtect.
    """
    out = hidden | ~table.is_published
    protecting = replace(table, may_hide=table.is_published & ~known)
    told: set[int] = set()
    # more is hidden and fewer figures are shown from turn to turn, so what was seen stays true
    seen = Seen.of(table)
    while True:
        before = out.copy()
        _hide_figures(protecting, limits, out, figures, decimals, seen, told)
        new = np.flatnonzero(out & ~before)
        if not len(new):
            return hidden | (out & table.is_published)
        # what is hidden now must not be computed either
        hide_until_safe(protecting, limits, out, Seen.of(table), new)


def _hide_figures(
    table: Table,
    limits: Limits,
    out: Bools,
    figures: Sequence[Weighted],
    decimals: int,
    seen: Seen,
    told: set[int],
) -> None:
    """Hide, in `out` itself, weighted figures until none tells too much, or one group around where
    none that may be hidden is left. seen: what the figures leave open. told: large groups that
    cannot be mended."""
    few, now = primary(table, limits), out.copy()
    n_bounds = 2 * table.counts.shape[1]
    for part, within in _parts(table, now, figures):
        ties = [tie for figure in within for tie in _ties(table, now, figure, part, decimals)]
        polytope = Polytope(table, now, part, seen, ties)
        while (unsafe := polytope.unsafe(limits, told)) is not None:
            cell = unsafe.cell
            near = {tie // n_bounds for tie in polytope.tied_by(cell)}
            may = sorted(one for one in near if table.may_hide[within[one].cell])
            if may:
                least = min(may, key=lambda one: int(table.n[within[one].cell]))
                polytope.untie(range(least * n_bounds, (least + 1) * n_bounds))
                out[within[least].cell] = True
                continue
            sums = [table.sums[number] for one in part for number in table.sums_of[one]]
            around = least_cost(table, out, [c for total, parts in sums for c in (total, *parts)])
            if around is not None:
                out[around] = True
                return
            if few[cell]:
                raise CannotProtect(
                    f"A hidden group (cell {cell}) can be computed from weighted figures, and "
                    "nothing that is left to hide protects it: the release that is shown now has "
                    "shown too much. Take it away (`tillit releases set-current` to another, or "
                    "remove its folder) and run again."
                )
            told.add(cell)


def _parts(
    table: Table, out: Bools, figures: Sequence[Weighted]
) -> list[tuple[list[int], list[Weighted]]]:
    """The hidden cells that weighted figures tell of, in parts that share no sum and no figure."""
    telling = [
        (figure, beneath)
        for figure in figures
        if not out[figure.cell] and (beneath := [cell for cell in figure.weights if out[cell]])
    ]
    together = [(beneath[0], tuple(beneath[1:])) for _, beneath in telling]
    tied = replace(table, sums=[*table.sums, *together])
    parts = components(tied, out, [beneath[0] for _, beneath in telling])
    return [(part, [figure for figure, beneath in telling if beneath[0] in part]) for part in parts]


def _ties(
    table: Table, out: Bools, figure: Weighted, part: Sequence[int], decimals: int
) -> list[Tie]:
    """What the figure's shares say: a lower and an upper bound for each answer."""
    place = {cell: number for number, cell in enumerate(part)}
    cells = np.array(list(figure.weights))
    weights = np.array(list(figure.weights.values()))
    is_hidden = out[cells]
    places = np.array([place[cell] for cell in cells[is_hidden].tolist()])
    counts, n = table.counts[cells], table.n[cells]
    shares = np.round(weights @ counts / (weights @ n), decimals)
    given = np.eye(counts.shape[1])
    half = 0.5 * 10.0**-decimals
    found = []
    for answer, share in enumerate(shares.tolist()):
        for end, is_low in ((share - half, True), (share + half, False)):
            factors = weights[is_hidden, None] * (given[answer] - end)
            left = -float((weights * (counts[:, answer] - end * n))[~is_hidden].sum())
            found.append(
                Tie(places, factors, left if is_low else -np.inf, np.inf if is_low else left)
            )
    return found


def weights_of(con: duckdb.DuckDBPyConnection, wave: str) -> dict[tuple[str, str], float]:
    """What an answer weighs, by result area and role; who is of none is of the root."""
    rows = con.execute(
        "select area_node_id, respondent_role, strata.weight from intermediate.int_survey__cells "
        "join intermediate.int_survey__strata as strata using (wave, stratum_id) "
        "where wave = ? and strata.weight is not null",
        [wave],
    ).fetchall()
    return {(area, role): float(weight) for area, role, weight in rows}


def weighted_in(con: duckdb.DuckDBPyConnection, wave: str) -> dict[str, list[tuple[str, str]]]:
    """The weighted figures of a wave, as node and role, by question."""
    found: dict[str, list[tuple[str, str]]] = {}
    for question, node, role in con.execute(
        "select distinct question_id, node_id, role_id from intermediate.int_survey__sums "
        "where wave = ? and node_wave = wave and is_weighted and may_be_weighted "
        "and n_answered > 0 order by all",
        [wave],
    ).fetchall():
        found.setdefault(question, []).append((node, role))
    return found


def figures_of(
    group: Group,
    weighted: Sequence[tuple[str, str]],
    weights: Mapping[tuple[str, str], float],
    root: str | None,
) -> list[Weighted]:
    """The weighted figures of a table by its cells. root: the node that holds all."""
    at = {key: cell for cell, key in enumerate(group.cells)}
    strata: dict[int, float] = {}
    for (area, role), weight in weights.items():
        named = group.names.get(((group.wave, area), role))
        nowhere = at.get((frozenset({area}), frozenset({role})))
        cell = nowhere if area == root else named
        if cell is not None:
            strata[cell] = weight
    found = []
    for node, role in weighted:
        own = group.names[(group.wave, node), role]
        units, roles = group.cells[own]
        beneath = {
            cell: weight
            for cell, weight in strata.items()
            if cell != own and group.cells[cell][0] <= units and group.cells[cell][1] <= roles
        }
        if beneath and group.table.n[list(beneath)].sum() == group.table.n[own]:
            found.append(Weighted(own, beneath))
    return found
