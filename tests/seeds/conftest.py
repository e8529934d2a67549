"""Reads seeds for the tests beside this file. What a seed must hold is said in those tests."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def seed() -> Callable[[str], Rows]:
    """Gives the rows of a seed by its name under seeds/, such as `reference/goals`."""

    def rows(name: str) -> Rows:
        with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))

    return rows
