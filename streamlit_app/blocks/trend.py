"""An indicator's small trend, whatever domain it comes from.

Belongs here: which rows make the trend, and what it is called for those who hear it.
Does not belong here: drawing (charts/trend.py).
"""

import pandas as pd

from streamlit_app.blocks.figure import value_words
from streamlit_app.charts.trend import trend
from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing, records
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import (
    CARRIED,
    WITHHELD,
    Choice,
    headline,
    over_registers,
    over_waves,
    over_years,
)


@kept
def small_trend(view: View, indicator_id: str, theme: str) -> str:
    """The indicator over time for the whole of NAV, as an image; empty with fewer than two waves.

    theme: in whose colours.
    """
    indicator = view.indicator(indicator_id)
    figure = headline(view.scorecard(), indicator)
    if figure is None:
        return ""
    rows = _over_time(indicator, figure, view)
    own = records(rows[(rows["form"] != CARRIED) & (rows["status"] != WITHHELD)])
    say = view.say
    listed = ", ".join(
        say("waves.one", wave=row["period"], figure=value_words(row, view)) for row in own
    )
    broken = [
        say("overview.trend_break", wave=row["period"], kind=say(f"break.{row['break_kind']}"))
        for row in own
        if not is_missing(row["break_kind"])
    ]
    label = " ".join([say("waves.title", name=say.of(indicator, "name"), waves=listed), *broken])
    return trend(rows, label, theme, say)


def _over_time(indicator: Row, figure: Row, view: View) -> pd.DataFrame:
    """The waves, years or counts of an indicator for the whole of NAV, with what may be joined."""
    card = view.scorecard()
    card = card[card["indicator_id"] == indicator["indicator_id"]]
    if indicator["domain"] == "survey":
        choice = Choice(str(figure["period"]), ROOT, str(figure["role_id"]))
        items = view.items(str(indicator["indicator_id"]), int(indicator["goal_id"]))
        return over_waves(
            card,
            view.table("dim_question"),
            str(indicator["indicator_id"]),
            items,
            choice,
            view.comparisons(str(indicator["indicator_id"]), ROOT),
        )
    whole = card[card["role_id"].isna()]
    if indicator["domain"] == "user_survey":
        return over_years(whole, view.table("dim_user_measurement"))
    return over_registers(whole)
