"""The accessibility statement (tilgjengelighetserklæring): what holds, and what does not yet.

Belongs here: the order of the sections. Does not belong here: their words (texts/).
"""

import streamlit as st

from streamlit_app.catalogue import Say

SECTIONS = ("holds", "faults", "tested", "contact")


def render(say: Say) -> None:
    """The whole statement."""
    st.title(say("accessibility.title"), anchor=False)
    st.markdown(say("accessibility.lead"))
    for section in SECTIONS:
        st.header(say(f"accessibility.{section}_heading"), anchor=False)
        st.markdown(say(f"accessibility.{section}"))
