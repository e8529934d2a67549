"""Each published survey figure of 2023, counted straight from the file."""

import pandas as pd
import pytest

STAFF, LEADER, UNION_REP, SAFETY_REP = 1, 2, 3, 4
EXPERIENCE, RULES, TIME, PERFORMANCE_MANAGEMENT = "Q1_1", "Q1_2", "Q1_3", "Q1_5"
FACTORS = [f"Q1_{number}" for number in range(1, 14)]
HINDRANCE, COMPETITION = "Q4_1", "Q4_2"
STATE, MUNICIPAL, CONFLICT = "Q4_5", "Q4_6", "Q4_4"
QUANTITATIVE = [f"Q5_{number}" for number in range(1, 6)]
QUALITATIVE = [f"Q6_{number}" for number in range(1, 6)]


def low(wave: pd.DataFrame, column: str) -> float:
    """Percent of those who answered that chose 1 or 2."""
    return float((wave[column].dropna() <= 2).mean() * 100)


def high(wave: pd.DataFrame, column: str) -> float:
    """Percent of those who answered that chose 4 or 5."""
    return float((wave[column].dropna() >= 4).mean() * 100)


def strengths(wave: pd.DataFrame) -> pd.Series:
    return pd.Series({factor: low(wave, factor) + high(wave, factor) for factor in FACTORS})


def of(wave: pd.DataFrame, *roles: int) -> pd.DataFrame:
    return wave[wave["ROLLE"].isin(roles)]


def test_dr1_01_there_are_3660_respondents(answered_2023: pd.DataFrame) -> None:
    assert len(answered_2023) == 3660
    assert answered_2023["RESPID"].is_unique


def test_dr1_07_experience_widens_discretion_for_75_93_percent(answered_2023: pd.DataFrame) -> None:
    assert round(high(answered_2023, EXPERIENCE), 2) == 75.93


def test_dr1_08_time_narrows_discretion_for_43_28_percent(answered_2023: pd.DataFrame) -> None:
    assert round(low(answered_2023, TIME), 2) == 43.28


def test_dr1_09_and_10_performance_management_is_seventh_of_thirteen_by_strength(
    answered_2023: pd.DataFrame,
) -> None:
    ranks = strengths(answered_2023).rank(ascending=False)
    assert len(ranks) == 13
    assert ranks[PERFORMANCE_MANAGEMENT] == 7


def test_dr1_11_and_25_experience_is_first_by_positive_effect(answered_2023: pd.DataFrame) -> None:
    positive = pd.Series({factor: high(answered_2023, factor) for factor in FACTORS})
    assert positive.rank(ascending=False)[EXPERIENCE] == 1


def test_dr1_19_and_20_staff_find_little_hindrance_27_and_much_31_percent(
    answered_2023: pd.DataFrame,
) -> None:
    staff = of(answered_2023, STAFF)
    assert low(staff, HINDRANCE) == pytest.approx(27, abs=0.1)
    assert high(staff, HINDRANCE) == pytest.approx(31, abs=0.1)


@pytest.mark.parametrize(
    ("level", "node", "percent"), [("Linje", "KAL", 44), ("Resultatområde", "NKS", 49)]
)
def test_dr1_21_and_22_much_hindrance_in_appeals_and_contact_centre(
    answered_2023: pd.DataFrame, level: str, node: str, percent: int
) -> None:
    there = answered_2023[answered_2023[level] == node]
    assert len(there) >= 150
    assert high(there, HINDRANCE) == pytest.approx(percent, abs=0.1)


def test_dr1_23_leaders_in_the_contact_centre_see_much_competition_80_percent(
    answered_2023: pd.DataFrame,
) -> None:
    leaders = of(answered_2023[answered_2023["Resultatområde"] == "NKS"], LEADER)
    assert leaders[COMPETITION].count() >= 30
    assert high(leaders, COMPETITION) == pytest.approx(80, abs=0.1)


def test_dr1_24_quantitative_goals_are_negative_for_15_to_30_percent(
    answered_2023: pd.DataFrame,
) -> None:
    negative = [low(answered_2023, item) for item in QUANTITATIVE]
    assert min(negative) == pytest.approx(15, abs=0.1)
    assert max(negative) == pytest.approx(30, abs=0.1)


def test_f_06_rules_experience_and_time_are_the_three_strongest_factors(
    answered_2023: pd.DataFrame,
) -> None:
    assert set(strengths(answered_2023).nlargest(3).index) == {RULES, EXPERIENCE, TIME}


def test_f_12_and_13_leaders_are_clearly_more_positive_than_representatives(
    answered_2023: pd.DataFrame,
) -> None:
    leaders, representatives = of(answered_2023, LEADER), of(answered_2023, UNION_REP, SAFETY_REP)
    pairs = [("Q3_1L", "Q3_1T"), ("Q3_2L", "Q3_2T"), ("Q3_3", "Q3_3"), ("Q3_4", "Q3_4")]
    for leaders_say, representatives_say in pairs:
        assert high(leaders, leaders_say) > high(representatives, representatives_say) + 10


def test_f_19_performance_management_is_as_often_positive_as_negative(
    answered_2023: pd.DataFrame,
) -> None:
    assert high(answered_2023, PERFORMANCE_MANAGEMENT) == pytest.approx(
        low(answered_2023, PERFORMANCE_MANAGEMENT), abs=1
    )


def test_f_20_qualitative_goals_are_judged_better_and_quantitative_ones_not_badly(
    answered_2023: pd.DataFrame,
) -> None:
    for quantitative, qualitative in zip(QUANTITATIVE, QUALITATIVE, strict=True):
        assert high(answered_2023, qualitative) > high(answered_2023, quantitative)
        assert low(answered_2023, qualitative) < low(answered_2023, quantitative)
        assert high(answered_2023, quantitative) > low(answered_2023, quantitative)


def test_f_21_competition_varies_by_result_area_and_leaders_see_more_than_staff(
    answered_2023: pd.DataFrame,
) -> None:
    areas = answered_2023["Resultatområde"].replace(r"^DIR-.*", "DIR", regex=True)
    ranked = answered_2023.groupby(areas).apply(lambda area: high(area, COMPETITION)).sort_values()
    assert set(ranked.index[-4:]) == {"KAI", "NKS", "NAY", "NFP"}
    assert set(ranked.index[:2]) == {"DIR", "KON"}
    assert high(of(answered_2023, LEADER), COMPETITION) > high(
        of(answered_2023, STAFF), COMPETITION
    )


def test_f_23_leaders_of_offices_prefer_municipal_steering_and_disagree_on_conflict(
    answered_2023: pd.DataFrame,
) -> None:
    offices = answered_2023[answered_2023["Resultatområde"].str.startswith("FYL-")]
    assert 2 < high(offices, MUNICIPAL) - high(offices, STATE) < 12
    assert high(offices, CONFLICT) == pytest.approx(low(offices, CONFLICT), abs=2)
