"""Whoever is to be told is told when a run does not publish, and a dead address stops nothing."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dagster_project.alerts import alert


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A web hook on this machine: its Apprise address, and what it got."""
    got: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}", got
    server.shutdown()


def test_an_alert_reaches_the_address(
    hook: tuple[str, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, got = hook
    monkeypatch.setenv("TILLIT_ALERT", address)
    assert alert("Tillitsmonitor: a gate held the run back", "raw_survey: 3 rows") == ""
    assert (got[0]["title"], got[0]["message"]) == (
        "Tillitsmonitor: a gate held the run back",
        "raw_survey: 3 rows",
    )


def test_without_an_address_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TILLIT_ALERT", raising=False)
    assert alert("title", "message") == ""


@pytest.mark.parametrize(
    ("address", "says"),
    [("json://127.0.0.1:9", "could not be sent"), ("pigeon://roof", "not Apprise addresses")],
)
def test_an_alert_that_cannot_be_sent_is_told_and_raises_nothing(
    address: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLIT_ALERT", address)
    assert says in alert("title", "message")
