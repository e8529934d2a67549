"""The invented registers: as real ones are kept, with what is to be seen missing in them."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook


def sheet(inbox: Path, file: str, name: str) -> pd.DataFrame:
    heading, *rows = CalamineWorkbook.from_path(inbox / file).get_sheet_by_name(name).to_python()
    return pd.DataFrame(rows, columns=heading).replace("", None)


@pytest.fixture(scope="module")
def pilots(inbox: Path) -> pd.DataFrame:
    return sheet(inbox, "pilots/forsok.xlsx", "Register")


@pytest.fixture(scope="module")
def metrics(inbox: Path) -> pd.DataFrame:
    return sheet(inbox, "pilots/forsok.xlsx", "Måltall")


@pytest.fixture(scope="module")
def measures(inbox: Path) -> pd.DataFrame:
    return sheet(inbox, "measures/tiltak.xlsx", "Tiltak")


def test_every_row_carries_the_mark(
    pilots: pd.DataFrame, metrics: pd.DataFrame, measures: pd.DataFrame
) -> None:
    for frame in (pilots, metrics, measures):
        assert (frame["Datagrunnlag"] == "demonstrasjon").all()


def test_four_pilots_stand_in_each_register_all_with_a_unit_in_arbeid_og_ytelser(
    pilots: pd.DataFrame,
) -> None:
    assert pilots.groupby("År")["Forsøk-id"].nunique().to_dict() == {2024: 4, 2025: 4}
    assert pilots["Enheter"].str.contains(r"\b440\d\b").all()


def test_one_lacks_an_evaluation_one_an_estimate_and_one_a_settled_frame(
    pilots: pd.DataFrame,
) -> None:
    newest = pilots[pilots["År"] == 2025]
    assert newest["Evalueringsdesign"].isna().sum() == 1
    assert newest["Kostnadsestimat"].isna().sum() == 1
    assert (newest["Innenfor dagens rammer"] == "Uavklart").sum() == 1


def test_each_pilot_has_24_months_for_every_unit_half_of_them_before_its_start(
    pilots: pd.DataFrame, metrics: pd.DataFrame
) -> None:
    for pilot in pilots[pilots["År"] == 2025].to_dict("records"):
        rows = metrics[metrics["Måltall"] == pilot["Primært måltall"]]
        units = {
            u.strip() for c in ("Enheter", "Sammenligningsenheter") for u in pilot[c].split(";")
        }
        assert rows.groupby("Enhetsnr")["Måned"].nunique().to_dict() == dict.fromkeys(units, 24)
        before = rows.loc[rows["Måned"] < pilot["Start"].replace(day=1), "Måned"]
        assert before.nunique() == 12


def test_dates_are_dates(pilots: pd.DataFrame, measures: pd.DataFrame) -> None:
    for column in (pilots["Start"], pilots["Milepæl 1 dato"], measures["Registrert"]):
        assert column.map(lambda cell: isinstance(cell, date)).all()


def test_each_goal_has_measures_and_each_of_them_a_finding(measures: pd.DataFrame) -> None:
    assert len(measures) == 24
    assert set(measures["Mål"]) == {1, 2, 3, 4, 5}
    assert measures["Funn"].str.fullmatch(r"F-\d\d(; F-\d\d)*").all()
