"""The small survey, counted by hand: what the models make of twelve respondents."""

import pytest


def scorecard(built, indicator, node="NAV", role="all"):
    return built.rows(
        "select value, n, n_compared, status, is_demonstration, source_file, source_ref "
        f"from marts.mart_scorecard where indicator_id = '{indicator}' "
        f"and node_id = '{node}' and role_id = '{role}'"
    )


def test_a_share_leaves_out_those_who_do_not_know(built):
    # own experience: 12 asked, one does not know; positive are r01 r02 r04 r05 r07 r10 r11
    assert scorecard(built, "discretion_experience") == [
        (7 / 11, 11, None, "shown", True, "svar.sav", "undersokelse 2023, factor_experience")
    ]


def test_a_node_counts_all_that_is_below_it_and_a_line_its_own(built):
    # r12 has no unit and counts in NAV only
    rows = built.rows(
        "select node_id, n_respondents from intermediate.int_survey__respondents "
        "where role_id = 'all' order by node_id"
    )
    assert rows == [("0101", 4), ("0102", 4), ("ATL", 8), ("FYL-AGD", 8), ("KAL", 3), ("NAV", 12)]


def test_representatives_are_union_and_safety_representatives(built):
    rows = built.rows(
        "select role_id, n_respondents from intermediate.int_survey__respondents "
        "where node_id = 'NAV' order by role_id"
    )
    assert rows == [
        ("all", 12),
        ("leader", 3),
        ("representative", 3),
        ("safety_rep", 1),
        ("staff", 6),
        ("union_rep", 2),
    ]


def test_a_unit_is_counted_as_a_whole_and_not_by_role(built):
    # a role in a unit is a handful of people
    rows = built.rows(
        "select distinct node_id, role_id from intermediate.int_survey__estimates "
        "where node_id in ('0101', '0102', 'FYL-AGD') order by all"
    )
    assert [role for node, role in rows if node != "FYL-AGD"] == ["all", "all"]
    assert [role for node, role in rows if node == "FYL-AGD"] == [
        "all",
        "leader",
        "representative",
        "staff",
        "union_rep",
    ]


def test_asked_answered_and_missing_are_told_apart(built):
    # knowing the goals: r03 does not know, r05 left it open
    rows = built.rows(
        "select n_asked, n_answered, n_missing, n_positive, n_neutral, n_negative "
        "from intermediate.int_survey__estimates "
        "where question_id = 'knows_overall_goals' and node_id = 'NAV' and role_id = 'all'"
    )
    assert rows == [(12, 10, 2, 6, 1, 3)]


def test_a_gap_is_leaders_minus_representatives(built):
    # knowing the goals: 3 of 3 leaders, 2 of 3 representatives (r08 and r12, not r11)
    [(value, n, n_compared, *_)] = scorecard(built, "gap_knows_overall_goals", role="leader")
    assert (value, n, n_compared) == (pytest.approx(1 - 2 / 3), 3, 3)


def test_answers_to_different_wordings_are_compared_but_never_added(built):
    rows = built.rows(
        "select role_id, value, n from marts.mart_goal_3 "
        "where item_id = 'involvement_service_development' and node_id = 'NAV' "
        "and category_id = 'positive' order by role_id"
    )
    # leaders r04 r07, not r10; representatives r12, not r08 r11
    assert rows == [
        ("leader", 2 / 3, 3),
        ("representative", 1 / 3, 3),
        ("safety_rep", 0.0, 1),
        ("union_rep", 0.5, 2),
    ]


def test_a_battery_stands_item_by_item_in_its_goal_and_not_on_the_scorecard(built):
    # experience 7 positive, 2 negative of 11; time 2 positive (r07 r11), 7 negative of 12
    rows = built.rows(
        "select item_id, measure, value from marts.mart_goal_1 where node_id = 'NAV' "
        "and role_id = 'all' and indicator_id = 'discretion_factors' "
        "and category_kind = 'all' order by item_order, measure"
    )
    assert rows == [
        ("factor_experience", "balance", 5 / 11),
        ("factor_experience", "mean", pytest.approx(100 * 29 / (4 * 11))),
        ("factor_experience", "rank_strength", 1.0),
        ("factor_experience", "strength", 9 / 11),
        ("factor_time", "balance", -5 / 12),
        ("factor_time", "mean", pytest.approx(100 * 16 / (4 * 12))),
        ("factor_time", "rank_strength", 2.0),
        ("factor_time", "strength", 9 / 12),
    ]
    assert scorecard(built, "discretion_factors") == []


def test_an_indicator_gets_the_measures_it_asks_for(built):
    rows = built.rows(
        "select distinct measure, category_kind from marts.mart_goal_1 "
        "where indicator_id = 'discretion_experience' order by all"
    )
    assert rows == [("mean", "all"), ("share", "answer"), ("share", "class")]


