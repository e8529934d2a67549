"""What every chart of a goal page is drawn from, and what it says of itself.

Belongs here: the release, goal and filters together; subtitles, stamps and notes made from them.
Does not belong here: any one kind of chart (battery.py, gap.py, single.py).
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from streamlit_app.blocks.figure import role_names
from streamlit_app.blocks.passport import About, passports
from streamlit_app.blocks.sentence import listed
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.formats import SEPARATOR, Row
from streamlit_app.kept import kept
from streamlit_app.organisation import ROOT
from streamlit_app.selection import ALL_ROLES, WITHHELD, Choice, respondents
from streamlit_app.tables import Stamp


@dataclass(frozen=True)
class GoalData:
    """One goal in the wave, part of the organisation and role that the filters say."""

    view: View
    goal_id: int
    choice: Choice

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What tells it from another, for what is kept of it."""
        choice = self.choice
        return (*self.view.key, self.goal_id, choice.period, choice.node_id, choice.role_id)

    @property
    def say(self) -> Say:
        return self.view.say

    @property
    def rows(self) -> pd.DataFrame:
        """The goal's rows in the wave and place chosen."""
        return self.view.goal_rows(self.goal_id, self.choice.period, self.choice.node_id)

    def node_name(self) -> str:
        """What the part of the organisation chosen is called."""
        node_id = self.choice.node_id
        return self.say("filter.whole") if node_id == ROOT else _node_names(self.view)[node_id]

    def role_name(self, role_id: str) -> str:
        return role_names(self.view)[role_id]

    def asked_name(self, indicator_id: str, *, wave: bool = True) -> str:
        """The role chosen, or where that is everybody, whom of them the indicator's questions were
        put to: in the wave chosen, or in any."""
        period = self.choice.period if wave else None
        return self.asked_of(indicator_id, period) or self.role_name(self.choice.role_id)

    def asked_of(self, indicator_id: str, period: str | None) -> str:
        """Whom an indicator's questions were put to in a wave, or in any; empty where a role is
        chosen, and where that is everybody."""
        is_all = self.choice.role_id == ALL_ROLES
        return _asked(self.view, self.goal_id, indicator_id, period) if is_all else ""

    def stamp(
        self, *, wave: bool = True, place: str | None = None, role: str | None = None
    ) -> Stamp:
        """What a chart follows, by heading; `place` and `role` where it has its own."""
        say, choice = self.say, self.choice
        filters = {say("filter.wave"): choice.period} if wave else {}
        filters[say("filter.unit")] = place or self.node_name()
        filters[say("filter.role")] = role or self.role_name(choice.role_id)
        release_id = str(self.view.release.manifest["release_id"])
        return Stamp(release_id, filters, self.view.is_demonstration)

    def about(self, *indicators: Row, beside: pd.DataFrame | None = None) -> About:
        """What goes with a chart of these indicators: their passports, once they are asked for;
        beside: the figures in it, where they are more than the one chosen."""
        return partial(passports, indicators, self.choice, self.view, beside)

    def subtitle(self, stamp: Stamp, rows: pd.DataFrame, unit: str = "") -> str:
        """Whom a chart is about, the demonstration mark, the unit where it is to be said, and how
        many answered: of both roles where two are compared."""
        mark = [self.say("chart.demonstration")] if stamp.is_demonstration else []
        told = [unit] if unit else []
        there = shown(rows)
        answered = n_words(there["n"], self.say, there.get("n_compared"))
        return SEPARATOR.join([*stamp.filters.values(), *mark, *told, *answered])


@kept
def _node_names(view: View) -> dict[str, str]:
    """The newest name of each part of the organisation."""
    nodes = view.table("dim_node").sort_values("period")
    return dict(zip(nodes["node_id"], nodes["name"], strict=True))


@kept
def _asked(view: View, goal_id: int, indicator_id: str, period: str | None) -> str:
    """Whom an indicator's questions were put to, in one wave or over all; empty where that is
    everybody whom the survey put questions to, or is not told."""
    questions = view.table("dim_question")
    if period is not None:
        questions = questions[questions["period"] == period]
    items = view.items(indicator_id, goal_id)
    own = questions[questions["question_id"].isin(items)]
    everybody = respondents(questions[questions["period"].isin(own["period"])])
    asked = respondents(own)
    names = [name.lower() for role, name in role_names(view).items() if role in asked]
    is_some = bool(names) and asked < everybody
    return view.say("chart.asked_of", roles=listed(names, view.say)) if is_some else ""


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are not withheld."""
    return rows[rows["status"] != WITHHELD]


def n_words(answered: pd.Series, say: Say, compared: pd.Series | None = None) -> list[str]:
    """How many answered, as one number or from the fewest to the most; nothing for none.

    compared: the same of the role compared with, where there may be one.
    """
    n, other = (_n_range(of, say) for of in (answered, compared))
    if not n:
        return []
    return [say("figure.n_compared", n=n, other=other) if other else say("figure.n", n=n)]


def _n_range(answered: pd.Series | None, say: Say) -> str:
    """566, or 281 til 565; empty where none is known, as of a published share it may not be."""
    known = pd.Series() if answered is None else answered.dropna()
    if known.empty:
        return ""
    low, high = say.forms.number(known.min()), say.forms.number(known.max())
    return low if low == high else say.forms.between(low, high)


def withheld_note(rows: pd.DataFrame, say: Say) -> list[str]:
    """What the word for withheld means, where it stands in the chart."""
    return [say("chart.withheld_note")] if (rows["status"] == WITHHELD).any() else []
