"""Quality as data: what every check found, of which table and file, since when, for which goals.

Belongs here: the rows of a release's mart_quality, and how long a check did not pass.
Does not belong here: any check (gates, dbt), counts that are too few to be told (small_counts.py).

A release holds what was found of it, in quality/mart_quality.csv. What failed, and so never became
a release, stands in the runs' quality records.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from dagster_project.release.lineage import FILE, Node, goals_touched
from dagster_project.since import Key, check_key

Row = dict[str, Any]

QUALITY = "quality/mart_quality.csv"
OPEN = ("passed", "not_delivered")
COLUMNS = [
    "release_id",
    "gate",
    "check_name",
    "table_name",
    "column_name",
    "input_file",
    "status",
    "observed_value",
    "limit_value",
    "rows_affected",
    "since",
    "goals",
    "says_nb",
    "says_en",
]
EPISODE_COLUMNS = [
    "gate",
    "check_name",
    "table_name",
    "column_name",
    "status",
    "observed_value",
    "limit_value",
    "rows_affected",
    "since",
    "until",
    "runs",
    "says_nb",
    "says_en",
]


def findings(gate: Mapping[str, Any]) -> list[Row]:
    """One row for each check of a gate; for the gate itself where it has none, or where a fault in
    a file stopped it before any could be made."""
    found = [_finding(gate, check) for check in gate.get("details", [])]
    is_told = any(row["status"] == gate["status"] for row in found)
    return found if is_told else [*found, _finding(gate, {})]


def _finding(gate: Mapping[str, Any], check: Mapping[str, Any]) -> Row:
    """A check as it stands in a table, or the gate as a whole."""
    return {
        "gate": gate["gate"],
        "check_name": check.get("expectation", "gate"),
        "table_name": check.get("table") or table_of(gate["gate"]),
        "column_name": check.get("column", ""),
        "status": check.get("status", gate["status"]),
        "observed_value": check.get("observed", gate.get("message", "")),
        "limit_value": check.get("limit", ""),
        "rows_affected": check.get("rows", 0) if check else None,
        "says_nb": check.get("says_nb", ""),
        "says_en": check.get("says_en", ""),
        "key": check_key(check),
    }


def table_of(gate: str) -> str:
    """The table that a gate is named after, as schema.name."""
    schema, _, name = gate.partition("_")
    return f"{schema}.{name}" if schema in ("raw", "protected") else f"marts.{gate}"


def quality_rows(
    gates: Iterable[Mapping[str, Any]],
    inputs: Iterable[Mapping[str, Any]],
    quarantine: Iterable[Mapping[str, Any]],
    steps: Sequence[tuple[Node, Node]],
    goals_of: Mapping[str, Collection[int]],
    since: Callable[[str, Key, str], str],
    release_id: str,
    reconciled: Iterable[Mapping[str, Any]] = (),
) -> list[Row]:
    """One row for each check, table, input file and release.

    A check on a raw table has a row for each file that fills it, and rows_affected is of the check,
    not of the file; of a later table lineage.csv says which files are behind it. The reconciliation
    of each file, each reason for setting something aside, and the reconciliation with each
    published figure are checks too. rows_affected is empty where it is too small to be told.
    since: from when a check has had a status without a break. goals_of: as in lineage.
    reconciled: the rows of mart_reconciliation.
    """
    found = [row for gate in gates for row in findings(gate)]
    rows = [
        row | {"input_file": file, "since": since(row["gate"], row["key"], row["status"])}
        for row in found
        for file in _files_of(row["gate"], steps) or [""]
    ]
    others = [
        *(_reconciled(one) for one in inputs),
        *(_set_aside(one) for one in quarantine),
        *(_published(one) for one in reconciled),
    ]
    rows += [row | {"since": since(row["gate"], other_key(row), row["status"])} for row in others]
    about = {node: _goals(node, steps, goals_of) for node in {*map(_about, rows)}}
    told = ({"goals": about[_about(row)]} | row | {"release_id": release_id} for row in rows)
    return [{name: row[name] for name in COLUMNS} for row in told]


def _about(row: Row) -> tuple[Node, ...]:
    """What a row is about: its file, or the tables that it names."""
    if row["input_file"]:
        return ((FILE, row["input_file"]),)
    parts = (one.partition(".") for one in row["table_name"].split(", "))
    return tuple((schema, name) for schema, _, name in parts)


def _files_of(gate: str, steps: Iterable[tuple[Node, Node]]) -> list[str]:
    """The files that fill the raw table of a gate; none for a later gate."""
    table = ("raw", gate.removeprefix("raw_"))
    return [name for (stop, name), made in steps if stop == FILE and made == table]


def _goals(
    nodes: Iterable[Node],
    steps: Sequence[tuple[Node, Node]],
    goals_of: Mapping[str, Collection[int]],
) -> str:
    """The goals that the nodes are about, as `1 3`."""
    found = {goal for node in nodes for goal in goals_touched(steps, node, goals_of)}
    return " ".join(map(str, sorted(found)))


def _reconciled(one: Mapping[str, Any]) -> Row:
    """Rows in = rows kept + rows quarantined, of one file."""
    adds_up = one["rows_in"] == one["rows_kept"] + one["rows_quarantined"]
    return _of_file(
        one,
        check_name="rows_add_up",
        status="passed" if adds_up else "failed",
        observed_value=f"{one['rows_in']} = {one['rows_kept']} + {one['rows_quarantined']}",
        limit_value="rows_in = rows_kept + rows_quarantined",
        rows_affected=one["rows_quarantined"],
        says_nb="rader inn er lik rader beholdt og rader i karantene",
        says_en="rows in are rows kept and rows quarantined",
    )


def _set_aside(one: Mapping[str, Any]) -> Row:
    """What was set aside in one file for one reason."""
    return _of_file(
        one,
        check_name=f"{one['level']}_{one['reason']}",
        column_name=one["column"] or "",
        status="warned",
        rows_affected=one["rows"],
        says_nb="satt i karantene med årsak",
        says_en="set aside with a reason",
    )


def _of_file(one: Mapping[str, Any], **rest: Any) -> Row:
    file = f"{one['domain']}/{one['file']}"
    return _other("inputs", table_name="raw.input_file", input_file=file, **rest)


def _published(one: Mapping[str, Any]) -> Row:
    """Whether our figure agrees with a published one; it holds nothing back where it does not."""
    unknown = "could_not_run" if one["status"] == "withheld" else "not_delivered"
    status = {True: "passed", False: "warned", None: unknown}[one["agrees"]]
    return _other(
        "published",
        check_name="agrees_with_published",
        table_name="marts.mart_reconciliation",
        column_name=one["figure_id"],
        status=status,
        observed_value=_range(one["our_value"], one["our_value_high"]),
        limit_value=_range(one["published_value"], one["published_value_high"]),
        rows_affected=int(status == "warned"),
        goals=str(one["goal_id"] or ""),
        says_nb=f"stemmer med det publiserte: {one['measure_nb']}",
        says_en=f"agrees with what was published: {one['measure_en']}",
    )


def _range(low: Any, high: Any) -> str:
    """One number, or the two ends of a range."""
    return "–".join(str(end) for end in (low, high) if end is not None)


def _other(gate: str, **rest: Any) -> Row:
    """A check that is no gate's; its goals are those of what it is about unless it says its own."""
    row: Row = dict.fromkeys((name for name in COLUMNS if name != "goals"), "")
    return row | {"gate": gate} | rest


