"""Between what the hidden numbers of a block must lie, by one sum after another.

Belongs here: bounds by arithmetic alone. Does not belong here: linear programming, which decides
what these leave open (suppress.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PASSES = 8


@dataclass(frozen=True)
class Sums:
    """The sums of a block, entry by entry: `cell` stands in `row` with `sign`. starts: the first
    entry of each row. by_cell, first: the entries in the order of cells, and the first of each."""

    row: Ints
    cell: Ints
    sign: Floats
    starts: Ints
    by_cell: Ints
    first: Ints

    @staticmethod
    def of(entries: Sequence[tuple[int, int, int]]) -> "Sums":
        """entries: row, cell and sign, row by row; each cell stands in one at least."""
        row, cell, sign = np.array(entries, dtype=np.int64).reshape(-1, 3).T
        by_cell = np.argsort(cell, kind="stable")
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        first = np.flatnonzero(np.diff(cell[by_cell], prepend=-1))
        return Sums(row, cell, sign.astype(float), starts, by_cell, first)

    @property
    def n_rows(self) -> int:
        return len(self.starts)

    def totals(self, values: Floats) -> Floats:
        """What each sum comes to. values: cells by answers."""
        found: Floats = np.add.reduceat(self.sign[:, None] * values[self.cell], self.starts)
        return found


def outer_bounds(sums: Sums, true: Floats, most: Floats, far: float) -> tuple[Floats, Floats]:
    """How low and how high each number can be at most: what is in a cell is what the others of a
    sum leave of it, as in Fréchet's bounds (A. Dobra and S. E. Fienberg, PNAS 97, 2000).

    true: cells by answers. most: of all answers in a cell. far: what counts as endless.
    """
    cell, is_part = sums.cell, (sums.sign > 0)[:, None]
    totals = sums.totals(true)
    room = np.maximum(most, true.sum(axis=1))[:, None]
    low, high = np.zeros_like(true), np.full_like(true, far)
    for _ in range(PASSES):
        least = np.where(is_part, low[cell], -high[cell])
        largest = np.where(is_part, high[cell], -low[cell])
        spare = (totals - np.add.reduceat(least, sums.starts))[sums.row]
        lack = (np.add.reduceat(largest, sums.starts) - totals)[sums.row]
        rise, fall = np.where(is_part, spare, lack), np.where(is_part, lack, spare)
        rise = np.minimum.reduceat(rise[sums.by_cell], sums.first)
        fall = np.minimum.reduceat(fall[sums.by_cell], sums.first)
        capped = room - (low.sum(axis=1)[:, None] - low)
        tighter = np.minimum(high, np.minimum(low + rise, capped))
        low, before = np.maximum(low, high - fall), (low, high)
        high = tighter
        if np.array_equal(low, before[0]) and np.array_equal(high, before[1]):
            break
    return low, high
