"""Workbooks, as survey tools and people save them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from dagster_project.ingest.contract import FileFault
from dagster_project.ingest.readers import read_file
from tests.ingest.small import incoming, two_columns

Connection = duckdb.DuckDBPyConnection
Rows = Sequence[Sequence[object]]


def workbook(folder: Path, sheets: Mapping[str, Rows]) -> Path:
    file = folder / "fil.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file


def test_whole_numbers_lose_the_decimals_that_a_workbook_gives_them(
    con: Connection, tmp_path: Path
) -> None:
    file = workbook(tmp_path, {"Svar": [["Id", "Navn"], [101, 2.5], [102, 0]]})
    read_file(con, file, two_columns())
    assert incoming(con) == [(2, "101", "2.5"), (3, "102", "0")]


def test_dates_become_iso(con: Connection, tmp_path: Path) -> None:
    rows = [["Id", "Navn"], [1, date(2014, 6, 5)], [2, datetime(2014, 6, 5, 12, 30)]]
    read_file(con, workbook(tmp_path, {"Svar": rows}), two_columns())
    assert [cell for _, _, cell in incoming(con)] == ["2014-06-05", "2014-06-05T12:30:00"]


def test_text_keeps_norwegian_letters_and_leading_zeros(con: Connection, tmp_path: Path) -> None:
    read_file(con, workbook(tmp_path, {"Svar": [["Id", "Navn"], ["0101", " Bø "]]}), two_columns())
    assert incoming(con) == [(2, "0101", "Bø")]


def test_empty_cells_are_empty_and_empty_rows_no_rows(con: Connection, tmp_path: Path) -> None:
    rows = [["Id", "Navn"], [1, None], [None, None], ["  ", ""], [None, "Åse"]]
    read_file(con, workbook(tmp_path, {"Svar": rows}), two_columns())
    assert incoming(con) == [(2, "1", None), (5, None, "Åse")]


def test_the_sheet_that_is_named_is_the_one_that_is_read(con: Connection, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Forside": [["Laget av", "Per"]],
        "Svar": [["Id", "Navn"], [1, "Åse"]],
    }
    read_file(con, workbook(tmp_path, sheets), two_columns(sheet="Svar"))
    assert incoming(con) == [(2, "1", "Åse")]


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ({}, "the file has the sheets Forside, Svar: name one in `sheet`"),
        ({"sheet": "Ark1"}, "there is no sheet Ark1; the file has Forside, Svar"),
    ],
)
def test_a_sheet_that_cannot_be_told_is_refused_with_those_there_are(
    con: Connection, tmp_path: Path, claims: dict[str, str], message: str
) -> None:
    file = workbook(tmp_path, {"Forside": [["Per"]], "Svar": [["Id", "Navn"], [1, "Åse"]]})
    with pytest.raises(FileFault) as caught:
        read_file(con, file, two_columns(**claims))
    assert str(caught.value) == message


@pytest.mark.parametrize("rows", [[], [["Id", "Navn"]]], ids=["empty", "headings only"])
def test_a_sheet_without_rows_is_refused(con: Connection, tmp_path: Path, rows: Rows) -> None:
    with pytest.raises(FileFault, match="no rows"):
        read_file(con, workbook(tmp_path, {"Svar": rows}), two_columns())


def test_a_heading_that_stands_twice_is_refused(con: Connection, tmp_path: Path) -> None:
    file = workbook(tmp_path, {"Svar": [["Id", "Navn", "navn"], [1, "Åse", "Bø"]]})
    with pytest.raises(FileFault, match="row 1: the heading Navn stands more than once"):
        read_file(con, file, two_columns())


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_workbook_cut_off_anywhere_is_refused(
    con: Connection, tmp_path: Path, tenths: int
) -> None:
    file = workbook(tmp_path, {"Svar": [["Id", "Navn"], *([n, f"N{n}"] for n in range(200))]})
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * tenths // 10])
    with pytest.raises(FileFault, match="cannot be opened as a workbook: it is cut off"):
        read_file(con, file, two_columns())


def test_text_that_only_calls_itself_a_workbook_is_refused(con: Connection, tmp_path: Path) -> None:
    file = tmp_path / "fil.xlsx"
    file.write_text("Id;Navn\n1;Åse\n", encoding="utf-8")
    with pytest.raises(FileFault, match="is not XLSX"):
        read_file(con, file, two_columns())
