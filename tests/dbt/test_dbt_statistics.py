"""The SQL that the macros give: examples that others published, and statsmodels on many counts."""

import duckdb
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

QUERY = """
    with shares as (
        select
            *,
            {{ share('a', 'n') }} as p,
            {{ wilson_interval('a', 'n', 'p_lower', 'p_upper') }},
            {{ share('b', 'm') }} as q,
            {{ wilson_interval('b', 'm', 'q_lower', 'q_upper') }}
        from counts
    )

    select
        a, n, b, m, p, p_lower, p_upper, q,
        {{ newcombe_interval(
            'p', 'p_lower', 'p_upper', 'q', 'q_lower', 'q_upper', 'lower', 'upper'
        ) }},
        {{ newcombe_interval(
            'p', 'p_lower', 'p_upper', 'q', 'q_lower', 'q_upper', 'balance_lower', 'balance_upper',
            correlation=multinomial_correlation('p', 'q')
        ) }}
    from shares
"""


# Every share of up to 25 beside some of others, the ends among them.
MANY = """
    select a, n, b, m
    from range(1, 26) as wholes (n), range(0, 26) as parts (a),
        (values (0, 1), (1, 1), (3, 7), (7, 7), (0, 500), (499, 500)) as others (b, m)
    where a <= n
"""
# Every way in which up to 25 can be positive, negative or neither.
OF_ONE_WHOLE = """
    select a, n, b, n as m
    from range(1, 26) as wholes (n), range(0, 26) as positive (a), range(0, 26) as negative (b)
    where a + b <= n
"""


@pytest.fixture(scope="module")
def run(built):
    """For a query that gives counts (a of n, b of m): rows of QUERY, as the shipped SQL has it."""
    compiled = built.dbt("compile", "--inline", QUERY).result.results[0].node.compiled_code
    con = duckdb.connect()

    def rows(counts):
        con.execute(f"create or replace view counts as {counts}")
        found = con.execute(compiled)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return rows


@pytest.fixture(scope="module")
def intervals(run):
    """The same for one pair of shares."""

    def row(a, n, b=0, m=1):
        [found] = run(f"select {a} as a, {n} as n, {b} as b, {m} as m")
        return found

    return row


@pytest.mark.parametrize(
    ("part", "whole", "lower", "upper"),
    [
        (4, 20, 0.0806577, 0.4160174),
        (0, 30, 0, 0.1135134),
        (190, 200, 0.9104219, 0.9726174),
    ],
)
def test_wilson_as_in_the_r_package_binom(intervals, part, whole, lower, upper):
    found = intervals(part, whole)
    assert (round(found["p_lower"], 7), round(found["p_upper"], 7)) == (lower, upper)


def test_newcombe_as_published(intervals):
    found = intervals(7, 34, 1, 34)
    assert (round(found["lower"], 5), round(found["upper"], 5)) == (0.01892, 0.34037)


def test_of_nobody_there_is_no_share_and_no_interval(intervals):
    found = intervals(0, 0)
    assert (found["p"], found["p_lower"], found["p_upper"], found["lower"]) == (None,) * 4


@pytest.mark.parametrize("whole", [1, 2, 7, 30, 565, 3660, 20900])
def test_an_interval_ends_exactly_where_shares_end(intervals, whole):
    assert intervals(0, whole)["p_lower"] == 0
    assert intervals(whole, whole)["p_upper"] == 1


def test_an_interval_holds_its_figure_and_stays_where_figures_can_be(run):
    rows = run(MANY)
    assert len(rows) == 6 * sum(range(2, 27))
    for row in rows:
        assert 0 <= row["p_lower"] <= row["p"] <= row["p_upper"] <= 1
        assert -1 <= row["lower"] <= row["p"] - row["q"] <= row["upper"] <= 1


def test_wilson_and_newcombe_are_those_of_statsmodels(run):
    for row in run(MANY):
        p, q = (row["a"], row["n"]), (row["b"], row["m"])
        found = row["p_lower"], row["p_upper"]
        assert found == pytest.approx(proportion_confint(*p, method="wilson"), abs=1e-12)
        difference = confint_proportions_2indep(*p, *q, method="newcomb", compare="diff")
        assert (row["lower"], row["upper"]) == pytest.approx(difference, abs=1e-12)


def test_a_balance_is_less_sure_than_a_difference_between_strangers(run):
    for row in run(OF_ONE_WHOLE):
        assert -1 <= row["balance_lower"] <= row["lower"] + 1e-12
        assert row["upper"] - 1e-12 <= row["balance_upper"] <= 1
