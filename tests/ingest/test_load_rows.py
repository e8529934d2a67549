"""Each row of a survey file is kept, or set aside with a reason; a bad answer is blanked."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.ingest.load import quarantine_by_reason
from tests.ingest.small import (
    HEADINGS,
    aside,
    blanked,
    everything,
    kept,
    load_organisation,
    load_rows,
    load_survey,
    messages,
    organisation_csv,
    profile,
    survey_csv,
)

Connection = duckdb.DuckDBPyConnection

# The headings are ID;Enhet;Rolle;Q1;Q2L;Q2T;Q3. Roles: 1 staff, 2 leader, 3 union_rep.
# Q1 is put to all, Q2L to leaders, Q2T to union representatives, Q3 to staff.


def test_a_sound_row_is_kept_with_where_it_came_from(con: Connection, tmp_path: Path) -> None:
    load = load_rows(con, tmp_path, "a;0101;1;3;;;2")
    assert (load.rows_in, load.rows_kept, load.rows_quarantined, load.answers_blanked) == (
        1, 1, 0, 0,
    )  # fmt: skip
    assert kept(
        con,
        "wave",
        "respondent_id",
        "unit_code",
        "role",
        "q_room",
        "q_involved",
        "q_measures",
        "is_demonstration",
        "source_file",
        "source_row",
        "source_sha256",
    ) == [("2031", "a", "0101", "staff", 3, None, 2, False, "puls_2031.csv", 2, load.sha256)]


# --- a fault in an answer --------------------------------------------------------------------


def test_a_code_outside_its_scale_is_blanked_and_counted_and_the_row_is_kept(
    con: Connection, tmp_path: Path
) -> None:
    load = load_rows(con, tmp_path, "a;0101;1;7;;;2", "b;0101;1;3;;;x")
    assert kept(con, "respondent_id", "q_room", "q_measures") == [("a", None, 2), ("b", 3, None)]
    assert blanked(con) == [(2, "unknown_code", "Q1"), (3, "unknown_code", "Q3")]
    assert messages(con) == [
        "row 2, column Q1: «7» is not one of the codes 1, 2, 3, 9",
        "row 3, column Q3: «x» is not one of the codes 1, 2, 3, 9",
    ]
    assert load.answers_blanked == 2


def test_a_missing_code_of_the_scale_is_an_answer_and_is_kept(
    con: Connection, tmp_path: Path
) -> None:
    load = load_rows(con, tmp_path, "a;0101;1;9;;;9")
    assert kept(con, "q_room", "q_measures") == [(9, 9)]
    assert load.answers_blanked == 0


def test_an_empty_answer_is_no_fault(con: Connection, tmp_path: Path) -> None:
    assert load_rows(con, tmp_path, "a;0101;1;;;;").answers_blanked == 0
    assert kept(con, "q_room", "q_measures") == [(None, None)]


def test_an_answer_to_a_question_not_put_to_the_role_is_blanked(
    con: Connection, tmp_path: Path
) -> None:
    load = load_rows(con, tmp_path, "a;0101;2;3;2;;1")
    assert kept(con, "q_room", "q_involved", "q_measures") == [(3, 2, None)]
    assert blanked(con) == [(2, "not_asked", "Q3")]
    assert messages(con) == ["row 2, column Q3: «1» is answered, but is not put to leader"]
    assert load.answers_blanked == 1


def test_of_a_pair_the_column_of_the_role_is_taken(con: Connection, tmp_path: Path) -> None:
    load_rows(con, tmp_path, "a;0101;2;;1;;", "b;0101;3;;;3;", "c;0101;1;;;;")
    assert kept(con, "role", "q_involved") == [("leader", 1), ("union_rep", 3), ("staff", None)]
    assert blanked(con) == []


def test_of_a_pair_the_other_column_is_blanked_under_its_own_heading(
    con: Connection, tmp_path: Path
) -> None:
    load_rows(con, tmp_path, "a;0101;2;;1;3;", "b;0101;3;;2;;", "c;0101;3;;;8;")
    assert kept(con, "respondent_id", "q_involved") == [("a", 1), ("b", None), ("c", None)]
    assert blanked(con) == [
        (2, "not_asked", "Q2T"),
        (3, "not_asked", "Q2L"),
        (4, "unknown_code", "Q2T"),
    ]


def test_answers_of_a_row_set_aside_are_not_counted_as_blanked(
    con: Connection, tmp_path: Path
) -> None:
    load = load_rows(con, tmp_path, "a;0101;1;7;;;", "b;;1;7;;;")
    assert (load.rows_quarantined, load.answers_blanked) == (1, 1)
    assert blanked(con) == [(2, "unknown_code", "Q1")]


# --- a fault in a row ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason", "message"),
    [
        (";0101;1;3;;;", "missing_value", "row 3, column ID: the value is missing"),
        ("b;;1;3;;;", "missing_value", "row 3, column Enhet: the value is missing"),
        ("b;0101;;3;;;", "missing_value", "row 3, column Rolle: the value is missing"),
        (
            "b;0999;1;3;;;",
            "unknown_unit",
            "row 3, column Enhet: «0999» is not known in the organisation of 2031",
        ),
        (
            "b;0101;5;3;;;",
            "unknown_code",
            "row 3, column Rolle: «5» is not one of the codes 1, 2, 3",
        ),
        (
            "b;0101;1;3;;;;9",
            "wrong_number_of_fields",
            "row 3: has 8 fields, the headings are 7",
        ),
    ],
)
def test_a_fault_in_the_row_sets_it_aside_naming_row_column_and_value(
    con: Connection, tmp_path: Path, row: str, reason: str, message: str
) -> None:
    load = load_rows(con, tmp_path, "a;0101;1;3;;;2", row, "c;0102;1;3;;;2")
    assert (load.rows_in, load.rows_kept, load.rows_quarantined) == (3, 2, 1)
    assert kept(con, "respondent_id") == [("a",), ("c",)]
    assert aside(con) == [(3, reason)]
    assert messages(con) == [message]


def test_a_row_with_too_few_fields_in_the_middle_is_set_aside(
    con: Connection, tmp_path: Path
) -> None:
    load = load_rows(con, tmp_path, "a;0101;1;3;;;2", "b;0101", "c;0102;1;3;;;2")
    assert load.fault is None
    assert aside(con) == [(3, "wrong_number_of_fields")]
    assert messages(con)[0].startswith("row 3: has 2 fields, the headings are 7; row 3, column ")


def test_what_is_set_aside_keeps_the_cells_that_are_read(con: Connection, tmp_path: Path) -> None:
    load_rows(con, tmp_path, "a;0999;1;3;;;2")
    (content,) = con.execute("select content::json from raw.quarantine").fetchall()[0]
    assert content == (
        '{"ID":"a","Enhet":"0999","Rolle":"1","Q1":"3","Q2L":null,"Q2T":null,"Q3":"2"}'
    )


# --- the same respondent twice ---------------------------------------------------------------


def test_of_rows_that_say_the_same_the_first_is_kept(con: Connection, tmp_path: Path) -> None:
    load = load_rows(con, tmp_path, *["a;0101;1;3;;;2"] * 3, "b;0101;1;3;;;2")
    assert (load.rows_kept, load.rows_quarantined) == (2, 2)
    assert kept(con, "source_row", "respondent_id") == [(2, "a"), (5, "b")]
    assert aside(con) == [(3, "repeated_row"), (4, "repeated_row")]
    assert messages(con)[0] == ("row 3: the same ID stands in row 2 with the same content")


@pytest.mark.parametrize("other", ["a;0101;1;1;;;2", "a;0102;1;3;;;2", "a;0101;1;;;;2"])
def test_rows_of_one_respondent_that_differ_are_all_set_aside(
    con: Connection, tmp_path: Path, other: str
) -> None:
    load_rows(con, tmp_path, "a;0101;1;3;;;2", "a;0101;1;3;;;2", other, "b;0101;1;3;;;2")
    assert kept(con, "respondent_id") == [("b",)]
    assert aside(con) == [(row, "conflicting_rows") for row in (2, 3, 4)]
    assert "none of them can be trusted" in messages(con)[2]


def test_a_row_set_aside_for_a_fault_does_not_make_another_a_repetition(
    con: Connection, tmp_path: Path
) -> None:
    load_rows(con, tmp_path, "a;0999;1;3;;;2", "a;0101;1;3;;;2")
    assert kept(con, "source_row", "respondent_id") == [(3, "a")]
    assert aside(con) == [(2, "unknown_unit")]


def test_respondents_whose_ids_differ_in_case_are_two(con: Connection, tmp_path: Path) -> None:
    load_rows(con, tmp_path, "a;0101;1;3;;;", "A;0101;1;2;;;")
    assert kept(con, "respondent_id") == [("a",), ("A",)]


# --- what is left at the door ----------------------------------------------------------------


def test_free_text_that_no_codebook_reads_reaches_no_table(con: Connection, tmp_path: Path) -> None:
    secret = "Jeg jobber med Kari på skranken"
    load = load_rows(
        con,
        tmp_path,
        f"a;0101;1;3;;;2;{secret};{secret}",
        f"b;0999;1;3;;;2;{secret};{secret}",
        f"c;0101;1;8;;;2;{secret};{secret}",
        f"c;0101;1;2;;;2;{secret};{secret}",
        headings=f"{HEADINGS};Kommentar;Annet",
    )
    assert (load.rows_kept, load.rows_quarantined) == (1, 3)
    assert load.not_read == ("Kommentar", "Annet")
    assert "0999" in everything(con)
    assert "Kari" not in everything(con)


def test_free_text_in_a_row_with_too_many_fields_reaches_no_table(
    con: Connection, tmp_path: Path
) -> None:
    load_rows(con, tmp_path, "a;0101;1;3;;;2;Om Kari", "b;0101;1;3;;;2")
    assert aside(con) == [(2, "wrong_number_of_fields")]
    assert "Kari" not in everything(con)


# --- what is told ----------------------------------------------------------------------------


def test_what_was_set_aside_is_told_by_reason_and_no_small_count_of_it(
    con: Connection, tmp_path: Path
) -> None:
    load_rows(con, tmp_path, "a;0999;1;3;;;2", "b;0999;1;3;;;2", "c;0101;1;8;;;2")
    assert quarantine_by_reason(con, "domain = 'survey'") == [
        {
            "domain": "survey",
            "file": "puls_2031.csv",
            "level": level,
            "reason": reason,
            "column": column,
            "rows": rows,
        }
        for level, reason, column, rows in [
            ("answer", "unknown_code", "Q1", None),
            ("row", "unknown_unit", "Enhet", None),
        ]
    ]


def test_the_profile_counts_answers_among_those_who_were_asked(
    con: Connection, tmp_path: Path
) -> None:
    load_rows(
        con,
        tmp_path,
        "a;0101;1;3;;;2",  # staff
        "b;0101;1;8;;;",  # staff; Q1 blanked, Q3 empty
        "c;0101;2;1;1;;",  # leader
        "d;0101;3;;;2;1",  # union representative; Q1 empty, Q3 not asked and blanked
        "e;0999;1;3;;;2",  # set aside
    )
    assert profile(con) == {
        "respondent_id": (4, 4, 0),
        "unit_code": (4, 4, 0),
        "role": (4, 4, 0),
        "q_room": (4, 2, 1),
        "q_involved": (2, 2, 0),
        "q_measures": (2, 1, 1),
    }


# --- rows of the organisation ----------------------------------------------------------------


def test_a_unit_below_one_that_is_not_there_is_set_aside(con: Connection, tmp_path: Path) -> None:
    text = organisation_csv(
        {"Enhetsnr": "NAV", "Nivå": "NAV"},
        {"Enhetsnr": "0101", "Overordnet enhet": "NAV"},
        {"Enhetsnr": "0102", "Overordnet enhet": "ATL"},
    )
    load_organisation(con, tmp_path, text)
    assert kept(con, "unit_code", table="organisation") == [("NAV",), ("0101",)]
    assert messages(con) == [
        "row 4, column Overordnet enhet: «ATL» is not known in the organisation of 2031"
    ]


def test_a_unit_may_stand_once_in_each_period(con: Connection, tmp_path: Path) -> None:
    load_organisation(con, tmp_path, organisation_csv({"År": "2030"}, {"År": "2031"}))
    assert kept(con, "period", "unit_code", table="organisation") == [
        (2030, "0101"),
        (2031, "0101"),
    ]


def test_a_survey_is_checked_against_the_organisation_of_its_own_period(
    con: Connection, tmp_path: Path
) -> None:
    units = organisation_csv({"År": "2030", "Enhetsnr": "0999"}, {"År": "2031"})
    load_survey(con, tmp_path, ("puls_2031.csv", survey_csv("a;0999;1;3;;;")), units=units)
    assert aside(con) == [(2, "unknown_unit")]
