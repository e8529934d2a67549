"""Estimates from a stratified sample, run through the SQL that the macros give.

Worked examples that others published, and a whole population that is known.
"""

import itertools
import math
from collections import defaultdict

import pytest


def test_a_stratified_sample_without_replacement(estimate):
    """R package survey, documentation of svydesign."""
    strata = [(3, 5 / 15, [2.8, 4.1, 6.8, 6.8, 9.2]), (4, 3 / 12, [3.7, 6.6, 4.2])]
    mean, variance, with_replacement, _ = estimate(strata)
    assert (round(mean, 4), round(math.sqrt(variance), 4)) == (5.4481, 0.6160)
    assert round(math.sqrt(with_replacement), 4) == 0.7413


@pytest.mark.parametrize(
    ("size", "n", "percent", "margin"),
    [(200, 120, 43, 5.616), (150, 80, 50, 7.510), (50, 40, 30, 6.416), (500, 375, 60, 2.482)],
)
def test_a_margin_with_finite_population_correction(estimate, size, n, percent, margin):
    """Civil Service People Survey 2018, technical guide, p. 20, which divides by n where an
    unbiased variance divides by n - 1, and by N - 1 where it divides by N."""
    positive = n * percent / 100
    whole, rest = divmod(positive, 1)
    values = [1.0] * int(whole) + ([rest] if rest else [])
    strata = [(size / n, n / size, values + [0.0] * (n - len(values)))]
    _, variance, *_ = estimate(strata)
    spread = sum((v - percent / 100) ** 2 for v in strata[0][2])
    as_published = variance * (n - 1) / n * size / (size - 1)
    as_published *= positive * (1 - percent / 100) / spread
    assert 196 * math.sqrt(as_published) == pytest.approx(margin, abs=5e-4)


@pytest.mark.parametrize(("weights", "effect"), [([0, 1, 2, 3], 1.5556), ([1, 1, 1000], 2.98804)])
def test_the_design_effect_of_unequal_weights(estimate, weights, effect):
    """Kish; the figures are those of the package balance."""
    *_, found = estimate([(weight, 0, [1.0]) for weight in weights])
    assert found == pytest.approx(effect, abs=5e-5)


def test_one_respondent_alone_in_a_stratum_leaves_the_spread_unknown(estimate):
    mean, variance, *_ = estimate([(2, 0.5, [1.0, 0.0]), (3, 0.3, [1.0])])
    assert mean == pytest.approx(5 / 7)
    assert variance is None


@pytest.mark.parametrize("answer", [0.0, 1.0])
def test_where_all_answer_the_same_there_is_no_spread(estimate, answer):
    mean, variance, *_ = estimate([(2, 0.5, [answer] * 3), (3, 0.3, [answer] * 4)])
    assert (mean, variance) == (answer, 0)


def test_over_all_samples_the_variance_is_that_of_the_estimate(estimate):
    """All samples of 3 of 6 and 2 of 4; the mean of the estimated variances is the variance of the
    estimates, as it must be for a mean whose weights sum to a known total."""
    population = [[1.0, 2.0, 2.0, 3.0, 5.0, 5.0], [0.0, 4.0, 4.0, 1.0]]
    found = defaultdict(list)
    for first in itertools.combinations(population[0], 3):
        for second in itertools.combinations(population[1], 2):
            mean, variance, *_ = estimate([(2, 0.5, list(first)), (2, 0.5, list(second))])
            found["mean"].append(mean)
            found["variance"].append(variance)
    centre = sum(found["mean"]) / len(found["mean"])
    assert centre == pytest.approx(sum(map(sum, population)) / 10)
    spread = sum((mean - centre) ** 2 for mean in found["mean"]) / len(found["mean"])
    assert sum(found["variance"]) / len(found["variance"]) == pytest.approx(spread)


HEADCOUNTS = {"0101": (9, 2, 1, 1), "0102": (7, 1, 3, 1), "KAL": (4, 2, 1, 2)}


@pytest.fixture(scope="module")
def weighted(make_warehouse, raw_tables, tmp_path_factory):
    """The small wave, with an organisation that says how many there are of each role."""
    roles = ("staff", "leader", "union_rep", "safety_rep")
    units = [
        dict(unit)
        | {
            f"headcount_{role}": n
            for role, n in zip(roles, HEADCOUNTS.get(unit["unit_code"], (0,) * 4), strict=True)
        }
        for unit in raw_tables["organisation"]
    ]
    data = tmp_path_factory.mktemp("weighted")
    warehouse = make_warehouse(data, raw_tables | {"organisation": units})
    assert warehouse.dbt("build", "--exclude-resource-type", "unit_test").success
    return warehouse


