"""Opening a release and reading the runs' quality records: all that a dashboard may do.

Belongs here: what works on a published release or a quality record alone, read-only.
Does not belong here: the warehouse, Dagster, anything that writes.
"""

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dagster_project.fingerprint import file_sha256
from dagster_project.json_lines import read_events
from dagster_project.release.quality import EPISODE_COLUMNS, OPEN, QUALITY, episodes

RUN_COLUMNS = ["run_id", "started_at", "ended_at", "outcome", "release_id", "message"]
GATE_COLUMNS = [
    "run_id",
    "evaluated_at",
    "gate",
    "domain",
    "status",
    "checks",
    "failed",
    "message",
    "details",
]
FILE_COLUMNS = [
    "run_id",
    "domain",
    "file",
    "table",
    "sha256",
    "rows_in",
    "rows_kept",
    "rows_quarantined",
    "answers_blanked",
    "is_demonstration",
]
DICTIONARY = "dictionary.csv"
LINEAGE = "lineage.csv"
DOCUMENTATION = "dbt.html"
MANIFEST = "manifest.json"
ERASED = "erased.jsonl"  # beside the releases: marks on those whose inputs were erased since
MISSING, CHANGED, UNREADABLE = "missing", "changed", "unreadable"
FAULTS = {MISSING: "is missing", CHANGED: "has been changed"}  # of a release's files, in words
QUARANTINE_COLUMNS = ["run_id", "domain", "file", "level", "reason", "column", "rows"]


class NoRelease(Exception):
    """Nothing has been published yet. The message tells a person what to do."""


class BrokenRelease(Exception):
    """The release is not whole. The message names the file and tells what to do.

    release_id, fault (missing, changed or unreadable) and file say the same to those who put it in
    words of their own.
    """

    def __init__(self, message: str, release_id: str, fault: str, file: str) -> None:
        super().__init__(message)
        self.release_id, self.fault, self.file = release_id, fault, file


@dataclass(frozen=True)
class Release:
    """One immutable release.

    path: its own folder, never the `current` link.
    manifest: inputs, gates, settings, code, tables and hashes, as in the README.
    erased: its inputs that have been erased since, each with `at` and `because`.
    """

    path: Path
    manifest: dict[str, Any]
    erased: list[dict[str, Any]] = field(default_factory=list)

    @property
    def release_id(self) -> str:
        return str(self.manifest["release_id"])

    def table(self, name: str) -> pd.DataFrame:
        """All rows of the released table `name`, in a fixed order.

        Raises KeyError when the release has no such table.
        """
        if name not in self.manifest["tables"]:
            raise KeyError(f"Release {self.release_id} has no table {name}")
        con = duckdb.connect(str(self.path / "marts.duckdb"), read_only=True)
        try:
            return con.execute(f'select * from "{name}" order by all').df()
        finally:
            con.close()

    def dictionary(self) -> pd.DataFrame:
        """The data dictionary, one row per column, every cell as text, in its own order.

        Empty for a release that was published before there was one.
        """
        return self._rows_of(DICTIONARY)

    def lineage(self) -> pd.DataFrame:
        """What is made from what, as release/lineage.py says; empty where there is none yet."""
        return self._rows_of(LINEAGE)

    def quality(self) -> pd.DataFrame:
        """What every check found, as release/quality.py says; empty where it is not told yet."""
        return self._rows_of(QUALITY)

    def documentation(self) -> bytes | None:
        """dbt's documentation as a page; None where there is none yet."""
        is_there = DOCUMENTATION in self.manifest["files"]
        return (self.path / DOCUMENTATION).read_bytes() if is_there else None

    def _rows_of(self, file: str) -> pd.DataFrame:
        """A CSV file of the release, every cell as text; empty where the release has none."""
        if file not in self.manifest["files"]:
            return pd.DataFrame()
        return pd.read_csv(self.path / file, dtype=str, keep_default_na=False)


@dataclass(frozen=True)
class QualityRecords:
    """What every run left behind, one row per run, gate, file, and quarantine reason; and one row
    for each time that a check did not pass, from when until when."""

    runs: pd.DataFrame
    gates: pd.DataFrame
    files: pd.DataFrame
    quarantine: pd.DataFrame
    episodes: pd.DataFrame


def open_release(path: Path) -> Release:
    """Open the release in the folder `path` after checking that it is whole.

    Raises BrokenRelease when a file of it is missing, changed or unreadable.
    """
    advice = "Choose another with `tillit releases set-current`, or publish anew with `tillit run`."
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        for file, fault in file_faults(path, manifest):
            words = f"In release {path.name}, {file} {FAULTS[fault]}. {advice}"
            raise BrokenRelease(words, path.name, fault, file)
    except FileNotFoundError as error:
        words = f"In release {path.name}, {MANIFEST} {FAULTS[MISSING]}. {advice}"
        raise BrokenRelease(words, path.name, MISSING, MANIFEST) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        words = f"The manifest of {path.name} cannot be read. {advice}"
        raise BrokenRelease(words, path.name, UNREADABLE, MANIFEST) from error
    gone = {one["sha256"]: one for one in erased_inputs(path.parent)}
    erased = [{**one, **gone[one["sha256"]]} for one in manifest["inputs"] if one["sha256"] in gone]
    return Release(path, manifest, erased)


