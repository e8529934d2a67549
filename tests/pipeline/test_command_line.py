"""What the command line says of wrong use, and of folders that it cannot work in."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dagster_project.cli import app, main

WRONG = {
    "a release that is none": ["releases", "show", "nope"],
    "a release that is none, to be chosen": ["releases", "set-current", "nope"],
    "a package that is not there": ["verify", "nowhere.zip"],
    "a port that is none": ["dashboard", "--port", "99999"],
    "the log of a folder where nothing was done": ["audit", "--log"],
}


@pytest.mark.parametrize("command", WRONG.values(), ids=WRONG)
def test_wrong_use_ends_with_2_and_one_message(tmp_path: Path, command: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "--data", str(tmp_path / "data")])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_without_any_release_it_is_said_how_one_is_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["releases", "show", "current", "--data", str(tmp_path)])
    assert "No release has been published yet; `tillit run` makes one." in result.stderr


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "inbox").write_text("no folder")
    monkeypatch.setattr(sys, "argv", ["tillit", "demo", "--data", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "inbox") in said
    assert "See that the folder is the right one (--data)" in said
