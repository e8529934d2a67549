"""What is said of a dbt node that says nothing itself, in both languages."""

import pytest

from dagster_project.transform.assets import _as_check
from dagster_project.transform.dbt_runner import NodeResult


@pytest.mark.parametrize(
    ("unique_id", "nb", "en"),
    [
        ("model.t.stg_a", "stg_a kan bygges", "stg_a can be built"),
        ("test.t.unique_a.1", "datatesten unique_a holder", "the data test unique_a holds"),
        ("unit_test.t.a.b", "enhetstesten a.b holder", "the unit test a.b holds"),
    ],
)
def test_a_node_that_says_nothing_is_told_in_the_readers_language(unique_id, nb, en):
    check = _as_check("dbt_marts", NodeResult(unique_id, "failed", 1, 0.0, "nei"))
    assert (check.says_nb, check.says_en) == (nb, en)
