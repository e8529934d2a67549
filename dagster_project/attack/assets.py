"""The gate: a release in which the attack succeeds is not published.

Belongs here: the step that attacks the protected marts, and how its outcome is kept.
Does not belong here: the attack.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from dagster_project.attack.bounds import (
    Contradiction,
    Demands,
    Success,
    attack_all,
    beyond,
)
from dagster_project.attack.evidence import RESPONDENTS, read_sheets
from dagster_project.fingerprint import quick_hash
from dagster_project.gates import status
from dagster_project.gates.suites import Check, GateResult, gate_result
from dagster_project.held_to import held_to_here
from dagster_project.quality_record import QualityRecord
from dagster_project.settings import Settings
from dagster_project.warehouse import warehouse

GATE = "attack"
KEY = dg.AssetKey([GATE])
NAMED = 5


def build_attack(
    settings: Settings,
    code_hash: str,
    marts: Sequence[str],
    demands: Demands,
    stated: Mapping[str, Any],
) -> dg.AssetsDefinition:
    """The asset `attack`, behind the gates of all protected marts, with its own gate.

    stated: the settings that a release states.
    """

    @dg.asset(
        name=GATE,
        group_name="protected",
        deps=[dg.AssetKey(["protected", mart]) for mart in marts],
        check_specs=[dg.AssetCheckSpec("gate", asset=KEY, blocking=True)],
        description="What an outsider can compute of the groups that are hidden in the release.",
    )
    def attack_release(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
        with warehouse(settings) as con:
            passed = status.require(con, [f"protected_{mart}" for mart in marts])
            held = held_to_here(con, settings.releases, code_hash, stated)
            known = held.pattern_sha256 if held else ""
            subject = " ".join([known, *(quick_hash(con, f"protected.{mart}") for mart in marts)])
            newest = max(gate.evaluated_at for gate in passed.values())
            last = status.statuses(con).get(GATE)
            if last and last.speaks_of(subject, code_hash, since=newest):
                result = last.result()
            else:
                result = attacked(con, demands, held.marts if held else None)
                status.store(
                    con,
                    result,
                    run_id=context.run_id,
                    code_hash=code_hash,
                    subject_hash=subject,
                )
        QualityRecord(settings.quality, context.run_id).append("gate", **result.as_event())
        has_passed = result.status == "passed"
        return dg.MaterializeResult(
            check_results=[
                dg.AssetCheckResult(
                    check_name="gate",
                    passed=has_passed,
                    severity=dg.AssetCheckSeverity.ERROR,
                    description=result.message or "the attack failed",
                )
            ]
        )

    return attack_release


def attacked(con: duckdb.DuckDBPyConnection, demands: Demands, earlier: Path | None) -> GateResult:
    """Attack the tables of the schema `protected`, with those of the database file `earlier` known.

    What those alone give away no later release can take back; what counts is what goes beyond it.
    What is told is which groups can be computed, and nothing of what was computed.
    """
    beside = con.cursor()
    try:
        if earlier:
            beside.execute(f"attach '{earlier}' as earlier (read_only)")
        sheets = read_sheets(beside, "protected", "earlier.main" if earlier else None)
        n_hidden = sum(cell.n is None for sheet in sheets for cell in sheet.cells.values())
        found = attack_all(sheets, demands)
        if found and earlier:
            alone = read_sheets(beside, "protected", "earlier.main", is_only_earlier=True)
            where = {(one.wave, one.question_id) for one in found}
            where |= {(wave, RESPONDENTS) for wave, _ in where}
            there = [sheet for sheet in alone if (sheet.wave, sheet.question_id) in where]
            found = beyond(found, attack_all(there, demands))
    except Contradiction as fault:
        return gate_result(GATE, "", [], faults=[f"the tables contradict each other: {fault}"])
    finally:
        if earlier:
            beside.execute("detach earlier")
        beside.close()
    return gate_result(GATE, "", [_check(found, n_hidden)])


def _check(found: Sequence[Success], n_hidden: int) -> Check:
    named = [f"{s.name[0][1]} {s.name[1]} {s.question_id or 'respondents'} {s.wave}" for s in found]
    first = ", ".join(dict.fromkeys(named[:NAMED]))
    return Check(
        suite=GATE,
        expectation="attack",
        column="",
        status="failed" if found else "passed",
        rows=len(found),
        observed=f"{len(found)} of {n_hidden} hidden groups" + (f" ({first})" if found else ""),
        says_nb="ingen skjermet gruppe kan regnes ut av det som vises",
        says_en="no hidden group can be computed from what is shown",
        table="protected",
        limit="rows = 0",
    )
