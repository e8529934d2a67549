"""Running an expectation suite over a table of the warehouse.

Belongs here: the way from `expectations/<name>.json` and a table to a GateResult.
Does not belong here: any limit or code, which stand in the suites; storing the result (status.py).

Great Expectations does not work against DuckDB through SQLAlchemy, so the columns that a suite
names go to pandas. No value from the data leaves this module: only counts, and for tables about no
person the columns in the suite's `names_rows_by`, so that one sees which rows are wrong.
"""

import importlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import duckdb
import pandas as pd

from dagster_project.gates.counted import holding
from dagster_project.small_counts import in_words, told
from dagster_project.without_values import of_check

Status = Literal["passed", "failed", "could_not_run", "not_delivered"]
CheckStatus = Literal["passed", "warned", "failed", "could_not_run"]

BROKEN = ("failed", "could_not_run")

LONGEST_LIMIT = 200  # letters; a list of codes goes on in the suite
# the columns have a place of their own, and its words say which rows it is about
NO_LIMIT = {"column", "column_A", "column_B", "column_list", "batch_id", "condition_parser"}
NO_LIMIT |= {"row_condition", "ignore_row_if"}

ONLY_COUNTS = {"result_format": "BASIC", "partial_unexpected_count": 0}
NAMED_ROWS = {"result_format": "SUMMARY", "partial_unexpected_count": 5}


@dataclass(frozen=True)
class Check:
    """What one expectation found. rows: how many broke it, None where these are too few to be told.
    says: what it demands, nb and en. table: what was looked at. limit: the demand in figures and
    codes.

    status: `warned` where what broke it is to be known, and holds nothing back.
    """

    suite: str
    expectation: str
    column: str
    status: CheckStatus
    rows: int | None
    observed: str
    says_nb: str
    says_en: str
    table: str = ""
    limit: str = ""


@dataclass(frozen=True)
class GateResult:
    """What one gate found; `message` tells a person what is wrong, or warns where it passed."""

    gate: str
    domain: str
    status: Status
    checks: list[Check]
    message: str

    @property
    def failed(self) -> int:
        return sum(check.status in BROKEN for check in self.checks)

    def as_event(self) -> dict[str, Any]:
        """The result as it stands in the quality record and the release."""
        return {
            "gate": self.gate,
            "domain": self.domain,
            "status": self.status,
            "checks": len(self.checks),
            "failed": self.failed,
            "message": self.message,
            "details": [asdict(check) for check in self.checks],
        }


def gate_result(
    gate: str, domain: str, checks: Sequence[Check], *, faults: Sequence[str] = ()
) -> GateResult:
    """Sum up checks, and faults found before any check could be made, into one result."""
    broken = [c for c in checks if c.status in BROKEN]
    status: Status = "passed"
    if faults or any(c.status == "failed" for c in broken):
        status = "failed"
    elif broken or not checks:
        status = "could_not_run"
    said = [*faults, *(_in_words(check) for check in checks if check.status != "passed")]
    if not checks and not faults:
        said = [f"{gate}: the suite holds no expectation; write at least one"]
    return GateResult(gate, domain, status, list(checks), "; ".join(said))


def not_delivered(gate: str, domain: str) -> GateResult:
    """The result of a gate whose domain has no file: a status, which holds nothing back."""
    return GateResult(gate, domain, "not_delivered", [], "")


def _in_words(check: Check) -> str:
    where = f" (column {check.column})" if check.column else ""
    if check.status == "could_not_run":
        return f"{check.suite}: could not check that {check.says_en}{where}: {check.observed}"
    count = "some" if check.rows is None else check.rows
    rows = "" if check.rows == 0 else f", {count} row(s) break it"
    if check.status == "warned":
        return f"warning: {check.says_en}{rows}"
    return f"{check.suite}: {check.says_en}{where}{rows}; found {check.observed}"


def run_suite(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    *,
    where: str = "true",
    parameters: Mapping[str, Any] | None = None,
) -> list[Check]:
    """Run the suite in `path` over the rows of `table` that `where` picks.

    parameters: values for `$PARAMETER` in the suite. Returns one Check per expectation.
    """
    suite = json.loads(path.read_text(encoding="utf-8"))
    write = str if suite["meta"].get("names_rows_by") else in_words
    held = holding(
        con, suite["expectations"], table, where=where, parameters=parameters, write=write
    )
    checks = [
        _held(path.stem, suite["expectations"][n], observed, parameters or {})
        for n, observed in held.items()
    ]
    left = [e for n, e in enumerate(suite["expectations"]) if n not in held]
    if left:
        checks += _judged(con, path.stem, suite | {"expectations": left}, table, where, parameters)
    checks = [replace(check, table=table) for check in checks]
    return sorted(checks, key=lambda check: (check.expectation, check.column, check.says_en))


def _judged(
    con: duckdb.DuckDBPyConnection,
    name: str,
    suite: dict[str, Any],
    table: str,
    where: str,
    parameters: Mapping[str, Any] | None,
) -> list[Check]:
    """What Great Expectations says of each expectation in the suite."""
    gx = great_expectations()
    frame = columns_named(con, suite, table, where)
    names = [name for name in suite["meta"].get("names_rows_by", []) if name in frame]
    batch = _all_rows().get_batch({"dataframe": frame})

    def validate(expectations: Sequence[Any], result_format: Mapping[str, Any]) -> list[Any]:
        found = batch.validate(
            gx.ExpectationSuite(name, expectations=list(expectations)),
            result_format=result_format,
            expectation_parameters=dict(parameters or {}),
        )
        return list(found.results)

    results = validate(suite["expectations"], ONLY_COUNTS)
    broken = [found.expectation_config for found in results if not found.success]
    if names and broken:
        wrong_rows = NAMED_ROWS | {"unexpected_index_column_names": names}
        results = [found for found in results if found.success]
        results += validate([config.to_json_dict() for config in broken], wrong_rows)
    return [_check(name, found, names, parameters or {}) for found in results]


