"""Publishing a release: at once and whole, or not at all.

Belongs here: writing a release folder, switching `current`, listing what is there.
Does not belong here: deciding whether it may be published (assets.py asks the gates first),
opening one for reading (reader.py).
"""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from dagster_project import audit_log
from dagster_project.fingerprint import file_sha256
from dagster_project.held_to import made_of
from dagster_project.release.reader import (
    DICTIONARY,
    DOCUMENTATION,
    LINEAGE,
    MANIFEST,
    BrokenRelease,
    Release,
    open_release,
    release_folders,
)
from dagster_project.release.report import quality_report


class NotReproduced(Exception):
    """What a release is made of gave other content than before."""


class UnknownRelease(Exception):
    """There is no release of that name; the message lists those that are there."""


@dataclass(frozen=True)
class Evidence:
    """What a release states beside its tables; each list holds the rows of a CSV file in it.

    documentation: makes dbt's page; quality: makes the rows of mart_quality from the release's id.
    Both are asked only when the release is written.
    """

    inputs: list[dict[str, Any]]
    gates: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]
    settings: dict[str, Any]
    held_to: dict[str, str] | None
    code: dict[str, Any]
    packages: dict[str, str]
    dictionary: list[dict[str, Any]]
    lineage: list[dict[str, str]] = field(default_factory=list)
    documentation: Callable[[], str] = str
    quality: Callable[[str], list[dict[str, Any]]] = lambda _: []


