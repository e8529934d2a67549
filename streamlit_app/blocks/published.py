"""Published figures and findings: as the source gives them, with its own decimals.

Belongs here: how a published value is written, the tables of figures and findings.
Does not belong here: our own figures (blocks/figure.py).
"""

from collections.abc import Sequence

import pandas as pd

from streamlit_app.blocks.chart import Behind
from streamlit_app.blocks.listing import Listing, listing
from streamlit_app.blocks.passport import Subject, about_subject
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.formats import Row, is_missing, records
from streamlit_app.kept import kept
from streamlit_app.tables import NORWEGIAN, Column, Stamp


def number_words(value: float, unit: str, decimals: int, say: Say) -> str:
    """A number in a published figure's unit. Percentages are in per cent, not proportions."""
    if unit == "percent":
        return say.forms.percent(value / 100, decimals)
    with_unit = say.known(f"unit.{unit.replace(' ', '-')}") or "{value}"
    return with_unit.format(value=say.forms.number(value, decimals))


def decimals_of(value: str) -> int:
    """How many decimals a figure was published with."""
    return len(value.partition(".")[2])


def published_words(row: Row, value: str, value_high: str, say: Say) -> str:
    """A published figure as exactly as the source puts it: nesten 90 %, 15–30 %.

    row: has `unit` and `comparator`; value, value_high: the columns that hold the figure.
    """
    low, high = row[value], row[value_high]
    words = number_words(float(low), row["unit"], decimals_of(str(low)), say)
    if row["comparator"] == "range" and not is_missing(high):
        end = number_words(float(high), row["unit"], decimals_of(str(high)), say)
        return say("comparator.range", low=words, high=end)
    return say(f"comparator.{row['comparator']}", value=words)


@kept
def published_figures(view: View, goal_id: int) -> Listing | None:
    """A goal's published figures with source and section; None without any."""
    return _listed("published", "package.published", figure_columns(view.say), view, goal_id)


@kept
def published_findings(view: View, goal_id: int) -> Listing | None:
    """A goal's published findings in words with source and section; None without any."""
    return _listed("findings", "package.findings", finding_columns(view.say), view, goal_id)


def _listed(
    key: str, title: str, columns: Sequence[Column], view: View, goal_id: int
) -> Listing | None:
    """What is published on a goal, of either kind; it is real whatever the release is made of."""
    say, is_figures = view.say, key == "published"
    name = "mart_published_figure" if is_figures else "mart_published_finding"
    rows = view.table(name)
    rows = rows[rows["goal_id"] == goal_id]
    if rows.empty:
        return None
    rows = with_written(rows, say) if is_figures else rows
    stamp = Stamp(view.release.release_id, {}, is_demonstration=False)
    parts = [say(f"csv.{key}"), f"{say('csv.goal')}-{goal_id}"]
    subject = Subject(
        say("goal.published_text"),
        say("passport.of_each_row"),
        "quoted",
        "published",
        [name],
        goal_id,
    )
    passport = about_subject(view, say(title), subject, rows)
    return listing(key, say(title), Behind(rows, columns, stamp, parts, about=passport), say)


def with_written(figures: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Published figures with `written`, each as its source puts it."""
    rows = records(figures)
    return figures.assign(written=[published_words(r, "value", "value_high", say) for r in rows])


def figure_columns(say: Say) -> list[Column]:
    """The columns of a table of published figures."""
    return [
        Column(f"measure_{say.lang}", say("column.measure")),
        Column(f"population_{say.lang}", say("column.population")),
        Column("written", say("column.figure")),
        Column("period", say("column.period")),
        *_source_columns(say),
    ]


def finding_columns(say: Say) -> list[Column]:
    """The columns of a table of published findings."""
    return [Column(f"finding_{say.lang}", say("column.finding")), *_source_columns(say)]


def _source_columns(say: Say) -> list[Column]:
    """Where something published is from."""
    return [
        Column("source_title", say("column.source"), language=NORWEGIAN),
        Column("section", say("column.section")),
    ]
