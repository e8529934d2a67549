"""The passport of a figure: what it means, who it is about, how it was made, and where it is from.

Belongs here: what a passport says, and of which figure where a chart or a table has many.
Does not belong here: how a figure is written (figure.py), or shown (tile.py, chart.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pandas as pd

from dagster_project.release.lineage import GOAL_PAGE, PAGE, RELEASED, ahead, files_behind
from streamlit_app.blocks.change import (
    SURVEY,
    USER_SURVEY,
    change_in_full,
    difference_words,
    response_words,
)
from streamlit_app.blocks.figure import (
    interval_words,
    n_words,
    role_words,
    status_words,
    unit_words,
    value_words,
)
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing, records
from streamlit_app.selection import PUBLISHED, WITHHELD, Choice

Facts = list[tuple[str, str]]
About = Callable[[], Mapping[str, Facts]]  # passports by name, once they are asked for
# why a figure is not weighted, by what its wave is weighted by
UNWEIGHTED = {
    "not_converged": "weighting.not_converged",
    "cells": "weighting.protected",
    "margins": "weighting.protected",
}
ASKED = (SURVEY, USER_SURVEY)  # domains whose figures are of people's answers
WITH_METHOD = ("share", "balance", "gap", "rank", "mean", "battery")
# How figures that nobody was asked for came about: counted in a register, a mean of cases, read in
# a document, or held against what was read there.
Origin = Literal["counted", "cases", "quoted", "reconciled"]


@dataclass(frozen=True)
class Subject:
    """What figures are of, where they are no indicator's.

    domain: whose files and gates are behind them; tables: of the release, that hold them.
    goal_id: whose page shows them; None where it is no goal's.
    """

    definition: str
    population: str
    origin: Origin
    domain: str
    tables: Sequence[str]
    goal_id: int | None = None


def passport(indicator: Row, figure: Row, view: View, beside: pd.DataFrame | None = None) -> Facts:
    """Everything a reader needs to defend the figure, as pairs of heading and text.

    beside: the figures that stand in one chart with it, itself among them; what they are from is
    told too.
    """
    say = view.say
    rows = pd.DataFrame([dict(figure)]) if beside is None else beside
    facts = [
        *_meant(indicator, view),
        (say("column.role"), role_words(figure, view)),
        (say("passport.value"), f"{value_words(figure, view)} {unit_words(figure, view)}"),
        *_n_facts(figure, view),
        (say("passport.interval"), interval_words(figure, view)),
        (say("passport.method"), say(f"method.{_method(indicator, figure['status'])}")),
        (say("passport.weighting"), _weighting(indicator, figure, view)),
        *_tests(indicator, figure, view),
        *_asked(indicator, pd.DataFrame([dict(figure)]), view),
        *_from(rows, indicator["domain"], _tables_of(indicator), indicator["goal_id"], view),
    ]
    if status_words(figure, view):
        facts.append((say("passport.status"), status_words(figure, view)))
    return [(heading, text) for heading, text in facts if text]


def passport_of_many(indicator: Row, rows: pd.DataFrame, view: View) -> Facts:
    """The same of many figures of an indicator: what they have in common. rows: the figures."""
    say = view.say
    value = "in_table" if indicator["domain"] in ASKED else "value_in_table"
    statuses = rows["status"].unique() if "status" in rows else ["shown"]
    methods = dict.fromkeys(_method(indicator, status) for status in statuses)
    facts = [
        *_meant(indicator, view),
        (
            say("passport.value"),
            say(f"passport.{value}"),
        ),
        (say("passport.method"), " ".join(say(f"method.{method}") for method in methods)),
        (say("passport.weighting"), _weightings(indicator, rows, view)),
        *_asked(indicator, rows, view),
        *_from(rows, indicator["domain"], _tables_of(indicator), indicator["goal_id"], view),
    ]
    return [(heading, text) for heading, text in facts if text]


def passport_of_subject(subject: Subject, rows: pd.DataFrame, view: View) -> Facts:
    """The same of figures that are no indicator's."""
    say, origin = view.say, subject.origin
    return [
        (say("passport.definition"), subject.definition),
        (say("passport.population"), subject.population),
        (say("passport.value"), say("passport.value_in_table")),
        (say("passport.method"), say(f"method.{origin}")),
        (say("passport.weighting"), say(f"weighting.{origin}")),
        (say("passport.wording"), say(f"nobody_asked.{origin}")),
        *_from(rows, subject.domain, subject.tables, subject.goal_id, view),
    ]


