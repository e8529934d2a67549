"""A run from the inbox to the release, on good data."""

from pathlib import Path

import duckdb

from dagster_project.release.lineage import ahead, files_behind, steps_of
from dagster_project.release.reader import current_release, open_release, quality_records
from dagster_project.run import expected_release
from dagster_project.settings import Settings
from tests.pipeline.conftest import House

REGISTERS = {"mart_pilot", "mart_measure"}  # of pilots and measures, a row of which is no person
NOT_DELIVERED = {"raw_user_answer", "raw_user_share", "raw_survey_share"}


def test_every_row_of_every_file_is_kept_or_quarantined(published_data: Path) -> None:
    files = current_release(published_data).manifest["inputs"]
    assert {file["file"] for file in files} == {
        "medarbeiderundersokelsen_2017.csv",
        "medarbeiderundersokelsen_2023.sav",
        "organisasjon_2017.csv",
        "organisasjon_2023.csv",
        "published_figures.csv",
        "published_findings.csv",
    }
    for file in files:
        assert file["rows_in"] == file["rows_kept"] + file["rows_quarantined"] > 0


def test_the_release_agrees_with_every_published_survey_figure(published_data: Path) -> None:
    figures = current_release(published_data).table("mart_reconciliation")
    of_survey = figures[figures["statistic"] != "figure"]
    assert len(of_survey) == 13
    assert of_survey["agrees"].all()


def test_the_release_says_that_it_is_demonstration_data(published_data: Path) -> None:
    release = current_release(published_data)
    assert release.manifest["is_demonstration"]
    scorecard = release.table("mart_scorecard")
    has_evidence = scorecard["status"] != "no_evidence"
    assert scorecard.loc[has_evidence, "is_demonstration"].all()


def test_published_figures_are_never_marked_as_demonstration(published_data: Path) -> None:
    published = {i["file"]: i for i in current_release(published_data).manifest["inputs"]}
    assert not published["published_figures.csv"]["is_demonstration"]


def test_a_figure_on_under_ten_respondents_is_withheld_with_its_n(published_data: Path) -> None:
    scorecard = current_release(published_data).table("mart_scorecard")
    shown = scorecard[scorecard["status"] == "shown"]
    withheld = scorecard[scorecard["status"] == "withheld"]
    assert (shown["n"] >= 10).all()
    assert len(withheld) > 0
    assert withheld[["value", "lower", "upper", "n", "n_compared"]].isna().all().all()


def test_no_released_table_has_a_row_per_respondent(published_data: Path) -> None:
    release = current_release(published_data)
    con = duckdb.connect(str(release.path / "marts.duckdb"), read_only=True)
    columns = con.execute(
        "select table_name, column_name from duckdb_columns() where not internal"
    ).fetchall()
    con.close()
    assert {table for table, _ in columns} == set(release.manifest["tables"])
    about_people = {column for table, column in columns if table not in REGISTERS}
    assert not {"respondent_id", "source_row", "content"} & about_people
    assert b"DEMO-23-" not in (release.path / "marts.duckdb").read_bytes()


def test_the_release_to_come_is_known_beforehand(published_data: Path) -> None:
    assert expected_release(Settings(published_data)) == current_release(published_data).release_id


def test_the_quality_report_is_part_of_the_release_and_asks_no_other_host(
    published_data: Path,
) -> None:
    release = current_release(published_data)
    report = (release.path / "quality" / "report.html").read_text(encoding="utf-8")
    assert release.release_id in report
    assert "medarbeiderundersokelsen_2023.sav" in report
    assert "http:" not in report
    assert "https:" not in report
    assert {"files.csv", "gates.csv", "mart_quality.csv", "quarantine.csv", "report.html"} == {
        path.name for path in (release.path / "quality").iterdir()
    }


def test_each_table_of_the_release_leads_back_to_files_and_forward_to_pages(
    published_data: Path,
) -> None:
    release = current_release(published_data)
    steps = steps_of(release.lineage().to_dict("records"))
    for table in release.manifest["tables"]:
        assert {name for stop, name in ahead(steps, ("protected", table)) if stop == "page"}, table
    files = files_behind(steps, "survey")
    assert "survey/medarbeiderundersokelsen_2017.csv" in files
    assert "organisation/organisasjon_2023.csv" in files
    assert (release.documentation() or b"").startswith(b"<!doctype html>")


def test_what_every_check_found_stands_in_the_release(published_data: Path) -> None:
    release = current_release(published_data)
    found = release.quality()
    gates = {gate["gate"] for gate in release.manifest["gates"]}
    assert set(found["gate"]) == gates | {"inputs", "published"}
    assert set(found["release_id"]) == {release.release_id}
    assert not set(found["status"]) & {"failed", "could_not_run"}
    of_survey = found[found["table_name"] == "raw.survey"]
    assert set(of_survey["goals"]) == {"1 2 3 4"}
    assert set(of_survey["input_file"]) == {
        "survey/medarbeiderundersokelsen_2017.csv",
        "survey/medarbeiderundersokelsen_2023.sav",
    }
    assert found["since"].gt("2026").all()


def test_every_run_leaves_a_quality_record(published_data: Path) -> None:
    records = quality_records(published_data)
    assert list(records.runs["outcome"]) == ["published"]
    assert set(records.gates["status"]) == {"passed", "not_delivered"}
    assert records.files["rows_in"].sum() > 0


def test_all_gates_of_the_way_stand_in_the_manifest(published_data: Path) -> None:
    gates = {g["gate"]: g for g in current_release(published_data).manifest["gates"]}
    assert {"raw_survey", "raw_organisation", "dbt_intermediate", "mart_goal_1"} <= set(gates)
    assert {"mart_scorecard", "protected_mart_scorecard", "mart_reconciliation"} <= set(gates)
    passed = {name: gate for name, gate in gates.items() if gate["status"] != "not_delivered"}
    assert all(gate["status"] == "passed" and gate["checks"] > 0 for gate in passed.values())
    assert not any(
        "survey" in name or "goal_1" in name for name in set(gates) - set(passed) - NOT_DELIVERED
    )


def test_a_release_with_a_changed_byte_is_not_opened_and_is_made_again(house: House) -> None:
    release = house.release()
    marts = release.path / "marts.duckdb"
    marts.chmod(0o644)
    content = bytearray(marts.read_bytes())
    content[-1] ^= 1
    marts.write_bytes(content)
    assert house.run("release").outcome == "published"
    assert open_release(house.release().path).manifest["tables"] == release.manifest["tables"]
