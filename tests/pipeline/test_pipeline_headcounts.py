"""An organisation that counts nobody or too few where people answered: told, and stops nothing."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from dagster_project.cli import print_summary
from dagster_project.release.reader import quality_records
from dagster_project.run import Summary
from tests.pipeline.conftest import House

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


def warnings(gates: Sequence[dict[str, str]]) -> list[str]:
    """What the gates that passed have to say."""
    return [gate["message"] for gate in gates if gate["status"] == "passed" and gate["message"]]


def printed(summary: Summary, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    print_summary(summary)
    return capsys.readouterr().out


def test_headcounts_that_do_not_fit_are_told_by_the_run_its_record_and_the_release(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    count_staff_of_agder(house.organisation / "organisasjon_2017.csv", 0)
    count_staff_of_agder(house.organisation / "organisasjon_2023.csv", 1)
    summary = house.run()
    assert summary.outcome == "published", summary.messages
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

    again = house.run()
    assert warnings(again.gates) == [message]  # although nothing was built anew


def test_the_demonstration_fits_its_organisation(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert warnings(house.release().manifest["gates"]) == []
    assert "!" not in printed(house.run(), capsys)
