"""Running a suite, or some of its expectations, over the table `looked_at`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.gates.suites import GateResult, gate_result, run_suite
from dagster_project.settings import PROJECT

EXPECTATIONS = PROJECT / "expectations"
SUITES = sorted(path.stem for path in EXPECTATIONS.glob("*.json"))
# Goals 3 and 4 demand the same as goal 1, word for word; see test_suite_files.py.
LIKE_GOAL_1 = [suite for suite in SUITES if "mart_goal_" in suite and suite[-1] != "1"]
UNLIKE = [suite for suite in SUITES if suite not in LIKE_GOAL_1]
PARAMETERS = {"minimum_respondents": 10}

NOT_NULL = "expect_column_values_to_not_be_null"

Expectation = dict[str, Any]


def read_suite(suite: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((EXPECTATIONS / f"{suite}.json").read_text("utf-8"))
    return content


def expectations_of(suite: str) -> list[Expectation]:
    found: list[Expectation] = read_suite(suite)["expectations"]
    return found


def is_conditional(expectation: Expectation) -> bool:
    return "row_condition" in expectation["kwargs"]


def columns_of(expectation: Expectation) -> list[str]:
    """The columns that an expectation is about, without those of its row_condition."""
    kwargs = expectation["kwargs"]
    single = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
    return [*single, *kwargs.get("column_list", [])]


def is_plain_not_null(expectation: Expectation) -> bool:
    """Half of all expectations; those that hold in some rows only are not among them."""
    return expectation["type"] == NOT_NULL and not is_conditional(expectation)


def gate(con: duckdb.DuckDBPyConnection, suite: str) -> GateResult:
    """The whole suite over `looked_at`."""
    path = EXPECTATIONS / f"{suite}.json"
    return gate_result(suite, "", run_suite(con, path, "looked_at", parameters=PARAMETERS))


def gate_of_some(
    con: duckdb.DuckDBPyConnection, suite: str, some: Sequence[Expectation], folder: Path
) -> GateResult:
    """Some expectations of the suite over `looked_at`, since a whole suite takes its time."""
    path = folder / f"{suite}.json"
    path.write_text(json.dumps(read_suite(suite) | {"expectations": list(some)}), "utf-8")
    return gate_result(suite, "", run_suite(con, path, "looked_at", parameters=PARAMETERS))
