"""Parsing and building the dbt project in this process.

Belongs here: calling dbt, and its manifest. Does not belong here: Dagster (assets.py), SQL (dbt/).

dbt is imported when it is first needed, since that takes a second; the manifest is parsed once in
a process and given to every later call.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from dagster_project.settings import Settings
from dagster_project.warehouse import CONFIGURATION


class DbtCannotRun(Exception):
    """dbt stopped before it ran any node; the message is dbt's own, in one piece."""


@dataclass(frozen=True)
class NodeResult:
    """What became of one model, seed or test. rows: rows that break a test."""

    unique_id: str
    status: Literal["passed", "failed", "skipped"]
    rows: int
    seconds: float
    message: str


# dbt folder → (dbt's own manifest object, the content of manifest.json); no data path is in it.
_parsed: dict[Path, tuple[Any, Mapping[str, Any]]] = {}


def manifest(settings: Settings) -> Mapping[str, Any]:
    """The content of manifest.json, parsed once in a process."""
    return _parse(settings)[1]


def _parse(settings: Settings) -> tuple[Any, Mapping[str, Any]]:
    if settings.dbt not in _parsed:
        result = _invoke(settings, None, ["parse", "--quiet"])
        written = (settings.dbt_target / "manifest.json").read_text(encoding="utf-8")
        _parsed[settings.dbt] = (result.result, json.loads(written))
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


def build(settings: Settings, unique_ids: Sequence[str]) -> list[NodeResult]:
    """Build the models and seeds in `unique_ids` with their data tests, in the order of the graph.

    Unit tests speak of the SQL rather than of the data; they run with the project's own tests.

    Raises DbtCannotRun when dbt stops before the first node, for instance behind a gate.
    """
    parsed, content = _parse(settings)
    nodes = content["nodes"]
    select = [".".join(nodes[unique_id]["fqn"]) for unique_id in unique_ids]
    command = [
        "build",
        "--quiet",
        "--no-write-json",
        "--exclude-resource-type",
        "unit_test",
    ]
    # A connection of our own spares dbt opening the file anew for each of its nodes.
    beside = duckdb.connect(str(settings.warehouse), config=CONFIGURATION)
    try:
        result = _invoke(settings, parsed, [*command, "--select", *select])
    finally:
        beside.close()
    found = [_node_result(node) for node in result.result.results]
    refused = [n for n in found if n.unique_id.startswith("operation.") and n.status == "failed"]
    if refused:
        raise DbtCannotRun(refused[0].message)
    return [node for node in found if not node.unique_id.startswith("operation.")]


def _invoke(settings: Settings, parsed: Any, command: Sequence[str]) -> Any:
    from dbt.cli.main import dbtRunner

    settings.dbt_target.mkdir(parents=True, exist_ok=True)
    os.environ["TILLIT_DATA"] = str(settings.data)
    folders = {
        "--project-dir": settings.dbt,
        "--profiles-dir": settings.dbt,
        "--target-path": settings.dbt_target,
        "--log-path": settings.dbt_target,
    }
    options = [str(part) for option in folders.items() for part in option]
    result = dbtRunner(manifest=parsed).invoke([*command, *options])
    if result.exception:
        message = getattr(result.exception, "msg", None) or str(result.exception)
        raise DbtCannotRun(message.strip()) from result.exception
    return result


def _node_result(node: Any) -> NodeResult:
    status = str(node.status)
    return NodeResult(
        unique_id=node.node.unique_id,
        status="passed"
        if status in ("success", "pass", "warn")
        else "skipped"
        if status == "skipped"
        else "failed",
        rows=node.failures or 0,
        seconds=node.execution_time,
        message=" ".join(str(node.message or "").split()),
    )
