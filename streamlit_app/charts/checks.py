"""The gates over time: one mark for each run and gate, told apart by shape as well as colour.

Belongs here: the chart of outcomes.
Does not belong here: anything about people or units.
"""

import altair as alt
import pandas as pd

from streamlit_app.catalogue import Say
from streamlit_app.charts.parts import drawn
from streamlit_app.charts.theme import BEIGE, BLUE, GREY, NEUTRAL, TEXT, Heading, Layered, finish
from streamlit_app.formats import HARD_SPACE

ROW = 22
ON_TWO_LINES = f"split(datum.label, '{HARD_SPACE}')"  # date over time of day
STATUSES = ("passed", "failed", "could_not_run", "not_delivered")
SHAPES = ("circle", "cross", "triangle-up", "square")
COLOURS = (BLUE, TEXT, BEIGE, GREY)


def gates_over_time(gates: pd.DataFrame, heading: Heading, say: Say) -> Layered:
    """A grid of runs by gates.

    gates: one row per run and gate, the oldest run first, with `run` as the run is to be named.
    """
    words = [say(f"gate_status.{status}") for status in STATUSES]
    rows = gates.assign(word=[say(f"gate_status.{status}") for status in gates["status"]])
    runs = list(rows["run"].drop_duplicates())
    names = sorted(rows["gate"].unique())
    x = alt.X("run:O", sort=runs, title=None, axis=alt.Axis(labelAngle=0, labelExpr=ON_TWO_LINES))
    y = alt.Y("gate:N", sort=names, title=None)
    base = drawn(rows, "run", "gate", "word", "checks", "failed")
    layers = [
        base.mark_rule(color=NEUTRAL).encode(y=y),
        base.mark_point(filled=True, size=110, opacity=1).encode(
            x=x,
            y=y,
            shape=alt.Shape("word:N", scale=alt.Scale(domain=words, range=SHAPES)),
            color=alt.Color("word:N", scale=alt.Scale(domain=words, range=COLOURS)),
            tooltip=[
                alt.Tooltip("run:N", title=say("column.run")),
                alt.Tooltip("gate:N", title=say("column.gate")),
                alt.Tooltip("word:N", title=say("column.status")),
                alt.Tooltip("checks:Q", title=say("column.checks")),
                alt.Tooltip("failed:Q", title=say("column.failed")),
            ],
        ),
    ]
    return finish(layers, ROW * len(names), heading, say.lang)
