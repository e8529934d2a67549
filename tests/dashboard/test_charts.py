"""Each chart as the dictionary it is drawn from, checked against Vega-Lite's schema."""

import itertools
import math
import re

import pandas as pd
import pytest

from streamlit_app.catalogue import Say
from streamlit_app.charts.checks import gates_over_time
from streamlit_app.charts.gaps import dumbbells
from streamlit_app.charts.likert import colours, diverging_bars, stacked, strength_points
from streamlit_app.charts.shares import bars_by_area
from streamlit_app.charts.theme import NEGATIVE, NEUTRAL, POSITIVE, Heading
from streamlit_app.charts.waves import carried, joined, over_waves
from streamlit_app.export.pictures import svg
from streamlit_app.formats import HARD_SPACE, records

SAY = Say("nb")
HEADING = Heading("Hva den viser", "Hele NAV · Demonstrasjonsdata", "Det samme med ord")


def item(name: str, percents: list[float], classes: str, status: str = "shown") -> pd.DataFrame:
    """One item's answers; classes: n, o and p for negative, neutral and positive, in order."""
    full = {"n": "negative", "o": "neutral", "p": "positive"}
    is_shown = status == "shown"
    return pd.DataFrame(
        {
            "item_id": name,
            "item_label_nb": name,
            "category_id": [str(i) for i in range(1, len(classes) + 1)],
            "category_label_nb": [f"svar {i}" for i in range(1, len(classes) + 1)],
            "category_class": [full[c] for c in classes],
            "category_order": range(1, len(classes) + 1),
            "value": [p / 100 if is_shown else None for p in percents],
            "lower": [p / 100 if is_shown else None for p in percents],
            "upper": [p / 100 if is_shown else None for p in percents],
            "n": 100 if is_shown else None,
            "status": status,
        }
    )


def figures(**values: float | None) -> pd.DataFrame:
    """One shown or withheld (None) figure for each name."""
    return pd.DataFrame(
        {
            "name": list(values),
            "value": list(values.values()),
            "lower": [None if v is None else v - 0.1 for v in values.values()],
            "upper": [None if v is None else v + 0.1 for v in values.values()],
            "n": [None if v is None else 50 for v in values.values()],
            "unit": "share",
            "status": ["withheld" if v is None else "shown" for v in values.values()],
        }
    )


def waves(**values: float | None) -> pd.DataFrame:
    """Waves w2017=…, each to be compared with the one before it."""
    rows = figures(**values).rename(columns={"name": "period"})
    period = rows["period"].str.removeprefix("w")
    return rows.assign(
        period=period,
        form="answers",
        compared_role_id=None,
        carried_to=None,
        compared_with=period.shift(),
        break_kind=None,
        break_note_nb=None,
        break_note_en=None,
    )


def layers(chart: dict) -> list[tuple[str, list[dict]]]:
    """Each layer's mark and the rows it draws."""
    return [
        (layer["mark"]["type"], (layer.get("data") or chart["data"])["values"])
        for layer in chart["layer"]
    ]


def drawn_as_number(chart: dict, column: str) -> set[str]:
    """The names that any mark but a text stands for."""
    return {
        row[column]
        for mark, rows in layers(chart)
        if mark != "text"
        for row in rows
        if column in row
    }


@pytest.mark.parametrize("classes", ["nopp", "nnnnnoppppp", "nnpp", "nop", "nnnpppp"])
def test_each_answer_of_a_scale_has_a_colour_of_its_own_the_strongest_darkest(
    classes: str,
) -> None:
    labels, shades = colours(item("a", [100 / len(classes)] * len(classes), classes), "category_id")
    assert labels == [str(step) for step in range(1, len(classes) + 1)]
    assert len(set(shades)) == len(classes)
    negative, positive = classes.count("n"), classes.count("p")
    assert shades[0] == NEGATIVE[1 if negative > 1 else 0]
    assert shades[-1] == POSITIVE[1 if positive > 1 else 0]
    assert (NEUTRAL in shades) == ("o" in classes)


