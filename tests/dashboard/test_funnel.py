"""Parts of the organisation beside what chance alone gives: limits, points, and what is said."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from streamlit_app.blocks.funnel import _spread
from streamlit_app.catalogue import Say
from streamlit_app.charts.funnel import (
    HEIGHT,
    LIMITS,
    PAST,
    funnel,
    limits,
    spread_of_balance,
    spread_of_share,
    within_limits,
)
from streamlit_app.charts.theme import Heading
from streamlit_app.selection import Choice
from tests.dashboard.conftest import chart_headings, words
from tests.dashboard.test_charts import layers

HEADING = Heading("Hva den viser", "Hele NAV", "Det samme med ord")


def parts(values, n=50, unit="share"):
    """One part for each figure; None is withheld."""
    there = [value is not None for value in values]
    return pd.DataFrame(
        {
            "name": [f"Enhet {place}" for place in range(len(values))],
            "value": values,
            "lower": values,
            "upper": values,
            "n": [n if is_there else None for is_there in there],
            "unit": unit,
            "status": ["shown" if is_there else "withheld" for is_there in there],
        }
    )


@pytest.mark.parametrize(
    ("level", "n", "low", "high"), [("95", 100, 0.402, 0.598), ("99.8", 400, 0.423, 0.577)]
)
def test_the_limits_of_a_half(level, n, low, high):
    found = limits(0.5, spread_of_share(0.5), n, LIMITS[level])
    assert found == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_the_spread_of_a_balance_is_that_of_answers_of_1_0_and_minus_1():
    answers = np.repeat([1, 0, -1], [30, 50, 20])
    balance, strength = answers.mean(), (answers**2).mean()
    assert spread_of_balance(balance, strength) == pytest.approx(answers.std())


def test_where_all_are_alike_the_limits_hold_as_many_as_they_say():
    random = np.random.default_rng(20261122)
    figures = parts(list(random.binomial(200, 0.4, 20_000) / 200), n=200)
    inside = within_limits(figures, 0.4, spread_of_share(0.4)).mean()
    assert inside == pytest.approx(0.998, abs=0.001)


def test_a_part_far_from_the_whole_lies_outside():
    found = within_limits(parts([0.4, 0.75], n=50), 0.4, spread_of_share(0.4))
    assert list(found) == [True, False]


@pytest.mark.parametrize("unit", ["share", "share_difference"])
def test_a_withheld_part_has_no_point_and_all_points_have_one_colour(unit):
    chart = funnel(parts([0.4, None, 0.3], unit=unit), 0.35, 0.5, HEADING, Say("nb")).to_dict()
    (points,) = [rows for mark, rows in layers(chart) if mark == "circle"]
    assert [row["name"] for row in points] == ["Enhet 0", "Enhet 2"]
    assert not any("color" in layer["encoding"] for layer in chart["layer"])


def drawn_limits(chart):
    """Where the limits' lines are drawn, both ends."""
    return [
        row[end]
        for mark, rows in layers(chart)
        for row in rows
        for end in ("lower", "upper")
        if mark == "line" and end in row
    ]


def test_the_limits_are_drawn_within_what_a_share_can_be():
    chart = funnel(parts([0.98], n=20), 0.97, spread_of_share(0.97), HEADING, Say("nb")).to_dict()
    ends = drawn_limits(chart)
    assert 0 <= min(ends) < max(ends) <= 1
    assert all(math.isfinite(end) for end in ends)


@pytest.mark.parametrize(
    ("centre", "n"),
    [(0.5, 2000), (0.97, 60), (0.03, 60), (0.5, 12)],
    ids=["apart", "cut-above", "cut-below", "cut-both-ways"],
)
def test_the_levels_are_written_apart_each_at_its_own_limit(centre, n):
    chart = funnel(parts([centre], n=n), centre, spread_of_share(centre), HEADING, Say("nb"))
    marks = [layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == "text"]
    found = {}
    for layer in marks:
        (row,), end = layer["data"]["values"], layer["encoding"]["y"]["field"].removesuffix(":Q")
        found[row["word"].replace("\u00a0", " ")] = row[end], end, layer["mark"]["baseline"]
    assert set(found) == {"95 %", "99,8 %"}
    (inner, end, inner_baseline), (outer, _, outer_baseline) = found["95 %"], found["99,8 %"]
    assert {inner_baseline, outer_baseline} == {"top", "bottom"}
    assert inner < outer if end == "upper" else inner > outer
    assert inner_baseline == ("top" if end == "upper" else "bottom")


