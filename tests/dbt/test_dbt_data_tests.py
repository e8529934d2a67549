"""Each data test that keeps a promise is shown a fault, and finds it."""

from fnmatch import fnmatch

import pytest
from dbt.contracts.results import RunStatus, TestStatus

KINDS = ("identified_by", "holds_for_every_row", "accepted_values")
ANSWERS = "intermediate.int_survey__answer_counts"
COUNTS = "intermediate.int_survey__node_counts"
SUMS = "intermediate.int_survey__sums"
ESTIMATES = "intermediate.int_survey__population_estimates"
COMPARISONS = "marts.mart_comparison"
EVIDENCE = "intermediate.int_evidence__figures"
MEASURES = "intermediate.int_survey__measures"

FAULTS = {
    "a unit twice": (
        "insert into raw.organisation select * from raw.organisation where unit_code = '0101'",
        "identified_by_stg_organisation__units*",
    ),
    "a respondent twice": (
        "insert into raw.survey select * from raw.survey where respondent_id = 'r01'",
        "identified_by_stg_survey__responses*",
    ),
    "a respondent without an id": (
        "update raw.survey set respondent_id = null where respondent_id = 'r01'",
        "identified_by_stg_survey__responses*",
    ),
    "a user survey on a scale that is not declared": (
        "update raw.user_answer set scale_id = 'ten_point' where respondent_id = 'b1'",
        "staged_references_are_known",
    ),
    "a published share of 130": (
        "update raw.user_share set share_percent = 130 where year = 2022",
        "holds_for_every_row_stg_user_survey__shares*",
    ),
    "a matter twice": (
        "insert into raw.council_involvement select * from raw.council_involvement limit 1",
        "identified_by_stg_activities__council_involvement*",
    ),
    "a scale that goes nowhere": (
        "update reference.user_scales set positive_from = 9",
        "holds_for_every_row_user_scales*",
    ),
    "an unknown level": (
        "update raw.organisation set level = 'team' where unit_code = '0101'",
        "accepted_values_stg_organisation__units_level*",
    ),
    "an unknown role": (
        "update raw.survey set role = 'consultant' where respondent_id = 'r01'",
        "staged_references_are_known",
    ),
    "an indicator that is not defined": (
        "update raw.codebook_question_indicator set indicator_id = 'mood'",
        "staged_references_are_known",
    ),
    "a row that was lost between file and staging": (
        "delete from raw.survey where respondent_id = 'r01'",
        "every_raw_row_is_staged",
    ),
    "a row neither kept nor quarantined": (
        "update raw.input_file set rows_in = rows_in + 1 where table_name = 'survey'",
        "every_raw_row_is_staged",
    ),
    "an indicator twice in the seed": (
        "insert into reference.indicators select * from reference.indicators limit 1",
        "reference_tables_are_whole",
    ),
    "a goal that is not there": (
        "update reference.indicators set goal_id = 9 where indicator_id = 'discretion_time'",
        "reference_tables_are_whole",
    ),
    "an orphan unit": (
        "delete from intermediate.int_organisation__node_ancestors "
        "where node_id = '0101' and ancestor_id = 'NAV'",
        "every_node_reaches_the_root",
    ),
    "a respondent outside the root": (
        "update intermediate.int_survey__respondents set n_respondents = 11 "
        "where node_id = 'NAV' and role_id = 'all'",
        "every_respondent_is_in_the_root",
    ),
    "an answer that was not counted": (
        f"update {ANSWERS} set n = n - 1 where answer_code = 5",
        "every_answer_is_counted",
    ),
    "an answer by a role that was not asked": (
        "update raw.survey set q_involvement_service_development = 5 where role = 'staff'",
        "every_answer_is_counted",
    ),
    "a code outside its scale": (
        f"update {ANSWERS} set answer_class = null where answer_code = 5",
        "holds_for_every_row_int_survey__answer_counts*",
    ),
    "roles that do not sum to all": (
        f"update {COUNTS} set n = n + 1 where role_id = 'all' and node_id = 'NAV'",
        "roles_sum_to_all",
    ),
    "representatives that are not union plus safety": (
        f"delete from {COUNTS} where role_id = 'safety_rep'",
        "roles_sum_to_all",
    ),
    "classes that do not sum to answered": (
        f"update {SUMS} set n_neutral = n_neutral + 1 where node_id = 'NAV'",
        "holds_for_every_row_int_survey__sums*",
    ),
    "a score above the top of the scale": (
        f"update {SUMS} set score = 5 * n_answered + 1 where node_id = 'NAV'",
        "holds_for_every_row_int_survey__sums*",
    ),
    "answered and missing that are not all who were asked": (
        f"update {ESTIMATES} set n_asked = n_asked + 1 where node_id = 'NAV'",
        "holds_for_every_row_int_survey__population_estimates*",
    ),
    "a share outside its interval": (
        f"update {ESTIMATES} set share_positive_upper = 0 where share_positive > 0",
        "holds_for_every_row_int_survey__population_estimates*",
    ),
    "a mean outside its interval": (
        f"update {ESTIMATES} set mean_upper = mean - 1 where mean > 1",
        "holds_for_every_row_int_survey__population_estimates*",
    ),
    "a change said to be sure though it is not": (
        f"update {COMPARISONS} set outcome = 'higher', why_not_tested = null, p_value = 0.5, "
        "p_adjusted = 0.5, n = 40, n_compared = 40, lower = 0.1",
        "holds_for_every_row_mart_comparison*",
    ),
    "a comparison not tested for no reason": (
        f"update {COMPARISONS} set why_not_tested = null where outcome = 'not_tested'",
        "holds_for_every_row_mart_comparison*",
    ),
    "more strata cut than there are": (
        "update marts.mart_response set n_trimmed_strata = n_strata + 1",
        "holds_for_every_row_mart_response*",
    ),
    "a published share of a role that was not asked": (
        "insert into intermediate.int_survey__published_shares (wave, question_id, role_id, "
        "answer_class) values ('2023', 'involvement_service_development', 'staff', 'positive')",
        "published_shares_are_of_what_was_asked",
    ),
    "a unit counted by role beside units counted by head": (
        "update raw.organisation set headcount_total = 9 where unit_code = '0101'",
        "headcounts_come_in_one_way",
    ),
    "margins that cannot both be met": (
        "insert into intermediate.int_survey__raked_headcounts (wave, is_converged) "
        "values ('2023', false)",
        "raked_weights_converge",
    ),
    "shares that do not sum to one": (
        f"update {MEASURES} set value = value + 1e-6 where category_id = '5' and node_id = 'NAV'",
        "answer_shares_sum_to_one",
    ),
    "categories that do not sum to what they are categories of": (
        f"update {EVIDENCE} set value = value + 1 "
        "where category_kind = 'category' and measure = 'count' and value = 0",
        "parts_sum_to_wholes",
    ),
    "shares by category that do not sum to one": (
        f"insert into {EVIDENCE} select * replace ('share' as measure, 0.9 as value) "
        f"from {EVIDENCE} where category_kind = 'category' limit 1",
        "parts_sum_to_wholes",
    ),
    "counties that do not sum to all": (
        f"insert into {EVIDENCE} select * replace ('development_projects' as indicator_id, "
        f"'all' as item_id, node_id as node_id, 5 as value) from {EVIDENCE} "
        "where category_kind = 'all' and measure = 'count' and node_id <> 'NAV' limit 1",
        "parts_sum_to_wholes",
    ),
    "a county with more answers than the whole": (
        "update intermediate.int_user_survey__answer_counts set n = n + 100 "
        "where breakdown = 'county'",
        "parts_sum_to_wholes",
    ),
    "a figure twice in a mart": (
        "insert into marts.mart_goal_1 select * from marts.mart_goal_1 limit 1",
        "identified_by_mart_goal_1*",
    ),
    "a figure without a source": (
        "update marts.mart_goal_3 set source_sha256 = null where node_id = 'NAV'",
        "holds_for_every_row_mart_goal_3*",
    ),
    "a figure of a node that is not there": (
        "delete from marts.dim_node where node_id = '0101'",
        "figures_stand_in_the_dimensions",
    ),
    "an indicator twice on the scorecard": (
        "insert into marts.mart_scorecard select * from marts.mart_scorecard limit 1",
        "identified_by_mart_scorecard*",
    ),
    "a figure where there is no evidence": (
        "update marts.mart_scorecard set value = 1 where status = 'no_evidence'",
        "holds_for_every_row_mart_scorecard*",
    ),
    "an answer from where the organisation counts nobody": (
        "update intermediate.int_survey__cells set headcount = 9 where respondent_role = 'staff'",
        "whoever_answered_is_counted_in_the_organisation",
    ),
    "more answers than there are employees": (
        "update intermediate.int_survey__cells set headcount = 1",
        "no_more_answered_than_there_are",
    ),
    "a published figure marked as demonstration": (
        "update marts.mart_published_figure set is_demonstration = true",
        "published_figures_are_real",
    ),
}


