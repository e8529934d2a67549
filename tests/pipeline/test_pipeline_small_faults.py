"""Faults that stop nothing, all in one run: an organisation that counts nobody or too few where
people answered is told, and answers and rows that cannot be right are set aside and counted."""

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from dagster_project.cli import print_summary
from dagster_project.release.reader import quality_records
from dagster_project.run import Summary
from dagster_project.settings import Settings
from tests.pipeline.conftest import House, publish
from tests.pipeline.test_pipeline_bad_input import replace_in_lines
from tests.shared import made_once

NOBODY = "the organisation counts somebody wherever somebody answered"
TOO_FEW = "no more have answered, of a role in a result area, than there are"


def count_staff_of_agder(path: Path, headcount: int) -> None:
    """Let each unit of one result area have this many staff."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    units = [row for row in rows if row["Overordnet enhet"] == "FYL-AGD"]
    assert units
    for unit in units:
        unit["Medarbeidere"] = str(headcount)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def a_code_outside_its_scale(house: House) -> None:
    house.edit_2017(replace_in_lines("Svært positivt", "Helt topp", 3))


def a_respondent_twice(house: House) -> None:
    house.edit_2017(lambda lines: [*lines, lines[-1]])


def a_unit_that_the_organisation_does_not_know(house: House) -> None:
    def change(lines: list[str]) -> list[str]:
        fields = lines[-2].split(";")
        fields[lines[0].split(";").index("Enhet")] = "9999"
        return [*lines[:-2], ";".join(fields), lines[-1]]

    house.edit_2017(change)


@pytest.fixture(scope="module")
def faulty(published_data: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The published house, spoilt in all these ways and run again. To be read only."""

    def make(data: Path) -> None:
        shutil.copytree(published_data, data, symlinks=True)
        house = House(Settings(data))
        count_staff_of_agder(house.organisation / "organisasjon_2017.csv", 0)
        count_staff_of_agder(house.organisation / "organisasjon_2023.csv", 1)
        a_code_outside_its_scale(house)
        a_unit_that_the_organisation_does_not_know(house)
        a_respondent_twice(house)
        publish(data)

    return House(Settings(made_once(tmp_path_factory, "faulty", make)))


def warnings(gates: Sequence[dict[str, str]]) -> list[str]:
    """What the gates that passed have to say."""
    return [gate["message"] for gate in gates if gate["status"] == "passed" and gate["message"]]


def printed(summary: Summary, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    print_summary(summary)
    return capsys.readouterr().out


def test_headcounts_that_do_not_fit_are_told_by_the_run_its_record_and_the_release(
    faulty: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, summary = faulty, faulty.last_run()
    (message,) = warnings(summary.gates)
    for says in (NOBODY, TOO_FEW):
        assert f"warning: {says}" in message
    assert message.count(", some row(s) break it") == 2
    assert f"! dbt_intermediate: {message}" in printed(summary, capsys)
    assert warnings(house.release().manifest["gates"]) == [message]

    records = quality_records(house.settings.data)
    last = records.gates[records.gates["run_id"].eq(summary.run_id)]
    assert warnings(last.to_dict("records")) == [message]
    report = (house.release().path / "quality" / "report.html").read_text(encoding="utf-8")
    assert "! advarsel" in report

    scorecard = house.release().table("mart_scorecard")
    of_nav = scorecard[
        scorecard["node_id"].eq("NAV")
        & scorecard["indicator_id"].eq("discretion_experience")
        & scorecard["role_id"].eq("all")
    ]
    is_weighted = dict(zip(of_nav["period"], of_nav["is_weighted"], strict=True))
    assert is_weighted == {"2017": False, "2023": True}

    shutil.copytree(house.settings.data, tmp_path / "data", symlinks=True)
    again = House(Settings(tmp_path / "data")).run()
    assert warnings(again.gates) == [message]  # although nothing was built anew


def test_the_demonstration_fits_its_organisation(
    published_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = House(Settings(published_data))
    assert warnings(house.release().manifest["gates"]) == []
    assert "!" not in printed(house.last_run(), capsys)


def test_a_few_faults_are_set_aside_and_counted_and_the_rest_is_published(faulty: House) -> None:
    house, quarantine = faulty, faulty.last_run().quarantine
    found = {(row["level"], row["reason"]): row["rows"] for row in quarantine}
    assert found == {  # too few of each for a release to say how many
        ("answer", "unknown_code"): None,
        ("row", "repeated_row"): None,
        ("row", "unknown_unit"): None,
    }
    released = (house.release().path / "quality" / "quarantine.csv").read_text(encoding="utf-8")
    assert {reason for _, reason in found} <= set(released.replace("\n", ",").split(","))
    assert {line.rsplit(",", 1)[1] for line in released.splitlines()[1:]} == {""}
    spoilt = next(
        f for f in house.release().manifest["inputs"] if "undersokelsen_2017" in f["file"]
    )
    assert (spoilt["rows_quarantined"], spoilt["answers_blanked"]) == (2, None)
    assert "9999" not in released
    told = set(released.splitlines()[0].split(","))
    assert not {"content", "value", "respondent_id", "source_row"} & told
