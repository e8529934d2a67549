"""What a package holds: tables and charts, numbered, under the mandate's headings for delivery 2.

Belongs here: choosing and numbering. What a page of the dashboard shows is taken from that page.
Does not belong here: the form of any file (document.py, export/), which heading has what
(delivery.yml).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from streamlit_app.blocks import measures, pilots, published
from streamlit_app.blocks.change import change_words
from streamlit_app.blocks.chart import Exhibit, taking
from streamlit_app.blocks.figure import status_words
from streamlit_app.blocks.passport import passport
from streamlit_app.catalogue import LANGUAGES
from streamlit_app.charts.on_page import Spec
from streamlit_app.evidence import View
from streamlit_app.formats import Row, records
from streamlit_app.package import areas
from streamlit_app.screens.goal import BY_DOMAIN
from streamlit_app.selection import headline, indicators_of, with_evidence
from streamlit_app.tables import Column, Stamp, Table

DELIVERY = Path(__file__).resolve().parent / "delivery.yml"
GOALS = (1, 2, 3, 4, 5)
FIGURES, MEASURES, PUBLISHED, PASSPORTS = "figures", "measures", "published", "passports"
# The kinds of tables that may be chosen, in the order in which they stand under a heading.
KINDS = (FIGURES, *BY_DOMAIN, PUBLISHED, PASSPORTS)


class UnknownChoice(Exception):
    """Something is asked for that there is not; the message says what there is."""


@dataclass(frozen=True)
class Choices:
    """What somebody asks for: goals, kinds of tables (KINDS), language."""

    goals: Sequence[int] = GOALS
    kinds: Sequence[str] = KINDS
    lang: str = LANGUAGES[0]

    @classmethod
    def asked_for(cls, goals: Sequence[int], tables: Sequence[str], language: str) -> "Choices":
        """What is asked for, in the order in which it stands; all goals or tables for none.

        Raises UnknownChoice.
        """
        pairs = (
            ("goal", goals, GOALS),
            ("table", tables, KINDS),
            ("language", [language], LANGUAGES),
        )
        for what, asked, there in pairs:
            if unknown := [str(one) for one in asked if one not in there]:
                known = ", ".join(map(str, there))
                raise UnknownChoice(f"There is no {what} {', '.join(unknown)}; there are: {known}.")
        return cls(
            tuple(goal for goal in GOALS if goal in goals or not goals),
            tuple(kind for kind in KINDS if kind in tables or not tables),
            language,
        )


@dataclass(frozen=True)
class Item:
    """A numbered table, and the chart over it where there is one.

    file_name: without ending, the same in every format.
    """

    number: int
    table: Table
    chart: Spec | None

    @property
    def file_name(self) -> str:
        return f"{self.number:02d}_{self.table.name}"


@dataclass(frozen=True)
class Pilot:
    """What the mandate asks of each pilot, in words."""

    name: str
    parts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """One heading of the mandate with what stands under it."""

    heading: str
    items: Sequence[Item]
    pilots: Sequence[Pilot] = ()


@dataclass(frozen=True)
class Contents:
    """The whole package before it is written."""

    choices: Choices
    view: View
    title: str
    sections: Sequence[Section]

    @property
    def items(self) -> list[Item]:
        return [item for section in self.sections for item in section.items]


def contents(view: View, choices: Choices) -> Contents:
    """The package that is asked for; numbers run through it from 1.

    view: of the release, in the language asked for. Raises UnknownChoice where nothing is left.
    """
    sections, number = [], 0
    parts = [(name, list(_exhibits(said, view, choices))) for name, said in delivery().items()]
    if PASSPORTS in choices.kinds:
        parts.append((PASSPORTS, [Exhibit(PASSPORTS, None, _passports(view, choices))]))
    for name, exhibits in parts:
        items = []
        for exhibit in exhibits:
            if exhibit.table.rows.empty:
                continue
            number += 1
            table = replace(exhibit.table, definitions=_definitions(view, choices))
            items.append(Item(number, table, exhibit.chart))
        if items:
            told = _pilots(view) if name == "pilots" else []
            sections.append(Section(view.say(f"delivery.{name}"), items, told))
    if not sections:
        raise UnknownChoice(
            "The release has nothing of what is chosen. Choose more goals or more kinds of tables."
        )
    return Contents(choices, view, view.say("package.title"), sections)


@cache
def delivery() -> Mapping[str, Mapping[str, Any]]:
    """What stands under each of the mandate's headings, in their order."""
    found: Mapping[str, Mapping[str, Any]] = YAML(typ="safe").load(
        DELIVERY.read_text(encoding="utf-8")
    )
    return found


