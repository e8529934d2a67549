"""The inputs of the releases, kept by their content: `inputs/<SHA-256>`, each once, read-only.

Belongs here: keeping what a release was made from, letting go of what no release needs, erasing.
Does not belong here: reading an input (ingest), or who may ask for it to be erased.

What is kept holds respondents' answers: nobody but the pipeline's own user may open the folder.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dagster_project import audit_log
from dagster_project.fingerprint import file_sha256
from dagster_project.gates.status import GateHolds
from dagster_project.release.reader import ERASED, MANIFEST, erased_inputs, release_folders
from dagster_project.settings import Settings

BLOCK = 1 << 20
DAY = 24 * 60 * 60


class UnknownInput(Exception):
    """No input of that hash is kept, delivered or named by a release; the message says so."""


def keep(settings: Settings, files: Mapping[str, Path]) -> None:
    """Keep each file under the SHA-256 that it had when it was read.

    Raises GateHolds when one has changed or gone since, or was erased before.
    """
    erased = {one["sha256"]: one for one in erased_inputs(settings.releases)}
    settings.inputs.mkdir(parents=True, exist_ok=True, mode=0o700)
    for sha256, path in files.items():
        if sha256 in erased:
            raise GateHolds(
                f"{path.name} was erased {erased[sha256]['at'][:10]} because "
                f"{erased[sha256]['because']}; take it out of {path.parent}"
            )
        kept = settings.inputs / sha256
        if not kept.exists():
            _copy(path, kept)
        os.utime(kept)


def _copy(path: Path, kept: Path) -> None:
    """Copy the file, in one step and only if it has the hash that it is to be kept under."""
    beside = kept.with_name(f".{kept.name}-{os.getpid()}")
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, beside.open("wb") as target:
            while block := source.read(BLOCK):
                digest.update(block)
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != kept.name:
            raise GateHolds(f"{path.name} has changed since it was read")
        beside.chmod(0o400)
        os.replace(beside, kept)
    except FileNotFoundError as error:
        raise GateHolds(f"{path.name} is gone since it was read") from error
    finally:
        beside.unlink(missing_ok=True)


def fault_of(settings: Settings, sha256: str) -> str:
    """What is wrong with a kept input, in words; nothing where it is there and unchanged."""
    erased = {one["sha256"]: one for one in erased_inputs(settings.releases)}
    kept = settings.inputs / sha256
    if sha256 in erased:
        return f"was erased {erased[sha256]['at'][:10]} because {erased[sha256]['because']}"
    if not kept.exists():
        return f"is missing from {settings.inputs}"
    return "" if file_sha256(kept) == sha256 else f"has been changed in {settings.inputs}"


def inputs_of(release: Path) -> list[dict[str, Any]] | None:
    """The inputs that a release names; None where its manifest cannot be read."""
    try:
        return list(json.loads((release / MANIFEST).read_text(encoding="utf-8"))["inputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def prune(settings: Settings) -> list[str]:
    """Let go of inputs that no release names and none was made from for as long as the setting
    says; their hashes. Nothing goes while a release does not tell what it was made from."""
    named = [inputs_of(path) for path in release_folders(settings.releases)]
    if None in named or not settings.inputs.is_dir():
        return []
    needed = {one["sha256"] for inputs in named for one in inputs or []}
    too_old = time.time() - settings.keep_inputs_days * DAY
    gone = [
        path.name
        for path in sorted(settings.inputs.iterdir())
        if path.name not in needed and path.stat().st_mtime < too_old
    ]
    for name in gone:
        audit_log.append(settings.data, "pruned", sha256=name)
        (settings.inputs / name).unlink()
    return gone


def erase(settings: Settings, sha256: str, because: str) -> list[str]:
    """Erase the input everywhere but in what releases counted from it; the releases' ids.

    It goes from the kept inputs, from the inbox, and with the warehouse, which the next run builds
    anew. The log and a mark beside the releases say that it was erased, and `because`.

    Raises UnknownInput when nothing of that hash is or was here.
    """
    named = {
        path.name: one
        for path in release_folders(settings.releases)
        for one in inputs_of(path) or []
        if one["sha256"] == sha256
    }
    kept = settings.inputs / sha256
    delivered = list(_delivered(settings, sha256))
    if not (named or kept.exists() or delivered):
        raise UnknownInput(
            f"There is no input {sha256}; `tillit releases show` has the hash of each input."
        )
    releases = sorted(named)
    entry = {"sha256": sha256, "because": because}
    audit_log.append(settings.data, "erased", **entry, releases=releases)
    settings.releases.mkdir(parents=True, exist_ok=True)
    with (settings.releases / ERASED).open("a", encoding="utf-8") as marks:
        marks.write(json.dumps({**entry, "at": audit_log.now()}, ensure_ascii=False) + "\n")
        marks.flush()
        os.fsync(marks.fileno())
    of_warehouse = settings.data.glob(f"{settings.warehouse.name}*")
    for path in [kept, *delivered, *of_warehouse]:
        path.unlink(missing_ok=True)
    return releases


def _delivered(settings: Settings, sha256: str) -> Iterator[Path]:
    """The files of that hash in the inbox."""
    files = (path for path in sorted(settings.inbox.rglob("*")) if path.is_file())
    return (path for path in files if file_sha256(path) == sha256)
