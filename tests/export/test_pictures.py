"""A chart as a picture: what stands in it, that it is always the same, that it asks nobody."""

import struct
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest

from streamlit_app.catalogue import Say
from streamlit_app.charts.on_page import Spec
from streamlit_app.charts.parts import down, drawn
from streamlit_app.charts.shares import bars_by_area
from streamlit_app.charts.theme import Heading, finish
from streamlit_app.export.pictures import SCALE, WIDTH, png, svg

AREAS = pd.DataFrame(
    {"name": ["Sør-Varanger Čáhcesuolu", "Ø & <b>"], "value": [0.5, 0.25], "lower": [0.4, 0.2],
     "upper": [0.6, 0.3], "n": [100, 200], "status": "shown", "unit": "share"}
)  # fmt: skip
HEADING = Heading("En tittel som sier hva figuren viser " * 3, "2023 · Hele NAV", "Lest høyt.")
FOOT = ["Kilde: svar.csv", "Tillitsmonitor · Utgave: a1b2c3 · Demonstrasjonsdata"]


def chart() -> Spec:
    return bars_by_area(AREAS, 0.3, HEADING, Say("nb"), "Fylke").to_dict()


def words(picture: bytes) -> str:
    return " ".join(ElementTree.fromstring(picture).itertext())


def test_title_source_release_and_mark_stand_in_the_picture():
    said = words(svg(chart(), FOOT))
    for line in ["En tittel som sier", "2023 · Hele NAV", "50\u00a0%", "Ø & <b>", *FOOT]:
        assert line in said
    assert "Lest høyt." in said


def test_a_picture_under_a_caption_has_no_title_of_its_own():
    said = words(svg(chart(), FOOT, is_titled=False))
    assert "En tittel" not in said
    assert FOOT[1] in said


def test_a_long_title_is_broken_to_fit_the_width():
    narrow = ElementTree.fromstring(svg(chart(), FOOT, width=420))
    assert narrow.attrib["width"] == "420"
    assert "En tittel som sier hva figuren viser En tittel" not in " ".join(
        t for t in narrow.itertext() if len(t) > 60
    )


def test_a_png_is_twice_as_fine_as_the_screen():
    data = png(chart(), FOOT)
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">I", data[16:20])[0] == WIDTH * SCALE


def test_the_words_are_drawn_in_the_png():
    blank = chart() | {"title": {"text": [" "], "subtitle": [" "]}}
    assert len(png(chart(), FOOT)) > len(png(blank, [])) + 5000


@pytest.mark.parametrize("draw", [svg, png])
def test_the_same_chart_gives_the_same_bytes(draw):
    assert draw(chart(), FOOT) == draw(chart(), FOOT)


def test_an_svg_names_no_address_to_fetch_from():
    drawn = svg(chart(), FOOT).decode()
    addresses = {part.split('"')[0] for part in drawn.split("http")[1:]}
    assert addresses <= {"://www.w3.org/2000/svg", "://www.w3.org/1999/xlink"}
    assert "url(data:font/woff2" in drawn


def test_data_at_an_address_is_not_fetched():
    asks = alt.LayerChart(
        layer=[alt.Chart("https://example.com/x.csv").mark_point().encode(x="a:Q")],
        title=alt.Title(["x"], subtitle=["y"]),
        width="container",
    )
    with pytest.raises(ValueError, match="http"):
        svg(asks.to_dict(), FOOT)


def test_a_long_name_that_has_room_is_not_cut() -> None:
    name = "Ulikt syn på involvering i tjenesteutvikling"
    rows = pd.DataFrame({"name": [name], "share": [0.5]})
    bars = drawn(rows, "name", "share").mark_bar().encode(y=down("name", [name]), x="share:Q")
    chart = finish([bars], 40, Heading("Tittel", "", "Beskrivelse"), "nb")
    picture = svg(chart.to_dict(), []).decode()
    assert f">{name}<" in picture
    assert "…" not in picture
