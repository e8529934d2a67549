"""Which expectations hold, counted by the database in one scan of the table.

Belongs here: an expectation as a count of the rows that break it, in SQL.
Does not belong here: what is said of an expectation that does not hold; Great Expectations judges
and words that (suites.py), from rows that the database has to hand over for it.

Nearly every expectation holds nearly always, and the database sees that at no cost: no row leaves
it. What it cannot count, or counts a single row against, is left to Great Expectations, so a count
here may err to the strict side only; tests/gates/test_counted.py compares the two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

Expectation = Mapping[str, Any]

COMPARISONS = {"==": "=", "!=": "is distinct from", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
# What is counted, and with which arguments.
COUNTED = {
    "table_columns_to_match_set": {"column_set", "exact_match"},
    "table_row_count_to_be_between": {"min_value", "max_value", "strict_min", "strict_max"},
    "table_row_count_to_equal": {"value"},
    "column_values_to_not_be_null": {"column"},
    "column_values_to_be_null": {"column"},
    "column_values_to_be_in_set": {"column", "value_set"},
    "column_values_to_be_between": {
        *("column", "min_value", "max_value", "strict_min", "strict_max")
    },
    "column_values_to_match_regex": {"column", "regex"},
    "column_value_lengths_to_equal": {"column", "value"},
    "column_values_to_be_unique": {"column"},
    "column_values_to_be_in_type_list": {"column", "type_list"},
    "compound_columns_to_be_unique": {"column_list"},
    "column_pair_values_a_to_be_greater_than_b": {
        *("column_A", "column_B", "or_equal", "ignore_row_if")
    },
    "select_column_values_to_be_unique_within_record": {"column_list", "ignore_row_if"},
}
PANDAS_TYPES = {"SMALLINT": "int16", "INTEGER": "int32", "BIGINT": "int64"}


class CannotCount(Exception):
    """The expectation, or its condition, is of a kind that is not counted here."""


@dataclass(frozen=True)
class Count:
    """What a query gives: rows that the expectation is about, and rows that break it."""

    rows: str
    breaking: str
    values: list[Any]
    observed: Callable[[str], str] = field(default="0 of {} rows".format)


def holding(
    con: duckdb.DuckDBPyConnection,
    expectations: Sequence[Expectation],
    table: str,
    *,
    where: str = "true",
    parameters: Mapping[str, Any] | None = None,
    write: Callable[[int], str] = str,
) -> dict[int, str]:
    """The expectations that no row of `table` within `where` breaks.

    parameters: values for `$PARAMETER`. write: a number of rows as it may be told.
    Returns position in `expectations` → what was observed.
    """
    columns = {name: kind for name, kind, *_ in con.execute(f"describe {table}").fetchall()}
    counts: dict[int, Count] = {}
    for position, expectation in enumerate(expectations):
        try:
            counts[position] = count_of(expectation, columns, parameters or {})
        except CannotCount:
            continue
    if not counts:
        return {}
    asked = ", ".join(f"{count.rows}, {count.breaking}" for count in counts.values())
    values = [value for count in counts.values() for value in count.values]
    found = con.execute(f"select {asked} from {table} where {where}", values).fetchone() or ()
    pairs = zip(counts.items(), found[::2], found[1::2], strict=True)
    return {
        position: count.observed(write(rows))
        for (position, count), rows, breaking in pairs
        if not breaking
    }


def count_of(
    expectation: Expectation, columns: Mapping[str, str], parameters: Mapping[str, Any]
) -> Count:
    """The expectation as two aggregates over the rows that its condition picks.

    columns: those of the table, name → type. Raises CannotCount.
    """
    kwargs = {key: _given(value, parameters) for key, value in expectation["kwargs"].items()}
    condition, bound = _condition(kwargs.pop("row_condition", None), columns)
    table = _Table(columns, condition, bound)
    kind = expectation["type"].removeprefix("expect_")
    if not set(kwargs) <= COUNTED.get(kind, set()):
        raise CannotCount
    match kind, kwargs:
        case "table_columns_to_match_set", {"column_set": asked, "exact_match": False} if (
            not condition
        ):
            lacking = len(set(asked) - set(columns))
            count = Count("count(*)", str(lacking), [], lambda _: str(sorted(asked)))
        case "table_row_count_to_be_between", _:
            outside, values = _outside("count(*)" + table.picked, _bounds(kwargs))
            # the condition stands once in each comparison, and its values before the limit's
            values = [bound_value for limit in values for bound_value in (*bound, limit)]
            count = Count(table.rows, f"({outside})::int", [*bound, *values], str)
        case "table_row_count_to_equal", {"value": value}:
            breaking = f"(count(*){table.picked} <> ?)::int"
            count = Count(table.rows, breaking, [*bound, *bound, value], str)
        case "column_values_to_not_be_null", {"column": column}:
            count = table.rows_where(f"{table[column]} is null", [])
        case "column_values_to_be_null", {"column": column}:
            count = table.rows_where(f"{table[column]} is not null", [])
        case "column_values_to_be_in_set", {"column": column, "value_set": codes}:
            literals = _literals(codes, table.kind(column))
            marks = ", ".join("?" for _ in literals)
            count = table.rows_where(f"{table[column]} not in ({marks})", literals)
        case "column_values_to_be_between", {"column": column}:
            limits = _bounds(kwargs)
            _literals([limit for _, limit in limits], table.kind(column))
            count = table.rows_where(*_outside(f"{table[column]}::double", limits))
        case "column_values_to_match_regex", {"column": column, "regex": regex}:
            _literals([regex], table.kind(column))
            count = table.rows_where(f"not regexp_matches({table[column]}, ?)", [regex])
        case "column_value_lengths_to_equal", {"column": column, "value": value}:
            _literals([""], table.kind(column))
            count = table.rows_where(f"length({table[column]}) <> ?", [value])
        case "column_values_to_be_unique", {"column": column}:
            cells = table[column]
            repeated = f"count({cells}){table.picked} - count(distinct {cells}){table.picked}"
            count = Count(table.rows, repeated, bound * 3)
        case "compound_columns_to_be_unique", {"column_list": names}:
            cells = ", ".join(table[name] for name in names)
            # a row in which all of them are missing is passed over
            some = " or ".join(f"{table[name]} is not null" for name in names)
            filled = f" filter (where ({condition or 'true'}) and ({some}))"
            repeated = f"count(*){filled} - count(distinct hash({cells})){filled}"
            count = Count(table.rows, repeated, bound * 3)
        case "column_pair_values_a_to_be_greater_than_b", {
            "column_A": left,
            "column_B": right,
            "or_equal": True,
        }:
            if table.kind(left) != table.kind(right) or table.kind(left) not in ("number", "date"):
                raise CannotCount
            both = kwargs.get("ignore_row_if") == "either_value_is_missing"
            less = f"{table[left]} < {table[right]}"
            one = f"({table[left]} is null) <> ({table[right]} is null)"
            count = table.rows_where(less if both else f"({less}) or {one}", [])
        case "select_column_values_to_be_unique_within_record", {
            "column_list": [left, right],
            "ignore_row_if": "any_value_is_missing",
        }:
            if table.kind(left) != table.kind(right):
                raise CannotCount
            count = table.rows_where(f"{table[left]} = {table[right]}", [])
        case "column_values_to_be_in_type_list", {"column": column, "type_list": names}:
            pandas_type = PANDAS_TYPES.get(columns.get(column, ""), "")
            if pandas_type not in names:
                raise CannotCount
            empty = table.rows_where(f"{table[column]} is null", [])
            count = Count(empty.rows, empty.breaking, empty.values, lambda _: pandas_type)
        case _:
            raise CannotCount
    return count


@dataclass(frozen=True)
class _Table:
    """The columns of a table, and the rows of it that a condition picks, as SQL."""

    columns: Mapping[str, str]
    condition: str
    bound: list[Any]

    @property
    def picked(self) -> str:
        return f" filter (where {self.condition})" if self.condition else ""

    @property
    def rows(self) -> str:
        return f"count(*){self.picked}"

    def rows_where(self, breaks: str, values: list[Any]) -> Count:
        both = f"({self.condition}) and ({breaks})" if self.condition else breaks
        return Count(
            self.rows, f"count(*) filter (where {both})", [*self.bound, *self.bound, *values]
        )

    def __getitem__(self, column: str) -> str:
        """The column as pandas will have it: what is not a number is missing."""
        cells = '"' + column.replace('"', '""') + '"'
        return f"nullif({cells}, 'NaN')" if self.type(column) in ("DOUBLE", "FLOAT") else cells

    def type(self, column: str) -> str:
        if column not in self.columns:
            raise CannotCount
        return self.columns[column]

    def kind(self, column: str) -> str:
        kind = self.type(column)
        if kind.startswith("DECIMAL"):
            return "number"
        kinds = {"VARCHAR": "text", "BOOLEAN": "bool", "DATE": "date", "TIMESTAMP": "date"}
        numbers = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE")
        return kinds.get(kind, "number" if kind in numbers else kind)


def _condition(
    condition: Mapping[str, Any] | None, columns: Mapping[str, str]
) -> tuple[str, list[Any]]:
    """A row condition as SQL, and the values it names in their order; empty where there is none."""
    table = _Table(columns, "", [])
    match condition:
        case None:
            return "", []
        case {"type": "and", "conditions": parts}:
            told = [_condition(part, columns) for part in parts]
            return " and ".join(f"({sql})" for sql, _ in told), [v for _, vs in told for v in vs]
        case {"type": "nullity", "column": {"name": name}, "is_null": is_null}:
            return f"{table[name]} is {'' if is_null else 'not '}null", []
        case {"type": "comparison", "column": {"name": name}, "operator": "IN", "parameter": codes}:
            literals = _literals(codes, table.kind(name))
            return f"{table[name]} in ({', '.join('?' for _ in literals)})", literals
        case {"type": "comparison", "column": {"name": name}, "operator": sign, "parameter": value}:
            if sign not in COMPARISONS:
                raise CannotCount
            return f"{table[name]} {COMPARISONS[sign]} ?", _literals([value], table.kind(name))
        case _:
            raise CannotCount


def _given(value: Any, parameters: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping) and "$PARAMETER" in value:
        if value["$PARAMETER"] not in parameters:
            raise CannotCount
        return parameters[value["$PARAMETER"]]
    return value


def _literals(values: Sequence[Any], kind: str) -> list[Any]:
    """The values, where each can be compared with a column of the kind without being converted."""
    kinds = {str: "text", bool: "bool", int: "number", float: "number"}
    if not values or any(kinds.get(type(value)) != kind for value in values):
        raise CannotCount
    return list(values)


def _bounds(kwargs: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """For each limit that is given: how a value beyond it compares with it, and the limit."""
    signs = {("min", False): "<", ("min", True): "<=", ("max", False): ">", ("max", True): ">="}
    found = [
        (sign, kwargs[f"{end}_value"])
        for (end, is_strict), sign in signs.items()
        if kwargs.get(f"{end}_value") is not None
        and kwargs.get(f"strict_{end}", False) is is_strict
    ]
    if not found:
        raise CannotCount
    return found


def _outside(cells: str, limits: Sequence[tuple[str, Any]]) -> tuple[str, list[Any]]:
    return " or ".join(f"{cells} {sign} ?" for sign, _ in limits), [limit for _, limit in limits]
