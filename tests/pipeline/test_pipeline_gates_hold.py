"""A gate that fails stops what is behind it, in the same run and in every later one."""

import json
from pathlib import Path

import duckdb
import pytest

from dagster_project.gates import status
from dagster_project.ingest import assets
from dagster_project.run import AnotherRun, Progress, only_run, run_pipeline
from dagster_project.warehouse import WarehouseBusy, warehouse
from tests.pipeline.conftest import House


def test_a_later_run_that_asks_for_one_asset_is_held_by_a_gate_that_failed(house: House) -> None:
    before = house.release()
    house.survey_2017.write_bytes(b"")
    assert house.run("raw/survey").outcome == "held"
    for asset in [
        "staging/stg_survey__responses",
        "marts/mart_goal_1",
        "marts/mart_published_figure",
        "protected/mart_goal_1",
        "release",
    ]:
        later = house.run(asset)
        assert later.outcome == "held", asset
        assert "raw_survey" in later.messages[0], asset
        assert "the file is empty" in later.messages[0], asset
        assert house.release() == before, asset


def may_not_read(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """As when the file's rights are wrong, which do not bind the user that tests may run as."""
    opened = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path == file:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)


def test_a_file_that_cannot_be_opened_is_refused_by_name_and_holds_later_runs(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.release()
    may_not_read(monkeypatch, house.survey_2017)
    said = (
        "medarbeiderundersokelsen_2017.csv: cannot be opened (Permission denied); give the "
        "pipeline's user the right to read it"
    )
    for asset in [(), ("marts/mart_goal_1",), ("release",)]:
        summary = house.run(*asset)
        assert summary.outcome == "held", asset
        assert len(summary.messages) == 1
        assert "raw_survey" in summary.messages[0]
        assert said in summary.messages[0]
    assert house.release() == before
    monkeypatch.undo()
    summary = house.run()
    assert summary.outcome == "published", summary.messages


@pytest.mark.parametrize(
    ("works", "gate"),
    [("load_domain", "raw_organisation"), ("reading_hash", "raw_codebook_answer")],
)
def test_a_step_that_stops_before_it_has_judged_holds_later_runs(
    house: House, monkeypatch: pytest.MonkeyPatch, works: str, gate: str
) -> None:
    def stop(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(assets, works, stop)
    assert house.run().outcome == "failed"
    monkeypatch.undo()
    later = house.run("marts/mart_goal_1")
    assert later.outcome == "held"
    assert f"the gate {gate} pending: was interrupted" in later.messages[0]
    summary = house.run()
    assert summary.outcome == "published", summary.messages


def test_the_step_of_a_gate_that_failed_says_so_after_the_gate_has_said_why(house: House) -> None:
    house.survey_2017.write_bytes(b"")
    told: list[Progress] = []
    run_pipeline(house.settings, tell=told.append)
    bad = [progress for progress in told if not progress.is_good]
    assert [(progress.kind, progress.name) for progress in bad] == [
        ("check", "raw/survey: gate"),
        ("step_failed", "ingest_survey"),
    ]
    assert "the file is empty" in bad[0].detail
    assert bad[1].detail == "its gate failed"


def demand_the_impossible(house: House, suite: str) -> None:
    path = house.settings.expectations / f"{suite}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["expectations"].append(
        {
            "type": "expect_table_row_count_to_be_between",
            "kwargs": {"min_value": 10**9},
            "meta": {"nb": "umulig mange rader", "en": "there are impossibly many rows"},
        }
    )
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("suite", ["mart_goal_1", "protected_mart_scorecard"])
def test_a_gate_on_a_mart_holds_the_release_in_this_run_and_the_next(
    with_own_suites: House, suite: str
) -> None:
    house = with_own_suites
    before = house.release()
    demand_the_impossible(house, suite)
    assert house.run().outcome == "held"
    later = house.run("release")
    assert later.outcome == "held"
    assert suite in later.messages[0]
    assert house.release() == before


def test_a_mart_changed_by_hand_after_its_gate_is_not_published(house: House) -> None:
    con = duckdb.connect(str(house.settings.warehouse))
    con.execute("update marts.mart_scorecard set value = 0.99 where status = 'shown'")
    con.close()
    summary = house.run("protected/mart_scorecard", "release")
    assert summary.outcome == "held"
    assert "mart_scorecard has changed since its gate passed" in summary.messages[0]


def test_a_protected_mart_changed_by_hand_is_not_published(house: House) -> None:
    con = duckdb.connect(str(house.settings.warehouse))
    con.execute("update protected.mart_scorecard set status = 'shown'")
    con.close()
    summary = house.run("release")
    assert summary.outcome == "held"
    assert "protected_mart_scorecard has changed since its gate passed" in summary.messages[0]


def test_raw_data_read_anew_are_not_published_with_marts_built_before(house: House) -> None:
    house.edit_2017(lambda lines: lines[:-1])
    assert house.run("raw/survey").outcome == "built"
    summary = house.run("release")
    assert summary.outcome == "held"
    assert "is older than raw_survey" in summary.messages[0]


def test_a_gate_that_was_interrupted_holds(house: House) -> None:
    with warehouse(house.settings) as con:
        status.set_pending(con, ["dbt_intermediate"], run_id="killed")
    summary = house.run("marts/mart_goal_1")
    assert summary.outcome == "held"
    assert "dbt_intermediate pending: was interrupted" in summary.messages[0]


def test_two_runs_at_once_are_refused_by_name(house: House) -> None:
    with only_run(house.settings), pytest.raises(AnotherRun, match="Wait for it to end"):
        house.run()


def test_a_warehouse_open_elsewhere_is_told_plainly(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise duckdb.IOException("IO Error: Could not set lock on file")

    monkeypatch.setattr(duckdb, "connect", locked)
    with pytest.raises(WarehouseBusy, match="open in another process"), warehouse(house.settings):
        raise AssertionError("the warehouse must not open")
