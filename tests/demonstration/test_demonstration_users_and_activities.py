"""The user survey and the activities, read with plain libraries, past the pipeline."""

from pathlib import Path

import pandas as pd
import pytest

YEARS = (2023, 2024, 2025)
MARKED = [
    *(f"user_survey/personbrukerundersokelsen_{year}.csv" for year in YEARS),
    *(
        f"activities/{name}_{year}.csv"
        for name in ("utviklingsprosjekter", "tilskudd_sosiale_tjenester", "samtalepakker",
                     "brukerutvalg")
        for year in YEARS
    ),
]  # fmt: skip


def read(inbox: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(
        inbox / name, sep=";", decimal=",", encoding="utf-8-sig", keep_default_na=False
    )


def positive(answers: pd.DataFrame, situation: str) -> float:
    """Percent of those who answered that chose 4 or more."""
    told = answers[(answers["Situasjon"] == situation) & (answers["Svar"] != "Vet ikke")]
    return float((told["Svar"].astype(int) >= 4).mean() * 100)


@pytest.mark.parametrize("name", MARKED)
def test_every_row_of_what_is_invented_carries_the_mark(inbox: Path, name: str) -> None:
    assert (read(inbox, name)["Datagrunnlag"] == "demonstrasjon").all()


def test_the_published_shares_are_real_and_carry_their_source_and_no_mark(inbox: Path) -> None:
    shares = read(inbox, "user_survey/publiserte_andeler.csv")
    assert "Datagrunnlag" not in shares
    columns = ["År", "Spørsmål", "Situasjon", "Andel", "Presisjon", "N", "Kilde"]
    assert list(shares[columns].itertuples(index=False, name=None)) == [
        (2022, "Tillit fra NAV", "Veiledning", 90, "nesten", "", "delrapport1"),
        (2022, "Tillit fra NAV", "Søknad", 80, "nøyaktig", "", "delrapport1"),
        (2023, "Tillit til NAV", "Alle", 71, "nøyaktig", "", "personbrukerundersokelsen"),
        (2025, "Tillit til NAV", "Alle", 76, "nøyaktig", "", "personbrukerundersokelsen"),
    ]


@pytest.mark.parametrize("year", YEARS)
def test_thousands_answer_each_year_on_one_scale_and_stay_inside_it(inbox: Path, year: int) -> None:
    answers = read(inbox, f"user_survey/personbrukerundersokelsen_{year}.csv")
    assert 3500 < len(answers) < 5000
    assert answers["Respondent"].is_unique
    scale, highest = ("five_point_4", 5) if year == 2025 else ("six_point_4", 6)
    assert set(answers["Skala"]) == {scale}
    told = answers.loc[answers["Svar"] != "Vet ikke", "Svar"].astype(int)
    assert set(told) == set(range(1, highest + 1))


def test_only_guidance_and_application_are_asked_of_and_guidance_is_the_better(
    inbox: Path,
) -> None:
    for year in YEARS:
        answers = read(inbox, f"user_survey/personbrukerundersokelsen_{year}.csv")
        assert set(answers["Situasjon"]) == {"Veiledning", "Søknad"}
        assert positive(answers, "Veiledning") > positive(answers, "Søknad") + 5


def test_one_county_and_one_service_have_too_few_to_be_shown(inbox: Path) -> None:
    answers = read(inbox, "user_survey/personbrukerundersokelsen_2025.csv")
    sizes = answers.groupby(["Fylke", "Situasjon"]).size()
    assert sizes.loc["FYL-FIN"].min() < 10
    assert sizes.drop("FYL-FIN").min() > 100
    debt = answers[answers["Tjeneste"] == "Økonomi- og gjeldsrådgivning"]
    assert debt.groupby("Situasjon").size().min() < 10


def test_2023_agrees_with_what_is_published_of_activities(inbox: Path) -> None:
    assert len(read(inbox, "activities/utviklingsprosjekter_2023.csv")) > 50  # DR1-26
    assert len(read(inbox, "activities/tilskudd_sosiale_tjenester_2023.csv")) > 200  # DR1-27
    packages = read(inbox, "activities/samtalepakker_2023.csv")
    sent = packages.loc[packages["Utfordringer sendt"] == "ja", "Enhet"]
    assert sent.nunique() == 33  # DR1-28
    assert packages["Enhet"].nunique() > 33


def test_packages_raise_known_themes_and_some_matters_do_not_state_a_stage(inbox: Path) -> None:
    themes = {f"T{number:02d}" for number in range(1, 9)}
    for year in YEARS:
        raised = read(inbox, f"activities/samtalepakker_{year}.csv")["Temaer"].str.split(";")
        assert set(raised.explode()) == themes
        stages = read(inbox, f"activities/brukerutvalg_{year}.csv")["Involvert"]
        assert set(stages) == {"Fra start", "Underveis", "Etterpå", "Ikke involvert", ""}
