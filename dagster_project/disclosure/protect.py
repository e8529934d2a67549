"""A mart protected: what is hidden is emptied, and what is shown is rounded.

Belongs here: making protected.<mart> from marts.<mart>. Does not belong here: the rules (rules.py),
which cells are hidden (pattern.py), or what a mart's columns are about, which its own description
in dbt says:

    meta:
      disclosure:
        counts: [n]                        # under the minimum the row is withheld
        withheld_where: [is_dominated]     # and where one of these is true
        protects: [value, lower, upper, n] # what is emptied then
        cells:                             # the cells that a row is about; hidden with any of them
          - {wave: period, node_id: node_id, role_id: role_id, question_id: item_id}
        rounds: [value, lower, upper]      # to the decimals of the column, or of the row's measure
        shows_where: {n_strata: "node_id = 'NAV'"} # a column that is empty elsewhere
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from dagster_project.disclosure.rules import Rules
from dagster_project.warehouse import literal


class NotDescribed(Exception):
    """A mart does not say what is to be protected in it, and so may not be released."""


@dataclass(frozen=True)
class Protection:
    """counts: columns that count respondents. protects: columns that are emptied with them. cells:
    for each cell that a row is about, what of the row says which. rounds: columns with decimals.
    shows_where: the condition on which a column is shown. withheld_where: columns that are true of
    what may not be shown."""

    mart: str
    counts: list[str]
    protects: list[str]
    cells: list[dict[str, str]] = field(default_factory=list)
    rounds: list[str] = field(default_factory=list)
    shows_where: dict[str, str] = field(default_factory=dict)
    withheld_where: list[str] = field(default_factory=list)


def protection_of(node: Mapping[str, Any]) -> Protection:
    """What the description of a dbt model says about disclosure.

    Raises NotDescribed when it says nothing: a mart is never released by an omission.
    """
    meta = node.get("config", {}).get("meta") or node.get("meta") or {}
    if "disclosure" not in meta:
        raise NotDescribed(
            f"{node['name']} has no `meta: disclosure` in its description; say which columns "
            "count respondents and which are protected, or that none are: "
            "{counts: [], protects: []}"
        )
    said = meta["disclosure"]
    return Protection(
        node["name"],
        list(said["counts"]),
        list(said["protects"]),
        list(said.get("cells", [])),
        list(said.get("rounds", [])),
        dict(said.get("shows_where", {})),
        list(said.get("withheld_where", [])),
    )


def protect(con: duckdb.DuckDBPyConnection, protection: Protection, rules: Rules) -> None:
    """Make protected.<mart>: where a count is under the minimum, or a cell that the row is about is
    hidden, the protected columns are null and the column `status` says `withheld`."""
    con.execute("create schema if not exists protected")
    withheld = [f"{count} < {rules.minimum_respondents}" for count in protection.counts]
    withheld += [*protection.withheld_where, *(is_hidden(cell) for cell in protection.cells)]
    is_withheld = " or ".join(f"coalesce({one}, false)" for one in withheld)
    shown = {column: column for column in protection.protects}
    shown |= {column: rounded(column, rules) for column in protection.rounds}
    shown |= {
        column: f"case when {condition} then {column} end"
        for column, condition in protection.shows_where.items()
    }
    replaced = [
        f"case when is_withheld then null else {shown[column]} end as {column}"
        for column in protection.protects
    ]
    replaced.append("case when is_withheld then 'withheld' else status end as status")
    star = f"* exclude (is_withheld) replace ({', '.join(replaced)})"
    # whether a row is withheld is found out once, and not once for each column
    con.execute(
        f"create or replace table protected.{protection.mart} as "
        + (
            f"with judged as materialized (select *, {is_withheld} as is_withheld "
            f"from marts.{protection.mart} as mart) select {star} from judged"
            if withheld
            else f"from marts.{protection.mart}"
        )
    )


def is_hidden(cell: Mapping[str, str]) -> str:
    """SQL that says whether the cell of a row is hidden. cell: for each column of
    disclosure.hidden_cell, what in the row it is; a figure, unless `kind` says otherwise, of the
    organisation of its own wave, unless `node_wave` does."""
    said = {"kind": "'figure'", "node_wave": cell["wave"], **cell}
    columns = ", ".join(said)
    values = ", ".join(said.values())
    return f"({values}) in (select ({columns}) from disclosure.hidden_cell)"


def rounded(column: str, rules: Rules) -> str:
    """SQL for a figure with the decimals of its column, or else of its measure; what is of
    another domain than the survey, or was published elsewhere, stands as it is."""
    if column in rules.decimals:
        return f"round({column}, {rules.decimals[column]})"
    by_measure = " ".join(
        f"when {literal(measure)} then round({column}, {decimals})"
        for measure, decimals in rules.decimals.items()
    )
    by_measure = f"case measure {by_measure} else {column} end"
    return f"case when role_id is null or status = 'published' then {column} else {by_measure} end"
