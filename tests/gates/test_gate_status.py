"""What a gate found is kept, and holds back everything behind it until its data are mended."""

import duckdb
import pytest

from dagster_project.gates import status
from dagster_project.gates.status import GateHolds, GateStatus
from dagster_project.gates.suites import Check, GateResult, gate_result, not_delivered

Connection = duckdb.DuckDBPyConnection

RUN = {"run_id": "run", "code_hash": "code"}


def result(found: str) -> GateResult:
    checks = [Check("raw_survey", "expect", "role", found, 2, "2 of 9 rows", "rolle", "a role")]  # type: ignore[arg-type]
    return gate_result("raw_survey", "survey", checks)


def held_by(con: Connection, *gates: str) -> str:
    with pytest.raises(GateHolds) as held:
        status.require(con, gates)
    return str(held.value)


# --- what holds ------------------------------------------------------------------------------


def test_a_gate_that_never_ran_holds_in_a_warehouse_where_none_ever_did(con: Connection) -> None:
    assert held_by(con, "raw_survey") == (
        "Held back: the gate raw_survey has not run yet. `tillit run` looks at everything anew."
    )


def test_a_gate_that_never_ran_holds_though_another_passed(con: Connection) -> None:
    status.store(con, result("passed"), **RUN)

    message = held_by(con, "raw_survey", "raw_organisation")

    assert "raw_organisation has not run yet" in message
    assert "raw_survey" not in message


def test_a_gate_that_failed_holds_and_says_what_it_found(con: Connection) -> None:
    status.store(con, result("failed"), **RUN)

    assert "raw_survey failed: raw_survey: a role (column role)" in held_by(con, "raw_survey")


def test_a_gate_that_could_not_run_holds_and_does_not_say_that_it_failed(con: Connection) -> None:
    status.store(con, result("could_not_run"), **RUN)

    message = held_by(con, "raw_survey")

    assert "raw_survey could not run: " in message
    assert "failed" not in message


def test_a_gate_that_was_interrupted_holds(con: Connection) -> None:
    status.store(con, result("passed"), **RUN)
    status.set_pending(con, ["raw_survey"], run_id="next")

    assert "raw_survey pending: was interrupted" in held_by(con, "raw_survey")


def test_all_gates_that_hold_are_named_at_once(con: Connection) -> None:
    status.store(con, result("failed"), **RUN)

    message = held_by(con, "raw_survey", "dbt_marts")

    assert "raw_survey failed" in message
    assert "; the gate dbt_marts has not run yet" in message


# --- what lets through -----------------------------------------------------------------------


def test_a_gate_that_passed_lets_through(con: Connection) -> None:
    status.store(con, result("passed"), **RUN)

    assert status.require(con, ["raw_survey"])["raw_survey"].status == "passed"


def test_what_was_never_delivered_holds_nothing_back(con: Connection) -> None:
    status.store(con, not_delivered("raw_survey", "survey"), **RUN)

    assert status.require(con, ["raw_survey"])["raw_survey"].status == "not_delivered"


def test_a_gate_that_failed_lets_through_once_its_data_are_mended(con: Connection) -> None:
    status.store(con, result("failed"), **RUN)
    status.store(con, result("passed"), **RUN)

    assert status.require(con, ["raw_survey"])


def test_a_gate_that_holds_holds_nothing_that_does_not_ask_for_it(con: Connection) -> None:
    status.store(con, result("failed"), **RUN)
    status.store(
        con, gate_result("raw_organisation", "organisation", result("passed").checks), **RUN
    )

    assert list(status.require(con, ["raw_organisation"])) == ["raw_organisation"]


def test_requiring_no_gate_lets_through(con: Connection) -> None:
    assert status.require(con, []) == {}


# --- what was looked at ----------------------------------------------------------------------


@pytest.fixture
def passed(con: Connection) -> GateStatus:
    status.store(con, result("passed"), **RUN, subject_hash="table")
    return status.require(con, ["raw_survey"])["raw_survey"]


def test_a_table_that_is_as_it_was_looked_at_lets_through(passed: GateStatus) -> None:
    status.require_unchanged(passed, "table", "code")


def test_a_table_that_has_changed_since_is_held(passed: GateStatus) -> None:
    with pytest.raises(GateHolds, match="raw_survey has changed since its gate passed"):
        status.require_unchanged(passed, "another table", "code")


def test_code_that_has_changed_since_is_held(passed: GateStatus) -> None:
    with pytest.raises(GateHolds, match="the code has changed since the gate raw_survey ran"):
        status.require_unchanged(passed, "table", "another code")


def test_the_stored_event_is_the_one_that_stands_in_the_quality_record(passed: GateStatus) -> None:
    assert passed.event == result("passed").as_event()
