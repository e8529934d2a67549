"""What a library says of a fault quotes cells; no record, alert or file that we write does."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import duckdb
import pytest

from dagster_project import run
from dagster_project.gates import suites
from dagster_project.transform.dbt_runner import _node_result
from dagster_project.without_values import of_check, without_values

SECRET = "Kari fra Skranken 07"


def message_of(fail: Callable[[], object]) -> str:
    """What a run's record says of a step in which something goes wrong."""

    @dg.op
    def step() -> None:
        fail()

    job = dg.GraphDefinition(name="job", node_defs=[step]).to_job()
    result = job.execute_in_process(raise_on_error=False)
    return next(
        progress.detail
        for event in result.all_events
        for progress in run._progress(SimpleNamespace(dagster_event=event))  # type: ignore[arg-type]
        if progress.kind == "step_failed"
    )


def ask(query: str) -> Callable[[], object]:
    return lambda: duckdb.sql(query).fetchall()


@pytest.mark.parametrize(
    ("fail", "kind"),
    [
        (ask(f"select cast('{SECRET}' as integer)"), "Conversion Error"),
        (ask(f"select error('{SECRET}')"), "Invalid Input Error"),
        (lambda: float(SECRET), "ValueError"),
        (lambda: dict[str, str]()[SECRET], "KeyError"),
    ],
    ids=["conversion", "error", "number", "key"],
)
def test_a_run_that_fails_on_a_value_says_what_kind_of_fault_and_not_which_value(
    fail: Callable[[], object], kind: str
) -> None:
    with pytest.raises(Exception, match=SECRET):
        fail()
    said = message_of(fail)
    assert kind in said
    assert SECRET not in said


def test_what_speaks_of_files_and_tables_is_told_whole(tmp_path: Path) -> None:
    said = message_of(ask("select * from not_there"))
    assert "Table with name not_there does not exist" in said
    said = message_of((tmp_path / "not_there.csv").read_text)
    assert said.startswith("FileNotFoundError: ")
    assert "not_there.csv" in said


def test_our_own_words_are_told_whole() -> None:
    def fail() -> None:
        raise dg.Failure("raw_survey: 30 rows without a role")

    assert message_of(fail) == "raw_survey: 30 rows without a role"


def test_where_in_the_code_it_was_stands_in_place_of_what_was_said() -> None:
    said = message_of(lambda: suites._plain({"$PARAMETER": SECRET}, None))  # type: ignore[arg-type]
    assert said.startswith("AttributeError in dagster_project/gates/suites.py, line ")


def test_a_model_that_cannot_be_built_tells_the_model_and_the_kind_of_error_alone() -> None:
    said = (
        "Runtime Error in model mart_goal_1 (models/marts/mart_goal_1.sql)\n  Conversion Error: "
        f"Could not convert string '{SECRET}' to INT32\n  LINE 4: cast(note as integer)"
    )
    made = SimpleNamespace(
        resource_type="model",
        unique_id="model.t.mart_goal_1",
        config=SimpleNamespace(meta={}),
    )
    node = SimpleNamespace(node=made, status="error", failures=None, execution_time=0, message=said)
    told = _node_result(node, {}).message
    assert "mart_goal_1 (models/marts/mart_goal_1.sql) Conversion Error" in told
    assert SECRET not in told


def test_a_check_that_could_not_run_names_a_lacking_column_and_no_value() -> None:
    lacking = 'Error: The column "role" in BatchData does not exist.'
    assert of_check(lacking) == 'The column "role" in BatchData does not exist'
    assert of_check(f"TypeError: '<' not supported for '{SECRET}'").startswith("TypeError (")
    assert of_check("") != ""


def test_what_a_file_is_refused_for_quotes_no_cell() -> None:
    kept = without_values(f"Invalid Input Error: not UTF-8: {SECRET}")
    assert kept.startswith("Invalid Input Error (")
    assert SECRET not in kept
