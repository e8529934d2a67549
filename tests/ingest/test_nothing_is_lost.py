"""Whatever a survey file holds, each row is kept or set aside, and the counts say so.

The rules are written out a second time here, row by row in Python, and must give the same.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.ingest.load import load_domain
from tests.ingest.small import (
    DOMAINS,
    aside,
    codebook,
    kept,
    load_organisation,
    profile,
    survey_csv,
)

ROLES = {"1": "staff", "2": "leader", "3": "union_rep"}
SCALE = {"1", "2", "3", "9"}
# The fields behind ID, Enhet and Rolle: the question each belongs to, and whom it was put to.
ASKED = [
    ("q_room", {"1", "2", "3"}),
    ("q_involved", {"2"}),
    ("q_involved", {"3"}),
    ("q_measures", {"1"}),
]

Row = list[str]

answers = st.sampled_from(["", "", "1", "2", "3", "9", "7", "x"])
identities = st.tuples(
    st.sampled_from(["a", "b", "c", "d", ""]),
    st.sampled_from(["0101", "0101", "0102", "0999", ""]),
    st.sampled_from(["1", "1", "2", "3", "5", ""]),
)
shapes = st.sampled_from([7, 7, 7, 6, 8])
rows = st.tuples(identities, st.lists(answers, min_size=5, max_size=5), shapes)
LAST = ["z", "0101", "1", "3", "", "", "2"]  # a short last row refuses the file


def is_sound(row: Row) -> bool:
    return len(row) == 7 and bool(row[0]) and row[1] in {"0101", "0102"} and row[2] in ROLES


def answered(row: Row) -> dict[str, str]:
    """Question → answer, for the answers that count."""
    return {
        question: said
        for said, (question, roles) in zip(row[3:], ASKED, strict=True)
        if row[2] in roles and said in SCALE
    }


def bad_answers(row: Row) -> list[str]:
    """The question of each answer that is blanked."""
    return [
        question
        for said, (question, roles) in zip(row[3:], ASKED, strict=True)
        if said and (row[2] not in roles or said not in SCALE)
    ]


def kept_by_the_rules(table: dict[int, Row]) -> dict[int, Row]:
    """The sound rows, less repetitions and rows of one respondent that differ."""
    sound = {number: row for number, row in table.items() if is_sound(row)}
    result = {}
    for number, row in sound.items():
        same = {n: r for n, r in sound.items() if r[0] == row[0]}
        versions = {(r[1], r[2], *sorted(answered(r).items())) for r in same.values()}
        if len(versions) == 1 and number == min(same):
            result[number] = row
    return result


def profile_by_the_rules(expected: Sequence[Row]) -> dict[str, tuple[int, int, int]]:
    """Per column: cells that could be filled, cells filled, answers blanked."""
    everyone = (len(expected), len(expected), 0)
    counts = dict.fromkeys(["respondent_id", "unit_code", "role"], everyone)
    blanked = [question for row in expected for question in bad_answers(row)]
    for question in ("q_room", "q_involved", "q_measures"):
        put_to = {role for name, roles in ASKED if name == question for role in roles}
        counts[question] = (
            sum(row[2] in put_to for row in expected),
            sum(question in answered(row) for row in expected),
            blanked.count(question),
        )
    return counts


def test_each_row_is_kept_or_set_aside_and_every_count_agrees(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    load_organisation(con, tmp_path)
    file = tmp_path / "puls_2031.csv"

    @settings(max_examples=30, derandomize=True, database=None)
    @given(drawn=st.lists(rows, max_size=12))
    def holds(drawn: Sequence[tuple[tuple[str, ...], Row, int]]) -> None:
        delivered = [
            *([*identity, *said][:fields] for identity, said, fields in drawn),
            LAST,
        ]
        file.write_text(survey_csv(*(";".join(row) for row in delivered)), encoding="utf-8")
        table = {number: row for number, row in enumerate(delivered, start=2) if any(row)}
        expected = kept_by_the_rules(table)

        (load,) = load_domain(con, DOMAINS["survey"], [file], [codebook()])

        assert load.fault is None
        assert (load.rows_in, load.rows_kept) == (len(table), len(expected))
        assert load.rows_in == load.rows_kept + load.rows_quarantined
        kept_rows = [row for (row,) in kept(con, "source_row")]
        rows_aside = [row for row, _ in aside(con)]
        assert kept_rows == sorted(expected)
        assert sorted([*kept_rows, *rows_aside]) == sorted(table)
        assert load.answers_blanked == sum(len(bad_answers(row)) for row in expected.values())
        assert profile(con) == profile_by_the_rules([*expected.values()])

    holds()