def passports(
    indicators: Sequence[Row],
    choice: Choice,
    view: View,
    beside: pd.DataFrame | None = None,
) -> dict[str, Facts]:
    """Each indicator's passport by its name, to go with a chart: of the figure chosen, or where an
    indicator is many figures, of what they have in common. beside: as in passport()."""
    card, told = view.scorecard(choice.node_id), {}
    for indicator in indicators:
        is_chosen = (card["period"] == choice.period) & card["role_id"].isin(
            [choice.role_id, indicator["role_id"]]
        )
        found = card[is_chosen & (card["indicator_id"] == indicator["indicator_id"])]
        name = view.say.of(indicator, "name")
        if len(found):
            told[name] = passport(indicator, found.iloc[0], view, beside)
        else:
            rows = view.goal_rows(int(indicator["goal_id"]), choice.period, choice.node_id)
            is_of = rows["indicator_id"].eq(indicator["indicator_id"])
            told[name] = passport_of_many(
                indicator, rows[is_of & rows["role_id"].eq(choice.role_id)], view
            )
    return told


def about(view: View, rows_of: Mapping[str, pd.DataFrame]) -> About:
    """The passports of indicators that no role is chosen for; rows_of: the figures that are shown,
    by indicator."""

    def told() -> dict[str, Facts]:
        indicators = {one: view.indicator(one) for one in rows_of}
        return {
            view.say.of(indicator, "name"): passport_of_many(indicator, rows_of[one], view)
            for one, indicator in indicators.items()
        }

    return told


def about_subject(view: View, name: str, subject: Subject, rows: pd.DataFrame) -> About:
    """The passport of figures that are no indicator's, under a name."""
    return lambda: {name: passport_of_subject(subject, rows, view)}


def _meant(indicator: Row, view: View) -> Facts:
    """What the figures are, and of whom or what."""
    say = view.say
    return [
        (say("passport.definition"), say.of(indicator, "definition")),
        (say("passport.population"), say.of(indicator, "population")),
    ]


def _tables_of(indicator: Row) -> tuple[str, str]:
    """The tables of the release that hold an indicator's figures."""
    return "mart_scorecard", f"mart_goal_{indicator['goal_id']}"


def _from(
    rows: pd.DataFrame, domain: str, tables: Sequence[str], goal_id: int | None, view: View
) -> Facts:
    """Where figures are from, what they passed on the way, and where they are shown."""
    say, manifest = view.say, view.release.manifest
    facts = [
        (say("passport.published_in"), _published_in(rows)),
        (say("passport.source"), _each(rows, "source_file")),
        (say("passport.sha256"), _each(rows, "source_sha256")),
        (say("passport.behind"), _behind(domain, view)),
        (say("passport.shown_on"), _shown_on(tables, goal_id, view)),
        (say("passport.gates"), _gates_words(domain, tables, view)),
        (say("passport.release"), str(manifest["release_id"])),
        (say("passport.made"), say.forms.moment(manifest["created_at"])),
    ]
    if "is_demonstration" in rows and rows["is_demonstration"].eq(True).any():
        facts.append((say("passport.data"), say("csv.demonstration")))
    return [(heading, text) for heading, text in facts if text]


