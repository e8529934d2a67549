"""What blocks of other evidence than the employee survey share: stamps, subtitles, the year chosen.

Belongs here: what two such blocks would otherwise both say.
Does not belong here: any one domain.
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from streamlit_app.blocks.filters import choose
from streamlit_app.blocks.goal_data import n_words, shown
from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR
from streamlit_app.tables import Stamp

WIDTHS = (1, 3)  # of the select box, and of what is left of the row


def stamp_of(rows: pd.DataFrame, filters: dict[str, str], view: View) -> Stamp:
    """Release, filters, and the mark if any of the rows is invented: published ones are not."""
    release_id = str(view.release.manifest["release_id"])
    return Stamp(release_id, filters, bool(rows["is_demonstration"].any()))


def subtitle(stamp: Stamp, rows: pd.DataFrame, view: View) -> str:
    """What a chart is about, the demonstration mark, and how many answered, if anybody did."""
    mark = [view.say("chart.demonstration")] if stamp.is_demonstration else []
    answered = n_words(shown(rows)["n"].dropna(), view.say)
    return SEPARATOR.join([*stamp.filters.values(), *mark, *answered])


def year_chosen(name: str, periods: Sequence[str], view: View) -> str:
    """The year chosen, the newest unless the address says otherwise; name: in the address."""
    years = sorted(periods, reverse=True)
    with st.columns(WIDTHS)[0]:
        return choose(name, view.say("filter.year"), {year: year for year in years}, years[0], view)
