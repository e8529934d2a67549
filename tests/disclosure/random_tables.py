"""Random surveys for the disclosure control to protect and the attack to try.

Belongs here: making them, and both sides' view of one. Does not belong here: any claim.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from dagster_project.attack.bounds import Demands, Success, attack_all, beyond
from dagster_project.attack.evidence import CLASSES, Cell, Mix, Name, Sheet
from dagster_project.disclosure.suppress import Limits, Table, suppress
from dagster_project.disclosure.weighted import Weighted, hide_weighted

LIMITS = Limits(minimum=10, respondents=10, answers=2, same_answer_below=20)
DEMANDS = Demands(minimum=10, respondents=10, answers=2, same_answer_below=20)

DECIMALS = 3

Group = frozenset[int]


@dataclass(frozen=True)
class Crossed:
    """A table, what each of its cells is, and which figures are weighted."""

    cells: Sequence[tuple[Group, ...]]
    table: Table
    figures: Sequence[Weighted] = ()


@dataclass(frozen=True)
class Survey:
    """One wave. respondents: the table of all who answered. questions: those of what they said.
    before: what an earlier release was, of the same answers cut otherwise or by other limits."""

    respondents: Crossed
    questions: Sequence[Crossed]
    before: "Before | None" = None

    @property
    def tables(self) -> list[Crossed]:
        return [self.respondents, *self.questions]


@dataclass(frozen=True)
class Before:
    """cells: those that the earlier release had. limits: what it was protected by."""

    cells: frozenset[tuple[Group, ...]]
    limits: Limits


def random_tree(
    rng: np.random.Generator, leaves: Sequence[int], depth: int
) -> dict[Group, list[Group]]:
    """Groups of leaves with the groups right under each, at most `depth` levels of them."""
    whole = frozenset(leaves)
    if depth == 0 or len(leaves) == 1:
        return {}
    n_parts = int(rng.integers(2, min(4, len(leaves)) + 1))
    parts = [part for part in np.array_split(rng.permutation(leaves), n_parts) if len(part)]
    found = {whole: [frozenset(part.tolist()) for part in parts]}
    for part in parts:
        found |= random_tree(rng, part.tolist(), depth - 1)
    return found


def random_survey(rng: np.random.Generator) -> Survey:
    """Units in a tree to depth four, and often in another, so that groups overlap; roles; and a
    third dimension. All are crossed, and everything that adds up is told. Often some figures are
    weighted, and often there was a release before it."""
    n_units = min(6, 2 + int(rng.geometric(0.55)))
    n_roles, n_bands = int(rng.choice([2, 2, 3])), int(rng.choice([1, 1, 2]))
    units = range(n_units)
    trees = [random_tree(rng, units, int(rng.integers(1, 5)))]
    trees += [random_tree(rng, units, 1)] if rng.random() < 0.5 else []
    others = [
        [{frozenset(range(size)): [frozenset({one}) for one in range(size)]} if size > 1 else {}]
        for size in (n_roles, n_bands)
    ]
    dimensions = [trees, *others]
    mean = rng.choice([2.0, 5.0, 12.0, 30.0], size=(n_units, n_roles, n_bands, 1))
    n_questions = int(rng.choice([1, 1, 2]))
    leaning = rng.dirichlet([1.0, 1.0, 2.0], size=(n_questions, n_units))[:, :, None, None, :]
    answers = [rng.poisson(mean * one) for one in leaning]
    most = np.max([one.sum(axis=-1) for one in answers], axis=0)
    asked = most + rng.poisson(0.2, most.shape)
    survey = Survey(
        crossed(dimensions, asked[..., None]), [crossed(dimensions, one) for one in answers]
    )
    survey = replace(survey, before=random_before(rng, trees, survey.respondents))
    weights = rng.uniform(1.0, 10.0, asked.shape)
    wide = [cell for cell in survey.respondents.cells if max(map(len, cell)) > 1]
    chosen = {cell for cell in wide if rng.random() < 0.2} if rng.random() < 0.6 else set()
    questions = [replace(one, figures=figures(one, chosen, weights)) for one in survey.questions]
    return replace(survey, questions=questions)


def figures(
    one: Crossed, chosen: Container[tuple[Group, ...]], weights: np.ndarray
) -> list[Weighted]:
    """The weighted figures of a table; a weight for each unit, role and band."""
    at = {cell: number for number, cell in enumerate(one.cells)}
    single = {cell: number for cell, number in at.items() if max(map(len, cell)) == 1}

    def beneath(cell: tuple[Group, ...]) -> dict[int, float]:
        return {
            number: float(weights[tuple(next(iter(group)) for group in part)])
            for part, number in single.items()
            if all(a <= b for a, b in zip(part, cell, strict=True))
        }

    return [Weighted(number, beneath(cell)) for cell, number in at.items() if cell in chosen]


def random_before(
    rng: np.random.Generator, trees: Sequence[Mapping[Group, Sequence[Group]]], now: Crossed
) -> Before | None:
    """None; one with a higher minimum; one from before the second organisation was delivered; or
    one in which two units were one, of which the parts were not known."""
    kind = rng.choice(["none", "minimum", "organisation", "merged"])
    if kind == "none":
        return None
    limits = replace(LIMITS, minimum=15, respondents=15) if kind == "minimum" else LIMITS
    known = {group for whole, parts in trees[0].items() for group in (whole, *parts)}
    apart = {frozenset({0}), frozenset({1})} if kind == "merged" else set()
    cells = {
        cell
        for cell in now.cells
        if cell[0] not in apart and (kind != "organisation" or cell[0] in known)
    }
    return Before(frozenset(cells), limits)


def crossed(
    dimensions: Sequence[Sequence[Mapping[Group, Sequence[Group]]]], base: np.ndarray
) -> Crossed:
    """The crossed table: a cell for each group of each dimension. What nobody is in is left out."""
    groups = [
        sorted({g for tree in trees for whole, parts in tree.items() for g in (whole, *parts)}
               | {frozenset({leaf}) for leaf in range(base.shape[axis])}, key=sorted)
        for axis, trees in enumerate(dimensions)
    ]  # fmt: skip
    cells = list(product(*groups))
    counts = np.array([base[np.ix_(*map(sorted, cell))].sum(axis=(0, 1, 2)) for cell in cells])
    kept = [number for number, n in enumerate(counts.sum(axis=1)) if n]
    at = {cells[number]: place for place, number in enumerate(kept)}
    sums = []
    for cell in at:
        for axis, trees in enumerate(dimensions):
            for parts in (tree[cell[axis]] for tree in trees if cell[axis] in tree):
                within = [(*cell[:axis], part, *cell[axis + 1 :]) for part in parts]
                sums.append((at[cell], tuple(at[one] for one in within if one in at)))
    sums = sorted({(total, parts) for total, parts in sums if parts != (total,)})
    size = len(kept)
    table = Table(counts[kept], sums, np.ones(size, dtype=bool), np.full(size, np.inf))
    return Crossed(list(at), table)


Pattern = list[tuple[Crossed, np.ndarray]]


def protected(
    survey: Survey,
    *,
    is_secondary: bool = True,
    is_held: bool = True,
    hides_weighted: bool = True,
) -> Pattern:
    """Each table with what is hidden in it, as a release is protected that is held to the one
    before it, and hides weighted figures that tell too much; or not, for a test of the attack."""
    earlier = released_before(survey) if is_held else None
    return _protected(
        survey, LIMITS, earlier, is_secondary=is_secondary, hides_weighted=hides_weighted
    )


def released_before(survey: Survey) -> Pattern | None:
    """The earlier release, if there was one; what is in no table of it counts as hidden."""
    if survey.before is None:
        return None
    cells, limits = survey.before.cells, survey.before.limits
    was_there = [np.array([cell in cells for cell in one.cells]) for one in survey.tables]
    cut = [
        replace(one, table=replace(one.table, is_published=there))
        for one, there in zip(survey.tables, was_there, strict=True)
    ]
    released = _protected(replace(survey, respondents=cut[0], questions=cut[1:]), limits)
    return [(one, hidden | ~one.table.is_published) for one, hidden in released]


def _protected(
    survey: Survey,
    limits: Limits,
    earlier: Pattern | None = None,
    *,
    is_secondary: bool = True,
    hides_weighted: bool = True,
) -> Pattern:
    found: Pattern = []
    always: set[tuple[Group, ...]] = set()
    everyone = survey.respondents
    n = dict(zip(everyone.cells, everyone.table.n, strict=True))
    for number, one in enumerate(survey.tables):
        shown, kept = (np.zeros(len(one.cells), dtype=bool) for _ in range(2))
        if earlier and survey.before:
            was_there = np.array([cell in survey.before.cells for cell in one.cells])
            shown, kept = was_there & ~earlier[number][1], was_there & earlier[number][1]
        start = np.array([cell in always for cell in one.cells]) | kept
        most = [np.inf if not number or c in always else float(n[c]) for c in one.cells]
        table = replace(one.table, most=np.array(most))
        hidden = suppress(table, limits, start, shown, is_secondary=is_secondary) | start
        if hides_weighted:
            hidden = hide_weighted(table, limits, hidden, one.figures, DECIMALS, shown)
        found.append((one, hidden))
        always |= set() if number else {c for c, out in zip(one.cells, hidden, strict=True) if out}
    return found


def successes(tables: Pattern, earlier: Pattern | None = None) -> list[Success]:
    """What the attack computes from what is shown, now or in an earlier release, beyond what that
    gives away alone."""
    if not earlier:
        return attack_all(sheets_of(tables), DEMANDS)
    pairs = zip(tables, earlier, strict=True)
    both = sheets_of([(one, hidden & before) for (one, hidden), (_, before) in pairs])
    found = attack_all(both, DEMANDS)
    return beyond(found, attack_all(sheets_of(earlier), DEMANDS)) if found else []


def sheets_of(tables: Pattern) -> list[Sheet]:
    """What a reader sees of the tables."""
    return [sheet_of(one, hidden, str(at or "")) for at, (one, hidden) in enumerate(tables)]


def sheet_of(one: Crossed, hidden: np.ndarray, question: str) -> Sheet:
    """What a reader sees of a table."""
    counts = one.table.counts

    def seen(cell: int) -> Cell:
        if hidden[cell]:
            return Cell(None, None)
        answers = tuple((float(n), float(n)) for n in counts[cell])
        return Cell(int(counts[cell].sum()), answers if len(answers) == len(CLASSES) else None)

    def name(cell: int) -> Name:
        return ("wave", str([sorted(group) for group in one.cells[cell]])), "role"

    sums = [(name(total), tuple(map(name, parts))) for total, parts in one.table.sums]

    def mix(figure: Weighted) -> Mix:
        cells, weights = list(figure.weights), np.array(list(figure.weights.values()))
        total = weights @ counts[cells]
        half = 0.5 * 10.0**-DECIMALS + 1e-9
        shares = [round(float(share), DECIMALS) for share in total / total.sum()]
        of_cells = {name(cell): weight for cell, weight in figure.weights.items()}
        return Mix(of_cells, tuple((share - half, share + half) for share in shares))

    cells = {name(cell): seen(cell) for cell in range(len(counts))}
    mixes = [
        mix(figure)
        for figure in one.figures
        if not hidden[figure.cell] and any(hidden[cell] for cell in figure.weights)
    ]
    return Sheet("wave", question, cells, sums, mixes)
