"""The workbook of pilots: what is set aside, what is refused, and what is said of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from dagster_project.ingest.load import FileLoad, load_domain
from tests.ingest.small import DOMAINS, aside, kept, load_organisation, messages

Connection = duckdb.DuckDBPyConnection
Row = Mapping[str, object]

PILOT: Row = {
    "År": 2031,
    "Forsøk-id": "F1",
    "Navn": "Forsøk",
    "Formål": "Mer rom",
    "Mål": 2,
    "Enheter": "0101",
    "Sammenligningsenheter": "0102",
    "Start": date(2031, 2, 1),
    "Slutt": date(2031, 12, 31),
    "Milepæl 1 dato": date(2031, 2, 1),
    "Milepæl 1": "Oppstart",
    "Kostnadsestimat": 250_000,
    "Kostnad til nå": 10_000,
    "Primært måltall": "Dager",
    "Retning": "ned",
    "Evalueringsdesign": "Før og etter",
    "Innenfor dagens rammer": "Ja",
    "Status": "Pågår",
}
METRIC: Row = {
    "Enhetsnr": "0101",
    "Måned": date(2031, 1, 1),
    "Måltall": "Dager",
    "Verdi": 12.5,
    "Antall saker": 40,
}


def load(
    con: Connection,
    folder: Path,
    pilots: Sequence[Row] = ({},),
    metrics: Sequence[Row] = ({},),
    sheets: tuple[str, str] = ("Register", "Måltall"),
) -> list[FileLoad]:
    """Load a workbook; each row says only what differs from PILOT or METRIC."""
    load_organisation(con, folder)
    file = folder / "forsok.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "dd.mm.yyyy"}) as book:
        for name, usual, rows in zip(sheets, (PILOT, METRIC), (pilots, metrics), strict=True):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(usual))
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, list((usual | row).values()))
    return load_domain(con, DOMAINS["pilots"], [file], [])


def test_a_workbook_fills_both_tables(con: Connection, tmp_path: Path) -> None:
    loads = load(con, tmp_path, pilots=[{"Enheter": "0101; 0102;"}])
    assert [(each.table, each.rows_kept, each.fault) for each in loads] == [
        ("pilot", 1, None),
        ("pilot_metric", 1, None),
    ]
    assert kept(con, "unit_codes", "start_date", "cost_estimate", "status_id", table="pilot") == [
        ("0101; 0102;", date(2031, 2, 1), 250_000, "in_progress")
    ]


def test_what_the_mandate_asks_for_may_be_missing(con: Connection, tmp_path: Path) -> None:
    asked = ("Formål", "Start", "Slutt", "Kostnadsestimat", "Evalueringsdesign", "Milepæl 1 dato")
    load(con, tmp_path, pilots=[dict.fromkeys(asked)])
    assert kept(con, "purpose", "end_date", "cost_estimate", table="pilot") == [(None, None, None)]


@pytest.mark.parametrize(
    ("change", "reason", "message"),
    [
        (
            {"Enheter": "0101;0999"},
            "unknown_unit",
            "row 2, column Enheter: «0999» is not known in the organisation of 2031",
        ),
        (
            {"Sammenligningsenheter": "0998"},
            "unknown_unit",
            "row 2, column Sammenligningsenheter: «0998» is not known in the organisation of 2031",
        ),
        (
            {"Slutt": date(2031, 1, 31)},
            "wrong_order",
            "row 2, column Slutt: «2031-01-31» is before 2031-02-01 in the column Start",
        ),
        (
            {"Kostnadsestimat": "ca. 250 000"},
            "not_a_number",
            "row 2, column Kostnadsestimat: «ca. 250 000» is not a number",
        ),
        (
            {"Start": 47880},
            "not_a_date",
            "row 2, column Start: «47880» is a number and not a date, such as 05.06.2024 or "
            "2024-06-05; give the cells a date format in the spreadsheet",
        ),
        (
            {"Start": "våren"},
            "not_a_date",
            "row 2, column Start: «våren» is not a date, such as 05.06.2024 or 2024-06-05",
        ),
        (
            {"Status": "Ferdig"},
            "unknown_code",
            "row 2, column Status: «Ferdig» is not one of the codes Planlagt, Pågår, Avsluttet, "
            "Stanset",
        ),
    ],
)
def test_a_pilot_with_a_fault_is_set_aside_and_the_fault_told(
    con: Connection, tmp_path: Path, change: dict[str, Any], reason: str, message: str
) -> None:
    load(con, tmp_path, pilots=[change, {"Forsøk-id": "F2"}])
    assert kept(con, "pilot_id", table="pilot") == [("F2",)]
    assert aside(con) == [(2, reason)]
    assert messages(con) == [message]


def test_a_metric_twice_in_a_month_is_set_aside_whatever_the_day(
    con: Connection, tmp_path: Path
) -> None:
    again = {"Måned": date(2031, 1, 15), "Verdi": 99}
    load(con, tmp_path, metrics=[{}, again, {"Måned": date(2031, 2, 1)}])
    assert kept(con, "month", table="pilot_metric") == [(date(2031, 2, 1),)]
    assert aside(con) == [(2, "conflicting_rows"), (3, "conflicting_rows")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"Måned": 47849},
            "row 2, column Måned: «47849» is a number and not a month, such as 2024-06 or "
            "01.06.2024; give the cells a date format in the spreadsheet",
        ),
        (
            {"Enhetsnr": "0999"},
            "row 2, column Enhetsnr: «0999» is not known in the organisation of 2031",
        ),
    ],
)
def test_a_metric_with_a_fault_is_set_aside_and_the_fault_told(
    con: Connection, tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    load(con, tmp_path, metrics=[change, {"Måned": date(2031, 2, 1)}])
    assert len(kept(con, "month", table="pilot_metric")) == 1
    assert messages(con) == [message]


def test_a_month_may_be_written_as_one(con: Connection, tmp_path: Path) -> None:
    load(con, tmp_path, metrics=[{"Måned": "2031-03"}])
    assert kept(con, "month", table="pilot_metric") == [(date(2031, 3, 1),)]


def test_a_sheet_renamed_is_refused_with_those_there_are(con: Connection, tmp_path: Path) -> None:
    loads = load(con, tmp_path, sheets=("Register", "Ark2"))
    assert [each.fault for each in loads] == [
        None,
        "there is no sheet Måltall; the file has Register, Ark2",
    ]
    assert kept(con, "month", table="pilot_metric") == []
