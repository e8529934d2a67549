"""The demonstration's letters: as published where something is, as complete as they say."""

from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

YEARS = (2022, 2023, 2024, 2025)


def sheet(path: Path, name: str) -> pd.DataFrame:
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    return pd.DataFrame(rows, columns=header)


@pytest.fixture(scope="session")
def coded(inbox: Path) -> dict[int, pd.DataFrame]:
    return {y: sheet(inbox / "directives" / f"md_brev_{y}.xlsx", "Føringer") for y in YEARS}


@pytest.fixture(scope="session")
def letters(inbox: Path) -> dict[int, pd.DataFrame]:
    return {y: sheet(inbox / "directives" / f"md_brev_{y}.xlsx", "Brev") for y in YEARS}


@pytest.fixture(scope="session")
def counted(coded: dict[int, pd.DataFrame]) -> dict[int, pd.DataFrame]:
    """Only the codings that count."""
    return {year: rows[rows["Gjeldende koding"] == "Ja"] for year, rows in coded.items()}


def test_governing_directives_of_2022_are_as_published(counted: dict[int, pd.DataFrame]) -> None:
    rows = counted[2022]
    governing = rows[rows["Styrende"] == "Ja"].groupby("Mottaker").size()
    assert governing[["NAV fylke", "YL", "ØL"]].to_list() == [212, 189, 58]


def test_shares_of_new_directives_of_2022_are_as_published(
    counted: dict[int, pd.DataFrame],
) -> None:
    new = (counted[2022]["Kilde"] == "Ny").groupby(counted[2022]["Avsender"]).mean() * 100
    assert new[["ATA", "YA", "ØSA"]].round().to_list() == [56, 16, 18]


def test_the_director_generals_directives_are_mostly_qualitative(
    counted: dict[int, pd.DataFrame],
) -> None:
    rows = counted[2022]
    forms = rows.loc[rows["Avsender"] == "Direktøren", "Form"].value_counts(normalize=True)
    assert forms["Kvalitativ"] > 0.5


def test_the_letters_lean_the_way_the_findings_say(counted: dict[int, pd.DataFrame]) -> None:
    rows = counted[2022]
    form = pd.crosstab(rows["Avsender"], rows["Form"], normalize="index")
    step = pd.crosstab(rows["Avsender"], rows["Trinn"], normalize="index")
    steps = rows["Trinn"].value_counts()
    assert (form.loc[["ATA", "ØSA"], "Kvalitativ"] > 0.5).all()  # F-17
    assert form.loc["YA", "Tallfestet"] > 0.5
    assert (step.loc[["ATA", "ØSA"], "Aktiviteter"] > step.loc["YA", "Aktiviteter"]).all()  # F-16
    assert (rows["Fokus"] == "Intern").mean() > 0.5  # F-18
    assert list(steps.index[:2]) == ["Produkter og tjenester", "Aktiviteter"]


@pytest.mark.parametrize("year", YEARS)
def test_each_year_has_eight_letters(letters: dict[int, pd.DataFrame], year: int) -> None:
    assert len(letters[year]) == 8


def test_every_letter_is_coded_in_full_but_the_one_that_waits(
    letters: dict[int, pd.DataFrame], counted: dict[int, pd.DataFrame]
) -> None:
    short = [
        letter["Brev-id"]
        for year in YEARS
        for letter in letters[year].to_dict("records")
        if letter["Antall føringer"] != (counted[year]["Brev-id"] == letter["Brev-id"]).sum()
    ]
    assert short == ["MD-2025-OSA-OL"]


def test_three_letters_of_2023_are_coded_in_full_by_two(coded: dict[int, pd.DataFrame]) -> None:
    by_coder = coded[2023].groupby(["Brev-id", "Koder"]).size().unstack()
    twice = by_coder.dropna()
    assert list(twice.index) == ["MD-2023-ATA-NKS", "MD-2023-OSA-OL", "MD-2023-YA-YL"]
    assert (twice["K1"] == twice["K2"]).all()


def test_two_coders_do_not_always_agree(coded: dict[int, pd.DataFrame]) -> None:
    rows = coded[2023].set_index(["Brev-id", "Nr"])
    first, second = (rows[rows["Koder"] == coder]["Form"] for coder in ("K1", "K2"))
    both = first.to_frame("a").join(second.rename("b"), how="inner")
    assert 0.8 < (both["a"] == both["b"]).mean() < 1


def test_40_municipalities_were_asked_and_29_delivered(inbox: Path) -> None:
    rows = sheet(inbox / "directives" / "kommunale_dokumenter_2023.xlsx", "Brev")
    assert rows["Levert"].value_counts().to_dict() == {"Ja": 29, "Nei": 11}
    assert rows["Avsender"].str.fullmatch(r"Kommune \d\d").all()


@pytest.mark.parametrize("name", ["Føringer", "Brev"])
def test_every_row_bears_the_mark(inbox: Path, name: str) -> None:
    for path in (inbox / "directives").iterdir():
        assert (sheet(path, name)["Datagrunnlag"] == "demonstrasjon").all()
