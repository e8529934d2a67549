"""A release with anything changed is found by its hashes, and what it is, is named."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dagster_project import audit_log
from dagster_project.audit.checks import input_faults, log_faults, read_manifest, release_faults
from dagster_project.cli import app
from dagster_project.fingerprint import file_sha256, table_hash
from dagster_project.release.inputs import keep
from dagster_project.release.publish import Evidence, publish
from dagster_project.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with one published release of one table, and its kept input."""
    settings = Settings(tmp_path)
    audit_log.append(settings.data, "run")
    delivered = settings.inbox / "survey" / "wave.csv"
    delivered.parent.mkdir(parents=True)
    delivered.write_text("an answer")
    sha256 = file_sha256(delivered)
    keep(settings, {sha256: delivered})
    evidence = Evidence(
        inputs=[
            {
                "domain": "survey",
                "file": "wave.csv",
                "table": "survey",
                "sha256": sha256,
                "is_demonstration": True,
            }
            | dict.fromkeys(["rows_in", "rows_kept", "rows_quarantined", "answers_blanked"], 1)
        ],
        gates=[],
        quarantine=[],
        settings={"minimum_respondents": 10},
        held_to=None,
        code={"hash": "c" * 64, "git_commit": None},
        packages={},
        dictionary=[],
    )
    with duckdb.connect() as con:
        con.execute("create schema protected")
        con.execute("create table protected.mart as select 1 as goal, 0.5 as share")
        hashes = {"mart": table_hash(con, "protected.mart")}
        publish(con, settings.releases, hashes, evidence)
    return settings


def release(settings: Settings) -> Path:
    return (settings.releases / "current").resolve()


