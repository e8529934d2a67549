"""The small user survey, counted by hand: seven users, and a share that was published."""

import statistics

import duckdb
import pytest


def figures(built, indicator, period, item="all", node="NAV"):
    return built.rows(
        "select value, n, base, lower is null, is_demonstration, source_file "
        "from intermediate.int_user_survey__figures "
        f"where indicator_id = '{indicator}' and period = '{period}' and item_id = '{item}' "
        f"and node_id = '{node}'"
    )


def test_a_share_counts_the_positive_part_of_the_years_scale_and_leaves_out_dont_know(built):
    # 6 and 4 are positive of 6, 4, 3 on six points; 4 of 4, 3 on five
    assert figures(built, "trust_from_nav_guidance", "2023") == [
        (pytest.approx(2 / 3), 3, None, False, True, "brukere.csv")
    ]
    assert figures(built, "trust_from_nav_guidance", "2025")[0][:2] == (0.5, 2)


def test_a_situation_is_a_figure_of_its_own(built):
    assert figures(built, "trust_from_nav_application", "2023")[0][:2] == (0, 1)


def test_a_score_is_the_mean_over_the_scale_from_0_to_100(built):
    # (6 + 4 + 3) / 3 on 1 to 6
    [(value, n, *_)] = figures(built, "trust_from_nav_guidance_score", "2023")
    assert (value, n) == (pytest.approx(100 * (13 / 3 - 1) / 5), 3)


def test_a_county_counts_those_who_live_there_and_a_group_all_of_nav(built):
    assert figures(built, "trust_from_nav_guidance", "2023", node="FYL-AGD")[0][:2] == (1, 2)
    group = figures(built, "trust_from_nav_guidance", "2023", item="user_group:sick_leave")
    assert group[0][1] == 3


def test_a_published_share_comes_as_it_is_without_n_base_or_interval(built):
    assert figures(built, "trust_from_nav_guidance", "2022") == [
        (0.9, None, None, True, False, "andeler.csv")
    ]
    [(ref,)] = built.rows(
        "select source_ref from marts.mart_scorecard "
        "where indicator_id = 'trust_from_nav_guidance' and period = '2022'"
    )
    assert ref == "Tillitsreformen: Delrapport 1 4.2.5 (published share, nearly)"


def test_a_year_whose_answers_are_there_is_computed_from_them(built):
    # 50 % is published for 2023 too
    rows = built.rows(
        "select period, form, comparator from marts.dim_user_measurement "
        "where indicator_id = 'trust_from_nav_guidance' order by 1"
    )
    assert rows == [
        ("2022", "published", "nearly"),
        ("2023", "answers", "exact"),
        ("2025", "answers", "exact"),
    ]


def test_a_new_scale_is_a_break_with_its_reason(built):
    rows = built.rows(
        "select period, period_before, comparability_break, break_note_nb "
        "from marts.dim_user_measurement where indicator_id = 'trust_from_nav_guidance' order by 1"
    )
    assert rows == [
        ("2022", None, None, None),
        ("2023", "2022", "none", None),
        (
            "2025",
            "2023",
            "scale",
            "2025 har et annet svarformat (fem punkter, der 4–5 er positive) enn 2023 "
            "(seks punkter, der 4–6 er positive).",
        ),
    ]


def test_the_interval_of_a_score_is_as_the_plain_formula_has_it(built):
    query = """
        select
            {{ mean_score('total', 'n', '1', '6') }} as mean,
            {{ mean_score_interval('total', 'squares', 'n', '1', '6', 'lower', 'upper') }}
        from counts
    """
    sql = built.dbt("compile", "--inline", query).result.results[0].node.compiled_code
    con = duckdb.connect()

    def interval(answers):
        con.execute(
            f"create or replace view counts as select {sum(answers)} as total, "
            f"{sum(a * a for a in answers)} as squares, {len(answers)} as n"
        )
        return con.execute(sql).fetchall()[0]

    answers = [6, 5, 5, 4, 3, 6, 2, 5]
    scores = [20 * (answer - 1) for answer in answers]
    half = 1.959963984540054 * statistics.stdev(scores) / len(scores) ** 0.5
    mean = statistics.mean(scores)
    assert interval(answers) == pytest.approx((mean, mean - half, min(100, mean + half)))
    assert interval([6, 6, 6]) == (100, 100, 100)
    assert interval([4]) == (60, None, None)
