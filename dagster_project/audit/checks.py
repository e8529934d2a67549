"""Whether the log, a release and its inputs are as they were left.

Belongs here: comparing what is there with the hashes that were kept of it.
Does not belong here: how the log is written (audit_log.py), making anything again (again.py).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from dagster_project import audit_log
from dagster_project.audit_log import Head
from dagster_project.fingerprint import file_sha256, table_hash
from dagster_project.release import inputs
from dagster_project.release.publish import id_of
from dagster_project.release.reader import FAULTS, MANIFEST, file_faults, release_folders
from dagster_project.settings import Settings


def log_faults(settings: Settings) -> list[str]:
    """What is wrong with the log, by itself and by the heads that the releases keep."""
    return audit_log.faults(settings.data, kept_heads(settings))


def kept_heads(settings: Settings) -> dict[str, Head]:
    """The head that each release keeps; one whose manifest cannot be read keeps none."""
    heads = {}
    for path in release_folders(settings.releases):
        try:
            heads[f"release {path.name}"] = Head(**read_manifest(path)["log"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return heads


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of the release in `path`, whole or not; raises OSError or ValueError."""
    found: dict[str, Any] = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    return found


def release_faults(settings: Settings, path: Path) -> list[str]:
    """What in the release is not as it was published: manifest, files and tables."""
    try:
        manifest = read_manifest(path)
        return [
            *_manifest_faults(settings, path, manifest),
            *(f"{file} {FAULTS[fault]}" for file, fault in file_faults(path, manifest)),
            *_unnamed_files(path, manifest),
            *_table_faults(path / "marts.duckdb", manifest),
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [f"{MANIFEST} is missing or cannot be read"]


def _manifest_faults(settings: Settings, path: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """The manifest by the log, which keeps its hash, and by the id, which is made from it."""
    said = [
        entry["manifest_sha256"]
        for entry in audit_log.entries(settings.data)
        if entry["what"] == "published" and entry["release_id"] == path.name
    ]
    if said and said[-1] != file_sha256(path / MANIFEST):
        yield f"{MANIFEST} is not the one that the log says was published"
    if not said and "log" in manifest:
        yield "the log has no entry of its publication"
    if "held_to" in manifest and not id_of(manifest) == manifest["release_id"] == path.name:
        yield f"{MANIFEST} does not state what the release {path.name} was made of"


def _unnamed_files(path: Path, manifest: dict[str, Any]) -> Iterator[str]:
    named = {MANIFEST, *manifest["files"]}
    there = {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()}
    yield from (
        f"{name} is no part of it, and was put there since" for name in sorted(there - named)
    )


def _table_faults(marts: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Tables whose content is not what the manifest says."""
    try:
        with duckdb.connect(str(marts), read_only=True) as con:
            there = {
                name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()
            }
            for table, said in manifest["tables"].items():
                if table not in there:
                    yield f"the table {table} is missing"
                elif table_hash(con, table) != said["hash"]:
                    yield f"the table {table} holds other rows than were published"
            for table in sorted(there - {*manifest["tables"]}):
                yield f"the table {table} is no part of it, and was put there since"
    except duckdb.Error:
        yield "marts.duckdb cannot be read"


def input_faults(settings: Settings, manifest: dict[str, Any]) -> list[str]:
    """The inputs of a release that are not kept as they were, each named."""
    files = {one["sha256"]: one["file"] for one in manifest["inputs"]}
    said = {file: inputs.fault_of(settings, sha256) for sha256, file in files.items()}
    return [f"the input {file} {fault}" for file, fault in said.items() if fault]
