"""Making the table `looked_at` break one expectation of a suite, whatever it demands.

Belongs here: one way of breaking each kind of expectation. Does not belong here: any suite.
Wrong values are recognisable, so that a test can see that none of them comes out of a gate.
"""

from collections.abc import Callable, Sequence
from typing import Any

import duckdb

from tests.gates.suite_runs import Expectation, columns_of

TEXT = "hemmelig"
NUMBER = 4711
SECRETS = (TEXT, str(NUMBER))

Connection = duckdb.DuckDBPyConnection


def sql_of(condition: dict[str, Any] | None) -> str:
    """A row_condition as SQL."""
    if condition is None:
        return "true"
    if condition["type"] == "and":
        return " and ".join(sql_of(part) for part in condition["conditions"])
    column = condition["column"]["name"]
    if condition["type"] == "nullity":
        return f"{column} is {'' if condition['is_null'] else 'not '}null"
    values = condition["parameter"] if condition["operator"] == "IN" else [condition["parameter"]]
    operator = "=" if condition["operator"] in ("==", "IN") else condition["operator"]
    compared = (f"{column} {operator} {literal(value)}" for value in values)
    return "(" + " or ".join(compared) + ")"


def literal(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def columns_in(condition: dict[str, Any] | None) -> list[str]:
    if condition is None:
        return []
    parts = condition.get("conditions")
    return [c for p in parts for c in columns_in(p)] if parts else [condition["column"]["name"]]


def spoil(con: Connection, expectation: Expectation) -> None:
    """Change `looked_at` so that it breaks `expectation`."""
    kwargs = expectation["kwargs"]
    for statement in SPOILERS[expectation["type"]](con, kwargs):
        con.execute(statement.format(where=sql_of(kwargs.get("row_condition"))))


def _set(column: str, value: str) -> list[str]:
    return [f"update looked_at set {column} = {value} where {{where}}"]


def _wrong(con: Connection, column: str) -> str:
    """A value that no suite allows, in the column's own type."""
    (kind,) = con.execute(f"select any_value(typeof({column})) from looked_at").fetchall()[0]
    if kind == "BOOLEAN":
        return f"not {column}"
    return f"'{TEXT}'" if kind == "VARCHAR" else str(NUMBER)


def _beyond(kwargs: dict[str, Any]) -> str:
    return str(NUMBER * 1000) if kwargs.get("max_value") is not None else str(-NUMBER)


def _repeat_rows(*_: object) -> list[str]:
    return ["insert into looked_at from looked_at"]


Spoiler = Callable[[Connection, dict[str, Any]], list[str]]
SPOILERS: dict[str, Spoiler] = {
    "expect_table_row_count_to_be_between": lambda *_: ["delete from looked_at where {where}"],
    "expect_table_row_count_to_equal": _repeat_rows,
    "expect_table_columns_to_match_set": lambda _, k: [
        f"alter table looked_at drop column {k['column_set'][-1]}"
    ],
    "expect_compound_columns_to_be_unique": _repeat_rows,
    "expect_column_values_to_be_unique": lambda _, k: _set(
        k["column"], f"(select any_value({k['column']}) from looked_at)"
    ),
    "expect_column_values_to_not_be_null": lambda _, k: _set(k["column"], "null"),
    "expect_column_values_to_be_null": lambda con, k: _set(
        k["column"], "true" if k["column"] == "agrees" else _wrong(con, k["column"])
    ),
    "expect_column_values_to_be_in_set": lambda con, k: _set(k["column"], _wrong(con, k["column"])),
    "expect_column_values_to_be_in_type_list": lambda _, k: [
        f"alter table looked_at alter column {k['column']} type varchar using '{TEXT}'"
    ],
    "expect_column_values_to_be_between": lambda _, k: _set(k["column"], _beyond(k)),
    "expect_column_values_to_match_regex": lambda _, k: _set(k["column"], f"'{TEXT}'"),
    "expect_column_value_lengths_to_equal": lambda _, k: _set(k["column"], f"'{TEXT}'"),
    "expect_column_pair_values_a_to_be_greater_than_b": lambda _, k: _set(
        k["column_A"], f"{k['column_B']} - {NUMBER}"
    ),
    "expect_select_column_values_to_be_unique_within_record": lambda _, k: _set(
        k["column_list"][0], k["column_list"][1]
    ),
}
WHOLE_TABLE = {
    "expect_table_row_count_to_be_between",
    "expect_table_row_count_to_equal",
    "expect_table_columns_to_match_set",
    "expect_compound_columns_to_be_unique",
}


def together(expectations: Sequence[Expectation]) -> list[list[Expectation]]:
    """The expectations in groups that can be broken at once: no two share a column."""
    groups: list[tuple[set[str], list[Expectation]]] = []
    for expectation in expectations:
        about = {*columns_of(expectation), *columns_in(expectation["kwargs"].get("row_condition"))}
        alone = expectation["type"] in WHOLE_TABLE
        home = None if alone else next((g for g in groups if g[0] and not g[0] & about), None)
        if home:
            home[0].update(about)
            home[1].append(expectation)
        else:
            groups.append((set() if alone else about, [expectation]))
    return [group for _, group in groups]
