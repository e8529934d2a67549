"""The files are in the formats promised, the same each time, and say that they are invented."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from dagster_project.demonstration import write_demonstration

YEARS = (2017, 2023, 2025)

UNIT_COLUMN = {2017: "Enhet", 2023: "ENHET", 2025: "ENHET"}
ID_COLUMN = {2017: "Respondent", 2023: "RESPID", 2025: "RESPID"}
ROLE_COLUMN = {2017: "Rolle", 2023: "ROLLE", 2025: "ROLLE"}
MARK_COLUMN = {2017: "Datagrunnlag", 2023: "DATAGRUNNLAG", 2025: "Datagrunnlag"}
HEADCOUNT = {
    "Medarbeider": "Medarbeidere",
    "Leder": "Ledere",
    "Tillitsvalgt": "Tillitsvalgte",
    "Verneombud": "Verneombud",
}


def test_writing_twice_gives_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    again = write_demonstration(tmp_path)
    assert len(again) == len([file for file in inbox.rglob("*") if file.is_file()])
    for path in again:
        assert path.read_bytes() == (inbox / path.relative_to(tmp_path)).read_bytes(), path.name


@pytest.mark.parametrize("year", YEARS)
def test_the_organisation_is_utf8_with_a_byte_order_mark_and_semicolons(
    inbox: Path, year: int
) -> None:
    raw = (inbox / "organisation" / f"organisasjon_{year}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *rows = raw.decode("utf-8-sig").splitlines()
    assert header == (
        "År;Enhetsnr;Enhetsnavn;Overordnet enhet;Nivå;Avdeling;Linje;Resultatområde;NAV-region;"
        "Medarbeidere;Ledere;Tillitsvalgte;Verneombud;Årsverk;Forgjengere;Alias;Datagrunnlag"
    )
    assert all("," in row.split(";")[13] for row in rows)


def test_the_survey_of_2017_is_windows_1252_with_semicolons_and_decimal_comma(inbox: Path) -> None:
    raw = (inbox / "survey" / "medarbeiderundersokelsen_2017.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    header, first, *_ = raw.decode("cp1252").splitlines()
    assert header.startswith("Respondent;Enhet;Rolle;Spm1;")
    assert "," in dict(zip(header.split(";"), first.split(";"), strict=True))["Svartid"]


def test_the_survey_of_2023_carries_labels_and_declares_9_as_missing(inbox: Path) -> None:
    path = inbox / "survey" / "medarbeiderundersokelsen_2023.sav"
    _, meta = pyreadstat.read_sav(path, metadataonly=True, user_missing=True)
    assert meta.variable_value_labels["Q1_1"][1] == "Svært negativt"
    assert meta.variable_value_labels["ROLLE"][3] == "Tillitsvalgt"
    assert meta.missing_ranges["Q1_1"] == [{"lo": 9, "hi": 9}]


@pytest.mark.parametrize("year", YEARS)
def test_every_row_carries_the_mark(
    waves: dict[int, pd.DataFrame], organisations: dict[int, pd.DataFrame], year: int
) -> None:
    assert (waves[year][MARK_COLUMN[year]] == "demonstrasjon").all()
    assert (organisations[year]["Datagrunnlag"] == "demonstrasjon").all()


@pytest.mark.parametrize(("year", "least", "most"), [(2017, 1800, 2500), (2025, 4000, 4200)])
def test_the_other_waves_have_a_plausible_number_of_respondents(
    waves: dict[int, pd.DataFrame], year: int, least: int, most: int
) -> None:
    assert least <= len(waves[year]) <= most
    assert waves[year][ID_COLUMN[year]].is_unique


@pytest.mark.parametrize("year", YEARS)
def test_no_unit_has_more_respondents_in_a_role_than_people(
    waves: dict[int, pd.DataFrame], organisations: dict[int, pd.DataFrame], year: int
) -> None:
    people = organisations[year].set_index("Enhetsnr")[list(HEADCOUNT.values())]
    people.columns = pd.Index(HEADCOUNT)
    roles = waves[year][ROLE_COLUMN[year]].replace(dict(enumerate(HEADCOUNT, start=1)))
    respondents = pd.crosstab(waves[year][UNIT_COLUMN[year]], roles)
    assert set(respondents.index) <= set(people.index)
    assert (respondents <= people.loc[respondents.index, respondents.columns]).all(axis=None)


def test_many_offices_have_fewer_than_ten_respondents(answered_2023: pd.DataFrame) -> None:
    sizes = answered_2023.groupby("ENHET").size()
    assert 20 < (sizes < 10).sum() < len(sizes) / 2


def test_some_respondents_leave_early_and_some_answers_are_missing(
    answered_2023: pd.DataFrame,
) -> None:
    asked_of_all = [f"Q6_{number}" for number in range(1, 6)]
    left = answered_2023[asked_of_all].isna().all(axis="columns").mean()
    assert 0.005 < left < 0.04
    assert answered_2023["Q1_1"].isna().mean() < 0.1


def test_a_routed_question_is_blank_for_those_not_asked(waves: dict[int, pd.DataFrame]) -> None:
    wave, is_leader = waves[2023], waves[2023]["ROLLE"] == 2
    is_representative = wave["ROLLE"].isin([3, 4])
    for column in ("Q3_1L", "Q3_2L", "Q4_4", "Q4_5", "Q4_6"):
        assert wave.loc[~is_leader, column].isna().all()
    for column in ("Q3_1T", "Q3_2T"):
        assert wave.loc[~is_representative, column].isna().all()
    assert wave.loc[is_representative, "Q2_4"].isna().all()


def test_there_are_comments_to_be_left_at_the_door(waves: dict[int, pd.DataFrame]) -> None:
    for column, year in (("Kommentar", 2017), ("KOMMENTAR", 2023), ("KOMMENTAR", 2025)):
        comments = waves[year][column].replace("", None).dropna()
        assert 0 < len(comments) < 200
