"""A real browser, and the dashboard served to it: for the browser's tests, the pictures, the bench.

Belongs here: starting and waiting, and when a page counts as drawn.
Does not belong here: anything that is looked for on a page.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.dashboard.conftest import APP

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREEN = {"width": 1366, "height": 768}
PATIENCE = 60  # seconds

# What is drawn of a chart's rows: not its frame, its axes, or marks without anything in them.
MARKS = ".role-mark :is(path[d]:not([d=''], .background), line, text:not(:empty))"

# Whether the script has come to rest and every chart and small trend is drawn.
DRAWN = """() => {
  const all = s => [...document.querySelectorAll(s)];
  const app = document.querySelector('[data-testid=stApp]');
  const charts = all('[data-testid=stVegaLiteChart]');
  return app?.dataset.testScriptState === 'notRunning'
    && document.querySelector('h1')
    && !all('[data-stale=true], [data-testid=stSkeleton], [data-testid=stAppSkeleton]').length
    && charts.every(c => c.querySelector("svg MARKS"))
    && all('img.tm-trend').every(i => i.complete)
    && document.fonts.status === 'loaded';
}""".replace("MARKS", MARKS)


@contextmanager
def served(data: Path, app: Path = APP) -> Iterator[str]:
    """The address of a Streamlit app, started from another folder as a reader's command may be."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.headless", "true"]
    server = subprocess.Popen(
        [*command, "--server.port", str(port)],
        cwd=data,
        env={**os.environ, "TILLIT_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return
