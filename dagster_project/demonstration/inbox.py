"""Which demonstration files there are, and where they lie in the inbox.

Belongs here: folders, file names, and the columns each file gets.
Does not belong here: what the organisation or the answers look like, or how a format is written.
"""

from pathlib import Path

import pandas as pd

from dagster_project.demonstration import activities, user_survey
from dagster_project.demonstration.directives import (
    Letter,
    collections,
    directives_frame,
    letters_frame,
)
from dagster_project.demonstration.formats import write_csv, write_sav, write_xlsx
from dagster_project.demonstration.measures import register
from dagster_project.demonstration.organisation import Unit, as_frame, organisation
from dagster_project.demonstration.pilots import metrics, registry
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
        *_write_user_survey(inbox),
        *_write_activities(inbox),
        _write_pilots(inbox),
        _write_measures(inbox),
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
    return write_xlsx(path, {"Svar": frame})


def _write_pilots(inbox: Path) -> Path:
    """A workbook kept by hand: the registry, and the metrics on a sheet of their own."""
    sheets = {"Register": registry(), "Måltall": metrics()}
    marked = {name: frame.assign(**{MARK: MARK_VALUE}) for name, frame in sheets.items()}
    return write_xlsx(_place(inbox, "pilots", "forsok.xlsx"), marked)


def _write_measures(inbox: Path) -> Path:
    """The secretariat's register, as a workbook."""
    frame = register().assign(**{MARK: MARK_VALUE})
    return write_xlsx(_place(inbox, "measures", "tiltak.xlsx"), {"Tiltak": frame})


def _write_user_survey(inbox: Path) -> list[Path]:
    """The answers of three years, and the published shares, which are real and bear no mark."""
    return [
        *(
            _write_marked(
                _place(inbox, "user_survey", f"personbrukerundersokelsen_{year}.csv"),
                user_survey.answered_survey(year, organisation(in_force(year))),
            )
            for year in user_survey.YEARS
        ),
        write_csv(
            _place(inbox, "user_survey", "publiserte_andeler.csv"),
            user_survey.published_shares(),
            encoding="utf-8-sig",
        ),
    ]


def _write_activities(inbox: Path) -> list[Path]:
    """The four registers, one file a year each."""
    registers = {
        "utviklingsprosjekter": activities.projects,
        "tilskudd_sosiale_tjenester": activities.initiatives,
        "samtalepakker": activities.packages,
        "brukerutvalg": activities.council_cases,
    }
    return [
        _write_marked(
            _place(inbox, "activities", f"{name}_{year}.csv"),
            registered(year, organisation(in_force(year))),
        )
        for name, registered in registers.items()
        for year in activities.YEARS
    ]


def _write_marked(path: Path, frame: pd.DataFrame) -> Path:
    return write_csv(path, frame.assign(**{MARK: MARK_VALUE}), encoding="utf-8-sig")


def in_force(year: int) -> int:
    """The newest organisation not after the year."""
    return max(period for period in WAVES if period <= year)


def _write_letters(inbox: Path, collection: str, letters: list[Letter]) -> Path:
    """The coders' workbook: the directives on one sheet, the letters on another."""
    kind, _, year = collection.partition("-")
    stem = {"MD": "md_brev", "KOM": "kommunale_dokumenter"}[kind]
    sheets = {"Føringer": directives_frame(letters), "Brev": letters_frame(letters)}
    return write_xlsx(
        _place(inbox, "directives", f"{stem}_{year}.xlsx"),
        {name: frame.assign(**{MARK: MARK_VALUE}) for name, frame in sheets.items()},
    )


def _place(inbox: Path, domain: str, name: str) -> Path:
    folder = inbox / domain
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
