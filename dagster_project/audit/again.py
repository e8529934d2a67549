"""Making a release again: from the kept inputs and the recorded settings, in an empty folder.

Belongs here: laying out the folder, running the pipeline there, telling what the audit found.
Does not belong here: checking hashes (checks.py), comparing tables (compare.py), printing (cli.py).
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dagster_project import audit_log
from dagster_project.audit.checks import input_faults, log_faults, read_manifest, release_faults
from dagster_project.audit.compare import differences
from dagster_project.disclosure.protect import NotDescribed
from dagster_project.disclosure.rules import read_rules
from dagster_project.fingerprint import MADE_BY_RUNNING, code_hash
from dagster_project.ingest.described import DescriptionFault
from dagster_project.ingest.domains import read_domains
from dagster_project.release.provenance import package_versions
from dagster_project.release.reader import current_release
from dagster_project.run import Progress, run_pipeline
from dagster_project.settings import Settings


class NotMade(Exception):
    """The release could not be made again; the message says why."""


@dataclass(frozen=True)
class Audit:
    """What an audit found. remarks: what is to be known first, such as other code. faults: what
    is not as it was left, or why nothing could be made again. differences: what came out otherwise.
    """

    release_id: str
    remarks: list[str]
    faults: list[str]
    differences: list[str]

    @property
    def is_reproduced(self) -> bool:
        return not (self.faults or self.differences)


def audit_release(
    settings: Settings,
    path: Path,
    *,
    remark: Callable[[str], None] = lambda _: None,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Audit:
    """Check the release in `path` and its inputs, make it again, and compare.

    remark: told at once what is to be known before anything runs. tell: the progress of the run.
    The outcome stands in the log. A release with a fault in its inputs is not made again.
    """
    faults = [*release_faults(settings, path), *(f"the log: {f}" for f in log_faults(settings))]
    remarks: list[str] = []
    differ: list[str] = []
    try:
        manifest = read_manifest(path)
        remarks = versions_differ(settings, manifest)
        for one in remarks:
            remark(one)
        missing = [*input_faults(settings, manifest), *earlier_fault(settings, manifest)]
        faults += missing
        if not missing:
            with tempfile.TemporaryDirectory(prefix="tillit-audit-") as folder:
                again = made_again(settings, manifest, Path(folder), tell)
                differ = differences(path, again)
    except NotMade as error:
        faults.append(f"it could not be made again: {error}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        faults = faults or [f"the manifest cannot be used: {error!r}"]
    audit = Audit(path.name, remarks, faults, differ)
    audit_log.append(
        settings.data,
        "audited",
        release_id=path.name,
        is_reproduced=audit.is_reproduced,
        found=len(faults) + len(differ),
    )
    return audit


def versions_differ(settings: Settings, manifest: Mapping[str, Any]) -> list[str]:
    """Where the code, packages or settings here are not those of the release."""
    remarks = []
    if manifest["code"]["hash"] != code_hash(settings):
        commit = manifest["code"].get("git_commit") or "not recorded"
        remarks.append(
            "The code here is not the code that made the release, so what differs may come from "
            f"that. To make it again with its own code, check out its commit ({commit})."
        )
    here = package_versions()
    for package, version in manifest["packages"].items():
        if here.get(package) != version:
            remarks.append(f"{package} is {here.get(package)} here; the release had {version}.")
    if as_json(manifest["settings"]) != as_json(read_rules(settings.seeds).model_dump()):
        remarks.append(
            "The settings here are others than the release's; the recorded ones are used."
        )
    return remarks


def as_json(value: Any) -> str:
    """The value in a form that can be compared after it has been through a file."""
    return json.dumps(value, sort_keys=True)


def earlier_fault(settings: Settings, manifest: Mapping[str, Any]) -> list[str]:
    """Why the release that it was held to cannot be laid beside it; nothing where it can."""
    held = manifest.get("held_to")
    if not held or (settings.releases / held["release_id"] / "marts.duckdb").exists():
        return []
    return [f"release {held['release_id']}, which it was held to, is missing from the releases"]


def made_again(
    settings: Settings,
    manifest: Mapping[str, Any],
    folder: Path,
    tell: Callable[[Progress], None],
) -> Path:
    """Make the release again in `folder`; where it is. Raises NotMade when it cannot be."""
    try:
        afresh = lay_out(settings, manifest, folder)
        with environment_kept():
            os.environ.pop("TILLIT_ALERT", None)  # nobody is to be woken by a rehearsal
            summary = run_pipeline(afresh, anew=True, tell=tell)
    except (DescriptionFault, NotDescribed) as fault:
        raise NotMade(str(fault)) from fault
    if summary.outcome != "published":
        raise NotMade("; ".join(summary.messages))
    return current_release(afresh.data).path


@contextmanager
def environment_kept() -> Iterator[None]:
    """The environment afterwards is what it was before."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def lay_out(settings: Settings, manifest: Mapping[str, Any], folder: Path) -> Settings:
    """An empty data folder with the inputs of the release, the release that it was held to, and
    the descriptions of the project with its settings; nothing that an earlier run has left."""
    afresh = Settings(folder / "data")
    for name in ("seeds", "expectations", "dbt"):
        copy = folder / "project" / name
        shutil.copytree(
            getattr(settings, name), copy, ignore=shutil.ignore_patterns(*MADE_BY_RUNNING)
        )
        afresh = replace(afresh, **{name: copy})
    if as_json(read_rules(afresh.seeds).model_dump()) != as_json(manifest["settings"]):
        (afresh.seeds / "disclosure.yml").write_text(json.dumps(manifest["settings"]), "utf-8")
    afresh.inbox.mkdir(parents=True)
    domains = {domain.domain: domain for domain in read_domains(afresh.seeds)}
    for domain in domains.values():
        for file in domain.delivered(afresh):
            file.unlink()
    for one in manifest["inputs"]:
        place = domains[one["domain"]].folder(afresh)
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(settings.inputs / one["sha256"], place / one["file"])
    held = manifest.get("held_to")
    if held:
        afresh.releases.mkdir(parents=True)
        earlier = held["release_id"]
        shutil.copytree(settings.releases / earlier, afresh.releases / earlier)
        (afresh.releases / "current").symlink_to(earlier)
    return afresh
