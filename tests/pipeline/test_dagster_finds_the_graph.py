"""What an engineer's `dagster dev` loads: the same graph, with schedule and sensors off."""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg

from dagster_project.definitions import build_definitions
from dagster_project.settings import PROJECT, Settings


def test_dagster_finds_the_definitions_by_the_modules_name(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dagster", "definitions", "validate"],
        cwd=PROJECT,
        env=os.environ | {"TILLIT_DATA": str(tmp_path), "DAGSTER_HOME": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_schedule_and_the_sensors_are_off_until_somebody_turns_them_on(tmp_path: Path) -> None:
    repository = build_definitions(Settings(tmp_path)).get_repository_def()
    (schedule,) = repository.schedule_defs
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert {sensor.name: sensor.default_status for sensor in repository.sensor_defs} == {
        "new_in_the_inbox": dg.DefaultSensorStatus.STOPPED,
        "alert_when_a_run_fails": dg.DefaultSensorStatus.STOPPED,
    }