def by_respondent(warehouse, question, node, role):
    """The weighted positive share and its variance, from the respondents one by one."""
    respondents = warehouse.rows(f"""
        select unit_strata.stratum_id, strata.weight, strata.sampling_fraction,
            answers.answer_class,
            exists (
                from intermediate.int_survey__unit_nodes as nodes
                where nodes.unit_code = unit_strata.unit_code and nodes.node_id = '{node}'
            ) and respondents.role in (
                select respondent_role from intermediate.int_survey__asked_roles
                where question_id = '{question}' and role_id = '{role}'
            ) as is_meant
        from raw.survey as respondents
        join intermediate.int_survey__unit_strata as unit_strata
            on coalesce(respondents.unit_code, 'NAV') = unit_strata.unit_code
            and respondents.role = unit_strata.respondent_role
        join intermediate.int_survey__strata as strata
            on unit_strata.stratum_id = strata.stratum_id
        left join raw.codebook_answer as answers
            on answers.question_id = '{question}'
            and respondents.q_{question} = answers.answer_code
    """)
    answered = [meant and kind not in (None, "missing") for *_, kind, meant in respondents]
    positive = [
        is_in and r[3] == "positive" for is_in, r in zip(answered, respondents, strict=True)
    ]
    total = sum(r[1] for is_in, r in zip(answered, respondents, strict=True) if is_in)
    share = sum(r[1] for yes, r in zip(positive, respondents, strict=True) if yes) / total
    strata = defaultdict(list)
    for is_in, yes, (stratum, weight, fraction, *_) in zip(
        answered, positive, respondents, strict=True
    ):
        strata[stratum, fraction].append(weight * (yes - share * is_in) / total)
    variance = 0.0
    for (_, fraction), residuals in strata.items():
        n, centre = len(residuals), sum(residuals) / len(residuals)
        spread = sum((residual - centre) ** 2 for residual in residuals)
        variance += (1 - fraction) * n / (n - 1) * spread
    return share, variance


def test_estimates_are_those_made_from_the_respondents_one_by_one(weighted):
    estimates = weighted.rows("""
        select question_id, node_id, role_id, share_positive, share_positive_variance, is_weighted,
            share_positive_lower, share_positive_upper, share_positive_unweighted
        from intermediate.int_survey__estimates
        where n_answered > 0 and node_id not in ('0101', '0102')
    """)
    assert len(estimates) > 20
    assert all(row[5] for row in estimates)
    assert any(abs(row[3] - row[8]) > 0.01 for row in estimates)
    for question, node, role, share, variance, _, lower, upper, _ in estimates:
        expected = by_respondent(weighted, question, node, role)
        assert (share, variance) == pytest.approx(expected, abs=1e-12), (question, node, role)
        assert 0 <= lower <= share <= upper <= 1


def test_a_unit_is_not_weighted_since_its_roles_are_a_handful_each(weighted):
    shares = weighted.rows("""
        select distinct is_weighted, share_positive - share_positive_unweighted
        from intermediate.int_survey__estimates
        where n_answered > 0 and node_id in ('0101', '0102')
    """)
    assert shares == [(False, 0)]


def test_the_weights_sum_to_the_headcount(weighted):
    [(total,)] = weighted.rows(
        "select sum(weight * n_respondents) from intermediate.int_survey__strata"
    )
    assert total == pytest.approx(sum(map(sum, HEADCOUNTS.values())))


def test_a_published_figure_is_compared_with_the_unweighted_share(weighted, built):
    ours = "select figure_id, our_value from marts.mart_reconciliation order by all"
    assert weighted.rows(ours) == built.rows(ours)


def test_without_headcounts_each_answer_counts_alike_and_the_figure_says_so(built):
    estimates = built.rows("""
        select share_positive, share_positive_unweighted, is_weighted
        from intermediate.int_survey__estimates where n_answered > 0
    """)
    assert all(
        share == pytest.approx(plain) and not is_weighted for share, plain, is_weighted in estimates
    )
