"""That what one seed calls by id exists in the other. Not here: what a seed holds by itself."""

from collections.abc import Callable

import pytest

from dagster_project.demonstration.user_survey import PUBLISHED_SHARES

Seed = Callable[[str], list[dict[str, str]]]

REFERENCES = [
    ("reference/indicators", "goal_id", "reference/goals", "goal_id"),
    ("reference/indicators", "role_id", "reference/roles", "role_id"),
    ("reference/indicators", "compared_role_id", "reference/roles", "role_id"),
    ("reference/role_members", "role_id", "reference/roles", "role_id"),
    ("reference/reconciliation", "role_id", "reference/roles", "role_id"),
    ("reference/reconciliation", "figure_id", "published/published_figures", "figure_id"),
    ("reference/reconciliation", "battery_id", "reference/indicators", "indicator_id"),
    ("reference/letters", "group_id", "reference/letter_groups", "group_id"),
    ("reference/directive_categories", "indicator_id", "reference/indicators", "indicator_id"),
    ("reference/user_questions", "share_indicator_id", "reference/indicators", "indicator_id"),
    ("reference/user_questions", "mean_indicator_id", "reference/indicators", "indicator_id"),
    ("published/published_figures", "source_id", "reference/sources", "source_id"),
    ("published/published_findings", "source_id", "reference/sources", "source_id"),
    ("published/published_findings", "goal_id", "reference/goals", "goal_id"),
]


@pytest.mark.parametrize(("child", "column", "parent", "key"), REFERENCES)
def test_what_a_seed_calls_by_id_exists(
    seed: Seed, child: str, column: str, parent: str, key: str
) -> None:
    known = {row[key] for row in seed(parent)}
    called = {row[column] for row in seed(child) if row[column]}
    assert called
    assert called <= known


def test_a_figure_belongs_to_a_goal_or_to_the_reform_as_a_whole(seed: Seed) -> None:
    goals = {row["goal_id"] for row in seed("reference/goals")}
    assert {row["goal_id"] for row in seed("published/published_figures")} <= goals | {"0"}


def test_each_source_is_used(seed: Seed) -> None:
    figures, findings = seed("published/published_figures"), seed("published/published_findings")
    used = {row["source_id"] for row in figures + findings}
    used |= {source for *_, source, _ in PUBLISHED_SHARES}  # of the user survey
    assert used == {row["source_id"] for row in seed("reference/sources")}


def test_representatives_are_union_and_safety_representatives(seed: Seed) -> None:
    members: dict[str, set[str]] = {}
    for row in seed("reference/role_members"):
        members.setdefault(row["role_id"], set()).add(row["respondent_role"])
    assert members == {
        "all": {"staff", "leader", "union_rep", "safety_rep", "all"},
        "staff": {"staff"},
        "leader": {"leader"},
        "representative": {"union_rep", "safety_rep"},
        "union_rep": {"union_rep"},
        "safety_rep": {"safety_rep"},
    }


def test_reconciled_figures_have_the_unit_and_period_of_their_statistic(seed: Seed) -> None:
    figures = {row["figure_id"]: row for row in seed("published/published_figures")}
    units = {
        "respondents": "count",
        "items": "count",
        "share": "percent",
        "share_range": "percent",
        "rank_strength": "rank",
        "rank_positive": "rank",
    }
    for row in seed("reference/reconciliation"):
        figure = figures[row["figure_id"]]
        if row["statistic"] == "figure":
            assert figure["unit"] in ("count", "percent"), row["figure_id"]
        else:
            assert figure["unit"] == units[row["statistic"]], row["figure_id"]
        assert figure["period"] == row["wave"]
