"""The gates on the marts, as blocking Dagster asset checks.

Belongs here: running the suites of the marts, and keeping what they found.
Does not belong here: the gates on raw tables, which the ingest step emits itself.
"""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg
import duckdb

from dagster_project.fingerprint import quick_hash
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
        marts = sorted(key.path[-1] for key in asked)
        results = []
        with warehouse(settings) as con:
            built = status.require(con, ["dbt_marts"])["dbt_marts"]
            stored = status.statuses(con)
            for mart in marts:
                digest = quick_hash(con, f"marts.{mart}")
                last = stored.get(mart)
                if last and last.speaks_of(digest, code_hash, since=built.evaluated_at):
                    results.append(last.result())
                    continue
                results.append(_judge_mart(con, settings, mart, fed_by[mart]))
                status.store(
                    con,
                    results[-1],
                    run_id=context.run.run_id,
                    code_hash=code_hash,
                    subject_hash=digest,
                )
        for mart, result in zip(marts, results, strict=True):
            record.append("gate", **result.as_event())
            yield as_asset_check(result, dg.AssetKey(["marts", mart]))

    return mart_gates


def _judge_mart(
    con: duckdb.DuckDBPyConnection, settings: Settings, mart: str, raw_gates: Sequence[str]
) -> GateResult:
    raw = status.require(con, raw_gates)
    is_empty = con.execute(f"select 1 from marts.{mart} limit 1").fetchone() is None
    if is_empty and any(gate.status == "not_delivered" for gate in raw.values()):
        return not_delivered(mart, "")
    return gate_result(
        mart, "", run_suite(con, settings.expectations / f"{mart}.json", f"marts.{mart}")
    )
