"""The registers' figures in the small warehouse: two pilots and three measures."""

from datetime import date


def figures(built, indicator, measure, columns="node_id, category_id, value, base"):
    return built.rows(
        f"select {columns} from intermediate.int_evidence__figures "
        f"where indicator_id = '{indicator}' and measure = '{measure}' order by all"
    )


def test_a_pilot_counts_once_in_each_part_of_the_organisation_that_has_its_units(built):
    found = figures(built, "pilots_by_status", "count")
    assert [row for row in found if row[1] == "all"] == [
        ("ATL", "all", 1, 1),
        ("FYL-AGD", "all", 1, 1),
        ("KAL", "all", 1, 1),
        ("NAV", "all", 2, 2),
    ]
    assert [row[1:] for row in found if row[0] == "NAV" and row[1] != "all"] == [
        ("completed", 0, 2),
        ("in_progress", 1, 2),
        ("planned", 1, 2),
        ("stopped", 0, 2),
    ]


def test_the_mandates_parts_are_shares_of_the_pilots(built):
    found = figures(built, "pilots_with_mandate_parts", "share", "node_id, item_id, value, base")
    assert [row[1:] for row in found if row[0] == "NAV"] == [
        ("all", 0.5, 2),
        ("evaluation", 0.5, 2),
        ("plan", 0.5, 2),
        ("purpose", 1.0, 2),
    ]


def test_the_register_names_units_and_says_what_is_missing(built):
    columns = "pilot_id, unit_names, comparison_unit_names, has_plan, has_evaluation, frames_nb"
    assert built.rows(f"select {columns} from marts.mart_pilot order by pilot_id") == [
        ("P1", "Enhet 0101", "Enhet 0102, Enhet KAL", True, True, "Innenfor"),
        ("P2", "Enhet KAL", None, False, False, "Ikke oppgitt"),
    ]


def test_milestones_stand_one_to_a_row(built):
    columns = "pilot_id, milestone_number, milestone, milestone_date"
    assert built.rows(f"select {columns} from marts.mart_pilot_milestone order by all") == [
        ("P1", 1, "Oppstart", date(2023, 2, 1)),
        ("P2", 1, "Start", date(2023, 3, 1)),
    ]


def test_a_metric_is_weighted_by_cases_in_each_group_and_month(built):
    columns = "metric_month, group_id, value, n_units, n_cases, is_dominated"
    assert built.rows(f"select {columns} from marts.mart_pilot_metric order by all") == [
        (date(2023, 1, 1), "comparison", 12.5, 2, 40, False),  # 30 of 40
        (date(2023, 1, 1), "pilot", 10.0, 1, 20, True),
        (date(2023, 2, 1), "pilot", 9.0, 1, 4, True),
    ]


def test_measures_are_counted_by_status_in_the_registers_year(built):
    columns = "period, node_id, category_id, value, base"
    assert figures(built, "measures_goal_1", "count", columns) == [
        ("2023", "NAV", "all", 3, 3),
        ("2023", "NAV", "decided", 1, 3),
        ("2023", "NAV", "done", 1, 3),
        ("2023", "NAV", "in_progress", 1, 3),
        ("2023", "NAV", "proposed", 0, 3),
        ("2023", "NAV", "stopped", 0, 3),
    ]


def test_a_measure_stands_with_the_words_of_its_finding(built):
    columns = "measure_id, finding_nb, finding_en, status_nb, is_standing_still, is_overdue"
    assert built.rows(f"select {columns} from marts.mart_measure order by measure_id") == [
        ("T1", "Et funn", "A finding", "Pågår", False, False),
        ("T2", "Et funn", "A finding", "Besluttet", True, False),
        ("T3", "Et funn", "A finding", "Gjennomført", False, False),
    ]


def test_no_effect_is_estimated(built):
    assert built.rows(
        "select status from marts.mart_scorecard where indicator_id = 'pilot_effect'"
    ) == [("no_evidence",)]
