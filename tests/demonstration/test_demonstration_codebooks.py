"""The codebooks and the demonstration files fit each other."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

YEARS = (2017, 2023, 2025)

CODEBOOKS = Path(__file__).parents[2] / "seeds" / "codebooks"
MARKS = {"Datagrunnlag", "DATAGRUNNLAG"}


def codebook(year: int) -> dict[str, Any]:
    return YAML(typ="safe").load(CODEBOOKS / f"medarbeiderundersokelsen_{year}.yml")


@pytest.mark.parametrize("year", YEARS)
def test_every_column_of_the_file_is_named_by_the_codebook_and_every_named_one_is_there(
    waves: dict[int, pd.DataFrame], year: int
) -> None:
    book = codebook(year)
    named = [
        book["respondent_id"],
        book["unit_code"],
        book["role"]["column"],
        *book["not_read"],
        *(asked["column"] for question in book["questions"] for asked in question["asked"]),
    ]
    assert len(named) == len(set(named))
    assert set(named) == set(waves[year].columns) - MARKS


@pytest.mark.parametrize("year", YEARS)
def test_every_cell_is_an_answer_of_its_scale(waves: dict[int, pd.DataFrame], year: int) -> None:
    book = codebook(year)
    says = "code" if book["cells"] == "code" else "nb"
    for question in book["questions"]:
        answers = {answer[says] for answer in book["scales"][question["scale"]]}
        for asked in question["asked"]:
            cells = set(waves[year][asked["column"]].dropna())
            assert cells, asked["column"]
            assert cells <= answers, asked["column"]


@pytest.mark.parametrize("year", YEARS)
def test_every_role_in_the_file_is_known_and_only_those_asked_have_answered(
    waves: dict[int, pd.DataFrame], year: int
) -> None:
    book, wave = codebook(year), waves[year]
    says = wave[book["role"]["column"]]
    if book["cells"] == "code":
        says = says.astype(int).astype(str)
    roles = says.map(book["role"]["codes"])
    assert set(roles) == {"staff", "leader", "union_rep", "safety_rep"}
    for question in book["questions"]:
        for asked in question["asked"]:
            assert set(roles[wave[asked["column"]].notna()]) == set(asked["of"])


@pytest.mark.parametrize("year", YEARS)
def test_every_scale_has_distinct_codes_and_labels_and_both_ends(year: int) -> None:
    for name, answers in codebook(year)["scales"].items():
        for key in ("code", "nb", "en"):
            assert len({answer[key] for answer in answers}) == len(answers), name
        assert {"positive", "negative", "missing"} <= {answer["class"] for answer in answers}


@pytest.mark.parametrize(
    ("year", "earlier", "broken"),
    [
        (2023, 2017, {"factor_performance_management": "scale"}),
        (2025, 2023, {"hindrance_to_trust": "wording"}),
    ],
)
def test_a_question_refers_to_the_earlier_wave_where_it_was_asked_and_says_what_broke(
    year: int, earlier: int, broken: dict[str, str]
) -> None:
    asked_before = {question["id"]: question for question in codebook(earlier)["questions"]}
    book, before = codebook(year), codebook(earlier)
    for question in book["questions"]:
        compared = question.get("comparable_with")
        if question["id"] not in asked_before:
            assert compared is None
            continue
        was = asked_before[question["id"]]
        assert compared["wave"] == str(earlier)
        assert compared["break"] == broken.get(question["id"], "none")
        assert ("note" in compared) == (question["id"] in broken)
        same_scale = book["scales"][question["scale"]] == before["scales"][was["scale"]]
        assert same_scale == (compared["break"] != "scale")
        same_wording = [a["wording"] for a in question["asked"]] == [
            a["wording"] for a in was["asked"]
        ]
        assert same_wording == (compared["break"] != "wording")


def test_eight_of_thirteen_factors_are_marked_as_illustrative() -> None:
    for year in (2023, 2025):
        factors = [
            q for q in codebook(year)["questions"] if q.get("battery") == "discretion_factors"
        ]
        assert len(factors) == 13
        assert sum(factor.get("is_illustrative", False) for factor in factors) == 8
