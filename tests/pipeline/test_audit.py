"""`tillit audit` makes a release again from its kept inputs, after the inbox has changed, and says
"reproduced", or exactly what differs. What was made of one changed file beside what was known is
then what reading everything gives."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from dagster_project import audit_log
from dagster_project.audit import again
from dagster_project.cli import app
from dagster_project.fingerprint import file_sha256, table_hash
from dagster_project.release.reader import MANIFEST
from dagster_project.settings import Settings
from tests.pipeline.conftest import House

CHANGED = "mart_scorecard"

pytestmark = pytest.mark.timeout(600)  # the first of them waits for two whole runs


@dataclass(frozen=True)
class Audited:
    """What the command said of a release, and what it made in order to compare."""

    house: House
    made: Path
    status: int
    said: str


def tillit_audit(house: House) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["audit", "current", "--data", str(house.settings.data)])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def audited(changed_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The audit of a release without inbox and warehouse; the only one that runs for real."""
    folder = tmp_path_factory.mktemp("audited")
    shutil.copytree(changed_data, folder / "data", symlinks=True)
    house, made_again = House(Settings(folder / "data")), again.made_again
    for file in (house.survey_2017, house.survey_2023, house.settings.warehouse):
        file.unlink()

    def kept(*arguments: Any) -> Path:
        return Path(shutil.copytree(made_again(*arguments), folder / "made"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again, "made_again", kept)
        patch.setenv("TILLIT_DATA", str(house.settings.data))  # as the command sets it itself
        environment = dict(os.environ)
        status, said = tillit_audit(house)
        assert dict(os.environ) == environment
    return Audited(house, folder / "made", status, said)


def test_a_release_is_reproduced_from_its_kept_inputs_alone(audited: Audited) -> None:
    name = audited.house.release().release_id
    assert audited.said.endswith(
        f"✓ Release {name} is reproduced: every file and table is the same.\n"
    )
    assert audited.status == 0
    assert not [line for line in audited.said.splitlines() if line[0] in "✗≠!"]
    entry = audit_log.entries(audited.house.settings.data)[-1]
    assert (entry["what"], entry["release_id"], entry["is_reproduced"]) == ("audited", name, True)


def test_a_changed_table_whose_hashes_were_all_put_right_differs_from_what_is_made_again(
    audited: Audited, changed_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(changed_data, tmp_path / "data", symlinks=True)
    house = House(Settings(tmp_path / "data"))
    folder = house.release().path
    with_other_value(folder / "marts.duckdb")
    put_hashes_right(folder, house.settings.data)
    monkeypatch.setattr(again, "made_again", lambda *_: audited.made)
    status, said = tillit_audit(house)
    assert status == 1
    [differs] = [line for line in said.splitlines() if line.startswith("≠")]
    assert differs.startswith(f"≠ {CHANGED}: 1 row(s), the first of them goal_id 1, ")
    assert differs.endswith(" with other values in value")
    assert [line for line in said.splitlines() if line.startswith("✗")] == [
        f"✗ Release {folder.name} is not reproduced."
    ]


def with_other_value(marts: Path) -> None:
    """One figure of one table is half of what it was."""
    marts.parent.chmod(0o755)
    marts.chmod(0o644)
    with duckdb.connect(str(marts)) as con:
        con.execute(
            f"update {CHANGED} set value = value / 2 where rowid = (select rowid from {CHANGED} "
            "where goal_id = 1 and value > 0 order by all limit 1)"
        )


def put_hashes_right(folder: Path, data: Path) -> None:
    """What somebody would do who can write everywhere: manifest and log say what is there now."""
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    with duckdb.connect(str(folder / "marts.duckdb"), read_only=True) as con:
        manifest["tables"][CHANGED]["hash"] = table_hash(con, CHANGED)
    manifest["files"]["marts.duckdb"] = file_sha256(folder / "marts.duckdb")
    path.chmod(0o644)
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    log = data / audit_log.LOG
    lines, entries = log.read_text(encoding="utf-8").splitlines(True), audit_log.entries(data)
    wanted = ("published", folder.name)
    published = next(n for n, e in enumerate(entries) if (e["what"], e.get("release_id")) == wanted)
    log.write_text("".join(lines[:published]), encoding="utf-8")
    for entry in entries[published:]:
        said = {k: v for k, v in entry.items() if k not in ("entry", "at", "before", "hash")}
        if entry["what"] == "published":
            said["manifest_sha256"] = file_sha256(path)
        audit_log.append(data, said.pop("what"), **said)
