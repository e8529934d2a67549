"""Weighted figures that tell too much of what they are made of."""

from dataclasses import replace

import numpy as np
import pytest

from dagster_project.attack.bounds import attack_all
from dagster_project.attack.evidence import Cell, Tree, weighted_figures
from dagster_project.disclosure.cells import Group, Key
from dagster_project.disclosure.suppress import CannotProtect, Table, is_safe
from dagster_project.disclosure.weighted import Weighted, figures_of, hide_weighted
from tests.disclosure.random_tables import DECIMALS, DEMANDS, LIMITS, Crossed, sheets_of

# negative, neutral, positive: the whole, two small parts that are hidden together, a large one
PARTS = np.array([[4, 3, 1], [7, 0, 3], [20, 20, 20]])
WHOLE, SMALL, OTHER, LARGE = range(4)
TABLE = Table(
    counts=np.vstack([PARTS.sum(axis=0), PARTS]),
    sums=[(WHOLE, (SMALL, OTHER, LARGE))],
    is_published=np.ones(4, dtype=bool),
    most=np.full(4, np.inf),
)
HIDDEN = np.array([False, True, True, False])
FIGURE = Weighted(WHOLE, {SMALL: 2.0, OTHER: 8.0, LARGE: 4.0})
NOTHING = np.zeros(4, dtype=bool)


def found(hidden: np.ndarray, figure: Weighted) -> set[str]:
    """What the attack computes, in which cell."""
    cells = [(frozenset({number}),) for number in range(4)]
    everyone = replace(TABLE, counts=TABLE.n[:, None])
    tables = [
        (Crossed(cells, everyone), HIDDEN),
        (Crossed(cells, TABLE, [figure]), hidden),
    ]
    return {one.what for one in attack_all(sheets_of(tables), DEMANDS)}


def test_two_parts_that_no_total_gives_away_are_given_away_by_their_weights() -> None:
    assert is_safe(TABLE, LIMITS, HIDDEN)
    assert found(HIDDEN, FIGURE)
    hidden = hide_weighted(TABLE, LIMITS, HIDDEN, [FIGURE], DECIMALS, NOTHING)
    assert hidden.tolist() == [True, True, True, False]
    assert not found(hidden, FIGURE)


def test_weights_that_are_alike_tell_nothing() -> None:
    figure = Weighted(WHOLE, {SMALL: 4.0, OTHER: 4.0, LARGE: 4.0})
    hidden = hide_weighted(TABLE, LIMITS, HIDDEN, [figure], DECIMALS, NOTHING)
    assert hidden.tolist() == HIDDEN.tolist()
    assert not found(hidden, figure)


def test_of_figures_that_tell_too_much_the_one_of_fewest_is_hidden() -> None:
    # the whole again, with as many again who are in no hidden part
    counts = np.vstack([TABLE.counts, TABLE.counts[WHOLE] + 50, [50, 50, 50]])
    sums = [*TABLE.sums, (4, (WHOLE, 5))]
    table = Table(counts, sums, np.ones(6, dtype=bool), np.full(6, np.inf))
    wider = Weighted(4, FIGURE.weights | {5: 3.0})
    hidden = np.append(HIDDEN, [False, False])
    found = hide_weighted(table, LIMITS, hidden, [wider, FIGURE], DECIMALS, np.zeros(6, dtype=bool))
    assert found[WHOLE]
    again = hide_weighted(table, LIMITS, found, [wider, FIGURE], DECIMALS, np.zeros(6, dtype=bool))
    assert again.tolist() == found.tolist()


def test_where_the_figure_was_shown_before_another_part_is_hidden() -> None:
    known = np.array([True, False, False, False])
    hidden = hide_weighted(TABLE, LIMITS, HIDDEN, [FIGURE], DECIMALS, known)
    assert hidden.tolist() == [False, True, True, True]
    assert not found(hidden, FIGURE)


def test_where_all_was_shown_before_the_run_says_that_nothing_protects_it() -> None:
    known = np.array([True, False, False, True])
    with pytest.raises(CannotProtect, match="shown too much"):
        hide_weighted(TABLE, LIMITS, HIDDEN, [FIGURE], DECIMALS, known)


# --- what a figure is made of ---------------------------------------------------------------------

UNITS = {"A": {"0101", "0102"}, "B": {"0201"}, "NAV": {"0101", "0102", "0201", "NAV"}}
ROLES = {"all": {"staff", "leader"}, "staff": {"staff"}, "leader": {"leader"}}
WEIGHTS = {("A", "staff"): 2.0, ("A", "leader"): 3.0, ("B", "staff"): 4.0, ("NAV", "staff"): 5.0}


def group() -> Group:
    """Two areas, and one of staff who said no unit."""
    n = {("A", "staff"): 30, ("A", "leader"): 6, ("B", "staff"): 20, ("NAV", "staff"): 51}
    n |= {("A", "all"): 36, ("B", "all"): 20, ("NAV", "leader"): 6, ("NAV", "all"): 57}
    keys: dict[tuple[str, str], Key] = {
        (node, role): (frozenset(UNITS[node]), frozenset(ROLES[role])) for node, role in n
    }
    cells = [*keys.values(), (frozenset({"NAV"}), frozenset({"staff"}))]
    counts = np.array([[one] for one in [*n.values(), 1]])
    names = {(("2023", node), role): at for at, (node, role) in enumerate(keys)}
    table = Table(counts, [], np.ones(len(cells), dtype=bool), np.full(len(cells), np.inf))
    return Group("2023", "time", cells, names, table)


def test_a_figure_is_made_of_its_areas_by_role_and_of_who_said_no_unit() -> None:
    here = group()
    [nav, area] = figures_of(here, [("NAV", "all"), ("A", "all")], WEIGHTS, "NAV")
    at = here.names
    a_staff, a_leader, b_staff = (
        at[("2023", area), role] for area, role in [("A", "staff"), ("A", "leader"), ("B", "staff")]
    )
    assert area == Weighted(at[("2023", "A"), "all"], {a_staff: 2.0, a_leader: 3.0})
    assert nav == Weighted(
        at[("2023", "NAV"), "all"], {a_staff: 2.0, a_leader: 3.0, b_staff: 4.0, 8: 5.0}
    )


def test_a_figure_of_one_part_alone_is_no_mix() -> None:
    assert figures_of(group(), [("A", "staff")], WEIGHTS, "NAV") == []


def test_the_reader_takes_who_said_no_unit_to_be_what_is_left_over_of_the_whole() -> None:
    cells = {
        (("2023", node), role): Cell(None, None) if (node, role) == ("A", "leader") else Cell(9, ())
        for node, role in [("A", "staff"), ("A", "leader"), ("B", "staff"), ("NAV", "staff")]
    }
    nav, a, b = (("2023", node) for node in ("NAV", "A", "B"))
    tree = Tree(below={nav: [a, b]}, carried={}, split={})
    weights = {(("2023", node), role): weight for (node, role), weight in WEIGHTS.items()}
    shares = ((0.1, 0.2),) * 3
    [mix] = weighted_figures(
        cells, {(nav, "all"): shares}, tree, {"all": ("staff", "leader")}, weights
    )
    assert mix.shares == shares
    # 5 for each in all, of which those who are in A or B are taken out again
    assert mix.weights == {
        (a, "staff"): 2.0 - 5.0,
        (a, "leader"): 3.0,
        (b, "staff"): 4.0 - 5.0,
        (nav, "staff"): 5.0,
    }
