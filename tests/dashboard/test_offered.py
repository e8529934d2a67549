"""A filter offers no choice that shows nothing."""

import pandas as pd
import pytest

from tests.dashboard import small_users
from tests.dashboard.conftest import chart_headings, words
from tests.dashboard.small_release import write_release


def boxes(app) -> dict[str, list[str]]:
    """What each filter on the page offers, by its label."""
    return {box.label: list(box.options) for box in app.selectbox}


def in_each_choice(open_page, data, path):
    """The page once for each choice of each filter, with the filter and the choice."""
    for place, box in enumerate(open_page(data, path).selectbox):
        for choice in range(len(box.options)):
            app = open_page(data, path)
            app.selectbox[place].select_index(choice).run()
            yield f"{box.label}: {box.options[choice]}", app


EMPTY = ("vises ikke i dette utvalget", "ingenting er registrert")


@pytest.mark.parametrize("path", ["goal-2", "goal-5"])
def test_every_year_offered_has_something_to_show(open_page, tmp_path, path):
    write_release(tmp_path, "e" * 12, more=small_users.tables())
    seen = 0
    for choice, app in in_each_choice(open_page, tmp_path, path):
        seen += 1
        assert chart_headings(app), choice
        assert [said for said in EMPTY if said in words(app)] == [], choice
    assert seen


def test_a_year_in_which_all_is_withheld_or_nothing_is_by_year_is_not_offered(open_page, tmp_path):
    tables = dict(small_users.tables())
    goal = tables["mart_goal_5"]
    themes = goal[goal["indicator_id"] == small_users.THEMES]
    by_group = goal[goal["item_id"].str.startswith("user_group")]
    hidden = pd.concat([themes, by_group]).assign(period="2023", status="withheld")
    write_release(tmp_path, "e" * 12, more=tables | {"mart_goal_5": pd.concat([goal, hidden])})
    offered = [box.options for box in open_page(tmp_path, "goal-5").selectbox]
    assert offered == [
        ["2025"],
        ["2025"],
    ]  # 2024 has shares by stage, which are shown for all years


def test_no_indicator_or_level_is_offered_that_is_withheld_in_the_choice_made(
    open_page, tables, tmp_path
):
    card = tables["mart_scorecard"].copy()
    newest = card["period"] == "2025"
    hindrance = card["indicator_id"] == "hindrance_to_trust"
    units = card["node_id"].isin(tables["dim_node"].query("level == 'unit'")["node_id"])
    before = boxes(open_page_with(open_page, tmp_path / "before", card))
    card.loc[newest & ((hindrance & (card["node_id"] == "NAV")) | units), "status"] = "withheld"
    after = boxes(open_page_with(open_page, tmp_path / "after", card))
    gone = set(before["Indikator"]) - set(after["Indikator"])
    assert gone == {named(tables, "hindrance_to_trust")}
    assert "Nivå" in before
    assert "Nivå" not in after


def open_page_with(open_page, data, card):
    """The page of goal 4 on a release with this scorecard."""
    data.mkdir()
    write_release(data, "e" * 12, more={"mart_scorecard": card})
    return open_page(data, "goal-4")


def named(tables, indicator_id) -> str:
    return tables["dim_indicator"].set_index("indicator_id").loc[indicator_id, "name_nb"]


def test_no_goal_without_answers_to_show_can_be_compared(open_page, tables, tmp_path):
    assert boxes(open_page_of(open_page, tmp_path / "all", {}))["Mål"][0].startswith("1")
    hidden = tables["mart_goal_1"].assign(status="withheld")
    goals = boxes(open_page_of(open_page, tmp_path / "some", {"mart_goal_1": hidden}))["Mål"]
    assert not any(goal.startswith("1") for goal in goals)


def open_page_of(open_page, data, more):
    """The page that compares, on a release with these tables."""
    data.mkdir()
    write_release(data, "e" * 12, more=more)
    return open_page(data, "compare")


def test_the_checks_offer_only_what_the_filters_before_leave(open_page, published):
    app = open_page(published, "data-quality", table="raw.survey")
    assert boxes(app)["Status"] == ["Alle", "✓\N{NO-BREAK SPACE}bestått"]
    assert boxes(app)["Mål"] == ["Alle mål", "1", "3"]
    app = open_page(published, "data-quality", table="raw.survey", status="warned")
    assert "«warned» i adressen finnes ikke" in words(app)


def test_a_part_of_nav_says_why_its_answers_are_classes(open_page, tables, tmp_path):
    mart = tables["mart_goal_1"]
    told = mart[(mart["node_id"] == "NAV") | (mart["category_kind"] != "answer")]
    write_release(tmp_path, "e" * 12, more={"mart_goal_1": told})
    why = "De enkelte svarene vises bare for hele NAV"
    assert why in words(open_page(tmp_path, "goal-1", unit="NAY"))
    assert why not in words(open_page(tmp_path, "goal-1"))