def test_the_limits_end_where_the_axis_does():
    chart = funnel(
        parts([0.1], n=200, unit="share_difference"), 0.1, 0.9, HEADING, Say("nb")
    ).to_dict()
    ends = drawn_limits(chart)
    low, high = chart["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low <= min(ends)
    assert max(ends) <= high


CASES = pytest.mark.parametrize(
    ("centre", "n"), [(0.27, 453), (0.76, 120), (0.97, 60), (0.5, 6)], ids=str
)


@CASES
def test_a_limit_has_no_corners_and_runs_along_no_edge(centre, n):
    chart = funnel(parts([centre], n=n), centre, spread_of_share(centre), HEADING, Say("nb"))
    lines = [rows for mark, rows in layers(chart.to_dict()) if mark == "line"]
    assert lines
    for rows in lines:
        (end,) = set(rows[0]) - {"n"}
        along, values = (np.array([row[name] for row in rows]) for name in ("n", end))
        assert np.all((values >= -1e-9) & (values <= 1 + 1e-9))
        assert np.count_nonzero(np.isclose(values % 1, 0)) <= 1
        middle = (along[:-1] + along[1:]) / 2
        reach = (values[0] - centre) * np.sqrt(along[0])
        off = (centre + reach / np.sqrt(middle) - (values[:-1] + values[1:]) / 2) * HEIGHT
        across = np.diff(along) / n * 900
        assert np.all((abs(off) < 1) | (across < 1))


@CASES
def test_no_point_stands_where_the_levels_are_written(centre, n):
    there = parts([centre] * 3, n=n).assign(n=[1, n / 2, n])
    chart = funnel(there, centre, spread_of_share(centre), HEADING, Say("nb")).to_dict()
    words = [rows[0] for mark, rows in layers(chart) if mark == "text"]
    (points,) = [rows for mark, rows in layers(chart) if mark == "circle"]
    assert all(word["n"] > max(point["n"] for point in points) for word in words)
    scales = [layer["encoding"]["x"].get("scale", {}) for layer in chart["layer"]]
    assert all(f"width - {PAST}" in scale["domainMax"]["expr"] for scale in scales if scale)


def test_a_goal_page_sets_result_areas_and_on_asking_units_beside_chance(open_page, published):
    areas = open_page(published, "goal-4")
    assert "ingen er rangert" in words(areas)
    units = open_page(published, "goal-4", level="unit", unit="FYL-AGD")
    assert "ingen er rangert" in words(units)
    titles = [chart_headings(page) for page in (areas, units)]
    assert any("resultatområder ligger innenfor" in title for title in titles[0])
    assert any("enheter ligger innenfor 99,8\u00a0%-grensene" in title for title in titles[1])


@pytest.mark.parametrize(
    ("status", "spread"), [("shown", math.sqrt(0.5 - 0.01)), ("withheld", None)]
)
def test_the_spread_of_a_balance_is_of_the_shares_for_and_against(status, spread):
    rows = pd.DataFrame(
        {
            "indicator_id": "effect",
            "measure": "share",
            "category_kind": "class",
            "category_class": ["negative", "neutral", "positive"],
            "role_id": "all",
            "value": [0.2, 0.5, 0.3],
            "status": ["shown", "shown", status],
        }
    )
    view = SimpleNamespace(goal_rows=lambda *_: rows)
    data = SimpleNamespace(view=view, goal_id=4, choice=Choice("2025", "NAV", "all"))
    found = _spread({"indicator_id": "effect", "measure": "balance"}, 0.1, data)
    assert found == (spread if spread is None else pytest.approx(spread))
