"""Surveys of other forms than NAV's own: what the file has not, the codebook says instead."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.ingest.load import load_domain
from tests.ingest.small import (
    CODEBOOK,
    DOMAINS,
    aside,
    blanked,
    codebook,
    kept,
    load_organisation,
    load_survey,
    messages,
    organisation_csv,
    survey_csv,
)

Connection = duckdb.DuckDBPyConnection


def changed(*changes: tuple[str, str], text: str = CODEBOOK) -> str:
    """The small codebook with each of these changes."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


NO_ID = ("respondent_id: ID\n", "")
NO_UNIT = ("unit_code: Enhet\n", "")
TWO_WAVES = (
    '  "2031": {title: {nb: Puls 2031, en: Pulse 2031}, organisation_period: 2031}\n',
    '  "2030": {title: {nb: Puls 2030, en: Pulse 2030}, organisation_period: 2030}\n'
    '  "2031": {title: {nb: Puls 2031, en: Pulse 2031}, organisation_period: 2031}\n'
    'wave: {column: Runde, codes: {"1": "2030", "2": "2031"}}\n',
)
NO_ROLE = ('role: {column: Rolle, codes: {"1": staff, "2": leader, "3": union_rep}}', "role: all")
TO_EVERYBODY = changed(
    NO_ROLE,
    ("of: [staff, leader, union_rep], ", ""),
    ("of: [staff], ", ""),
    ("      - {column: Q2L, of: [leader], ", "      - {column: Q2L, "),
    (
        "      - {column: Q2T, of: [union_rep], wording: {nb: Jeg er involvert., "
        "en: I am involved.}}\n",
        "",
    ),
)
IN_TWO_YEARS = organisation_csv(
    {"År": "2030", "Enhetsnr": "0101"},
    {"År": "2031", "Enhetsnr": "0101"},
    {"År": "2031", "Enhetsnr": "0102"},
)


# --- columns that are not there --------------------------------------------------------------


def test_where_there_is_no_number_the_row_is_its_own(con: Connection, tmp_path: Path) -> None:
    rows = ["0101;1;3;;;2", "0101;1;3;;;2", "0999;1;3;;;2"]
    text = survey_csv(*rows, headings="Enhet;Rolle;Q1;Q2L;Q2T;Q3")
    (load,) = load_survey(con, tmp_path, ("puls_2031.csv", text), described=changed(NO_ID))
    assert (load.fault, load.rows_kept, load.rows_quarantined) == (None, 2, 1)
    assert kept(con, "wave", "respondent_id") == [("2031", "2"), ("2031", "3")]


def test_where_there_is_no_unit_it_is_empty_and_no_organisation_is_asked_for(
    con: Connection, tmp_path: Path
) -> None:
    text = survey_csv("a;1;3;;;2", headings="ID;Rolle;Q1;Q2L;Q2T;Q3")
    of_another_year = organisation_csv({"År": "2030"})
    (load,) = load_survey(
        con, tmp_path, ("puls_2031.csv", text), units=of_another_year, described=changed(NO_UNIT)
    )
    assert (load.fault, load.rows_kept) == (None, 1)
    assert kept(con, "unit_code", "role") == [(None, "staff")]


def test_where_there_is_no_role_everybody_has_the_one_of_the_codebook(
    con: Connection, tmp_path: Path
) -> None:
    text = survey_csv("a;0101;3;1;2", headings="ID;Enhet;Q1;Q2L;Q3")
    (load,) = load_survey(con, tmp_path, ("puls_2031.csv", text), described=TO_EVERYBODY)
    assert (load.fault, load.answers_blanked) == (None, 0)
    assert kept(con, "role", "q_room", "q_involved", "q_measures") == [("all", 3, 1, 2)]


def test_in_a_survey_of_leaders_alone_every_question_was_put_to_leaders() -> None:
    book = codebook(changed(("role: all", "role: leader"), text=TO_EVERYBODY))
    assert {row["asked_of"] for row in book.question_rows()} == {"leader"}


def test_with_a_column_of_roles_a_question_without_of_was_put_to_all_of_them() -> None:
    book = codebook(changed(("of: [staff], ", "")))
    rows = {row["question_id"]: row["asked_of"] for row in book.question_rows()}
    assert rows["measures"] == "staff,leader,union_rep"


# --- several waves in one file ---------------------------------------------------------------


