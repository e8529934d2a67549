"""dbt refuses to build on nothing, and behind a gate that did not pass."""

import pytest


def refusal(result):
    """What dbt said when it stopped, before it had run any node."""
    assert (result.success, result.result) == (False, None)
    return result.exception.msg


def test_without_raw_tables_it_says_what_to_do(built, tmp_path):
    empty = built.copy(tmp_path)
    empty.path.unlink()
    assert "has no raw tables yet (missing: raw.codebook_answer, " in refusal(empty.dbt("build"))
    assert "run `tillit run` first" in refusal(empty.dbt("run", "--select", "mart_goal_1"))


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("build",), "failed"),
        (("run", "--select", "mart_goal_1"), "could_not_run"),
        (("test",), "pending"),
    ],
)
def test_behind_a_gate_that_did_not_pass_nothing_is_built(built, tmp_path, command, status):
    held = built.copy(tmp_path)
    held.execute(f"update control.gate set status = '{status}', message = '3 rows break it'")
    said = refusal(held.dbt(*command))
    assert f"raw_survey ({status}): 3 rows break it" in said


@pytest.mark.parametrize("gate", [("raw_survey", "not_delivered"), ("mart_goal_1", "failed")])
def test_an_open_gate_and_a_gate_further_on_hold_nothing(built, tmp_path, gate):
    warehouse = built.copy(tmp_path)
    warehouse.execute("update control.gate set gate = '{}', status = '{}'".format(*gate))
    assert warehouse.dbt("run", "--select", "dim_goal").success


def test_without_any_gates_nothing_is_built(built, tmp_path):
    warehouse = built.copy(tmp_path)
    warehouse.execute("drop table control.gate")
    assert "No gate has judged the raw tables yet" in refusal(warehouse.dbt("build"))


def test_parsing_and_compiling_need_no_gate(built, tmp_path):
    empty = built.copy(tmp_path)
    empty.path.unlink()
    assert empty.dbt("compile", "--select", "int_survey__answer_counts").success