def _held(
    suite: str, expectation: Mapping[str, Any], observed: str, parameters: Mapping[str, Any]
) -> Check:
    """The check of an expectation that no row breaks."""
    kwargs, meta = expectation["kwargs"], expectation.get("meta", {})
    return Check(
        suite=suite,
        expectation=expectation["type"],
        column=_columns_of(kwargs),
        status="passed",
        rows=0,
        observed=observed,
        says_nb=meta.get("nb", expectation["type"]),
        says_en=meta.get("en", expectation["type"]),
        limit=limit_of(kwargs, parameters),
    )


def limit_of(kwargs: Mapping[str, Any], parameters: Mapping[str, Any]) -> str:
    """What an expectation demands beside its columns, as `min_value = 0; max_value = 1`.

    parameters: values for `$PARAMETER`.
    """
    said = (
        f"{name} = {_plain(value, parameters)}"
        for name, value in sorted(kwargs.items())
        if name not in NO_LIMIT and value is not None
    )
    return "; ".join(said)[:LONGEST_LIMIT]


def _plain(value: Any, parameters: Mapping[str, Any]) -> str:
    """A value of a suite in words; a number the same whether it is written as whole or not."""
    match value:
        case {"$PARAMETER": str(name)}:
            return _plain(parameters.get(name, name), parameters)
        case list():
            return " | ".join(_plain(one, parameters) for one in value)
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _columns_of(kwargs: Mapping[str, Any]) -> str:
    """The columns that an expectation is about, as a person reads them."""
    single = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
    return ", ".join([*single, *kwargs.get("column_list", [])])


def columns_named(
    con: duckdb.DuckDBPyConnection, suite: dict[str, Any], table: str, where: str
) -> pd.DataFrame:
    """Only the columns that the suite speaks of; one that the table lacks is left out, so that
    the expectation on it could not run.

    Text becomes categories, since Great Expectations copies the frame for many an expectation.
    """
    present = [(name, kind) for name, kind, *_ in con.execute(f"describe {table}").fetchall()]
    named = {*_named(suite["expectations"]), *suite["meta"].get("names_rows_by", [])}
    wanted = [column for column in present if column[0] in named] or present[:1]
    columns = ", ".join(
        f'"{name}"::double as "{name}"' if kind.startswith("DECIMAL") else f'"{name}"'
        for name, kind in wanted
    )
    rows = con.sql(f"select {columns} from {table} where {where}").to_arrow_table()
    frame: pd.DataFrame = rows.to_pandas(strings_to_categorical=True)
    return frame


def _named(expectations: Sequence[dict[str, Any]]) -> Iterator[str]:
    for expectation in expectations:
        kwargs = expectation["kwargs"]
        for key in ("column", "column_A", "column_B"):
            if key in kwargs:
                yield kwargs[key]
        for key in ("column_list", "column_set"):
            yield from kwargs.get(key, [])
        yield from expectation.get("meta", {}).get("condition_columns", [])


def _check(suite: str, found: Any, names: Sequence[str], parameters: Mapping[str, Any]) -> Check:
    config = found.expectation_config
    raised = "raised_exception" not in found.exception_info or found.exception_info.get(
        "raised_exception"
    )
    status: CheckStatus = "could_not_run" if raised else "passed" if found.success else "failed"
    return Check(
        suite=suite,
        expectation=config.type,
        column=_columns_of(config.kwargs),
        status=status,
        rows=_rows(found.result, names),
        observed=_exception(found.exception_info) if raised else _observed(found.result, names),
        says_nb=config.meta.get("nb", config.type),
        says_en=config.meta.get("en", config.type),
        limit=limit_of(config.kwargs, parameters),
    )


def _rows(result: Mapping[str, Any], names: Sequence[str]) -> int | None:
    count = int(result.get("unexpected_count") or 0)
    return count if names else told(count, result.get("element_count"))


def _observed(result: Mapping[str, Any], names: Sequence[str]) -> str:
    """What was found, in counts alone: of rows that have names all and the first names, of others
    those that are not too few."""
    if "unexpected_count" in result:
        rows = result.get("partial_unexpected_index_list") or []
        named = dict.fromkeys(" ".join(str(row[name]) for name in names) for row in rows)
        count, of = result["unexpected_count"], result["element_count"]
        where = f" ({', '.join(named)})" if named else ""
        return f"{count} of {of} rows{where}" if names else f"{in_words(count, of)} rows"
    missing = result.get("details", {}).get("mismatched", {}).get("missing")
    if missing:
        return f"no column {', '.join(missing)}"
    value = result.get("observed_value", "")
    return in_words(value) if isinstance(value, int) and not names else str(value)


def _exception(info: Mapping[str, Any]) -> str:
    messages = [info] if "exception_message" in info else list(info.values())
    return of_check(str(messages[0].get("exception_message", "")))


def great_expectations() -> ModuleType:
    """The package, imported when something does not hold, with telemetry off."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    return importlib.import_module("great_expectations")


@cache
def _context() -> Any:
    context = great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


@cache
def _all_rows() -> Any:
    """What makes a batch of a data frame."""
    source = _context().data_sources.add_pandas("gate")
    return source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("all rows")
