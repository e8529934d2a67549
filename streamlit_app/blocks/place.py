"""The place on a page where an indicator is shown, and the way to it.

Belongs here: marking places, and bringing the one that the address asks for into view.
Does not belong here: what is shown there (the other blocks).
"""

import json
from collections.abc import Collection

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

SHOWN = "show"  # in the address: the indicator that a link leads to

# Charts above the place grow while they are drawn, so it is brought into view until they have, or
# until the reader moves.
SCRIPT = """{{
const isPlace = name => name.startsWith('st-key-at-')
  && name.slice(10).split('-at-').includes({indicator});
const bring = () => [...document.querySelectorAll('[class*="st-key-at-"]')]
  .find(place => [...place.classList].some(isPlace))?.scrollIntoView();
const bringing = setInterval(bring, 100);
const rest = () => clearInterval(bringing);
setTimeout(rest, 4000);
['wheel', 'keydown', 'pointerdown', 'touchstart'].forEach(
  what => addEventListener(what, rest, {{ once: true }}));
}}"""


def place_of(*indicator_ids: str) -> DeltaGenerator:
    """A container for the block in which these indicators are shown."""
    return st.container(key="-".join(f"at-{one}" for one in indicator_ids))


def bring_into_view(known: Collection[str]) -> None:
    """Bring the indicator that the address asks for into view, where it is one of those known."""
    asked = st.query_params.get(SHOWN)
    if asked in known:
        script = SCRIPT.format(indicator=json.dumps(asked))
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
