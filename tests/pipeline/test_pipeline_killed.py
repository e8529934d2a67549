"""A run killed with SIGKILL at any moment leaves the last release, and the next run mends all.

At its start and at one moment more here; `make prove-killed` takes twenty.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dagster_project.release.reader import quality_records
from tests.pipeline.conftest import House

MOMENTS = int(os.environ.get("TILLIT_KILLED_MOMENTS", "1"))
TILLIT = Path(sys.executable).parent / "tillit"


def start_and_wait_until_at_work(house: House) -> "subprocess.Popen[bytes]":
    run = subprocess.Popen(
        [str(TILLIT), "run", "--data", str(house.settings.data)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not quality_records(house.settings.data).runs["outcome"].eq("running").any():
        assert run.poll() is None, "the run ended before it began"
        time.sleep(0.02)
    return run


def kill(run: "subprocess.Popen[bytes]") -> None:
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()


@pytest.mark.timeout(3600)
def test_a_run_killed_at_any_moment_leaves_the_previous_release_serving(house: House) -> None:
    before = house.release()
    scorecard = before.table("mart_scorecard")
    house.edit_2017(lambda lines: lines[:-1])  # so that the run to kill would publish another
    started = time.monotonic()
    kill(start_and_wait_until_at_work(house))
    span = time.monotonic() - started  # imports take about as long as the steps do
    moments = random.Random(20261121)
    for _ in range(MOMENTS):
        run = start_and_wait_until_at_work(house)
        time.sleep(moments.uniform(0, 0.8 * span))
        assert run.poll() is None, "the run ended before it was killed; take earlier moments"
        kill(run)
        assert house.release() == before
        assert house.release().table("mart_scorecard").equals(scorecard)
    assert set(quality_records(house.settings.data).runs["outcome"][1:]) == {"interrupted"}
    summary = house.run()
    assert summary.outcome == "published", summary.messages
    assert house.release().path != before.path
    assert not list(house.settings.releases.glob(".unfinished-*"))
