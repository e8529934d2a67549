"""The protected marts: one step that applies the rules to every mart, with a gate on each.

Belongs here: the step and its gate. Does not belong here: the rules, or how they are applied.
"""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg
import duckdb

from dagster_project.disclosure.pattern import find_pattern
from dagster_project.disclosure.protect import Protection, protect
from dagster_project.disclosure.rules import Rules
from dagster_project.fingerprint import quick_hash
from dagster_project.gates import status
from dagster_project.gates.assets import as_asset_check
from dagster_project.gates.status import GateStatus
from dagster_project.gates.suites import GateResult, gate_result, not_delivered, run_suite
from dagster_project.held_to import held_to_here, is_noted, note
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
            is_same = {
                p.mart: is_still_protected(con, p.mart, passed[p.mart], stored, code_hash)
                for p in protections
            }
            held = held_to_here(con, settings.releases, code_hash, rules.model_dump())
            # one cell shown or hidden otherwise changes what may be told of the others
            if not is_noted(con, held) or not all(is_same[p.mart] for p in protections if p.cells):
                find_pattern(con, rules, held.marts if held else None)
                note(con, held)
                is_same |= {p.mart: False for p in protections if p.cells}
            for protection in protections:
                table, gate = f"protected.{protection.mart}", f"protected_{protection.mart}"
                if is_same[protection.mart]:
                    results.append(stored[gate].result())
                    continue
                protect(con, protection, rules)
                if passed[protection.mart].status == "not_delivered":
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


def is_still_protected(
    con: duckdb.DuckDBPyConnection,
    mart: str,
    gate: GateStatus,
    stored: Mapping[str, GateStatus],
    code_hash: str,
) -> bool:
    """Whether protected.<mart> is what was made of the mart as it is, by this code.

    Raises GateHolds when the mart is not what its gate let through.
    """
    status.require_unchanged(gate, quick_hash(con, f"marts.{mart}"), code_hash)
    last = stored.get(f"protected_{mart}")
    if last is None or not has_table(con, "protected", mart):
        return False
    now = quick_hash(con, f"protected.{mart}")
    return last.speaks_of(now, code_hash, since=gate.evaluated_at)
