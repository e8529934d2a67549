"""A small house: an inbox with two survey waves, run in this process."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dagster_project.demonstration import write_demonstration
from dagster_project.release.reader import Release, current_release
from dagster_project.run import Summary, run_pipeline
from dagster_project.settings import Settings
from tests.shared import made_once

SUMMARY = "summary.json"
WAVES = ("2017", "2023")
DOMAINS = ("survey", "organisation")


@dataclass(frozen=True)
class House:
    """One data folder, with what a test does to it."""

    settings: Settings

    @property
    def organisation(self) -> Path:
        return self.settings.inbox / "organisation"

    @property
    def survey_2017(self) -> Path:
        """Semicolon CSV in Windows-1252, with Norwegian labels in its cells."""
        return self.settings.inbox / "survey" / "medarbeiderundersokelsen_2017.csv"

    @property
    def survey_2023(self) -> Path:
        """SPSS, with codes in its cells."""
        return self.settings.inbox / "survey" / "medarbeiderundersokelsen_2023.sav"

    def run(self, *select: str, anew: bool = False) -> Summary:
        return run_pipeline(self.settings, select=select, anew=anew)

    def release(self) -> Release:
        return current_release(self.settings.data)

    def last_run(self) -> Summary:
        """The summary of the run that made the house what it is."""
        return Summary(**json.loads((self.settings.data / SUMMARY).read_text("utf-8")))

    def edit_2017(self, change: Callable[[list[str]], list[str]]) -> None:
        """Change the lines of the 2017 file; the first one is the headings."""
        lines = self.survey_2017.read_text(encoding="cp1252").splitlines()
        text = "\r\n".join(change(lines)) + "\r\n"
        self.survey_2017.write_text(text, encoding="cp1252", newline="")


@pytest.fixture(scope="session")
def whole_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole demonstration inbox. To be read only."""
    return made_once(tmp_path_factory, "inbox", write_demonstration)


@pytest.fixture(scope="session")
def published_data(whole_inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which one run has published a release. To be read only."""

    def make(data: Path) -> None:
        for path in whole_inbox.rglob("*.*"):
            if path.parent.name in DOMAINS and any(wave in path.name for wave in WAVES):
                (data / "inbox" / path.parent.name).mkdir(parents=True, exist_ok=True)
                shutil.copy(path, data / "inbox" / path.parent.name)
        publish(data)

    return made_once(tmp_path_factory, "published", make)


@pytest.fixture(scope="session")
def whole_data(whole_inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release of the whole demonstration, all domains. To be read only."""

    def make(data: Path) -> None:
        shutil.copytree(whole_inbox, data / "inbox")
        publish(data)

    return made_once(tmp_path_factory, "whole", make)


@pytest.fixture(scope="session")
def changed_data(published_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published house after one answer in one file was changed and it was run again. To be read
    only."""

    def make(data: Path) -> None:
        shutil.copytree(published_data, data, symlinks=True)
        House(Settings(data)).edit_2017(change_an_answer)
        publish(data)

    return made_once(tmp_path_factory, "changed", make)


def change_an_answer(lines: list[str]) -> list[str]:
    changed = next(i for i, line in enumerate(lines[1:], start=1) if "Svært positivt" in line)
    lines[changed] = lines[changed].replace("Svært positivt", "Positivt", 1)
    return lines


def publish(data: Path) -> None:
    """Run the pipeline, which must publish, and keep its summary."""
    summary = run_pipeline(Settings(data))
    assert summary.outcome == "published", summary.messages
    (data / SUMMARY).write_text(json.dumps(summary.as_json()), "utf-8")


@pytest.fixture
def house(published_data: Path, tmp_path: Path) -> House:
    """A copy of the published house, for a test to spoil."""
    data = tmp_path / "data"
    shutil.copytree(published_data, data, symlinks=True)
    return House(Settings(data))


@pytest.fixture
def with_own_suites(house: House, tmp_path: Path) -> House:
    """The same house, with a copy of the expectation suites that a test may change."""
    suites = tmp_path / "expectations"
    shutil.copytree(house.settings.expectations, suites)
    return House(replace(house.settings, expectations=suites))
