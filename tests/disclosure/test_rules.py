"""The rules of disclosure control are data, and wrong ones are refused."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from dagster_project import small_counts
from dagster_project.disclosure.rules import read_rules
from dagster_project.ingest.described import DescriptionFault
from dagster_project.settings import PROJECT

RULES = read_rules(PROJECT / "seeds")


def changed(folder: Path, old: str, new: str) -> Path:
    text = (PROJECT / "seeds" / "disclosure.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / "disclosure.yml").write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minimum_respondents: 10", "minimum_respondents: 4", "minimum_respondents"),
        (
            "{respondents: 10, answers: 2}",
            "{respondents: 9, answers: 2}",
            "smaller groups might be",
        ),
        ("  decimals:\n", "  decimal:\n", "decimals has no reason"),
        ("  decimals:\n", "  decimal:\n", "is the reason of no rule"),
        ("unknown_strata: 10", "unknown_strata: 1", "unknown_strata"),
        ("dominance: 0.8", "dominance: 1.0", "dominance"),
    ],
)
def test_a_rule_that_is_too_lax_or_without_its_reason_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(DescriptionFault, match=said):
        read_rules(changed(tmp_path, old, new))


def test_five_is_the_lowest_minimum(tmp_path: Path) -> None:
    changed(tmp_path, "minimum_respondents: 10", "minimum_respondents: 5")
    assert read_rules(tmp_path).limits.minimum == 5


def test_what_is_told_of_quality_begins_at_the_same_minimum() -> None:
    assert RULES.minimum_respondents == small_counts.FEWEST


def test_dbt_weights_by_the_same_limits() -> None:
    project = YAML(typ="safe").load((PROJECT / "dbt" / "dbt_project.yml").read_text("utf-8"))
    assert project["vars"]["shown_from"] == RULES.minimum_respondents
    assert project["vars"]["unknown_strata"] == RULES.weighting.unknown_strata
    assert project["vars"]["dominance"] == RULES.dominance
