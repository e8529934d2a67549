"""A mart protected: figures built on too few respondents are withheld.

Belongs here: making protected.<mart> from marts.<mart>. Does not belong here: the rules (rules.py),
or which columns are about respondents, which the mart's own description in dbt says:

    meta: {disclosure: {counts: [n], protects: [value, lower, upper, n]}}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from dagster_project.disclosure.rules import Rules


class NotDescribed(Exception):
    """A mart does not say what is to be protected in it, and so may not be released."""


@dataclass(frozen=True)
class Protection:
    """counts: columns that count respondents. protects: columns that are emptied with them."""

    mart: str
    counts: list[str]
    protects: list[str]


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
    return Protection(node["name"], list(said["counts"]), list(said["protects"]))


def protect(con: duckdb.DuckDBPyConnection, protection: Protection, rules: Rules) -> None:
    """Make protected.<mart>: where any count is under the minimum, the protected columns are null
    and the column `status` says `withheld`."""
    con.execute("create schema if not exists protected")
    few = " or ".join(f"{count} < {rules.minimum_respondents}" for count in protection.counts)
    replaced = [f"case when {few} then null else {c} end as {c}" for c in protection.protects]
    replaced += [f"case when {few} then 'withheld' else status end as status"]
    star = f"* replace ({', '.join(replaced)})" if protection.counts else "*"
    con.execute(
        f"create or replace table protected.{protection.mart} as "
        f"select {star} from marts.{protection.mart}"
    )
