"""Which demonstration files there are, and where they lie in the inbox.

Belongs here: folders, file names, and the columns each file gets.
Does not belong here: what the organisation or the answers look like, or how a format is written.
"""

from pathlib import Path

import pandas as pd

from dagster_project.demonstration.directives import (
    Letter,
    collections,
    directives_frame,
    letters_frame,
)
from dagster_project.demonstration.formats import (
    write_csv,
    write_sav,
    write_workbook,
    write_xlsx,
)
from dagster_project.demonstration.organisation import Unit, as_frame, organisation
from dagster_project.demonstration.plan import WAVES
from dagster_project.demonstration.questionnaire import DONT_KNOW, ROLE_LABELS
from dagster_project.demonstration.survey import Wave, answered_wave, role_codes, role_labels

# The reserved column by which every reader knows invented data.
MARK = "Datagrunnlag"
MARK_VALUE = "demonstrasjon"


def write_demonstration(inbox: Path) -> list[Path]:
    """Write all demonstration files under `inbox` and return their paths.

    The same bytes every time; files of the same name are overwritten, others are left alone.
    """
    organisations = {year: organisation(year) for year in WAVES}
    waves = {year: answered_wave(year, organisations[year]) for year in WAVES}
    return [
        *(_write_organisation(inbox, year, units) for year, units in organisations.items()),
        _write_2017(inbox, waves[2017]),
        _write_2023(inbox, waves[2023]),
        _write_2025(inbox, waves[2025]),
        *(_write_letters(inbox, name, letters) for name, letters in collections().items()),
    ]


def _write_organisation(inbox: Path, year: int, units: list[Unit]) -> Path:
    frame = as_frame(year, units)
    frame[MARK] = MARK_VALUE
    return write_csv(
        _place(inbox, "organisation", f"organisasjon_{year}.csv"), frame, encoding="utf-8-sig"
    )


def _write_2017(inbox: Path, wave: Wave) -> Path:
    """Semicolons, Windows-1252, decimal comma, labels in the cells: an export saved by Excel."""
    frame = pd.DataFrame(
        {
            "Respondent": wave.people["respondent_id"],
            "Enhet": wave.people["unit"],
            "Rolle": role_labels(wave.people["role"]),
            **wave.labels(),
            "Kommentar": wave.comments,
            "Svartid": wave.minutes,
            MARK: MARK_VALUE,
        }
    )
    path = _place(inbox, "survey", "medarbeiderundersokelsen_2017.csv")
    return write_csv(path, frame, encoding="cp1252")


def _write_2023(inbox: Path, wave: Wave) -> Path:
    """Codes with value labels, 9 declared as missing: what the survey tool hands over."""
    frame = pd.DataFrame(
        {
            "RESPID": wave.people["respondent_id"],
            "ENHET": wave.people["unit"],
            "ROLLE": role_codes(wave.people["role"]),
            **wave.codes(),
            "KOMMENTAR": wave.comments,
            "SVARTID": wave.minutes,
            MARK.upper(): MARK_VALUE,
        }
    )
    return write_sav(
        _place(inbox, "survey", "medarbeiderundersokelsen_2023.sav"),
        frame,
        title="Medarbeiderundersøkelsen 2023 (demonstrasjon)",
        column_labels=wave.column_labels(),
        value_labels={
            "ROLLE": dict(enumerate(ROLE_LABELS.values(), start=1)),
            **wave.value_labels(),
        },
        missing={column: [DONT_KNOW] for column in wave.value_labels()},
    )


def _write_2025(inbox: Path, wave: Wave) -> Path:
    """A workbook with labels in the cells: what a reporting tool downloads."""
    frame = pd.DataFrame(
        {
            "RESPID": wave.people["respondent_id"],
            "ENHET": wave.people["unit"],
            "ROLLE": role_labels(wave.people["role"]),
            **wave.labels(),
            "KOMMENTAR": wave.comments,
            "SVARTID": wave.minutes,
            MARK: MARK_VALUE,
        }
    )
    path = _place(inbox, "survey", "medarbeiderundersokelsen_2025.xlsx")
    return write_xlsx(path, frame, sheet="Svar")


def _write_letters(inbox: Path, collection: str, letters: list[Letter]) -> Path:
    """The coders' workbook: the directives on one sheet, the letters on another."""
    kind, _, year = collection.partition("-")
    stem = {"MD": "md_brev", "KOM": "kommunale_dokumenter"}[kind]
    sheets = {"Føringer": directives_frame(letters), "Brev": letters_frame(letters)}
    return write_workbook(
        _place(inbox, "directives", f"{stem}_{year}.xlsx"),
        {name: frame.assign(**{MARK: MARK_VALUE}) for name, frame in sheets.items()},
    )


def _place(inbox: Path, domain: str, name: str) -> Path:
    folder = inbox / domain
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
