"""The axes of charts: names in the middle of their rows, and steps that are even at every width."""

import re
from xml.etree import ElementTree

import pytest

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import LINE, PERCENT, POINTS, row_height
from streamlit_app.charts.shares import bars_by_area
from streamlit_app.charts.theme import Heading
from streamlit_app.export.pictures import svg
from tests.dashboard.test_charts import figures

HEADING = Heading("Hva den viser", "Hele NAV", "Det samme med ord")
LONG = "Et navn som er for langt til å stå på den ene linjen det får"


def picture(chart, width=860):
    """What is drawn, as a tree without name spaces."""
    return ElementTree.fromstring(re.sub(rb' xmlns="[^"]*"', b"", svg(chart, [], width=width)))


def marks(drawn, role):
    """The marks of one role, such as the labels of axes."""
    return [
        mark
        for group in drawn.iter("g")
        if role in group.get("class", "").split()
        for mark in group
    ]


def place_of(label):
    """How far to the right a label stands."""
    return float(label.get("transform").removeprefix("translate(").split(",")[0])


def down_to(label):
    """Where the middle of a label's lines stands, from the top."""
    top = float(label.get("transform").rstrip(")").split(",")[1])
    below = [float(line.get("dy", 0)) for line in label.iter("tspan")]
    return top + sum(below) / 2


def test_a_name_on_two_lines_stands_as_far_from_its_bar_as_one_on_one_line():
    rows = figures(kort=0.5, langt=0.4).assign(name=["kort", LONG])
    drawn = picture(bars_by_area(rows, None, HEADING, Say("nb"), "Fylke").to_dict())
    names = [
        label for label in marks(drawn, "role-axis-label") if label.get("text-anchor") == "end"
    ]
    one, two = (label for label in names if "%" not in "".join(label.itertext()))
    assert len(list(two.iter("tspan"))) == 2
    bars = [
        float(top) + float(high) / 2
        for bar in marks(drawn, "mark-rect")
        for _, top, high in [re.match(r"M(\S+),(\S+)h\S+v(\S+)h", bar.get("d")).groups()]
    ]
    assert down_to(one) - bars[0] == pytest.approx(down_to(two) - bars[1])


def test_rows_are_as_high_as_the_longest_name_needs_on_a_narrow_page():
    assert row_height(["kort", "noe lengre"], 30) == 30
    assert row_height(["kort", LONG], 30) >= 3 * LINE
    assert row_height([], 30) == 30


@pytest.mark.parametrize("axis", [PERCENT, POINTS])
def test_numbers_for_which_there_is_no_room_are_left_out_in_even_steps(axis):
    assert axis.to_dict()["labelOverlap"] == "parity"