def heading_of_finding(finding_id: str, goal_id: int) -> str | None:
    """Under which heading a finding stands; None for what concerns the reform as a whole."""
    named = {
        finding: name for name, said in delivery().items() for finding in said.get("findings", [])
    }
    of_goal = {goal: name for name, said in delivery().items() for goal in said["goals"]}
    return named.get(finding_id, of_goal.get(goal_id))


def _exhibits(said: Mapping[str, Any], view: View, choices: Choices) -> Iterator[Exhibit]:
    """What stands under one heading, in the order of the kinds."""
    name = next(heading for heading, one in delivery().items() if one is said)
    evidence = {goal: kinds for goal, kinds in said["evidence"].items() if goal in choices.goals}
    indicators = _indicators(said, evidence, view, choices)
    taken = [
        exhibit
        for goal, domains in evidence.items()
        for domain in domains
        if domain in choices.kinds
        for exhibit in _taken(domain, view, goal)
    ]
    by_area = areas.of_headlines(indicators, [exhibit.table.rows for exhibit in taken], view)
    if FIGURES in choices.kinds:
        table = _figures(name, indicators, view)
        yield Exhibit(table.name, None, replace(table, notes=[*table.notes, *by_area.remarks]))
    yield from taken
    for domain, table in by_area.tables:
        if domain in choices.kinds:
            yield Exhibit(table.name, None, table)
    if MEASURES in choices.kinds and "mart_measure" in view.release.manifest["tables"]:
        yield from _measures(name, view, choices)
    if PUBLISHED in choices.kinds:
        yield from _published(name, said, view, choices)


def _taken(domain: str, view: View, goal: int) -> list[Exhibit]:
    """What the goal's page shows of one kind of evidence; each has a name of its own."""
    there = with_evidence(
        indicators_of(view.table("dim_indicator"), goal), view.table("mart_scorecard")
    )
    indicators = there[there["domain"] == domain]
    with taking() as taken:
        if len(indicators):
            BY_DOMAIN[domain](indicators, view, goal)
    return [
        replace(exhibit, table=replace(exhibit.table, name=f"goal-{goal}-{exhibit.key}"))
        for exhibit in taken
    ]


def _indicators(
    said: Mapping[str, Any], evidence: Mapping[int, Sequence[str]], view: View, choices: Choices
) -> pd.DataFrame:
    """The indicators with a figure that stand under a heading, each under one heading only."""
    indicators = with_evidence(view.table("dim_indicator"), view.table("mart_scorecard"))
    indicators = indicators[indicators["goal_id"].isin(choices.goals)].sort_values("sort_order")
    named = {i for one in delivery().values() for i in one.get("indicators", [])}
    own = [
        row["indicator_id"] in said.get("indicators", [])
        or (row["domain"] in evidence.get(row["goal_id"], []) and row["indicator_id"] not in named)
        for row in records(indicators)
    ]
    return indicators.loc[own]


def _figures(name: str, indicators: pd.DataFrame, view: View) -> Table:
    """The newest figure of each indicator for the whole of NAV."""
    say, card = view.say, view.table("mart_scorecard")
    pairs = [(row, headline(card, row)) for _, row in indicators.iterrows()]
    rows = pd.DataFrame(_figure(row, found, view) for row, found in pairs if found is not None)
    columns = [
        Column("name", say("column.indicator")),
        Column("period", say("column.period")),
        Column("value", say("column.figure"), "by_unit"),
        Column("unit_words", say("package.unit")),
        Column("lower", say("column.lower"), "by_unit"),
        Column("upper", say("column.upper"), "by_unit"),
        Column("n", say("column.n"), "count"),
        Column("n_compared", say("package.n_compared"), "count"),
        Column("base", say("package.base"), "count"),
        Column("change", say("column.change")),
        Column("status_words", say("column.status")),
    ]
    used = [c for c in columns if len(rows) and (rows[c.name].notna() & rows[c.name].ne("")).any()]
    title = say("package.figures", heading=say(f"delivery.{name}"))
    note = say("package.figures_note")
    return Table(f"figures-{name}", title, rows, used, _stamp(view), [note])


