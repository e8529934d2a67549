"""What the checks found: those that did not pass, from when until when, and all of a release.

Belongs here: these tables, and the choices among the rows.
Does not belong here: what was found, which the release and the runs' records say.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dagster_project.release.lineage import goals_touched
from streamlit_app.blocks.chart import Behind
from streamlit_app.blocks.filters import choose
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import listing, show_listing
from streamlit_app.blocks.table import table_html
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.formats import HARD_SPACE, Row, is_missing, records
from streamlit_app.tables import Column, Stamp

MOST_SHOWN = 100  # rows; more makes the page slow, and nobody reads that far
LONGEST = 200  # letters of a message; the whole of it is in the run's record
SYMBOLS = {
    "published": "✓",
    "passed": "✓",
    "warned": "!",
    "held": "✕",
    "failed": "✕",
    "could_not_run": "△",
    "interrupted": "◌",
    "running": "…",
    "built": "–",
    "not_delivered": "–",
}
ALL = "all"
# how the gates write what they counted, and the names of the rows that they may tell
COUNTED = re.compile(
    r"(?P<count>(?:(?:all but )?(?:fewer than )?\d+|all|some)(?: of (?:fewer than )?\d+)?"
    r"(?: rows| hidden groups)|rows = \d+)(?P<names> \(.*\))?"
)
PHRASE = re.compile("all but|fewer than|hidden groups|rows|all|some|of")
AFTER_TABLE = ("status", "touches", "file")  # each offers what those before it leave


def outcome_words(outcome: str, group: str, say: Say) -> str:
    """A symbol and the word for it, so that nothing is said by colour."""
    words = f"{SYMBOLS.get(outcome, '')} {say(f'{group}.{outcome}')}".strip()
    return words.replace(" ", HARD_SPACE)


def message_words(message: Any) -> str:
    """The first line of a message, cut where it is very long."""
    first = "" if is_missing(message) else str(message).strip().partition("\n")[0]
    return first if len(first) <= LONGEST else f"{first[:LONGEST]} …"


def gate_words(gate: Row, say: Say) -> str:
    """What a gate found: its checks that did not pass, in the reader's language; why a file was
    refused, and what stopped the gate before any check could be made, as it is.

    gate: a row of the runs' gates; its details are the checks that did not pass.
    """
    details = gate["details"] if isinstance(gate["details"], list) else []
    details = [one for one in details if one.get("status", gate["status"]) != "passed"]
    is_told = any(one.get("status") == gate["status"] for one in details)
    if not details or not (is_told or gate["status"] == "passed"):
        return message_words(gate["message"])
    found = [
        say(
            "quality.found",
            demand=f"{check.get(f'says_{say.lang}', '')}{_of_column(check.get('column', ''))}",
            found=observed_words(str(check.get("observed", "")), say),
        )
        for check in details
    ]
    return message_words("; ".join([*_refused(gate["message"], details), *found]))


def _refused(message: str, details: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a gate's message says before it comes to the checks."""
    suites = "|".join(re.escape(str(check.get("suite", ""))) for check in details)
    faults = re.split(f"(?:^|; )(?:{suites}): ", message)[0] if suites.strip("|") else ""
    return [faults] if faults != message and faults else []


def observed_words(observed: str, say: Say) -> str:
    """A count of rows that was found or is the limit, in the reader's language; all else as it
    is."""
    counted = COUNTED.fullmatch(observed)
    if counted is None:
        return observed
    words = PHRASE.sub(lambda one: say(f"observed.{one[0].replace(' ', '_')}"), counted["count"])
    return f"{words}{counted['names'] or ''}"


def _of_column(column: str) -> str:
    return f" ({column})" if column else ""


def not_passed(
    episodes: pd.DataFrame, view: View | None, say: Say, *, is_demonstration: bool
) -> None:
    """What did not pass, the newest first: since when, until when, and which goals it touched."""
    st.header(say("quality.not_passed"), anchor=False)
    if episodes.empty:
        paragraph(say("quality.all_passed"), "tm-small")
        return
    paragraph(say("quality.not_passed_text"), "tm-small")
    goals = goals_by_table(episodes["table_name"], view)
    told = records(episodes)
    rows = pd.DataFrame(
        {
            "since": say.forms.moment(row["since"]),
            "until": say.forms.moment(row["until"]) or say("quality.still"),
            "lasted": lasted_words(row["since"], row["until"], say),
            "runs": row["runs"],
            "gate": row["gate"],
            "demand": demand_words(row, say),
            "status": outcome_words(row["status"], "gate_status", say),
            "affected": affected_words(row, say),
            "goals": goals[row["table_name"]],
        }
        for row in told
    )
    columns = [
        Column("since", say("column.since")),
        Column("until", say("column.until")),
        Column("lasted", say("column.lasted")),
        Column("runs", say("column.runs"), "count"),
        Column("gate", say("column.gate")),
        Column("demand", say("column.demand")),
        Column("status", say("column.status")),
        Column("affected", say("column.affected")),
        Column("goals", say("column.goals")),
    ]
    stamp = Stamp("", {say("column.runs"): say("quality.all_runs")}, is_demonstration)
    behind = Behind(rows, columns, stamp, [say("csv.not_passed")])
    on_page = table_html(rows.head(MOST_SHOWN), columns, say)
    show_listing(listing("not-passed", say("quality.not_passed"), behind, say, on_page), say)