def rewrite(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a read-only file of a release."""
    file.parent.chmod(0o755)
    file.chmod(0o644)
    file.write_bytes(change(file.read_bytes()))


def flip_last_byte(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def test_a_release_as_it_was_published_has_no_faults(settings: Settings) -> None:
    assert release_faults(settings, release(settings)) == []
    assert input_faults(settings, read_manifest(release(settings))) == []
    assert log_faults(settings) == []


@pytest.mark.parametrize("file", ["marts.duckdb", "dictionary.csv", "quality/report.html"])
def test_one_changed_byte_in_any_file_is_found(settings: Settings, file: str) -> None:
    rewrite(release(settings) / file, flip_last_byte)
    assert f"{file} has been changed" in release_faults(settings, release(settings))


def test_a_file_that_is_gone_or_was_put_there_is_named(settings: Settings) -> None:
    folder = release(settings) / "quality"
    folder.chmod(0o755)
    (folder / "gates.csv").rename(folder / "more.csv")
    assert release_faults(settings, release(settings)) == [
        "quality/gates.csv is missing",
        "quality/more.csv is no part of it, and was put there since",
    ]


def test_a_manifest_changed_by_one_letter_is_known_to_the_log(settings: Settings) -> None:
    rewrite(release(settings) / "manifest.json", lambda said: said.replace(b"created", b"creatid"))
    assert release_faults(settings, release(settings)) == [
        "manifest.json is not the one that the log says was published"
    ]


def test_a_table_changed_with_its_files_hash_is_known_by_the_hash_of_its_rows(
    settings: Settings,
) -> None:
    marts, manifest = (release(settings) / name for name in ("marts.duckdb", "manifest.json"))
    rewrite(marts, bytes)
    with duckdb.connect(str(marts)) as con:
        con.execute("update mart set share = 0.9")
    rewrite(
        manifest,
        lambda said: json.dumps(
            (old := json.loads(said))
            | {"files": old["files"] | {"marts.duckdb": file_sha256(marts)}}
        ).encode(),
    )
    faults = release_faults(settings, release(settings))
    assert "the table mart holds other rows than were published" in faults


def test_other_inputs_than_the_release_was_made_of_do_not_fit_its_id(settings: Settings) -> None:
    rewrite(
        release(settings) / "manifest.json", lambda said: said.replace(b"wave.csv", b"mine.csv")
    )
    stated = f"manifest.json does not state what the release {release(settings).name} was made of"
    assert stated in release_faults(settings, release(settings))


def test_a_manifest_that_cannot_be_read_is_said(settings: Settings) -> None:
    rewrite(release(settings) / "manifest.json", lambda said: said[:-9])
    assert release_faults(settings, release(settings)) == [
        "manifest.json is missing or cannot be read"
    ]


def test_an_input_gone_missing_is_named(settings: Settings) -> None:
    for kept in settings.inputs.iterdir():
        kept.unlink()
    assert input_faults(settings, read_manifest(release(settings))) == [
        f"the input wave.csv is missing from {settings.inputs}"
    ]


def test_a_log_cut_off_before_a_release_is_known_to_the_release(settings: Settings) -> None:
    (settings.data / audit_log.LOG).unlink()
    (settings.data / audit_log.HEAD).unlink()
    name = release(settings).name
    assert log_faults(settings) == [
        f"the tail is cut off: entry 1 is missing, which release {name} knows of"
    ]


def tillit(settings: Settings, *words: str) -> tuple[int, str]:
    """Exit status and words of the command."""
    done = CliRunner().invoke(app, [*words, "--data", str(settings.data)])
    return done.exit_code, done.output.replace("\n", " ")


def test_what_is_asked_for_wrongly_is_told_apart_from_what_is_wrong(settings: Settings) -> None:
    assert tillit(settings, "audit", "--log") == (0, "✓ The log is as it was written. ")
    for words in ([], [release(settings).name, "--log"], ["0" * 12]):
        assert tillit(settings, "audit", *words)[0] == 2


def test_a_release_with_one_byte_changed_is_named_by_the_command(settings: Settings) -> None:
    rewrite(release(settings) / "dictionary.csv", flip_last_byte)
    status, said = tillit(settings, "audit", release(settings).name)
    assert status == 1
    assert "The code here is not the code that made the release" in said.partition("✗")[0]
    assert "✗ dictionary.csv has been changed" in said
    assert audit_log.entries(settings.data)[-1]["what"] == "audited"


def test_an_input_gone_missing_is_named_by_the_command(settings: Settings) -> None:
    for kept in settings.inputs.iterdir():
        kept.unlink()
    status, said = tillit(settings, "audit", release(settings).name)
    assert status == 1
    assert f"✗ the input wave.csv is missing from {settings.inputs}" in said
    assert f"✗ Release {release(settings).name} is not reproduced." in said


def test_a_log_with_a_line_removed_is_named_by_the_command(settings: Settings) -> None:
    log = settings.data / audit_log.LOG
    first, *rest = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(rest), encoding="utf-8")
    assert tillit(settings, "audit", "--log") == (1, "✗ the log: entry 1 is missing ")
    assert "✗ the log: entry 1 is missing" in tillit(settings, "audit", release(settings).name)[1]
    log.write_text("".join([first, *rest[1:]]), encoding="utf-8")
    assert "✗ the log: entry 2 is missing" in tillit(settings, "audit", "--log")[1]


def test_an_erased_input_is_told_by_the_commands_that_a_person_uses(settings: Settings) -> None:
    (sha256,) = (kept.name for kept in settings.inputs.iterdir())
    name = release(settings).name
    assert tillit(settings, "erase", "0" * 64, "--because", "an error")[0] == 2
    assert tillit(settings, "erase", sha256, "--because", "a respondent asked for it")[0] == 0
    assert "erased since: wave.csv" in tillit(settings, "releases", "list")[1]
    assert "a respondent asked for it" in tillit(settings, "releases", "show", name)[1]
    status, said = tillit(settings, "audit", name)
    assert status == 1
    assert "the input wave.csv was erased" in said
    assert tillit(settings, "audit", "--log")[0] == 0