def _figure(indicator: Row, figure: pd.Series, view: View) -> dict[str, Any]:
    """One row of the table of figures."""
    is_survey = indicator["domain"] == "survey"
    return {
        **{str(column): figure[column] for column in figure.index},
        "name": view.say.of(indicator, "name"),
        "unit_words": view.say(f"package.units.{figure['unit']}"),
        "change": change_words(indicator, figure, view) if is_survey else "",
        "status_words": status_words(figure, view),
    }


def _measures(name: str, view: View, choices: Choices) -> Iterator[Exhibit]:
    """The measures that answer a finding under this heading."""
    rows = view.table("mart_measure")
    rows = rows[rows["goal_id"].isin(choices.goals)]
    first = rows["finding_ids"].fillna("").str.split(";").str[0].str.strip()
    pairs = zip(first, rows["goal_id"], strict=True)
    rows = rows[[heading_of_finding(finding, int(goal)) == name for finding, goal in pairs]]
    if len(rows):
        table = measures.register(rows, view)
        yield Exhibit("measures", None, replace(table, name=f"measures-{name}"))


def _published(
    name: str, said: Mapping[str, Any], view: View, choices: Choices
) -> Iterator[Exhibit]:
    """The published findings and figures under this heading."""
    say = view.say
    findings, figures = view.table("mart_published_finding"), view.table("mart_published_figure")
    chosen = findings[findings["goal_id"].isin(choices.goals)]
    pairs = zip(chosen["finding_id"], chosen["goal_id"], strict=True)
    chosen = chosen[[heading_of_finding(finding, int(goal)) == name for finding, goal in pairs]]
    goals = [goal for goal in said["goals"] if goal in choices.goals]
    figures = published.with_written(figures[figures["goal_id"].isin(goals)], say)
    real = Stamp(_stamp(view).release_id, {}, is_demonstration=False)
    for kind, rows, columns in (
        ("findings", chosen, published.finding_columns(say)),
        ("published", figures, published.figure_columns(say)),
    ):
        title = say(f"package.{kind}")
        yield Exhibit(kind, None, Table(f"{kind}-{name}", title, rows, columns, real))


def _pilots(view: View) -> list[Pilot]:
    """Each pilot with purpose, plan (timeline and cost estimate) and evaluation."""
    say, milestones = view.say, view.table("mart_pilot_milestone")
    rows = pilots.with_parts(view.table("mart_pilot").sort_values("pilot_id"), say)
    return [
        Pilot(say.of(row, "name"), pilots.parts_in_full(row, milestones, say))
        for row in records(rows)
    ]


def _passports(view: View, choices: Choices) -> Table:
    """The passport of every figure, term by term."""
    say, card = view.say, view.table("mart_scorecard")
    indicators = with_evidence(view.table("dim_indicator"), card)
    indicators = indicators[indicators["goal_id"].isin(choices.goals)].sort_values("sort_order")
    rows = [
        {"name": say.of(indicator, "name"), "term": term, "text": text}
        for _, indicator in indicators.iterrows()
        if (figure := headline(card, indicator)) is not None
        for term, text in passport(indicator, figure, view)
    ]
    columns = [
        Column("name", say("column.indicator")),
        Column("term", say("package.term")),
        Column("text", say("package.text")),
    ]
    frame = pd.DataFrame(rows, columns=["name", "term", "text"])
    return Table(PASSPORTS, say("delivery.passports"), frame, columns, _stamp(view))


def _stamp(view: View) -> Stamp:
    """Of the whole of NAV, newest figures."""
    say = view.say
    release_id = str(view.release.manifest["release_id"])
    return Stamp(release_id, {say("filter.unit"): say("filter.whole")}, view.is_demonstration)


def _definitions(view: View, choices: Choices) -> dict[str, str]:
    """What each indicator of the goals chosen means."""
    indicators = view.table("dim_indicator").sort_values("sort_order")
    rows = records(indicators[indicators["goal_id"].isin(choices.goals)])
    return {view.say.of(row, "name"): view.say.of(row, "definition") for row in rows}
