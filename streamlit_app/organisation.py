"""The organisation as a tree: its order is the organisation's own, never a figure's.

Belongs here: the order and depth of nodes within one period.
Does not belong here: figures.
"""

import pandas as pd

ROOT = "NAV"
RESULT_AREA = "result_area"
UNIT = "unit"


def in_order(nodes: pd.DataFrame, period: str) -> pd.DataFrame:
    """The nodes of one period, each parent before its children, with `depth` from 0.

    nodes: dim_node. A node whose parent is not there stands as a root of its own.
    """
    here = nodes[nodes["period"] == period].sort_values(["sort_order", "node_id"])
    known = set(here["node_id"])
    children: dict[str | None, list[str]] = {}
    for node_id, parent in zip(here["node_id"], here["parent_node_id"], strict=True):
        children.setdefault(parent if parent in known else None, []).append(node_id)

    depth: dict[str, int] = {}

    def walk(parent: str | None, level: int) -> None:
        for node_id in children.get(parent, []):
            depth[node_id] = level
            walk(node_id, level + 1)

    walk(None, 0)
    rows = here.set_index("node_id").loc[list(depth)].reset_index()
    return rows.assign(depth=list(depth.values()))


def below(ordered: pd.DataFrame, node_id: str) -> set[str]:
    """All nodes beneath one, and itself; ordered: as in_order gives them."""
    found = {node_id}
    for one, parent in zip(ordered["node_id"], ordered["parent_node_id"], strict=True):
        if parent in found:
            found.add(one)
    return found
