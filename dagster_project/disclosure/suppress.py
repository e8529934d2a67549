"""Which cells of a table are hidden, so that no hidden one can be computed from those shown.

Belongs here: the choice, as pure functions over counts and the sums that tie them together.
Does not belong here: which cells there are (cells.py), what is emptied for them (protect.py), the
attack that a release must withstand (attack/, which shares no code with this).

The outsider is taken to know the counts of every shown cell exactly, all sums, and `most`, the
largest number that a cell can hold; so nothing that is computed from shown cells tells more. What
is left open to such an outsider is a polytope, in which the true counts are one point. A hidden
cell is safe when the outsider can tell that it is no small one, or when the polytope holds

- two points in which its number differs by the minimum of respondents. Any group that contains the
  cell, and that may be computed, has then at least so many;
- for each answer, a point in which nobody in the cell gave it, or two that differ by the least
  width: nobody can be said to have given an answer, unless among many;
- a point in which not all in the cell gave the same answer, if they are few.

Points are found by linear programming, and each speaks for all cells at once. What is not safe is
mended by hiding the cell that costs least, in respondents, of those that give it away; at the end
what turns out not to be needed is shown again. What an earlier release alone tells of a group
cannot be mended: one that is large enough to be shown is left at that, with all around it hidden.
The greedy choice is that of A. Hundepool et al., Statistical Disclosure Control (2012), section
4.4; its loss beside the least possible is told by `make prove-disclosure`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

import highspy
import numpy as np
from numpy.typing import NDArray

ROUNDS = 4
CLOSE = 1e-6
ENOUGH = 3
# a point stays feasible when only the objective changes, so the primal simplex goes on from it
PRIMAL = 4

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class CannotProtect(Exception):
    """Few people stay open to computation though all that could be hidden is."""


@dataclass(frozen=True)
class Limits:
    """minimum: of respondents in a cell that is shown. respondents: the least width of the number
    in a hidden cell. answers: the least width of its number with one answer. same_answer_below: a
    smaller group is hidden where all in it gave the same answer."""

    minimum: int
    respondents: int
    answers: int
    same_answer_below: int


@dataclass(frozen=True)
class Table:
    """One table of counts.

    counts: cells by answers. sums: a total with its parts, which add up to it. is_published: False
    for a group that is never shown but may be computed. most: how many a cell can hold at most.
    may_hide: what protects others when it is hidden.
    """

    counts: NDArray[np.int64]
    sums: Sequence[tuple[int, tuple[int, ...]]]
    is_published: Bools
    most: Floats
    may_hide: Bools = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @cached_property
    def n(self) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.counts.sum(axis=1)
        return found

    @cached_property
    def sums_of(self) -> dict[int, list[int]]:
        """The sums that each cell stands in."""
        found = defaultdict(list)
        for number, (total, parts) in enumerate(self.sums):
            for cell in (total, *parts):
                found[cell].append(number)
        return found


def primary(table: Table, limits: Limits) -> Bools:
    """The cells that must not be shown whatever else is: few, or few who answered alike."""
    alike = (table.counts.max(axis=1) == table.n) & (table.counts.shape[1] > 1)
    is_few: Bools = table.n < limits.minimum
    found: Bools = is_few | (alike & (table.n < limits.same_answer_below))
    return found


def suppress(
    table: Table,
    limits: Limits,
    hidden: Bools,
    known: Bools | None = None,
    *,
    is_secondary: bool = True,
) -> Bools:
    """All that is hidden: `hidden`, the primary cells, and what these are protected by.

    known: what outsiders have seen before, so that to hide it protects nothing. is_secondary: False
    leaves the protection away, for tests of the attack. Raises CannotProtect.
    """
    seen = np.zeros(len(hidden), dtype=bool) if known is None else known
    few = primary(table, limits) & table.is_published
    must = (hidden | few | ~table.is_published) & ~seen
    found = must.copy()
    if is_secondary:
        protecting = replace(table, may_hide=table.is_published & ~seen)
        _hide_where_one_is_alone(protecting, limits, found)
        _hide_until_safe(protecting, limits, found, _Seen.of(table))
        _show_what_need_not_hide(protecting, limits, found, must)
    return (found & table.is_published) | few


def is_safe(table: Table, limits: Limits, hidden: Bools) -> bool:
    """Whether no hidden cell can be computed more narrowly than the limits allow."""
    out = hidden | ~table.is_published
    parts = _components(table, out, np.flatnonzero(out))
    seen = _Seen.of(table)
    return all(_Polytope(table, out, part, seen).unsafe(limits) is None for part in parts)


# --- the greedy choice -------------------------------------------------------------------------


def _hide_where_one_is_alone(table: Table, limits: Limits, hidden: Bools) -> None:
    """The plain cases at once, without linear programming."""
    waiting = list(range(len(table.sums)))
    while waiting:
        number = waiting.pop()
        if _gives_away(table, limits, hidden, number):
            total, parts = table.sums[number]
            choice = _least_cost(table, hidden, [*parts, total])
            if choice is not None:
                hidden[choice] = True
                waiting += table.sums_of[choice]


def _gives_away(table: Table, limits: Limits, hidden: Bools, number: int) -> bool:
    """Whether a sum alone tells of a cell: of a total that is shown, two parts or more must be
    hidden, with enough respondents."""
    total, parts = table.sums[number]
    inside = [cell for cell in parts if hidden[cell]]
    if hidden[total] or not any(_is_sensitive(table, limits, cell) for cell in inside):
        return False
    return len(inside) == 1 or bool(table.n[inside].sum() < limits.respondents)


def _hide_until_safe(table: Table, limits: Limits, hidden: Bools, seen: "_Seen") -> None:
    """Part by part, since what is hidden in one is of no concern to another."""
    few = primary(table, limits)
    told: set[int] = set()
    waiting = _components(table, hidden, np.flatnonzero(hidden))
    while waiting:
        part = waiting.pop()
        polytope = _Polytope(table, hidden, part, seen)
        while (unsafe := polytope.unsafe(limits, told)) is not None:
            choice = _cheapest(table, limits, hidden, polytope, unsafe)
            if choice is not None:
                hidden[choice] = True
                [joined] = _components(table, hidden, [choice])
                waiting = [one for one in waiting if one[0] not in joined]
                # hidden with another, the cell may be in a part that it does not share a sum with
                waiting += [joined] if set(part) <= set(joined) else [part, joined]
                break
            if few[unsafe]:
                raise CannotProtect(
                    f"A hidden group (cell {unsafe}) can be computed, and nothing that is left to "
                    "hide protects it: the release that is shown now has shown too much. Take it "
                    "away (`tillit releases set-current` to another, or remove its folder) and run "
                    "again."
                )
            told.add(unsafe)


def _cheapest(
    table: Table, limits: Limits, hidden: Bools, polytope: "_Polytope", cell: int
) -> int | None:
    """What to hide next: of the sums that give `cell` away, what costs least for what it opens;
    None where nothing is left to hide around it."""
    around = {number for one in polytope.cells for number in table.sums_of[one]}
    for numbers, answer in [*polytope.given_away_by(cell, limits), (sorted(around), None)]:
        sums = [table.sums[number] for number in numbers]
        cells = [one for total, parts in sums for one in (total, *parts)]
        choice = _least_cost(table, hidden, cells, answer)
        if choice is not None:
            return choice
    return None


def _least_cost(
    table: Table, hidden: Bools, cells: Iterable[int], answer: int | None = None
) -> int | None:
    """The shown cell that costs fewest respondents, with what it will need beside it; totals cost
    all that is in them, and so are hidden last. It is to leave open who gave `answer`, if any."""

    def cost(cell: int) -> tuple[float, int]:
        needed = 0
        for number in table.sums_of[cell]:
            total, parts = table.sums[number]
            if not any(hidden[one] for one in (total, *parts)):
                shown = [int(table.n[one]) for one in (total, *parts) if one != cell]
                needed += min(shown, default=0)
        gain = 1 if answer is None else min(ENOUGH, int(table.counts[cell, answer]))
        return (int(table.n[cell]) + needed) / gain, cell

    def helps(cell: int) -> bool:
        return answer is None or bool(table.counts[cell, answer])

    shown = {c for c in cells if table.may_hide[c] and not hidden[c] and helps(c)}
    return min(shown, key=cost, default=None)


def _show_what_need_not_hide(table: Table, limits: Limits, hidden: Bools, must: Bools) -> None:
    """Show again, the largest first, what is safe to show."""
    for cell in sorted(np.flatnonzero(hidden & ~must).tolist(), key=lambda one: -int(table.n[one])):
        hidden[cell] = False
        if any(_gives_away(table, limits, hidden, number) for number in table.sums_of[cell]):
            hidden[cell] = True
            continue
        touched = {c for s in table.sums_of[cell] for c in (table.sums[s][0], *table.sums[s][1])}
        parts = _components(table, hidden, [c for c in touched if hidden[c]])
        seen = _Seen.of(table)
        if any(_Polytope(table, hidden, p, seen).unsafe(limits) is not None for p in parts):
            hidden[cell] = True


# --- what an outsider may compute ----------------------------------------------------------------


def _is_sensitive(table: Table, limits: Limits, cell: int) -> bool:
    """A group that is never shown is of no concern where it might have been."""
    if table.is_published[cell]:
        return True
    alike = table.counts.shape[1] > 1 and table.counts[cell].max() == table.n[cell]
    return bool(
        table.n[cell] < limits.minimum or (alike and table.n[cell] < limits.same_answer_below)
    )


def _components(table: Table, hidden: Bools, start: Iterable[int]) -> list[list[int]]:
    """The hidden cells from `start` on, in parts that share no sum."""
    seen: set[int] = set()
    parts = []
    for first in start:
        if first in seen:
            continue
        seen.add(int(first))
        part, waiting = [], [int(first)]
        while waiting:
            cell = waiting.pop()
            part.append(cell)
            for number in table.sums_of[cell]:
                total, within = table.sums[number]
                near = [c for c in (total, *within) if hidden[c] and c not in seen]
                seen.update(near)
                waiting += near
        parts.append(sorted(part))
    return parts


@dataclass(frozen=True)
class _Seen:
    """How low and high a number was seen in points of a polytope. To hide more opens a polytope
    further, so what was seen stays true for as long as nothing is shown again.

    n: of respondents, one column. answers: of those with each answer.
    """

    n: tuple[Floats, Floats]
    answers: tuple[Floats, Floats]

    @staticmethod
    def of(table: Table) -> "_Seen":
        """Only the true point has been seen."""
        n, answers = table.n[:, None].astype(float), table.counts.astype(float)
        return _Seen((n.copy(), n.copy()), (answers.copy(), answers.copy()))


class _Polytope:
    """What is open to an outsider about one part of the hidden cells."""

    def __init__(self, table: Table, hidden: Bools, cells: Sequence[int], seen: _Seen) -> None:
        self.table, self.cells, self.seen = table, list(cells), seen
        self.place = {cell: place for place, cell in enumerate(cells)}
        numbers = sorted({number for cell in cells for number in table.sums_of[cell]})
        self.rows: list[list[tuple[int, int]]] = []
        self.numbers = numbers
        for number in numbers:
            total, parts = table.sums[number]
            row = [(self.place[c], 1) for c in parts if hidden[c]]
            self.rows.append(row + ([(self.place[total], -1)] if hidden[total] else []))
        self.counts, self.n = table.counts[self.cells], table.n[self.cells]
        self.is_sure_to_absorb = len(self.rows) == 1 and all(s > 0 for _, s in self.rows[0])

    @cached_property
    def of_n(self) -> "_Reach":
        """What can be told of the number in each cell; `most` bounds those with an answer alone, as
        how many answered is no secret where more than a few are known to have been asked."""
        n = self.n[:, None].astype(float)
        return _Reach(self.rows, n, np.full(len(n), np.inf), self.seen.n, self.cells)

    @cached_property
    def of_answers(self) -> "_Reach":
        """What can be told of the number with each answer."""
        most, counts = self.table.most[self.cells], self.counts.astype(float)
        return _Reach(self.rows, counts, most, self.seen.answers, self.cells)

    def unsafe(self, limits: Limits, told: Set[int] = frozenset()) -> int | None:
        """The smallest cell known more narrowly than the limits allow, if there is one that is not
        `told` already."""
        if not self.rows:
            return None
        wanted = [c for c in self.cells if c not in told and _is_sensitive(self.table, limits, c)]
        places = sorted((self.place[cell] for cell in wanted), key=lambda p: int(self.n[p]))
        for find in (self._narrow, self._answers_known):
            left = places
            while left and (bad := find(limits, left)) is not None:
                if not self._is_surely_many(limits, bad):
                    return self.cells[bad]
                left = [place for place in left if place != bad]
        return None

    def _is_surely_many(self, limits: Limits, place: int) -> bool:
        """Whether the outsider can tell that the cell is large enough to be shown."""
        if self.n[place] < limits.minimum or self.is_sure_to_absorb:
            return False
        return self.of_n.lowest(place) >= limits.minimum - CLOSE

    def _narrow(self, limits: Limits, places: Sequence[int]) -> int | None:
        """Where the number of respondents is known too well."""
        if self.is_sure_to_absorb:
            is_open = len(self.cells) > 1 and self.n.sum() >= limits.respondents
            return None if is_open else places[0]
        return self.of_n.narrower(places, limits.respondents)

    def _answers_known(self, limits: Limits, places: Sequence[int]) -> int | None:
        """Where an answer is known to have been given, or all are known to have given the same."""
        if self.counts.shape[1] == 1:
            return None
        alike = (self.counts.max(axis=1) == self.n) & (self.n < limits.same_answer_below)
        few_alike = [place for place in places if alike[place]]
        is_free = self.is_sure_to_absorb and bool(np.isinf(self.table.most[self.cells]).all())
        if is_free and len(self.cells) > 1:
            given_by = self.counts.sum(axis=0)
            sole = [p for p in few_alike if given_by[self.counts[p].argmax()] == given_by.sum()]
            return sole[0] if sole else None
        known = self.of_answers.certain(places, limits.answers)
        return self.of_answers.all_alike(few_alike) if known is None else known

    def given_away_by(self, cell: int, limits: Limits) -> list[tuple[list[int], int | None]]:
        """The sums that bound the number in the cell most, and those that bound an answer's."""
        found: list[tuple[list[int], int | None]] = []
        rows, width = self.of_n.bounded_by(self.place[cell], 0)
        found.append(([self.numbers[row] for row in rows], None))
        if self.counts.shape[1] == 1 or width < limits.respondents:
            return found
        narrow = []
        for answer in range(self.counts.shape[1]):
            rows, width = self.of_answers.bounded_by(self.place[cell], answer)
            numbers = [self.numbers[row % len(self.rows)] for row in rows]
            narrow.append((width, (numbers, answer)))
        return [one for _, one in sorted(narrow, key=lambda pair: pair[0])] + found