def other_key(row: Mapping[str, Any]) -> Key:
    """What tells a check that is no gate's from the others."""
    return row["check_name"], row["column_name"], row["input_file"]


def since_of_release(
    earlier: Iterable[Mapping[Any, Any]], since: Callable[[str, Key, str], str], now: str
) -> Callable[[str, Key, str], str]:
    """The same `since`, that knows of a gate's checks, and beside it of the checks of no gate by
    what the release before, whose mart_quality is `earlier`, says of them; else from now."""
    others = {(row["gate"], other_key(row), row["status"]): row["since"] for row in earlier}

    def found(gate: str, key: Key, status: str) -> str:
        return since(gate, key, status) or others.get((gate, key, status)) or now

    return found


def episodes(runs: Iterable[Iterable[Mapping[str, Any]]]) -> list[Row]:
    """One row for each time that a check did not pass: since when, until when, in how many runs.

    runs: the events of each run's record, oldest first. A check that has not passed since has no
    `until`; one whose gate no later run reached is not known to have ended.
    """
    ended: list[Row] = []
    going_on: dict[tuple[str, Key], Row] = {}
    for events in runs:
        for gate in (event for event in events if event["event"] == "gate"):
            name = gate["gate"]
            broken = {row["key"]: row for row in findings(gate) if row["status"] not in OPEN}
            for of in [of for of in going_on if of[0] == name]:
                same = broken.get(of[1])
                if same is None or same["status"] != going_on[of]["status"]:
                    ended.append(going_on.pop(of) | {"until": gate["at"]})
            for key, row in broken.items():
                before = going_on.get((name, key), {"since": gate["at"], "runs": 0})
                going_on[name, key] = row | {
                    "since": before["since"],
                    "runs": before["runs"] + 1,
                    "until": None,
                }
    return sorted([*ended, *going_on.values()], key=lambda row: row["since"], reverse=True)
