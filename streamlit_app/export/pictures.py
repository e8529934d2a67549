"""A chart as a picture that stands by itself: title, source, release and mark are in it.

Belongs here: SVG and PNG of any Altair chart, in the project's own font, without a network.
Does not belong here: drawing charts (charts/), what the line at the foot says (cells.py).
"""

import base64
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import vl_convert

from streamlit_app.charts.on_page import Spec
from streamlit_app.charts.theme import FONT, MUTED, WHITE

FONTS = Path(__file__).resolve().parent / "fonts"
WEB_FONT = Path(__file__).resolve().parents[1] / "static" / "source-sans-3-latin.woff2"
WIDTH = 860  # pixels
TITLE_LETTER, LETTER = 8, 6.6  # pixels that a letter takes, on average and a little more
MARGIN, FOOT_SIZE, FOOT_LINE = 8, 13, 18
SCALE = 2  # of the PNG: sharp on paper too
NO_HOST: list[str] = []
# The converter knows how wide letters are in this font of its own, and is far out in any other:
# names would be cut that have room. Source Sans 3 is a little narrower.
MEASURED_IN = "Liberation Sans"


def svg(chart: Spec, foot: Sequence[str], *, width: int = WIDTH, is_titled: bool = True) -> bytes:
    """The chart, given as Vega-Lite, as SVG with the font in it.

    foot: lines below the chart, such as cells.foot_lines gives; width: of the whole, in pixels.
    is_titled: without the title where a caption says the same.
    """
    face = f"@font-face{{font-family:'Source Sans 3';font-weight:200 900;src:url({_web_font()})}}"
    return _drawn(chart, foot, width, is_titled, f"<style>{face}</style>").encode()


def png(chart: Spec, foot: Sequence[str], *, width: int = WIDTH, is_titled: bool = True) -> bytes:
    """The chart as PNG, twice as fine as the screen; arguments as svg()."""
    drawn = _drawn(chart, foot, width, is_titled)
    return bytes(vl_convert.svg_to_png(drawn, scale=SCALE))


def _drawn(chart: Spec, foot: Sequence[str], width: int, is_titled: bool, style: str = "") -> str:
    """The chart with the lines below it and its text alternative, as one SVG."""
    _register_fonts()
    spec = dict(chart)
    spoken = escape(str(spec.pop("description", "")))
    spec |= {"width": width - 2 * MARGIN, "padding": 0, "title": _fitted(spec["title"], width)}
    if not is_titled:
        del spec["title"]
    spec["config"] = spec.get("config", {}) | {"font": MEASURED_IN}
    inner = vl_convert.vegalite_to_svg(spec, allowed_base_urls=NO_HOST)
    inner = inner.replace(f'font-family="{MEASURED_IN}"', f'font-family="{escape(FONT)}"')
    size = ElementTree.fromstring(inner).attrib
    inner = inner.replace("<svg ", f'<svg x="{MARGIN}" y="{MARGIN}" ', 1)
    wide = max(width, round(float(size["width"])) + 2 * MARGIN)
    below = float(size["height"]) + 2 * MARGIN
    lines = [part for line in foot for part in textwrap.wrap(line, int(wide / LETTER))]
    texts = "".join(
        f'<text x="{MARGIN}" y="{below + FOOT_LINE * place:g}" dominant-baseline="hanging">'
        f"{escape(line)}</text>"
        for place, line in enumerate(lines)
    )
    height = f"{below + FOOT_LINE * len(lines) + MARGIN:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{wide}" height="{height}" '
        f'viewBox="0 0 {wide} {height}"><desc>{spoken}</desc>{style}'
        f'<rect width="{wide}" height="{height}" fill="{WHITE}"/>{inner}'
        f'<g font-family="{escape(FONT)}" font-size="{FOOT_SIZE}px" fill="{MUTED}">{texts}</g>'
        "</svg>"
    )


def _fitted(title: dict[str, Any], width: int) -> dict[str, Any]:
    """The title with its lines broken anew for the picture's width."""

    def broken(lines: Sequence[str], letter: float) -> list[str]:
        return textwrap.wrap(" ".join(line for line in lines if line), int(width / letter))

    return title | {
        "text": broken(title["text"], TITLE_LETTER),
        "subtitle": broken(title.get("subtitle", []), LETTER),
    }


@cache
def _register_fonts() -> None:
    """Make the font known to the converter, once."""
    vl_convert.register_font_directory(str(FONTS))


@cache
def _web_font() -> str:
    """The font as a data address, so that an SVG asks no host for it."""
    return "data:font/woff2;base64," + base64.b64encode(WEB_FONT.read_bytes()).decode()


@dataclass(frozen=True)
class Picture:
    """One kind of picture: the file's ending, its media type, and the drawing itself."""

    ending: str
    media_type: str
    write: Callable[..., bytes]


# In the order in which they are offered.
PICTURES = (Picture(".svg", "image/svg+xml", svg), Picture(".png", "image/png", png))
