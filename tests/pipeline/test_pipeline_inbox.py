"""The inbox as a whole: one that has vanished stops the run, a misplaced file is warned of."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project.cli import app, print_summary
from dagster_project.definitions import JOB, build_definitions
from dagster_project.ingest.inbox import NoInbox
from dagster_project.json_lines import read_events
from dagster_project.release.reader import of_kind, quality_records
from dagster_project.settings import Settings
from tests.pipeline.conftest import House


def unmounted(inbox: Path) -> None:
    shutil.rmtree(inbox)


def a_file(inbox: Path) -> None:
    shutil.rmtree(inbox)
    inbox.write_text("no folder")


@pytest.mark.parametrize("vanish", [unmounted, a_file])
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["words", "json"])
def test_an_inbox_that_has_vanished_stops_the_run_before_anything_is_made(
    house: House, vanish: Callable[[Path], None], form: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, runs = house.release(), quality_records(house.settings.data).runs
    vanish(house.settings.inbox)
    data = str(house.settings.data)
    monkeypatch.setenv("TILLIT_DATA", data)  # as the command sets it itself
    done = CliRunner().invoke(app, ["run", *form, "--data", data])
    assert done.exit_code == 1
    assert f"There is no inbox in {data}. " in done.stderr
    assert "`tillit demo`" in done.stderr
    assert "--data" in done.stderr
    assert "Traceback" not in done.output
    assert house.release() == before
    assert len(quality_records(house.settings.data).runs) == len(runs)


def test_a_data_folder_that_is_mistyped_is_not_made(tmp_path: Path) -> None:
    mistyped = House(Settings(tmp_path / "dta"))
    with pytest.raises(NoInbox, match=r"There is no inbox in .*/dta"):
        mistyped.run()
    assert not mistyped.settings.data.exists()


def test_a_run_that_dagster_starts_without_an_inbox_leaves_the_last_release(house: House) -> None:
    before = house.release()
    unmounted(house.settings.inbox)
    job = build_definitions(house.settings).resolve_job_def(JOB)
    result = job.execute_in_process(raise_on_error=False)
    assert not result.success
    (failed, *_) = [e for e in result.all_events if e.is_step_failure]
    assert "There is no inbox" in str(failed.step_failure_data.error)
    assert house.release() == before


def test_a_run_warns_of_a_misplaced_file_in_its_summary_and_record_and_on_screen(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    (house.settings.inbox / "survey" / "Thumbs.db").write_bytes(b"left behind")
    misplaced = house.settings.inbox / "surveys" / "wave.xlsx"
    misplaced.parent.mkdir()
    misplaced.write_bytes(b"in the wrong place")
    summary = house.run()
    assert summary.outcome == "published", summary.messages
    (warning,) = summary.warnings
    assert warning.startswith("inbox/surveys/wave.xlsx lies directly in no domain's folder")
    record = read_events(house.settings.quality / f"{summary.run_id}.jsonl")
    assert [event["message"] for event in of_kind(record, "warning")] == [warning]
    assert summary.as_json()["warnings"] == [warning]
    print_summary(summary)
    assert f"! {warning}" in capsys.readouterr().out
