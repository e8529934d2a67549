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
from functools import lru_cache
from pathlib import Path
from typing import Any

from dagster_project import audit_log
from dagster_project.since import Since, with_since


@lru_cache(maxsize=1)
def _before(folder: Path, run_id: str) -> Since:
    """What the runs before this one knew; read once for all gates of a run."""
    return Since(folder, but=run_id)


@dataclass(frozen=True)
class QualityRecord:
    """The record of one run, `<folder>/<run_id>.jsonl`."""

    folder: Path
    run_id: str

    @property
    def path(self) -> Path:
        return self.folder / f"{self.run_id}.jsonl"

    def append(self, event: str, **details: Any) -> None:
        """Append one event and wait until it is on disk; the first one is told in the log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            audit_log.append(self.folder.parent, "run", run_id=self.run_id)
        at = audit_log.now()
        if event == "gate":
            details = with_since(details, _before(self.folder, self.run_id), at)
        line = json.dumps({"event": event, "at": at, **details}, ensure_ascii=False) + "\n"
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