def test_one_file_may_hold_several_waves_each_with_its_organisation(
    con: Connection, tmp_path: Path
) -> None:
    text = survey_csv(
        "1;a;0101;1;3;;;2",
        "2;a;0102;1;1;;;2",
        "1;b;0102;1;3;;;2",  # a unit of 2031 only
        headings="Runde;ID;Enhet;Rolle;Q1;Q2L;Q2T;Q3",
    )
    (load,) = load_survey(
        con,
        tmp_path,
        ("puls_2031.csv", text),
        units=IN_TWO_YEARS,
        described=changed(TWO_WAVES),
    )
    assert (load.rows_in, load.rows_kept, load.rows_quarantined) == (3, 2, 1)
    assert kept(con, "wave", "respondent_id", "q_room") == [("2030", "a", 3), ("2031", "a", 1)]
    assert messages(con) == ["row 4, column Enhet: «0102» is not known in the organisation of 2030"]


def test_a_row_of_a_wave_that_the_codebook_does_not_know_is_set_aside_for_that_alone(
    con: Connection, tmp_path: Path
) -> None:
    text = survey_csv(
        "3;a;0101;1;3;;;2",
        ";b;0101;1;3;;;2",
        "1;c;0101;1;3;;;2",
        headings="Runde;ID;Enhet;Rolle;Q1;Q2L;Q2T;Q3",
    )
    load_survey(
        con, tmp_path, ("puls_2031.csv", text), units=IN_TWO_YEARS, described=changed(TWO_WAVES)
    )
    assert aside(con) == [(2, "unknown_code"), (3, "missing_value")]
    assert messages(con) == [
        "row 2, column Runde: «3» is not one of the codes 1, 2",
        "row 3, column Runde: the value is missing",
    ]


def test_a_wave_whose_organisation_is_not_there_refuses_the_file_only_where_it_has_rows(
    con: Connection, tmp_path: Path
) -> None:
    headings = "Runde;ID;Enhet;Rolle;Q1;Q2L;Q2T;Q3"
    of_2031 = organisation_csv({"År": "2031"})
    newer = survey_csv("2;a;0101;1;3;;;2", headings=headings)
    (load,) = load_survey(
        con, tmp_path, ("puls_2031.csv", newer), units=of_2031, described=changed(TWO_WAVES)
    )
    assert (load.fault, load.rows_kept) == (None, 1)
    both = survey_csv("2;a;0101;1;3;;;2", "1;a;0101;1;3;;;2", headings=headings)
    (load,) = load_survey(
        con, tmp_path, ("puls_2031.csv", both), units=of_2031, described=changed(TWO_WAVES)
    )
    assert load.fault == (
        "the organisation holds no period 2030, which the codebook names; deliver it to the inbox"
    )


def test_of_files_that_share_a_wave_none_is_read_whatever_else_they_hold(
    con: Connection, tmp_path: Path
) -> None:
    described = changed(
        (
            'codes: {"1": "2030", "2": "2031"}',
            'codes: {"1": "2030", "2": "2031", "3": "2032", "4": "2033"}',
        ),
        (
            "wave: {column",
            '  "2032": {title: {nb: Puls 2032, en: Pulse 2032}, organisation_period: 2031}\n'
            '  "2033": {title: {nb: Puls 2033, en: Pulse 2033}, organisation_period: 2031}\n'
            "wave: {column",
        ),
        text=changed(TWO_WAVES),
    )

    def of_waves(*codes: str) -> str:
        rows = [f"{code};a;0101;1;3;;;2" for code in codes]
        return survey_csv(*rows, headings="Runde;ID;Enhet;Rolle;Q1;Q2L;Q2T;Q3")

    first, second, third, alone = load_survey(
        con,
        tmp_path,
        ("puls_2031_a.csv", of_waves("1")),
        ("puls_2031_b.csv", of_waves("2")),
        ("puls_2031_c.csv", of_waves("2", "1")),
        ("puls_2031_d.csv", of_waves("3", "4")),
        units=IN_TWO_YEARS,
        described=described,
    )
    assert "puls_2031_a.csv and puls_2031_c.csv both hold wave 2030" in str(first.fault)
    assert "puls_2031_b.csv and puls_2031_c.csv both hold wave 2031" in str(second.fault)
    assert third.fault == f"{first.fault}; {second.fault}"
    assert (alone.fault, kept(con, "wave")) == (None, [("2032",), ("2033",)])


def test_a_file_of_several_waves_that_has_kept_its_fingerprint_is_not_read_again(
    con: Connection, tmp_path: Path
) -> None:
    load_organisation(con, tmp_path, IN_TWO_YEARS)
    file = tmp_path / "puls_2031.csv"
    headings = "Runde;ID;Enhet;Rolle;Q1;Q2L;Q2T;Q3"
    file.write_text(
        survey_csv("1;a;0101;1;3;;;2", "2;a;0101;1;3;;;2", headings=headings), encoding="utf-8"
    )
    books = [codebook(changed(TWO_WAVES))]
    reads = [load_domain(con, DOMAINS["survey"], [file], books)[0] for _ in range(2)]
    assert [load.is_unchanged for load in reads] == [False, True]
    of_2030 = organisation_csv({"År": "2030", "Enhetsnr": "0909"}, {"År": "2031"})
    load_organisation(con, tmp_path, of_2030)
    (load,) = load_domain(con, DOMAINS["survey"], [file], books)
    assert (load.is_unchanged, load.rows_quarantined) == (False, 1)


