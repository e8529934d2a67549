"""A chart as it stands on the page: its heading and legend as text that reflows, in the theme's
colours; a chart that is taken away keeps both in the picture.

Belongs here: taking these out of a chart's dictionary, and their HTML.
Does not belong here: any one chart; showing it (blocks/chart.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from streamlit_app.palette import DARK, in_dark

Spec = dict[str, Any]
LEGENDS = ("color", "shape", "strokeDash")
TAKEN_OUT = ("title", "description", "data")


@dataclass(frozen=True)
class Key:
    """One entry of a legend: what it says, its colour and its shape."""

    label: str
    colour: str
    shape: str


@dataclass(frozen=True)
class OnPage:
    """The title, all that stands over a chart as HTML, its text alternative, and what is drawn."""

    title: str
    heading: str
    alt: str
    spec: Spec


def on_page(spec: Spec, theme: str) -> OnPage:
    """The chart of a to_dict() for the page in the theme `light` or `dark`."""
    drawn = in_dark(spec) if theme == DARK else spec
    title = drawn.get("title", {})
    keys = _legend(drawn["layer"])
    rest = {key: value for key, value in drawn.items() if key not in TAKEN_OUT}
    layers = _with_data(drawn["layer"], drawn.get("data", {}))
    rest["layer"] = [_without_legend(layer) for layer in layers]
    text = " ".join(line for line in title.get("text", []) if line)
    return OnPage(text, _heading(text, title, keys), str(drawn["description"]), rest)


def _with_data(layers: Sequence[Spec], of_all: Spec) -> list[Spec]:
    """The layers with their rows, those that share them by name after the first: rows of the whole
    chart Streamlit would turn into a table at each showing, and the browser back.

    of_all: the rows that every layer has.
    """
    told: set[str] = set()
    found = []
    for layer in layers:
        data = layer.get("data", of_all)
        is_told = data["name"] in told
        told.add(data["name"])
        found.append({**layer, "data": {"name": data["name"]} if is_told else data})
    return found


def _legend(layers: Sequence[Spec]) -> list[Key]:
    """The entries of the first legend that a layer asks for; a scale spelt out is one."""
    shaped = (layer.get("encoding", {}).get("shape", {}).get("scale") for layer in layers)
    ranges = [scale["range"] for scale in shaped if scale and "range" in scale]
    for layer in layers:
        colour = layer.get("encoding", {}).get("color", {})
        scale = colour.get("scale") or {}
        if colour.get("legend", True) is not None and "domain" in scale:
            shapes = ranges[0] if ranges else ["square"] * len(scale["domain"])
            return [Key(*key) for key in zip(scale["domain"], scale["range"], shapes, strict=True)]
    return []


def _without_legend(layer: Spec) -> Spec:
    """The layer with the legends of what is told by text turned off."""
    encoding = layer.get("encoding", {})
    told = [name for name in LEGENDS if "field" in encoding.get(name, {})]
    off = {name: {**encoding[name], "legend": None} for name in told}
    return {**layer, "encoding": encoding | off} if off else layer


def _heading(text: str, title: Spec, keys: Sequence[Key]) -> str:
    """Title, subtitle and legend."""
    below, style = " ".join(title.get("subtitle", [])), f"--tm-lines: {len(title.get('text', []))}"
    parts = [f'<p class="tm-title" style="{style}">{escape(text)}</p>'] if text else []
    parts += [f'<p class="tm-small">{escape(below)}</p>'] if below else []
    if keys:
        parts.append(f'<ul class="tm-legend">{"".join(map(_key, keys))}</ul>')
    return "".join(parts)


def _key(key: Key) -> str:
    swatch = f'<span class="tm-swatch tm-{key.shape}" style="background: {key.colour}"></span>'
    return f"<li>{swatch}{escape(str(key.label))}</li>"
