"""One file checked by itself: what would become of it is told, and nothing is changed."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from dagster_project.ingest.check import UnknownDomain, check_file
from dagster_project.settings import Settings
from tests.ingest.small import SEEDS, organisation_csv

NAV = {"År": "2023", "Enhetsnr": "NAV", "Nivå": "NAV"}
OFFICE = {"År": "2023", "Enhetsnr": "0101", "Overordnet enhet": "NAV"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An inbox with an organisation of two units in 2023."""
    folder = tmp_path / "data" / "inbox" / "organisation"
    folder.mkdir(parents=True)
    (folder / "organisasjon_2023.csv").write_text(organisation_csv(NAV, OFFICE), encoding="utf-8")
    return Settings(tmp_path / "data")


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def survey_2023(*units: str) -> str:
    """A survey file by the real codebook of 2023: one member of staff in each unit, no answers."""
    book = YAML(typ="safe").load(SEEDS / "codebooks" / "medarbeiderundersokelsen_2023.yml")
    questions = [asked["column"] for question in book["questions"] for asked in question["asked"]]
    rows = [["RESPID", "ENHET", "ROLLE", *questions]]
    rows += [[f"r{n}", unit, "1", *[""] * len(questions)] for n, unit in enumerate(units)]
    return "".join(";".join(row) + "\n" for row in rows)


def test_a_sound_file_passes_and_nothing_is_written(settings: Settings, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "organisasjon_2024.csv",
        organisation_csv(NAV | {"År": "2024"}, OFFICE | {"År": "2024"}),
    )
    before = sorted(settings.data.rglob("*"))
    checked = check_file(settings, file, "organisation")
    assert (checked.results[0].status, checked.results[0].message, checked.messages) == (
        "passed",
        "",
        [],
    )
    assert (checked.loads[0].rows_in, checked.loads[0].rows_kept) == (2, 2)
    assert sorted(settings.data.rglob("*")) == before


def test_a_row_that_would_be_set_aside_is_told_and_the_gate_fails(
    settings: Settings, tmp_path: Path
) -> None:
    year = {"År": "2024"}
    wrong = OFFICE | year | {"Enhetsnr": "0102", "Ledere": "to"}
    text = organisation_csv(NAV | year, OFFICE | year, wrong)
    checked = check_file(settings, write(tmp_path, "organisasjon_2024.csv", text), "organisation")
    assert checked.results[0].status == "failed"
    assert checked.messages == ["row 4, column Ledere: «to» is not a whole number"]


def test_a_survey_is_checked_against_the_organisation_in_the_inbox(
    settings: Settings, tmp_path: Path
) -> None:
    file = write(tmp_path, "medarbeiderundersokelsen_2023.csv", survey_2023("0101", "0999"))
    checked = check_file(settings, file, "survey")
    assert (checked.loads[0].rows_kept, checked.loads[0].rows_quarantined) == (1, 1)
    assert checked.messages == [
        "row 3, column ENHET: «0999» is not known in the organisation of 2023"
    ]


def test_a_second_file_of_what_lies_in_the_inbox_fails_by_both_names_and_a_new_version_does_not(
    settings: Settings, tmp_path: Path
) -> None:
    text = organisation_csv(NAV, OFFICE)
    copy = write(tmp_path, "organisasjon_2023_ny.csv", text)
    (result,) = check_file(settings, copy, "organisation").results
    assert result.status == "failed"
    assert (
        "organisasjon_2023.csv and organisasjon_2023_ny.csv both hold period 2023: neither is read"
    ) in result.message
    version = write(tmp_path, "organisasjon_2023.csv", text)
    assert check_file(settings, version, "organisation").results[0].status == "passed"


def test_what_is_wrong_with_another_file_in_the_inbox_is_not_told_of_this_one(
    settings: Settings, tmp_path: Path
) -> None:
    folder = settings.inbox / "organisation"
    wrong = {"År": "2022", "Ledere": "to"}
    write(folder, "organisasjon_2022.csv", organisation_csv(NAV | wrong, OFFICE | wrong))
    write(folder, "organisasjon_2021.csv", "")
    year = {"År": "2024"}
    text = organisation_csv(NAV | year, OFFICE | year)
    file = write(tmp_path, "organisasjon_2024.csv", text)
    checked = check_file(settings, file, "organisation")
    assert [load.file for load in checked.loads] == ["organisasjon_2024.csv"]
    assert (checked.results[0].message, checked.messages) == ("", [])


def test_of_many_faults_the_first_are_told_and_the_rest_counted(
    settings: Settings, tmp_path: Path
) -> None:
    text = survey_2023(*["0999"] * 23)
    checked = check_file(
        settings, write(tmp_path, "medarbeiderundersokelsen_2023.csv", text), "survey"
    )
    assert len(checked.messages) == 21
    assert checked.messages[-1] == "… and 3 more"


def test_a_file_that_is_refused_fails_by_name(settings: Settings, tmp_path: Path) -> None:
    checked = check_file(settings, write(tmp_path, "organisasjon_2024.csv", ""), "organisation")
    assert checked.results[0].status == "failed"
    assert (
        "organisasjon_2024.csv: the file is empty; deliver it again" in checked.results[0].message
    )


def test_a_domain_that_is_not_described_is_refused_with_those_that_are(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(UnknownDomain, match=r"«folk» is no domain; .* organisation, .*survey"):
        check_file(settings, tmp_path / "folk.csv", "folk")


def test_published_shares_are_held_against_the_codebooks(
    settings: Settings, tmp_path: Path
) -> None:
    text = (
        "Runde;Spørsmål;Rolle;Svar;Andel;N;Kilde;Seksjon\n"
        "2023;factor_time;all;Negativt;48;;delrapport1;4.2\n"
    )
    checked = check_file(settings, write(tmp_path, "publiserte_andeler.csv", text), "survey")
    assert checked.results[0].status == "failed"
    assert "row 2, column Runde: «2023» is not known" in checked.messages[0]
