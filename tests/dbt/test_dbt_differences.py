"""Tests of differences, run through the SQL that the macros and models give."""

import math
from statistics import NormalDist

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

HOLM = """
    with steps as (select *, {{ holm_step('p', 'family') }} as step from tests)
    select id, {{ holm_adjusted('p', 'step', 'family') }} as adjusted from steps order by id
"""


@pytest.fixture(scope="module")
def compiled(built):
    """What an inline query is as SQL."""

    def run(query):
        return built.dbt("compile", "--inline", query).result.results[0].node.compiled_code

    return run


@pytest.fixture(scope="module")
def p_of(compiled):
    sql = compiled("select {{ two_sided_p('z') }} from (select cast(? as double) as z) as given")
    con = duckdb.connect()
    return lambda z: con.execute(sql, [z]).fetchall()[0][0]


@given(z=st.floats(min_value=-12, max_value=12))
def test_a_p_value_is_both_tails_of_the_normal_distribution(p_of, z):
    assert p_of(z) == pytest.approx(math.erfc(abs(z) / math.sqrt(2)), rel=1e-11)


def test_the_p_value_of_the_interval_s_own_quantile_is_its_level(p_of):
    assert p_of(NormalDist().inv_cdf(0.975)) == pytest.approx(0.05, abs=1e-15)
    assert (p_of(0.0), p_of(99.0), p_of(None)) == (pytest.approx(1.0), 0.0, None)


@pytest.fixture(scope="module")
def z_of(compiled):
    sql = compiled(
        "select {{ z_of_shares('p1', 'n1', 'p2', 'n2') }} from (select cast(? as double) as p1, "
        "cast(? as double) as n1, cast(? as double) as p2, cast(? as double) as n2) as given"
    )
    con = duckdb.connect()
    return lambda *figures: con.execute(sql, figures).fetchall()[0][0]


def test_two_shares_are_compared_as_if_they_were_alike(z_of):
    # 15 of 20 against 5 of 20: half of 40, so 0.5 / sqrt(0.25 x 2 / 20)
    assert z_of(0.75, 20, 0.25, 20) == pytest.approx(0.5 / math.sqrt(0.025))


def test_where_all_or_none_answered_the_same_a_difference_is_no_more_than_the_other_side_allows(
    z_of,
):
    # 30 of 30 against 25 of 30: the first shows no spread, and is not taken to have none
    assert z_of(1, 30, 25 / 30, 30) == pytest.approx(
        (5 / 30) / math.sqrt(55 / 60 * 5 / 60 * 2 / 30)
    )
    assert z_of(1, 30, 1, 30) == 0


def test_where_everybody_answered_nothing_is_left_to_chance(z_of):
    assert z_of(0.5, None, 0.4, None) == 99
    assert z_of(0.5, None, 0.5, None) == 0
    # one side known, the other a sample of 100
    assert z_of(0.5, None, 0.4, 100) == pytest.approx(0.1 / math.sqrt(0.25 / 100))


@pytest.fixture(scope="module")
def holm(compiled):
    sql = compiled(HOLM)
    con = duckdb.connect()
    con.execute("create table tests (id integer, family varchar, p double)")

    def run(ps, family="one"):
        con.execute("delete from tests")
        for number, p in enumerate(ps):
            con.execute("insert into tests values (?, ?, ?)", [number, family, p])
        con.execute("insert into tests values (99, 'another', 0.04)")
        *found, (_, alone) = con.execute(sql).fetchall()
        assert alone == 0.04
        return [adjusted for _, adjusted in found]

    return run


def test_holm_multiplies_the_smallest_by_all_and_never_falls(holm):
    # 4 tests: 0.01 x 4, 0.02 x 3, then 0.03 x 2 and 0.025... may not be surer than the one before
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])


def test_what_is_not_tested_is_no_member_of_the_family(holm):
    assert holm([0.02, None, 0.01, None]) == [
        pytest.approx(0.02), None, pytest.approx(0.02), None,
    ]  # fmt: skip


@given(ps=st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=8))
def test_holm_by_its_definition(holm, ps):
    expected, worst = {}, 0.0
    for place, index in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        worst = max(worst, min(1.0, (len(ps) - place) * ps[index]))
        expected[index] = worst
    assert holm(ps) == pytest.approx([expected[index] for index in range(len(ps))])
