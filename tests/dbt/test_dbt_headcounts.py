"""Where the survey does not fit the organisation's headcounts, that is told, and stops nothing."""

import pytest

from tests.dbt.conftest import nodes_of

ROLES = ("staff", "leader", "union_rep", "safety_rep")
NOBODY = "whoever_answered_is_counted_in_the_organisation"
TOO_FEW = "no_more_answered_than_there_are"

# Of the small wave, 5 staff and 2 leaders answered in FYL-AGD, and one of each in KAL, which are
# counted in the strata of FYL-AGD.
WARNINGS = {
    "none, where the organisation counts all who answered": ({}, (0, 0)),
    "a stratum that the organisation lacks, where a weight would be zero": ({"leader": 0}, (1, 0)),
    "a headcount smaller than the number of respondents": ({"staff": 2}, (0, 1)),
}


def warned(nodes):
    """Status and rows found of the two tests."""
    found = {node.name: (node.status, node.failures) for node in nodes}
    return [found[name] for name in (NOBODY, TOO_FEW)]


@pytest.mark.parametrize(("headcounts", "strata"), WARNINGS.values(), ids=WARNINGS)
def test_is_a_warning(make_warehouse, raw_tables, tmp_path, headcounts, strata):
    counted = {f"headcount_{role}": headcounts.get(role, 9) for role in ROLES}
    units = [
        unit | (counted if unit["unit_code"] in ("0101", "KAL") else dict.fromkeys(counted, 0))
        for unit in map(dict, raw_tables["organisation"])
    ]
    warehouse = make_warehouse(tmp_path, raw_tables | {"organisation": units})
    result = warehouse.dbt(
        "build",
        "--select",
        f"+{NOBODY}",
        f"+{TOO_FEW}",
        "--indirect-selection",
        "cautious",
        "--exclude-resource-type",
        "unit_test",
    )
    assert result.success, result.exception
    assert warned(nodes_of(result)) == [("warn" if rows else "pass", rows) for rows in strata]


def test_where_the_organisation_was_never_counted_each_figure_says_so_and_nothing_more(build):
    built, nodes = build
    assert built.rows("select distinct has_headcount from intermediate.int_survey__strata") == [
        (False,)
    ]
    assert warned(nodes) == [("pass", 0), ("pass", 0)]
