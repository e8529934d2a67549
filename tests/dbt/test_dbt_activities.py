"""The small activities, counted by hand: three projects, three packages, three matters."""


def figures(built, indicator, *columns, where="true"):
    return built.rows(
        f"select {', '.join(columns)} from intermediate.int_activities__figures "
        f"where indicator_id = '{indicator}' and {where} order by all"
    )


def test_a_project_counts_in_nav_and_in_the_county_that_it_lies_in(built):
    # P3 stands on a line, outside every county
    assert figures(
        built, "development_projects", "node_id", "value", "n", where="category_id = 'all'"
    ) == [("FYL-AGD", 2, None), ("NAV", 3, None)]


def test_projects_are_told_by_theme(built):
    rows = figures(
        built, "development_projects", "category_id", "value", "base",
        where="category_kind = 'category'",
    )  # fmt: skip
    assert rows == [("money", 1, 3), ("youth", 2, 3)]


def test_a_register_that_was_not_delivered_has_no_figure(built):
    assert figures(built, "grant_initiatives", "value") == []


def test_a_share_of_matters_is_of_those_whose_stage_is_stated(built):
    # B3 does not say; B1 of B1 and B2 was from the start
    assert figures(
        built, "user_councils_from_start", "node_id", "category_id", "value", "base", "n",
    ) == [
        ("FYL-AGD", "all", 0.5, 2, None),
        ("NAV", "all", 0.5, 2, None),
        ("NAV", "none", 0.5, 2, None),
        ("NAV", "start", 0.5, 2, None),
    ]  # fmt: skip


def test_a_theme_is_counted_in_its_arena_and_in_all_with_0_where_nobody_raised_it(built):
    rows = figures(
        built, "conversation_package_themes", "item_id", "category_id", "value", "base",
        where="item_id in ('time', 'goals')",
    )  # fmt: skip
    assert rows == [
        ("goals", "all", 1, 3),
        ("goals", "mba", 1, 1),
        ("goals", "staff", 0, 2),
        ("time", "all", 2, 3),
        ("time", "mba", 1, 1),
        ("time", "staff", 1, 2),
    ]


def test_a_unit_that_sent_challenges_twice_is_one_unit(built):
    rows = figures(built, "conversation_package_units", "value", "base")
    assert rows == [(1, 2)]
