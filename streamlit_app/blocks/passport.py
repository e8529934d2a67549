"""The passport of a figure: what it means, who it is about, how it was made, and where it is from.

Belongs here: what a passport says, and of which figure where a chart or a table has many.
Does not belong here: how a figure is written (figure.py), or shown (tile.py, chart.py).
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from dagster_project.release.lineage import GOAL_PAGE, PAGE, RELEASED, ahead, files_behind
from streamlit_app.blocks.change import change_in_full, difference_words, response_words
from streamlit_app.blocks.figure import (
    interval_words,
    n_words,
    status_words,
    unit_words,
    value_words,
)
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing
from streamlit_app.selection import PUBLISHED, WITHHELD, Choice, headline

Facts = list[tuple[str, str]]
# why a figure is not weighted, by what its wave is weighted by
UNWEIGHTED = {
    "not_converged": "weighting.not_converged",
    "cells": "weighting.protected",
    "margins": "weighting.protected",
}
SCORECARD = (RELEASED, "mart_scorecard")
ASKED = ("survey", "user_survey")  # domains whose figures are of people's answers


def passport(indicator: Row, figure: Row, view: View) -> Facts:
    """Everything a reader needs to defend the figure, as pairs of heading and text."""
    say, manifest = view.say, view.release.manifest
    facts = [
        (say("passport.definition"), say.of(indicator, "definition")),
        (say("passport.population"), say.of(indicator, "population")),
        (say("passport.value"), f"{value_words(figure, view)} {unit_words(figure, view)}"),
        *_n_facts(figure, view),
        (say("passport.interval"), interval_words(figure, view)),
        (say("passport.method"), say(f"method.{_method(indicator, figure)}")),
        *_weighting(indicator, figure, view),
        *_tests(indicator, figure, view),
        (say("passport.wave"), str(figure["period"])),
        *_wordings(indicator, view),
        *_published_in(figure, view),
        (say("passport.source"), str(figure["source_file"])),
        (say("passport.sha256"), str(figure["source_sha256"])),
        *_behind(indicator, view),
        *_shown_on(indicator, view),
        (say("passport.gates"), gates_words(indicator, view)),
        (say("passport.release"), str(manifest["release_id"])),
        (say("passport.made"), say.forms.moment(manifest["created_at"])),
    ]
    if status_words(figure, view):
        facts.append((say("passport.status"), status_words(figure, view)))
    if figure["is_demonstration"]:
        facts.append((say("passport.data"), say("csv.demonstration")))
    return facts


def _published_in(figure: Row, view: View) -> Facts:
    """The document that a published share stands in; nothing of what was computed."""
    if figure["status"] != PUBLISHED:
        return []
    return [(view.say("passport.published_in"), str(figure["source_ref"]))]


def _n_facts(figure: Row, view: View) -> Facts:
    """How many answered, or how much the figure is of; nothing for a count of everything."""
    if figure["status"] == WITHHELD:
        return [(view.say("passport.n"), view.say("figure.withheld_long"))]
    words = n_words(figure, view)
    return [(view.say("passport.n"), words)] if words else []


def _weighting(indicator: Row, figure: Row, view: View) -> Facts:
    """How much each answer counts, and the figure without weights; nothing of what is counted."""
    say = view.say
    if indicator["domain"] not in ASKED:
        return []
    if figure["status"] == PUBLISHED:
        words = say("weighting.published")
    elif "is_weighted" not in figure:
        words = say("weighting.earlier")
    elif is_missing(figure["is_weighted"]):
        words = say("weighting.not_survey")
    elif not figure["is_weighted"]:
        words = say(UNWEIGHTED.get(_weighted_by(figure, view) or "", "weighting.unweighted"))
    elif figure["status"] == WITHHELD:
        return []
    else:
        plain = value_words({**figure, "value": figure["value_unweighted"]}, view)
        how = "raked" if _weighted_by(figure, view) == "margins" else "weighted"
        words = say(f"weighting.{how}", unweighted=f"{plain} {unit_words(figure, view)}".strip())
    return [(say("passport.weighting"), words)]


def _weighted_by(figure: Row, view: View) -> str | None:
    """What the figure's wave is weighted by; None from before that was told."""
    responses = view.responses()
    if responses is None or "weighted_by" not in responses:
        return None
    found = responses.loc[responses["period"] == figure["period"], "weighted_by"]
    return None if found.empty else str(found.iloc[0])


def _tests(indicator: Row, figure: Row, view: View) -> Facts:
    """How many answered of those there were, and what is sure; nothing of what was not asked."""
    if indicator["domain"] != "survey" or is_missing(figure["role_id"]):
        return []
    choice = Choice(str(figure["period"]), str(figure["node_id"]), str(figure["role_id"]))
    facts = {
        "response": response_words(choice, view),
        "change": change_in_full(indicator, figure, view),
        "difference_nodes": difference_words("nodes", indicator, figure, view),
        "difference_roles": difference_words("roles", indicator, figure, view),
    }
    return [(view.say(f"passport.{name}"), words) for name, words in facts.items() if words]


def _method(indicator: Row, figure: Row) -> str:
    """Which method's description belongs to the figure."""
    measure = str(indicator["measure"])
    if figure["status"] == PUBLISHED:
        return "published"
    if indicator["domain"] in ASKED:
        return measure if measure in ("share", "balance", "gap", "rank", "mean") else "other"
    return "counted"


