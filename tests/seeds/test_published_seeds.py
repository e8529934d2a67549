"""What the published figures and findings say. They are quotations: the values stand literally."""

from collections import Counter
from collections.abc import Callable

import pytest

Seed = Callable[[str], list[dict[str, str]]]
Table = dict[str, dict[str, str]]

COMPARATORS = {"exact", "about", "nearly", "at_least", "at_most", "more_than", "range"}
UNITS = {"count", "percent", "rank", "NOK", "person-years", "percent reduction"}


@pytest.fixture(scope="module")
def figures(seed: Seed) -> Table:
    return {row["figure_id"]: row for row in seed("published/published_figures")}


def test_there_are_51_figures_each_with_its_own_id(seed: Seed) -> None:
    ids = [row["figure_id"] for row in seed("published/published_figures")]
    assert len(ids) == len(set(ids)) == 51


def test_there_are_30_findings_each_with_its_own_id(seed: Seed) -> None:
    ids = [row["finding_id"] for row in seed("published/published_findings")]
    assert ids == [f"F-{number:02}" for number in range(1, 31)]


def test_each_source_gives_as_many_figures_as_it_published(figures: Table) -> None:
    assert Counter(row["source_id"] for row in figures.values()) == {
        "delrapport1": 30,
        "agenda2024": 11,
        "handlingsrom2017": 10,
    }


def test_each_goal_has_its_figures_and_findings(figures: Table, seed: Seed) -> None:
    findings = seed("published/published_findings")
    assert Counter(row["goal_id"] for row in figures.values()) == {
        "0": 18, "1": 5, "2": 3, "3": 1, "4": 21, "5": 3,
    }  # fmt: skip
    assert Counter(row["goal_id"] for row in findings) == {
        "1": 6, "2": 5, "3": 3, "4": 12, "5": 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("figure_id", "value", "value_high", "unit", "comparator", "period"),
    [
        ("DR1-01", "3660", "", "count", "exact", "2023"),
        ("DR1-07", "75.93", "", "percent", "exact", "2023"),
        ("DR1-08", "43.28", "", "percent", "exact", "2023"),
        ("DR1-09", "7", "", "rank", "exact", "2023"),
        ("DR1-11", "3", "", "rank", "at_most", "2023"),
        ("DR1-18", "50", "", "percent", "more_than", "2022"),
        ("DR1-19", "27", "", "percent", "exact", "2023"),
        ("DR1-20", "31", "", "percent", "exact", "2023"),
        ("DR1-21", "44", "", "percent", "exact", "2023"),
        ("DR1-22", "49", "", "percent", "exact", "2023"),
        ("DR1-23", "80", "", "percent", "exact", "2023"),
        ("DR1-24", "15", "30", "percent", "range", "2023"),
        ("DR1-29", "90", "", "percent", "nearly", "2022"),
        ("DR1-30", "80", "", "percent", "exact", "2022"),
        ("AG24-06", "10", "", "count", "exact", "2024"),
        ("AG24-07", "5", "", "count", "exact", "2024"),
        ("HU17-01", "90", "", "percent", "about", "2016"),
    ],
)
def test_a_figure_stands_as_it_was_published(
    figures: Table,
    figure_id: str,
    value: str,
    value_high: str,
    unit: str,
    comparator: str,
    period: str,
) -> None:
    row = figures[figure_id]
    assert (row["value"], row["value_high"], row["unit"]) == (value, value_high, unit)
    assert (row["comparator"], row["period"]) == (comparator, period)


def test_numbers_of_governing_directives_are_counts_by_receiver(figures: Table) -> None:
    counts = [figures[f"DR1-{number}"] for number in (12, 13, 14)]
    assert [row["value"] for row in counts] == ["212", "189", "58"]
    assert {row["unit"] for row in counts} == {"count"}
    assert [row["population_en"] for row in counts] == [
        "Letters to NAV fylke",
        "Letter to YL (ytelseslinjen)",
        "Letter to ØL (økonomilinjen)",
    ]


def test_shares_of_new_directives_are_percentages_by_sender(figures: Table) -> None:
    shares = [figures[f"DR1-{number}"] for number in (15, 16, 17)]
    assert [row["value"] for row in shares] == ["56", "16", "18"]
    assert {row["unit"] for row in shares} == {"percent"}
    for row, sender in zip(shares, ("ATA", "YA", "ØSA"), strict=True):
        assert f"sent by {sender}" in row["population_en"]
        assert f"fra {sender}" in row["population_nb"]


def test_units_and_comparators_are_known(figures: Table) -> None:
    assert {row["unit"] for row in figures.values()} <= UNITS
    assert {row["comparator"] for row in figures.values()} <= COMPARATORS


def test_only_a_range_has_an_upper_value_and_it_is_above_the_lower(figures: Table) -> None:
    for row in figures.values():
        is_range = row["comparator"] == "range"
        assert bool(row["value_high"]) == is_range, row["figure_id"]
        assert not is_range or float(row["value"]) < float(row["value_high"])


def test_trust_in_nav_is_not_among_goal_5s_figures(figures: Table) -> None:
    goal_5 = [row["measure_en"] for row in figures.values() if row["goal_id"] == "5"]
    assert not [text for text in goal_5 if "trust in nav" in text.lower()]
