"""Which nodes and roles are hidden, from the warehouse: three units, with staff and leaders."""

from collections.abc import Callable, Iterator

import duckdb
import pytest

from dagster_project.disclosure.pattern import Row, hidden_in
from dagster_project.disclosure.rules import read_rules
from dagster_project.settings import PROJECT

RULES = read_rules(PROJECT / "seeds")
WAVE = "2023"
RESPONDENTS = {  # by unit: staff and leaders
    "0101": (20, 4),
    "0102": (14, 5),
    "0103": (5, 2),
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for schema in ("intermediate", "staging", "reference"):
            connection.execute(f"create schema {schema}")
        connection.execute("""
            create table intermediate.int_survey__unit_nodes as
            select '2023' as wave, unit_code, unnest([unit_code, 'AREA']) as node_id,
                unnest(['unit', 'nav']) as level
            from (values ('0101'), ('0102'), ('0103')) as units (unit_code);
            create table intermediate.int_survey__carried_units (
                wave varchar, node_wave varchar, node_id varchar, level varchar,
                unit_code varchar, relation varchar);
            create table reference.role_members as from (values ('all', 'staff'),
                ('all', 'leader'), ('staff', 'staff'), ('leader', 'leader'))
                as members (role_id, respondent_role);
            create table intermediate.int_survey__asked_roles as
            select '2023' as wave, 'time' as question_id, * from reference.role_members;
            create table intermediate.int_survey__response (
                wave varchar, node_id varchar, role_id varchar, response_rate double);
            create table staging.stg_survey__responses (
                wave varchar, unit_code varchar, respondent_role varchar);
            create table intermediate.int_survey__answer_counts (
                wave varchar, question_id varchar, unit_code varchar, respondent_role varchar,
                answer_class varchar, n integer);
            create table intermediate.int_survey__cells (
                wave varchar, area_node_id varchar, respondent_role varchar, stratum_id varchar);
            create table intermediate.int_survey__strata (
                wave varchar, stratum_id varchar, weight double);
            create table intermediate.int_survey__sums (
                wave varchar, node_wave varchar, question_id varchar, node_id varchar,
                role_id varchar, is_weighted boolean, may_be_weighted boolean, n_answered integer);
        """)
        for unit, counts in RESPONDENTS.items():
            for role, n in zip(("staff", "leader"), counts, strict=True):
                connection.execute(
                    "insert into staging.stg_survey__responses select '2023', ?, ? from range(?)",
                    [unit, role, n],
                )
                third = n // 3
                split = (("negative", third), ("neutral", third), ("positive", n - 2 * third))
                for answer, of_it in split:
                    connection.execute(
                        "insert into intermediate.int_survey__answer_counts "
                        "values ('2023', 'time', ?, ?, ?, ?)",
                        [unit, role, answer, of_it],
                    )
        yield connection


@pytest.fixture
def hidden(con: duckdb.DuckDBPyConnection) -> Callable[..., set[tuple[str, str]]]:
    def of(question: str = "", **seen: bool) -> set[tuple[str, str]]:
        before: dict[Row, bool] = {
            (WAVE, WAVE, question, node.strip("_"), "all"): is_shown
            for node, is_shown in seen.items()
        }
        rows = hidden_in(con, WAVE, RULES, before, is_secondary=True)
        return {(node, role) for _, _, of_question, node, role in rows if of_question == question}

    return of


def test_a_small_unit_takes_the_next_smallest_with_it(
    hidden: Callable[..., set[tuple[str, str]]],
) -> None:
    assert hidden() == {("0103", "all"), ("0102", "all")}


def test_whoever_is_hidden_among_all_is_hidden_in_every_question(
    hidden: Callable[..., set[tuple[str, str]]],
) -> None:
    assert hidden() <= hidden("time")


def test_a_group_of_which_too_few_answered_is_hidden(
    con: duckdb.DuckDBPyConnection, hidden: Callable[..., set[tuple[str, str]]]
) -> None:
    con.execute(
        "insert into intermediate.int_survey__response values ('2023', '0101', 'all', 0.04)"
    )
    assert ("0101", "all") in hidden()


def test_what_a_release_has_shown_protects_nobody(
    hidden: Callable[..., set[tuple[str, str]]],
) -> None:
    assert hidden(_0102=True) == {("0103", "all"), ("0101", "all")}


def test_what_a_release_hides_stays_hidden(
    hidden: Callable[..., set[tuple[str, str]]],
) -> None:
    assert ("0101", "all") in hidden(_0101=False)
