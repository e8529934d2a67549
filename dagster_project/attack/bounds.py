"""How narrowly the hidden numbers of a sheet can be computed, by linear programming with HiGHS.

Belongs here: the programme of one sheet, and what an outsider succeeds in. Does not belong here:
where a sheet comes from (evidence.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from dagster_project.attack.evidence import CLASSES, Cell, Mix, Name, Range, Sheet

ALMOST = 1e-6
FAR = 1e5
TRIES = 3
PRIMAL_SIMPLEX = 4  # the last point stays feasible when only the objective changes


class Contradiction(Exception):
    """The tables of a release contradict each other, so that nothing can be said of it."""


@dataclass(frozen=True)
class Demands:
    """What must not be computed: a number that may be under `minimum` within less than
    `respondents`; how many gave an answer within less than `answers`, where it is certain that
    somebody did; that all in fewer than `same_answer_below` gave one."""

    minimum: int
    respondents: int
    answers: int
    same_answer_below: int


@dataclass(frozen=True)
class Success:
    """What was computed of a hidden cell: how many answered, how many gave an answer, or that all
    gave one; within how many."""

    wave: str
    question_id: str
    name: Name
    what: str
    width: float = 0.0


def beyond(found: Iterable[Success], told: Iterable[Success]) -> list[Success]:
    """Those of `found` that tell more than `told` does."""
    before = {(one.wave, one.question_id, one.name, one.what): one.width for one in told}
    return [
        one
        for one in found
        if one.width < before.get((one.wave, one.question_id, one.name, one.what), np.inf) - ALMOST
    ]


def attack_all(sheets: Sequence[Sheet], demands: Demands) -> list[Success]:
    """Try to compute each hidden cell of all sheets."""
    asked = {sheet.wave: sheet.cells for sheet in sheets if not sheet.question_id}
    return [
        success
        for sheet in sheets
        for success in attack(sheet, asked[sheet.wave] if sheet.question_id else {}, demands)
    ]


def attack(sheet: Sheet, asked: Mapping[Name, Cell], demands: Demands) -> Iterator[Success]:
    """Try to compute each hidden cell of a sheet; asked: the cells of all respondents of the wave,
    more than whom cannot have answered.

    Raises Contradiction.
    """
    for name, cell in sheet.cells.items():
        if cell.n is not None and cell.n < demands.minimum:
            yield Success(sheet.wave, sheet.question_id, name, "shown here or earlier")
    for total in _left_over(sheet, demands):
        yield Success(sheet.wave, sheet.question_id, total, "what is left over of it")
    try:
        numbers: dict[Name, tuple[_Bounds, int]] = {}
        for cells, sums, _ in _blocks(sheet, ()):
            near = {name: (c.n, c.n) for name, c in _near(sheet, sums, ()).items()}
            block = _bounds(cells, sums, [near], [])
            numbers |= {name: (block, at) for at, name in enumerate(cells)}
            yield from _attack_numbers(sheet, cells, block, demands)
        for cells, sums, mixes in _blocks(sheet, sheet.mixes) if sheet.question_id else ():
            most = [asked[one].n if one in asked else None for one in cells]
            yield from _attack_answers(sheet, cells, sums, mixes, most, demands, numbers)
    except Contradiction as fault:
        raise Contradiction(f"{sheet.question_id or 'respondents'} of {sheet.wave}") from fault


Sums = Sequence[tuple[Name, tuple[Name, ...]]]


def _left_over(sheet: Sheet, demands: Demands) -> Iterator[Name]:
    """Where everything is shown and does not add up, the few who are left are found."""
    for total, parts in sheet.sums:
        n = sheet.cells[total].n
        shown = [sheet.cells[part].n for part in parts]
        if n is not None and None not in shown:
            left = n - sum(one for one in shown if one is not None)
            if 0 < left < demands.minimum:
                yield total


def _blocks(sheet: Sheet, mixes: Sequence[Mix]) -> Iterator[tuple[list[Name], Sums, list[Mix]]]:
    """The hidden cells in parts that share no sum and none of the mixes, each with its own."""
    sums_of, mixes_of = defaultdict(list), defaultdict(list)
    hidden = {name for name, cell in sheet.cells.items() if cell.n is None}
    for one in sheet.sums:
        for name in hidden.intersection((one[0], *one[1])):
            sums_of[name].append(one)
    for number, mix in enumerate(mixes):
        for name in hidden.intersection(mix.weights):
            mixes_of[name].append(number)
    left = dict.fromkeys(sorted(hidden))
    while left:
        first = next(iter(left))
        block, waiting = {first: None}, [first]
        sums: dict[tuple[Name, tuple[Name, ...]], None] = {}
        numbers: dict[int, None] = {}
        while waiting:
            name = waiting.pop()
            sums |= dict.fromkeys(sums_of[name])
            numbers |= dict.fromkeys(mixes_of[name])
            near = [one for total, parts in sums_of[name] for one in (total, *parts)]
            near += [one for number in mixes_of[name] for one in mixes[number].weights]
            new = dict.fromkeys(one for one in near if one in hidden and one not in block)
            block |= new
            waiting += new
        for name in block:
            del left[name]
        if sums or numbers:
            yield list(block), list(sums), [mixes[number] for number in numbers]


def _attack_numbers(
    sheet: Sheet, cells: list[Name], numbers: "_Bounds", demands: Demands
) -> Iterator[Success]:
    """How many answered."""
    every = [(at, 0) for at in range(len(cells))]
    many = set(numbers.at_least(every, demands.minimum - ALMOST))
    small = [one for one in every if one not in many]
    for at, _ in numbers.narrow(small, demands.respondents):
        width = _spread(numbers, at, 0)
        yield Success(sheet.wave, sheet.question_id, cells[at], "respondents", width)


def _attack_answers(
    sheet: Sheet,
    cells: list[Name],
    sums: Sums,
    mixes: Sequence[Mix],
    most: list[int | None],
    demands: Demands,
    numbers: Mapping[Name, tuple["_Bounds", int]],
) -> Iterator[Success]:
    """How many gave each answer, in the cells that are not surely many. numbers: what was found of
    how many answered, and where in it each cell is."""

    def is_many(name: Name) -> bool:
        block, at = numbers.get(name, (None, 0))
        return block is not None and bool(block.least[at] >= demands.minimum - ALMOST)

    def is_few(name: Name) -> bool:
        block, at = numbers.get(name, (None, 0))
        return block is not None and bool(block.at_most([(at, 0)], demands.same_answer_below - 1))

    near = _near(sheet, sums, mixes)
    known = [
        {name: None if c.answers is None else c.answers[k] for name, c in near.items()}
        for k in range(len(CLASSES))
    ]
    of_n = {name: (c.n, c.n) for name, c in near.items()}
    answers = _bounds(cells, sums, known, most, mixes, of_n)
    small = [at for at, name in enumerate(cells) if not is_many(name)]
    every = [(at, k) for at in small for k in range(len(CLASSES))]
    # most of what somebody certainly gave is open enough: that is seen before it is proved certain
    narrow = answers.narrow(answers.seen_at_least(every, ALMOST), demands.answers)
    for at, k in answers.at_least(narrow, ALMOST):
        width = _spread(answers, at, k)
        yield Success(sheet.wave, sheet.question_id, cells[at], CLASSES[k], width)
    alike = [at for at in small if answers.n_seen(at) < 2]
    never = set(answers.at_most([(at, k) for at in alike for k in range(len(CLASSES))], 1 - ALMOST))
    for at in alike:
        left = [CLASSES[k] for k in range(len(CLASSES)) if (at, k) not in never]
        if len(left) < 2 and is_few(cells[at]):
            yield Success(sheet.wave, sheet.question_id, cells[at], f"all {' '.join(left)}")


def _near(sheet: Sheet, sums: Sums, mixes: Sequence[Mix]) -> dict[Name, Cell]:
    """The cells of the sums and the mixes."""
    names = [name for total, parts in sums for name in (total, *parts)]
    return {
        name: sheet.cells[name] for name in [*names, *(n for mix in mixes for n in mix.weights)]
    }


def _bounds(
    cells: list[Name],
    sums: Sums,
    known: Sequence["Known"],
    most: Sequence[int | None],
    mixes: Sequence[Mix] = (),
    of_n: "Known | None" = None,
) -> "_Bounds":
    """Most blocks are one shown total and some of its parts, of which all is known without a
    search."""
    if len(sums) == 1 and sums[0][0] not in cells and not mixes:
        return _OneSum(cells, sums, known, most)
    return _Programme(cells, sums, known, most, mixes, of_n)


def _spread(bounds: "_Bounds", at: int, answer: int) -> float:
    column = answer * bounds.width + at
    return float(bounds.most[column] - bounds.least[column])


Known = Mapping[Name, Range | tuple[int | None, int | None] | None]


def _left(
    total: Name, parts: Sequence[Name], cells: Iterable[Name], values: Known
) -> tuple[float, float]:
    """Between what the hidden parts of a sum are together, less the total where it is hidden."""
    low = high = 0.0
    for name, sign in [(total, 1.0), *((part, -1.0) for part in parts)]:
        if name in cells:
            continue
        value = values[name]
        least, most = (0.0, FAR) if value is None or value[0] is None else value
        ends = (sign * float(least or 0), sign * float(most or 0))
        low, high = low + min(ends), high + max(ends)
    return low, high


class _OneSum:
    """What may be where a shown total is the only sum: each part can take what the others cannot
    hold, as in a transportation problem with one source for each answer."""

    def __init__(
        self,
        cells: Sequence[Name],
        sums: Sums,
        known: Sequence[Known],
        most: Sequence[int | None],
    ) -> None:
        self.width = len(cells)
        [(total, parts)] = sums
        left = [_left(total, parts, set(cells), values) for values in known]
        low, high = (np.array(ends)[:, None] for ends in zip(*left, strict=True))
        low = np.maximum(low, 0.0)
        room = np.array([FAR if one is None else float(one) for one in most or [None] * self.width])
        if (high < low).any() or low.sum() > room.sum():
            raise Contradiction
        least = np.maximum(0.0, low - (room.sum() - room))
        of_others = low.sum() - low
        self.least = least.ravel()
        self.most = np.minimum(np.minimum(high, room), room.sum() - of_others).ravel()

    def n_seen(self, at: int) -> int:
        """How many answers somebody in the cell may have given."""
        return int((self.most[at :: self.width] >= 1 - ALMOST).sum())

    def at_least(self, wanted: Sequence[tuple[int, int]], least: float) -> list[tuple[int, int]]:
        """Which of the numbers are certainly `least` or more."""
        return [(at, k) for at, k in wanted if self.least[k * self.width + at] >= least]

    seen_at_least = at_least

    def at_most(self, wanted: Sequence[tuple[int, int]], most: float) -> list[tuple[int, int]]:
        """Which of the numbers are certainly `most` or fewer."""
        return [(at, k) for at, k in wanted if self.most[k * self.width + at] <= most]

    def narrow(self, wanted: Sequence[tuple[int, int]], width: float) -> list[tuple[int, int]]:
        """Which of the numbers are known within less than `width`."""
        spread = self.most - self.least
        return [(at, k) for at, k in wanted if spread[k * self.width + at] < width - ALMOST]


class _Programme:
    """The polytope of what may be, one column for each cell and answer."""

    def __init__(
        self,
        cells: Sequence[Name],
        sums: Sums,
        known: Sequence[Known],
        most: Sequence[int | None],
        mixes: Sequence[Mix] = (),
        of_n: "Known | None" = None,
    ) -> None:
        """known: what is known of each answer. of_n: of how many answered, for the mixes."""
        self.width = len(cells)
        at = {name: number for number, name in enumerate(cells)}
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        self.solver.setOptionValue("threads", 1)
        size = self.width * len(known)
        self.solver.addVars(size, np.zeros(size), np.full(size, FAR))
        for answer, values in enumerate(known):
            for total, parts in sums:
                self._add_sum(total, parts, at, values, answer)
        for number, limit in enumerate(most):
            if limit is not None:
                columns = [answer * self.width + number for answer in range(len(known))]
                self._add_row(0.0, float(limit), columns, [1.0] * len(columns))
        for mix in mixes:
            for answer, values in enumerate(known):
                self._add_mix(mix, answer, at, values, of_n or {})
        self.least = np.full(size, np.inf)
        self.most = np.full(size, -np.inf)
        self._solve({})

    def _add_sum(
        self,
        total: Name,
        parts: Sequence[Name],
        at: Mapping[Name, int],
        values: Known,
        answer: int,
    ) -> None:
        low, high = _left(total, parts, at, values)
        hidden = [(total, -1.0), *((part, 1.0) for part in parts)]
        columns = [answer * self.width + at[name] for name, _ in hidden if name in at]
        self._add_row(low, high, columns, [sign for name, sign in hidden if name in at])

    def _add_mix(
        self, mix: Mix, answer: int, at: Mapping[Name, int], values: "Known", of_n: "Known"
    ) -> None:
        """A weighted share s is the sum of w x over the sum of w n, with w the weight, x who gave
        the answer and n who answered: so the sum of w (x - s n) is nought, for some s within the
        rounding, and some x within that of the cells that are shown."""
        for is_low, share in zip((True, False), mix.shares[answer], strict=True):
            shown, columns, factors = 0.0, [], []
            for name, weight in mix.weights.items():
                if name in at:
                    columns += [k * self.width + at[name] for k in range(len(CLASSES))]
                    factors += [weight * ((k == answer) - share) for k in range(len(CLASSES))]
                    continue
                ends, n = values[name] or (0, 0), of_n[name] or (0, 0)
                x = ends[is_low == (weight > 0)]
                shown += weight * (float(x or 0) - share * float(n[0] or 0))
            low, high = (-shown, np.inf) if is_low else (-np.inf, -shown)
            self._add_row(low, high, columns, factors)

    def _add_row(
        self, low: float, high: float, columns: Sequence[int], factors: Sequence[float]
    ) -> None:
        self.solver.addRow(low, high, len(columns), np.array(columns), np.array(factors))

    def n_seen(self, at: int) -> int:
        """How many answers somebody in the cell was seen to give in some point."""
        return int((self.most[at :: self.width] >= 1 - ALMOST).sum())

    def at_least(self, wanted: Sequence[tuple[int, int]], least: float) -> list[tuple[int, int]]:
        """Which of the numbers are certainly `least` or more."""
        seen = self.seen_at_least(wanted, least)
        return self._each_beyond(seen, 1.0, lambda column: bool(self.least[column] >= least))

    def seen_at_least(
        self, wanted: Sequence[tuple[int, int]], least: float
    ) -> list[tuple[int, int]]:
        """Which of them were never seen lower, when going there with all together."""
        return self._beyond(wanted, 1.0, lambda column: bool(self.least[column] >= least))

    def at_most(self, wanted: Sequence[tuple[int, int]], most: float) -> list[tuple[int, int]]:
        """Which of the numbers are certainly `most` or fewer."""
        seen = self._beyond(wanted, -1.0, lambda column: bool(self.most[column] <= most))
        return self._each_beyond(seen, -1.0, lambda column: bool(self.most[column] <= most))

    def _beyond(
        self, wanted: Sequence[tuple[int, int]], way: float, is_so: Callable[[int], bool]
    ) -> list[tuple[int, int]]:
        """Go that way with all of them together, and then with half of them."""
        at = {one: one[1] * self.width + one[0] for one in wanted}
        left = [one for one in wanted if is_so(at[one])]
        for turn in range(TRIES):
            tried = [one for number, one in enumerate(left) if not turn or number % 2 == turn % 2]
            if tried:
                self._solve({at[one]: way for one in tried})
            left = [one for one in left if is_so(at[one])]
        return left

    def _each_beyond(
        self, wanted: Sequence[tuple[int, int]], way: float, is_so: Callable[[int], bool]
    ) -> list[tuple[int, int]]:
        """Go that way one by one."""
        at = {one: one[1] * self.width + one[0] for one in wanted}
        for one in wanted:
            if is_so(at[one]):
                self._solve({at[one]: way})
        return [one for one in wanted if is_so(at[one])]

    def narrow(self, wanted: Sequence[tuple[int, int]], width: float) -> list[tuple[int, int]]:
        """Which of the numbers are known within less than `width`."""

        def left() -> list[tuple[int, int]]:
            columns = [answer * self.width + at for at, answer in wanted]
            spread = (self.most - self.least)[columns] if columns else np.array([])
            return [
                one for one, open_ in zip(wanted, spread < width - ALMOST, strict=True) if open_
            ]

        for turn in range(TRIES):
            if not (tried := left()):
                return []
            ways = {
                answer * self.width + at: (-1.0) ** (number >> turn)
                for number, (at, answer) in enumerate(tried)
            }
            self._solve(ways)
            self._solve({column: -way for column, way in ways.items()})
        for at, answer in left():
            column = answer * self.width + at
            if self.most[column] - self.least[column] < width - ALMOST:
                self._solve({column: 1.0})
                self._solve({column: -1.0})
        return left()

    def _solve(self, costs: Mapping[int, float]) -> None:
        all_costs: NDArray[np.float64] = np.zeros(len(self.least))
        for column, cost in costs.items():
            all_costs[column] = cost
        columns = np.arange(len(all_costs), dtype=np.int32)
        self.solver.changeColsCost(len(all_costs), columns, all_costs)
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction
        point = np.array(self.solver.getSolution().col_value)
        self.least, self.most = np.minimum(self.least, point), np.maximum(self.most, point)


_Bounds = _OneSum | _Programme
