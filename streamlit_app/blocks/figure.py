"""A figure in words: its value, interval, n and status.

Belongs here: how one figure is written.
Does not belong here: where it is from (passport.py), how it is shown (tile.py).
"""

from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing
from streamlit_app.kept import kept
from streamlit_app.selection import ABSENT, ALL_ROLES, INCOMPLETE, PUBLISHED, WITHHELD


def value_words(figure: Row, view: View) -> str:
    """The value as a number: 76 %, +12, nr. 7; or the word for what stands in its place."""
    say = view.say
    if figure["status"] in ABSENT:
        return say(f"figure.{figure['status']}")
    if figure["status"] == WITHHELD:
        return say("figure.withheld")
    value = figure["value"]
    if figure["unit"] == "share":
        return say.forms.percent(value)
    if figure["unit"] == "share_difference":
        return say.forms.points(value)
    if figure["unit"] == "rank":
        return say("figure.rank", value=say.forms.number(value))
    return say.forms.number(value, 0 if figure["unit"] == "count" else 1)


def unit_words(figure: Row, view: View) -> str:
    """What a number without a sign of its own is counted in; empty for the others."""
    is_points = figure["unit"] == "share_difference" and figure["status"] != WITHHELD
    return view.say("figure.points") if is_points else ""


def interval_words(figure: Row, view: View) -> str:
    """The interval in the figure's unit; says so where there is none, nothing without a figure."""
    say = view.say
    if figure["status"] in ABSENT:
        return ""
    if figure["status"] == WITHHELD:
        return say("figure.withheld_long")
    low, high = figure["lower"], figure["upper"]
    if is_missing(low) or is_missing(high):
        return say("figure.no_interval")
    if figure["unit"] == "share":
        return say.forms.percent_interval(low, high)
    if figure["unit"] == "share_difference":
        return say.forms.points_interval(low, high)
    if figure["unit"] == "rank":
        return say("figure.places", low=say.forms.number(low), high=say.forms.number(high))
    return say.forms.between(say.forms.number(low, 1), say.forms.number(high, 1))


def n_words(figure: Row, view: View) -> str:
    """How many answered, of both roles where two are compared; or how much a figure is of."""
    say = view.say
    if figure["status"] == WITHHELD:
        return ""
    if not is_missing(figure["base"]):
        if figure["unit"] == "count" and figure["base"] == figure["value"]:
            return ""  # a count of everything is of nothing more
        return say("figure.base", base=say.forms.number(figure["base"]))
    if is_missing(figure["n"]):
        return say("figure.no_n")
    n = say.forms.number(figure["n"])
    if is_missing(figure["n_compared"]):
        return say("figure.n", n=n)
    return say("figure.n_compared", n=n, other=say.forms.number(figure["n_compared"]))


@kept
def role_names(view: View) -> dict[str, str]:
    """What each role is called, in their order."""
    roles = view.table("dim_role").sort_values("sort_order")
    return dict(zip(roles["role_id"], roles[f"name_{view.say.lang}"], strict=True))


def role_words(figure: Row, view: View) -> str:
    """The role that a figure is of, or the two that it sets against each other; empty for a figure
    of all employees, and for one that is of no role."""
    role_id, other = figure["role_id"], figure.get("compared_role_id")
    if is_missing(role_id) or role_id == ALL_ROLES:
        return ""
    names = role_names(view)
    if is_missing(other):
        return names[str(role_id)]
    return view.say("gap.roles", role=names[str(role_id)], other=names[str(other)].lower())


def status_words(figure: Row, view: View) -> str:
    """The word for a figure that was published, or that not all evidence is in for; empty for the
    others."""
    told = {INCOMPLETE: "figure.incomplete", PUBLISHED: "figure.published"}.get(figure["status"])
    return view.say(told) if told else ""
