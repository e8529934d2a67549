"""Quality as data: one row per check, table and file, since when, and how long it did not pass."""

from pathlib import Path
from typing import Any, get_args

import pytest

from dagster_project.gates.suites import CheckStatus, Status
from dagster_project.ingest.described import read_description
from dagster_project.quality_record import QualityRecord
from dagster_project.release import dictionary
from dagster_project.release.dictionary import InWords
from dagster_project.release.lineage import lineage_rows, steps_of
from dagster_project.release.quality import (
    COLUMNS,
    episodes,
    other_key,
    quality_rows,
    since_of_release,
)
from dagster_project.release.reader import quality_records
from dagster_project.settings import Settings
from dagster_project.since import Since, check_key

STEPS = steps_of(
    lineage_rows(
        [
            (["intermediate", "int_survey__shares"], ["raw", "survey"]),
            (["marts", "mart_goal_1"], ["intermediate", "int_survey__shares"]),
            (["protected", "mart_goal_1"], ["marts", "mart_goal_1"]),
        ],
        [{"name": "page_goal_1", "depends_on": {"nodes": ["model.p.mart_goal_1"]}}],
        [
            {"domain": "survey", "file": f"wave_{year}.csv", "table_name": "survey"}
            for year in (2017, 2023)
        ],
    )
)


def check(status: str = "passed", rows: int | None = 0, says: str = "has a role") -> dict[str, Any]:
    return {"suite": "raw_survey", "expectation": "not_null", "column": "role", "status": status,
            "rows": rows, "observed": "none", "says_nb": says, "says_en": says,
            "table": "raw.survey", "limit": "mostly = 1"}  # fmt: skip


def gate(name: str, status: str, *details: dict[str, Any], at: str = "") -> dict[str, Any]:
    return {"event": "gate", "gate": name, "domain": "", "status": status, "message": "why",
            "details": list(details), "at": at}  # fmt: skip