def test_bars_diverge_from_the_middle_of_the_neutral_answers():
    parts = stacked(item("a", [10, 20, 40, 20, 10], "nnopp"))
    assert list(parts["start"].round(2)) == [-0.5, -0.4, -0.2, 0.2, 0.4]
    assert list(parts["end"].round(2)) == [-0.4, -0.2, 0.2, 0.4, 0.5]


def test_a_scale_that_begins_with_the_positive_is_turned_so_that_negative_is_left():
    parts = stacked(item("a", [10, 20, 40, 20, 10], "pponn"))
    assert list(parts["category_id"]) == ["5", "4", "3", "2", "1"]


def test_a_scale_without_a_middle_meets_at_zero():
    parts = stacked(item("a", [10, 40, 30, 20], "nnpp"))
    assert list(parts["end"].round(2)) == [-0.4, 0.0, 0.3, 0.5]


def test_a_withheld_item_is_a_word_and_never_a_bar():
    rows = pd.concat(
        [item("a", [10, 20, 40, 20, 10], "nnopp"), item("b", [0] * 5, "nnopp", "withheld")]
    )
    chart = diverging_bars(rows, HEADING, SAY).to_dict()
    assert drawn_as_number(chart, "item_label_nb") == {"a"}
    [word] = layers(chart)[-1][1]
    assert (word["item_label_nb"], word["word"], word["nothing"]) == ("b", "skjermet", 0.0)
    assert word["why"] == SAY("figure.withheld_long")


def test_a_chart_of_withheld_items_only_is_drawn_all_the_same():
    rows = item("a", [0] * 5, "nnopp", "withheld")
    assert drawn_as_number(diverging_bars(rows, HEADING, SAY).to_dict(), "item_label_nb") == set()


def test_a_withheld_area_is_a_word_and_never_a_bar():
    chart = bars_by_area(figures(a=0.4, b=None, c=0.3), 0.35, HEADING, SAY, "Fylke").to_dict()
    assert drawn_as_number(chart, "name") == {"a", "c"}


@pytest.mark.parametrize("of", ["Tjeneste", "Fylke"])
def test_a_bar_is_called_what_it_is_of(of):
    chart = bars_by_area(figures(a=0.4), None, HEADING, SAY, of).to_dict()
    assert chart["layer"][0]["encoding"]["tooltip"][0] == {
        "field": "name", "title": of, "type": "nominal"
    }  # fmt: skip


def test_areas_stand_in_the_order_given_also_when_their_figures_do_not():
    chart = bars_by_area(figures(a=0.2, b=0.9, c=0.5), None, HEADING, SAY, "Fylke").to_dict()
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["a", "b", "c"]


def test_all_areas_have_one_colour():
    chart = bars_by_area(figures(a=0.2, b=0.9), None, HEADING, SAY, "Fylke").to_dict()
    assert not any("color" in layer["encoding"] for layer in chart["layer"])


def test_a_withheld_strength_has_no_point_and_no_rank():
    rows = figures(a=0.8, b=None).assign(
        item_label_nb=["a", "b"], rank=[1.0, None], rank_lower=[1.0, None], rank_upper=[1.0, None]
    )
    chart = strength_points(rows, HEADING, SAY).to_dict()
    assert drawn_as_number(chart, "ranked") == {"1. a"}


def test_a_withheld_gap_has_no_points():
    rows = figures(a=0.2, b=None).assign(
        name_nb=["a", "b"], share=[0.7, None], share_compared=[0.5, None], n_compared=[30, None]
    )
    chart = dumbbells(rows, ("Ledere", "Tillitsvalgte"), HEADING, SAY).to_dict()
    assert drawn_as_number(chart, "name_nb") == {"a"}


def test_roles_are_told_apart_by_shape_as_well_as_colour():
    rows = figures(a=0.2).assign(name_nb=["a"], share=[0.7], share_compared=[0.5], n_compared=[30])
    chart = dumbbells(rows, ("Ledere", "Tillitsvalgte"), HEADING, SAY).to_dict()
    encoding = chart["layer"][1]["encoding"]
    assert encoding["shape"]["field"] == encoding["color"]["field"] == "who"