def _each(rows: pd.DataFrame, column: str) -> str:
    """What the column says, once each; of several periods by period, the newest first."""
    if rows[column].nunique() < 2 or "period" not in rows:
        return ", ".join(rows[column].dropna().astype(str).unique())
    told = rows.sort_values("period", ascending=False).groupby(column, sort=False)["period"]
    return "; ".join(f"{', '.join(dict.fromkeys(of))}: {one}" for one, of in told)


def _published_in(rows: pd.DataFrame) -> str:
    """The documents that published shares stand in; empty for what was computed."""
    published = rows[rows["status"] == PUBLISHED] if "status" in rows else rows.head(0)
    return _each(published, "source_ref") if "source_ref" in rows else ""


def _n_facts(figure: Row, view: View) -> Facts:
    """How many answered, or how much the figure is of; nothing for a count of everything."""
    if figure["status"] == WITHHELD:
        return [(view.say("passport.n"), view.say("figure.withheld_long"))]
    words = n_words(figure, view)
    return [(view.say("passport.n"), words)] if words else []


def _weighting(indicator: Row, figure: Row, view: View) -> str:
    """How much each answer counts, and the figure without weights."""
    told = _weighting_words(indicator, figure, view)
    if not _is_weighted(indicator, figure) or figure["status"] == WITHHELD:
        return told
    plain = value_words({**figure, "value": figure["value_unweighted"]}, view)
    words = f"{plain} {unit_words(figure, view)}".strip()
    return f"{told} {view.say('weighting.plain', unweighted=words)}"


def _is_weighted(indicator: Row, figure: Row) -> bool:
    is_told = indicator["domain"] in ASKED and "is_weighted" in figure
    return is_told and not is_missing(figure["is_weighted"]) and bool(figure["is_weighted"])


def _weighting_words(indicator: Row, figure: Row, view: View) -> str:
    """How much each answer counts; what is registered counts alike."""
    say = view.say
    if indicator["domain"] not in ASKED:
        return say("weighting.counted")
    if figure["status"] == PUBLISHED:
        return say("weighting.published")
    if "is_weighted" not in figure:
        return say("weighting.earlier")
    if is_missing(figure["is_weighted"]):
        return say("weighting.not_survey")
    weighted_by = _weighted_by(figure, view)
    if not figure["is_weighted"]:
        return say(UNWEIGHTED.get(weighted_by or "", "weighting.unweighted"))
    return say("weighting.raked" if weighted_by == "margins" else "weighting.weighted")


def _weightings(indicator: Row, rows: pd.DataFrame, view: View) -> str:
    """The same of many figures; with the waves where they differ."""
    waves: dict[str, list[str]] = {}
    told_by = [name for name in ("period", "is_weighted", "status") if name in rows]
    for row in records(rows.drop_duplicates(told_by).sort_values("period")):
        waves.setdefault(_weighting_words(indicator, row, view), []).append(str(row["period"]))
    if len(waves) == 1:
        return next(iter(waves))
    return " ".join(f"{', '.join(dict.fromkeys(of))}: {words}" for words, of in waves.items())


def _weighted_by(figure: Row, view: View) -> str | None:
    """What the figure's wave is weighted by; None from before that was told."""
    responses = view.responses()
    if responses is None or "weighted_by" not in responses:
        return None
    found = responses.loc[responses["period"] == figure["period"], "weighted_by"]
    return None if found.empty else str(found.iloc[0])


def _tests(indicator: Row, figure: Row, view: View) -> Facts:
    """How many answered of those there were, and what is sure; nothing of what was not asked."""
    if indicator["domain"] != SURVEY or is_missing(figure["role_id"]):
        return []
    say = view.say
    choice = Choice(str(figure["period"]), str(figure["node_id"]), str(figure["role_id"]))
    return [
        (say("passport.response"), response_words(choice, view)),
        (say("passport.change"), change_in_full(indicator, figure, view)),
        (say("passport.difference_nodes"), difference_words("nodes", indicator, figure, view)),
        (say("passport.difference_roles"), difference_words("roles", indicator, figure, view)),
    ]


