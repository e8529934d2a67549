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

Bounds that follow from one sum after another tell nearly all that can be computed (outer.py); that
the rest cannot is shown by points that linear programming finds, each for all cells at once. What
is not safe is mended by hiding the cell that costs least, in respondents, of those that give it
away; at the end what is not needed is shown again. What an earlier release alone tells of a group
cannot be mended: one that is large enough to be shown is left at that, with all around it hidden.
The greedy choice is that of A. Hundepool et al., Statistical Disclosure Control (2012), section
4.4; its loss beside the least possible is told by `make prove-disclosure`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from dagster_project.disclosure.outer import Sums, outer_bounds

ROUNDS = 2
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
        hide_until_safe(protecting, limits, found, Seen.of(table), np.flatnonzero(found))
        _show_what_need_not_hide(protecting, limits, found, must)
    return (found & table.is_published) | few


def is_safe(table: Table, limits: Limits, hidden: Bools) -> bool:
    """Whether no hidden cell can be computed more narrowly than the limits allow."""
    out = hidden | ~table.is_published
    parts = components(table, out, np.flatnonzero(out))
    seen = Seen.of(table)
    return all(Polytope(table, out, part, seen).unsafe(limits) is None for part in parts)


# --- the greedy choice -------------------------------------------------------------------------


def _hide_where_one_is_alone(table: Table, limits: Limits, hidden: Bools) -> None:
    """The plain cases at once, without linear programming."""
    waiting = list(range(len(table.sums)))
    while waiting:
        number = waiting.pop()
        if _gives_away(table, limits, hidden, number):
            total, parts = table.sums[number]
            choice = least_cost(table, hidden, [*parts, total])
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


def hide_until_safe(
    table: Table, limits: Limits, hidden: Bools, seen: "Seen", start: Iterable[int]
) -> None:
    """Hide more, in `hidden` itself, until the hidden cells of `start` and all that they share sums
    with are safe; part by part, since what is hidden in one is of no concern to another."""
    few = primary(table, limits)
    told: set[int] = set()
    waiting = components(table, hidden, start)
    while waiting:
        part = waiting.pop()
        polytope = Polytope(table, hidden, part, seen)
        while (unsafe := polytope.unsafe(limits, told)) is not None:
            choice = _cheapest(table, hidden, polytope, unsafe)
            if choice is not None:
                hidden[choice] = True
                [joined] = components(table, hidden, [choice])
                waiting = [one for one in waiting if one[0] not in joined]
                # hidden with another, the cell may be in a part that it does not share a sum with
                waiting += [joined] if set(part) <= set(joined) else [part, joined]
                break
            if few[unsafe.cell]:
                raise CannotProtect(
                    f"A hidden group (cell {unsafe.cell}) can be computed, and nothing that is "
                    "left to hide protects it: the release that is shown now has shown too much. "
                    "Take it away (`tillit releases set-current` to another, or remove its folder) "
                    "and run again."
                )
            told.add(unsafe.cell)


def _cheapest(table: Table, hidden: Bools, polytope: "Polytope", unsafe: "_Unsafe") -> int | None:
    """What to hide next: of the sums that give the cell away, what costs least for what it opens;
    None where nothing is left to hide around it."""
    around = {number for one in polytope.cells for number in table.sums_of[one]}
    for numbers, answer in chain(polytope.given_away_by(unsafe), [(sorted(around), None)]):
        sums = [table.sums[number] for number in numbers]
        cells = [one for total, parts in sums for one in (total, *parts)]
        choice = least_cost(table, hidden, cells, answer)
        if choice is not None:
            return choice
    return None