def test_a_question_is_compared_with_the_wave_before_and_the_first_with_what_it_names() -> None:
    compared = changed(
        ("  - id: involved", '    comparable_with: {wave: "2029", break: none}\n  - id: involved'),
        text=changed(TWO_WAVES),
    )
    earlier = changed(
        ('"2031": {title', '"2029": {title'),
        ("organisation_period: 2031", "organisation_period: 2029"),
    )
    book = codebook(compared, earlier)
    found = {
        (row["wave"], row["question_id"]): (row["comparable_wave"], row["comparability_break"])
        for row in book.question_rows()
    }
    assert found["2030", "room"] == ("2029", "none")
    assert found["2031", "room"] == ("2030", "none")
    assert found["2030", "measures"] == (None, None)
    assert found["2031", "measures"] == ("2030", "none")
    assert {row["wave"] for row in book.answer_rows()} == {"2030", "2031"}
    assert {row["wave"] for row in book.indicator_rows()} == {"2030", "2031"}


# --- scales ----------------------------------------------------------------------------------

STEPS = {
    "negative codes, without a middle": {-2: "negative", -1: "negative", 0: "positive"},
    "from 0 to 10": {n: "negative" if n < 5 else "positive" for n in range(11)},
    "reversed": {1: "positive", 2: "positive", 3: "negative", 4: "negative"},
    "seven steps": {n: ("negative", "neutral", "positive")[(n > 3) + (n > 4)] for n in range(1, 8)},
}


@pytest.mark.parametrize("classes", STEPS.values(), ids=STEPS)
def test_a_scale_may_have_other_codes_and_another_number_of_steps(
    con: Connection, tmp_path: Path, classes: dict[int, str]
) -> None:
    steps = "".join(
        f"    - {{code: {code}, class: {kind}, nb: Svar {code}, en: Answer {code}}}\n"
        for code, kind in classes.items()
    )
    missing = "    - {code: -99, class: missing, nb: Ikke relevant, en: Not relevant}\n"
    start, end = CODEBOOK.index("    - {code: 1"), CODEBOOK.index("questions:")
    described = CODEBOOK[:start] + steps + missing + CODEBOOK[end:]
    rows = [f"r{n};0101;1;{code};;;" for n, code in enumerate([*classes, -99, 77])]
    (load,) = load_survey(con, tmp_path, ("puls_2031.csv", survey_csv(*rows)), described=described)
    assert kept(con, "q_room") == [(code,) for code in [*classes, -99, None]]
    assert load.answers_blanked == 1
    answers = [a for a in codebook(described).answer_rows() if a["question_id"] == "room"]
    assert [a["answer_class"] for a in answers] == [*classes.values(), "missing"]


def test_an_answer_may_say_for_itself_what_its_cells_say(con: Connection, tmp_path: Path) -> None:
    described = changed(
        ("nb: Enig, en: Agree}", 'nb: Enig, en: Agree, cell: "3 - Enig"}'),
        ("nb: Vet ikke, en: Do not know}", "nb: Vet ikke, en: Do not know, cell: N/A}"),
    )
    rows = ["a;0101;1;1;;;", "b;0101;1;2.0;;;", "c;0101;1;3 - enig;;;", "d;0101;1;n/a;;;"]
    load_survey(
        con,
        tmp_path,
        ("puls_2031.csv", survey_csv(*rows, "e;0101;1;3;;;", "f;0101;1;9;;;")),
        described=described,
    )
    assert kept(con, "q_room") == [(1,), (2,), (3,), (9,), (None,), (None,)]
    assert blanked(con) == [(6, "unknown_code", "Q1"), (7, "unknown_code", "Q1")]


def test_cells_may_hold_the_english_labels(con: Connection, tmp_path: Path) -> None:
    described = changed(("cells: code", "cells: label_en"))
    rows = ["a;0101;1;disagree;;;", "b;0101;1;Do not know;;;", "c;0101;1;Uenig;;;"]
    load_survey(con, tmp_path, ("puls_2031.csv", survey_csv(*rows)), described=described)
    assert kept(con, "q_room") == [(1,), (9,), (None,)]
