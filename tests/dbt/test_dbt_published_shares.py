"""A survey wave whose answers are gone: what was published of it stands beside our own estimates.

The wave 2021 before the small one: 48 % of 2 000 said that own experience widens their room, and of
the leaders 60 %, nobody knows of how many; 90 % of 100 leaders and 70 % of 50 representatives knew
the goals.
"""

import pytest
from statsmodels.stats.proportion import proportion_confint

SHARES = [
    ("factor_experience", "all", 48, 2000),
    ("factor_experience", "leader", 60, None),
    ("knows_overall_goals", "leader", 90, 100),
    ("knows_overall_goals", "representative", 70, 50),
]
FILE = {"source_file": "publiserte_andeler.csv", "source_sha256": "2c", "is_demonstration": True}


def with_wave_before(raw_tables, shares):
    """The small raw tables with a published wave before, which the answers are compared with."""
    codebooks = ("codebook_question", "codebook_question_indicator", "codebook_answer")
    before = {name: [row | {"wave": "2021"} for row in raw_tables[name]] for name in codebooks}
    before["codebook_question"] = [
        row | {"wave_form": "published"} for row in before["codebook_question"]
    ]
    compared = {"comparable_wave": "2021", "comparability_break": "none"}
    now = {name: list(raw_tables[name]) for name in codebooks}
    now["codebook_question"] = [row | compared for row in now["codebook_question"]]
    tables = raw_tables | {name: [*before[name], *now[name]] for name in codebooks}
    tables["survey_share"] = [
        {"wave": "2021", "question_id": question, "role_id": role, "answer_class": "positive",
         "share_percent": percent, "respondents": n, "source_id": "delrapport1",
         "section": "4.2", **FILE}
        for question, role, percent, n in shares
    ]  # fmt: skip
    read = {"domain": "survey", "table_name": "survey_share", "rows_in": len(shares),
            "rows_kept": len(shares), "rows_quarantined": 0, "answers_blanked": 0,
            "fingerprint": "a", **FILE}  # fmt: skip
    return tables | {"input_file": [*tables["input_file"], read]}


@pytest.fixture(scope="module")
def wave_before(make_warehouse, raw_tables, tmp_path_factory):
    """The small warehouse with the published wave, built and tested by dbt."""
    folder = tmp_path_factory.mktemp("published")
    warehouse = make_warehouse(folder, with_wave_before(raw_tables, SHARES))
    result = warehouse.dbt("build", "--exclude-resource-type", "unit_test")
    assert result.success, [(n.node.name, n.message) for n in result.result if n.failures]
    return warehouse


def scored(warehouse, indicator, role, wave="2021"):
    (row,) = warehouse.rows(
        "select value, lower, upper, n, status, is_weighted, source_ref from marts.mart_scorecard "
        f"where indicator_id = '{indicator}' and period = '{wave}' and role_id = '{role}' "
        "and node_id = 'NAV'"
    )
    return row


def test_a_share_with_n_has_the_interval_of_wilson_and_no_weight(wave_before):
    lower, upper = map(pytest.approx, proportion_confint(960, 2000, method="wilson"))
    source = "Tillitsreformen: Delrapport 1 4.2"
    assert scored(wave_before, "discretion_experience", "all") == (
        *(0.48, lower, upper, 2000),
        *("published", None, source),
    )


def test_a_share_without_n_has_none(wave_before):
    value, lower, upper, n, status, *_ = scored(wave_before, "discretion_experience", "leader")
    assert (value, lower, upper, n, status) == (0.6, None, None, None, "published")


def test_two_shares_make_a_gap_with_an_interval(wave_before):
    value, lower, upper, n, status, *_ = scored(wave_before, "gap_knows_overall_goals", "leader")
    assert (value, n, status) == (pytest.approx(0.2), 100, "published")
    assert -1 < lower < value < upper < 1


def test_our_own_figures_of_the_wave_after_are_what_they_were(wave_before, built):
    for role in ("all", "leader"):
        assert scored(wave_before, "discretion_experience", role, "2023") == scored(
            built, "discretion_experience", role, "2023"
        )


def test_a_change_is_compared_for_nav_as_a_whole_and_says_why_it_is_not_tested(wave_before):
    rows = wave_before.rows(
        "select role_id, compared_value, n_compared, status, why_not_tested "
        "from marts.mart_comparison where kind = 'waves' and period = '2023' "
        "and indicator_id = 'discretion_experience' and node_id = 'NAV' "
        "and role_id in ('all', 'leader', 'staff') order by all"
    )
    assert rows == [
        ("all", 0.48, 2000, "published", "too_few"),  # of our twelve
        ("leader", 0.6, None, "published", "n_not_known"),
        ("staff", None, None, "published", "nobody_answered"),
    ]


def test_no_part_of_nav_is_compared_with_it(wave_before):
    rows = wave_before.rows(
        "select distinct node_id, compared_value from marts.mart_comparison where kind = 'waves' "
        "and period = '2023' and item_id = 'factor_experience' and compared_value is not null"
    )
    assert {node for node, _ in rows} == {"NAV"}


def test_no_battery_is_made_of_it_and_nothing_published_is_set_against_it(wave_before, built):
    battery = "select count(*) from marts.mart_goal_1 where period = '2021' and indicator_id = "
    assert wave_before.rows(battery + "'discretion_factors'") == [(0,)]
    assert wave_before.rows(battery + "'discretion_experience'") == [(2,)]
    reconciled = "from marts.mart_reconciliation order by all"
    assert wave_before.rows(reconciled) == built.rows(reconciled)


NOT_ASKED = "published_shares_are_of_what_was_asked"
SPOILED = {
    "a role that was not asked": (
        "set question_id = 'involvement_service_development', role_id = 'staff'", NOT_ASKED
    ),
    "a question that the wave did not put": ("set question_id = 'no_question'", NOT_ASKED),
    "more than everybody": ("set share_percent = 130", "answer_shares_sum_to_one"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "test"), SPOILED.values(), ids=SPOILED)
def test_a_data_test_fails_on(wave_before, tmp_path, change, test):
    spoiled = wave_before.copy(tmp_path)
    spoiled.execute(f"update raw.survey_share {change} where role_id = 'all'")
    models = ["int_survey__published_shares", "int_survey__measures"]
    assert spoiled.dbt("run", "--select", *models).success
    result = spoiled.dbt("test", "--select", test)
    assert str(result.result[-1].status) == "fail"