def id_of(stated: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits made from inputs, code, settings and the pattern that the release
    is held to, as a manifest states them, and from nothing else."""
    made = made_of(stated["inputs"], stated["code"]["hash"], stated["settings"])
    made["held_to"] = stated["held_to"] and stated["held_to"]["pattern_sha256"]
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:12]


def publish(
    con: duckdb.DuckDBPyConnection, releases: Path, hashes: Mapping[str, str], evidence: Evidence
) -> Release:
    """Write the release of protected.<table> for each table in `hashes`, and make it current.

    hashes: the fingerprint of each table's content.

    A release with the same id and the same content is made current again rather than rewritten.
    Raises NotReproduced when its content differs.
    """
    releases.mkdir(parents=True, exist_ok=True)
    clear_unfinished(releases)
    name = id_of(vars(evidence))
    described = {
        table: {
            "rows": con.execute(f"select count(*) from protected.{table}").fetchall()[0][0],
            "hash": digest,
        }
        for table, digest in sorted(hashes.items())
    }
    existing = _whole(releases / name)
    if existing is None:
        _write(con, releases, name, described, evidence)
    elif existing.manifest["tables"] != described:
        differ = [t for t in described if existing.manifest["tables"].get(t) != described[t]]
        raise NotReproduced(
            f"Release {name} holds other content than what the same inputs, code, settings and "
            f"earlier release give now, in {', '.join(differ)}. It is left as it was; this is a "
            "fault in the pipeline."
        )
    _log_publication(releases, name)
    set_current(releases, name)
    return open_release(releases / name)


def _log_publication(releases: Path, name: str) -> None:
    """Say once in the log that the release was published, and what its manifest's hash is."""
    published = {"release_id": name, "manifest_sha256": file_sha256(releases / name / MANIFEST)}
    if not any(published.items() <= entry.items() for entry in audit_log.entries(releases.parent)):
        audit_log.append(releases.parent, "published", **published)


def _whole(path: Path) -> Release | None:
    """The release in `path`; one that is broken is taken away so that it can be made again."""
    if not path.exists():
        return None
    try:
        return open_release(path)
    except BrokenRelease:
        remove(path)
        return None


def _write(
    con: duckdb.DuckDBPyConnection,
    releases: Path,
    name: str,
    described: Mapping[str, Any],
    evidence: Evidence,
) -> None:
    unfinished = releases / f".unfinished-{name}-{os.getpid()}"
    (unfinished / "quality").mkdir(parents=True)
    _copy_tables(con, unfinished / "marts.duckdb", list(described))
    manifest: dict[str, Any] = {
        "release_id": name,
        "created_at": audit_log.now(),
        "is_demonstration": any(i["is_demonstration"] for i in evidence.inputs),
        "inputs": evidence.inputs,
        "gates": [{k: v for k, v in g.items() if k != "details"} for g in evidence.gates],
        "settings": evidence.settings,
        "held_to": evidence.held_to,
        "code": evidence.code,
        "packages": evidence.packages,
        "tables": described,
        "log": vars(audit_log.head(releases.parent)),
    }
    checks = [
        {"gate": g["gate"], "domain": g["domain"], **check}
        for g in evidence.gates
        for check in g.get("details", [])
    ]
    for table, rows in (
        ("mart_quality", evidence.quality(name)),
        ("files", evidence.inputs),
        ("gates", manifest["gates"]),
        ("quarantine", evidence.quarantine),
    ):
        _write_csv(unfinished / "quality" / f"{table}.csv", rows)
    _write_csv(unfinished / DICTIONARY, evidence.dictionary)
    _write_csv(unfinished / LINEAGE, evidence.lineage)
    (unfinished / DOCUMENTATION).write_text(evidence.documentation(), encoding="utf-8")
    report = quality_report(manifest, checks, evidence.quarantine)
    (unfinished / "quality" / "report.html").write_text(report, encoding="utf-8")
    manifest["files"] = {
        str(path.relative_to(unfinished)): file_sha256(path)
        for path in sorted(unfinished.rglob("*"))
        if path.is_file()
    }
    (unfinished / MANIFEST).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    for path in [*unfinished.rglob("*"), unfinished]:
        _to_disk(path)
        path.chmod(0o555 if path.is_dir() else 0o444)
    unfinished.chmod(0o755)
    unfinished.rename(releases / name)
    (releases / name).chmod(0o555)
    _to_disk(releases)


def _copy_tables(con: duckdb.DuckDBPyConnection, path: Path, tables: Sequence[str]) -> None:
    """A new database file with the tables alone, so that no page of anything else is in it."""
    beside = con.cursor()  # a transaction may write to one database file only
    try:
        beside.execute(f"attach '{path}' as release")
        for table in tables:
            beside.execute(f'create table release."{table}" as from protected.{table} order by all')
        beside.execute("detach release")
    finally:
        beside.close()


def _write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """RFC 4180, with a heading also when there are no rows to take it from."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["none"])
        writer.writeheader()
        writer.writerows(rows)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder_of(releases: Path, name: str) -> Path:
    """The folder of the release `name`; `current` is a name too.

    Raises UnknownRelease when there is none.
    """
    folder = (releases / name).resolve()
    there = release_folders(releases.resolve())
    if folder not in there:
        if not there:
            raise UnknownRelease("No release has been published yet; `tillit run` makes one.")
        named = ", ".join(path.name for path in there)
        raise UnknownRelease(f"There is no release {name}; there are: {named}")
    return folder


def set_current(releases: Path, name: str) -> Release:
    """Point `current` to the release `name`, in one step.

    Raises UnknownRelease or BrokenRelease, and then leaves `current` where it was.
    """
    release = open_release(folder_of(releases, name))
    name = release.path.name
    pointer = releases / f".current-{os.getpid()}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(name)
    was = os.readlink(releases / "current") if (releases / "current").is_symlink() else None
    if name != was:
        audit_log.append(releases.parent, "set_current", release_id=name, before_it=was)
    os.replace(pointer, releases / "current")
    _to_disk(releases)
    return release


def clear_unfinished(releases: Path) -> None:
    """Take away what a run that was killed left behind."""
    for path in releases.glob(".unfinished-*"):
        remove(path)
    for path in releases.glob(".current-*"):
        path.unlink()


def remove(path: Path) -> None:
    """Remove a release folder, which is read-only."""
    for folder in [path, *(p for p in path.rglob("*") if p.is_dir())]:
        folder.chmod(0o755)
    shutil.rmtree(path)
