"""The dbt models as Dagster assets, their tests as asset checks; two steps, with a gate each.

Belongs here: the two dbt steps. Does not belong here: how dbt is called (dbt_runner.py).

A step first says that its gate is pending, and says that it passed when every model and test did;
so a run that is killed half-way holds back all that would be built on it.
"""

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from dagster_project.fingerprint import counting_hash, quick_hash
from dagster_project.gates import status
from dagster_project.gates.status import GateStatus
from dagster_project.gates.suites import Check, gate_result
from dagster_project.quality_record import QualityRecord
from dagster_project.settings import Settings
from dagster_project.small_counts import in_words, told
from dagster_project.transform import dbt_runner
from dagster_project.warehouse import has_table, warehouse

SEVERITIES = {"warned": dg.AssetCheckSeverity.WARN}
UNIQUE_ID = "dagster_dbt/unique_id"
# what a node demands that does not say so itself
USUAL = {
    "test": {"nb": "datatesten {} holder", "en": "the data test {} holds"},
    "unit_test": {"nb": "enhetstesten {} holder", "en": "the unit test {} holds"},
}
BUILT = {"nb": "{} kan bygges", "en": "{} can be built"}
STEPS = {
    "dbt_intermediate": "resource_type:seed tillitsmonitor.staging tillitsmonitor.intermediate",
    "dbt_marts": "tillitsmonitor.marts",
}


class Translator(DagsterDbtTranslator):
    """Groups assets by their folder, which is the stop on the data's way."""

    def get_group_name(self, dbt_resource_props: dict) -> str:  # type: ignore[override, type-arg]
        is_seed = dbt_resource_props["resource_type"] == "seed"
        return "reference" if is_seed else str(dbt_resource_props["fqn"][1])


def build_dbt_assets(settings: Settings, raw_gates: Sequence[str]) -> list[dg.AssetsDefinition]:
    """The two dbt steps over the manifest of `settings.dbt`, behind the gates of the raw tables."""
    steps = list(STEPS)
    return [
        _dbt_step(settings, name, STEPS[name], needs=[*raw_gates, *steps[:index]])
        for index, name in enumerate(steps)
    ]


def _dbt_step(
    settings: Settings, name: str, select: str, needs: Sequence[str]
) -> dg.AssetsDefinition:
    @dbt_assets(
        manifest=dbt_runner.manifest(settings),
        select=select,
        name=name,
        dagster_dbt_translator=Translator(),
    )
    def step(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:  # type: ignore[type-arg]
        models = {spec.metadata[UNIQUE_ID]: spec.key for spec in context.assets_def.specs}
        tests = {c.metadata[UNIQUE_ID]: c for c in context.assets_def.check_specs if c.metadata}
        wanted = [uid for uid, key in models.items() if key in context.selected_asset_keys]
        is_whole = len(wanted) == len(models)
        code = counting_hash(settings)
        record = QualityRecord(settings.quality, context.run_id)
        with warehouse(settings) as con:
            passed = status.require(con, needs)
            last = status.statuses(con).get(name)
            built = hash_of_tables(con, dbt_runner.tables(settings, models)) if last else ""
            is_new = not (last and is_whole and is_still_built(last, code, built, passed))
            if is_new:
                status.set_pending(con, [name], run_id=context.run_id)
        if last and not is_new:
            record.append("gate", **last.result().as_event())
            for unique_id in dbt_runner.in_order(settings, models):
                yield dg.MaterializeResult(asset_key=models[unique_id])
            for spec in context.selected_asset_check_keys:
                yield dg.AssetCheckResult(
                    asset_key=spec.asset_key,
                    check_name=spec.name,
                    passed=True,
                    description="unchanged since it last passed",
                )
            return
        is_new_code = last is None or last.code_hash != code
        nodes = dbt_runner.build(
            settings,
            select.split() if is_whole else dbt_runner.selectors(settings, wanted),
            count_anew=is_new_code,
        )
        for node in nodes:
            if node.unique_id in models and node.status == "passed":
                yield dg.MaterializeResult(
                    asset_key=models[node.unique_id], metadata={"seconds": node.seconds}
                )
            elif (
                node.unique_id in tests
                and tests[node.unique_id].key in context.selected_asset_check_keys
            ):
                spec = tests[node.unique_id]
                yield dg.AssetCheckResult(
                    asset_key=spec.asset_key,
                    check_name=spec.name,
                    passed=node.status == "passed",
                    severity=SEVERITIES.get(node.status, dg.AssetCheckSeverity.ERROR),
                    metadata={"rows": node.rows, "message": node.message},
                )
        checks = [_as_check(name, node) for node in nodes if node.status != "skipped"]
        result = gate_result(name, "", checks)
        with warehouse(settings) as con:
            status.store(
                con,
                result,
                run_id=context.run_id,
                code_hash=code,
                subject_hash=hash_of_tables(con, dbt_runner.tables(settings, models)),
            )
        record.append("gate", **result.as_event())
        if result.status != "passed":
            raise dg.Failure(result.message, allow_retries=False)

    return step


def is_still_built(
    last: GateStatus, code: str, tables: str, needed: Mapping[str, GateStatus]
) -> bool:
    """Whether the step passed by the same code, its tables are what it left, and no gate that it
    stands behind is newer."""
    newest = max((gate.evaluated_at for gate in needed.values()), default="")
    return last.speaks_of(tables, code, since=newest)


def hash_of_tables(con: duckdb.DuckDBPyConnection, tables: Sequence[tuple[str, str]]) -> str:
    """A fingerprint of the content of all tables that are there, each as schema and name."""
    return " ".join(
        quick_hash(con, f"{schema}.{table}")
        for schema, table in tables
        if has_table(con, schema, table)
    )


def _observed(node: dbt_runner.NodeResult) -> str:
    """What a test counted, or else what the database says; dbt's own words hold the count."""
    if node.status == "passed":
        return ""
    return f"{in_words(node.rows)} rows" if node.rows else node.message[:300]


def _as_check(step: str, node: dbt_runner.NodeResult) -> Check:
    kind, _, name = node.unique_id.split(".", 2)
    name = name.split(".")[0] if kind == "test" else name
    usual = USUAL.get(kind, BUILT)
    said = {**{lang: words.format(name) for lang, words in usual.items()}, **node.says}
    return Check(
        suite=step,
        expectation=kind,
        column="",
        status="failed" if node.status == "skipped" else node.status,
        rows=told(node.rows),
        observed=_observed(node),
        says_nb=said["nb"],
        says_en=said["en"],
        table=node.table,
        limit="rows = 0" if kind == "test" else "",
    )
