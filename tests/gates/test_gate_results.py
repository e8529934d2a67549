"""What a gate says: passed, failed and could not run are told apart, and no value comes out."""

import json
from pathlib import Path

import duckdb
import pytest

from dagster_project.gates.suites import Check, gate_result, not_delivered, run_suite
from tests.gates.good_tables import make_good
from tests.gates.spoiling import NUMBER, SECRETS, TEXT
from tests.gates.suite_runs import expectations_of, gate, gate_of_some, is_conditional

Connection = duckdb.DuckDBPyConnection


def check(status: str, says: str = "every row has a role") -> Check:
    return Check("raw_survey", "expect", "role", status, 0, "3 of 9 rows", "hver rad", says)  # type: ignore[arg-type]


# --- passed, failed, could not run -----------------------------------------------------------


def test_a_warning_holds_nothing_back_and_is_told_in_the_message() -> None:
    result = gate_result("g", "survey", [check("passed"), check("warned", "enough are counted")])
    assert (result.status, result.failed) == ("passed", 0)
    assert result.message == "warning: enough are counted"


def test_a_warning_is_told_beside_what_failed() -> None:
    result = gate_result("g", "survey", [check("warned", "enough are counted"), check("failed")])
    assert (result.status, result.failed) == ("failed", 1)
    assert result.message.startswith(
        "warning: enough are counted; raw_survey: every row has a role"
    )


def test_a_check_on_a_column_that_is_lacking_could_not_run_rather_than_failed(
    con: Connection, tmp_path: Path
) -> None:
    make_good(con, "raw_survey")
    con.execute("alter table looked_at drop column role")
    on_role = [e for e in expectations_of("raw_survey") if e["kwargs"].get("column") == "role"]

    result = gate_of_some(con, "raw_survey", on_role, tmp_path)

    assert result.status == "could_not_run"
    assert {check.status for check in result.checks} == {"could_not_run"}
    assert "raw_survey: could not check that every row has a role (column role): " in result.message
    assert '"role"' in result.message


def test_a_condition_on_a_column_that_is_lacking_could_not_run(
    con: Connection, tmp_path: Path
) -> None:
    make_good(con, "mart_goal_1")
    con.execute("alter table looked_at drop column measure")
    ranges = [
        e
        for e in expectations_of("mart_goal_1")
        if e["kwargs"].get("column") == "value" and is_conditional(e)
    ]

    result = gate_of_some(con, "mart_goal_1", ranges, tmp_path)

    assert result.status == "could_not_run"


def test_a_table_that_lacks_a_column_fails_and_names_it(con: Connection) -> None:
    make_good(con, "raw_survey")
    con.execute("alter table looked_at drop column role")

    result = gate(con, "raw_survey")

    assert result.status == "failed"
    assert (
        "raw_survey: the table has every column it must have; found no column role"
        in result.message
    )


def test_one_check_that_failed_weighs_more_than_those_that_could_not_run() -> None:
    checks = [check("passed"), check("could_not_run"), check("failed")]

    result = gate_result("raw_survey", "survey", checks)

    assert (result.status, result.failed) == ("failed", 2)


def test_a_suite_without_expectations_could_not_run() -> None:
    result = gate_result("raw_survey", "survey", [])

    assert result.status == "could_not_run"
    assert result.message == "raw_survey: the suite holds no expectation; write at least one"


def test_a_file_that_was_refused_fails_the_gate_and_stands_first_in_its_message() -> None:
    fault = "svar.csv: row 1: the required column(s) Rolle are lacking"

    result = gate_result("raw_survey", "survey", [check("failed")], faults=[fault])

    assert result.status == "failed"
    assert result.message.startswith(fault + "; raw_survey: every row has a role (column role)")


def test_what_was_never_delivered_is_a_status_of_its_own_with_nothing_to_say() -> None:
    result = not_delivered("raw_survey", "survey")

    assert (result.status, result.message, result.failed) == ("not_delivered", "", 0)


def test_only_the_rows_that_are_asked_for_are_looked_at(con: Connection, tmp_path: Path) -> None:
    make_good(con, "raw_column_profile")
    con.execute("update looked_at set share_blanked = 1 where column_name = 'q_time'")
    suite = tmp_path / "raw_column_profile.json"
    blanked = [
        e
        for e in expectations_of("raw_column_profile")
        if e["kwargs"].get("column") == "share_blanked"
    ]
    suite.write_text(json.dumps({"name": suite.stem, "meta": {}, "expectations": blanked}), "utf-8")

    others = run_suite(con, suite, "looked_at", where="column_name <> 'q_time'")
    all_rows = run_suite(con, suite, "looked_at")

    assert {check.status for check in others} == {"passed"}
    assert "failed" in {check.status for check in all_rows}


# --- nothing but counts ----------------------------------------------------------------------


def fill_with_secrets(con: Connection, as_text: bool) -> None:
    """Put a recognisable value in every cell; `as_text` gives each column the wrong type too."""
    wrong = {"VARCHAR": f"'{TEXT}'", "BOOLEAN": "true"}
    columns = con.execute("describe looked_at").fetchall()
    cells = [
        f"'{TEXT}'" if as_text else f"cast({wrong.get(kind, NUMBER)} as {kind})"
        for _, kind, *_ in columns
    ]
    named = ", ".join(f"{cell} as {c[0]}" for cell, c in zip(cells, columns, strict=True))
    con.execute(f"create or replace table looked_at as select {named} from looked_at")


@pytest.mark.parametrize("as_text", [False, True], ids=["in its type", "as text"])
@pytest.mark.parametrize("suite", ["raw_survey", "mart_scorecard", "protected_mart_goal_1"])
def test_no_value_from_the_data_is_in_what_a_gate_says(
    con: Connection, suite: str, as_text: bool
) -> None:
    make_good(con, suite)
    fill_with_secrets(con, as_text)

    result = gate(con, suite)

    assert result.status == "failed"
    event = json.dumps(result.as_event(), ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in event]


def test_the_event_counts_the_checks_and_holds_each_of_them() -> None:
    event = gate_result("raw_survey", "survey", [check("passed"), check("failed")]).as_event()

    assert (event["gate"], event["domain"], event["status"]) == ("raw_survey", "survey", "failed")
    assert (event["checks"], event["failed"]) == (2, 1)
    assert [detail["status"] for detail in event["details"]] == ["passed", "failed"]
    assert event["details"][0]["says_nb"] == "hver rad"
