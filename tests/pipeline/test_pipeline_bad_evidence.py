"""Bad input of letters, user surveys, pilots, activities and measures, each as a whole run: it is
stopped or set aside with its message, and the last release stays.

Belongs here: one fault of each kind that a whole run must meet. Does not belong here: how each cell
is read (tests/ingest).
"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from dagster_project.settings import Settings
from tests.pipeline.conftest import House

Sheets = dict[str, pd.DataFrame]
Spoil = Callable[[House], None]

LETTERS = "directives/md_brev_2025.xlsx"
PILOTS = "pilots/forsok.xlsx"
MEASURES = "measures/tiltak.xlsx"
SHARES = "user_survey/publiserte_andeler.csv"
ANSWERS = "user_survey/personbrukerundersokelsen_2025.csv"
PROJECTS = "activities/utviklingsprosjekter_2025.csv"


@pytest.fixture
def whole(whole_data: Path, tmp_path: Path) -> House:
    """A copy of the house with all domains, for a test to spoil."""
    shutil.copytree(whole_data, tmp_path / "data", symlinks=True)
    return House(Settings(tmp_path / "data"))


def in_workbook(
    file: str, change: Callable[[Sheets], object], draw: Callable[[Any], object] | None = None
) -> Spoil:
    """Change the sheets of a workbook; `draw` then does to it what no data frame holds."""

    def spoil(house: House) -> None:
        path = house.settings.inbox / file
        sheets = pd.read_excel(path, sheet_name=None, engine="calamine", dtype=object)
        change(sheets)
        with pd.ExcelWriter(path, engine="xlsxwriter", datetime_format="dd.mm.yyyy") as writer:
            for name, frame in sheets.items():
                frame.to_excel(writer, sheet_name=name, index=False)
            if draw:
                draw(writer.sheets)

    return spoil


def in_cell(file: str, sheet: str, column: str, value: object, row: int = 2) -> Spoil:
    """Put another value into one cell of a workbook; rows are counted as Excel counts them."""

    def change(sheets: Sheets) -> None:
        sheets[sheet].loc[row - 2, column] = value

    return in_workbook(file, change)


def in_text(file: str, old: str, new: str) -> Spoil:
    """Replace the first `old` in a CSV file."""

    def spoil(house: House) -> None:
        path = house.settings.inbox / file
        text = path.read_text("utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8-sig")

    return spoil


def without_rows(file: str, sheet: str, first: int) -> Spoil:
    """Cut a sheet off at a row."""

    def change(sheets: Sheets) -> None:
        sheets[sheet] = sheets[sheet].iloc[: first - 2]

    return in_workbook(file, change)


def nothing(_: object) -> None:
    return None


def month_twice(sheets: Sheets) -> None:
    metrics = sheets["Måltall"]
    sheets["Måltall"] = pd.concat([metrics, metrics.head(1).assign(Verdi=1.5)])


def renamed(sheets: Sheets) -> None:
    sheets["Foringer"] = sheets.pop("Føringer")


# Several faults in one run, each told, since a run on all domains takes its time.
HELD: dict[str, dict[Spoil, str]] = {
    "letters that are not whole: an unknown category, and a letter coded only in part": {
        in_cell(LETTERS, "Føringer", "Trinn", "Resultatmål"): "(MD-2025-DIR-ATA",
        without_rows(LETTERS, "Føringer", 700): "has coded all directives of the letter, neither "
        "fewer nor more (column coding_status), 2 row(s) break it; found 2 of 72 rows",
    },
    "rows of several domains": {
        in_text(SHARES, "2022;", ";"): (
            "raw_user_share: publiserte_andeler.csv: row 2, column År: the value is missing"
        ),
        in_text(SHARES, ";80;", ";130;"): (
            "publiserte_andeler.csv: row 3, column Andel: «130» is above 100"
        ),
        in_cell(PILOTS, "Register", "Enheter", "4401; 9999"): (
            "forsok.xlsx: row 2, column Enheter: «9999» is not known in the organisation of 2023"
        ),
        in_cell(PILOTS, "Register", "Slutt", date(2020, 1, 1), row=3): (
            "row 3, column Slutt: «2020-01-01» is before 20"
        ),
        in_cell(PILOTS, "Register", "Kostnad til nå", "ca. 300 000", row=4): (
            "row 4, column Kostnad til nå: «ca. 300 000» is not a number"
        ),
        in_cell(MEASURES, "Tiltak", "Funn", "F-99"): (
            "tiltak.xlsx: row 2, column Funn: «F-99» is not known in the published_finding"
        ),
        in_text(PROJECTS, "FYL-", "FYLKE-"): (
            "row 3, column Sted: «FYLKE-MOR» is not known in the organisation of 2025"
        ),
        in_workbook(LETTERS, renamed): (
            "md_brev_2025.xlsx: there is no sheet Føringer; the file has Brev, Foringer"
        ),
    },
    "files that are refused whole": {
        in_text(ANSWERS, "five_point_4", "ten_point"): (
            "row 2, column Skala: «ten_point» is not known in seeds/reference/user_scales.csv; "
            "correct it, or add it"
        ),
        in_workbook(
            PILOTS, nothing, lambda sheets: sheets["Register"].merge_range("C2:C3", "Felles navn")
        ): "forsok.xlsx: sheet Register: C2:C3 is merged, with a value in the upper left cell",
        in_workbook(
            MEASURES, nothing, lambda sheets: sheets["Tiltak"].write_formula("A3", "=A2", None, "")
        ): "sheet Tiltak: row 3, column A (Tiltak-id) holds a formula that was never calculated",
        in_workbook(
            LETTERS, nothing, lambda sheets: sheets["Brev"].set_row(3, None, None, {"hidden": True})
        ): "md_brev_2025.xlsx: sheet Brev: row 4 is hidden or filtered away",
    },
    "a date as a number": {
        in_cell(PILOTS, "Register", "Start", 45413): (
            "row 2, column Start: «45413» is a number and not a date"
        ),
    },
}


@pytest.mark.parametrize("faults", HELD)
def test_faults_hold_the_release_back_and_each_says_where_it_is(whole: House, faults: str) -> None:
    before = whole.release().release_id
    for spoil in HELD[faults]:
        spoil(whole)
    summary = whole.run()
    assert summary.outcome == "held"
    told = " ".join(summary.messages)
    assert [message for message in HELD[faults].values() if message not in told] == []
    assert whole.release().release_id == before


def test_a_metric_for_a_month_twice_is_set_aside_and_the_rest_kept(whole: House) -> None:
    in_workbook(PILOTS, month_twice)(whole)
    summary = whole.run("raw/pilot_metric")
    assert summary.outcome == "built", summary.messages
    (metrics,) = [f for f in summary.files if f["file"] == "forsok.xlsx" and f["rows_in"] > 400]
    assert metrics["rows_quarantined"] == 2
    assert metrics["rows_in"] == metrics["rows_kept"] + 2
    con = duckdb.connect(str(whole.settings.warehouse), read_only=True)
    told = con.execute("select message from raw.quarantine order by source_row").fetchall()
    con.close()
    assert told[1] == (
        "row 434: the same Enhetsnr, Måned and Måltall stand in row 2 or another with other "
        "content, so that none of them can be trusted",
    )
