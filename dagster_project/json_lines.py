"""Files of JSON lines: the runs' quality records, and the marks beside the releases.

Belongs here: reading them. Does not belong here: what a line means; the log, which is checked line
by line (audit_log.py).
"""

import json
from pathlib import Path
from typing import Any


def read_events(path: Path) -> list[dict[str, Any]]:
    """The lines of a file; a last one cut off by a killed process is left out."""
    events = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            events.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return events
