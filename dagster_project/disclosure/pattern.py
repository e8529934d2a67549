"""The pattern of a release: which cells of the survey's tables are hidden in it.

Belongs here: from the warehouse to the table disclosure.hidden_cell. Does not belong here: how the
choice is made (suppress.py), or which rows of a mart are about a cell (protect.py).

Whoever is hidden among all respondents is hidden in every question; a question may hide more. So
what one question shows says nothing of how many are hidden in another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from dagster_project.disclosure.cells import Group, Place, groups_of, root_of
from dagster_project.disclosure.rules import Rules
from dagster_project.disclosure.suppress import Bools, Table, suppress
from dagster_project.disclosure.weighted import figures_of, hide_weighted, weighted_in, weights_of
from dagster_project.held_to import seen_in

Row = tuple[str, str, str, str, str]
COLUMNS = ["wave", "node_wave", "question_id", "node_id", "role_id"]

# A rank says something of all that it is made among, so it is hidden with any of them.
WITH_RANKS = """
    create or replace table disclosure.hidden_cell as
    with questions as (
        select distinct wave, question_id, battery_id from intermediate.int_survey__question_groups
    ),
    hidden as (
        select 'figure' as kind, * from found
        union
        select 'rank' as kind, found.* replace (others.question_id as question_id)
        from found
        join questions using (wave, question_id)
        join questions as others
            on questions.wave = others.wave and questions.battery_id = others.battery_id
    )
    select hidden.*, indicators.indicator_id
    from hidden
    left join intermediate.int_survey__indicator_questions as indicators using (wave, question_id)
"""


def find_pattern(
    con: duckdb.DuckDBPyConnection,
    rules: Rules,
    earlier: Path | None = None,
    *,
    is_secondary: bool = True,
) -> None:
    """Make disclosure.hidden_cell: one row per kind (figure or rank), wave, node and the wave whose
    organisation it is of, role, question (empty for all respondents) and indicator that the
    question is in. earlier: the database file of the release that is shown now, if any."""
    # of a wave whose answers are gone, there is nobody to find but in what was published elsewhere
    waves = [
        w
        for (w,) in con.execute(
            "select wave from intermediate.int_survey__waves where wave_form <> 'published'"
        ).fetchall()
    ]
    before = seen_before(con, earlier) if earlier else {}
    rows = [
        row for wave in sorted(waves) for row in hidden_in(con, wave, rules, before, is_secondary)
    ]
    found = pd.DataFrame(rows, columns=COLUMNS, dtype="string")
    con.execute("create schema if not exists disclosure")
    con.register("found", found)
    con.execute(WITH_RANKS)
    con.unregister("found")


def hidden_in(
    con: duckdb.DuckDBPyConnection,
    wave: str,
    rules: Rules,
    before: Mapping[Row, bool],
    is_secondary: bool,
) -> Iterator[Row]:
    """The hidden cells of a wave by node and role, table by table. before: what an earlier release
    shows of it (True) and hides (False)."""
    groups = groups_of(con, wave)
    everyone = groups[0]
    too_few = _answered_too_rarely(con, wave, everyone, rules)
    known, kept = _before(everyone, before)
    hidden = suppress(
        everyone.table, rules.limits, too_few | kept, known, is_secondary=is_secondary
    )
    yield from _named(everyone, hidden)
    always = {everyone.cells[cell] for cell in np.flatnonzero(hidden).tolist()}
    asked = {
        name: float(everyone.table.n[cell])
        for name, cell in everyone.names.items()
        if not hidden[cell]
    }
    weighted, weights, root = weighted_in(con, wave), weights_of(con, wave), root_of(con)
    for group in groups[1:]:
        limited = _with_most(group, asked)
        known, kept = _before(group, before)
        start = np.array([key in always for key in group.cells], dtype=bool) | kept
        hidden = suppress(limited, rules.limits, start, known, is_secondary=is_secondary) | start
        if is_secondary:
            figures = figures_of(group, weighted.get(group.question_id, ()), weights, root)
            decimals = rules.decimals["share"]
            hidden = hide_weighted(limited, rules.limits, hidden, figures, decimals, known)
        yield from _named(group, hidden)


def seen_before(con: duckdb.DuckDBPyConnection, earlier: Path) -> dict[Row, bool]:
    """What the tables in the database file `earlier` show and hide of the waves as they are now."""
    now = set(
        con.execute("select wave, source_sha256 from intermediate.int_survey__waves").fetchall()
    )
    seen = seen_in(earlier, {sha256 for _, sha256 in now})
    return {(w, w, q, n, r): is_shown for w, sha, q, n, r, is_shown in seen if (w, sha) in now}


def _before(group: Group, before: Mapping[Row, bool]) -> tuple[Bools, Bools]:
    """The cells of a table that were shown before, and those that were hidden."""
    shown, hidden = (np.zeros(len(group.cells), dtype=bool) for _ in range(2))
    for ((node_wave, node), role), cell in group.names.items():
        was = before.get((group.wave, node_wave, group.question_id, node, role))
        shown[cell] |= was is True
        hidden[cell] |= was is False
    return shown, hidden & ~shown


def _with_most(group: Group, asked: Mapping[tuple[Place, str], float]) -> Table:
    """No more can have answered a question than the response that is shown says, also where not
    all roles were asked it."""
    most = np.full(len(group.cells), np.inf)
    for name, cell in group.names.items():
        most[cell] = min(most[cell], asked.get(name, np.inf))
    return replace(group.table, most=most)


def _answered_too_rarely(
    con: duckdb.DuckDBPyConnection, wave: str, everyone: Group, rules: Rules
) -> Bools:
    """The cells of which too small a share answered."""
    found = np.zeros(len(everyone.cells), dtype=bool)
    rarely = con.execute(
        "select node_id, role_id from intermediate.int_survey__response "
        "where wave = ? and response_rate < ?",
        [wave, rules.minimum_response],
    ).fetchall()
    for node, role in rarely:
        found[everyone.names[(wave, node), role]] = True
    return found


def _named(group: Group, hidden: Bools) -> Iterator[Row]:
    for ((node_wave, node), role), cell in group.names.items():
        if hidden[cell]:
            yield group.wave, node_wave, group.question_id, node, role
