"""The protected marts: one step that applies the rules to every mart, with a gate on each.

Belongs here: the step and its gate. Does not belong here: the rules, or how they are applied.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from dagster_project.disclosure.protect import Protection, protect
from dagster_project.disclosure.rules import Rules
from dagster_project.fingerprint import quick_hash
from dagster_project.gates import status
from dagster_project.gates.assets import as_asset_check
from dagster_project.gates.suites import GateResult, gate_result, not_delivered, run_suite
from dagster_project.quality_record import QualityRecord
from dagster_project.settings import Settings
from dagster_project.warehouse import has_table, warehouse


def protected_key(mart: str) -> dg.AssetKey:
    """The asset of a protected mart."""
    return dg.AssetKey(["protected", mart])


def suite_for(protection: Protection) -> str:
    """The suite of a protected mart: its own where it holds figures on respondents."""
    return f"protected_{protection.mart}" if protection.counts else "protected_table"


def build_protected_marts(
    settings: Settings,
    code_hash: str,
    protections: Sequence[Protection],
    rules: Rules,
    needs: Sequence[str],
) -> dg.AssetsDefinition:
    """The step that makes all protected marts, or none; behind all gates in `needs`."""

    @dg.multi_asset(
        name="protect_marts",
        specs=[
            dg.AssetSpec(
                protected_key(p.mart),
                deps=[dg.AssetKey(["marts", p.mart])],
                group_name="protected",
                description=f"{p.mart} with figures built on too few respondents withheld.",
            )
            for p in protections
        ],
        check_specs=[
            dg.AssetCheckSpec("gate", asset=protected_key(p.mart), blocking=True)
            for p in protections
        ],
    )
    def protect_marts(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:  # type: ignore[type-arg]
        record = QualityRecord(settings.quality, context.run_id)
        results: list[GateResult] = []
        with warehouse(settings) as con:
            passed = status.require(con, needs)
            stored = status.statuses(con)
            for protection in protections:
                table, gate = f"protected.{protection.mart}", f"protected_{protection.mart}"
                of_mart, last = passed[protection.mart], stored.get(gate)
                status.require_unchanged(
                    of_mart, quick_hash(con, f"marts.{protection.mart}"), code_hash
                )
                if (
                    last
                    and has_table(con, "protected", protection.mart)
                    and last.speaks_of(
                        quick_hash(con, table), code_hash, since=of_mart.evaluated_at
                    )
                ):
                    results.append(last.result())
                    continue
                protect(con, protection, rules)
                if of_mart.status == "not_delivered":
                    result = not_delivered(gate, "")
                else:
                    result = gate_result(
                        gate,
                        "",
                        run_suite(
                            con,
                            settings.expectations / f"{suite_for(protection)}.json",
                            table,
                            parameters={"minimum_respondents": rules.minimum_respondents},
                        ),
                    )
                results.append(result)
                status.store(
                    con,
                    result,
                    run_id=context.run_id,
                    code_hash=code_hash,
                    subject_hash=quick_hash(con, table),
                )
        for protection, result in zip(protections, results, strict=True):
            record.append("gate", **result.as_event())
            yield dg.MaterializeResult(asset_key=protected_key(protection.mart))
            yield as_asset_check(result, protected_key(protection.mart))

    return protect_marts
