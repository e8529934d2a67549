"""Which table is made from which: from each figure back to its files, forward to where it is shown.

Belongs here: the rows of a release's lineage, and walking them.
Does not belong here: any table by name; Dagster's assets say what is made from what, dbt's
exposures what is shown where, and the warehouse which file went into which raw table.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

Node = tuple[str, str]  # a stop on the data's way, and a name there
Row = dict[str, str]

COLUMNS = ["from_stop", "from_name", "to_stop", "to_name", "told_by"]
FILE, PAGE = "file", "page"
GOAL_PAGE = "page_goal_"  # how dbt's exposures name the page of a goal
RELEASED = "protected"  # the stop whose tables are in the release


def lineage_rows(
    made_from: Iterable[tuple[Sequence[str], Sequence[str]]],
    exposures: Iterable[Mapping[str, Any]],
    files: Iterable[Mapping[str, Any]],
) -> list[Row]:
    """One row for each step of the data, by stop and name.

    made_from: pairs of Dagster asset keys, the first made from the second; one of a single part is
    no table. exposures: of dbt's manifest; what a page shows is the released form of the marts that
    its exposure names. files: domain, file and the raw table that it went into.
    """
    steps = {
        *(
            (_node(source), _node(made), "dagster")
            for made, source in made_from
            if _is_table(source) and _is_table(made)
        ),
        *(
            ((RELEASED, unique_id.split(".")[-1]), (PAGE, exposure["name"]), "dbt")
            for exposure in exposures
            for unique_id in exposure["depends_on"]["nodes"]
        ),
        *(
            ((FILE, f"{one['domain']}/{one['file']}"), ("raw", one["table_name"]), "ingest")
            for one in files
        ),
    }
    return [
        dict(zip(COLUMNS, (*source, *made, told_by), strict=True))
        for source, made, told_by in sorted(steps)
    ]


def _is_table(key: Sequence[str]) -> bool:
    return len(key) == 2


def _node(key: Sequence[str]) -> Node:
    return key[0], key[1]


def steps_of(rows: Iterable[Mapping[Any, Any]]) -> list[tuple[Node, Node]]:
    """The rows as pairs of nodes."""
    return [
        ((row["from_stop"], row["from_name"]), (row["to_stop"], row["to_name"])) for row in rows
    ]


def behind(steps: Iterable[tuple[Node, Node]], node: Node) -> set[Node]:
    """All that the node is made from, at any remove."""
    return _reached([(made, source) for source, made in steps], node)


def ahead(steps: Iterable[tuple[Node, Node]], node: Node) -> set[Node]:
    """All that is made from the node, and every page that shows any of it."""
    return _reached(steps, node)


def _reached(steps: Iterable[tuple[Node, Node]], node: Node) -> set[Node]:
    next_to: dict[Node, list[Node]] = {}
    for one, other in steps:
        next_to.setdefault(one, []).append(other)
    seen: set[Node] = set()
    waiting = [node]
    while waiting:
        new = set(next_to.get(waiting.pop(), ())) - seen
        seen |= new
        waiting += new
    return seen


def files_behind(steps: Sequence[tuple[Node, Node]], domain: str) -> list[str]:
    """The input files, each as domain/file, that the figures of a domain are counted from: those
    behind its models, which are named after it (int_<domain>__…)."""
    models = {one for step in steps for one in step if domain_of(one) == domain}
    found = set[Node]().union(*(behind(steps, model) for model in models))
    return sorted(name for stop, name in found if stop == FILE)


def domain_of(node: Node) -> str | None:
    """The domain that an intermediate model is named after; None for all else."""
    stop, name = node
    return name.removeprefix("int_").partition("__")[0] if stop == "intermediate" else None


def goals_touched(
    steps: Sequence[tuple[Node, Node]], node: Node, goals_of: Mapping[str, Collection[int]]
) -> list[int]:
    """The goals that the node is about. goals_of: the goals of each domain's indicators.

    What figures are counted from is about the goals of the domains whose models it leads to. What
    comes after, where all domains meet, is about the goals whose pages show it; a table that the
    pages of all goals show counts only where the node leads to no other.
    """
    reached = {node, *ahead(steps, node)}
    by_domain = {goal for one in reached for goal in goals_of.get(domain_of(one) or "", ())}
    if by_domain:
        return sorted(by_domain)
    shown_on: dict[Node, set[int]] = {}
    for one, (stop, name) in steps:
        if stop == PAGE and name.startswith(GOAL_PAGE):
            shown_on.setdefault(one, set()).add(int(name.removeprefix(GOAL_PAGE)))
    every = set[int]().union(*shown_on.values())
    found = [shown_on.get(one, set()) for one in reached]
    of_its_own = set[int]().union(*(goals for goals in found if goals != every))
    return sorted(of_its_own or set[int]().union(*found))