class _Reach:
    """Linear programming over the polytope; remembers how low and high each number was seen."""

    def __init__(
        self,
        rows: Sequence[list[tuple[int, int]]],
        true: Floats,
        most: Floats,
        seen: tuple[Floats, Floats],
        cells: Sequence[int],
    ) -> None:
        self.n_cells, self.n_answers = true.shape
        self.n_rows = len(rows)
        self.all_low, self.all_high = seen
        self.at = np.asarray(cells)
        self.low, self.high = self.all_low[self.at], self.all_high[self.at]
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("solver", "simplex")
        self.solver.setOptionValue("simplex_strategy", PRIMAL)
        self.solver.setOptionValue("threads", 1)
        self.solver.passModel(_model(rows, true, most))

    def narrower(self, places: Sequence[int], width: float) -> int | None:
        """The first of the cells whose number is known within less than `width`."""

        def is_open(place: int) -> bool:
            return bool(self.high[place, 0] - self.low[place, 0] < width - CLOSE)

        random = np.random.default_rng(0)
        for _ in range(ROUNDS):
            if not (left := [place for place in places if is_open(place)]):
                return None
            signs = random.choice([-1.0, 1.0], len(left))
            for way in (1.0, -1.0):
                self._go({(p, 0): way * sign for p, sign in zip(left, signs, strict=True)})
        for place in left:
            for way in (1.0, -1.0):
                if is_open(place):
                    self._go({(place, 0): way})
            if is_open(place):
                return place
        return None

    def certain(self, places: Sequence[int], width: float) -> int | None:
        """The first of the cells in which somebody is known to have given an answer, within less
        than `width`."""

        def is_open(one: tuple[int, int]) -> bool:
            return bool(self.low[one] > CLOSE and self.high[one] - self.low[one] < width - CLOSE)

        every = [(place, answer) for place in places for answer in range(self.n_answers)]
        for _ in range(ROUNDS):
            if not (left := [one for one in every if is_open(one)]):
                return None
            self._go(dict.fromkeys(left, -1.0))
        for one in left:
            for way in (-1.0, 1.0):
                if is_open(one):
                    self._go({one: way})
            if is_open(one):
                return one[0]
        return None

    def all_alike(self, places: Sequence[int]) -> int | None:
        """The first of the cells, in which all gave the same answer, where that is certain."""
        for place in places:
            given = int(self.high[place].argmax())
            others = [(place, a) for a in range(self.n_answers) if a != given]
            if all(self.high[one] < 1 - CLOSE for one in others):
                self._go(dict.fromkeys(others, 1.0))
            if all(self.high[one] < 1 - CLOSE for one in others):
                return place
        return None

    def lowest(self, place: int) -> float:
        """How few can be in the cell."""
        self._go({(place, 0): -1.0})
        return float(self.low[place, 0])

    def bounded_by(self, place: int, answer: int) -> tuple[list[int], float]:
        """The rows that keep the number from going further either way, and how far it goes."""
        rows: set[int] = set()
        for sign in (1.0, -1.0):
            self._go({(place, answer): sign})
            duals = np.abs(self.solver.getSolution().row_dual)
            rows |= set(np.flatnonzero(duals > CLOSE).tolist())
        n_sums = self.n_rows * self.n_answers
        width = float(self.high[place, answer] - self.low[place, answer])
        return sorted(row for row in rows if row < n_sums), width

    def _go(self, objective: dict[tuple[int, int], float]) -> None:
        """Go as far as the polytope reaches; an endless way is as far as anybody asks."""
        costs = np.zeros(self.n_cells * self.n_answers)
        for (place, answer), sign in objective.items():
            costs[answer * self.n_cells + place] = -sign
        self.solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self.solver.run()
        point = np.array(self.solver.getSolution().col_value)
        point = point.reshape(self.n_answers, self.n_cells).T
        self.low, self.high = np.minimum(self.low, point), np.maximum(self.high, point)
        self.all_low[self.at], self.all_high[self.at] = self.low, self.high