def test_an_answer_that_nobody_gave_is_a_share_of_nothing_and_not_left_out(built):
    rows = built.rows(
        "select category_id, value, category_class from marts.mart_goal_1 "
        "where indicator_id = 'discretion_time' and node_id = 'NAV' and role_id = 'leader' "
        "and category_kind = 'answer' order by category_order"
    )
    # r04 and r10 say 3, r07 says 4
    assert rows == [
        ("1", 0.0, "negative"),
        ("2", 0.0, "negative"),
        ("3", 2 / 3, "neutral"),
        ("4", 1 / 3, "positive"),
        ("5", 0.0, "positive"),
    ]


def test_the_parts_of_nav_are_told_by_class_alone(built):
    rows = built.rows(
        "select distinct node_id, role_id from marts.mart_goal_1 "
        "where category_kind = 'answer' order by all"
    )
    assert {node for node, _ in rows} == {"NAV"}
    assert {"all", "leader"} <= {role for _, role in rows}
    by_class = "select distinct node_id from marts.mart_goal_1 where category_kind = 'class'"
    assert {"0101", "0102", "ATL", "FYL-AGD"} < {node for (node,) in built.rows(by_class)}


def test_units_and_roles_in_a_result_area_are_not_ranked(built):
    rows = built.rows(
        "select distinct node_id, role_id from marts.mart_goal_1 "
        "where measure like 'rank%' order by all"
    )
    assert {node for node, _ in rows} == {"NAV", "ATL", "KAL", "FYL-AGD"}
    assert [role for node, role in rows if node == "FYL-AGD"] == ["all"]


def test_an_indicator_without_evidence_is_a_row_that_says_so(built):
    assert built.rows(
        "select period, node_id, value, n, status, is_demonstration from marts.mart_scorecard "
        "where indicator_id = 'local_service_development'"
    ) == [("none", "NAV", None, None, "no_evidence", False)]


def test_every_indicator_is_on_the_scorecard_or_is_a_battery_with_evidence(built):
    assert built.rows(
        "select indicator_id from marts.dim_indicator where indicator_id not in "
        "(select indicator_id from marts.mart_scorecard) order by 1"
    ) == [("conversation_package_themes",), ("discretion_factors",)]


def test_a_published_figure_stands_beside_ours(built):
    rows = built.rows(
        "select figure_id, published_value, our_value, n, agrees, is_demonstration "
        "from marts.mart_reconciliation order by figure_id"
    )
    assert rows == [
        ("DR1-01", "3660", 12.0, 12, False, True),
        ("DR1-07", "63.64", 7 / 11, 11, True, True),
    ]


def test_published_figures_are_never_an_indicators_value(built):
    with built.connect() as con:
        sources = con.execute("select distinct source_file from marts.mart_scorecard").fetchall()
    assert ("tall.csv",) not in sources


def test_the_organisation_is_the_one_of_the_waves_period(built):
    rows = built.rows(
        "select node_id, period, parent_node_id, level_order, sort_order "
        "from marts.dim_node where period = '2023' order by sort_order"
    )
    assert rows == [
        ("NAV", "2023", None, 0, 1),
        ("ATL", "2023", "NAV", 1, 2),
        ("KAL", "2023", "NAV", 1, 3),
        ("FYL-AGD", "2023", "ATL", 2, 4),
        ("0101", "2023", "FYL-AGD", 3, 5),
        ("0102", "2023", "FYL-AGD", 3, 6),
    ]


@pytest.fixture(scope="module")
def without_organisation(tmp_path_factory, make_warehouse, raw_tables):
    tables = {name: rows for name, rows in raw_tables.items() if name != "organisation"}
    tables["input_file"] = [
        row for row in tables["input_file"] if row["table_name"] != "organisation"
    ]
    warehouse = make_warehouse(tmp_path_factory.mktemp("without"), tables)
    assert warehouse.dbt("build", "--exclude-resource-type", "unit_test").success
    return warehouse


def test_without_an_organisation_everyone_counts_in_the_root(without_organisation, built):
    sql = "select node_id, n_respondents from intermediate.int_survey__respondents "
    assert without_organisation.rows(sql + "where role_id = 'all'") == [("NAV", 12)]
    assert scorecard(without_organisation, "discretion_experience") == scorecard(
        built, "discretion_experience"
    )
    nodes = "select distinct node_id, name from marts.dim_node"
    assert without_organisation.rows(nodes) == [("NAV", "NAV")]


def test_a_warehouse_where_nothing_was_delivered_still_builds(tmp_path, make_warehouse):
    warehouse = make_warehouse(tmp_path, {})
    warehouse.execute(
        "alter table raw.survey drop column q_factor_experience; "
        "alter table raw.survey drop column q_factor_time; "
        "alter table raw.survey drop column q_knows_overall_goals; "
        "alter table raw.survey drop column q_involvement_service_development"
    )
    assert warehouse.dbt("build", "--exclude-resource-type", "unit_test").success
    assert warehouse.rows("select distinct status from marts.mart_scorecard") == [("no_evidence",)]
