"""The dashboard as a service manager starts and stops it."""

import subprocess
import sys
import time
from pathlib import Path

from dagster_project.cli import answers, free_port

PATIENCE = 60  # seconds


def test_a_dashboard_that_is_stopped_leaves_no_server_behind(tmp_path: Path) -> None:
    port = free_port(8901)
    command = [sys.executable, "-m", "dagster_project.cli", "dashboard", "--no-browser"]
    served = subprocess.Popen([*command, "--data", str(tmp_path), "--port", str(port)])
    deadline = time.monotonic() + PATIENCE
    while not answers(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert answers(port)
    served.terminate()
    served.wait(PATIENCE)
    assert not answers(port)
