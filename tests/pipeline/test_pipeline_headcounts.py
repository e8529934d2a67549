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


@pytest.mark.parametrize(
    ("headcount", "says", "is_weighted"),
    [(0, NOBODY, False), (1, TOO_FEW, True)],
    ids=["nobody", "too few"],
)
def test_a_headcount_that_does_not_fit_is_told_by_the_run_its_record_and_the_release(
    house: House,
    capsys: pytest.CaptureFixture[str],
    headcount: int,
    says: str,
    is_weighted: bool,
) -> None:
    count_staff_of_agder(house.organisation / "organisasjon_2023.csv", headcount)
    summary = house.run()
    assert summary.outcome == "published", summary.messages
    (message,) = warnings(summary.gates)
    assert message.startswith(f"warning: {says}")
    assert message.endswith(", 1 row(s) break it")
    assert f"! dbt_intermediate: warning: {says}" in printed(summary, capsys)
    assert warnings(house.release().manifest["gates"]) == [message]

    records = quality_records(house.settings.data)
    last = records.gates[records.gates["run_id"].eq(summary.run_id)]
    assert warnings(last.to_dict("records")) == [message]
    report = (house.release().path / "quality" / "report.html").read_text(encoding="utf-8")
    assert "! advarsel" in report

    scorecard = house.release().table("mart_scorecard")
    of_nav = scorecard[
        scorecard["node_id"].eq("NAV")
        & scorecard["period"].eq("2023")
        & scorecard["indicator_id"].eq("discretion_experience")
        & scorecard["role_id"].eq("all")
    ]
    assert list(of_nav["is_weighted"]) == [is_weighted]

    again = house.run()
    assert warnings(again.gates) == [message]  # although nothing was built anew


def test_the_demonstration_fits_its_organisation(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert warnings(house.release().manifest["gates"]) == []
    assert "!" not in printed(house.run(), capsys)
