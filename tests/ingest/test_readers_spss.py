"""SPSS files: codes, the labels beside them, and files that end too early."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyreadstat
import pytest

from dagster_project.ingest.contract import FileFault
from dagster_project.ingest.readers import read_file
from tests.ingest.small import incoming, two_columns

Connection = duckdb.DuckDBPyConnection
CASES = 400


def sav(folder: Path, columns: dict[str, list[Any]], **settings: Any) -> Path:
    file = folder / "fil.sav"
    pyreadstat.write_sav(pd.DataFrame(columns), str(file), **settings)
    return file


def test_codes_become_text_without_decimals(con: Connection, tmp_path: Path) -> None:
    file = sav(tmp_path, {"Id": ["0101", "0102", "0103"], "Navn": [1.0, 2.5, None]})
    assert read_file(con, file, two_columns()).headings == ["Id", "Navn"]
    assert incoming(con) == [(1, "0101", "1"), (2, "0102", "2.5"), (3, "0103", None)]


def test_norwegian_letters_come_through(con: Connection, tmp_path: Path) -> None:
    read_file(con, sav(tmp_path, {"Id": ["1", "2"], "Navn": ["Åse", "Bø"]}), two_columns())
    assert incoming(con) == [(1, "1", "Åse"), (2, "2", "Bø")]


def test_value_labels_come_beside_the_codes_not_instead_of_them(
    con: Connection, tmp_path: Path
) -> None:
    file = sav(
        tmp_path,
        {"Id": ["1", "2"], "Navn": [1, 2]},
        variable_value_labels={"Navn": {1: "Svært lite", 2: "Mye"}},
    )
    assert read_file(con, file, two_columns()).labels == {"Navn": {"1": "Svært lite", "2": "Mye"}}
    assert [cell for _, _, cell in incoming(con)] == ["1", "2"]


def test_codes_that_the_file_calls_missing_are_read_as_the_codes_they_are(
    con: Connection, tmp_path: Path
) -> None:
    file = sav(
        tmp_path,
        {"Id": ["1", "2", "3"], "Navn": [1, 8, 9]},
        missing_ranges={"Navn": [8, {"lo": 9, "hi": 9}]},
    )
    read_file(con, file, two_columns())
    assert [cell for _, _, cell in incoming(con)] == ["1", "8", "9"]


@pytest.mark.parametrize("compress", [False, True], ids=["by row", "compressed"])
@pytest.mark.parametrize("percent", [1, 5, 20, 40, 60, 80, 95, 99])
def test_a_file_cut_off_anywhere_is_refused_and_never_read_as_fewer_cases(
    con: Connection, tmp_path: Path, percent: int, compress: bool
) -> None:
    columns: dict[str, list[Any]] = {
        "Id": [f"R{n:04}" for n in range(CASES)],
        "Navn": [n % 5 for n in range(CASES)],
    }
    file = sav(tmp_path, columns, compress=compress)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * percent // 100])
    with pytest.raises(FileFault, match="cut off"):
        read_file(con, file, two_columns())


@pytest.mark.parametrize("lost", [1, 8, 24, 240])
def test_a_file_that_lacks_its_last_bytes_or_cases_is_refused(
    con: Connection, tmp_path: Path, lost: int
) -> None:
    columns: dict[str, list[Any]] = {
        "Id": [f"R{n:04}" for n in range(CASES)],
        "Navn": [n + 0.5 for n in range(CASES)],
    }
    file = sav(tmp_path, columns)
    file.write_bytes(file.read_bytes()[:-lost])
    with pytest.raises(FileFault, match="cut off"):
        read_file(con, file, two_columns())


def test_text_that_only_calls_itself_spss_is_refused(con: Connection, tmp_path: Path) -> None:
    file = tmp_path / "fil.sav"
    file.write_text("Id;Navn\n1;Åse\n", encoding="utf-8")
    with pytest.raises(FileFault, match=r"is not \.sav"):
        read_file(con, file, two_columns())


def test_a_file_without_cases_is_refused(con: Connection, tmp_path: Path) -> None:
    with pytest.raises(FileFault):
        read_file(con, sav(tmp_path, {"Id": [], "Navn": []}), two_columns())
