"""The attack on random surveys: it fails on what is protected, and succeeds on what is not.

`make prove-disclosure` takes ten thousand.
"""

import os
from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest

from dagster_project.disclosure.suppress import CannotProtect, Table, is_safe, primary, suppress
from tests.disclosure.random_tables import (
    LIMITS,
    Pattern,
    crossed,
    protected,
    random_survey,
    random_tree,
    released_before,
    successes,
)

CASES = int(os.environ.get("TILLIT_CASES", "16"))
BATCHES = 8


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_hidden_group_can_be_computed_from_what_is_shown(batch: int) -> None:
    """Where an earlier release has shown too much, no other is published; that is seldom."""
    seeds = range(batch, CASES, BATCHES)
    held = []
    for seed in seeds:
        survey = random_survey(np.random.default_rng(seed))
        try:
            found = successes(protected(survey), released_before(survey))
        except CannotProtect:
            held.append(seed)
        else:
            held += [seed] if found else []
        assert survey.before or seed not in held, seed
    print(f"{len(held)} of {len(seeds)} surveys held by an earlier release: {held}")
    assert len(held) <= max(1, len(seeds) / 50)


def test_without_secondary_suppression_the_same_attack_succeeds() -> None:
    """In every survey in which more is hidden than what must not be shown whatever else is."""
    every = [random_survey(np.random.default_rng(seed)) for seed in range(24)]
    first = [replace(survey, before=None) for survey in every]
    releases = [(protected(survey), protected(survey, is_secondary=False)) for survey in first]
    differ = [primary for whole, primary in releases if n_hidden(whole) > n_hidden(primary)]
    assert len(differ) > 6
    assert all(successes(primary) for primary in differ)


def n_hidden(release: Pattern) -> int:
    return sum(int(hidden.sum()) for _, hidden in release)


def test_a_release_that_is_not_held_to_the_one_before_it_gives_somebody_away() -> None:
    surveys = [random_survey(np.random.default_rng(seed)) for seed in range(24)]
    released = [(survey, before) for survey in surveys if (before := released_before(survey))]
    found = [bool(successes(protected(s, is_held=False), before)) for s, before in released]
    assert any(found)


def test_a_weighted_figure_that_tells_too_much_gives_somebody_away_unless_it_is_hidden() -> None:
    surveys = [random_survey(np.random.default_rng(seed)) for seed in range(40)]
    weighted = [replace(s, before=None) for s in surveys if s.questions[0].figures]
    assert any(successes(protected(survey, hides_weighted=False)) for survey in weighted)


def small_table(seed: int) -> Table:
    """Some units in a tree, two roles: small enough to try every pattern."""
    rng = np.random.default_rng(seed)
    units = int(rng.integers(3, 5))
    tree = random_tree(rng, range(units), 2)
    roles = {frozenset({0, 1}): [frozenset({0}), frozenset({1})]}
    base = rng.poisson(rng.choice([4.0, 12.0, 30.0], size=(units, 2, 1, 1)), size=(units, 2, 1, 1))
    return crossed([[tree], [roles], [{}]], base).table


def least_loss(table: Table) -> int:
    """The fewest respondents that must be hidden beside the primary cells, by trying all."""
    must = primary(table, LIMITS)
    free = np.flatnonzero(~must).tolist()
    every = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
    for pattern in sorted(every, key=lambda cells: int(table.n[list(cells)].sum())):
        hidden = must.copy()
        hidden[list(pattern)] = True
        if is_safe(table, LIMITS, hidden):
            return int(table.n[list(pattern)].sum())
    raise AssertionError("hiding everything is safe")


def test_what_is_hidden_is_not_much_more_than_the_least_possible() -> None:
    tables = [small_table(seed) for seed in range(max(12, CASES // 50))]
    small = [table for table in tables if 0 < (~primary(table, LIMITS)).sum() <= 12]
    nothing = [np.zeros(len(table.n), dtype=bool) for table in small]
    hidden = [suppress(t, LIMITS, none) for t, none in zip(small, nothing, strict=True)]
    ours = sum(int(t.n[h & ~primary(t, LIMITS)].sum()) for t, h in zip(small, hidden, strict=True))
    least = sum(map(least_loss, small))
    told = f"{len(small)} tables: {ours} respondents hidden beside the primary cells, least {least}"
    print(told)
    assert least > 0
    assert least <= ours <= 1.5 * least
