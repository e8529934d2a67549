"""A release holds nothing else than it says: no row, no order, no page of anything that was."""

import csv
from pathlib import Path

import duckdb
import pytest

from dagster_project.release.reader import Release, current_release
from tests.pipeline.leaks import files_with, tables_in_another_order, tables_of_rows

SECRET = "Kari-fra-Skranken-07"


@pytest.fixture(scope="module")
def release(published_data: Path) -> Release:
    return current_release(published_data)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A database file with a table of rows as they came in, and a page of one that was dropped."""
    path = tmp_path / "marts.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("pragma force_compression = 'uncompressed'")
        con.execute(f"create table notes as select '{SECRET}' || i as note from range(5000) t (i)")
        con.execute("checkpoint")
        con.execute("drop table notes")
        con.execute("create table answers as select 3 - i as respondent_id from range(3) as t (i)")
    return path


def test_no_respondent_of_a_wave_is_named_in_any_file_of_a_release(
    release: Release, published_data: Path
) -> None:
    [wave] = (published_data / "inbox" / "survey").glob("*_2017.csv")
    with wave.open(encoding="cp1252", newline="") as file:
        respondents = [row[0] for row in csv.reader(file, delimiter=";")][1:]
    assert len(set(respondents)) > 1000
    assert files_with(wave.parent, respondents) == {wave.name}
    assert files_with(release.path, respondents) == set()


def test_no_page_is_left_over_of_what_was_dropped(release: Release, spoilt: Path) -> None:
    assert files_with(spoilt.parent, [SECRET]) == {spoilt.name}
    with duckdb.connect(str(spoilt), read_only=True) as con:
        free = con.execute("select free_blocks from pragma_database_size()").fetchone()
    assert free
    assert free[0] > 0
    with duckdb.connect(str(release.path / "marts.duckdb"), read_only=True) as con:
        assert con.execute("select free_blocks from pragma_database_size()").fetchone() == (0,)


def test_no_table_holds_a_row_per_person(release: Release, spoilt: Path) -> None:
    assert tables_of_rows(spoilt) == {"answers"}
    assert tables_of_rows(release.path / "marts.duckdb") == set()


def test_no_table_tells_the_order_in_which_people_answered(release: Release, spoilt: Path) -> None:
    assert tables_in_another_order(spoilt) == {"answers"}
    assert tables_in_another_order(release.path / "marts.duckdb") == set()


def test_of_what_was_set_aside_a_release_holds_reasons_and_counts_alone(release: Release) -> None:
    with (release.path / "quality" / "mart_quality.csv").open(encoding="utf-8", newline="") as file:
        checks = list(csv.DictReader(file))
    assert len(checks) > 100
    assert set(checks[0]) == {
        *("release_id", "gate", "check_name", "table_name", "column_name", "input_file", "status"),
        *("observed_value", "limit_value", "rows_affected", "since", "goals", "says_nb", "says_en"),
    }
    assert not [c for c in checks if c["rows_affected"] and 0 < int(c["rows_affected"]) < 10]
