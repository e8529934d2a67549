"""The audit: whether the log and a release are what they say they are.

Belongs here: gathering what is wrong. Does not belong here: how the log is written (audit_log.py).
"""

import json

from dagster_project import audit_log
from dagster_project.audit_log import Head
from dagster_project.release.publish import release_folders
from dagster_project.release.reader import MANIFEST
from dagster_project.settings import Settings


def log_faults(settings: Settings) -> list[str]:
    """What is wrong with the log, by itself and by the heads that the releases keep."""
    return audit_log.faults(settings.data, kept_heads(settings))


def kept_heads(settings: Settings) -> dict[str, Head]:
    """The head that each release keeps; one whose manifest cannot be read keeps none."""
    heads = {}
    for path in release_folders(settings.releases):
        try:
            kept = json.loads((path / MANIFEST).read_text(encoding="utf-8"))["log"]
            heads[f"release {path.name}"] = Head(**kept)
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return heads
