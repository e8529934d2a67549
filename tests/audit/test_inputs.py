"""Kept inputs: by content, once, as they were read; let go of and erased so that it can be seen."""

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from dagster_project import audit_log
from dagster_project.gates.status import GateHolds
from dagster_project.release.inputs import UnknownInput, erase, fault_of, keep, prune
from dagster_project.release.reader import erased_inputs, open_release
from dagster_project.settings import SettingFault, Settings

CONTENT = b"answers of a wave"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
LONG_AGO = time.time() - 3000 * 24 * 60 * 60


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with one delivered file."""
    (tmp_path / "inbox" / "survey").mkdir(parents=True)
    (tmp_path / "inbox" / "survey" / "wave.csv").write_bytes(CONTENT)
    return Settings(tmp_path)


def delivered(settings: Settings) -> dict[str, Path]:
    return {SHA256: settings.inbox / "survey" / "wave.csv"}


def release_of(settings: Settings, name: str) -> Path:
    """A release that says that it was made from the delivered file."""
    folder = settings.releases / name
    folder.mkdir(parents=True)
    inputs = [{"domain": "survey", "file": "wave.csv", "sha256": SHA256}]
    (folder / "manifest.json").write_text(json.dumps({"inputs": inputs, "files": {}}))
    return folder


def test_an_input_is_kept_once_under_its_hash_and_cannot_be_written_to(settings: Settings) -> None:
    keep(settings, delivered(settings))
    keep(settings, delivered(settings))
    assert [path.name for path in settings.inputs.iterdir()] == [SHA256]
    kept = settings.inputs / SHA256
    assert kept.read_bytes() == CONTENT
    assert (kept.stat().st_mode & 0o777, settings.inputs.stat().st_mode & 0o777) == (0o400, 0o700)
    assert fault_of(settings, SHA256) == ""


def test_an_input_that_has_changed_since_it_was_read_is_not_kept(settings: Settings) -> None:
    delivered(settings)[SHA256].write_bytes(b"something else")
    with pytest.raises(GateHolds, match=r"wave\.csv has changed since it was read"):
        keep(settings, delivered(settings))
    delivered(settings)[SHA256].unlink()
    with pytest.raises(GateHolds, match=r"wave\.csv is gone since it was read"):
        keep(settings, delivered(settings))
    assert list(settings.inputs.iterdir()) == []


def test_a_kept_input_that_is_changed_or_gone_is_named(settings: Settings) -> None:
    keep(settings, delivered(settings))
    kept = settings.inputs / SHA256
    kept.chmod(0o600)
    kept.write_bytes(b"something else")
    assert fault_of(settings, SHA256) == f"has been changed in {settings.inputs}"
    kept.unlink()
    assert fault_of(settings, SHA256) == f"is missing from {settings.inputs}"


def test_an_old_input_is_let_go_of_only_when_no_release_needs_it(settings: Settings) -> None:
    keep(settings, delivered(settings))
    os.utime(settings.inputs / SHA256, (LONG_AGO, LONG_AGO))
    folder = release_of(settings, "aaa")
    assert prune(settings) == []
    whole = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(whole[:-9])
    assert prune(settings) == [], "what the release needs cannot be read, so nothing goes"
    (folder / "manifest.json").unlink()
    folder.rmdir()
    assert prune(settings) == [SHA256]
    assert audit_log.entries(settings.data)[-1]["what"] == "pruned"


def test_how_long_an_input_is_kept_is_a_setting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(settings, delivered(settings))
    os.utime(settings.inputs / SHA256, (LONG_AGO, LONG_AGO))
    monkeypatch.setenv("TILLIT_KEEP_INPUTS_DAYS", "4000")
    assert prune(settings) == []
    monkeypatch.setenv("TILLIT_KEEP_INPUTS_DAYS", "a year")
    with pytest.raises(SettingFault, match="is a year, which is no number of days"):
        prune(settings)


def test_an_erased_input_is_nowhere_and_the_log_and_its_releases_say_so(settings: Settings) -> None:
    keep(settings, delivered(settings))
    settings.warehouse.write_bytes(CONTENT)
    folder = release_of(settings, "aaa")
    assert erase(settings, SHA256, "a respondent asked for it") == ["aaa"]
    holding = [p for p in settings.data.rglob("*") if p.is_file() and CONTENT in p.read_bytes()]
    assert holding == []
    entry = audit_log.entries(settings.data)[-1]
    assert (entry["what"], entry["sha256"], entry["releases"]) == ("erased", SHA256, ["aaa"])
    marked = open_release(folder).erased
    assert [(one["file"], one["because"]) for one in marked] == [
        ("wave.csv", "a respondent asked for it")
    ]
    assert "a respondent asked for it" in fault_of(settings, SHA256)


def test_an_erased_input_that_is_delivered_again_is_not_published(settings: Settings) -> None:
    erase(settings, SHA256, "a respondent asked for it")
    (settings.inbox / "survey" / "wave.csv").write_bytes(CONTENT)
    with pytest.raises(GateHolds, match=r"was erased .* because a respondent asked for it"):
        keep(settings, delivered(settings))


def test_what_was_never_here_cannot_be_erased(settings: Settings) -> None:
    with pytest.raises(UnknownInput):
        erase(settings, "0" * 64, "an error")
    assert erased_inputs(settings.releases) == []