def _model(rows: Sequence[list[tuple[int, int]]], true: Floats, most: Floats) -> highspy.HighsLp:
    """All points that add up as the true ones do; a row for each sum and answer, and one for each
    cell that can hold so many at most."""
    n_cells, n_answers = true.shape
    starts, index, value, lower, upper = [0], [], [], [], []
    for answer in range(n_answers):
        for row in rows:
            index += [answer * n_cells + place for place, _ in row]
            value += [float(sign) for _, sign in row]
            at = sum(sign * true[place, answer] for place, sign in row)
            lower.append(at)
            upper.append(at)
            starts.append(len(index))
    for place in np.flatnonzero(np.isfinite(most)):
        index += [answer * n_cells + int(place) for answer in range(n_answers)]
        value += [1.0] * n_answers
        lower.append(-highspy.kHighsInf)
        upper.append(max(float(most[place]), float(true[place].sum())))
        starts.append(len(index))
    model = highspy.HighsLp()
    size = n_cells * n_answers
    # no number is without end: a point far off is wide enough
    far = float(true.sum()) + 1000.0
    model.num_col_, model.num_row_ = size, len(lower)
    model.col_cost_ = np.zeros(size)
    model.col_lower_, model.col_upper_ = np.zeros(size), np.full(size, far)
    model.row_lower_, model.row_upper_ = np.array(lower), np.array(upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(index, dtype=np.int32)
    model.a_matrix_.value_ = np.array(value)
    return model
