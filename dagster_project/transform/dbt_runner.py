"""Parsing and building the dbt project in this process.

Belongs here: calling dbt, and its manifest. Does not belong here: Dagster (assets.py), SQL (dbt/).

dbt is imported when it is first needed, since that takes a second; the manifest is parsed once in
a process and given to every later call.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Literal

from dagster_project.settings import Settings
from dagster_project.without_values import without_values


class DbtCannotRun(Exception):
    """dbt stopped before it ran any node; the message is dbt's own, in one piece."""


NodeStatus = Literal["passed", "warned", "failed", "skipped"]


@dataclass(frozen=True)
class NodeResult:
    """What became of one model, seed or test. rows: rows that break a test.

    table: what was made or tested, as schema.name. says: what a test demands, by language, where it
    says so itself.
    """

    unique_id: str
    status: NodeStatus
    rows: int
    seconds: float
    message: str
    table: str = ""
    says: Mapping[str, str] = field(default_factory=dict)


STATUSES: dict[str, NodeStatus] = {
    "success": "passed",
    "pass": "passed",
    "warn": "warned",
    "skipped": "skipped",
}

# dbt folder → (dbt's own manifest object, the content of manifest.json); no data path is in it.
_parsed: dict[Path, tuple[Any, Mapping[str, Any]]] = {}


def manifest(settings: Settings) -> Mapping[str, Any]:
    """The content of manifest.json, parsed once in a process."""
    return _parse(settings)[1]


def _parse(settings: Settings) -> tuple[Any, Mapping[str, Any]]:
    if settings.dbt not in _parsed:
        # What dbt keeps of an earlier parse is good for one path to the warehouse only, and is in
        # the project: parsed with a path that is always the same, it serves every data folder.
        target = settings.dbt_parsed
        command = ["parse", "--no-write-json"]
        parsed = _invoke(settings, None, command, data=target, target=target).result
        _parsed[settings.dbt] = (parsed, parsed.writable_manifest().to_dict())
    return _parsed[settings.dbt]


def raw_tables_behind(settings: Settings, model: str) -> list[str]:
    """The raw tables that the model named `model` is made from, at any remove."""
    content = manifest(settings)
    waiting = [uid for uid, node in content["nodes"].items() if node["name"] == model]
    seen: set[str] = set()
    while waiting:
        unique_id = waiting.pop()
        seen.add(unique_id)
        waiting += [parent for parent in content["parent_map"][unique_id] if parent not in seen]
    return sorted(content["sources"][uid]["name"] for uid in seen if uid.startswith("source."))


def in_order(settings: Settings, unique_ids: Collection[str]) -> list[str]:
    """The nodes, each after those that it is made from."""
    parents = manifest(settings)["parent_map"]
    return [uid for uid in TopologicalSorter(parents).static_order() if uid in unique_ids]


def tables(settings: Settings, unique_ids: Collection[str]) -> list[tuple[str, str]]:
    """Schema and name of each of the nodes that is kept as a table; a view keeps nothing."""
    nodes = manifest(settings)["nodes"]
    kept = [nodes[uid] for uid in sorted(unique_ids)]
    return [
        (node["schema"], node["name"]) for node in kept if node["config"]["materialized"] != "view"
    ]


def selectors(settings: Settings, unique_ids: Sequence[str]) -> list[str]:
    """What picks each of these nodes in dbt's selection syntax."""
    nodes = manifest(settings)["nodes"]
    return [".".join(nodes[unique_id]["fqn"]) for unique_id in unique_ids]


def build(
    settings: Settings, select: Sequence[str], *, count_anew: bool = False
) -> list[NodeResult]:
    """Build the models and seeds that `select` picks, and their data tests, in the graph's order.

    count_anew: also what is kept from run to run, such as the counts of unchanged waves.

    Unit tests speak of the SQL rather than of the data; they run with the project's own tests.

    Raises DbtCannotRun when dbt stops before the first node, for instance behind a gate.
    """
    parsed, _ = _parse(settings)
    command = ["build", "--no-write-json", "--select", *select]
    if count_anew:
        command.append("--full-refresh")
    for kind in ("unit_test", "exposure"):
        command += ["--exclude-resource-type", kind]
    result = _invoke(settings, parsed, command, data=settings.data, target=settings.dbt_target)
    content = manifest(settings)
    nodes = {**content["nodes"], **content["sources"]}
    found = [_node_result(node, nodes) for node in result.result.results]
    refused = [n for n in found if n.unique_id.startswith("operation.") and n.status == "failed"]
    if refused:
        raise DbtCannotRun(refused[0].message)
    return [node for node in found if not node.unique_id.startswith("operation.")]


def _invoke(
    settings: Settings, parsed: Any, command: Sequence[str], *, data: Path, target: Path
) -> Any:
    from dbt.cli.main import dbtRunner

    target.mkdir(parents=True, exist_ok=True)
    os.environ["TILLIT_DATA"] = str(data)
    folders = {
        "--project-dir": settings.dbt,
        "--profiles-dir": settings.dbt,
        "--target-path": target,
        "--log-path": target,
    }
    options = [str(part) for option in folders.items() for part in option]
    # What went wrong is read from the results; each event in words takes a fifth of the time.
    result = dbtRunner(manifest=parsed).invoke([*command, "--log-level", "none", *options])
    if result.exception:
        message = getattr(result.exception, "msg", None) or str(result.exception)
        raise DbtCannotRun(without_values(message.strip())) from result.exception
    return result


def _node_result(node: Any, nodes: Mapping[str, Mapping[str, Any]]) -> NodeResult:
    made = node.node
    is_test = made.resource_type == "test"
    of = made.depends_on.nodes if is_test else [made.unique_id]
    tables = [f"{nodes[one]['schema']}.{nodes[one]['name']}" for one in of if one in nodes]
    return NodeResult(
        unique_id=node.node.unique_id,
        status=STATUSES.get(str(node.status), "failed"),
        rows=node.failures or 0,
        seconds=node.execution_time,
        message=without_values(" ".join(str(node.message or "").split())),
        table=", ".join(tables),
        says={k: said for k, said in node.node.config.meta.items() if k in ("nb", "en")},
    )
