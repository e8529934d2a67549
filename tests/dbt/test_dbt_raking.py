"""Weights where the headcounts are known by area and by role apart: raking, in the SQL that ships.

The tables of random designs are raked by the Python package svy too.
"""

import math

import duckdb
import polars as pl
import pytest
import svy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

RAKED = """
    with cells as (
        select 'one' as wave, * from given
    ),
    {{ raked(
        'cells',
        margins={'area': 'area_target', 'role': 'role_target'},
        columns=['wave', 'area', 'role', 'area_target', 'role_target'],
        rounds=var('raking_rounds'),
    ) }}
    select
        area,
        role,
        fitted,
        miss
    from raked
    order by
        area,
        role
"""
ROLES = ("leader", "staff", "union_rep")
# how near each margin must be met, in int_survey__raked_headcounts
MEETS = 1e-6


@pytest.fixture(scope="module")
def rake(built):
    """Rakes counts by area and role, {(area, role): n}, to margins: fitted counts, largest miss."""
    compiled = built.dbt("compile", "--inline", RAKED).result.results[0].node.compiled_code
    con = duckdb.connect()

    def run(counts, areas, roles):
        con.execute(
            "create or replace table given (area varchar, role varchar, fitted double, "
            "area_target double, role_target double)"
        )
        rows = [[a, r, n, areas[a], roles[r]] for (a, r), n in counts.items()]
        con.executemany("insert into given values (?, ?, ?, ?, ?)", rows)
        found = con.execute(compiled).fetchall()
        misses = [miss for *_, miss in found]
        largest = math.inf if None in misses else max(misses)
        return {(area, role): fitted for area, role, fitted, _ in found}, largest

    return run


@st.composite
def surveys(draw):
    """A population by area and role, and how many answered in each cell, at least one."""
    areas = [f"area {n}" for n in range(draw(st.integers(2, 8)))]
    cells = [(area, role) for area in areas for role in ROLES]
    population = {cell: draw(st.integers(1, 400)) for cell in cells}
    return population, {cell: draw(st.integers(1, n)) for cell, n in population.items()}


def margin(population, key):
    """The sums of a population over one of its keys."""
    sums = {}
    for cell, n in population.items():
        sums[cell[key]] = sums.get(cell[key], 0) + n
    return sums


def by_svy(counts, areas, roles):
    """The same by svy, from the respondents themselves."""
    people = [cell for cell, n in counts.items() for _ in range(n)]
    table = pl.DataFrame(people, schema=["area", "role"], orient="row").with_columns(
        pl.lit(1.0).alias("one")
    )
    sample = svy.Sample(table, svy.Design(wgt="one")).weighting.rake(
        controls={"area": areas, "role": roles}, tol=1e-12, max_iter=2000
    )
    sums = sample.data.group_by("area", "role").agg(pl.col("rk_wgt").sum())
    return {(area, role): weight for area, role, weight in sums.iter_rows()}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(survey=surveys())
def test_raked_counts_are_those_of_svy(rake, survey):
    population, counts = survey
    areas, roles = margin(population, 0), margin(population, 1)
    fitted, miss = rake(counts, areas, roles)
    # where fifty rounds are too few, that is said, and nothing is weighted by it
    assume(miss < MEETS)
    theirs = by_svy(counts, areas, roles)
    # a miss that shrinks slowly is still a thousand misses away
    assert fitted == {cell: pytest.approx(n, rel=1000 * MEETS) for cell, n in theirs.items()}


def test_where_the_margins_tell_nothing_new_the_counts_stay(rake):
    counts = {("a", "staff"): 10, ("a", "leader"): 2, ("b", "staff"): 5, ("b", "leader"): 3}
    fitted, miss = rake(counts, margin(counts, 0), margin(counts, 1))
    assert fitted == {cell: pytest.approx(n) for cell, n in counts.items()}
    assert miss < 1e-9


def test_margins_that_no_weights_can_meet_do_not_converge(rake):
    # the staff of a are all that answered there, and more than all staff
    counts = {("a", "staff"): 5, ("b", "staff"): 5, ("b", "leader"): 5}
    _, miss = rake(counts, {"a": 90, "b": 10}, {"staff": 50, "leader": 50})
    assert miss > 0.1


# --- the small wave, whose organisation is counted by head -------------------------------------

# Five staff, two leaders and one union representative answered in FYL-AGD; in KAL one of staff, a
# leader and a safety representative.
BY_HEAD = {"0101": 50, "0102": 30, "KAL": 20}
ROLE_TOTALS = {"staff": 70, "leader": 16, "union_rep": 10, "safety_rep": 4}


def counted_by_head(raw_tables, units, roles):
    """The small raw tables with an organisation of one count for each unit, and roles in all."""
    by_role = {f"headcount_{role}": n for role, n in roles.items()}
    organisation = [
        unit
        | {"headcount_total": units.get(unit["unit_code"], 0)}
        | (by_role if unit["unit_code"] == "NAV" else {})
        for unit in raw_tables["organisation"]
    ]
    return raw_tables | {"organisation": organisation}


