"""The gates on the marts, as blocking Dagster asset checks.

Belongs here: running the suites of the marts, and keeping what they found.
Does not belong here: the gates on raw tables, which the ingest step emits itself.
"""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg

from dagster_project.fingerprint import table_hash
from dagster_project.gates import status
from dagster_project.gates.suites import GateResult, gate_result, not_delivered, run_suite
from dagster_project.quality_record import QualityRecord
from dagster_project.settings import Settings
from dagster_project.warehouse import warehouse


def as_asset_check(result: GateResult, key: dg.AssetKey) -> dg.AssetCheckResult:
    """The result as Dagster shows it; what was never delivered is a warning and blocks nothing."""
    never = result.status == "not_delivered"
    return dg.AssetCheckResult(
        asset_key=key,
        check_name="gate",
        passed=result.status == "passed",
        severity=dg.AssetCheckSeverity.WARN if never else dg.AssetCheckSeverity.ERROR,
        description=result.message or result.status.replace("_", " "),
        metadata={"checks": len(result.checks), "failed": result.failed, "status": result.status},
    )


def build_mart_gates(
    settings: Settings, code_hash: str, fed_by: Mapping[str, Sequence[str]]
) -> dg.AssetChecksDefinition:
    """One blocking check per mart, each running `expectations/<mart>.json`.

    fed_by: for each mart, the gates of the raw tables that it is made from. A mart that is empty
    because one of them was never delivered is itself not delivered; empty for any other reason, it
    fails.
    """

    @dg.multi_asset_check(
        name="mart_gates",
        specs=[
            dg.AssetCheckSpec("gate", asset=dg.AssetKey(["marts", mart]), blocking=True)
            for mart in fed_by
        ],
        can_subset=True,
    )
    def mart_gates(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        record = QualityRecord(settings.quality, context.run.run_id)
        asked = [k.asset_key for k in context.selected_asset_check_keys]
        for key in sorted(asked, key=lambda asset: asset.path):
            mart = key.path[-1]
            table = f"marts.{mart}"
            with warehouse(settings) as con:
                status.require(con, ["dbt_marts"])
                raw = status.require(con, fed_by[mart])
                is_empty = con.execute(f"select 1 from {table} limit 1").fetchone() is None
                if is_empty and any(gate.status == "not_delivered" for gate in raw.values()):
                    result = not_delivered(mart, "")
                else:
                    checks = run_suite(con, settings.expectations / f"{mart}.json", table)
                    result = gate_result(mart, "", checks)
                status.store(
                    con,
                    result,
                    run_id=context.run.run_id,
                    code_hash=code_hash,
                    subject_hash=table_hash(con, table),
                )
            record.append("gate", **result.as_event())
            yield as_asset_check(result, key)

    return mart_gates
