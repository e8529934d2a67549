"""No chart asks a reader to tell more than six colours apart: beyond that, small multiples."""

import json

import pandas as pd
import pytest

from streamlit_app.catalogue import Say
from streamlit_app.charts.checks import STATUSES, gates_over_time
from streamlit_app.charts.directives import stacked_bars
from streamlit_app.charts.theme import Heading
from streamlit_app.palette import COLOURS, MOST_COLOURS, in_dark
from streamlit_app.selection import answers
from tests.dashboard import small_registers, small_users
from tests.dashboard.small_release import write_release
from tests.dashboard.test_palette import GRAPHIC, THEMES, contrast

SAY = Say("nb")
HEADING = Heading("Hva den viser", "Hele NAV", "Det samme med ord")


def colours_of(spec: dict) -> int:
    """How many colours the marks of a chart are told apart by."""
    scales = [layer["encoding"].get("color", {}).get("scale") or {} for layer in spec["layer"]]
    return max(len(set(map(str, scale.get("range", [])))) for scale in scales)


def coded(count: int) -> pd.DataFrame:
    """Two items, each coded as so many categories in equal parts."""
    return pd.DataFrame(
        {
            "item": item,
            "item_order": item_order,
            "category": f"trinn {place}",
            "category_order": place,
            "value": 1 / count,
            "written": f"{100 // count} %",
        }
        for item_order, item in enumerate(["ATA", "ØSA"])
        for place in range(count)
    )


NOTHING = pd.DataFrame(columns=["item", "item_order", "word"])


@pytest.mark.parametrize(("count", "colours"), [(6, 6), (7, 0), (12, 0)])
def test_categories_beyond_six_stand_side_by_side_in_one_colour(count, colours):
    spec = stacked_bars(coded(count), NOTHING, HEADING, SAY).to_dict()
    assert colours_of(spec) == colours
    written = json.dumps(spec, ensure_ascii=False)
    assert all(f"trinn {place}" in written for place in range(count))


def scale_of(count: int, mart: pd.DataFrame) -> pd.DataFrame:
    """The rows of one item, with a scale of so many answers in place of its own."""
    of_battery = mart[mart["indicator_id"] == "discretion_factors"]
    one = of_battery[(of_battery["item_id"] == "factor_time") & (of_battery["role_id"] == "all")]
    single = one[one["category_kind"] == "answer"].iloc[0].to_dict()
    asked = [single | {"category_id": str(n), "category_order": n} for n in range(count)]
    return pd.concat([one[one["category_kind"] != "answer"], pd.DataFrame(asked)])


@pytest.mark.parametrize(("count", "kind"), [(6, "answer"), (7, "class"), (11, "class")])
def test_a_scale_of_more_than_six_answers_is_drawn_by_class(tables, count, kind):
    mart = tables["mart_goal_1"]
    here = mart[(mart["period"] == "2025") & (mart["node_id"] == "NAV")]
    rows = answers(scale_of(count, here), "discretion_factors", "all")
    assert set(rows["category_kind"]) == {kind}
    assert rows["category_id"].nunique() <= MOST_COLOURS


RELEASES = {
    "survey-and-letters": (lambda data: write_release(data, "111111111111"), (1, 3, 4)),
    "registers": (small_registers.write_release, (2,)),
    "users": (lambda data: write_release(data, "1" * 12, more=small_users.tables()), (2, 5)),
}


def fills(layer: dict) -> list[tuple[str, str]]:
    """Each colour that the marks of a layer are filled with, and that of the edge round it."""
    mark, stroke = layer["mark"], layer["encoding"].get("stroke", {})
    edge = mark.get("stroke", stroke.get("value", mark.get("color", "") if "fill" in mark else ""))
    colour = layer["encoding"].get("color", {})
    if "field" not in colour:
        return [(mark.get("fill", mark.get("color", "")), edge)]
    scale, chosen = colour["scale"], stroke.get("condition", {"test": "", "value": ""})
    return [
        (fill, chosen["value"] if json.dumps(name, ensure_ascii=False) in chosen["test"] else edge)
        for name, fill in zip(scale["domain"], scale["range"], strict=True)
    ]


def hardly_seen(spec: dict, theme: str) -> list[tuple[str, str]]:
    """The fills of a chart of which neither they nor their edges stand out from the page."""
    page = COLOURS["page"][theme == "dark"]
    drawn = in_dark(spec) if theme == "dark" else spec
    found = [pair for layer in drawn["layer"] if layer["mark"]["type"] in FILLED
             for pair in fills(layer)]  # fmt: skip
    return [pair for pair in found if max(contrast(c, page) for c in pair if c) < GRAPHIC]


FILLED = ("bar", "point", "circle", "tick", "rule", "line")


@pytest.mark.parametrize(("write", "goals"), RELEASES.values(), ids=RELEASES)
def test_each_mark_of_a_goals_page_or_its_edge_stands_out_from_the_page(
    open_page, tmp_path, write, goals
):
    write(tmp_path)
    for goal in goals:
        for chart in open_page(tmp_path, f"goal-{goal}").get("vega_lite_chart"):
            spec = json.loads(chart.proto.spec)
            assert [hardly_seen(spec, theme) for theme in THEMES] == [[], []], chart.proto.alt


def test_each_mark_of_the_gates_stands_out_from_the_page():
    statuses = pd.DataFrame(
        {"run": "i dag", "gate": STATUSES, "status": STATUSES, "checks": 4, "failed": 0}
    )
    chart = gates_over_time(statuses, HEADING, SAY).to_dict()
    points = {"layer": [layer for layer in chart["layer"] if layer["mark"]["type"] == "point"]}
    assert [hardly_seen(points, theme) for theme in THEMES] == [[], []]


@pytest.mark.parametrize(("write", "goals"), RELEASES.values(), ids=RELEASES)
def test_no_chart_of_a_goals_page_has_more_than_six_colours(open_page, tmp_path, write, goals):
    write(tmp_path)
    for goal in goals:
        drawn = open_page(tmp_path, f"goal-{goal}").get("vega_lite_chart")
        assert drawn, goal
        assert max(colours_of(json.loads(chart.proto.spec)) for chart in drawn) <= MOST_COLOURS
