"""What is made from what: from the assets, the exposures and the files, and how it is walked."""

from dagster_project.release.lineage import (
    ahead,
    behind,
    files_behind,
    goals_touched,
    lineage_rows,
    steps_of,
)

MADE_FROM = [
    (["staging", "stg_survey"], ["raw", "survey"]),
    (["intermediate", "int_survey__shares"], ["staging", "stg_survey"]),
    (["intermediate", "int_survey__shares"], ["raw", "units"]),
    (["intermediate", "int_pilots__figures"], ["raw", "pilot"]),
    (["intermediate", "int_pilots__figures"], ["raw", "units"]),
    (["marts", "mart_card"], ["intermediate", "int_survey__shares"]),
    (["marts", "mart_card"], ["intermediate", "int_pilots__figures"]),
    (["marts", "mart_pilot"], ["raw", "pilot"]),
    (["protected", "mart_card"], ["marts", "mart_card"]),
    (["protected", "mart_pilot"], ["marts", "mart_pilot"]),
    (["release"], ["protected", "mart_card"]),
]
EXPOSURES = [
    {"name": "page_goal_1", "depends_on": {"nodes": ["model.project.mart_card"]}},
    {
        "name": "page_goal_2",
        "depends_on": {"nodes": ["model.project.mart_card", "model.project.mart_pilot"]},
    },
]
FILES = [
    {"domain": "survey", "file": "wave.csv", "table_name": "survey"},
    {"domain": "organisation", "file": "units.csv", "table_name": "units"},
    {"domain": "pilots", "file": "pilots.xlsx", "table_name": "pilot"},
]
ROWS = lineage_rows(MADE_FROM, EXPOSURES, FILES)
STEPS = steps_of(ROWS)
GOALS = {"survey": [1, 3], "pilots": [2]}


def test_each_step_says_who_told_it_and_the_release_as_a_whole_is_none() -> None:
    told = {(row["from_stop"], row["to_stop"]): row["told_by"] for row in ROWS}
    assert told["file", "raw"] == "ingest"
    assert told["raw", "staging"] == "dagster"
    assert told["protected", "page"] == "dbt"
    assert "release" not in {row["to_name"] for row in ROWS}
    assert len(ROWS) == len(MADE_FROM) - 1 + 3 + len(FILES)


def test_a_table_leads_back_to_all_it_is_made_from() -> None:
    assert behind(STEPS, ("protected", "mart_pilot")) == {
        ("marts", "mart_pilot"),
        ("raw", "pilot"),
        ("file", "pilots/pilots.xlsx"),
    }


def test_a_file_leads_forward_to_the_pages_that_show_it() -> None:
    pages = {name for stop, name in ahead(STEPS, ("file", "survey/wave.csv")) if stop == "page"}
    assert pages == {"page_goal_1", "page_goal_2"}
    assert ahead(STEPS, ("page", "page_goal_1")) == set()


def test_the_files_behind_a_figure_are_those_of_its_domains_models() -> None:
    assert files_behind(STEPS, "survey") == ["organisation/units.csv", "survey/wave.csv"]
    assert files_behind(STEPS, "pilots") == ["organisation/units.csv", "pilots/pilots.xlsx"]
    assert files_behind(STEPS, "unheard_of") == []


def test_what_is_counted_from_touches_the_goals_of_the_domains_it_leads_to() -> None:
    assert goals_touched(STEPS, ("raw", "survey"), GOALS) == [1, 3]
    assert goals_touched(STEPS, ("raw", "units"), GOALS) == [1, 2, 3]


def test_where_domains_meet_the_pages_tell_which_goals_are_touched() -> None:
    assert goals_touched(STEPS, ("protected", "mart_pilot"), GOALS) == [2]
    assert goals_touched(STEPS, ("marts", "mart_card"), GOALS) == [1, 2]
