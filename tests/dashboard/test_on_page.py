"""A chart on the page: its heading and legend as text, the picture in the colours of the theme."""

import json
import re
from base64 import b64decode

from streamlit_app.catalogue import Say
from streamlit_app.charts.likert import diverging_bars
from streamlit_app.charts.on_page import on_page
from streamlit_app.charts.trend import trend
from streamlit_app.charts.waves import over_waves
from tests.dashboard.test_charts import HEADING, item, waves

SAY = Say("nb")


def bars(theme: str):
    answers = item("ledd", [10, 20, 30, 25, 15], "nnopp")
    return on_page(diverging_bars(answers, HEADING, SAY).to_dict(), theme)


def test_title_subtitle_and_legend_are_text_over_the_picture_and_not_in_it():
    page = bars("light")
    assert "Hva den viser" in page.heading
    assert "Hele NAV · Demonstrasjonsdata" in page.heading
    assert [page.heading.count(f"svar {i}<") for i in range(1, 6)] == [1] * 5
    assert page.alt == "Det samme med ord"
    assert not {"title", "description"} & set(page.spec)
    told = [
        layer["encoding"]["color"] for layer in page.spec["layer"] if "color" in layer["encoding"]
    ]
    assert all(colour.get("legend") is None for colour in told)


def test_what_the_data_says_cannot_become_part_of_the_page():
    spec = diverging_bars(item("a", [50, 50], "np"), HEADING, SAY).to_dict()
    spec["title"]["text"] = ["<script>alert(1)</script>"]
    assert "<script" not in on_page(spec, "light").heading


def test_in_the_dark_nothing_is_drawn_in_the_colours_of_the_light():
    light, dark = (json.dumps(bars(theme).spec) for theme in ("light", "dark"))
    for colour in ("#ffffff", "#202733", "#2176d4", "#002459", "#ad634a"):
        assert colour in light
        assert colour not in dark


def test_a_chart_without_a_legend_gets_none():
    chart = over_waves(waves(w2023=0.5, w2025=0.6), HEADING, SAY).to_dict()
    assert "tm-legend" not in on_page(chart, "light").heading


# The trend, the size of a word


def picture(rows, theme: str = "light") -> str:
    found = trend(rows, "Tillit: 50 % & 60 %", theme, SAY)
    assert 'alt="Tillit: 50 % &amp; 60 %"' in found
    return b64decode(found.split("base64,")[1].split('"')[0]).decode()


def test_a_trend_joins_what_may_be_compared_and_marks_a_break():
    rows = waves(w2017=0.4, w2023=0.5, w2025=0.6)
    rows.loc[1, ["compared_with", "break_kind"]] = [None, "scale"]
    svg = picture(rows)
    assert svg.count("<circle") == 3
    assert svg.count('class="line"') == 1
    assert svg.count('class="break"') == 1


def test_a_withheld_wave_has_no_point_and_no_line_in_a_trend():
    svg = picture(waves(w2017=0.4, w2023=None, w2025=0.6))
    assert svg.count("<circle") == 2
    assert svg.count('class="line"') == 0


def test_one_wave_makes_no_trend():
    assert trend(waves(w2025=0.6), "en", "light", SAY) == ""


def test_a_small_change_is_not_drawn_as_a_cliff():
    svg = picture(waves(w2023=0.50, w2025=0.51).assign(lower=None, upper=None))
    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', svg)]
    assert abs(heights[0] - heights[1]) < 2
