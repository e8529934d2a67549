"""One look for all charts: Aksel's colours, Source Sans 3, Norwegian numbers.

Belongs here: which colour stands for what, what every chart is given
at the end.
Does not belong here: any one chart.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from streamlit_app.formats import HARD_SPACE
from streamlit_app.palette import light

TEXT = light("text")
MUTED = light("muted")
LINE = light("line")
GREY = light("grey")
WHITE = light("page")
NEUTRAL = light("neutral")
BLUE = light("blue_4")
PALE_BLUE = light("blue_2")
DARK_BLUE = light("blue_6")
PURPLE = light("purple")
BEIGE = light("beige")

# From the mildest to the strongest answer of a class. White text reads on each (4.5:1 or more).
POSITIVE = (BLUE, DARK_BLUE)
NEGATIVE = (BEIGE, light("dark_beige"))

FONT = "'Source Sans 3', Arial, sans-serif"  # unquoted, the 3 makes it no name at all
FONT_SIZE = 14

# Vega names no Norwegian number locale, so both languages are spelt out.
NUMBERS: dict[str, dict[str, Any]] = {
    "nb": {
        "decimal": ",",
        "thousands": HARD_SPACE,
        "grouping": [3],
        "currency": ["", f"{HARD_SPACE}kr"],
        "percent": f"{HARD_SPACE}%",
        "minus": "\u2212",
    },
    "en": {
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "currency": ["NOK ", ""],
        "percent": "%",
        "minus": "\u2212",
    },
}


# Calm: few lines, dark text, the title at the left edge.
LOOK: dict[str, Any] = {
    # Vega would read out columns' names, all decimals, and English; the description says it all.
    "aria": False,
    "mark": {"aria": False},
    "background": WHITE,
    "font": FONT,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 16,
        "fontWeight": 600,
        "color": TEXT,
        "subtitleFontSize": FONT_SIZE,
        "subtitleColor": MUTED,
        "subtitlePadding": 6,
        "lineHeight": 21,
        "subtitleLineHeight": 18,
        "offset": 14,
    },
    "axis": {
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "labelColor": TEXT,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "gridColor": light("grid"),
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "labelLimit": 340,
    },
    "legend": {
        "labelFontSize": FONT_SIZE,
        "labelColor": TEXT,
        "labelLimit": 260,
        "title": None,
        "orient": "top",
        "symbolType": "square",
    },
    "text": {"fontSize": FONT_SIZE, "color": TEXT},
}


@dataclass(frozen=True)
class Heading:
    """What stands over a chart, and what is read aloud instead of it.

    title: what the chart shows; subtitle: of whom, when, and the demonstration mark.
    width: how many letters fit on a line; lines: how many the title takes at least, so that charts
    side by side begin at one height.
    """

    title: str
    subtitle: str
    alt: str
    width: int = 100
    lines: int = 1


@dataclass(frozen=True)
class Layered:
    """Layers as one chart; Altair's own copies each, and walks through its rows, many times."""

    spec: dict[str, Any]

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """The chart as a dictionary; raises Altair's SchemaValidationError where it is none."""
        if validate:
            alt.TopLevelLayerSpec.validate(self.spec)
        return self.spec


def finish(
    layers: Sequence[alt.Chart],
    height: float,
    heading: Heading,
    lang: str,
    own_scales: Sequence[str] = (),
) -> Layered:
    """The layers as one chart, with title, text alternative, full width and the lang's numbers.

    own_scales: what each layer has a scale of its own for.
    """
    lines = textwrap.wrap(heading.title, heading.width)
    # one without a mark is still there for those who hear the chart, and says nothing
    layers = [layer for layer in layers if getattr(layer.data, "values", None) != []] or layers[:1]
    for number, rows in enumerate({id(layer.data): layer.data for layer in layers}.values()):
        rows.name = f"rows_{number}"  # unnamed, Altair would write all of them out to name them
    return Layered(
        {
            "$schema": alt.SCHEMA_URL,
            "title": {
                "text": lines + [""] * (heading.lines - len(lines)),
                "subtitle": textwrap.wrap(heading.subtitle, int(heading.width * 1.2)),
            },
            "description": heading.alt,
            "width": "container",
            "height": height,
            "autosize": {"type": "fit-x", "contains": "padding"},
            "config": LOOK | {"locale": {"number": NUMBERS[lang]}},
            "resolve": {"scale": dict.fromkeys(own_scales, "independent")},
            "layer": [_as_dict(layer) for layer in layers],
        }
    )


def _as_dict(layer: alt.Chart) -> dict[str, Any]:
    return layer.to_dict(validate=False, context={"top_level": False})