def test_a_gap_of_published_shares_says_what_is_not_known():
    rows = figures(a=0.2).assign(
        name_nb=["a"], share=[0.7], share_compared=[0.5], n_compared=[None], lower=None, upper=None
    )
    chart = dumbbells(rows, ("Ledere", "Tillitsvalgte"), HEADING, SAY).to_dict()
    (points,) = [data for mark, data in layers(chart) if mark == "point"]
    assert {row["answered"] for row in points} == {"50", "antall svar er ikke oppgitt"}
    assert all("uten intervall" in row["written"] for row in points)


def test_a_line_joins_waves_that_may_be_compared():
    lines = joined(records(waves(w2017=0.4, w2023=0.5, w2025=0.6)))
    assert [(line["year_before"], line["year"]) for line in lines] == [(2017, 2023), (2023, 2025)]


def test_no_line_is_drawn_through_a_break():
    rows = waves(w2017=0.4, w2023=0.5, w2025=0.6)
    rows.loc[1, ["compared_with", "break_kind"]] = [None, "scale"]
    assert [line["year_before"] for line in joined(records(rows))] == [2023]
    chart = over_waves(rows, HEADING, SAY).to_dict()
    marks = [row for mark, data in layers(chart) if mark == "rule" for row in data]
    assert {"place": 2020.0, "word": "nytt svarformat"} in marks


def test_charts_with_and_without_a_break_have_the_same_room_above():
    rows = waves(w2017=0.4, w2023=0.5)
    broken = rows.assign(break_kind=[None, "scale"], compared_with=None)
    heights = [
        re.search(rb'height="([\d.]+)"', svg(over_waves(one, HEADING, SAY).to_dict(), [])).group(1)
        for one in (rows, broken)
    ]
    assert heights[0] == heights[1]


def test_no_line_leads_to_or_from_a_withheld_wave():
    rows = waves(w2017=0.4, w2023=None, w2025=0.6)
    assert joined(records(rows)) == []
    chart = over_waves(rows, HEADING, SAY).to_dict()
    assert drawn_as_number(chart, "period") == {"2017", "2025"}
    why = SAY("figure.withheld_long")
    assert layers(chart)[-1] == ("text", [{"year": 2023, "word": "skjermet", "why": why}])


def in_form(rows: pd.DataFrame, wave: str, **cells: object) -> pd.DataFrame:
    """The waves with other cells in one of them."""
    rows = rows.astype(object)
    rows.loc[rows["period"] == wave, list(cells)] = list(cells.values())
    return rows


def test_a_published_share_has_a_mark_and_a_word_of_its_own_in_the_same_line():
    rows = waves(w2017=0.4, w2023=0.5, w2025=0.6)
    rows = in_form(rows, "2017", form="published", lower=None, upper=None, n=None)
    assert [line["year_before"] for line in joined(records(rows))] == [2017, 2023]
    chart = over_waves(rows, HEADING, SAY).to_dict()
    (drawn,) = [data for mark, data in layers(chart) if mark == "point"]
    assert [(row["year"], row["told"], row["interval"], row["answered"]) for row in drawn] == [
        (2017, f"40{HARD_SPACE}%\npublisert", "uten intervall", "antall svar er ikke oppgitt")
    ]
    (own,) = [data for mark, data in layers(chart) if mark == "circle"]
    assert [row["year"] for row in own] == [2023, 2025]


def test_what_is_carried_back_is_an_open_point_on_a_dotted_line():
    rows = waves(w2017=0.4, w2023=0.5, w2025=0.6)
    rows = in_form(rows, "2023", form="carried", carried_to="2025", compared_with=None)
    rows = in_form(rows, "2025", compared_with=None)
    assert joined(records(rows)) == []
    (line,) = carried(records(rows))
    assert line == {"year": 2025, "value": 0.6, "year_before": 2023, "value_before": 0.5}
    chart = over_waves(rows, HEADING, SAY).to_dict()
    dashes = [layer["mark"].get("strokeDash") for layer in chart["layer"]]
    assert [2, 3] in dashes
    (drawn,) = [data for mark, data in layers(chart) if mark == "point"]
    assert [row["told"] for row in drawn] == [f"50{HARD_SPACE}%\nført tilbake"]


