"""What a run warns of in the inbox: what no domain reads, and what was taken out."""

from pathlib import Path

import pytest

from dagster_project.fingerprint import file_sha256
from dagster_project.ingest.domains import read_domains
from dagster_project.ingest.inbox import no_longer_there, not_read
from dagster_project.settings import Settings
from tests.ingest.small import SEEDS

LISTED = read_domains(SEEDS)
FOLDERS = "activities, directives, measures, organisation, pilots, survey, user_survey"


def laid(settings: Settings, place: str, content: str = "a") -> Path:
    path = settings.inbox / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "place", ["surveys/wave.xlsx", "wave.xlsx", "survey/2023/wave.sav", "published/figures.csv"]
)
def test_a_file_that_no_domain_reads_is_named_with_the_folders(tmp_path: Path, place: str) -> None:
    settings = Settings(tmp_path)
    laid(settings, place)
    laid(settings, "survey/read.csv")
    assert list(not_read(settings, LISTED)) == [
        f"inbox/{place} lies directly in no domain's folder and was not read; the folders are "
        f"{FOLDERS}"
    ]


@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "~$wave.xlsx"]
)
def test_what_programs_leave_behind_is_no_delivery_and_no_warning(
    tmp_path: Path, name: str
) -> None:
    settings = Settings(tmp_path)
    for folder in ("", "survey/", "surveys/", ".Trash/"):
        laid(settings, folder + name)
    assert list(not_read(settings, LISTED)) == []
    assert [
        path for domain in LISTED for path in domain.delivered(settings) if path.name == name
    ] == []


def test_an_input_that_was_taken_out_is_named_and_one_that_is_there_is_not(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    renamed = file_sha256(laid(settings, "survey/new_name.csv", "renamed"))
    laid(settings, "survey/changed.csv", "changed")
    inputs = [
        {"domain": domain, "file": file, "sha256": sha256}
        for domain, file, sha256 in [
            ("survey", "old_name.csv", renamed),
            ("survey", "changed.csv", "before"),
            ("survey", "gone.csv", "gone"),
            ("pilots", "pilots.xlsx", "gone too"),
            ("published", "of_the_project.csv", "not delivered"),
        ]
    ]
    assert list(no_longer_there(settings, LISTED, "r1", inputs)) == [
        f"{place} stands in release r1 and is no longer in the inbox; figures are made without it"
        for place in ("survey: gone.csv", "pilots: pilots.xlsx")
    ]


def test_a_file_that_cannot_be_opened_does_not_stop_the_warning_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    settings = Settings(tmp_path)
    laid(settings, "survey/shut.csv")
    monkeypatch.setattr(Path, "open", refuse)
    gone = {"domain": "survey", "file": "gone.csv", "sha256": "gone"}
    (warning,) = no_longer_there(settings, LISTED, "r1", [gone])
    assert warning.startswith("survey: gone.csv stands in release r1")
