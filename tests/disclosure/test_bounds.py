"""What can be told where a total is the only sum, without a search and with one: the same."""

import numpy as np
import pytest

from dagster_project.attack import bounds
from dagster_project.attack.bounds import Success, attack, beyond
from dagster_project.attack.evidence import Cell, Name, Sheet
from tests.disclosure.random_tables import DEMANDS

TOTAL: Name = (("2023", "NAV"), "all")


def one_sum(seed: int) -> tuple[Sheet, dict[Name, Cell]]:
    """A total and its parts, some of them hidden; of some it is known how many were asked."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.choice([0.3, 1.0, 4.0, 12.0]), size=(int(rng.integers(2, 6)), 3))
    counts[0] += 10
    doubt = float(rng.choice([0.0, 0.0, 1.5]))
    cells = {TOTAL: cell(counts.sum(axis=0), doubt)}
    asked = {}
    for number, part in enumerate(counts):
        name: Name = (("2023", str(number)), "all")
        cells[name] = Cell(None, None) if number else cell(part, 0.0)
        if number and rng.random() < 0.6:
            asked[name] = Cell(int(part.sum() + rng.integers(0, 3)), None)
    parts = tuple(name for name in cells if name != TOTAL)
    return Sheet("2023", "time", cells, [(TOTAL, parts)]), asked


def cell(counts: np.ndarray, doubt: float) -> Cell:
    """A shown cell, of whose answers each number is in doubt by so much either way."""
    return Cell(int(counts.sum()), tuple((max(0.0, n - doubt), n + doubt) for n in counts.tolist()))


def found(sheet: Sheet, asked: dict[Name, Cell]) -> set[Success]:
    return set(attack(sheet, asked, DEMANDS))


def test_without_a_search_the_same_is_found_as_by_linear_programming(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = [one_sum(seed) for seed in range(200)]
    directly = [found(*table) for table in tables]
    monkeypatch.setattr(bounds, "_OneSum", bounds._Programme)
    assert directly == [found(*table) for table in tables]
    assert 20 < sum(map(bool, directly)) < 180


def test_tables_that_contradict_each_other_are_refused_without_a_search_too() -> None:
    cells = {
        TOTAL: Cell(30, ((10.0, 10.0),) * 3),
        (("2023", "0"), "all"): Cell(31, ((11.0, 11.0), (10.0, 10.0), (10.0, 10.0))),
        (("2023", "1"), "all"): Cell(None, None),
    }
    parts = tuple(name for name in cells if name != TOTAL)
    with pytest.raises(bounds.Contradiction):
        found(Sheet("2023", "time", cells, [(TOTAL, parts)]), {})


def test_only_what_goes_beyond_what_was_told_before_counts() -> None:
    told = Success("2023", "time", TOTAL, "negative", 1.0)
    narrower = Success("2023", "time", TOTAL, "negative", 0.0)
    another = Success("2023", "time", TOTAL, "positive", 1.0)
    assert beyond([told, another], [told]) == [another]
    assert beyond([narrower], [told]) == [narrower]
    assert beyond([told], [narrower]) == []
