"""Files of the user survey: what is set aside, blanked or refused, and what is said of it."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.ingest.load import FileLoad, load_domain
from tests.ingest.small import (
    DOMAINS,
    aside,
    blanked,
    kept,
    load_organisation,
    messages,
    organisation_csv,
)

Connection = duckdb.DuckDBPyConnection

COUNTY = organisation_csv(
    {"Enhetsnr": "FYL-AGD", "Nivå": "Resultatområde"},
    {"Enhetsnr": "0101", "Overordnet enhet": "FYL-AGD"},
)
ANSWERS = "År;Respondent;Situasjon;Spørsmål;Svar;Skala;Brukergruppe;Tjeneste;Fylke"
SHARES = "År;Spørsmål;Situasjon;Andel;Presisjon;N;Skala;Kilde;Seksjon"
ANSWER = "2031;a;Veiledning;Tillit fra NAV;5;six_point_4;Sykmeldte;Hjelpemidler;FYL-AGD"
SHARE = "2031;Tillit fra NAV;Veiledning;90;nesten;;six_point_4;delrapport1;4.2.5"


def load(con: Connection, folder: Path, headings: str, *rows: str) -> FileLoad:
    """Load one file of answers or of shares, after an organisation of a county and an office."""
    load_organisation(con, folder, COUNTY)
    name = "personbrukerundersokelsen_2031" if headings == ANSWERS else "publiserte_andeler"
    file = folder / f"{name}.csv"
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    (found,) = load_domain(con, DOMAINS["user_survey"], [file], [])
    return found


def test_an_answer_and_a_share_are_kept(con: Connection, tmp_path: Path) -> None:
    load(con, tmp_path, ANSWERS, ANSWER)
    columns = ("year", "situation", "question_id", "answer", "scale_id", "user_group")
    assert kept(con, *columns, "county_node_id", table="user_answer") == [
        (2031, "guidance", "trust_from_nav", 5, "six_point_4", "Sykmeldte", "FYL-AGD")
    ]
    load(con, tmp_path, SHARES, SHARE)
    assert kept(con, "share_percent", "comparator", "respondents", table="user_share") == [
        (90, "nearly", None)
    ]


def test_dont_know_is_no_answer_and_no_fault(con: Connection, tmp_path: Path) -> None:
    load(con, tmp_path, ANSWERS, ANSWER.replace(";5;", ";Vet ikke;"))
    assert kept(con, "answer", table="user_answer") == [(None,)]
    assert blanked(con) == []


@pytest.mark.parametrize(("answer", "scale"), [("7", "six_point_4"), ("6", "five_point_4")])
def test_an_answer_outside_its_scale_is_blanked_and_counted(
    con: Connection, tmp_path: Path, answer: str, scale: str
) -> None:
    row = ANSWER.replace(";5;six_point_4;", f";{answer};{scale};")
    found = load(con, tmp_path, ANSWERS, row)
    highest = int(answer) - 1
    assert found.answers_blanked == 1
    assert kept(con, "answer", table="user_answer") == [(None,)]
    assert blanked(con) == [(2, "out_of_range", "Svar")]
    assert messages(con) == [
        f"row 2, column Svar: «{answer}» is not from 1 to {highest}, as scale_id {scale} has it"
    ]


@pytest.mark.parametrize(("headings", "row"), [(ANSWERS, ANSWER), (SHARES, SHARE)])
def test_a_file_on_a_scale_that_is_not_declared_is_refused_and_the_scale_named(
    con: Connection, tmp_path: Path, headings: str, row: str
) -> None:
    found = load(con, tmp_path, headings, row, row.replace("six_point_4", "ten_point_6"))
    assert found.rows_kept == 0
    assert found.fault == (
        "row 3, column Skala: «ten_point_6» is not known in seeds/reference/user_scales.csv; "
        "correct it, or add it"
    )


def test_a_cell_moved_by_a_row_of_wrong_width_does_not_refuse_the_file(
    con: Connection, tmp_path: Path
) -> None:
    found = load(con, tmp_path, ANSWERS, "2031;b;Veiledning;Tillit fra NAV;5;moved", ANSWER)
    assert found.fault is None
    assert aside(con) == [(2, "wrong_number_of_fields")]


@pytest.mark.parametrize(
    ("headings", "row", "reason", "message"),
    [
        (SHARES, SHARE.replace("2031;", ";"), "missing_value",
         "row 2, column År: the value is missing"),
        (SHARES, SHARE.replace(";90;", ";130;"), "out_of_range",
         "row 2, column Andel: «130» is above 100"),
        (SHARES, SHARE.replace("delrapport1", "rykter"), "unknown_code",
         "row 2, column Kilde: «rykter» is not known in seeds/reference/sources.csv; "
         "correct it, or add it"),
        (ANSWERS, ANSWER.replace("FYL-AGD", "FYL-QQQ"), "unknown_unit",
         "row 2, column Fylke: «FYL-QQQ» is not known in the organisation with level "
         "result_area of 2031"),
        (ANSWERS, ANSWER.replace("FYL-AGD", "0101"), "unknown_unit",
         "row 2, column Fylke: «0101» is not known in the organisation with level "
         "result_area of 2031"),
        (ANSWERS, ANSWER.replace("Sykmeldte", "Hjelpemidler"), "unknown_code",
         "row 2, column Brukergruppe: «Hjelpemidler» is not known in "
         "seeds/reference/evidence_categories.csv with kind user_group; correct it, or add it"),
    ],
)  # fmt: skip
def test_a_row_with_a_fault_is_set_aside_with_its_reason(
    con: Connection, tmp_path: Path, headings: str, row: str, reason: str, message: str
) -> None:
    assert load(con, tmp_path, headings, row).rows_quarantined == 1
    assert aside(con) == [(2, reason)]
    assert messages(con) == [message]


def test_a_respondent_who_answers_twice_with_different_answers_is_set_aside(
    con: Connection, tmp_path: Path
) -> None:
    load(con, tmp_path, ANSWERS, ANSWER, ANSWER.replace(";5;", ";2;"))
    assert aside(con) == [(2, "conflicting_rows"), (3, "conflicting_rows")]
