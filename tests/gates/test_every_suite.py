"""What holds for every suite: it lets good data through, and each of its expectations can fail."""

import json
from pathlib import Path

import duckdb
import pytest

from tests.gates.good_tables import make_good
from tests.gates.spoiling import SECRETS, spoil, together
from tests.gates.suite_runs import (
    UNLIKE,
    columns_of,
    expectations_of,
    gate,
    gate_of_some,
    is_plain_not_null,
)

Connection = duckdb.DuckDBPyConnection

ROW_COUNTS = ("expect_table_row_count_to_be_between", "expect_table_row_count_to_equal")


@pytest.mark.parametrize("suite", UNLIKE)
def test_good_data_passes(con: Connection, suite: str) -> None:
    make_good(con, suite)

    result = gate(con, suite)

    assert (result.status, result.message) == ("passed", "")
    assert len(result.checks) == len(expectations_of(suite))


@pytest.mark.parametrize("suite", UNLIKE)
def test_no_suite_passes_on_an_empty_table(con: Connection, suite: str, tmp_path: Path) -> None:
    make_good(con, suite)
    con.execute("delete from looked_at")
    row_counts = [e for e in expectations_of(suite) if e["type"] in ROW_COUNTS]

    result = gate_of_some(con, suite, row_counts, tmp_path)

    assert {check.status for check in result.checks} == {"failed"}
    assert result.message.startswith(f"{suite}: ")


@pytest.mark.parametrize("suite", UNLIKE)
def test_no_suite_passes_on_a_column_that_is_all_null(
    con: Connection, suite: str, tmp_path: Path
) -> None:
    """What is filled in every row of the good table must be filled."""
    make_good(con, suite)
    spoken_of = {c for e in expectations_of(suite) for c in columns_of(e)}
    must = {
        column
        for column in sorted(spoken_of)
        if con.execute(f"select count(*) = count({column}) from looked_at").fetchall()[0][0]
    }
    demanded = [e for e in expectations_of(suite) if is_plain_not_null(e)]
    assert {e["kwargs"]["column"] for e in demanded} == must
    if not must:
        return
    con.execute("update looked_at set " + ", ".join(f"{column} = null" for column in must))

    result = gate_of_some(con, suite, demanded, tmp_path)

    assert {check.status for check in result.checks} == {"failed"}
    for column in must:
        assert f"(column {column})" in result.message


@pytest.mark.parametrize("suite", UNLIKE)
def test_each_expectation_fails_on_data_that_break_it_and_says_where(
    con: Connection, suite: str, tmp_path: Path
) -> None:
    others = [e for e in expectations_of(suite) if not is_plain_not_null(e)]
    for group in together(others):
        make_good(con, suite)
        for expectation in group:
            spoil(con, expectation)

        result = gate_of_some(con, suite, group, tmp_path)

        assert result.status == "failed", [e["meta"]["en"] for e in group]
        for check in result.checks:
            assert check.status == "failed", check
        for expectation in group:
            assert f"{suite}: {expectation['meta']['en']}" in result.message
            if expectation["type"] == "expect_table_columns_to_match_set":
                assert f"no column {expectation['kwargs']['column_set'][-1]}" in result.message
            for column in columns_of(expectation):
                assert column in result.message
        event = json.dumps(result.as_event(), ensure_ascii=False)
        assert not [secret for secret in SECRETS if secret in event]
