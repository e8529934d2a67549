"""What one sum after another tells of hidden cells: a table worked by hand, and never too much."""

import numpy as np
import pytest

from dagster_project.disclosure.outer import Sums, outer_bounds
from dagster_project.disclosure.suppress import CLOSE, Polytope, Seen, Table
from tests.disclosure.random_tables import random_survey

FAR = 1000.0
ENDLESS = np.full(4, np.inf)
# two rows and two columns, of which the margins are shown
TWO_BY_TWO = Sums.of([(0, 0, 1), (0, 1, 1), (1, 2, 1), (1, 3, 1), (2, 0, 1), (2, 2, 1)])


def test_a_cell_lies_between_the_bounds_of_frechet() -> None:
    """Rows of 8 and 4, a first column of 9 of 12: the first cell is 9 + 8 - 12 = 5 at least, and 8
    at most."""
    true = np.array([[6.0], [2.0], [3.0], [1.0]])
    low, high = outer_bounds(TWO_BY_TWO, true, ENDLESS, FAR)
    assert low.ravel().tolist() == [5, 0, 1, 0]
    assert high.ravel().tolist() == [8, 3, 4, 3]


def test_a_total_that_is_hidden_too_is_as_endless_as_its_parts() -> None:
    """Of two parts and their total nothing is known."""
    low, high = outer_bounds(
        Sums.of([(0, 0, 1), (0, 1, 1), (0, 2, -1)]),
        np.array([[3.0], [4.0], [7.0]]),
        ENDLESS[:3],
        FAR,
    )
    assert low.ravel().tolist() == [0, 0, 0]
    assert (high == FAR).all()


def test_how_many_can_have_answered_is_taken_into_account() -> None:
    """Ten in each at most, and 19 of 19 positive: nine in each at least."""
    true = np.array([[0.0, 0.0, 9.0], [0.0, 0.0, 10.0]])
    sums = Sums.of([(0, 0, 1), (0, 1, 1)])
    low, _ = outer_bounds(sums, true, np.array([10.0, 10.0]), FAR)
    assert low[:, 2].tolist() == [9, 9]


@pytest.mark.parametrize("seed", range(12))
def test_linear_programming_never_reaches_beyond_them(seed: int) -> None:
    survey = random_survey(np.random.default_rng(seed))
    for table in (one.table for one in survey.tables):
        hidden = table.n < np.median(table.n)
        reached = reaches(table, hidden)
        assert reached
        for bounds, seen in reached:
            assert (bounds[0] <= seen[0] + CLOSE).all()
            assert (bounds[1] >= seen[1] - CLOSE).all()


def reaches(table: Table, hidden: np.ndarray) -> list[tuple[tuple[np.ndarray, ...], ...]]:
    """Of the hidden cells, their bounds and how low and high a search in each direction comes."""
    polytope = Polytope(table, hidden, np.flatnonzero(hidden).tolist(), Seen.of(table))
    found = []
    for reach in (polytope.of_n, polytope.of_answers):
        for place in range(reach.n_cells):
            for answer in range(reach.n_answers):
                reach.bounded_by(place, answer)
        found.append((reach.bounds, reach.seen))
    return found
