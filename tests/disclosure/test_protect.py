"""What is emptied in a mart, by what its description says."""

import duckdb
import pytest

from dagster_project.disclosure.protect import Protection, protect
from dagster_project.disclosure.rules import read_rules
from dagster_project.settings import PROJECT

RULES = read_rules(PROJECT / "seeds")
GROUPS = Protection(
    "groups", counts=["n"], protects=["value", "n"], withheld_where=["is_dominated"]
)


@pytest.mark.parametrize(
    ("n", "is_dominated", "shown"),
    [
        (10, False, (0.5, 10, "shown")),
        (9, False, (None, None, "withheld")),
        (1000, True, (None, None, "withheld")),
        (1000, None, (0.5, 1000, "shown")),
        (None, False, (0.5, None, "shown")),
    ],
)
def test_a_row_on_too_few_or_dominated_by_one_is_withheld(n, is_dominated, shown) -> None:
    con = duckdb.connect()
    con.execute("create schema marts")
    con.execute(
        "create table marts.groups as select 0.5::double as value, $n::integer as n, "
        "$is_dominated::boolean as is_dominated, 'shown' as status",
        {"n": n, "is_dominated": is_dominated},
    )
    protect(con, GROUPS, RULES)
    assert con.execute("select value, n, status from protected.groups").fetchall() == [shown]