def rows_of(*gates: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    arguments: dict[str, Any] = {"inputs": [], "quarantine": []} | more
    return quality_rows(
        gates,
        steps=STEPS,
        goals_of={"survey": [1, 3]},
        since=lambda *_: "2026-01-01",
        release_id="abc",
        **arguments,
    )


def test_a_check_on_a_raw_table_has_a_row_for_each_file_that_fills_it() -> None:
    rows = rows_of(gate("raw_survey", "passed", check()))
    assert [row["input_file"] for row in rows] == ["survey/wave_2017.csv", "survey/wave_2023.csv"]
    for row in rows:
        assert list(row) == COLUMNS
        assert (row["release_id"], row["table_name"], row["status"]) == (
            "abc",
            "raw.survey",
            "passed",
        )
        assert (row["limit_value"], row["since"], row["goals"]) == (
            "mostly = 1",
            "2026-01-01",
            "1 3",
        )


def test_a_check_on_a_mart_has_one_row_and_touches_the_goal_that_shows_it() -> None:
    (row,) = rows_of(
        gate("mart_goal_1", "passed", check() | {"table": "marts.mart_goal_1", "suite": "m"})
    )
    assert (row["input_file"], row["goals"]) == ("", "1")


@pytest.mark.parametrize("status", ["passed", "failed", "could_not_run", "warned"])
def test_each_status_stands_as_the_check_left_it(status: str) -> None:
    overall = {"warned": "passed"}.get(status, status)
    rows = rows_of(gate("mart_goal_1", overall, check(), check(status, None, "is weighted")))
    assert {row["status"] for row in rows if row["says_en"] == "is weighted"} == {status}
    assert {row["rows_affected"] for row in rows if row["says_en"] == "is weighted"} == {None}


def test_a_gate_without_checks_has_a_row_of_its_own() -> None:
    rows = rows_of(gate("raw_survey", "failed"), gate("mart_goal_1", "not_delivered"))
    told = {(row["gate"], row["check_name"], row["status"], row["observed_value"]) for row in rows}
    assert told == {
        ("raw_survey", "gate", "failed", "why"),
        ("mart_goal_1", "gate", "not_delivered", "why"),
    }


def test_a_file_whose_rows_do_not_add_up_fails_and_what_was_set_aside_is_told_by_reason() -> None:
    of = {"domain": "survey", "file": "wave_2023.csv"}
    files = [of | {"rows_in": 9, "rows_kept": kept, "rows_quarantined": 2} for kept in (7, 6)]
    aside = [of | {"level": "row", "reason": "unknown_unit", "column": "unit", "rows": None}]
    good, bad, set_aside = rows_of(inputs=files, quarantine=aside)
    assert (good["status"], bad["status"]) == ("passed", "failed")
    assert (bad["observed_value"], bad["goals"]) == ("9 = 6 + 2", "1 3")
    assert (set_aside["check_name"], set_aside["column_name"]) == ("row_unknown_unit", "unit")
    assert (set_aside["status"], set_aside["rows_affected"]) == ("warned", None)


def test_agreement_with_each_published_figure_is_a_check_of_its_own_goal() -> None:
    figure = {"figure_id": "DR1-07", "goal_id": 1, "measure_nb": "andel", "measure_en": "share",
              "published_value": "75.93", "published_value_high": None, "our_value": 0.7593,
              "our_value_high": None, "status": "shown"}  # fmt: skip
    rows = rows_of(
        reconciled=[
            figure | {"agrees": True},
            figure | {"agrees": False, "published_value_high": "80"},
            figure | {"agrees": None, "status": "no_evidence", "our_value": None},
            figure | {"agrees": None, "status": "withheld", "our_value": None, "goal_id": 0},
        ]
    )
    assert [row["status"] for row in rows] == ["passed", "warned", "not_delivered", "could_not_run"]
    assert [row["rows_affected"] for row in rows] == [0, 1, 0, 0]
    assert [row["goals"] for row in rows] == ["1", "1", "1", ""]
    assert {row["column_name"] for row in rows} == {"DR1-07"}
    assert (rows[1]["observed_value"], rows[1]["limit_value"]) == ("0.7593", "75.93–80")


def test_what_no_gate_checks_has_its_status_since_the_release_that_first_said_so() -> None:
    file = {"gate": "inputs", "check_name": "rows_add_up", "column_name": "", "input_file": "a/b"}
    earlier = [file | {"status": "passed", "since": "2025"}]
    since = since_of_release(earlier, lambda gate, *_: {"raw_survey": "2024"}.get(gate, ""), "2026")
    assert since("raw_survey", (), "passed") == "2024"
    assert since("inputs", other_key(file), "passed") == "2025"
    assert since("inputs", other_key(file), "failed") == "2026"
    assert since("inputs", other_key(file | {"input_file": "a/c"}), "passed") == "2026"


def test_the_dictionary_describes_mart_quality_column_by_column() -> None:
    described = read_description(Settings(Path("not_used")).seeds / "mart_quality.yml", InWords)
    rows = dictionary.quality_rows(described)
    assert [row["column"] for row in rows] == COLUMNS
    (status,) = [row for row in rows if row["column"] == "status"]
    assert set(status["valid_values_nb"].split(" | ")) == {
        *get_args(Status),
        *get_args(CheckStatus),
    }


# --- since when, and how long -------------------------------------------------------------------


def since_of(folder: Path, status: str) -> str:
    return Since(folder)("raw_survey", check_key(check()), status)


def test_a_status_lasts_from_run_to_run_and_begins_anew_when_it_changes(tmp_path: Path) -> None:
    def run(name: str, status: str) -> None:
        details = [check(status)]
        QualityRecord(tmp_path, name).append(
            "gate", gate="raw_survey", status=status, details=details
        )

    run("first", "passed")
    first = since_of(tmp_path, "passed")
    assert first
    run("second", "passed")
    assert since_of(tmp_path, "passed") == first
    run("third", "failed")
    failed = since_of(tmp_path, "failed")
    assert failed > first
    assert since_of(tmp_path, "passed") == ""
    QualityRecord(tmp_path, "held").append("gate", gate="raw_other", status="failed", details=[])
    run("fifth", "failed")
    assert since_of(tmp_path, "failed") == failed
    run("sixth", "passed")
    assert since_of(tmp_path, "passed") > failed


def test_what_failed_is_told_from_when_until_when_and_in_how_many_runs() -> None:
    bad, good = check("failed", 12), check()
    other = gate("raw_other", "passed", at="2")
    runs = [
        [gate("raw_survey", "passed", good, at="1")],
        [gate("raw_survey", "failed", bad, at="2")],
        [other],
        [gate("raw_survey", "failed", bad, at="4")],
        [gate("raw_survey", "passed", good, at="5")],
        [gate("raw_survey", "failed", bad, at="6")],
    ]
    going_on, ended = episodes(runs)
    assert (ended["since"], ended["until"], ended["runs"]) == ("2", "5", 2)
    assert (going_on["since"], going_on["until"], going_on["runs"]) == ("6", None, 1)
    assert (ended["check_name"], ended["table_name"], ended["rows_affected"]) == (
        "not_null",
        "raw.survey",
        12,
    )


def test_a_file_that_was_refused_is_an_episode_of_its_gate() -> None:
    (told,) = episodes([[gate("raw_survey", "failed", at="1")]])
    assert (told["check_name"], told["status"], told["observed_value"]) == ("gate", "failed", "why")


def test_what_always_passed_is_no_episode() -> None:
    assert episodes([[gate("raw_survey", "passed", check(), at="1")]]) == []
    assert episodes([[gate("raw_survey", "not_delivered", at="1")]]) == []


def test_runs_and_what_they_found_are_told_oldest_first_whatever_they_are_called(
    tmp_path: Path,
) -> None:
    for name in ("b", "c", "a"):
        record = QualityRecord(tmp_path / "quality", name)
        record.append("run_started")
        record.append("gate", gate="raw_survey", status="passed", details=[])
    found = quality_records(tmp_path)
    assert list(found.runs["run_id"]) == list(found.gates["run_id"]) == ["b", "c", "a"]
