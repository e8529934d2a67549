"""What the tables of a release say about the survey: cells, shown or hidden, and which add up.

Belongs here: reading released tables, and the guesses that a clever reader makes about them.
Does not belong here: anything that is not in a release, or what can be computed (bounds.py).

The reader knows the organisation (dim_node), sees which roles each role is the sum of, takes what
is in no row to be nobody, and remembers an earlier release of the same data.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import duckdb

CLASSES = ("negative", "neutral", "positive")
RESPONDENTS = ""
GOAL_MARTS = [f"mart_goal_{goal}" for goal in range(1, 6)]

Node = tuple[str, str]  # the wave whose organisation it is of, and its id
Name = tuple[Node, str]  # with a role
Range = tuple[float, float]


@dataclass(frozen=True)
class Cell:
    """What is known of a cell: how many answered, and between what the number with each answer is;
    of one that is hidden nothing."""

    n: int | None
    answers: tuple[Range, ...] | None


HIDDEN = Cell(None, None)


@dataclass(frozen=True)
class Mix:
    """A weighted figure: what an answer of each cell that it is made of weighs, less than nothing
    where what it weighs inside is told by itself; and between what the share of each answer is."""

    weights: Mapping[Name, float]
    shares: tuple[Range, ...]


@dataclass(frozen=True)
class Sheet:
    """One question of one wave, or RESPONDENTS. sums: a total and its parts. mixes: its weighted
    figures."""

    wave: str
    question_id: str
    cells: Mapping[Name, Cell]
    sums: Sequence[tuple[Name, tuple[Name, ...]]]
    mixes: Sequence[Mix] = ()


def read_sheets(
    con: duckdb.DuckDBPyConnection,
    schema: str,
    earlier: str | None,
    *,
    is_only_earlier: bool = False,
) -> list[Sheet]:
    """All that the tables in `schema` say; what is hidden there and shown in `earlier`, of the same
    file, is known.

    is_only_earlier: the same cells and sums, with nothing known but what `earlier` shows.
    """
    cells = _cells(con, schema)
    before = _cells(con, earlier) if earlier else {}
    weighted, weights = _weighted(con, earlier) if earlier else defaultdict(dict), _weights(con)
    for of, figures in ({} if is_only_earlier else _weighted(con, schema)).items():
        weighted[of] |= figures
    roles = {
        wave: _sums_of_roles(within)
        for (wave, question, _), within in cells.items()
        if question == RESPONDENTS
    }
    for sheet, within in cells.items():
        shown = {n: cell for n, cell in before.get(sheet, {}).items() if cell.n is not None}
        known = {n: cell for n, cell in within.items() if cell.n is not None}
        cells[sheet] = dict.fromkeys(within, HIDDEN) | shown | ({} if is_only_earlier else known)
    tree = _tree(con, schema)
    return [
        Sheet(
            wave,
            question,
            within,
            _sums(within, wave, tree, roles[wave]),
            weighted_figures(within, weighted[wave, question, sha], tree, roles[wave], weights),
        )
        for (wave, question, sha), within in sorted(cells.items())
    ]


def _cells(
    con: duckdb.DuckDBPyConnection, schema: str
) -> dict[tuple[str, str, str], dict[Name, Cell]]:
    """Cells by wave, question and the SHA-256 of the file that they are counted in."""
    found: dict[tuple[str, str, str], dict[Name, Cell]] = defaultdict(dict)
    for wave, node, role, n, sha in con.execute(
        f"select period, node_id, role_id, n_respondents, source_sha256 from {schema}.mart_response"
    ).fetchall():
        found[wave, RESPONDENTS, sha][(wave, node), role] = Cell(n, None)
    for mart in GOAL_MARTS:
        rows = con.execute(_shares(schema, mart)).fetchall()
        for wave, question, node, role, sha, n, *shares in rows:
            cell = Cell(n, None if n is None else tuple(_count(s, n) for s in shares))
            _add(found[wave, question, sha], ((wave, node), role), cell)
    files = {wave: sha for wave, _, sha in found}
    for wave, node_wave, question, node, role, n in con.execute(_carried(schema)).fetchall():
        answers = None if n is None else ((0.0, float(n)),) * len(CLASSES)
        _add(found[wave, question, files[wave]], ((node_wave, node), role), Cell(n, answers))
    return found


def _shares(schema: str, mart: str, value: str = "value_unweighted", where: str = "true") -> str:
    columns = ", ".join(
        f"max({value}) filter (measure = 'share' and category_id = '{one}')" for one in CLASSES
    )
    return f"""
        select period, item_id, node_id, role_id, source_sha256, max(n), {columns}
        from {schema}.{mart}
        where role_id is not null and status <> 'published' and measure not like 'rank%' and {where}
        group by all
    """


def _weighted(
    con: duckdb.DuckDBPyConnection, schema: str
) -> dict[tuple[str, str, str], dict[Name, tuple[Range, ...]]]:
    """The weighted shares that are shown, by wave, question and file, and by cell; a rounded share
    is within half a unit of its last decimal."""
    half = 0.5 * 10**-DECIMALS + 1e-9
    found: dict[tuple[str, str, str], dict[Name, tuple[Range, ...]]] = defaultdict(dict)
    for mart in GOAL_MARTS:
        rows = con.execute(_shares(schema, mart, "value", "is_weighted and n is not null"))
        for wave, question, node, role, sha, _, *shares in rows.fetchall():
            within = tuple((0.0, 0.0) if s is None else (s - half, s + half) for s in shares)
            found[wave, question, sha][(wave, node), role] = within
    return found


def _weights(con: duckdb.DuckDBPyConnection) -> dict[Name, float]:
    """What an answer of each cell weighs. This is in no release: it is known to who knows how many
    are employed in each role of a part of the organisation, and how many of them answered."""
    rows = con.execute(
        "select wave, area_node_id, respondent_role, strata.weight "
        "from intermediate.int_survey__cells join intermediate.int_survey__strata as strata "
        "using (wave, stratum_id) where strata.weight is not null"
    ).fetchall()
    return {((wave, area), role): float(weight) for wave, area, role, weight in rows}


def _carried(schema: str) -> str:
    """A later organisation's node in an earlier wave stands where the two are compared; its share
    is weighted, and says little of a count."""
    return f"""
        select distinct compared_period, period, item_id, node_id, role_id, n_compared
        from {schema}.mart_comparison where is_carried and compared_role_id is null
    """


def _add(sheet: dict[Name, Cell], name: Name, cell: Cell) -> None:
    """What two rows say of one cell is true of it both."""
    before = sheet.get(name)
    if before is None or before.n is None or before.answers is None:
        sheet[name] = cell if before is None or cell.n is not None else before
    elif cell.answers is not None:
        pairs = zip(before.answers, cell.answers, strict=True)
        both = tuple((max(a[0], b[0]), min(a[1], b[1])) for a, b in pairs)
        sheet[name] = Cell(before.n, both)


DECIMALS = 3


def _count(share: float | None, n: int) -> Range:
    """How many a rounded share can be of n; none gave an answer that the scale lacks."""
    if share is None:
        return 0.0, 0.0
    half = 0.5 * 10**-DECIMALS + 1e-9
    low, high = (share - half) * n, (share + half) * n
    whole = round(share * n)
    is_one = low <= whole <= high and high - low < 1
    return (float(whole), float(whole)) if is_one else (max(0.0, low), min(float(n), high))


@dataclass(frozen=True)
class Tree:
    """below: the nodes right under each. carried: for a wave and a later node, the units of the
    wave that it came from. split: the later nodes that a node of a wave came to be, all of it."""

    below: Mapping[Node, Sequence[Node]]
    carried: Mapping[tuple[str, Node], Sequence[Node]]
    split: Mapping[Node, Sequence[Sequence[Node]]]

    @cached_property
    def inside(self) -> Mapping[Node, Sequence[Node]]:
        """The nodes under each, all the way down."""
        return {node: _all_below(node, self.below)[1:] for node in self.below}


def _tree(con: duckdb.DuckDBPyConnection, schema: str) -> Tree:
    rows = con.execute(
        f"select period, node_id, parent_node_id, predecessor_node_ids from {schema}.dim_node"
    ).fetchall()
    below: dict[Node, list[Node]] = defaultdict(list)
    for period, node, parent, _ in rows:
        if parent is not None:
            below[period, parent].append((period, node))
    was = {(period, node): {node, *(of or "").split("|")} for period, node, _, of in rows}
    nodes = {period: [node for node in was if node[0] == period] for period, _ in was}
    carried: dict[tuple[str, Node], list[Node]] = {}
    split: dict[Node, list[list[Node]]] = defaultdict(list)
    for wave, own in nodes.items():
        leaves = {node[1] for node in own if node not in below}
        for later in (period for period in nodes if period > wave):
            came: dict[Node, set[str]] = {}
            for node in nodes[later]:
                within = _leaves_below(node, below)
                came[node] = set[str]().union(*(was[one] for one in within)) & leaves
                carried[wave, node] = [(wave, one) for one in sorted(came[node])]
            for node in own:
                units = {one[1] for one in _leaves_below(node, below)}
                heirs = [one for one in came if one in below and came[one] and came[one] < units]
                if sum(len(came[one]) for one in heirs) == len(units):
                    split[node].append(heirs)
    return Tree(below, carried, split)


def _leaves_below(node: Node, below: Mapping[Node, Sequence[Node]]) -> list[Node]:
    if node not in below:
        return [node]
    return [leaf for one in below[node] for leaf in _leaves_below(one, below)]


def weighted_figures(
    cells: Mapping[Name, Cell],
    weighted: Mapping[Name, tuple[Range, ...]],
    tree: Tree,
    roles: Mapping[str, Sequence[str]],
    weights: Mapping[Name, float],
) -> list[Mix]:
    """The weighted figures that tell of a hidden cell."""
    found = []
    for (node, role), shares in weighted.items():
        factors: dict[Name, float] = defaultdict(float)
        every = product([node, *tree.inside.get(node, ())], _single(role, roles))
        for area, part in (one for one in every if one in weights):
            factors[area, part] += weights[area, part]
            # who is of no part inside is what is left over there
            for inside in tree.inside.get(area, ()):
                if (inside, part) in weights:
                    factors[inside, part] -= weights[area, part]
        of_cells = {name: f for name, f in factors.items() if f and name in cells}
        if any(cells[name].n is None for name in of_cells):
            found.append(Mix(of_cells, shares))
    return found


def _all_below(node: Node, below: Mapping[Node, Sequence[Node]]) -> list[Node]:
    return [node, *(one for part in below.get(node, ()) for one in _all_below(part, below))]


def _single(role: str, roles: Mapping[str, Sequence[str]]) -> list[str]:
    if role not in roles:
        return [role]
    return [one for part in roles[role] for one in _single(part, roles)]


def _sums_of_roles(everyone: Mapping[Name, Cell]) -> dict[str, tuple[str, ...]]:
    """Which roles are the sum of which, as the respondents say wherever all are shown."""
    n = {name: cell.n for name, cell in everyone.items()}
    roles = sorted({role for _, role in everyone})
    nodes = {node for node, _ in everyone}
    found: dict[str, tuple[str, ...]] = {}
    for total in roles:
        for size in range(2, len(roles)):
            for parts in combinations([role for role in roles if role != total], size):
                if total not in found and _adds_up(total, parts, n, nodes):
                    found[total] = parts
    return found


def _adds_up(
    total: str, parts: Sequence[str], n: Mapping[Name, int | None], nodes: Iterable[Node]
) -> bool:
    seen = 0
    for node in nodes:
        of_parts = [n.get((node, part), 0) for part in parts]
        whole = n.get((node, total), 0)
        if whole is None or None in of_parts or not any((node, part) in n for part in parts):
            continue
        seen += 1
        if sum(one for one in of_parts if one is not None) != whole:
            return False
    return seen > 0


def _sums(
    cells: Mapping[Name, Cell], wave: str, tree: Tree, roles: Mapping[str, Sequence[str]]
) -> list[tuple[Name, tuple[Name, ...]]]:
    """What adds up in one sheet; a part that is in no row is nobody, unless none is in any."""
    found: list[tuple[Name, tuple[Name, ...]]] = []
    for node, role in cells:
        is_own = node[0] == wave
        # a later node is in a row only where it is compared: one that is in none may be somebody
        splits = [w for w in tree.split.get(node, ()) if all((one, role) in cells for one in w)]
        ways = [tree.below.get(node, ()), *splits] if is_own else []
        ways += [] if is_own else [tree.carried.get((wave, node), ())]
        every = [[(one, role) for one in way] for way in ways]
        every.append([(node, part) for part in roles.get(role, ())])
        found += [((node, role), tuple(name for name in way if name in cells)) for way in every]
    return [(total, parts) for total, parts in found if parts and parts != (total,)]
