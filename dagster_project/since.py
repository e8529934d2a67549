"""Since when a check has had the status that it has, from what earlier runs left.

Belongs here: what tells a check from others, and looking it up in the runs' quality records.
Does not belong here: writing a record (quality_record.py), or what is told of quality (release).

Each record says of each check since when it has had its status, so that only the newest record
that knows of a gate has to be read, however many there are.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dagster_project.json_lines import read_events

Key = tuple[str, ...]
IDENTIFIED_BY = ("suite", "expectation", "column", "says_en")


def check_key(check: Mapping[str, Any]) -> Key:
    """What tells a check from the others of its gate, from run to run; of the gate as a whole,
    which is no check, empty words."""
    return tuple(str(check.get(name, "")) for name in IDENTIFIED_BY)


class Since:
    """`since(gate, key, status)`: from when the check has had this status without a break, as far
    as the records in `folder` know; empty where they last knew another status, or none.

    but: the run whose own record is not asked.
    """

    def __init__(self, folder: Path, but: str = "") -> None:
        records = [path for path in folder.glob("*.jsonl") if path.stem != but]
        self._left = sorted(records, key=lambda path: path.stat().st_mtime)
        self._known: dict[str, dict[Key, tuple[str, str]]] = {}

    def __call__(self, gate: str, key: Key, status: str) -> str:
        while gate not in self._known and self._left:
            self._read(self._left.pop())
        was, since = self._known.get(gate, {}).get(key, ("", ""))
        return since if was == status else ""

    def _read(self, record: Path) -> None:
        """Take in the gates of a record that none newer has spoken of."""
        told: dict[str, dict[Key, tuple[str, str]]] = {}
        for event in read_events(record):
            if event["event"] == "gate":
                told[event["gate"]] = {
                    check_key(one): (one["status"], one.get("since", event["at"]))
                    for one in [*event.get("details", []), _whole(event)]
                }
        self._known = told | self._known


def _whole(gate: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": gate["status"], "since": gate.get("since", gate["at"])}


def with_since(gate: Mapping[str, Any], since: Since, now: str) -> dict[str, Any]:
    """What a gate found, its checks and itself each with `since`; `now` where its status is new."""

    def dated(one: Mapping[str, Any], key: Key) -> dict[str, Any]:
        return {**one, "since": since(gate["gate"], key, one["status"]) or now}

    details = [dated(one, check_key(one)) for one in gate.get("details", [])]
    return dated({**gate, "details": details}, check_key({}))
