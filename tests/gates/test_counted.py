"""The database and Great Expectations see the same expectations hold."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.gates import suites
from dagster_project.gates.counted import CannotCount, count_of, holding
from dagster_project.gates.suites import Check, run_suite
from dagster_project.small_counts import in_words
from tests.gates.good_tables import make_good
from tests.gates.suite_runs import EXPECTATIONS, PARAMETERS, UNLIKE

Connection = duckdb.DuckDBPyConnection

ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(0, 3),
        st.none() | st.integers(0, 3),
        st.none() | st.sampled_from([0.0, 1.5, 3.0, float("nan")]),
        st.none() | st.sampled_from(["a", "b", "ab"]),
        st.none() | st.booleans(),
    ),
    max_size=4,
)
TEXT, FLAG = {"name": "t"}, {"name": "b"}
CONDITIONS = [
    None,
    {"type": "comparison", "column": TEXT, "operator": "==", "parameter": "a"},
    {"type": "comparison", "column": TEXT, "operator": "!=", "parameter": "a"},
    {"type": "comparison", "column": TEXT, "operator": "IN", "parameter": ["a", "b"]},
    {"type": "comparison", "column": {"name": "x"}, "operator": ">", "parameter": 1},
    {"type": "comparison", "column": FLAG, "operator": "==", "parameter": True},
    {"type": "nullity", "column": {"name": "i"}, "is_null": False},
    {
        "type": "and",
        "conditions": [
            {"type": "comparison", "column": TEXT, "operator": "==", "parameter": "a"},
            {"type": "nullity", "column": {"name": "x"}, "is_null": True},
        ],
    },
]
ALL_COLUMNS = {"condition_columns": [*"ijxtb"]}
EITHER = "either_value_is_missing"
KINDS: list[tuple[str, dict[str, Any]]] = [
    ("table_row_count_to_be_between", {"min_value": 1}),
    ("table_row_count_to_be_between", {"min_value": 1, "max_value": 2}),
    ("table_row_count_to_equal", {"value": 2}),
    ("table_columns_to_match_set", {"column_set": [*"bijtx"], "exact_match": False}),
    ("column_values_to_not_be_null", {"column": "x"}),
    ("column_values_to_not_be_null", {"column": "t"}),
    ("column_values_to_be_null", {"column": "x"}),
    ("column_values_to_be_in_set", {"column": "t", "value_set": ["a", "b"]}),
    ("column_values_to_be_in_set", {"column": "i", "value_set": [0, 1]}),
    ("column_values_to_be_between", {"column": "x", "min_value": 0, "strict_min": True}),
    ("column_values_to_be_between", {"column": "i", "min_value": 1, "max_value": 2}),
    ("column_values_to_match_regex", {"column": "t", "regex": "^a"}),
    ("column_value_lengths_to_equal", {"column": "t", "value": 1}),
    ("column_values_to_be_unique", {"column": "t"}),
    ("column_values_to_be_unique", {"column": "x"}),
    ("compound_columns_to_be_unique", {"column_list": ["i", "t"]}),
    (
        "column_pair_values_a_to_be_greater_than_b",
        {"column_A": "i", "column_B": "j", "or_equal": True, "ignore_row_if": EITHER},
    ),
    (
        "column_pair_values_a_to_be_greater_than_b",
        {"column_A": "i", "column_B": "j", "or_equal": True},
    ),
    (
        "select_column_values_to_be_unique_within_record",
        {"column_list": ["i", "j"], "ignore_row_if": "any_value_is_missing"},
    ),
]


def judged_alone(
    con: Connection, monkeypatch: pytest.MonkeyPatch, path: Path, table: str
) -> list[Check]:
    """What Great Expectations says of every expectation, without the database's count."""
    with monkeypatch.context() as patch:
        patch.setattr(suites, "holding", lambda *_, **__: {})
        return run_suite(con, path, table, parameters=PARAMETERS)


