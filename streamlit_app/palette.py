"""The colours of page and charts, light and dark, from Aksel, NAV's design system.

Belongs here: each colour by what it is for, and turning a chart drawn in light colours to dark.
Does not belong here: which colour a chart gives to what (charts/theme.py).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

LIGHT, DARK = "light", "dark"

# What a colour is for, in the light and in the dark theme of @navikt/ds-tokens 8.15.
COLOURS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "page": ("#ffffff", "#0e151f"),
        "sunken": ("#f5f6f7", "#161d28"),
        "text": ("#202733", "#dfe1e5"),
        "muted": ("#49515e", "#a5acb6"),
        "grey": ("#6f7785", "#8a92a0"),
        "line": ("#cfd3d8", "#3c4552"),
        "neutral": ("#e1e3e7", "#2e3641"),
        "grid": ("#ecedef", "#1c232f"),
        "link": ("#0063c1", "#84aee6"),
        "mark": ("#ffebc7", "#3e1704"),
        "mark_edge": ("#ca5000", "#de753c"),
        "purple": ("#905bd3", "#ae8cdb"),
        "beige": ("#ad634a", "#c0836e"),
        "dark_beige": ("#3c1f15", "#e9c0ad"),
        "blue_1": ("#e4effe", "#0b233f"),
        "blue_2": ("#bad5fb", "#17365c"),
        "blue_3": ("#81b4f5", "#2a5590"),
        "blue_4": ("#2176d4", "#5f94d8"),
        "blue_5": ("#154f96", "#84aee6"),
        "blue_6": ("#002459", "#b9d5fb"),
    }
)
# Less than 3 to 1 to the page, in the light theme or the dark: a fill in them has an edge.
PALE = frozenset(COLOURS[name][0] for name in ("neutral", "blue_1", "blue_2", "blue_3"))
MOST_COLOURS = 6  # that are told apart in one chart
MOST_SHADES = 6  # answers of one class


def light(name: str) -> str:
    """The colour in the light theme, in which charts are drawn and exported."""
    return COLOURS[name][0]


def shades(mildest: str, strongest: str, steps: int) -> list[str]:
    """So many shades from the first of two colours to the second; of one, the first."""
    one, other = ([int(end[i : i + 2], 16) for i in (1, 3, 5)] for end in (mildest, strongest))
    found = []
    for step in range(steps):
        part = step / max(steps - 1, 1)
        mixed = [round(a + (b - a) * part) for a, b in zip(one, other, strict=True)]
        found.append("#" + "".join(f"{value:02x}" for value in mixed))
    return found


def _dark_of() -> dict[str, str]:
    """Every colour of a chart in light with the one that takes its place in the dark."""
    pairs = dict(COLOURS.values())
    for ends in (("blue_4", "blue_6"), ("beige", "dark_beige")):
        (mild, strong), (mild_dark, strong_dark) = zip(*(COLOURS[e] for e in ends), strict=True)
        for steps in range(2, MOST_SHADES + 1):
            pairs |= zip(
                shades(mild, strong, steps), shades(mild_dark, strong_dark, steps), strict=True
            )
    return pairs


DARK_OF = MappingProxyType(_dark_of())


def in_dark(spec: Any) -> Any:
    """A chart's dictionary with each colour turned to the dark theme's; the rest as it is."""
    if isinstance(spec, dict):
        return {key: in_dark(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [in_dark(value) for value in spec]
    return DARK_OF.get(spec, spec) if isinstance(spec, str) else spec


def as_css(theme: str) -> str:
    """The colours as variables of the style sheet: var(--tm-text) and so on."""
    place = 1 if theme == DARK else 0
    named = (f"--tm-{name.replace('_', '-')}: {pair[place]};" for name, pair in COLOURS.items())
    return f":root {{ {' '.join(named)} color-scheme: {theme}; }}"