def _wordings(indicator: Row, view: View) -> Facts:
    """The question's wording in each wave, the newest first, and who was asked; where groups got
    their own, all of them."""
    say, questions = view.say, view.table("dim_question")
    items = view.items(str(indicator["indicator_id"]), int(indicator["goal_id"]))
    asked = questions[questions["question_id"].isin(items)].sort_values("period", ascending=False)
    roles = view.table("dim_role").set_index("role_id")[f"name_{say.lang}"]
    worded = asked.groupby([f"wording_{say.lang}", "asked_of"], sort=False)["period"]
    return [
        (
            say("passport.wording"),
            say(
                "passport.worded",
                waves=", ".join(dict.fromkeys(waves)),
                wording=wording,
                asked=", ".join(str(roles.get(role, role)) for role in str(asked_of).split(",")),
            ),
        )
        for (wording, asked_of), waves in worded
    ]


def passports(indicators: Sequence[Row], choice: Choice, view: View) -> dict[str, Facts]:
    """Each indicator's passport by its name, to go with a chart: of the figure chosen, or where an
    indicator is many figures, of what they have in common."""
    card, told = view.scorecard(choice.node_id), {}
    for indicator in indicators:
        rows = card[
            (card["indicator_id"] == indicator["indicator_id"])
            & (card["period"] == choice.period)
            & (card["role_id"].isin([choice.role_id, indicator["role_id"]]))
        ]
        figure = rows.iloc[0] if len(rows) else None
        told[view.say.of(indicator, "name")] = _passport_or_common(indicator, figure, view)
    return told


def about(view: View, *indicator_ids: str) -> Callable[[], dict[str, Facts]]:
    """The same of indicators that no role is chosen for, once it is asked for: of the newest figure
    for the whole of NAV."""

    def told() -> dict[str, Facts]:
        indicators, card = [view.indicator(one) for one in indicator_ids], view.scorecard()
        return {
            view.say.of(one, "name"): _passport_or_common(one, headline(card, one), view)
            for one in indicators
        }

    return told


def _passport_or_common(indicator: Row, figure: Row | None, view: View) -> Facts:
    return _in_common(indicator, view) if figure is None else passport(indicator, figure, view)


def _in_common(indicator: Row, view: View) -> Facts:
    """What a passport says of every figure of an indicator."""
    say, manifest = view.say, view.release.manifest
    return [
        (say("passport.definition"), say.of(indicator, "definition")),
        (say("passport.population"), say.of(indicator, "population")),
        *_wordings(indicator, view),
        *_behind(indicator, view),
        *_shown_on(indicator, view),
        (say("passport.gates"), gates_words(indicator, view)),
        (say("passport.release"), str(manifest["release_id"])),
        (say("passport.made"), say.forms.moment(manifest["created_at"])),
    ]


def gates_of(indicator: Row, view: View) -> list[dict[str, Any]]:
    """The gates on the figure's way: its domain's, and its marts'."""
    marts = ("mart_scorecard", f"mart_goal_{indicator['goal_id']}")
    return [
        gate
        for gate in view.release.manifest["gates"]
        if gate["domain"] == indicator["domain"] or gate["gate"].endswith(marts)
    ]


def gates_words(indicator: Row, view: View) -> str:
    """How the gates on the figure's way went."""
    say = view.say
    words = [
        say(
            "passport.gate",
            gate=gate["gate"],
            status=say(f"gate_status.{gate['status']}"),
            checks=say.forms.number(gate["checks"]),
        )
        for gate in gates_of(indicator, view)
    ]
    return "; ".join(words) or say("passport.no_gates")


def _behind(indicator: Row, view: View) -> Facts:
    """All files that the figures of its domain are counted from; nothing where that is not told."""
    erased = {f"{one['domain']}/{one['file']}" for one in view.release.erased}
    files = [
        f"{file} ({view.say('passport.erased')})" if file in erased else file
        for file in files_behind(view.steps, str(indicator["domain"]))
    ]
    return [(view.say("passport.behind"), ", ".join(files))] if files else []


def _shown_on(indicator: Row, view: View) -> Facts:
    """The pages that show the figure: of the goals' pages its own; nothing where that is not
    told."""
    of_goals = {f"{GOAL_PAGE}{goal}" for goal in view.table("dim_goal")["goal_id"]}
    pages = {name for stop, name in ahead(view.steps, SCORECARD) if stop == PAGE}
    own = pages - of_goals | pages & {f"{GOAL_PAGE}{indicator['goal_id']}"}
    words = sorted(page_words(name, view.say) for name in own)
    return [(view.say("passport.shown_on"), ", ".join(words))] if words else []


def page_words(name: str, say: Say) -> str:
    """A page of the dashboard by its title."""
    goal = name.removeprefix(GOAL_PAGE)
    return say("frame.goal", number=goal) if goal != name else say.known(f"lineage.{name}") or name


def passport_html(facts: Sequence[tuple[str, str]]) -> str:
    """The passport as a list of terms, which screen readers read pair by pair."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in facts)
    return f'<dl class="tm-passport">{rows}</dl>'
