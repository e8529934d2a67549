"""What registers say of themselves: their stamp and subtitle.

Belongs here: what the pilots' and the measures' blocks share.
Does not belong here: any one register (pilots.py, measures.py).
"""

from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR
from streamlit_app.tables import Stamp


def register_stamp(view: View, period: str) -> Stamp:
    """Of the whole of NAV, in the register of a year."""
    say = view.say
    filters = {say("filter.register"): period, say("filter.unit"): say("filter.whole")}
    return Stamp(str(view.release.manifest["release_id"]), filters, view.is_demonstration)


def register_subtitle(stamp: Stamp, view: View) -> str:
    """The year, the whole of NAV, and the demonstration mark."""
    mark = [view.say("chart.demonstration")] if stamp.is_demonstration else []
    return SEPARATOR.join([*stamp.filters.values(), *mark])
