"""What each reference table holds by itself. Not here: whether what it calls by id exists."""

from collections import Counter
from collections.abc import Callable

import pytest

Seed = Callable[[str], list[dict[str, str]]]
Table = dict[str, dict[str, str]]

DOMAINS = {
    "survey", "directives", "user_survey", "pilots",
    "organisation", "activities", "measures", "published",
}  # fmt: skip
UNIT_OF_MEASURE = {
    "share": "share",
    "gap": "share_difference",
    "balance": "share_difference",
    "rank": "rank",
    "count": "count",
    "mean": "score",
    "battery": "none",
    "effect": "none",
}
STATISTICS = {"respondents", "share", "share_range", "rank_strength", "rank_positive", "items"}
KEYS = {
    "published/published_figures": ["figure_id"],
    "published/published_findings": ["finding_id"],
    "reference/goals": ["goal_id"],
    "reference/indicators": ["indicator_id"],
    "reference/roles": ["role_id"],
    "reference/role_members": ["role_id", "respondent_role"],
    "reference/sources": ["source_id"],
    "reference/reconciliation": ["figure_id"],
    "reference/user_scales": ["scale_id"],
    "reference/user_questions": ["question_id", "situation"],
    "reference/evidence_categories": ["kind", "category_id"],
    "reference/codes": ["code_list", "code_id"],
    "reference/letters": ["letter_type"],
    "reference/letter_groups": ["group_id"],
    "reference/directive_categories": ["indicator_id", "category_id"],
}


@pytest.fixture(scope="module")
def indicators(seed: Seed) -> Table:
    return {row["indicator_id"]: row for row in seed("reference/indicators")}


@pytest.mark.parametrize("name", KEYS)
def test_no_two_rows_share_a_key(seed: Seed, name: str) -> None:
    keys = [tuple(row[column] for column in KEYS[name]) for row in seed(name)]
    assert keys
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", KEYS)
def test_no_text_is_empty_in_either_language(seed: Seed, name: str) -> None:
    rows = seed(name)
    texts = [column for column in rows[0] if column.endswith(("_nb", "_en"))]
    for row in rows:
        assert all(row[column].strip() == row[column] != "" for column in texts), row


@pytest.mark.parametrize("name", KEYS)
def test_each_norwegian_text_has_an_english_one_beside_it(seed: Seed, name: str) -> None:
    columns = set(seed(name)[0])
    for column in columns:
        if column.endswith("_nb"):
            assert column.removesuffix("_nb") + "_en" in columns


def test_there_are_five_goals_in_order(seed: Seed) -> None:
    goals = seed("reference/goals")
    assert [(row["goal_id"], row["short_name_nb"]) for row in goals] == [
        ("1", "Faglig handlingsrom"),
        ("2", "Lokal tjenesteutvikling"),
        ("3", "Partssamarbeid"),
        ("4", "Mål- og resultatstyring"),
        ("5", "Tillit vi viser brukerne"),
    ]


def test_there_are_45_indicators_and_each_goal_has_its_own(indicators: Table) -> None:
    assert len(indicators) == 45
    assert Counter(row["goal_id"] for row in indicators.values()) == {
        "1": 7, "2": 7, "3": 6, "4": 16, "5": 9,
    }  # fmt: skip


def test_measures_go_with_their_units(indicators: Table) -> None:
    for row in indicators.values():
        assert row["unit"] == UNIT_OF_MEASURE[row["measure"]], row["indicator_id"]


def test_directions_domains_and_kinds_are_known(indicators: Table) -> None:
    for row in indicators.values():
        assert row["direction"] in {"higher", "lower", "none"}
        assert row["domain"] in DOMAINS
        assert row["kind"] in {"key", "context"}
        assert row["is_headline"] in {"true", "false"}


def test_each_survey_share_says_which_answers_it_counts(indicators: Table) -> None:
    negative = {
        "discretion_time",
        "hindrance_to_trust",
        "competition_between_units",
        "goal_conflict",
    }
    for indicator_id, row in indicators.items():
        if row["domain"] == "survey" and row["measure"] == "share":
            expected = "negative" if indicator_id in negative else "positive"
            assert row["answer_class"] == expected, indicator_id
            assert row["direction"] == ("lower" if expected == "negative" else "higher")


def test_each_gap_compares_leaders_with_representatives(indicators: Table) -> None:
    gaps = [row for row in indicators.values() if row["measure"] == "gap"]
    assert len(gaps) == 4
    assert {(row["role_id"], row["compared_role_id"]) for row in gaps} == {
        ("leader", "representative")
    }


def test_only_survey_indicators_have_a_role(indicators: Table) -> None:
    for row in indicators.values():
        assert bool(row["role_id"]) == (row["domain"] == "survey"), row["indicator_id"]


def test_each_goal_has_two_or_three_headlines_that_have_one_figure(indicators: Table) -> None:
    headlines = [row for row in indicators.values() if row["is_headline"] == "true"]
    counts = Counter(row["goal_id"] for row in headlines)
    assert set(counts) == set("12345")
    assert set(counts.values()) <= {2, 3}
    assert not [row for row in headlines if row["measure"] in {"battery", "effect"}]


def test_trust_in_nav_is_context_and_never_a_headline(indicators: Table) -> None:
    assert [row["indicator_id"] for row in indicators.values() if row["kind"] == "context"] == [
        "trust_in_nav"
    ]
    assert indicators["trust_in_nav"]["is_headline"] == "false"


