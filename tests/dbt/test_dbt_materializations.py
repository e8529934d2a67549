"""A model is replaced whole or not at all, by what its contract allows."""

import pytest

MART = "dim_goal"
GOALS = "create table other as select * {} from reference.goals; drop table reference.goals; "


def content(warehouse):
    return warehouse.rows(f"select * from marts.{MART} order by all")


@pytest.mark.parametrize(
    ("goals", "says"),
    [
        (
            GOALS.format("replace (goal_id::varchar as goal_id)")
            + "create table reference.goals as select * from other",
            "contract",
        ),
        (
            GOALS.format("") + "create view reference.goals as "
            "select * replace (if(goal_id = 5, error('no goal'), goal_id) as goal_id) from other",
            "no goal",
        ),
    ],
    ids=["a type that the contract does not name", "an error in the last row"],
)
def test_a_model_that_cannot_be_made_leaves_what_was_there(built, tmp_path, goals, says):
    warehouse = built.copy(tmp_path)
    before = content(warehouse)
    warehouse.execute(goals)
    result = warehouse.dbt("run", "--select", MART)
    assert not result.success
    assert says in str(result.result.results[-1].message)
    assert content(warehouse) == before


def test_a_table_stands_where_a_view_stood(built, tmp_path):
    warehouse = built.copy(tmp_path)
    before = content(warehouse)
    warehouse.execute(f"drop table marts.{MART}; create view marts.{MART} as select 1 as goal_id")
    assert warehouse.dbt("run", "--select", MART).success
    assert content(warehouse) == before