def goals_by_table(tables: pd.Series, view: View | None) -> dict[str, str]:
    """The goals that each table is about, by what the release says of lineage; else nothing."""
    if view is None or not view.steps:
        return dict.fromkeys(tables, "")
    indicators = view.table("dim_indicator")
    goals_of = {
        str(domain): {int(goal) for goal in goals}
        for domain, goals in indicators.groupby("domain")["goal_id"]
    }
    found = {}
    for table in set(tables):
        parts = [one.partition(".") for one in str(table).split(", ")]
        goals = {g for a, _, b in parts for g in goals_touched(view.steps, (a, b), goals_of)}
        found[table] = ", ".join(map(str, sorted(goals)))
    return found


def demand_words(row: Mapping[Any, Any], say: Say) -> str:
    """What was demanded, of which column; where no check could be made, what was wrong."""
    if row["check_name"] == "gate":
        return message_words(row["observed_value"])
    return f"{row[f'says_{say.lang}']}{_of_column(row['column_name'])}"


def affected_words(row: Mapping[Any, Any], say: Say) -> str:
    """How many rows broke a check; the word for withheld where they are too few to be told."""
    if row["check_name"] == "gate":
        return ""
    count = row["rows_affected"]
    is_withheld = is_missing(count) or count == ""
    return say("figure.withheld") if is_withheld else say.forms.number(int(count))


def lasted_words(since: str, until: str | None, say: Say) -> str:
    """How long something lasted, in the largest unit that fits; empty while it goes on."""
    if until is None or is_missing(until):
        return ""
    seconds = (pd.Timestamp(until) - pd.Timestamp(since)).total_seconds()
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= length:
            return say(f"quality.{unit}", count=say.forms.number(seconds / length, 1))
    return say("quality.minutes", count=say.forms.number(seconds / 60, 1))


def every_check(view: View) -> None:
    """All checks of the release, by table, status, goal and file, as mart_quality has them."""
    say = view.say
    st.header(say("quality.every_check"), anchor=False)
    there = view.quality(
        "select distinct table_name, status, goals, input_file from mart_quality order by all"
    )
    if there.empty:
        paragraph(say("quality.no_checks"), "tm-small")
        return
    paragraph(say("quality.every_check_text"), "tm-small")
    table_box, status_box, goal_box, file_box = st.columns([2, 1, 1, 2])
    with table_box:
        tables = _options(there["table_name"], say("dictionary.all_tables"))
        table = choose("table", say("dictionary.table"), tables, ALL, view, AFTER_TABLE)
    there = there[there["table_name"].eq(table) | (table == ALL)]
    with status_box:
        statuses = _options(there["status"], say("quality.all_statuses"))
        statuses |= {s: outcome_words(s, "gate_status", say) for s in statuses if s != ALL}
        status = choose("status", say("column.status"), statuses, ALL, view, AFTER_TABLE[1:])
    there = there[there["status"].eq(status) | (status == ALL)]
    with goal_box:
        goals = _options(there["goals"].str.split().explode(), say("quality.all_goals"))
        goal = choose("touches", say("column.goal"), goals, ALL, view, AFTER_TABLE[2:])
    touched = there["goals"].str.split()
    there = there[[goal in (ALL, *of) for of in touched]]
    with file_box:
        files = _options(there["input_file"], say("quality.all_files"))
        file = choose("file", say("column.file"), files, ALL, view)
    chosen = view.quality(
        """
        select * from mart_quality
        where
            ? in ('all', table_name)
            and ? in ('all', status)
            and (? = 'all' or list_contains(string_split(goals, ' '), ?))
            and ? in ('all', input_file)
        """,
        *(table, status, goal, goal, file),
    )
    told = records(chosen)
    rows = chosen.assign(
        demand=[demand_words(row, say) for row in told],
        outcome=[outcome_words(row["status"], "gate_status", say) for row in told],
        affected=[affected_words(row, say) for row in told],
        observed_value=[observed_words(row["observed_value"], say) for row in told],
        limit_value=[observed_words(row["limit_value"], say) for row in told],
        since=[say.forms.moment(row["since"]) for row in told],
    )
    columns = [
        Column("demand", say("column.demand")),
        Column("outcome", say("column.status")),
        Column("observed_value", say("column.observed")),
        Column("limit_value", say("column.limit")),
        Column("affected", say("column.affected")),
        Column("since", say("column.since")),
        Column("goals", say("column.goals")),
        Column("input_file", say("column.file")),
    ]
    if table == ALL:
        columns.insert(1, Column("table_name", say("dictionary.table")))
    shown = once_each(rows)
    count = say.forms.number(len(shown))
    most = say.forms.number(min(len(shown), MOST_SHOWN))
    paragraph(say("quality.checks_shown", shown=most, count=count), "tm-small")
    filters = {
        say("dictionary.table"): tables[table],
        say("column.status"): statuses[status],
        say("column.goal"): goals[goal],
        say("column.file"): files[file],
    }
    stamp = Stamp(view.release.release_id, filters, view.is_demonstration)
    more = [
        Column("gate", say("column.gate")),
        Column("check_name", say("column.check")),
        Column("table_name", say("dictionary.table")),
    ]
    every = [*more, *(column for column in columns if column.name != "table_name")]
    behind = Behind(rows, every, stamp, [say("csv.checks")])
    on_page = table_html(shown.head(MOST_SHOWN), columns, say)
    show_listing(listing("checks", say("quality.every_check"), behind, say, on_page), say)


def _options(values: pd.Series, every: str) -> dict[str, str]:
    """All, and each value that there is, as choices."""
    return {ALL: every} | {one: one for one in sorted(set(values.dropna())) if one}


def once_each(rows: pd.DataFrame) -> pd.DataFrame:
    """Each check once, with all the files that it looked at together."""
    others = [name for name in rows if name != "input_file"]
    grouped = rows.groupby(others, sort=False, dropna=False)["input_file"]
    return grouped.agg(", ".join).reset_index()