def test_names_are_short_and_definitions_are_sentences(indicators: Table) -> None:
    for row in indicators.values():
        assert len(row["name_nb"]) <= 60, row["indicator_id"]
        assert len(row["name_en"]) <= 60, row["indicator_id"]
        assert row["definition_nb"].endswith(".")
        assert row["definition_en"].endswith(".")


def test_sort_order_groups_indicators_by_goal(indicators: Table) -> None:
    orders = [(int(row["sort_order"]), int(row["goal_id"])) for row in indicators.values()]
    assert orders == sorted(set(orders))
    assert [goal for _, goal in orders] == sorted(goal for _, goal in orders)


def of_the_survey(seed: Seed) -> list[dict[str, str]]:
    return [row for row in seed("reference/reconciliation") if row["statistic"] != "figure"]


def test_each_published_figure_of_the_2023_survey_is_reconciled(seed: Seed) -> None:
    rows = of_the_survey(seed)
    assert [row["figure_id"] for row in rows] == [
        "DR1-01", "DR1-07", "DR1-08", "DR1-09", "DR1-10", "DR1-11", "DR1-19",
        "DR1-20", "DR1-21", "DR1-22", "DR1-23", "DR1-24", "DR1-25",
    ]  # fmt: skip
    assert {row["statistic"] for row in rows} == STATISTICS
    assert {row["wave"] for row in rows} == {"2023"}


def test_each_statistic_names_the_question_or_battery_it_needs(seed: Seed) -> None:
    needs = {
        "respondents": (False, False, False),
        "share": (True, False, True),
        "share_range": (False, True, True),
        "rank_strength": (True, True, False),
        "rank_positive": (True, True, False),
        "items": (False, True, False),
    }
    for row in of_the_survey(seed):
        given = tuple(bool(row[c]) for c in ("question_id", "battery_id", "answer_class"))
        assert given == needs[row["statistic"]], row["figure_id"]


def test_a_figure_of_other_evidence_names_indicator_item_and_category(seed: Seed) -> None:
    for row in seed("reference/reconciliation"):
        given = all(row[column] for column in ("indicator_id", "item_id", "category_id"))
        assert given == (row["statistic"] == "figure"), row["figure_id"]


def test_hindrance_to_trust_is_read_for_those_the_report_names(seed: Seed) -> None:
    read = {
        row["figure_id"]: (row["answer_class"], row["role_id"], row["node_id"])
        for row in seed("reference/reconciliation")
        if row["question_id"] == "hindrance_to_trust"
    }
    assert read == {
        "DR1-19": ("positive", "staff", "NAV"),
        "DR1-20": ("negative", "staff", "NAV"),
        "DR1-21": ("negative", "all", "KAL"),
        "DR1-22": ("negative", "all", "NKS"),
    }


def test_each_year_has_eight_letters_and_five_of_them_go_to_a_line(seed: Seed) -> None:
    letters = seed("reference/letters")
    assert [(row["sender"], row["receiver"]) for row in letters] == [
        ("Direktøren", "ATA"), ("Direktøren", "YA"), ("Direktøren", "ØSA"),
        ("ATA", "NAV fylke"), ("ATA", "NKS"), ("ATA", "HOT"), ("YA", "YL"), ("ØSA", "ØL"),
    ]  # fmt: skip
    assert [row["line_node_id"] for row in letters] == ["", "", "", "ATL", "ATL", "ATL", "YL", "OL"]


def test_each_published_figure_of_the_letters_is_reconciled_on_its_own(seed: Seed) -> None:
    read = {
        row["figure_id"]: (row["indicator_id"], row["item_id"], row["category_id"])
        for row in seed("reference/reconciliation")
        if row["figure_id"] in {f"DR1-{number}" for number in range(12, 19)}
    }
    assert read == {
        "DR1-12": ("governing_directives", "ata_fylke", "all"),
        "DR1-13": ("governing_directives", "ya_yl", "all"),
        "DR1-14": ("governing_directives", "osa_ol", "all"),
        "DR1-15": ("new_directives", "from_ata", "all"),
        "DR1-16": ("new_directives", "from_ya", "all"),
        "DR1-17": ("new_directives", "from_osa", "all"),
        "DR1-18": ("directives_by_form", "from_dir", "qualitative"),
    }


def test_the_published_years_of_the_user_survey_have_six_points_with_4_to_6_positive(
    seed: Seed,
) -> None:
    scales = {row["scale_id"]: row for row in seed("reference/user_scales")}
    six = scales["six_point_4"]
    assert (six["lowest"], six["positive_from"], six["highest"]) == ("1", "4", "6")
    assert not any(row["comparable_with"] for row in scales.values())


def test_trust_in_nav_is_read_for_no_figure_of_the_goal(seed: Seed) -> None:
    read = {row["question_id"]: set[str]() for row in seed("reference/user_questions")}
    for row in seed("reference/user_questions"):
        read[row["question_id"]] |= {row["share_indicator_id"], row["mean_indicator_id"]} - {""}
    assert read["trust_in_nav"] == {"trust_in_nav"}
    assert all(indicator.startswith("trust_from_nav_") for indicator in read["trust_from_nav"])


def test_what_files_say_stands_for_one_category_of_its_kind(seed: Seed) -> None:
    said = [(row["kind"], row["code"]) for row in seed("reference/evidence_categories")]
    assert len(said) == len(set(said))


def test_a_share_of_2022_that_is_reconciled_with_itself_says_so(seed: Seed) -> None:
    rows = {row["figure_id"]: row for row in seed("reference/reconciliation")}
    for figure in ("DR1-29", "DR1-30"):
        assert "avstemmes altså mot seg selv" in rows[figure]["note_nb"]
        assert "reconciled with itself" in rows[figure]["note_en"]