@pytest.fixture(scope="module")
def data_tests(build):
    """The SQL of each data test, as dbt compiled it for the small warehouse."""
    _, nodes = build
    return {node.name: node.sql for node in nodes if node.kind == "test"}


@pytest.mark.parametrize(("fault", "test"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(built, data_tests, fault, test):
    [sql] = [sql for name, sql in data_tests.items() if fnmatch(name, test)]
    with built.connect() as con:
        assert con.execute(sql).fetchall() == []
        con.begin()
        con.execute(fault)
        assert con.execute(sql).fetchall() != []
        con.rollback()


def kind(test):
    """A test that many models have is one kind; any other is a kind of its own."""
    return next((kind for kind in KINDS if test.startswith(kind)), test)


def test_every_kind_of_data_test_is_shown_a_fault(data_tests):
    shown = [name for name in data_tests for _, test in FAULTS.values() if fnmatch(name, test)]
    assert {kind(name) for name in data_tests} == {kind(name) for name in shown}


def test_a_tree_that_runs_in_a_circle_stops_the_build(make_warehouse, raw_tables, tmp_path):
    units = [dict(row) for row in raw_tables["organisation"]]
    [county] = [row for row in units if row["unit_code"] == "FYL-AGD"]
    county["parent_unit_code"] = "0101"
    warehouse = make_warehouse(tmp_path, raw_tables | {"organisation": units})
    result = warehouse.dbt(
        "build", "--select", "+int_survey__unit_nodes", "--exclude-resource-type", "unit_test"
    )
    status = {found.node.name: found.status for found in result.result}
    assert status["every_node_reaches_the_root"] == TestStatus.Fail
    assert status["int_survey__unit_nodes"] == RunStatus.Skipped
