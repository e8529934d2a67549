"""What a cell says becomes a value, or a fault that names row, column and what it said."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.ingest.small import (
    CODEBOOK,
    aside,
    kept,
    load_organisation,
    load_rows,
    load_survey,
    messages,
    organisation_csv,
    survey_csv,
)

Connection = duckdb.DuckDBPyConnection


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12", 12),
        ("0", 0),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234 567", 1234567),
        ("12.0", 12),
        ("12,00", 12),
        ("\u00a012 ", 12),
    ],
)
def test_a_whole_number_may_have_spaces_between_thousands_and_empty_decimals(
    con: Connection, tmp_path: Path, said: str, value: int
) -> None:
    load_organisation(con, tmp_path, organisation_csv({"Medarbeidere": said}))
    assert kept(con, "headcount_staff", table="organisation") == [(value,)]


@pytest.mark.parametrize(
    "said", ["1,5", "1.5", "tolv", "12 34", "1.000", "1,000", "1e3", "0x10", "1_000", "--1"]
)
def test_what_is_not_surely_a_whole_number_sets_the_row_aside(
    con: Connection, tmp_path: Path, said: str
) -> None:
    load_organisation(con, tmp_path, organisation_csv({"Medarbeidere": said}))
    assert kept(con, "*", table="organisation") == []
    assert messages(con) == [f"row 2, column Medarbeidere: «{said}» is not a whole number"]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("0,0001", "0.0001"),
    ],
)
def test_a_decimal_number_may_have_a_comma_and_spaces_between_thousands(
    con: Connection, tmp_path: Path, said: str, value: str
) -> None:
    load_organisation(con, tmp_path, organisation_csv({"Årsverk": said}))
    ((fte,),) = kept(con, "fte", table="organisation")
    assert float(fte) == float(value)


@pytest.mark.parametrize("said", ["1,234.5", "1,2,3", "1.2.3", "tolv", "12,", "1e3", "12 5"])
def test_what_is_not_surely_a_number_sets_the_row_aside(
    con: Connection, tmp_path: Path, said: str
) -> None:
    load_organisation(con, tmp_path, organisation_csv({"Årsverk": said}))
    assert kept(con, "*", table="organisation") == []
    assert messages(con) == [f"row 2, column Årsverk: «{said}» is not a number"]


@pytest.mark.parametrize(
    ("column", "said", "why"),
    [
        ("Medarbeidere", "-1", "is below 0"),
        ("År", "1066", "is below 1990"),
        ("År", "2531", "is above 2100"),
        ("Årsverk", "-0,5", "is below 0"),
    ],
)
def test_a_number_out_of_its_range_sets_the_row_aside(
    con: Connection, tmp_path: Path, column: str, said: str, why: str
) -> None:
    load_organisation(con, tmp_path, organisation_csv({column: said}))
    assert aside(con) == [(2, "out_of_range")]
    assert messages(con) == [f"row 2, column {column}: «{said}» {why}"]


# --- codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Resultatområde", "RESULTATOMRÅDE", " resultatområde\u00a0"])
def test_a_code_in_words_is_known_in_any_case(con: Connection, tmp_path: Path, said: str) -> None:
    load_organisation(con, tmp_path, organisation_csv({"Nivå": said}))
    assert kept(con, "level", table="organisation") == [("result_area",)]


@pytest.mark.parametrize("said", ["1", "1,0", "1.0", "1,00", " 1 "])
def test_a_code_that_is_a_number_may_have_empty_decimals(
    con: Connection, tmp_path: Path, said: str
) -> None:
    load_rows(con, tmp_path, f"a;0101;{said};{said};;;")
    assert kept(con, "role", "q_room") == [("staff", 1)]


@pytest.mark.parametrize("said", ["ENIG", "enig", "Enig\u00a0"])
def test_an_answer_in_words_is_known_in_any_case(
    con: Connection, tmp_path: Path, said: str
) -> None:
    in_words = CODEBOOK.replace("cells: code", "cells: label_nb")
    file = ("puls_2031.csv", survey_csv(f"a;0101;1;{said};;;Verken eller"))
    load_survey(con, tmp_path, file, described=in_words)
    assert kept(con, "q_room", "q_measures") == [(3, 2)]


# --- text and empty cells --------------------------------------------------------------------


def test_text_keeps_its_leading_zeros_and_its_quotation_marks(
    con: Connection, tmp_path: Path
) -> None:
    unit = {"Enhetsnr": "0007", "Enhetsnavn": '"Bø\'s «kontor»"'.replace('"', '""').join('""')}
    load_organisation(con, tmp_path, organisation_csv(unit))
    assert kept(con, "unit_code", "unit_name", table="organisation") == [
        ("0007", '"Bø\'s «kontor»"')
    ]


@pytest.mark.parametrize("empty", ["", " ", "\u00a0"])
def test_an_empty_cell_is_null_where_it_may_be_and_sets_the_row_aside_where_not(
    con: Connection, tmp_path: Path, empty: str
) -> None:
    text = organisation_csv({"Linje": empty}, {"Enhetsnr": "0102", "Enhetsnavn": empty})
    load_organisation(con, tmp_path, text)
    assert kept(con, "unit_code", "line", table="organisation") == [("0101", None)]
    assert messages(con) == ["row 3, column Enhetsnavn: the value is missing"]


def test_each_fault_of_a_row_is_told_and_the_row_is_counted_once(
    con: Connection, tmp_path: Path
) -> None:
    load = load_organisation(con, tmp_path, organisation_csv({"Nivå": "Gruppe", "Ledere": "x"}))
    assert (load.rows_in, load.rows_kept, load.rows_quarantined) == (1, 0, 1)
    assert messages(con) == [
        "row 2, column Nivå: «Gruppe» is not one of the codes NAV, Linje, Resultatområde, Enhet; "
        "row 2, column Ledere: «x» is not a whole number"
    ]


def test_headings_are_known_in_any_case_and_any_order(con: Connection, tmp_path: Path) -> None:
    load_rows(con, tmp_path, "2;a;1;0101;;;", headings="q1;id;ROLLE;ENHET;q2l;q2t;q3")
    expected: list[tuple[Any, ...]] = [("2031", "a", "0101", "staff", 2)]
    assert kept(con, "wave", "respondent_id", "unit_code", "role", "q_room") == expected
