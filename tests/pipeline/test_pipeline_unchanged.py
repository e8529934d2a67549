"""What has not changed is not read, judged or counted again, and the release is the same for it."""

import json
import shutil
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from dagster_project.definitions import JOB, build_definitions
from dagster_project.fingerprint import table_hash
from dagster_project.json_lines import read_events
from dagster_project.release.reader import of_kind
from dagster_project.run import Summary
from dagster_project.settings import Settings
from tests.pipeline.conftest import House

SURVEY_2017, SURVEY_2023 = "medarbeiderundersokelsen_2017.csv", "medarbeiderundersokelsen_2023.sav"


def read_again(summary: Summary) -> set[str]:
    return {file["file"] for file in summary.files if not file["is_unchanged"]}


def rows(house: House, sql: str) -> list[tuple[object, ...]]:
    con = duckdb.connect(str(house.settings.warehouse), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def judged_at(house: House) -> dict[object, object]:
    return dict(rows(house, "select gate, evaluated_at from control.gate"))  # type: ignore[arg-type]


def counted(house: House) -> set[object]:
    counts = "select distinct wave from intermediate.int_survey__answer_counts"
    return {wave for (wave,) in rows(house, counts)}


def test_with_nothing_new_nothing_is_read_judged_protected_or_attacked_again_and_the_release_stays(
    whole_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(whole_data, tmp_path / "data", symlinks=True)
    house = House(Settings(tmp_path / "data"))
    before, manifest = judged_at(house), house.release().path / "manifest.json"
    written = manifest.read_bytes()
    monkeypatch.setattr("dagster_project.disclosure.assets.find_pattern", None)
    monkeypatch.setattr("dagster_project.attack.assets.attacked", None)
    summary = house.run()
    assert summary.outcome == "published"
    assert read_again(summary) == set()
    assert judged_at(house) == before
    assert manifest.read_bytes() == written


def test_a_changed_file_alone_is_read_again(published_data: Path, changed_data: Path) -> None:
    """That it gives what reading everything gives is shown where a release is made again, from its
    kept inputs and in an empty folder (test_audit.py)."""
    before, changed = House(Settings(published_data)), House(Settings(changed_data))
    assert read_again(changed.last_run()) == {SURVEY_2017}
    old = judged_at(before)
    judged = {gate for gate, at in judged_at(changed).items() if at != old[gate]}
    assert "raw_survey" in judged
    assert not judged & {"raw_organisation", "raw_published_figure", "raw_codebook_question"}
    assert changed.release().path.name != before.release().path.name


def test_all_is_read_again_when_that_is_asked_for(house: House) -> None:
    summary = house.run("raw/organisation", anew=True)
    assert summary.outcome == "built", summary.messages
    assert read_again(summary) == {file["file"] for file in summary.files} != set()


def test_a_wave_that_is_gone_is_not_counted_and_one_that_comes_leaves_the_others_unread(
    house: House, whole_inbox: Path
) -> None:
    old = house.release().path
    wave = house.survey_2017.rename(house.settings.data / SURVEY_2017)
    summary = house.run()
    assert summary.outcome == "published", summary.messages
    assert counted(house) == {"2023"}
    assert house.release().path != old
    assert json.loads((old / "manifest.json").read_text())["release_id"] == old.name

    wave.rename(house.survey_2017)
    new = [*whole_inbox.glob("organisation/*2025*"), *whole_inbox.glob("survey/*2025*")]
    for path in new:
        shutil.copy(path, house.settings.inbox / path.parent.name)
    summary = house.run()
    assert summary.outcome == "published", summary.messages
    assert read_again(summary) == {SURVEY_2017, *(path.name for path in new)}
    assert counted(house) == {"2017", "2023", "2025"}


def test_a_warehouse_that_an_earlier_version_left_is_read_anew(house: House) -> None:
    con = duckdb.connect(str(house.settings.warehouse))
    con.execute("alter table raw.input_file drop column fingerprint")
    con.close()
    summary = house.run("raw/survey")
    assert summary.outcome == "built", summary.messages
    assert SURVEY_2017 in read_again(summary)


def step(house: House, name: str) -> list[str]:
    """The assets that a step makes."""
    graph = build_definitions(house.settings).resolve_asset_graph()
    [made] = [one for one in graph.assets_defs if one.is_executable and one.op.name == name]
    return [key.to_user_string() for key in made.keys]


@pytest.mark.parametrize(
    ("table", "made_by"),
    [
        ("raw.survey", "ingest_survey"),
        ("intermediate.int_survey__estimates", "dbt_intermediate"),
        ("marts.mart_scorecard", "dbt_marts"),
    ],
)
def test_a_table_that_a_hand_has_changed_is_made_anew(
    house: House, table: str, made_by: str
) -> None:
    before = table_of(house, table)
    con = duckdb.connect(str(house.settings.warehouse))
    con.execute(f"delete from {table} where rowid % 7 = 0")
    con.close()
    assert table_of(house, table) != before
    summary = house.run(*step(house, made_by))
    assert summary.outcome == "built", summary.messages
    assert table_of(house, table) == before


def table_of(house: House, table: str) -> str:
    con = duckdb.connect(str(house.settings.warehouse), read_only=True)
    try:
        return table_hash(con, table)
    finally:
        con.close()


def test_one_wave_can_be_backfilled_alone(house: House) -> None:
    job = build_definitions(house.settings).resolve_job_def(JOB)
    survey = dg.AssetKey(["raw", "survey"])
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("period", ["2017"])
        result = job.execute_in_process(
            instance=instance,
            partition_key="2017",
            asset_selection=[survey, dg.AssetKey(["raw", "survey_share"])],
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        assert result.success
        assert instance.get_materialized_partitions(survey) == {"2017"}
        assert set(instance.get_dynamic_partitions("period")) == {"2017", "2023"}
    files = of_kind(read_events(house.settings.quality / f"{result.run_id}.jsonl"), "file")
    assert {file["file"]: file["is_unchanged"] for file in files} == {
        SURVEY_2017: False,
        SURVEY_2023: True,
    }


def test_a_file_that_failed_its_gate_is_judged_again_until_it_is_mended(house: House) -> None:
    good = house.survey_2017.read_bytes()
    house.edit_2017(lambda lines: lines[:3])
    assert house.run().outcome == "held"
    assert house.run().outcome == "held"
    house.survey_2017.write_bytes(good)
    assert house.run("raw/survey").outcome == "built"
