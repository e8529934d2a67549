"""Random surveys for the disclosure control to protect and the attack to try.

Belongs here: making them, and both sides' view of one. Does not belong here: any claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from dagster_project.attack.bounds import Demands, Success, attack
from dagster_project.attack.evidence import CLASSES, Cell, Name, Sheet
from dagster_project.disclosure.suppress import Limits, Table, suppress

LIMITS = Limits(minimum=10, respondents=10, answers=2, same_answer_below=20)
DEMANDS = Demands(minimum=10, respondents=10, answers=2, same_answer_below=20)

Group = frozenset[int]


@dataclass(frozen=True)
class Crossed:
    """A table, and what each of its cells is."""

    cells: Sequence[tuple[Group, ...]]
    table: Table


@dataclass(frozen=True)
class Survey:
    """One wave. respondents: the table of all who answered. questions: those of what they said."""

    respondents: Crossed
    questions: Sequence[Crossed]


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
    """Units in a tree to depth four, and in another that they were in before; roles; and a third
    dimension. All are crossed, and everything that adds up is told."""
    n_units, n_roles, n_bands = (int(rng.integers(2, most)) for most in (7, 4, 3))
    units, later = range(n_units), rng.random() < 0.5
    trees = [random_tree(rng, units, int(rng.integers(1, 5)))]
    trees += [random_tree(rng, units, 1)] if later else []
    dimensions = [
        trees,
        [{frozenset(range(n_roles)): [frozenset({role}) for role in range(n_roles)]}],
        [{frozenset(range(n_bands)): [frozenset({band}) for band in range(n_bands)]}],
    ]
    mean = rng.choice([2.0, 5.0, 12.0, 30.0], size=(n_units, n_roles, n_bands, 1))
    leaning = rng.dirichlet([1.0, 1.0, 2.0], size=(2, n_units))[:, :, None, None, :]
    answers = [rng.poisson(mean * one) for one in leaning]
    asked = np.maximum(*(one.sum(axis=-1) for one in answers)) + rng.poisson(0.2, mean.shape[:-1])
    respondents = crossed(dimensions, asked[..., None])
    return Survey(respondents, [crossed(dimensions, one) for one in answers])


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


def protected(survey: Survey, *, is_secondary: bool = True) -> list[tuple[Crossed, np.ndarray]]:
    """Each table with what is hidden in it, as a release is protected."""
    everyone = survey.respondents
    nobody = np.zeros(len(everyone.cells), dtype=bool)
    hidden = suppress(everyone.table, LIMITS, nobody, is_secondary=is_secondary)
    found = [(everyone, hidden)]
    always = {cell for cell, is_one in zip(everyone.cells, hidden, strict=True) if is_one}
    n = dict(zip(everyone.cells, everyone.table.n, strict=True))
    for one in survey.questions:
        start = np.array([cell in always for cell in one.cells])
        most = [np.inf if cell in always else float(n[cell]) for cell in one.cells]
        limited = replace(one.table, most=np.array(most))
        found.append((one, suppress(limited, LIMITS, start, is_secondary=is_secondary)))
    return found


def successes(tables: Sequence[tuple[Crossed, np.ndarray]]) -> list[Success]:
    """What the attack computes from what is shown."""
    sheets = [sheet_of(one, hidden, str(at or "")) for at, (one, hidden) in enumerate(tables)]
    found = list(attack(sheets[0], {}, DEMANDS))
    return found + [one for s in sheets[1:] for one in attack(s, sheets[0].cells, DEMANDS)]


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
    return Sheet("wave", question, {name(cell): seen(cell) for cell in range(len(counts))}, sums)