def least_cost(
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
        parts = components(table, hidden, [c for c in touched if hidden[c]])
        seen = Seen.of(table)
        if any(Polytope(table, hidden, p, seen).unsafe(limits) is not None for p in parts):
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


def components(table: Table, hidden: Bools, start: Iterable[int]) -> list[list[int]]:
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


class Tie(NamedTuple):
    """What is known beside the sums: that the numbers in some places, each times its factor, come
    to something between two bounds. factors: places by answers."""

    places: NDArray[np.int64]
    factors: Floats
    low: float
    high: float


@dataclass(frozen=True)
class Seen:
    """How low and high a number was seen in points of a polytope. To hide more opens a polytope
    further, so what was seen stays true for as long as nothing is shown again.

    n: of respondents, one column. answers: of those with each answer.
    """

    n: tuple[Floats, Floats]
    answers: tuple[Floats, Floats]

    @staticmethod
    def of(table: Table) -> "Seen":
        """Only the true point has been seen."""
        n, answers = table.n[:, None].astype(float), table.counts.astype(float)
        return Seen((n.copy(), n.copy()), (answers.copy(), answers.copy()))


class Polytope:
    """What is open to an outsider about one part of the hidden cells."""

    def __init__(
        self,
        table: Table,
        hidden: Bools,
        cells: Sequence[int],
        seen: Seen,
        ties: Sequence[Tie] = (),
    ) -> None:
        """ties: what is known of the answers beside the sums, of cells that the sums keep safe."""
        self.ties = ties
        self.table, self.cells, self.seen = table, list(cells), seen
        self.place = {cell: place for place, cell in enumerate(cells)}
        numbers = sorted({number for cell in cells for number in table.sums_of[cell]})
        self.numbers = numbers
        entries = []
        for row, number in enumerate(numbers):
            total, parts = table.sums[number]
            entries += [(row, self.place[c], 1) for c in parts if hidden[c]]
            entries += [(row, self.place[total], -1)] if hidden[total] else []
        self.sums = Sums.of(entries)
        self.counts, self.n = table.counts[self.cells], table.n[self.cells]
        is_one_sum = len(numbers) == 1 and all(sign > 0 for *_, sign in entries)
        self.is_sure_to_absorb = is_one_sum and not ties

    @cached_property
    def of_n(self) -> "_Reach":
        """What can be told of the number in each cell; `most` bounds those with an answer alone, as
        how many answered is no secret where more than a few are known to have been asked."""
        n = self.n[:, None].astype(float)
        return _Reach(self.sums, n, np.full(len(n), np.inf), self.seen.n, self.cells)

    @cached_property
    def of_answers(self) -> "_Reach":
        """What can be told of the number with each answer."""
        most, counts = self.table.most[self.cells], self.counts.astype(float)
        return _Reach(self.sums, counts, most, self.seen.answers, self.cells, self.ties)

    def unsafe(self, limits: Limits, told: Set[int] = frozenset()) -> "_Unsafe | None":
        """The smallest cell known more narrowly than the limits allow, if there is one that is not
        `told` already; of those that arithmetic finds, if it finds any."""
        if not self.numbers:
            return None
        wanted = [c for c in self.cells if c not in told and _is_sensitive(self.table, limits, c)]
        places = sorted((self.place[cell] for cell in wanted), key=lambda p: int(self.n[p]))
        if not self.is_sure_to_absorb:
            # that a group is large enough to be shown may be known
            surely = self.of_n.bounds[0][:, 0] >= limits.minimum - CLOSE
            places = [place for place in places if not surely[place]]
        for is_searched in (False, True):
            for is_by_answer, find in enumerate((self._narrow, self._answers_known)):
                for place in find(limits, places, is_searched):
                    if not self._is_surely_many(limits, place):
                        return _Unsafe(self.cells[place], bool(is_by_answer))
        return None

    def _is_surely_many(self, limits: Limits, place: int) -> bool:
        """Whether the outsider can tell that the cell is large enough to be shown."""
        if self.n[place] < limits.minimum or self.is_sure_to_absorb:
            return False
        return self.of_n.is_surely(place, limits.minimum)

    def _narrow(self, limits: Limits, places: Sequence[int], is_searched: bool) -> Iterable[int]:
        """Where the number of respondents is known too well; ties say nothing of it."""
        if self.ties:
            return ()
        if self.is_sure_to_absorb:
            is_open = len(self.cells) > 1 and self.n.sum() >= limits.respondents
            return () if is_open else places
        return self.of_n.narrower(places, limits.respondents, is_searched)

    def _answers_known(
        self, limits: Limits, places: Sequence[int], is_searched: bool
    ) -> Iterable[int]:
        """Where an answer is known to have been given, or all are known to have given the same."""
        if self.counts.shape[1] == 1:
            return ()
        alike = (self.counts.max(axis=1) == self.n) & (self.n < limits.same_answer_below)
        few_alike = [place for place in places if alike[place]]
        is_free = self.is_sure_to_absorb and bool(np.isinf(self.table.most[self.cells]).all())
        if is_free and len(self.cells) > 1:
            given_by = self.counts.sum(axis=0)
            return [p for p in few_alike if given_by[self.counts[p].argmax()] == given_by.sum()]
        return chain(
            self.of_answers.certain(places, limits.answers, is_searched),
            self.of_answers.all_alike(few_alike, is_searched),
        )

    def given_away_by(self, unsafe: "_Unsafe") -> Iterator[tuple[list[int], int | None]]:
        """The sums that bound an answer's number most, the one that is known best first; and those
        that bound the number in the cell."""
        place = self.place[unsafe.cell]
        if unsafe.is_by_answer:
            low, high = (ends[place] for ends in self.of_answers.bounds)
            for answer in np.lexsort((high - low, low <= CLOSE)).tolist():
                rows = self.of_answers.bounded_by(place, answer)
                yield [self.numbers[row % len(self.numbers)] for row in rows], answer
        yield [self.numbers[row] for row in self.of_n.bounded_by(place, 0)], None

    def tied_by(self, cell: int) -> set[int]:
        """The ties that bound the number with some answer in the cell."""
        place, answers = self.place[cell], range(self.counts.shape[1])
        return {tie for answer in answers for tie in self.of_answers.tied_by(place, answer)}

    def untie(self, ties: Iterable[int]) -> None:
        """Take ties away."""
        self.of_answers.untie(ties)


class _Unsafe(NamedTuple):
    """A cell of which too much is known: of an answer, or else of how many there are."""

    cell: int
    is_by_answer: bool


Ends = tuple[Floats, Floats]


class _Reach:
    """How low and high each number in the polytope can be: between bounds that arithmetic gives,
    and points found by linear programming, which are remembered."""

    def __init__(
        self,
        sums: Sums,
        true: Floats,
        most: Floats,
        seen: Ends,
        cells: Sequence[int],
        ties: Sequence[Tie] = (),
    ) -> None:
        self.ties = ties
        self.sums, self.true, self.most = sums, true, most
        self.n_cells, self.n_answers = true.shape
        # no number is without end: a point far off is wide enough
        self.far = float(true.sum()) + 1000.0
        self.all_low, self.all_high = seen
        self.at = np.asarray(cells)
        self.low, self.high = self.all_low[self.at], self.all_high[self.at]

    @cached_property
    def bounds(self) -> Ends:
        """How low and high each number can be at most, by arithmetic alone."""
        return outer_bounds(self.sums, self.true, self.most, self.far)

    @cached_property
    def solver(self) -> highspy.Highs:
        """The programme, for what arithmetic leaves open."""
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("solver", "simplex")
        solver.setOptionValue("simplex_strategy", PRIMAL)
        solver.setOptionValue("threads", 1)
        _give_model(solver, self.sums, self.true, self.most, self.far)
        answers = self.n_cells * np.arange(self.n_answers)
        for tie in self.ties:
            columns = (tie.places[:, None] + answers).astype(np.int32).ravel()
            solver.addRow(tie.low, tie.high, len(columns), columns, tie.factors.ravel())
        return solver

    @property
    def seen(self) -> Ends:
        """How low and high each number was seen."""
        return self.low, self.high

    def is_surely(self, place: int, least: float) -> bool:
        """Whether so many at least are in the cell."""
        if self.low[place, 0] >= least - CLOSE:
            self._go({(place, 0): -1.0})
        return bool(self.low[place, 0] >= least - CLOSE)

    def narrower(self, places: Sequence[int], width: float, is_searched: bool) -> Iterator[int]:
        """The cells whose number is known within less than `width`."""

        def narrow(ends: Ends, among: Sequence[int]) -> list[int]:
            spread = (ends[1] - ends[0])[list(among), 0]
            return [p for p, one in zip(among, spread.tolist(), strict=True) if one < width - CLOSE]

        if not is_searched:
            yield from narrow(self.bounds, places)
            return
        left = places
        random = np.random.default_rng(0)
        for _ in range(ROUNDS):
            if not (left := narrow(self.seen, left)):
                return
            signs = random.choice([-1.0, 1.0], len(left)).tolist()
            for way in (1.0, -1.0):
                self._go({(p, 0): way * sign for p, sign in zip(left, signs, strict=True)})
        for place in left:
            for way in (1.0, -1.0):
                if narrow(self.seen, [place]):
                    self._go({(place, 0): way})
            yield from narrow(self.seen, [place])

    def certain(self, places: Sequence[int], width: float, is_searched: bool) -> Iterator[int]:
        """The cells in which somebody is known to have given an answer, within less than `width`;
        one as often as there are such answers."""

        def known(ends: Ends) -> list[tuple[int, int]]:
            low, high = (of[list(places)] for of in ends)
            found = np.argwhere((low > CLOSE) & (high - low < width - CLOSE)).tolist()
            return [(places[number], answer) for number, answer in found]

        def is_known(one: tuple[int, int]) -> bool:
            low, high = self.low[one], self.high[one]
            return bool(low > CLOSE and high - low < width - CLOSE)

        if not is_searched:
            yield from (place for place, _ in known(self.bounds))
            return
        for _ in range(ROUNDS):
            if not (left := known(self.seen)):
                return
            self._go(dict.fromkeys(left, -1.0))
        for one in left:
            for way in (-1.0, 1.0):
                if is_known(one):
                    self._go({one: way})
            if is_known(one):
                yield one[0]

    def all_alike(self, places: Sequence[int], is_searched: bool) -> Iterator[int]:
        """Those of the cells in which all gave the same answer where that is certain."""

        def is_alike(ends: Ends, place: int) -> bool:
            return bool(np.count_nonzero(ends[1][place] < 1 - CLOSE) >= self.n_answers - 1)

        if not is_searched:
            yield from (place for place in places if is_alike(self.bounds, place))
            return
        for place in places:
            given = int(self.true[place].argmax())
            if is_alike(self.seen, place):
                self._go({(place, a): 1.0 for a in range(self.n_answers) if a != given})
            if is_alike(self.seen, place):
                yield place

    def bounded_by(self, place: int, answer: int) -> list[int]:
        """The rows of sums that keep the number from going further either way."""
        n_sums = self.sums.n_rows * self.n_answers
        return [row for row in self._bounding(place, answer) if row < n_sums]

    def tied_by(self, place: int, answer: int) -> list[int]:
        """The ties that do."""
        first = self.solver.getNumRow() - len(self.ties)
        return [row - first for row in self._bounding(place, answer) if row >= first]

    def untie(self, ties: Iterable[int]) -> None:
        """Take ties away."""
        first = self.solver.getNumRow() - len(self.ties)
        for tie in ties:
            self.solver.changeRowBounds(first + tie, -highspy.kHighsInf, highspy.kHighsInf)

    def _bounding(self, place: int, answer: int) -> list[int]:
        rows: set[int] = set()
        for sign in (1.0, -1.0):
            self._go({(place, answer): sign})
            duals = np.abs(self.solver.getSolution().row_dual)
            rows |= set(np.flatnonzero(duals > CLOSE).tolist())
        return sorted(rows)

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


def _give_model(solver: highspy.Highs, sums: Sums, true: Floats, most: Floats, far: float) -> None:
    """All points that add up as the true ones do; a row for each sum and answer, and one for each
    cell that can hold so many at most."""
    n_cells, n_answers = true.shape
    answers, capped = np.arange(n_answers)[:, None], np.flatnonzero(np.isfinite(most))
    solver.addVars(true.size, np.zeros(true.size), np.full(true.size, far))
    totals = sums.totals(true).T.ravel()
    solver.addRows(
        len(totals),
        totals,
        totals,
        len(sums.cell) * n_answers,
        (sums.starts + len(sums.cell) * answers).ravel().astype(np.int32),
        (sums.cell + n_cells * answers).ravel().astype(np.int32),
        np.tile(sums.sign, n_answers),
    )
    if len(capped):
        solver.addRows(
            len(capped),
            np.full(len(capped), -highspy.kHighsInf),
            np.maximum(most[capped], true[capped].sum(axis=1)),
            len(capped) * n_answers,
            (n_answers * np.arange(len(capped))).astype(np.int32),
            (capped + n_cells * answers).T.ravel().astype(np.int32),
            np.ones(len(capped) * n_answers),
        )
