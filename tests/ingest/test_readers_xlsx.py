"""Workbooks, as survey tools and people save them."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

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


# --- what the cells do not say ---------------------------------------------------------------


def rewritten(file: Path, *changes: tuple[str, str]) -> Path:
    """The workbook with its first sheet's XML changed, as other tools than ours write it."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for old, new in changes:
        assert old in sheet, sheet
        sheet = sheet.replace(old, new)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            is_first = name == "xl/worksheets/sheet1.xml"
            archive.writestr(name, sheet.encode() if is_first else content)
    return file


def built(folder: Path, change: Callable[[Any], object]) -> Path:
    """A workbook of two rows, changed by `change` before it is saved."""
    file = folder / "fil.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Svar")
        for number, row in enumerate([["Id", "Navn"], ["a", "Åse"], ["b", "Bo"]]):
            sheet.write_row(number, 0, row)
        change(sheet)
    return file


def refusal(con: Connection, file: Path) -> str:
    with pytest.raises(FileFault) as caught:
        read_file(con, file, two_columns())
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda sheet: sheet.merge_range("B2:B3", "Åse"),
            "B2:B3 is merged, with a value in the upper left cell alone: split it and fill in each "
            "cell",
        ),
        (
            lambda sheet: sheet.merge_range("A1:C1", "Register"),
            "A1:C1 is merged, with a value in the upper left cell alone: split it and fill in each "
            "cell",
        ),
        (
            lambda sheet: sheet.set_row(2, None, None, {"hidden": True}),
            "row 3 is hidden or filtered away: show what is to be read, delete what is not",
        ),
        (
            lambda sheet: sheet.set_column("B:B", None, None, {"hidden": True}),
            "column B (Navn) is hidden: show what is to be read, delete what is not",
        ),
        (
            lambda sheet: sheet.write_formula("B3", "=NA()", None, "#N/A"),
            "row 3, column B (Navn) shows an error such as #N/A: correct the formula or empty the "
            "cell",
        ),
    ],
    ids=["merged", "merged heading", "hidden row", "hidden column", "error"],
)
def test_what_a_reader_of_the_sheet_would_not_see_is_refused_with_its_place(
    con: Connection, tmp_path: Path, change: Callable[[Any], object], message: str
) -> None:
    assert refusal(con, built(tmp_path, change)) == (
        f"sheet Svar: {message}; then deliver it again"
    )


def test_a_formula_that_was_never_calculated_is_refused(con: Connection, tmp_path: Path) -> None:
    file = built(tmp_path, lambda sheet: sheet.write_formula("B3", "=A3"))
    rewritten(file, ("<f>A3</f><v>0</v>", "<f>A3</f><v/>"))
    assert refusal(con, file) == (
        "sheet Svar: row 3, column B (Navn) holds a formula that was never calculated: open the "
        "file in Excel and save it, or paste as values; then deliver it again"
    )


def test_a_formula_with_its_value_is_read_as_the_value(con: Connection, tmp_path: Path) -> None:
    def formulas(sheet: Any) -> None:
        sheet.write_formula("A3", '="c"', None, "c")
        sheet.write_formula("B3", '=""', None, "tom")

    file = rewritten(built(tmp_path, formulas), ("<v>tom</v>", "<v></v>"))
    read_file(con, file, two_columns())
    assert incoming(con) == [(2, "a", "Åse"), (3, "c", None)]


def test_many_places_are_counted_and_the_first_named(con: Connection, tmp_path: Path) -> None:
    file = tmp_path / "fil.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Svar")
        sheet.write_row(0, 0, ["Id", "Navn"])
        for row in range(1, 7):
            sheet.write_row(row, 0, [row, "Åse"])
            sheet.set_row(row, None, None, {"hidden": row > 1})
    assert "row 3; row 4; row 5 and 2 more are hidden" in refusal(con, file)


def test_what_is_hidden_and_empty_or_outside_the_table_harms_nothing(
    con: Connection, tmp_path: Path
) -> None:
    def hide(sheet: Any) -> None:
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.set_column("D:XFD", None, None, {"hidden": True})
        sheet.merge_range("E2:F3", "et notat uten overskrift")

    file = rewritten(built(tmp_path, hide), ('<row r="2"', '<row hidden="false" r="2"'))
    read_file(con, file, two_columns())
    assert [row[:3] for row in incoming(con)] == [(2, "a", "Åse"), (3, "b", "Bo")]


def test_rows_and_cells_that_do_not_say_their_place_are_counted(
    con: Connection, tmp_path: Path
) -> None:
    file = built(tmp_path, lambda sheet: sheet.write_formula("B3", "=A3"))
    changes = [
        (f' r="{place}"', "") for place in ("1", "2", "3", "A1", "B1", "A2", "B2", "A3", "B3")
    ]
    rewritten(file, *changes, ("<v>0</v>", ""))
    assert "row 3, column B (Navn) holds a formula" in refusal(con, file)
