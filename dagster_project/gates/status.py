"""The last status of each gate, in the table control.gate, where every later run reads it.

Belongs here: storing a status, and refusing to go on behind one that did not pass.
Does not belong here: deciding what passes (suites.py).

A raw table and its gate's status are written in one transaction; a mart's status carries the
fingerprint of what was looked at. So no crash, and no hand on the warehouse, can leave a status
that speaks of other data.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import duckdb

from dagster_project.audit_log import now
from dagster_project.gates.suites import Check, GateResult, Status
from dagster_project.warehouse import has_table

OPEN = ("passed", "not_delivered")


HELD = "Held back: "


class GateHolds(Exception):
    """A gate holds back what was asked for; the message begins with HELD, and names the gate."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{HELD}{why}. `tillit run` looks at everything anew.")


@dataclass(frozen=True)
class GateStatus:
    """One row of control.gate. subject_hash: fingerprint of the table that was looked at."""

    gate: str
    domain: str
    status: str
    message: str
    evaluated_at: str
    subject_hash: str
    code_hash: str
    event: dict[str, Any]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def speaks_of(self, subject_hash: str, code_hash: str, *, since: str) -> bool:
        """Whether it let through just this, by just this code, and not before `since`."""
        is_same = (self.subject_hash, self.code_hash) == (subject_hash, code_hash)
        return self.is_open and is_same and self.evaluated_at >= since

    def result(self) -> GateResult:
        """What the gate found, as it stood when it was looked at."""
        checks = [Check(**check) for check in self.event["details"]]
        found = cast(Status, self.status)
        return GateResult(self.gate, self.domain, found, checks, self.message)


COLUMNS = (
    "gate varchar primary key, domain varchar, status varchar, message varchar, run_id varchar, "
    "evaluated_at varchar, subject_hash varchar, code_hash varchar, event varchar"
)


def store(
    con: duckdb.DuckDBPyConnection,
    result: GateResult,
    *,
    run_id: str,
    code_hash: str,
    subject_hash: str = "",
) -> None:
    """Make `result` the gate's last status."""
    _make_table(con)
    con.execute(
        "insert or replace into control.gate values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            result.gate,
            result.domain,
            result.status,
            result.message,
            run_id,
            now(),
            subject_hash,
            code_hash,
            json.dumps(result.as_event(), ensure_ascii=False),
        ],
    )


def set_pending(con: duckdb.DuckDBPyConnection, gates: Sequence[str], *, run_id: str) -> None:
    """Say of `gates` that what they speak of is about to change."""
    _make_table(con)
    con.executemany(
        "insert or replace into control.gate values (?, '', 'pending', ?, ?, ?, '', '', '{}')",
        [[gate, "was interrupted before it was checked", run_id, now()] for gate in gates],
    )


def statuses(con: duckdb.DuckDBPyConnection) -> dict[str, GateStatus]:
    """The last status of every gate that ever ran."""
    if not has_table(con, "control", "gate"):
        return {}
    rows = con.execute(
        "select gate, domain, status, message, evaluated_at, subject_hash, code_hash, event "
        "from control.gate order by gate"
    ).fetchall()
    return {
        gate: GateStatus(gate, domain, said, message, at, subject, code, json.loads(event))
        for gate, domain, said, message, at, subject, code, event in rows
    }


def require(con: duckdb.DuckDBPyConnection, gates: Sequence[str]) -> dict[str, GateStatus]:
    """The statuses of `gates`, all of which must let data through.

    Raises GateHolds when one failed, could not run, was interrupted, or never ran.
    """
    stored = statuses(con)
    held = []
    for gate in gates:
        status = stored.get(gate)
        if status is None:
            held.append(f"the gate {gate} has not run yet")
        elif not status.is_open:
            held.append(f"the gate {gate} {status.status.replace('_', ' ')}: {status.message}")
    if held:
        raise GateHolds("; ".join(held))
    return {gate: stored[gate] for gate in gates}


def require_unchanged(status: GateStatus, subject_hash: str, code_hash: str) -> None:
    """Raises GateHolds when what the gate looked at, or the code, has changed since."""
    if status.subject_hash != subject_hash:
        raise GateHolds(f"{status.gate} has changed since its gate passed")
    if status.code_hash != code_hash:
        raise GateHolds(f"the code has changed since the gate {status.gate} ran")


def _make_table(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create schema if not exists control")
    con.execute(f"create table if not exists control.gate ({COLUMNS})")
