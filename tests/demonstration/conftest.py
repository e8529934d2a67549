"""The demonstration files, written once and read with plain libraries, past the pipeline."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from dagster_project.demonstration import write_demonstration

YEARS = (2017, 2023, 2025)
DONT_KNOW = 9


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    write_demonstration(folder)
    return folder


@pytest.fixture(scope="session")
def organisations(inbox: Path) -> dict[int, pd.DataFrame]:
    """Each year's organisation, codes as text."""
    return {
        year: pd.read_csv(
            inbox / "organisation" / f"organisasjon_{year}.csv",
            sep=";",
            decimal=",",
            encoding="utf-8-sig",
            dtype={"Enhetsnr": str, "Overordnet enhet": str},
            keep_default_na=False,
        )
        for year in YEARS
    }


@pytest.fixture(scope="session")
def waves(inbox: Path) -> dict[int, pd.DataFrame]:
    """Each wave as it lies in its file: labels in 2017 and 2025, codes in 2023."""
    survey = inbox / "survey"
    sav, _ = pyreadstat.read_sav(survey / "medarbeiderundersokelsen_2023.sav", user_missing=True)
    book = CalamineWorkbook.from_path(survey / "medarbeiderundersokelsen_2025.xlsx")
    header, *rows = book.get_sheet_by_name("Svar").to_python()
    return {
        2017: pd.read_csv(
            survey / "medarbeiderundersokelsen_2017.csv",
            sep=";",
            decimal=",",
            encoding="cp1252",
            dtype={"Enhet": str},
        ),
        2023: sav,
        2025: pd.DataFrame(rows, columns=header).replace("", None),
    }


@pytest.fixture(scope="session")
def answered_2023(
    waves: dict[int, pd.DataFrame], organisations: dict[int, pd.DataFrame]
) -> pd.DataFrame:
    """2023 with each respondent's line and result area; "don't know" is no answer."""
    wave = waves[2023].copy()
    questions = wave.columns[wave.columns.str.startswith("Q")]
    wave[questions] = wave[questions].mask(wave[questions] == DONT_KNOW)
    places = organisations[2023][["Enhetsnr", "Linje", "Resultatområde"]]
    return wave.merge(places, left_on="ENHET", right_on="Enhetsnr", validate="many_to_one")
