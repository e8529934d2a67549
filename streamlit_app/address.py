"""What the address says: language, release, and the filters of a page.

The address is the only place where these are kept, so that a link shows what the sender saw.
Belongs here: reading and writing the query part of the address.
Does not belong here: which choices exist (selection.py).
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from streamlit_app.catalogue import LANGUAGES

DIVIDER = "."  # between choices that stand together: a sign that no address has to escape
KEPT = ("lang", "release", "wave", "unit", "role")


def language() -> str:
    """The language asked for; bokmål unless the address says otherwise."""
    asked = st.query_params.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def unknown_language() -> str | None:
    """The language asked for where it is none of ours; None where it is, or none is asked for."""
    asked = st.query_params.get("lang")
    return None if asked in (None, *LANGUAGES) else asked


def kept() -> dict[str, str]:
    """What a link to another page carries along."""
    return {name: st.query_params[name] for name in KEPT if name in st.query_params}


def page_name() -> str:
    """The last part of the address' path: empty on the first page and where it is not known."""
    base = st.get_option("server.baseUrlPath").strip("/")
    path = urlsplit(st.context.url or "").path.strip("/").removeprefix(base)
    return path.split("/")[-1]


def asked(name: str, options: Sequence[str], default: str) -> tuple[str, str | None]:
    """The choice of `name` in the address if it exists, and what was asked for if it does not."""
    value = st.query_params.get(name)
    if value is None or value in options:
        return value or default, None
    return default, value


def asked_many(name: str, options: Sequence[str]) -> tuple[list[str], list[str]]:
    """Which of `options` the address asks for, in their order, all where it says nothing; and what
    it asks for that is none of them."""
    value = st.query_params.get(name)
    if value is None:
        return list(options), []
    asked = [one for one in value.split(DIVIDER) if one]
    return [one for one in options if one in asked], [one for one in asked if one not in options]


def write_many(name: str, key: str, options: Sequence[str]) -> None:
    """Write the choices of the widget `key` into the address; all of them need no mention."""
    chosen = [one for one in options if one in st.session_state[key]]
    st.query_params[name] = DIVIDER.join(chosen)
    if len(chosen) == len(options):
        del st.query_params[name]


def write(name: str, key: str, default: str, clears: Sequence[str] = ()) -> None:
    """Write the choice of the widget `key` into the address; the default needs no mention.

    clears: choices in the address that were made among what this one offered.
    """
    for other in clears:
        st.query_params.pop(other, None)
    value = st.session_state[key]
    if value in (None, default):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