def file_faults(path: Path, manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The files of a release that are missing or changed, each with which of the two it is."""
    for name, digest in manifest["files"].items():
        if not (path / name).is_file():
            yield name, MISSING
        elif file_sha256(path / name) != digest:
            yield name, CHANGED


def erased_inputs(releases: Path) -> list[dict[str, Any]]:
    """The inputs that have been erased: sha256, at, because."""
    marks = releases / ERASED
    return read_events(marks) if marks.exists() else []


def current_release(data: Path) -> Release:
    """The release that `releases/current` points to just now.

    Raises NoRelease when nothing is published, BrokenRelease when what it points to is not whole.
    """
    pointer = data / "releases" / "current"
    if not pointer.is_symlink():
        raise NoRelease("No release has been published yet. Run `tillit run`.")
    return open_release(pointer.resolve())


def release_folders(releases: Path) -> list[Path]:
    """The folders of all published releases, whole or not."""
    if not releases.is_dir():
        return []
    return sorted(
        path
        for path in releases.iterdir()
        if path.is_dir() and not path.is_symlink() and not path.name.startswith(".")
    )


def released(data: Path) -> list[tuple[str, str]]:
    """Id and time of making of every release whose manifest can be read, the newest first."""
    found = []
    for folder in release_folders(data / "releases"):
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            found.append((str(manifest["created_at"]), str(manifest["release_id"])))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # what is not whole is told when it is opened
    return [(release_id, made) for made, release_id in sorted(found, reverse=True)]


def run_events(record: Path) -> list[dict[str, Any]]:
    """What a run's record says, of each gate's checks only those that did not pass: a twentieth."""
    return [_told(event) for event in read_events(record)]


def _told(event: dict[str, Any]) -> dict[str, Any]:
    """The event, of its checks only those that did not pass."""
    if "details" not in event:
        return event
    told = [one for one in event["details"] if one.get("status", event["status"]) not in OPEN]
    return event | {"details": told}


def quality_records(
    data: Path, read: Callable[[Path], list[dict[str, Any]]] = run_events
) -> QualityRecords:
    """All runs' quality records below `data/quality`, oldest first; empty tables when none.

    read: how one is read, for those who keep what they have read.
    """
    found = [(p.stem, read(p)) for p in sorted((data / "quality").glob("*.jsonl"))]
    records = sorted(found, key=lambda record: record[1][0]["at"] if record[1] else "")

    def rows(kind: str, columns: list[str]) -> pd.DataFrame:
        found = [
            {"run_id": run, "evaluated_at": e["at"], **e}
            for run, events in records
            for e in of_kind(events, kind)
        ]
        return pd.DataFrame(found).reindex(columns=columns)

    runs = pd.DataFrame([summary(run, events) for run, events in records], columns=RUN_COLUMNS)
    runs.loc[runs["run_id"].isin(still_written(data)), "outcome"] = "running"
    return QualityRecords(
        runs=runs.sort_values("started_at", ignore_index=True),
        gates=rows("gate", GATE_COLUMNS),
        files=rows("file", FILE_COLUMNS),
        quarantine=rows("quarantine", QUARANTINE_COLUMNS),
        episodes=pd.DataFrame(episodes(events for _, events in records), columns=EPISODE_COLUMNS),
    )


def of_kind(events: Iterable[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The events of one kind, in the order in which they happened."""
    return [event for event in events if event["event"] == kind]


def summary(run_id: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    """One row for a run; without an end, a gate that held it tells why, else it was interrupted."""
    held = [e for e in of_kind(events, "gate") if e["status"] in ("failed", "could_not_run")]
    unended = (
        {"outcome": "held", "message": held[0]["message"]} if held else {"outcome": "interrupted"}
    )
    end = (of_kind(events, "run_ended") or [unended])[-1]
    return {
        "run_id": run_id,
        "started_at": events[0]["at"] if events else None,
        "ended_at": end.get("at"),
        "outcome": end["outcome"],
        "release_id": end.get("release_id"),
        "message": end.get("message", ""),
    }


def still_written(data: Path) -> set[str]:
    """The runs at work now: each holds a lock on its record, which ends with its process."""
    at_work = set()
    for path in (data / "quality").glob("*.jsonl"):
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                at_work.add(path.stem)
    return at_work
