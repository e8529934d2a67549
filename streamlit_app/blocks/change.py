"""What may be said of a change or a difference, and how many answered of those there were.

Belongs here: the words for an outcome of mart_comparison, and for a response rate.
Does not belong here: deciding an outcome; it comes with its test from the release.
"""

from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing
from streamlit_app.selection import (
    PUBLISHED,
    WITHHELD,
    Choice,
    comparison,
    has_earlier,
    response,
)

NOT_TESTED = "not_tested"
SURVEY, USER_SURVEY = "survey", "user_survey"  # domains; changes of the first are tested


def change_words(indicator: Row, figure: Row, view: View, item: str | None = None) -> str:
    """The change since the earlier wave: økt 4 prosentpoeng siden 2023; empty where there is none
    to speak of: nothing earlier is asked, or the release is older than the tests."""
    found = change_of(indicator, figure, view, item)
    return "" if found is None else change_in_words(found, view)


def headline_change_words(indicator: Row, figure: Row, view: View) -> str:
    """The same of a headline figure of any domain. Only surveys of employees are tested: of what
    else has an earlier period, it says that it is not, and what broke if anything did."""
    if indicator["domain"] == SURVEY:
        return change_words(indicator, figure, view)
    if not has_earlier(view.scorecard(str(figure["node_id"])), indicator, figure):
        return ""
    if indicator["domain"] == USER_SURVEY:
        measured = view.table("dim_user_measurement").set_index(["indicator_id", "period"])
        kind = str(
            measured.at[(indicator["indicator_id"], figure["period"]), "comparability_break"]
        )
        if kind != "none":
            return view.say("change.not_tested", why=view.say(f"break.{kind}"))
    return view.say("change.untested")


def change_in_full(indicator: Row, figure: Row, view: View) -> str:
    """The change with its interval, p-value and what was done to make it comparable."""
    found = change_of(indicator, figure, view)
    if found is None:
        return ""
    say = view.say
    words = [change_in_words(found, view)]
    if found["status"] != WITHHELD and found["outcome"] != NOT_TESTED:
        words.append(
            say(
                "change.test",
                difference=say.forms.points(found["difference"], 1),
                interval=say.forms.points_interval(found["lower"], found["upper"], 1),
                p=_p_words(found["p_adjusted"], view),
            )
        )
        if found["status"] == PUBLISHED:
            words.append(say("change.published", wave=found["compared_period"]))
        if found["is_carried"]:
            words.append(say("change.carried", wave=found["compared_period"]))
    return " ".join(words)


def difference_words(kind: str, indicator: Row, figure: Row, view: View) -> str:
    """How a figure stands to the rest of NAV (nodes) or to the other role or roles (roles)."""
    compared = view.comparisons(indicator["indicator_id"], figure["node_id"])
    found = comparison(compared, kind, figure)
    return "" if found is None else difference_in_words(kind, found, view)


def difference_in_words(kind: str, found: Row, view: View) -> str:
    """The outcome of one row of mart_comparison of that kind; empty where it is withheld."""
    if found["status"] == WITHHELD:
        return ""
    if found["outcome"] == NOT_TESTED:
        return view.say("difference.not_tested", why=view.say(f"why.{found['why_not_tested']}"))
    return view.say(f"difference_{kind}.{found['outcome']}")


def response_words(choice: Choice, view: View) -> str:
    """Svarprosent 61 % (4 112 av 6 740); the plain word where it is withheld or not known."""
    found = response(view.responses(), choice)
    say = view.say
    if found is None:
        return ""
    if found["status"] == WITHHELD:
        return say("response.withheld")
    n = say.forms.number(found["n_respondents"])
    if is_missing(found["response_rate"]):
        return say("response.no_headcount", n=n)
    rate = say.forms.percent(found["response_rate"])
    words = say("response.rate", rate=rate, n=n, of=say.forms.number(found["headcount"]))
    return f"{words} {say('response.exceeded')}" if found["response_rate"] > 1 else words


def change_of(indicator: Row, figure: Row, view: View, item: str | None = None) -> Row | None:
    """The row of mart_comparison that sets a figure beside the earlier wave; None where nothing
    earlier was asked, or the release is older than the tests."""
    compared = view.comparisons(indicator["indicator_id"], figure["node_id"])
    found = comparison(compared, "waves", figure, item)
    is_first = found is not None and found["why_not_tested"] == "first_time"
    return None if is_first else found


def change_in_words(found: Row, view: View) -> str:
    """The outcome with the points it is about; what stands in the way where it is not tested."""
    say, wave = view.say, found["compared_period"]
    if found["status"] == WITHHELD:
        return say("change.withheld", wave=wave)
    if found["outcome"] == NOT_TESTED:
        return say("change.not_tested", wave=wave, why=say(f"why.{found['why_not_tested']}"))
    return say(f"change.{found['outcome']}", points=points_words(found, say), wave=wave)


def outcome_of(found: Row) -> str:
    """increased, decreased, no_sure_change or not_tested; what is withheld is not told."""
    return NOT_TESTED if found["status"] == WITHHELD else str(found["outcome"])


def points_words(found: Row, say: Say) -> str:
    """How many percentage points, whole ones unless that would be none: 4, or 0,3."""
    points = abs(found["difference"]) * 100
    return say.forms.number(points, 0 if points >= 0.5 else 1)


def _p_words(p: float, view: View) -> str:
    """p = 0,013, or p < 0,001."""
    number = view.say.forms.number
    return f"p < {number(0.001, 3)}" if p < 0.001 else f"p = {number(p, 3)}"