@pytest.fixture(scope="module")
def by_head(make_warehouse, raw_tables, tmp_path_factory):
    """The small warehouse with such an organisation, built and tested by dbt."""
    tables = counted_by_head(raw_tables, BY_HEAD, ROLE_TOTALS)
    warehouse = make_warehouse(tmp_path_factory.mktemp("by_head"), tables)
    result = warehouse.dbt("build", "--exclude-resource-type", "unit_test")
    assert result.success, [(n.node.name, n.message) for n in result.result if n.failures]
    return warehouse


def weighted_by(warehouse):
    return warehouse.rows("select distinct weighted_by from marts.mart_response")


def test_the_weights_meet_both_margins(by_head):
    areas = by_head.rows(
        "select area_node_id, sum(headcount) from intermediate.int_survey__raked_headcounts "
        "group by all order by all"
    )
    assert areas == [("FYL-AGD", pytest.approx(80)), ("KAL", pytest.approx(20))]
    roles = by_head.rows(
        "select respondent_role, sum(headcount) from intermediate.int_survey__raked_headcounts "
        "group by all"
    )
    assert dict(roles) == {role: pytest.approx(n) for role, n in ROLE_TOTALS.items()}
    assert weighted_by(by_head) == [("margins",)]


def test_the_error_is_that_of_a_sample_drawn_from_areas_with_the_raked_weights(by_head):
    people = by_head.rows(
        "select drawn_from_id, strata.weight, n_drawn / sampling_fraction, "
        "(q_factor_time in (1, 2))::double from staging.stg_survey__responses as people "
        "join intermediate.int_survey__unit_strata as units on coalesce(people.unit_code, 'NAV') "
        "= units.unit_code and people.respondent_role = units.respondent_role "
        "join intermediate.int_survey__strata as strata on units.stratum_id = strata.stratum_id"
    )
    columns = ["area", "weight", "headcount", "is_negative"]
    sample = svy.Sample(
        pl.DataFrame(people, schema=columns, orient="row"),
        svy.Design(stratum="area", wgt="weight", pop_size="headcount"),
    )
    theirs = sample.estimation.mean("is_negative").estimates[0]
    [(weighted, value, error)] = by_head.rows(
        "select is_weighted, value, standard_error from marts.mart_scorecard "
        "where indicator_id = 'discretion_time' and period = '2023' and node_id = 'NAV' "
        "and role_id = 'all'"
    )
    assert len(people) == 12
    assert (weighted, value, error) == (
        True, pytest.approx(theirs.est), pytest.approx(theirs.se)
    )  # fmt: skip
    assert error > 0


def test_who_is_alone_or_nowhere_is_drawn_with_the_area_where_most_answered(by_head):
    rows = by_head.rows(
        "select drawn_from_id, n_drawn, count(*) from intermediate.int_survey__strata "
        "group by all order by all"
    )
    assert rows == [("FYL-AGD", 9, 4), ("KAL", 3, 3)]


def test_response_rates_are_of_all_in_a_node_and_of_a_role_in_all_of_nav(by_head):
    rows = by_head.rows(
        "select node_id, role_id, headcount from marts.mart_response "
        "where headcount is not null order by all"
    )
    assert ("FYL-AGD", "all", 80) in rows
    assert ("NAV", "all", 100) in rows
    assert ("NAV", "representative", 14) in rows
    assert not [row for row in rows if row[0] == "FYL-AGD" and row[1] != "all"]


FAULTS = {
    "units and roles that sum to different wholes": (BY_HEAD, ROLE_TOTALS | {"staff": 700}),
    "a role of which there are more than can be in its areas": (
        {"0101": 5, "KAL": 95},
        {"staff": 5, "leader": 5, "union_rep": 85, "safety_rep": 5},
    ),
}


@pytest.mark.parametrize(("units", "roles"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_met_is_not_weighted_and_warned_of(
    make_warehouse, raw_tables, tmp_path, units, roles
):
    warehouse = make_warehouse(tmp_path, counted_by_head(raw_tables, units, roles))
    result = warehouse.dbt(
        "build", "--exclude-resource-type", "unit_test", "--select", "+mart_response",
        "raked_weights_converge",
    )  # fmt: skip
    statuses = {node.node.name: str(node.status) for node in result.result}
    assert statuses["raked_weights_converge"] == "warn"
    assert weighted_by(warehouse) == [("not_converged",)]
    assert warehouse.rows("select distinct has_headcount from intermediate.int_survey__strata") == [
        (False,)
    ]


def test_a_unit_counted_by_role_beside_units_counted_by_head_is_refused(by_head, tmp_path):
    spoiled = by_head.copy(tmp_path)
    spoiled.execute(
        "update raw.organisation set headcount_total = null, headcount_staff = 9 "
        "where unit_code = 'KAL'"
    )
    result = spoiled.dbt("test", "--select", "headcounts_come_in_one_way")
    assert str(result.result[-1].status) == "fail"
