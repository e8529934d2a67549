"""Writing a run's quality record: one JSON-lines file per run, whole after a crash.

Belongs here: appending events (run, file, gate, quarantine) to the record.
Does not belong here: reading it (reader.py), or anything that shows a value from the data:
a record holds names, statuses, reasons and counts only.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def now() -> str:
    """The time in UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class QualityRecord:
    """The record of one run, `<folder>/<run_id>.jsonl`."""

    folder: Path
    run_id: str

    @property
    def path(self) -> Path:
        return self.folder / f"{self.run_id}.jsonl"

    def append(self, event: str, **details: Any) -> None:
        """Append one event and wait until it is on disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"event": event, "at": now(), **details}, ensure_ascii=False) + "\n"
        with self.path.open("ab") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def open_for_run(self) -> Iterator[None]:
        """Hold a lock on the record while the run is at work, so that readers see that it is."""
        self.append("run_started")
        with self.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
