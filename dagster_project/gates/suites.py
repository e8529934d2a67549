"""Running an expectation suite over a table of the warehouse.

Belongs here: the way from `expectations/<name>.json` and a table to a GateResult.
Does not belong here: any limit or code, which stand in the suites; storing the result (status.py).

Great Expectations does not work against DuckDB through SQLAlchemy, so the columns that a suite
names go to pandas. No value from the data leaves this module: only counts, and for tables about no
person the columns in the suite's `names_rows_by`, so that one sees which rows are wrong.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd

from dagster_project.gates.quick_expectations import import_great_expectations, worked_out_once

Status = Literal["passed", "failed", "could_not_run", "not_delivered"]

ONLY_COUNTS = {"result_format": "BASIC", "partial_unexpected_count": 0}
NAMED_ROWS = {"result_format": "SUMMARY", "partial_unexpected_count": 5}


@dataclass(frozen=True)
class Check:
    """What one expectation found. rows: how many broke it. says: what it demands, nb and en."""

    suite: str
    expectation: str
    column: str
    status: Status
    rows: int
    observed: str
    says_nb: str
    says_en: str


@dataclass(frozen=True)
class GateResult:
    """What one gate found; `message` tells a person what is wrong, and is empty when it passed."""

    gate: str
    domain: str
    status: Status
    checks: list[Check]
    message: str

    @property
    def failed(self) -> int:
        return sum(check.status != "passed" for check in self.checks)

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
    broken = [c for c in checks if c.status != "passed"]
    status: Status = "passed"
    if faults or any(c.status == "failed" for c in broken):
        status = "failed"
    elif broken or not checks:
        status = "could_not_run"
    said = [*faults, *(_in_words(check) for check in broken)]
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
    rows = f", {check.rows} row(s) break it" if check.rows else ""
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
    full, rows = full_columns(con, suite["expectations"], table, where)
    in_full = [e for e in suite["expectations"] if _asks_for_full(e) in full]
    suite["expectations"] = [e for e in suite["expectations"] if _asks_for_full(e) not in full]
    frame = columns_named(con, suite, table, where)
    names = [name for name in suite["meta"].get("names_rows_by", []) if name in frame]
    batch = _all_rows().get_batch({"dataframe": frame})

    def validate(expectations: Sequence[Any], result_format: Mapping[str, Any]) -> list[Any]:
        gx = import_great_expectations()
        with worked_out_once(
            gx.expectations.expectation.Expectation, gx.execution_engine.PandasExecutionEngine
        ):
            found = batch.validate(
                gx.ExpectationSuite(path.stem, expectations=list(expectations)),
                result_format=result_format,
                expectation_parameters=dict(parameters or {}),
            )
        return list(found.results)

    results = validate(suite["expectations"], ONLY_COUNTS) if suite["expectations"] else []
    broken = [found.expectation_config for found in results if not found.success]
    if names and broken:
        wrong_rows = NAMED_ROWS | {"unexpected_index_column_names": names}
        results = [found for found in results if found.success]
        results += validate([config.to_json_dict() for config in broken], wrong_rows)
    checks = [_check(path.stem, found, names) for found in results]
    checks += [_full_column(path.stem, expectation, rows) for expectation in in_full]
    return sorted(checks, key=lambda check: (check.expectation, check.column, check.says_en))


NOT_NULL = "expect_column_values_to_not_be_null"


def _asks_for_full(expectation: Mapping[str, Any]) -> str | None:
    """The column that must be filled on every row, where that is all the expectation asks."""
    only_column = set(expectation["kwargs"]) == {"column"}
    return (
        expectation["kwargs"]["column"] if expectation["type"] == NOT_NULL and only_column else None
    )


def full_columns(
    con: duckdb.DuckDBPyConnection,
    expectations: Sequence[Mapping[str, Any]],
    table: str,
    where: str,
) -> tuple[set[str | None], int]:
    """The columns that must be filled and are, counted in one scan, and how many rows there are.

    More than half of all expectations ask for a filled column. The database counts them at no cost,
    and spares the way to pandas; Great Expectations is asked about those that are not full.
    """
    present = {name for name, *_ in con.execute(f"describe {table}").fetchall()}
    asked = sorted({c for e in expectations if (c := _asks_for_full(e)) and c in present})
    counts = "".join(f', count("{column}")' for column in asked)
    (found,) = con.execute(f"select count(*){counts} from {table} where {where}").fetchall()
    rows, *filled = found
    return {c for c, n in zip(asked, filled, strict=True) if n == rows and rows > 0}, rows


def _full_column(suite: str, expectation: Mapping[str, Any], rows: int) -> Check:
    meta = expectation.get("meta", {})
    return Check(
        suite=suite,
        expectation=NOT_NULL,
        column=expectation["kwargs"]["column"],
        status="passed",
        rows=0,
        observed=f"0 of {rows} rows",
        says_nb=meta.get("nb", NOT_NULL),
        says_en=meta.get("en", NOT_NULL),
    )


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


def _check(suite: str, found: Any, names: Sequence[str]) -> Check:
    config = found.expectation_config
    kwargs = {k: v for k, v in config.kwargs.items() if k != "batch_id"}
    raised = "raised_exception" not in found.exception_info or found.exception_info.get(
        "raised_exception"
    )
    status: Status = "could_not_run" if raised else "passed" if found.success else "failed"
    column = kwargs.get("column") or ", ".join(
        [
            *kwargs.get("column_list", []),
            *(v for k, v in kwargs.items() if k.startswith("column_") and isinstance(v, str)),
        ]
    )
    return Check(
        suite=suite,
        expectation=config.type,
        column=column,
        status=status,
        rows=int(found.result.get("unexpected_count") or 0),
        observed=_exception(found.exception_info) if raised else _observed(found.result, names),
        says_nb=config.meta.get("nb", config.type),
        says_en=config.meta.get("en", config.type),
    )


def _observed(result: Mapping[str, Any], names: Sequence[str]) -> str:
    """What was found, in counts alone, and the first rows by `names`."""
    if "unexpected_count" in result:
        rows = result.get("partial_unexpected_index_list") or []
        named = dict.fromkeys(" ".join(str(row[name]) for name in names) for row in rows)
        where = f" ({', '.join(named)})" if named else ""
        return f"{result['unexpected_count']} of {result['element_count']} rows{where}"
    missing = result.get("details", {}).get("mismatched", {}).get("missing")
    return f"no column {', '.join(missing)}" if missing else str(result.get("observed_value", ""))


def _exception(info: Mapping[str, Any]) -> str:
    messages = [info] if "exception_message" in info else list(info.values())
    lines = str(messages[0].get("exception_message", "")).splitlines()
    return lines[0][:200] if lines else "an error without a message"


@cache
def _context() -> Any:
    context = import_great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


@cache
def _all_rows() -> Any:
    """What makes a batch of a data frame."""
    source = _context().data_sources.add_pandas("gate")
    return source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("all rows")
