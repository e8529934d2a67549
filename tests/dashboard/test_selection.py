import pandas as pd

from streamlit_app.organisation import in_order
from streamlit_app.selection import (
    Choice,
    answers,
    by_what,
    gaps,
    has_earlier,
    headline,
    indicators_of,
    nodes_offered,
    over_waves,
    parts_at,
    periods,
    roles_offered,
    side_by_side,
    strengths,
    with_evidence,
)

NAV_2025 = Choice("2025", "NAV", "all")


def at(mart: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    return mart[(mart["period"] == choice.period) & (mart["node_id"] == choice.node_id)]


def test_the_organisation_stands_as_a_tree_with_parents_before_children(tables):
    order = in_order(tables["dim_node"], "2023")
    assert list(order["node_id"])[:5] == ["NAV", "ATL", "FYL-AGD", "1001", "1002"]
    assert list(order["depth"])[:5] == [0, 1, 2, 3, 3]


def test_only_waves_places_and_roles_with_answers_are_offered(tables):
    mart = tables["mart_goal_1"]
    assert periods(mart) == ["2025", "2023", "2017"]
    assert "FYL-TRF" not in set(nodes_offered(mart, tables["dim_node"], "2025")["node_id"])
    assert "safety_rep" not in roles_offered(mart, tables["dim_role"], "2023", "KON")


def test_items_of_a_battery_stand_by_balance_and_not_by_number(tables):
    mart = tables["mart_goal_1"]
    items = answers(at(mart, NAV_2025), "discretion_factors", "all").drop_duplicates("item_id")
    assert items["balance"].is_monotonic_decreasing
    assert items["item_id"].iloc[0] == "factor_experience"


def test_where_single_answers_are_not_told_a_battery_stands_by_class(tables):
    mart = at(tables["mart_goal_1"], NAV_2025)
    by_class = answers(mart[mart["category_kind"] != "answer"], "discretion_factors", "all")
    assert set(by_class["category_id"]) == {"negative", "neutral", "positive"}
    assert set(by_class["measure"]) == {"share"}
    assert by_class["balance"].notna().all()


def test_strength_has_its_own_order_and_rank(tables):
    items = strengths(at(tables["mart_goal_1"], NAV_2025), "discretion_factors", "all")
    assert items["value"].is_monotonic_decreasing
    assert list(items["rank"]) == [1, 2, 3, 4, 5, 6]


def test_result_areas_stand_in_the_organisations_order_whatever_their_figures(tables):
    parts = parts_at(in_order(tables["dim_node"], "2025"), "NAV", "result_area")
    rows = side_by_side(tables["mart_scorecard"], parts, "hindrance_to_trust", NAV_2025)
    assert list(rows["node_id"]) == [
        "FYL-AGD", "FYL-VEL", "FYL-TRM", "FYL-FIN", "NKS", "NAY", "KON", "KLA",
    ]  # fmt: skip
    assert not rows["value"].dropna().is_monotonic_increasing
    assert rows.set_index("node_id").loc["NKS", "within"] == "Arbeids- og tjenestelinjen"


def test_units_are_those_of_the_part_that_is_chosen(tables):
    def units(node_id):
        choice = Choice("2025", node_id, "all")
        parts = parts_at(in_order(tables["dim_node"], "2025"), node_id, "unit")
        return side_by_side(tables["mart_scorecard"], parts, "hindrance_to_trust", choice)

    assert set(units("NAV")["node_id"]) == {"1001", "1002"}
    assert set(units("FYL-AGD")["within"]) == {"NAV Agder"}
    assert units("NKS").empty


def test_a_gap_comes_with_the_share_of_each_role(tables):
    indicators = indicators_of(tables["dim_indicator"], 3, measure="gap")
    rows = gaps(tables["mart_scorecard"], at(tables["mart_goal_3"], NAV_2025), indicators, NAV_2025)
    assert list(rows["indicator_id"]) == list(indicators["indicator_id"])
    difference = rows["share"] - rows["share_compared"]
    assert (difference - rows["value"]).abs().max() < 1e-12


def test_a_wave_after_a_break_may_not_be_compared_backwards(tables):
    rows = over_waves(
        tables["mart_scorecard"],
        tables["dim_question"],
        "hindrance_to_trust",
        ["hindrance_to_trust"],
        NAV_2025,
    ).set_index("period")
    assert rows.loc["2025", "compared_with"] is None
    assert rows.loc["2025", "break_kind"] == "wording"
    assert rows.loc["2025", "break_note_nb"] == "Spørsmålet fikk ny ordlyd i 2025."


def test_a_wave_without_a_break_may(tables):
    rows = over_waves(
        tables["mart_scorecard"],
        tables["dim_question"],
        "discretion_time",
        ["factor_time"],
        NAV_2025,
    ).set_index("period")
    assert list(rows["compared_with"]) == [None, "2017", "2023"]


CARRIED = {
    "indicator_id": "discretion_time", "kind": "waves", "period": "2025", "node_id": "NAV",
    "role_id": "all",
    "compared_period": "2023", "is_carried": True, "compared_value": 0.61, "compared_lower": 0.57,
    "compared_upper": 0.65, "n_compared": 812, "why_not_tested": None, "status": "shown",
}  # fmt: skip


def waves_beside(tables, **comparison):
    return over_waves(
        tables["mart_scorecard"],
        tables["dim_question"],
        "discretion_time",
        ["factor_time"],
        NAV_2025,
        by_what(pd.DataFrame([CARRIED | comparison]))["discretion_time"],
    )


def test_a_node_that_was_another_has_its_carried_figure_beside_its_own_and_no_line_to_it(tables):
    rows = waves_beside(tables)
    assert list(rows["period"]) == ["2017", "2023", "2023", "2025"]
    assert list(rows["form"]) == ["answers", "answers", "carried", "answers"]
    carried = rows[rows["form"] == "carried"].iloc[0]
    assert (carried["value"], carried["lower"], carried["n"], carried["carried_to"]) == (
        *(0.61, 0.57, 812),
        "2025",
    )
    assert rows.set_index(["period", "form"]).loc[("2025", "answers"), "compared_with"] is None


def test_what_is_carried_back_may_be_withheld(tables):
    hidden = dict.fromkeys(["compared_value", "compared_lower", "compared_upper", "n_compared"])
    rows = waves_beside(tables, **hidden, status="withheld")
    assert list(rows.loc[rows["form"] == "carried", "status"]) == ["withheld"]


def test_a_figure_may_be_carried_back_beside_a_wave_that_is_withheld(tables):
    card = tables["mart_scorecard"]
    n = card["n"].astype("Int32").mask(card["period"] == "2017")
    rows = waves_beside(tables | {"mart_scorecard": card.assign(n=n)})
    assert rows["n"].isna().tolist() == [True, False, False, False]
    assert rows.loc[rows["form"] == "carried", "n"].tolist() == [812]


def test_no_line_leads_to_what_a_node_was_before_its_units_were_divided(tables):
    rows = waves_beside(
        tables, is_carried=False, compared_value=None, why_not_tested="organisation"
    )
    assert list(rows["form"]) == ["answers"] * 3
    assert list(rows["compared_with"]) == [None, "2017", None]


def test_the_headline_is_the_newest_figure_for_the_whole_of_nav_in_the_indicators_own_role(tables):
    indicators = tables["dim_indicator"].set_index("indicator_id", drop=False)
    figure = headline(tables["mart_scorecard"], indicators.loc["hindrance_to_trust"])
    assert (figure["period"], figure["node_id"], figure["role_id"]) == ("2025", "NAV", "staff")


def test_a_headline_has_an_earlier_one_only_in_its_own_role_and_for_the_whole_of_nav(tables):
    indicator = tables["dim_indicator"].set_index("indicator_id").loc["hindrance_to_trust"]
    indicator = indicator.to_dict() | {"indicator_id": "hindrance_to_trust"}
    card = tables["mart_scorecard"]
    assert has_earlier(card, indicator, headline(card, indicator))
    own = card["role_id"].eq("staff") & card["node_id"].eq("NAV")
    others = card[~own | card["period"].eq("2025")]
    assert not has_earlier(others, indicator, headline(others, indicator))


def test_an_indicator_without_evidence_has_no_headline_and_a_battery_counts_as_evidence(tables):
    indicators = tables["dim_indicator"]
    there = with_evidence(indicators, tables["mart_scorecard"])
    assert set(indicators["indicator_id"]) - set(there["indicator_id"]) == {
        "local_development",
        "user_trust",
    }
    waiting = indicators.set_index("indicator_id", drop=False).loc["user_trust"]
    assert headline(tables["mart_scorecard"], waiting) is None
