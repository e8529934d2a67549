"""A gate that fails stops what is behind it, in the same run and in every later one."""

import json

import duckdb
import pytest

from dagster_project.gates import status
from dagster_project.run import AnotherRun, only_run
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