def told(check: Check) -> Check:
    """The check, but for which columns happened to be handed over besides those asked for."""
    is_columns = check.expectation == "expect_table_columns_to_match_set"
    return replace(check, observed="") if is_columns else check


@pytest.mark.parametrize("suite", UNLIKE)
def test_both_say_the_same_word_for_word_of_each_suite(
    con: Connection, monkeypatch: pytest.MonkeyPatch, suite: str
) -> None:
    make_good(con, suite)
    path = EXPECTATIONS / f"{suite}.json"
    expectations = json.loads(path.read_text("utf-8"))["expectations"]

    counted = run_suite(con, path, "looked_at", parameters=PARAMETERS)

    assert len(holding(con, expectations, "looked_at", parameters=PARAMETERS)) == len(expectations)
    alone = judged_alone(con, monkeypatch, path, "looked_at")
    assert [told(check) for check in counted] == [told(check) for check in alone]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind[0]} {' '.join(map(str, kind[1]))}")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, condition=st.sampled_from(CONDITIONS))
def test_what_the_database_sees_to_hold_holds_and_what_it_does_not_is_judged_to_fail(
    con: Connection,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    kind: tuple[str, dict[str, Any]],
    rows: list[tuple[Any, ...]],
    condition: dict[str, Any] | None,
) -> None:
    con.execute(
        "create or replace table looked_at (i integer, j integer, x double, t text, b boolean)"
    )
    if rows:
        con.executemany("insert into looked_at values (?, ?, ?, ?, ?)", rows)
    has_condition = condition and "columns_to_match" not in kind[0]
    kwargs = kind[1] | ({"row_condition": condition} if has_condition else {})
    expectation = {"type": f"expect_{kind[0]}", "kwargs": kwargs, "meta": ALL_COLUMNS}
    path = tmp_path_factory.mktemp("suite") / "some.json"
    path.write_text(json.dumps({"meta": {}, "expectations": [expectation]}), "utf-8")

    (check,) = judged_alone(con, monkeypatch, path, "looked_at")
    held = holding(con, [expectation], "looked_at", write=in_words)

    assert held == ({0: check.observed} if check.status == "passed" else {})


def test_whole_numbers_that_are_all_there_are_of_their_type(con: Connection) -> None:
    expectation = {
        "type": "expect_column_values_to_be_in_type_list",
        "kwargs": {"column": "i", "type_list": ["int32", "int64"]},
    }
    con.execute("create table looked_at as select 1::integer as i")
    assert holding(con, [expectation], "looked_at") == {0: "int32"}
    con.execute("insert into looked_at values (null)")
    assert holding(con, [expectation], "looked_at") == {}
    assert pd.DataFrame({"i": [1.0, None]})["i"].dtype == "float64"


@pytest.mark.parametrize(
    ("kind", "kwargs"),
    [
        ("column_mean_to_be_between", {"column": "i", "min_value": 0}),
        ("column_values_to_not_be_null", {"column": "lacking"}),
        ("column_values_to_not_be_null", {"column": "i", "mostly": 0.9}),
        ("column_values_to_be_in_set", {"column": "i", "value_set": ["1"]}),
        ("column_values_to_be_between", {"column": "t", "min_value": 1}),
        ("column_values_to_be_between", {"column": "i", "min_value": {"$PARAMETER": "lacking"}}),
        ("table_columns_to_match_set", {"column_set": ["i"], "exact_match": True}),
        (
            "column_values_to_not_be_null",
            {"column": "i", "row_condition": {"type": "or", "conditions": []}},
        ),
    ],
)
def test_what_is_not_counted_is_left_to_great_expectations(
    kind: str, kwargs: dict[str, Any]
) -> None:
    with pytest.raises(CannotCount):
        count_of({"type": f"expect_{kind}", "kwargs": kwargs}, {"i": "INTEGER", "t": "VARCHAR"}, {})
