"""Packages for those who read the figures elsewhere: having one made, and telling whether one is
unchanged and which release it is from.

Belongs here: asking the dashboard's code for a package, in a process of its own; the log's entry;
comparing a package with its manifest. Does not belong here: what is in a package
(`streamlit_app.package`).
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project import audit_log
from dagster_project.release.publish import UnknownRelease
from dagster_project.release.reader import (
    BrokenRelease,
    Release,
    current_release,
    open_release,
    release_folders,
)
from dagster_project.settings import PROJECT, Settings

CURRENT = "current"
MANIFEST = "manifest.json"
WRONG_USE = 2


class NotMade(Exception):
    """The package could not be made; the message says why, `status` which exit status that is."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class NotAPackage(Exception):
    """What should be a package is none; the message names the file and says what is wrong."""


# Making


def make_package(
    settings: Settings,
    folder: Path,
    *,
    release: str = CURRENT,
    goals: Sequence[int] = (),
    tables: Sequence[str] = (),
    language: str = "nb",
) -> Path:
    """Write a package of a release into `folder`, and say so in the log; its path.

    goals, tables: all there are for none. Raises NoRelease, UnknownRelease, BrokenRelease, NotMade.
    """
    opened = _opened(settings, release)
    choices = {"goals": list(goals), "tables": list(tables), "language": language}
    path = _made(opened, choices, folder)
    try:
        audit_log.append(
            settings.data,
            "exported",
            package=path.name,
            sha256=_sha256(path.read_bytes()),
            manifest_sha256=_sha256(_read(path)[MANIFEST]),
            release_id=opened.release_id,
            choices=choices,
        )
    except OSError:
        path.unlink()  # what the log does not know of was not exported
        raise
    return path


def _opened(settings: Settings, release: str) -> Release:
    """The release of that name."""
    if release == CURRENT:
        return current_release(settings.data)
    if release not in {path.name for path in release_folders(settings.releases)}:
        raise UnknownRelease(f"There is no release {release}; `tillit releases list` has them.")
    return open_release(settings.releases / release)


def _made(release: Release, choices: dict[str, Any], folder: Path) -> Path:
    """A package written by the dashboard's code."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "streamlit_app.package", str(release.path)]
    command += [json.dumps(choices), str(folder.resolve())]
    there = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": there}, capture_output=True, text=True
    )
    if done.returncode:
        status = WRONG_USE if done.returncode == WRONG_USE else 1
        raise NotMade(done.stderr.strip() or "The package could not be made.", status)
    return folder / done.stdout.strip()


# Telling whether one is unchanged


@dataclass(frozen=True)
class Verdict:
    """What may be said of a package.

    release_id: the release that it says it is from; faults: what is not as it was exported, file by
    file; is_here: whether that release is here and whole; exported: the log's entry on the export,
    None where the log has none; is_remade: whether it was made again and compared.
    """

    release_id: str
    n_files: int
    faults: Sequence[str]
    is_here: bool
    exported: dict[str, Any] | None
    is_remade: bool = False


def verify(settings: Settings, package: Path) -> Verdict:
    """Whether a package, as a zip or unpacked in a folder, is as it was exported.

    A package whose manifest the log does not know is made again from its release, where that is
    here, so that one that was changed together with its manifest is found too. Raises NotAPackage.
    """
    files = _read(package)
    manifest = _manifest(files, package)
    release_id = manifest["release_id"]
    faults = list(_differences(manifest["files"], files))
    is_here = _is_here(settings, release_id)
    exported = _export_of(settings, _sha256(files[MANIFEST]))
    if exported is None and is_here and not faults:
        again = _remade(settings, manifest)
        faults = list(_differences(again, manifest["files"]))
        return Verdict(release_id, len(files) - 1, faults, is_here, None, is_remade=True)
    return Verdict(release_id, len(files) - 1, faults, is_here, exported)


def _read(package: Path) -> dict[str, bytes]:
    """The files of a package by their path in it."""
    if package.is_dir():
        found = sorted(path for path in package.rglob("*") if path.is_file())
        return {path.relative_to(package).as_posix(): path.read_bytes() for path in found}
    try:
        with zipfile.ZipFile(package) as opened:
            names = opened.namelist()
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise NotAPackage(f"{package.name} has two files named {', '.join(twice)}.")
            return {name: opened.read(name) for name in names if not name.endswith("/")}
    except FileNotFoundError as error:
        raise NotAPackage(f"There is no file {package}.") from error
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise NotAPackage(
            f"{package.name} cannot be read as a package: {error}. Ask for it anew."
        ) from error


def _manifest(files: dict[str, bytes], package: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(files[MANIFEST])
        if not isinstance(manifest["files"], dict):
            raise ValueError("it lists no files")
        manifest["release_id"], manifest["choices"]["goals"]
    except KeyError as error:
        raise NotAPackage(f"{package.name} is no package: {error} is missing in it.") from error
    except (ValueError, TypeError) as error:
        raise NotAPackage(f"{MANIFEST} in {package.name} cannot be read: {error}.") from error
    return manifest


def _differences(
    expected: dict[str, str], files: dict[str, bytes] | dict[str, str]
) -> Iterator[str]:
    """Each file that is not as expected; files: by content or by hash."""
    there = {path: data if isinstance(data, str) else _sha256(data) for path, data in files.items()}
    for path in sorted(expected.keys() | there.keys() - {MANIFEST}):
        if path not in there:
            yield f"{path} is missing"
        elif path not in expected:
            yield f"{path} was not in the package"
        elif there[path] != expected[path]:
            yield f"{path} has been changed"


def _is_here(settings: Settings, release_id: str) -> bool:
    """Whether the release is here and whole."""
    try:
        _opened(settings, release_id)
    except (UnknownRelease, BrokenRelease):
        return False
    return True


def _export_of(settings: Settings, manifest_sha256: str) -> dict[str, Any] | None:
    """The log's last entry on the export of a package with this manifest."""
    found = [
        entry
        for entry in audit_log.entries(settings.data)
        if entry.get("what") == "exported" and entry.get("manifest_sha256") == manifest_sha256
    ]
    return found[-1] if found else None


def _remade(settings: Settings, manifest: dict[str, Any]) -> dict[str, str]:
    """The hashes of the package made anew with the same choices."""
    with tempfile.TemporaryDirectory() as folder:
        release = _opened(settings, manifest["release_id"])
        path = _made(release, manifest["choices"], Path(folder))
        hashes: dict[str, str] = json.loads(_read(path)[MANIFEST])["files"]
        return hashes


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
