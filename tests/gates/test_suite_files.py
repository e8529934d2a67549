"""The suites as files: complete, of one form, and with words for each demand."""

import json
from collections import Counter
from typing import Any

import pytest
from ruamel.yaml import YAML

from dagster_project.disclosure.protect import Protection, protection_of
from dagster_project.ingest.domains import read_domains
from dagster_project.settings import PROJECT
from tests.gates.spoiling import SPOILERS, columns_in
from tests.gates.suite_runs import (
    EXPECTATIONS,
    LIKE_GOAL_1,
    SUITES,
    expectations_of,
    read_suite,
)

CODEBOOK_TABLES = ["codebook_answer", "codebook_question", "codebook_question_indicator"]
BOOKKEEPING = ["raw_column_profile", "raw_input_file"]
# Row counts and column names are what these find; the others would find values of the data.
FINDS_NO_VALUE = set(SPOILERS)


def marts() -> list[dict[str, Any]]:
    """The marts as dbt describes them."""
    path = PROJECT / "dbt" / "models" / "marts" / "_marts__models.yml"
    found: list[dict[str, Any]] = YAML(typ="safe").load(path)["models"]
    return found


def protections() -> list[Protection]:
    return [protection_of(mart) for mart in marts()]


def column_set(suite: str) -> set[str]:
    sets = [
        e["kwargs"]["column_set"] for e in expectations_of(suite) if "column_set" in e["kwargs"]
    ]
    return set(sets[0])


def test_each_table_that_is_gated_has_a_suite_and_no_suite_is_left_over() -> None:
    raw = [t.table for domain in read_domains(PROJECT / "seeds") for t in domain.tables]
    protected = [f"protected_{p.mart}" for p in protections() if p.counts]

    gated = {
        *(f"raw_{table}" for table in [*raw, *CODEBOOK_TABLES]),
        *BOOKKEEPING,
        *(mart["name"] for mart in marts()),
        *protected,
        "protected_table",
    }
    assert set(SUITES) == gated


@pytest.mark.parametrize("mart", marts(), ids=lambda mart: mart["name"])
def test_the_suite_of_a_mart_knows_all_its_columns(mart: dict[str, Any]) -> None:
    assert column_set(mart["name"]) == {column["name"] for column in mart["columns"]}


@pytest.mark.parametrize("protection", [p for p in protections() if p.counts], ids=lambda p: p.mart)
def test_the_suite_of_a_protected_mart_watches_every_column_that_is_protected(
    protection: Protection,
) -> None:
    suite = f"protected_{protection.mart}"
    expectations = expectations_of(suite)
    emptied = [
        e["kwargs"]["column"]
        for e in expectations
        if e["type"] == "expect_column_values_to_be_null"
        and e["kwargs"]["row_condition"]["parameter"] == "withheld"
    ]
    counted = [
        e["kwargs"]["column"]
        for e in expectations
        if e["kwargs"].get("min_value") == {"$PARAMETER": "minimum_respondents"}
    ]

    assert {*protection.protects, "status"} <= column_set(suite)
    assert sorted(emptied) == sorted(protection.protects)
    assert sorted(counted) == sorted(protection.counts)


@pytest.mark.parametrize("suite", SUITES)
def test_a_suite_file_has_its_name_its_table_and_one_form(suite: str) -> None:
    text = (EXPECTATIONS / f"{suite}.json").read_text("utf-8")
    content = read_suite(suite)

    assert list(content) == ["name", "meta", "expectations"]
    assert content["name"] == suite
    assert {"table", "row_is_nb", "row_is_en"} <= content["meta"].keys()
    assert text == json.dumps(content, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("suite", SUITES)
def test_each_expectation_says_in_two_languages_what_it_demands_and_no_two_say_the_same(
    suite: str,
) -> None:
    said: Counter[tuple[str, str, str | None]] = Counter()
    for expectation in expectations_of(suite):
        meta, kwargs = expectation["meta"], expectation["kwargs"]
        for language in ("nb", "en"):
            assert meta[language]
            assert not meta[language].endswith(".")
            said[language, meta[language], kwargs.get("column")] += 1
        assert meta["nb"] != meta["en"]

    assert not [words for words, times in said.items() if times > 1]


@pytest.mark.parametrize("suite", SUITES)
def test_each_expectation_lists_the_columns_of_its_condition(suite: str) -> None:
    for expectation in expectations_of(suite):
        used = sorted(set(columns_in(expectation["kwargs"].get("row_condition"))))
        assert expectation["meta"].get("condition_columns", []) == used


@pytest.mark.parametrize("suite", SUITES)
def test_no_suite_uses_an_expectation_whose_finding_would_hold_a_value(suite: str) -> None:
    assert {expectation["type"] for expectation in expectations_of(suite)} <= FINDS_NO_VALUE


@pytest.mark.parametrize("suite", SUITES)
def test_no_suite_names_rows_by_what_could_point_to_a_person(suite: str) -> None:
    names = set(read_suite(suite)["meta"].get("names_rows_by", []))

    assert not names & {"respondent_id", "role", "role_id", "node_id", "value", "n"}
    if suite == "raw_survey" or suite.startswith(("mart_goal", "mart_scorecard", "protected")):
        assert not names


@pytest.mark.parametrize("suite", LIKE_GOAL_1)
def test_the_suites_of_the_goals_differ_in_the_number_of_the_goal_alone(suite: str) -> None:
    stem, number = suite[:-1], suite[-1]
    words = ("mart_goal_{}", "målet er {}", "the goal is {}", '"value_set": [{}]')
    of_goal_1 = json.dumps(read_suite(f"{stem}1"), ensure_ascii=False)
    for word in words:
        of_goal_1 = of_goal_1.replace(word.format(1), word.format(number))

    assert json.dumps(read_suite(suite), ensure_ascii=False) == of_goal_1


def test_the_survey_suite_names_no_question() -> None:
    text = (EXPECTATIONS / "raw_survey.json").read_text("utf-8")

    assert "q_" not in text
    assert "question" not in text