def _method(indicator: Row, status: str) -> str:
    """Which method's description belongs to a figure."""
    if status == PUBLISHED:
        return "published"
    if indicator["domain"] in ASKED:
        return str(indicator["measure"]) if indicator["measure"] in WITH_METHOD else "other"
    return "counted"


def _asked(indicator: Row, rows: pd.DataFrame, view: View) -> Facts:
    """When people were asked, and what; where nobody was, that too."""
    say, domain = view.say, indicator["domain"]
    periods = sorted(rows["period"].unique(), reverse=True)
    facts = [(say("passport.wave"), ", ".join(map(str, periods)))]
    if domain == SURVEY:
        return [*facts, *_wordings(indicator, view)]
    if domain == USER_SURVEY:
        facts.append((say("passport.wording"), say("passport.wording_not_delivered")))
        return [*facts, (say("passport.scale"), _scales(indicator, rows, view))]
    return [*facts, (say("passport.wording"), say("nobody_asked.counted"))]


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


def _scales(indicator: Row, rows: pd.DataFrame, view: View) -> str:
    """The scale of each year that the user survey's figures are of."""
    years = view.table("dim_user_measurement")
    own = years[years["indicator_id"] == indicator["indicator_id"]]
    scales = own[own["period"].isin(rows["period"])].groupby(
        f"scale_name_{view.say.lang}", sort=False
    )["period"]
    return "; ".join(f"{', '.join(of)}: {scale}" for scale, of in scales)


def gates_of(indicator: Row, view: View) -> list[dict[str, Any]]:
    """The gates on the way to an indicator's figures."""
    return _gates(indicator["domain"], _tables_of(indicator), view)


def _gates(domain: str, tables: Sequence[str], view: View) -> list[dict[str, Any]]:
    """The gates on the way to the figures in some tables: their domain's, and the tables' own."""
    return [
        gate
        for gate in view.release.manifest["gates"]
        if gate["domain"] == domain or gate["gate"].removeprefix("protected_") in tables
    ]


def _gates_words(domain: str, tables: Sequence[str], view: View) -> str:
    """How the gates on the figures' way went."""
    say = view.say
    words = [
        say(
            "passport.gate",
            gate=gate["gate"],
            status=say(f"gate_status.{gate['status']}"),
            checks=say.forms.number(gate["checks"]),
        )
        for gate in _gates(domain, tables, view)
    ]
    return "; ".join(words) or say("passport.no_gates")


def _behind(domain: str, view: View) -> str:
    """All files that the figures of a domain are counted from; empty where that is not told."""
    erased = {f"{one['domain']}/{one['file']}" for one in view.release.erased}
    files = [
        f"{file} ({view.say('passport.erased')})" if file in erased else file
        for file in files_behind(view.steps, domain)
    ]
    return ", ".join(files)


def _shown_on(tables: Sequence[str], goal_id: int | None, view: View) -> str:
    """The pages that show the tables, of the goals' pages the figures' own; empty where that is
    not told."""
    of_goals = {f"{GOAL_PAGE}{goal}" for goal in view.table("dim_goal")["goal_id"]}
    pages = {
        name for one in tables for stop, name in ahead(view.steps, (RELEASED, one)) if stop == PAGE
    }
    own = pages - of_goals | pages & {f"{GOAL_PAGE}{goal_id}"}
    return ", ".join(sorted(page_words(name, view.say) for name in own))


def page_words(name: str, say: Say) -> str:
    """A page of the dashboard by its title."""
    goal = name.removeprefix(GOAL_PAGE)
    return say("frame.goal", number=goal) if goal != name else say.known(f"lineage.{name}") or name


def passport_html(facts: Sequence[tuple[str, str]]) -> str:
    """The passport as a list of terms, which screen readers read pair by pair."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in facts)
    return f'<dl class="tm-passport">{rows}</dl>'
