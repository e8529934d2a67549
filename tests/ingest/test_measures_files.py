"""The register of measures: what is set aside, what is refused, and what is said of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from dagster_project.ingest.load import FileLoad, load_domain
from tests.ingest.small import DOMAINS, SEEDS, aside, kept, messages

Connection = duckdb.DuckDBPyConnection

MEASURE: Mapping[str, object] = {
    "Tiltak-id": "T1",
    "Tittel nb": "Et tiltak",
    "Funn": "F-01",
    "Mål": 1,
    "Type": "Tiltak",
    "Eier": "Direktoratet",
    "Nivå": "Nasjonalt",
    "Status": "Pågår",
    "Registrert": date(2031, 1, 1),
    "Sist endret": date(2031, 2, 1),
    "Frist": date(2031, 6, 1),
}


def load(
    con: Connection, folder: Path, *rows: Mapping[str, object], sheet: str = "Tiltak"
) -> FileLoad:
    """Load a register; each row says only what differs from MEASURE."""
    findings = SEEDS / "published" / "published_findings.csv"
    load_domain(con, DOMAINS["published"], [findings], [])
    file = folder / "tiltak.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "dd.mm.yyyy"}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, list(MEASURE))
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, list((MEASURE | row).values()))
    (found,) = load_domain(con, DOMAINS["measures"], [file], [])
    return found


def test_a_measure_may_answer_several_findings_and_have_no_due_date(
    con: Connection, tmp_path: Path
) -> None:
    load(con, tmp_path, {"Funn": "F-01; F-30", "Frist": None})
    assert kept(con, "finding_ids", "due_on", "status_id", table="measure") == [
        ("F-01; F-30", None, "in_progress")
    ]


@pytest.mark.parametrize(
    ("change", "reason", "message"),
    [
        (
            {"Funn": "F-01; F-99"},
            "unknown_reference",
            "row 2, column Funn: «F-99» is not known in the published_finding",
        ),
        ({"Funn": None}, "missing_value", "row 2, column Funn: the value is missing"),
        (
            {"Sist endret": date(2030, 12, 31)},
            "wrong_order",
            "row 2, column Sist endret: «2030-12-31» is before 2031-01-01 in the column Registrert",
        ),
        (
            {"Frist": 47900},
            "not_a_date",
            "row 2, column Frist: «47900» is a number and not a date, such as 05.06.2024 or "
            "2024-06-05; give the cells a date format in the spreadsheet",
        ),
        ({"Mål": 6}, "out_of_range", "row 2, column Mål: «6» is above 5"),
    ],
)
def test_a_measure_with_a_fault_is_set_aside_and_the_fault_told(
    con: Connection, tmp_path: Path, change: dict[str, Any], reason: str, message: str
) -> None:
    load(con, tmp_path, change, {"Tiltak-id": "T2"})
    assert kept(con, "measure_id", table="measure") == [("T2",)]
    assert aside(con) == [(2, reason)]
    assert messages(con) == [message]


def test_a_measure_that_stands_twice_with_different_content_is_set_aside(
    con: Connection, tmp_path: Path
) -> None:
    load(con, tmp_path, {}, {"Status": "Stanset"}, {"Tiltak-id": "T2"})
    assert kept(con, "measure_id", table="measure") == [("T2",)]
    assert aside(con) == [(2, "conflicting_rows"), (3, "conflicting_rows")]


def test_a_sheet_renamed_is_refused_with_those_there_are(con: Connection, tmp_path: Path) -> None:
    found = load(con, tmp_path, {}, sheet="Ark1")
    assert found.fault == "there is no sheet Tiltak; the file has Ark1"