def test_differences_are_drawn_around_zero():
    rows = figures(a=0.1, b=-0.25).assign(unit="share_difference")
    chart = bars_by_area(rows, None, HEADING, SAY, "Fylke").to_dict()
    assert chart["layer"][0]["encoding"]["x"]["scale"]["domain"][0] == -0.4


def test_gates_are_told_apart_by_shape_as_well_as_colour():
    gates = pd.DataFrame(
        {"run": ["i dag"], "gate": ["survey"], "status": ["failed"], "checks": [4], "failed": [1]}
    )
    encoding = gates_over_time(gates, HEADING, SAY).to_dict()["layer"][1]["encoding"]
    assert len(set(encoding["shape"]["scale"]["range"])) == 4


CHARTS = {
    "bars": lambda say: bars_by_area(figures(a=0.4), 0.3, HEADING, say, "Fylke"),
    "waves": lambda say: over_waves(waves(w2017=0.4, w2023=0.5), HEADING, say),
    "strength": lambda say: strength_points(
        figures(a=0.8).assign(
            item_label_nb="a", item_label_en="a", rank=1.0, rank_lower=1.0, rank_upper=2.0
        ),
        HEADING,
        say,
    ),
}


@pytest.mark.parametrize(("name", "lang"), itertools.product(CHARTS, ["nb", "en"]))
def test_every_chart_has_title_mark_text_alternative_and_the_languages_numbers(name, lang):
    chart = CHARTS[name](Say(lang)).to_dict()
    assert chart["title"]["text"] == ["Hva den viser"]
    assert "Demonstrasjonsdata" in chart["title"]["subtitle"][0]
    assert chart["description"] == "Det samme med ord"
    assert chart["config"]["locale"]["number"]["decimal"] == {"nb": ",", "en": "."}[lang]
    assert chart["config"]["font"].startswith("'Source Sans 3'")


@pytest.mark.parametrize("name", ["waves", "strength"])
def test_a_dot_does_not_hide_the_interval_of_three_thousand_answers(name):
    chart = CHARTS[name](SAY).to_dict()
    (size,) = [
        layer["mark"]["size"] for layer in chart["layer"] if layer["mark"]["type"] == "circle"
    ]
    half, pixels = 1.96 * math.sqrt(0.25 / 3000), 200  # of an axis from nothing to all
    assert math.sqrt(size / math.pi) < half * pixels


def test_at_half_width_the_ends_of_a_strengths_interval_reach_out_of_its_dot_and_stand_apart():
    def half(n: int) -> float:
        return 1.96 * math.sqrt(0.25 / n)

    layers = CHARTS["strength"](SAY).to_dict()["layer"]
    (dot,) = [layer["mark"] for layer in layers if layer["mark"]["type"] == "circle"]
    ends = [layer for layer in layers if layer["mark"]["type"] == "tick"]
    assert {layer["encoding"]["x"]["field"] for layer in ends} == {"lower", "upper"}
    pixels = 120  # of an axis from nothing to all, beside long names
    for end in (layer["mark"] for layer in ends):
        assert end["orient"] == "vertical"
        assert end["size"] >= 2 * math.sqrt(dot["size"] / math.pi) + 8
        assert 2 * half(3000) * pixels >= 2 * end["thickness"]


def test_no_chart_is_red_or_green():
    from streamlit_app.charts import theme

    for colour in [*theme.POSITIVE, *theme.NEGATIVE, theme.BLUE, theme.PURPLE]:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        assert not (red > 180 and green < 90 and blue < 90), colour
        assert not (green > red + 40 and green > blue + 40), colour
