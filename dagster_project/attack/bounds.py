"""How narrowly the hidden numbers of a sheet can be computed, by linear programming with HiGHS.

Belongs here: the programme of one sheet, and what an outsider succeeds in. Does not belong here:
where a sheet comes from (evidence.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    hidden = {name for name, cell in sheet.cells.items() if cell.n is None}
    sums = list(dict.fromkeys(sheet.sums))
    told_of = [(total, *parts) for total, parts in sums] + [tuple(mix.weights) for mix in mixes]
    within = [[name for name in names if name in hidden] for names in told_of]
    numbers_of = defaultdict(list)
    for number, names in enumerate(within):
        for name in names:
            numbers_of[name].append(number)
    left = dict.fromkeys(sorted(numbers_of))
    while left:
        first = next(iter(left))
        block, waiting = {first: None}, [first]
        numbers: set[int] = set()
        while waiting:
            new = [number for number in numbers_of[waiting.pop()] if number not in numbers]
            numbers.update(new)
            found = dict.fromkeys(name for number in new for name in within[number])
            waiting += [name for name in found if name not in block]
            block |= found
        for name in block:
            del left[name]
        yield (
            list(block),
            [one for number, one in enumerate(sums) if number in numbers],
            [one for number, one in enumerate(mixes, len(sums)) if number in numbers],
        )


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
    for at, k in answers.narrow(every, demands.answers, least=ALMOST):
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

    def at_most(self, wanted: Sequence[tuple[int, int]], most: float) -> list[tuple[int, int]]:
        """Which of the numbers are certainly `most` or fewer."""
        return [(at, k) for at, k in wanted if self.most[k * self.width + at] <= most]

    def narrow(
        self, wanted: Sequence[tuple[int, int]], width: float, least: float = -np.inf
    ) -> list[tuple[int, int]]:
        """Which of the numbers are known within less than `width`, and certainly `least` or
        more."""
        spread = self.most - self.least
        certain = self.at_least(wanted, least)
        return [(at, k) for at, k in certain if spread[k * self.width + at] < width - ALMOST]


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
            self._add_mix(mix, at, known, of_n or {})
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
        self, mix: Mix, at: Mapping[Name, int], known: Sequence["Known"], of_n: "Known"
    ) -> None:
        """A weighted share s is the sum of w x over the sum of w n, with w the weight, x who gave
        the answer and n who answered: so the sum of w (x - s n) is nought, for some s within the
        rounding, and some x within that of the cells that are shown."""
        answers = np.arange(len(known))
        hidden = [name for name in mix.weights if name in at]
        weights = np.array([mix.weights[name] for name in hidden])
        columns = np.add.outer(self.width * answers, [at[name] for name in hidden]).ravel()
        shown = [name for name in mix.weights if name not in at]
        of_shown = np.array([mix.weights[name] for name in shown])
        n = np.array([(of_n[name] or (0, 0))[0] for name in shown], dtype=float)
        for answer, values in enumerate(known):
            ends = np.array([values[name] or (0, 0) for name in shown]).reshape(-1, 2)
            largest = np.where(of_shown > 0, ends[:, 1], ends[:, 0])
            least = np.where(of_shown > 0, ends[:, 0], ends[:, 1])
            low, high = mix.shares[answer]
            for share, x, way in (low, largest, 1.0), (high, least, -1.0):
                factors = np.multiply.outer((answers == answer) - share, weights).ravel()
                left = float(of_shown @ (x - share * n))
                self._add_row(-way * left, np.inf, columns, way * factors)

    def _add_row(self, low: float, high: float, columns: ArrayLike, factors: ArrayLike) -> None:
        at = np.asarray(columns)
        self.solver.addRow(low, high, len(at), at, np.asarray(factors))

    def n_seen(self, at: int) -> int:
        """How many answers somebody in the cell was seen to give in some point."""
        return int((self.most[at :: self.width] >= 1 - ALMOST).sum())

    def at_least(self, wanted: Sequence[tuple[int, int]], least: float) -> list[tuple[int, int]]:
        """Which of the numbers are certainly `least` or more."""
        return self._certain(wanted, (1.0,), lambda column: bool(self.least[column] >= least))

    def at_most(self, wanted: Sequence[tuple[int, int]], most: float) -> list[tuple[int, int]]:
        """Which of the numbers are certainly `most` or fewer."""
        return self._certain(wanted, (-1.0,), lambda column: bool(self.most[column] <= most))

    def narrow(
        self, wanted: Sequence[tuple[int, int]], width: float, least: float = -np.inf
    ) -> list[tuple[int, int]]:
        """Which of the numbers are known within less than `width`, and certainly `least` or
        more."""

        def is_so(column: int) -> bool:
            spread = self.most[column] - self.least[column]
            return bool(spread < width - ALMOST and self.least[column] >= least)

        return self._certain(wanted, (1.0, -1.0), is_so)

    def _certain(
        self,
        wanted: Sequence[tuple[int, int]],
        ways: Sequence[float],
        is_so: Callable[[int], bool],
    ) -> list[tuple[int, int]]:
        """Of which numbers it is so in all points, that are looked for with all of the numbers
        together, and then one by one. ways: 1 to find a number low, -1 high; where both are asked
        for, some numbers go the one way while others go the other."""
        columns = {answer * self.width + at: (at, answer) for at, answer in wanted}
        left = list(filter(is_so, columns))
        for turn in range(TRIES):
            other = [len(ways) > 1 and bool(number >> turn & 1) for number in range(len(left))]
            for way in ways if left else ():
                ends = zip(left, other, strict=True)
                self._solve({column: -way if is_other else way for column, is_other in ends})
            left = list(filter(is_so, left))
        for column in left:
            for way in ways:
                if is_so(column):
                    self._solve({column: way})
        return [columns[column] for column in left if is_so(column)]

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
