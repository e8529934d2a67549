"""The runs' quality records: each is read once, and says enough for the page."""

import pandas as pd
import pytest

from dagster_project.json_lines import read_events
from dagster_project.release.reader import quality_records
from streamlit_app import evidence
from streamlit_app.kept import forget
from tests.dashboard.small_release import write_run

RUNS = ["2026-11-18T200000", "2026-11-19T200000"]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Two runs' records, the first of a run that was held; nothing of them has been read."""
    write_run(tmp_path, RUNS[0], "held")
    write_run(tmp_path, RUNS[1], "published", "a1b2c3d4e5f6")
    monkeypatch.setenv("TILLIT_DATA", str(tmp_path))
    forget()
    return tmp_path


def test_a_record_is_read_once_and_again_when_a_run_has_written_to_it(data, monkeypatch):
    read = []
    whole = evidence.run_events
    monkeypatch.setattr(evidence, "run_events", lambda path: read.append(path.stem) or whole(path))
    evidence.records()
    evidence.records()
    assert read == RUNS
    with (data / "quality" / f"{RUNS[1]}.jsonl").open("a") as record:
        record.write(
            '{"event": "run_ended", "at": "2026-11-19T21:00:00+00:00", "outcome": "held"}\n'
        )
    assert list(evidence.records().runs["outcome"]) == ["held", "held"]
    assert read == [*RUNS, RUNS[1]]


def test_the_checks_that_passed_are_not_kept_and_change_nothing_that_is_told(data):
    passed = {"expectation": "a", "status": "passed", "rows": 0}
    warned = {"expectation": "b", "status": "warned", "rows": 3}
    path = data / "quality" / f"{RUNS[1]}.jsonl"
    line = '{"event": "gate", "at": "2026-11-19T20:30:00+00:00", "gate": "raw_x", "domain": "",'
    line += f' "status": "passed", "checks": 2, "failed": 0, "details": {[passed, warned]}}}\n'
    path.write_text(path.read_text() + line.replace("'", '"'))
    told, whole = evidence.records(), quality_records(data, read_events)
    for name in ("runs", "gates", "files", "quarantine", "episodes"):
        some, every = (
            getattr(of, name).drop(columns="details", errors="ignore") for of in (told, whole)
        )
        pd.testing.assert_frame_equal(some, every)
    assert "b" in set(told.episodes["check_name"])
    (gate,) = [e for e in evidence.run_events(path) if e.get("gate") == "raw_x"]
    assert [one["expectation"] for one in gate["details"]] == ["b"]
