"""A figure by itself: value, interval, n and wave, and one click away its passport.

Belongs here: how one figure is shown.
Does not belong here: its words (figure.py), what its passport says (passport.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from streamlit_app.blocks.change import headline_change_words
from streamlit_app.blocks.figure import (
    interval_words,
    n_words,
    role_words,
    status_words,
    unit_words,
    value_words,
)
from streamlit_app.blocks.frame import paragraph, paragraph_html
from streamlit_app.blocks.passport import ASKED, passport, passport_html
from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR
from streamlit_app.kept import kept
from streamlit_app.selection import headline


@dataclass(frozen=True)
class Tile:
    """A figure as it is shown: its name and value, its passport as HTML, and the fine print."""

    name: str
    value: str = ""
    passport: str = ""
    small: Sequence[str] = ()


@kept
def tile(view: View, indicator_id: str, period: str | None = None) -> Tile:
    """The indicator's newest figure for the whole of NAV, or that of a period."""
    say, indicator = view.say, view.indicator(indicator_id)
    card, name = view.scorecard(), say.of(indicator, "name")
    figure = headline(card if period is None else card[card["period"] == period], indicator)
    if figure is None:
        return Tile(name, small=[say("figure.no_evidence")])
    parts = [
        role_words(figure, view),
        interval_words(figure, view) if indicator["domain"] in ASKED else "",
        n_words(figure, view),
        str(figure["period"]),
        status_words(figure, view),
    ]
    small = [SEPARATOR.join(filter(None, parts)), headline_change_words(indicator, figure, view)]
    return Tile(
        name,
        f"**{value_words(figure, view)}** {unit_words(figure, view)}".strip(),
        passport_html(passport(indicator, figure, view)),
        list(filter(None, small)),
    )


def figure_tile(indicator_id: str, view: View, beside: str = "", period: str | None = None) -> None:
    """The indicator's name, its figure as a button that opens the passport, and the fine print.

    beside: HTML that stands to the right of the figure; period: as in tile().
    """
    shown = tile(view, indicator_id, period)
    with st.container(gap=None):
        paragraph(shown.name, "tm-name")
        if shown.value:
            with st.container(
                horizontal=True, vertical_alignment="center", gap="xsmall",
                key=f"value-{indicator_id}",
            ):  # fmt: skip
                opener = st.popover(
                    shown.value, type="tertiary", key=f"passport-{indicator_id}", width="content"
                )
                if beside:
                    st.html(beside, width="content")
            with opener:
                st.markdown(f"**{shown.name}**")
                st.html(shown.passport)
        st.html("".join(paragraph_html(line, "tm-small") for line in shown.small))
