"""The colours: text can be read in both themes, and a chart in the dark has dark colours only."""

import re
import tomllib
from pathlib import Path

import pytest

from streamlit_app.charts.likert import colours
from streamlit_app.palette import COLOURS, DARK_OF, PALE, in_dark
from tests.dashboard.test_charts import item

CONFIG = Path(__file__).resolve().parents[2] / "streamlit_app" / ".streamlit" / "config.toml"
THEMES = ["light", "dark"]
# WCAG 2.1: 4.5 to 1 for text (1.4.3), 3 to 1 for what a picture is understood by (1.4.11)
TEXT, GRAPHIC = 4.5, 3.0
WRITTEN = [
    ("text", "page"), ("text", "sunken"), ("text", "mark"), ("text", "neutral"),
    ("text", "blue_1"), ("text", "blue_2"), ("text", "blue_3"),
    ("muted", "page"), ("muted", "sunken"), ("link", "page"), ("link", "sunken"),
    ("page", "blue_4"), ("page", "blue_5"), ("page", "blue_6"),
    ("page", "beige"), ("page", "dark_beige"),
]  # fmt: skip
DRAWN = ["grey", "purple", "beige", "blue_4", "mark_edge"]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_marks_can_be_told_from_what_they_stand_on(theme):
    place = THEMES.index(theme)
    colour = {name: pair[place] for name, pair in COLOURS.items()}
    faint = [pair for pair in WRITTEN if contrast(*(colour[name] for name in pair)) < TEXT]
    faint += [(name,) for name in DRAWN if contrast(colour[name], colour["page"]) < GRAPHIC]
    assert faint == []


def test_what_is_pale_in_either_theme_is_known_to_be():
    of_bars = {name for name in COLOURS if name.startswith("blue_")} | {"neutral", "beige"}
    faint = {
        COLOURS[name][0]
        for name in of_bars
        for place in range(len(THEMES))
        if contrast(COLOURS[name][place], COLOURS["page"][place]) < GRAPHIC
    }
    assert faint == PALE


@pytest.mark.parametrize("theme", THEMES)
def test_the_pages_own_colours_are_those_of_the_charts(theme):
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    place = THEMES.index(theme)
    named = {"primaryColor": "link", "backgroundColor": "page", "textColor": "text",
             "secondaryBackgroundColor": "sunken", "linkColor": "link",
             "borderColor": "line"}  # fmt: skip
    assert {key: COLOURS[name][place] for key, name in named.items()} == {
        key: config[key] for key in named
    }


def test_no_light_colour_stands_for_two_dark_ones():
    bright = [pair[0] for pair in COLOURS.values()]
    assert len(set(bright)) == len(bright)


@pytest.mark.parametrize("classes", ["np", "nnopp", "nnnoppp"])
def test_each_shade_of_a_scale_has_its_partner_in_the_dark(classes):
    answers = item("a", [10] * len(classes), classes)
    _, shades = colours(answers, "category_label_nb")
    assert not set(shades) - set(DARK_OF)
    assert set(in_dark({"range": shades})["range"]).isdisjoint({"#ffffff", "#202733"})


def test_no_colour_is_spelt_out_outside_the_palette():
    app = CONFIG.parents[1]
    spelt = [
        f"{path.name}: {found}"
        for path in app.rglob("*.py")
        if path.name != "palette.py"
        for found in re.findall(r"#[0-9a-fA-F]{6}", path.read_text(encoding="utf-8"))
    ]
    assert spelt == []
